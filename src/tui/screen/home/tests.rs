use std::rc::Rc;

use proptest::prelude::*;

use super::*;
use crate::command::Command;
use crate::command::table::Place;
use crate::domain::book::reader::{Reached, Reader};
use crate::domain::book::reading::{Instalment, Measure, Reading};
use crate::domain::book::{Book, BookState};
use crate::domain::circle::{Circle, CircleKind};
use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::document::Document;
use crate::domain::health::{Attendance, Figures};
use crate::domain::id::{ActionId, BookId, CircleId, DecisionId, Ids, Kind};
use crate::domain::item::{Action, ActionState, Decision, Due, Origin};
use crate::domain::look::Verdict;
use crate::domain::roster::Role as Part;
use crate::domain::session::{Session, SessionState};
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::tui::fixture::World;

fn draw(world: &World, screen: &HomeScreen, size: (u16, u16)) -> Vec<String> {
    world.rows(size, |area, buf, paint| {
        let view = View {
            keys: paint.view.keys.at(Place::Anywhere),
            ..paint.view
        };
        screen.draw(area, buf, &Paint { view, ..*paint });
    })
}

fn shows(world: &World, screen: &HomeScreen, size: (u16, u16), all: &[&str]) {
    let shown = draw(world, screen, size).join("\n");
    for words in all {
        assert!(shown.contains(words), "{words} at {size:?} in\n{shown}");
    }
}

fn hides(world: &World, screen: &HomeScreen, size: (u16, u16), words: &str) {
    let shown = draw(world, screen, size).join("\n");
    assert!(!shown.contains(words), "{words} at {size:?} in\n{shown}");
}

fn run(world: &World, screen: &mut HomeScreen, id: CommandId) -> Reply {
    screen.run(id, &Arg::None, &world.view())
}

fn planned() -> World {
    let mut world = World::planned();
    world.old_actions();
    let (leads, away) = (world.people[3], world.people[5]);
    world.edit_session(|session| {
        session.facilitator = Some(leads);
        session.away.insert(away, None);
    });
    world
}

/// A second circle, which meets in four days or not at all.
fn another(world: &mut World, name: &str, meets: bool) -> CircleId {
    let mut ids = Ids::new(
        Moment::parse("2026-01-01T00:00:00Z").unwrap(),
        name.len() as u64,
    );
    let id = CircleId(ids.make());
    let made = Moment::parse("2026-01-05T10:00:00Z").unwrap();
    let circle = Circle::new(id, Clean::line(name), made);
    let key = Key::circle(id, Kind::Circle, id.0);
    world.state.load(key, circle.into());
    if meets {
        let session = crate::domain::id::SessionId(ids.make());
        let start = world.now + Span::from_minutes(4 * 24 * 60);
        let plan = Session::new(session, 1, start, 60);
        let key = Key::circle(id, Kind::Session, session.0);
        world.state.load(key, plan.into());
    }
    id
}

/// Ends the session an hour after it began.
fn ended() -> World {
    let mut world = World::running();
    world.wait(600);
    let end = world.now;
    world.edit_session(|session| {
        session.state = SessionState::Ended;
        session.ended = Some(end);
        session.blocks[2].took = Some(Span::from_minutes(24));
    });
    world
}

