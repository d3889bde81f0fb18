//! Going through the actions of earlier sessions.

use super::*;
use crate::domain::document::Document;
use crate::domain::id::Kind;
use crate::domain::item::{Action, ActionState};

/// The review of the running session, with three open actions: of Jun (1), of the fourth, of nobody.
fn in_review() -> World {
    let mut world = World::running();
    world.old_actions();
    let now = world.now;
    world.edit_live(|live| live.go_to(1, now));
    world
}

fn shown(world: &World, screen: &LiveScreen) -> String {
    draw(world, screen, (120, 32)).join("\n")
}

fn action(world: &World, number: u32) -> Action {
    let mut actions = world.state.actions(world.circle);
    actions.find(|row| row.number == number).unwrap().clone()
}

fn change(world: &mut World, number: u32, edit: impl FnOnce(&mut Action)) {
    let mut row = action(world, number);
    edit(&mut row);
    world.put(Kind::Action, row.id.0, row);
}

/// Types a line that was asked for, as the shell does.
fn enter(world: &mut World, screen: &mut LiveScreen, reply: Reply, text: &str) {
    let Reply::Ask(ask) = reply else {
        panic!("no line is asked for: {reply:?}");
    };
    let done = screen.entered(ask.tag, text, &world.view());
    apply(world, done);
}

fn pick(world: &World, screen: &mut LiveScreen, reply: Reply, row: usize) -> Reply {
    let Reply::Choose(choice) = reply else {
        panic!("no list: {reply:?}");
    };
    screen.chosen(choice.tag, row, &world.view())
}

#[test]
fn a_review_shows_the_actions_of_last_time_and_settles_them() {
    let mut world = in_review();
    shows(
        &world,
        (120, 32),
        &[
            "Actions of last time",
            "0 of 3 looked at",
            "► ◦ Ask for skip-level meeting",
            "between sessions, 14 days ago",
            "Mon 9 3d",
            "nobody",
        ],
    );
    let mut screen = LiveScreen::new();
    let left = run(&world, &mut screen, CommandId::NextPrompt);
    assert_eq!(left, Reply::Handled);
    let done = run(&world, &mut screen, CommandId::Done);
    apply(&mut world, done);
    let shown = shown(&world, &screen);
    assert!(shown.contains("2 of 3 looked at"), "{shown}");
    assert!(shown.contains("✓ Book room for April"), "{shown}");
    assert!(shown.contains("► ◦ Find a guest for May"), "{shown}");
    let last = run(&world, &mut screen, CommandId::NextPrompt);
    assert_eq!(last, Reply::Say("every action was looked at".to_owned()));
}

#[test]
fn each_key_of_the_review_marks_its_row_and_goes_on() {
    let mut world = in_review();
    let mut screen = LiveScreen::new();
    let reply = run(&world, &mut screen, CommandId::Partly);
    enter(&mut world, &mut screen, reply, "ask HR");
    assert_eq!(action(&world, 8).state, ActionState::Partly);
    let reply = run(&world, &mut screen, CommandId::Due);
    enter(&mut world, &mut screen, reply, "");
    let moved = action(&world, 9);
    assert_eq!((moved.due, moved.carried), (Due::NextSession, 1));
    let reply = run(&world, &mut screen, CommandId::Remove);
    enter(&mut world, &mut screen, reply, "");
    assert_eq!(action(&world, 10).state, ActionState::LetGo);
    assert!(shown(&world, &screen).contains("3 of 3 looked at"));
    // A second new date in the same session is the same move.
    let [_, _, _, fourth, ..] = world.people[..] else {
        panic!("the fixture has five people");
    };
    let number = world.state.member(world.circle, fourth).unwrap().label.0;
    screen.run(CommandId::Pick, &Arg::Number(number), &world.view());
    let reply = run(&world, &mut screen, CommandId::Due);
    enter(&mut world, &mut screen, reply, "+9d");
    assert_eq!(action(&world, 9).carried, 1);
}

#[test]
fn an_action_for_the_next_session_is_carried_when_it_goes_to_the_one_after() {
    let mut world = in_review();
    change(&mut world, 8, |row| row.due = Due::NextSession);
    let mut screen = LiveScreen::new();
    let reply = run(&world, &mut screen, CommandId::Due);
    enter(&mut world, &mut screen, reply, "");
    let row = action(&world, 8);
    assert_eq!((row.carried, row.state), (1, ActionState::Moved));
    assert_eq!(row.due, Due::NextSession);
}

#[test]
fn a_digit_gives_the_floor_and_selects_what_is_theirs() {
    let world = in_review();
    let mut screen = LiveScreen::new();
    let reply = screen.run(CommandId::Pick, &Arg::Number(4), &world.view());
    assert_eq!(
        reply,
        Reply::Do(vec![Request::Floor(FloorMove::Give(world.people[3]))])
    );
    let shown = shown(&world, &screen);
    assert!(shown.contains("► ◦ Book room for April"), "{shown}");
    run(&world, &mut screen, CommandId::PreviousPrompt);
    let shown = draw(&world, &screen, (120, 32)).join("\n");
    assert!(shown.contains("► ◦ Ask for skip-level"), "{shown}");
}

