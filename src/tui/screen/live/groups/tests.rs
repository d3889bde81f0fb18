use super::*;
use crate::domain::agenda::Step;
use crate::domain::clock::Span;
use crate::domain::format::Mode;
use crate::domain::minutes::{Minutes, Sources};
use crate::domain::names::Naming;
use crate::domain::pairing::Tie;
use crate::tui::fixture::World;
use crate::tui::screen::live::tests::{apply, refusal, text};
use crate::tui::view::{Choice, CommandId, Screen as _};

fn open(world: &World, screen: &mut LiveScreen) -> Choice {
    match screen.run(CommandId::Groups, &Arg::None, &world.view()) {
        Reply::Choose(choice) => choice,
        other => panic!("no list: {other:?}"),
    }
}

fn pick(world: &mut World, screen: &mut LiveScreen, row: usize) {
    let reply = screen.chosen(Asked::Groups.tag(), row, &world.view());
    apply(world, reply);
}

/// Groups are out, as Enter in the list sends them.
fn out() -> (World, LiveScreen) {
    let (mut world, mut screen) = (World::running(), LiveScreen::new());
    let choice = open(&world, &mut screen);
    pick(&mut world, &mut screen, choice.selected);
    (world, screen)
}

fn groups(world: &World) -> Vec<Vec<MemberId>> {
    let id = world.live().groups.unwrap().id;
    let out = world.state.break_out(world.circle, id).unwrap();
    out.groups.iter().map(|g| g.members.clone()).collect()
}

#[test]
fn the_list_shows_groups_of_each_size_and_why() {
    let (world, mut screen) = (World::running(), LiveScreen::new());
    let choice = open(&world, &mut screen);
    assert!(choice.title.starts_with("Groups for "), "{}", choice.title);
    assert!(choice.title.ends_with("nobody here has met in a group yet"));
    let first = |n: usize| choice.rows[n].split_whitespace().next().unwrap();
    assert_eq!(
        [first(0), first(1), first(2), first(3), first(4)],
        ["pairs", "threes", "fours", "same", "mix"]
    );
    // Five are there: one pair and one three, whoever is away in none of them.
    assert_eq!(choice.rows[0].matches(" / ").count(), 1);
    assert!(!choice.rows.concat().contains("Åsa"));
}

#[test]
fn enter_sends_out_what_was_shown_and_the_pane_lists_it() {
    let (world, _) = out();
    assert_eq!(groups(&world).concat().len(), 5);
    for size in [(120, 32), (80, 21)] {
        let shown = text(&world, size);
        for words in ["Groups", "min left", "Jun", "Sam", "Priya", "What feedback"] {
            assert!(shown.contains(words), "{words} at {size:?} in\n{shown}");
        }
    }
    assert!(text(&world, (40, 11)).contains("2 groups, "));
    assert!(text(&world, (30, 6)).contains("groups: "));
}

#[test]
fn nobody_has_the_floor_while_groups_are_out() {
    let (world, mut screen) = (World::running(), LiveScreen::new());
    open(&world, &mut screen);
    let Reply::Do(requests) = screen.chosen(Asked::Groups.tag(), 0, &world.view()) else {
        panic!("nothing to do");
    };
    let nobody = |request: &Request| *request == Request::Floor(FloorMove::Nobody);
    assert!(requests.iter().any(nobody), "{requests:?}");
}

#[test]
fn groups_are_drawn_as_they_were() {
    let (mut world, _) = out();
    insta::assert_snapshot!("groups_out_120x36", text(&world, (120, 32)));
    insta::assert_snapshot!("groups_out_80x24", text(&world, (80, 21)));
    let late = world.people[5];
    world.edit_session(|session| {
        session.away.remove(&late);
    });
    let gone = world.people[0];
    world.edit_session(|session| {
        session.away.insert(gone, None);
    });
    insta::assert_snapshot!("groups_with_somebody_late_80x24", text(&world, (80, 21)));
}

