use proptest::prelude::*;

use super::*;
use crate::domain::agenda::{BlockKind, Prompt};
use crate::domain::clock::{Moment, Span};
use crate::domain::id::{DecisionId, Ids, Kind, ParkedId, Space};
use crate::domain::item::{Decision, Origin, Parked};
use crate::domain::text::Clean;
use crate::engine::query;
use crate::packs;
use crate::tui::fixture::World;
use crate::tui::fixture_lists::{HARD, SIZES};
use crate::tui::view::Ask;

/// A screen that has been told of two past sessions, in which the hot seat took 24 and 14 minutes of 15.
fn screen(world: &World) -> Plan {
    let mut screen = Plan::new(&packs::shelf());
    let past = [(14, 14), (28, 24)].map(|(days, took)| {
        let mut session = world.session().clone();
        session.id = crate::domain::id::SessionId(Ids::new(world.now, days).make());
        session.state = SessionState::Ended;
        let days = i64::try_from(days).unwrap();
        session.started = Some(session.start - Span::from_minutes(days * 24 * 60));
        for block in &mut session.blocks {
            block.took = Some(match block.kind {
                BlockKind::HotSeat => Span::from_minutes(took),
                _ => block.planned(),
            });
        }
        session
    });
    let rows = past.map(|session| query::Row {
        key: Key::circle(world.circle, Kind::Session, session.id.0),
        rev: 0,
        body: Document::from(session).to_text(),
    });
    let asked = Query::Sessions {
        circle: world.circle,
        limit: ASKED,
    };
    let answer = Answer::Rows {
        rows: rows.to_vec(),
        more: false,
    };
    screen.answered(&asked, &answer, &world.view());
    screen
}

fn show(world: &World, screen: &Plan, (width, height): (u16, u16)) -> Vec<String> {
    let chrome = if height >= 36 { 4 } else { 3 };
    world.rows(
        (width, height.saturating_sub(chrome).max(1)),
        |area, buf, paint| {
            screen.draw(area, buf, paint);
        },
    )
}

fn shows(world: &World, screen: &Plan, words: &str) -> bool {
    show(world, screen, (120, 36))
        .iter()
        .any(|row| row.contains(words))
}

fn press(screen: &mut Plan, world: &World, ids: &[CommandId]) -> Reply {
    let mut reply = Reply::Ignored;
    for id in ids {
        reply = screen.run(*id, &Arg::None, &world.view());
    }
    reply
}

/// Carries out what the screen asks for, and returns the title of the act.
fn done(world: &mut World, reply: Reply) -> String {
    let Reply::Do(requests) = reply else {
        panic!("nothing is asked for: {reply:?}")
    };
    let [Request::Submit(command)] = requests.as_slice() else {
        panic!("not one command: {requests:?}")
    };
    world.send(command).unwrap()
}

/// Presses keys of which the last one changes something.
fn change(screen: &mut Plan, world: &mut World, ids: &[CommandId]) -> String {
    let reply = press(screen, world, ids);
    done(world, reply)
}

/// Types into the line that a key opens.
fn line(screen: &mut Plan, world: &World, id: CommandId, text: &str) -> Reply {
    let Reply::Ask(Ask { tag, .. }) = press(screen, world, &[id]) else {
        panic!("no line is asked for")
    };
    screen.entered(tag, text, &world.view())
}

fn to(place: u16) -> Arg {
    Arg::Number(place)
}

fn mark(screen: &mut Plan, world: &World, place: u16) {
    let reply = screen.run(CommandId::Pick, &to(place), &world.view());
    assert_eq!(reply, Reply::Handled);
}

fn titles(world: &World) -> Vec<String> {
    let blocks = world.session().blocks.iter();
    blocks.map(|block| block.title.to_string()).collect()
}

fn parked(world: &mut World, words: &str) {
    let id = ParkedId(Ids::new(world.now, 5).make());
    let item = Parked {
        id,
        number: 2,
        text: Clean::line(words),
        raised_by: world.people.get(2).copied(),
        tags: Vec::new(),
        origin: Origin {
            at: world.now - Span::from_minutes(14 * 24 * 60),
            session: None,
            block: None,
            prompt: None,
            speaking: None,
        },
        block: None,
        settled: None,
        trashed: None,
        extra: serde_json::Map::new(),
    };
    world.put(Kind::Parked, id.0, item);
}

