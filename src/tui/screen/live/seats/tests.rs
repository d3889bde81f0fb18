use super::*;
use crate::domain::agenda::BlockKind;
use crate::domain::floor::{Floor, FloorMove};
use crate::domain::id::{Ids, Key, Kind, NoteId};
use crate::domain::item::{Audience, Due, Note, Origin, Owner};
use crate::domain::text::Clean;
use crate::tui::fixture::World;
use crate::tui::screen::live::tests::{apply, draw, refusal, run};
use crate::tui::view::{Request, Screen};

fn press(world: &World, screen: &mut LiveScreen, id: CommandId, number: u16) -> Reply {
    screen.run(id, &Arg::Number(number), &world.view())
}

fn shown(world: &World, screen: &LiveScreen, size: (u16, u16)) -> String {
    draw(world, screen, size).join("\n")
}

/// A running session in which Priya and María wait, something is loose and the last block is fixed.
fn world() -> World {
    let mut world = World::running();
    world.old_actions();
    let here = Some(world.session);
    world.action((15, "Find a room"), Owner::Nobody, Due::None, (0, here));
    world.edit_session(|session| {
        if let Some(last) = session.blocks.last_mut() {
            last.locked = true;
        }
    });
    world
}

fn card(world: &World) -> LiveScreen {
    let mut screen = LiveScreen::new();
    assert_eq!(run(world, &mut screen, CommandId::HandOver), Reply::Handled);
    screen
}

#[test]
fn the_handover_card_says_where_the_session_is_and_what_must_not_be_dropped() {
    let world = world();
    let screen = card(&world);
    for size in [(120, 32), (80, 21), (40, 11)] {
        let text = shown(&world, &screen, size);
        for words in ["Hand over Ladder Up #7", "Sam Reyes", "Hot seat, Questions"] {
            assert!(text.contains(words), "{words} at {size:?} in\n{text}");
        }
        insta::assert_snapshot!(format!("card-{}x{}", size.0, size.1), text);
    }
    let text = shown(&world, &screen, (120, 32));
    for words in [
        "7 min left, 3 min behind, ends 16:30",
        "Jun Tanaka speaks, then Priya Nair",
        "Practice in pairs keeps its 25 min",
        "A15 \"Find a room\" has no owner",
        "your notes stay here; m hides them",
    ] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
    let over_all = shown(&world, &screen, (80, 21));
    assert!(
        over_all.contains("left of 15:00"),
        "the clock is hidden:\n{over_all}"
    );
}

#[test]
fn the_card_shows_no_private_note_and_its_copy_tells_nobody_who_speaks() {
    let world = world();
    let mut screen = card(&world);
    assert!(!shown(&world, &screen, (120, 36)).contains("fear of looking"));
    let Reply::Do(requests) = run(&world, &mut screen, CommandId::Copy) else {
        panic!("nothing was copied");
    };
    let [Request::Copy(text)] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert!(
        text.starts_with("Ladder Up #7\nleads Sam Reyes\n"),
        "{text}"
    );
    assert!(text.contains("Find a room"), "{text}");
    for private in ["fear of looking", "Priya", "speaks"] {
        assert!(!text.contains(private), "{private} in\n{text}");
    }
}

#[test]
fn a_digit_on_the_card_hands_over_in_one_act_and_closes_it() {
    let mut world = world();
    let mut screen = card(&world);
    let away = press(&world, &mut screen, CommandId::Pick, 6);
    assert!(refusal(away).contains("is away"));
    let reply = press(&world, &mut screen, CommandId::Pick, 2);
    assert!(matches!(&reply, Reply::Do(requests) if requests.len() == 1));
    apply(&mut world, reply);
    assert_eq!(world.session().facilitator, Some(world.people[1]));
    assert!(!shown(&world, &screen, (120, 32)).contains("Hand over"));
    let mut screen = card(&world);
    let again = press(&world, &mut screen, CommandId::Pick, 2);
    assert_eq!(again, Reply::Say("María Okafor leads already".to_owned()));
}

