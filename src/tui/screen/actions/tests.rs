use proptest::prelude::*;

use super::*;
use crate::command::{Command, Context, ItemEdit, Settle, decide};
use crate::domain::change::{Author, Via};
use crate::domain::id::{Ids, RunId};
use crate::domain::item::Due;
use crate::domain::text::Clean;
use crate::engine::query::Row;
use crate::tui::fixture_lists::{HARD, SIZES, World, day};

fn key(world: &World, place: usize) -> Key {
    Key::circle(world.circle, Kind::Action, world.actions[place].0)
}

fn press(screen: &mut Actions, world: &World, ids: &[CommandId]) -> Reply {
    let mut reply = Reply::Ignored;
    for id in ids {
        reply = screen.run(*id, &Arg::None, &world.view());
    }
    reply
}

#[test]
fn a_wide_screen_shows_filters_list_and_detail() {
    let world = World::new();
    let screen = Actions::default();
    insta::assert_snapshot!(world.show(&screen, (120, 36)).join("\n"));
}

#[test]
fn a_usual_screen_shows_list_and_detail() {
    let world = World::new();
    insta::assert_snapshot!(world.show(&Actions::default(), (80, 24)).join("\n"));
}

#[test]
fn a_small_screen_shows_dates_and_words() {
    let world = World::new();
    insta::assert_snapshot!(world.show(&Actions::default(), (40, 12)).join("\n"));
}

#[test]
fn a_late_action_is_told_in_words_at_every_size_with_a_date() {
    let world = World::new();
    for size in &SIZES[..4] {
        let rows = world.show(&Actions::default(), *size);
        assert!(
            rows.iter().any(|row| row.contains("Mon 9 (3d ago)")),
            "{rows:#?}"
        );
    }
}

#[test]
fn done_and_let_go_act_on_the_row_under_the_cursor() {
    let world = World::new();
    let mut screen = Actions::default();
    let reply = press(&mut screen, &world, &[CommandId::Done]);
    let settle = |how| {
        Reply::submit(Command::Settle {
            actions: vec![key(&world, 0)],
            how,
        })
    };
    assert_eq!(reply, settle(Settle::Done));

    let mut screen = Actions::default();
    let reply = press(&mut screen, &world, &[CommandId::Remove]);
    assert!(
        matches!(&reply, Reply::Ask(ask) if ask.label.contains("A11")),
        "{reply:?}"
    );
    let Reply::Ask(ask) = reply else { return };
    let reply = screen.entered(ask.tag, "", &world.view());
    assert_eq!(reply, settle(Settle::LetGo(None)));
}

#[test]
fn after_done_the_cursor_stands_on_the_next_open_row() {
    let mut world = World::new();
    let mut screen = Actions::default();
    press(&mut screen, &world, &[CommandId::Done]);
    world.close(world.actions[0], "2026-03-12T16:40:00Z");
    let reply = press(&mut screen, &world, &[CommandId::Done]);
    let expected = Command::Settle {
        actions: vec![key(&world, 1)],
        how: Settle::Done,
    };
    assert_eq!(reply, Reply::submit(expected));
}

#[test]
fn marked_rows_are_changed_by_one_command() {
    let world = World::new();
    let mut screen = Actions::default();
    let ids = [CommandId::Mark, CommandId::Mark, CommandId::Due];
    let Reply::Ask(ask) = press(&mut screen, &world, &ids) else {
        panic!("no line is asked for")
    };
    let said = screen.entered(ask.tag, "someday", &world.view());
    assert!(matches!(said, Reply::Refuse(why) if why.contains("\"someday\" is no date")));
    let reply = screen.entered(ask.tag, "20 mar", &world.view());
    let edit = ItemEdit {
        due: Some(Due::On(day("2026-03-20"))),
        ..ItemEdit::default()
    };
    let keys = vec![key(&world, 0), key(&world, 1)];
    let command = Command::EditItems { keys, edit };
    assert_eq!(reply, Reply::submit(command.clone()));
    assert!(screen.marked.is_empty());
    let mut cx = Context {
        at: world.now,
        by: Author {
            via: Via::App,
            run: RunId(world.circle.0),
        },
        ids: Ids::new(world.now, 1),
        zone: chrono_tz::UTC,
    };
    let decided = decide(&world.state, &command, &mut cx).unwrap();
    assert_eq!(
        (decided.title.as_str(), decided.changes.len()),
        ("2 rows", 2)
    );
}

#[test]
fn an_empty_date_is_the_next_session() {
    let world = World::new();
    let mut screen = Actions::default();
    press(&mut screen, &world, &[CommandId::Due]);
    let reply = screen.entered(2, "", &world.view());
    let edit = ItemEdit {
        due: Some(Due::NextSession),
        ..ItemEdit::default()
    };
    let key = key(&world, 0);
    assert_eq!(reply, Reply::submit(Command::EditItem { key, edit }));
}

#[test]
fn an_owner_is_picked_from_the_roster() {
    let world = World::new();
    let mut screen = Actions::default();
    let Reply::Choose(choice) = press(&mut screen, &world, &[CommandId::Owner]) else {
        panic!("no list is shown")
    };
    assert_eq!(choice.rows.last().map(String::as_str), Some("nobody"));
    assert_eq!(choice.selected, 1);
    let reply = screen.chosen(choice.tag, 0, &world.view());
    let edit = ItemEdit {
        owner: Some(Owner::Member(world.people[0])),
        ..ItemEdit::default()
    };
    let key = key(&world, 0);
    assert_eq!(reply, Reply::submit(Command::EditItem { key, edit }));
}

