use proptest::prelude::*;

use super::*;
use crate::domain::agenda::BlockKind;
use crate::domain::floor::FloorMove;
use crate::domain::names::Naming;
use crate::tui::fixture::{self, World};

fn picture(world: &World) -> RoomPicture {
    RoomPicture::of(&world.state, Some(world.circle), world.now, false).with_people(
        &world.state,
        None,
        Naming::Full,
    )
}

fn draw(world: &World, picture: &RoomPicture, size: (u16, u16)) -> Vec<String> {
    let view = RoomView::default();
    world.rows(size, |area, buf, paint| {
        view.draw(
            picture,
            (world.now, paint.view.zone),
            area,
            (buf, paint.styles),
        );
    })
}

fn text(world: &World, size: (u16, u16)) -> String {
    draw(world, &picture(world), size).join("\n")
}

/// Look at it: `cargo test --lib room_by_eye -- --ignored --nocapture`.
#[test]
#[ignore = "prints the view for a person to look at"]
fn room_by_eye() {
    let running = World::running();
    let mut over = World::running();
    over.wait(500);
    let planned = World::planned();
    for (name, world) in [
        ("running", &running),
        ("over", &over),
        ("planned", &planned),
    ] {
        for size in [(120, 36), (80, 24), (40, 12), (20, 5)] {
            println!("--- {name} {size:?}");
            println!("{}", text(world, size));
        }
    }
}

#[test]
fn the_room_sees_place_prompt_clock_and_what_is_next() {
    let world = World::running();
    let large = text(&world, (120, 36));
    for words in [
        "Ladder Up",
        "Hot seat   3 of 6",
        "minutes left",
        "now Questions    next  Offers",
        "15:31",
    ] {
        assert!(large.contains(words), "{words} in\n{large}");
    }
    let plain = text(&world, (30, 6));
    assert!(plain.contains("07:42"), "{plain}");
    assert!(plain.contains("What feedback did you almost"), "{plain}");
}

#[test]
fn the_room_sees_neither_people_nor_what_is_written_down_nor_lateness() {
    let world = World::running();
    for size in [(120, 36), (80, 24), (40, 12), (30, 6), (20, 5)] {
        let shown = text(&world, size);
        for hidden in [
            "Jun",
            "María",
            "Priya",
            "TALKING",
            "hand",
            "Send deck",
            "behind",
            "A14",
        ] {
            assert!(!shown.contains(hidden), "{hidden} at {size:?} in\n{shown}");
        }
    }
}

#[test]
fn in_a_round_the_room_sees_who_is_now_and_who_comes_then_and_nothing_else_of_the_floor() {
    let mut world = World::running();
    let order = world.people[..3].to_vec();
    let at = world.live().clock.elapsed(world.now);
    let with = |world: &World, naming| {
        picture(world).with_people(&world.state, world.floor.as_ref(), naming)
    };
    assert_eq!(with(&world, Naming::Full), picture(&world));
    let floor = world.floor.as_mut().unwrap();
    floor.make(FloorMove::Round { order }, at, 2);
    floor.make(FloorMove::Next, at, 2);
    for size in [(120, 36), (80, 24), (40, 12), (30, 6)] {
        let shown = draw(&world, &with(&world, Naming::Full), size).join("\n");
        assert!(shown.contains("now Jun, then María"), "{size:?}\n{shown}");
        for hidden in ["美玲", "Priya", "hand", "TALKING"] {
            assert!(!shown.contains(hidden), "{hidden} at {size:?} in\n{shown}");
        }
    }
    let shown = draw(&world, &with(&world, Naming::Masked), (80, 24)).join("\n");
    assert!(shown.contains("now JT, then MO"), "{shown}");
    let floor = world.floor.as_mut().unwrap();
    floor.make(FloorMove::EndRound, at, 2);
    floor.make(FloorMove::Silence(true), at, 2);
    world.wait(30);
    let shown = draw(&world, &with(&world, Naming::Full), (80, 24)).join("\n");
    assert!(
        shown.contains("silence") && !shown.contains("0:30"),
        "{shown}"
    );
}

