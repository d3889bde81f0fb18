//! Ratings, votes and figures: counts of a group, never who.

use serde::{Deserialize, Serialize};

use crate::domain::clock::{Moment, Span};
use crate::domain::id::BlockId;
use crate::domain::text::Clean;

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
