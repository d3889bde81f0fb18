//! One suite that every adapter passes.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use crate::domain::change::{Act, ActKind, Author, Body, Change, Via};
use crate::domain::clock::Moment;
use crate::domain::id::{ActId, CircleId, Key, Kind, RunId, Space};
use crate::domain::index::{IndexName, owner_member};
use crate::store::{ActOrder, ActQuery, IndexQuery, MAX_VALUE, Memory, Store, StoreError};

/// A store under test, with whatever has to live as long.
pub(crate) struct Fixture {
    pub(crate) store: Box<dyn Store>,
    pub(crate) _folder: Option<tempfile::TempDir>,
}

pub(crate) fn circle(n: u128) -> Space {
    Space::Circle(CircleId(Uuid::from_u128(n)))
}

pub(crate) fn key(space: Space, kind: Kind, n: u128) -> Key {
    Key::new(space, kind, Uuid::from_u128(n))
}

pub(crate) fn put(key: Key, before: Option<Body>, after: Body) -> Change {
    Change {
        key,
        before,
        after: Some(after),
    }
}

pub(crate) fn act(id: u128, changes: Vec<Change>) -> Act {
    Act {
        id: ActId(Uuid::from_u128(id)),
        seq: 0,
        revs: BTreeMap::new(),
        at: Moment::from_millis(1_772_000_000_000 + i64::try_from(id % 1_000_000).unwrap()),
        by: Author {
            via: Via::App,
            run: RunId(Uuid::from_u128(1)),
        },
        title: format!("act {id}"),
        kind: ActKind::Do,
        changes,
    }
}

pub(crate) fn note(n: u128, text: &str) -> Act {
    act(
        n,
        vec![put(
            key(circle(1), Kind::Note, n),
            None,
            json!({"text": text}),
        )],
    )
}

macro_rules! contract {
    ($($name:ident),+ $(,)?) => {
        macro_rules! adapter {
            ($module:ident, $make:expr) => {
                mod $module {
                    $(#[test]
                    fn $name() {
                        super::$name(&|| $make);
                    })+
                }
            };
        }
    };
}

contract!(
    an_act_is_read_back_with_its_place,
    the_same_act_twice_applies_once,
    a_stale_before_changes_nothing,
    one_act_may_cross_spaces,
    one_act_may_change_a_document_twice,
    pages_follow_each_other_without_gap_or_repeat,
    lists_follow_the_documents,
    acts_read_in_both_directions,
    a_value_too_large_is_refused,
    every_store_agrees_with_the_reference,
);

adapter!(
    memory,
    super::Fixture {
        store: Box::new(super::Memory::new()),
        _folder: None
    }
);

adapter!(disk, {
    let folder = tempfile::tempdir().unwrap();
    let store = crate::store::create(&folder.path().join("store"), uuid::Uuid::from_u128(99));
    super::Fixture {
        store: Box::new(store.unwrap()),
        _folder: Some(folder),
    }
});

type Make<'a> = &'a dyn Fn() -> Fixture;

fn an_act_is_read_back_with_its_place(make: Make<'_>) {
    let mut f = make();
    let done = f.store.commit(note(7, "hello")).unwrap();
    assert_eq!(done.seq, 1);
    assert_eq!(done.revs, BTreeMap::from([(circle(1), 1)]));
    let stored = f
        .store
        .get(&key(circle(1), Kind::Note, 7))
        .unwrap()
        .unwrap();
    assert_eq!(
        (stored.rev, stored.value().unwrap()),
        (1, json!({"text": "hello"}))
    );
    assert_eq!(f.store.act(done.id).unwrap(), Some(done));
    assert_eq!(f.store.spaces().unwrap(), [circle(1)]);
    assert_eq!(f.store.get(&key(circle(2), Kind::Note, 7)).unwrap(), None);
    assert!(f.store.check().unwrap().findings.is_empty());
}

fn the_same_act_twice_applies_once(make: Make<'_>) {
    let mut f = make();
    let first = f.store.commit(note(7, "hello")).unwrap();
    f.store.commit(note(8, "other")).unwrap();
    assert_eq!(f.store.commit(note(7, "hello")).unwrap(), first);
    assert_eq!(f.store.seq().unwrap(), 2);
    assert_eq!(f.store.heads().unwrap()[&circle(1)].docs, 2);
}

