//! The process ends at named places and at any moment: what was acknowledged is there.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::*;

const STORE: &str = "CIRCLET_CRASH_STORE";
const ACTS: u64 = 130;

/// The other process: says each act that was acknowledged. It is started by the tests below.
#[test]
#[ignore = "does nothing on its own"]
fn the_process_that_ends() {
    let Some(dir) = std::env::var_os(STORE).map(PathBuf::from) else {
        return;
    };
    let mut store = match open(&dir, now()) {
        Err(StoreError::Absent(_)) => fresh(&dir),
        Ok(Opened::Ready { store, .. }) => *store,
        Ok(Opened::Damaged { report, .. }) => panic!("{report:?}"),
        Err(error) => panic!("{error}"),
    };
    while store.seq().unwrap() < ACTS {
        let n = store.seq().unwrap() + 1;
        if n.is_multiple_of(60) {
            let gone = key(circle(1), Kind::Note, u128::from(n) - 10);
            store
                .erase(act(u128::from(n), Vec::new()), &[gone], &[])
                .unwrap();
        } else {
            store.commit(note(u128::from(n), "text")).unwrap();
        }
        println!("\nsaved {n}");
        if n.is_multiple_of(25) {
            store.snapshot(now()).unwrap();
        }
    }
    store.close(now(), true).unwrap();
}

fn start(dir: &Path, failpoint: &str) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "store::tests::crash::the_process_that_ends"]);
    command.args(["--include-ignored", "--nocapture", "--test-threads=1"]);
    command.env(STORE, dir).env("CIRCLET_FAILPOINT", failpoint);
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Lets the other process run until it ends, or ends it after `limit` acts; the newest act it told.
fn run(dir: &Path, failpoint: &str, limit: u64) -> u64 {
    let mut child = start(dir, failpoint);
    let mut newest = 0;
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        if let Some(n) = line.unwrap().strip_prefix("saved ") {
            newest = n.parse().unwrap();
            if newest >= limit {
                child.kill().unwrap();
            }
        }
    }
    child.wait().unwrap();
    newest
}

fn holds_everything_up_to(dir: &Path, acknowledged: u64) {
    let (store, repaired) = ready(dir);
    let seq = store.seq().unwrap();
    assert!(
        (acknowledged..=acknowledged + 1).contains(&seq),
        "{seq} of {acknowledged}"
    );
    assert!(repaired.is_none_or(|repaired| repaired.records.is_some()));
    for n in (1..=u128::from(acknowledged)).filter(|n| !n.is_multiple_of(60)) {
        let erased = (n + 10).is_multiple_of(60) && n + 10 <= u128::from(seq);
        let there = store.get(&key(circle(1), Kind::Note, n)).unwrap().is_some();
        assert_ne!(there, erased, "note {n} at act {seq}");
    }
    let findings = store.check().unwrap().findings;
    assert!(findings.is_empty(), "{findings:?}");
    store.close(now(), false).unwrap();
}

#[test]
fn nothing_acknowledged_is_lost_wherever_the_process_ends() {
    let places = [
        ("after-journal-sync", [1, 2, 40]),
        ("mid-apply", [1, 30, 70]),
        ("in-snapshot", [1, 2, 3]),
        ("before-rename", [1, 2, 4]),
        ("after-rename", [1, 3, 4]),
        ("in-rebuild", [1, 2, 1]),
    ];
    for (place, counts) in places {
        for count in counts {
            let folder = tempfile::tempdir().unwrap();
            let dir = folder.path().join("store");
            let acknowledged = run(&dir, &format!("{place}:{count}"), u64::MAX);
            assert!(acknowledged < ACTS, "{place} was not passed {count} times");
            if acknowledged > 0 || files::is_store(&dir).unwrap() {
                holds_everything_up_to(&dir, acknowledged);
            }
            assert_eq!(run(&dir, "", u64::MAX), ACTS);
            holds_everything_up_to(&dir, ACTS);
        }
    }
}

#[test]
fn an_interrupted_repair_is_repaired() {
    for place in [
        "in-rebuild",
        "in-swap",
        "in-snapshot",
        "before-rename",
        "after-rename",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("store");
        let mut store = fresh(&dir);
        for n in 1..=50 {
            store.commit(note(n, "text")).unwrap();
        }
        store.close(now(), true).unwrap();
        fs::remove_file(dir.join("sled/db")).unwrap();
        assert_eq!(run(&dir, &format!("{place}:1"), u64::MAX), 0, "{place}");
        holds_everything_up_to(&dir, 50);
    }
}

#[test]
fn nothing_acknowledged_is_lost_by_a_kill() {
    for round in 1..=15 {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("store");
        let acknowledged = run(&dir, "", round * 8);
        let (store, _) = ready(&dir);
        let seq = store.seq().unwrap();
        assert!(seq >= acknowledged);
        drop(store);
        // It may have saved more than it could tell.
        holds_everything_up_to(&dir, seq);
    }
}
