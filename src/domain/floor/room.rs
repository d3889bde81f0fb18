//! What the room may see of the floor: in a round who speaks now and who comes then, and that it is silent on
//! purpose. Nothing else.

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::floor::Floor;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::names::{self, Naming};
use crate::domain::room::{RoomPicture, RoomRound};
use crate::domain::roster::short_name;
use crate::domain::state::State;
use crate::domain::text::Clean;

impl RoomPicture {
    /// The picture with what the room may see of the floor of the running session.
    #[must_use]
    pub fn with_floor(mut self, state: &State, floor: Option<&Floor>, naming: Naming) -> Self {
        let (Some(block), Some((circle, session, _))) = (&mut self.running, state.running()) else {
            return self;
        };
        let Some(floor) = floor.filter(|floor| floor.session == session.id) else {
            return self;
        };
        block.silent = floor.silent;
        block.round = floor.open_round().map(|round| {
            let name = |member: MemberId| called(state, circle, member, naming);
            RoomRound {
                now: round.now.and_then(name),
                then: round.next().and_then(name),
            }
        });
        self
    }
}

fn called(state: &State, circle: CircleId, member: MemberId, naming: Naming) -> Option<Clean> {
    let members = state.members(circle);
    let member = members.iter().copied().find(|found| found.id == member)?;
    let short = match naming {
        Naming::Full => short_name(member, members.iter().copied()),
        Naming::Masked => return Some(Clean::line(&names::initials(member.name.as_str()))),
    };
    // A family name of one character says little; names written that way are short anyway.
    let one = short.graphemes(true).nth(1).is_none();
    Some(if one {
        member.name.clone()
    } else {
        Clean::line(&short)
    })
}
