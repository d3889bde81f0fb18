use super::*;
use crate::command::{Command, Step};
use crate::domain::agenda::{Block, BlockKind};
use crate::domain::format::Mode;
use crate::domain::session::SessionState;
use crate::tui::fixture::{NAMES, World};

/// The sizes that the pane has on a screen of 120x36 and on one of 80x24.
const PANES: [(u16, u16); 2] = [(44, 12), (34, 10)];

fn rows(world: &World, size: (u16, u16), selected: Option<usize>) -> String {
    let rows = world.rows(size, |area, buf, paint| {
        let stage = Stage::of(paint.view).unwrap();
        draw(&stage, area, selected, buf, paint.styles);
    });
    rows.join("\n")
}

fn shows(world: &World, words: &[&str]) {
    for size in PANES {
        let shown = rows(world, size, None);
        for words in words {
            assert!(shown.contains(words), "{words} at {size:?} in\n{shown}");
        }
    }
}

fn id_of(world: &World, index: usize) -> crate::domain::id::BlockId {
    world.session().blocks[index].id
}

#[test]
fn what_gives_way_stands_beside_what_was_planned() {
    let mut world = World::running();
    shows(&world, &["slack 1:30", "ends 16:30"]);
    world.send(&Command::Extend { minutes: 10 }).unwrap();
    shows(
        &world,
        &[
            "15 to 25",
            "20 to 16",
            "5 Break",
            "25 to 20",
            "ends 16:30, 9 min shorter",
        ],
    );
}

#[test]
fn a_plan_that_does_not_fit_says_how_late_it_ends() {
    let mut world = World::running();
    // The least of what is to come is one minute, five, and one.
    world.wait(70 * 60);
    shows(
        &world,
        &["20 to 1\n", "25 to 1\n", "ends 16:48, 18 min late"],
    );
    let shown = rows(&world, (44, 12), None);
    assert!(!shown.contains("slack"), "{shown}");
}

#[test]
fn a_parked_block_takes_no_time_and_says_so() {
    let mut world = World::running();
    let discussion = id_of(&world, 3);
    let title = world.send(&Command::ParkBlock(discussion)).unwrap();
    assert_eq!(title, "Discussion is kept for next time");
    shows(&world, &["4 Discussion", "next time", "slack 21:30"]);
}

#[test]
fn a_parked_item_keeps_the_block_as_it_was() {
    let mut world = World::running();
    let before = world.session().blocks[2].clone();
    world.send(&Command::ParkBlock(before.id)).unwrap();
    assert_eq!(world.live().block, 3);
    let item = world
        .state
        .parked(world.circle)
        .find(|item| item.block.is_some())
        .unwrap();
    assert_eq!(item.block.as_deref(), Some(&before));
    assert_eq!(item.text.as_str(), "Hot seat, 15 min");
    assert_eq!(item.origin.session, Some(world.session));
    assert_eq!(world.session().blocks[2].parked, Some(item.id));
    // It is kept with what it had taken; going back passes it by.
    world.send(&Command::Move(Step::Previous)).unwrap();
    assert_eq!(world.live().block, 1);
    world.send(&Command::Move(Step::Next)).unwrap();
    assert_eq!(world.live().block, 3);
}

#[test]
fn what_cannot_be_parked_is_refused_in_words() {
    let mut world = World::running();
    let park = |world: &mut World, index| {
        let id = id_of(world, index);
        world.send(&Command::ParkBlock(id))
    };
    assert_eq!(park(&mut world, 0), Err("that block is over".to_owned()));
    assert!(park(&mut world, 4).is_ok());
    assert!(park(&mut world, 4).unwrap_err().contains("already"));
    assert!(park(&mut world, 5).is_ok());
    assert!(park(&mut world, 2).is_ok());
    // Discussion is the last one now.
    assert!(park(&mut world, 3).unwrap_err().contains("last block"));
    let gone = Command::GoToBlock(id_of(&world, 5));
    assert!(world.send(&gone).unwrap_err().contains("next time"));
}

#[test]
fn ending_early_keeps_what_was_not_reached_but_no_break() {
    let mut world = World::running();
    let end = Command::EndSession {
        next: None,
        figures: None,
        leave_rest: false,
    };
    world.send(&end).unwrap();
    let session = world.session();
    assert_eq!(session.state, SessionState::Ended);
    let kept: Vec<bool> = session.blocks.iter().map(|b| b.parked.is_some()).collect();
    assert_eq!(kept, [false, false, false, true, false, true]);
    let texts: Vec<String> = world
        .state
        .parked(world.circle)
        .filter(|item| item.block.is_some())
        .map(|item| item.text.to_string())
        .collect();
    assert_eq!(texts, ["Discussion, 20 min", "Practice in pairs, 25 min"]);
}

/// A session whose fourth block gives everybody two minutes.
fn with_round(names: &[&str]) -> World {
    let mut world = World::with(names);
    world.edit_session(|session| {
        session.blocks[3] = Block {
            kind: BlockKind::Round,
            minutes: 15,
            steps: vec![crate::domain::agenda::Step {
                mode: Mode::Round,
                each: Some(120),
                ..Default::default()
            }],
            ..session.blocks[3].clone()
        };
    });
    world
}

#[test]
fn a_round_that_does_not_fit_is_told_before_the_start() {
    let names: Vec<String> = (1..=12).map(|n| format!("Person{n} Ashworth")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for (names, each, sentence) in [
        (names.as_slice(), "1:05 each", "12 here x 2:00"),
        (&NAMES[..3], "2:00 each", "3 here in 5 min: 1:30 each"),
    ] {
        let world = with_round(names);
        let shown = rows(&world, (44, 14), None);
        assert!(shown.contains(each), "{each} in\n{shown}");
        assert!(shown.contains(sentence), "{sentence} in\n{shown}");
        // The marked round is the one that is told about.
        let shown = rows(&world, (44, 14), Some(3));
        assert!(
            shown.contains(&format!("{} here x 2:00", names.len())),
            "{shown}"
        );
        let narrow = rows(&world, (34, 12), Some(3));
        assert!(narrow.contains("changeovers ="), "{narrow}");
    }
}

#[test]
fn who_is_away_has_no_turn() {
    let mut world = with_round(&NAMES);
    let away = world.people[0];
    world.edit_session(|session| {
        session.away.insert(away, None);
    });
    let shown = rows(&world, (44, 14), Some(3));
    assert!(
        shown.contains("5 here x 2:00 + changeovers = 11 min"),
        "{shown}"
    );
}
