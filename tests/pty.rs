//! The real program in a real terminal: how it begins and ends, what it writes, and other processes of
//! the same person beside it.

use std::time::Duration;

use circlet_support::{Place, Seed, Signal, Size, Terminal, loose, now};
use serde_json::Value;

#[path = "pty/editor.rs"]
mod editor;
#[path = "pty/planning.rs"]
mod planning;

/// What a busy machine may need.
const SOON: Duration = Duration::from_secs(20);
/// What leaving may take, whatever happens.
const LEAVE: Duration = Duration::from_secs(3);
/// What a tick may write, over the ticks of a quarter of a minute, with all colours there are.
const TICK: usize = 200;
/// What a single one may, when several large digits and the bar change at once.
const LARGEST_TICK: usize = 270;
const WIDE: Size = Size(120, 36);
const USUAL: Size = Size(80, 24);

fn place() -> Place {
    Place::new(env!("CARGO_BIN_EXE_circlet"))
}

/// A circle of one's own with its session running on the screen.
fn running(place: &Place, size: Size) -> Terminal {
    place.ladder_up();
    let mut terminal = place.open(&["live"], size);
    terminal.wait_for("READY", SOON);
    terminal.type_keys("<space>");
    terminal.wait_for("RUNNING", SOON);
    terminal.wait_for("Space pause", SOON);
    terminal
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn texts(list: &str) -> Vec<String> {
    let list = json(list);
    let items = list["items"].as_array().expect("a list has items");
    items
        .iter()
        .filter_map(|item| item["text"].as_str().map(str::to_owned))
        .collect()
}

fn position(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes
        .windows(needle.len())
        .rposition(|window| window == needle)
}

/// Everything that was taken over belongs to the shell again.
#[track_caller]
fn is_given_back(terminal: &Terminal) {
    let raw = terminal.raw();
    for (name, off, on) in [
        (
            "the other screen",
            b"\x1b[?1049l".as_slice(),
            b"\x1b[?1049h".as_slice(),
        ),
        ("the cursor", b"\x1b[?25h", b"\x1b[?25l"),
        ("pasting", b"\x1b[?2004l", b"\x1b[?2004h"),
        ("clicks", b"\x1b[?1000l", b"\x1b[?1000h"),
        ("dragging", b"\x1b[?1002l", b"\x1b[?1002h"),
        ("the form of clicks", b"\x1b[?1006l", b"\x1b[?1006h"),
    ] {
        let (off, on) = (position(&raw, off), position(&raw, on));
        assert!(off.is_some() && off > on, "{name} was not given back");
    }
    assert!(!terminal.is_raw(), "keys are still taken one by one");
    assert!(!terminal.screen().alternate_screen());
}

#[test]
fn a_new_user_is_welcomed_and_one_key_gives_a_running_session() {
    let place = place();
    let mut terminal = place.open(&[], USUAL);
    terminal.wait_for("Try a running session", SOON);
    assert!(terminal.is_raw());
    terminal.type_keys("1");
    terminal.wait_for("DEMO", SOON);
    terminal.wait_for("RUNNING", SOON);
    assert!(!place.store().exists(), "looking around makes no store");
}

#[test]
fn the_form_makes_a_circle_whose_session_runs() {
    let place = place();
    let mut terminal = place.open(&[], USUAL);
    terminal.wait_for("Set up my circle", SOON);
    terminal.type_keys("2");
    terminal.wait_for("New circle", SOON);
    terminal.type_keys("Book Lovers<enter>");
    terminal.type_keys("Maria, Jun<enter>");
    terminal.type_keys("every 2 weeks thu 16:00 90m<c-j>");
    terminal.wait_for("Which one is you", SOON);
    terminal.type_keys("1");
    terminal.wait_for("saved", SOON);
    terminal.wait_until_gone("New circle", SOON);
    terminal.type_keys("gl");
    terminal.wait_for("READY", SOON);
    terminal.type_keys("<space>");
    terminal.wait_for("RUNNING", SOON);
    let sessions = json(&place.ok(&["session", "list", "--json"]));
    assert_eq!(sessions["items"][0]["state"], "running");
    let people = json(&place.ok(&["member", "list", "--json"]));
    assert_eq!(people["items"][1]["name"], "Jun");
}

#[test]
fn interrupting_twice_leaves_and_gives_the_terminal_back() {
    let place = place();
    let mut terminal = running(&place, USUAL);
    terminal.type_keys("<c-c>");
    terminal.wait_for("Ctrl-C again", SOON);
    terminal.type_keys("<c-c>");
    let status = terminal.wait_for_end(LEAVE);
    assert!(status.success(), "{status:?}");
    is_given_back(&terminal);
}

/// The first button is pressed and let go where this stands on the screen.
#[track_caller]
fn click(terminal: &mut Terminal, text: &str) {
    let screen = terminal.text();
    let found = (1..).zip(screen.lines()).find_map(|(row, line)| {
        let before = line.split_once(text)?.0;
        Some((1 + before.chars().count(), row))
    });
    let (column, row): (usize, usize) =
        found.unwrap_or_else(|| panic!("{text:?} is not there:\n{screen}"));
    terminal.send(format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m").as_bytes());
}

#[test]
fn a_click_on_the_clock_pauses_and_one_on_a_tab_goes_there() {
    let place = place();
    let mut terminal = running(&place, WIDE);
    click(&mut terminal, "left of");
    terminal.wait_for("PAUSED", SOON);
    click(&mut terminal, " Roster ");
    terminal.wait_for("People", SOON);
    terminal.type_keys(": mouse off<enter>");
    terminal.wait_for("The terminal has the mouse again", SOON);
    let raw = terminal.raw();
    assert!(position(&raw, b"\x1b[?1000l") > position(&raw, b"\x1b[?1000h"));
    leave(terminal);
}

#[test]
fn a_hidden_program_gives_the_mouse_back_and_takes_it_again() {
    let place = place();
    place.ladder_up();
    let mut terminal = place.open(&[], USUAL);
    terminal.wait_for("Next session", SOON);
    while !terminal.quiet_for(Duration::from_millis(300)) {}
    let from = terminal.count();
    terminal.type_keys("<c-z>");
    for off in ["\x1b[?1000l", "\x1b[?1002l", "\x1b[?1006l", "\x1b[?1049l"] {
        let given = terminal.wrote(from, off.as_bytes(), SOON);
        given.unwrap_or_else(|missed| panic!("{missed}"));
    }
    let from = terminal.count();
    // What comes before the program stands still does not wake it.
    let (again, begun) = (Duration::from_millis(250), now());
    while terminal.wrote(from, b"\x1b[?1002h", again).is_err() {
        assert!(begun.elapsed() < SOON, "the mouse was not taken again");
        terminal.signal(Signal::CONT);
    }
    terminal.wait_for("Next session", SOON);
    leave(terminal);
}

#[test]
fn a_terminal_without_a_mouse_is_not_asked_for_one() {
    let place = place().with("TERM", "linux");
    place.ladder_up();
    let terminal = place.open(&[], USUAL);
    terminal.wait_for("Next session", SOON);
    assert_eq!(position(&terminal.raw(), b"\x1b[?1000h"), None);
}

#[test]
fn a_program_that_is_told_to_end_leaves_at_once_and_loses_nothing() {
    let place = place();
    let mut terminal = running(&place, WIDE);
    write_down(&mut terminal, "Send deck");
    begin_to_write(&mut terminal, "half a thought");
    terminal.signal(Signal::TERM);
    let status = terminal.wait_for_end(LEAVE);
    assert_eq!(status.exit_code(), 128 + 15, "{status:?}");
    is_given_back(&terminal);
    finds_everything_again(&place);
}

#[test]
fn a_program_whose_terminal_was_closed_leaves_and_loses_nothing() {
    let place = place();
    let mut terminal = running(&place, WIDE);
    write_down(&mut terminal, "Send deck");
    begin_to_write(&mut terminal, "half a thought");
    // A window that is closed sends the end of a line before it goes, which would save the thought.
    terminal.type_keys("<esc>");
    terminal.wait_until_gone("Write down", SOON);
    let begun = now();
    terminal.close();
    terminal.wait_for_end(LEAVE);
    assert!(begun.elapsed() < LEAVE + LEAVE);
    finds_everything_again(&place);
}

#[track_caller]
fn write_down(terminal: &mut Terminal, text: &str) {
    begin_to_write(terminal, text);
    terminal.type_keys("<enter>");
    terminal.wait_for(&format!("\"{text}\""), SOON);
}

#[track_caller]
fn begin_to_write(terminal: &mut Terminal, text: &str) {
    terminal.type_keys("a");
    terminal.wait_for("Write down", SOON);
    terminal.type_keys(text);
    terminal.wait_for(text, SOON);
}

#[track_caller]
fn finds_everything_again(place: &Place) {
    assert_eq!(
        texts(&place.ok(&["action", "list", "--json"])),
        ["Send deck"]
    );
    let mut terminal = place.open(&[], WIDE);
    terminal.wait_for("was running when circlet stopped", SOON);
    terminal.type_keys("<enter>");
    terminal.wait_until_gone("was running when circlet stopped", SOON);
    terminal.type_keys("gl");
    terminal.wait_for("RUNNING", SOON);
    terminal.type_keys("a");
    terminal.wait_for("half a thought", SOON);
}

#[test]
fn after_many_sizes_the_screen_is_as_if_it_had_always_had_the_last() {
    let place = place();
    place.ladder_up();
    let last = Size(100, 30);
    let fresh = place.open(&[], last);
    fresh.wait_for("Next session", SOON);
    while !fresh.quiet_for(Duration::from_millis(300)) {}
    let right = fresh.text();
    drop(fresh);
    let mut terminal = place.open(&[], USUAL);
    terminal.wait_for("Next session", SOON);
    let mut seed = Seed::new(5);
    let mut side = |least, most| u16::try_from(seed.between(least, most)).expect("sizes are small");
    for _ in 0..200 {
        terminal.resize(Size(side(1, 160), side(1, 60)));
    }
    terminal.resize(last);
    let same = terminal.until("the right picture", SOON, |screen| {
        screen.contents() == right
    });
    same.unwrap_or_else(|missed| panic!("{missed}\ninstead of:\n{right}"));
}

#[test]
fn a_screen_on_which_nothing_happens_writes_nothing() {
    let place = place();
    place.ladder_up();
    let terminal = place.open(&[], WIDE);
    terminal.wait_for("Next session", SOON);
    while !terminal.quiet_for(Duration::from_millis(500)) {}
    assert!(terminal.quiet_for(Duration::from_secs(3)));
}

#[test]
fn a_tick_of_the_clock_is_one_small_write() {
    let place = place();
    let terminal = running(&place, WIDE);
    let second = Duration::from_millis(700);
    // What starting the session brought has been written once nothing comes between two ticks.
    while !terminal.quiet_for(second) {}
    let (from, begun) = (terminal.count(), now());
    for _ in 0..15 {
        terminal
            .grows(terminal.count(), SOON)
            .unwrap_or_else(|missed| panic!("{missed}"));
    }
    let (pieces, seconds) = (terminal.pieces(from), begun.elapsed().as_secs_f64());
    assert!(
        pieces.iter().all(|bytes| *bytes <= LARGEST_TICK),
        "{pieces:?}"
    );
    let mean = pieces.iter().sum::<usize>() / pieces.len().max(1);
    assert!(mean <= TICK, "{mean} of {pieces:?}");
    let ticks = f64::from(u32::try_from(pieces.len()).expect("few pieces"));
    assert!(ticks <= seconds + 2.0, "{pieces:?} in {seconds} s");
}

#[test]
fn commands_and_a_room_view_work_beside_a_running_session() {
    let place = place();
    let mut terminal = running(&place, WIDE);
    let receipt = json(&place.ok(&["add", "--json", "a Bring the plan @tom"]));
    assert_eq!(receipt["saved"][0]["origin"]["block"], "Welcome");
    terminal.wait_for("Bring the plan", SOON);
    write_down(&mut terminal, "Send deck");
    let mut listed = texts(&place.ok(&["action", "list", "--json"]));
    listed.sort();
    assert_eq!(listed, ["Bring the plan", "Send deck"]);
    let room = place.open(&["present"], USUAL);
    room.wait_for("Welcome", SOON);
    assert!(
        !room.text().contains("Send deck"),
        "what is written down is not for the room"
    );
    terminal.type_keys("<space>");
    terminal.wait_for("PAUSED", SOON);
    room.wait_for("PAUSED", SOON);
    place.ok(&["undo"]);
    terminal.wait_for("1 this session", SOON);
    drop(room);
    leave(terminal);
}

/// Interrupts twice, the second time when the first was answered.
fn leave(mut terminal: Terminal) {
    terminal.type_keys("<c-c>");
    terminal.wait_for("Ctrl-C again", SOON);
    terminal.type_keys("<c-c>");
    terminal.wait_for_end(LEAVE);
}

/// What somebody might put into a name so that it drives the terminal of whoever reads it.
const HOSTILE: [&str; 6] = [
    "Eve\u{1b}]0;owned\u{7}",
    "Eve\u{1b}[2J\u{1b}[31mred",
    "Eve\u{9b}31mred",
    "Eve\u{1b}]52;c;ZXZpbA==\u{7}",
    "Eve\u{1b}P$q\u{1b}\\",
    "Eve\u{202e}dlrow\u{200b}",
];

#[test]
fn names_cannot_drive_the_terminal_of_whoever_reads_them() {
    let place = place();
    place.ladder_up();
    for name in HOSTILE {
        // Refusing is as good as making it harmless.
        place.run(&["member", "add", name]);
        place.run(&["add", &format!("a {name} @maria")]);
        let file = place
            .file("people.txt", name.as_bytes())
            .expect("a home takes a file");
        place.run(&["member", "import", "--yes", &file.display().to_string()]);
    }
    for list in [["member", "list"], ["action", "list"]] {
        let told = place.ok(&list);
        assert!(told.contains("Eve"), "{told}");
        assert!(told.chars().all(harmless), "{told:?}");
    }
    let mut terminal = place.open(&["live"], WIDE);
    terminal.wait_for("READY", SOON);
    for screen in ["gr", "ga", "gt", "gh"] {
        terminal.type_keys(screen);
        while !terminal.quiet_for(Duration::from_millis(200)) {}
    }
    let raw = terminal.raw();
    let holds = |needle: &[u8]| position(&raw, needle).is_some();
    for payload in [
        "owned\u{7}",
        "\u{1b}]52",
        "\u{1b}[31mred",
        "\u{1b}P$q",
        "\u{9b}",
        "\u{202e}",
        "\u{200b}",
    ] {
        assert!(
            !holds(payload.as_bytes()),
            "{payload:?} reached the terminal"
        );
    }
}

/// No control character but the end of a line, and nothing that turns the direction of text around.
fn harmless(char: char) -> bool {
    char == '\n' || !(char.is_control() || matches!(char, '\u{200b}' | '\u{202a}'..='\u{202e}'))
}

#[test]
fn nobody_else_can_read_anything_after_any_command() {
    let place = place();
    place.ladder_up();
    let list = place
        .file("people.txt", b"Ana Costa\nBen Fox\n")
        .expect("a home takes a file");
    let (list, out) = (list.display().to_string(), place.root().join("home/out"));
    let named = |name: &str| out.with_file_name(name).display().to_string();
    let (backup, minutes, all) = (named("all.backup"), named("minutes.md"), named("all.json"));
    let copy = named("copy");
    let commands: [&[&str]; 14] = [
        &["member", "import", "--yes", &list],
        &["session", "start"],
        &["add", "a Send deck @maria"],
        &["add", "d Meet monthly"],
        &["undo"],
        &["redo"],
        &["action", "done", "A1"],
        &["question", "packs", "--add", "starter", "--yes"],
        &["export", "minutes", "-o", &minutes],
        &["export", "all", "-o", &all],
        &["session", "end", "--no-next"],
        &["backup", &backup],
        &["restore", &backup, &copy],
        &["doctor"],
    ];
    for command in commands {
        place.ok(command);
        assert_eq!(
            loose(place.root()).expect("folders can be read"),
            Vec::<std::path::PathBuf>::new(),
            "{command:?}"
        );
    }
    let terminal = place.open(&[], USUAL);
    terminal.wait_for("Next session", SOON);
    // At the first start the terminal is asked for its background; what is typed meanwhile may be lost.
    while !terminal.quiet_for(Duration::from_millis(300)) {}
    assert!(loose(place.root()).expect("folders can be read").is_empty());
    leave(terminal);
    assert!(loose(place.root()).expect("folders can be read").is_empty());
}