#[test]
fn there_is_nothing_to_hand_over_before_the_start() {
    let world = World::planned();
    let reply = run(&world, &mut LiveScreen::new(), CommandId::HandOver);
    assert!(refusal(reply).contains("has not started"));
}

#[test]
fn a_lead_is_named_by_number_and_the_same_again_does_nothing() {
    let mut world = World::running();
    let mut screen = LiveScreen::new();
    let reply = press(&world, &mut screen, CommandId::Lead, 5);
    apply(&mut world, reply);
    assert_eq!(world.session().blocks[2].lead, Some(world.people[4]));
    let jun = world
        .state
        .rotation(world.circle)
        .held(Seat::Presenter, world.people[0]);
    assert_eq!(jun.owed, 1);
    let again = press(&world, &mut screen, CommandId::Lead, 5);
    assert_eq!(again, Reply::Handled);
}

#[test]
fn enter_takes_whom_the_rotation_proposes_for_the_hot_seat_ahead() {
    let mut world = World::running();
    let mut screen = LiveScreen::new();
    let taken = run(&world, &mut screen, CommandId::Lead);
    assert!(refusal(taken).contains("Jun Tanaka sits in Hot seat"));
    world.edit_session(|session| session.blocks[2].lead = None);
    let reply = run(&world, &mut screen, CommandId::Lead);
    apply(&mut world, reply);
    assert_eq!(world.session().blocks[2].lead, Some(world.people[0]));
    world.edit_session(|session| {
        for block in &mut session.blocks {
            block.kind = BlockKind::Open;
        }
    });
    let none = run(&world, &mut screen, CommandId::Lead);
    assert!(refusal(none).contains("no hot seat"));
}

#[test]
fn the_owner_key_on_the_agenda_names_who_leads_a_block() {
    let mut world = World::running();
    let mut screen = LiveScreen::new();
    run(&world, &mut screen, CommandId::PreviousPane);
    run(&world, &mut screen, CommandId::Down);
    let Reply::Choose(choice) = run(&world, &mut screen, CommandId::Owner) else {
        panic!("no list");
    };
    assert_eq!(choice.title, "Who leads Discussion");
    let reply = screen.chosen(choice.tag, 1, &world.view());
    apply(&mut world, reply);
    assert_eq!(world.session().blocks[3].lead, Some(world.people[1]));
    run(&world, &mut screen, CommandId::Up);
    let Reply::Choose(choice) = run(&world, &mut screen, CommandId::Owner) else {
        panic!("no list");
    };
    assert_eq!(choice.title, "Who sits in Hot seat");
    assert_eq!(choice.rows[0], "Jun Tanaka: never yet");
    assert_eq!(choice.rows.last().unwrap(), "nobody");
}

#[test]
fn enter_after_enter_in_the_list_of_seats_takes_all_proposals() {
    let mut world = World::planned();
    let mut screen = LiveScreen::new();
    run(&world, &mut screen, CommandId::Seats);
    for row in 0..5 {
        if row == 1 {
            // Whether whoever leads takes part is left as it is.
            run(&world, &mut screen, CommandId::Down);
            continue;
        }
        let reply = run(&world, &mut screen, CommandId::Open);
        apply(&mut world, reply);
    }
    let session = world.session();
    assert_eq!(session.facilitator, Some(world.people[0]));
    let held: Vec<_> = session.seats.values().copied().collect();
    // Jun leads; keeping time and writing fall to two others, speaking first to nobody in particular.
    assert_eq!(held, [world.people[1], world.people[2], world.people[0]]);
    for size in [(120, 32), (80, 21), (40, 11)] {
        let text = shown(&world, &screen, size);
        insta::assert_snapshot!(format!("seats-{}x{}", size.0, size.1), text);
    }
    let ready = shown(&world, &LiveScreen::new(), (120, 32));
    assert!(ready.contains("leads Jun"), "{ready}");
    assert!(ready.contains("María keeps time"), "{ready}");
}

