//! Ratings, votes and figures: counts of a group, never who.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::clock::{Moment, Span};
use crate::domain::floor::{Floor, SHORTEST_TURN};
use crate::domain::id::{BlockId, MemberId};
use crate::domain::text::Clean;

/// Below this many answers there is no average and no spread: they would say more of single people than
/// of the group.
pub const FEWEST_ANSWERS: u32 = 5;
/// The group's figures are kept of groups of at least this many people, for the same reason.
pub const FEWEST_PEOPLE: usize = 5;
/// The highest value of a rating with hands; the lowest is 0.
pub const HIGHEST: u8 = 5;

/// How something was rated: how often each value was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// What was rated, one line.
    pub of: Clean,
    /// When.
    pub at: Moment,
    /// The lowest value, that of the first count.
    pub from: u8,
    /// How many showed each value, from the lowest on.
    pub counts: Vec<u16>,
}

/// What may be said of the answers as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// The average, in tenths, rounded to the nearest.
    pub tenths: u32,
    /// The lowest value that was shown.
    pub lowest: u8,
    /// The highest.
    pub highest: u8,
}

impl fmt::Display for Spread {
    /// `average 3.4, from 0 to 5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, tenth) = (self.tenths / 10, self.tenths % 10);
        let (lowest, highest) = (self.lowest, self.highest);
        write!(f, "average {whole}.{tenth}, from {lowest} to {highest}")
    }
}

impl Rating {
    /// A rating from 0 to [`HIGHEST`] with one value for each answer. Higher values are left out.
    pub fn of_hands(of: Clean, at: Moment, values: &[u8]) -> Self {
        let mut counts = vec![0_u16; usize::from(HIGHEST) + 1];
        for value in values {
            if let Some(count) = counts.get_mut(usize::from(*value)) {
                *count = count.saturating_add(1);
            }
        }
        Self {
            of,
            at,
            from: 0,
            counts,
        }
    }

    /// The same without the value 0: a rating from 1.
    #[must_use]
    pub fn from_one(mut self) -> Self {
        if self.from == 0 && self.counts.len() > 1 {
            self.counts.remove(0);
            self.from = 1;
        }
        self
    }

    /// Each value with how often it was shown, the lowest first.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = (u8, u16)> + '_ {
        let value = |index: usize| {
            let index = u8::try_from(index).unwrap_or(u8::MAX);
            self.from.saturating_add(index)
        };
        let counts = self.counts.iter().enumerate();
        counts.map(move |(index, count)| (value(index), *count))
    }

    /// How many gave which value, the highest first: `3 gave 5, 1 gave 2`.
    pub fn words(&self) -> String {
        let shown = self.values().rev().filter(|(_, count)| *count > 0);
        let counts: Vec<String> = shown
            .map(|(value, count)| format!("{count} gave {value}"))
            .collect();
        counts.join(", ")
    }

    /// How many answers there are.
    pub fn answers(&self) -> u32 {
        self.counts.iter().map(|count| u32::from(*count)).sum()
    }

    /// Average and spread; `None` below [`FEWEST_ANSWERS`].
    pub fn spread(&self) -> Option<Spread> {
        let answers = self.answers();
        if answers < FEWEST_ANSWERS {
            return None;
        }
        let sum: u32 = self
            .values()
            .map(|(value, count)| u32::from(value) * u32::from(count))
            .sum();
        let mut shown = self.values().filter(|(_, count)| *count > 0);
        let (lowest, _) = shown.next()?;
        let highest = shown.next_back().map_or(lowest, |(value, _)| value);
        Some(Spread {
            tenths: (sum * 20 + answers) / (2 * answers),
            lowest,
            highest,
        })
    }
}

/// What a group voted on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// In which block.
    pub block: BlockId,
    /// When.
    pub at: Moment,
    /// Each option with its votes, most votes first.
    pub options: Vec<Count>,
}

impl Vote {
    /// A vote with its options as they were written down; most votes first, ties in the order given.
    pub fn counted(block: BlockId, at: Moment, mut options: Vec<Count>) -> Self {
        options.sort_by_key(|count| std::cmp::Reverse(count.votes));
        Self { block, at, options }
    }

    /// How many votes were given.
    pub fn given(&self) -> u32 {
        self.options
            .iter()
            .map(|count| u32::from(count.votes))
            .sum()
    }
}

