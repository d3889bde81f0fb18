//! Two entries of one person, and people who are erased, on the command line.

use crate::{Desk, holds};

/// A circle in which Maria stands twice, and something of each entry.
fn twice() -> Desk {
    let desk = Desk::ready();
    desk.run(&["member", "add", "Maria O <m@example.org>"]).ok();
    desk.run(&["add", "a Send deck @maria-okafor due fri"]).ok();
    desk.run(&["add", "a Book a room @maria-o due fri"]).ok();
    desk.run(&["action", "done", "A2"]).ok();
    desk
}

fn owners(desk: &Desk) -> Vec<String> {
    let rows = desk.json(&["action", "list", "--all"]).items();
    let mut owners: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {}", row["id"], row["owner"]).replace('"', ""))
        .collect();
    owners.sort();
    owners
}

#[test]
fn two_entries_of_one_person_become_one_and_undo_takes_that_back() {
    let desk = twice();
    let before = owners(&desk);
    assert_eq!(before, ["A1 Maria Okafor", "A2 Maria O"]);
    desk.run(&["member", "merge", "maria-okafor", "Maria O"])
        .ok();
    assert_eq!(owners(&desk), ["A1 Maria Okafor", "A2 Maria Okafor"]);
    let people = desk.json(&["member", "list", "--all"]).items();
    assert_eq!(people.len(), 3);
    assert_eq!(people[0]["mail"], "m@example.org");
    desk.run(&["undo"]).ok();
    assert_eq!(owners(&desk), before);
    assert_eq!(desk.json(&["member", "list"]).items().len(), 4);
    desk.run(&["redo"]).ok();
    assert_eq!(owners(&desk), ["A1 Maria Okafor", "A2 Maria Okafor"]);
    desk.run(&["member", "merge", "maria", "maria"])
        .fails(1, "one entry already");
}

#[test]
fn both_in_one_session_are_two_people_until_one_of_them_was_away() {
    let desk = twice();
    desk.run(&["session", "start"]).ok();
    desk.run(&["member", "merge", "maria-okafor", "maria-o"])
        .fails(1, "wrap it up first");
    desk.run(&["session", "end"]).ok();
    desk.run(&["member", "merge", "maria-okafor", "maria-o"])
        .fails(1, "were there in #1 of 12 Mar 2026");
    desk.run(&["session", "away", "1", "maria-o"]).ok();
    desk.run(&["member", "merge", "maria-okafor", "maria-o"])
        .ok();
    let shown = desk.json(&["session", "show", "1"]).json();
    assert_eq!(shown["away"], serde_json::json!([]));
    desk.run(&["session", "away", "1", "maria"]).ok();
    desk.run(&["session", "away", "1", "maria", "--here"]).ok();
}

#[test]
fn whoever_was_known_by_the_other_name_is_told() {
    let desk = twice();
    desk.run(&["member", "me", "Maria O"]).ok();
    let told = desk
        .run(&["member", "merge", "maria-okafor", "Maria O"])
        .ok();
    assert!(
        told.err.contains("circlet member me \"Maria Okafor\""),
        "{}",
        told.err
    );
}

#[test]
fn an_erased_person_goes_with_the_entries_that_became_part_of_them() {
    let desk = twice();
    desk.run(&["member", "merge", "maria-okafor", "Maria O"])
        .ok();
    assert!(holds(desk.dir.path(), "Maria O\""));
    desk.run(&["erase", "--member", "maria", "--yes"]).ok();
    for words in ["Maria O", "m@example.org"] {
        let store = desk.path("store");
        assert!(!holds(&store, words), "{words}");
    }
    assert_eq!(owners(&desk), ["A1 former member", "A2 former member"]);
}

/// Maria in two circles, known to be one person, with something of hers in each.
fn known() -> Desk {
    let desk = Desk::ready();
    desk.run(&["add", "a Send deck @maria due fri"]).ok();
    desk.run(&["circle", "new", "Readers"]).ok();
    let readers = |words: &[&str]| {
        let mut all = vec!["--circle", "readers"];
        all.extend(words);
        desk.run(&all).ok()
    };
    readers(&["member", "add", "Maria Okafor", "Jun Tanaka"]);
    readers(&["add", "a Read on @maria due fri"]);
    desk.run(&["member", "same", "ladder/maria", "readers/maria"])
        .ok();
    desk
}