#[test]
fn minutes_come_from_the_step_and_the_size_from_its_words() {
    let (mut world, mut screen) = (World::running(), LiveScreen::new());
    let mut minutes = |world: &mut World, says: &str| {
        world.edit_session(|session| {
            session.blocks[2].steps[1] = Step {
                title: Clean::line("Second question"),
                minutes: 8,
                says: Some(Clean::line(says)),
                mode: Mode::Groups,
                ..Step::default()
            };
        });
        let entered = world.live().clock.elapsed(world.now) - Span::from_secs(30);
        world.edit_live(|live| crate::domain::live::Live {
            step_entered: entered,
            ..live.clone()
        });
        let choice = open(world, &mut screen);
        (choice.title, choice.selected)
    };
    let (title, selected) = minutes(&mut world, "in threes");
    assert!(title.starts_with("Groups for 8 min: "), "{title}");
    assert_eq!(selected, 1);
    assert_eq!(minutes(&mut world, "two people each").1, 0);
}

#[test]
fn minutes_are_given_and_taken_and_the_block_keeps_its_own() {
    let (mut world, mut screen) = out();
    let (ends, length) = (world.live().ends(), world.live().length());
    let left = |world: &World| world.live().groups_left(world.now).unwrap();
    let before = left(&world);
    open(&world, &mut screen);
    pick(&mut world, &mut screen, 0);
    assert_eq!(left(&world), before + Span::from_minutes(1));
    open(&world, &mut screen);
    pick(&mut world, &mut screen, 1);
    assert_eq!(left(&world), before);
    assert_eq!((world.live().ends(), world.live().length()), (ends, length));
    world.wait(before.whole_secs() - 45);
    assert!(text(&world, (80, 21)).contains("0:45 left"));
    assert_eq!(
        world.send(&Command::GroupTime { minutes: Some(-1) }),
        Err("they have less than that left; bring them back instead".to_owned())
    );
    world.wait(60);
    assert!(text(&world, (120, 32)).contains("time to come back"));
    assert_eq!(open(&world, &mut screen).selected, 2);
    // More time counts from now once it is over.
    world
        .send(&Command::GroupTime { minutes: Some(2) })
        .unwrap();
    assert_eq!(left(&world), Span::from_minutes(2));
    let title = world.send(&Command::GroupTime { minutes: None });
    assert_eq!(title, Ok("the groups are back".to_owned()));
    assert_eq!(
        world.send(&Command::GroupTime { minutes: None }),
        Err("no groups are out".to_owned())
    );
}

#[test]
fn a_line_of_each_group_is_asked_for_and_stands_in_the_minutes() {
    let (mut world, mut screen) = out();
    world.send(&Command::GroupTime { minutes: None }).unwrap();
    let choice = open(&world, &mut screen);
    assert!(choice.rows[0].starts_with("group 1: "), "{choice:?}");
    assert!(choice.rows[1].ends_with("no line yet"), "{choice:?}");
    let reply = screen.chosen(Asked::Groups.tag(), 1, &world.view());
    let Reply::Ask(asked) = reply else {
        panic!("no line: {reply:?}");
    };
    assert!(asked.label.starts_with("Group 2, "), "{}", asked.label);
    let reply = screen.entered(Asked::Report.tag(), "say it early", &world.view());
    apply(&mut world, reply);
    let choice = open(&world, &mut screen);
    assert!(choice.rows[1].ends_with("\"say it early\""), "{choice:?}");
    assert_eq!(choice.selected, 0);
    let sources = Sources::of(&world.state, world.circle, world.session).unwrap();
    let minutes = Minutes::new(&sources, Naming::Full);
    let reports = &minutes.agenda[2].reports;
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].text, "say it early");
    assert_eq!(reports[0].people.len(), groups_of_two(&minutes));
    let words = crate::exchange::minutes::markdown(&minutes, world.view().zone);
    assert!(words.contains(": say it early\n"), "{words}");
    // Taken away again it stands nowhere.
    open(&world, &mut screen);
    screen.chosen(Asked::Groups.tag(), 1, &world.view());
    let reply = screen.entered(Asked::Report.tag(), " ", &world.view());
    apply(&mut world, reply);
    let sources = Sources::of(&world.state, world.circle, world.session).unwrap();
    assert!(
        Minutes::new(&sources, Naming::Full).agenda[2]
            .reports
            .is_empty()
    );
}

