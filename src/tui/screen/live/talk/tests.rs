use super::*;
use crate::domain::clock::Span;
use crate::domain::floor::scene::Scene;
use crate::tui::fixture::World;
use crate::tui::view::{Arg, Screen as _};

const SIZES: [(u16, u16); 2] = [(120, 32), (80, 21)];

fn draw(world: &World, screen: &LiveScreen, size: (u16, u16)) -> String {
    let rows = world.rows(size, |area, buf, paint| {
        screen.draw(area, buf, paint);
    });
    rows.join("\n")
}

fn make(world: &mut World, change: FloorMove) {
    let (live, now) = (world.live().clone(), world.now);
    let scene = Scene::of(&world.state).unwrap();
    let floor = world.floor.as_mut().unwrap();
    floor.settle(&scene, live.clock.elapsed(now));
    floor.make(change, live.clock.elapsed(now), live.block);
}

/// The discussion, in which anybody may speak; it has just begun.
fn discussion() -> World {
    let mut world = World::running();
    let now = world.now;
    world.edit_live(|live| live.go_to(3, now));
    make(&mut world, FloorMove::Nobody);
    world
}

fn run(world: &World, screen: &mut LiveScreen, id: CommandId) -> Reply {
    screen.run(id, &Arg::None, &world.view())
}

fn said(reply: Reply) -> String {
    match reply {
        Reply::Refuse(words) | Reply::Say(words) => words,
        Reply::Do(requests) => requests
            .into_iter()
            .filter_map(|request| match request {
                Request::Say(words) => Some(words),
                _ => None,
            })
            .collect(),
        other => panic!("nothing was said: {other:?}"),
    }
}

#[test]
fn in_a_round_the_pane_names_who_is_called_and_what_each_has() {
    let mut world = discussion();
    let order = world.people[..5].to_vec();
    make(&mut world, FloorMove::Round { order });
    make(&mut world, FloorMove::Next);
    world.wait(20);
    let screen = LiveScreen::new();
    let wide = draw(&world, &screen, SIZES[0]);
    for words in [
        "Jun has the floor",
        "0:20 of 3:52",
        "f floor to María (2), 5 still to speak, 3:52 each   F passes",
    ] {
        assert!(wide.contains(words), "{words} in\n{wide}");
    }
    let narrow = draw(&world, &screen, SIZES[1]);
    assert!(
        narrow.contains("f María (2), 3:52 each  F passes"),
        "{narrow}"
    );
    assert_eq!(
        screen.whom(CommandId::FloorNext, &world.view()),
        Some("to María".to_owned())
    );
}

#[test]
fn the_time_of_a_turn_turns_soft_when_its_share_is_nearly_over() {
    let mut world = discussion();
    let order = world.people[..5].to_vec();
    make(&mut world, FloorMove::Round { order });
    make(&mut world, FloorMove::Next);
    let styles = crate::tui::fixture::styles("dark", crate::theme::ColorDepth::True);
    let warns = |world: &World, words: &str| {
        let screen = LiveScreen::new();
        let buf = world.buffer(SIZES[0], |area, buf, paint| {
            screen.draw(area, buf, paint);
        });
        let rows = crate::tui::fixture::rows(&buf);
        let (y, row) = (0u16..)
            .zip(&rows)
            .find(|(_, row)| row.contains(words))
            .unwrap();
        let (before, _) = row.split_once(words).unwrap();
        let x = text::width(before);
        buf[(x, y)].style().fg == styles.bold(crate::theme::Role::Warn).fg
    };
    world.wait(216);
    assert!(!warns(&world, "3:36 of 3:52"));
    world.wait(1);
    assert!(warns(&world, "3:37 of 3:52"));
}

#[test]
fn the_last_of_a_round_is_named_and_f_says_once_that_everyone_had_a_turn() {
    let mut world = discussion();
    world.floor.as_mut().unwrap().queue.clear();
    let order = world.people[..5].to_vec();
    make(&mut world, FloorMove::Round { order });
    let mut screen = LiveScreen::new();
    while world.floor.as_ref().unwrap().next().is_some() {
        world.wait(20);
        make(&mut world, FloorMove::Next);
    }
    for size in SIZES {
        let shown = draw(&world, &screen, size);
        assert!(shown.contains("Priya is the last of the round"), "{shown}");
    }
    assert!(said(run(&world, &mut screen, CommandId::FloorNext)).contains("everyone has had"));
    make(&mut world, FloorMove::Nobody);
    assert!(said(run(&world, &mut screen, CommandId::FloorNext)).contains("nobody waits"));
}

