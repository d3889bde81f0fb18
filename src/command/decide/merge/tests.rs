use super::*;
use crate::command::{Command, Context, decide};
use crate::domain::change::{Author, Change, Via};
use crate::domain::clock::{Moment, Zone};
use crate::domain::id::{Ids, Key, RunId, Space};
use crate::domain::item::{Action, Due, Owner};
use crate::domain::state::State;

fn context() -> Context {
    let at = Moment::from_millis(1_773_327_600_000);
    Context {
        at,
        by: Author {
            via: Via::Cli,
            run: RunId(uuid::Uuid::nil()),
        },
        ids: Ids::new(at, 3),
        zone: Zone::UTC,
    }
}

fn done(state: &mut State, command: &Command) -> Vec<Change> {
    let changes = decide(state, command, &mut context()).unwrap().changes;
    state.apply_changes(&changes).unwrap();
    changes
}

/// A store with one circle, two people and three actions.
fn filled() -> State {
    let mut state = State::default();
    let name = Clean::line("Ladder Up");
    let person = |name: &str| crate::command::NewMember {
        name: Clean::line(name),
        mail: None,
        role: crate::domain::roster::Role::Member,
    };
    let new = crate::command::NewCircle {
        name,
        kind: crate::domain::circle::CircleKind::Mentoring,
        people: vec![person("Mei"), person("Tom")],
        rhythm: None,
        template: None,
        first: None,
    };
    done(&mut state, &Command::NewCircle(new));
    let circle = state.circles().next().unwrap().id;
    let owner = Owner::Member(state.members(circle)[0].id);
    let draft = |text: &str| crate::command::Draft::Action {
        text: Clean::line(text),
        owner,
        due: Due::None,
        priority: 0,
        estimate: None,
        tags: Vec::new(),
    };
    let write = Command::Write {
        circle,
        drafts: vec![draft("one"), draft("two"), draft("three")],
        speaking: None,
    };
    done(&mut state, &write);
    state
}

fn rows(state: &State) -> Vec<MergeRow> {
    let documents = state.documents().filter(|(key, _)| travels(key.kind));
    documents
        .map(|(key, document)| MergeRow {
            key: *key,
            body: document.to_body(),
        })
        .collect()
}

fn merge(rows: Vec<MergeRow>, replace: bool) -> Command {
    Command::Merge {
        rows,
        replace,
        source: Clean::line("all.json"),
    }
}

fn first_action(state: &State) -> (Key, Action) {
    let circle = state.circles().next().unwrap().id;
    let action = state.actions(circle).next().unwrap().clone();
    (Key::circle(circle, Kind::Action, action.id.0), action)
}

#[test]
fn an_empty_store_becomes_the_same_and_a_second_time_adds_nothing() {
    let from = filled();
    let mut to = State::default();
    done(&mut to, &merge(rows(&from), false));
    assert_eq!(rows(&to), rows(&from));
    let circle = from.circles().next().unwrap().id;
    assert_eq!(
        to.counter(Space::Circle(circle)),
        from.counter(Space::Circle(circle))
    );
    let again = decide(&to, &merge(rows(&from), false), &mut context());
    assert_eq!(again.unwrap_err().reason, "nothing to change");
}

#[test]
fn a_number_that_was_given_out_is_not_used_for_another_row() {
    let mut state = filled();
    let (mut key, mut action) = first_action(&state);
    key.id = uuid::Uuid::from_u128(77);
    action.id = crate::domain::id::ActionId(key.id);
    let row = MergeRow {
        key,
        body: Document::from(action).to_body(),
    };
    done(&mut state, &merge(vec![row], false));
    let Some(Document::Action(added)) = state.get(&key) else {
        panic!("the action was not added");
    };
    assert_eq!(added.number, 4);
    assert_eq!(state.counter(key.space).action, 4);
}

#[test]
fn what_differs_stays_unless_it_is_to_be_replaced() {
    let mut state = filled();
    let (key, mut action) = first_action(&state);
    let number = action.number;
    action.text = Clean::line("one, said better");
    action.number = 9;
    let row = MergeRow {
        key,
        body: Document::from(action).to_body(),
    };
    let kept = decide(&state, &merge(vec![row.clone()], false), &mut context());
    assert!(kept.is_err());
    done(&mut state, &merge(vec![row], true));
    let (_, now) = first_action(&state);
    assert_eq!(
        (now.text.as_str(), now.number),
        ("one, said better", number)
    );
}

