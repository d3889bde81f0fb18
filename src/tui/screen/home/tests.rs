use proptest::prelude::*;

use super::*;
use crate::domain::clock::Moment;
use crate::domain::id::{Ids, Kind, QuestionId};
use crate::domain::question::DraftQuestion;
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::tui::fixture::World;

fn draw(world: &World, screen: &HomeScreen, size: (u16, u16)) -> Vec<String> {
    world.rows(size, |area, buf, paint| {
        screen.draw(area, buf, paint);
    })
}

fn shows(world: &World, screen: &HomeScreen, size: (u16, u16), all: &[&str]) {
    let shown = draw(world, screen, size).join("\n");
    for words in all {
        assert!(shown.contains(words), "{words} at {size:?} in\n{shown}");
    }
}

fn run(world: &World, screen: &mut HomeScreen, id: CommandId) -> Reply {
    screen.run(id, &Arg::None, &world.view())
}

fn planned() -> World {
    let mut world = World::planned();
    world.old_actions();
    let away = world.people[5];
    world.edit_session(|session| {
        session.away.insert(away, None);
    });
    world
}

/// A screen that was told one question of the bank.
fn with_bank(world: &World) -> HomeScreen {
    let id = QuestionId(Ids::new(world.now, 4).make());
    let question = DraftQuestion::new(Clean::line("What is easy now?")).into_question(id, 1);
    let row = QuestionRow {
        asked: 2,
        ..QuestionRow::new(question, None)
    };
    let mut screen = HomeScreen::new();
    let view = world.view();
    for query in screen.wants(&view) {
        let answer = Answer::Questions {
            rows: vec![row.clone()],
            total: 1,
        };
        screen.answered(&query, &answer, &view);
    }
    screen
}

#[test]
fn guests_are_shown_for_the_session_they_come_to() {
    use crate::domain::document::Document;
    use crate::domain::id::Key;
    use crate::domain::roster::Role;
    let mut world = planned();
    let guest = world.people[2];
    let key = Key::circle(world.circle, Kind::Member, guest.0);
    let Some(Document::Member(mut member)) = world.state.get(&key).cloned() else {
        panic!("the fixture has six people")
    };
    member.role = Role::Guest;
    world.state.load(key, member.into());
    let screen = with_bank(&world);
    for (size, words) in [((120, 32), "5 people"), ((80, 21), "5 people")] {
        shows(&world, &screen, size, &[words]);
        let shown = draw(&world, &screen, size).join("\n");
        assert!(!shown.contains("Guests"), "{shown}");
    }
    world.edit_session(|session| {
        session.guests.insert(guest);
    });
    shows(&world, &screen, (120, 32), &["6 people", "Guests"]);
    // The small one has room for what is not ready alone.
    shows(&world, &screen, (80, 21), &["6 people"]);
}

#[test]
fn the_next_session_says_what_it_lacks() {
    let world = planned();
    let screen = with_bank(&world);
    for size in [(120, 32), (80, 21), (60, 17)] {
        shows(
            &world,
            &screen,
            size,
            &[
                "1 thing not ready",
                "Ladder Up #7",
                "today 15:00",
                "in 55 min",
                "6 blocks, 85 of 90 min",
                "3 blocks have no prompt",
                "3 to review",
                "Choose a prompt for Welcome",
                "Needs attention",
                "Mon 9 3d",
                "nobody",
            ],
        );
    }
    shows(
        &world,
        &screen,
        (120, 32),
        &["Absent    Åsa Björk", "Circles", "1 late", "g l", "14 d"],
    );
    shows(
        &world,
        &screen,
        (20, 5),
        &[
            "Ladder Up #7",
            "today 15:00",
            "in 55 min",
            "1 thing not ready",
        ],
    );
}

#[test]
fn panes_without_data_are_left_out() {
    let shown = draw(&planned(), &HomeScreen::new(), (120, 32)).join("\n");
    assert!(!shown.contains("Last session"), "{shown}");
    assert!(!shown.contains("Book club"), "{shown}");
}

#[test]
fn enter_mends_the_first_thing_that_is_not_ready() {
    let world = planned();
    let mut screen = with_bank(&world);
    let Reply::Choose(choice) = run(&world, &mut screen, CommandId::Open) else {
        panic!("no list");
    };
    assert_eq!(choice.title, "A prompt for Welcome");
    assert_eq!(choice.rows, ["What is easy now?  (asked 2x here)"]);
    let block = world.session().blocks[0].id;
    let Reply::Do(requests) = screen.chosen(choice.tag, 0, &world.view()) else {
        panic!("nothing was asked for");
    };
    let [
        Request::Submit(Command::SetPrompts {
            block: at, prompts, ..
        }),
    ] = requests.as_slice()
    else {
        panic!("{requests:?}");
    };
    assert_eq!(
        (*at, prompts[0].text.as_str()),
        (block, "What is easy now?")
    );
}

#[test]
fn enter_opens_live_when_nothing_can_be_mended() {
    let world = planned();
    let mut screen = HomeScreen::new();
    let open = Reply::Do(vec![
        Request::Choose(world.circle),
        Request::Go(ScreenId::Live),
    ]);
    assert_eq!(run(&world, &mut screen, CommandId::Open), open);
    shows(
        &world,
        &screen,
        (80, 21),
        &["Open Live; nothing starts until Space"],
    );
}