/// With something to carry over, and the third block marked.
fn planned() -> (World, Plan) {
    let mut world = World::planned();
    world.old_actions();
    parked(&mut world, "How do we talk about pay?");
    let mut screen = screen(&world);
    mark(&mut screen, &world, 3);
    (world, screen)
}

#[test]
fn a_wide_screen_shows_agenda_detail_budget_and_what_is_carried_over() {
    let (world, screen) = planned();
    insta::assert_snapshot!(show(&world, &screen, (120, 36)).join("\n"));
}

#[test]
fn a_usual_screen_shows_agenda_detail_and_budget() {
    let (world, screen) = planned();
    insta::assert_snapshot!(show(&world, &screen, (80, 24)).join("\n"));
}

#[test]
fn a_small_screen_shows_times_and_names() {
    let (world, screen) = planned();
    insta::assert_snapshot!(show(&world, &screen, (40, 12)).join("\n"));
}

#[test]
fn minutes_move_what_follows_and_say_what_they_were() {
    let (mut world, mut screen) = planned();
    let title = change(&mut screen, &mut world, &[CommandId::Longer]);
    assert_eq!(title, "Hot seat is now 16 min (was 15)");
    assert!(shows(&world, &screen, "15:36   20  Discussion"));
    assert!(shows(&world, &screen, "86 planned + 4 slack = 90   fits"));
    let title = change(&mut screen, &mut world, &[CommandId::Shorter]);
    assert_eq!(title, "Hot seat is now 15 min (was 16)");
}

#[test]
fn a_block_keeps_who_leads_it_and_its_prompts_through_every_change() {
    let (mut world, mut screen) = planned();
    let before = world.session().blocks[2].clone();
    change(&mut screen, &mut world, &[CommandId::MoveDown]);
    assert_eq!(world.session().blocks[3], before);
    let title = change(&mut screen, &mut world, &[CommandId::MoveUp]);
    assert_eq!(title, "Hot seat comes before Discussion");
    assert_eq!(world.session().blocks[2], before);
    let up = press(&mut screen, &world, &[CommandId::Top, CommandId::MoveUp]);
    assert_eq!(up, Reply::Handled);
}

#[test]
fn a_time_pins_a_block_and_the_gap_before_it_is_told() {
    let (mut world, mut screen) = planned();
    let reply = line(&mut screen, &world, CommandId::Due, "15:24 lock");
    assert_eq!(
        done(&mut world, reply),
        "Hot seat begins at 15:24, is locked"
    );
    assert!(shows(&world, &screen, "=15:24   15  Hot seat  locked"));
    assert!(shows(&world, &screen, "15:20    4  nothing planned"));
    let reply = line(&mut screen, &world, CommandId::Due, "15:10");
    done(&mut world, reply);
    assert!(shows(&world, &screen, "10  too much before 15:10"));
    let reply = line(
        &mut screen,
        &world,
        CommandId::Due,
        "free unlock 20m min 12",
    );
    done(&mut world, reply);
    let block = &world.session().blocks[2];
    assert_eq!((block.at, block.locked), (None, false));
    assert_eq!((block.minutes, block.min), (20, 12));
}

#[test]
fn a_bad_time_keeps_the_field_open_with_the_nearest_reading() {
    let (world, mut screen) = planned();
    let reply = line(&mut screen, &world, CommandId::Due, "25:00");
    let Reply::Refuse(why) = reply else {
        panic!("{reply:?}")
    };
    assert_eq!(why, "\"25:00\" is no time of day; did you mean 25m?");
    let reply = line(&mut screen, &world, CommandId::Due, "-20");
    assert!(matches!(reply, Reply::Refuse(why) if why.contains("it has 15 min")));
    let reply = line(&mut screen, &world, CommandId::Due, "10 min 12");
    assert!(matches!(reply, Reply::Refuse(why) if why.contains("at least 12 is too much")));
}

#[test]
fn a_block_is_added_below_the_mark_and_marked() {
    let (mut world, mut screen) = planned();
    let reply = line(&mut screen, &world, CommandId::Add, "Tea break 5m");
    assert_eq!(
        done(&mut world, reply),
        "Tea break, 5 min, is on the agenda"
    );
    assert_eq!(titles(&world)[3], "Tea break");
    assert_eq!(world.session().blocks[3].kind, BlockKind::Break);
    let title = change(&mut screen, &mut world, &[CommandId::Remove]);
    assert_eq!(title, "Tea break is off the agenda");
}

