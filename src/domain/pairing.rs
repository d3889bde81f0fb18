//! Break-outs: who was with whom, and whom a circle keeps apart or together.

use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;
use crate::domain::id::{BlockId, GroupsId, MemberId, SessionId};
use crate::domain::text::Clean;

/// One break-out. Kept for the life of the circle, so that people meet whom they have met least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Groups {
    /// Identity.
    pub id: GroupsId,
    /// In which session.
    pub session: SessionId,
    /// In which block of it.
    pub block: BlockId,
    /// When.
    pub at: Moment,
    /// The groups.
    pub groups: Vec<Group>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// One group of a break-out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Who is in it, by label.
    pub members: Vec<MemberId>,
    /// What it brought back, one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Clean>,
}

/// What a circle wants of two people in groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// One of them.
    pub one: MemberId,
    /// The other.
    pub other: MemberId,
    /// Together, or apart.
    pub together: bool,
}
