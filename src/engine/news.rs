//! What the engine tells a front-end.

use serde::{Deserialize, Serialize};

use crate::command::Refusal;
use crate::domain::change::Act;
use crate::domain::clock::{Moment, Span};
use crate::engine::query::Answer;

/// Ties an outcome to the request it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ticket(pub u64);

/// How the store was found at the start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// Whether there was no store and none was made yet.
    pub fresh: bool,
    /// Whether a session was running when the program stopped without being asked to. The front-end
    /// asks what to do about it; until then the clock is shown as standing still.
    pub interrupted: Option<Interrupted>,
    /// Whether another process owns the store and this one works through it.
    pub through_owner: bool,
    /// What was repaired, in words; each a full sentence.
    pub repaired: Vec<String>,
}

/// A session that was running when the program stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interrupted {
    /// When the last act was saved.
    pub last_saved: Moment,
}

/// Something a front-end should know.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// The store is open; state is complete.
    Opened(Opened),
    /// The store cannot be used, or not any more, for this reason in words. Commands and queries that waited are refused;
    /// nothing else will come.
    CannotOpen(String),
    /// A submitted command was applied and is on disk.
    Done {
        /// Which request.
        ticket: Ticket,
        /// What it did.
        act: Box<Act>,
    },
    /// A submitted command was refused; nothing changed.
    Refused {
        /// Which request.
        ticket: Ticket,
        /// Why.
        refusal: Refusal,
    },
    /// The answer to a query.
    Answered {
        /// Which request.
        ticket: Ticket,
        /// The answer.
        answer: Box<Answer>,
    },
    /// A query or an erase could not be carried out; the words say why.
    Failed {
        /// Which request.
        ticket: Ticket,
        /// What happened, what still holds, what to do.
        words: String,
    },
    /// An erase was carried out; the words say what it could not reach.
    Erased {
        /// Which request.
        ticket: Ticket,
        /// What it did.
        words: String,
    },
    /// Another process changed something; state has it already.
    Changed {
        /// What.
        act: Box<Act>,
    },
    /// The floor changed.
    Floor,
    /// The room view was blanked or shown again, or an interrupted session goes on.
    Room,
    /// Acts cannot be saved for now. They are kept in memory and tried again.
    NotSaved {
        /// How many wait.
        waiting: usize,
        /// Why, in words.
        why: String,
    },
    /// Everything is saved again.
    SavedAgain,
    /// The computer slept. Every window is told; only where [`Engine::is_owner`](crate::engine::Engine::is_owner)
    /// holds is anything to be done about a running session, so that it is done once.
    Slept(Span),
    /// The wall clock was set.
    Stepped(Span),
    /// The process that owned the store is gone; state stays readable while another owner is sought.
    OwnerGone,
    /// Something nobody asked for and everybody should know; a full sentence without a period.
    Notice(String),
    /// Damage was found after the start; the words say what was done about it.
    Repaired(Vec<String>),
}

/// Whether everything is on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saving {
    /// Nothing has been changed in this run.
    #[default]
    Clean,
    /// All is saved; the instant of the last one.
    Saved(Moment),
    /// On its way to the disk.
    Waiting,
    /// This many acts are only in memory.
    Unsaved(usize),
    /// The store can only be read, for this reason.
    ReadOnly(String),
}
