//! What the room may see of people: in a round who speaks now and who comes then, who is with whom while groups are
//! out, and that it is silent on purpose. Nothing else.

use crate::domain::floor::Floor;
use crate::domain::id::MemberId;
use crate::domain::names::{self, FORMER, Naming};
use crate::domain::room::{RoomGroups, RoomPicture, RoomRound};
use crate::domain::state::State;
use crate::domain::text::Clean;

impl RoomPicture {
    /// The picture with what the room may see of the people in the running session, called as `naming` says.
    #[must_use]
    pub fn with_people(mut self, state: &State, floor: Option<&Floor>, naming: Naming) -> Self {
        let (Some(block), Some((circle, session, live))) = (&mut self.running, state.running())
        else {
            return self;
        };
        let members = state.members(circle);
        let name = |id: MemberId| {
            let member = members.iter().find(|member| member.id == id)?;
            let short = names::short(member, members.iter().copied(), naming);
            Some(Clean::line(&short))
        };
        block.groups = live.groups.and_then(|time| {
            let out = state.break_out(circle, time.id)?;
            let called = |id: &MemberId| name(*id).unwrap_or_else(|| Clean::line(FORMER));
            let groups = out.groups.iter();
            Some(RoomGroups {
                groups: groups
                    .map(|group| group.members.iter().map(called).collect())
                    .collect(),
                ends: time.ends,
            })
        });
        let Some(floor) = floor.filter(|floor| floor.session == session.id) else {
            return self;
        };
        block.silent = floor.silent;
        block.round = floor.open_round().map(|round| RoomRound {
            now: round.now.and_then(name),
            then: round.next().and_then(name),
        });
        self
    }
}
