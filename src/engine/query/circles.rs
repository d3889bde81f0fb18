//! Questions about circles as a whole: what is mine in each of them, and how each of them does. The answers hold
//! counts and dates; the words of somebody only where they were asked for.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;
use crate::domain::health::Figures;
use crate::domain::id::CircleId;
use crate::domain::text::Clean;
use crate::engine::query::Row;

/// What somebody wants to know in passing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusAsk {
    /// The name of whoever asks.
    pub me: Option<String>,
    /// The day on which they do.
    pub today: NaiveDate,
    /// Most actions to tell, of those that are late or due today.
    pub rows: usize,
}

/// What one person has open in one circle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    /// All of it.
    pub open: usize,
    /// Whose day has passed.
    pub late: usize,
    /// Due today.
    pub today: usize,
    /// The next day after today on which something is due, and how much.
    pub soon: Option<(NaiveDate, usize)>,
    /// Due at the next session.
    pub at_next: usize,
    /// What is late or due today, earliest first.
    pub rows: Vec<Row>,
}

/// A circle in passing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircleStatus {
    /// Which.
    pub id: CircleId,
    /// What it is called.
    pub name: Clean,
    /// Since when.
    pub created: Moment,
    /// Since when it rests.
    pub archived: Option<Moment>,
    /// The number of the session that is running.
    pub running: Option<u32>,
    /// When it meets next.
    pub next: Option<Moment>,
    /// What whoever asks has open there; `None` for who is not in it.
    pub mine: Option<Mine>,
}

/// How one circle does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CircleFigures {
    /// Which.
    pub id: CircleId,
    /// What is counted.
    pub figures: Figures,
}
