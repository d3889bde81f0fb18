//! What goes across circles, on the command line.

use crate::{Desk, holds};

/// Two circles; Maria is in both, under the same name.
fn two() -> Desk {
    let desk = Desk::ready();
    desk.run(&["circle", "new", "Readers"]).ok();
    desk.run(&["--circle", "readers", "member", "add", "maria okafor"])
        .ok();
    desk.run(&["--circle", "ladder", "add", "a Send deck @maria due fri"])
        .ok();
    desk
}

#[test]
fn an_action_moves_to_another_circle_and_undo_takes_both_sides_back() {
    let desk = two();
    let told = desk
        .run(&["action", "move", "ladder-up/A1", "--to", "readers"])
        .ok();
    assert!(told.out.contains("A1"), "{}", told.out);
    assert!(told.err.contains("has the same name"), "{}", told.err);
    let rows = |circle: &str| desk.json(&["--circle", circle, "action", "list"]).items();
    assert!(rows("ladder").is_empty());
    let there = rows("readers");
    assert_eq!(there[0]["owner"], "maria okafor");
    assert_eq!(
        there[0]["note"],
        "From Ladder Up, where it was A1 of 12 Mar 2026"
    );
    desk.run(&["undo"]).ok();
    assert!(rows("readers").is_empty());
    assert_eq!(rows("ladder")[0]["owner"], "Maria Okafor");
    desk.run(&["action", "move", "A1", "--to", "ladder"])
        .fails(1, "already");
}

#[test]
fn a_search_finds_everything_by_all_its_words() {
    let desk = two();
    desk.run(&["--circle", "ladder", "add", "n Ask about the décK later"])
        .ok();
    let found = |args: &[&str]| desk.json(args).items();
    let rows = found(&["search", "deck"]);
    let mut ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["A1", "N1"]);
    assert!(rows.iter().any(|row| row["type"] == "note"));
    assert!(rows.iter().all(|row| row["circle"] == "Ladder Up"));
    assert_eq!(found(&["search", "DECK", "send"]).len(), 1);
    assert_eq!(found(&["search", "deck", "--kind", "actions"]).len(), 1);
    assert_eq!(
        found(&["search", "okafor", "--kind", "member"]).len(),
        2,
        "she is in both circles"
    );
    assert_eq!(found(&["--circle", "readers", "search", "okafor"]).len(), 1);
    assert_eq!(found(&["search", "deck", "--limit", "1"]).len(), 1);
    let none = desk.run(&["search", "nowhere"]).ok();
    assert!(none.err.contains("Nothing has all of these words."));
    desk.run(&["search", "x", "--kind", "things"])
        .fails(2, "they are session");
}

#[test]
fn members_of_two_circles_are_the_same_person_until_they_are_not() {
    let desk = two();
    desk.run(&[
        "--circle",
        "readers",
        "member",
        "edit",
        "maria",
        "--name",
        "M. Adeyemi",
    ])
    .ok();
    desk.run(&["member", "same", "ladder/maria", "readers/adeyemi"])
        .ok();
    desk.run(&["action", "move", "A1", "--to", "readers"]).ok();
    let rows = desk
        .json(&["--circle", "readers", "action", "list"])
        .items();
    assert_eq!(rows[0]["owner"], "M. Adeyemi");
    desk.run(&["member", "same", "maria", "readers/adeyemi"])
        .fails(2, "names no circle");
    desk.run(&["member", "apart", "readers/adeyemi"]).ok();
    desk.run(&["member", "apart", "readers/adeyemi"])
        .fails(1, "not known");
    desk.run(&["undo"]).ok();
    desk.run(&["member", "apart", "ladder/maria"]).ok();
}

#[test]
fn an_erased_person_is_nobody_of_another_circle_any_more() {
    let desk = two();
    desk.run(&["member", "same", "ladder/maria", "readers/maria"])
        .ok();
    desk.run(&["--circle", "ladder", "erase", "--member", "maria", "--yes"])
        .ok();
    desk.run(&["member", "apart", "readers/maria"])
        .fails(1, "not known");
}

#[test]
fn an_action_that_was_moved_is_erased_with_its_past_in_both_circles() {
    let desk = two();
    desk.run(&["action", "move", "A1", "--to", "readers"]).ok();
    assert!(holds(desk.dir.path(), "Send deck"));
    desk.run(&["erase", "A1", "--yes"]).ok();
    assert!(!holds(desk.dir.path(), "Send deck"));
}
