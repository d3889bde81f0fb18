//! Opening a store, whatever state its files are in: whole, made whole again from snapshot and
//! journals, or as much as can be read with a list of what is missing. Nothing damaged is deleted.

use std::path::Path;

use uuid::Uuid;

use crate::domain::clock::Moment;
use crate::store::disk::{Disk, Held};
use crate::store::files::{self, DATABASE, OPENING};
use crate::store::journal::{self, FORMAT, Journal, Replayed, SCHEMA, replay};
use crate::store::lock::Lock;
use crate::store::rebuild;
use crate::store::repair::Repaired;
use crate::store::sled::{Tables, digest_of_heads};
use crate::store::snapshot;
use crate::store::state::{self, Mark, State, StateFile};
use crate::store::{Finding, Load, Memory, Read, Result, StoreError, erase};

mod again;

/// What opening came to.
pub enum Opened {
    /// The store can be used.
    Ready {
        /// The store, boxed because it is large.
        store: Box<Disk>,
        /// What was mended on the way, if anything was.
        repaired: Option<Repaired>,
    },
    /// Something that was saved cannot be brought back. No file was changed for good.
    Damaged {
        /// Everything that can still be read. It is for reading: what is written to it is nowhere.
        view: Box<Memory>,
        /// What is damaged or missing, with the places.
        report: Vec<Finding>,
    },
}

impl Opened {
    /// The same after an erase that was put off, if there is one.
    fn erased(mut self, at: Moment) -> Self {
        if let Self::Ready { store, .. } = &mut self {
            // One that fails again is put off again, and the store can be used.
            let _ = store.erase_waiting(at);
        }
        self
    }
}

/// Opens the store in `dir`. Reading never makes one: [`StoreError::Absent`] when there is none.
pub fn open(dir: &Path, at: Moment) -> Result<Opened> {
    Opener::new(dir, at)?
        .open(false)
        .map(|opened| opened.erased(at))
}

/// Opens the store in `dir` and goes on with what can be read, when a person has said that what is
/// missing may stay missing. The damaged files are kept beside it.
pub fn open_accepting_loss(dir: &Path, at: Moment) -> Result<Opened> {
    Opener::new(dir, at)?
        .open(true)
        .map(|opened| opened.erased(at))
}

/// Makes a store in `dir`, which may exist but must not hold one.
pub fn create(dir: &Path, id: Uuid) -> Result<Disk> {
    if files::is_store(dir)? {
        return Err(StoreError::Exists(dir.to_owned()));
    }
    files::refuse_occupied(dir)?;
    files::refuse_links(dir)?;
    files::private_dir(dir)?;
    let lock = Lock::take(dir)?;
    if files::is_store(dir)? {
        return Err(StoreError::Exists(dir.to_owned()));
    }
    files::fix_permissions(dir)?;
    let mut state = StateFile::open(dir)?;
    state.write(&fresh_state(id, &Memory::new())?, true)?;
    files::sync_dir(dir)?;
    let mut tables = rebuild::open_database(dir)?;
    tables.set_store(id)?;
    Ok(Disk {
        dir: dir.to_owned(),
        id,
        journal: Journal::behind(dir, id, 0),
        held: Held::Tables(Box::new(tables)),
        state,
        dirty: false,
        written: false,
        newest: None,
        _lock: lock,
    })
}

/// The state of a store that has no journal yet.
pub(crate) fn fresh_state(store: Uuid, held: &dyn Read) -> Result<State> {
    let heads = digest_of_heads(&held.heads()?);
    let seq = held.seq()?;
    let (format, schema) = (FORMAT, SCHEMA);
    Ok(State {
        format,
        schema,
        store,
        journal: 0,
        length: 0,
        seq,
        clean: true,
        left: false,
        heads,
    })
}

/// Everything in the store, read into memory from snapshot and journals: without its lock, without
/// its database, and without changing a byte.
pub fn read_only(dir: &Path) -> Result<Memory> {
    if !files::is_store(dir)? {
        return Err(StoreError::Absent(dir.to_owned()));
    }
    files::refuse_links(dir)?;
    check_version(dir)?;
    // The owner may remove a snapshot or journal that it has just replaced.
    rebuild::into_memory(dir).or_else(|_replaced| rebuild::into_memory(dir))
}

