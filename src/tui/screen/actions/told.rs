//! What the store told: closed actions, the trash, sessions in which actions were made, the history of rows.
//! What is in the state overrules it.

use std::collections::BTreeMap;

use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, SessionId, Space};
use crate::domain::item::Action;
use crate::domain::session::Session;
use crate::engine::query::{Answer, PastRow, Query, Row};
use crate::tui::screen::actions::list::circle_of;
use crate::tui::screen::actions::paged::Paged;
use crate::tui::view::View;

/// Histories that are kept.
const MOST_PASTS: usize = 64;
/// Steps of a history that are asked for.
pub(super) const MOST_STEPS: usize = 40;

/// The history of a row, as long as the row is what it was then.
#[derive(Clone, Debug)]
pub(super) struct Past {
    of: Action,
    pub(super) rows: Vec<PastRow>,
    /// Whether it is told from the beginning.
    pub(super) whole: bool,
}

/// What the store told.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    pub(super) closed: Paged,
    /// The circle that they are of; of all of them where it is none.
    pub(super) closed_of: Option<CircleId>,
    pub(super) trash: BTreeMap<CircleId, Paged>,
    sessions: BTreeMap<SessionId, Session>,
    pasts: BTreeMap<Key, Past>,
    pub(super) competencies: Vec<String>,
}

impl Told {
    /// Calls `take` for every action of a circle that is known, open, closed or in the trash.
    pub(super) fn each<'a>(
        &'a self,
        view: &View<'a>,
        circle: CircleId,
        take: &mut dyn FnMut(Key, &'a Action),
    ) {
        for action in view.state.actions(circle) {
            take(Key::circle(circle, Kind::Action, action.id.0), action);
        }
        let here = Space::Circle(circle);
        let trash = self.trash.get(&circle).into_iter();
        for (key, action) in self.closed.actions().chain(trash.flat_map(Paged::actions)) {
            if key.space == here && view.state.get(key).is_none() {
                take(*key, action);
            }
        }
    }

    /// One action.
    pub(super) fn action<'a>(&'a self, view: &View<'a>, key: &Key) -> Option<&'a Action> {
        match view.state.get(key) {
            Some(Document::Action(action)) => Some(action),
            Some(_) => None,
            None => {
                let trash =
                    || circle_of(key).and_then(|circle| self.trash.get(&circle)?.action(key));
                self.closed.action(key).or_else(trash)
            }
        }
    }

    /// A session in which something was made.
    pub(super) fn session<'a>(
        &'a self,
        view: &View<'a>,
        circle: CircleId,
        id: SessionId,
    ) -> Option<&'a Session> {
        let loaded = view.state.session(circle, id);
        loaded.or_else(|| self.sessions.get(&id))
    }

    /// The history of a row, unless it has changed since.
    pub(super) fn past(&self, key: &Key, action: &Action) -> Option<&Past> {
        self.pasts.get(key).filter(|past| past.of == *action)
    }

    /// What has to be asked to show a row in full.
    pub(super) fn missing(&self, view: &View<'_>, key: Key, action: &Action) -> Vec<Query> {
        let mut queries = Vec::new();
        if let (Space::Circle(circle), Some(id)) = (key.space, action.origin.session)
            && self.session(view, circle, id).is_none()
        {
            queries.push(Query::Get(vec![Key::circle(circle, Kind::Session, id.0)]));
        }
        if self.past(&key, action).is_none() {
            let limit = MOST_STEPS;
            queries.push(Query::Past { action: key, limit });
        }
        queries
    }

    /// Takes an answer over. Whether rows of the list may have changed.
    pub(super) fn take(&mut self, query: &Query, answer: &Answer, view: &View<'_>) -> bool {
        match (query, answer) {
            (Query::Actions { filter, skip, .. }, Answer::Rows { rows, more }) => {
                if self.closed_of != filter.circle {
                    (self.closed, self.closed_of) = (Paged::default(), filter.circle);
                }
                self.closed.take(*skip, page(rows), *more);
                true
            }
            (
                Query::Trash {
                    space: Space::Circle(circle),
                    skip,
                    ..
                },
                Answer::Rows { rows, more },
            ) => {
                let lies = self.trash.entry(*circle).or_default();
                lies.take(*skip, page(rows), *more);
                true
            }
            (Query::Get(_), Answer::Rows { rows, .. }) => {
                for row in rows {
                    if let Ok(Document::Session(session)) = Document::from_body(&row.key, &row.body)
                    {
                        self.sessions.insert(session.id, session);
                    }
                }
                false
            }
            (Query::Past { action: key, .. }, Answer::Past { rows, whole }) => {
                if self.pasts.len() >= MOST_PASTS {
                    self.pasts.clear();
                }
                if let Some(of) = self.action(view, key).cloned() {
                    let (rows, whole) = (rows.clone(), *whole);
                    self.pasts.insert(*key, Past { of, rows, whole });
                }
                false
            }
            (Query::Competencies, Answer::Words(words)) => {
                self.competencies.clone_from(words);
                false
            }
            _ => false,
        }
    }
}

/// The rows of a page with the moment by which they stand in order.
fn page(rows: &[Row]) -> Vec<(Key, Option<Moment>, Option<Action>)> {
    let row = |row: &Row| match Document::from_body(&row.key, &row.body) {
        Ok(Document::Action(action)) => {
            let at = action.trashed.or(action.closed);
            (row.key, at, Some(action))
        }
        Ok(other) => (row.key, other.trashed(), None),
        Err(_) => (row.key, None, None),
    };
    rows.iter().map(row).collect()
}
