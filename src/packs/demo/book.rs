//! What a circle of the demo reads.

use serde::Deserialize;

use crate::domain::book::Genre;
use crate::domain::text::Clean;

/// A book that is being read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoBook {
    /// What it is called.
    pub title: Clean,
    /// Who wrote it.
    pub author: Clean,
    /// What kind of book it is.
    pub genre: Genre,
    /// How many pages it has.
    pub pages: u32,
    /// Who proposed it.
    pub proposed_by: usize,
    /// Its chapters in order.
    pub chapters: Vec<DemoChapter>,
    /// When reading began, in days from today.
    pub from_days: i64,
    /// What is read until each meeting, in order.
    pub instalments: Vec<DemoInstalment>,
    /// Who said how far they have read. Whoever is not named said nothing.
    pub readers: Vec<DemoReader>,
    /// Questions that members wrote for it.
    #[serde(rename = "question")]
    pub questions: Vec<DemoQuestion>,
    /// What was marked in it.
    #[serde(rename = "quote")]
    pub quotes: Vec<DemoQuote>,
}

/// A chapter.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoChapter {
    /// What it is called.
    pub title: Clean,
    /// The page on which it begins.
    pub page: u32,
}

/// What is read until one meeting.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoInstalment {
    /// Its last chapter.
    pub until: u32,
    /// The meeting, in days from today.
    pub in_days: i64,
}

/// How far somebody has read.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoReader {
    /// Who.
    pub person: usize,
    /// The last chapter that is read.
    pub chapter: u32,
    /// Whether they share it with whoever leads.
    #[serde(default)]
    pub shared: bool,
}

/// A question that a member wrote.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoQuestion {
    /// What is asked.
    pub text: Clean,
    /// The chapter that it is about.
    pub chapter: u16,
    /// Who wrote it.
    pub by: usize,
    /// Whether it stands in the plan of the next session.
    #[serde(default)]
    pub picked: bool,
}

/// What somebody marked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoQuote {
    /// What they said about it.
    pub text: Clean,
    /// The chapter.
    pub chapter: u16,
    /// The page.
    pub page: u32,
    /// Who raised it.
    pub by: usize,
}