#[test]
fn partly_needs_a_line_and_keeps_it() {
    let world = World::new();
    let mut screen = Actions::default();
    press(&mut screen, &world, &[CommandId::Partly]);
    assert!(matches!(
        screen.entered(1, " ", &world.view()),
        Reply::Refuse(_)
    ));
    let reply = screen.entered(1, "ask HR", &world.view());
    let expected = Command::Settle {
        actions: vec![key(&world, 0)],
        how: Settle::Partly(Clean::line("ask HR")),
    };
    assert_eq!(reply, Reply::submit(expected));
}

#[test]
fn a_closed_row_is_opened_again_and_takes_no_date() {
    let world = World::new();
    let mut screen = Actions::default();
    press(&mut screen, &world, &[CommandId::End]);
    assert!(matches!(
        press(&mut screen, &world, &[CommandId::Due]),
        Reply::Refuse(_)
    ));
    assert_eq!(
        screen.offers(&world.view())[0],
        (CommandId::Done, "open again")
    );
    let expected = Command::Settle {
        actions: vec![key(&world, 6)],
        how: Settle::Reopen,
    };
    assert_eq!(
        press(&mut screen, &world, &[CommandId::Done]),
        Reply::submit(expected)
    );
}

#[test]
fn a_filter_narrows_the_list_and_esc_takes_it_away() {
    let world = World::new();
    let mut screen = Actions::default();
    assert_eq!(screen.filter("@jun due<fri", &world.view()), Reply::Handled);
    let rows = world.show(&screen, (80, 24)).join("\n");
    assert!(rows.contains("@jun due<fri, 1 shown"), "{rows}");
    assert!(!rows.contains("Send deck"), "{rows}");
    screen.filter("zebra", &world.view());
    let rows = world.show(&screen, (80, 24)).join("\n");
    assert!(rows.contains("Nothing matches zebra.") && rows.contains("Esc clears the filter"));
    assert_eq!(
        press(&mut screen, &world, &[CommandId::Close]),
        Reply::Handled
    );
    assert!(
        world
            .show(&screen, (80, 24))
            .join("\n")
            .contains("Send deck")
    );
    assert!(matches!(
        screen.filter("due<x", &world.view()),
        Reply::Refuse(_)
    ));
    assert_eq!(
        press(&mut screen, &world, &[CommandId::Close]),
        Reply::Ignored
    );
}

#[test]
fn a_row_of_the_filters_is_picked() {
    let world = World::new();
    let mut screen = Actions::default();
    let ids = [CommandId::NextPane, CommandId::Down, CommandId::Open];
    assert_eq!(press(&mut screen, &world, &ids), Reply::Handled);
    let rows = world.show(&screen, (120, 36)).join("\n");
    assert!(rows.contains("late, 1 shown"), "{rows}");
    assert!(!rows.contains("Send deck"), "{rows}");
}

#[test]
fn closed_rows_come_from_the_store_and_the_state_wins() {
    let mut world = World::new();
    let id = world.actions[6];
    let document = world
        .state
        .get(&Key::circle(world.circle, Kind::Action, id.0))
        .unwrap();
    let row = Row {
        rev: 0,
        key: Key::circle(world.circle, Kind::Action, id.0),
        body: document.to_body(),
    };
    world.state.unload(&row.key);
    let mut screen = Actions::default();
    assert!(
        !world
            .show(&screen, (80, 24))
            .join("\n")
            .contains("Send survey link")
    );
    let query = screen.wants(&world.view()).remove(0);
    let answer = Answer::Rows {
        rows: vec![row],
        more: false,
    };
    screen.answered(&query, &answer, &world.view());
    let rows = world.show(&screen, (80, 24)).join("\n");
    assert!(
        rows.contains("Done since last session") && rows.contains("1 of 7"),
        "{rows}"
    );
}

#[test]
fn masked_names_are_initials() {
    let mut world = World::new();
    world.masked = true;
    let rows = world.show(&Actions::default(), (120, 36)).join("\n");
    assert!(rows.contains("J. T.") && !rows.contains("Tanaka"), "{rows}");
}

#[test]
fn an_empty_list_names_the_key_that_fills_it() {
    let mut world = World::new();
    for id in world.actions.clone() {
        world
            .state
            .unload(&Key::circle(world.circle, Kind::Action, id.0));
    }
    let rows = world.show(&Actions::default(), (80, 24)).join("\n");
    assert!(
        rows.contains("No open actions.") && rows.contains("a add one"),
        "{rows}"
    );
    let reply = Actions::default().run(CommandId::Add, &Arg::None, &world.view());
    assert_eq!(
        reply,
        Reply::Do(vec![Request::Run(CommandId::AddAction, Arg::None)])
    );
}

proptest! {
    #[test]
    fn it_draws_at_every_size_with_hard_names(w in 1u16..200, h in 4u16..60, steps in prop::collection::vec(0usize..CommandId::ALL.len(), 0..12)) {
        let world = World::with(&HARD);
        let mut screen = Actions::default();
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
        world.show(&Actions::default(), size);
    }
}
