//! The store on disk: journal first, then the database, and a snapshot now and then. Made and
//! opened by [`recover`](crate::store::recover).

mod stopped;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use uuid::Uuid;

use crate::domain::change::{Act, ChangeText};
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{ActId, Key, Kind, Space};
use crate::store::commit::{Prepared, place, prepare};
use crate::store::disk::stopped::stopped;
use crate::store::journal::{FORMAT, Journal, SCHEMA};
use crate::store::lock::Lock;
use crate::store::long::Long;
use crate::store::rebuild::{self, Checker};
use crate::store::sled::{Tables, digest_of_heads};
use crate::store::snapshot::{self, Everything, Header};
use crate::store::state::{Mark, State, StateFile};
use crate::store::{
    ActQuery, Brief, Head, IndexQuery, IndexRow, Load, MAX_ACT, Memory, Page, Read, Report, Result,
    Size, Store, StoreError, Stored, fault, files, forgotten, inverse, whole,
};

pub(crate) use stopped::Stopped;

/// Bytes of journals after which a snapshot is due, so that replaying stays short.
const JOURNALS: u64 = 64 * 1024 * 1024;
/// Time after which a snapshot is due.
const DAY: Span = Span::from_minutes(24 * 60);

/// The store in a folder. It belongs to one process, which holds the lock.
pub struct Disk {
    pub(crate) dir: PathBuf,
    pub(crate) id: Uuid,
    pub(crate) journal: Journal,
    pub(crate) held: Held,
    pub(crate) state: StateFile,
    /// Whether the state file says that the store was not closed since it was written to.
    pub(crate) dirty: bool,
    /// Whether this process has written to it.
    pub(crate) written: bool,
    /// Position and time of the newest snapshot.
    pub(crate) newest: Option<(u64, Moment)>,
    pub(crate) _lock: Lock,
}

/// What queries are answered from.
pub(crate) enum Held {
    /// The database.
    Tables(Box<Tables>),
    /// The database failed; this was read from snapshot and journals, which have everything.
    Memory(Box<Memory>),
    /// The database failed, and so did reading everything into memory.
    Stale(Box<Tables>),
    /// Taken out while the database is being built again; nothing can be asked.
    Nothing(Stopped),
}

impl Held {
    pub(crate) fn read(&self) -> &dyn Read {
        match self {
            Self::Tables(tables) | Self::Stale(tables) => &**tables,
            Self::Memory(memory) => &**memory,
            Self::Nothing(stopped) => stopped,
        }
    }

    fn writable(&mut self) -> Result<&mut dyn Load> {
        match self {
            Self::Tables(tables) => Ok(&mut **tables),
            Self::Memory(memory) => Ok(&mut **memory),
            Self::Stale(_) | Self::Nothing(_) => Err(stopped()),
        }
    }
}

impl Disk {
    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Whether the database failed and answers come from memory. Opening the store again mends it.
    pub const fn behind(&self) -> bool {
        !matches!(self.held, Held::Tables(_))
    }

    /// Whether [`snapshot`](Self::snapshot) should be called: a day has passed or the journals have
    /// grown to 64 MB since the last one, and something was saved since.
    pub fn snapshot_due(&self, now: Moment) -> Result<bool> {
        let seq = self.seq()?;
        let (last, at) = self.newest.unwrap_or((0, Moment::from_millis(0)));
        Ok(seq > last && (now - at >= DAY || files::size(&self.dir)?.journals >= JOURNALS))
    }

    /// Writes a snapshot of everything, reads it back, and removes what it makes superfluous. Does
    /// nothing when nothing was saved since the last one.
    pub fn snapshot(&mut self, at: Moment) -> Result<()> {
        let seq = self.seq()?;
        if self.newest.is_some_and(|(newest, _)| newest == seq) || seq == 0 {
            return Ok(());
        }
        if let Held::Tables(tables) = &mut self.held {
            tables.thin_history(at)?;
        }
        self.write_snapshot(at)?;
        snapshot::prune(&self.dir)
    }

    /// Writes a snapshot and begins the next journal behind it, removing nothing.
    pub(crate) fn write_snapshot(&mut self, at: Moment) -> Result<()> {
        self.flush()?;
        let header = Header::of(self.held.read(), self.id, at)?;
        let path = self.dir.join(files::snapshot_name(header.seq));
        snapshot::write(&path, &header, self.held.read(), &Everything, None)?;
        self.newest = Some((header.seq, at));
        self.mark_dirty()?;
        self.journal.begin(header.seq)?;
        self.write_state(Mark::InUse, true)
    }

