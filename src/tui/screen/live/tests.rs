use proptest::prelude::*;

mod review;

use super::*;
use crate::command::keymap::{Keymap, Override, Preset};
use crate::command::table::Place;
use crate::command::{Command, ItemEdit, Settle, Step};
use crate::domain::clock::{Moment, Span};
use crate::domain::floor::FloorMove;
use crate::domain::id::Ids;
use crate::domain::item::{Due, Owner};
use crate::domain::live::Live;
use crate::domain::question::{DraftQuestion, Question};
use crate::domain::text::Clean;
use crate::theme::ColorDepth;
use crate::theme::glyphs::Glyphs;
use crate::tui::fixture::{self, World};
use crate::tui::pane::written;
use crate::tui::widget::spot::{self, Spot};

pub(super) fn draw(world: &World, screen: &LiveScreen, size: (u16, u16)) -> Vec<String> {
    world.rows(size, |area, buf, paint| {
        screen.draw(area, buf, paint);
    })
}

pub(super) fn text(world: &World, size: (u16, u16)) -> String {
    draw(world, &LiveScreen::new(), size).join("\n")
}

fn shows(world: &World, size: (u16, u16), all: &[&str]) {
    let shown = text(world, size);
    for words in all {
        assert!(shown.contains(words), "{words} at {size:?} in\n{shown}");
    }
}

fn unsaved(name: &str, text: &str) -> Unsaved {
    Unsaved {
        name: name.to_owned(),
        text: text.to_owned(),
    }
}

pub(super) fn run(world: &World, screen: &mut LiveScreen, id: CommandId) -> Reply {
    screen.run(id, &Arg::None, &world.view())
}

pub(super) fn press(world: &World, id: CommandId, number: u16) -> Reply {
    LiveScreen::new().run(id, &Arg::Number(number), &world.view())
}

pub(super) fn refusal(reply: Reply) -> String {
    match reply {
        Reply::Refuse(words) => words,
        other => panic!("not refused: {other:?}"),
    }
}

/// What the command does to the world, as the engine would do it.
pub(super) fn apply(world: &mut World, reply: Reply) {
    let Reply::Do(requests) = reply else {
        panic!("nothing to do: {reply:?}");
    };
    for request in requests {
        let Request::Submit(command) = request else {
            continue;
        };
        world.send(&command).unwrap();
    }
}

fn question(words: &str) -> QuestionRow {
    let id = QuestionId(Ids::new(Moment::from_millis(5), 3).make());
    let question: Question = DraftQuestion::new(Clean::line(words)).into_question(id, 1);
    QuestionRow::new(question, None)
}

/// A screen that has asked the bank and was told these questions.
fn with_bank(world: &World, rows: &[QuestionRow]) -> LiveScreen {
    let mut screen = LiveScreen::new();
    let view = world.view();
    for query in screen.wants(&view) {
        let answer = Answer::Questions {
            rows: rows.to_vec(),
            total: rows.len(),
        };
        screen.answered(&query, &answer, &view);
    }
    screen
}

const SIZES: [(u16, u16); 3] = [(120, 32), (80, 21), (40, 11)];

#[test]
fn a_running_session_shows_clock_prompt_people_and_what_was_written() {
    let world = World::running();
    shows(
        &world,
        (120, 32),
        &[
            "Ladder Up #7   block 3 of 6   Hot seat",
            "step 2 of 4",
            "now Questions   questions only, no advice   2 min   next Offers",
            "session 30:48 of 90:00",
            "3 min behind",
            "left of 15:00",
            "RUNNING",
            "ends 15:38",
            "then Offers",
            "Prompt 2 of 4",
            "new to this circle",
            "What would you say today?",
            "✓ 1 Welcome",
            "17:20",
            "► 3 Hot seat",
            "slack 1:30, was 5 min",
            "ends 16:30",
            "> Offers",
            "Jun has the floor",
            "TALKING   2:05",
            "hand 2",
            "李 美玲           phone",
            "Sam Reyes (you)   leads",
            "away",
            "f floor to Priya (5), hand 1",
            "Not heard yet in this block  李 美玲 (3), Sam (4), Priya (5)",
            "5 this session",
            "A14  action    Send deck",
            "María Okafor    Fri 13",
            "new",
            "next session",
            "(李 美玲)",
            "for you",
        ],
    );
    shows(
        &world,
        (80, 21),
        &[
            "3 of 6  Hot seat, Jun",
            "30:48 of 90:00",
            "3 behind",
            "ends",
            "15:38",
            "48%",
            "hand 1",
            "A14",
        ],
    );
    shows(
        &world,
        (40, 11),
        &[
            "RUNNING",
            "3 behind",
            "What feedback",
            "Jun  TALKING 02:05",
            "next Priya (5)",
            "A14 Send deck",
        ],
    );
    shows(
        &world,
        (30, 6),
        &["07:42 RUNNING", "Hot seat 3/6", "Jun TALKING"],
    );
    shows(
        &world,
        (20, 5),
        &["07:42 RUNNING", "Hot seat 3/6", "Jun TALKING"],
    );
}

