//! What minutes are made from.

use crate::domain::agenda::Block;
use crate::domain::book::Book;
use crate::domain::circle::Circle;
use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::id::{CircleId, SessionId};
use crate::domain::item::{Action, Decision, Note, Origin, Parked};
use crate::domain::live::Live;
use crate::domain::minutes::Read;
use crate::domain::pairing::Groups;
use crate::domain::roster::Member;
use crate::domain::session::{Session, SessionState};
use crate::domain::state::State;

/// The documents that minutes are made from. Rows of other sessions may be among them.
#[derive(Clone, Debug)]
pub struct Sources<'a> {
    /// The circle.
    pub circle: &'a Circle,
    /// The session.
    pub session: &'a Session,
    /// Everybody who is or was in the circle.
    pub members: Vec<&'a Member>,
    /// Actions.
    pub actions: Vec<&'a Action>,
    /// Decisions.
    pub decisions: Vec<&'a Decision>,
    /// Notes.
    pub notes: Vec<&'a Note>,
    /// Parked items.
    pub parked: Vec<&'a Parked>,
    /// Break-outs.
    pub groups: Vec<&'a Groups>,
    /// The book that the session read, if it read one.
    pub read: Option<Read>,
    /// When the next session is, for actions that are due then.
    pub next: Option<Moment>,
    /// How far the session has come, while it runs.
    pub live: Option<&'a Live>,
    /// The instant at which the minutes are written; the block that runs counts up to it. Without one it
    /// counts what was spent in it before the visit that is going on.
    pub now: Option<Moment>,
}

impl<'a> Sources<'a> {
    /// What is loaded of a session; `None` when the session is not. Say in `now` when it is written, and in `next` when
    /// the circle meets again.
    pub fn of(state: &'a State, circle: CircleId, session: SessionId) -> Option<Self> {
        Some(Self {
            circle: state.circle(circle)?,
            session: state.session(circle, session)?,
            members: state.everyone(circle).collect(),
            actions: state.actions(circle).collect(),
            decisions: state.decisions(circle).collect(),
            notes: state.notes(circle).collect(),
            parked: state.parked(circle).collect(),
            groups: state.break_outs(circle).collect(),
            read: None,
            next: None,
            live: state.live(circle, session),
            now: None,
        })
    }

    /// The same with the book that the session read, of those that are loaded.
    #[must_use]
    pub fn with_book(mut self, state: &State, zone: Zone) -> Self {
        let books: Vec<&Book> = state.books(self.circle.id).collect();
        self.read = Read::of(&books, self.session, zone);
        self
    }

    /// Net time of the block at this place: as it was kept, or as the clock says while the session runs.
    pub(super) fn took(&self, index: usize, block: &Block) -> Option<Span> {
        let running = self.session.state == SessionState::Running;
        let Some(live) = self.live.filter(|_| running) else {
            return block.took;
        };
        match self.now {
            Some(now) => live.took(index, now),
            None => live.progress.get(index)?.took,
        }
    }

    /// Whether a row was written down in this session and is not in the trash.
    pub(super) fn has(&self, origin: &Origin, trashed: Option<Moment>) -> bool {
        origin.session == Some(self.session.id) && trashed.is_none()
    }
}