    /// Writes everything into one new file, which only its owner may read.
    pub fn backup(&mut self, to: &Path, at: Moment) -> Result<()> {
        if to.exists() {
            return Err(StoreError::Exists(to.to_owned()));
        }
        let header = Header::of(self.held.read(), self.id, at)?;
        snapshot::write(to, &header, self.held.read(), &Everything, None)
    }

    /// A check of everything that can run on another thread while the store is used.
    pub fn checker(&self) -> Checker {
        let verifier = match &self.held {
            Held::Tables(tables) => Some(tables.verifier()),
            Held::Memory(_) | Held::Stale(_) | Held::Nothing(_) => None,
        };
        Checker::new(self.dir.clone(), verifier)
    }

    /// Ends the use of the store in order: everything is on disk and marked as whole. With
    /// `snapshot` also a snapshot is written when something was saved since the last one.
    pub fn close(mut self, at: Moment, snapshot: bool) -> Result<()> {
        if snapshot {
            self.snapshot(at)?;
        }
        self.settle()?;
        if let Held::Tables(tables) = self.held {
            tables.close();
        }
        Ok(())
    }

    /// The same for a process that ends next. Every act is on disk in the journal; bringing the database there too is
    /// left to the system and to the next end in order, and so are closing it and freeing the lock: taking back what
    /// it holds in memory can take as long as reading it did.
    pub fn leave(mut self) -> Result<()> {
        let handed = self.hand_over();
        std::mem::forget(self);
        handed
    }

    fn hand_over(&mut self) -> Result<()> {
        if !self.written || self.behind() {
            return Ok(());
        }
        if let Held::Tables(tables) = &self.held {
            tables.hand_over()?;
        }
        self.write_state(Mark::Left, false)
    }

    fn settle(&mut self) -> Result<()> {
        // Where nothing was written since the store was closed, everything is on disk.
        if self.dirty {
            self.flush()?;
        }
        if self.dirty && !self.behind() {
            self.write_state(Mark::Closed, true)?;
        }
        Ok(())
    }

    pub(crate) fn flush(&mut self) -> Result<()> {
        match &mut self.held {
            Held::Tables(tables) => tables.flush(),
            Held::Memory(_) | Held::Stale(_) | Held::Nothing(_) => Ok(()),
        }
    }

    /// Says, on disk, that the journal is ahead of what a clean end had.
    pub(crate) fn mark_dirty(&mut self) -> Result<()> {
        self.written = true;
        if !self.dirty {
            self.write_state(Mark::InUse, true)?;
            self.dirty = true;
        }
        Ok(())
    }

    pub(crate) fn write_state(&mut self, mark: Mark, sync: bool) -> Result<()> {
        let (journal, length) = self.journal.place();
        let state = State {
            format: FORMAT,
            schema: SCHEMA,
            store: self.id,
            journal,
            length,
            seq: self.held.read().seq()?,
            clean: mark == Mark::Closed,
            left: mark == Mark::Left,
            heads: digest_of_heads(&self.held.read().heads()?),
        };
        self.state.write(&state, sync)
    }

    /// Brings the line of an act to disk and applies it. It is let go before anything else is read.
    fn save_long(&mut self, act: &Act, long: Long) -> Result<()> {
        self.mark_dirty()?;
        self.journal.append(act.seq, long.json())?;
        fault::point("after-journal-sync");
        let (number, length) = self.journal.place();
        let long = long.let_go(&self.dir.join(files::journal_name(number)), length);
        let applied = match &mut self.held {
            Held::Tables(tables) => tables.apply_long(act, &long),
            Held::Memory(_) | Held::Stale(_) | Held::Nothing(_) => Err(stopped()),
        };
        drop(long);
        if applied.is_err() {
            self.fall_behind();
        }
        // As in `commit`: the act is saved.
        let _ = self.write_state(Mark::InUse, false);
        Ok(())
    }

    /// The database failed on an act that is in the journal already: answer from memory from now on.
    pub(crate) fn fall_behind(&mut self) {
        let held = std::mem::replace(&mut self.held, Held::Nothing(Stopped));
        let Held::Tables(tables) = held else {
            self.held = held;
            return;
        };
        self.held = match rebuild::into_memory(&self.dir) {
            Ok(memory) => {
                tables.close();
                Held::Memory(Box::new(memory))
            }
            Err(_) => Held::Stale(tables),
        };
    }
}