#[test]
fn a_person_is_erased_in_every_circle_in_which_they_are_known() {
    let desk = known();
    let words = [
        "--circle",
        "ladder",
        "erase",
        "--member",
        "maria",
        "--everywhere",
    ];
    let shown = desk.run(&[&words[..], &["--dry-run"]].concat()).ok();
    for part in [
        "Maria Okafor in Ladder Up, Readers goes for good",
        "Goes: name, mail.",
        "Stays, by a former member: 2 actions.",
    ] {
        assert!(shown.err.contains(part), "{part}: {}", shown.err);
    }
    assert!(holds(desk.dir.path(), "Maria Okafor"));
    desk.run(&[&words[..], &["--yes"]].concat()).ok();
    assert!(!holds(&desk.path("store"), "Maria Okafor"));
    for (circle, left) in [("ladder", 2), ("readers", 1)] {
        let people = desk.json(&["--circle", circle, "member", "list"]).items();
        assert_eq!(people.len(), left, "{circle}");
        let rows = desk.json(&["--circle", circle, "action", "list"]).items();
        assert_eq!(rows[0]["owner"], "former member", "{circle}");
    }
    desk.run(&["undo"]).ok();
    assert!(!holds(&desk.path("store"), "Maria Okafor"));
}

#[test]
fn without_everywhere_the_other_circles_keep_a_person_and_are_told() {
    let desk = known();
    let told = desk
        .run(&["--circle", "ladder", "erase", "--member", "maria", "--yes"])
        .ok();
    assert!(told.err.contains("They stay in Readers"), "{}", told.err);
    let people = desk
        .json(&["--circle", "readers", "member", "list"])
        .items();
    assert!(people.iter().any(|row| row["name"] == "Maria Okafor"));
    let told = desk.run(&["erase", "A1", "--everywhere", "--yes"]);
    assert_eq!(told.code, 2, "{}", told.err);
}

#[test]
fn a_time_behind_a_date_is_never_dropped_in_silence() {
    let desk = Desk::ready();
    let told = desk.run(&["add", "a Send deck @maria due fri 17:00"]).ok();
    assert!(
        told.err
            .contains("17:00 stays in the words; a date is a whole day"),
        "{}",
        told.err
    );
    let row = &desk.json(&["action", "list"]).items()[0];
    assert_eq!(row["text"], "Send deck 17:00");
    desk.run(&["action", "edit", "A1", "--due", "fri 17:00"])
        .fails(2, "A date is a whole day: write 2026-03-13");
}

#[test]
fn a_second_look_keeps_changes_or_reverses_a_decision_and_keeps_what_it_said() {
    let desk = Desk::ready();
    desk.run(&["add", "d Meet every two weeks"]).ok();
    desk.run(&["decision", "edit", "D1", "--revisit", "2026-06-01"])
        .ok();
    desk.run(&["decision", "change", "D1", "Meet every week"])
        .ok();
    desk.run(&["decision", "change", "D1", "Meet every week"])
        .fails(1, "the same words");
    desk.run(&["decision", "keep", "D1"]).ok();
    desk.run(&["decision", "reverse", "D1"]).ok();
    desk.run(&["decision", "reverse", "D1"])
        .fails(1, "reversed already");
    let row = &desk.json(&["decision", "list"]).items()[0];
    assert_eq!(row["text"], "Meet every week");
    assert_eq!(row["holds"], false);
    let looks = row["looks"].as_array().unwrap();
    let how: Vec<&str> = looks
        .iter()
        .map(|look| look["how"].as_str().unwrap())
        .collect();
    assert_eq!(how, ["changed", "kept", "reversed"]);
    assert_eq!(looks[0]["was"], "Meet every two weeks");
    assert_eq!(looks[0]["due"], "2026-06-01");
    let listed = desk.run(&["decision", "list"]).ok();
    assert!(listed.out.contains("reversed"), "{}", listed.out);
    desk.run(&["undo"]).ok();
    let row = &desk.json(&["decision", "list"]).items()[0];
    assert_eq!(row["holds"], true);
}
