//! The walk through open actions on a plain terminal, its answers piped in.

use std::io::Write as _;
use std::process::Stdio;

use super::*;

impl Desk {
    /// The same command as a process of its own, with these lines to read.
    fn piped(&self, words: &[&str], typed: &str) -> Told {
        let mut child = program(self.dir.path())
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(typed.as_bytes()).unwrap();
        drop(stdin);
        let ended = child.wait_with_output().unwrap();
        Told {
            code: u8::try_from(ended.status.code().unwrap()).unwrap(),
            out: String::from_utf8(ended.stdout).unwrap(),
            err: String::from_utf8(ended.stderr).unwrap(),
        }
    }

    /// With three actions of mine and one of somebody else.
    fn taken_on() -> Self {
        let desk = Self::ready();
        for line in [
            "a Send the deck @maria due today",
            "a Write down three asks @maria due tom",
            "a Ask for a longer meeting @maria due +3w",
            "a Book a room @mei due fri",
        ] {
            desk.run(&["add", line]).ok();
        }
        desk
    }
}

#[test]
fn a_walk_saves_every_answer_at_once_and_undo_takes_back_the_last() {
    let desk = Desk::taken_on();
    let told = desk.piped(&["review"], "1\n3\nsomeday\n3\n+1w\n7\n").ok();
    let words = [
        "1 of 3  A1",
        "saved A1 \"Send the deck\" done",
        "2 of 3  A2",
        "3 of 3  A3",
        "3 looked at: 1 done, 1 moved, 1 with help asked for.",
        "Of 3 you took on since March: 1 done, 2 open.",
    ];
    for words in words {
        assert!(told.out.contains(words), "{words}: {}", told.out);
    }
    assert!(told.err.contains("is no date"), "{}", told.err);
    assert!(told.err.contains("circlet undo takes back the last"));
    let open = desk.json(&["action", "list", "--mine"]).items();
    assert_eq!(open.len(), 2);
    assert!(
        open.iter().any(|row| row["due"] == "2026-03-19"),
        "{open:?}"
    );
    let parked = desk.json(&["parked", "list"]).items();
    assert_eq!(parked.len(), 1);
    desk.run(&["undo"]).ok();
    assert!(desk.json(&["parked", "list"]).items().is_empty());
}

#[test]
fn a_smaller_step_takes_the_place_of_an_action_and_comes_from_where_it_came_from() {
    let desk = Desk::taken_on();
    let told = desk.piped(&["review", "mei"], "6\n\n6\nAsk who has the key\n");
    let told = told.ok();
    assert!(
        told.out.contains("1 looked at: 1 made smaller."),
        "{}",
        told.out
    );
    assert!(!told.out.contains("you took on"), "{}", told.out);
    let old = desk.json(&["action", "show", "A4"]).json();
    assert_eq!(old["state"], "let go");
    let new = desk.json(&["action", "show", "A5"]).json();
    assert_eq!(new["owner"], "Mei Lin");
    assert_eq!(new["text"], "Ask who has the key");
    desk.run(&["undo"]).ok();
    let old = desk.json(&["action", "show", "A4"]).json();
    assert_eq!(old["state"], "open");
}

#[test]
fn json_lists_what_would_be_asked_and_takes_no_input() {
    let desk = Desk::taken_on();
    let told = desk.json(&["review", "--mine"]).json();
    assert_eq!(told["schema"], "circlet.review/1");
    assert_eq!(told["items"].as_array().unwrap().len(), 3);
    assert_eq!(told["items"][0]["id"], "A1");
    assert!(told["items"][0]["asks"].is_null());
    assert_eq!(told["went"][0]["all"]["open"], 3);
    let others = desk.json(&["review", "mei"]).json();
    assert_eq!(others["items"].as_array().unwrap().len(), 1);
    assert!(others.get("went").is_none(), "{others}");
}

#[test]
fn a_walk_ends_with_the_lines_and_nothing_is_lost_or_guessed() {
    let desk = Desk::taken_on();
    let told = desk.piped(&["review", "--mine"], "").ok();
    assert!(told.out.contains("1 of 3"), "{}", told.out);
    assert!(!told.out.contains("looked at"), "{}", told.out);
    let told = desk.piped(&["review"], "zz\n4\n").ok();
    assert!(
        told.err.contains("Write one of the numbers"),
        "{}",
        told.err
    );
    assert_eq!(desk.json(&["action", "list", "--mine"]).items().len(), 3);
    desk.run(&["review", "nobody-here"])
        .fails(2, "Nobody in Ladder Up is called");
    let stranger = Desk::new();
    stranger.run(&["circle", "new", "Ladder Up"]).ok();
    stranger
        .run(&["review", "--mine"])
        .fails(2, "circlet member me");
}

#[test]
fn the_question_of_the_week_is_answered_once_and_kept_for_its_writer() {
    let desk = Desk::taken_on();
    desk.run(&["question", "add", "What did you try?"]).ok();
    let offered = desk.piped(&["review"], ".\n.\n.\nq\n").ok();
    assert!(
        offered.out.contains("This week: What did you try?"),
        "{}",
        offered.out
    );
    assert!(desk.json(&["note", "list"]).items().is_empty());
    let answered = desk.piped(&["review"], ".\n.\n.\nI listened more\n").ok();
    assert!(answered.out.contains("N1"), "{}", answered.out);
    let notes = desk.json(&["note", "list"]).items();
    assert_eq!(notes[0]["audience"], "me");
    assert_eq!(notes[0]["tags"][0], "reflection");
    let again = desk.piped(&["review"], ".\n.\n.\n").ok();
    assert!(!again.out.contains("This week"), "{}", again.out);
    desk.run(&["erase", "--member", "maria", "--yes"]).ok();
    assert!(
        desk.json(&["note", "list"]).items().is_empty(),
        "what was for her alone goes with her"
    );
}
