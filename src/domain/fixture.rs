//! Small worlds for the tests of the domain.

use crate::domain::agenda::{Block, BlockKind};
use crate::domain::clock::Moment;
use crate::domain::id::{BlockId, Ids, MemberId, SessionId};
use crate::domain::session::{Session, SessionState};
use crate::domain::text::Clean;

pub(crate) fn start() -> Moment {
    Moment::from_millis(1_773_327_600_000)
}

pub(crate) fn session_id() -> SessionId {
    SessionId(Ids::new(start(), 99).make())
}

pub(crate) fn members() -> [MemberId; 4] {
    let mut ids = Ids::new(start(), 7);
    std::array::from_fn(|_| MemberId(ids.make()))
}

/// A planned session with blocks of these minutes, and the instant at which it starts.
pub(crate) fn session(minutes: &[u16]) -> (Session, Moment) {
    let mut ids = Ids::new(start(), 5);
    let blocks = minutes
        .iter()
        .map(|minutes| Block {
            at: None,
            format: None,
            parked: None,
            needs: None,
            id: BlockId(ids.make()),
            title: Clean::line("Talk"),
            kind: BlockKind::Prompt,
            minutes: *minutes,
            min: 1,
            locked: false,
            lead: None,
            prompts: Vec::new(),
            steps: Vec::new(),
            took: None,
            extra: serde_json::Map::new(),
        })
        .collect();
    let session = Session {
        slot: None,
        guests: std::collections::BTreeSet::new(),
        takes_part: true,
        seats: std::collections::BTreeMap::new(),
        ratings: Vec::new(),
        votes: Vec::new(),
        figures: None,
        id: session_id(),
        number: 1,
        start: start(),
        minutes: minutes.iter().sum(),
        state: SessionState::Planned,
        blocks,
        away: std::collections::BTreeMap::new(),
        facilitator: None,
        template: None,
        started: None,
        ended: None,
        extra: serde_json::Map::new(),
    };
    (session, start())
}
