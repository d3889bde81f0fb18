use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::circle::Circle;
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind};
use crate::domain::item::Origin;
use crate::domain::roster::{Label, Member};

const HERE: CircleId = CircleId(Uuid::from_u128(1));
const THERE: CircleId = CircleId(Uuid::from_u128(2));
const MEI: MemberId = MemberId(Uuid::from_u128(11));
const TOM: MemberId = MemberId(Uuid::from_u128(12));

fn line(text: &str) -> Clean {
    Clean::line(text)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn state() -> State {
    let mut state = State::default();
    for (id, name) in [(HERE, "Ladder Up"), (THERE, "Book Night")] {
        let circle = Circle::new(id, line(name), Moment::from_millis(0));
        state.load(Key::circle(id, Kind::Circle, id.0), circle.into());
        for (n, (id_of, name)) in (1..).zip([(MEI, "Mei Lin"), (TOM, "Tom Weiss")]) {
            let member = Member::new(id_of, line(name), Label(n), Moment::from_millis(0));
            state.load(
                Key::circle(id, Kind::Member, id_of.0),
                Document::from(member),
            );
        }
    }
    state
}

fn held(n: u128, text: &str, owner: Owner) -> Action {
    let origin = Origin::outside(Moment::from_millis(1_000));
    Action {
        owner,
        due: Due::On(day("2026-03-13")),
        ..Action::new(ActionId(Uuid::from_u128(n)), 1, line(text), origin)
    }
}

fn said(text: &str) -> Said {
    Said {
        due: Due::On(day("2026-03-13")),
        ..Said::new(1, line(text))
    }
}

fn sorted(rows: &[Said], here: &[(CircleId, Action)], owner: Option<MemberId>) -> Intake {
    let state = state();
    Intake::of(
        rows,
        Setting {
            state: &state,
            now: Moment::from_millis(0),
            zone: chrono_tz::UTC,
            circle: HERE,
            owner,
            me: Some(TOM),
            here,
        },
    )
}

#[test]
fn people_and_circles_are_found_and_who_is_not_stays_in_the_words() {
    let rows = [
        Said {
            owners: vec![line("tom weiss")],
            ..said("one")
        },
        Said {
            owners: vec![line("Zoe Ode")],
            circle: Some(line("book-night")),
            ..said("two")
        },
        Said {
            owners: vec![line("me")],
            circle: Some(line("Garage")),
            ..said("three")
        },
    ];
    let intake = sorted(&rows, &[], None);
    assert_eq!(intake.new[0].owner, Owner::Member(TOM));
    assert_eq!(
        (
            intake.new[1].circle,
            intake.new[1].owner,
            intake.new[1].text.as_str()
        ),
        (THERE, Owner::Nobody, "two @Zoe_Ode")
    );
    assert_eq!(intake.unknown, [(1, line("Zoe Ode"))]);
    assert_eq!(intake.new[2].owner, Owner::Member(TOM));
    assert_eq!(intake.new[2].tags, [line("Garage")]);
}

#[test]
fn a_row_is_known_by_its_uid_its_foreign_id_or_what_it_says() {
    let mut with_id = held(3, "three", Owner::Nobody);
    with_id.foreign = Some(line("t-3"));
    let here = [
        (HERE, held(1, "one", Owner::Nobody)),
        (HERE, held(2, "Two", Owner::Nobody)),
        (HERE, with_id),
    ];
    let rows = [
        Said {
            uid: Some(ActionId(Uuid::from_u128(1))),
            ..said("other words")
        },
        said("two"),
        Said {
            foreign: Some(line("t-3")),
            ..said("renamed there")
        },
        said("new"),
        said("NEW"),
    ];
    let intake = sorted(&rows, &here, None);
    assert_eq!((intake.new.len(), intake.known), (1, 4), "{intake:?}");
}

#[test]
fn names_of_a_file_are_whole_names() {
    for (name, owner) in [
        ("To", Owner::Nobody),
        ("2", Owner::Nobody),
        ("weiss", Owner::Member(TOM)),
        ("mei-lin", Owner::Member(MEI)),
    ] {
        let row = Said {
            owners: vec![line(name)],
            ..said("one")
        };
        assert_eq!(sorted(&[row], &[], None).new[0].owner, owner, "{name}");
    }
}

#[test]
fn what_was_done_and_is_asked_for_again_is_new() {
    let done = Action {
        due: Due::None,
        state: ActionState::Done,
        closed: Some(Moment::from_millis(5_000)),
        ..held(1, "one", Owner::Nobody)
    };
    let again = Said::new(1, line("One"));
    let earlier = Said {
        created: Some(Moment::from_millis(2_000)),
        ..again.clone()
    };
    let ticked = Said {
        state: ActionState::Done,
        ..again.clone()
    };
    for (row, new) in [(again, 1), (earlier, 0), (ticked, 0)] {
        let here = [(HERE, done.clone())];
        assert_eq!(sorted(&[row], &here, None).new.len(), new);
    }
}

#[test]
fn a_known_row_brings_what_the_file_knows_better() {
    let here = [(HERE, held(1, "one", Owner::Member(TOM)))];
    let uid = Some(ActionId(Uuid::from_u128(1)));
    let done = Said {
        uid,
        state: ActionState::Done,
        owners: vec![line("Tom Weiss")],
        ..said("one")
    };
    let rows = sorted(std::slice::from_ref(&done), &here, None);
    assert_eq!((rows.newer.len(), rows.rows(false).len()), (1, 0));
    assert_eq!(rows.rows(true)[0].known, uid);
    // Whose file it is decides whose rows are looked at.
    let of_mei = sorted(std::slice::from_ref(&done), &here, Some(MEI));
    assert_eq!((of_mei.newer.len(), of_mei.others), (0, 1));
    // Nor does a file that says another owner touch it.
    let another = Said {
        owners: vec![line("Mei Lin")],
        ..done
    };
    assert_eq!(sorted(&[another], &here, None).others, 1);
}

#[test]
fn what_is_closed_here_opens_only_for_a_later_change() {
    let mut closed = held(1, "one", Owner::Nobody);
    closed.state = ActionState::Done;
    closed.closed = Some(Moment::from_millis(5_000));
    let here = [(HERE, closed)];
    let row = |changed: Option<i64>| Said {
        uid: Some(ActionId(Uuid::from_u128(1))),
        changed: changed.map(Moment::from_millis),
        ..said("one")
    };
    for (changed, newer) in [(None, 0), (Some(4_000), 0), (Some(6_000), 1)] {
        let intake = sorted(&[row(changed)], &here, None);
        assert_eq!(intake.newer.len(), newer, "{changed:?}");
    }
}

#[test]
fn rows_without_an_owner_are_of_whoever_the_file_is() {
    let intake = sorted(&[said("one")], &[], Some(MEI));
    assert_eq!(intake.new[0].owner, Owner::Member(MEI));
}

fn anything() -> impl Strategy<Value = Said> {
    let texts = prop::sample::select(vec!["one", "ONE", "two", "Große Pläne", "三", "a @b +c"]);
    let names = prop::sample::select(vec!["", "Mei", "Tom Weiss", "zoe", "all", "me", "?", "m"]);
    (
        texts,
        names,
        0_u8..4,
        prop::option::of(1_u128..4),
        prop::option::of(0_u8..3),
    )
        .prop_map(|(text, name, state, uid, foreign)| Said {
            uid: uid.map(|n| ActionId(Uuid::from_u128(100 + n))),
            foreign: foreign.map(|n| line(&format!("f{n}"))),
            owners: (!name.is_empty()).then(|| line(name)).into_iter().collect(),
            state: [
                ActionState::Open,
                ActionState::Done,
                ActionState::Partly,
                ActionState::LetGo,
            ][usize::from(state)],
            ..said(text)
        })
}

proptest! {
    /// Taking the same file again adds nothing.
    #[test]
    fn what_was_taken_is_known_the_next_time(rows in prop::collection::vec(anything(), 0..12)) {
        let first = sorted(&rows, &[], None);
        let here: Vec<(CircleId, Action)> = (1..)
            .zip(&first.new)
            .map(|(n, row)| {
                let id = row.uid.unwrap_or(ActionId(Uuid::from_u128(n)));
                let origin = Origin::outside(Moment::from_millis(0));
                let action = Action {
                    owner: row.owner,
                    due: row.due,
                    state: row.state,
                    foreign: row.foreign.clone(),
                    progress: row.progress.clone(),
                    ..Action::new(id, 1, row.text.clone(), origin)
                };
                (row.circle, action)
            })
            .collect();
        prop_assert_eq!(sorted(&rows, &here, None).new, vec![]);
    }
}
