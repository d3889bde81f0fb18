//! The part of an erase that works on files alone: going forward once the snapshot is written, or
//! putting it off. Every step can be done again.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::domain::change::Act;
use crate::domain::id::Key;
use crate::store::files::{self, BUILDING, DATABASE, ERASING, REPLACED, WAITING};
use crate::store::rebuild::{self, Plan};
use crate::store::recover::fresh_state;
use crate::store::snapshot;
use crate::store::state::StateFile;
use crate::store::{Load, Memory, Result, StoreError, fault, names};

/// What was asked for, as the marker keeps it: keys, no text.
#[derive(Serialize, Deserialize)]
pub(super) struct Request {
    /// The name of the snapshot without the text. While it is missing nothing is decided.
    pub(super) snapshot: String,
    pub(super) act: Act,
    pub(super) remove: Vec<Key>,
    pub(super) forget: Vec<Key>,
}

impl Request {
    pub(super) fn read(marker: &Path) -> Result<Self> {
        let bytes = fs::read(marker).map_err(|error| StoreError::io("read", marker, error))?;
        let request: Option<Self> = serde_json::from_slice(&bytes).ok();
        let request = request.filter(|request| names::snapshot_seq(&request.snapshot).is_some());
        request.ok_or_else(|| {
            StoreError::corrupt(files::name(marker), "what was to be erased cannot be read")
        })
    }

    pub(super) fn write(&self, marker: &Path) -> Result<()> {
        let failed = |error| StoreError::io("written", marker, error);
        let json = serde_json::to_vec(self).map_err(|error| failed(error.into()))?;
        files::replace(marker, |file| file.write_all(&json).map_err(failed))
    }
}

/// Finishes an erase that was interrupted, or puts it off. To be called before the database is
/// opened.
pub(crate) fn resume(dir: &Path) -> Result<()> {
    if dir.join(ERASING).exists() && finish(dir).is_err() {
        put_off(dir)?;
    }
    let (database, replaced) = (dir.join(DATABASE), dir.join(REPLACED));
    if database.exists() || !replaced.exists() {
        return files::remove(&replaced);
    }
    rename(&replaced, &database)
}

/// Carries out an erase whose snapshot is written.
pub(super) fn finish(dir: &Path) -> Result<()> {
    let request = Request::read(&dir.join(ERASING))?;
    let snapshot = dir.join(&request.snapshot);
    let header = if has_new(dir) {
        snapshot::peek(&snapshot)?
    } else {
        let header = snapshot::verify(&snapshot)?;
        let plan = Plan {
            snapshot: Some(snapshot),
            from: header.seq,
            reached: header.seq,
            ..Plan::default()
        };
        fault::refused("erase-build")?;
        rebuild::build(dir, &plan, header.store)?;
        swap(dir)?;
        header
    };
    fault::refused("erase-sweep")?;
    for path in files::entries(&dir.join(REPLACED))? {
        files::remove(&path)?;
    }
    remove_older(dir, &[&request.snapshot])?;
    let mut heads = Memory::new();
    heads.finish(header.heads, header.seq)?;
    StateFile::open(dir)?.write(&fresh_state(header.store, &heads)?, true)?;
    files::sync_dir(dir)?;
    files::remove(&dir.join(WAITING))?;
    files::remove(&dir.join(ERASING))?;
    files::sync_dir(dir)?;
    files::remove(&dir.join(REPLACED))
}

/// Puts off an erase that could not be finished and leaves a store that is whole. Needs no room on
/// the disk. Tells whether the new database is in its place.
pub(super) fn put_off(dir: &Path) -> Result<bool> {
    let new = has_new(dir);
    if !new {
        let (database, replaced) = (dir.join(DATABASE), dir.join(REPLACED));
        if replaced.exists() {
            rename(&replaced, &database)?;
        }
        files::remove(&dir.join(BUILDING))?;
        if let Ok(request) = Request::read(&dir.join(ERASING)) {
            files::remove(&dir.join(request.snapshot))?;
        }
        // Without the snapshot nothing is decided, wherever this is interrupted.
        files::sync_dir(dir)?;
    }
    rename(&dir.join(ERASING), &dir.join(WAITING))?;
    files::sync_dir(dir)?;
    Ok(new)
}

/// Removes everything that may have the text, but the files called `keep`.
pub(super) fn remove_older(dir: &Path, keep: &[&str]) -> Result<()> {
    let (journals, snapshots) = (files::journals(dir)?, files::snapshots(dir)?);
    let old = journals.into_iter().chain(snapshots).map(|(_, path)| path);
    let copies = files::damaged(dir)?.into_iter().chain(files::backups(dir)?);
    let gone = old.filter(|path| !keep.contains(&files::name(path).as_str()));
    let gone: Vec<PathBuf> = gone.chain(copies).collect();
    gone.iter().try_for_each(|path| files::remove(path))
}

/// Whether the new database is in its place: the one that it replaced is there under another name
/// until everything else is done.
fn has_new(dir: &Path) -> bool {
    dir.join(REPLACED).exists() && dir.join(DATABASE).exists()
}

fn swap(dir: &Path) -> Result<()> {
    let (database, replaced) = (dir.join(DATABASE), dir.join(REPLACED));
    if database.exists() {
        rename(&database, &replaced)?;
    } else {
        files::private_dir(&replaced)?;
    }
    rebuild::take_place(dir)
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(|error| StoreError::io("moved", from, error))
}
