use proptest::prelude::*;

use super::*;
use crate::domain::id::{Key, Kind};
use crate::domain::roster::Label;
use crate::tui::fixture_lists::{HARD, SIZES, World, rhythm, templates};

fn screen() -> Roster {
    Roster::new(templates())
}

fn press(screen: &mut Roster, world: &World, ids: &[CommandId]) -> Reply {
    let mut reply = Reply::Ignored;
    for id in ids {
        reply = screen.run(*id, &Arg::None, &world.view());
    }
    reply
}

fn edited(world: &World, place: usize, edit: MemberEdit) -> Reply {
    edit_member(world.circle, world.people[place], edit)
}

#[test]
fn people_and_the_circle_stand_side_by_side() {
    insta::assert_snapshot!(World::new().show(&screen(), (120, 36)).join("\n"));
}

#[test]
fn on_a_small_screen_names_and_numbers_stay() {
    let rows = World::new().show(&screen(), (40, 12)).join("\n");
    assert!(
        rows.contains("2  Jun Tanaka") && rows.contains("phone"),
        "{rows}"
    );
}

#[test]
fn a_pasted_list_adds_people_in_one_command() {
    let world = World::new();
    let mut screen = screen();
    let Reply::Ask(ask) = press(&mut screen, &world, &[CommandId::Add]) else {
        panic!("no line is asked for")
    };
    let reply = screen.entered(ask.tag, "Léa <lea@mail.example>\nAna, Bo", &world.view());
    let Reply::Do(requests) = reply else {
        panic!("nothing was added")
    };
    let [Request::Submit(Command::AddMembers { circle, people })] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    assert_eq!(*circle, world.circle);
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Léa", "Ana", "Bo"]);
    assert_eq!(people[0].mail.as_deref(), Some("lea@mail.example"));
    assert!(matches!(
        screen.entered(ask.tag, "  ", &world.view()),
        Reply::Refuse(_)
    ));
}

#[test]
fn who_has_left_is_told_and_may_come_back() {
    let mut world = World::new();
    let mut screen = screen();
    let left = |left| MemberEdit {
        left: Some(left),
        ..MemberEdit::default()
    };
    assert_eq!(
        press(&mut screen, &world, &[CommandId::Remove]),
        edited(&world, 0, left(true))
    );

    let mut member = world
        .state
        .member(world.circle, world.people[0])
        .unwrap()
        .clone();
    member.left = Some(world.now);
    world.put(Kind::Member, member.id.0, member);
    let rows = world.show(&screen, (80, 24)).join("\n");
    assert!(
        rows.contains("Past members") && rows.contains("4 people"),
        "{rows}"
    );
    let Reply::Choose(choice) = press(&mut screen, &world, &[CommandId::End, CommandId::Open])
    else {
        panic!("no list is shown")
    };
    assert_eq!(choice.rows[0], "is a member again");
    assert_eq!(
        screen.chosen(choice.tag, 0, &world.view()),
        edited(&world, 0, left(false))
    );
}

#[test]
fn enter_offers_what_can_be_said_of_a_person() {
    let world = World::new();
    let mut screen = screen();
    let Reply::Choose(choice) = press(&mut screen, &world, &[CommandId::Down, CommandId::Open])
    else {
        panic!("no list is shown")
    };
    assert_eq!(choice.rows[0], "is in the room, not on the phone");
    let edit = MemberEdit {
        phone: Some(false),
        ..MemberEdit::default()
    };
    assert_eq!(
        screen.chosen(choice.tag, 0, &world.view()),
        edited(&world, 1, edit)
    );
    let edit = MemberEdit {
        no_calls: Some(true),
        ..MemberEdit::default()
    };
    assert_eq!(
        screen.chosen(choice.tag, 1, &world.view()),
        edited(&world, 1, edit)
    );
    assert!(matches!(
        screen.chosen(choice.tag, 3, &world.view()),
        Reply::Ask(_)
    ));
}