#[test]
fn a_seat_is_given_by_number_skipped_and_picked_from_a_list() {
    let mut world = World::running();
    let mut screen = LiveScreen::new();
    run(&world, &mut screen, CommandId::Seats);
    run(&world, &mut screen, CommandId::Down);
    let reply = run(&world, &mut screen, CommandId::Open);
    apply(&mut world, reply);
    assert!(!world.session().takes_part);
    run(&world, &mut screen, CommandId::Down);
    let reply = press(&world, &mut screen, CommandId::Pick, 2);
    apply(&mut world, reply);
    assert_eq!(world.session().seats[&Seat::Timekeeper], world.people[1]);
    let reply = run(&world, &mut screen, CommandId::Remove);
    apply(&mut world, reply);
    assert_eq!(world.session().seats[&Seat::Timekeeper], world.people[2]);
    let Reply::Choose(choice) = run(&world, &mut screen, CommandId::Owner) else {
        panic!("no list");
    };
    assert_eq!(choice.rows[0], "María Okafor: never yet, owed one");
    let reply = screen.chosen(choice.tag, 0, &world.view());
    apply(&mut world, reply);
    assert_eq!(world.session().seats[&Seat::Timekeeper], world.people[1]);
}

#[test]
fn the_wrap_up_names_who_leads_next_time_only_when_asked() {
    let mut world = World::running();
    let mut screen = LiveScreen::new();
    run(&world, &mut screen, CommandId::WrapUp);
    assert!(shown(&world, &screen, (120, 32)).contains("Nobody leads it yet; next is Jun Tanaka"));
    run(&world, &mut screen, CommandId::End);
    run(&world, &mut screen, CommandId::Up);
    run(&world, &mut screen, CommandId::Open);
    run(&world, &mut screen, CommandId::Open);
    assert!(shown(&world, &screen, (120, 32)).contains("Next time María Okafor leads (never yet)"));
    run(&world, &mut screen, CommandId::End);
    let end = run(&world, &mut screen, CommandId::Open);
    apply(&mut world, end);
    let next = world.state.next_session(world.circle, world.now).unwrap();
    assert_eq!(next.facilitator, Some(world.people[1]));
}

#[test]
fn notes_for_a_presenter_are_theirs_and_go_into_a_file_of_their_own() {
    let mut world = World::running();
    let reply = run(&world, &mut LiveScreen::new(), CommandId::HandOverNotes);
    assert!(refusal(reply).contains("for:presenter"));
    let id = NoteId(Ids::new(world.now, 70).make());
    let note = Note {
        audience: Audience::Presenter,
        ..Note::new(
            id,
            9,
            Clean::text("You said *yes* before you\nheard the question"),
            Origin {
                at: world.now,
                session: Some(world.session),
                block: Some(world.session().blocks[2].id),
                prompt: None,
                speaking: None,
            },
        )
    };
    world.put(Kind::Note, id.0, note);
    let mut screen = LiveScreen::new();
    let Reply::Choose(choice) = run(&world, &mut screen, CommandId::HandOverNotes) else {
        panic!("no list");
    };
    assert_eq!(choice.rows, ["Jun Tanaka: 1 note"]);
    let Reply::Do(requests) = screen.chosen(choice.tag, 0, &world.view()) else {
        panic!("nothing is written");
    };
    let [Request::HandNotes(notes)] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    assert_eq!(
        notes.file,
        "ladder-up-07-2026-03-12-notes-for-jun-tanaka.md"
    );
    assert_eq!(notes.rows, [Key::circle(world.circle, Kind::Note, id.0)]);
    insta::assert_snapshot!("notes", notes.text);
    assert!(!notes.text.contains("fear of looking"));
}

#[test]
fn hands_that_are_up_are_on_the_card_in_their_order() {
    let mut world = World::running();
    let mut floor = Floor::new(world.session);
    for index in [2, 1] {
        let hand = FloorMove::Hand {
            member: world.people[index],
            direct: index == 1,
        };
        floor.make(hand, crate::domain::clock::Span::ZERO, 2);
    }
    world.floor = Some(floor);
    let text = shown(&world, &card(&world), (120, 32));
    assert!(text.contains("then María Okafor, 李 美玲"), "{text}");
}
