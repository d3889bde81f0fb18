use std::collections::BTreeMap;

use super::*;
use crate::domain::change::{ActKind, Author, Via};
use crate::domain::clock::Moment;
use crate::domain::id::{ActId, RunId};
use crate::domain::question::sought::Sought;
use crate::domain::question::{DraftQuestion, Question};
use crate::domain::text::Clean;
use crate::engine::queries::Asking;
use crate::engine::query::Query;
use crate::store::{Memory as Store, Store as _};

fn question(number: u32) -> Question {
    let id = QuestionId(Uuid::from_u128(number.into()));
    DraftQuestion::new(Clean::line(&format!("What about {number}?"))).into_question(id, number)
}

fn put(document: impl Into<Document>, space: Space, kind: Kind, id: Uuid) -> Change {
    Change {
        key: Key::new(space, kind, id),
        before: None,
        after: Some(document.into().to_body()),
    }
}

fn act(number: u128, changes: Vec<Change>) -> Act {
    Act {
        id: ActId(Uuid::from_u128(number)),
        seq: 0,
        revs: BTreeMap::new(),
        at: Moment::from_millis(0),
        by: Author {
            via: Via::App,
            run: RunId(Uuid::from_u128(1)),
        },
        title: "questions".to_owned(),
        kind: ActKind::Do,
        changes,
    }
}

/// A store with so many questions.
fn store(count: u32) -> Store {
    let mut store = Store::new();
    let changes = (1..=count).map(question).map(|question| {
        let id = question.id.0;
        put(question, Space::Org, Kind::Question, id)
    });
    store.commit(act(1, changes.collect())).unwrap();
    store
}

fn seek(circle: Option<CircleId>, line: &str) -> Query {
    Query::Bank(Seek {
        sought: Sought::read(line).unwrap(),
        circle,
        circles: circle.into_iter().collect(),
        skip: 0,
        limit: 10,
    })
}

fn page(asking: &mut Asking, store: &Store, query: &Query) -> BankPage {
    match asking.answer(store, query, Moment::from_millis(0)).unwrap() {
        Answer::Bank(page) => *page,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_index_is_read_in_portions_and_complete_at_the_end() {
    let store = store(450);
    let mut asking = Asking::default();
    let query = seek(None, "");
    let mut portions = 0;
    while asking.must_read(&query) {
        asking.portion(&store).unwrap();
        portions += 1;
    }
    assert_eq!(portions, 3);
    assert_eq!(page(&mut asking, &store, &query).total, 450);
    asking
        .answer(&store, &Query::LeaveBank, Moment::from_millis(0))
        .unwrap();
    assert!(
        asking.must_read(&query),
        "it is dropped when the bank is left"
    );
}

#[test]
fn what_is_saved_while_it_is_read_is_in_it_once() {
    let mut store = store(250);
    let mut asking = Asking::default();
    let query = seek(None, "");
    assert!(asking.must_read(&query));
    asking.portion(&store).unwrap();
    let mut changed = question(3);
    changed.text = Clean::line("Quite other words");
    let late = question(900);
    let both = vec![
        Change {
            before: Some(Document::from(question(3)).to_body()),
            ..put(changed, Space::Org, Kind::Question, Uuid::from_u128(3))
        },
        put(late, Space::Org, Kind::Question, Uuid::from_u128(900)),
    ];
    let act = store.commit(act(2, both)).unwrap();
    asking.changed(&act);
    let all = page(&mut asking, &store, &query);
    assert_eq!((all.total, all.rows[0].question.number), (251, 900));
    assert_eq!(page(&mut asking, &store, &seek(None, "quite")).total, 1);
    assert_eq!(page(&mut asking, &store, &seek(None, "900")).total, 1);
}

#[test]
fn each_circle_sees_the_bank_with_its_own_memory() {
    let mut store = store(3);
    let [here, there] = [7, 8].map(|id| CircleId(Uuid::from_u128(id)));
    let first = question(1).id;
    let asked = Asked::never(first).again(Moment::from_millis(5));
    let change = put(asked, Space::Circle(here), Kind::Asked, first.0);
    store.commit(act(2, vec![change])).unwrap();
    let mut asking = Asking::default();
    let seen = page(&mut asking, &store, &seek(Some(here), "asked:yes"));
    assert_eq!(seen.total, 1);
    assert_eq!(
        seen.rows[0].asked_in(here).map(|asked| asked.times),
        Some(1)
    );
    assert_eq!(
        page(&mut asking, &store, &seek(Some(there), "asked:yes")).total,
        0
    );
    assert_eq!(
        page(&mut asking, &store, &seek(Some(here), "asked:never")).total,
        2
    );
    // An act of the circle that looks is followed.
    let second = question(2).id;
    let asked = Asked::never(second).again(Moment::from_millis(9));
    let change = put(asked, Space::Circle(here), Kind::Asked, second.0);
    let act = store.commit(act(3, vec![change])).unwrap();
    asking.changed(&act);
    assert_eq!(
        page(&mut asking, &store, &seek(Some(here), "asked:yes")).total,
        2
    );
}
