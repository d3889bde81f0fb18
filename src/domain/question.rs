//! Questions: what the bank knows of one, how often a circle was asked it, and which one to draw next.

use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;
use crate::domain::id::QuestionId;
use crate::domain::text::Clean;

pub use crate::domain::question::draw::{Candidate, Drawn, Wanted, draw};
pub use crate::domain::question::words::{Depth, QuestionKind, UnknownWord};
pub use crate::domain::text::same_words;

mod draw;
pub mod search;
pub mod sought;
mod words;

/// Minutes that a question takes when nobody said.
pub const USUAL_MINUTES: u16 = 5;
/// Most minutes that a question may be given: one day.
pub const MOST_MINUTES: u16 = 1_440;
/// Most follow-ups of one question.
pub const MOST_FOLLOW_UPS: usize = 20;

/// A question as a document: of the bank, or of a circle until it is promoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its identity.
    pub id: QuestionId,
    /// Its number for people: 41 is shown as `Q41`.
    pub number: u32,
    /// What is asked.
    pub text: Clean,
    /// What to ask next.
    #[serde(default)]
    pub follow_ups: Vec<Clean>,
    /// What it is about; empty when nobody said.
    #[serde(default)]
    pub theme: Clean,
    /// How near it comes.
    #[serde(default)]
    pub depth: Depth,
    /// What it is for.
    #[serde(default)]
    pub kind: QuestionKind,
    /// The competency that it trains.
    #[serde(default)]
    pub competency: Option<Clean>,
    /// How long it takes.
    #[serde(default = "usual_minutes")]
    pub minutes: u16,
    /// Where it is from.
    #[serde(default)]
    pub source: Clean,
    /// The language it is written in, as the source names it.
    #[serde(default)]
    pub language: Option<Clean>,
    /// Marked by a star.
    #[serde(default)]
    pub starred: bool,
    /// When it was put in the trash.
    #[serde(default)]
    pub trashed: Option<Moment>,
    /// Fields of a newer version, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

const fn usual_minutes() -> u16 {
    USUAL_MINUTES
}

/// A question that has no identity yet: read from a file, a pack or typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftQuestion {
    /// What is asked.
    pub text: Clean,
    /// What to ask next.
    #[serde(default)]
    pub follow_ups: Vec<Clean>,
    /// What it is about; may be empty.
    #[serde(default)]
    pub theme: Clean,
    /// How near it comes.
    #[serde(default)]
    pub depth: Depth,
    /// What it is for.
    #[serde(default)]
    pub kind: QuestionKind,
    /// The competency that it trains.
    #[serde(default)]
    pub competency: Option<Clean>,
    /// How long it takes.
    #[serde(default = "usual_minutes")]
    pub minutes: u16,
    /// Where it is from.
    #[serde(default)]
    pub source: Clean,
    /// The language it is written in.
    #[serde(default)]
    pub language: Option<Clean>,
    /// Marked by a star.
    #[serde(default)]
    pub starred: bool,
    /// The identity it had in another store of circlet; merging goes by it.
    #[serde(default)]
    pub uid: Option<QuestionId>,
    /// Its line in the file; 0 when it comes from none.
    #[serde(skip)]
    pub line: usize,
}

impl DraftQuestion {
    /// A plain question about nothing in particular.
    pub fn new(text: Clean) -> Self {
        Self {
            text,
            follow_ups: Vec::new(),
            theme: Clean::default(),
            depth: Depth::default(),
            kind: QuestionKind::default(),
            competency: None,
            minutes: USUAL_MINUTES,
            source: Clean::default(),
            language: None,
            starred: false,
            uid: None,
            line: 0,
        }
    }

    /// The question that it becomes.
    pub fn into_question(self, id: QuestionId, number: u32) -> Question {
        Question {
            id,
            number,
            text: self.text,
            follow_ups: self.follow_ups,
            theme: self.theme,
            depth: self.depth,
            kind: self.kind,
            competency: self.competency,
            minutes: self.minutes,
            source: self.source,
            language: self.language,
            starred: self.starred,
            trashed: None,
            extra: serde_json::Map::new(),
        }
    }
}

/// How often a question was asked in one circle: a document of that circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Which question.
    pub question: QuestionId,
    /// How often it was put to the room.
    #[serde(default)]
    pub times: u32,
    /// When it was asked last.
    #[serde(default)]
    pub last: Option<Moment>,
    /// How often it was drawn and passed over.
    #[serde(default)]
    pub passed: u32,
    /// Fields of a newer version, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Asked {
    /// Never asked.
    pub fn never(question: QuestionId) -> Self {
        Self {
            question,
            times: 0,
            last: None,
            passed: 0,
            extra: serde_json::Map::new(),
        }
    }

    /// Asked once more.
    #[must_use]
    pub fn again(mut self, at: Moment) -> Self {
        self.times = self.times.saturating_add(1);
        self.last = Some(at);
        self
    }

    /// Passed over once more.
    #[must_use]
    pub fn pass(mut self) -> Self {
        self.passed = self.passed.saturating_add(1);
        self
    }
}

#[cfg(test)]
mod tests;
