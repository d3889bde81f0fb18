//! How far one member has come in one book.

use serde::{Deserialize, Serialize};

use crate::domain::book::reading::Measure;
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{BookId, MemberId, ReaderId};

/// So many entries of one member about one book are kept, the latest.
pub const MOST_ENTRIES: usize = 200;

/// A place up to which somebody said they had read; 0 is the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// When it was said.
    pub at: Moment,
    /// What it is counted in, so that a plan in another measure does not change what it means.
    pub measure: Measure,
    /// The chapter, page or part that is read.
    pub place: u32,
}

/// One member and one book. Somebody without this document has said nothing, which is not the same as being at
/// the beginning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// Identity: always [`Reader::id_of`] the two below, so that there is one at most.
    pub id: ReaderId,
    /// Which book.
    pub book: BookId,
    /// Who.
    pub member: MemberId,
    /// What was said, in the order in which it was; the last one counts.
    pub reached: Vec<Reached>,
    /// Whether their name may stand beside it, for whoever leads.
    #[serde(default)]
    pub shared: bool,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Reader {
    /// Somebody who has said nothing yet about a book.
    pub fn new(book: BookId, member: MemberId) -> Self {
        Self {
            id: Self::id_of(book, member),
            book,
            member,
            reached: Vec::new(),
            shared: false,
            extra: serde_json::Map::new(),
        }
    }

    /// The identity of what a member said about a book.
    pub fn id_of(book: BookId, member: MemberId) -> ReaderId {
        ReaderId(uuid::Uuid::from_u128(book.0.as_u128() ^ member.0.as_u128()))
    }

    /// Where they are now; `None` when they have said nothing.
    pub fn now(&self) -> Option<Reached> {
        self.reached.last().copied()
    }

    /// What two entries of one person have said about a book, as said by `into`. Their name stands beside it only
    /// where that was said of `into`, or nothing was.
    #[must_use]
    pub fn joined(self, held: Option<Self>, into: MemberId) -> Self {
        let mut one = held.unwrap_or_else(|| Self {
            shared: self.shared,
            extra: self.extra.clone(),
            ..Self::new(self.book, into)
        });
        one.reached.extend(self.reached);
        one.reached.sort_by_key(|reached| reached.at);
        let too_many = one.reached.len().saturating_sub(MOST_ENTRIES);
        one.reached.drain(..too_many);
        one
    }

    /// Writes down what they say. Who corrects themselves within the hour has said one thing, not two.
    pub fn say(&mut self, reached: Reached) {
        let second_thought = |last: &Reached| {
            last.measure == reached.measure && reached.at - last.at < Span::from_minutes(60)
        };
        if self.reached.last().is_some_and(second_thought) {
            self.reached.pop();
        }
        self.reached.push(reached);
        let too_many = self.reached.len().saturating_sub(MOST_ENTRIES);
        self.reached.drain(..too_many);
    }
}
