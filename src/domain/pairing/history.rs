//! How often each two people were in one group.

use std::collections::BTreeMap;

use crate::domain::id::MemberId;
use crate::domain::pairing::Groups;

/// What two people have had of each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Met {
    /// In how many break-outs they were in one group.
    pub times: u32,
    /// The number of the last of them, counted from 1; 0 for never.
    pub last: u32,
}

/// Who has met whom, over the life of a circle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    met: BTreeMap<(MemberId, MemberId), Met>,
    outs: u32,
}

impl History {
    /// What these break-outs add up to, in whatever order they come.
    pub fn of<'a>(outs: impl IntoIterator<Item = &'a Groups>) -> Self {
        let mut outs: Vec<&Groups> = outs.into_iter().collect();
        outs.sort_by_key(|out| (out.at, out.id));
        let mut history = Self::default();
        for out in outs {
            history.add(out.groups.iter().map(|group| group.members.as_slice()));
        }
        history
    }

    /// Adds a break-out that is later than all before.
    pub fn add<'a>(&mut self, groups: impl IntoIterator<Item = &'a [MemberId]>) {
        self.outs += 1;
        for members in groups {
            for (index, one) in members.iter().enumerate() {
                for other in members.iter().skip(index + 1) {
                    let met = self.met.entry(pair(*one, *other)).or_default();
                    met.times += 1;
                    met.last = self.outs;
                }
            }
        }
    }

    /// What these two have had of each other.
    pub fn met(&self, one: MemberId, other: MemberId) -> Met {
        self.met.get(&pair(one, other)).copied().unwrap_or_default()
    }
}

fn pair(one: MemberId, other: MemberId) -> (MemberId, MemberId) {
    (one.min(other), one.max(other))
}
