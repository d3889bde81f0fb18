//! How circles do, and what is mine in passing.

use serde_json::Value;

use crate::{Desk, has};

/// Two circles: one of three that meets, one that never has.
fn two() -> Desk {
    let desk = Desk::ready();
    let old = "2026-01-05T10:00:00Z";
    desk.run_at(
        old,
        &["circle", "new", "Quiet Readers", "--kind", "book-club"],
    )
    .ok();
    desk
}

fn row<'a>(rows: &'a [Value], id: &str) -> &'a Value {
    rows.iter().find(|row| row["id"] == id).unwrap()
}

#[test]
fn a_list_of_circles_counts_and_repeats_nobodys_words() {
    let desk = two();
    let up = ["--circle", "ladder-up"];
    let add = |words: &str| {
        desk.run(&["add", words, up[0], up[1]]).ok();
    };
    for number in 1..=6 {
        add(&format!("a Ask number{number} @maria due 2026-03-11"));
    }
    add("a Secret wish @mei due 2026-04-20");
    for id in ["A1", "A2", "A3", "A4"] {
        desk.run(&["action", "done", &format!("ladder-up/{id}")])
            .ok();
    }
    let rows = desk.json(&["circle", "list"]).items();
    let ladder = row(&rows, "ladder-up");
    has(
        ladder,
        &[
            "next_session",
            "last_session",
            "running",
            "members",
            "kind",
            "uid",
        ],
    );
    assert_eq!(ladder["open_actions"], 3);
    assert_eq!(ladder["late_actions"], 2);
    // Four of six that were due.
    assert_eq!(ladder["done_percent"], 67);
    assert_eq!(ladder["health"], "late");
    assert_eq!(ladder["attendance"]["sessions"], 0);
    assert_eq!(ladder["attendance"]["percent"], Value::Null);
    let quiet = row(&rows, "quiet-readers");
    assert_eq!(quiet["health"], "never-met");
    assert_eq!(quiet["done_percent"], Value::Null);
    let told = desk.run(&["circle", "list"]).ok().out;
    for words in ["3 open, 2 late", "67% done", "no session yet, 9 weeks old"] {
        assert!(told.contains(words), "{words} in {told}");
    }
    for words in ["Ask", "Secret", "Maria", "Mei"] {
        assert!(!told.contains(words), "{words} in {told}");
    }
}

#[test]
fn a_share_of_few_is_not_told() {
    let desk = Desk::ready();
    for words in ["a One due 2026-03-11", "a Two due 2026-03-11"] {
        desk.run(&["add", words]).ok();
    }
    desk.run(&["action", "done", "A1"]).ok();
    let rows = desk.json(&["circle", "list"]).items();
    assert_eq!(rows[0]["done_percent"], Value::Null);
}

#[test]
fn attendance_is_of_those_expected() {
    let desk = Desk::ready();
    desk.run_at("2026-03-12T15:00:00Z", &["session", "start", "1"])
        .ok();
    desk.run_at("2026-03-12T16:00:00Z", &["session", "end"])
        .ok();
    let all = desk.run_at("2026-03-13T09:00:00Z", &["circle", "list", "--json"]);
    let rows = all.ok().items();
    assert_eq!(rows[0]["attendance"]["sessions"], 1);
    assert_eq!(rows[0]["attendance"]["expected"], 3);
    assert_eq!(rows[0]["attendance"]["percent"], 100);
    let later = desk
        .run_at("2026-05-30T09:00:00Z", &["circle", "list"])
        .ok();
    assert!(
        later.out.contains("no session in 11 weeks"),
        "{}",
        later.out
    );
}

#[test]
fn status_is_one_line_that_names_a_circle_where_there_are_several() {
    let desk = two();
    desk.run(&["add", "a One @maria due 2026-03-14", "--circle", "ladder"])
        .ok();
    let line = desk.run(&["status"]).ok().out;
    assert_eq!(line, "1 action, 1 due Saturday; Ladder Up today 15:00\n");
    let one = desk.run(&["status", "--circle", "ladder"]).ok().out;
    assert_eq!(one, "1 action, 1 due Saturday; circle today 15:00\n");
    desk.run(&["status", "--circle", "x"]).fails(2, "No circle");
    desk.run(&["circle", "archive", "ladder"]).ok();
    assert_eq!(desk.run(&["status"]).ok().out, "no actions\n");
}

#[test]
fn status_reminds_of_what_is_late_and_due_today() {
    let desk = Desk::ready();
    for words in [
        "a Send deck @maria due 2026-03-10",
        "a Book room @maria due today",
        "a Mail Ana @maria due ns",
        "a Read on @maria due 2026-04-01",
        "a Not mine @mei due 2026-03-10",
    ] {
        desk.run(&["add", words]).ok();
    }
    let told = desk.run(&["status", "--due", "--check"]);
    assert_eq!(told.code, 10);
    // The next session is today.
    let lines: Vec<&str> = told.out.lines().collect();
    assert_eq!(
        lines[0],
        "4 actions, 1 late, 2 due today; circle today 15:00"
    );
    assert!(lines[1].contains("due Tue 10 (2d ago)"), "{}", lines[1]);
    assert!(lines[1].contains("Send deck"), "{}", lines[1]);
    assert!(
        lines[2].contains("today") && lines[2].contains("Book room"),
        "{}",
        lines[2]
    );
    assert!(!told.out.contains("Not mine"));
    let json = desk.run(&["status", "--due", "--json"]).ok().json();
    assert_eq!(json["schema"], "circlet.status/1");
    assert_eq!(
        (&json["overdue"], &json["due_today"]),
        (&1.into(), &2.into())
    );
    assert_eq!(json["next_due"], "2026-04-01");
    assert_eq!(json["due"][0]["text"], "Send deck");
    assert_eq!(desk.run(&["status", "--check"]).code, 10);
    let calm = desk
        .run_at("2026-03-09T09:00:00Z", &["status", "--check"])
        .ok();
    assert!(calm.out.contains("1 due tomorrow"), "{}", calm.out);
}

#[test]
fn a_template_is_known_by_the_beginning_of_its_name() {
    let desk = Desk::ready();
    let make =
        |name: &str, template: &str| desk.run(&["circle", "new", name, "--template", template]);
    make("Pages", "book-club").ok();
    make("Seats", "hot").ok();
    let several = "\"c\" could be case-discussion-75, closing-60";
    make("Ends", "c").fails(2, several);
    make("Ends", "nowhere").fails(2, "There is no template \"nowhere\"");
    let past = desk
        .run(&["circle", "new", "Old", "--meets", "2026-01-08 15:00"])
        .ok();
    assert!(
        past.err.contains("That time is in the past."),
        "{}",
        past.err
    );
    let shown = desk.run(&["template", "show", "book"]).ok();
    assert!(shown.out.contains("Book club"), "{}", shown.out);
}