fn a_stale_before_changes_nothing(make: Make<'_>) {
    let mut f = make();
    f.store.commit(note(7, "hello")).unwrap();
    let heads = f.store.heads().unwrap();
    let fine = put(key(circle(1), Kind::Note, 8), None, json!({}));
    let stale = put(
        key(circle(1), Kind::Note, 7),
        Some(json!({"text": "old"})),
        json!({}),
    );
    let error = f
        .store
        .commit(act(9, vec![fine.clone(), stale]))
        .unwrap_err();
    assert!(matches!(error, StoreError::Conflict { key: at } if at.id == Uuid::from_u128(7)));
    assert_eq!(f.store.get(&fine.key).unwrap(), None);
    assert_eq!(f.store.heads().unwrap(), heads);
    assert_eq!(f.store.seq().unwrap(), 1);
}

fn one_act_may_cross_spaces(make: Make<'_>) {
    let mut f = make();
    f.store.commit(note(1, "first")).unwrap();
    let changes = vec![
        put(key(circle(1), Kind::Note, 2), None, json!({"n": 1})),
        put(key(circle(2), Kind::Note, 2), None, json!({"n": 1})),
        put(key(Space::Org, Kind::Question, 2), None, json!({"n": 1})),
    ];
    let done = f.store.commit(act(2, changes)).unwrap();
    let revs = BTreeMap::from([(circle(1), 2), (circle(2), 1), (Space::Org, 1)]);
    assert_eq!(done.revs, revs);
    assert_eq!(
        f.store.spaces().unwrap(),
        [circle(1), circle(2), Space::Org]
    );
}

fn one_act_may_change_a_document_twice(make: Make<'_>) {
    let mut f = make();
    let at = key(circle(1), Kind::Note, 3);
    let changes = vec![
        put(at, None, json!({"n": 1})),
        put(at, Some(json!({"n": 1})), json!(2)),
    ];
    f.store.commit(act(1, changes)).unwrap();
    assert_eq!(
        f.store.get(&at).unwrap().unwrap().value().unwrap(),
        json!(2)
    );
    assert!(f.store.check().unwrap().findings.is_empty());
}

