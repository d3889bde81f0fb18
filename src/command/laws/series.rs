//! Series: moved, skipped and laid out, with guests for one session; each is one act that undo takes back.

use chrono::{NaiveTime, Weekday};

use crate::command::laws::world::{World, plan};
use crate::command::series::Placed;
use crate::command::{Command, NewMember};
use crate::domain::clock::{Moment, Span};
use crate::domain::rhythm::Rhythm;
use crate::domain::roster::Role;
use crate::domain::session::{Session, SessionState};
use crate::domain::text::Clean;

/// 2026-03-12 is a Thursday; the world begins at 15:00.
fn thursdays() -> Rhythm {
    Rhythm {
        weeks: 2,
        nth: None,
        day: Weekday::Thu,
        time: NaiveTime::from_hms_opt(15, 0, 0).unwrap(),
        minutes: 90,
    }
}

/// A circle with a rule and three sessions by it.
fn world() -> World {
    let mut world = World::new();
    let sessions = [14, 28].map(|days| Placed {
        session: None,
        plan: plan(world.at + Span::from_minutes(days * 1_440), 3),
    });
    let series = Command::PlanSeries {
        circle: world.circles[0],
        sessions: sessions.to_vec(),
        rhythm: Some(thursdays()),
    };
    world.send(&series).unwrap();
    world
}

fn sessions(world: &World) -> Vec<Session> {
    world.state.sessions(world.circles[0]).cloned().collect()
}

fn starts(world: &World, state: SessionState) -> Vec<Moment> {
    let mut starts: Vec<Moment> = sessions(world)
        .iter()
        .filter(|session| session.state == state)
        .map(|session| session.start)
        .collect();
    starts.sort_unstable();
    starts
}

#[test]
fn a_series_is_one_act_and_undo_takes_all_of_it() {
    let mut world = world();
    assert_eq!(sessions(&world).len(), 3);
    assert!(world.acts.last().unwrap().title.ends_with(": 2 sessions"));
    let circle = world.circles[0];
    assert_eq!(
        world.state.circle(circle).unwrap().rhythm,
        Some(thursdays())
    );
    world.press(false).unwrap().unwrap();
    assert_eq!(sessions(&world).len(), 1);
    assert_eq!(world.state.circle(circle).unwrap().rhythm, None);
}

#[test]
fn a_series_has_at_least_one_session_and_at_most_sixty() {
    let mut world = World::new();
    let circle = world.circles[0];
    for (count, words) in [(0, "no meeting to plan"), (61, "at most 60 sessions")] {
        let one = Placed {
            session: None,
            plan: plan(world.at, 1),
        };
        let series = Command::PlanSeries {
            circle,
            sessions: vec![one; count],
            rhythm: None,
        };
        let refused = world.send(&series).unwrap_err();
        assert!(refused.reason.contains(words), "{refused}");
    }
}

#[test]
fn a_planned_session_can_take_the_agenda_of_a_series_and_keeps_its_date() {
    let mut world = world();
    let first = sessions(&world)[0].clone();
    let series = Command::PlanSeries {
        circle: world.circles[0],
        sessions: vec![Placed {
            session: Some(first.id),
            plan: plan(first.start + Span::from_minutes(60), 2),
        }],
        rhythm: None,
    };
    world.send(&series).unwrap();
    let now = sessions(&world)[0].clone();
    assert_eq!(
        (now.id, now.number, now.start),
        (first.id, first.number, first.start)
    );
    assert_eq!(now.blocks.len(), 2);
}

#[test]
fn skipping_leaves_the_others_and_plans_the_same_behind_them() {
    let mut world = world();
    let before = sessions(&world);
    let skipped = before[1].clone();
    let skip = Command::SkipSession {
        circle: world.circles[0],
        session: skipped.id,
    };
    world.send(&skip).unwrap();
    let title = &world.acts.last().unwrap().title;
    assert_eq!(title, "session #2 skipped, #4 planned instead");
    assert_eq!(starts(&world, SessionState::Cancelled), [skipped.start]);
    let planned = starts(&world, SessionState::Planned);
    let days: Vec<i64> = planned
        .iter()
        .map(|at| (*at - world.at).millis() / 86_400_000)
        .collect();
    assert_eq!(days, [0, 28, 42]);
    let new = sessions(&world).pop().unwrap();
    let titles = |session: &Session| -> Vec<Clean> {
        session.blocks.iter().map(|b| b.title.clone()).collect()
    };
    assert_eq!(titles(&new), titles(&skipped));
    assert!(
        new.blocks
            .iter()
            .all(|block| skipped.block(block.id).is_none())
    );
    let refused = world.send(&skip).unwrap_err();
    assert!(refused.reason.contains("called off"), "{refused}");
    world.press(false).unwrap().unwrap();
    assert_eq!(sessions(&world), before);
}

#[test]
fn a_move_remembers_the_place_in_the_series_until_it_is_back() {
    let mut world = world();
    let (circle, second) = (world.circles[0], sessions(&world)[1].clone());
    let moved = |start| Command::EditSession {
        circle,
        session: second.id,
        start: Some(start),
        minutes: None,
        blocks: None,
    };
    world
        .send(&moved(second.start + Span::from_minutes(3_000)))
        .unwrap();
    world
        .send(&moved(second.start - Span::from_minutes(3_000)))
        .unwrap();
    let held = sessions(&world)[1].clone();
    assert_eq!(held.slot, Some(second.start));
    assert_eq!(held.in_series(), second.start);
    world.send(&moved(second.start)).unwrap();
    assert_eq!(sessions(&world)[1].slot, None);
}

#[test]
fn guests_belong_to_the_session_they_were_invited_to() {
    let mut world = world();
    let circle = world.circles[0];
    let first = sessions(&world)[0].id;
    let invite = |guests, new, coming| Command::Invite {
        circle,
        session: first,
        guests,
        new,
        coming,
    };
    let noor = NewMember {
        name: Clean::line("Noor"),
        mail: None,
        role: Role::Member,
    };
    world.send(&invite(Vec::new(), vec![noor], true)).unwrap();
    // Who it is stands in no title: titles stay when a person is erased.
    assert_eq!(
        world.acts.last().unwrap().title,
        "1 guest comes to session #1"
    );
    let all = sessions(&world);
    let people = |session: &Session| world.state.people_of(circle, session).len();
    assert_eq!((people(&all[0]), people(&all[1])), (5, 4));
    let id = *all[0].guests.first().unwrap();
    assert_eq!(world.state.member(circle, id).unwrap().role, Role::Guest);
    world.send(&invite(vec![id], Vec::new(), false)).unwrap();
    assert_eq!(sessions(&world)[0].guests.len(), 0);
    // At the door all the same.
    let attend = Command::Attend {
        circle,
        session: first,
        member: id,
        here: true,
    };
    world.send(&attend).unwrap();
    assert!(sessions(&world)[0].guests.contains(&id));
    let ana = world.state.members(circle)[0].id;
    let refused = world
        .send(&invite(vec![ana], Vec::new(), true))
        .unwrap_err();
    assert!(
        refused.reason.contains("belongs to every session"),
        "{refused}"
    );
}