/// Refuses what a newer program wrote, before a byte is changed.
pub(crate) fn check_version(dir: &Path) -> Result<()> {
    let newer = |found: Option<(u32, u32)>| match found {
        Some((found, _)) if found > FORMAT => Err(StoreError::TooNew {
            found,
            known: FORMAT,
        }),
        Some((_, found)) if found > SCHEMA => Err(StoreError::TooNew {
            found,
            known: SCHEMA,
        }),
        Some(_) | None => Ok(()),
    };
    newer(state::versions(dir))?;
    if let Some((_, path)) = files::journals(dir)?.last() {
        newer(journal::header(path).map(|header| (header.format, header.schema)))?;
    }
    if let Some((_, path)) = files::snapshots(dir)?.last()
        && let Err(error @ StoreError::TooNew { .. }) = snapshot::peek(path)
    {
        return Err(error);
    }
    Ok(())
}

struct Opener<'a> {
    dir: &'a Path,
    at: Moment,
    lock: Lock,
    state: Option<State>,
    id: Uuid,
    found: Vec<Finding>,
}

/// A database that opened, brought up to the journals, and what was met on the way.
struct Caught {
    tables: Tables,
    replayed: Replayed,
    /// Whether database and journal were just as the last end in order left them.
    as_ended: bool,
}

impl<'a> Opener<'a> {
    fn new(dir: &'a Path, at: Moment) -> Result<Self> {
        if !files::is_store(dir)? {
            return Err(StoreError::Absent(dir.to_owned()));
        }
        files::refuse_links(dir)?;
        check_version(dir)?;
        let lock = Lock::take(dir)?;
        // Another process may have used the store between the look at it and the lock.
        check_version(dir)?;
        files::fix_permissions(dir)?;
        files::remove_temporary(dir)?;
        erase::resume(dir)?;
        let state = state::read(dir);
        let mut found = Vec::new();
        if state.is_none() {
            let what = "it was missing or damaged and was written again".to_owned();
            found.push(Finding {
                place: files::STATE.to_owned(),
                what,
            });
        }
        let id = store_id(dir, state.as_ref())?;
        Ok(Self {
            dir,
            at,
            lock,
            state,
            id,
            found,
        })
    }

    fn open(mut self, accept_loss: bool) -> Result<Opened> {
        let marker = self.dir.join(OPENING);
        let caught = if marker.exists() {
            files::remove(&marker)?;
            Err(StoreError::corrupt(
                DATABASE,
                "circlet ended while the database was opening",
            ))
        } else {
            self.database()
        };
        let caught = match caught {
            Ok(caught) => caught,
            Err(error) => {
                self.found.extend(rebuild::is_damage(error)?);
                return self.rebuild(None, accept_loss);
            }
        };
        let known = rebuild::known(self.dir)?.max(caught.replayed.newest);
        if caught.tables.seq()? < known {
            return self.rebuild(Some(caught), accept_loss);
        }
        self.ready(caught)
    }

    /// Opens the database and applies what only the journals have.
    fn database(&mut self) -> Result<Caught> {
        if !self.dir.join(DATABASE).exists() {
            return Err(StoreError::corrupt(DATABASE, "the database is missing"));
        }
        let mut tables = rebuild::open_database(self.dir)?;
        if tables.meta().store.is_nil() && tables.seq()? == 0 {
            if self.id.is_nil() {
                return Err(StoreError::corrupt(
                    DATABASE,
                    "nothing says which store this is",
                ));
            }
            tables.set_store(self.id)?;
        }
        if self.id.is_nil() {
            self.id = tables.meta().store;
        }
        let as_ended = self.compare(&tables)? && self.journal_as_ended()?;
        let replayed = if as_ended {
            Replayed {
                end: self.state.as_ref().map(|s| (s.journal, Some(s.length))),
                ..Replayed::default()
            }
        } else {
            let from = tables.seq()?;
            replay(self.dir, from, false, &mut |act| tables.apply(&act))?
        };
        Ok(Caught {
            tables,
            replayed,
            as_ended,
        })
    }

