//! What is there no more although nobody erased it: an act made it, and was taken back.

use std::collections::BTreeSet;

use crate::domain::id::{Key, Kind, Space};
use crate::engine::history;
use crate::engine::query::{Answer, MOST_ROWS, Row};
use crate::store::{Read, Result};

/// Acts of the space that are looked through; what went before them is not worth the wait.
const MOST_ACTS: usize = 5_000;

/// The documents of this kind that went, the latest first, at most [`MOST_ROWS`]. What was erased is not among them, since
/// its acts went with it.
pub(super) fn of(read: &dyn Read, space: Space, kind: Kind) -> Result<Answer> {
    let mut met: BTreeSet<Key> = BTreeSet::new();
    let mut went: Vec<Row> = Vec::new();
    let mut seen = 0;
    history::newest(read, &[], Some(space), |act| {
        seen += 1;
        let ours = |key: &Key| key.space == space && key.kind == kind;
        for change in act.changes.iter().filter(|change| ours(&change.key)) {
            // The newest change tells whether it is there.
            let newest = met.insert(change.key);
            if let (true, Some(body), None) = (newest, &change.before, &change.after) {
                went.push(Row {
                    key: change.key,
                    rev: 0,
                    body: body.into(),
                });
            }
        }
        (seen >= MOST_ACTS || went.len() >= MOST_ROWS).then_some(())
    })?;
    // An import brings documents in without a word on each.
    let mut rows = Vec::new();
    for row in went {
        if read.get(&row.key)?.is_none() {
            rows.push(row);
        }
    }
    Ok(Answer::Rows { rows, more: false })
}