/// A book of 12 chapters that the circle reads, of which so many have read these.
fn reads(world: &mut World, places: &[u32]) {
    let day = |text: &str| text.parse().unwrap();
    let mut ids = Ids::new(world.now, 9);
    let part = |until, text: &str| Instalment {
        until,
        day: day(text),
        session: None,
        picked: Vec::new(),
    };
    let book = Book {
        state: BookState::Reading,
        reading: Some(Reading {
            measure: Measure::Chapters,
            from: day("2026-03-01"),
            instalments: vec![
                part(3, "2026-03-11"),
                part(6, "2026-03-18"),
                part(12, "2026-03-25"),
            ],
            skipped: Vec::new(),
            once: 0,
            pace: None,
        }),
        ..Book::new(
            BookId(ids.make()),
            1,
            Clean::line("Radical Candor"),
            world.now,
        )
    };
    let readers: Vec<Reader> = world
        .people
        .iter()
        .zip(places)
        .map(|(member, place)| Reader {
            reached: vec![Reached {
                at: world.now,
                measure: Measure::Chapters,
                place: *place,
            }],
            ..Reader::new(book.id, *member)
        })
        .collect();
    let said: Vec<Key> = world
        .state
        .readers(world.circle)
        .map(|reader| Key::circle(world.circle, Kind::Reader, reader.id.0))
        .collect();
    for key in said {
        world.state.unload(&key);
    }
    for reader in readers {
        let key = Key::circle(world.circle, Kind::Reader, reader.id.0);
        world.state.load(key, reader.into());
    }
    let key = Key::circle(world.circle, Kind::Book, book.id.0);
    world.state.load(key, book.into());
}

#[test]
fn guests_are_shown_for_the_session_they_come_to() {
    let mut world = planned();
    let guest = world.people[2];
    let key = Key::circle(world.circle, Kind::Member, guest.0);
    let Some(Document::Member(mut member)) = world.state.get(&key).cloned() else {
        panic!("the fixture has six people")
    };
    member.role = Part::Guest;
    world.state.load(key, member.into());
    let screen = HomeScreen::new();
    for size in [(120, 32), (80, 21)] {
        shows(&world, &screen, size, &["5 people"]);
        hides(&world, &screen, size, "Guests");
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
    let screen = HomeScreen::new();
    for (size, late) in [
        ((120, 32), "Mon 9 (3d ago)"),
        ((80, 21), "Mon 9 3d"),
        ((60, 17), "Mon 9 3d"),
    ] {
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
                late,
                "nobody",
            ],
        );
    }
    let wide = [
        "Seats     Sam Reyes leads",
        "Absent    Åsa Björk",
        "Circles",
        "1 late",
        "g l",
        "14 d",
    ];
    shows(&world, &screen, (120, 32), &wide);
    let words = [
        "Ladder Up #7",
        "today 15:00",
        "in 55 min",
        "1 thing not ready",
    ];
    shows(&world, &screen, (20, 5), &words);
}

#[test]
fn panes_without_data_are_left_out() {
    let shown = draw(&planned(), &HomeScreen::new(), (120, 32)).join("\n");
    assert!(!shown.contains("Last session"), "{shown}");
    assert!(!shown.contains("Book club"), "{shown}");
}

/// What Enter does for a session that was changed like this.
fn mends(edit: impl FnOnce(&mut Session)) -> (String, Vec<Request>) {
    let mut world = planned();
    for block in 0..world.session().blocks.len() {
        let prompt = crate::tui::fixture::prompt("What is easy now?");
        world.edit_session(|session| session.blocks[block].prompts = vec![prompt]);
    }
    world.edit_session(edit);
    let mut screen = HomeScreen::new();
    let Reply::Do(mut requests) = run(&world, &mut screen, CommandId::Open) else {
        panic!("nothing was asked for");
    };
    assert_eq!(requests.remove(0), Request::Choose(world.circle));
    (draw(&world, &screen, (120, 32)).join("\n"), requests)
}

