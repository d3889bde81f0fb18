//! Books: what a circle reads, proposes and has read.

pub mod count;
pub mod fit;
pub mod floor;
pub mod head;
pub mod known;
pub mod line;
pub mod meetings;
pub mod next;
pub mod pace;
pub mod poll;
pub mod reader;
pub mod reading;
pub mod record;
pub mod schedule;
pub mod usual;

use serde::{Deserialize, Serialize};

use crate::domain::book::reading::{Measure, Reading};
use crate::domain::clock::Moment;
use crate::domain::id::{BookId, MemberId};
use crate::domain::text::Clean;

/// What kind of book it is. Decides which questions fit it, nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Genre {
    /// It says how things are.
    #[default]
    NonFiction,
    /// It tells a story.
    Fiction,
}

/// Where a book stands in the life of its circle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BookState {
    /// Somebody proposed it. One that was not chosen stays here for next time.
    #[default]
    Proposed,
    /// The circle reads it.
    Reading,
    /// The circle has read it.
    Read,
    /// The circle stopped reading it.
    SetAside,
}

impl BookState {
    /// The word in lists and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Reading => "reading",
            Self::Read => "read",
            Self::SetAside => "set aside",
        }
    }
}

/// One chapter. Its number is its place in [`Book::chapters`], from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    /// What it is called; a chapter need not have a title.
    #[serde(default)]
    pub title: Clean,
    /// The page on which it begins, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

/// A book of one circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// Identity.
    pub id: BookId,
    /// Shown as `B3`; per circle, never used twice.
    pub number: u32,
    /// What it is called, one line.
    pub title: Clean,
    /// Who wrote it.
    #[serde(default)]
    pub author: Clean,
    /// What kind of book it is.
    #[serde(default)]
    pub genre: Genre,
    /// How many pages it has, if known.
    #[serde(default)]
    pub pages: Option<u32>,
    /// Its chapters in order; empty when nobody said.
    #[serde(default)]
    pub chapters: Vec<Chapter>,
    /// Where it stands.
    #[serde(default)]
    pub state: BookState,
    /// Who proposed it.
    #[serde(default)]
    pub proposed_by: Option<MemberId>,
    /// Why, in a line.
    #[serde(default)]
    pub why: Clean,
    /// How it is laid over the meetings of the circle, once it is read.
    #[serde(default)]
    pub reading: Option<Reading>,
    /// When it was written down.
    pub added: Moment,
    /// When it was finished or set aside.
    #[serde(default)]
    pub closed: Option<Moment>,
    /// Since when it lies in the trash.
    #[serde(default)]
    pub trashed: Option<Moment>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Book {
    /// A proposed book of which only the title is known.
    pub fn new(id: BookId, number: u32, title: Clean, added: Moment) -> Self {
        Self {
            id,
            number,
            title,
            author: Clean::default(),
            genre: Genre::default(),
            pages: None,
            chapters: Vec::new(),
            state: BookState::default(),
            proposed_by: None,
            why: Clean::default(),
            reading: None,
            added,
            closed: None,
            trashed: None,
            extra: serde_json::Map::new(),
        }
    }

    /// Whether it is on the way: proposed or being read, and not in the trash.
    pub fn is_open(&self) -> bool {
        self.trashed.is_none() && matches!(self.state, BookState::Proposed | BookState::Reading)
    }

    /// How many units of a measure it has, if that is known. Parts are known by the plan alone.
    pub fn units(&self, measure: Measure) -> Option<u32> {
        let known = match measure {
            Measure::Chapters => u32::try_from(self.chapters.len()).ok(),
            Measure::Pages => self.pages,
            Measure::Parts => self.reading.as_ref().and_then(Reading::parts),
        };
        known.filter(|units| *units > 0)
    }

    /// The last page of a chapter, counted from 1; `None` where pages or chapters are not known.
    pub fn ends_on(&self, chapter: u32) -> Option<u32> {
        let at = usize::try_from(chapter).ok()?.checked_sub(1)?;
        self.chapters.get(at)?;
        match self.chapters.get(at + 1) {
            Some(next) => Some(next.page?.saturating_sub(1)),
            None => self.pages,
        }
    }

    /// The chapter that a page belongs to, counted from 1. Pages before the first chapter belong to it too.
    pub fn chapter_of(&self, page: u32) -> Option<u16> {
        if self.chapters.is_empty() || self.chapters.iter().any(|chapter| chapter.page.is_none()) {
            return None;
        }
        let begun = self
            .chapters
            .iter()
            .filter(|chapter| chapter.page <= Some(page));
        u16::try_from(begun.count().max(1)).ok()
    }

    /// A place in another measure: as many whole chapters as a page ends, or the page on which a chapter ends.
    /// `None` where the book does not tell.
    pub fn convert(&self, place: u32, from: Measure, to: Measure) -> Option<u32> {
        match (from, to) {
            (Measure::Chapters, Measure::Chapters)
            | (Measure::Pages, Measure::Pages)
            | (Measure::Parts, Measure::Parts) => Some(place),
            (Measure::Chapters, Measure::Pages) if place == 0 => Some(0),
            (Measure::Chapters, Measure::Pages) => self.ends_on(place),
            (Measure::Pages, Measure::Chapters) => self.chapters_by(place),
            // What a part of the circle's own making holds is known to nobody but the circle.
            (Measure::Parts, Measure::Chapters | Measure::Pages)
            | (Measure::Chapters | Measure::Pages, Measure::Parts) => (place == 0).then_some(0),
        }
    }

    /// How many chapters are over by the end of a page.
    fn chapters_by(&self, page: u32) -> Option<u32> {
        if page == 0 {
            return Some(0);
        }
        let at = u32::from(self.chapter_of(page)?);
        let over = self.ends_on(at).is_some_and(|end| end <= page);
        Some(if over { at } else { at - 1 })
    }
}

