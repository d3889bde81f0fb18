//! The terminal that drives programs, tried on programs that every system has.

use std::path::Path;
use std::time::Duration;

use circlet_support::{Damage, Place, Seed, Signal, Size, bytes, holding, loose, now};

const SOON: Duration = Duration::from_secs(10);

fn place() -> Place {
    // These programs do not know the options of ours.
    Place::new("/bin/sh").at("")
}

#[test]
fn what_is_typed_comes_back_on_the_screen() {
    let place = place();
    let mut terminal = place.open(&["-c", "cat"], Size(40, 5));
    terminal.type_keys("a Send deck<enter>");
    terminal.wait_for("a Send deck\na Send deck", SOON);
    terminal.type_keys("<c-d>");
    assert_eq!(terminal.wait_for_end(SOON).exit_code(), 0);
}

#[test]
fn a_program_is_told_of_a_new_size() {
    let place = place();
    let script = "trap 'stty size' WINCH; echo ready; while read line; do echo \"$line\"; done";
    let mut terminal = place.open(&["-c", script], Size(40, 5));
    terminal.wait_for("ready", SOON);
    terminal.resize(Size(50, 7));
    terminal.type_keys("x<enter>");
    terminal.wait_for("7 50", SOON);
    assert!(!terminal.is_raw());
}

#[test]
fn a_closed_terminal_ends_a_program_that_wrote_nothing_more() {
    let place = place();
    let mut terminal = place.open(&["-c", "echo ready; cat"], Size(40, 5));
    terminal.wait_for("ready", SOON);
    terminal.close();
    let begun = now();
    terminal.wait_for_end(SOON);
    assert!(begun.elapsed() < SOON);
}

#[test]
fn a_signal_reaches_the_program() {
    let place = place();
    let mut terminal = place.open(&["-c", "echo ready; cat"], Size(40, 5));
    terminal.wait_for("ready", SOON);
    terminal.signal(Signal::KILL);
    assert!(terminal.wait_for_end(SOON).signal().is_some());
}

#[test]
fn what_did_not_come_is_told_with_the_screen() {
    let place = place();
    let terminal = place.open(&["-c", "echo ready; cat"], Size(40, 5));
    terminal.wait_for("ready", SOON);
    let missed = terminal
        .until("tea", Duration::from_millis(50), |screen| {
            screen.contents().contains("tea")
        })
        .unwrap_err();
    assert_eq!(
        (missed.what.as_str(), missed.screen.trim()),
        ("tea", "ready")
    );
    assert!(terminal.quiet_for(Duration::from_millis(20)));
}

#[test]
fn pieces_tell_how_much_was_written_since() {
    let place = place();
    let mut terminal = place.open(&["-c", "stty raw -echo; echo ready; cat"], Size(40, 5));
    terminal.wait_for("ready", SOON);
    assert!(terminal.is_raw());
    let from = terminal.count();
    terminal.send(&bytes("abc"));
    terminal.wait_for("abc", SOON);
    assert_eq!(terminal.pieces(from).iter().sum::<usize>(), 3);
    assert!(terminal.wrote(from, b"abc", SOON).is_ok());
}

#[test]
fn files_that_others_can_read_and_files_that_hold_a_word_are_found() {
    let place = place();
    let file = place.file("note", b"one two three").unwrap();
    let home = place.root().join("home");
    assert_eq!(holding(&home, b"two").unwrap(), std::slice::from_ref(&file));
    assert!(holding(&home, b"four").unwrap().is_empty());
    assert!(loose(place.root()).unwrap().is_empty());
    place.run(&["-c", "chmod 644 note"]);
    assert_eq!(loose(&home).unwrap(), [file]);
}

#[test]
fn damage_changes_exactly_what_it_says() {
    let place = place();
    let strike = |damage: Damage| {
        let file = place.file("data", &[7; 9000]).unwrap();
        assert!(damage.strike(&file, &mut Seed::new(3)).unwrap());
        read(&file)
    };
    let bit = strike(Damage::Bit).unwrap();
    assert_eq!(bit.iter().filter(|byte| **byte != 7).count(), 1);
    assert!(strike(Damage::Zeroes).unwrap().contains(&0));
    assert!(strike(Damage::Cut).unwrap().len() < 9000);
    assert_eq!(strike(Damage::Tail).unwrap().len(), 9200);
    assert_eq!(strike(Damage::Gone), None);
}

fn read(file: &Path) -> Option<Vec<u8>> {
    std::fs::read(file).ok()
}
