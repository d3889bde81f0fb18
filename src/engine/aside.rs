//! The one small file beside the store: who speaks, text that was typed but not saved, and who has voted on a book.
//! It is no history: replaced at each change, read after a crash, emptied when the session is wrapped up and the
//! vote is closed.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::domain::floor::Floor;
use crate::domain::id::Key;
use crate::engine::Engine;
use crate::engine::voters::Voters;

/// The name of the file in the folder of the store.
const NAME: &str = "running.json";
/// A file that is larger than this was not written by circlet.
const LARGEST: u64 = 4 * 1024 * 1024;

/// What is kept beside the store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Aside {
    /// Who speaks and who waits.
    pub(crate) floor: Option<Floor>,
    /// Text by the name of its field.
    pub(crate) drafts: BTreeMap<String, String>,
    /// Rows to erase when the session is wrapped up; until then they lie in the trash.
    pub(crate) erase: Vec<Key>,
    /// Whether the session is off the record. While it is, the rest stays as it was when that began.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) off_record: bool,
    /// Who has voted, in votes that are open; a session that ends does not end them.
    #[serde(skip_serializing_if = "Voters::is_empty")]
    pub(crate) voted: Voters,
}

impl Aside {
    /// Whether there is nothing to keep.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes over what an owner that is gone has left. Its file is what everybody saw of the floor;
    /// of two texts for one field the one that was typed here stays.
    pub(crate) fn take_over(&mut self, left: Self) {
        self.floor = left.floor.or(self.floor.take());
        self.off_record = left.off_record;
        self.voted = left.voted;
        for (name, text) in left.drafts {
            self.drafts.entry(name).or_insert(text);
        }
        self.erase.extend(left.erase);
        self.erase.sort_unstable();
        self.erase.dedup();
    }

    /// As it is written; `None` when there is nothing to keep.
    pub(crate) fn to_bytes(&self) -> Option<Vec<u8>> {
        if self.is_empty() {
            return None;
        }
        serde_json::to_vec(self).ok()
    }
}

fn path(store: &Path) -> PathBuf {
    store.join(NAME)
}

/// Reads what was left beside `store`. A file that cannot be read counts as none: it holds nothing
/// that was promised to be kept.
pub(crate) fn read(store: &Path) -> Aside {
    let path = path(store);
    let fits = fs::metadata(&path).is_ok_and(|found| found.len() <= LARGEST);
    if !fits {
        return Aside::default();
    }
    fs::read(&path)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

/// Replaces the file, or removes it. Not synced: it is to survive a crash of the program, not of
/// the computer.
pub(crate) fn write(store: &Path, bytes: Option<&[u8]>) -> std::io::Result<()> {
    let path = path(store);
    let Some(bytes) = bytes else {
        return match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
    };
    let fresh = path.with_extension("json.new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&fresh)?.write_all(bytes)?;
    fs::rename(&fresh, &path)
}

impl Engine {
    /// Keeps a text that was typed and not saved, under the name of its field; an empty one is
    /// forgotten. It survives a crash and goes when a session is wrapped up. Off the record nothing is kept.
    pub fn set_draft(&mut self, name: &str, text: &str) {
        if self.aside.off_record {
            return;
        }
        if text.is_empty() {
            self.aside.drafts.remove(name);
        } else {
            self.aside.drafts.insert(name.to_owned(), text.to_owned());
        }
        self.keep_aside();
    }

    /// The texts that were typed and not saved, by the name of their field.
    pub const fn drafts(&self) -> &BTreeMap<String, String> {
        &self.aside.drafts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture;

    #[test]
    fn what_is_beside_the_store_reads_back_and_goes_when_it_is_empty() {
        let dir = tempfile::tempdir().unwrap();
        let aside = Aside {
            floor: Some(Floor::new(fixture::session_id())),
            drafts: BTreeMap::from([("capture".to_owned(), "a Send the deck".to_owned())]),
            erase: Vec::new(),
            off_record: true,
            voted: Voters::new(),
        };
        write(dir.path(), aside.to_bytes().as_deref()).unwrap();
        assert_eq!(read(dir.path()), aside);
        write(dir.path(), Aside::default().to_bytes().as_deref()).unwrap();
        assert_eq!(read(dir.path()), Aside::default());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), Some(b"{}")).unwrap();
        let mode = fs::metadata(path(dir.path())).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_damaged_file_counts_as_none() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), Some(b"{\"floor\": 7")).unwrap();
        assert_eq!(read(dir.path()), Aside::default());
    }
}
