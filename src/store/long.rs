//! An act with very many new documents, as the line of the journal that it becomes: the line is the only place
//! where they are all held at once, and they are read back out of it in portions.

use std::collections::HashSet;
use std::ops::Range;

use crate::domain::change::{Act, Change};
use crate::domain::id::Key;
use crate::store::commit::bytes;
use crate::store::{MAX_ACT, MAX_VALUE, Read, Result, StoreError};

/// Changes that are held at once.
const PORTION: usize = 1_000;

/// The line of such an act, and where its new documents stand in it.
pub(crate) struct Long {
    /// The whole act as JSON.
    pub(crate) json: Vec<u8>,
    rows: Vec<Range<usize>>,
}

impl Long {
    /// Writes the line of `act`, which has its place already, with the documents that it adds.
    pub(crate) fn write(
        store: &dyn Read,
        act: &Act,
        added: &mut dyn Iterator<Item = Change>,
    ) -> Result<Self> {
        let mut json = serde_json::to_vec(act).map_err(unwritable)?;
        // The changes come last; their list and the act are closed again below.
        let open = json.strip_suffix(b"]}").map_or(0, <[u8]>::len);
        json.truncate(open);
        let mut seen: HashSet<Key> = act.changes.iter().map(|change| change.key).collect();
        let mut rows = Vec::new();
        for change in added {
            let key = change.key;
            let fits = act.revs.contains_key(&key.space) && change.before.is_none();
            if !fits || !seen.insert(key) || store.get(&key)?.is_some() {
                return Err(StoreError::Conflict { key });
            }
            check_size(&change)?;
            if json.last() != Some(&b'[') {
                json.push(b',');
            }
            let start = json.len();
            serde_json::to_writer(&mut json, &change).map_err(unwritable)?;
            rows.push(start..json.len());
            if json.len() + 2 > MAX_ACT {
                return Err(StoreError::TooLarge {
                    what: "this change".to_owned(),
                    bytes: json.len(),
                    limit: MAX_ACT,
                });
            }
        }
        json.extend_from_slice(b"]}");
        Ok(Self { json, rows })
    }

    /// The new documents, some at a time.
    pub(crate) fn portions(&self) -> impl Iterator<Item = Result<Vec<Change>>> {
        let read = |row: &Range<usize>| {
            let json = self.json.get(row.clone()).unwrap_or_default();
            serde_json::from_slice(json).map_err(unwritable)
        };
        self.rows
            .chunks(PORTION)
            .map(move |rows| rows.iter().map(read).collect())
    }
}

fn check_size(change: &Change) -> Result<()> {
    let bytes = change.after.as_ref().map_or(0, |after| bytes(after).len());
    if bytes > MAX_VALUE {
        return Err(StoreError::TooLarge {
            what: format!("this {}", change.key.kind.as_str()),
            bytes,
            limit: MAX_VALUE,
        });
    }
    Ok(())
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "stands where an error is turned into another"
)]
fn unwritable(error: serde_json::Error) -> StoreError {
    StoreError::Other(format!("the change cannot be written: {error}"))
}