/// A place in a book that a question is about, or that a note was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Which book.
    pub book: BookId,
    /// The chapter, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chapter: Option<u16>,
    /// The page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

impl Mark {
    /// Where a quote stands: its page, else its chapter.
    pub fn place(&self) -> Option<Place> {
        let page = self.page.map(Place::Page);
        page.or(self.chapter.map(Place::Chapter))
    }
}

/// A place that somebody types before a quote: `p82`, `ch4`, `ch4 p82`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A page.
    Page(u32),
    /// A chapter, from 1.
    Chapter(u16),
    /// A chapter, and a page in it.
    Both(u16, u32),
}

impl Place {
    /// Reads a place at the head of a note: as [`read`](Self::read), but `P2` is a parked item and no page.
    pub fn at_head(word: &str) -> Option<Self> {
        Self::read(word).filter(|_| !word.starts_with('P'))
    }

    /// Both places, where one is a chapter and the other one a page.
    #[must_use]
    pub const fn with(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Chapter(chapter), Self::Page(page))
            | (Self::Page(page), Self::Chapter(chapter)) => Some(Self::Both(chapter, page)),
            (Self::Page(_), Self::Page(_) | Self::Both(..))
            | (Self::Chapter(_), Self::Chapter(_) | Self::Both(..))
            | (Self::Both(..), _) => None,
        }
    }

    /// Reads `p82`, `p.82`, `ch4` or `ch.4`, whatever the case; `None` for every other word. What spans several, `ch2-4`,
    /// stands at its last one: it is for those who have read so far.
    pub fn read(word: &str) -> Option<Self> {
        let word = word.to_ascii_lowercase();
        let one = |digits: &str| {
            let plain = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit());
            digits.parse::<u32>().ok().filter(|n| plain && *n > 0)
        };
        let number = |rest: &str| {
            let rest = rest.strip_prefix('.').unwrap_or(rest);
            match rest.split_once(['-', '\u{2013}']) {
                Some((first, last)) => {
                    one(last).filter(|last| one(first).is_some_and(|n| n <= *last))
                }
                None => one(rest),
            }
        };
        if let Some(chapter) = word.strip_prefix("ch").and_then(number) {
            return u16::try_from(chapter).ok().map(Self::Chapter);
        }
        word.strip_prefix('p').and_then(number).map(Self::Page)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Page(page) => write!(f, "p. {page}"),
            Self::Chapter(chapter) => write!(f, "ch. {chapter}"),
            Self::Both(chapter, page) => write!(f, "ch. {chapter}, p. {page}"),
        }
    }
}

impl Book {
    /// The mark of a place in it, with the chapter that a page belongs to, unless one is named. `None` for a place
    /// beyond its end.
    pub fn mark(&self, place: Place) -> Option<Mark> {
        let (chapter, page) = match place {
            Place::Page(page) => (self.chapter_of(page), Some(page)),
            Place::Chapter(chapter) => (Some(chapter), None),
            Place::Both(chapter, page) => (Some(chapter), Some(page)),
        };
        let beyond = |measure, at: u32| {
            let most = self
                .units(measure)
                .unwrap_or_else(|| schedule::most(measure));
            at > most
        };
        let out = page.is_some_and(|page| beyond(Measure::Pages, page))
            || chapter.is_some_and(|chapter| beyond(Measure::Chapters, u32::from(chapter)));
        (!out).then_some(Mark {
            book: self.id,
            chapter,
            page,
        })
    }
}
