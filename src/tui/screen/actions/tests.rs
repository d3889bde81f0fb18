use proptest::prelude::*;

use super::*;
use crate::command::{Command, Context, ItemEdit, Settle, decide};
use crate::domain::change::{Author, Via};
use crate::domain::document::Document;
use crate::domain::filter::Filter;
use crate::domain::id::{CircleId, FilterId, Ids, Kind, RunId, Space};
use crate::domain::item::{Due, Owner};
use crate::domain::text::Clean;
use crate::engine::query::{PastRow, Row};
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
        let late = if size.0 < 60 {
            "Mon 9 3d"
        } else {
            "Mon 9 (3d ago)"
        };
        assert!(rows.iter().any(|row| row.contains(late)), "{rows:#?}");
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
    let reply = screen.entered(Asked::Due.into(), "", &world.view());
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
        screen.entered(Asked::Partly.into(), " ", &world.view()),
        Reply::Refuse(_)
    ));
    let reply = screen.entered(Asked::Partly.into(), "ask HR", &world.view());
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
    assert!(rows.contains("overdue, 1 shown"), "{rows}");
    assert!(!rows.contains("Send deck"), "{rows}");
}

#[test]
fn what_is_picked_is_shown_where_the_panes_lie_on_each_other() {
    let world = World::new();
    for size in [(80, 24), (40, 12)] {
        let mut screen = Actions::default();
        world.show(&screen, size);
        press(&mut screen, &world, &[CommandId::NextPane, CommandId::Down]);
        let filters = world.show(&screen, size).join("\n");
        assert!(filters.contains("Overdue"), "{filters}");
        assert_eq!(
            filters.matches('\u{25ba}').count(),
            1,
            "one cursor\n{filters}"
        );
        press(&mut screen, &world, &[CommandId::Open]);
        let rows = world.show(&screen, size).join("\n");
        assert!(rows.contains("Actions"), "{rows}");
        assert!(rows.contains("overdue"), "which ones is said\n{rows}");
    }
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
        body: document.to_text(),
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
    assert!(rows.contains("JT") && !rows.contains("Tanaka"), "{rows}");
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

fn edit(world: &mut World, place: usize, change: impl FnOnce(&mut Action)) {
    let id = world.actions[place];
    let mut action = world.state.action(world.circle, id).unwrap().clone();
    change(&mut action);
    world.put(Kind::Action, id.0, action);
}

fn shown(world: &World, screen: &Actions, size: (u16, u16)) -> String {
    world.show(screen, size).join("\n")
}

#[test]
fn what_an_action_waits_for_stands_in_its_row() {
    let mut world = World::new();
    edit(&mut world, 2, |action| {
        action.waits_for = Some(Clean::line("Ana"));
    });
    let mut screen = Actions::default();
    let rows = shown(&world, &screen, (120, 36));
    assert!(rows.contains("BLOCKED"), "{rows}");
    assert!(rows.contains("Send deck  waits: Ana"), "{rows}");
    screen.filter("is:blocked", &world.view());
    let rows = shown(&world, &screen, (80, 24));
    assert!(rows.contains("is:blocked, 1 shown"), "{rows}");
}

#[test]
fn the_detail_tells_everything_that_is_known() {
    let mut world = World::new();
    let partner = world.people[2];
    edit(&mut world, 0, |action| {
        action.partner = Some(partner);
        action.helps = Some(Clean::line("Asking for support"));
        action.note = Some(Clean::text("Keep them small\nenough to say yes to"));
        action.origin.prompt = Some(Clean::line("What would help?"));
    });
    let mut screen = Actions::default();
    let query = Query::Past {
        action: key(&world, 0),
        limit: 40,
    };
    let view = world.view();
    assert!(screen.wants(&view).contains(&query));
    let row = |minutes, via, step| PastRow {
        at: world.now - crate::domain::clock::Span::from_minutes(minutes),
        by: Author {
            via,
            run: RunId(world.circle.0),
        },
        kind: crate::domain::change::ActKind::Do,
        steps: vec![step],
    };
    let rows = vec![
        row(
            1,
            Via::Cli,
            crate::domain::past::Step::Due(Due::NextSession),
        ),
        row(2, Via::App, crate::domain::past::Step::Created),
    ];
    screen.answered(&query, &Answer::Past { rows, whole: true }, &view);
    assert!(!screen.wants(&view).contains(&query));
    insta::assert_snapshot!(shown(&world, &screen, (120, 36)));
    press(&mut screen, &world, &[CommandId::Open]);
    insta::assert_snapshot!(shown(&world, &screen, (80, 24)));
    world.masked = true;
    let rows = shown(&world, &screen, (80, 24));
    assert!(
        !rows.contains("Keep them small") && !rows.contains("María"),
        "{rows}"
    );
}

#[test]
fn a_cursor_that_runs_asks_for_one_row_at_a_time() {
    let world = World::new();
    let mut screen = Actions::default();
    let reply = press(&mut screen, &world, &[CommandId::Down]);
    assert!(matches!(reply, Reply::Do(requests) if requests.len() == 1));
    assert_eq!(
        press(&mut screen, &world, &[CommandId::Down]),
        Reply::Handled
    );
    let action = key(&world, 1);
    let (rows, whole) = (Vec::new(), true);
    let query = Query::Past { action, limit: 40 };
    screen.answered(&query, &Answer::Past { rows, whole }, &world.view());
    let action = key(&world, 2);
    let next = Query::Past { action, limit: 40 };
    assert!(screen.wants(&world.view()).contains(&next));
}

#[test]
fn rows_are_grouped_by_owner_and_sorted_by_age() {
    let world = World::new();
    let mut screen = Actions::default();
    let Reply::Choose(choice) = press(&mut screen, &world, &[CommandId::Sort]) else {
        panic!("no list is shown")
    };
    assert_eq!(screen.chosen(choice.tag, 1, &world.view()), Reply::Handled);
    let rows = shown(&world, &screen, (120, 36));
    assert!(rows.contains("by owner"), "{rows}");
    let at = |words: &str| {
        rows.find(words)
            .unwrap_or_else(|| panic!("{words}: {rows}"))
    };
    assert!(at("Ask for skip-level") < at("Write down three asks"));
    assert!(at("Write down three asks") < at("Share 1:1 template"));
    screen.chosen(choice.tag, 3, &world.view());
    assert!(shown(&world, &screen, (120, 36)).contains("by age"));
}

#[test]
fn the_owner_is_stepped_through_and_back() {
    let world = World::new();
    let mut screen = Actions::default();
    press(&mut screen, &world, &[CommandId::Next, CommandId::Next]);
    let rows = shown(&world, &screen, (80, 24));
    assert!(rows.contains("Jun, 2 shown"), "{rows}");
    press(&mut screen, &world, &[CommandId::Back, CommandId::Back]);
    assert!(shown(&world, &screen, (80, 24)).contains("6 shown"));
    press(&mut screen, &world, &[CommandId::Back]);
    let rows = shown(&world, &screen, (80, 24));
    assert!(rows.contains("nobody, 1 shown"), "{rows}");
}

#[test]
fn a_filter_is_saved_listed_picked_and_taken_off() {
    let mut world = World::new();
    let mut screen = Actions::default();
    let name = Arg::Text("my overdue".to_owned());
    let refused = screen.run(CommandId::SaveFilter, &name, &world.view());
    assert!(matches!(refused, Reply::Refuse(_)));
    screen.filter("#growth", &world.view());
    press(&mut screen, &world, &[CommandId::Next, CommandId::Next]);
    let reply = screen.run(CommandId::SaveFilter, &name, &world.view());
    let expected = Command::SaveFilter {
        name: Clean::line("my overdue"),
        text: Clean::line("@jun-tanaka #growth"),
    };
    assert_eq!(reply, Reply::submit(expected));

    let filter = FilterId(world.circle.0);
    let held = Filter::new(filter, Clean::line("mine"), Clean::line("@jun is:overdue"));
    let at = Key::new(Space::Org, Kind::Filter, filter.0);
    world.state.load(at, held.into());
    let mut screen = Actions::default();
    press(&mut screen, &world, &[CommandId::NextPane, CommandId::End]);
    assert_eq!(
        press(&mut screen, &world, &[CommandId::Remove]),
        Reply::submit(Command::DropFilter { filter })
    );
    press(&mut screen, &world, &[CommandId::Open]);
    let rows = shown(&world, &screen, (120, 36));
    assert!(rows.contains("@jun is:overdue, 1 shown"), "{rows}");
    assert!(
        rows.contains("Saved  (:save-filter)") && rows.contains("mine"),
        "{rows}"
    );
}

#[test]
fn all_circles_stand_together_with_the_name_of_each() {
    let mut world = World::new();
    let other = CircleId(world.sessions[0].0);
    let circle = crate::domain::circle::Circle::new(other, Clean::line("Quiet Readers"), world.now);
    world
        .state
        .load(Key::circle(other, Kind::Circle, other.0), circle.into());
    let mut action = world
        .state
        .action(world.circle, world.actions[2])
        .unwrap()
        .clone();
    action.text = Clean::line("Read chapter two");
    world
        .state
        .load(Key::circle(other, Kind::Action, action.id.0), action.into());
    let mut screen = Actions::default();
    assert!(!shown(&world, &screen, (120, 36)).contains("Read chapter two"));
    screen.filter("+quiet", &world.view());
    let rows = shown(&world, &screen, (120, 36));
    assert!(
        rows.contains("Read chapter two") && !rows.contains("Send deck"),
        "{rows}"
    );
    screen.filter("", &world.view());
    press(&mut screen, &world, &[CommandId::NextPane]);
    let place = screen
        .filter_rows(&world.view())
        .iter()
        .position(|row| *row == FilterRow::AllCircles)
        .unwrap();
    for _ in 0..place {
        press(&mut screen, &world, &[CommandId::Down]);
    }
    let reply = press(&mut screen, &world, &[CommandId::Open]);
    assert!(matches!(reply, Reply::Do(_)));
    let rows = shown(&world, &screen, (120, 36));
    assert!(rows.contains("all circles, 7 shown"), "{rows}");
    assert!(
        rows.contains("Quiet Readers") && rows.contains("Send deck"),
        "{rows}"
    );
}

#[test]
fn the_trash_is_found_and_its_rows_come_back() {
    let mut world = World::new();
    let mut screen = Actions::default();
    let reply = press(&mut screen, &world, &[CommandId::ToTrash]);
    let command = |trashed| Command::Trash {
        keys: vec![key(&world, 0)],
        trashed,
    };
    assert_eq!(reply, Reply::submit(command(true)));
    let back = Reply::submit(command(false));
    let at = world.now;
    edit(&mut world, 0, |action| action.trashed = Some(at));
    assert!(!shown(&world, &screen, (80, 24)).contains("skip-level"));
    let reply = screen.filter("is:trash", &world.view());
    assert!(matches!(reply, Reply::Do(requests)
        if requests.iter().any(|it| matches!(it, Request::Ask(Query::Trash { .. })))));
    assert!(shown(&world, &screen, (80, 24)).contains("skip-level"));
    let refused = press(&mut screen, &world, &[CommandId::Done]);
    assert!(matches!(refused, Reply::Refuse(why) if why.contains("X takes it out")));
    assert_eq!(press(&mut screen, &world, &[CommandId::ToTrash]), back);
}

#[test]
fn waits_for_and_its_like_are_typed_or_given_by_name() {
    let world = World::new();
    let mut screen = Actions::default();
    let words = Arg::Text("the budget".to_owned());
    let reply = screen.run(CommandId::WaitsFor, &words, &world.view());
    let changed = |edit| {
        let key = key(&world, 0);
        Reply::submit(Command::EditItem { key, edit })
    };
    let edit = ItemEdit {
        waits_for: Some(Clean::line("the budget")),
        ..ItemEdit::default()
    };
    assert_eq!(reply, changed(edit));
    let Reply::Do(requests) = press(&mut screen, &world, &[CommandId::EditNote]) else {
        panic!("no editor is asked for")
    };
    let [Request::Outside(outside)] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    let ask = &outside.instead;
    let edit = ItemEdit {
        note: Some(Clean::text("one\ntwo")),
        ..ItemEdit::default()
    };
    let reply = screen.entered(ask.tag, "one\\ntwo", &world.view());
    assert_eq!(reply, changed(edit));
    // From the editor: the first line is the action, what stands below it the note.
    let first = outside.text.lines().next().unwrap();
    assert_eq!(outside.text, format!("{first}\n\n\n"));
    let written = format!("{first}\n\none\ntwo");
    let reply = screen.entered(outside.tag, &written, &world.view());
    let edit = ItemEdit {
        note: Some(Clean::text("one\ntwo")),
        ..ItemEdit::default()
    };
    assert_eq!(reply, changed(edit));
    let reply = screen.entered(outside.tag, "Send slides", &world.view());
    let edit = ItemEdit {
        text: Some(Clean::line("Send slides")),
        ..ItemEdit::default()
    };
    assert_eq!(reply, changed(edit));
    assert!(matches!(
        screen.entered(outside.tag, "\n\nonly a note", &world.view()),
        Reply::Refuse(_)
    ));
    let reply = press(&mut screen, &world, &[CommandId::Goal]);
    assert!(matches!(&reply, Reply::Do(all)
        if matches!(all.as_slice(), [Request::Ask(Query::Competencies), Request::Line(_)])));
    let told = Answer::Words(vec!["Listening".to_owned()]);
    screen.answered(&Query::Competencies, &told, &world.view());
    assert_eq!(
        screen.completions(Asked::Goal.into(), &world.view()),
        ["Listening"]
    );
    let Reply::Choose(choice) = press(&mut screen, &world, &[CommandId::Partner]) else {
        panic!("no list is shown")
    };
    let edit = ItemEdit {
        partner: Some(Owner::Member(world.people[0])),
        ..ItemEdit::default()
    };
    assert_eq!(screen.chosen(choice.tag, 0, &world.view()), changed(edit));
    let reply = press(&mut screen, &world, &[CommandId::AskHelp]);
    let actions = vec![key(&world, 0)];
    let how = Settle::Help;
    assert_eq!(reply, Reply::submit(Command::Settle { actions, how }));
}

/// A field is open, somebody else changes the same words, Enter.
fn clash(world: &mut World) -> (Actions, crate::tui::view::Choice) {
    let mut screen = Actions::default();
    let Reply::Ask(ask) = press(&mut screen, world, &[CommandId::Edit]) else {
        panic!("no line is asked for")
    };
    edit(world, 0, |action| action.text = Clean::line("Ask Mei"));
    match screen.entered(ask.tag, "Ask Tom", &world.view()) {
        Reply::Choose(choice) => (screen, choice),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_edit_that_was_overtaken_shows_both_versions_and_loses_none() {
    for (row, expected) in [
        (
            0,
            ItemEdit {
                text: Some(Clean::line("Ask Tom")),
                ..ItemEdit::default()
            },
        ),
        (
            2,
            ItemEdit {
                note: Some(Clean::line("Words: Ask Tom")),
                ..ItemEdit::default()
            },
        ),
    ] {
        let mut world = World::new();
        let (mut screen, choice) = clash(&mut world);
        assert!(choice.title.contains("A11 was changed meanwhile"));
        assert_eq!(choice.rows[..2], ["mine    Ask Tom", "theirs  Ask Mei"]);
        let reply = screen.chosen(choice.tag, row, &world.view());
        let key = key(&world, 0);
        let edit = expected;
        assert_eq!(reply, Reply::submit(Command::EditItem { key, edit }));
    }
    let mut world = World::new();
    let (mut screen, choice) = clash(&mut world);
    let reply = screen.chosen(choice.tag, 1, &world.view());
    assert!(matches!(reply, Reply::Say(_)), "{reply:?}");
}

#[test]
fn an_edit_of_something_else_does_not_collide() {
    let mut world = World::new();
    let mut screen = Actions::default();
    let Reply::Ask(ask) = press(&mut screen, &world, &[CommandId::Edit]) else {
        panic!("no line is asked for")
    };
    edit(&mut world, 0, |action| action.due = Due::NextSession);
    let reply = screen.entered(ask.tag, "Ask Tom", &world.view());
    let Reply::Do(requests) = reply else {
        panic!("{reply:?}")
    };
    let [Request::Submit(command)] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    // The store refused it as stale all the same: it is sent again.
    let again = screen.overtaken(command, &world.view());
    assert_eq!(again, Reply::submit(command.clone()));
}

#[test]
fn ten_thousand_actions_are_worked_out_once_and_not_at_every_draw() {
    let mut world = World::new();
    let first = world
        .state
        .action(world.circle, world.actions[0])
        .unwrap()
        .clone();
    let mut ids = Ids::new(world.now, 9);
    for number in 0..10_000 {
        let id = crate::domain::id::ActionId(ids.make());
        let text = Clean::line(&format!("Action {number}"));
        let document = Document::Action(Action {
            id,
            number,
            text,
            ..first.clone()
        });
        world.put(Kind::Action, id.0, document);
    }
    let mut screen = Actions::default();
    let listed = screen.listed(&world.view());
    assert_eq!(listed.main, 10_006);
    world.show(&screen, (120, 36));
    press(&mut screen, &world, &[CommandId::Down, CommandId::Mark]);
    world.show(&screen, (120, 36));
    assert!(Rc::ptr_eq(&listed, &screen.listed(&world.view())));
    screen.filter("9999", &world.view());
    assert_eq!(screen.listed(&world.view()).main, 1);
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

#[test]
fn long_words_can_be_read_to_their_end() {
    let mut world = World::new();
    let key = key(&world, 0);
    let Some(Document::Action(action)) = world.state.get(&key).cloned() else {
        panic!("no action")
    };
    let text = Clean::line(&format!("{}and theveryend", "many words ".repeat(15)));
    world.state.load(key, Action { text, ..action }.into());
    let mut screen = Actions::default();
    for size in [(80, 24), (120, 36)] {
        assert!(world.show(&screen, size).join("\n").contains("theveryend"));
    }
    press(&mut screen, &world, &[CommandId::Open]);
    assert!(
        world
            .show(&screen, (40, 12))
            .join("\n")
            .contains("theveryend")
    );
}

#[test]
fn another_order_keeps_what_is_marked() {
    let world = World::new();
    let mut screen = Actions::default();
    press(&mut screen, &world, &[CommandId::Mark]);
    screen.chosen(Asked::Sort.into(), 1, &world.view());
    assert!(
        world
            .show(&screen, (80, 24))
            .join("\n")
            .contains("1 marked")
    );
}
