use std::collections::BTreeSet;

use uuid::Uuid;

use crate::command::{Command, Context, Refusal, decide};
use crate::domain::book::reader::{Reached, Reader};
use crate::domain::book::reading::Measure;
use crate::domain::change::{Author, Via};
use crate::domain::circle::Circle;
use crate::domain::clock::{Moment, Span};
use crate::domain::document::Document;
use crate::domain::id::{
    BookId, CircleId, Ids, Key, Kind, MemberId, PersonId, RunId, SessionId, Space,
};
use crate::domain::person::{Person, persons};
use crate::domain::roster::{Label, Member};
use crate::domain::session::{Session, SessionState};
use crate::domain::state::State;
use crate::domain::text::Clean;

fn at() -> Moment {
    Moment::parse("2026-03-12T15:00:00Z").unwrap()
}

const fn circle(n: u128) -> CircleId {
    CircleId(Uuid::from_u128(n))
}

/// The member with this number in the circle with this number.
const fn who(circle: u128, member: u128) -> MemberId {
    MemberId(Uuid::from_u128(circle * 10 + member))
}

/// Two circles of three.
fn world() -> State {
    let mut state = State::default();
    for n in 1..=2 {
        let id = circle(n);
        let name = Clean::line(&format!("Circle {n}"));
        let place = Key::circle(id, Kind::Circle, id.0);
        state.load(place, Circle::new(id, name, at()).into());
        for m in 1..=3 {
            let member = who(n, m);
            let name = Clean::line(&format!("Person {m}"));
            let label = Label(u16::try_from(m).unwrap());
            let place = Key::circle(id, Kind::Member, member.0);
            state.load(place, Member::new(member, name, label, at()).into());
        }
    }
    state
}

fn put(state: &mut State, kind: Kind, id: Uuid, document: impl Into<Document>) {
    state.load(Key::circle(circle(1), kind, id), document.into());
}

/// Makes entry 2 of circle 1 part of entry 1.
fn merge(state: &mut State) -> Result<String, Refusal> {
    let mut cx = Context {
        at: at(),
        by: Author {
            via: Via::Cli,
            run: RunId(Uuid::from_u128(9)),
        },
        ids: Ids::new(at(), 1),
        zone: chrono_tz::UTC,
    };
    let command = Command::MergeMembers {
        circle: circle(1),
        from: who(1, 2),
        into: who(1, 1),
    };
    let decided = decide(state, &command, &mut cx)?;
    state.apply_changes(&decided.changes).unwrap();
    Ok(decided.title)
}

fn told(state: &mut State) -> String {
    merge(state).unwrap_err().reason
}

#[test]
fn the_title_names_nobody() {
    let mut state = world();
    let title = merge(&mut state).unwrap();
    assert_eq!(title, "two entries of one person, who is number 1 now");
    assert!(state.member(circle(1), who(1, 2)).is_none());
    assert_eq!(
        told(&mut state),
        "that person is not there any more; look again"
    );
}

#[test]
fn two_who_were_in_one_session_are_two_people_until_somebody_says_otherwise() {
    let mut state = world();
    for n in 1..=5 {
        let id = SessionId(Uuid::from_u128(50 + u128::from(n)));
        let start = at() + Span::from_minutes(i64::from(n) * 24 * 60);
        let mut session = Session::new(id, n, start, 60);
        session.state = SessionState::Ended;
        put(&mut state, Kind::Session, id.0, session);
    }
    let words = told(&mut state);
    assert!(
        words.contains("#5 of 17 Mar 2026, #4 of 16 Mar 2026, #3 of 15 Mar 2026 and 2 before"),
        "{words}"
    );
    assert!(words.contains("circlet session away 1 NAME"), "{words}");
}

#[test]
fn a_running_session_comes_first() {
    let mut state = world();
    let id = SessionId(Uuid::from_u128(50));
    let mut session = Session::new(id, 1, at(), 60);
    session.state = SessionState::Running;
    let live = crate::domain::live::Live::start(&session, at());
    put(&mut state, Kind::Live, id.0, live);
    put(&mut state, Kind::Session, id.0, session);
    assert!(told(&mut state).contains("wrap it up first"));
}

#[test]
fn how_far_both_entries_have_read_stands_in_one_row_by_time() {
    let mut state = world();
    let book = BookId(Uuid::from_u128(70));
    let reached = |minutes, place| Reached {
        at: at() + Span::from_minutes(minutes),
        place,
        measure: Measure::Chapters,
    };
    for (member, places, shared) in [
        (who(1, 1), vec![reached(0, 1), reached(900, 4)], false),
        (who(1, 2), vec![reached(300, 2)], true),
    ] {
        let reader = Reader {
            reached: places,
            shared,
            ..Reader::new(book, member)
        };
        put(&mut state, Kind::Reader, reader.id.0, reader);
    }
    merge(&mut state).unwrap();
    assert!(state.reader(circle(1), book, who(1, 2)).is_none());
    let one = state.reader(circle(1), book, who(1, 1)).unwrap();
    let places: Vec<u32> = one.reached.iter().map(|reached| reached.place).collect();
    assert_eq!(places, [1, 2, 4]);
    assert!(!one.shared, "their own word about their name stays");
}

#[test]
fn who_they_are_in_other_circles_stays_known() {
    let person = |n: u128, members: [(CircleId, MemberId); 2]| {
        Person::new(PersonId(Uuid::from_u128(n)), BTreeSet::from(members))
    };
    let place = |n| Key::new(Space::Org, Kind::Person, Uuid::from_u128(n));
    let theirs = (circle(1), who(1, 2));
    let mut state = world();
    let known = person(80, [theirs, (circle(2), who(2, 3))]);
    state.load(place(80), known.into());
    merge(&mut state).unwrap();
    let all: Vec<&Person> = persons(&state).collect();
    let one = BTreeSet::from([(circle(1), who(1, 1)), (circle(2), who(2, 3))]);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].members, one);

    let mut state = world();
    state.load(
        place(80),
        person(80, [theirs, (circle(2), who(2, 3))]).into(),
    );
    let other = person(81, [(circle(1), who(1, 1)), (circle(2), who(2, 1))]);
    state.load(place(81), other.into());
    let words = told(&mut state);
    assert!(
        words.starts_with("in Circle 2 they are known as two people"),
        "{words}"
    );
}
