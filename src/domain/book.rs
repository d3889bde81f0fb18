//! Books: what a circle reads, proposes and has read.

pub mod poll;
pub mod reader;
pub mod reading;

use serde::{Deserialize, Serialize};

use crate::domain::book::reading::Reading;
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
