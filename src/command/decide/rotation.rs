//! Seats: who leads a block, and who leads, keeps time and writes in a session.

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::command::decide::sessions::At;
use crate::domain::id::{BlockId, MemberId};
use crate::domain::rotation::Seat;

pub(super) fn set_lead(
    _d: &mut Decision<'_>,
    _at: At,
    _block: BlockId,
    _lead: Option<MemberId>,
) -> Result<String, Refusal> {
    Err(Refusal::new("not yet"))
}

pub(super) fn set_seat(
    _d: &mut Decision<'_>,
    _at: At,
    _seat: (Seat, Option<MemberId>),
    _owed: bool,
) -> Result<String, Refusal> {
    Err(Refusal::new("not yet"))
}
