//! The smallest scenes in which a law once did not hold.

use crate::command::laws::world::World;
use crate::command::undo::LATE;
use crate::command::{Command, Step};
use crate::domain::clock::Span;

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
