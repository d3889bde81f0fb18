use super::*;
use crate::tui::fixture::World;

fn draw(world: &World, screen: &HomeScreen, size: (u16, u16)) -> Vec<String> {
    world.rows(size, |area, buf, paint| {
        screen.draw(area, buf, paint);
    })
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