#[test]
fn the_review_is_left_on_purpose_and_asked_about_in_the_same_words_each_time() {
    let mut world = in_review();
    let mut screen = LiveScreen::new();
    let reply = run(&world, &mut screen, CommandId::Next);
    let Reply::Twice { words, verb, then } = reply else {
        panic!("not asked: {reply:?}");
    };
    assert_eq!(words, "3 actions were not looked at");
    assert_eq!(verb, "again leaves them as they are");
    let next = Command::Move(Step::Next);
    assert_eq!(then, vec![Request::Submit(next.clone())]);
    for _ in 0..2 {
        run(&world, &mut screen, CommandId::NextPrompt);
    }
    let reply = run(&world, &mut screen, CommandId::Next);
    assert!(matches!(&reply, Reply::Twice { words, .. } if words == "1 action was not looked at"));
    let done = run(&world, &mut screen, CommandId::Done);
    apply(&mut world, done);
    assert_eq!(
        run(&world, &mut screen, CommandId::Next),
        Reply::submit(next)
    );
}

#[test]
fn with_nothing_open_the_review_says_so_and_is_left_at_once() {
    let mut world = World::running();
    let now = world.now;
    world.edit_live(|live| live.go_to(1, now));
    for size in [(120, 32), (80, 21)] {
        shows(&world, size, &["Nothing is open from earlier", "> goes on"]);
    }
    let next = Reply::submit(Command::Move(Step::Next));
    assert_eq!(run(&world, &mut LiveScreen::new(), CommandId::Next), next);
}

#[test]
fn what_was_carried_twice_is_asked_about_once() {
    let mut world = in_review();
    change(&mut world, 8, |row| row.carried = 2);
    assert!(shown(&world, &LiveScreen::new()).contains("carried twice"));
    let mut screen = LiveScreen::new();
    let reply = run(&world, &mut screen, CommandId::Due);
    let Reply::Choose(choice) = &reply else {
        panic!("not asked: {reply:?}");
    };
    assert_eq!(choice.title, "Carried twice already. What would help?");
    assert_eq!(choice.rows.len(), 4);
    // A date after all; the next time it is not asked again.
    let line = pick(&world, &mut screen, reply, 3);
    assert!(matches!(line, Reply::Ask(_)));
    let again = run(&world, &mut screen, CommandId::Due);
    enter(&mut world, &mut screen, again, "+9d");
    assert_eq!(action(&world, 8).carried, 3);
}

#[test]
fn a_smaller_step_takes_the_place_of_the_action_and_was_looked_at() {
    let mut world = in_review();
    change(&mut world, 8, |row| row.carried = 4);
    let mut screen = LiveScreen::new();
    let reply = run(&world, &mut screen, CommandId::Due);
    assert!(matches!(&reply, Reply::Choose(list) if list.title.contains("4 times")));
    let line = pick(&world, &mut screen, reply, 0);
    let Reply::Ask(ask) = &line else {
        panic!("no line: {line:?}");
    };
    assert_eq!(ask.text, "Ask for skip-level meeting");
    let nothing = screen.entered(ask.tag, "", &world.view());
    assert!(refusal(nothing).contains("words"));
    enter(&mut world, &mut screen, line, "Find out who to ask");
    let old = action(&world, 8);
    let mut all = world.state.actions(world.circle);
    let new = all.find(|row| Some(row.id) == old.smaller).unwrap();
    assert_eq!(new.text.as_str(), "Find out who to ask");
    assert_eq!((new.due, new.carried), (Due::NextSession, 0));
    assert_eq!(new.owner, old.owner);
    let running = world.state.running().map(|(_, session, _)| session.id);
    assert_eq!(new.origin.session, running, "it is part of this record");
    let reason = format!("a smaller step: A{}", new.number);
    assert_eq!(old.state, ActionState::LetGo);
    assert_eq!(old.reason.as_ref().unwrap().as_str(), reason);
    assert!(shown(&world, &screen).contains("1 of 3 looked at"));
}

#[test]
fn asking_for_help_makes_the_action_a_topic_in_the_same_act() {
    let mut world = in_review();
    change(&mut world, 8, |row| row.carried = 2);
    let before = world.state.parked(world.circle).count();
    let mut screen = LiveScreen::new();
    let reply = run(&world, &mut screen, CommandId::Due);
    let help = pick(&world, &mut screen, reply, 1);
    apply(&mut world, help);
    let row = action(&world, 8);
    assert!(row.help && row.state.is_open());
    assert_eq!(row.due, Due::NextSession);
    let topics: Vec<_> = world.state.parked(world.circle).collect();
    assert_eq!(topics.len(), before + 1);
    let topic = topics.last().unwrap();
    assert_eq!(topic.text.as_str(), "Help with: Ask for skip-level meeting");
    assert_eq!(topic.raised_by, Some(world.people[0]));
    assert_eq!(topic.origin.session, Some(world.session));
    let shown = shown(&world, &screen);
    assert!(shown.contains("1 of 3 looked at"), "{shown}");
}