#[test]
fn capabilities_that_are_not_built_have_no_keys_here() {
    let world = World::running();
    for size in SIZES {
        let shown = text(&world, size);
        for key in ["F passes", "s a", "P park", "speaking time"] {
            assert!(!shown.contains(key), "{key} in\n{shown}");
        }
    }
}

#[test]
fn each_state_of_the_clock_has_its_word() {
    let mut world = World::running();
    world.wait(400);
    for size in [(120, 32), (80, 21)] {
        shows(&world, size, &["2 MIN LEFT"]);
    }
    world.wait(142);
    for size in SIZES {
        shows(&world, size, &["OVER", "since", "15:38"]);
    }
    shows(&world, (120, 32), &["over 15:00", "planned 15:35"]);
    shows(&world, (30, 6), &["+1:20 OVER"]);
    let now = world.now;
    world.edit_live(|live| live.go_to(4, now));
    for size in SIZES {
        shows(&world, size, &["BREAK", "until"]);
    }
    world.edit_live(|live| Live {
        clock: live.clock.pause(now),
        ..live.clone()
    });
    for size in SIZES {
        shows(&world, size, &["PAUSED"]);
    }
    let planned = World::planned();
    for size in SIZES {
        shows(&planned, size, &["READY", "starts", "Thu 12"]);
    }
    shows(
        &planned,
        (20, 5),
        &["READY", "Space starts", "Thu 12 Mar 15:00"],
    );
}

#[test]
fn not_heard_yet_names_nobody_who_asked_not_to_be_called_on_and_only_in_open_blocks() {
    let mut world = World::running();
    world.no_calls(4);
    let shown = text(&world, (120, 32));
    assert!(
        shown.contains("Not heard yet in this block  李 美玲 (3)"),
        "{shown}"
    );
    assert!(!shown.contains("Priya (5)\n"), "{shown}");
    let now = world.now;
    world.edit_live(|live| live.go_to(5, now));
    assert!(!text(&world, (120, 32)).contains("Not heard yet"));
}

#[test]
fn masked_names_are_initials_and_notes_are_hidden() {
    let mut world = World::running();
    world.masked = true;
    for size in SIZES {
        let shown = text(&world, size);
        for name in ["Jun", "Tanaka", "María", "美玲", "Priya", "fear of"] {
            assert!(!shown.contains(name), "{name} in\n{shown}");
        }
    }
    shows(&world, (120, 32), &["JT", "(hidden)"]);
}

#[test]
fn a_question_picked_in_a_review_is_shown_with_the_actions() {
    let mut world = World::running();
    world.old_actions();
    let now = world.now;
    world.edit_live(|live| live.go_to(1, now));
    world.edit_session(|session| {
        session.blocks[1].prompts = vec![fixture::prompt("What helped most?")];
    });
    shows(
        &world,
        (120, 32),
        &["Prompt, then actions", "What helped most?", "Ask for skip"],
    );
    shows(&world, (80, 21), &["What helped most?", "Ask for skip"]);
    shows(&world, (40, 11), &["What helped most?", "Ask for skip"]);
}

#[test]
fn a_tick_over_the_plan_is_no_overrun() {
    let mut world = World::running();
    let behind = world.live().behind(world.session(), world.now);
    world.now = world.now - behind + Span::from_millis(400);
    let shown = text(&world, (120, 32));
    assert!(!shown.contains("0:00 longer"), "{shown}");
}