#[test]
fn a_block_without_minutes_has_what_such_blocks_took() {
    let (mut world, mut screen) = planned();
    let reply = line(&mut screen, &world, CommandId::Add, "Second hot seat");
    done(&mut world, reply);
    assert_eq!(world.session().blocks[3].minutes, 19);
}

#[test]
fn templates_and_formats_are_put_on_the_agenda_by_name_and_from_a_list() {
    let (mut world, mut screen) = planned();
    let name = Arg::Text("lean-coffee-45".to_owned());
    let reply = screen.run(CommandId::Template, &name, &world.view());
    let reply = answer(&mut screen, &world, reply, Vec::new());
    assert!(done(&mut world, reply).contains("blocks are on the agenda"));
    let format = packs::shelf().formats()[0].clone();
    let reply = line(
        &mut screen,
        &world,
        CommandId::Add,
        &format!("{} 12m", format.name),
    );
    done(&mut world, reply);
    let added = world
        .session()
        .blocks
        .iter()
        .find(|block| block.format.as_ref() == Some(&format.id));
    assert_eq!(added.map(|block| block.minutes), Some(12));
    let Reply::Choose(choice) = line(&mut screen, &world, CommandId::Add, "") else {
        panic!("no list")
    };
    assert!(
        choice.rows[0].starts_with(format.name.as_str()),
        "{:?}",
        choice.rows
    );
    let reply = screen.chosen(choice.tag, 0, &world.view());
    done(&mut world, reply);
    let reply = screen.run(
        CommandId::Template,
        &Arg::Text("nothing such".to_owned()),
        &world.view(),
    );
    assert!(matches!(reply, Reply::Refuse(why) if why.contains("\"nothing such\"")));
}

#[test]
fn a_seat_is_given_in_the_order_of_the_rotation_and_other_blocks_by_label() {
    let (mut world, mut screen) = planned();
    let Reply::Choose(choice) = press(&mut screen, &world, &[CommandId::Owner]) else {
        panic!("no list")
    };
    assert_eq!(choice.title, "Who sits in Hot seat");
    assert!(choice.rows[1].ends_with(": never yet"), "{:?}", choice.rows);
    let reply = screen.chosen(choice.tag, 1, &world.view());
    done(&mut world, reply);
    assert_eq!(world.session().blocks[2].lead, world.people.get(1).copied());
    mark(&mut screen, &world, 1);
    let Reply::Choose(choice) = press(&mut screen, &world, &[CommandId::Owner]) else {
        panic!("no list")
    };
    let nobody = choice.rows.len() - 1;
    assert_eq!(
        screen.chosen(choice.tag, nobody, &world.view()),
        Reply::Handled
    );
    let reply = screen.chosen(choice.tag, 0, &world.view());
    done(&mut world, reply);
    assert!(world.session().blocks[0].lead.is_some());
}

fn question(world: &World) -> QuestionRow {
    let id = Ids::new(world.now, 6).make();
    let text = "What would you try if nobody watched?";
    let question = serde_json::json!({"id": id, "number": 1, "text": text});
    QuestionRow::new(serde_json::from_value(question).unwrap(), None)
}

/// The list that a reply opens, beside what it asks for.
fn list_of(reply: Reply) -> crate::tui::view::Choice {
    let choice = match reply {
        Reply::Choose(choice) => Some(choice),
        Reply::Do(requests) => requests.into_iter().find_map(|request| match request {
            Request::List(choice) => Some(choice),
            _ => None,
        }),
        _ => None,
    };
    choice.expect("a list opens")
}

/// Answers what a reply asks the store for with these questions, and does what follows.
fn answer(screen: &mut Plan, world: &World, reply: Reply, rows: Vec<QuestionRow>) -> Reply {
    let Reply::Do(requests) = reply else {
        panic!("nothing is asked: {reply:?}")
    };
    let [Request::Ask(query)] = requests.as_slice() else {
        panic!("something else: {requests:?}")
    };
    let total = rows.len();
    let answer = Answer::Questions { rows, total };
    screen.answered(query, &answer, &world.view());
    Reply::Do(screen.after(query, &answer, &world.view()))
}

