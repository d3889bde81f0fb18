//! What actions wait for, help and are filtered by, and when decisions are looked at again.

use crate::Desk;

#[test]
fn an_action_is_described_and_asked_help_for() {
    let desk = Desk::ready();
    desk.run(&["add", "a Send deck @mei due fri"]).ok();
    desk.run(&[
        "action",
        "edit",
        "A1",
        "--waits-for",
        "the numbers",
        "--partner",
        "me",
        "--helps",
        "Listening",
        "--note",
        "one\ntwo",
    ])
    .ok();
    let row = desk.json(&["action", "show", "A1"]).json();
    assert_eq!(row["waits_for"], "the numbers");
    assert_eq!(row["partner"], "Maria Okafor");
    assert_eq!(row["helps"], "Listening");
    assert_eq!(row["note"], "one\ntwo");
    let shown = desk.run(&["action", "show", "A1"]).ok().out;
    assert!(shown.contains("waits for the numbers"), "{shown}");
    let blocked = ["action", "list", "--filter", "is:blocked"];
    assert_eq!(desk.json(&blocked).items().len(), 1);
    let args = ["--waits-for", "", "--partner", "nobody", "--note", ""];
    desk.run(&[&["action", "edit", "A1"], args.as_slice()].concat())
        .ok();
    let row = desk.json(&["action", "show", "A1"]).json();
    assert!(row["waits_for"].is_null() && row["partner"].is_null() && row["note"].is_null());
    desk.run(&["action", "help", "A1"]).ok();
    assert_eq!(desk.json(&["action", "show", "A1"]).json()["help"], true);
    assert_eq!(desk.json(&["parked", "list"]).items().len(), 1);
    desk.run(&["action", "help", "A1"]).fails(1, "already");
}

#[test]
fn a_filter_is_saved_used_by_its_name_and_dropped() {
    let desk = Desk::ready();
    desk.run(&["add", "a Send deck @mei due fri"]).ok();
    desk.run(&["add", "a Call Ana @me"]).ok();
    desk.run(&["filter", "save", "mine", "@me"]).ok();
    let row = &desk.json(&["filter", "list"]).items()[0];
    assert_eq!(
        (&row["name"], &row["filter"]),
        (&"mine".into(), &"@me".into())
    );
    let listed = desk.json(&["action", "list", "--filter", "mine"]).items();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0]["text"], "Call Ana");
    desk.run(&["filter", "save", "odd", "is:lost"])
        .fails(1, "is:lost");
    desk.run(&["action", "list", "--filter", "is:lost"])
        .fails(2, "is:lost");
    desk.run(&["filter", "drop", "mine"]).ok();
    desk.run(&["filter", "drop", "mine"])
        .fails(1, "None is saved yet");
    desk.run(&["undo"]).ok();
    assert_eq!(desk.json(&["filter", "list"]).items().len(), 1);
}

#[test]
fn a_decision_says_when_it_is_looked_at_again() {
    let desk = Desk::ready();
    desk.run(&["add", "d We start on time"]).ok();
    let edit = [
        "decision",
        "edit",
        "D1",
        "--revisit",
        "2026-06-01",
        "--outcome",
        "It holds",
    ];
    desk.run(&edit).ok();
    let row = &desk.json(&["decision", "list"]).items()[0];
    assert_eq!(row["revisit"], "2026-06-01");
    assert_eq!(row["outcome"], "It holds");
}

#[test]
fn of_many_actions_that_move_every_one_is_warned_of() {
    let desk = Desk::ready();
    desk.run(&["circle", "new", "Long Table", "--no-questions"])
        .ok();
    let lines: Vec<String> = (1..=205).map(|n| format!("a Thing {n} @mei")).collect();
    desk.run(&["--circle", "ladder", "add", &lines.join("\n")])
        .ok();
    let ids: Vec<String> = (1..=205).map(|n| format!("ladder-up/A{n}")).collect();
    let mut words = vec!["action", "move", "--json", "--to", "long"];
    words.extend(ids.iter().map(String::as_str));
    let moved = desk.run(&words);
    // Nobody there is Mei, so each of them is said.
    assert_eq!(moved.code, 3, "{}", moved.err);
    assert_eq!(moved.json()["warnings"].as_array().unwrap().len(), 205);
}