#[test]
fn names_not_heard_yet_that_do_not_fit_are_counted() {
    let names: Vec<String> = (1..=8)
        .map(|n| format!("Bartholomew{n} Ashworth"))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let world = World::run(&names);
    for size in [(120, 32), (80, 21)] {
        let shown = text(&world, size);
        let row = shown.lines().find(|line| line.contains("Not heard yet"));
        let row = row.unwrap_or_else(|| panic!("{shown}"));
        assert!(row.contains(", +") && !row.contains('~'), "{row}");
    }
}

#[test]
fn many_people_are_told_apart_and_none_is_lost() {
    for count in [9, 18, 30] {
        let names: Vec<String> = (1..=count).map(|n| format!("P{n:02} Q")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let world = World::run(&names);
        let mut screen = LiveScreen::new();
        let mut seen = draw(&world, &screen, (120, 32)).join("\n");
        run(&world, &mut screen, CommandId::PageDown);
        for _ in 0..4 {
            run(&world, &mut screen, CommandId::PageDown);
            seen.push_str(&draw(&world, &screen, (120, 32)).join("\n"));
        }
        for name in &names {
            let first = name.trim_end_matches(" Q");
            assert!(seen.contains(first), "{name} of {count} in\n{seen}");
        }
    }
}

#[test]
fn space_starts_pauses_and_goes_on() {
    let mut world = World::planned();
    let mut screen = LiveScreen::new();
    let start = run(&world, &mut screen, CommandId::StartPause);
    apply(&mut world, start);
    assert_eq!(world.session().facilitator, None);
    shows(&world, (80, 21), &["RUNNING"]);
    let pause = run(&world, &mut screen, CommandId::StartPause);
    apply(&mut world, pause);
    shows(&world, (80, 21), &["PAUSED"]);
    let on = run(&world, &mut screen, CommandId::StartPause);
    apply(&mut world, on);
    shows(&world, (80, 21), &["RUNNING"]);
}

#[test]
fn nothing_moves_before_the_start() {
    let world = World::planned();
    let mut screen = LiveScreen::new();
    for id in [
        CommandId::Next,
        CommandId::Back,
        CommandId::Longer,
        CommandId::Nobody,
        CommandId::WrapUp,
    ] {
        assert!(
            refusal(run(&world, &mut screen, id)).contains("Space starts it"),
            "{id:?}"
        );
    }
}

#[test]
fn the_floor_goes_to_whoever_is_there() {
    let world = World::running();
    let give = |index: usize| Reply::Do(vec![Request::Floor(FloorMove::Give(world.people[index]))]);
    assert_eq!(press(&world, CommandId::Pick, 2), give(1));
    assert_eq!(
        press(&world, CommandId::Pick, 1),
        Reply::Handled,
        "has it already"
    );
    assert!(refusal(press(&world, CommandId::Pick, 6)).contains("Åsa Björk is away"));
    assert!(refusal(press(&world, CommandId::Pick, 18)).contains("nobody here has the number 09"));
    assert_eq!(
        press(&world, CommandId::FloorNext, 0),
        Reply::Do(vec![Request::Floor(FloorMove::Next)])
    );
    let mut quiet = World::running();
    quiet.floor.as_mut().unwrap().queue.clear();
    assert!(refusal(press(&quiet, CommandId::FloorNext, 0)).contains("nobody waits"));
}

#[test]
fn whoever_goes_away_leaves_the_floor() {
    let world = World::running();
    let Reply::Do(requests) = press(&world, CommandId::Attend, 1) else {
        panic!("nothing was asked for");
    };
    assert!(requests.contains(&Request::Floor(FloorMove::Leave(world.people[0]))));
    let Reply::Do(back) = press(&world, CommandId::Attend, 6) else {
        panic!("nothing was asked for");
    };
    assert!(matches!(
        back.as_slice(),
        [Request::Submit(Command::Attend { here: true, .. })]
    ));
}

#[test]
fn past_the_last_prompt_one_is_drawn_from_the_bank() {
    let mut world = World::running();
    let rows = [question("What is easy now?")];
    let mut screen = with_bank(&world, &rows);
    assert_eq!(
        run(&world, &mut screen, CommandId::NextPrompt),
        Reply::submit(Command::MovePrompt(Step::Next))
    );
    world.edit_live(|live| Live {
        prompt: 3,
        ..live.clone()
    });
    let reply = run(&world, &mut screen, CommandId::NextPrompt);
    apply(&mut world, reply);
    shows(&world, (80, 21), &["Prompt 5 of 5", "What is easy now?"]);
    let mut empty = with_bank(&world, &[]);
    assert!(refusal(run(&world, &mut empty, CommandId::NextPrompt)).contains("no other question"));
}

#[test]
fn a_picked_question_becomes_the_prompt() {
    let mut world = World::running();
    let rows = [question("What is easy now?")];
    let mut screen = with_bank(&world, &rows);
    let Reply::Choose(choice) = run(&world, &mut screen, CommandId::PickQuestion) else {
        panic!("no list");
    };
    assert_eq!(choice.rows, ["What is easy now?"]);
    let reply = screen.chosen(choice.tag, 0, &world.view());
    apply(&mut world, reply);
    shows(&world, (80, 21), &["What is easy now?"]);
}

#[test]
fn keys_act_on_the_newest_row_until_the_mark_moves() {
    let mut world = World::running();
    let mut screen = LiveScreen::new();
    let view = world.view();
    let newest = written::items(&view, world.circle, world.session)[0].key(world.circle);
    let Reply::Ask(ask) = run(&world, &mut screen, CommandId::Due) else {
        panic!("no line");
    };
    assert!(refusal(screen.entered(ask.tag, "someday", &world.view())).contains("someday"));
    let expected = |due| {
        Reply::submit(Command::EditItem {
            key: newest,
            edit: ItemEdit {
                due: Some(due),
                ..ItemEdit::default()
            },
        })
    };
    assert_eq!(
        screen.entered(ask.tag, "", &world.view()),
        expected(Due::NextSession)
    );
    let friday = Due::On("2026-03-20".parse().unwrap());
    assert_eq!(
        screen.entered(ask.tag, "20 mar", &world.view()),
        expected(friday)
    );
    run(&world, &mut screen, CommandId::Down);
    assert!(refusal(run(&world, &mut screen, CommandId::Done)).contains("only an action"));
    run(&world, &mut screen, CommandId::Down);
    let settled = run(&world, &mut screen, CommandId::Done);
    apply(&mut world, settled);
    shows(&world, (120, 32), &["settled"]);
}

#[test]
fn an_owner_is_named_by_number_or_picked() {
    let world = World::running();
    let mut screen = LiveScreen::new();
    let owner = |reply: Reply| match reply {
        Reply::Do(requests) => match requests.as_slice() {
            [Request::Submit(Command::EditItem { edit, .. })] => edit.owner,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    assert_eq!(
        owner(press(&world, CommandId::Owner, 3)),
        Some(Owner::Member(world.people[2]))
    );
    let Reply::Choose(choice) = run(&world, &mut screen, CommandId::Owner) else {
        panic!("no list");
    };
    let view = world.view();
    assert_eq!(owner(screen.chosen(choice.tag, 6, &view)), Some(Owner::All));
    assert_eq!(
        owner(screen.chosen(choice.tag, 7, &view)),
        Some(Owner::Nobody)
    );
}

#[test]
fn letting_go_takes_a_reason_or_none() {
    let world = World::running();
    let mut screen = LiveScreen::new();
    let Reply::Ask(ask) = run(&world, &mut screen, CommandId::Remove) else {
        panic!("no line");
    };
    let how = |reply| match reply {
        Reply::Do(requests) => match requests.as_slice() {
            [Request::Submit(Command::Settle { how, .. })] => how.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let view = world.view();
    assert_eq!(
        how(screen.entered(ask.tag, " ", &view)),
        Settle::LetGo(None)
    );
    let reason = Settle::LetGo(Some(Clean::line("no room")));
    assert_eq!(how(screen.entered(ask.tag, "no room", &view)), reason);
}

#[test]
fn the_prompt_is_marked_as_asked_where_it_has_the_focus() {
    let world = World::running();
    let mut screen = LiveScreen::new();
    run(&world, &mut screen, CommandId::NextPane);
    run(&world, &mut screen, CommandId::NextPane);
    let asked = Reply::submit(Command::MarkAsked { asked: true });
    assert_eq!(run(&world, &mut screen, CommandId::Done), asked);
}

#[test]
fn a_prompt_is_copied_alone_or_with_what_to_ask_next() {
    let world = World::running();
    let mut screen = LiveScreen::new();
    let copied = |reply| match reply {
        Reply::Do(requests) => match requests.as_slice() {
            [Request::Copy(text)] => text.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let short = copied(run(&world, &mut screen, CommandId::Copy));
    assert_eq!(
        short,
        "What feedback did you almost not give, and what stopped you?"
    );
    let long = copied(run(&world, &mut screen, CommandId::CopyAll));
    assert!(long.contains("\n- Who could have helped?"), "{long}");
}

#[test]
fn the_wrap_up_lists_what_is_loose_and_ends_on_its_labelled_row_alone() {
    let mut world = World::running();
    world.action(
        (15, "Find a room"),
        Owner::Nobody,
        Due::None,
        (0, Some(world.session)),
    );
    let mut screen = LiveScreen::new();
    screen.set_drafts(vec![unsaved("a", "half a thought")]);
    run(&world, &mut screen, CommandId::WrapUp);
    let shown = draw(&world, &screen, (120, 32)).join("\n");
    for words in [
        "A15 Find a room",
        "nobody, no date",
        "P2 How do we talk about pay?",
        "half a thought",
        "Discussion, 20 min",
        "Plan the next session: Thu 26 Mar 2026",
        "End session",
    ] {
        assert!(shown.contains(words), "{words} in\n{shown}");
    }
    assert!(matches!(
        run(&world, &mut screen, CommandId::Open),
        Reply::Choose(_)
    ));
    run(&world, &mut screen, CommandId::End);
    let end = run(&world, &mut screen, CommandId::Open);
    apply(&mut world, end);
    let planned = world.state.next_session(world.circle, world.now).unwrap();
    assert_eq!(
        planned.start,
        Moment::parse("2026-03-26T15:00:00Z").unwrap()
    );
    assert!(planned.blocks.iter().all(|block| block.prompts.is_empty()));
    let shown = draw(&world, &screen, (80, 21)).join("\n");
    for words in [
        "Session #7 is over",
        "ended 59 min before plan",
        "3 actions",
        "1 block not reached",
        "2 blocks kept for next time",
    ] {
        assert!(shown.contains(words), "{words} in\n{shown}");
    }
    let minutes = Request::Minutes(world.circle, world.session, Format::Markdown);
    let write = run(&world, &mut screen, CommandId::WriteMarkdown);
    assert_eq!(write, Reply::Do(vec![minutes]));
    assert_eq!(run(&world, &mut screen, CommandId::Close), Reply::Handled);
    assert!(draw(&world, &screen, (80, 21)).join("\n").contains("READY"));
}

#[test]
fn the_next_session_need_not_be_planned() {
    let world = World::running();
    let mut screen = LiveScreen::new();
    run(&world, &mut screen, CommandId::WrapUp);
    run(&world, &mut screen, CommandId::End);
    run(&world, &mut screen, CommandId::Up);
    run(&world, &mut screen, CommandId::Up);
    assert_eq!(run(&world, &mut screen, CommandId::Open), Reply::Handled);
    run(&world, &mut screen, CommandId::End);
    let end = run(&world, &mut screen, CommandId::Open);
    assert_eq!(
        end,
        Reply::submit(Command::EndSession {
            next: None,
            figures: None,
            leave_rest: false,
        })
    );
}

#[test]
fn the_next_session_is_as_long_as_the_circle_meets_and_not_as_this_one() {
    let mut world = World::running();
    world.edit_session(|session| session.minutes = 45);
    let mut screen = LiveScreen::new();
    run(&world, &mut screen, CommandId::WrapUp);
    run(&world, &mut screen, CommandId::End);
    let end = run(&world, &mut screen, CommandId::Open);
    apply(&mut world, end);
    let rule = world.state.circle(world.circle).unwrap().rhythm.unwrap();
    let planned = world.state.next_session(world.circle, world.now).unwrap();
    assert_eq!(planned.minutes, rule.minutes);
}

#[test]
fn after_the_last_block_next_opens_the_wrap_up_and_ends_nothing() {
    let mut world = World::running();
    let now = world.now;
    world.edit_live(|live| live.go_to(5, now));
    let mut screen = LiveScreen::new();
    assert_eq!(run(&world, &mut screen, CommandId::Next), Reply::Handled);
    assert!(screen.has_sheet());
}

#[test]
fn the_main_states_in_pictures() {
    let mut over = World::running();
    over.wait(542);
    let mut review = World::running();
    review.old_actions();
    let now = review.now;
    review.edit_live(|live| live.go_to(1, now));
    let worlds = [
        ("running", World::running()),
        ("over", over),
        ("ready", World::planned()),
        ("review", review),
    ];
    for (name, world) in worlds {
        for (width, height) in SIZES {
            let shown = text(&world, (width, height));
            insta::assert_snapshot!(format!("{name}-{width}x{height}"), shown);
        }
    }
}

#[test]
fn without_colour_and_in_ascii_every_state_is_still_a_word() {
    let world = World::running();
    let theme = crate::theme::Catalogue::default()
        .theme("dark")
        .unwrap()
        .theme;
    let styles = crate::theme::Styles::new(&theme, ColorDepth::None, Glyphs::Ascii);
    let area = Rect::new(0, 0, 120, 32);
    let mut buf = Buffer::empty(area);
    let paint = Paint {
        view: world.view(),
        styles: &styles,
        covered: false,
    };
    LiveScreen::new().draw(area, &mut buf, &paint);
    let shown = fixture::rows(&buf).join("\n");
    for words in [
        "[x] 1 Welcome",
        ">   3 Hot seat",
        "[TALKING]",
        "+=[ Speaking ]",
        "[####",
        "RUNNING",
    ] {
        assert!(shown.contains(words), "{words} in\n{shown}");
    }
}

fn hostile() -> Vec<&'static str> {
    vec![
        "\u{202e}abc",
        "שרה כהן",
        "👩‍💻 👩‍👩‍👧‍👦",
        "A\u{30a}sa\u{301}\u{301}\u{301}",
        "李李李李李李李李李李李李李李李李李李李李",
        "क्षि ❤️ 🇨🇭",
        "x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_size_is_drawn_at_any_time(width in 1u16..130, height in 1u16..40, wait in 0i64..9000) {
        let mut world = World::running();
        world.wait(wait);
        let _ = text(&world, (width, height));
        let _ = text(&World::planned(), (width, height));
        let mut screen = LiveScreen::new();
        run(&world, &mut screen, CommandId::WrapUp);
        let _ = draw(&world, &screen, (width, height));
    }

    #[test]
    fn hard_names_are_drawn_at_any_size(width in 1u16..130, height in 1u16..40, long in 1usize..200) {
        let graphemes = "e\u{301}".repeat(long);
        let mut names = hostile();
        names.insert(0, &graphemes);
        let world = World::run(&names);
        let mut screen = LiveScreen::new();
        for _ in 0..4 {
            run(&world, &mut screen, CommandId::NextPane);
            let _ = draw(&world, &screen, (width, height));
            run(&world, &mut screen, CommandId::Zoom);
            let _ = draw(&world, &screen, (width, height));
            run(&world, &mut screen, CommandId::Zoom);
        }
    }
}

/// Look at it: `cargo test --lib live_by_eye -- --ignored --nocapture`.
#[test]
#[ignore = "prints the screen for a person to look at"]
fn live_by_eye() {
    let world = World::running();
    for size in [(120, 32), (80, 21), (60, 17), (40, 11), (30, 5), (20, 4)] {
        println!("--- {size:?}");
        for row in draw(&world, &LiveScreen::new(), size) {
            println!("{row}");
        }
    }
    let mut over = World::running();
    over.wait(542);
    let mut paused = World::running();
    paused.edit_live(|live| Live {
        clock: live.clock.pause(at(live)),
        ..live.clone()
    });
    let mut warning = World::running();
    warning.wait(400);
    let planned = World::planned();
    let mut review = World::running();
    review.old_actions();
    let now = review.now;
    review.edit_live(|live| live.go_to(1, now));
    for (name, world) in [
        ("over", &over),
        ("paused", &paused),
        ("warning", &warning),
        ("ready", &planned),
        ("review", &review),
    ] {
        for size in [(120, 32), (80, 21), (40, 11)] {
            println!("--- {name} {size:?}");
            for row in draw(world, &LiveScreen::new(), size) {
                println!("{row}");
            }
        }
    }
    for count in [9, 18, 30] {
        let names: Vec<String> = (0..count).map(|n| format!("Person Number{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let world = World::run(&names);
        for size in [(120, 32), (80, 21)] {
            println!("--- {count} people {size:?}");
            for row in draw(&world, &LiveScreen::new(), size) {
                println!("{row}");
            }
        }
    }
    let mut screen = LiveScreen::new();
    screen.set_drafts(vec![unsaved("a", "half a thought")]);
    let mut world = World::running();
    world.old_actions();
    world.action(
        (15, "Find a room"),
        Owner::Nobody,
        Due::None,
        (0, Some(world.session)),
    );
    screen.run(CommandId::WrapUp, &Arg::None, &world.view());
    for size in [(120, 32), (80, 21), (40, 11)] {
        println!("--- wrap up {size:?}");
        for row in draw(&world, &screen, size) {
            println!("{row}");
        }
    }
}

fn at(live: &Live) -> Moment {
    live.clock.started + Span::from_secs(1848)
}

#[test]
fn off_the_record_is_said_at_every_size_and_leaves_room_for_the_session() {
    let mut world = World::running();
    world.off_record = true;
    let whole =
        "OFF THE RECORD  circlet writes nothing. People, phones and call recordings still can.";
    shows(
        &world,
        (120, 32),
        &[whole, "Hot seat", "Agenda", "Written down"],
    );
    shows(
        &world,
        (80, 21),
        &[
            "People, phones and call recordings",
            "still can.",
            "Agenda",
            "Speaking",
        ],
    );
    shows(
        &world,
        (40, 11),
        &["OFF THE RECORD", "can.", "Hot seat", "ends"],
    );
    shows(&world, (20, 5), &["OFF THE RECORD"]);
    world.off_record = false;
    assert!(!text(&world, (120, 32)).contains("OFF THE RECORD"));
}

#[test]
fn off_the_record_a_session_is_neither_moved_on_at_its_end_nor_wrapped_up() {
    let mut world = World::running();
    world.off_record = true;
    let mut screen = LiveScreen::new();
    for id in [CommandId::Next, CommandId::WrapUp, CommandId::Rate] {
        let words = refusal(run(&world, &mut screen, id));
        assert_eq!(words, crate::engine::OFF_RECORD);
    }
    let again = run(&world, &mut screen, CommandId::OffRecord);
    assert_eq!(again, Reply::Do(vec![Request::OffRecord(false)]));
}

#[test]
fn a_start_far_from_the_plan_is_asked_about_and_makes_nobody_lead() {
    let mut world = World::planned();
    let start = Command::StartSession {
        circle: world.circle,
        session: world.session,
        facilitator: None,
    };
    let mut screen = LiveScreen::new();
    let soon = run(&world, &mut screen, CommandId::StartPause);
    assert_eq!(soon, Reply::submit(start.clone()));
    for hours in [-26, 27] {
        world.wait(hours * 3600);
        let Reply::Twice { words, then, .. } = run(&world, &mut screen, CommandId::StartPause)
        else {
            panic!("the start was not asked about");
        };
        assert!(words.starts_with("Planned for Thu 12"), "{words}");
        assert!(words.ends_with("15:00"), "{words}");
        assert_eq!(then, vec![Request::Submit(start.clone())]);
        world.wait(-hours * 3600);
    }
}

#[test]
fn a_line_that_is_not_saved_is_opened_again_from_the_wrap_up_or_thrown_away() {
    let world = World::running();
    let mut screen = LiveScreen::new();
    screen.set_drafts(vec![unsaved("d", "meet every other")]);
    run(&world, &mut screen, CommandId::WrapUp);
    for size in [(120, 32), (80, 21), (40, 11)] {
        let shown = draw(&world, &screen, size).join("\n");
        assert!(shown.contains("meet every other"), "{size:?}\n{shown}");
    }
    let offers = screen.offers(&world.view());
    assert_eq!(offers[0], (CommandId::Open, "go on writing"));
    let write = vec![Request::Run(CommandId::AddDecision, Arg::None)];
    assert_eq!(run(&world, &mut screen, CommandId::Open), Reply::Do(write));
    let Reply::Twice { then, .. } = run(&world, &mut screen, CommandId::Remove) else {
        panic!("words go without being asked about");
    };
    assert_eq!(then, vec![Request::DropDraft("d".to_owned())]);
}

#[test]
fn the_mark_of_the_wrap_up_stands_on_the_end_when_nothing_is_loose() {
    let world = World::running();
    let mut screen = LiveScreen::new();
    run(&world, &mut screen, CommandId::WrapUp);
    let offers = screen.offers(&world.view());
    assert_eq!(offers[0], (CommandId::Open, "end the session"));
    // Only keys that the marked row answers are named.
    assert!(offers.iter().all(|(id, _)| *id != CommandId::Owner));
    let end = run(&world, &mut screen, CommandId::Open);
    assert!(
        matches!(&end, Reply::Do(done) if matches!(done.as_slice(), [Request::Submit(Command::EndSession { .. })]))
    );
}

#[test]
fn blocks_that_were_not_reached_are_kept_unless_somebody_says_otherwise() {
    let mut world = World::running();
    let mut screen = LiveScreen::new();
    run(&world, &mut screen, CommandId::WrapUp);
    let kept = "Keep for next time: Discussion, Practice in pairs";
    assert!(draw(&world, &screen, (120, 32)).join("\n").contains(kept));
    run(&world, &mut screen, CommandId::Top);
    for _ in 0..9 {
        let offers = screen.offers(&world.view());
        let shown = draw(&world, &screen, (120, 32)).join("\n");
        if offers[0].1 == "change" && shown.contains("► Keep for") {
            break;
        }
        run(&world, &mut screen, CommandId::Down);
    }
    assert_eq!(run(&world, &mut screen, CommandId::Open), Reply::Handled);
    let shown = draw(&world, &screen, (120, 32)).join("\n");
    assert!(
        shown.contains("Do not keep for next time: Discussion"),
        "{shown}"
    );
    run(&world, &mut screen, CommandId::End);
    let end = run(&world, &mut screen, CommandId::Open);
    apply(&mut world, end);
    let session = world.session();
    assert!(session.blocks.iter().all(|block| block.parked.is_none()));
    let shown = draw(&world, &screen, (80, 21)).join("\n");
    assert!(!shown.contains("kept for next time"), "{shown}");
}

#[test]
fn hints_and_sentences_name_the_keys_that_the_user_has_chosen() {
    let mut world = World::running();
    let other = |command: &str, keys: &str, line| Override {
        place: Some(Place::Live),
        command: command.to_owned(),
        keys: keys.to_owned(),
        line,
    };
    let rows = [
        other("next", "Ctrl-N", 1),
        other("pick-question", "Ctrl-Q", 2),
        other("floor-next", "", 3),
    ];
    let (keymap, complaints) = Keymap::new(Preset::Default, &rows);
    assert_eq!(complaints, []);
    world.keymap = keymap;
    let screen = LiveScreen::new();
    let mut shown = Vec::new();
    let spots = spot::told(|| {
        shown = world.rows((120, 32), |area, buf, paint| {
            screen.draw(area, buf, paint);
        });
    });
    let find = |words: &str| {
        let row = shown.iter().position(|row| row.contains(words));
        let row = row.unwrap_or_else(|| panic!("{words} in\n{}", shown.join("\n")));
        let x = shown[row]
            .split(words)
            .next()
            .map(|before| before.chars().count());
        Position::new(
            u16::try_from(x.unwrap()).unwrap(),
            u16::try_from(row).unwrap(),
        )
    };
    let hint = |id| Some(Spot::Hint(id, Arg::None));
    assert_eq!(spots.at(find("Ctrl-N ")).cloned(), hint(CommandId::Next));
    assert_eq!(
        spots.at(find("Ctrl-Q pick")).cloned(),
        hint(CommandId::PickQuestion)
    );
    find(": floor-next floor to");
}