#[test]
fn prompts_are_picked_written_turned_over_and_taken_off() {
    let (mut world, mut screen) = planned();
    mark(&mut screen, &world, 4);
    assert!(shows(&world, &screen, "none; Enter chooses one"));
    let list = list_of(press(&mut screen, &world, &[CommandId::Open]));
    let reply = screen.chosen(list.tag, 0, &world.view());
    assert!(matches!(reply, Reply::Refuse(why) if why.contains("not loaded yet")));
    let reflection = Some(QuestionKind::Reflection);
    screen.bank = Some((reflection, vec![question(&world)]));
    let Reply::Choose(bank) = screen.chosen(list.tag, 0, &world.view()) else {
        panic!("no questions")
    };
    let reply = screen.chosen(bank.tag, 0, &world.view());
    assert_eq!(done(&mut world, reply), "1 prompt for Discussion");
    let Reply::Ask(ask) = screen.chosen(list.tag, 1, &world.view()) else {
        panic!("no line")
    };
    let reply = screen.entered(ask.tag, "What did we leave out?", &world.view());
    done(&mut world, reply);
    assert!(shows(&world, &screen, "1/2  What did we leave out?"));
    press(&mut screen, &world, &[CommandId::NextPrompt]);
    assert!(shows(&world, &screen, "2/2  What would you try"));
    let Reply::Do(requests) = press(&mut screen, &world, &[CommandId::Open]) else {
        panic!("no list")
    };
    let Some(Request::List(uses)) = requests.last() else {
        panic!("{requests:?}")
    };
    assert!(
        uses.rows[3].starts_with("Ask first: What would you try"),
        "{:?}",
        uses.rows
    );
    assert!(
        uses.rows[4].starts_with("Take off: What did we leave"),
        "{:?}",
        uses.rows
    );
    let reply = screen.chosen(list.tag, 3, &world.view());
    assert_eq!(
        done(&mut world, reply),
        "the order of the prompts of Discussion"
    );
    press(&mut screen, &world, &[CommandId::Open]);
    let reply = screen.chosen(list.tag, 4, &world.view());
    done(&mut world, reply);
    let left = &world.session().blocks[3].prompts;
    assert_eq!(left[0].text.as_str(), "What did we leave out?");
    mark(&mut screen, &world, 5);
    let reply = press(&mut screen, &world, &[CommandId::NextPrompt]);
    assert!(matches!(reply, Reply::Refuse(why) if why.contains("Break has no prompt yet")));
}

/// An agenda that is ten minutes too long, with the mark on what is too much.
fn too_long() -> (World, Plan, crate::tui::view::Choice) {
    let (mut world, mut screen) = planned();
    world.edit_session(|session| {
        session.blocks[3].minutes = 35;
        session.blocks[3].min = 20;
    });
    assert!(shows(&world, &screen, "100 planned in 90: 10 too much"));
    assert!(shows(
        &world,
        &screen,
        "16:40       END, 10 min after 16:30"
    ));
    let Reply::Choose(choice) = press(&mut screen, &world, &[CommandId::End, CommandId::Open])
    else {
        panic!("no list")
    };
    (world, screen, choice)
}

#[test]
fn an_agenda_that_is_too_long_is_trimmed_evenly() {
    let (mut world, mut screen, choice) = too_long();
    let trim = &choice.rows[0];
    assert!(
        trim.starts_with("Trim evenly") && trim.ends_with("then it fits"),
        "{trim}"
    );
    let reply = screen.chosen(choice.tag, 0, &world.view());
    let title = done(&mut world, reply);
    assert!(title.ends_with("10 min shorter in all"), "{title}");
    assert!(shows(&world, &screen, "90 planned = 90   fits"));
    assert_eq!(
        world.session().blocks[4].minutes,
        5,
        "a break keeps its time"
    );
}