#[test]
fn enter_mends_the_first_thing_that_is_not_ready() {
    let (shown, does) = mends(|_| {});
    assert!(
        shown.contains("Open Live; nothing starts until Space"),
        "{shown}"
    );
    assert_eq!(does, [Request::Go(ScreenId::Live)]);

    let block = planned().session().blocks[3].id;
    let (shown, does) = mends(|session| session.blocks[3].prompts.clear());
    let aim = [Request::Aim(block), Request::Go(ScreenId::Questions)];
    assert_eq!(does, aim, "{shown}");

    let (shown, does) = mends(|session| session.blocks[3].minutes = 90);
    assert!(shown.contains("min too long"), "{shown}");
    let fit = [
        Request::Go(ScreenId::Plan),
        Request::Run(CommandId::Fit, Arg::None),
    ];
    assert_eq!(does, fit);

    let (shown, does) = mends(|session| session.minutes = 180);
    assert!(shown.contains("min without a block"), "{shown}");
    assert!(shown.contains("Fill the time that is free"), "{shown}");
    assert_eq!(does, fit);

    let (shown, does) = mends(|session| session.blocks.clear());
    assert!(shown.contains("Plan the agenda"), "{shown}");
    assert_eq!(does, [Request::Go(ScreenId::Plan)]);

    let (shown, does) = mends(|session| session.facilitator = None);
    assert!(shown.contains("nobody leads yet"), "{shown}");
    assert!(matches!(does.as_slice(), [Request::List(_)]), "{does:?}");
}

