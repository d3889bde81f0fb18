//! A disk that fails at the n-th write, sync or cut.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::*;
use crate::store::journal::{Medium, on_disk};

/// Lets this many calls through and fails the rest.
struct Failing {
    real: Box<dyn Medium>,
    left: Arc<AtomicI64>,
    cut_fails: bool,
}

impl Failing {
    fn call(&self) -> io::Result<()> {
        if self.left.fetch_sub(1, Ordering::SeqCst) > 0 {
            return Ok(());
        }
        Err(io::ErrorKind::StorageFull.into())
    }
}

impl Medium for Failing {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.call() {
            Ok(()) => self.real.write_all(bytes),
            Err(error) => {
                self.real.write_all(&bytes[..bytes.len() / 2])?;
                Err(error)
            }
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        self.call()?;
        self.real.sync()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        if self.cut_fails {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.real.cut(length)
    }
}

fn fail_from(store: &mut Disk, calls: i64, cut_fails: bool) -> Arc<AtomicI64> {
    let left = Arc::new(AtomicI64::new(calls));
    let shared = Arc::clone(&left);
    store.journal = journal::Journal::behind(&store.dir, store.id, store.journal.place().0);
    store.journal.use_opener(Box::new(move |path: &Path| {
        let (real, left) = (on_disk()(path)?, Arc::clone(&shared));
        Ok(Box::new(Failing {
            real,
            left,
            cut_fails,
        }))
    }));
    left
}

#[test]
fn a_full_disk_loses_nothing_and_saving_goes_on_when_there_is_room() {
    for calls in 0..12 {
        for cut_fails in [false, true] {
            let folder = tempfile::tempdir().unwrap();
            let (dir, killed) = (folder.path().join("store"), folder.path().join("killed"));
            let mut store = fresh(&dir);
            store.commit(note(1, "text")).unwrap();
            let left = fail_from(&mut store, calls, cut_fails);
            let mut saved = vec![1];
            for n in 2..=8 {
                match store.commit(note(n, "text")) {
                    Ok(_) => saved.push(n),
                    Err(error) => assert!(matches!(error, StoreError::Full(_)), "{error}"),
                }
            }
            assert!(saved.len() < 8);
            let full = folder.path().join("full");
            copy_dir(&dir, &full);
            let (reopened, _) = ready(&full);
            for n in &saved {
                assert!(
                    reopened
                        .get(&key(circle(1), Kind::Note, *n))
                        .unwrap()
                        .is_some()
                );
            }

            left.store(1_000_000, Ordering::SeqCst);
            for n in 2..=8 {
                store.commit(note(n, "text")).unwrap();
            }
            copy_dir(&dir, &killed);
            let (reopened, repaired) = ready(&killed);
            assert_eq!(
                everything(&reopened),
                everything(&store),
                "{calls} {cut_fails}"
            );
            assert_eq!(repaired, None);
            assert_eq!(reopened.seq().unwrap(), 8);
        }
    }
}

#[test]
fn a_failed_act_is_not_seen_by_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = fresh(&folder.path().join("store"));
    store.commit(note(1, "text")).unwrap();
    let left = fail_from(&mut store, 0, true);
    assert!(store.commit(note(2, "lost")).is_err());
    left.store(1_000_000, Ordering::SeqCst);
    // Another act takes the place that the failed one would have had.
    let done = store.commit(note(3, "text")).unwrap();
    assert_eq!(done.seq, 2);
    assert_eq!(store.get(&key(circle(1), Kind::Note, 2)).unwrap(), None);
}
