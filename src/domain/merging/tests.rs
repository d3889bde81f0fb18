use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::domain::circle::Circle;
use crate::domain::id::{ActionId, BlockId, CircleId, GroupsId, QuestionId, SessionId, Space};
use crate::domain::item::{Action, Origin, Owner};
use crate::domain::pairing::{Group, Groups};
use crate::domain::roster::Label;
use crate::domain::rotation::{Rotation, Seat};
use crate::domain::text::Clean;

fn at(days: i64) -> Moment {
    Moment::from_millis(1_773_327_600_000 + days * 86_400_000)
}

const fn id(n: u128) -> MemberId {
    MemberId(Uuid::from_u128(n))
}

fn member(n: u128, joined: i64) -> Member {
    let label = Label(u16::try_from(n).unwrap());
    Member::new(id(n), Clean::line("Somebody"), label, at(joined))
}

const JOIN: Join = Join {
    from: id(2),
    into: id(1),
};

/// The document when entry 2 becomes part of entry 1.
fn become_one(document: impl Into<Document>) -> Document {
    join_with(document, (&member(2, 0), &member(1, 0)))
}

fn join_with(document: impl Into<Document>, people: (&Member, &Member)) -> Document {
    let document = document.into();
    let key = Key::new(Space::Org, document.kind(), Uuid::nil());
    joined((&key, &document), JOIN, people)
}

fn held(start: i64) -> Session {
    let mut session = Session::new(SessionId(Uuid::from_u128(9)), 1, at(start), 60);
    session.state = SessionState::Ended;
    session
}

fn session(document: Document) -> Session {
    match document {
        Document::Session(session) => session,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_owner_does_not_ask_after_their_own_action() {
    let mut action = Action::new(
        ActionId(Uuid::nil()),
        1,
        Clean::line("Send deck"),
        Origin::outside(at(0)),
    );
    action.owner = Owner::Member(id(1));
    action.partner = Some(id(2));
    action.origin.speaking = Some(id(2));
    let Document::Action(one) = become_one(action.clone()) else {
        panic!("an action")
    };
    assert_eq!((one.owner, one.partner), (Owner::Member(id(1)), None));
    assert_eq!(one.origin.speaking, Some(id(1)));
    action.owner = Owner::Member(id(3));
    let Document::Action(one) = become_one(action) else {
        panic!("an action")
    };
    assert_eq!(one.partner, Some(id(1)));
}

#[test]
fn who_was_there_under_either_name_was_there() {
    for (away, both) in [
        (vec![], true),
        (vec![1], false),
        (vec![2], false),
        (vec![1, 2], false),
    ] {
        let mut before = held(5);
        before.away = away.iter().map(|n| (id(*n), None)).collect();
        let people = (&member(2, 0), &member(1, 0));
        assert_eq!(both_there(&before, people), both, "{away:?}");
        let one = session(become_one(before));
        assert_eq!(one.away.contains_key(&id(1)), away.len() == 2, "{away:?}");
        assert!(!one.away.contains_key(&id(2)));
    }
}

#[test]
fn whoever_was_not_in_the_circle_between_two_entries_was_away_then() {
    let mut early = member(1, 0);
    early.left = Some(at(3));
    let late = member(2, 10);
    let one = session(join_with(held(5), (&late, &early)));
    assert!(one.away.contains_key(&id(1)));
    let person = person(&late, &early);
    assert_eq!((person.joined, person.left), (at(0), None));
    assert_eq!(person.label, late.label, "the label that is in use");
}

#[test]
fn in_a_session_to_come_either_word_counts_and_the_reason_stays() {
    let mut planned = held(5);
    planned.state = SessionState::Planned;
    planned.away.insert(id(2), Some(Clean::line("ill")));
    let one = session(become_one(planned));
    assert_eq!(
        one.away.get(&id(1)).cloned().flatten().as_deref(),
        Some("ill")
    );
}

#[test]
fn a_person_is_in_one_group_and_tied_to_nobody_they_are() {
    let group = |members: &[u128]| Group {
        members: members.iter().map(|n| id(*n)).collect(),
        report: None,
    };
    let groups = Groups {
        id: GroupsId(Uuid::nil()),
        session: SessionId(Uuid::nil()),
        block: BlockId(Uuid::nil()),
        at: at(0),
        groups: vec![group(&[1, 3]), group(&[2, 4])],
        extra: serde_json::Map::new(),
    };
    let Document::Groups(one) = become_one(groups) else {
        panic!("groups")
    };
    assert_eq!(one.groups, [group(&[1, 3]), group(&[4])]);

    let mut circle = Circle::new(CircleId(Uuid::nil()), Clean::line("Ladder"), at(0));
    let tie = |one, other, together| Tie {
        one: id(one),
        other: id(other),
        together,
    };
    circle.ties = vec![
        tie(1, 2, true),
        tie(3, 2, true),
        tie(1, 3, false),
        tie(2, 4, true),
    ];
    let Document::Circle(one) = become_one(circle) else {
        panic!("a circle")
    };
    assert_eq!(one.ties, [tie(1, 3, false), tie(1, 4, true)]);
}

#[test]
fn seats_that_either_held_add_up() {
    let mut rotation = Rotation::default();
    let seat = Seat::ALL[0];
    rotation.take(seat, id(1), at(1));
    rotation.take(seat, id(2), at(4));
    rotation.pass_over(seat, id(2), Some(id(3)));
    let Document::Rotation(one) = become_one(rotation) else {
        panic!("a rotation")
    };
    let held = one.held(seat, id(1));
    assert_eq!((held.times, held.last, held.owed), (2, Some(at(4)), 1));
    assert!(!one.seats[&seat].contains_key(&id(2)));
}

#[test]
fn what_is_known_of_one_entry_alone_is_kept() {
    let (mut from, mut into) = (member(2, 0), member(1, 3));
    from.mail = Some(Clean::line("jun@mail.example"));
    from.no_calls = true;
    from.role = Role::Facilitator;
    from.also = vec![id(7)];
    from.reflected.insert(QuestionId(Uuid::nil()), at(2));
    into.role = Role::Guest;
    let one = person(&from, &into);
    assert_eq!(
        (one.id, &one.name, one.label),
        (id(1), &into.name, into.label)
    );
    assert_eq!(one.mail.as_deref(), Some("jun@mail.example"));
    assert!(one.no_calls && one.role == Role::Facilitator && one.joined == at(0));
    assert_eq!(one.also, [id(2), id(7)]);
    assert_eq!(one.reflected.len(), 1);
    into.mail = Some(Clean::line("own@mail.example"));
    assert_eq!(person(&from, &into).mail, into.mail);
}

#[test]
fn an_id_is_found_wherever_it_stands() {
    let name = id(2).0.hyphenated().to_string();
    for body in [
        serde_json::json!(name),
        serde_json::json!({ "new": [{ "of": name }] }),
        serde_json::json!({ name.as_str(): 1 }),
    ] {
        assert!(mentions(&body, id(2)) && !mentions(&body, id(1)), "{body}");
    }
    let day = NaiveDate::from_ymd_opt(2026, 3, 12);
    assert!(!mentions(
        &serde_json::json!({ "day": day, "n": 2, "is": null }),
        id(2)
    ));
}
