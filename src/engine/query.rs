//! What can be asked of the store, and the answers. Both travel through the socket as JSON.

mod bank;
mod circles;
mod going;
mod look;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::body::BodyText;
use crate::domain::book::fit::Part;
use crate::domain::change::{ActKind, Author, Rev};
use crate::domain::clock::Moment;
use crate::domain::id::{
    ActId, BookId, CircleId, Key, Kind, MemberId, QuestionId, SessionId, Space,
};
use crate::domain::item::Owner;
use crate::domain::past::Step;
use crate::domain::question::QuestionKind;
use crate::store::Stored;

pub use crate::engine::query::bank::{BankPage, BankRow, QuestionRow, Seek};
pub use crate::engine::query::circles::{CircleFigures, CircleStatus, Mine, StatusAsk};
pub use crate::engine::query::going::Going;
pub use crate::engine::query::look::{Look, LookPage, LookPlace};

/// Most rows of one answer; ask again with `after` for more.
pub const MOST_ROWS: usize = 200;

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes fields by reference"
)]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// Which actions to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ActionFilter {
    /// Of one circle, or of all.
    pub circle: Option<CircleId>,
    /// Of one owner.
    pub owner: Option<Owner>,
    /// Open ones (`true`), closed ones (`false`), or both.
    pub open: Option<bool>,
    /// Only those due on or before this day.
    pub until: Option<NaiveDate>,
    /// With `until`: what is due at the next session belongs to them when that starts before this instant, the
    /// end of the day where people are. None leaves such actions out, since a session makes nothing late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sessions_before: Option<Moment>,
    /// Only with this tag, compared without case and accents.
    pub tag: Option<String>,
}

impl ActionFilter {
    /// Whether what is due at a session that starts then is due in time for `until`.
    pub fn has_session(&self, start: Option<Moment>) -> bool {
        let start = start.zip(self.sessions_before);
        start.is_some_and(|(start, end)| start < end)
    }
}

/// A question to the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Query {
    /// These documents, as far as they exist.
    Get(Vec<Key>),
    /// Documents of one kind in the order in which they were made.
    Scan {
        /// Where.
        space: Space,
        /// Which kind.
        kind: Kind,
        /// Behind this one.
        after: Option<Uuid>,
        /// At most.
        limit: usize,
    },
    /// Actions by date due (open) or newest first (closed).
    Actions {
        /// Which.
        filter: ActionFilter,
        /// How many rows to leave out at the beginning.
        skip: usize,
        /// Behind this row, as it was answered, when one circle is asked for: spares counting to it again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<Box<Row>>,
        /// At most.
        limit: usize,
    },
    /// Sessions of a circle, latest first.
    Sessions {
        /// Of which circle.
        circle: CircleId,
        /// At most.
        limit: usize,
    },
    /// Everything that belongs to one session, and what the circle decided between it and the one that was held next.
    Record {
        /// Of which circle.
        circle: CircleId,
        /// Which.
        session: SessionId,
    },
    /// Questions of the bank that have these words, kind and theme.
    Questions {
        /// All of these words, anywhere in question, follow-ups, theme or competency.
        words: String,
        /// Of this kind.
        kind: Option<QuestionKind>,
        /// About this.
        theme: Option<String>,
        /// Training this.
        #[serde(default)]
        competency: Option<String>,
        /// As seen by this circle: least asked first.
        circle: Option<CircleId>,
        /// How many rows to leave out at the beginning.
        #[serde(default)]
        skip: usize,
        /// At most.
        limit: usize,
    },
    /// Questions that this circle has been asked least.
    Draw {
        /// For which circle.
        circle: CircleId,
        /// One of this kind for each entry; `None` is any kind.
        kinds: Vec<Option<QuestionKind>>,
        /// Not these.
        without: Vec<QuestionId>,
        /// Decides among equals; the same seed draws the same.
        seed: u64,
        /// The part of a book that questions about books are to fit, where one is read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        part: Option<Part>,
    },
    /// Questions about a book of a circle: those that its members wrote, and those of the bank that name it.
    BookQuestions {
        /// Of which circle.
        circle: CircleId,
        /// About which book.
        book: BookId,
    },
    /// Looks through the bank by its search index, which is built first where there is none.
    Bank(Seek),
    /// Nobody looks through the bank any more: the search index is dropped.
    LeaveBank,
    /// Looks through a portion of everything that was written down.
    Look(Box<Look>),
    /// Acts, newest first.
    Log {
        /// Of one circle, or of all.
        circle: Option<CircleId>,
        /// Older than this position; `u64::MAX` for the newest.
        before: u64,
        /// At most.
        limit: usize,
    },
    /// What lies in the trash of a space, newest first.
    Trash {
        /// Of which circle, or of what all share.
        space: Space,
        /// How many rows to leave out at the beginning.
        #[serde(default, skip_serializing_if = "is_zero")]
        skip: usize,
        /// At most.
        limit: usize,
    },
    /// Books of a circle that were read or set aside, the latest first.
    BooksClosed {
        /// Of which circle.
        circle: CircleId,
        /// How many rows to leave out at the beginning.
        skip: usize,
        /// At most.
        limit: usize,
    },
    /// Notes taken from a book: those without a chapter first, then by chapter and page.
    Quotes {
        /// Of which circle.
        circle: CircleId,
        /// From which book.
        book: BookId,
        /// How many rows to leave out at the beginning.
        skip: usize,
        /// At most.
        limit: usize,
    },
    /// What belongs to a part of a book: questions about it with what is known of them, then notes taken from it,
    /// each in the order of the book. What names neither chapter nor page belongs to every part.
    BookPart {
        /// Of which circle.
        circle: CircleId,
        /// Of which book.
        book: BookId,
        /// The first and the last chapter, where those are known.
        chapters: Option<(u16, u16)>,
        /// The first and the last page, where those are known.
        pages: Option<(u32, u32)>,
    },
    /// How far people are in a book.
    Readers {
        /// Of which circle.
        circle: CircleId,
        /// In which book.
        book: BookId,
    },
    /// What happened to an action, newest first.
    Past {
        /// Which.
        action: Key,
        /// At most.
        limit: usize,
    },
    /// What was made and is there no more since it was taken back, each as it was last: as far as acts are kept.
    Gone {
        /// Where.
        space: Space,
        /// Which kind.
        kind: Kind,
    },
    /// The competencies that questions of the bank train.
    Competencies,
    /// What is mine in each circle, and when it meets.
    Status(StatusAsk),
    /// How every circle does, seen on this day.
    Overview {
        /// The day.
        today: NaiveDate,
    },
    /// What would go with these people if they were erased, and what would stay.
    Going(Vec<(CircleId, MemberId)>),
    /// How much there is.
    Figures,
}

