//! Filters that somebody gave a name, and what they ask for.

pub mod sought;

use serde::{Deserialize, Serialize};

use crate::domain::id::FilterId;
use crate::domain::text::Clean;

/// A filter of the list of actions, kept under a name for all circles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Identity.
    pub id: FilterId,
    /// What it is called, one line.
    pub name: Clean,
    /// What would be typed: `@me is:overdue #growth`.
    pub text: Clean,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Filter {
    /// A filter with a name.
    pub fn new(id: FilterId, name: Clean, text: Clean) -> Self {
        Self {
            id,
            name,
            text,
            extra: serde_json::Map::new(),
        }
    }
}
