//! How many people go into one group, and how a number of people is divided.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::agenda::Step;
use crate::domain::pairing::Groups;

/// How large groups are meant to be. Written as a number: 2, 3 or 4.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(try_from = "u8", into = "u8")]
pub enum Size {
    /// Two people.
    #[default]
    Pairs,
    /// Three.
    Threes,
    /// Four.
    Fours,
}

impl Size {
    /// Every size, the smallest first.
    pub const ALL: [Self; 3] = [Self::Pairs, Self::Threes, Self::Fours];

    /// The word on screen.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pairs => "pairs",
            Self::Threes => "threes",
            Self::Fours => "fours",
        }
    }

    /// How many people that is.
    pub const fn people(self) -> usize {
        match self {
            Self::Pairs => 2,
            Self::Threes => 3,
            Self::Fours => 4,
        }
    }

    /// The size that words name, as in `in pairs, 8 minutes`; the first size that they name.
    pub fn named_in(words: &str) -> Option<Self> {
        words.split(|c: char| !c.is_alphabetic()).find_map(|word| {
            match word.to_lowercase().as_str() {
                "pair" | "pairs" => Some(Self::Pairs),
                "three" | "threes" | "trio" | "trios" => Some(Self::Threes),
                "four" | "fours" => Some(Self::Fours),
                _ => None,
            }
        })
    }

    /// The size that a step asks for: its own, else the one that its title or what is said at it names.
    pub fn of_step(step: &Step) -> Option<Self> {
        let words = || step.says.as_ref().and_then(|says| Self::named_in(says));
        let title = || Self::named_in(&step.title);
        step.size.or_else(title).or_else(words)
    }

    /// The size that a break-out had.
    pub fn of(groups: &Groups) -> Self {
        let sizes = groups.groups.iter().map(|group| group.members.len());
        match sizes.min() {
            None | Some(0..=2) => Self::Pairs,
            Some(3) => Self::Threes,
            Some(_) => Self::Fours,
        }
    }

    /// The size whose groups these are too, for so many people: seven in fours are seven in threes, a four and a three.
    /// The one that is wanted, if it comes to the same groups, else the smallest; a size of its own is itself.
    #[must_use]
    pub fn same_as(self, wanted: Self, people: usize) -> Self {
        let same = |other: &Self| other.groups_of(people) == self.groups_of(people);
        let mut sizes = std::iter::once(wanted).chain(Self::ALL);
        sizes.find(same).unwrap_or(self)
    }

    /// How many groups so many people make. Nobody is alone, and no two groups differ by more than one:
    /// with an odd number one pair becomes a three; threes and fours come as near to their size as they
    /// can. More people than one group takes are always divided, if two groups of two can be made.
    pub const fn groups_of(self, people: usize) -> usize {
        let size = self.people();
        let near = match self {
            Self::Pairs => people / 2,
            Self::Threes | Self::Fours => (people + size / 2) / size,
        };
        let least = if people > size && people >= 4 { 2 } else { 1 };
        if people == 0 {
            0
        } else if near < least {
            least
        } else {
            near
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// A number that is no size of groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("groups have 2, 3 or 4 people")]
pub struct NoSize;

impl TryFrom<u8> for Size {
    type Error = NoSize;

    fn try_from(people: u8) -> Result<Self, NoSize> {
        match people {
            2 => Ok(Self::Pairs),
            3 => Ok(Self::Threes),
            4 => Ok(Self::Fours),
            _ => Err(NoSize),
        }
    }
}

impl From<Size> for u8 {
    fn from(size: Size) -> Self {
        match size {
            Size::Pairs => 2,
            Size::Threes => 3,
            Size::Fours => 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Clean;

    fn sizes(size: Size, people: usize) -> Vec<usize> {
        let groups = size.groups_of(people);
        (0..groups).map(|n| (people + n) / groups).collect()
    }

    #[test]
    fn sizes_that_come_to_the_same_groups_are_told_apart_from_those_that_do_not() {
        use Size::{Fours, Pairs, Threes};
        let same = |wanted, people| Size::ALL.map(|size| size.same_as(wanted, people));
        assert_eq!(same(Pairs, 8), [Pairs, Threes, Fours]);
        assert_eq!(same(Pairs, 7), [Pairs, Threes, Threes]);
        assert_eq!(same(Fours, 7), [Pairs, Fours, Fours]);
        assert_eq!(same(Pairs, 5), [Pairs, Pairs, Pairs]);
        assert_eq!(same(Fours, 4), [Pairs, Pairs, Fours]);
        for size in Size::ALL {
            for people in 2..=40 {
                let other = size.same_as(Threes, people);
                assert_eq!(sizes(size, people), sizes(other, people));
            }
        }
    }

    #[test]
    fn people_are_divided_evenly_and_nobody_is_alone() {
        for size in Size::ALL {
            for people in 2..=40 {
                let sizes = sizes(size, people);
                let (low, high) = (sizes.iter().min().unwrap(), sizes.iter().max().unwrap());
                assert_eq!(sizes.iter().sum::<usize>(), people);
                assert!(
                    *low >= 2 && high - low <= 1,
                    "{size} of {people}: {sizes:?}"
                );
            }
        }
    }

    #[test]
    fn odd_numbers_make_one_three_and_tens_make_three_three_four() {
        assert_eq!(sizes(Size::Pairs, 7), [2, 2, 3]);
        assert_eq!(sizes(Size::Pairs, 3), [3]);
        assert_eq!(sizes(Size::Threes, 10), [3, 3, 4]);
        assert_eq!(sizes(Size::Threes, 4), [2, 2]);
        assert_eq!(sizes(Size::Threes, 5), [2, 3]);
        assert_eq!(sizes(Size::Fours, 5), [2, 3]);
        assert_eq!(sizes(Size::Fours, 3), [3]);
        assert_eq!(sizes(Size::Fours, 2), [2]);
        assert_eq!(sizes(Size::Pairs, 1), [1]);
        assert_eq!(Size::Pairs.groups_of(0), 0);
    }

    #[test]
    fn a_step_says_its_size_itself_or_in_its_title_or_in_what_is_said() {
        let mut step = Step::default();
        assert_eq!(Size::of_step(&step), None);
        step.says = Some(Clean::line("Find somebody, in fours"));
        assert_eq!(Size::of_step(&step), Some(Size::Fours));
        step.title = Clean::line("Threes");
        assert_eq!(Size::of_step(&step), Some(Size::Threes));
        step.size = Some(Size::Pairs);
        assert_eq!(Size::of_step(&step), Some(Size::Pairs));
    }

    #[test]
    fn a_size_is_found_in_the_words_of_a_step() {
        assert_eq!(Size::named_in("Talk in threes, 8 min"), Some(Size::Threes));
        assert_eq!(Size::named_in("One PAIR at a time"), Some(Size::Pairs));
        assert_eq!(Size::named_in("repairs for all"), None);
    }

    #[test]
    fn a_size_is_written_as_a_number() {
        for size in Size::ALL {
            let text = serde_json::to_string(&size).unwrap();
            assert_eq!(text, size.people().to_string());
            assert_eq!(serde_json::from_str::<Size>(&text).unwrap(), size);
        }
        assert!(serde_json::from_str::<Size>("5").is_err());
    }
}
