//! An act that adds very many documents is the same act, however it is saved.

use super::*;
use crate::domain::change::{ActKind, Change, ChangeText};
use crate::domain::id::Key;

/// More than two portions.
const MANY: u128 = 2_500;

fn added(from: u128) -> impl Iterator<Item = ChangeText> {
    changes(from).map(|change| ChangeText::from(&change))
}

fn changes(from: u128) -> impl Iterator<Item = Change> {
    let row = |n: u128| {
        put(
            place(n),
            None,
            json!({"text": format!("What about {n}?"), "theme": "a", "number": u64::try_from(n).unwrap()}),
        )
    };
    (from..from + MANY).map(row)
}

fn place(n: u128) -> Key {
    key(Space::Org, Kind::Question, n)
}

fn own() -> Change {
    put(
        key(Space::Org, Kind::Counter, 0),
        None,
        json!({"question": 2500}),
    )
}

#[test]
fn it_is_the_act_that_it_would_be_in_one_piece() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = fresh(&dir.path().join("long"));
    let done = store
        .commit_long(act(1, vec![own()]), &mut added(10))
        .unwrap();
    assert_eq!((done.seq, done.changes.len()), (1, 1));
    let mut whole = fresh(&dir.path().join("whole"));
    let changes = std::iter::once(own()).chain(changes(10)).collect();
    whole.commit(act(1, changes)).unwrap();
    let mut memory = Memory::new();
    memory
        .commit_long(act(1, vec![own()]), &mut added(10))
        .unwrap();
    assert_eq!(everything(&store), everything(&whole));
    assert_eq!(everything(&store), everything(&memory));
    assert!(store.check().unwrap().findings.is_empty());
    let again = store
        .commit_long(act(1, vec![own()]), &mut added(10))
        .unwrap();
    assert_eq!(again, done);
    store.close(now(), false).unwrap();
    let (store, repaired) = ready(&dir.path().join("long"));
    assert!(repaired.is_none());
    assert_eq!(everything(&store), everything(&memory));
}

#[test]
fn it_survives_the_end_of_the_process() {
    let dir = tempfile::tempdir().unwrap();
    let from = dir.path().join("running");
    let mut store = fresh(&from);
    store.commit(note(9, "before")).unwrap();
    store
        .commit_long(act(1, vec![own()]), &mut added(10))
        .unwrap();
    let wanted = everything(&store);
    let copy = dir.path().join("killed");
    copy_dir(&from, &copy);
    drop(store);
    fs::remove_dir_all(copy.join("sled")).ok();
    let (store, _) = ready(&copy);
    assert_eq!(everything(&store), wanted);
}

#[test]
fn a_document_that_is_there_already_stops_all_of_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = fresh(&dir.path().join("store"));
    let there = put(place(1_000), None, json!({"number": 1}));
    store.commit(act(1, vec![there])).unwrap();
    let before = everything(&store);
    let told = store
        .commit_long(act(2, vec![own()]), &mut added(10))
        .unwrap_err();
    assert!(matches!(told, StoreError::Conflict { key } if key == place(1_000)));
    let twice = added(5_000).chain(added(5_000).take(1));
    let told = store
        .commit_long(act(2, vec![own()]), &mut { twice })
        .unwrap_err();
    assert!(matches!(told, StoreError::Conflict { key } if key == place(5_000)));
    assert_eq!(everything(&store), before);
    store
        .commit_long(act(2, vec![own()]), &mut added(5_000))
        .unwrap();
}

#[test]
fn more_than_a_line_can_hold_is_refused_whole() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = fresh(&dir.path().join("store"));
    let large = |n| {
        ChangeText::from(&put(
            place(n),
            None,
            json!({"text": "x".repeat(60_000), "number": 1}),
        ))
    };
    let told = store
        .commit_long(act(1, vec![own()]), &mut (0..1_200).map(large))
        .unwrap_err();
    assert!(matches!(told, StoreError::TooLarge { .. }), "{told}");
    let one = put(place(1), None, json!({"text": "x".repeat(MAX_VALUE)}));
    let told = store
        .commit_long(
            act(1, vec![own()]),
            &mut std::iter::once(ChangeText::from(&one)),
        )
        .unwrap_err();
    assert!(matches!(told, StoreError::TooLarge { .. }), "{told}");
    assert_eq!(store.seq().unwrap(), 0);
}

