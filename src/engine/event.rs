//! What the threads and tasks of the engine tell it. Everything arrives in one channel, so that the
//! engine has one place at which it waits.

use std::collections::BTreeMap;

use crate::command::Refusal;
use crate::command::undo::Reach;
use crate::domain::change::{Act, ChangeText};
use crate::domain::clock::Moment;
use crate::domain::id::{ActId, CircleId, Key, RunId};
use crate::domain::merging::Join;
use crate::domain::state::State;
use crate::engine::aside::Aside;
use crate::engine::query::{Answer, Query};
use crate::engine::wire::{FromOwner, ToOwner};
use crate::engine::working_set::Fetched;
use crate::store::StoreError;

/// Asked of the thread that owns the store.
pub(crate) enum Request {
    /// Read documents, and perhaps an act with the documents that it names.
    Fetch {
        token: u64,
        keys: Vec<Key>,
        want: Want,
    },
    /// Save an act; if that fails and `keep` is set, remember it and try again.
    Commit { act: Box<Act>, keep: bool },
    /// Save an act that adds very many documents; `act` holds its other changes.
    CommitLong {
        act: Box<Act>,
        added: Box<dyn Iterator<Item = ChangeText> + Send>,
    },
    /// Save the inverse of a very long act; `act` has no changes of its own.
    CommitInverse { act: Box<Act>, of: ActId },
    /// Answer a query.
    Ask { token: u64, query: Query },
    /// Erase for good. `act` stands for it in history.
    Erase {
        token: u64,
        act: Box<Act>,
        what: super::EraseTarget,
    },
    /// Keep what belongs beside the store, or remove it.
    Aside(Option<Vec<u8>>),
    /// The check in the background is through.
    Checked(crate::store::Report),
    /// Say when everything that was asked before is through.
    Reach(std::sync::mpsc::Sender<()>),
    /// Make an end.
    Close {
        end: End,
        done: std::sync::mpsc::Sender<()>,
    },
}

/// How the use of the store ends. Everything is on disk behind each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// The database is closed and the lock is free.
    Closed,
    /// The same, with a snapshot if something was saved since the last one.
    WithSnapshot,
    /// The process ends next: its memory, its threads and its locks are left to the system.
    Left,
}

/// What else a decision needs: an act, or documents that nobody can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Want {
    /// Nothing.
    Nothing,
    /// Whatever has to do with two entries of one person in this circle.
    Entries(CircleId, Join),
    /// This one, if it was saved already.
    Known(ActId),
    /// This one, to take it back.
    Act(ActId),
    /// The newest within this reach.
    Undo(Reach),
    /// What was taken back last within this reach.
    Redo(Reach),
}

/// An act that is to be taken back or brought back.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// The act whose changes are turned around.
    pub(crate) act: Act,
    /// The first act of the chain: the one that undo and redo name.
    pub(crate) origin: ActId,
    /// Whether only its first changes are there: the others are read while it is turned around.
    pub(crate) long: bool,
}

/// The store is open.
#[derive(Default)]
pub(crate) struct Ready {
    pub(crate) state: State,
    /// There is none yet.
    pub(crate) fresh: bool,
    pub(crate) repaired: Vec<String>,
    /// Why it can only be read.
    pub(crate) read_only: Option<String>,
    /// When the newest act was made.
    pub(crate) last_saved: Option<Moment>,
    /// The run of the application that was the last on this store.
    pub(crate) before: Option<RunId>,
    pub(crate) aside: Aside,
    /// Whether there is a folder that other processes can find.
    pub(crate) on_disk: bool,
}

/// Why an act was not saved.
pub(crate) enum Rejected {
    /// A value was not what the decision had seen.
    Conflict(Key),
    /// Another process made the store first.
    Taken,
    /// In words.
    Words(String),
    /// It cannot be done, whatever becomes of the store.
    Refused(Refusal),
}

/// Something happened.
pub(crate) enum Event {
    Ready(Box<Ready>),
    /// Another process owns the store, and this is the line to it.
    #[cfg(unix)]
    Joined(std::os::unix::net::UnixStream),
    CannotOpen(String),
    /// The thread that owned the store is gone, by a mistake of the program.
    Stopped,
    Fetched {
        token: u64,
        fetched: Fetched,
        target: Option<Box<Target>>,
    },
    FetchFailed {
        token: u64,
        words: String,
    },
    Committed(Box<Act>),
    Rejected {
        id: ActId,
        why: Rejected,
    },
    NotSaved {
        waiting: usize,
        why: String,
    },
    SavedAgain,
    /// The first act made the store.
    Created,
    Answered {
        token: u64,
        answer: Result<Box<Answer>, String>,
    },
    Erased {
        token: u64,
        result: Result<(Box<Act>, Vec<Key>), String>,
    },
    Repaired(Vec<String>),
    /// A process connected to this owner.
    ClientCame {
        conn: u64,
        line: tokio::sync::mpsc::Sender<FromOwner>,
    },
    /// It said something.
    Client {
        conn: u64,
        said: Box<ToOwner>,
    },
    /// It went away.
    ClientLeft(u64),
    /// The owner said something.
    Owner(Box<FromOwner>),
    /// The owner does not answer; its process, where it is known.
    OwnerSilent(Option<i32>),
    /// The line to the owner broke.
    OwnerGone,
}

impl From<StoreError> for Rejected {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { key } => Self::Conflict(key),
            StoreError::Busy { .. } | StoreError::Exists(_) => Self::Taken,
            other => Self::Words(other.to_string()),
        }
    }
}

/// Revisions by space, as they travel.
pub(crate) type Revs = BTreeMap<crate::domain::id::Space, crate::domain::change::Rev>;
