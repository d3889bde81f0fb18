//! How a book is laid over the meetings of a circle.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::agenda::Prompt;
use crate::domain::id::SessionId;
use crate::domain::text::Clean;

/// What a book is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// By chapters, counted from 1.
    #[default]
    Chapters,
    /// By pages.
    Pages,
    /// By parts that the circle made up, counted from 1.
    Parts,
}

/// What is read until one meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instalment {
    /// The last chapter, page or part that belongs to it; the one after the last of the instalment before is
    /// its first.
    pub until: u32,
    /// The day of the meeting, as long as no session is planned for it.
    pub day: NaiveDate,
    /// The session that discusses it; it follows the session wherever that is moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// Questions that people picked for it before a session was planned; a session takes them along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub picked: Vec<Prompt>,
}

/// A week in which nothing is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The day on which the circle would have met.
    pub day: NaiveDate,
    /// Why, in a word.
    #[serde(default)]
    pub why: Clean,
}

/// A book laid over meetings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What it is divided by.
    pub measure: Measure,
    /// The day on which reading began.
    pub from: NaiveDate,
    /// What is read until each meeting, in order.
    pub instalments: Vec<Instalment>,
    /// Days left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<Skipped>,
    /// Above so many pages a day the circle wants to be warned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pace: Option<u16>,
    /// How many meetings an earlier plan of the same book had, where those were more: calendars that took them are told
    /// that they are gone.
    #[serde(default, skip_serializing_if = "is_none")]
    pub once: u16,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands the field over by reference"
)]
const fn is_none(meetings: &u16) -> bool {
    *meetings == 0
}

impl Reading {
    /// How many meetings the book was laid over at most, in this plan and those before it.
    pub fn meetings_once(&self) -> usize {
        self.instalments.len().max(usize::from(self.once))
    }

    /// Remembers how many meetings the plan had that this one takes the place of.
    pub fn replaces(&mut self, before: &Self) {
        let once = before.meetings_once();
        self.once = if once > self.instalments.len() {
            u16::try_from(once).unwrap_or(u16::MAX)
        } else {
            0
        };
    }

    /// How many parts the circle made of it.
    pub fn parts(&self) -> Option<u32> {
        let last = self.instalments.last()?;
        (self.measure == Measure::Parts).then_some(last.until)
    }

    /// The first and the last unit of an instalment, counted from 0.
    pub fn range(&self, instalment: usize) -> Option<(u32, u32)> {
        let until = self.instalments.get(instalment)?.until;
        let before = instalment.checked_sub(1);
        let before = before.and_then(|at| self.instalments.get(at));
        Some((
            before.map_or(1, |before| before.until.saturating_add(1)),
            until,
        ))
    }

    /// The instalment that is read for a day: the first one whose meeting is on it or later.
    pub fn due(&self, day: NaiveDate) -> Option<usize> {
        self.instalments.iter().position(|one| one.day >= day)
    }

    /// How many instalments lie behind a day, and so from where on a plan may be laid afresh: what was read for a
    /// meeting that was held stays as it was.
    pub fn ahead(&self, day: NaiveDate) -> usize {
        self.due(day).unwrap_or(self.instalments.len())
    }
}

impl Measure {
    /// The word for one unit.
    pub const fn one(self) -> &'static str {
        match self {
            Self::Chapters => "chapter",
            Self::Pages => "page",
            Self::Parts => "part",
        }
    }

    /// The word for several.
    pub const fn many(self) -> &'static str {
        match self {
            Self::Chapters => "chapters",
            Self::Pages => "pages",
            Self::Parts => "parts",
        }
    }

    /// The short word before a number: `ch. 5`.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Chapters => "ch.",
            Self::Pages => "p.",
            Self::Parts => "part",
        }
    }
}