#[test]
fn or_its_last_block_is_kept_for_another_time_and_can_be_taken_up_again() {
    let (mut world, mut screen, choice) = too_long();
    assert_eq!(
        choice.rows[1],
        "Leave Practice in pairs out (25 min) and keep it for another time"
    );
    let reply = screen.chosen(choice.tag, 1, &world.view());
    assert_eq!(
        done(&mut world, reply),
        "Practice in pairs is kept for another time"
    );
    assert_eq!(titles(&world).len(), 5);
    let circle = world.circle;
    let kept = world
        .state
        .scan(Space::Circle(circle), Kind::Parked)
        .count();
    assert_eq!(kept, 2);
    assert!(shows(
        &world,
        &screen,
        "block        Practice in pairs, 25 min"
    ));
    press(&mut screen, &world, &[CommandId::NextPane, CommandId::End]);
    let kept = carry::rows(&Desk::of(&world.view()).unwrap())
        .iter()
        .position(|row| matches!(row, carry::Carried::Item(item) if item.block.is_some()));
    mark(
        &mut screen,
        &world,
        u16::try_from(kept.unwrap()).unwrap() + 1,
    );
    let title = change(&mut screen, &mut world, &[CommandId::Open]);
    assert!(
        title.starts_with("Practice in pairs, 25 min, is on"),
        "{title}"
    );
}

#[test]
fn or_the_session_is_made_longer() {
    let (mut world, mut screen, choice) = too_long();
    assert_eq!(choice.rows[2], "Make the session 100 min long, until 16:40");
    let reply = screen.chosen(choice.tag, 2, &world.view());
    assert_eq!(done(&mut world, reply), "session #7 has 100 min");
    assert!(shows(&world, &screen, "100 planned = 100   fits"));
}

#[test]
fn what_is_carried_over_becomes_a_block_once() {
    let (mut world, mut screen) = planned();
    press(&mut screen, &world, &[CommandId::NextPane]);
    assert!(shows(&world, &screen, "1  parked item"));
    let title = change(&mut screen, &mut world, &[CommandId::Open]);
    assert_eq!(title, "How do we talk about pay?, 10 min, is on the agenda");
    assert!(shows(&world, &screen, "block 4 now"));
    let again = press(&mut screen, &world, &[CommandId::Add]);
    assert_eq!(again, Reply::Refuse("that is block 4 already".to_owned()));
    let late = press(&mut screen, &world, &[CommandId::Down, CommandId::Open]);
    assert!(
        matches!(late, Reply::Do(requests) if requests.contains(&Request::Go(crate::tui::view::ScreenId::Actions)))
    );
    press(&mut screen, &world, &[CommandId::Close]);
    assert_eq!(screen.focus, Focus::Agenda);
}

#[test]
fn an_empty_agenda_offers_agendas_by_number() {
    let (mut world, mut screen) = planned();
    world.edit_session(|session| session.blocks.clear());
    let rows = show(&world, &screen, (80, 24));
    assert!(
        rows.iter().any(|row| row.contains("This agenda is empty.")),
        "{rows:#?}"
    );
    assert!(
        rows.iter().any(|row| row.contains("1 Mentoring classic")),
        "{rows:#?}"
    );
    let reply = screen.run(CommandId::Pick, &to(1), &world.view());
    let asked = question(&world);
    let reply = answer(&mut screen, &world, reply, vec![asked]);
    done(&mut world, reply);
    assert!(titles(&world).len() > 3);
    let template = world.session().template.clone();
    assert_eq!(
        template.map(|from| from.id).as_deref(),
        Some("mentoring-classic-90")
    );
    let prompts = world.session().blocks.iter().flat_map(|b| &b.prompts);
    assert_eq!(prompts.count(), 1, "as many as the bank had");
}

#[test]
fn a_parked_block_comes_back_beside_a_block_of_the_same_name() {
    let (mut world, mut screen) = planned();
    let mut kept = world.session().blocks[3].clone();
    kept.prompts = vec![Prompt {
        asked: Some(world.now),
        asked_before: 1,
        ..Prompt::new(Clean::line("What changed?"))
    }];
    let circle = world.circle;
    let id = ParkedId(Ids::new(world.now, 77).make());
    let origin = Origin {
        at: world.now,
        session: None,
        block: None,
        prompt: None,
        speaking: None,
    };
    let item = Parked {
        block: Some(Box::new(kept)),
        ..Parked::new(id, 9, Clean::line("Discussion, 20 min"), origin)
    };
    world
        .state
        .load(Key::circle(circle, Kind::Parked, id.0), item.into());
    press(&mut screen, &world, &[CommandId::NextPane]);
    let rows = carry::rows(&Desk::of(&world.view()).unwrap())
        .iter()
        .position(|row| matches!(row, carry::Carried::Item(item) if item.id == id));
    mark(
        &mut screen,
        &world,
        u16::try_from(rows.unwrap()).unwrap() + 1,
    );
    let title = change(&mut screen, &mut world, &[CommandId::Open]);
    assert!(title.starts_with("Discussion, 20 min, is on"), "{title}");
    let back = world.session().blocks.iter().find(|b| b.from == Some(id));
    let prompt = &back.unwrap().prompts[0];
    assert_eq!((prompt.asked, prompt.asked_before), (None, 2));
    let again = press(&mut screen, &world, &[CommandId::Open]);
    assert!(matches!(again, Reply::Refuse(why) if why.contains("already")));
}

