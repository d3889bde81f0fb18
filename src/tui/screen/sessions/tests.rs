use proptest::prelude::*;

use super::*;
use crate::command::ItemEdit;
use crate::command::plan::Plan;
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{DecisionId, Kind};
use crate::domain::item::{Decision, Origin};
use crate::domain::text::Clean;
use crate::engine::query::Row;
use crate::tui::fixture_lists::{HARD, SIZES, World, templates};
use crate::tui::screen::words;

fn screen(world: &World) -> Sessions {
    let mut screen = Sessions::new(templates());
    let session = world.sessions[1];
    let query = Query::Record {
        circle: world.circle,
        session,
    };
    let answer = Answer::Rows {
        rows: world.record(session),
        more: false,
    };
    screen.answered(&query, &answer, &world.view());
    screen
}

fn press(screen: &mut Sessions, world: &World, ids: &[CommandId]) -> Reply {
    let mut reply = Reply::Ignored;
    for id in ids {
        reply = screen.run(*id, &Arg::None, &world.view());
    }
    reply
}

/// The cursor on the line of the minutes that has these words.
fn on_line(screen: &mut Sessions, world: &World, words: &str) {
    press(screen, world, &[CommandId::Down, CommandId::Open]);
    on_words(screen, world, words);
}

/// The same in minutes that are open.
fn on_words(screen: &mut Sessions, world: &World, words: &str) {
    let session = screen.here(&world.view()).unwrap().clone();
    let rows = screen.rows_of(session.id, &world.view());
    let lines = minutes::lines(&world.view(), &session, &rows);
    let place = lines.iter().position(|line| line.text.contains(words));
    let places: Vec<usize> = (0..lines.len()).collect();
    screen.line.put(place.unwrap(), &places);
}

#[test]
fn planned_and_past_sessions_stand_beside_their_minutes() {
    let world = World::new();
    let mut screen = screen(&world);
    press(&mut screen, &world, &[CommandId::Down]);
    insta::assert_snapshot!(world.show(&screen, (120, 36)).join("\n"));
}

#[test]
fn words_that_are_too_long_are_refused_and_not_cut() {
    let world = World::new();
    let mut screen = Sessions::default();
    let key = Key::circle(CircleId(uuid::Uuid::nil()), Kind::Note, uuid::Uuid::nil());
    screen.asking_row = Some(key);
    let reply = screen.entered_text(&"x".repeat(100 * 1024), &world.view());
    assert!(
        matches!(&reply, Reply::Refuse(why) if why.contains("at most")),
        "{reply:?}"
    );
}

#[test]
fn enter_opens_the_minutes_alone_on_a_smaller_screen_and_esc_leaves_them() {
    let world = World::new();
    let mut screen = screen(&world);
    press(&mut screen, &world, &[CommandId::Down, CommandId::Open]);
    let rows = world.show(&screen, (60, 20)).join("\n");
    assert!(
        rows.contains("Ladder Up #6") && rows.contains("Who came"),
        "{rows}"
    );
    assert_eq!(
        press(&mut screen, &world, &[CommandId::Close]),
        Reply::Handled
    );
    let rows = world.show(&screen, (60, 20)).join("\n");
    assert!(rows.contains("4 of 5 came  7 actions, 1 done"), "{rows}");
}

#[test]
fn what_was_decided_since_stands_with_the_session_before_it() {
    let world = World::new();
    let mut screen = screen(&world);
    let (circle, session) = (world.circle, world.sessions[1]);
    let id = DecisionId(uuid::Uuid::from_u128(77));
    let origin = Origin::outside(world.now);
    let since = Decision::new(id, 77, Clean::line("Meet on Tuesdays"), origin);
    let mut rows = world.record(session);
    rows.push(Row {
        key: Key::circle(circle, Kind::Decision, id.0),
        rev: 0,
        body: Document::Decision(since).to_text(),
    });
    let answer = Answer::Rows { rows, more: false };
    let query = Query::Record { circle, session };
    screen.answered(&query, &answer, &world.view());
    press(&mut screen, &world, &[CommandId::Down, CommandId::Open]);
    for size in [(120, 36), (80, 24)] {
        on_words(&mut screen, &world, "Meet on Tuesdays");
        let rows = world.show(&screen, size).join("\n");
        for words in ["Decided since", "D77  Meet on Tuesdays"] {
            assert!(rows.contains(words), "{words}: {rows}");
        }
    }
}

