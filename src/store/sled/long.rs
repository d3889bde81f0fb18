//! Applying an act that adds very many documents, in portions, so that memory stays flat.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use super::{Tables, guarded};
use crate::domain::change::Act;
use crate::domain::id::Space;
use crate::store::commit::{Texts, moved_heads};
use crate::store::long::Long;
use crate::store::{Head, Result};

impl Tables {
    /// Applies what the line says. `act` holds the changes of it that are not among the new documents.
    pub(crate) fn apply_long(&mut self, act: &Act, long: &Long) -> Result<()> {
        let path = self.path.clone();
        self.epoch.fetch_add(1, Ordering::SeqCst);
        let applied = guarded(&path, || {
            let mut heads = self.heads.clone();
            let mut moved = self.write_portion(&mut heads, act)?;
            let mut portion = Act {
                changes: Vec::new(),
                ..act.clone()
            };
            for changes in long.portions() {
                portion.changes = changes?;
                moved = self.write_portion(&mut heads, &portion)?;
            }
            let mut part = 0;
            for block in long.blocks() {
                part = self.write_parts((act.seq, part), &block?)?;
            }
            self.write_places(act)?;
            self.meta.count_act(act);
            let seq = self.meta.seq.max(act.seq);
            self.write_heads(moved, seq)
        });
        self.applied(applied)
    }

    /// Writes some of the documents. `heads` counts them, at the revision before the act until it is whole.
    fn write_portion(
        &self,
        heads: &mut BTreeMap<Space, Head>,
        portion: &Act,
    ) -> Result<BTreeMap<Space, Head>> {
        let texts = Texts::of(portion);
        let moved = moved_heads(heads, portion, &texts);
        self.write_docs(portion, &texts)?;
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