#[test]
fn a_turn_in_doubt_stands_with_a_question_mark() {
    let mut world = discussion();
    let jun = world.people[0];
    make(&mut world, FloorMove::Give(jun));
    world.wait(150);
    let mut screen = LiveScreen::new();
    for size in SIZES {
        let shown = draw(&world, &screen, size);
        for words in ["Jun?", "still", "1 if Jun still speaks"] {
            assert!(shown.contains(words), "{words} at {size:?} in\n{shown}");
        }
        assert!(!shown.contains("Jun has the floor"), "{shown}");
    }
    let wide = draw(&world, &screen, SIZES[0]);
    assert!(wide.contains("still talking?  2:00"), "{wide}");
    assert!(draw(&world, &screen, (40, 11)).contains("Jun? 02:00"));
    assert!(draw(&world, &screen, (20, 5)).contains("Jun?"));
    let again = screen.run(CommandId::Pick, &Arg::Number(1), &world.view());
    assert_eq!(again, floor(FloorMove::Give(jun)));
}

#[test]
fn speaking_time_is_shown_on_request_only_and_says_why_it_is_not() {
    let mut world = World::running();
    let mut screen = LiveScreen::new();
    assert!(said(run(&world, &mut screen, CommandId::SpeakingTime)).contains("hot seat"));
    let floor = Floor::new(world.session);
    world.floor = Some(floor);
    let now = world.now;
    world.edit_live(|live| live.go_to(3, now));
    assert!(said(run(&world, &mut screen, CommandId::SpeakingTime)).contains("Too much time"));
    let floor = world.floor.as_mut().unwrap();
    floor.make(FloorMove::Give(world.people[1]), Span::ZERO, 0);
    floor.make(FloorMove::Give(world.people[0]), Span::from_minutes(10), 0);
    assert_eq!(
        run(&world, &mut screen, CommandId::SpeakingTime),
        Reply::Handled
    );
    for size in SIZES {
        let shown = draw(&world, &screen, size);
        for words in ["10 min ▄▄▄", "20 min ▄▄▄▄▄▄", " 0 min"] {
            assert!(shown.contains(words), "{words} at {size:?} in\n{shown}");
        }
    }
    assert!(said(run(&world, &mut screen, CommandId::Copy)).contains("stays here"));
    run(&world, &mut screen, CommandId::NextPane);
    assert!(
        matches!(run(&world, &mut screen, CommandId::Copy), Reply::Refuse(words) if words.contains("no prompt"))
    );
    run(&world, &mut screen, CommandId::SpeakingTime);
    assert!(!draw(&world, &screen, SIZES[0]).contains("20 min ▄"));
}

#[test]
fn nobody_is_asked_for_while_a_round_goes_or_groups_are_out() {
    let mut world = discussion();
    let mut screen = LiveScreen::new();
    let Reply::Choose(choice) = run(&world, &mut screen, CommandId::NotHeard) else {
        panic!("a list was asked for");
    };
    assert!(choice.rows[0].starts_with("To all: "), "{:?}", choice.rows);
    assert!(
        choice.rows[1..]
            .iter()
            .all(|row| row.ends_with(", or pass"))
    );
    assert!(!choice.rows.iter().any(|row| row.contains("Björk")));
    // Whoever leads and takes part is asked like anybody.
    assert!(choice.rows.iter().any(|row| row.contains("Sam Reyes")));
    let to_all = screen.chosen(choice.tag, 0, &world.view());
    assert!(said(to_all).contains("Ask all: "));
    let first = screen.chosen(choice.tag, 1, &world.view());
    let Reply::Do(requests) = first else {
        panic!("a name in the list gives the floor");
    };
    assert!(matches!(requests[..], [Request::Floor(FloorMove::Give(_))]));
    let order = world.people.clone();
    make(&mut world, FloorMove::Round { order });
    assert!(said(run(&world, &mut screen, CommandId::NotHeard)).contains("settled"));
    let now = world.now;
    world.edit_live(|live| live.go_to(5, now));
    make(&mut world, FloorMove::Nobody);
    assert!(said(run(&world, &mut screen, CommandId::NotHeard)).contains("settled"));
}
