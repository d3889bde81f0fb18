//! How near a question comes and what it is for, with the words people use for both.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::domain::text::fold;

/// How near a question comes to a person.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Depth {
    /// Anyone can answer it at once.
    WarmUp,
    /// Asks for a moment of thought.
    #[default]
    Reflect,
    /// Asks for trust in the room.
    Deep,
}

/// What a question is for.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionKind {
    /// For a round or an open talk.
    #[default]
    Reflection,
    /// For one person who brings a real situation.
    HotSeat,
    /// For two or three people.
    Pair,
    /// About what the circle reads.
    Book,
    /// About a described situation.
    Case,
    /// For a guest.
    Guest,
    /// For the first minutes.
    CheckIn,
    /// For the last minutes.
    Closing,
}

/// A word that names no depth or kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} is one of {known}")]
pub struct UnknownWord {
    /// `a depth` or `a kind`.
    what: &'static str,
    /// The words that would do.
    known: String,
}

impl Depth {
    /// From the lightest to the deepest.
    pub const ALL: [Self; 3] = [Self::WarmUp, Self::Reflect, Self::Deep];

    /// The word on screen, in files and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WarmUp => "warm-up",
            Self::Reflect => "reflect",
            Self::Deep => "deep",
        }
    }

    /// 1 to 3, as lists show it.
    pub const fn level(self) -> u8 {
        match self {
            Self::WarmUp => 1,
            Self::Reflect => 2,
            Self::Deep => 3,
        }
    }
}

impl QuestionKind {
    /// In the order in which lists show them.
    pub const ALL: [Self; 8] = [
        Self::Reflection,
        Self::HotSeat,
        Self::Pair,
        Self::Book,
        Self::Case,
        Self::Guest,
        Self::CheckIn,
        Self::Closing,
    ];

    /// The word in files and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reflection => "reflection",
            Self::HotSeat => "hot-seat",
            Self::Pair => "pair",
            Self::Book => "book",
            Self::Case => "case",
            Self::Guest => "guest",
            Self::CheckIn => "check-in",
            Self::Closing => "closing",
        }
    }

    /// The words on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Reflection => "reflection",
            Self::HotSeat => "hot seat",
            Self::Pair => "pairs",
            Self::Book => "book",
            Self::Case => "case",
            Self::Guest => "guest",
            Self::CheckIn => "check-in",
            Self::Closing => "closing",
        }
    }
}

impl fmt::Display for Depth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for QuestionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.title())
    }
}

/// Letters and digits alone, so that `Warm up`, `warm-up` and `WARMUP` are one word.
fn bare(word: &str) -> String {
    fold(word).chars().filter(|c| c.is_alphanumeric()).collect()
}

impl FromStr for Depth {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match bare(word).as_str() {
            "1" | "warmup" | "warm" | "light" | "easy" => Ok(Self::WarmUp),
            "2" | "reflect" | "reflection" | "medium" => Ok(Self::Reflect),
            "3" | "deep" | "hard" => Ok(Self::Deep),
            _ => Err(UnknownWord {
                what: "a depth",
                known: Self::ALL.map(Self::as_str).join(", "),
            }),
        }
    }
}

impl FromStr for QuestionKind {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        match bare(word).as_str() {
            "reflection" | "reflect" | "round" | "any" => Ok(Self::Reflection),
            "hotseat" => Ok(Self::HotSeat),
            "pair" | "pairs" => Ok(Self::Pair),
            "book" | "books" => Ok(Self::Book),
            "case" | "cases" => Ok(Self::Case),
            "guest" | "guests" => Ok(Self::Guest),
            "checkin" | "opening" => Ok(Self::CheckIn),
            "closing" | "checkout" | "close" => Ok(Self::Closing),
            _ => Err(UnknownWord {
                what: "a kind",
                known: Self::ALL.map(Self::as_str).join(", "),
            }),
        }
    }
}
