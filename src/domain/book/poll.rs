//! Choosing the next book: what is voted on, and ballots that name nobody.

use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;
use crate::domain::id::{BookId, PollId};

/// How a ballot is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Every book that one would read; most ballots win.
    #[default]
    Approval,
    /// Books in the order of one's wishes; counted in rounds.
    Ranked,
}

/// Ballots that say the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballots {
    /// The books chosen; with [`Method::Ranked`] the first wish first.
    pub books: Vec<BookId>,
    /// How many said so.
    pub count: u16,
}

/// A vote on the next book: counts alone. Who voted is no part of it, since the changes of a document tell which
/// ballot came in with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poll {
    /// Identity.
    pub id: PollId,
    /// How ballots are read.
    pub method: Method,
    /// What is voted on, in the order in which it is shown.
    pub books: Vec<BookId>,
    /// The ballots, sorted by what they say, so that their order tells nothing.
    #[serde(default)]
    pub ballots: Vec<Ballots>,
    /// Where books were level at the bottom and no rule told them apart: those that people let go, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub let_go: Vec<BookId>,
    /// When it was opened.
    pub opened: Moment,
    /// When it was closed.
    #[serde(default)]
    pub closed: Option<Moment>,
    /// The book that was chosen.
    #[serde(default)]
    pub chosen: Option<BookId>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Poll {
    /// A vote that nobody has voted in.
    pub fn new(id: PollId, method: Method, books: Vec<BookId>, opened: Moment) -> Self {
        Self {
            id,
            method,
            books,
            ballots: Vec::new(),
            let_go: Vec::new(),
            opened,
            closed: None,
            chosen: None,
            extra: serde_json::Map::new(),
        }
    }

    /// Puts a ballot to those that say the same.
    pub fn cast(&mut self, books: Vec<BookId>) {
        match self.ballots.binary_search_by(|held| held.books.cmp(&books)) {
            Ok(held) => {
                let count = &mut self.ballots[held].count;
                *count = count.saturating_add(1);
            }
            Err(place) => self.ballots.insert(place, Ballots { books, count: 1 }),
        }
    }

    /// How many ballots are in.
    pub fn ballots_in(&self) -> u32 {
        self.ballots.iter().map(|held| u32::from(held.count)).sum()
    }
}