#[test]
fn a_number_is_one_that_can_be_typed() {
    let world = World::new();
    let mut screen = screen();
    press(&mut screen, &world, &[CommandId::Due]);
    let edit = MemberEdit {
        label: Some(Label(12)),
        ..MemberEdit::default()
    };
    assert_eq!(
        screen.entered(Asked::Detail(Detail::Number).into(), "03", &world.view()),
        edited(&world, 0, edit)
    );
    let said = screen.entered(Asked::Detail(Detail::Number).into(), "77", &world.view());
    assert!(matches!(said, Reply::Refuse(why) if why.contains("\"77\" is no number")));
}

#[test]
fn the_rhythm_of_the_circle_is_changed_in_words() {
    let world = World::new();
    let mut screen = screen();
    let ids = [CommandId::NextPane, CommandId::Down, CommandId::Edit];
    let Reply::Ask(ask) = press(&mut screen, &world, &ids) else {
        panic!("no line is asked for")
    };
    assert_eq!(ask.text, "every 2 weeks thu 15:00 90m");
    let reply = screen.entered(ask.tag, &ask.text, &world.view());
    let expected = Command::EditCircle {
        circle: world.circle,
        name: None,
        rhythm: Some(rhythm()),
        template: None,
    };
    assert_eq!(reply, Reply::submit(expected));
    assert!(matches!(
        screen.entered(ask.tag, "tomorrow 15:00", &world.view()),
        Reply::Refuse(_)
    ));
}

#[test]
fn mail_is_never_shown_while_names_are_masked() {
    let mut world = World::new();
    assert!(
        world
            .show(&screen(), (120, 36))
            .join("\n")
            .contains("p2@mail.example")
    );
    world.masked = true;
    assert!(
        !world
            .show(&screen(), (120, 36))
            .join("\n")
            .contains("mail.example")
    );
}

#[test]
fn erasing_is_about_the_person_under_the_cursor() {
    let world = World::new();
    let mut screen = screen();
    let reply = press(&mut screen, &world, &[CommandId::Down, CommandId::Erase]);
    let wish = Request::EraseWhom(world.circle, world.people[1]);
    assert_eq!(reply, Reply::Do(vec![wish]));
}

#[test]
fn a_picked_person_is_the_one_that_was_shown_whoever_came_meanwhile() {
    let mut world = World::with(&["Ana Lima", "Ben Ode", "Cleo Park"]);
    let mut screen = screen();
    let Reply::Choose(choice) = press(&mut screen, &world, &[CommandId::Merge]) else {
        panic!("no list");
    };
    assert!(choice.rows[0].contains("Ben"), "{:?}", choice.rows);
    let key = Key::circle(world.circle, Kind::Member, world.people[1].0);
    let gone = Member {
        left: Some(world.now),
        ..world
            .view()
            .state
            .member(world.circle, world.people[1])
            .unwrap()
            .clone()
    };
    world.put(Kind::Member, key.id, gone);
    let merge = Command::MergeMembers {
        circle: world.circle,
        from: world.people[1],
        into: world.people[0],
    };
    assert_eq!(
        screen.chosen(choice.tag, 0, &world.view()),
        Reply::submit(merge)
    );
}

proptest! {
    #[test]
    fn it_draws_at_every_size_with_hard_names(w in 1u16..200, h in 4u16..60, steps in prop::collection::vec(0usize..CommandId::ALL.len(), 0..12)) {
        let world = World::with(&HARD);
        let mut screen = screen();
        for step in steps {
            screen.run(CommandId::ALL[step], &Arg::None, &world.view());
        }
        world.show(&screen, (w, h));
    }
}

#[test]
fn it_draws_at_the_sizes_that_are_looked_at() {
    let world = World::with(&HARD);
    for size in SIZES {
        world.show(&screen(), size);
    }
}
