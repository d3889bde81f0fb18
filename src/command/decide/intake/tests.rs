use super::*;
use crate::command::{Command, Context, Draft, NewCircle, NewMember, decide};
use crate::domain::change::{Author, Via};
use crate::domain::circle::CircleKind;
use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::id::{Ids, RunId};
use crate::domain::item::Owner;
use crate::domain::roster::Role;
use crate::domain::state::State;

const NOW: Moment = Moment::from_millis(1_773_327_600_000);

fn run(state: &mut State, command: &Command) -> Result<String, Refusal> {
    let mut context = Context {
        at: NOW,
        by: Author {
            via: Via::Cli,
            run: RunId::NOBODY,
        },
        ids: Ids::new(NOW, u64::try_from(state.documents().count()).unwrap()),
        zone: Zone::UTC,
    };
    let decided = decide(state, command, &mut context)?;
    state.apply_changes(&decided.changes).unwrap();
    Ok(decided.title)
}

fn circle() -> (State, CircleId) {
    let mut state = State::default();
    let new = NewCircle {
        name: Clean::line("Ladder Up"),
        kind: CircleKind::Mentoring,
        people: vec![NewMember {
            name: Clean::line("Mei"),
            mail: None,
            role: Role::Member,
        }],
        rhythm: None,
        template: None,
        first: None,
    };
    run(&mut state, &Command::NewCircle(new)).unwrap();
    let circle = state.circles().next().unwrap().id;
    (state, circle)
}

fn take(state: &mut State, rows: Vec<Row>) -> Result<String, Refusal> {
    let source = Clean::line("todo.txt");
    run(state, &Command::TakeActions { rows, source })
}

fn row(circle: CircleId, text: &str) -> Row {
    Row::new(circle, Clean::line(text))
}

#[test]
fn new_rows_get_numbers_and_keep_what_they_bring() {
    let (mut state, circle) = circle();
    let done = Row {
        uid: Some(ActionId(uuid::Uuid::from_u128(7))),
        foreign: Some(Clean::line("f7")),
        state: ActionState::Done,
        note: Some(Clean::line("as said")),
        created: Some(NOW - Span::from_minutes(60)),
        closed: Some(NOW + Span::from_minutes(60)),
        ..row(circle, "two")
    };
    let rows = vec![row(circle, "one"), done.clone(), done];
    assert_eq!(take(&mut state, rows).unwrap(), "2 actions from todo.txt");
    let mut actions: Vec<&Action> = state.actions(circle).collect();
    actions.sort_by_key(|action| action.number);
    assert_eq!(actions[0].number, 1);
    let two = actions[1];
    assert_eq!((two.number, two.foreign.as_deref()), (2, Some("f7")));
    // What lies ahead cannot have been done.
    assert_eq!(two.closed, Some(NOW));
    assert_eq!(two.origin.at, NOW - Span::from_minutes(60));
}

#[test]
fn what_is_here_by_now_is_passed_over() {
    let (mut state, circle) = circle();
    let known = Row {
        uid: Some(ActionId(uuid::Uuid::from_u128(7))),
        ..row(circle, "one")
    };
    take(&mut state, vec![known.clone()]).unwrap();
    let again = take(&mut state, vec![known]);
    assert_eq!(again.unwrap_err().to_string(), "nothing to change");
}

#[test]
fn a_known_row_is_brought_up_to_date_and_keeps_its_words() {
    let (mut state, circle) = circle();
    let draft = Draft::Action {
        text: Clean::line("one"),
        owner: Owner::Nobody,
        due: Due::On("2026-03-13".parse().unwrap()),
        priority: 0,
        estimate: None,
        tags: Vec::new(),
    };
    let write = Command::Write {
        circle,
        drafts: vec![draft],
        speaking: None,
    };
    run(&mut state, &write).unwrap();
    let id = state.actions(circle).next().unwrap().id;
    let later = Row {
        known: Some(id),
        due: Due::On("2026-03-20".parse().unwrap()),
        note: Some(Clean::line("asked for a week")),
        ..row(circle, "other words")
    };
    let title = take(&mut state, vec![later]).unwrap();
    assert_eq!(title, "1 action brought up to date from todo.txt");
    let action = state.action(circle, id).unwrap();
    assert_eq!(action.text, "one");
    assert_eq!((action.state, action.carried), (ActionState::Moved, 1));
    assert_eq!(action.note.as_deref(), Some("asked for a week"));
    let done = Row {
        known: Some(id),
        state: ActionState::Done,
        ..row(circle, "one")
    };
    take(&mut state, vec![done]).unwrap();
    let action = state.action(circle, id).unwrap();
    assert_eq!(
        (action.state, action.closed),
        (ActionState::Done, Some(NOW))
    );
}

#[test]
fn strangers_and_empty_words_are_refused() {
    let (mut state, circle) = circle();
    let stranger = Row {
        owner: Owner::Member(crate::domain::id::MemberId(uuid::Uuid::from_u128(9))),
        ..row(circle, "one")
    };
    assert!(take(&mut state, vec![stranger]).is_err());
    assert!(take(&mut state, vec![row(circle, " ")]).is_err());
    assert_eq!(state.actions(circle).count(), 0);
}
