//! The smallest scenes in which a law once did not hold.

use crate::command::laws::world::World;
use crate::command::plan::BlockDraft;
use crate::command::undo::LATE;
use crate::command::{Command, Draft, Step};
use crate::domain::agenda::Prompt;
use crate::domain::change::ActKind;
use crate::domain::clock::Span;
use crate::domain::document::Document;
use crate::domain::item::Audience;
use crate::domain::text::Clean;

fn started() -> World {
    let mut world = World::new();
    let start = Command::StartSession {
        circle: world.circles[0],
        session: world.planned(0),
        facilitator: None,
    };
    world.send(&start).unwrap();
    world
}

#[test]
fn a_start_can_be_taken_back_after_a_move_that_was_taken_back_late() {
    let mut world = started();
    world.send(&Command::Move(Step::Next)).unwrap();
    world.at = world.at + LATE + Span::from_secs(1);
    assert!(world.press(false).unwrap().is_ok());
    assert!(world.press(false).unwrap().is_ok());
    assert_eq!(world.live(), None);
}

/// Started, moved on and back, and both moves taken back: the second of them late, so the clock stands.
fn two_moves_taken_back_late() -> World {
    let mut world = started();
    world.send(&Command::Move(Step::Next)).unwrap();
    world.send(&Command::Move(Step::Previous)).unwrap();
    world.at = world.at + Span::from_minutes(3);
    assert!(world.press(false).unwrap().is_ok());
    world.at = world.at + Span::from_minutes(3);
    assert!(world.press(false).unwrap().is_ok());
    assert!(world.live().unwrap().clock.is_paused());
    world
}

#[test]
fn a_move_brought_back_can_be_taken_back_when_a_later_one_stopped_the_clock() {
    let mut world = two_moves_taken_back_late();
    assert!(world.press(true).unwrap().is_ok());
    assert!(world.press(true).unwrap().is_ok());
    world.at = world.at + LATE + Span::from_secs(1);
    assert!(world.press(false).unwrap().is_ok());
    assert!(world.live().unwrap().clock.is_paused());
    assert!(world.press(false).unwrap().is_ok());
    assert_eq!(world.live().unwrap().block, 0);
    assert!(world.press(false).unwrap().is_ok());
    assert_eq!(world.live(), None);
}

#[test]
fn whoever_goes_on_after_a_late_undo_can_bring_the_move_back_and_the_clock_runs_on() {
    let mut world = two_moves_taken_back_late();
    world.send(&Command::Pause { paused: false }).unwrap();
    let clock = world.live().unwrap().clock;
    world.at = world.at + Span::from_secs(20);
    assert!(world.press(true).unwrap().is_ok());
    let live = world.live().unwrap();
    assert_eq!((live.block, live.clock), (1, clock));
    world.at = world.at + Span::from_secs(20);
    assert!(world.press(false).unwrap().is_ok());
    assert_eq!(world.live().unwrap().clock, clock);
}

#[test]
fn a_late_undo_brings_the_groups_back_with_the_time_that_they_had() {
    let mut world = started();
    let circle = world.circles[0];
    let people: Vec<_> = world.state.members(circle).iter().map(|m| m.id).collect();
    let groups = Command::MakeGroups {
        groups: people.chunks(2).map(<[_]>::to_vec).collect(),
        minutes: 8,
    };
    world.send(&groups).unwrap();
    world
        .send(&Command::GroupTime { minutes: Some(2) })
        .unwrap();
    world.at = world.at + Span::from_minutes(1);
    world.send(&Command::Move(Step::Next)).unwrap();
    world.at = world.at + Span::from_minutes(20);
    assert!(world.press(false).unwrap().is_ok());
    let left = |world: &World| world.live().unwrap().groups_left(world.at);
    assert_eq!(left(&world), Some(Span::from_minutes(9)));
    assert!(world.press(false).unwrap().is_ok());
    assert_eq!(left(&world), Some(Span::from_minutes(7)));
    assert!(world.press(true).unwrap().is_ok());
    assert_eq!(left(&world), Some(Span::from_minutes(9)));
    assert!(world.press(false).unwrap().is_ok());
    assert!(world.press(false).unwrap().is_ok());
    assert_eq!(left(&world), None);
}

#[test]
fn a_block_never_begins_later_than_now_when_time_was_left_out_before_an_undo() {
    let mut world = started();
    for step in [Step::Next, Step::Previous] {
        world.at = world.at + Span::from_minutes(1);
        world.send(&Command::Move(step)).unwrap();
    }
    let span = Span::from_secs(90);
    world
        .send(&Command::LeaveOut { span, pause: false })
        .unwrap();
    assert!(world.press(false).unwrap().is_ok());
    let live = world.live().unwrap();
    assert_eq!(live.took(live.block, world.at), Some(Span::ZERO));
}

