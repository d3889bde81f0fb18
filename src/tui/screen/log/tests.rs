use proptest::prelude::*;

use super::*;
use crate::domain::change::{ActKind, Author, Via};
use crate::domain::clock::Span;
use crate::domain::id::{Ids, Kind, RunId};
use crate::engine::query::Row;
use crate::tui::fixture_lists::{HARD, SIZES, World};

fn acts(world: &World, from: u64, titles: &[&str]) -> Vec<LogRow> {
    let mut ids = Ids::new(world.now, from);
    let by = Author {
        via: Via::App,
        run: RunId(ids.make()),
    };
    let row = |(title, seq): (&&str, u64)| LogRow {
        id: ActId(ids.make()),
        seq,
        at: world.now - Span::from_minutes(i64::try_from(from - seq).unwrap() * 300),
        by,
        title: (*title).to_owned(),
        kind: ActKind::Do,
        in_force: !title.contains("old"),
    };
    titles.iter().zip((0..=from).rev()).map(row).collect()
}

fn screen(world: &World) -> Log {
    let mut log = Log::default();
    let [acts_query, trash_query, _] = <[Query; 3]>::try_from(log.wants(&world.view())).unwrap();
    let mut rows = acts(
        world,
        9,
        &[
            "A14 \"Send deck\"",
            "old rename of Jun",
            "3 people",
            "old rename of Jun",
        ],
    );
    rows[1].kind = ActKind::Undo(rows[3].id);
    let answer = Answer::Log { rows, more: true };
    log.answered(&acts_query, &answer, &world.view());
    let trashed = |place: usize| {
        let id = world.actions[place];
        let mut action = world.state.action(world.circle, id).unwrap().clone();
        action.trashed = Some(world.now);
        Row {
            rev: 0,
            key: Key::circle(world.circle, Kind::Action, id.0),
            body: Document::Action(action).to_text(),
        }
    };
    let answer = Answer::Rows {
        rows: vec![trashed(0), trashed(1)],
        more: false,
    };
    log.answered(&trash_query, &answer, &world.view());
    log
}

fn press(screen: &mut Log, world: &World, ids: &[CommandId]) -> Reply {
    let mut reply = Reply::Ignored;
    for id in ids {
        reply = screen.run(*id, &Arg::None, &world.view());
    }
    reply
}

#[test]
fn acts_stand_beside_the_trash() {
    let world = World::new();
    insta::assert_snapshot!(world.show(&screen(&world), (120, 20)).join("\n"));
}

#[test]
fn any_act_in_force_is_taken_back() {
    let world = World::new();
    let mut screen = screen(&world);
    let undo = |screen: &Log, place: usize| {
        Reply::submit(Command::Undo {
            act: Some(screen.acts[place].id),
        })
    };
    let reply = press(&mut screen, &world, &[CommandId::Undo]);
    assert_eq!(reply, undo(&screen, 0));
    let reply = press(&mut screen, &world, &[CommandId::Down, CommandId::Open]);
    assert!(matches!(reply, Reply::Refuse(why) if why.contains("no step of its own")));
    let reply = press(&mut screen, &world, &[CommandId::Down, CommandId::Open]);
    assert_eq!(reply, undo(&screen, 2));
    let reply = press(&mut screen, &world, &[CommandId::Down, CommandId::Open]);
    assert!(matches!(reply, Reply::Refuse(why) if why.contains("taken back already")));
}

#[test]
fn only_what_was_taken_back_says_so() {
    let world = World::new();
    let mut screen = screen(&world);
    let marked = |screen: &Log, size| {
        let rows = world.show(screen, size);
        rows.iter().filter(|row| row.contains("taken back")).count()
    };
    assert_eq!(marked(&screen, (80, 24)), 1);
    // A pause: new, no step of its own.
    screen.acts[0].in_force = false;
    assert_eq!(marked(&screen, (80, 24)), 1);
    assert_eq!(marked(&screen, (44, 24)), 1);
    // Brought back: the newest turn decides.
    screen.acts[0].kind = ActKind::Redo(screen.acts[3].id);
    screen.acts[3].in_force = true;
    assert_eq!(marked(&screen, (80, 24)), 0);
}

#[test]
fn older_acts_are_asked_for_at_the_end_and_follow() {
    let world = World::new();
    let mut screen = screen(&world);
    let reply = press(&mut screen, &world, &[CommandId::End, CommandId::Down]);
    let query = Query::Log {
        circle: None,
        before: 6,
        limit: PAGE,
    };
    assert_eq!(reply, Reply::Do(vec![Request::Ask(query.clone())]));
    let answer = Answer::Log {
        rows: acts(&world, 5, &["first of all"]),
        more: false,
    };
    screen.answered(&query, &answer, &world.view());
    assert_eq!(screen.acts.len(), 5);
    let rows = world.show(&screen, (80, 24)).join("\n");
    assert!(
        rows.contains("first of all") && rows.contains("taken back"),
        "{rows}"
    );
}