#[test]
fn at_zero_the_room_reads_time_and_nothing_counts() {
    let mut world = World::running();
    world.wait(462);
    let at_zero = text(&world, (120, 36));
    world.wait(60);
    // The wall clock is the only thing that moved on.
    let later = text(&world, (120, 36)).replace("15:39", "15:38");
    assert_eq!(at_zero, later);
    assert!(text(&world, (20, 5)).starts_with("time"));
}

#[test]
fn a_pause_a_break_and_a_blank_are_what_they_say() {
    let mut world = World::running();
    let now = world.now;
    world.edit_live(|live| crate::domain::live::Live {
        clock: live.clock.pause(now),
        ..live.clone()
    });
    assert!(text(&world, (80, 24)).contains("PAUSED"));
    let mut world = World::running();
    let now = world.now;
    world.edit_live(|live| live.go_to(4, now));
    assert_eq!(world.session().blocks[4].kind, BlockKind::Break);
    let shown = text(&world, (80, 24));
    assert!(shown.contains("BREAK"), "{shown}");
    assert!(shown.contains("until 15:36"), "{shown}");
    let blank = RoomPicture::of(&world.state, Some(world.circle), world.now, true);
    assert!(draw(&world, &blank, (80, 24)).iter().all(String::is_empty));
}

#[test]
fn the_room_sees_as_much_of_the_clock_as_it_is_meant_to() {
    let shown = |world: &World, clock: RoomClock, size| {
        let mut picture = picture(world);
        picture.running.as_mut().unwrap().clock = clock;
        draw(world, &picture, size).join("\n")
    };
    let mut world = World::running();
    for size in [(120, 36), (80, 24)] {
        let [full, minutes, hidden] = [RoomClock::Full, RoomClock::Minutes, RoomClock::Hidden]
            .map(|clock| shown(&world, clock, size));
        assert!(full.contains("minutes left") && minutes.contains("minutes left"));
        assert!(full != minutes && !hidden.contains("left"), "{hidden}");
    }
    assert!(shown(&world, RoomClock::Minutes, (38, 5)).starts_with("8 minutes left"));
    world.wait(410);
    assert!(shown(&world, RoomClock::Minutes, (38, 5)).starts_with("1 minute left"));
    // Nothing counts on: a second later it is the same picture.
    let before = shown(&world, RoomClock::Minutes, (80, 24));
    world.wait(1);
    assert_eq!(shown(&world, RoomClock::Minutes, (80, 24)), before);
    world.wait(60);
    assert!(shown(&world, RoomClock::Hidden, (20, 5)).starts_with("time"));
    let now = world.now;
    world.edit_live(|live| live.go_to(4, now));
    let hidden = shown(&world, RoomClock::Hidden, (80, 24));
    assert!(
        hidden.contains("BREAK") && hidden.contains("until 15:43"),
        "{hidden}"
    );
    world.edit_live(|live| crate::domain::live::Live {
        clock: live.clock.pause(now),
        ..live.clone()
    });
    assert!(shown(&world, RoomClock::Hidden, (80, 24)).contains("PAUSED"));
}

#[test]
fn before_the_start_the_room_reads_when_it_begins() {
    let world = World::planned();
    let shown = text(&world, (30, 5));
    assert!(shown.contains("Ladder Up"), "{shown}");
    assert!(shown.contains("starts at 15:00"), "{shown}");
}

#[test]
fn words_without_shapes_are_shown_plainly() {
    let mut world = World::running();
    world.edit_session(|session| {
        session.blocks[2].prompts[1] = fixture::prompt("今日は何を学びましたか?");
    });
    assert!(text(&world, (80, 24)).contains("今日は何を学びましたか?"));
}

