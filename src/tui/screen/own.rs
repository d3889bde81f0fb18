//! How what somebody took on went, for their eyes alone: their closed actions as the store tells them, page by page,
//! and the words made of them.

use crate::domain::document::Document;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::item::{Action, Owner};
use crate::domain::review::went::Record;
use crate::engine::query::{ActionFilter, Answer, MOST_ROWS, Query};
use crate::tui::screen::words;
use crate::tui::view::View;

/// The closed actions of whoever sits here.
#[derive(Clone, Debug, Default)]
pub(super) struct Own {
    of: Option<(CircleId, MemberId)>,
    closed: Vec<Action>,
    more: bool,
}

impl Own {
    /// What to ask for: the first page, and the next one where there is more.
    pub(super) fn wants(&self, view: &View<'_>) -> Vec<Query> {
        let Some((circle, me)) = view.circle.zip(view.me) else {
            return Vec::new();
        };
        let next = (self.more && self.of == Some((circle, me))).then_some(self.closed.len());
        let pages = [Some(0), next].into_iter().flatten();
        pages.map(|skip| page(circle, me, skip)).collect()
    }

    /// Takes an answer in. Whether it was one of its own.
    pub(super) fn answered(&mut self, query: &Query, answer: &Answer, view: &View<'_>) -> bool {
        let (Some((circle, me)), Query::Actions { skip, .. }) = (view.circle.zip(view.me), query)
        else {
            return false;
        };
        if *query != page(circle, me, *skip) {
            return false;
        }
        let Answer::Rows { rows, more } = answer else {
            return true;
        };
        if *skip == 0 {
            (self.of, self.closed) = (Some((circle, me)), Vec::new());
        }
        if *skip == self.closed.len() {
            let documents = rows
                .iter()
                .filter_map(|row| Document::from_body(&row.key, &row.body).ok());
            for document in documents {
                if let Document::Action(action) = document {
                    self.closed.push(action);
                }
            }
            self.more = *more && !rows.is_empty();
        }
        true
    }

    /// How it went, in sentences; nothing before it is known, or where there is too little to tell.
    pub(super) fn words(&self, view: &View<'_>) -> Vec<String> {
        let Some((circle, me)) = view.circle.zip(view.me) else {
            return Vec::new();
        };
        if self.of != Some((circle, me)) || self.more {
            return Vec::new();
        }
        let loaded = view.state.actions(circle);
        let told = self.closed.iter();
        let told = told.filter(|action| view.state.action(circle, action.id).is_none());
        let all: Vec<&Action> = loaded.chain(told).collect();
        let record = Record::of(&all, me, view.now, view.zone);
        record.map_or_else(Vec::new, |record| record.words(words::today(view)))
    }
}

fn page(circle: CircleId, me: MemberId, skip: usize) -> Query {
    Query::Actions {
        filter: ActionFilter {
            circle: Some(circle),
            owner: Some(Owner::Member(me)),
            open: Some(false),
            ..ActionFilter::default()
        },
        skip,
        after: None,
        limit: MOST_ROWS,
    }
}
