//! The database that everything is read from. This is the only file that names it.
//!
//! It hides damage and can panic on it, so every call is guarded, every record carries a checksum,
//! and count and digest of each space prove that nothing is missing. It is never the only copy.
//!
//! | tree | key | value |
//! | --- | --- | --- |
//! | `doc` | space, kind, 0, id | format, schema, revision, checksum, JSON |
//! | `idx` | space, list, 0, value, 0 0, kind, 0, id | what `doc` has, in lists that are read whole; else nothing |
//! | `chg` | 0, seq, part / 1, space, seq | checksum and a part of an act / nothing |
//! | `op` | act id | seq |
//! | `space` | space | head and checksum |
//! | `meta` | name | totals and checksum |

use std::collections::BTreeMap;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ::sled::{Config, Db, Tree};
use uuid::Uuid;

use crate::domain::change::{Act, ChangeText, Rev};
use crate::domain::id::Space;
use crate::store::commit::{moved_heads, texts};
use crate::store::{Head, Load, Result, StoreError, Stored, fault, files};

mod brief;
mod carried;
mod few;
mod history;
mod long;
mod read;
mod rows;
mod runs;
mod verify;

use carried::{carries, listed, put_doc};
use few::Rows;
pub(crate) use rows::digest_of_heads;
use rows::{Meta, act_part, by_space, doc_key, idx_key, space_key};
use runs::Runs;
pub(crate) use verify::Verifier;

/// Changes in one batch. The database copies a page for each row and lets go of the copies only behind the batch:
/// a large one fills the memory with them.
const PORTION: usize = 100;
/// Bytes of an act in one row. The database keeps 16 rows in a page and rewrites it whole, so a
/// larger part makes its neighbours slow.
const PART: usize = 4 * 1024;
/// Rows of an act in one batch.
const PARTS: usize = 32;
/// Acts after which the database is brought to disk, so that replaying stays short.
const FLUSH_EVERY: u32 = 1_000;
const CACHE: u64 = 16 * 1024 * 1024;

/// The trees, and what is asked for so often that it is kept in memory.
pub(crate) struct Tables {
    path: PathBuf,
    db: Db,
    trees: Trees,
    heads: BTreeMap<Space, Head>,
    meta: Meta,
    unflushed: u32,
    /// Odd while an act is being applied; a check that saw it move begins again.
    epoch: Arc<AtomicU64>,
}

/// The trees of an open database.
#[derive(Clone)]
struct Trees {
    doc: Runs,
    idx: Runs,
    chg: Tree,
    op: Tree,
    space: Tree,
    meta: Tree,
}

/// Whether a panic comes from inside the database, where it is caught and becomes an error. A panic
/// hook has to leave such a one alone: the program goes on.
pub fn is_contained(panic: &std::panic::PanicHookInfo<'_>) -> bool {
    panic.location().is_some_and(|at| is_inside(at.file()))
}

/// Whether a source file is one of the database's.
fn is_inside(file: &str) -> bool {
    let is_folder = |part: &str| part.starts_with("sled-0.34");
    file.split(['/', '\\']).any(is_folder)
}

/// Calls the database, turning its panics into errors.
fn guarded<T>(path: &Path, call: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_panic| {
        Err(StoreError::corrupt(
            files::name(path),
            "the database stopped working on damaged data",
        ))
    })
}

/// What the database said, in our words.
fn broken(path: &Path) -> impl Fn(::sled::Error) -> StoreError {
    move |error| match error {
        // The database gives no kind of its own to this error.
        ::sled::Error::Io(error) if error.to_string().contains("could not acquire lock") => {
            StoreError::Busy {
                pid: None,
                version: None,
            }
        }
        // What the system said comes wrapped into the words of a debugger.
        ::sled::Error::Io(error) if error.get_ref().is_some() => {
            StoreError::io("used", path, std::io::Error::from(error.kind()))
        }
        ::sled::Error::Io(error) => StoreError::io("used", path, error),
        ::sled::Error::Corruption { .. } => {
            StoreError::corrupt(files::name(path), "the database found damaged data")
        }
        error => StoreError::Other(format!(
            "the database in {} failed: {error}",
            path.display()
        )),
    }
}