#[test]
fn a_picture_reads_back_from_its_json() {
    let world = World::running();
    let picture = picture(&world);
    let json = serde_json::to_string(&picture).unwrap();
    assert_eq!(serde_json::from_str::<RoomPicture>(&json).unwrap(), picture);
}

#[test]
fn the_room_view_in_pictures() {
    let world = World::running();
    for (name, size) in [
        ("120x36", (120, 36)),
        ("80x24", (80, 24)),
        ("40x12", (40, 12)),
    ] {
        insta::assert_snapshot!(format!("room-{name}"), text(&world, size));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_size_is_drawn(width in 1u16..130, height in 1u16..40, wait in 0i64..2000) {
        let mut world = World::running();
        world.wait(wait);
        let _ = text(&world, (width, height));
        let _ = text(&World::planned(), (width, height));
    }
}

/// A world with groups of these names out for five minutes.
fn with_groups(names: &[&str]) -> World {
    use crate::domain::clock::Span;
    use crate::domain::id::{GroupsId, Kind};
    use crate::domain::live::{GroupTime, Live};
    use crate::domain::pairing::{Group, Groups};
    let mut world = World::run(names);
    let id = GroupsId(uuid::Uuid::from_u128(5));
    let session = world.session().clone();
    let groups = world.people.chunks(2).map(|members| Group {
        members: members.to_vec(),
        report: None,
    });
    let out = Groups {
        id,
        session: session.id,
        block: session.blocks[2].id,
        at: world.now,
        groups: groups.collect(),
        extra: serde_json::Map::new(),
    };
    world.put(Kind::Groups, id.0, out);
    let now = world.now;
    world.edit_live(|live| Live {
        groups: Some(GroupTime {
            id,
            ends: live.clock.elapsed(now) + Span::from_minutes(5),
            length: Span::from_minutes(5),
        }),
        ..live.clone()
    });
    world
}

#[test]
fn the_room_sees_who_is_with_whom_and_the_time_of_the_groups() {
    let world = with_groups(&["Jun Tanaka", "Mei Lin", "Tom Weiss", "Sam Reyes"]);
    insta::assert_snapshot!("groups_120x36", text(&world, (120, 36)));
    insta::assert_snapshot!("groups_80x24", text(&world, (80, 24)));
    let small = text(&world, (30, 6));
    assert!(small.contains("Jun, Mei; Tom, Sam"), "{small}");
    let masked = picture(&world).with_people(&world.state, None, Naming::Masked);
    let masked = draw(&world, &masked, (30, 6)).join("\n");
    assert!(masked.contains("JT, ML; TW, SR"), "{masked}");
    assert!(small.contains("5:00") || small.contains("05:00"), "{small}");
}

#[test]
fn the_room_sees_every_name_of_nine_pairs() {
    let names: Vec<String> = (1..=18).map(|n| format!("Person{n} Name")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut world = with_groups(&names);
    let shown = text(&world, (80, 24));
    for name in &names {
        let first = name.split(' ').next().unwrap();
        assert!(shown.contains(first), "{first} in\n{shown}");
    }
    world.wait(301);
    let over = text(&world, (80, 24));
    assert!(!over.contains("left for the groups"), "{over}");
}

#[test]
fn the_room_is_told_that_nothing_is_written() {
    let world = World::running();
    let mut told = picture(&world);
    if let Some(block) = &mut told.running {
        block.off_record = true;
    }
    for (size, words) in [
        (
            (120, 36),
            "circlet writes nothing. People, phones and call recordings still can.",
        ),
        ((80, 24), "People, phones and call recordings"),
        ((40, 12), "People, phones and call recordings still"),
        ((20, 5), "OFF THE RECORD"),
    ] {
        let shown = draw(&world, &told, size).join("\n");
        assert!(
            shown.contains("OFF THE RECORD") && shown.contains(words),
            "{size:?}\n{shown}"
        );
        assert!(
            !(40..100).contains(&size.0) || shown.contains("feedback"),
            "{size:?}\n{shown}"
        );
    }
}