/// What one act did to an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastRow {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: Author,
    /// New, undo or redo.
    pub kind: ActKind,
    /// What.
    pub steps: Vec<Step>,
}

/// An act in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogRow {
    /// Which act.
    pub id: ActId,
    /// Its position.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// Who.
    pub by: Author,
    /// What it did.
    pub title: String,
    /// New, undo or redo.
    pub kind: ActKind,
    /// Whether it is in force, so that it can be taken back.
    pub in_force: bool,
}

/// A document and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its key.
    pub key: Key,
    /// The revision of its space that wrote it; 0 where it was not asked for.
    #[serde(default)]
    pub rev: Rev,
    /// Its value.
    pub body: BodyText,
}

impl From<Stored> for Row {
    fn from(stored: Stored) -> Self {
        Self {
            key: stored.key,
            rev: stored.rev,
            body: stored.body,
        }
    }
}

/// How much there is in the store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Acts that are kept.
    pub acts: u64,
    /// Documents.
    pub documents: u64,
    /// Questions of the bank.
    pub questions: u64,
    /// Bytes on disk.
    pub bytes: u64,
}

/// The answer to a [`Query`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Documents; `more` tells that there are others behind the last one.
    Rows {
        /// The documents.
        rows: Vec<Row>,
        /// Whether there are more.
        more: bool,
    },
    /// Questions, and how many there are in all.
    Questions {
        /// The questions.
        rows: Vec<QuestionRow>,
        /// How many fit without the limit.
        total: usize,
    },
    /// Some rows of the bank.
    Bank(Box<BankPage>),
    /// A portion of a search.
    Look(Box<LookPage>),
    /// Acts.
    Log {
        /// The acts.
        rows: Vec<LogRow>,
        /// Whether there are older ones.
        more: bool,
    },
    /// What happened to an action.
    Past {
        /// The acts, newest first.
        rows: Vec<PastRow>,
        /// Whether it is told from the beginning.
        whole: bool,
    },
    /// Words in the order of the alphabet.
    Words(Vec<String>),
    /// Circles in passing.
    Status(Vec<CircleStatus>),
    /// How circles do.
    Overview(Vec<CircleFigures>),
    /// How much there is.
    Figures(Figures),
    /// What would go with people, and what would stay.
    Going(Going),
}
