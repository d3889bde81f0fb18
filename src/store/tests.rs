//! What the store on disk promises beyond the contract: it survives its own end, damage, a full
//! disk and interruptions, and it forgets when told to.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use crate::domain::change::Act;
use crate::domain::clock::{Moment, Span};
use crate::domain::id::Kind;
use crate::store::contract::{act, circle, everything, key, note, play, put, steps};
use crate::store::*;

mod crash;
mod damage;
mod faults;
mod forget;
mod long;
mod others;

const ID: Uuid = Uuid::from_u128(99);

fn now() -> Moment {
    Moment::from_millis(1_772_000_000_000)
}

fn fresh(dir: &Path) -> Disk {
    create(dir, ID).unwrap()
}

/// Opens a store that nobody holds. A process that another test starts at this moment is born with our open
/// files and lets go of them as it begins, so the lock may be held for an instant longer.
fn ready(dir: &Path) -> (Disk, Option<Repaired>) {
    let mut tries = (0..50_000).map(|_| open(dir, now()));
    let is_busy = |opened: &Result<Opened>| matches!(opened, Err(StoreError::Busy { .. }));
    let opened = tries.find(|opened| !is_busy(opened));
    match opened.expect("somebody holds the lock").unwrap() {
        Opened::Ready { store, repaired } => (*store, repaired),
        Opened::Damaged { report, .. } => panic!("damaged: {report:?}"),
    }
}

/// What a kill leaves: the files as they are at this moment.
fn copy_dir(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_dir(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

/// Every file below a folder with its bytes.
fn contents(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for path in files::entries(dir).unwrap() {
        if path.is_dir() {
            all.extend(contents(&path));
        } else {
            all.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    all.sort();
    all
}

#[test]
fn a_store_that_was_closed_opens_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let mut store = fresh(&dir);
    for n in 1..=20 {
        store.commit(note(n, "text")).unwrap();
    }
    let before = everything(&store);
    store.close(now(), false).unwrap();
    let (mut store, repaired) = ready(&dir);
    assert_eq!((everything(&store), repaired), (before, None));
    store.commit(note(21, "text")).unwrap();
    assert!(store.check().unwrap().findings.is_empty());
}

/// Uses a store twice and leaves it each time: what is there between the two uses in `between`, what is there behind
/// them in `left`, and what the store held. Leaving keeps the lock until the process ends, so copies are looked at.
fn left_twice(folder: &Path) -> String {
    let use_it = |store: &mut Disk, numbers: std::ops::RangeInclusive<u128>| {
        for n in numbers {
            store.commit(note(n, "text")).unwrap();
        }
    };
    let mut store = fresh(&folder.join("first"));
    use_it(&mut store, 1..=20);
    store.leave().unwrap();
    copy_dir(&folder.join("first"), &folder.join("between"));
    copy_dir(&folder.join("first"), &folder.join("second"));
    let (mut store, repaired) = ready(&folder.join("second"));
    assert_eq!(repaired, None);
    use_it(&mut store, 21..=25);
    let all = everything(&store);
    store.leave().unwrap();
    copy_dir(&folder.join("second"), &folder.join("left"));
    all
}

#[test]
fn a_store_that_was_left_opens_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let all = left_twice(folder.path());
    let (store, repaired) = ready(&folder.path().join("left"));
    assert_eq!((everything(&store), repaired), (all, None));
    assert!(store.check().unwrap().findings.is_empty());
}

#[test]
fn a_power_cut_behind_a_store_that_was_left_takes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let all = left_twice(folder.path());
    let (dir, between) = (folder.path().join("left"), folder.path().join("between"));
    // The journal is on disk, the last writes of the database are not.
    fs::remove_dir_all(dir.join(files::DATABASE)).unwrap();
    copy_dir(&between.join(files::DATABASE), &dir.join(files::DATABASE));
    let (store, repaired) = ready(&dir);
    assert_eq!((everything(&store), repaired), (all, None));
    store.leave().unwrap();
    // Whoever comes next finds it as left, and reads no journal again.
    let state = state::read(&dir).unwrap();
    assert!(state.left && state.seq == 25, "{state:?}");
}

#[test]
fn a_killed_store_opens_with_everything_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, killed) = (folder.path().join("store"), folder.path().join("killed"));
    let mut store = fresh(&dir);
    for n in 1..=20 {
        store.commit(note(n, "text")).unwrap();
        if n % 10 == 5 {
            store.snapshot(now()).unwrap();
        }
    }
    copy_dir(&dir, &killed);
    let (reopened, repaired) = ready(&killed);
    assert_eq!(
        (everything(&reopened), repaired),
        (everything(&store), None)
    );
    assert!(reopened.check().unwrap().findings.is_empty());
}

