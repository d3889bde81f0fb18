//! The rotation: who leads, keeps time, writes, sits in the seat, speaks first, by longest since.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;
use crate::domain::id::MemberId;

/// Something that one person does for the circle in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// Runs the session.
    Facilitator,
    /// Keeps the time.
    Timekeeper,
    /// Writes down.
    Scribe,
    /// Sits in the hot seat.
    Presenter,
    /// Begins the first round.
    First,
}

/// What is known of one person in one seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// When they held it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Moment>,
    /// How often they held it.
    #[serde(default)]
    pub times: u16,
    /// How often they are owed it: skipped or swapped away, less what they took for others.
    #[serde(default)]
    pub owed: i16,
}

/// Who held which seat, over the life of a circle. One document a circle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rotation {
    /// By seat and person.
    pub seats: BTreeMap<Seat, BTreeMap<MemberId, Held>>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}