#[test]
fn an_action_reads_and_writes_back_as_it_was_before_help_was_known() {
    let world = in_review();
    let row = Document::Action(action(&world, 8));
    let body = row.to_body();
    assert!(body.get("help").is_none() && body.get("moved_in").is_none());
}

#[test]
fn a_hundred_actions_go_person_by_person_and_the_marked_one_is_in_sight() {
    let mut world = World::running();
    let now = world.now;
    world.edit_live(|live| live.go_to(1, now));
    for number in 0..100u32 {
        let owner = match number % 7 {
            5 => Owner::All,
            6 => Owner::Nobody,
            index => world
                .people
                .get(usize::try_from(index).unwrap())
                .map_or(Owner::Nobody, |id| Owner::Member(*id)),
        };
        let words = format!("Thing {number}");
        let age = -60 * 24 * i64::from(number + 1);
        world.action((100 + number, &words), owner, Due::None, (age, None));
    }
    let mut screen = LiveScreen::new();
    let view = world.view();
    let stage = Stage::of(view).unwrap();
    let rows = stage.review();
    assert_eq!(rows.len(), 100);
    let first = rows.first().unwrap();
    assert_eq!(first.owner, Owner::Member(world.people[0]));
    assert!(
        rows.windows(2).all(|pair| {
            pair[0].owner != pair[1].owner || pair[0].origin.at <= pair[1].origin.at
        })
    );
    assert_eq!(rows.last().unwrap().owner, Owner::Nobody);
    for (index, row) in rows.iter().enumerate() {
        for size in [(120, 32), (80, 21)] {
            let shown = draw(&world, &screen, size).join("\n");
            assert!(
                shown.contains(&format!("{index} of 100 looked at")),
                "{shown}"
            );
            assert!(shown.contains(&format!("► ◦ {}", row.text)), "{shown}");
        }
        run(&world, &mut screen, CommandId::NextPrompt);
    }
}

#[test]
fn owners_who_left_namesakes_and_an_empty_room_do_not_stop_the_review() {
    let names = ["Jun Tanaka", "Jun Tanaka", "Mei Lin"];
    let mut world = World::run(&names);
    let now = world.now;
    world.edit_live(|live| live.go_to(1, now));
    for index in 0..3u32 {
        let owner = Owner::Member(world.people[usize::try_from(index).unwrap()]);
        let words = format!("Thing {index}");
        world.action((50 + index, &words), owner, Due::None, (-9000, None));
    }
    let mut gone = world
        .state
        .member(world.circle, world.people[0])
        .unwrap()
        .clone();
    gone.left = Some(now);
    world.put(Kind::Member, gone.id.0, gone);
    let people = world.people.clone();
    world.edit_session(|session| {
        session.away = people.iter().map(|id| (*id, None)).collect();
    });
    let stage = Stage::of(world.view()).unwrap();
    let order: Vec<&str> = stage.review().iter().map(|row| row.text.as_str()).collect();
    assert_eq!(order, ["Thing 1", "Thing 2", "Thing 0"]);
    let mut screen = LiveScreen::new();
    let refused = screen.run(CommandId::Pick, &Arg::Number(3), &world.view());
    assert!(refusal(refused).contains("is away"));
    let done = run(&world, &mut screen, CommandId::Done);
    apply(&mut world, done);
    assert!(shown(&world, &screen).contains("1 of 3 looked at"));
}

#[test]
fn a_row_of_an_earlier_session_says_which_one_and_which_block() {
    let mut world = in_review();
    let mut past = world.session().clone();
    past.id = SessionId(Ids::new(Moment::from_millis(7), 3).make());
    past.number = 6;
    let block = past.blocks[2].clone();
    change(&mut world, 8, |row| {
        row.origin.session = Some(past.id);
        row.origin.block = Some(block.id);
    });
    let mut screen = LiveScreen::new();
    assert!(shown(&world, &screen).contains("from an earlier session, 14 days ago"));
    let wanted = screen.wants(&world.view());
    let key = Key::circle(world.circle, Kind::Session, past.id.0);
    let query = Query::Get(vec![key]);
    assert!(wanted.contains(&query));
    let rows = vec![crate::engine::query::Row {
        rev: 0,
        key,
        body: Document::Session(past).to_text(),
    }];
    let answer = Answer::Rows { rows, more: false };
    screen.answered(&query, &answer, &world.view());
    assert!(!screen.wants(&world.view()).contains(&query));
    let shown = shown(&world, &screen);
    assert!(shown.contains("from #6, Hot seat, 14 days ago"), "{shown}");
    run(&world, &mut screen, CommandId::PreviousPane);
    run(&world, &mut screen, CommandId::PreviousPane);
    run(&world, &mut screen, CommandId::Zoom);
    let wide = draw(&world, &screen, (120, 32)).join("\n");
    assert!(wide.contains("from #6, Hot seat"), "{wide}");
    assert!(wide.matches("days ago").count() == 3, "{wide}");
}
