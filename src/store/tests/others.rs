//! What lies in the folder of a store without being the store's.

use super::*;

/// Files of a person, with names that come near ours.
const THEIRS: [&str; 8] = [
    "thesis.tmp",
    "journal-07",
    "photos/beach.jpg",
    "running.json",
    "running.json.new",
    "backups/taxes.pdf",
    "backups/circlet-notes.backup",
    "damaged-20260301T120000Z-photos",
];

fn leave(dir: &Path, names: &[&str]) {
    for name in names {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "mine").unwrap();
    }
}

#[cfg(unix)]
fn open_to_all(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
#[test]
fn opening_and_erasing_spare_what_others_put_into_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let mut store = fresh(&dir);
    store.commit(note(1, "text")).unwrap();
    store.close(now(), true).unwrap();
    leave(&dir, &THEIRS);
    let all: Vec<_> = THEIRS.iter().map(|name| dir.join(name)).collect();
    let folders = [dir.join("photos"), dir.join("backups")];
    for path in all.iter().chain(&folders) {
        open_to_all(path);
    }
    leave(&dir, &["snapshot-1.jsonl.tmp", "backups/snapshot-1.jsonl"]);
    let (mut store, _) = ready(&dir);
    assert!(!dir.join("snapshot-1.jsonl.tmp").exists());
    let gone = key(circle(1), Kind::Note, 1);
    store.erase(act(2, Vec::new()), &[gone], &[]).unwrap();
    assert!(!dir.join("backups/snapshot-1.jsonl").exists());
    store.snapshot(now()).unwrap();
    store.close(now(), true).unwrap();
    for path in &all {
        assert_eq!(fs::read(path).unwrap(), b"mine", "{}", path.display());
    }
    for path in all.iter().chain(&folders) {
        assert_eq!(mode(path), 0o755, "{}", path.display());
    }
}

#[test]
fn a_folder_with_other_files_becomes_no_store() {
    for name in [
        "thesis.tmp",
        "sled/db",
        "state",
        "journal-1",
        "photos/beach.jpg",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path();
        leave(dir, &[name, "readme"]);
        let before = contents(dir);
        assert!(
            matches!(open(dir, now()), Err(StoreError::Absent(_))),
            "{name}"
        );
        let Err(error) = create(dir, ID) else {
            panic!("made a store beside {name}")
        };
        assert!(
            error.to_string().contains("choose an empty folder"),
            "{error}"
        );
        assert_eq!(contents(dir), before);
    }
}

#[test]
fn an_interrupted_making_is_begun_again() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    fs::create_dir(&dir).unwrap();
    leave(&dir, &["store.lock"]);
    fresh(&dir).close(now(), false).unwrap();
    ready(&dir);
}

#[cfg(unix)]
#[test]
fn a_store_with_a_link_in_it_is_refused() {
    for name in ["state", "sled", "journal-1", "store.lock"] {
        let folder = tempfile::tempdir().unwrap();
        let (dir, elsewhere) = (folder.path().join("store"), folder.path().join("elsewhere"));
        let mut store = fresh(&dir);
        store.commit(note(1, "text")).unwrap();
        store.close(now(), true).unwrap();
        fs::rename(dir.join(name), &elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, dir.join(name)).unwrap();
        let before = contents(folder.path());
        for refused in [open(&dir, now()).err(), read_only(&dir).err()] {
            assert!(matches!(refused, Some(StoreError::Linked(_))), "{name}");
        }
        assert_eq!(contents(folder.path()), before);
    }
}

#[test]
fn a_backup_does_not_write_over_a_file_on_its_way() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = fresh(&folder.path().join("store"));
    store.commit(note(1, "text")).unwrap();
    leave(folder.path(), &["copy.tmp"]);
    let refused = store.backup(&folder.path().join("copy"), now());
    assert!(matches!(refused, Err(StoreError::Exists(_))));
    assert_eq!(fs::read(folder.path().join("copy.tmp")).unwrap(), b"mine");
}

#[test]
fn restoring_spares_a_folder_that_has_the_name_it_works_under() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = fresh(&folder.path().join("store"));
    store.commit(note(1, "text")).unwrap();
    let (backup, new) = (folder.path().join("backup"), folder.path().join("new"));
    store.backup(&backup, now()).unwrap();
    leave(folder.path(), &["new.restoring/thesis"]);
    assert!(restore(&backup, &new).is_err());
    assert!(folder.path().join("new.restoring/thesis").exists());
}
