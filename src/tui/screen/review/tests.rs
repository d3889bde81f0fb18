use super::*;
use crate::command::Command;
use crate::command::Settle;
use crate::domain::id::QuestionId;
use crate::domain::item::{Due, Owner};
use crate::domain::question::Question;
use crate::domain::text::Clean;
use crate::tui::fixture_lists::{HARD, SIZES, World};

/// A walk of Jun, who sits here and has two open actions, the first of them carried twice.
fn walk() -> (World, Review) {
    let mut world = World::new();
    world.me = world.people.get(1).copied();
    let mut screen = Review::default();
    let rows = vec![world.actions[0], world.actions[3]];
    screen.begin(
        Walk {
            rows,
            own: true,
            elsewhere: Vec::new(),
        },
        Some(world.circle),
    );
    (world, screen)
}

fn run(world: &World, screen: &mut Review, id: CommandId) -> Reply {
    screen.run(id, &Arg::None, &world.view())
}

fn shown(world: &World, screen: &Review, size: (u16, u16)) -> String {
    world.show(screen, size).join("\n")
}

#[track_caller]
fn shows(world: &World, screen: &Review, size: (u16, u16), words: &[&str]) {
    let shown = shown(world, screen, size);
    for word in words {
        assert!(shown.contains(word), "\"{word}\" is not in\n{shown}");
    }
}

#[test]
fn what_was_carried_twice_is_asked_about_at_every_size() {
    let (world, screen) = walk();
    for size in &SIZES[..4] {
        let words = [
            "A11",
            "Ask for skip-level",
            "Mon 9 (3d ago)",
            "Carried twice already",
            "1 a smaller step",
            "Enter keep it",
        ];
        shows(&world, &screen, *size, &words);
    }
    shows(
        &world,
        &screen,
        (120, 36),
        &["Review, yours", "#6", "Thu 26 Feb 2026"],
    );
}

#[test]
fn keeping_goes_on_and_the_end_sums_up() {
    let (world, mut screen) = walk();
    run(&world, &mut screen, CommandId::NextPrompt);
    shows(
        &world,
        &screen,
        (120, 36),
        &["1 of 2 looked at", "kept", "A13  Write down three asks"],
    );
    let reply = run(&world, &mut screen, CommandId::Open);
    assert_eq!(reply, Reply::Handled);
    for size in &SIZES[..4] {
        shows(
            &world,
            &screen,
            *size,
            &["2 looked at: 2 kept", "Ladder Up #7"],
        );
    }
    let back = run(&world, &mut screen, CommandId::Quit);
    assert_eq!(back, Reply::Do(vec![Request::Go(ScreenId::Actions)]));
}

#[test]
fn what_was_taken_back_is_asked_about_again_and_counts_no_more() {
    let (mut world, mut screen) = walk();
    let id = world.actions[0];
    let before = world.state.action(world.circle, id).unwrap().clone();
    let key = Key::circle(world.circle, Kind::Action, id.0);
    let done = run(&world, &mut screen, CommandId::Done);
    let settle = Command::Settle {
        actions: vec![key],
        how: Settle::Done,
    };
    assert_eq!(done, Reply::submit(settle));
    world.close(id, "2026-03-12T16:41:00Z");
    assert_eq!(screen.all_became(&world.view()), [Became::Done]);
    assert_eq!(
        run(&world, &mut screen, CommandId::Undo),
        Reply::Ignored,
        "taking back is the shell's"
    );
    world.put(Kind::Action, id.0, before);
    assert!(screen.all_became(&world.view()).is_empty());
    shows(&world, &screen, (80, 24), &["A11  Ask for skip-level"]);
}

#[test]
fn a_row_that_was_kept_is_shown_again_and_nothing_is_taken_back_for_it() {
    let (mut world, mut screen) = walk();
    let id = world.actions[0];
    run(&world, &mut screen, CommandId::Done);
    world.close(id, "2026-03-12T16:41:00Z");
    run(&world, &mut screen, CommandId::NextPrompt);
    assert!(screen.is_at_end());
    assert_eq!(run(&world, &mut screen, CommandId::Undo), Reply::Handled);
    shows(&world, &screen, (80, 24), &["A13"]);
    assert_eq!(screen.all_became(&world.view()), [Became::Done]);
    assert_eq!(run(&world, &mut screen, CommandId::Undo), Reply::Ignored);
}