#[test]
fn a_different_question_for_each_is_shown_and_taken_in_one_act() {
    let (mut world, mut screen) = planned();
    mark(&mut screen, &world, 4);
    let reply = screen.run(CommandId::DrawEach, &Arg::None, &world.view());
    let rows: Vec<QuestionRow> = (0..3).map(|_| question(&world)).collect();
    let shown = answer(&mut screen, &world, reply, rows);
    let list = list_of(shown);
    assert_eq!(list.rows.len(), 3, "{:?}", list.rows);
    assert!(list.title.contains("only 3 left to draw"), "{}", list.title);
    assert!(
        list.rows[0].starts_with("Jun: What would"),
        "{:?}",
        list.rows
    );
    let reply = screen.chosen(list.tag, 0, &world.view());
    assert_eq!(done(&mut world, reply), "3 prompts for Discussion");
    let whom = world.session().blocks[3].prompts[0].whom;
    assert_eq!(whom, world.people.first().copied());
}

#[test]
fn the_agenda_of_a_running_session_is_read_and_its_minutes_are_lives() {
    let world = World::running();
    let mut screen = screen(&world);
    assert!(shows(&world, &screen, "it runs: minutes on Live, g l"));
    for id in [
        CommandId::Longer,
        CommandId::Remove,
        CommandId::Add,
        CommandId::Due,
    ] {
        let reply = press(&mut screen, &world, &[id]);
        assert!(
            matches!(&reply, Reply::Refuse(why) if why.contains("Live (g l)")),
            "{reply:?}"
        );
    }
    assert!(matches!(
        press(&mut screen, &world, &[CommandId::Owner]),
        Reply::Choose(_)
    ));
    let list = list_of(press(&mut screen, &world, &[CommandId::Open]));
    let Reply::Ask(ask) = screen.chosen(list.tag, 1, &world.view()) else {
        panic!("no line")
    };
    let reply = screen.entered(ask.tag, "Now?", &world.view());
    assert!(matches!(reply, Reply::Refuse(why) if why.contains("runs or is over")));
}

#[test]
fn the_agenda_of_a_running_session_stands_where_it_really_was() {
    let world = World::running();
    let screen = screen(&world);
    for size in [(120, 36), (80, 24)] {
        let rows = show(&world, &screen, size);
        let has = |words: &str| rows.iter().any(|row| row.contains(words));
        // It began on time; six minutes for the welcome in place of five, seventeen for the review.
        assert!(has("15:00    6  Welcome"), "{rows:#?}");
        assert!(has("15:06   17  Action review"), "{rows:#?}");
        assert!(has("15:23   15  Hot seat"), "{rows:#?}");
        assert!(has("ends about 16:"), "{rows:#?}");
        assert!(!has("Enter makes it fit"), "{rows:#?}");
    }
}

#[test]
fn without_a_plan_the_screen_offers_to_make_one() {
    let mut world = World::planned();
    let mut screen = screen(&world);
    world.edit_session(|session| session.state = SessionState::Cancelled);
    assert!(shows(
        &world,
        &screen,
        "No session of Ladder Up is planned."
    ));
    let reply = press(&mut screen, &world, &[CommandId::Open]);
    let plan = Request::Run(CommandId::PlanSession, Arg::None);
    assert_eq!(reply, Reply::Do(vec![plan]));
}

#[test]
fn history_speaks_of_the_group_and_only_from_two_sessions_on() {
    let (world, screen) = planned();
    assert!(
        shows(&world, &screen, "24 min last time") || shows(&world, &screen, "14 min last time")
    );
    assert!(shows(
        &world,
        &screen,
        "This group runs 5% over on average (from 2 past sessions)."
    ));
    let fresh = Plan::new(&packs::shelf());
    assert!(shows(&world, &fresh, "no history yet (needs 2 sessions)"));
}

