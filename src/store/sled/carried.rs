//! Documents that lie in their lists too: what is read from end to end lies side by side there, where each row would
//! have to be looked up somewhere else.

use ::sled::IVec;

use super::few::Rows;
use super::rows::{self, doc_key, idx_key};
use crate::domain::body::BodyText;
use crate::domain::change::Rev;
use crate::domain::id::Key;
use crate::domain::index::{IndexName, index_of_text};
use crate::store::{Result, StoreError};

/// Whether the rows of a list carry their documents. An older version wrote empty rows; what they name is looked up.
pub(super) const fn carries(name: IndexName) -> bool {
    matches!(name, IndexName::ActionOpen | IndexName::ActionOwner)
}

/// The lists that a document stands in.
pub(super) fn listed(key: &Key, text: &BodyText) -> Result<Vec<(IndexName, Vec<u8>)>> {
    index_of_text(key, text).map_err(|_no_json| {
        let what = format!("the record {key} is damaged");
        StoreError::corrupt("sled".to_owned(), what)
    })
}

/// Puts a document where it belongs: under its key, and into its lists.
pub(super) fn put_doc(
    doc: &mut Rows,
    idx: &mut Rows,
    key: &Key,
    (rev, text): (Rev, &BodyText),
) -> Result<()> {
    let row = IVec::from(rows::envelope(key, rev, text.as_str().as_bytes()));
    for (name, value) in listed(key, text)? {
        let carried = if carries(name) {
            row.clone()
        } else {
            IVec::default()
        };
        idx.insert(idx_key(name, &value, key), carried);
    }
    doc.insert(doc_key(key), row);
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use std::sync::atomic::AtomicBool;
    use uuid::Uuid;

    use super::*;
    use crate::domain::id::{Kind, Space};
    use crate::store::sled::Tables;
    use crate::store::{IndexQuery, Load, Read, Stored};

    fn action(n: u128) -> Stored {
        let body =
            json!({"number": n, "state": "open", "due": {"on": "2026-03-09"}, "owner": "all"});
        Stored {
            key: Key::new(Space::Org, Kind::Action, Uuid::from_u128(n)),
            rev: 1,
            body: BodyText::from(&body),
        }
    }

    /// A database with two actions, and the row of the first one in the list of open ones.
    fn two() -> (tempfile::TempDir, Tables, Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        let mut tables = Tables::open(&folder.path().join("sled")).unwrap();
        tables.load(vec![action(1), action(2)]).unwrap();
        let open = IndexQuery::all(Space::Org, IndexName::ActionOpen, 1);
        let first = tables.index(&open).unwrap().remove(0);
        let row = idx_key(IndexName::ActionOpen, &first.value, &first.key);
        (folder, tables, row)
    }

    /// Puts a row into the lists past all rules.
    fn lay(tables: &Tables, key: &[u8], row: &[u8]) {
        let mut rows = Rows::default();
        rows.insert(key.to_vec(), row);
        tables.trees.idx.write(rows).unwrap();
    }

    /// What a check says of the lists; the totals of these databases were never written.
    fn told_of_lists(tables: &Tables) -> Vec<String> {
        let report = tables.verifier().run(&AtomicBool::new(false)).unwrap();
        let found = report.unwrap().findings.into_iter().map(|found| found.what);
        found.filter(|what| what.contains("lists")).collect()
    }

    #[test]
    fn a_list_that_carries_its_documents_reads_as_one_that_does_not() {
        let (_folder, tables, row) = two();
        let open = IndexQuery::all(Space::Org, IndexName::ActionOpen, 9);
        let carried = tables.listed(&open).unwrap();
        assert_eq!(carried.len(), 2);
        assert_eq!(carried[0].1, action(1));
        // As an older version left it.
        lay(&tables, &row, &[]);
        assert_eq!(tables.listed(&open).unwrap(), carried);
        assert_eq!(told_of_lists(&tables), [""; 0]);
    }

    #[test]
    fn a_list_that_carries_something_else_is_found_by_the_check() {
        let (_folder, tables, row) = two();
        let old = Stored {
            rev: 7,
            ..action(1)
        };
        let text = old.body.as_str().as_bytes();
        let stale = rows::envelope(&old.key, old.rev, text);
        lay(&tables, &row, &stale);
        assert_eq!(told_of_lists(&tables).len(), 1);
        // Also where another row is as an older version left it.
        let open = IndexQuery::all(Space::Org, IndexName::ActionOpen, 2);
        let second = tables.index(&open).unwrap().remove(1);
        let second = idx_key(IndexName::ActionOpen, &second.value, &second.key);
        lay(&tables, &second, &[]);
        assert_eq!(told_of_lists(&tables).len(), 1);
    }

    #[test]
    fn a_list_of_another_version_is_left_alone() {
        let (_folder, tables, row) = two();
        let name = IndexName::ActionOpen.as_str().as_bytes();
        let at = row
            .windows(name.len())
            .position(|part| part == name)
            .unwrap();
        let mut other = row.clone();
        other.splice(at..at + name.len(), *b"action-number");
        lay(&tables, &other, &[]);
        assert_eq!(told_of_lists(&tables), [""; 0]);
        // One of ours that nothing belongs into is found.
        let mut ours = row;
        ours.splice(at..at + name.len(), *b"action-closed");
        lay(&tables, &ours, &[]);
        assert_eq!(told_of_lists(&tables).len(), 1);
    }

    #[test]
    fn a_row_that_carries_a_damaged_document_is_an_error_and_not_a_document() {
        let (_folder, tables, row) = two();
        let mut torn = tables.trees.idx.get(&row).unwrap().unwrap().to_vec();
        *torn.last_mut().unwrap() ^= 1;
        lay(&tables, &row, &torn);
        let open = IndexQuery::all(Space::Org, IndexName::ActionOpen, 9);
        assert!(tables.listed(&open).is_err());
    }
}