#[test]
fn a_refused_redo_speaks_of_bringing_back() {
    let mut world = started();
    world.send(&Command::Move(Step::Next)).unwrap();
    let undo = world.press(false).unwrap().unwrap();
    let minutes = 5;
    world.send(&Command::Extend { minutes }).unwrap();
    let redo = ActKind::Redo(undo.origin());
    let refused = world.take_back(&undo, redo).unwrap_err().reason;
    assert!(refused.contains("cannot be brought back"), "{refused}");
}

#[test]
fn time_left_out_after_a_move_does_not_make_a_block_begin_in_the_future() {
    let mut world = started();
    world.at = world.at + Span::from_minutes(1);
    world.send(&Command::Move(Step::Next)).unwrap();
    let span = Span::from_secs(30);
    world
        .send(&Command::LeaveOut { span, pause: false })
        .unwrap();
    let live = world.live().unwrap();
    assert_eq!(live.took(live.block, world.at), Some(Span::ZERO));
    assert_eq!(live.left(world.at), live.length());
}

#[test]
fn what_is_too_long_for_the_store_is_refused_before_it_is_saved() {
    let mut world = started();
    let long = |bytes: usize| Clean::line(&"w".repeat(bytes));
    let note = |bytes| Command::Write {
        circle: world.circles[0],
        drafts: vec![Draft::Note {
            text: long(bytes),
            audience: Audience::Me,
            tags: Vec::new(),
        }],
        speaking: None,
    };
    let (fits, too_long) = (note(32 * 1024), note(32 * 1024 + 1));
    assert!(world.send(&fits).is_ok());
    assert!(world.send(&too_long).is_err());
    let prompt = Command::AddPrompt(Prompt::new(long(30_000)));
    assert!(world.send(&prompt).is_ok());
    let refused = (0..3).map(|_| world.send(&prompt)).find_map(Result::err);
    let reason = refused.expect("three more do not fit").reason;
    assert_eq!(
        reason,
        "that is too long to keep: at most 64 KiB fit into one entry"
    );
}

#[test]
fn the_largest_agenda_keeps_its_running_session_small() {
    let mut world = World::new();
    let circle = world.circles[0];
    let block = BlockDraft {
        title: Clean::line("Talk"),
        minutes: 24 * 60,
        ..BlockDraft::default()
    };
    let session = world.planned(0);
    world
        .send(&Command::EditSession {
            circle,
            session,
            start: None,
            minutes: None,
            blocks: Some(vec![block; 40]),
        })
        .unwrap();
    let facilitator = None;
    world
        .send(&Command::StartSession {
            circle,
            session,
            facilitator,
        })
        .unwrap();
    for _ in 0..39 {
        world.at = world.at + Span::from_minutes(24 * 60);
        world.send(&Command::Move(Step::Next)).unwrap();
    }
    let live = Document::Live(world.live().unwrap().clone());
    assert!(live.to_body().to_string().len() < 4 * 1024);
}

#[test]
fn time_asleep_is_not_left_out_of_a_clock_that_stood() {
    let mut world = started();
    world.at = world.at + Span::from_minutes(30);
    world.send(&Command::Pause { paused: true }).unwrap();
    world.at = world.at + Span::from_minutes(20);
    let span = Span::from_minutes(20);
    let refused = world.send(&Command::LeaveOut { span, pause: true });
    assert!(refused.is_err());
    let live = world.live().unwrap();
    assert_eq!(live.clock.elapsed(world.at), Span::from_minutes(30));
    // Paused five minutes into the time asleep: those five count as run, and are left out.
    world.send(&Command::Pause { paused: false }).unwrap();
    world.at = world.at + Span::from_minutes(5);
    world.send(&Command::Pause { paused: true }).unwrap();
    world.at = world.at + Span::from_minutes(15);
    world
        .send(&Command::LeaveOut { span, pause: true })
        .unwrap();
    let live = world.live().unwrap();
    assert_eq!(live.clock.elapsed(world.at), Span::from_minutes(30));
}

#[test]
fn the_end_of_a_session_is_not_taken_back_while_another_runs() {
    let mut world = started();
    world.at = world.at + Span::from_minutes(1);
    world
        .send(&Command::EndSession {
            next: None,
            figures: None,
            leave_rest: false,
        })
        .unwrap();
    let end = world.acts.last().unwrap().clone();
    let start = Command::StartSession {
        circle: world.circles[1],
        session: world.planned(1),
        facilitator: None,
    };
    world.send(&start).unwrap();
    let kind = ActKind::Undo(end.id);
    assert!(world.take_back(&end, kind).is_err());
}
