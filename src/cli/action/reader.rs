//! The actions of one circle, read a page at a time.

use std::cmp::Reverse;
use std::collections::VecDeque;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use crate::cli::desk::documents::unreadable;
use crate::cli::desk::{Desk, unexpected};
use crate::cli::error::CliError;
use crate::domain::body::Readable as _;
use crate::domain::clock::Moment;
use crate::domain::document::BadDocument;
use crate::domain::id::CircleId;
use crate::domain::item::{Action, ActionState, Brief, Due};
use crate::engine::news::Ticket;
use crate::engine::query::{ActionFilter, Answer, MOST_ROWS, Query, Row};

/// Where an action stands among those of several circles: open ones by day, then closed ones, newest first.
pub(super) type Place = (bool, bool, Option<NaiveDate>, Reverse<Option<Moment>>);

/// An action, as far as a list reads it.
pub(in crate::cli) trait Listed:
    DeserializeOwned + From<Action> + Into<Brief>
{
    /// By what it is sorted: what has become of it, until when it is to be done, and when that was over.
    fn sorted_by(&self) -> (ActionState, Due, Option<Moment>);

    /// All of it, where all was read.
    fn whole(&self) -> Option<&Action>;
}

impl Listed for Action {
    fn sorted_by(&self) -> (ActionState, Due, Option<Moment>) {
        (self.state, self.due, self.closed)
    }

    fn whole(&self) -> Option<&Action> {
        Some(self)
    }
}

impl Listed for Brief {
    fn sorted_by(&self) -> (ActionState, Due, Option<Moment>) {
        (self.state, self.due, self.closed)
    }

    fn whole(&self) -> Option<&Action> {
        None
    }
}

/// Reads what fits a filter, in the order in which the circle has it.
pub(in crate::cli) struct Reader<T> {
    circle: CircleId,
    filter: ActionFilter,
    page: VecDeque<T>,
    /// The day of the next session.
    next: Option<NaiveDate>,
    /// The next page, which was asked for already.
    asked: Option<Ticket>,
    /// Where the page behind it begins.
    last: Option<Row>,
    more: bool,
}

impl<T: Listed> Reader<T> {
    /// Reads what fits `filter` in a circle.
    pub(in crate::cli) fn new(desk: &Desk, circle: CircleId, filter: ActionFilter) -> Self {
        Self {
            circle,
            filter: ActionFilter {
                circle: Some(circle),
                ..filter
            },
            page: VecDeque::new(),
            next: desk.view().session_day(circle, Due::NextSession),
            asked: None,
            last: None,
            more: true,
        }
    }

    /// Rows that were read already.
    pub(super) fn of_trash(desk: &Desk, circle: CircleId, rows: Vec<Action>) -> Self {
        Self {
            page: rows.into_iter().map(T::from).collect(),
            more: false,
            ..Self::new(desk, circle, ActionFilter::default())
        }
    }

    /// Of which circle.
    pub(super) const fn circle(&self) -> CircleId {
        self.circle
    }

    /// All that fits, where it is little enough to be held.
    pub(in crate::cli) fn all(mut self, desk: &mut Desk) -> Result<Vec<T>, CliError> {
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
            let read = row.body.read().map_err(|source| {
                let key = row.key;
                unreadable(&BadDocument { key, source })
            })?;
            self.page.push_back(read);
        }
        let whole = self.page.iter().filter_map(Listed::whole);
        let sessions = whole.filter_map(|action| action.origin.session);
        let sessions: Vec<_> = sessions.map(|id| (self.circle, id)).collect();
        desk.fetch_sessions(sessions)
    }

    /// Whether the page is used up and there is another one.
    pub(super) fn must_read(&self) -> bool {
        self.page.is_empty() && self.more
    }

    /// Where the next action stands; `None` behind the last of the page.
    pub(super) fn place(&self) -> Option<Place> {
        let (state, due, closed) = self.page.front()?.sorted_by();
        if !state.is_open() {
            return Some((true, false, None, Reverse(closed)));
        }
        let day = match due {
            Due::None => None,
            Due::On(day) => Some(day),
            Due::NextSession => self.next,
        };
        Some((false, day.is_none(), day, Reverse(None)))
    }

    /// The next action.
    pub(super) fn take(&mut self) -> Option<T> {
        self.page.pop_front()
    }
}
