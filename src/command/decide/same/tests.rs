use uuid::Uuid;

use crate::command::{Command, Context, Refusal, decide};
use crate::domain::change::{Author, Via};
use crate::domain::circle::Circle;
use crate::domain::clock::Moment;
use crate::domain::id::{CircleId, Ids, Key, Kind, MemberId, RunId};
use crate::domain::person::{person_of, persons};
use crate::domain::roster::{Label, Member};
use crate::domain::state::State;
use crate::domain::text::Clean;

type Who = (CircleId, MemberId);

fn at() -> Moment {
    Moment::parse("2026-03-12T15:00:00Z").unwrap()
}

/// The member with this number in the circle with this number.
const fn who(circle: u128, member: u128) -> Who {
    (
        CircleId(Uuid::from_u128(circle)),
        MemberId(Uuid::from_u128(circle * 10 + member)),
    )
}

/// Three circles of two.
fn world() -> State {
    let mut state = State::default();
    for n in 1..=3 {
        let (circle, _) = who(n, 1);
        let name = Clean::line(&format!("Circle {n}"));
        let place = Key::circle(circle, Kind::Circle, circle.0);
        state.load(place, Circle::new(circle, name, at()).into());
        for m in 1..=2 {
            let (_, member) = who(n, m);
            let name = Clean::line(&format!("Person {m}"));
            let place = Key::circle(circle, Kind::Member, member.0);
            state.load(place, Member::new(member, name, Label(1), at()).into());
        }
    }
    state
}

fn send(state: &mut State, command: &Command) -> Result<String, Refusal> {
    let mut cx = Context {
        at: at(),
        by: Author {
            via: Via::Cli,
            run: RunId(Uuid::from_u128(9)),
        },
        ids: Ids::new(at(), state.rev()),
        zone: chrono_tz::UTC,
    };
    let decided = decide(state, command, &mut cx)?;
    state.apply_changes(&decided.changes).unwrap();
    Ok(decided.title)
}

fn same(state: &mut State, one: Who, other: Who) -> Result<String, Refusal> {
    send(state, &Command::SamePerson { one, other })
}

fn are_same(state: &State, one: Who, other: Who) -> bool {
    person_of(state, one.0, one.1).is_some_and(|person| person.members.contains(&other))
}

#[test]
fn members_of_two_circles_are_the_same_person_and_the_title_names_nobody() {
    let mut state = world();
    let title = same(&mut state, who(1, 1), who(2, 1)).unwrap();
    assert!(are_same(&state, who(2, 1), who(1, 1)));
    assert!(
        title.contains("Circle 1") && !title.contains("Person"),
        "{title}"
    );
    assert!(same(&mut state, who(2, 1), who(1, 1)).is_err(), "again");
}

#[test]
fn whoever_is_the_same_as_one_is_the_same_as_the_other() {
    let mut state = world();
    same(&mut state, who(1, 1), who(2, 1)).unwrap();
    same(&mut state, who(3, 1), who(2, 1)).unwrap();
    assert!(are_same(&state, who(1, 1), who(3, 1)));
    assert_eq!(persons(&state).count(), 1);
}

#[test]
fn two_members_of_one_circle_never_become_the_same_person_this_way() {
    let mut state = world();
    assert!(same(&mut state, who(1, 1), who(1, 2)).is_err());
    same(&mut state, who(1, 1), who(2, 1)).unwrap();
    assert!(same(&mut state, who(1, 2), who(2, 1)).is_err());
}

#[test]
fn apart_leaves_the_others_together_until_one_is_left() {
    let mut state = world();
    same(&mut state, who(1, 1), who(2, 1)).unwrap();
    same(&mut state, who(3, 1), who(2, 1)).unwrap();
    let apart = |(circle, member)| Command::PersonApart { circle, member };
    send(&mut state, &apart(who(2, 1))).unwrap();
    assert!(are_same(&state, who(1, 1), who(3, 1)));
    assert!(!are_same(&state, who(1, 1), who(2, 1)));
    send(&mut state, &apart(who(1, 1))).unwrap();
    assert_eq!(persons(&state).count(), 0);
    assert!(send(&mut state, &apart(who(1, 1))).is_err());
}
