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