#[test]
fn a_row_whose_change_was_refused_is_come_back_to() {
    let (world, mut screen) = walk();
    run(&world, &mut screen, CommandId::Done);
    // Nothing came of it.
    run(&world, &mut screen, CommandId::NextPrompt);
    assert!(!screen.is_at_end());
    shows(&world, &screen, (80, 24), &["A11  Ask for skip-level"]);
}

#[test]
fn a_line_without_words_saves_nothing() {
    let (world, mut screen) = walk();
    for (id, number) in [(CommandId::Partly, 0), (CommandId::Pick, 1)] {
        let arg = match number {
            0 => Arg::None,
            number => Arg::Number(number),
        };
        let Reply::Ask(ask) = screen.run(id, &arg, &world.view()) else {
            panic!("no line is asked for");
        };
        let reply = screen.entered(ask.tag, "", &world.view());
        assert!(matches!(reply, Reply::Refuse(_)), "{reply:?}");
    }
    assert!(screen.looked.is_empty());
}

#[test]
fn the_reflection_of_the_week_is_offered_to_whoever_sits_here_alone() {
    let (world, mut screen) = walk();
    let query = screen.reflection(&world.view()).unwrap();
    let json = serde_json::json!({
        "id": QuestionId(uuid::Uuid::from_u128(41)), "number": 41, "text": "What surprised you?",
    });
    let question: Question = serde_json::from_value(json).unwrap();
    let rows = vec![QuestionRow::new(question, None)];
    let answer = Answer::Questions { rows, total: 1 };
    screen.answered(&query, &answer, &world.view());
    run(&world, &mut screen, CommandId::End);
    for size in &SIZES[..3] {
        shows(
            &world,
            &screen,
            *size,
            &["This week: What surprised you?", "Enter answer"],
        );
    }
    let Reply::Ask(ask) = run(&world, &mut screen, CommandId::Open) else {
        panic!("no line is asked for");
    };
    let reply = screen.entered(ask.tag, "That I was calm", &world.view());
    assert!(
        matches!(&reply, Reply::Do(requests) if matches!(
            requests.as_slice(),
            [Request::Submit(Command::Reflect { .. })]
        )),
        "{reply:?}"
    );
    screen.own = false;
    assert!(screen.asks(&world.view()).is_none());
    assert!(!shown(&world, &screen, (120, 36)).contains("This week"));
}

#[test]
fn how_ones_own_went_is_told_at_the_end_from_three_on() {
    let (mut world, mut screen) = walk();
    let me = Owner::Member(world.people[1]);
    run(&world, &mut screen, CommandId::End);
    let view = world.view();
    let query = screen.went.wants(&view).remove(0);
    let answer = Answer::Rows {
        rows: Vec::new(),
        more: false,
    };
    screen.answered(&query, &answer, &view);
    assert!(!shown(&world, &screen, (120, 36)).contains("you took on"));
    let third = world.action(20, "Book a room", me, Due::None);
    world.close(third, "2026-03-01T10:00:00Z");
    shows(
        &world,
        &screen,
        (120, 36),
        &["Of 3 you took on since February: 1 done, 2 open, 1 of them with a new date"],
    );
}

#[test]
fn every_size_and_hard_names_are_drawn() {
    let mut world = World::with(&HARD);
    world.me = world.people.first().copied();
    for own in [true, false] {
        let mut screen = Review::default();
        let rows = world.actions.clone();
        screen.begin(
            Walk {
                rows,
                own,
                elsewhere: vec![(Clean::line("Readers"), 2)],
            },
            Some(world.circle),
        );
        for size in SIZES {
            world.show(&screen, size);
            run(&world, &mut screen, CommandId::Down);
        }
        run(&world, &mut screen, CommandId::End);
        shows(
            &world,
            &screen,
            (80, 24),
            &["Open elsewhere: 2 in Readers."],
        );
        for size in SIZES {
            world.show(&screen, size);
        }
    }
}
