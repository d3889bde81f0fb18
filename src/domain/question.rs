//! Questions: what the bank knows of one, how often a circle was asked it, and which one to draw next.

use serde::{Deserialize, Serialize};

use crate::domain::book::Mark;
use crate::domain::clock::Moment;
use crate::domain::id::{CircleId, MemberId, QuestionId};
use crate::domain::text::Clean;

pub use crate::domain::question::asked::{Asked, MOST_POINTS, Rated};
pub use crate::domain::question::draw::{
    Candidate, Drawn, Past, Wanted, draw, draw_each, looks_back, suited,
};
pub use crate::domain::question::words::{Depth, QuestionKind, UnknownWord};
pub use crate::domain::text::same_words;

mod asked;
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
    /// Who wrote it, where a member did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Wrote>,
    /// The place in a book of the circle that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Mark>,
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

/// The member who wrote a question. Their name is in their own document alone, so that it goes when they are
/// erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrote {
    /// In which circle.
    pub circle: CircleId,
    /// Who.
    pub member: MemberId,
}

impl Question {
    /// Who wrote it, as far as it may be shown in `circle`: to their own circle alone, and only once they have
    /// spoken to it. Until then the question stands for itself, and nobody answers a name.
    pub fn author_shown(
        &self,
        circle: CircleId,
        has_spoken: impl FnOnce(MemberId) -> bool,
    ) -> Option<MemberId> {
        let wrote = self.author.filter(|wrote| wrote.circle == circle)?;
        has_spoken(wrote.member).then_some(wrote.member)
    }

    /// The same for one reader of that circle: whoever wrote it knows that at once.
    pub fn author_for(
        &self,
        reader: Option<MemberId>,
        circle: CircleId,
        has_spoken: impl FnOnce(MemberId) -> bool,
    ) -> Option<MemberId> {
        self.author_shown(circle, |member| {
            reader == Some(member) || has_spoken(member)
        })
    }
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
    /// Who wrote it, where a member did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Wrote>,
    /// The place in a book of the circle that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Mark>,
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
            author: None,
            about: None,
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
            author: self.author,
            about: self.about,
            trashed: None,
            extra: serde_json::Map::new(),
        }
    }
}

#[cfg(test)]
mod tests;
