//! The store: documents, the acts that made them, and a promise that what was acknowledged is kept.
//!
//! Owns files, checks and recovery. Knows `domain` only; has no async and reads no clock, so
//! whoever calls it decides on which thread it runs and what time it is.
//!
//! | file | owns |
//! | --- | --- |
//! | `error` | what can go wrong, in words |
//! | `commit` | the checks that every adapter makes before it takes an act |
//! | `memory` | the reference adapter |
//! | `disk` | the store in a folder: journal first, then the database |
//! | `long` | an act that adds very many documents, held as its line alone |
//! | `text` | the text of an act, read a part at a time |
//! | `journal`, `frame` | append-only, checksummed, on disk before the answer |
//! | `state` | how far the journal went, so that a missing one shows |
//! | `sled` | the database; its name appears there alone |
//! | `snapshot`, `restore` | everything in one checked file; backups |
//! | `recover`, `rebuild`, `repair` | opening whatever is there, and making it whole |
//! | `erase` | the one act without undo |
//! | `names` | every name that is ours; nothing else in the folder is touched |
//! | `files`, `lock` | permissions, replacing; one owner at a time |
//! | `fault` | places at which tests end the process |

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::body::BodyText;
use crate::domain::change::{Act, Body, Change, ChangeText, Rev};
use crate::domain::id::{ActId, Key, Kind, Space};
use crate::domain::index::IndexName;

mod beside;
mod commit;
#[cfg(test)]
mod contract;
mod disk;
mod erase;
mod error;
mod fault;
mod files;
mod frame;
mod journal;
mod lock;
mod long;
mod memory;
mod names;
mod rebuild;
mod recover;
mod repair;
mod restore;
mod sled;
mod snapshot;
mod state;
#[cfg(test)]
mod tests;
mod text;

pub use beside::backup_beside;
pub use disk::Disk;
pub use error::{Result, StoreError};
pub use memory::Memory;
pub use rebuild::Checker;
pub use recover::{Opened, create, open, open_accepting_loss, read_only};
pub use repair::Repaired;
pub use restore::restore;
pub use sled::is_contained;

/// Largest value of a document, in bytes of JSON.
pub const MAX_VALUE: usize = 64 * 1024;

/// Largest act, in bytes of JSON: an import of any size is one act and one line of the journal.
pub const MAX_ACT: usize = 64 * 1024 * 1024;

/// A document as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// Which document.
    pub key: Key,
    /// The revision of its space that wrote it.
    pub rev: Rev,
    /// Its value.
    pub body: BodyText,
}

impl Stored {
    /// Its value, taken apart.
    ///
    /// # Errors
    /// When it is no JSON.
    pub fn value(&self) -> Result<Body> {
        self.body.value().map_err(|_no_json| {
            StoreError::corrupt(
                "sled".to_owned(),
                format!("the record {} is damaged", self.key),
            )
        })
    }
}

/// Some documents in the order of their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The documents.
    pub rows: Vec<Stored>,
    /// Where the next page begins: pass it as `after`. `None` when this was the last one.
    pub next: Option<Uuid>,
}

/// Which rows of one list to read.
#[derive(Clone, Debug)]
pub struct IndexQuery {
    /// Where.
    pub space: Space,
    /// Which list.
    pub name: IndexName,
    /// Smallest value, itself included; empty for the beginning.
    pub from: Vec<u8>,
    /// Smallest value that is too large; `None` for the end of the list.
    pub until: Option<Vec<u8>>,
    /// The last row of the page before.
    pub after: Option<IndexRow>,
    /// Largest value first.
    pub backwards: bool,
    /// Most rows to return.
    pub limit: usize,
}

impl IndexQuery {
    /// The whole list.
    pub fn all(space: Space, name: IndexName, limit: usize) -> Self {
        Self {
            space,
            name,
            from: Vec::new(),
            until: None,
            after: None,
            backwards: false,
            limit,
        }
    }

    /// The rows whose value begins with `prefix`.
    pub fn prefix(space: Space, name: IndexName, prefix: &[u8], limit: usize) -> Self {
        let mut until = prefix.to_vec();
        // The smallest value behind all that begin with the prefix: its last byte that can grow, grown.
        while until.last() == Some(&u8::MAX) {
            until.pop();
        }
        if let Some(last) = until.last_mut() {
            *last += 1;
        }
        let until = Some(until).filter(|until| !until.is_empty());
        Self {
            from: prefix.to_vec(),
            until,
            ..Self::all(space, name, limit)
        }
    }
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndexRow {
    /// What the list is sorted by.
    pub value: Vec<u8>,
    /// The document.
    pub key: Key,
}

/// Which acts to read.
#[derive(Clone, Copy, Debug)]
pub struct ActQuery {
    /// Only those that touched this space.
    pub space: Option<Space>,
    /// From where, and in which direction.
    pub order: ActOrder,
    /// Most acts to return.
    pub limit: usize,
}

/// An act as far as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    /// The act; of a very long one only the first changes.
    pub act: Act,
    /// Whether all of its changes are there.
    pub whole: bool,
}

/// The direction in which acts are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActOrder {
    /// Newest first, beginning below this position; `u64::MAX` for the newest of all.
    Before(u64),
    /// Oldest first, beginning above this position; 0 for the oldest that is kept.
    After(u64),
}

/// How far a space has come, and what proves that nothing of it is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its newest revision.
    pub rev: Rev,
    /// How many documents it has.
    pub docs: u64,
    /// Sum of a 64-bit hash of every key and value.
    pub digest: u64,
}

