//! What is under way: commands that wait, acts that are not acknowledged yet, questions without an answer.

use std::collections::{BTreeMap, VecDeque};

use crate::command::Command;
use crate::domain::change::{Act, ActKind, Author, Change};
use crate::domain::clock::Moment;
use crate::domain::id::{ActId, Key};
use crate::engine::EraseTarget;
use crate::engine::erasing::Hiding;
use crate::engine::event::Target;
use crate::engine::news::Ticket;
use crate::engine::query::Query;
use crate::engine::wire::Seen;

/// Who waits for an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Origin {
    /// This front-end.
    Local(Ticket),
    /// Another process.
    Client { conn: u64, n: u64 },
    /// Whoever asked for rows to be erased that are hidden by this.
    Hiding(u64),
    /// Nobody: it follows from something else.
    Inner,
}

/// A command that was asked for.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Job {
    pub(in crate::engine) origin: Origin,
    pub(in crate::engine) id: ActId,
    pub(in crate::engine) by: Author,
    pub(in crate::engine) command: Command,
    /// Whether an owner that is gone may have applied it.
    pub(in crate::engine) again: bool,
    /// How often the line to an owner broke while it was under way.
    pub(in crate::engine) breaks: u8,
    /// The documents that it edits, as whoever asked saw them.
    pub(in crate::engine) seen: Vec<Seen>,
    /// What else has to be looked up.
    pub(in crate::engine) extra: Vec<Key>,
    pub(super) tries: u8,
    pub(super) looked_up: bool,
    pub(super) target: Option<Box<Target>>,
}

impl Job {
    pub(in crate::engine) fn new(
        origin: Origin,
        (id, by): (ActId, Author),
        command: Command,
    ) -> Self {
        Self {
            origin,
            id,
            by,
            command,
            again: false,
            breaks: 0,
            seen: Vec::new(),
            extra: Vec::new(),
            tries: 0,
            looked_up: false,
            target: None,
        }
    }

    /// The act that it becomes; the store gives it its number.
    pub(in crate::engine) fn act(
        &self,
        at: Moment,
        kind: ActKind,
        title: String,
        changes: Vec<Change>,
    ) -> Act {
        Act {
            id: self.id,
            seq: 0,
            revs: BTreeMap::new(),
            at,
            by: self.by,
            title,
            kind,
            changes,
        }
    }
}

/// An act that is shown and not yet acknowledged.
pub(in crate::engine) struct Pending {
    pub(in crate::engine) job: Job,
    pub(in crate::engine) act: Act,
}

/// Everything that is under way.
#[derive(Default)]
pub(in crate::engine) struct Desk {
    pub(in crate::engine) jobs: VecDeque<Job>,
    /// The token of the look-up for the first job.
    pub(in crate::engine) looking: Option<u64>,
    /// Look-ups after an act was refused, to show what the store really has.
    pub(in crate::engine) mending: Vec<u64>,
    pub(in crate::engine) pending: VecDeque<Pending>,
    /// Sent to the owner, no answer yet.
    pub(in crate::engine) sent: BTreeMap<u64, Job>,
    /// Queries without an answer.
    pub(in crate::engine) asked: BTreeMap<u64, (Origin, Query)>,
    /// Erasures without an answer.
    pub(in crate::engine) erasing: BTreeMap<u64, (Origin, EraseTarget)>,
    /// Rows that are being hidden until a session is wrapped up.
    pub(in crate::engine) hiding: BTreeMap<u64, Hiding>,
    /// The token of the erase of what was hidden.
    pub(in crate::engine) finishing: Option<u64>,
    /// The token of the erase of notes that are old.
    pub(in crate::engine) aging: Option<u64>,
    tokens: u64,
}

impl Desk {
    pub(in crate::engine) const fn token(&mut self) -> u64 {
        self.tokens += 1;
        self.tokens
    }

    pub(in crate::engine) const fn ticket(&mut self) -> Ticket {
        Ticket(self.token())
    }
}
