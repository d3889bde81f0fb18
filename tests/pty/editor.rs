//! `E`: somebody's own editor has the terminal for a while, and circlet has it back afterwards.

use circlet_support::Place;

use crate::{SOON, USUAL, is_given_back, json, place};

/// Says that it is there, takes one line from the keyboard, and writes it below the words that it was given.
const EDITOR: &str = "printf 'THE EDITOR\\n'\n\
    typed=\nwhile [ -z \"$typed\" ]; do read typed; done\n\
    head -n 1 \"$2\" > \"$2.new\"\nprintf '\\n%s\\n' \"$typed\" >> \"$2.new\"\n\
    cat \"$2.new\" > \"$2\"\nrm \"$2.new\"\n";

/// A circle with one action, and that script as the editor of whoever sits here.
fn with_editor(script: &str) -> Place {
    let place = place();
    place.ladder_up();
    place.ok(&["add", "a Send deck @maria due fri"]);
    let file = place.file("my editor.sh", script.as_bytes());
    let file = file.expect("a home takes a file");
    place.with("VISUAL", &format!("sh '{}' --wait", file.display()))
}

fn note(place: &Place) -> serde_json::Value {
    let list = json(&place.ok(&["action", "list", "--json"]));
    list["items"][0]["note"].clone()
}

#[test]
fn an_editor_gets_every_key_and_gives_the_screen_back_where_it_was() {
    let place = with_editor(EDITOR);
    let mut terminal = place.open(&[], USUAL);
    terminal.wait_for("Ladder Up", SOON);
    terminal.type_keys("ga");
    terminal.wait_for("Send deck", SOON);
    terminal.type_keys("E");
    terminal.wait_for("THE EDITOR", SOON);
    is_given_back(&terminal);
    terminal.type_keys("gather figures q first<enter>");
    terminal.wait_for("gather figures q first", SOON);
    terminal.wait_for("Send deck", SOON);
    assert!(terminal.is_raw() && terminal.screen().alternate_screen());
    assert_eq!(note(&place), "gather figures q first");
    let left = std::fs::read_dir(place.root().join("run/circlet")).expect("it is there");
    let left = left.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    assert!(left.into_iter().all(|name| !name.starts_with("edit-")));
    // Keys are read again, and one of them takes it back.
    terminal.type_keys("u");
    terminal.wait_for("Taken back", SOON);
    assert!(note(&place).is_null());
}

#[test]
fn keys_that_interrupt_are_meant_for_the_editor() {
    let trapped = format!("trap 'printf INTERRUPTED' INT\n{EDITOR}");
    let place = with_editor(&trapped);
    let mut terminal = place.open(&[], USUAL);
    terminal.wait_for("Ladder Up", SOON);
    terminal.type_keys("ga");
    terminal.wait_for("Send deck", SOON);
    terminal.type_keys("E");
    terminal.wait_for("THE EDITOR", SOON);
    terminal.type_keys("<c-c>");
    terminal.wait_for("INTERRUPTED", SOON);
    terminal.type_keys("still there<enter>");
    terminal.wait_for("Send deck", SOON);
    assert!(terminal.ended().is_none());
    terminal.type_keys("gh");
    terminal.wait_for("Next", SOON);
}
