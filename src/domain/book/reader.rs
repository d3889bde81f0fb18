//! How far one member has come in one book.

use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;
use crate::domain::id::{BookId, MemberId, ReaderId};

/// A place somebody said they had reached, in the measure of the reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// When it was said.
    pub at: Moment,
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
    pub fn place(&self) -> Option<u32> {
        self.reached.last().map(|reached| reached.place)
    }
}
