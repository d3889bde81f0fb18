use super::*;
use crate::tui::fixture::{NAMES, World};

fn draw(world: &World, screen: &LiveScreen, size: (u16, u16)) -> Vec<String> {
    world.rows(size, |area, buf, paint| {
        screen.draw(area, buf, paint);
    })
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
    screen.set_drafts(vec!["a half a thought".to_owned()]);
    let mut world = World::running();
    world.old_actions();
    world.action(
        (15, "Find a room"),
        crate::domain::item::Owner::Nobody,
        crate::domain::item::Due::None,
        (0, Some(world.session)),
    );
    screen.run(CommandId::WrapUp, &Arg::None, &world.view());
    for size in [(120, 32), (80, 21), (40, 11)] {
        println!("--- wrap up {size:?}");
        for row in draw(&world, &screen, size) {
            println!("{row}");
        }
    }
    let _ = NAMES;
}

fn at(live: &Live) -> crate::domain::clock::Moment {
    live.clock.started + crate::domain::clock::Span::from_secs(1848)
}

use crate::domain::live::Live;