#[test]
fn an_unfinished_last_line_is_dropped_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, killed) = (folder.path().join("store"), folder.path().join("killed"));
    let mut store = fresh(&dir);
    for n in 1..=5 {
        store.commit(note(n, "text")).unwrap();
    }
    copy_dir(&dir, &killed);
    let journal = killed.join("journal-1");
    let mut bytes = fs::read(&journal).unwrap();
    let torn = frame::frame(6, b"{\"half\": true}");
    bytes.extend_from_slice(&torn[..torn.len() / 2]);
    fs::write(&journal, bytes).unwrap();
    let (mut reopened, repaired) = ready(&killed);
    assert_eq!(
        (everything(&reopened), repaired),
        (everything(&store), None)
    );
    // The next act goes to a new journal, and the unfinished line stays ignored for good.
    reopened.commit(note(6, "next")).unwrap();
    let before = everything(&reopened);
    let again = folder.path().join("again");
    copy_dir(&killed, &again);
    let (reopened, repaired) = ready(&again);
    assert_eq!((everything(&reopened), repaired), (before, None));
}

#[test]
fn a_bad_line_in_the_middle_is_told_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, killed) = (folder.path().join("store"), folder.path().join("killed"));
    let mut store = fresh(&dir);
    for n in 1..=5 {
        store.commit(note(n, "text")).unwrap();
    }
    copy_dir(&dir, &killed);
    let journal = killed.join("journal-1");
    let mut bytes = fs::read(&journal).unwrap();
    let line = bytes
        .iter()
        .enumerate()
        .filter(|(_, b)| **b == b'\n')
        .nth(2)
        .unwrap()
        .0;
    bytes[line + 60] ^= 4;
    fs::write(&journal, &bytes).unwrap();
    // Nothing but the journal has it: the database was never brought to disk.
    fs::remove_dir_all(killed.join("sled")).unwrap();
    let Opened::Damaged { view, report } = open(&killed, now()).unwrap() else {
        panic!("an act that is gone was not told");
    };
    assert!(
        report.iter().any(|finding| finding.place == "journal-1:4"),
        "{report:?}"
    );
    assert!(
        report
            .iter()
            .any(|finding| finding.what.contains("missing")),
        "{report:?}"
    );
    assert_eq!(view.get(&key(circle(1), Kind::Note, 3)).unwrap(), None);
    assert!(view.get(&key(circle(1), Kind::Note, 5)).unwrap().is_some());
    let Opened::Ready { store, repaired } = open_accepting_loss(&killed, now()).unwrap() else {
        panic!("a loss that was accepted still stops the store");
    };
    assert!(store.get(&key(circle(1), Kind::Note, 5)).unwrap().is_some());
    assert!(!repaired.unwrap().copies.is_empty());
    assert!(store.check().unwrap().findings.is_empty());
    store.close(now(), true).unwrap();
    assert_eq!(ready(&killed).1, None);
}

#[test]
fn a_second_owner_is_told_who_the_first_is() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let mut store = fresh(&dir);
    store.commit(note(1, "text")).unwrap();
    let Err(StoreError::Busy { pid, .. }) = open(&dir, now()) else {
        panic!("two owners");
    };
    assert_eq!(pid, Some(std::process::id()));
    assert_eq!(everything(&read_only(&dir).unwrap()), everything(&store));
    store.close(now(), false).unwrap();
    ready(&dir);
}

#[test]
fn reading_makes_no_store_and_making_one_spares_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    assert!(matches!(open(&dir, now()), Err(StoreError::Absent(_))));
    assert!(matches!(read_only(&dir), Err(StoreError::Absent(_))));
    assert!(!dir.exists());
    fresh(&dir).close(now(), false).unwrap();
    assert!(matches!(create(&dir, ID), Err(StoreError::Exists(_))));
    ready(&dir);
}