#[test]
fn a_session_has_the_day_on_which_it_was_held() {
    let mut world = World::new();
    let id = world.sessions[1];
    let mut session = world.state.session(world.circle, id).unwrap().clone();
    let held = session.started.unwrap();
    let day = words::day(&world.view(), held);
    let full = words::full_day(&world.view(), held);
    session.start = held - Span::from_minutes(5 * 24 * 60);
    let key = Key::circle(world.circle, Kind::Session, id.0);
    world.state.load(key, session.into());
    let mut screen = screen(&world);
    press(&mut screen, &world, &[CommandId::Down]);
    let rows = world.show(&screen, (120, 36)).join("\n");
    assert!(rows.contains(&format!("#6   {day}")), "{rows}");
    assert!(rows.contains(&full), "{rows}");
}

#[test]
fn minutes_that_are_not_here_are_asked_for() {
    let world = World::new();
    let mut screen = Sessions::new(templates());
    let query = Query::Record {
        circle: world.circle,
        session: world.sessions[1],
    };
    let reply = press(&mut screen, &world, &[CommandId::Down]);
    let Reply::Do(requests) = reply else {
        panic!("nothing is asked")
    };
    assert_eq!(requests.first(), Some(&Request::Ask(query.clone())));
    assert_eq!(requests.len(), 2);
    assert!(screen.wants(&world.view()).contains(&query));
}

#[test]
fn attendance_is_corrected_by_the_row_and_by_number() {
    let world = World::new();
    let mut screen = screen(&world);
    on_line(&mut screen, &world, "Jun Tanaka");
    let attend = |place: usize, here| {
        Reply::submit(Command::Attend {
            circle: world.circle,
            session: world.sessions[1],
            member: world.people[place],
            here,
        })
    };
    assert_eq!(
        press(&mut screen, &world, &[CommandId::Mark]),
        attend(1, false)
    );
    let reply = screen.run(CommandId::Pick, &Arg::Number(5), &world.view());
    assert_eq!(reply, attend(4, true));
    let reply = screen.run(CommandId::Pick, &Arg::Number(17), &world.view());
    assert_eq!(reply, Reply::Refuse("nobody has the number 08".to_owned()));
}

#[test]
fn a_row_of_the_minutes_is_edited_and_trashed() {
    let world = World::new();
    let mut screen = screen(&world);
    on_line(&mut screen, &world, "Send deck");
    let key = Key::circle(world.circle, Kind::Action, world.actions[2].0);
    let Reply::Ask(ask) = press(&mut screen, &world, &[CommandId::Edit]) else {
        panic!("no line is asked for")
    };
    assert_eq!(ask.text, "Send deck");
    let edit = ItemEdit {
        text: Some(Clean::line("Send the deck")),
        ..ItemEdit::default()
    };
    let reply = screen.entered(ask.tag, "Send the deck", &world.view());
    assert_eq!(reply, Reply::submit(Command::EditItem { key, edit }));
    assert!(matches!(
        screen.entered(ask.tag, " ", &world.view()),
        Reply::Refuse(_)
    ));
    let trash = Command::Trash {
        keys: vec![key],
        trashed: true,
    };
    assert_eq!(
        press(&mut screen, &world, &[CommandId::Remove]),
        Reply::submit(trash)
    );
}

