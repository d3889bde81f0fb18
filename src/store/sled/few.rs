//! Rows on their way into one tree. A batch makes the database write and sync its log twice; nothing rests on its being
//! whole, since the journal has the act and the totals come last, so few rows are written one by one.

use ::sled::{Batch, IVec, Result, Tree};

/// Rows up to which they are written one by one.
const FEW: usize = 32;

/// Rows to put and to remove, in this order.
#[derive(Default)]
pub(super) struct Rows(Vec<(Vec<u8>, Option<IVec>)>);

impl Rows {
    pub(super) fn insert(&mut self, key: Vec<u8>, row: impl Into<IVec>) {
        self.0.push((key, Some(row.into())));
    }

    pub(super) fn remove(&mut self, key: Vec<u8>) {
        self.0.push((key, None));
    }

    /// Bytes of all of them, counting each value as often as it is put.
    pub(super) fn bytes(&self) -> usize {
        let value = |row: &Option<IVec>| row.as_ref().map_or(0, |row| row.len());
        self.0.iter().map(|(key, row)| key.len() + value(row)).sum()
    }

    /// Them in the order of their keys, with the last word on each.
    pub(super) fn sorted(self) -> Vec<(Vec<u8>, Option<IVec>)> {
        let mut rows = self.0;
        rows.sort_by(|one, other| one.0.cmp(&other.0));
        rows.reverse();
        rows.dedup_by(|earlier, last| earlier.0 == last.0);
        rows.reverse();
        rows
    }

    /// Writes them.
    pub(super) fn write(self, tree: &Tree) -> Result<()> {
        if self.0.len() > FEW {
            return self.write_together(tree);
        }
        for (key, row) in self.0 {
            match row {
                Some(row) => tree.insert(key, row)?,
                None => tree.remove(key)?,
            };
        }
        Ok(())
    }

    /// Writes them as one. The database begins a new part of its log before them; what is written next is kept or lost
    /// with them, unless a segment ends between.
    pub(super) fn write_together(self, tree: &Tree) -> Result<()> {
        let mut batch = Batch::default();
        for (key, row) in self.0 {
            match row {
                Some(row) => batch.insert(key, row),
                None => batch.remove(key),
            }
        }
        tree.apply_batch(batch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_rows_are_written_the_same_and_the_last_word_on_a_key_counts() {
        let folder = tempfile::tempdir().unwrap();
        let db = ::sled::open(folder.path()).unwrap();
        for others in [0, FEW] {
            let tree = db.open_tree(others.to_string()).unwrap();
            tree.insert("gone", "old").unwrap();
            tree.insert("kept", "old").unwrap();
            let mut rows = Rows::default();
            rows.remove(b"gone".to_vec());
            rows.remove(b"kept".to_vec());
            rows.insert(b"kept".to_vec(), b"new");
            for n in 0..others {
                rows.insert(format!("row {n:02}").into_bytes(), b"");
            }
            rows.write(&tree).unwrap();
            assert_eq!(tree.len(), others + 1);
            assert_eq!(tree.get("kept").unwrap().unwrap(), "new");
        }
    }
}
