//! Erasing.

use super::*;

const SECRET: &str = "zanzibar-7731";

fn holds(dir: &Path) -> Vec<PathBuf> {
    let found = contents(dir).into_iter();
    let has = |bytes: &[u8]| {
        bytes
            .windows(SECRET.len())
            .any(|window| window == SECRET.as_bytes())
    };
    found
        .filter(|(_, bytes)| has(bytes))
        .map(|(path, _)| path)
        .collect()
}

fn with_secret(dir: &Path) -> Disk {
    let mut store = fresh(dir);
    for n in 1..=40 {
        store.commit(note(n, &format!("text {n}"))).unwrap();
    }
    let secret = key(circle(1), Kind::Note, 100);
    let named = key(circle(1), Kind::Action, 101);
    let mut both = act(
        100,
        vec![
            put(secret, None, json!({"text": SECRET, "trashed": null})),
            put(
                named,
                None,
                json!({"text": format!("ask {SECRET}"), "state": "open", "number": 1}),
            ),
        ],
    );
    both.title = format!("note {SECRET}");
    store.commit(both).unwrap();
    store.snapshot(now()).unwrap();
    store.sync().unwrap();
    let before = store.get(&named).unwrap().unwrap().value().unwrap();
    let after = json!({"text": "ask a former member", "state": "open", "number": 1});
    store
        .commit(act(101, vec![put(named, Some(before), after)]))
        .unwrap();
    let copy = dir.join("damaged-20260301T120000Z-sled");
    fs::create_dir(&copy).unwrap();
    fs::write(copy.join("db"), SECRET).unwrap();
    fs::create_dir(dir.join("backups")).unwrap();
    fs::write(dir.join("backups/circlet-2026-03-01.backup"), SECRET).unwrap();
    store
}

fn erase(store: &mut Disk) -> Act {
    try_erase(store).unwrap()
}

fn try_erase(store: &mut Disk) -> Result<Act> {
    let secret = key(circle(1), Kind::Note, 100);
    let named = key(circle(1), Kind::Action, 101);
    store.erase(
        Act {
            title: "erased a note".to_owned(),
            ..act(200, Vec::new())
        },
        &[secret],
        &[named],
    )
}

#[test]
fn erased_text_is_in_no_file_of_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let mut store = with_secret(&dir);
    assert!(holds(&dir).len() >= 3, "{:?}", holds(&dir));
    let done = erase(&mut store);
    assert_eq!(holds(&dir), Vec::<PathBuf>::new());
    assert_eq!(store.get(&key(circle(1), Kind::Note, 100)).unwrap(), None);
    let named = store
        .get(&key(circle(1), Kind::Action, 101))
        .unwrap()
        .unwrap();
    assert_eq!(named.value().unwrap()["text"], "ask a former member");
    assert!(store.check().unwrap().findings.is_empty());
    // Sending it again changes nothing, and the store goes on.
    assert_eq!(erase(&mut store), done);
    store.commit(note(300, "later")).unwrap();
    assert_eq!(store.heads().unwrap()[&circle(1)].docs, 42);
    let before = everything(&store);
    store.close(now(), true).unwrap();
    let (store, repaired) = ready(&dir);
    assert_eq!((everything(&store), repaired), (before, None));
    assert_eq!(holds(&dir), Vec::<PathBuf>::new());
    let erased = store.act(act(100, Vec::new()).id).unwrap().unwrap();
    assert_eq!((erased.title.as_str(), erased.changes.len()), ("erased", 0));
}

#[test]
fn an_erase_interrupted_at_any_file_is_finished_at_the_next_open() {
    for kept in [&["erasing"][..], &["erasing", "snapshot-43.jsonl"]] {
        let folder = tempfile::tempdir().unwrap();
        let (dir, killed) = (folder.path().join("store"), folder.path().join("killed"));
        let mut store = with_secret(&dir);
        copy_dir(&dir, &killed);
        fault::fill(Some("erase-sweep"));
        assert!(try_erase(&mut store).is_err());
        fault::fill(None);
        fs::rename(dir.join("erasing-later"), dir.join("erasing")).unwrap();
        for name in kept {
            fs::copy(dir.join(name), killed.join(name)).unwrap();
        }
        let (reopened, _) = ready(&killed);
        assert_eq!(everything(&reopened), everything(&store), "{kept:?}");
        assert_eq!(holds(&killed), Vec::<PathBuf>::new(), "{kept:?}");
    }
}

#[test]
fn a_store_whose_erase_fails_goes_on_and_erases_at_the_next_start() {
    for place in ["erase-build", "erase-sweep"] {
        let folder = tempfile::tempdir().unwrap();
        let (dir, killed) = (folder.path().join("store"), folder.path().join("killed"));
        let mut store = with_secret(&dir);
        fault::fill(Some(place));
        let Err(error) = try_erase(&mut store) else {
            panic!("erased without room on the disk")
        };
        assert!(error.to_string().contains("at the next start"), "{error}");
        for n in 300..=310 {
            store.commit(note(n, "later")).unwrap();
        }
        store.snapshot(now()).unwrap();
        store.commit(note(311, "last")).unwrap();
        let text = store.get(&key(circle(1), Kind::Note, 5)).unwrap().unwrap();
        assert_eq!(text.value().unwrap()["text"], "text 5");
        assert!(store.check().unwrap().findings.is_empty());
        copy_dir(&dir, &killed);
        store.close(now(), true).unwrap();
        // The next start fails as well, and nothing is lost by it.
        if place == "erase-build" {
            assert!(
                ready(&dir)
                    .0
                    .get(&key(circle(1), Kind::Note, 311))
                    .unwrap()
                    .is_some()
            );
        }
        fault::fill(None);
        for dir in [dir, killed] {
            let (mut store, _) = ready(&dir);
            assert_eq!(holds(&dir), Vec::<PathBuf>::new(), "{place}");
            assert_eq!(store.get(&key(circle(1), Kind::Note, 100)).unwrap(), None);
            assert_eq!(store.heads().unwrap()[&circle(1)].docs, 53);
            assert!(store.check().unwrap().findings.is_empty());
            assert!(!dir.join("erasing-later").exists());
            store.commit(note(400, "after")).unwrap();
            let before = everything(&store);
            store.close(now(), true).unwrap();
            let (store, repaired) = ready(&dir);
            assert_eq!((everything(&store), repaired), (before, None));
        }
    }
}

#[test]
fn a_store_without_its_database_answers_nothing_rather_than_empty() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let mut store = with_secret(&dir);
    // This is where an erase or repair stops when the new database cannot be built.
    store.let_go();
    assert!(store.get(&key(circle(1), Kind::Note, 1)).is_err());
    assert!(store.commit(note(400, "later")).is_err());
    assert!(store.sync().is_err());
    drop(store);
    assert!(
        ready(&dir)
            .0
            .get(&key(circle(1), Kind::Note, 1))
            .unwrap()
            .is_some()
    );
}