#[test]
fn a_newer_store_is_refused_without_changing_a_byte() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let mut store = fresh(&dir);
    store.commit(note(1, "text")).unwrap();
    store.close(now(), false).unwrap();
    let mut json = serde_json::to_value(state::read(&dir).unwrap()).unwrap();
    for (field, found) in [("format", 2), ("schema", 999_999)] {
        json[field] = json!(found);
        fs::write(
            dir.join("state"),
            frame::frame(1, json.to_string().as_bytes()),
        )
        .unwrap();
        let before = contents(&dir);
        let Err(error) = open(&dir, now()) else {
            panic!("opened a newer store")
        };
        assert!(matches!(error, StoreError::TooNew { .. }), "{error}");
        assert!(matches!(read_only(&dir), Err(StoreError::TooNew { .. })));
        assert_eq!(contents(&dir), before);
    }
}

#[cfg(unix)]
#[test]
fn group_and_others_can_do_nothing_with_any_file() {
    use std::os::unix::fs::PermissionsExt;

    fn open_to_others(dir: &Path) -> Vec<PathBuf> {
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        let mut found: Vec<_> = contents(dir).into_iter().map(|(path, _)| path).collect();
        found.extend([dir.to_owned(), dir.join("sled")]);
        found.retain(|path| mode(path) & 0o077 != 0);
        found
    }

    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let mut store = fresh(&dir);
    store.commit(note(1, "text")).unwrap();
    store.snapshot(now()).unwrap();
    assert_eq!(open_to_others(&dir), Vec::<PathBuf>::new());
    store.close(now(), true).unwrap();
    fs::set_permissions(dir.join("journal-1"), fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
    let _store = ready(&dir);
    assert_eq!(open_to_others(&dir), Vec::<PathBuf>::new());
}

#[test]
fn an_act_of_many_megabytes_is_one_act() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, killed) = (folder.path().join("store"), folder.path().join("killed"));
    let mut store = fresh(&dir);
    let row = |n| {
        put(
            key(circle(1), Kind::Question, n),
            None,
            json!({"number": n, "text": "x".repeat(90)}),
        )
    };
    let done = store
        .commit(act(1, (1..=20_000).map(row).collect()))
        .unwrap();
    assert!(serde_json::to_vec(&done).unwrap().len() > 3_000_000);
    assert_eq!(store.act(done.id).unwrap().unwrap(), done);
    copy_dir(&dir, &killed);
    let (reopened, repaired) = ready(&killed);
    assert_eq!(repaired, None);
    assert_eq!(reopened.heads().unwrap(), store.heads().unwrap());
    assert_eq!(reopened.heads().unwrap()[&circle(1)].docs, 20_000);
    assert_eq!(reopened.act(done.id).unwrap().unwrap(), done);
    assert!(reopened.check().unwrap().findings.is_empty());
}

#[test]
fn an_interrupted_opening_builds_the_database_again() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let mut store = fresh(&dir);
    for n in 1..=5 {
        store.commit(note(n, "text")).unwrap();
    }
    let before = everything(&store);
    store.close(now(), false).unwrap();
    fs::write(dir.join("opening"), "").unwrap();
    let (store, repaired) = ready(&dir);
    let repaired = repaired.unwrap();
    assert_eq!(everything(&store), before);
    assert_eq!(repaired.records, Some(5));
    assert!(repaired.copies[0].join("db").exists());
    assert!(repaired.to_string().contains("5 records came back"));
}

#[test]
fn a_check_on_the_side_never_takes_work_in_progress_for_damage() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = fresh(&folder.path().join("store"));
    let checker = store.checker();
    let checking = std::thread::spawn(move || {
        let cancel = std::sync::atomic::AtomicBool::new(false);
        (0..20)
            .filter_map(|_| checker.run(&cancel).unwrap())
            .flat_map(|r| r.findings)
            .collect::<Vec<_>>()
    });
    for n in 1..=200 {
        store.commit(note(n, "text")).unwrap();
    }
    assert_eq!(checking.join().unwrap(), []);
}