#[test]
fn an_owner_who_is_nowhere_becomes_nobody() {
    let from = filled();
    let mut to = State::default();
    let mut without = rows(&from);
    without.retain(|row| row.key.kind != Kind::Member);
    done(&mut to, &merge(without, false));
    assert_eq!(first_action(&to).1.owner, Owner::Nobody);
}

#[test]
fn rows_without_their_circle_and_rows_that_lie_are_refused() {
    let from = filled();
    let mut lost = rows(&from);
    lost.retain(|row| row.key.kind == Kind::Action);
    let told = decide(
        &State::default(),
        &merge(lost.clone(), false),
        &mut context(),
    );
    assert!(
        told.unwrap_err()
            .reason
            .contains("neither in the file nor here")
    );
    let mut lie = rows(&from);
    for row in &mut lie {
        if row.key.kind == Kind::Action {
            row.key.id = uuid::Uuid::from_u128(5);
        }
    }
    let told = decide(&State::default(), &merge(lie, false), &mut context());
    assert!(told.unwrap_err().reason.contains("another uid"));
}

#[test]
fn a_file_that_still_has_both_entries_of_one_person_brings_none_back() {
    let mut state = filled();
    let file = rows(&state);
    let circle = state.circles().next().unwrap().id;
    let owner = first_action(&state).1.owner_id().unwrap();
    let mut everyone = state.everyone(circle).map(|member| member.id);
    let into = everyone.find(|id| *id != owner).unwrap();
    drop(everyone);
    let one = Command::MergeMembers {
        circle,
        from: owner,
        into,
    };
    done(&mut state, &one);
    let before = rows(&state);
    assert_eq!(first_action(&state).1.owner, Owner::Member(into));
    let again = decide(&state, &merge(file.clone(), false), &mut context());
    assert_eq!(again.unwrap_err().reason, "nothing to change");
    let _ = decide(&state, &merge(file, true), &mut context()).map(|decided| {
        state.apply_changes(&decided.changes).unwrap();
    });
    assert_eq!(first_action(&state).1.owner, Owner::Member(into));
    assert!(state.member(circle, owner).is_none());
    assert_eq!(state.member(circle, into).unwrap().also, [owner]);
    assert_eq!(rows(&state).len(), before.len());
}

/// What is said when a store takes in one document that no command would have written.
fn refused(row: MergeRow) -> String {
    let mut from = rows(&filled());
    from.push(row);
    let told = decide(&State::default(), &merge(from, false), &mut context());
    told.unwrap_err().reason
}

#[test]
fn a_plan_out_of_order_is_not_taken_in() {
    use crate::domain::book::Book;
    use crate::domain::book::reading::{Instalment, Measure, Reading};
    use crate::domain::id::BookId;

    let circle = filled().circles().next().unwrap().id;
    let id = BookId(uuid::Uuid::from_u128(9));
    let day = |text: &str| text.parse().unwrap();
    let meeting = |until, on: &str| Instalment {
        until,
        day: day(on),
        session: None,
        picked: Vec::new(),
    };
    let mut book = Book::new(id, 1, Clean::line("Quiet Work"), Moment::from_millis(0));
    book.reading = Some(Reading {
        measure: Measure::Chapters,
        from: day("2026-03-01"),
        instalments: vec![meeting(9, "2026-03-20"), meeting(4, "2026-03-06")],
        skipped: Vec::new(),
        pace: None,
        once: 0,
    });
    let told = refused(MergeRow {
        key: Key::circle(circle, Kind::Book, id.0),
        body: Document::from(book).to_body(),
    });
    assert_eq!(
        told,
        "book in the file cannot be taken in: each meeting needs something to read and a later day"
    );
}

#[test]
fn two_members_of_one_circle_are_not_made_one_person_by_a_file() {
    use crate::domain::id::PersonId;
    use crate::domain::person::Person;

    let state = filled();
    let circle = state.circles().next().unwrap().id;
    let both = state
        .members(circle)
        .iter()
        .map(|member| (circle, member.id))
        .collect();
    let id = PersonId(uuid::Uuid::from_u128(9));
    let told = refused(MergeRow {
        key: Key::new(Space::Org, Kind::Person, id.0),
        body: Document::from(Person::new(id, both)).to_body(),
    });
    assert!(
        told.ends_with("two members of one circle the same person"),
        "{told}"
    );
}
