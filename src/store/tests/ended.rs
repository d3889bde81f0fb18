//! Uses that end by leaving, power cuts behind them, and journals that lack something.

use super::*;

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
fn a_power_cut_keeps_every_act_whatever_it_takes_of_the_other_files() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let moment = |n: u128| folder.path().join(format!("moment-{n}"));
    let mut store = fresh(&dir);
    for n in 1..=6 {
        store.commit(note(n, "text")).unwrap();
        store.hand_over().unwrap();
        copy_dir(&dir, &moment(n));
    }
    let all = everything(&store);
    for (state, database) in (1..=6).flat_map(|state| (1..=6).map(move |other| (state, other))) {
        let cut = folder.path().join(format!("cut-{state}-{database}"));
        copy_dir(&moment(6), &cut);
        fs::copy(moment(state).join(files::STATE), cut.join(files::STATE)).unwrap();
        fs::remove_dir_all(cut.join(files::DATABASE)).unwrap();
        copy_dir(
            &moment(database).join(files::DATABASE),
            &cut.join(files::DATABASE),
        );
        let (store, repaired) = ready(&cut);
        assert_eq!(
            (everything(&store), repaired),
            (all.clone(), None),
            "{state} {database}"
        );
    }
}

#[test]
fn a_store_with_an_unfinished_line_is_read_whole_only_once() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let mut store = fresh(&first);
    store.commit(note(1, "text")).unwrap();
    store.leave().unwrap();
    copy_dir(&first, &second);
    let mut bytes = fs::read(second.join("journal-1")).unwrap();
    bytes.extend_from_slice(b"000000ff half a");
    fs::write(second.join("journal-1"), bytes).unwrap();
    ready(&second).0.leave().unwrap();
    let third = folder.path().join("third");
    copy_dir(&second, &third);
    let before = contents(&third);
    let (store, repaired) = ready(&third);
    assert_eq!((store.mark, repaired), (state::Mark::Left, None));
    assert_eq!(store.seq().unwrap(), 1);
    store.leave().unwrap();
    let journals = |files: &[(PathBuf, Vec<u8>)]| -> Vec<_> {
        let ours = files.iter().filter(|(path, _)| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("journal-") || name == files::STATE
        });
        ours.cloned().collect()
    };
    assert_eq!(journals(&contents(&third)), journals(&before));
}

#[test]
fn a_journal_whose_end_is_gone_is_told_and_a_snapshot_takes_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let (dir, cut) = (folder.path().join("store"), folder.path().join("cut"));
    let mut store = fresh(&dir);
    for n in 1..=6 {
        store.commit(note(n, "text")).unwrap();
    }
    let all = everything(&store);
    store.leave().unwrap();
    copy_dir(&dir, &cut);
    let journal = cut.join("journal-1");
    let text = fs::read_to_string(&journal).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    fs::write(&journal, lines[..lines.len() - 2].join("\n") + "\n").unwrap();
    let (mut store, repaired) = ready(&cut);
    let found = repaired.unwrap().found;
    assert!(
        found[0].what.contains("the end of the file is missing"),
        "{found:?}"
    );
    assert_eq!(everything(&store), all);
    store.commit(note(7, "text")).unwrap();
    let all = everything(&store);
    store.close(now(), false).unwrap();
    // The database is not needed to have all of it.
    fs::remove_dir_all(cut.join(files::DATABASE)).unwrap();
    assert_eq!(everything(&ready(&cut).0), all);
}

#[test]
fn a_hole_between_journals_is_found_by_a_check_and_mended_by_a_snapshot() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let mut store = fresh(&dir);
    for n in 1..=6 {
        store.commit(note(n, "text")).unwrap();
    }
    let journal = dir.join("journal-1");
    let text = fs::read_to_string(&journal).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.remove(4);
    fs::write(&journal, lines.join("\n") + "\n").unwrap();
    let report = store.check().unwrap();
    assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
    assert!(
        report.findings[0]
            .what
            .starts_with("what follows act 3 is missing"),
        "{report:?}"
    );
    store.repair(&report, now()).unwrap();
    assert!(store.check().unwrap().findings.is_empty());
    let all = everything(&store);
    store.close(now(), false).unwrap();
    fs::remove_dir_all(dir.join(files::DATABASE)).unwrap();
    assert_eq!(everything(&ready(&dir).0), all);
}