#[test]
fn snapshots_are_thinned_and_old_journals_go() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let mut store = fresh(&dir);
    for day in 0..60 {
        let at = now() + Span::from_minutes(24 * 60 * day);
        store
            .commit(note(u128::try_from(day).unwrap() + 1, "text"))
            .unwrap();
        assert!(store.snapshot_due(at).unwrap());
        store.snapshot(at).unwrap();
        assert!(!store.snapshot_due(at).unwrap());
    }
    let snapshots = files::snapshots(&dir).unwrap().len();
    assert!((9..=14).contains(&snapshots), "{snapshots}");
    assert!(files::journals(&dir).unwrap().len() <= 3);
    fs::remove_dir_all(dir.join("sled")).unwrap();
    let before = everything(&store);
    drop(store);
    assert_eq!(everything(&ready(&dir).0), before);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_backup_restores_to_the_same_store(steps in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let (dir, file) = (folder.path().join("store"), folder.path().join("backup.jsonl"));
        let mut store = fresh(&dir);
        play(&mut store, &steps);
        store.backup(&file, now()).unwrap();
        prop_assert!(matches!(store.backup(&file, now()), Err(StoreError::Exists(_))));
        let to = folder.path().join("restored");
        restore(&file, &to).unwrap();
        let (restored, repaired) = ready(&to);
        prop_assert_eq!((everything(&restored), repaired), (everything(&store), None));
        prop_assert!(restored.check().unwrap().findings.is_empty());
        prop_assert!(matches!(restore(&file, &to), Err(StoreError::Exists(_))));
        prop_assert_eq!(everything(&read_only(&to).unwrap()), everything(&store));
    }
}

#[test]
fn a_damaged_backup_restores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.jsonl");
    let mut store = fresh(&folder.path().join("store"));
    for n in 1..=5 {
        store.commit(note(n, "text")).unwrap();
    }
    store.backup(&file, now()).unwrap();
    let whole = fs::read(&file).unwrap();
    let to = folder.path().join("restored");
    for cut in (0..whole.len()).step_by(61) {
        fs::write(&file, &whole[..cut]).unwrap();
        assert!(restore(&file, &to).is_err(), "cut at {cut}");
        let mut flipped = whole.clone();
        flipped[cut] ^= 1;
        fs::write(&file, &flipped).unwrap();
        assert!(restore(&file, &to).is_err(), "flipped at {cut}");
        assert!(!to.exists());
    }
}

#[test]
fn the_same_act_after_a_restart_returns_the_first_result() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let mut store = fresh(&dir);
    let first: Act = store.commit(note(1, "text")).unwrap();
    store.close(now(), false).unwrap();
    let (mut store, _) = ready(&dir);
    assert_eq!(store.commit(note(1, "text")).unwrap(), first);
    assert_eq!(store.seq().unwrap(), 1);
}

#[test]
fn a_database_that_fails_is_replaced_by_memory_until_the_next_open() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let mut store = fresh(&dir);
    let mut model = Memory::new();
    for n in 1..=6 {
        store.commit(note(n, "text")).unwrap();
        model.commit(note(n, "text")).unwrap();
    }
    store.fall_behind();
    assert!(store.behind());
    assert_eq!(everything(&store), everything(&model));
    store.commit(note(7, "text")).unwrap();
    model.commit(note(7, "text")).unwrap();
    assert!(store.check().unwrap().findings.is_empty());
    store.close(now(), true).unwrap();
    let (store, repaired) = ready(&dir);
    assert_eq!((everything(&store), repaired), (everything(&model), None));
    assert!(!store.behind());
    assert!(store.check().unwrap().findings.is_empty());
}

#[test]
fn history_keeps_a_thousand_acts_or_ninety_days() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = fresh(&folder.path().join("store"));
    for n in 1..=1_020 {
        store.commit(note(n, "text")).unwrap();
    }
    store
        .commit(act(
            2_000,
            vec![put(key(circle(2), Kind::Note, 1), None, json!(1))],
        ))
        .unwrap();
    let kept = |store: &Disk| {
        let order = ActOrder::After(0);
        let query = ActQuery {
            space: None,
            order,
            limit: usize::MAX,
        };
        store
            .acts(&query)
            .unwrap()
            .into_iter()
            .map(|act| act.seq)
            .collect::<Vec<_>>()
    };
    store
        .snapshot(now() + Span::from_minutes(80 * 24 * 60))
        .unwrap();
    assert_eq!(kept(&store).len(), 1_021);
    store
        .commit(act(
            2_001,
            vec![put(key(circle(2), Kind::Note, 2), None, json!(1))],
        ))
        .unwrap();
    store
        .snapshot(now() + Span::from_minutes(100 * 24 * 60))
        .unwrap();
    assert_eq!(kept(&store), (21..=1_022).collect::<Vec<_>>());
    assert_eq!(store.heads().unwrap()[&circle(1)].docs, 1_020);
    assert!(store.check().unwrap().findings.is_empty());
}
