//! What one circle remembers: of each question of the bank, and of its last sessions.

use std::collections::BTreeMap;

use crate::domain::change::Change;
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, QuestionId, Space};
use crate::domain::index::IndexName;
use crate::domain::question::Asked;
use crate::domain::session::SessionState;
use crate::engine::working_set;
use crate::store::{IndexQuery, Read, Result};

/// How many sessions back a competency counts as touched.
const LOOK_BACK: u32 = 5;
/// Most sessions that are looked at for these.
const MOST_SESSIONS: usize = 400;

/// What a circle remembers of each question, by the place of the question in the bank.
pub(super) struct Memory {
    asked: Vec<Option<Asked>>,
    /// Forgotten when a session ends, until somebody asks.
    sessions: Option<Sessions>,
}

/// The last sessions of a circle.
#[derive(Clone, Copy, Default)]
pub(super) struct Sessions {
    /// How many it has held, counted up to [`LOOK_BACK`].
    pub(super) held: u32,
    /// When the first of these began.
    pub(super) since: Option<Moment>,
}

impl Memory {
    /// Reads what a circle was asked. Questions that are not in the bank are not needed.
    pub(super) fn load(
        read: &dyn Read,
        circle: CircleId,
        places: &BTreeMap<QuestionId, usize>,
    ) -> Result<Self> {
        let mut memory = Self {
            asked: Vec::new(),
            sessions: None,
        };
        working_set::each(read, Space::Circle(circle), Kind::Asked, None, &mut |row| {
            if let Document::Asked(asked) = working_set::document(&row)?
                && let Some(place) = places.get(&asked.question)
            {
                memory.set(*place, Some(asked));
            }
            Ok(())
        })?;
        Ok(memory)
    }

    fn set(&mut self, place: usize, asked: Option<Asked>) {
        if self.asked.len() <= place {
            self.asked.resize(place + 1, None);
        }
        if let Some(row) = self.asked.get_mut(place) {
            *row = asked;
        }
    }

    /// Follows a change of what was asked or of a session. `place` is that of the question. `false` when it
    /// cannot, and has to be read again.
    pub(super) fn changed(&mut self, change: &Change, place: Option<usize>) -> bool {
        if change.key.kind == Kind::Session {
            let state = |body: &Option<_>| -> Option<serde_json::Value> {
                let body: &serde_json::Value = body.as_ref()?;
                body.get("state").cloned()
            };
            if state(&change.before) != state(&change.after) {
                self.sessions = None;
            }
            return true;
        }
        match (place, working_set::after(change)) {
            (Some(place), Ok(Some(Document::Asked(asked)))) => self.set(place, Some(asked)),
            (Some(place), Ok(None)) => self.set(place, None),
            _ => return false,
        }
        true
    }

    /// Reads the last sessions, unless they are known.
    pub(super) fn look_back(&mut self, read: &dyn Read, circle: CircleId) -> Result<()> {
        if self.sessions.is_none() {
            self.sessions = Some(sessions(read, circle)?);
        }
        Ok(())
    }

    /// The last sessions; nothing before [`look_back`](Self::look_back).
    pub(super) fn sessions(&self) -> Sessions {
        self.sessions.unwrap_or_default()
    }

    /// What is remembered of the question in this place.
    pub(super) fn of(&self, place: usize) -> Option<&Asked> {
        self.asked.get(place)?.as_ref()
    }

    /// Everything that is remembered, by place.
    pub(super) fn asked(&self) -> impl Iterator<Item = (usize, &Asked)> {
        let rows = self.asked.iter().enumerate();
        rows.filter_map(|(place, asked)| Some((place, asked.as_ref()?)))
    }
}

fn sessions(read: &dyn Read, circle: CircleId) -> Result<Sessions> {
    let latest = IndexQuery {
        backwards: true,
        ..IndexQuery::all(
            Space::Circle(circle),
            IndexName::SessionStart,
            MOST_SESSIONS,
        )
    };
    let mut sessions = Sessions::default();
    for row in read.index(&latest)? {
        let Some(stored) = read.get(&row.key)? else {
            continue;
        };
        if let Document::Session(session) = working_set::document(&stored)?
            && session.state == SessionState::Ended
        {
            sessions.held += 1;
            sessions.since = Some(session.begins());
            if sessions.held == LOOK_BACK {
                break;
            }
        }
    }
    Ok(sessions)
}
