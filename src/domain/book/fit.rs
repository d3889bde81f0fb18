//! Which questions fit what a session talks about: those about its part of the book first, none that gives away what
//! lies behind it, none that is for another kind of book.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::agenda::{Block, BlockKind};
use crate::domain::book::floor::{self, Floor};
use crate::domain::book::reading::Reading;
use crate::domain::book::{Book, Genre, next};
use crate::domain::clock::Zone;
use crate::domain::id::{BlockId, BookId, CircleId};
use crate::domain::question::Question;
use crate::domain::session::Session;
use crate::domain::state::State;
use crate::domain::text::fold;

/// Themes of the bank that fit one kind of book alone.
const ONLY: [(&str, Genre); 2] = [
    ("fiction", Genre::Fiction),
    ("non-fiction", Genre::NonFiction),
];
/// Words in the title of a block that is about the book.
const ABOUT: [&str; 4] = ["book", "reading", "chapter", "literature"];

/// The part of a book that a session talks about, in the measure of its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which book.
    pub book: BookId,
    /// The first chapter, page or part.
    pub from: u32,
    /// The last one that nothing is given away of; `None` where there is nothing to go by.
    pub until: Option<u32>,
}

/// How near a question is to what a session talks about; the nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Near {
    /// It is about this part.
    Here,
    /// It is about the book, or a member wrote it.
    Ours,
    /// It fits any book of its kind.
    Any,
}

impl Part {
    /// What a session that is planned will have read: its instalment to the end.
    pub fn planned(state: &State, circle: CircleId, session: &Session, zone: Zone) -> Option<Self> {
        let book = state.reading(circle)?;
        let reading = book.reading.as_ref()?;
        Self::of(book, reading, next::at(reading, session, zone)?)
    }

    /// What a session of this day will have read, should it be planned today.
    pub fn coming(
        state: &State,
        circle: CircleId,
        days: (NaiveDate, NaiveDate),
        zone: Zone,
    ) -> Option<Self> {
        let book = state.reading(circle)?;
        let reading = book.reading.as_ref()?;
        let at = next::free((state, circle), reading, days, zone)?;
        Self::of(book, reading, at)
    }

    /// An instalment, to its end.
    pub fn of(book: &Book, reading: &Reading, at: usize) -> Option<Self> {
        let (from, until) = reading.range(at)?;
        Some(Self {
            book: book.id,
            from,
            until: Some(until),
        })
    }

    /// The same as far as everybody in the room has come.
    #[must_use]
    pub const fn within(self, floor: &Floor) -> Self {
        Self {
            until: floor.place,
            ..self
        }
    }

    /// How near a question is; `None` for one that is about another book, for another kind of book, or behind the
    /// end of the part. `book` is the one of the part.
    pub fn near(&self, book: &Book, circle: CircleId, question: &Question) -> Option<Near> {
        if question.trashed.is_some() || !suits(&question.theme, book.genre) {
            return None;
        }
        let wrote = question.author.map(|wrote| wrote.circle);
        if wrote.is_some_and(|wrote| wrote != circle) {
            return None;
        }
        let Some(mark) = question.about else {
            return Some(if wrote.is_some() {
                Near::Ours
            } else {
                Near::Any
            });
        };
        let beyond = |place: Option<u32>| Floor {
            measure: floor::measure(book),
            place,
            people: 0,
            said: 0,
        };
        if mark.book != self.book || beyond(self.until).hides(book, &mark) {
            return None;
        }
        let here = beyond(self.from.checked_sub(1)).hides(book, &mark);
        Some(if here { Near::Here } else { Near::Ours })
    }
}

/// Whether a theme fits a book of this kind.
pub fn suits(theme: &str, genre: Genre) -> bool {
    let theme = fold(theme);
    ONLY.iter()
        .all(|(name, only)| theme != *name || *only == genre)
}

/// The block of an agenda that is about the book: the one that says so, else the first with a prompt, else the
/// first that is for talk.
pub fn block_of<'a>(book: &Book, blocks: &'a [Block]) -> Option<&'a Block> {
    let title = fold(&book.title);
    let about = |block: &&Block| {
        let words = fold(&block.title);
        words == title || ABOUT.iter().any(|word| words.contains(word))
    };
    let talks = |block: &&Block| match block.kind {
        BlockKind::Prompt | BlockKind::Round | BlockKind::Open | BlockKind::Pairs => true,
        BlockKind::CheckIn
        | BlockKind::Review
        | BlockKind::HotSeat
        | BlockKind::Closing
        | BlockKind::Break => false,
    };
    let prompts = |block: &&Block| block.kind == BlockKind::Prompt;
    let mut ways = [
        blocks.iter().find(about),
        blocks.iter().find(prompts),
        blocks.iter().find(talks),
    ]
    .into_iter();
    ways.find_map(|found| found)
}

/// The block of a session that is about the book, and what is read for it: `ch. 4-6`.
pub fn reads(
    state: &State,
    circle: CircleId,
    session: &Session,
    zone: Zone,
) -> Option<(BlockId, String)> {
    let book = state.reading(circle)?;
    let reading = book.reading.as_ref()?;
    let words = next::words(reading, next::at(reading, session, zone)?)?;
    Some((block_of(book, &session.blocks)?.id, words))
}
