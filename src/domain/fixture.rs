//! Small worlds for the tests of the domain.

use crate::domain::agenda::{Block, BlockKind};
use crate::domain::clock::Moment;
use crate::domain::id::{BlockId, Ids, MemberId, SessionId};
use crate::domain::session::Session;
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
        .map(|minutes| {
            Block::new(
                BlockId(ids.make()),
                Clean::line("Talk"),
                BlockKind::Prompt,
                *minutes,
            )
        })
        .collect();
    let session = Session {
        blocks,
        ..Session::new(session_id(), 1, start(), minutes.iter().sum())
    };
    (session, start())
}