fn turned(n: u128, kind: ActKind) -> Act {
    Act {
        kind,
        ..act(n, Vec::new())
    }
}

#[test]
fn it_is_taken_back_and_brought_back_without_being_held() {
    let dir = tempfile::tempdir().unwrap();
    let mut disk = fresh(&dir.path().join("store"));
    let mut memory = Memory::new();
    let first = act(1, vec![own()]).id;
    for store in [&mut disk as &mut dyn Store, &mut memory] {
        store
            .commit_long(act(1, vec![own()]), &mut added(10))
            .unwrap();
        let undo = turned(2, ActKind::Undo(first));
        let undone = store.commit_inverse(undo.clone(), first).unwrap();
        assert_eq!((undone.seq, undone.changes.len()), (2, 0));
        assert!(store.get(&place(11)).unwrap().is_none());
        // The numbers that were given out stay given out.
        assert!(store.get(&own().key).unwrap().is_some());
        assert_eq!(store.commit_inverse(undo.clone(), first).unwrap(), undone);
        let redo = turned(3, ActKind::Redo(first));
        store.commit_inverse(redo, undo.id).unwrap();
        assert!(store.get(&place(11)).unwrap().is_some());
        assert!(store.check().unwrap().findings.is_empty());
    }
    assert_eq!(everything(&disk), everything(&memory));
    disk.close(now(), false).unwrap();
    let (disk, repaired) = ready(&dir.path().join("store"));
    assert!(repaired.is_none());
    assert_eq!(everything(&disk), everything(&memory));
}

#[test]
fn it_is_not_taken_back_once_one_of_its_documents_was_changed() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = fresh(&dir.path().join("store"));
    let first = act(1, vec![own()]).id;
    store
        .commit_long(act(1, vec![own()]), &mut added(10))
        .unwrap();
    let now = store.get(&place(2_000)).unwrap().unwrap().value().unwrap();
    let other = put(place(2_000), Some(now), json!({"number": 7}));
    store.commit(act(2, vec![other])).unwrap();
    let before = everything(&store);
    let told = store
        .commit_inverse(turned(3, ActKind::Undo(first)), first)
        .unwrap_err();
    assert!(matches!(told, StoreError::Conflict { key } if key == place(2_000)));
    assert_eq!(everything(&store), before);
}

#[test]
fn in_brief_it_has_its_first_change_however_long_that_is() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = fresh(&dir.path().join("store"));
    let words = |letter: &str| json!({"text": letter.repeat(40_000), "number": 1});
    store
        .commit(act(1, vec![put(place(1), None, words("x"))]))
        .unwrap();
    let edit = put(place(1), Some(words("x")), words("y"));
    store.commit(act(2, vec![edit.clone()])).unwrap();
    let query = ActQuery {
        space: None,
        order: ActOrder::Before(u64::MAX),
        limit: 1,
    };
    let brief = store.acts_in_brief(&query).unwrap();
    assert_eq!(brief[0].act.changes, [edit]);
}

#[test]
fn in_brief_it_says_who_did_what_with_its_first_changes() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = fresh(&dir.path().join("store"));
    store.commit(note(9, "before")).unwrap();
    store
        .commit_long(act(1, vec![own()]), &mut added(10))
        .unwrap();
    store.commit(note(8, "behind")).unwrap();
    for order in [ActOrder::Before(u64::MAX), ActOrder::After(0)] {
        let query = ActQuery {
            space: None,
            order,
            limit: 10,
        };
        let brief = store.acts_in_brief(&query).unwrap();
        let whole: Vec<bool> = brief.iter().map(|found| found.whole).collect();
        assert_eq!(whole, [true, false, true]);
        let full = store.acts(&query).unwrap();
        for (found, act) in brief.iter().zip(&full) {
            assert_eq!((found.act.id, &found.act.revs), (act.id, &act.revs));
            let held = found.act.changes.len();
            assert_eq!(found.act.changes, act.changes[..held]);
            assert!(held > 0 && held <= act.changes.len());
        }
    }
}
