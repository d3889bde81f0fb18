//! Laws of commands: whatever people do in whatever order, acts rebuild the state, undo takes back
//! exactly what was done, and documents stay small.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;

use crate::command::laws::world::{COMMANDS, Roll, World, rolls};
use crate::command::undo::is_step;
use crate::command::{Command, decide};
use crate::domain::change::{Act, ActKind};
use crate::domain::clock::Span;
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind};
use crate::domain::state::State;

mod found;
mod merging;
mod seats;
mod series;
mod world;

/// Documents as they are compared after undo: numbers given out stay given out, and pauses stay, so the
/// clock of a running session is left out (time has laws of its own).
fn documents(state: &State) -> BTreeMap<Key, Value> {
    state
        .documents()
        .filter(|(key, _)| key.kind != Kind::Counter)
        .map(|(key, document)| {
            let mut body = document.to_body();
            if let (Kind::Live, Some(fields)) = (key.kind, body.as_object_mut()) {
                fields.remove("clock");
                fields.remove("entered");
                fields.remove("step_entered");
                fields.remove("shown");
                if let Some(Value::Object(out)) = fields.get_mut("groups") {
                    out.remove("ends");
                }
            }
            (*key, body)
        })
        .collect()
}

/// The documents that are not as they were, in words.
fn differing(state: &State, then: &BTreeMap<Key, Value>) -> String {
    let now = documents(state);
    let keys: std::collections::BTreeSet<&Key> = now.keys().chain(then.keys()).collect();
    keys.into_iter()
        .filter(|key| now.get(key) != then.get(key))
        .map(|key| format!("{key}: {:?} was {:?}", now.get(key), then.get(key)))
        .collect::<Vec<_>>()
        .join("; ")
}

fn rebuilt(start: &State, acts: &[Act]) -> State {
    let mut state = start.clone();
    for act in acts {
        state.apply(act).unwrap();
    }
    state
}

fn same(one: &State, other: &State) -> bool {
    one.documents().eq(other.documents())
}

fn run(rolls: &[Roll]) -> World {
    let mut world = World::new();
    for roll in rolls {
        let _ = world.roll(roll);
    }
    world
}

/// Plays the rolls, then takes every step back, newest first. `check` sees each undo with the documents
/// as they were before and after the act that it takes back.
fn and_back(rolls: &[Roll], pace: Span) -> Result<(World, Vec<Act>), TestCaseError> {
    let mut world = World::new();
    let mut before = Vec::new();
    for roll in rolls {
        let then = documents(&world.state);
        if world.roll(roll).is_ok() {
            before.push(then);
        }
    }
    let mut undone = Vec::new();
    let acts: Vec<Act> = world.acts.iter().skip(world.setup).cloned().collect();
    for (act, then) in acts
        .iter()
        .zip(before)
        .rev()
        .filter(|(act, _)| is_step(act))
    {
        world.at = world.at + pace;
        let undo = world.take_back(act, ActKind::Undo(act.id));
        let undo =
            undo.map_err(|refusal| TestCaseError::fail(format!("{}: {refusal}", act.title)))?;
        undone.push(undo);
        prop_assert_eq!(
            differing(&world.state, &then),
            "",
            "after {} was taken back",
            act.title
        );
    }
    Ok((world, undone))
}