#[test]
fn a_digit_marks_a_row_on_which_keys_act() {
    let world = planned();
    let mut screen = HomeScreen::new();
    let view = world.view();
    let model = screen.memo.of(&view);
    let second = attention::row(&model, &view, 1).unwrap().key();
    assert_eq!(
        screen.run(CommandId::Pick, &Arg::Number(2), &view),
        Reply::Handled
    );
    let done = Reply::submit(Command::Settle {
        actions: vec![second],
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
    let plan = Reply::Do(vec![
        Request::Choose(world.circle),
        Request::Run(CommandId::PlanSession, Arg::None),
    ]);
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
fn after_a_session_the_next_one_is_planned_like_it_or_from_a_template() {
    let world = ended();
    let mut screen = HomeScreen::new();
    for size in [(120, 32), (80, 21), (40, 11)] {
        shows(
            &world,
            &screen,
            size,
            &["No session of Ladder Up is", "like #7", "from a template"],
        );
    }
    let Reply::Do(requests) = run(&world, &mut screen, CommandId::Open) else {
        panic!("nothing was planned");
    };
    let [Request::Submit(Command::PlanSession { circle, plan })] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert_eq!(*circle, world.circle);
    assert_eq!(plan.blocks.len(), world.session().blocks.len());
    assert!(plan.start > world.now);
    let two = screen.run(CommandId::Pick, &Arg::Number(2), &world.view());
    let asks = Reply::Do(vec![
        Request::Choose(world.circle),
        Request::Run(CommandId::PlanSession, Arg::None),
    ]);
    assert_eq!(two, asks);
}

#[test]
fn the_last_session_is_told_in_facts_and_opens_its_minutes() {
    let world = ended();
    let mut screen = HomeScreen::new();
    shows(
        &world,
        &screen,
        (120, 32),
        &[
            "Last session",
            "Ladder Up #7, 12 Mar",
            "5 of 6 came     2 actions, 0 done",
            "Hot seat took 24 of 15 min",
            "Parked: 1 topic not planned yet",
        ],
    );
    run(&world, &mut screen, CommandId::PreviousPane);
    let minutes = Reply::Do(vec![
        Request::Choose(world.circle),
        Request::Go(ScreenId::Sessions),
    ]);
    assert_eq!(run(&world, &mut screen, CommandId::Open), minutes);
    let file = Request::Minutes(world.circle, world.session, Format::Markdown);
    let writes = run(&world, &mut screen, CommandId::WriteMarkdown);
    assert_eq!(writes, Reply::Do(vec![file]));
}

#[test]
fn a_pane_that_does_not_fit_takes_the_lower_half_when_it_is_gone_to() {
    let world = ended();
    let mut screen = HomeScreen::new();
    hides(&world, &screen, (40, 11), "Last session");
    run(&world, &mut screen, CommandId::PreviousPane);
    shows(&world, &screen, (40, 11), &["Last session", "5 of 6 came"]);
    run(&world, &mut screen, CommandId::PreviousPane);
    shows(&world, &screen, (40, 11), &["Circles", "Ladder Up"]);
}

#[test]
fn the_mark_stays_on_its_row_when_one_above_it_goes() {
    let mut world = planned();
    let mut screen = HomeScreen::new();
    let rows = screen.memo.of(&world.view()).attention.clone();
    screen.run(CommandId::Pick, &Arg::Number(2), &world.view());
    let above = rows[0];
    let Some(Document::Action(mut action)) = world.state.get(&above).cloned() else {
        panic!("it is listed");
    };
    (action.state, action.closed) = (ActionState::Done, Some(world.now));
    world.state.load(above, action.into());
    let done = Reply::submit(Command::Settle {
        actions: vec![rows[1]],
        how: Settle::Done,
    });
    assert_eq!(run(&world, &mut screen, CommandId::Done), done);
}

#[test]
fn only_what_needs_attention_is_listed() {
    let mut world = planned();
    let calm = Due::On("2026-05-01".parse().unwrap());
    let key = world.action((20, "Read the report"), Owner::All, calm, (-60, None));
    let mut screen = HomeScreen::new();
    shows(&world, &screen, (120, 32), &["3 of 4 open"]);
    hides(&world, &screen, (120, 32), "Read the report");
    let Some(Document::Action(mut action)) = world.state.get(&key).cloned() else {
        panic!("it was just written");
    };
    action.waits_for = Some(Clean::line("the budget"));
    world.state.load(key, action.into());
    shows(
        &world,
        &screen,
        (120, 32),
        &["4 open", "BLOCKED  Read the report"],
    );
    world.state = State::default();
    another(&mut world, "Peer Leads", true);
    shows(&world, &screen, (120, 32), &["No action is open."]);
    assert!(matches!(
        run(&world, &mut screen, CommandId::Done),
        Reply::Refuse(_)
    ));
}

#[test]
fn several_circles_have_a_table_of_counts_and_no_words_of_anybody() {
    let mut world = planned();
    let quiet = another(&mut world, "Quiet Readers", false);
    another(&mut world, "Peer Leads", true);
    let mut screen = HomeScreen::new();
    let small = [
        "Ladder Up",
        "today",
        "Peer Leads",
        "Mon 16",
        "Quiet Readers",
        "no date",
        "none yet",
    ];
    shows(&world, &screen, (120, 32), &small);
    shows(&world, &screen, (80, 24), &small);
    run(&world, &mut screen, CommandId::NextPane);
    let asks = run(&world, &mut screen, CommandId::NextPane);
    let today = "2026-03-12".parse().unwrap();
    let overview = Query::Overview { today };
    assert_eq!(asks, Reply::Do(vec![Request::Ask(overview.clone())]));
    assert!(screen.wants(&world.view()).contains(&overview));
    let figures = Figures {
        attendance: Attendance {
            sessions: 6,
            expected: 30,
            came: 24,
        },
        last: Some(world.now + Span::from_minutes(-49 * 24 * 60)),
        open: 7,
        due: 10,
        done: 9,
        ..Figures::new(world.now)
    };
    let counted = vec![CircleFigures { id: quiet, figures }];
    screen.answered(&overview, &Answer::Overview(counted), &world.view());
    for size in [(120, 32), (80, 21)] {
        let words = if size.0 == 80 {
            "last 7w ago"
        } else {
            "no session in 7 weeks"
        };
        let all = ["All circles", "came", "80%", "90%", words, "Mon 16"];
        shows(&world, &screen, size, &all);
        hides(&world, &screen, size, "Ask for skip-level meeting");
    }
    run(&world, &mut screen, CommandId::End);
    let choose = Reply::Do(vec![Request::Choose(quiet)]);
    assert_eq!(run(&world, &mut screen, CommandId::Open), choose);
}

#[test]
fn a_circle_that_reads_has_its_book_in_counts() {
    let mut world = planned();
    let screen = HomeScreen::new();
    hides(&world, &screen, (120, 32), "Reading");
    reads(&mut world, &[6, 6, 12, 3, 3]);
    let told = [
        "Reading",
        "meeting 2 of 3",
        "Radical Candor",
        "Group",
        "50%",
        "3 of 6 have reached ch. 6",
        "Wed 18, ch. 4-6",
    ];
    shows(&world, &screen, (120, 32), &told);
    shows(&world, &screen, (80, 21), &["Radical Candor", "Group"]);
    // A day on which nothing is late leaves room to say what is read.
    let late = world
        .state
        .actions(world.circle)
        .map(|action| action.id)
        .collect::<Vec<_>>();
    for id in late {
        world
            .state
            .unload(&Key::circle(world.circle, Kind::Action, id.0));
    }
    shows(&world, &screen, (80, 21), &["ch. 4-6"]);
    let few = HomeScreen::new();
    reads(&mut world, &[6]);
    hides(&world, &few, (120, 32), "Group");
    world.wait(600);
    let circle = world.state.circle(world.circle).unwrap();
    assert_eq!(circle.kind, CircleKind::Mentoring);
}

#[test]
fn nothing_is_counted_again_until_something_changes() {
    let mut world = planned();
    let mut screen = HomeScreen::new();
    let first = screen.memo.of(&world.view());
    draw(&world, &screen, (120, 32));
    for id in [CommandId::NextPane, CommandId::Down, CommandId::Up] {
        run(&world, &mut screen, id);
        draw(&world, &screen, (80, 21));
    }
    world.wait(60);
    assert!(Rc::ptr_eq(&first, &screen.memo.of(&world.view())));
    world.wait(24 * 3600);
    assert!(!Rc::ptr_eq(&first, &screen.memo.of(&world.view())));
    let day = screen.memo.of(&world.view());
    world.edit_session(|session| session.minutes += 1);
    assert!(!Rc::ptr_eq(&day, &screen.memo.of(&world.view())));
}

#[test]
fn the_last_session_has_the_day_on_which_it_was_held() {
    let mut world = World::running();
    let end = world.now;
    let before = Span::from_minutes(3 * 24 * 60);
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
    let screen = HomeScreen::new();
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

/// Measure it: `cargo test --lib home_by_the_clock -- --ignored --nocapture`.
#[test]
#[ignore = "prints times for a person to look at"]
fn home_by_the_clock() {
    let mut world = planned();
    let mut ids = Ids::new(world.now, 77);
    for number in 0..19 {
        let id = another(&mut world, &"x".repeat(number + 3), true);
        for row in 0..526 {
            let action = Action {
                due: Due::On("2026-03-09".parse().unwrap()),
                ..Action::new(
                    ActionId(ids.make()),
                    row,
                    Clean::line("Ask"),
                    Origin::outside(world.now),
                )
            };
            let key = Key::circle(id, Kind::Action, action.id.0);
            world.state.load(key, action.into());
        }
    }
    let mut screen = HomeScreen::new();
    let clock = crate::engine::clock::Clock::real(None, 1.0);
    let time = |what: &str, screen: &mut HomeScreen, world: &World| {
        let begun = clock.read().mono;
        draw(world, screen, (120, 32));
        println!("{what}: {:?}", clock.read().mono - begun);
    };
    time("first frame", &mut screen, &world);
    run(&world, &mut screen, CommandId::NextPane);
    for _ in 0..3 {
        run(&world, &mut screen, CommandId::Down);
        time("key", &mut screen, &world);
    }
    world.edit_session(|session| session.minutes += 1);
    time("change", &mut screen, &world);
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

#[test]
fn whoever_is_to_lead_is_chosen_on_home() {
    let mut world = World::planned();
    world.edit_session(|session| {
        for block in &mut session.blocks {
            block.prompts = vec![crate::tui::fixture::prompt("What is on your mind?")];
        }
        session.facilitator = None;
    });
    let mut screen = HomeScreen::new();
    shows(&world, &screen, (80, 21), &["Choose who leads"]);
    let Reply::Do(asked) = run(&world, &mut screen, CommandId::Open) else {
        panic!("nobody is offered");
    };
    let [Request::Choose(_), Request::List(list)] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    assert_eq!(list.title, "Who leads Ladder Up #7");
    assert_eq!(list.rows.len(), 6);
    assert!(list.rows[0].ends_with("never yet"), "{:?}", list.rows);
    let Reply::Do(done) = screen.chosen(list.tag, 0, &world.view()) else {
        panic!("nobody leads");
    };
    assert!(matches!(
        done.as_slice(),
        [Request::Submit(Command::SetSeat {
            member: Some(_),
            ..
        })]
    ));
}

/// The rows of a list that Home asks with.
fn asked(reply: &Reply) -> (Tag, Vec<String>) {
    let Reply::Choose(choice) = reply else {
        panic!("no list but {reply:?}");
    };
    (choice.tag, choice.rows.clone())
}

#[test]
fn a_session_that_was_not_held_can_be_moved_skipped_or_called_off_on_home() {
    let mut world = planned();
    world.now = world.now + Span::from_minutes(4 * 24 * 60);
    let (circle, session) = (world.circle, world.session);
    let mut screen = HomeScreen::new();
    let words = ["was not held", "It was not held: move it, skip it"];
    shows(&world, &screen, (120, 32), &words);
    shows(&world, &screen, (80, 20), &["was not held"]);
    let (tag, rows) = asked(&run(&world, &mut screen, CommandId::Open));
    let off = rows.iter().position(|row| row == "Call it off").unwrap();
    let cancel = Reply::submit(Command::CancelSession { circle, session });
    assert_eq!(screen.chosen(tag, off, &world.view()), cancel);
    let Reply::Ask(ask) = screen.chosen(tag, 0, &world.view()) else {
        panic!("no line");
    };
    assert!(matches!(
        screen.entered(ask.tag, "+2d 16:00", &world.view()),
        Reply::Do(_)
    ));
    // The pane of what needs attention offers the same.
    screen.run(CommandId::Pick, &Arg::Number(1), &world.view());
    assert_eq!(
        asked(&run(&world, &mut screen, CommandId::Open)),
        (tag, rows)
    );
}

#[test]
fn a_decision_that_is_due_for_a_second_look_stands_on_home() {
    let mut world = planned();
    let id = DecisionId(uuid::Uuid::from_u128(77));
    let key = Key::circle(world.circle, Kind::Decision, id.0);
    let origin = Origin::outside(world.now);
    let row = Decision {
        revisit: Some(world.now.date(Zone::UTC)),
        ..Decision::new(id, 3, Clean::line("Meet every two weeks"), origin)
    };
    world.state.load(key, row.into());
    let mut screen = HomeScreen::new();
    for size in [(120, 32), (80, 20)] {
        shows(&world, &screen, size, &["Look again: Meet every two weeks"]);
    }
    screen.run(CommandId::Pick, &Arg::Number(1), &world.view());
    let keep = Reply::submit(Command::LookAgain {
        key,
        verdict: Verdict::Keep,
    });
    assert_eq!(run(&world, &mut screen, CommandId::Done), keep);
    let (tag, rows) = asked(&run(&world, &mut screen, CommandId::Open));
    assert_eq!(
        (rows.len(), screen.chosen(tag, 0, &world.view())),
        (4, keep)
    );
    let Reply::Ask(ask) = screen.chosen(tag, 1, &world.view()) else {
        panic!("no line");
    };
    assert_eq!(ask.text, "Meet every two weeks");
    let change = Reply::submit(Command::LookAgain {
        key,
        verdict: Verdict::Change(Clean::line("Meet every week")),
    });
    let view = world.view();
    assert_eq!(screen.entered(ask.tag, "Meet every week", &view), change);
}
