//! The circle: a small group that meets regularly, and the numbers it has given out.

use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;
use crate::domain::id::CircleId;
use crate::domain::pairing::Tie;
use crate::domain::rhythm::Rhythm;
use crate::domain::text::Clean;

/// What a circle meets for. Decides which template is offered first, nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CircleKind {
    /// People help each other grow.
    #[default]
    Mentoring,
    /// People read the same book.
    BookClub,
}

impl CircleKind {
    /// The template that a circle begins with when nobody chose one.
    pub const fn template(self) -> &'static str {
        match self {
            Self::Mentoring => "mentoring-classic-90",
            Self::BookClub => "book-club-60",
        }
    }

    /// The word shown in lists.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mentoring => "mentoring",
            Self::BookClub => "book club",
        }
    }
}

/// A circle. Its id is also the space in which all its documents live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circle {
    /// Identity.
    pub id: CircleId,
    /// The name people use for it, one line.
    pub name: Clean,
    /// What it meets for.
    pub kind: CircleKind,
    /// When it meets, if it meets by a rule.
    pub rhythm: Option<Rhythm>,
    /// Id of the template that new sessions start from.
    pub template: Option<String>,
    /// Who is kept apart or together in groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<Tie>,
    /// When it was made.
    pub created: Moment,
    /// Since when it rests; an archived circle is kept and not shown.
    pub archived: Option<Moment>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Circle {
    /// A mentoring circle that meets by no rule yet.
    pub fn new(id: CircleId, name: Clean, created: Moment) -> Self {
        Self {
            id,
            name,
            kind: CircleKind::default(),
            rhythm: None,
            template: None,
            ties: Vec::new(),
            created,
            archived: None,
            extra: serde_json::Map::new(),
        }
    }
}

/// The last short number given out for each kind of row in one space. It only ever rises: undo leaves
/// it standing, so that `A14` never means two things.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counter {
    /// Actions, shown as `A14`.
    pub action: u32,
    /// Books, `B3`.
    #[serde(skip_serializing_if = "none_yet")]
    pub book: u32,
    /// Decisions, `D3`.
    pub decision: u32,
    /// Notes, `N6`.
    pub note: u32,
    /// Parked items, `P2`.
    pub parked: u32,
    /// Questions, `Q41`.
    pub question: u32,
    /// Sessions, `#7`.
    pub session: u32,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// Whether no such number was given out; left out then, so that older counters read and write back the same.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn none_yet(number: &u32) -> bool {
    *number == 0
}