impl Tables {
    /// Opens the database in `path`, making an empty one where there is none. Can take long and can
    /// hang on a damaged one, so it belongs on a thread that is watched.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        guarded(path, || {
            let failed = broken(path);
            files::private_dir(path)?;
            let config = Config::new()
                .path(path)
                .flush_every_ms(None)
                .cache_capacity(CACHE);
            let db = config.open().map_err(&failed)?;
            let tree = |name: &str| db.open_tree(name).map_err(&failed);
            let trees = Trees {
                doc: Runs::new(tree("doc")?, path.to_owned()),
                idx: Runs::new(tree("idx")?, path.to_owned()),
                chg: tree("chg")?,
                op: tree("op")?,
                space: tree("space")?,
                meta: tree("meta")?,
            };
            let heads = trees.heads(path)?;
            let meta = trees.meta(path)?;
            files::fix_below(path)?;
            let path = path.to_owned();
            let epoch = Arc::default();
            Ok(Self {
                path,
                db,
                trees,
                heads,
                meta,
                unflushed: 0,
                epoch,
            })
        })
    }

    /// Hands everything to the system, which keeps it when the process ends, but not without power.
    pub(crate) fn hand_over(&self) -> Result<()> {
        guarded(&self.path, || {
            self.db.flush().map_err(broken(&self.path))?;
            Ok(())
        })
    }

    /// Brings everything to disk. The database's own flush does not sync, so its file is synced too.
    pub(crate) fn flush(&mut self) -> Result<()> {
        self.hand_over()?;
        guarded(&self.path, || {
            let file = self.path.join("db");
            File::open(&file)
                .and_then(|file| file.sync_data())
                .map_err(|error| StoreError::io("brought to disk", &file, error))
        })?;
        self.unflushed = 0;
        Ok(())
    }

    /// Sum of all heads, and the store they belong to.
    pub(crate) const fn meta(&self) -> &Meta {
        &self.meta
    }

    /// Says to which store this database belongs.
    pub(crate) fn set_store(&mut self, store: Uuid) -> Result<()> {
        self.meta.store = store;
        guarded(&self.path, || self.trees.set_meta(&self.path, &self.meta))
    }

    /// A handle for checking everything on another thread while acts go on.
    pub(crate) fn verifier(&self) -> Verifier {
        Verifier::new(
            self.path.clone(),
            self.trees.clone(),
            Arc::clone(&self.epoch),
        )
    }

    /// Ends the use of the database. Its threads can stumble over damage, which is of no interest any more.
    pub(crate) fn close(self) {
        let _ = catch_unwind(AssertUnwindSafe(move || drop(self)));
    }

    /// Writes documents, and collects the rows that come into lists and go from them.
    fn write_docs(
        &self,
        revs: &BTreeMap<Space, Rev>,
        changes: &[ChangeText],
        idx: &mut Rows,
    ) -> Result<()> {
        for portion in changes.chunks(PORTION) {
            let mut doc = Rows::default();
            for change in portion {
                let key = &change.key;
                if let Some(before) = &change.before {
                    for (name, value) in listed(key, before)? {
                        idx.remove(idx_key(name, &value, key));
                    }
                }
                let rev = revs.get(&key.space).copied().unwrap_or_default();
                match &change.after {
                    Some(after) => put_doc(&mut doc, idx, key, (rev, after))?,
                    None => doc.remove(doc_key(key)),
                }
            }
            self.trees.doc.write(doc)?;
            fault::point("mid-apply");
        }
        Ok(())
    }

    fn write_act(&self, act: &Act) -> Result<()> {
        let json = serde_json::to_vec(act)
            .map_err(|error| StoreError::Other(format!("an act could not be written: {error}")))?;
        self.write_parts((act.seq, 0), &json)?;
        self.write_places(act)
    }

    /// Writes some of the text of an act, beginning with this part, and tells the part behind it.
    fn write_parts(&self, (seq, first): (u64, u32), json: &[u8]) -> Result<u32> {
        let mut numbered = (first..).zip(json.chunks(PART)).peekable();
        let mut next = first;
        while numbered.peek().is_some() {
            let mut chg = Rows::default();
            for (n, part) in numbered.by_ref().take(PARTS) {
                chg.insert(act_part(seq, n), rows::sealed(part));
                next = n + 1;
            }
            chg.write(&self.trees.chg).map_err(broken(&self.path))?;
        }
        Ok(next)
    }

    /// Writes where an act is found: by its spaces and by its id.
    fn write_places(&self, act: &Act) -> Result<()> {
        let failed = broken(&self.path);
        let mut chg = Rows::default();
        for space in act.revs.keys() {
            chg.insert(by_space(space, act.seq), &[]);
        }
        chg.write(&self.trees.chg).map_err(&failed)?;
        let seq = rows::sealed(&act.seq.to_be_bytes());
        self.trees
            .op
            .insert(act.id.0.as_bytes(), seq)
            .map_err(&failed)?;
        Ok(())
    }

    fn write_heads(&mut self, moved: BTreeMap<Space, Head>, seq: u64) -> Result<()> {
        let mut heads = Rows::default();
        for (space, head) in &moved {
            heads.insert(space_key(space), rows::sealed(&rows::head_bytes(head)));
        }
        // Heads of which the totals know nothing would count as damage.
        let written = heads.write_together(&self.trees.space);
        written.map_err(broken(&self.path))?;
        self.heads.extend(moved);
        self.meta.seq = seq;
        self.meta.heads = digest_of_heads(&self.heads);
        self.trees.set_meta(&self.path, &self.meta)
    }
}

