//! A throw-away copy of a circle, in which the next session can be rehearsed. The store that it is taken from is
//! read and never written to.

use std::collections::BTreeMap;

use crate::command::Command;
use crate::domain::change::{Act, ActKind, Change};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, SessionId, Space};
use crate::domain::session::SessionState;
use crate::domain::state::State;
use crate::engine::jobs::{Job, Origin};
use crate::engine::{Engine, Options};

/// What a rehearsal of one session needs of its circle: people, plan, what is open. Notes stay where they are.
pub fn copy(state: &State, circle: CircleId, session: SessionId) -> Vec<Change> {
    let start = state.session(circle, session).map(|session| session.start);
    let taken = |document: &Document| match document {
        Document::Action(row) => row.state.is_open() && row.trashed.is_none(),
        Document::Parked(row) => row.settled.is_none() && row.trashed.is_none(),
        // The session that is rehearsed has to be the next one.
        Document::Session(row) => match row.state {
            SessionState::Planned => row.id == session || Some(row.start) > start,
            SessionState::Ended => true,
            SessionState::Running | SessionState::Cancelled => false,
        },
        Document::Circle(_)
        | Document::Counter(_)
        | Document::Member(_)
        | Document::Groups(_)
        | Document::Rotation(_) => true,
        Document::Asked(_)
        | Document::Book(_)
        | Document::Filter(_)
        | Document::Person(_)
        | Document::Poll(_)
        | Document::Reader(_)
        | Document::Decision(_)
        | Document::Live(_)
        | Document::Note(_)
        | Document::Question(_) => false,
    };
    let rows = state.documents();
    rows.filter(|(key, document)| key.space == Space::Circle(circle) && taken(document))
        .map(|(key, document)| Change {
            key: *key,
            before: None,
            after: Some(document.to_body()),
        })
        .collect()
}

impl Engine {
    /// Opens a store; a new one begins with `copy`.
    pub fn open_copy(options: Options, copy: Vec<Change>) -> Self {
        let mut engine = Self::open(options);
        engine.copy = copy;
        engine
    }

    /// Fills the new store with the copy.
    pub(super) fn make_copy(&mut self) {
        let act = Act {
            id: self.new_act_id(),
            seq: 0,
            revs: BTreeMap::new(),
            at: self.options.clock.now(),
            by: self.options.by.of_nobody(),
            title: "the copy".to_owned(),
            kind: ActKind::Do,
            changes: std::mem::take(&mut self.copy),
        };
        // Never decided: the act is ready.
        let job = Job::new(Origin::Inner, (act.id, act.by), Command::Redo);
        self.show(job, act);
    }
}
