//! Letting old acts go: a circle keeps its newest 1,000 acts and those of the last 90 days,
//! whichever is more.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use ::sled::Transactional;
use ::sled::transaction::{ConflictableTransactionError, TransactionError};

use super::rows::{self, Meta, act_part, by_space};
use super::{PART, Tables, broken, guarded};
use crate::domain::change::Act;
use crate::domain::clock::{Moment, Span};
use crate::store::{ActOrder, ActQuery, Brief, Result};

/// Acts that a space keeps however old they are.
const ACTS: usize = 1_000;
/// Age up to which acts are kept however many there are.
const AGE: Span = Span::from_minutes(90 * 24 * 60);

impl Tables {
    /// Removes from history what nobody can take back any more. Documents stay as they are.
    pub(crate) fn thin_history(&mut self, now: Moment) -> Result<()> {
        for seq in self.beyond()? {
            let old = |found: &Brief| now - found.act.at > AGE;
            if !self.brief_act(seq)?.is_some_and(|found| old(&found)) {
                continue;
            }
            let Some(act) = self.read_act(seq)? else {
                continue;
            };
            self.epoch.fetch_add(1, Ordering::SeqCst);
            let removed = guarded(&self.path, || self.remove_act(&act));
            self.epoch.fetch_add(1, Ordering::SeqCst);
            self.meta = removed?;
        }
        Ok(())
    }

    /// The acts that have enough newer ones in every space that they touch.
    fn beyond(&self) -> Result<Vec<u64>> {
        let mut times: BTreeMap<u64, usize> = BTreeMap::new();
        for &space in self.heads.keys() {
            let order = ActOrder::Before(u64::MAX);
            let query = ActQuery {
                space: Some(space),
                order,
                limit: usize::MAX,
            };
            let seqs = guarded(&self.path, || self.trees.seqs(&self.path, &query))?;
            for seq in seqs.into_iter().skip(ACTS) {
                *times.entry(seq).or_default() += 1;
            }
        }
        let mut beyond = Vec::new();
        for (seq, times) in times {
            if self
                .brief_act(seq)?
                .is_some_and(|found| found.act.revs.len() == times)
            {
                beyond.push(seq);
            }
        }
        Ok(beyond)
    }

    /// Removes every row of an act together with its place in the totals, which are returned.
    fn remove_act(&self, act: &Act) -> Result<Meta> {
        let mut meta = self.meta.clone();
        meta.uncount_act(act);
        let length = serde_json::to_vec(act).map_or(0, |json| json.len());
        let parts = u32::try_from(length.div_ceil(PART)).unwrap_or(u32::MAX);
        let trees = (&self.trees.op, &self.trees.chg, &self.trees.meta);
        let removed = trees.transaction(|(op, chg, totals)| {
            op.remove(act.id.0.as_bytes())?;
            for part in 0..parts {
                chg.remove(act_part(act.seq, part))?;
            }
            for space in act.revs.keys() {
                chg.remove(by_space(space, act.seq))?;
            }
            totals.insert(rows::TOTALS, meta.sealed())?;
            Ok::<_, ConflictableTransactionError<()>>(())
        });
        match removed {
            Ok(()) | Err(TransactionError::Abort(())) => Ok(meta),
            Err(TransactionError::Storage(error)) => Err(broken(&self.path)(error)),
        }
    }
}
