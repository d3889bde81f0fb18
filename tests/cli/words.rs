//! What the command line says of itself, who sits here, and what it refuses to take in silence.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;

use crate::{Desk, program};

#[test]
fn help_tells_one_command_and_names_what_every_command_takes_once() {
    let desk = Desk::new();
    let all = desk.run(&["help"]).ok().out;
    for words in ["action", "--store", "Exit codes", "circlet help options"] {
        assert!(all.contains(words), "{words} in\n{all}");
    }
    let one = desk.run(&["help", "action", "renew"]).ok().out;
    assert!(one.contains("Usage: circlet action renew"), "{one}");
    assert!(one.contains("next session"), "{one}");
    for words in ["--store", "--theme"] {
        assert!(!one.contains(words), "{words} in\n{one}");
    }
    assert_eq!(desk.run(&["action", "renew", "--help"]).ok().out, one);
    let options = desk.run(&["help", "options"]).ok().out;
    for words in ["--store", "CIRCLET_STORE", "--json", "--read-only", "--now"] {
        assert!(options.contains(words), "{words} in\n{options}");
    }
    let short = desk.run(&["-h"]).ok().out;
    assert!(!short.contains("--store"), "{short}");
    desk.run(&["help", "acton"])
        .fails(2, "Did you mean action?");
    desk.run(&["help", "action", "renw"])
        .fails(2, "circlet help action lists");
}

#[test]
fn the_manual_has_a_page_for_each_command_and_points_to_no_page() {
    let desk = Desk::new();
    let page = desk.run(&["man", "action"]).ok().out;
    for words in [".TH", "circlet action renew", "waits"] {
        assert!(page.contains(words), "{words} in\n{page}");
    }
    let folder = desk.path("pages");
    desk.run(&["man", "--to", folder.to_str().unwrap()]).ok();
    let names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(names.contains(&"circlet.1".to_owned()), "{names:?}");
    assert!(names.contains(&"circlet-review.1".to_owned()), "{names:?}");
    assert!(!names.contains(&"circlet-complete.1".to_owned()));
    for name in names {
        let text = fs::read_to_string(folder.join(&name)).unwrap();
        assert!(!text.contains("(1)"), "{name}: {text}");
    }
}

#[test]
fn completions_know_circles_people_and_open_actions() {
    let desk = Desk::ready();
    desk.run(&["add", "a Send deck @maria"]).ok();
    desk.run(&["add", "a Book a room @mei"]).ok();
    desk.run(&["action", "done", "A2"]).ok();
    let store = desk.path("store");
    let store = store.to_str().unwrap();
    let ask = |words: &[&str]| {
        let line = ["complete", "--", "--store", store];
        let all: Vec<&str> = line.iter().chain(words).copied().collect();
        desk.run(&all).ok().out
    };
    assert_eq!(ask(&["action", "done", ""]), "A1\tSend deck\n");
    assert_eq!(ask(&["--circle", "la"]), "ladder-up\tLadder Up\n");
    let people = ask(&["action", "list", "--owner", "me"]);
    assert_eq!(people, "Mei Lin\tLadder Up\n");
    assert_eq!(ask(&["add", "@ma"]), "@Maria\tMaria Okafor\n");
    assert_eq!(ask(&["action", "renew", "A1", ""]), "");
    for shell in ["bash", "zsh", "fish"] {
        let script = desk.run(&["completions", shell]).ok().out;
        let offered = ["circlet__complete", "'complete:", "-a \"complete\""];
        assert!(
            !offered.iter().any(|words| script.contains(words)),
            "{shell}"
        );
        assert!(script.contains("rotation"), "{shell}");
    }
    let script = desk.run(&["completions", "bash"]).ok().out;
    assert!(script.contains("complete -- "), "{script}");
    let nowhere = desk.path("nowhere");
    let words = ["complete", "--", "--store", nowhere.to_str().unwrap()];
    let words: Vec<&str> = words.into_iter().chain(["action", "done", ""]).collect();
    assert_eq!(desk.run(&words).ok().out, "");
    assert!(!nowhere.exists());
}

#[test]
fn whoever_is_in_no_circle_of_a_store_is_told_so() {
    let desk = Desk::new();
    desk.run(&["circle", "new", "Club", "--no-questions"]).ok();
    desk.run(&["member", "add", "Tom Weiss", "Ana Lima"]).ok();
    fs::write(desk.path("config.toml"), "me = \"Maria Okafor\"\n").unwrap();
    let words = "Maria Okafor is in no circle of this store";
    desk.run(&["action", "list", "--mine"]).fails(2, words);
    desk.run(&["action", "list", "--filter", "@me"])
        .fails(2, words);
    desk.run(&["status", "--check"]).fails(2, words);
    let plain = desk.run(&["status"]).ok();
    assert!(plain.err.contains(words), "{}", plain.err);
    assert!(!plain.out.contains("no actions"), "{}", plain.out);
    // Another name in this store leaves the one of all others.
    desk.run(&["member", "me", "tom"]).ok();
    desk.run(&["action", "list", "--mine"]).ok();
    let config = fs::read_to_string(desk.path("config.toml")).unwrap();
    assert!(config.contains("me = \"Maria Okafor\""), "{config}");
    assert!(config.contains("Tom Weiss"), "{config}");
}