fn groups_of_two(minutes: &Minutes) -> usize {
    let people = minutes.agenda[2].reports[0].people.len();
    assert!((2..=3).contains(&people));
    people
}

#[test]
fn mixing_proposes_others_before_and_makes_others_while_they_are_out() {
    let (mut world, mut screen) = (World::running(), LiveScreen::new());
    let before = open(&world, &mut screen);
    let Reply::Choose(after) = screen.chosen(Asked::Groups.tag(), 4, &world.view()) else {
        panic!("no list");
    };
    assert_ne!(before.rows[0], after.rows[0]);
    assert!(after.title.ends_with("nobody here has met in a group yet"));
    pick(&mut world, &mut screen, 0);
    let first = groups(&world);
    open(&world, &mut screen);
    pick(&mut world, &mut screen, 3);
    assert_ne!(groups(&world), first);
    // A second thought: the first groups never met, so they are not remembered.
    assert_eq!(world.state.break_outs(world.circle).count(), 1);
    world.wait(300);
    open(&world, &mut screen);
    pick(&mut world, &mut screen, 3);
    assert_eq!(world.state.break_outs(world.circle).count(), 2);
}

#[test]
fn groups_are_made_by_name_too() {
    let (mut world, mut screen) = (World::running(), LiveScreen::new());
    let run = |world: &World, screen: &mut LiveScreen, words: &str| {
        let arg = Arg::Text(words.to_owned());
        screen.run(CommandId::Groups, &arg, &world.view())
    };
    assert_eq!(
        refusal(run(&world, &mut screen, "same")),
        "there were no groups yet"
    );
    assert!(refusal(run(&world, &mut screen, "sixes")).contains("threes"));
    let reply = run(&world, &mut screen, "threes");
    apply(&mut world, reply);
    let first = groups(&world);
    let reply = run(&world, &mut screen, "mix");
    apply(&mut world, reply);
    assert_ne!(groups(&world), first);
    let second = groups(&world);
    let reply = run(&world, &mut screen, "back");
    apply(&mut world, reply);
    let reply = run(&world, &mut screen, "same");
    apply(&mut world, reply);
    assert_eq!(groups(&world), second);
}

#[test]
fn whoever_comes_late_is_offered_the_smallest_group_and_who_leaves_is_marked() {
    let (mut world, mut screen) = out();
    let (late, gone) = (world.people[5], world.people[0]);
    world.edit_session(|session| {
        session.away.remove(&late);
        session.away.insert(gone, None);
    });
    let shown = text(&world, (120, 32));
    assert!(shown.contains("Jun (away)"), "{shown}");
    assert!(shown.contains("Åsa is in no group"), "{shown}");
    let choice = open(&world, &mut screen);
    assert!(choice.rows[5].starts_with("Åsa joins group "), "{choice:?}");
    let before = world.live().groups;
    pick(&mut world, &mut screen, 5);
    assert!(groups(&world).iter().all(|group| group.len() == 3));
    assert_eq!(world.live().groups, before);
    let twice = Command::JoinGroup {
        member: late,
        group: 0,
    };
    assert_eq!(
        world.send(&twice),
        Err("Åsa Björk is in a group".to_owned())
    );
}

