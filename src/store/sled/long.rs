//! Applying an act that adds very many documents, in portions, so that memory stays flat.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::thread;

use super::few::Rows;
use super::{Tables, guarded};
use crate::domain::change::{Act, ChangeText, Rev};
use crate::domain::id::Space;
use crate::store::commit::{moved_heads, texts};
use crate::store::long::Long;
use crate::store::{Head, Result};

/// Bytes of rows of lists that are held until they are written in their order: many of them come into each run that is
/// written. What lists carry is held once for all of them.
const LISTS: usize = 32 * 1024 * 1024;

impl Tables {
    /// Applies what the line says. `act` holds the changes of it that are not among the new documents.
    pub(crate) fn apply_long(&mut self, act: &Act, long: &Long) -> Result<()> {
        let path = self.path.clone();
        self.epoch.fetch_add(1, Ordering::SeqCst);
        let applied = guarded(&path, || {
            let moved = self.write_both(act, long)?;
            self.write_places(act)?;
            self.meta.count_act(act);
            let seq = self.meta.seq.max(act.seq);
            self.write_heads(moved, seq)
        });
        self.applied(applied)
    }

    /// Writes the documents and, beside them, the text of the act: neither needs the other, and each takes as long.
    fn write_both(&self, act: &Act, long: &Long) -> Result<BTreeMap<Space, Head>> {
        let write = || guarded(&self.path, || self.write_text(act.seq, long));
        thread::scope(|scope| {
            let named = thread::Builder::new().name("circlet-text".to_owned());
            let beside = named.spawn_scoped(scope, write);
            let moved = self.write_changes(act, long);
            match beside {
                Ok(beside) => beside
                    .join()
                    .expect("what it does is guarded, so it does not panic")?,
                Err(_no_thread) => write()?,
            }
            moved
        })
    }

    /// Writes the text of the act into the history.
    fn write_text(&self, seq: u64, long: &Long) -> Result<()> {
        let mut part = 0;
        for block in long.blocks() {
            part = self.write_parts((seq, part), &block?)?;
        }
        Ok(())
    }

    /// Writes the documents. Returns the heads that they move.
    fn write_changes(&self, act: &Act, long: &Long) -> Result<BTreeMap<Space, Head>> {
        let (mut heads, mut idx) = (self.heads.clone(), Rows::default());
        let mut moved = self.write_portion((&mut heads, &mut idx), &act.revs, &texts(act))?;
        for changes in long.portions() {
            moved = self.write_portion((&mut heads, &mut idx), &act.revs, &changes?)?;
            if idx.bytes() > LISTS {
                self.trees.idx.write(std::mem::take(&mut idx))?;
            }
        }
        self.trees.idx.write(idx)?;
        Ok(moved)
    }

    /// Writes some of the documents, and collects their rows of lists. `heads` counts them, at the revision before the
    /// act until it is whole.
    fn write_portion(
        &self,
        (heads, idx): (&mut BTreeMap<Space, Head>, &mut Rows),
        revs: &BTreeMap<Space, Rev>,
        changes: &[ChangeText],
    ) -> Result<BTreeMap<Space, Head>> {
        let moved = moved_heads(heads, revs, changes);
        self.write_docs(revs, changes, idx)?;
        for (space, head) in &moved {
            let before = heads.get(space).map_or(0, |head| head.rev);
            heads.insert(
                *space,
                Head {
                    rev: before,
                    ..*head
                },
            );
        }
        Ok(moved)
    }
}
