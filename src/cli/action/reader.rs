//! The actions of one circle, read a page at a time.

use std::cmp::Reverse;
use std::collections::VecDeque;

use chrono::NaiveDate;

use crate::cli::desk::documents::read;
use crate::cli::desk::{Desk, unexpected};
use crate::cli::error::CliError;
use crate::cli::rows::View;
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::CircleId;
use crate::domain::item::Action;
use crate::engine::news::Ticket;
use crate::engine::query::{ActionFilter, Answer, MOST_ROWS, Query, Row};

/// Where an action stands among those of several circles: open ones by day, then closed ones, newest first.
type Place = (bool, bool, Option<NaiveDate>, Reverse<Option<Moment>>);

/// Reads what fits a filter, in the order in which the circle has it.
pub(in crate::cli) struct Reader {
    filter: ActionFilter,
    page: VecDeque<Action>,
    /// The next page, which was asked for already.
    asked: Option<Ticket>,
    /// Where the page behind it begins.
    last: Option<Row>,
    more: bool,
}

impl Reader {
    /// Reads what fits `filter`, which names a circle.
    pub(in crate::cli) const fn new(filter: ActionFilter) -> Self {
        Self {
            filter,
            page: VecDeque::new(),
            asked: None,
            last: None,
            more: true,
        }
    }

    /// Rows that were read already.
    pub(super) fn of_trash(circle: CircleId, rows: Vec<Action>) -> Self {
        Self {
            page: rows.into(),
            more: false,
            ..Self::new(ActionFilter {
                circle: Some(circle),
                ..ActionFilter::default()
            })
        }
    }

    /// All that fits, where it is little enough to be held.
    pub(in crate::cli) fn all(
        mut self,
        desk: &mut Desk,
    ) -> Result<Vec<(CircleId, Action)>, CliError> {
        let mut found = Vec::new();
        loop {
            self.fill(desk)?;
            let Some(row) = self.take() else {
                return Ok(found);
            };
            found.push(row);
        }
    }

    /// Asks for the next page, which is read while the one before is told.
    pub(super) fn ask(&mut self, desk: &mut Desk) -> Option<Ticket> {
        if self.asked.is_none() && self.more {
            self.asked = Some(desk.ask_ahead(Query::Actions {
                filter: self.filter.clone(),
                skip: 0,
                after: self.last.take().map(Box::new),
                limit: MOST_ROWS,
            }));
        }
        self.asked
    }

    /// Reads the next page when the last one is used up.
    pub(super) fn fill(&mut self, desk: &mut Desk) -> Result<(), CliError> {
        if !self.page.is_empty() {
            return Ok(());
        }
        let Some(asked) = self.ask(desk) else {
            return Ok(());
        };
        self.asked = None;
        let Answer::Rows { rows, more } = desk.answer(asked)? else {
            return Err(unexpected());
        };
        self.more = more && !rows.is_empty();
        self.last = rows.last().cloned();
        self.ask(desk);
        for row in &rows {
            if let (_, Document::Action(action)) = read(row)? {
                self.page.push_back(action);
            }
        }
        let circle = self.filter.circle;
        let origins = self.page.iter().filter_map(|action| action.origin.session);
        let origins: Vec<_> = origins.filter_map(|id| Some((circle?, id))).collect();
        desk.fetch_sessions(origins)
    }

    /// Whether the page is used up and there is another one.
    pub(super) fn must_read(&self) -> bool {
        self.page.is_empty() && self.more
    }

    /// Where the next action stands; `None` behind the last of the page.
    pub(super) fn place(&self, view: &View<'_>) -> Option<Place> {
        let action = self.page.front()?;
        if action.state.is_open() {
            let day = view.session_day(self.filter.circle?, action.due);
            Some((false, day.is_none(), day, Reverse(None)))
        } else {
            Some((true, false, None, Reverse(action.closed)))
        }
    }

    /// The next action and its circle.
    pub(super) fn take(&mut self) -> Option<(CircleId, Action)> {
        Some((self.filter.circle?, self.page.pop_front()?))
    }
}