#[test]
fn a_row_that_was_found_is_looked_for_page_after_page() {
    let world = World::new();
    let mut log = screen(&world);
    let found = Hit {
        key: Key::circle(world.circle, Kind::Decision, uuid::Uuid::from_u128(3)),
        sort: crate::domain::search::Sort::Decision,
        label: "D3".to_owned(),
        text: "Meet every week".to_owned(),
        beside: String::new(),
        state: String::new(),
        is_open: false,
        at: world.now,
        session: None,
        score: 1,
    };
    log.aim(&found, &world.view());
    let asked = |log: &Log| log.wants(&world.view()).remove(0);
    let first = asked(&log);
    assert!(matches!(
        first,
        Query::Log {
            before: u64::MAX,
            ..
        }
    ));
    let rows = acts(&world, 9, &["A14 \"Send deck\"", "3 people"]);
    let answer = Answer::Log { rows, more: true };
    log.answered(&first, &answer, &world.view());
    let second = asked(&log);
    assert!(matches!(second, Query::Log { before: 8, .. }), "{second:?}");
    let rows = acts(&world, 7, &["D30 \"Other\"", "D3 \"Meet every week\""]);
    let answer = Answer::Log { rows, more: true };
    log.answered(&second, &answer, &world.view());
    assert!(log.here().unwrap().title.starts_with("D3 "));
    // The newest page, asked for again, leaves the cursor where it is.
    let again = asked(&log);
    assert!(matches!(
        again,
        Query::Log {
            before: u64::MAX,
            ..
        }
    ));
    let rows = acts(&world, 9, &["A14 \"Send deck\"", "3 people"]);
    let answer = Answer::Log { rows, more: true };
    log.answered(&again, &answer, &world.view());
    assert!(log.here().unwrap().title.starts_with("D3 "));
}

#[test]
fn a_row_comes_back_from_the_trash() {
    let world = World::new();
    let mut screen = screen(&world);
    let reply = press(&mut screen, &world, &[CommandId::NextPane, CommandId::Open]);
    let keys = vec![Key::circle(world.circle, Kind::Action, world.actions[0].0)];
    let trashed = false;
    assert_eq!(reply, Reply::submit(Command::Trash { keys, trashed }));
}

#[test]
fn erasing_needs_the_word_and_takes_all_that_is_marked() {
    let world = World::new();
    let mut screen = screen(&world);
    let ids = [CommandId::NextPane, CommandId::MarkAll, CommandId::Remove];
    let Reply::Ask(ask) = press(&mut screen, &world, &ids) else {
        panic!("no line is asked for")
    };
    assert_eq!(ask.label, "Erase 2 rows for good");
    assert!(matches!(
        screen.entered(ask.tag, "y", &world.view()),
        Reply::Refuse(_)
    ));
    let key = |place: usize| Key::circle(world.circle, Kind::Action, world.actions[place].0);
    let target = EraseTarget::Rows(vec![key(0), key(1)]);
    let reply = screen.entered(ask.tag, "erase", &world.view());
    assert_eq!(reply, Reply::Do(vec![Request::Erase(target)]));
}

proptest! {
    #[test]
    fn it_draws_at_every_size(w in 1u16..200, h in 4u16..60, steps in prop::collection::vec(0usize..CommandId::ALL.len(), 0..12)) {
        let world = World::with(&HARD);
        let mut screen = screen(&world);
        for step in steps {
            screen.run(CommandId::ALL[step], &Arg::None, &world.view());
        }
        world.show(&screen, (w, h));
    }
}

#[test]
fn it_draws_at_the_sizes_that_are_looked_at() {
    let world = World::new();
    for size in SIZES {
        world.show(&screen(&world), size);
    }
}

#[test]
fn the_trash_goes_on_behind_its_first_page() {
    let world = World::new();
    let mut log = Log::default();
    let wanted = log.wants(&world.view());
    let row = |place: usize, minutes: i64| {
        let id = world.actions[place];
        let mut action = world.state.action(world.circle, id).unwrap().clone();
        action.trashed = Some(world.now - Span::from_minutes(minutes));
        Row {
            rev: 0,
            key: Key::circle(world.circle, Kind::Action, id.0),
            body: Document::Action(action).to_text(),
        }
    };
    let page = |rows: Vec<Row>, more: bool| Answer::Rows { rows, more };
    log.answered(
        &wanted[1],
        &page(vec![row(0, 0), row(1, 1)], true),
        &world.view(),
    );
    let reply = press(
        &mut log,
        &world,
        &[CommandId::NextPane, CommandId::Down, CommandId::Down],
    );
    let Reply::Do(requests) = reply else {
        panic!("{reply:?}");
    };
    let [Request::Ask(next @ Query::Trash { skip: 2, .. })] = requests.as_slice() else {
        panic!("{requests:?}");
    };
    log.answered(next, &page(vec![row(2, 2)], false), &world.view());
    assert_eq!(log.trash.len(), 3);
    // The first page comes again after each act; what is behind it stays.
    log.answered(&wanted[1], &page(vec![row(1, 1)], true), &world.view());
    assert_eq!(log.trash.len(), 2);
    assert!(log.more_trash.is_empty());
}