/// An option and its votes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The option, one line.
    pub option: Clean,
    /// How many wanted it.
    pub votes: u16,
}

/// How a group talked in a session, without names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// How many people took part.
    pub people: u16,
    /// How many of them spoke.
    pub spoke: u16,
    /// How many turns there were.
    pub turns: u32,
    /// Time that somebody had the floor.
    pub talked: Span,
}

impl Figures {
    /// The figures of a floor at session time `at`, for a group in which `here` are. `None` below
    /// [`FEWEST_PEOPLE`], where figures of the group would be figures of people.
    pub fn of(floor: &Floor, here: &BTreeSet<MemberId>, at: Span) -> Option<Self> {
        if here.len() < FEWEST_PEOPLE {
            return None;
        }
        let now = Some(at - floor.since).filter(|turn| *turn >= SHORTEST_TURN);
        let now = floor.speaker.zip(now);
        let over = floor.turns.iter();
        let over = over.filter_map(|turn| Some((turn.member?, turn.to - turn.from)));
        let turns: Vec<(MemberId, Span)> = over.chain(now).collect();
        let spoke: BTreeSet<&MemberId> = turns
            .iter()
            .map(|(member, _)| member)
            .filter(|member| here.contains(member))
            .collect();
        Some(Self {
            people: u16::try_from(here.len()).unwrap_or(u16::MAX),
            spoke: u16::try_from(spoke.len()).unwrap_or(u16::MAX),
            turns: u32::try_from(turns.len()).unwrap_or(u32::MAX),
            talked: turns.iter().map(|(_, length)| *length).sum(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::fixture;
    use crate::domain::floor::FloorMove;

    fn rating(values: &[u8]) -> Rating {
        Rating::of_hands(Clean::line("the session"), fixture::start(), values)
    }

    #[test]
    fn below_five_answers_there_is_no_average_and_no_spread() {
        assert_eq!(rating(&[5, 5, 4, 0]).spread(), None);
        let five = rating(&[5, 5, 4, 0, 3]).spread().unwrap();
        assert_eq!((five.tenths, five.lowest, five.highest), (34, 0, 5));
    }

    #[test]
    fn ties_of_a_vote_stay_in_the_order_in_which_they_were_written() {
        let count = |option: &str, votes| Count {
            option: Clean::line(option),
            votes,
        };
        let options = vec![count("a", 1), count("b", 3), count("c", 1), count("d", 3)];
        let (session, at) = fixture::session(&[5]);
        let vote = Vote::counted(session.blocks[0].id, at, options);
        let order: Vec<&str> = vote.options.iter().map(|o| o.option.as_str()).collect();
        assert_eq!((order, vote.given()), (vec!["b", "d", "a", "c"], 8));
    }

    #[test]
    fn figures_of_a_group_name_nobody_and_leave_small_groups_alone() {
        let [a, b, c, d] = fixture::members();
        let mut floor = Floor::new(fixture::session_id());
        floor.make(FloorMove::Give(a), Span::ZERO, 0);
        floor.make(FloorMove::Give(b), Span::from_secs(60), 0);
        floor.make(FloorMove::Give(a), Span::from_secs(90), 0);
        let four = BTreeSet::from([a, b, c, d]);
        let at = Span::from_secs(200);
        assert_eq!(Figures::of(&floor, &four, at), None);
        let mut five = four;
        five.insert(MemberId(uuid::Uuid::from_u128(99)));
        let expected = Figures {
            people: 5,
            spoke: 2,
            turns: 3,
            talked: at,
        };
        assert_eq!(Figures::of(&floor, &five, at), Some(expected));
    }

    proptest! {
        #[test]
        fn every_hand_counts_once_and_the_average_lies_within_the_spread(
            values in prop::collection::vec(0..=HIGHEST, 0..40),
        ) {
            let rating = rating(&values);
            prop_assert_eq!(usize::try_from(rating.answers()).unwrap(), values.len());
            if let Some(spread) = rating.spread() {
                prop_assert!(u32::from(spread.lowest) * 10 <= spread.tenths);
                prop_assert!(spread.tenths <= u32::from(spread.highest) * 10);
            } else {
                prop_assert!(values.len() < 5);
            }
        }
    }
}
