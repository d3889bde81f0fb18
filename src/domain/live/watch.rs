//! What a running session calls for as time goes by: each signal of a block and of its groups, once.

use crate::domain::clock::{Moment, Span};
use crate::domain::live::groups::GroupWatch;
use crate::domain::live::{Live, WARN};

/// What the world is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Two minutes are left.
    Warn,
    /// The block is over.
    Zero,
    /// The groups that are out have one minute left.
    WarnGroups,
    /// It is time for the groups to come back.
    GroupsBack,
}

/// Which of the two signals of a block, and of the groups that are out, were given, so that each is given
/// once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    seen: Option<(usize, Span, bool, bool)>,
    groups: GroupWatch,
}

impl Watch {
    /// What is to be signalled now. Called with the same instant that is drawn.
    pub fn update(&mut self, live: &Live, at: Moment) -> Vec<Effect> {
        let left = live.left(at);
        let near = left <= WARN && live.length() > WARN;
        let over = left <= Span::ZERO;
        // A block that was extended signals again; one that is met for the first time is watched from here.
        let (warned, rang) = match self.seen {
            Some((block, ends, warned, rang)) if (block, ends) == (live.block, live.ends()) => {
                (warned, rang)
            }
            None => (near, over),
            Some(_) => (near && over, over),
        };
        self.seen = Some((live.block, live.ends(), warned || near, rang || over));
        let mut effects = Vec::new();
        if over && !rang {
            effects.push(Effect::Zero);
        } else if near && !warned && !over {
            effects.push(Effect::Warn);
        }
        effects.extend(self.groups.signal(live, at));
        effects
    }
}
