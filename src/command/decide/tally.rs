//! Ratings and votes: counts, never who.

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::domain::tally::{Rating, Vote};

pub(super) fn rate(_d: &mut Decision<'_>, _rating: &Rating) -> Result<String, Refusal> {
    Err(Refusal::new("not yet"))
}

pub(super) fn vote(_d: &mut Decision<'_>, _vote: &Vote) -> Result<String, Refusal> {
    Err(Refusal::new("not yet"))
}