fn pages_follow_each_other_without_gap_or_repeat(make: Make<'_>) {
    let mut f = make();
    let changes = (1..=25).map(|n| put(key(circle(1), Kind::Note, n), None, json!({"n": n})));
    f.store.commit(act(1, changes.collect())).unwrap();
    let other = put(key(circle(1), Kind::Parked, 5), None, json!({}));
    f.store.commit(act(2, vec![other])).unwrap();
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = f.store.scan(circle(1), Kind::Note, after, 10).unwrap();
        seen.extend(page.rows.iter().map(|row| row.key.id.as_u128()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, (1..=25).collect::<Vec<_>>());
}

fn lists_follow_the_documents(make: Make<'_>) {
    let mut f = make();
    let mei = Uuid::from_u128(77);
    let open = |number: u64, due: &str| json!({"number": number, "state": "open", "owner": {"member": mei}, "due": {"on": due}});
    let at = |n| key(circle(1), Kind::Action, n);
    let changes = vec![
        put(at(1), None, open(1, "2026-05-01")),
        put(at(2), None, open(2, "2026-03-01")),
        put(
            at(3),
            None,
            json!({"number": 3, "state": "open", "owner": "all", "due": "none"}),
        ),
    ];
    f.store.commit(act(1, changes)).unwrap();
    let ids = |f: &Fixture, query: &IndexQuery| -> Vec<u128> {
        let rows = f.store.index(query).unwrap();
        rows.into_iter().map(|row| row.key.id.as_u128()).collect()
    };
    let all = IndexQuery::all(circle(1), IndexName::ActionOpen, 10);
    assert_eq!(ids(&f, &all), [2, 1, 3]);
    assert_eq!(
        ids(
            &f,
            &IndexQuery {
                backwards: true,
                ..all.clone()
            }
        ),
        [3, 1, 2]
    );
    let first = f
        .store
        .index(&IndexQuery {
            limit: 1,
            ..all.clone()
        })
        .unwrap()
        .pop();
    assert_eq!(
        ids(
            &f,
            &IndexQuery {
                after: first,
                ..all.clone()
            }
        ),
        [1, 3]
    );
    let owner = owner_member(mei.to_string().parse().unwrap());
    let hers = IndexQuery::prefix(circle(1), IndexName::ActionOwner, &owner, 10);
    assert_eq!(ids(&f, &hers), [2, 1]);

    let done = json!({"number": 2, "state": "done", "closed": "2026-03-01T09:00:00Z"});
    let closing = put(at(2), Some(open(2, "2026-03-01")), done);
    let gone = Change {
        key: at(1),
        before: Some(open(1, "2026-05-01")),
        after: None,
    };
    f.store.commit(act(2, vec![closing, gone])).unwrap();
    assert_eq!(ids(&f, &all), [3]);
    let closed = IndexQuery::all(circle(1), IndexName::ActionClosed, 10);
    assert_eq!(ids(&f, &closed), [2]);
    assert_eq!(
        ids(&f, &IndexQuery::all(circle(2), IndexName::ActionOpen, 10)),
        [0; 0]
    );
    assert!(f.store.check().unwrap().findings.is_empty());
}

fn acts_read_in_both_directions(make: Make<'_>) {
    let mut f = make();
    for n in 1..=6 {
        let space = circle(1 + n % 2);
        f.store
            .commit(act(n, vec![put(key(space, Kind::Note, n), None, json!(1))]))
            .unwrap();
    }
    let seqs = |space, order, limit| -> Vec<u64> {
        let query = ActQuery {
            space,
            order,
            limit,
        };
        f.store
            .acts(&query)
            .unwrap()
            .into_iter()
            .map(|act| act.seq)
            .collect()
    };
    assert_eq!(seqs(None, ActOrder::Before(u64::MAX), 2), [6, 5]);
    assert_eq!(seqs(None, ActOrder::Before(5), 10), [4, 3, 2, 1]);
    assert_eq!(seqs(None, ActOrder::After(4), 10), [5, 6]);
    assert_eq!(
        seqs(Some(circle(1)), ActOrder::Before(u64::MAX), 10),
        [6, 4, 2]
    );
    assert_eq!(seqs(Some(circle(2)), ActOrder::After(1), 10), [3, 5]);
}

fn a_value_too_large_is_refused(make: Make<'_>) {
    let mut f = make();
    let error = f.store.commit(note(1, &"x".repeat(MAX_VALUE))).unwrap_err();
    assert!(matches!(error, StoreError::TooLarge { .. }));
    assert_eq!(f.store.seq().unwrap(), 0);
    f.store
        .commit(note(1, &"x".repeat(MAX_VALUE - 20)))
        .unwrap();
}

/// One step of the model test: which document, and its new value (`None` removes it).
pub(crate) fn steps() -> impl Strategy<Value = Vec<Vec<(u8, Option<u16>)>>> {
    let change = (0_u8..12, prop::option::weighted(0.8, any::<u16>()));
    prop::collection::vec(prop::collection::vec(change, 1..4), 1..12)
}

fn model_key(n: u8) -> Key {
    let space = if n.is_multiple_of(3) {
        Space::Org
    } else {
        circle(1 + u128::from(n % 2))
    };
    key(
        space,
        [Kind::Action, Kind::Question, Kind::Note][usize::from(n % 3)],
        u128::from(n),
    )
}

/// The acts that these steps stand for, each made from the values that the store has by then.
pub(crate) fn play(store: &mut dyn Store, steps: &[Vec<(u8, Option<u16>)>]) {
    for (n, step) in steps.iter().enumerate() {
        let mut changes: Vec<Change> = Vec::new();
        for &(which, value) in step {
            let key = model_key(which);
            if changes.iter().any(|change| change.key == key) {
                continue;
            }
            let before = store
                .get(&key)
                .unwrap()
                .map(|stored| stored.value().unwrap());
            let after =
                value.map(|v| json!({"number": v, "state": "open", "x": f64::from(v) / 7.0}));
            changes.push(Change { key, before, after });
        }
        store.commit(act(n as u128 + 1, changes)).unwrap();
    }
}

/// Everything that can be read of a store, for comparing two.
pub(crate) fn everything(store: &(impl crate::store::Read + ?Sized)) -> String {
    let mut all = format!("{:?} {}\n", store.heads().unwrap(), store.seq().unwrap());
    for space in store.spaces().unwrap() {
        for kind in Kind::ALL {
            for row in store.scan(space, kind, None, usize::MAX).unwrap().rows {
                all.push_str(&serde_json::to_string(&row).unwrap());
            }
        }
        for name in IndexName::ALL {
            let rows = store
                .index(&IndexQuery::all(space, name, usize::MAX))
                .unwrap();
            all.push_str(&format!("{name:?} {rows:?}\n").replace("IndexRow", ""));
        }
    }
    let query = ActQuery {
        space: None,
        order: ActOrder::After(0),
        limit: usize::MAX,
    };
    all.push_str(&serde_json::to_string(&store.acts(&query).unwrap()).unwrap());
    all
}

fn every_store_agrees_with_the_reference(make: Make<'_>) {
    let config = ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..Default::default()
    };
    proptest!(config, |(steps in steps())| {
        let (mut f, mut model) = (make(), Memory::new());
        play(&mut *f.store, &steps);
        play(&mut model, &steps);
        prop_assert_eq!(everything(&*f.store), everything(&model));
        prop_assert!(f.store.check().unwrap().findings.is_empty());
    });
}
