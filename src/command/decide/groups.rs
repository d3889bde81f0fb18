//! Break-outs: who goes with whom, for how long, and what they bring back.

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::domain::id::{CircleId, Key, MemberId};
use crate::domain::text::Clean;

pub(super) fn make(
    _d: &mut Decision<'_>,
    _groups: &[Vec<MemberId>],
    _minutes: u16,
) -> Result<String, Refusal> {
    Err(Refusal::new("not yet"))
}

pub(super) fn time(_d: &mut Decision<'_>, _minutes: Option<i16>) -> Result<String, Refusal> {
    Err(Refusal::new("not yet"))
}

pub(super) fn report(
    _d: &mut Decision<'_>,
    _groups: &Key,
    _group: usize,
    _report: &Clean,
) -> Result<String, Refusal> {
    Err(Refusal::new("not yet"))
}

pub(super) fn tie(
    _d: &mut Decision<'_>,
    _circle: CircleId,
    _people: (MemberId, MemberId),
    _together: Option<bool>,
) -> Result<String, Refusal> {
    Err(Refusal::new("not yet"))
}
