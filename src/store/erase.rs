//! Erasing: the one act without undo. Afterwards the text is in no file of the store.
//!
//! A marker says what goes, then a snapshot without the text is written and read back. From then on
//! the work goes forward; an interrupted erase is finished at the next open. One that fails is put
//! off: the store goes on with the old database or the new one, and the next open erases again.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::change::Act;
use crate::domain::clock::Moment;
use crate::domain::id::{Key, Space};
use crate::store::commit::fingerprint;
use crate::store::disk::{Disk, Held};
use crate::store::files::{self, ERASING, REPLACED, WAITING};
use crate::store::journal::Journal;
use crate::store::rebuild;
use crate::store::snapshot::{self, Filter, Header};
use crate::store::state::StateFile;
use crate::store::{Head, Read, Result, StoreError, Stored};

mod finish;

use finish::Request;
pub(crate) use finish::resume;

/// What the log says about an act whose changes are gone.
const ERASED: &str = "erased";

/// What goes, and what stays without its past.
struct Erasure {
    remove: BTreeSet<Key>,
    touched: BTreeSet<Key>,
}

impl Filter for Erasure {
    fn keeps(&self, doc: &Stored) -> bool {
        !self.remove.contains(&doc.key)
    }

    fn edit(&self, mut act: Act) -> Act {
        let before = act.changes.len();
        act.changes
            .retain(|change| !self.touched.contains(&change.key));
        if act.changes.len() < before {
            ERASED.clone_into(&mut act.title);
        }
        act
    }
}

impl Disk {
    /// Removes the documents `remove` with every trace, and the past of the documents `forget`,
    /// which stay as they are now. Acts that touched any of them lose those changes and their title.
    ///
    /// `act` stands for the erase in history; it has no changes of its own, and its title must not
    /// repeat the text. Sending it again does nothing. After [`StoreError::EraseLater`] the store
    /// goes on, and the next open erases.
    pub fn erase(&mut self, act: Act, remove: &[Key], forget: &[Key]) -> Result<Act> {
        if let Some(known) = self.act(act.id)? {
            return Ok(known);
        }
        if self.behind() || !act.changes.is_empty() || self.dir.join(WAITING).exists() {
            let words = "nothing was erased; close circlet, open it again and repeat";
            return Err(StoreError::ReadOnly(words.to_owned()));
        }
        self.carry_out(act, remove.to_vec(), forget.to_vec())
    }

    /// Carries out the erase that was put off, if there is one.
    pub(crate) fn erase_waiting(&mut self, at: Moment) -> Result<()> {
        let marker = self.dir.join(WAITING);
        if self.behind() || !marker.exists() {
            return Ok(());
        }
        let request = match Request::read(&marker) {
            // Nobody can say any more what it was; the person sees that the text is still there.
            Err(StoreError::Corrupt { .. }) => return files::remove(&marker),
            request => request?,
        };
        if self.act(request.act.id)?.is_none() {
            self.carry_out(request.act, request.remove, request.forget)?;
            return Ok(());
        }
        // The database is without the text already; older files may have it.
        self.write_snapshot(at)?;
        let journal = files::journal_name(self.journal.place().0);
        let snapshot = files::snapshot_name(self.seq()?);
        finish::remove_older(&self.dir, &[&journal, &snapshot])?;
        files::remove(&self.dir.join(REPLACED))?;
        files::remove(&marker)?;
        files::sync_dir(&self.dir)
    }

    fn carry_out(&mut self, mut act: Act, remove: Vec<Key>, forget: Vec<Key>) -> Result<Act> {
        let mut request = Request {
            snapshot: String::new(),
            act: act.clone(),
            remove,
            forget,
        };
        let remove: BTreeSet<Key> = request.remove.iter().copied().collect();
        let touched: BTreeSet<Key> = remove.iter().chain(&request.forget).copied().collect();
        let heads = self.heads_without(&remove, &touched)?;
        act.seq = self.seq()? + 1;
        let revs = touched
            .iter()
            .filter_map(|key| Some((key.space, heads.get(&key.space)?.rev)));
        act.revs = revs.collect();
        let header = Header {
            seq: act.seq,
            heads,
            ..Header::of(self, self.id, act.at)?
        };
        files::remove(&self.dir.join(REPLACED))?;
        request.snapshot = files::snapshot_name(act.seq);
        request.write(&self.dir.join(ERASING))?;
        let path = self.dir.join(&request.snapshot);
        let erasure = Erasure { remove, touched };
        if let Err(error) = snapshot::write(&path, &header, self, &erasure, Some(act.clone())) {
            // The snapshot decides, so it goes first.
            files::remove(&path)?;
            files::remove(&self.dir.join(ERASING))?;
            return Err(error);
        }
        self.let_go();
        if let Err(error) = finish::finish(&self.dir) {
            self.go_on(header.at, act.seq)?;
            return Err(StoreError::EraseLater(Box::new(error)));
        }
        self.held = Held::Tables(Box::new(rebuild::open_database(&self.dir)?));
        self.journal = Journal::behind(&self.dir, self.id, 0);
        self.state = StateFile::open(&self.dir)?;
        self.in_use = false;
        self.newest = Some((act.seq, header.at));
        Ok(act)
    }

    /// Serves what is there after an erase that failed: the new database, if it took its place, or
    /// else the old one.
    fn go_on(&mut self, at: Moment, seq: u64) -> Result<()> {
        let Ok(new) = finish::put_off(&self.dir) else {
            // The marker would undo what is written from now on.
            self.held = Held::Stale(Box::new(rebuild::open_database(&self.dir)?));
            return Ok(());
        };
        if new {
            let last = files::journals(&self.dir)?.last().map_or(0, |(n, _)| *n);
            self.journal = Journal::behind(&self.dir, self.id, last.max(self.journal.place().0));
            self.newest = Some((seq, at));
            self.in_use = false;
        }
        self.held = match rebuild::open_database(&self.dir) {
            Ok(tables) => Held::Tables(Box::new(tables)),
            Err(_) => Held::Memory(Box::new(rebuild::into_memory(&self.dir)?)),
        };
        Ok(())
    }

    fn heads_without(
        &self,
        remove: &BTreeSet<Key>,
        touched: &BTreeSet<Key>,
    ) -> Result<BTreeMap<Space, Head>> {
        let mut heads = self.heads()?;
        for stored in remove.iter().filter_map(|key| self.get(key).transpose()) {
            let stored = stored?;
            let head = heads.entry(stored.key.space).or_default();
            head.docs = head.docs.wrapping_sub(1);
            let gone = fingerprint(&stored.key, stored.body.as_str().as_bytes());
            head.digest = head.digest.wrapping_sub(gone);
        }
        let spaces: BTreeSet<Space> = touched.iter().map(|key| key.space).collect();
        for space in spaces {
            if let Some(head) = heads.get_mut(&space) {
                head.rev += 1;
            }
        }
        Ok(heads)
    }
}