#[test]
fn any_number_of_people_gets_groups_or_words() {
    let names: Vec<String> = (1..=18).map(|n| format!("Person{n} Name")).collect();
    for count in [1, 2, 3, 12, 18] {
        let names: Vec<&str> = names.iter().take(count).map(String::as_str).collect();
        let (mut world, mut screen) = (World::run(&names), LiveScreen::new());
        world.edit_session(|session| session.away.clear());
        let choice = open(&world, &mut screen);
        if count == 1 {
            assert!(
                choice.title.contains("only one person is here"),
                "{choice:?}"
            );
            let reply = screen.chosen(Asked::Groups.tag(), 0, &world.view());
            assert_eq!(refusal(reply), "groups need two people who are here");
            continue;
        }
        for size in 0..3 {
            pick(&mut world, &mut screen, size);
            assert_eq!(groups(&world).concat().len(), count);
            for area in [(120, 32), (80, 21), (40, 11), (20, 5)] {
                text(&world, area);
            }
        }
        let shown = text(&world, (80, 21));
        assert!(shown.contains("Person2"), "{shown}");
    }
}

#[test]
fn groups_that_cannot_be_are_refused_in_words() {
    let mut world = World::running();
    let [jun, maria, li, _, _, asa] = world.people[..] else {
        panic!("six people");
    };
    let make = |groups: &[&[MemberId]], minutes| Command::MakeGroups {
        groups: groups.iter().map(|group| group.to_vec()).collect(),
        minutes,
    };
    for (command, words) in [
        (make(&[], 5), "a group needs at least two people"),
        (make(&[&[jun]], 5), "a group needs at least two people"),
        (
            make(&[&[jun, maria], &[jun, li]], 5),
            "Jun Tanaka is in two groups",
        ),
        (
            make(&[&[jun, asa]], 5),
            "Åsa Björk is away; s 6 says that they are here",
        ),
        (
            make(&[&[jun, maria]], 0),
            "groups have between 1 minute and 4 hours",
        ),
    ] {
        assert_eq!(world.send(&command), Err(words.to_owned()));
    }
    let mut planned = World::planned();
    assert_eq!(
        planned.send(&make(&[&[jun, maria]], 5)),
        Err("no session is running".to_owned())
    );
}

#[test]
fn a_circle_keeps_people_apart_or_together_and_lets_them_go() {
    let mut world = World::running();
    let (one, other, circle) = (world.people[0], world.people[1], world.circle);
    let tie = |one, other, together| Command::Tie {
        circle,
        one,
        other,
        together,
    };
    let title = world.send(&tie(one, other, Some(false)));
    // By number: the words stay when a person is erased.
    assert_eq!(
        title,
        Ok("numbers 1 and 2 are kept apart in groups".to_owned())
    );
    let known = Tie {
        one,
        other,
        together: false,
    };
    assert_eq!(world.state.circle(circle).unwrap().ties, [known]);
    let mut screen = LiveScreen::new();
    let choice = open(&world, &mut screen);
    pick(&mut world, &mut screen, choice.selected);
    let apart = |group: &Vec<MemberId>| !(group.contains(&one) && group.contains(&other));
    assert!(groups(&world).iter().all(apart));
    world.send(&tie(other, one, Some(true))).unwrap();
    assert_eq!(world.state.circle(circle).unwrap().ties.len(), 1);
    world.send(&tie(other, one, None)).unwrap();
    assert!(world.state.circle(circle).unwrap().ties.is_empty());
    assert_eq!(
        world.send(&tie(one, one, Some(true))),
        Err("a tie is between two people".to_owned())
    );
    assert_eq!(
        world.send(&tie(one, other, None)),
        Err("nothing ties those two".to_owned())
    );
}

#[test]
fn before_the_start_there_are_no_groups() {
    let (world, mut screen) = (World::planned(), LiveScreen::new());
    let reply = screen.run(CommandId::Groups, &Arg::None, &world.view());
    assert!(matches!(reply, Reply::Refuse(_)), "{reply:?}");
}
