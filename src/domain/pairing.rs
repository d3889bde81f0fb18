//! Break-outs: who was with whom, and whom a circle keeps apart or together.

mod history;
mod propose;
mod reason;
mod search;
mod size;

use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;
use crate::domain::id::{BlockId, GroupsId, MemberId, SessionId};
use crate::domain::text::Clean;

pub use history::{History, Met};
pub use propose::{Proposal, Wish, again, judge, propose};
pub use reason::Reason;
pub use size::Size;

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

impl Groups {
    /// Whether somebody is in one of the groups.
    pub fn has(&self, member: MemberId) -> bool {
        self.groups
            .iter()
            .any(|group| group.members.contains(&member))
    }

    /// The group with the fewest people who are there, the first of several; `None` without groups.
    pub fn smallest(&self, is_here: impl Fn(MemberId) -> bool) -> Option<usize> {
        let here = |group: &Group| group.members.iter().filter(|id| is_here(**id)).count();
        let sizes = self.groups.iter().map(here);
        let (index, _) = sizes.enumerate().min_by_key(|(_, people)| *people)?;
        Some(index)
    }

    /// One person who stands here twice stands here once: where `into` is already, else where `from` was.
    pub fn join(&mut self, from: MemberId, into: MemberId) {
        if self.has(into) {
            self.forget(from);
            return;
        }
        let members = self.groups.iter_mut().flat_map(|group| &mut group.members);
        for member in members.filter(|member| **member == from) {
            *member = into;
        }
    }

    /// Takes somebody out of every group. Whether anything has changed.
    pub fn forget(&mut self, member: MemberId) -> bool {
        let was_in = self.has(member);
        for group in &mut self.groups {
            group.members.retain(|found| *found != member);
        }
        was_in
    }
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

impl Tie {
    /// Whether it is about these two, in either order.
    pub fn is_of(&self, one: MemberId, other: MemberId) -> bool {
        (self.one, self.other) == (one, other) || (self.one, self.other) == (other, one)
    }
}