#[test]
fn a_digit_marks_a_row_on_which_keys_act() {
    let world = planned();
    let mut screen = HomeScreen::new();
    let view = world.view();
    let rows = attention::rows(&view);
    assert_eq!(
        screen.run(CommandId::Pick, &Arg::Number(2), &view),
        Reply::Handled
    );
    let done = Reply::submit(Command::Settle {
        actions: vec![rows[1].key()],
        how: Settle::Done,
    });
    assert_eq!(run(&world, &mut screen, CommandId::Done), done);
    assert!(matches!(
        screen.run(CommandId::Pick, &Arg::Number(9), &view),
        Reply::Refuse(_)
    ));
    let Reply::Ask(ask) = run(&world, &mut screen, CommandId::Due) else {
        panic!("no line");
    };
    assert!(matches!(
        screen.entered(ask.tag, "fri", &view),
        Reply::Do(_)
    ));
    assert!(matches!(
        screen.entered(ask.tag, "31 feb", &view),
        Reply::Refuse(_)
    ));
}

#[test]
fn a_running_session_is_all_that_home_shows() {
    let world = World::running();
    let mut screen = HomeScreen::new();
    shows(
        &world,
        &screen,
        (120, 32),
        &["Running now", "block 3 of 6", "Open Live"],
    );
    let open = Reply::Do(vec![Request::Go(ScreenId::Live)]);
    assert_eq!(run(&world, &mut screen, CommandId::Open), open);
}

#[test]
fn without_a_session_or_a_circle_home_says_so_and_what_to_do() {
    let mut world = World::planned();
    world.edit_session(|session| session.state = SessionState::Cancelled);
    let mut screen = HomeScreen::new();
    shows(
        &world,
        &screen,
        (80, 21),
        &["No session of Ladder Up is planned.", "Plan a session"],
    );
    let plan = Reply::Do(vec![Request::Run(CommandId::PlanSession, Arg::None)]);
    assert_eq!(run(&world, &mut screen, CommandId::Open), plan);
    world.state = State::default();
    shows(
        &world,
        &screen,
        (80, 21),
        &["There is no circle yet.", "Make a circle"],
    );
    let make = Reply::Do(vec![Request::Run(CommandId::NewCircle, Arg::None)]);
    assert_eq!(run(&world, &mut screen, CommandId::Open), make);
}

#[test]
fn the_last_session_is_told_in_facts_and_opens_its_minutes() {
    let mut world = World::running();
    world.wait(600);
    let end = world.now;
    world.edit_session(|session| {
        session.state = SessionState::Ended;
        session.ended = Some(end);
        session.blocks[2].took = Some(crate::domain::clock::Span::from_minutes(24));
    });
    let mut screen = HomeScreen::new();
    shows(
        &world,
        &screen,
        (120, 32),
        &[
            "Last session",
            "Ladder Up #7, 12 Mar",
            "5 of 6 came",
            "2 actions still open",
            "Hot seat took 24 of 15 min",
            "Parked: 1 topic",
        ],
    );
    run(&world, &mut screen, CommandId::PreviousPane);
    let minutes = Reply::Do(vec![
        Request::Choose(world.circle),
        Request::Go(ScreenId::Sessions),
    ]);
    assert_eq!(run(&world, &mut screen, CommandId::Open), minutes);
}

#[test]
fn the_last_session_has_the_day_on_which_it_was_held() {
    let mut world = World::running();
    let end = world.now;
    let before = crate::domain::clock::Span::from_minutes(3 * 24 * 60);
    world.edit_session(|session| {
        session.start = session.start + before;
        session.state = SessionState::Ended;
        session.ended = Some(end);
    });
    let shown = "Ladder Up #7, 12 Mar";
    shows(&world, &HomeScreen::new(), (120, 32), &[shown]);
}

#[test]
fn a_circle_with_a_long_name_keeps_its_columns_apart() {
    let mut world = World::planned();
    let key = Key::circle(world.circle, Kind::Circle, world.circle.0);
    let mut circle = world.state.circle(world.circle).unwrap().clone();
    circle.name = Clean::line("Eight waiting people");
    world.state.load(key, circle.into());
    world.edit_session(|session| {
        session.start = Moment::parse("2026-12-10T15:00:00Z").unwrap();
    });
    let shown = ["Eight waiting people  Thu 10 Dec  on track"];
    shows(&world, &HomeScreen::new(), (120, 32), &shown);
}

#[test]
fn home_in_pictures() {
    let world = planned();
    let screen = with_bank(&world);
    for (width, height) in [(120, 32), (80, 21), (40, 11)] {
        let shown = draw(&world, &screen, (width, height)).join("\n");
        insta::assert_snapshot!(format!("home-{width}x{height}"), shown);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_size_is_drawn(width in 1u16..130, height in 1u16..40) {
        for world in [planned(), World::running()] {
            let mut screen = HomeScreen::new();
            for _ in 0..4 {
                let _ = draw(&world, &screen, (width, height));
                run(&world, &mut screen, CommandId::NextPane);
            }
        }
    }
}

/// Look at it: `cargo test --lib home_by_eye -- --ignored --nocapture`.
#[test]
#[ignore = "prints the screen for a person to look at"]
fn home_by_eye() {
    let mut planned = World::planned();
    planned.old_actions();
    let running = World::running();
    for (name, world) in [("planned", &planned), ("running", &running)] {
        for size in [(120, 32), (80, 21), (60, 17), (40, 11), (30, 5)] {
            println!("--- {name} {size:?}");
            for row in draw(world, &HomeScreen::new(), size) {
                println!("{row}");
            }
        }
    }
}
