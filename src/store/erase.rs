//! Erasing: the one act without undo. Afterwards the text is in no file of the store.
//!
//! A snapshot without the text is written and read back first. From then on the work can only go
//! forward: a marker names the snapshot, and an interrupted erase is finished at the next open.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::domain::change::Act;
use crate::domain::clock::Moment;
use crate::domain::id::{Key, Space};
use crate::store::commit::{bytes, fingerprint};
use crate::store::disk::{Disk, Held};
use crate::store::files::{self, DATABASE, ERASING};
use crate::store::journal::Journal;
use crate::store::rebuild::{self, Plan};
use crate::store::recover::fresh_state;
use crate::store::snapshot::{self, Filter, Header};
use crate::store::state::StateFile;
use crate::store::{Head, Memory, Read, Result, StoreError, Stored};

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
    /// repeat the text. Sending it again does nothing.
    pub fn erase(&mut self, mut act: Act, remove: &[Key], forget: &[Key]) -> Result<Act> {
        if let Some(known) = self.act(act.id)? {
            return Ok(known);
        }
        if self.behind() || !act.changes.is_empty() {
            let words = "nothing was erased; close circlet, open it again and repeat";
            return Err(StoreError::ReadOnly(words.to_owned()));
        }
        let remove: BTreeSet<Key> = remove.iter().copied().collect();
        let touched: BTreeSet<Key> = remove.iter().chain(forget).copied().collect();
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
        let path = self.dir.join(files::snapshot_name(act.seq));
        let erasure = Erasure { remove, touched };
        snapshot::write(&path, &header, self, &erasure, Some(act.clone()))?;
        files::replace(&self.dir.join(ERASING), |file| {
            let failed = |error| StoreError::io("written", &path, error);
            file.write_all(files::name(&path).as_bytes())
                .map_err(failed)
        })?;
        self.let_go();
        finish(&self.dir)?;
        self.reopen(header.at, act.seq)?;
        Ok(act)
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
            let gone = fingerprint(&stored.key, &bytes(&stored.body));
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

    fn reopen(&mut self, at: Moment, seq: u64) -> Result<()> {
        self.held = Held::Tables(Box::new(rebuild::open_database(&self.dir)?));
        self.journal = Journal::behind(&self.dir, self.id, 0);
        self.state = StateFile::open(&self.dir)?;
        self.dirty = false;
        self.newest = Some((seq, at));
        Ok(())
    }
}

/// Carries out an erase whose snapshot is written. Every step can be done again.
pub(crate) fn finish(dir: &Path) -> Result<()> {
    let marker = dir.join(ERASING);
    let named = std::fs::read_to_string(&marker);
    let named = named.map_err(|error| StoreError::io("read", &marker, error))?;
    let found = files::snapshots(dir)?;
    let Some((seq, snapshot)) = found
        .into_iter()
        .find(|(_, path)| files::name(path) == named)
    else {
        return Err(StoreError::corrupt(
            ERASING,
            "an erase was interrupted and its snapshot is gone",
        ));
    };
    let header = snapshot::verify(&snapshot)?;
    let plan = Plan {
        snapshot: Some(snapshot.clone()),
        from: seq,
        reached: seq,
        ..Plan::default()
    };
    rebuild::build(dir, &plan, header.store)?;
    files::remove(&dir.join(DATABASE))?;
    rebuild::take_place(dir)?;
    let journals = files::journals(dir)?;
    let snapshots = files::snapshots(dir)?;
    let old = journals.into_iter().chain(snapshots).map(|(_, path)| path);
    for path in old
        .chain(files::damaged(dir)?)
        .chain(files::backups(dir)?)
        .filter(|path| *path != snapshot)
    {
        files::remove(&path)?;
    }
    let mut empty = Memory::new();
    crate::store::Load::finish(&mut empty, header.heads, seq)?;
    StateFile::open(dir)?.write(&fresh_state(header.store, &empty)?, true)?;
    files::sync_dir(dir)?;
    files::remove(&marker)?;
    files::sync_dir(dir)
}