#[test]
fn masked_names_are_initials_here_too() {
    let (mut world, screen) = planned();
    world.masked = true;
    let rows = show(&world, &screen, (120, 36));
    let whole = rows.join("\n");
    assert!(
        !whole.contains("Jun") && !whole.contains("Tanaka"),
        "{whole}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn every_size_and_every_name_can_be_drawn(
        title in ".{0,40}",
        minutes in 1u16..400,
        size in 0usize..6,
        keys in proptest::collection::vec(0usize..8, 0..6),
    ) {
        let mut world = World::with(&HARD);
        world.edit_session(|session| {
            session.blocks[2].title = Clean::line(&title);
            session.blocks[2].minutes = minutes;
            session.blocks[4].at = chrono::NaiveTime::from_hms_opt(15, 40, 0);
        });
        parked(&mut world, &title);
        let mut screen = screen(&world);
        let ids = [
            CommandId::Down, CommandId::Up, CommandId::End, CommandId::NextPane,
            CommandId::Longer, CommandId::MoveDown, CommandId::Remove, CommandId::Open,
        ];
        for key in keys {
            screen.run(ids[key], &Arg::None, &world.view());
            screen.offers(&world.view());
        }
        show(&world, &screen, SIZES[size]);
    }
}

#[test]
fn moments_are_read_in_the_zone_of_the_view() {
    let (world, screen) = planned();
    let start = Moment::parse("2026-03-12T15:00:00Z").unwrap();
    assert_eq!(world.session().start, start);
    assert!(shows(&world, &screen, "15:20   15  Hot seat"));
    let small = show(&world, &screen, (40, 12));
    assert!(
        small
            .last()
            .is_some_and(|row| row.contains("85 planned + 5 slack = 90"))
    );
}

/// A decision that wants a second look on the day of the session, before the late actions.
fn second_look(words: &str) -> (World, Plan, Key) {
    let mut world = World::planned();
    let id = DecisionId(Ids::new(world.now, 6).make());
    let decision = Decision {
        revisit: Some(world.session().start.date(chrono_tz::UTC)),
        ..Decision::new(id, 3, Clean::line(words), Origin::outside(world.now))
    };
    world.put(Kind::Decision, id.0, decision);
    let mut screen = screen(&world);
    press(&mut screen, &world, &[CommandId::NextPane]);
    let key = Key::circle(world.circle, Kind::Decision, id.0);
    (world, screen, key)
}

fn looked_at(world: &World, key: Key) -> Decision {
    match world.state.get(&key) {
        Some(Document::Decision(decision)) => decision.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_decision_that_wants_a_second_look_is_kept_changed_or_reversed() {
    let words = "Meet every two weeks from April";
    let (mut world, mut screen, key) = second_look(words);
    for size in [(120, 36), (80, 24)] {
        let shown = show(&world, &screen, size).join("\n");
        assert!(shown.contains("D3 Meet every two weeks"), "{shown}");
    }
    assert_eq!(
        screen.offers(&world.view())[0],
        (CommandId::Done, "keep it")
    );
    let title = change(&mut screen, &mut world, &[CommandId::Done]);
    assert!(
        title.starts_with("D3") && title.ends_with("stands"),
        "{title}"
    );
    assert!(!shows(&world, &screen, "second look"));
    assert_eq!(looked_at(&world, key).looks.len(), 1);

    let (mut world, mut screen, key) = second_look(words);
    let reply = line(&mut screen, &world, CommandId::Edit, "Meet every week");
    done(&mut world, reply);
    let now = looked_at(&world, key);
    assert_eq!(now.text.as_str(), "Meet every week");
    assert_eq!(now.looks[0].was.as_deref(), Some(words));

    let (mut world, mut screen, key) = second_look(words);
    change(&mut screen, &mut world, &[CommandId::Remove]);
    assert!(!looked_at(&world, key).holds());

    let (mut world, mut screen, _) = second_look(words);
    let title = change(&mut screen, &mut world, &[CommandId::Open]);
    assert!(title.contains(words), "{title}");
    assert!(shows(&world, &screen, "now"));
}