impl Tables {
    /// Ends the applying of an act: readers may look again, and what was written is flushed now and then.
    fn applied(&mut self, applied: Result<()>) -> Result<()> {
        self.epoch.fetch_add(1, Ordering::SeqCst);
        applied?;
        self.unflushed += 1;
        if self.unflushed >= FLUSH_EVERY {
            self.flush()
        } else {
            Ok(())
        }
    }
}

impl Load for Tables {
    fn apply(&mut self, act: &Act) -> Result<()> {
        let path = self.path.clone();
        self.epoch.fetch_add(1, Ordering::SeqCst);
        let applied = guarded(&path, || {
            let changes = texts(act);
            let moved = moved_heads(&self.heads, &act.revs, &changes);
            let mut idx = Rows::default();
            self.write_docs(&act.revs, &changes, &mut idx)?;
            self.trees.idx.write(idx)?;
            self.write_act(act)?;
            if act.seq > self.meta.seq {
                self.meta.count_act(act);
            }
            // The totals come last: until they say so, this act counts as not applied.
            let seq = self.meta.seq.max(act.seq);
            self.write_heads(moved, seq)
        });
        self.applied(applied)
    }

    fn load(&mut self, docs: Vec<Stored>) -> Result<()> {
        guarded(&self.path, || {
            let (mut doc, mut idx) = (Rows::default(), Rows::default());
            for stored in &docs {
                let value = (stored.rev, &stored.body);
                put_doc(&mut doc, &mut idx, &stored.key, value)?;
            }
            self.trees.doc.write(doc)?;
            self.trees.idx.write(idx)
        })
    }

    fn keep(&mut self, act: Act) -> Result<()> {
        self.meta.count_act(&act);
        guarded(&self.path, || self.write_act(&act))
    }

    fn finish(&mut self, heads: BTreeMap<Space, Head>, seq: u64) -> Result<()> {
        let path = self.path.clone();
        guarded(&path, || self.write_heads(heads, seq))
    }
}

impl Trees {
    fn heads(&self, path: &Path) -> Result<BTreeMap<Space, Head>> {
        let mut heads = BTreeMap::new();
        for row in &self.space {
            let (key, row) = row.map_err(broken(path))?;
            heads.insert(rows::read_space(path, &key)?, rows::read_head(path, &row)?);
        }
        Ok(heads)
    }

    fn meta(&self, path: &Path) -> Result<Meta> {
        let row = self.meta.get(rows::TOTALS).map_err(broken(path))?;
        row.map_or_else(|| Ok(Meta::default()), |row| Meta::read(path, &row))
    }

    fn set_meta(&self, path: &Path, meta: &Meta) -> Result<()> {
        self.meta
            .insert(rows::TOTALS, meta.sealed())
            .map_err(broken(path))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_is_held_is_busy_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sled");
        let held = Tables::open(&path).unwrap();
        let Err(StoreError::Busy { .. }) = Tables::open(&path) else {
            panic!("whoever waits for it would not know that it may be had later");
        };
        held.close();
    }

    #[test]
    fn only_panics_in_the_sources_of_the_database_are_contained() {
        assert!(is_inside(
            "/home/ana/.cargo/registry/src/sled-0.34.7/src/pagecache/mod.rs"
        ));
        assert!(is_inside("C:\\cargo\\sled-0.34.7\\src\\lib.rs"));
        assert!(!is_inside("src/store/sled.rs") && !is_inside("src/tui/terminal/crash.rs"));
    }
}
