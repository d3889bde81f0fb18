//! Notes: whom they are for, and how long those for nobody else are kept.

use serde::{Deserialize, Serialize};

use crate::domain::book::Mark;
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{MemberId, NoteId, QuestionId};
use crate::domain::item::Origin;
use crate::domain::text::{Clean, fold};

/// Whom a note is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Whoever writes it, alone. Leaves the store only in a complete private export.
    #[default]
    Me,
    /// The member who presents.
    Presenter,
    /// The circle; part of the minutes.
    Circle,
    /// Anybody the minutes are given to.
    All,
}

impl Audience {
    /// The word in lists, JSON and `for:`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Me => "me",
            Self::Presenter => "presenter",
            Self::Circle => "circle",
            Self::All => "all",
        }
    }

    /// Whether minutes contain it.
    pub const fn in_minutes(self) -> bool {
        match self {
            Self::Me | Self::Presenter => false,
            Self::Circle | Self::All => true,
        }
    }
}

/// Notes for whoever wrote them alone are kept for so long.
pub const PRIVATE_FOR: Span = Span::from_minutes(90 * 24 * 60);
/// The tag of a note that stays for longer.
pub const KEEP: &str = "keep";

/// Something said that is worth keeping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Identity.
    pub id: NoteId,
    /// Shown as `N6`.
    pub number: u32,
    /// The words, several lines at most.
    pub text: Clean,
    /// Whom it is for.
    pub audience: Audience,
    /// Without the `#`.
    #[serde(default)]
    pub tags: Vec<Clean>,
    /// The place in a book that it quotes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// Who raised it, where that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised_by: Option<MemberId>,
    /// The question that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<QuestionId>,
    /// Where it came from.
    pub origin: Origin,
    /// Since when it lies in the trash.
    #[serde(default)]
    pub trashed: Option<Moment>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Note {
    /// A note for whoever writes it, without tags.
    pub fn new(id: NoteId, number: u32, text: Clean, origin: Origin) -> Self {
        Self {
            id,
            number,
            text,
            audience: Audience::Me,
            tags: Vec::new(),
            mark: None,
            raised_by: None,
            answers: None,
            origin,
            trashed: None,
            extra: serde_json::Map::new(),
        }
    }

    /// Whether it is a note for its writer alone whose time is over at `at`; one with the tag
    /// [`KEEP`] never is.
    pub fn is_too_old(&self, at: Moment) -> bool {
        let kept = self.tags.iter().any(|tag| fold(tag) == KEEP);
        self.audience == Audience::Me && !kept && at - self.origin.at > PRIVATE_FOR
    }
}