proptest! {
    #[test]
    fn acts_rebuild_the_state_and_refused_commands_change_nothing(rolls in rolls()) {
        let mut world = World::new();
        for roll in &rolls {
            let before = world.state.clone();
            if world.roll(roll).is_err() {
                prop_assert_eq!(&world.state, &before);
            }
        }
        prop_assert!(same(&rebuilt(&State::default(), &world.acts), &world.state));
        // The same acts once more, read from their text, change nothing.
        let text = serde_json::to_string(&world.acts).unwrap();
        let read: Vec<Act> = serde_json::from_str(&text).unwrap();
        prop_assert!(same(&rebuilt(&State::default(), &read), &world.state));
    }

    #[test]
    fn taking_everything_back_restores_every_document(rolls in rolls(), slow in any::<bool>()) {
        let pace = if slow { Span::from_minutes(3) } else { Span::from_secs(1) };
        and_back(&rolls, pace)?;
    }

    #[test]
    fn bringing_everything_back_restores_it_again(rolls in rolls()) {
        let done = documents(&run(&rolls).state);
        let (mut world, undone) = and_back(&rolls, Span::from_secs(1))?;
        for undo in undone.iter().rev() {
            let ActKind::Undo(act) = undo.kind else { continue };
            let redo = world.take_back(undo, ActKind::Redo(act));
            prop_assert!(redo.is_ok(), "{}: {:?}", undo.title, redo);
        }
        prop_assert_eq!(differing(&world.state, &done), "");
    }

    #[test]
    fn pressing_undo_and_redo_walks_the_same_states(rolls in rolls(), presses in prop::collection::vec((any::<bool>(), 0i64..400), 0..30)) {
        let mut world = World::new();
        let mut states = vec![documents(&world.state)];
        for roll in &rolls {
            if world.roll(roll).is_ok() {
                let step = world.acts.last().is_some_and(is_step);
                let now = documents(&world.state);
                if step { states.push(now) }
            }
        }
        let mut at = states.len() - 1;
        for (redo, wait) in presses {
            world.at = world.at + Span::from_secs(wait);
            let to = if redo { at + 1 } else { at.wrapping_sub(1) };
            match world.press(redo) {
                None => prop_assert!(to >= states.len(), "nothing to press at {at}"),
                Some(result) => {
                    prop_assert!(result.is_ok(), "{:?}", result);
                    at = to;
                }
            }
            prop_assert_eq!(differing(&world.state, &states[at]), "");
            if let Some(live) = world.live() {
                prop_assert!(live.took(live.block, world.at) >= Some(Span::ZERO));
            }
        }
        prop_assert!(same(&rebuilt(&State::default(), &world.acts), &world.state));
    }

    #[test]
    fn a_move_that_is_taken_back_leaves_the_clock_as_if_it_had_not_been(
        pauses in prop::collection::vec((any::<bool>(), 0i64..120), 0..6),
        before in 0i64..400,
    ) {
        let mut world = World::new();
        let start = Command::StartSession { circle: world.circles[0], session: world.planned(0), facilitator: None };
        world.send(&start).unwrap();
        world.at = world.at + Span::from_secs(before);
        let stayed = world.live().unwrap().clone();
        world.send(&Command::Move(crate::command::Step::Next)).unwrap();
        let (moved, mut clock) = (world.at, stayed.clock);
        for (paused, wait) in pauses {
            world.at = world.at + Span::from_secs(wait);
            let command = Command::Pause { paused };
            let _ = world.send(&command);
            clock = if paused { clock.pause(world.at) } else { clock.resume(world.at) };
        }
        prop_assert!(world.press(false).unwrap().is_ok());
        let live = world.live().unwrap();
        if world.at - moved <= crate::command::undo::LATE {
            prop_assert_eq!(live.clock, clock);
            prop_assert_eq!(live.ends(), stayed.ends());
        } else {
            prop_assert!(live.clock.is_paused());
            prop_assert_eq!(live.left(world.at), stayed.left(moved));
        }
    }

    #[test]
    fn documents_stay_small(rolls in rolls()) {
        let mut world = World::new();
        for roll in &rolls {
            if world.roll(roll).is_err() {
                continue;
            }
            let act = world.acts.last();
            for change in act.into_iter().flat_map(|act| &act.changes) {
                let key = change.key;
                let most = if key.kind == Kind::Live { 4 * 1024 } else { 64 * 1024 };
                let size = change.after.as_ref().map_or(0, |body| body.to_string().len());
                prop_assert!(size <= most, "{key} has {size} bytes");
            }
        }
    }

    #[test]
    fn remaining_time_counts_what_ran_and_nothing_else(rolls in rolls()) {
        let mut world = World::new();
        for roll in &rolls {
            let before = world.live().cloned();
            let (then, now) = (world.at, world.at + roll.wait);
            let command = world.roll(roll);
            let (Some(before), Some(after)) = (before, world.live().cloned()) else { continue };
            if before.session != after.session {
                continue;
            }
            let ran = if before.clock.is_paused() { Span::ZERO } else { now - then };
            let left = before.left(then) - ran;
            prop_assert_eq!(before.left(now), left);
            let Ok(command) = command else { continue };
            let expected = match command {
                Command::LeaveOut { span, .. } => {
                    let visit = before.clock.elapsed(now) - before.entered;
                    // Only what the clock ran of that time can be left out.
                    let until = before.clock.paused.unwrap_or(now);
                    let counted = (until - (now - span)).min(span);
                    left + counted.min(visit)
                }
                Command::Extend { .. } => left + (after.length() - before.length()),
                Command::Move(_) | Command::GoToBlock(_) | Command::ParkBlock(_)
                    if after.block != before.block =>
                {
                    let spent = before.took(after.block, now).unwrap_or_default();
                    after.length() - spent
                }
                _ => left,
            };
            prop_assert_eq!(after.left(now), expected, "after {:?}", command);
            prop_assert!(after.took(after.block, now) >= Some(Span::ZERO));
        }
    }
}

/// The laws say something about a command only if it is carried out in their world.
#[test]
fn every_command_of_the_world_can_be_carried_out() {
    let mut world = World::new();
    let mut worlds = vec![world.clone()];
    // Rows of each kind, a question in the bank, books of which one is read and two are voted on, a session that
    // runs with two prompts, and groups out.
    let scene = [
        (16, 0),
        (16, 2),
        (25, 0),
        (53, 2),
        (56, 0),
        (60, 0),
        (0, 0),
        (12, 0),
        (40, 1),
    ];
    for (what, b) in scene {
        let roll = Roll::all(what).nth(b).unwrap();
        world.roll(&roll).unwrap();
        worlds.push(world.clone());
    }
    world.at = world.at + Span::from_minutes(10);
    worlds.push(world);
    for what in 0..COMMANDS {
        let happens = |world: &World| Roll::all(what).any(|roll| world.clone().roll(&roll).is_ok());
        assert!(worlds.iter().rev().any(happens), "{what}");
    }
}

/// Deciding is a function: the same state, command and context give the same changes.
#[test]
fn the_same_context_decides_the_same() {
    let world = World::new();
    let command = Command::StartSession {
        circle: world.circles[0],
        session: world.planned(0),
        facilitator: None,
    };
    let once = decide(&world.state, &command, &mut world.context());
    assert_eq!(once, decide(&world.state, &command, &mut world.context()));
    assert!(once.is_ok_and(|decided| {
        decided.changes.iter().any(|change| {
            matches!(
                Document::from_body(&change.key, change.after.as_ref().unwrap()),
                Ok(Document::Live(_))
            )
        })
    }));
}