#[test]
fn what_would_change_nothing_or_surprise_is_said() {
    let desk = Desk::ready();
    desk.run(&["add", "a Send deck @maria"]).ok();
    let late = desk.run(&["action", "renew", "A1", "2020-01-01"]).ok();
    assert!(late.err.contains("past"), "{}", late.err);
    desk.run(&["action", "partly", "A1", " "])
        .fails(2, "what is left");
    desk.run(&["action", "done", "A1"]).ok();
    desk.run(&["action", "done", "A1"])
        .fails(1, "A1 is done already");
    for name in ["all", "Nobody", "me", "12"] {
        let told = desk.run(&["member", "add", name]);
        assert_eq!(told.code, 1, "{name}: {}", told.err);
    }
    desk.run(&["filter", "save", "late", "is:overdue"]).ok();
    let over = desk.run(&["filter", "save", "late", "is:blocked"]).ok();
    assert!(over.out.contains("which was is:overdue"), "{}", over.out);
    let none = desk.run(&["action", "list", "--filter", "nosuch"]).ok();
    assert!(none.err.contains("no filter is saved"), "{}", none.err);
    let dry = desk.json(&["erase", "A1", "--dry-run"]).json();
    assert_eq!(dry["saved"].as_array().map(Vec::len), Some(0));
    desk.run(&["erase", "A1", "--yes"]).ok();
    let undo = desk.run(&["undo"]).ok();
    assert!(undo.err.contains("stays erased"), "{}", undo.err);
}

#[test]
fn a_circle_that_is_made_says_when_it_meets_first() {
    let desk = Desk::new();
    let made = desk
        .run(&["circle", "new", "Ladder Up", "--meets", "every thu 15:00"])
        .ok();
    assert!(made.out.contains("#1 is planned for"), "{}", made.out);
    let shown = desk.run(&["export", "calendar", "-o", "-"]).ok().out;
    assert!(shown.starts_with("BEGIN:VCALENDAR"), "{shown}");
    desk.run(&["import", &desk.file("todo.txt", "(A) Call Ana\n")])
        .fails(1, "circlet import actions");
}

#[test]
fn an_action_that_moved_is_pointed_to() {
    let desk = Desk::ready();
    desk.run(&["circle", "new", "Readers", "--no-questions"])
        .ok();
    desk.run(&["--circle", "ladder", "add", "a Send deck"]).ok();
    desk.run(&["action", "move", "ladder/A1", "--to", "readers"])
        .ok();
    desk.run(&["action", "show", "ladder/A1"])
        .fails(1, "A1 moved to Readers as A1");
}

#[test]
fn a_session_that_was_not_held_is_not_next_on_the_command_line() {
    let desk = Desk::ready();
    let later = "2026-03-20T09:00:00Z";
    let added = desk.run_at(later, &["add", "a Call Ana"]);
    assert!(!added.out.contains("2026-03-12"), "{}", added.out);
    let shown = desk.run_at(later, &["session", "start"]);
    assert_eq!(shown.code, 1, "{}", shown.err);
    for words in ["was not held", "session move 1", "session skip 1"] {
        assert!(shown.err.contains(words), "{words} in {}", shown.err);
    }
    let line = desk.run_at(later, &["status"]).ok().out;
    assert!(!line.contains("ago"), "{line}");
}

/// Runs the program with these words where no file may have more than so many blocks; a shell sets the limit.
fn limited(desk: &Desk, blocks: u32, words: &str) -> std::process::Output {
    let line = program(desk.dir.path());
    std::process::Command::new("sh")
        .args([
            "-c",
            &format!("ulimit -f {blocks}; exec \"$0\" \"$@\" {words}"),
        ])
        .arg(line.get_program())
        .args(line.get_args())
        .env("XDG_RUNTIME_DIR", desk.dir.path())
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn a_limit_on_the_size_of_files_is_told_and_ends_nothing() {
    let desk = Desk::ready();
    let out = desk.path("out").display().to_string();
    let ended = limited(&desk, 0, &format!("keys > {out}"));
    let err = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.signal(), None, "{err}");
    assert_eq!(ended.status.code(), Some(1), "{err}");
    assert!(err.contains("could not be written"), "{err}");
}

#[test]
fn a_limit_below_the_size_of_the_store_leaves_it_as_it_was() {
    let desk = Desk::ready();
    desk.run(&["add", "a Send deck"]).ok();
    let store = desk.path("store");
    let folder = || {
        let entries = fs::read_dir(&store).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = folder();
    let read = limited(&desk, 100, "action list");
    let out = String::from_utf8(read.stdout).unwrap();
    assert!(out.contains("Send deck"), "{out}");
    let written = limited(&desk, 100, "add 'a More'");
    let err = String::from_utf8(written.stderr).unwrap();
    assert_eq!(written.status.code(), Some(4), "{err}");
    assert!(err.contains("ulimit -f"), "{err}");
    assert_eq!(folder(), before);
    assert!(!desk.run(&["action", "list"]).ok().out.contains("More"));
}