/// What a check saw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Position of the newest act.
    pub seq: u64,
    /// Every space.
    pub heads: BTreeMap<Space, Head>,
    /// Acts that are kept for history and undo.
    pub acts: u64,
    /// What is wrong; empty when everything is well.
    pub findings: Vec<Finding>,
}

/// One thing that is wrong with the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file, and the line where there is one: `journal-3:17`.
    pub place: String,
    /// What is wrong with it.
    pub what: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// Bytes on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// The database.
    pub database: u64,
    /// The journals.
    pub journals: u64,
    /// The snapshots.
    pub snapshots: u64,
    /// Damaged copies that were kept.
    pub damaged: u64,
}

/// Everything that can be asked of a store.
pub trait Read: Send {
    /// The document, or `None` when there is none.
    fn get(&self, key: &Key) -> Result<Option<Stored>>;

    /// Documents of one kind, in the order of their ids, beginning behind `after`.
    fn scan(&self, space: Space, kind: Kind, after: Option<Uuid>, limit: usize) -> Result<Page>;

    /// Rows of a list.
    fn index(&self, query: &IndexQuery) -> Result<Vec<IndexRow>>;

    /// Rows of a list with their documents.
    fn listed(&self, query: &IndexQuery) -> Result<Vec<(IndexRow, Stored)>> {
        let rows = self.index(query)?.into_iter();
        let found = rows.map(|row| Ok(self.get(&row.key)?.map(|stored| (row, stored))));
        found.filter_map(Result::transpose).collect()
    }

    /// Acts in order.
    fn acts(&self, query: &ActQuery) -> Result<Vec<Act>>;

    /// Acts in order, of a very long one only the first changes: for whoever asks who did what and when.
    fn acts_in_brief(&self, query: &ActQuery) -> Result<Vec<Brief>> {
        let acts = self.acts(query)?.into_iter();
        Ok(acts.map(|act| Brief { act, whole: true }).collect())
    }

    /// One act, as long as history keeps it.
    fn act(&self, id: ActId) -> Result<Option<Act>>;

    /// How far each space has come.
    fn heads(&self) -> Result<BTreeMap<Space, Head>>;

    /// Position of the newest act; 0 when there is none.
    fn seq(&self) -> Result<u64>;

    /// The spaces that were ever written to.
    fn spaces(&self) -> Result<Vec<Space>> {
        Ok(self.heads()?.into_keys().collect())
    }
}

/// A store that takes acts.
pub trait Store: Read {
    /// Takes the act whole or not at all, and returns it with `seq` and `revs` filled in. When this
    /// returns, the act survives the end of the process and of the power.
    ///
    /// Each change must have seen the current value ([`StoreError::Conflict`] names the key
    /// otherwise). An act whose id was taken before changes nothing and returns the first result.
    fn commit(&mut self, act: Act) -> Result<Act>;

    /// Takes an act that adds very many documents, as [`commit`](Self::commit) does, and returns it without
    /// them. `act` holds its other changes; none of the new documents may be there already. A store on disk
    /// never holds more of them in memory than the line of the journal.
    fn commit_long(
        &mut self,
        act: Act,
        added: &mut dyn Iterator<Item = ChangeText>,
    ) -> Result<Act> {
        let own = act.changes.len();
        let mut done = self.commit(whole(act, added)?)?;
        done.changes.truncate(own);
        Ok(done)
    }

    /// Takes `act`, which stands for the inverse of a very long act `of` and has no changes of its own, as
    /// [`commit`](Self::commit) does, and returns it without changes. Each document must still be what the long
    /// act left; numbers that were given out stay given out. A store on disk never holds more of the changes in
    /// memory than the line of the journal.
    fn commit_inverse(&mut self, act: Act, of: ActId) -> Result<Act> {
        let found = self.act(of)?.ok_or_else(forgotten)?;
        let mut whole = act;
        whole.changes = found.changes.iter().filter_map(inverse).collect();
        let mut done = self.commit(whole)?;
        done.changes.clear();
        Ok(done)
    }

    /// Brings everything acknowledged to disk, also what a journal would bring back.
    fn sync(&mut self) -> Result<()>;

    /// Reads everything and says what is wrong.
    fn check(&self) -> Result<Report>;

    /// Bytes on disk.
    fn size(&self) -> Result<Size>;
}

pub(crate) fn forgotten() -> StoreError {
    StoreError::Other("it is too old to be taken back".to_owned())
}

/// A long act with everything that it adds in memory.
pub(crate) fn whole(mut act: Act, added: &mut dyn Iterator<Item = ChangeText>) -> Result<Act> {
    for change in added {
        let change = Change::try_from(change);
        act.changes.push(change.map_err(|error| {
            StoreError::Other(format!("the change cannot be written: {error}"))
        })?);
    }
    Ok(act)
}

/// What takes a change of a very long act back, if there is anything to take back.
pub(crate) fn inverse<B: Clone + PartialEq>(change: &Change<B>) -> Option<Change<B>> {
    (change.key.kind != Kind::Counter && change.before != change.after).then(|| change.inverse())
}

/// Something that can be filled: from acts that were accepted before, or from a snapshot.
pub(crate) trait Load: Read {
    /// Applies an act. Doing it again changes nothing.
    fn apply(&mut self, act: &Act) -> Result<()>;

    /// Puts documents in their places without an act.
    fn load(&mut self, docs: Vec<Stored>) -> Result<()>;

    /// Puts an act into history without applying it.
    fn keep(&mut self, act: Act) -> Result<()>;

    /// Says how far all that was loaded has come.
    fn finish(&mut self, heads: BTreeMap<Space, Head>, seq: u64) -> Result<()>;
}
