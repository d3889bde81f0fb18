use uuid::Uuid;

use crate::command::{Command, Context, Refusal, decide};
use crate::domain::change::{Author, Via};
use crate::domain::circle::{Circle, Counter};
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{
    ActionId, CircleId, Ids, Key, Kind, MemberId, PersonId, RunId, SessionId, Space,
};
use crate::domain::item::{Action, Origin, Owner};
use crate::domain::person::Person;
use crate::domain::roster::{Label, Member};
use crate::domain::state::{State, counter_key};
use crate::domain::text::Clean;

const LADDER: CircleId = CircleId(Uuid::from_u128(1));
const READERS: CircleId = CircleId(Uuid::from_u128(2));
const MARIA: MemberId = MemberId(Uuid::from_u128(11));
const THERE: MemberId = MemberId(Uuid::from_u128(21));

fn at() -> Moment {
    Moment::parse("2026-03-12T15:00:00Z").unwrap()
}

fn member(id: MemberId, name: &str) -> Document {
    Member::new(id, Clean::line(name), Label(1), at()).into()
}

fn key(circle: CircleId) -> Key {
    Key::circle(circle, Kind::Action, Uuid::from_u128(31))
}

/// Two circles; Maria of the first has an action from a session, and somebody is in the second.
fn world(there: &str) -> State {
    let mut state = State::default();
    for (id, name) in [(LADDER, "Ladder Up"), (READERS, "Readers")] {
        let circle = Circle::new(id, Clean::line(name), at());
        state.load(Key::circle(id, Kind::Circle, id.0), circle.into());
    }
    let place = |circle, id: MemberId| Key::circle(circle, Kind::Member, id.0);
    state.load(place(LADDER, MARIA), member(MARIA, "Maria Okafor"));
    state.load(place(READERS, THERE), member(THERE, there));
    let origin = Origin {
        session: Some(SessionId(Uuid::from_u128(5))),
        speaking: Some(MARIA),
        ..Origin::outside(at())
    };
    let mut action = Action::new(
        ActionId(key(LADDER).id),
        14,
        Clean::line("Send deck"),
        origin,
    );
    action.owner = Owner::Member(MARIA);
    action.help = true;
    state.load(key(LADDER), action.into());
    let counter = Counter {
        action: 2,
        ..Counter::default()
    };
    state.load(counter_key(Space::Circle(READERS)), counter.into());
    state
}

/// Moves the action; the title and the action as it is then.
fn moved(state: &State) -> Result<(String, Action), Refusal> {
    let mut cx = Context {
        at: at(),
        by: Author {
            via: Via::Cli,
            run: RunId(Uuid::from_u128(9)),
        },
        ids: Ids::new(at(), 1),
        zone: chrono_tz::UTC,
    };
    let command = Command::MoveAction {
        keys: vec![key(LADDER)],
        to: READERS,
    };
    let decided = decide(state, &command, &mut cx)?;
    let mut state = state.clone();
    state.apply_changes(&decided.changes).unwrap();
    assert_eq!(state.get(&key(LADDER)), None, "it left its circle");
    let Some(Document::Action(action)) = state.get(&key(READERS)) else {
        panic!("it is not in the other circle");
    };
    Ok((decided.title, action.clone()))
}

#[test]
fn an_action_goes_to_whoever_has_the_same_name_and_gets_the_next_number() {
    let (title, action) = moved(&world("MARÍA Okafor")).unwrap();
    assert_eq!(action.number, 3);
    assert_eq!(action.owner, Owner::Member(THERE));
    assert_eq!(
        title,
        "A14 \"Send deck\" moved to Readers as A3, its owner is whoever has the same name there"
    );
    assert!(!title.contains("Maria"), "a title names no person");
}

#[test]
fn somebody_known_to_be_the_same_person_owns_it_whatever_their_name() {
    let mut state = world("M. O. Adeyemi");
    let id = PersonId(Uuid::from_u128(41));
    let person = Person::new(id, [(LADDER, MARIA), (READERS, THERE)].into());
    state.load(Key::new(Space::Org, Kind::Person, id.0), person.into());
    let (title, action) = moved(&state).unwrap();
    assert_eq!(action.owner, Owner::Member(THERE));
    assert_eq!(title, "A14 \"Send deck\" moved to Readers as A3");
}

#[test]
fn with_nobody_of_that_name_it_has_no_owner_and_says_so() {
    let (title, action) = moved(&world("Kofi Mensah")).unwrap();
    assert_eq!(action.owner, Owner::Nobody);
    assert!(title.ends_with("without an owner: nobody of that name is there"));
}

#[test]
fn what_belongs_to_the_other_circle_stays_behind_and_words_say_where_it_was() {
    let (_, action) = moved(&world("Maria Okafor")).unwrap();
    assert_eq!(action.origin, Origin::outside(at()));
    assert!(!action.help, "this circle was not asked for help");
    assert_eq!(
        action.note.unwrap().as_str(),
        "From Ladder Up, where it was A14 of 12 Mar 2026"
    );
}

#[test]
fn an_action_is_not_moved_to_where_it_is_nor_out_of_the_trash() {
    let mut state = world("Maria Okafor");
    let Some(Document::Action(mut action)) = state.get(&key(LADDER)).cloned() else {
        panic!("the world has one");
    };
    action.trashed = Some(at());
    state.load(key(LADDER), action.into());
    assert!(moved(&state).unwrap_err().reason.contains("trash"));
    state.load(key(READERS), state.get(&key(LADDER)).cloned().unwrap());
    assert!(moved(&state).is_err());
}
