//! Blocks that are kept for another time.

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::domain::id::BlockId;

pub(super) fn park(_d: &mut Decision<'_>, _block: BlockId) -> Result<String, Refusal> {
    Err(Refusal::new("not yet"))
}
