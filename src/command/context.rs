//! What a command is decided with, and how it is refused.

use serde::{Deserialize, Serialize};

use crate::domain::change::Author;
use crate::domain::clock::{Moment, Zone};
use crate::domain::id::Ids;

/// Everything that a decision may depend on beside the state.
#[derive(Clone, Debug)]
pub struct Context {
    /// Now.
    pub at: Moment,
    /// Who asks.
    pub by: Author,
    /// Identity and chance.
    pub ids: Ids,
    /// Where people read clocks.
    pub zone: Zone,
}

/// A command that is not possible now, with the reason in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{reason}")]
pub struct Refusal {
    /// A full sentence without a period, for the message row.
    pub reason: String,
    /// Whether the command was fine and the store could not take it.
    #[serde(default)]
    pub not_saved: bool,
    /// Whether the command was fine and what it changes was changed by somebody else meanwhile.
    #[serde(default)]
    pub overtaken: bool,
}

impl Refusal {
    /// Refuses with these words.
    pub fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            not_saved: false,
            overtaken: false,
        }
    }

    /// The command was fine and what it changes was changed meanwhile, as these words say.
    pub fn overtaken(reason: impl Into<String>) -> Self {
        Self {
            overtaken: true,
            ..Self::new(reason)
        }
    }

    /// The command was fine and the store could not take it, for this reason.
    pub fn not_saved(reason: impl Into<String>) -> Self {
        Self {
            not_saved: true,
            ..Self::new(reason)
        }
    }
}
