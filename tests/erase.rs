//! Text that was erased is found in no file, whatever way it came in.

use std::path::PathBuf;
use std::time::Duration;

use circlet_support::{Place, Size, holding};
use serde_json::Value;

const SOON: Duration = Duration::from_secs(20);

/// Words that nobody else writes, one for each way in.
const TYPED: &str = "quokka-typed-7731";
const COMMAND: &str = "quokka-command-7732";
const IMPORTED: &str = "quokka-imported-7733";
const NOTE: &str = "quokka-note-7734";
const CHANGED: &str = "quokka-changed-7735";

fn place() -> Place {
    let place = Place::new(env!("CARGO_BIN_EXE_circlet"));
    place.ladder_up();
    place
}

fn id(place: &Place, list: &[&str], text: &str) -> String {
    let all: Value = serde_json::from_str(&place.ok(list)).expect("lists are JSON");
    let items = all["items"].as_array().expect("a list has items");
    let found = items.iter().find(|item| {
        item["text"]
            .as_str()
            .is_some_and(|line| line.contains(text))
    });
    found
        .and_then(|item| item["id"].as_str())
        .expect("it was saved")
        .to_owned()
}

/// Every file that the program has made, wherever it is.
fn found(place: &Place, text: &str) -> Vec<PathBuf> {
    holding(place.root(), text.as_bytes()).expect("folders can be read")
}

fn leave(mut terminal: circlet_support::Terminal) {
    terminal.type_keys("<c-c>");
    terminal.wait_for("Ctrl-C again", SOON);
    terminal.type_keys("<c-c>");
    terminal.wait_for_end(SOON);
}

#[test]
fn what_was_typed_sent_imported_and_changed_is_gone_from_every_file() {
    let place = place();
    place.ok(&["add", &format!("a {COMMAND} @maria")]);
    place.ok(&["add", &format!("n {NOTE}")]);
    place.ok(&[
        "action",
        "edit",
        "A1",
        "--text",
        &format!("{COMMAND} {CHANGED}"),
    ]);
    let list = format!("# Questions\n\n- What about {IMPORTED}?\n");
    let questions = place.file("questions.md", list.as_bytes());
    let questions = questions.expect("a home takes a file");
    place.ok(&[
        "question",
        "import",
        "--yes",
        &questions.display().to_string(),
    ]);
    std::fs::remove_file(&questions).expect("what we made is ours");
    let mut terminal = place.open(&["live"], Size(120, 36));
    terminal.wait_for("READY", SOON);
    terminal.type_keys("a");
    terminal.wait_for("Write down", SOON);
    terminal.type_keys(&format!("{TYPED}<enter>"));
    terminal.wait_for(&format!("\"{TYPED}\""), SOON);
    leave(terminal);
    let all = [TYPED, COMMAND, IMPORTED, NOTE, CHANGED];
    assert!(
        all.iter().all(|text| !found(&place, text).is_empty()),
        "it was there before"
    );

    for (list, text) in [
        (["action", "list", "--all", "--json"].as_slice(), TYPED),
        (&["action", "list", "--all", "--json"], COMMAND),
        (&["note", "list", "--json"], NOTE),
        (&["question", "list", "--json", IMPORTED], IMPORTED),
    ] {
        let id = id(&place, list, text);
        place.ok(&["erase", "--yes", &id]);
        assert_eq!(found(&place, text), Vec::<PathBuf>::new(), "{text}");
    }
    assert_eq!(found(&place, CHANGED), Vec::<PathBuf>::new());
    place.ok(&["doctor"]);
    assert_eq!(
        place.ok(&["member", "list"]).lines().count(),
        4,
        "nothing else went"
    );
}

#[test]
fn what_is_erased_beside_a_running_app_is_gone_from_every_file_too() {
    let place = place();
    let terminal = place.open(&[], Size(120, 36));
    terminal.wait_for("Next session", SOON);
    place.ok(&["add", &format!("a {COMMAND} @maria")]);
    terminal.wait_for(COMMAND, SOON);
    place.ok(&["erase", "--yes", "A1"]);
    assert_eq!(found(&place, COMMAND), Vec::<PathBuf>::new());
    leave(terminal);
    assert_eq!(found(&place, COMMAND), Vec::<PathBuf>::new());
}

#[test]
fn a_person_who_was_erased_is_named_in_no_file() {
    let place = place();
    place.ok(&["member", "add", &format!("{TYPED} <{COMMAND}@example.org>")]);
    place.ok(&["add", &format!("a Send deck @{TYPED}")]);
    place.ok(&["session", "invite", "next", CHANGED]);
    place.ok(&["erase", "--yes", "--member", TYPED]);
    place.ok(&["erase", "--yes", "--member", CHANGED]);
    assert_eq!(found(&place, CHANGED), Vec::<PathBuf>::new());
    assert_eq!(found(&place, TYPED), Vec::<PathBuf>::new());
    assert_eq!(found(&place, COMMAND), Vec::<PathBuf>::new());
    assert!(place.ok(&["action", "list"]).contains("Send deck"));
}

#[test]
fn a_circle_that_was_erased_is_found_in_no_file() {
    let place = place();
    place.ok(&["circle", "new", NOTE]);
    place.ok(&["--circle", NOTE, "add", &format!("d {TYPED}")]);
    place.ok(&["erase", "--yes", "--circle", NOTE, "--whole-circle"]);
    assert_eq!(found(&place, TYPED), Vec::<PathBuf>::new());
    assert_eq!(found(&place, NOTE), Vec::<PathBuf>::new());
    assert!(place.ok(&["circle", "list"]).contains("Ladder Up"));
}

#[test]
fn a_person_who_was_erased_leaves_groups_and_ties() {
    let place = place();
    place.ok(&["member", "add", TYPED]);
    place.ok(&["groups", "apart", "maria", TYPED]);
    place.ok(&["session", "start"]);
    place.ok(&["groups", "threes", "--start", "5"]);
    place.ok(&["session", "end", "--no-next"]);
    let people = || -> Vec<Value> {
        let all = place.ok(&["groups", "history", "--json"]);
        let all: Value = serde_json::from_str(&all).expect("lists are JSON");
        let groups = all["items"][0]["groups"].as_array().expect("groups");
        let people = groups.iter().filter_map(|group| group["people"].as_array());
        people.flatten().cloned().collect()
    };
    let before = people();
    assert!(before.iter().any(|name| name == TYPED), "{before:?}");
    place.ok(&["erase", "--yes", "--member", TYPED]);
    let after = people();
    assert_eq!(after.len(), before.len() - 1);
    assert!(
        !after.iter().any(|name| name == "former member"),
        "{after:?}"
    );
    place.ok(&["doctor"]);
}
