//! Looking everywhere, a portion at a time.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::id::{CircleId, Kind, Space};
use crate::domain::search::{Hit, Sort};

/// What to look for everywhere, and through whose eyes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// All of these words.
    pub words: String,
    /// Only these; none is all.
    pub sorts: Vec<Sort>,
    /// Only in this circle.
    pub circle: Option<CircleId>,
    /// Names are masked: notes are hidden.
    pub masked: bool,
    /// The name of the time zone in which people read dates.
    pub zone: String,
    /// Where the answer before stopped; `None` at the beginning.
    pub from: Option<LookPlace>,
}

/// Where a search goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookPlace {
    /// In this space.
    pub space: Space,
    /// Among these documents.
    pub kind: Kind,
    /// Behind this one.
    pub after: Option<Uuid>,
}

/// What a portion of everything holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookPage {
    /// What fits, in no order that means anything.
    pub hits: Vec<Hit>,
    /// Where to go on; `None` when all was looked through.
    pub next: Option<LookPlace>,
}
