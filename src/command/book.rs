//! What people do with books: proposing, choosing, planning, reading.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::agenda::Prompt;
use crate::domain::book::poll::Method;
use crate::domain::book::reader::Reader;
use crate::domain::book::reading::{Measure, Reading};
use crate::domain::book::schedule::Give;
use crate::domain::book::{BookState, Chapter, Genre};
use crate::domain::id::{BookId, CircleId, Key, Kind, MemberId, PollId};
use crate::domain::text::Clean;

/// A book to be written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewBook {
    /// What it is called.
    pub title: Clean,
    /// Who wrote it.
    pub author: Clean,
    /// What kind of book it is.
    pub genre: Genre,
    /// How many pages it has, if known.
    pub pages: Option<u32>,
    /// Its chapters in order.
    pub chapters: Vec<Chapter>,
    /// Who proposes it.
    pub proposed_by: Option<MemberId>,
    /// Why, in a line.
    pub why: Clean,
    /// Where it stands: proposed, or read long ago.
    pub state: BookState,
}

/// What to change about a book; `None` leaves it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BookEdit {
    /// New title.
    pub title: Option<Clean>,
    /// New author.
    pub author: Option<Clean>,
    /// New kind.
    pub genre: Option<Genre>,
    /// New number of pages; 0 says that nobody knows.
    pub pages: Option<u32>,
    /// New chapters, all of them.
    pub chapters: Option<Vec<Chapter>>,
    /// Another reason.
    pub why: Option<Clean>,
    /// Who proposes it.
    pub proposed_by: Option<MemberId>,
}

/// How far somebody has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// Up to here, counted in this.
    At(Measure, u32),
    /// So much further than they said last, in the measure of that; from the beginning when they said nothing.
    More(u32),
    /// Nothing about the place: only whether their name may stand beside it changes.
    Same,
}

/// A ballot as it is handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// Whose, so that nobody votes twice by mistake. It is kept beside the store until the vote is closed, and never
    /// with the books.
    pub voter: Option<MemberId>,
    /// The books, first wish first.
    pub books: Vec<BookId>,
}

/// What people do with the books of a circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookChange {
    /// Write books down.
    Add {
        /// Which.
        books: Vec<NewBook>,
        /// Where they came from, for the log; empty when they were typed.
        source: Clean,
    },
    /// Change what is known of a book.
    Edit(BookId, Box<BookEdit>),
    /// Read it by this plan from now on; also another plan for a book that is being read.
    Begin(BookId, Reading),
    /// Close a book or a vote, and read another book by this plan from now on: one act.
    Next {
        /// What is closed: [`Close`](Self::Close) or [`ClosePoll`](Self::ClosePoll).
        first: Box<BookChange>,
        /// What is read then.
        book: BookId,
        /// Its plan.
        reading: Reading,
    },
    /// Move the meeting of an instalment, counted from 0, to another day; the rest is laid afresh.
    Move {
        /// Which book.
        book: BookId,
        /// Which instalment.
        at: usize,
        /// The new day.
        day: NaiveDate,
    },
    /// Leave the meeting of an instalment, counted from 0, out; the rest gives way.
    Skip {
        /// Which book.
        book: BookId,
        /// Which instalment.
        at: usize,
        /// Why, in a word.
        why: Clean,
        /// How the rest gives way.
        give: Give,
    },
    /// Lay what is left afresh from an instalment on, counted from 0.
    Bend {
        /// Which book.
        book: BookId,
        /// The first instalment that may change.
        from: usize,
        /// Add so many meetings at the end.
        more: usize,
        /// Read up to here only.
        until: Option<u32>,
    },
    /// The questions that are picked for an instalment that no session is planned for, all of them.
    Pick {
        /// Which book.
        book: BookId,
        /// Which instalment, counted from 0.
        at: usize,
        /// The questions.
        prompts: Vec<Prompt>,
    },
    /// Somebody says how far they have read.
    Reach {
        /// Which book.
        book: BookId,
        /// Who.
        member: MemberId,
        /// How far.
        entry: Entry,
        /// Whether their name may stand beside it from now on.
        shared: Option<bool>,
    },
    /// Read to the end, set aside, or proposed again.
    Close(BookId, BookState),
    /// Vote on the next book.
    OpenPoll {
        /// How ballots are read.
        method: Method,
        /// What is voted on, in the order in which it is shown.
        books: Vec<BookId>,
    },
    /// Hand ballots in; several at once keep to themselves which was whose.
    Cast(PollId, Vec<Ballot>),
    /// Close a vote.
    ClosePoll {
        /// Which.
        poll: PollId,
        /// Books level at the bottom that people let go, in order.
        let_go: Vec<BookId>,
        /// Which of those level in front people choose.
        chosen: Option<BookId>,
    },
    /// Close a vote without a result.
    CallOffPoll(PollId),
}

impl BookChange {
    /// The documents that it touches and that need not be in memory.
    pub fn keys(&self, circle: CircleId) -> Vec<Key> {
        let key = |book: &BookId| Key::circle(circle, Kind::Book, book.0);
        let poll = |poll: &PollId| Key::circle(circle, Kind::Poll, poll.0);
        match self {
            Self::Add { .. } => Vec::new(),
            Self::Next { first, book, .. } => {
                let mut keys = first.keys(circle);
                keys.push(key(book));
                keys
            }
            Self::Edit(book, _)
            | Self::Begin(book, _)
            | Self::Move { book, .. }
            | Self::Skip { book, .. }
            | Self::Bend { book, .. }
            | Self::Pick { book, .. }
            | Self::Close(book, _) => vec![key(book)],
            Self::Reach { book, member, .. } => vec![
                key(book),
                Key::circle(circle, Kind::Reader, Reader::id_of(*book, *member).0),
            ],
            Self::OpenPoll { books, .. } => books.iter().map(key).collect(),
            Self::Cast(id, _) | Self::ClosePoll { poll: id, .. } | Self::CallOffPoll(id) => {
                vec![poll(id)]
            }
        }
    }
}
