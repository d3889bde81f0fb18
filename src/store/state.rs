//! A small file that says how far the journal went, rewritten in place behind each act. It is what
//! makes a journal that was deleted or cut short show.
//!
//! It survives the end of the process; after a power cut it may be older than the journal, never
//! newer. That the store is in use is brought to disk before the first act of a run, and that it was closed at the
//! end of it; that it was left is not.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::store::files::{self, STATE};
use crate::store::frame::{Line, Lines, frame};
use crate::store::{Result, StoreError};

/// The file always has this length, so that writing it never needs room on the disk.
const LENGTH: usize = 512;

/// How far the store has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) format: u32,
    pub(crate) schema: u32,
    pub(crate) store: Uuid,
    /// The newest journal and its length in bytes.
    pub(crate) journal: u64,
    pub(crate) length: u64,
    /// The newest act that was acknowledged.
    pub(crate) seq: u64,
    /// Whether the database held all of it on disk when this was written.
    pub(crate) clean: bool,
    /// Whether it held all of it when its process ended in order, but was not brought to disk: a power cut can have
    /// taken some.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) left: bool,
    /// Digest of all heads when this was written.
    pub(crate) heads: u64,
}

/// How a state is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The store is in use: whoever finds this was not preceded by an end in order.
    InUse,
    /// It was left: see [`State::left`].
    Left,
    /// It was closed: see [`State::clean`].
    Closed,
}

/// The file, open for rewriting.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
    file: File,
}

impl StateFile {
    pub(crate) fn open(dir: &Path) -> Result<Self> {
        let path = dir.join(STATE);
        let file = files::private()
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path);
        let file = file.map_err(|error| StoreError::io("opened", &path, error))?;
        Ok(Self { path, file })
    }

    /// Rewrites the file; with `sync` it is on disk afterwards.
    pub(crate) fn write(&mut self, state: &State, sync: bool) -> Result<()> {
        let failed = |error| StoreError::io("written", &self.path, error);
        let mut json = serde_json::to_vec(state).map_err(|error| failed(error.into()))?;
        let bare = frame(state.seq, &[]).len();
        json.resize(LENGTH - bare, b' ');
        let line = frame(state.seq, &json);
        self.file.seek(SeekFrom::Start(0)).map_err(failed)?;
        self.file.write_all(&line).map_err(failed)?;
        if sync {
            self.file.set_len(LENGTH as u64).map_err(failed)?;
            self.file.sync_all().map_err(failed)?;
        }
        Ok(())
    }
}

/// What the file says; `None` when it is missing or damaged.
pub(crate) fn read(dir: &Path) -> Option<State> {
    let path = dir.join(STATE);
    let whole = std::fs::metadata(&path).is_ok_and(|data| data.len() == LENGTH as u64);
    match Lines::open(&path)
        .and_then(|mut lines| lines.next())
        .ok()??
    {
        Line::Good { json, .. } if whole => serde_json::from_slice(&json).ok(),
        Line::Good { .. } | Line::Torn | Line::Bad(_) => None,
    }
}

/// Format and schema of a state file, also of one that a newer program wrote.
pub(crate) fn versions(dir: &Path) -> Option<(u32, u32)> {
    match Lines::open(&dir.join(STATE))
        .and_then(|mut lines| lines.next())
        .ok()??
    {
        Line::Good { json, .. } => {
            let json: serde_json::Value = serde_json::from_slice(&json).ok()?;
            let version = |field: &str| u32::try_from(json.get(field)?.as_u64()?).ok();
            Some((version("format")?, version("schema")?))
        }
        Line::Torn | Line::Bad(_) => None,
    }
}
