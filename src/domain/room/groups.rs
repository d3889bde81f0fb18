//! Who is with whom, as the room sees it: short names, since everybody is to find their own.

use crate::domain::clock::{Moment, Span};
use crate::domain::id::{CircleId, MemberId};
use crate::domain::live::Live;
use crate::domain::names::{FORMER, initials};
use crate::domain::room::{RoomBlock, RoomGroups, RoomPicture};
use crate::domain::roster::short_name;
use crate::domain::state::State;
use crate::domain::text::Clean;

impl RoomGroups {
    /// The groups that are out.
    pub(super) fn of(state: &State, circle: CircleId, live: &Live) -> Option<Self> {
        let time = live.groups?;
        let members = state.members(circle);
        let name = |id: &MemberId| match members.iter().find(|member| member.id == *id) {
            Some(member) => Clean::line(&short_name(member, members.iter().copied())),
            None => Clean::line(FORMER),
        };
        let out = state.break_out(circle, time.id)?;
        let groups = out.groups.iter();
        Some(Self {
            groups: groups
                .map(|group| group.members.iter().map(name).collect())
                .collect(),
            ends: time.ends,
        })
    }
}

impl RoomPicture {
    /// The same with initials in place of the names in groups, for a screen on which names are masked.
    #[must_use]
    pub fn with_groups_masked(mut self) -> Self {
        let groups = self
            .running
            .as_mut()
            .and_then(|block| block.groups.as_mut());
        for name in groups
            .into_iter()
            .flat_map(|groups| &mut groups.groups)
            .flatten()
        {
            *name = Clean::line(&initials(name));
        }
        self
    }
}

impl RoomBlock {
    /// Time left for the groups that are out, else for the block; negative when it is over.
    pub fn shown_left(&self, now: Moment) -> Span {
        let ends = self.groups.as_ref().map_or(self.ends, |groups| groups.ends);
        ends - self.timer.elapsed(now)
    }
}
