use uuid::Uuid;

use super::*;
use crate::domain::clock::Span;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::item::Origin;
use crate::domain::mentions;
use crate::domain::roster::Label;

const ZONE: Zone = chrono_tz::Europe::Berlin;

fn at(minute: i64) -> Moment {
    Moment::parse("2026-03-12T14:00:00Z").unwrap() + Span::from_minutes(minute)
}

fn action(number: u32, text: &str) -> Action {
    Action::new(
        ActionId(Uuid::from_u128(u128::from(number))),
        number,
        Clean::line(text),
        Origin::outside(at(0)),
    )
}

fn day(text: &str) -> Due {
    Due::On(text.parse().unwrap())
}

fn maria() -> Member {
    Member::new(
        MemberId(Uuid::from_u128(21)),
        Clean::line("Maria Okafor"),
        Label(4),
        at(-100),
    )
}

fn list(actions: &[Action], naming: Naming) -> ActionList {
    let circle = Circle::new(
        CircleId(Uuid::from_u128(9)),
        Clean::line("Ladder Up"),
        at(-100),
    );
    let maria = maria();
    let source = Source {
        circle: &circle,
        members: vec![&maria],
        actions: actions.iter().collect(),
        // In Berlin the next day has begun by then.
        next: Some(Moment::parse("2026-03-18T23:30:00Z").unwrap()),
    };
    ActionList::new(&[source], naming, ZONE)
}

#[test]
fn rows_stand_in_the_order_in_which_they_are_due_and_closed_ones_last() {
    let actions = [
        action(1, "Undated"),
        Action {
            due: day("2026-04-01"),
            ..action(2, "Late")
        },
        Action {
            state: ActionState::Done,
            closed: Some(at(5)),
            ..action(3, "Done first")
        },
        Action {
            state: ActionState::LetGo,
            closed: Some(at(9)),
            ..action(4, "Let go last")
        },
        Action {
            due: Due::NextSession,
            ..action(5, "Next")
        },
    ];
    let list = list(&actions, Naming::Full);
    let numbers: Vec<u32> = list.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [5, 2, 1, 4, 3]);
    let (open, closed) = list.parts();
    assert_eq!((open.len(), closed.len()), (3, 2));
    assert_eq!(open[0].due, Some("2026-03-19".parse().unwrap()));
    assert_eq!(list.title(), "Ladder Up, actions");
}

#[test]
fn actions_are_picked_by_state_owner_and_tag() {
    let maria = Owner::Member(maria().id);
    let action = Action {
        owner: maria,
        tags: vec![Clean::line("Léarning")],
        state: ActionState::Partly,
        ..action(1, "Read")
    };
    let all = Which::default();
    assert!(all.has(&action));
    let fits = Which {
        open: Some(true),
        owner: Some(maria),
        tag: Some("learning".to_owned()),
    };
    assert!(fits.has(&action));
    let not = [
        Which {
            open: Some(false),
            ..all.clone()
        },
        Which {
            owner: Some(Owner::All),
            ..all.clone()
        },
        Which {
            tag: Some("learn".to_owned()),
            ..all
        },
    ];
    assert!(not.iter().all(|which| !which.has(&action)));
}

#[test]
fn without_names_people_are_numbers_and_texts_that_name_them_are_counted() {
    let actions = [
        Action {
            owner: Owner::Member(maria().id),
            ..action(1, "Ask Jun")
        },
        Action {
            owner: Owner::All,
            progress: Some(Clean::line("what maria owes")),
            ..action(2, "Thank Maria")
        },
    ];
    let full = list(&actions, Naming::Full);
    assert_eq!(full.rows[0].owner.as_deref(), Some("Maria Okafor"));
    assert_eq!(full.may_name, 0);
    let bare = list(&actions, Naming::Numbered);
    assert_eq!(bare.rows[0].owner.as_deref(), Some("member 4"));
    assert_eq!(bare.rows[1].owner.as_deref(), Some("all"));
    assert_eq!(
        mentions::words(bare.may_name).as_deref(),
        Some("2 texts may still name somebody")
    );
}
