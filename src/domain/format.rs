//! Formats: how a block runs, step by step. Data, written in TOML; nothing advances by itself.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Who may speak in a step, and how.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Anybody, in any order.
    #[default]
    Open,
    /// The person in the seat; all others listen.
    Seat,
    /// Questions to the person in the seat, and answers.
    Questions,
    /// Everyone in turn.
    Round,
    /// Nobody: all write or think.
    Silent,
    /// Small groups, each for itself.
    Groups,
    /// One group after the other tells what it found.
    Report,
    /// Topics are voted on.
    Vote,
    /// The session is rated.
    Rate,
    /// What was written down is read back.
    ReadBack,
    /// A pause for everyone.
    Rest,
}

impl Mode {
    /// Every mode, in the order in which lists show them.
    pub const ALL: [Self; 11] = [
        Self::Open,
        Self::Seat,
        Self::Questions,
        Self::Round,
        Self::Silent,
        Self::Groups,
        Self::Report,
        Self::Vote,
        Self::Rate,
        Self::ReadBack,
        Self::Rest,
    ];

    /// The word in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Seat => "seat",
            Self::Questions => "questions",
            Self::Round => "round",
            Self::Silent => "silent",
            Self::Groups => "groups",
            Self::Report => "report",
            Self::Vote => "vote",
            Self::Rate => "rate",
            Self::ReadBack => "read-back",
            Self::Rest => "rest",
        }
    }

    /// Whether this is what a step has that says nothing.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What a step wants written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Captures {
    /// One action of each person.
    ActionEach,
    /// An action of the person in the seat.
    Action,
    /// A decision.
    Decision,
    /// Topics, as parked items.
    Topics,
    /// A line of each group.
    Reports,
    /// Notes.
    Notes,
}
