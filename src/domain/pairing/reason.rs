//! Why people were put together as they were, in one line.

use crate::domain::id::MemberId;
use crate::domain::pairing::Size;

/// Why groups are as they are: what there is to know first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nobody is there.
    Nobody,
    /// One person is there.
    Alone,
    /// These two are kept apart, and still in one group: there is no other way.
    NotApart(MemberId, MemberId),
    /// These two are kept together, and in two groups: there is no other way.
    NotTogether(MemberId, MemberId),
    /// All are in one group: they are too few for more.
    OneGroup(usize),
    /// None of them were in groups before.
    First,
    /// These two have never met in a group, and so many other pairs neither.
    New {
        /// One of them.
        one: MemberId,
        /// The other.
        other: MemberId,
        /// How many pairs beside them.
        more: usize,
    },
    /// Everybody has met everybody they are with.
    AllMet,
    /// They are as they were.
    Again,
}

impl Reason {
    /// In words for people, without a period; `name` says what somebody is called.
    pub fn words(self, size: Size, name: &dyn Fn(MemberId) -> String) -> String {
        match self {
            Self::Nobody => "nobody is here".to_owned(),
            Self::Alone => "only one person is here; groups need two".to_owned(),
            Self::NotApart(one, other) => format!(
                "{} and {} are kept apart, but there is no other way",
                name(one),
                name(other)
            ),
            Self::NotTogether(one, other) => format!(
                "{} and {} are kept together, but {size} do not allow it",
                name(one),
                name(other)
            ),
            Self::OneGroup(people) => {
                format!("{people} people are here, so all are in one group")
            }
            Self::First => "nobody here has met in a group yet".to_owned(),
            Self::New { one, other, more } => {
                let met = match size {
                    Size::Pairs => "have never met in a pair",
                    Size::Threes | Size::Fours => "have never met in a group",
                };
                let more = match more {
                    0 => String::new(),
                    more => format!(", nor {more} more"),
                };
                format!("{} and {} {met}{more}", name(one), name(other))
            }
            Self::AllMet => "everybody has met; these met least, and longest ago".to_owned(),
            Self::Again => "as they were last time".to_owned(),
        }
    }
}