#[test]
fn notes_are_hidden_while_names_are_masked() {
    let mut world = World::new();
    let mut screen = screen(&world);
    press(&mut screen, &world, &[CommandId::Down]);
    assert!(
        world
            .show(&screen, (120, 50))
            .join("\n")
            .contains("Ask Priya about her path")
    );
    world.masked = true;
    assert!(!world.show(&screen, (120, 50)).join("\n").contains("Priya"));
}

#[test]
fn minutes_are_written_out_once_there_are_any() {
    let world = World::new();
    let mut screen = screen(&world);
    assert!(matches!(
        press(&mut screen, &world, &[CommandId::WriteMarkdown]),
        Reply::Refuse(_)
    ));
    let reply = press(
        &mut screen,
        &world,
        &[CommandId::Down, CommandId::WriteJson],
    );
    let minutes = Request::Minutes(world.circle, world.sessions[1], Format::Json);
    assert_eq!(reply, Reply::Do(vec![minutes]));
}

#[test]
fn a_planned_session_is_moved_and_called_off() {
    let world = World::new();
    let mut screen = screen(&world);
    let Reply::Ask(ask) = press(&mut screen, &world, &[CommandId::Due]) else {
        panic!("no line is asked for")
    };
    let session = world.sessions[2];
    let reply = screen.entered(ask.tag, "27 mar 16:00", &world.view());
    let moved = Command::EditSession {
        circle: world.circle,
        session,
        start: Moment::parse("2026-03-27T16:00:00Z"),
        minutes: None,
        blocks: None,
    };
    assert_eq!(reply, Reply::submit(moved));
    let off = Command::CancelSession {
        circle: world.circle,
        session,
    };
    assert_eq!(
        press(&mut screen, &world, &[CommandId::Remove]),
        Reply::submit(off)
    );
    let past = press(&mut screen, &world, &[CommandId::Down, CommandId::Remove]);
    assert!(matches!(past, Reply::Refuse(why) if why.contains("#6")));
}

#[test]
fn a_session_is_planned_from_a_date_and_a_template() {
    let world = World::new();
    let mut screen = screen(&world);
    let Reply::Ask(ask) = press(&mut screen, &world, &[CommandId::Add]) else {
        panic!("no line is asked for")
    };
    assert_eq!(ask.text, "2026-04-09 15:00 90m");
    let Reply::Choose(choice) = screen.entered(ask.tag, &ask.text, &world.view()) else {
        panic!("no list is shown")
    };
    let rows = [
        "as last time (#6)",
        "Mentoring classic, 90 min",
        "Hot seats, 90 min",
        "an empty agenda",
    ];
    assert_eq!(choice.rows, rows);
    assert_eq!(choice.selected, 0);
    let start = Moment::parse("2026-04-09T15:00:00Z").unwrap();
    let plan = Plan::from_template(&templates()[0], start);
    assert_eq!(plan.blocks.len(), 2);
    let circle = world.circle;
    let planned = Command::PlanSession { circle, plan };
    assert_eq!(
        screen.chosen(choice.tag, 1, &world.view()),
        Reply::submit(planned)
    );
    let empty = Plan {
        start,
        minutes: 90,
        blocks: Vec::new(),
        template: None,
        facilitator: None,
    };
    let planned = Command::PlanSession {
        circle,
        plan: empty,
    };
    assert_eq!(
        screen.chosen(choice.tag, 3, &world.view()),
        Reply::submit(planned)
    );
}

proptest! {
    #[test]
    fn it_draws_at_every_size_with_hard_names(w in 1u16..200, h in 4u16..60, steps in prop::collection::vec(0usize..CommandId::ALL.len(), 0..12)) {
        let world = World::with(&HARD);
        let mut screen = screen(&world);
        for step in steps {
            screen.run(CommandId::ALL[step], &Arg::None, &world.view());
        }
        world.show(&screen, (w, h));
    }
}

#[test]
fn it_draws_at_the_sizes_that_are_looked_at() {
    let world = World::with(&HARD);
    for size in SIZES {
        world.show(&screen(&world), size);
    }
}
