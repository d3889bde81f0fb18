//! How to open an engine.

use std::path::PathBuf;

use crate::domain::change::Author;
use crate::domain::clock::Zone;
use crate::engine::clock::Clock;
use crate::packs::demo::Names;

/// What kind of store to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The store of the user, made by the first thing that is saved.
    Normal,
    /// A throw-away store with a session running; its folder is removed at the end.
    Demo(Names),
    /// A throw-away store with a copy of a circle; its folder is removed at the end.
    Rehearsal,
    /// Read from snapshot and journal, without the lock.
    ReadOnly,
    /// Nothing on disk at all.
    Memory,
}

impl Mode {
    /// Whether the store goes at the end, so that nothing of it is worth keeping or remembering.
    pub const fn is_thrown_away(self) -> bool {
        match self {
            Self::Demo(_) | Self::Rehearsal => true,
            Self::Normal | Self::ReadOnly | Self::Memory => false,
        }
    }
}

/// How to open an engine.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the store.
    pub store: PathBuf,
    /// What kind of store.
    pub mode: Mode,
    /// Which front-end this is.
    pub by: Author,
    /// The clock.
    pub clock: Clock,
    /// Where people read clocks.
    pub zone: Zone,
    /// Where the sockets of owners are; `None` for the runtime folder of the user.
    pub runtime: Option<PathBuf>,
    /// Whether the process ends behind the close. Then memory, threads and the lock of the database are left to the
    /// system, which takes them back much faster than the database gives them.
    pub leaves: bool,
}