    /// Whether the database is what an end in order left; an error when it cannot be.
    fn compare(&self, tables: &Tables) -> Result<bool> {
        if tables.meta().store != self.id {
            return Err(StoreError::corrupt(
                DATABASE,
                "the database belongs to another store",
            ));
        }
        let digest = digest_of_heads(&tables.heads()?);
        if digest != tables.meta().heads {
            return Err(StoreError::corrupt(
                DATABASE,
                "part of the database is missing",
            ));
        }
        let Some(state) = &self.state else {
            return Ok(false);
        };
        let seq = tables.seq()?;
        if state.clean && (seq < state.seq || (seq == state.seq && digest != state.heads)) {
            return Err(StoreError::corrupt(
                DATABASE,
                "it is older than when it was closed",
            ));
        }
        // What the journal has beyond one that was left without power comes from there.
        let ended = state.clean || state.left;
        Ok(ended && (seq, digest) == (state.seq, state.heads))
    }

    fn journal_as_ended(&self) -> Result<bool> {
        let Some(state) = &self.state else {
            return Ok(false);
        };
        Ok(match files::journals(self.dir)?.last() {
            Some((number, path)) => (*number, files::bytes(path)) == (state.journal, state.length),
            None => state.journal == 0,
        })
    }

    /// The store as it stands, after mending what the database has but damaged files have not.
    fn ready(mut self, caught: Caught) -> Result<Opened> {
        let Caught {
            tables,
            replayed,
            as_ended,
        } = caught;
        self.found.extend(replayed.findings);
        if let Some(missing) = self.missing_journal()? {
            self.found.push(missing);
        }
        let mend = !self.found.is_empty();
        let (dir, at, found) = (self.dir, self.at, std::mem::take(&mut self.found));
        let mut store = self.disk(tables, replayed.end)?;
        // What came from the journal is handed on by this process, or every one after it would read that again.
        store.written = !as_ended;
        if !mend {
            return Ok(Opened::Ready {
                store: Box::new(store),
                repaired: None,
            });
        }
        if store.seq()? > 0 {
            store.newest = None;
            store.write_snapshot(at)?;
        } else {
            store.write_state(Mark::InUse, true)?;
        }
        let copies = rebuild::set_aside(&replayed.damaged, at)?;
        let repaired = Repaired {
            found,
            records: None,
            copies,
            dir: dir.to_owned(),
        };
        Ok(Opened::Ready {
            store: Box::new(store),
            repaired: Some(repaired),
        })
    }

    fn missing_journal(&self) -> Result<Option<Finding>> {
        let newest = files::journals(self.dir)?
            .last()
            .map_or(0, |(number, _)| *number);
        let Some(state) = self.state.as_ref().filter(|state| state.journal > newest) else {
            return Ok(None);
        };
        let what = "the file is missing; everything in it is in the database".to_owned();
        Ok(Some(Finding {
            place: files::journal_name(state.journal),
            what,
        }))
    }

    fn disk(self, tables: Tables, end: Option<(u64, Option<u64>)>) -> Result<Disk> {
        let newest = match files::snapshots(self.dir)?.last() {
            Some((_, path)) => snapshot::peek(path)
                .ok()
                .map(|header| (header.seq, header.at)),
            None => None,
        };
        let last = self.state.as_ref().map_or(0, |state| state.journal);
        let journal = match end {
            // A file with damage or an unfinished line in it is never written to again.
            Some((number @ 1.., Some(length))) if number >= last => {
                Journal::resume(self.dir, self.id, number, length)?
            }
            Some((number, _)) => Journal::behind(self.dir, self.id, number.max(last)),
            None => Journal::behind(self.dir, self.id, last),
        };
        let dirty = self.state.as_ref().is_none_or(|state| !state.clean);
        Ok(Disk {
            dir: self.dir.to_owned(),
            id: self.id,
            journal,
            held: Held::Tables(Box::new(tables)),
            state: StateFile::open(self.dir)?,
            dirty,
            written: false,
            newest,
            _lock: self.lock,
        })
    }
}

/// Which store this is, from whichever file says so.
fn store_id(dir: &Path, state: Option<&State>) -> Result<Uuid> {
    if let Some(state) = state {
        return Ok(state.store);
    }
    let journals = files::journals(dir)?;
    if let Some(header) = journals.iter().find_map(|(_, path)| journal::header(path)) {
        return Ok(header.store);
    }
    let snapshots = files::snapshots(dir)?;
    let header = snapshots
        .iter()
        .find_map(|(_, path)| snapshot::peek(path).ok());
    Ok(header.map_or(Uuid::nil(), |header| header.store))
}