impl Read for Disk {
    fn get(&self, key: &Key) -> Result<Option<Stored>> {
        self.held.read().get(key)
    }

    fn scan(&self, space: Space, kind: Kind, after: Option<Uuid>, limit: usize) -> Result<Page> {
        self.held.read().scan(space, kind, after, limit)
    }

    fn index(&self, query: &IndexQuery) -> Result<Vec<IndexRow>> {
        self.held.read().index(query)
    }

    fn acts(&self, query: &ActQuery) -> Result<Vec<Act>> {
        self.held.read().acts(query)
    }

    fn listed(&self, query: &IndexQuery) -> Result<Vec<(IndexRow, Stored)>> {
        self.held.read().listed(query)
    }

    fn acts_in_brief(&self, query: &ActQuery) -> Result<Vec<Brief>> {
        self.held.read().acts_in_brief(query)
    }

    fn act(&self, id: ActId) -> Result<Option<Act>> {
        self.held.read().act(id)
    }

    fn heads(&self) -> Result<BTreeMap<Space, Head>> {
        self.held.read().heads()
    }

    fn seq(&self) -> Result<u64> {
        self.held.read().seq()
    }
}

impl Store for Disk {
    fn commit(&mut self, act: Act) -> Result<Act> {
        self.held.writable()?;
        let act = match prepare(self.held.read(), act)? {
            Prepared::Known(act) => return Ok(act),
            Prepared::New(act) => act,
        };
        let line = serde_json::to_vec(&act)
            .map_err(|error| StoreError::Other(format!("the change cannot be written: {error}")))?;
        if line.len() > MAX_ACT {
            let (what, bytes) = ("this change".to_owned(), line.len());
            return Err(StoreError::TooLarge {
                what,
                bytes,
                limit: MAX_ACT,
            });
        }
        self.mark_dirty()?;
        self.journal.append(act.seq, &line)?;
        fault::point("after-journal-sync");
        if self.held.writable()?.apply(&act).is_err() {
            self.fall_behind();
        }
        // The act is saved; this file only makes a journal that is cut later show.
        let _ = self.write_state(Mark::InUse, false);
        Ok(act)
    }

    fn commit_long(
        &mut self,
        act: Act,
        added: &mut dyn Iterator<Item = ChangeText>,
    ) -> Result<Act> {
        let own = act.changes.len();
        if !matches!(self.held, Held::Tables(_)) {
            let mut done = self.commit(whole(act, added)?)?;
            done.changes.truncate(own);
            return Ok(done);
        }
        let act = match prepare(self.held.read(), act)? {
            Prepared::Known(mut act) => {
                act.changes.truncate(own);
                return Ok(act);
            }
            Prepared::New(act) => act,
        };
        let long = Long::write(self.held.read(), &act, &mut added.map(Ok))?;
        self.save_long(&act, long)?;
        Ok(act)
    }

    fn commit_inverse(&mut self, act: Act, of: ActId) -> Result<Act> {
        let Held::Tables(tables) = &self.held else {
            let found = self.act(of)?.ok_or_else(forgotten)?;
            let changes = found.changes.iter().filter_map(inverse).collect();
            let mut done = self.commit(Act { changes, ..act })?;
            done.changes.clear();
            return Ok(done);
        };
        if let Some(mut known) = tables.act(act.id)? {
            known.changes.clear();
            return Ok(known);
        }
        let (head, changes) = tables.changes_of(of)?.ok_or_else(forgotten)?;
        let mut act = act;
        place(&**tables, &mut act, head.revs.into_keys())?;
        let turned = changes.filter_map(|change| change.map(|change| inverse(&change)).transpose());
        let long = Long::write(&**tables, &act, &mut { turned })?;
        self.save_long(&act, long)?;
        Ok(act)
    }

    fn sync(&mut self) -> Result<()> {
        self.flush()?;
        if self.dirty {
            self.write_state(Mark::InUse, true)
        } else {
            Ok(())
        }
    }

    fn check(&self) -> Result<Report> {
        let report = self.checker().run(&AtomicBool::new(false))?;
        let mut report = report.unwrap_or_default();
        if let Held::Memory(memory) = &self.held {
            let seen = memory.check()?;
            report.findings.extend(seen.findings);
            (report.seq, report.heads, report.acts) = (seen.seq, seen.heads, seen.acts);
        }
        Ok(report)
    }

    fn size(&self) -> Result<Size> {
        files::size(&self.dir)
    }
}
