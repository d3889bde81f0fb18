//! Whole sessions as data: what is pressed, and what is seen of it. Files in `tests/scenarios`.

mod library;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Deserialize;

use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::command::{Command, ItemEdit};
use crate::domain::id::{Kind, Space};
use crate::domain::text::Clean;
use crate::engine::query::LogRow;
use crate::testing::scenarios::library::Library;
use crate::testing::{Begin, Driven as _, Harness, Seat, length};
use crate::tui::input::Pointer;

/// A file of scenarios.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    scenario: Vec<Scenario>,
}

/// One story.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    name: String,
    start: Start,
    #[serde(default)]
    size: Option<String>,
    /// So many strokes take each act of it at most, beside text and the Enter behind it.
    #[serde(default)]
    strokes: Option<usize>,
    /// Files that lie ready, by name.
    #[serde(default)]
    files: BTreeMap<String, String>,
    step: Vec<Step>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Start {
    /// The session of the demo runs.
    Demo,
    /// The same with names that are hard to draw.
    HardDemo,
    /// Nothing is there.
    Empty,
    /// A circle of three with a session that is planned for today.
    Circle,
}

/// Something that is done, and then something that is seen.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Step {
    keys: Option<String>,
    /// How many acts the keys are, where they are not one: hands that are counted, wishes of ballots.
    acts: Option<usize>,
    /// Keys without a pause between them.
    burst: Option<String>,
    paste: Option<String>,
    /// Whether files take their time from now on.
    slow_disk: Option<bool>,
    /// Where this stands on the screen, the mouse clicks.
    click: Option<String>,
    /// The same, twice.
    double_click: Option<String>,
    /// Where the first one stands, the button is pressed, and let go where the second one stands.
    drag: Option<(String, String)>,
    /// Where this stands, the wheel turns towards whoever sits there.
    wheel_down: Option<String>,
    /// The same, the other way.
    wheel_up: Option<String>,
    advance: Option<String>,
    /// The computer sleeps.
    sleep: Option<String>,
    /// The wall clock is set forward.
    clock: Option<String>,
    resize: Option<String>,
    /// `true`: the program is killed and started again.
    restart: bool,
    /// The program is left and started again.
    reopen: bool,
    /// Somebody else writes books and questions about them into the circle, as `circlet book` does.
    books: Option<Library>,
    /// Somebody else gives the newest row that was written down these words, from another window.
    other: Option<String>,
    /// Anywhere on the screen, each within one row.
    expect: Vec<String>,
    /// Nowhere on the screen.
    absent: Vec<String>,
    /// In the row of messages.
    message: Option<String>,
    /// Reached the outside in this step.
    effect: Vec<String>,
    /// The titles of the newest acts, newest first.
    journal: Vec<String>,
    /// Nothing was written to the journal in this step.
    silent: bool,
}

/// Gives the newest row that was written down other words, as another process does.
fn reword(seat: &mut Seat, words: &str) {
    let circle = seat.state().circles().next().expect("a circle").id;
    let rows = [Kind::Action, Kind::Decision, Kind::Note, Kind::Parked];
    let rows = rows
        .into_iter()
        .flat_map(|kind| seat.state().scan(Space::Circle(circle), kind));
    let newest = rows.map(|(key, _)| *key).max_by_key(|key| key.id);
    let edit = ItemEdit {
        text: Some(Clean::line(words)),
        ..ItemEdit::default()
    };
    let key = newest.expect("a row");
    seat.meanwhile(Command::EditItem { key, edit });
}

/// What a circle takes: its form, filled in and answered.
const CIRCLE: &[&str] = &[
    "2",
    "Morning Table<enter>",
    "Ana Lima, Ben Ode, Cleo Park<enter>",
    "every 2 weeks thu 16:00 60m<enter>",
    "<enter>",
    "1",
];

fn begin(scenario: &Scenario) -> Harness<Seat> {
    let on_disk = scenario.step.iter().any(|step| step.restart || step.reopen);
    let begin = match scenario.start {
        Start::Demo => Begin::Demo,
        Start::HardDemo => Begin::HardDemo,
        Start::Empty | Start::Circle => Begin::Empty,
    };
    let mut harness = Harness::new(Seat::new(begin, on_disk));
    if scenario.start == Start::Circle {
        for keys in CIRCLE {
            harness = harness.keys(keys);
        }
    }
    for (name, text) in &scenario.files {
        std::fs::write(harness.driven().folder().join(name), text).unwrap();
    }
    harness.driven().take_effects();
    harness
}

fn size(text: &str) -> (u16, u16) {
    let (width, height) = text.split_once('x').expect("a size is 80x24");
    (width.parse().unwrap(), height.parse().unwrap())
}

/// Does what a step says.
fn act(mut harness: Harness<Seat>, step: &Step) -> Harness<Seat> {
    if let Some((width, height)) = step.resize.as_deref().map(size) {
        harness.resize(width, height);
    }
    if step.restart {
        harness.driven().restart();
    }
    if step.reopen {
        harness.driven().reopen();
    }
    if let Some(text) = &step.sleep {
        harness.driven().sleep(length(text));
    }
    if let Some(text) = &step.clock {
        harness.driven().step(length(text));
    }
    if let Some(words) = &step.other {
        reword(harness.driven(), words);
    }
    if let Some(library) = &step.books {
        library.write(harness.driven());
    }
    if let Some(text) = &step.paste {
        harness = harness.paste(text);
    }
    if let Some(slow) = step.slow_disk {
        harness.driven().slow_disk(slow);
        harness.driven().settle();
    }
    harness = point(harness, step);
    if let Some(text) = &step.advance {
        harness = harness.advance(text);
    }
    if let Some(text) = &step.burst {
        for key in text.chars().map(Key::Char) {
            harness.driven().burst(key);
            harness.driven().settle();
        }
    }
    if let Some(text) = &step.keys {
        harness = harness.keys(text);
    }
    harness
}

/// What the mouse does in a step.
fn point(mut harness: Harness<Seat>, step: &Step) -> Harness<Seat> {
    if let Some(text) = &step.click {
        harness = harness.click(text, 1);
    }
    if let Some(text) = &step.double_click {
        harness = harness.click(text, 2);
    }
    if let Some((from, to)) = &step.drag {
        harness = harness
            .point(Pointer::Click, from)
            .point(Pointer::Drag, to)
            .point(Pointer::Release, to);
    }
    if let Some(text) = &step.wheel_down {
        harness = harness.point(Pointer::WheelDown, text);
    }
    if let Some(text) = &step.wheel_up {
        harness = harness.point(Pointer::WheelUp, text);
    }
    harness
}

/// What stands in the row of messages, above the last row; a long message goes on below its mark.
fn message(screen: &str) -> String {
    let rows: Vec<&str> = screen.lines().map(str::trim).collect();
    let above = rows.len().saturating_sub(1);
    let marked = |row: &&str| {
        ["ok  ", "?  ", "!  "]
            .iter()
            .any(|mark| row.starts_with(mark))
    };
    let last = rows.get(..above).unwrap_or_default();
    let first = last.iter().rposition(marked);
    let first = first.unwrap_or(above.saturating_sub(1));
    last.get(first..).unwrap_or_default().join(" ")
}

/// What is not as the step says.
fn complaints(harness: &mut Harness<Seat>, step: &Step, before: u64) -> Vec<String> {
    let mut wrong = Vec::new();
    let screen = harness.screen();
    for wanted in &step.expect {
        if !screen.contains(wanted.as_str()) {
            wrong.push(format!("\"{wanted}\" is not on the screen"));
        }
    }
    for unwanted in &step.absent {
        if screen.contains(unwanted.as_str()) {
            wrong.push(format!("\"{unwanted}\" is on the screen"));
        }
    }
    if let Some(wanted) = &step.message
        && !message(&screen).contains(wanted.as_str())
    {
        wrong.push(format!("the message row does not say \"{wanted}\""));
    }
    let effects = harness.driven().take_effects();
    for wanted in &step.effect {
        if !effects
            .iter()
            .any(|effect| effect.contains(wanted.as_str()))
        {
            wrong.push(format!("\"{wanted}\" is not among {effects:?}"));
        }
    }
    let journal = harness.driven().journal();
    for (at, wanted) in step.journal.iter().enumerate() {
        let title = journal.get(at).map(|row| row.title.as_str());
        if !title.is_some_and(|title| title.contains(wanted.as_str())) {
            wrong.push(format!("act {at} is {title:?}, not \"{wanted}\""));
        }
    }
    if step.silent && newest(&journal) != before {
        let titles: Vec<&str> = journal.iter().map(|row| row.title.as_str()).collect();
        wrong.push(format!("something was written: {titles:?}"));
    }
    wrong
}

/// The position of the newest act.
fn newest(journal: &[LogRow]) -> u64 {
    journal.first().map_or(0, |row| row.seq)
}

/// Plays one story. A panic in it is a failure like any other.
fn run(scenario: &Scenario) -> (Result<(), String>, BTreeSet<CommandId>) {
    let mut ran = BTreeSet::new();
    let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| play(scenario, &mut ran)));
    let outcome = outcome.unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().cloned();
        Err(format!("{}: {}", scenario.name, words.unwrap_or_default()))
    });
    (outcome, ran)
}

fn play(scenario: &Scenario, ran: &mut BTreeSet<CommandId>) -> Result<(), String> {
    let mut harness = begin(scenario);
    let (width, height) = scenario.size.as_deref().map_or((120, 36), size);
    harness.resize(width, height);
    for (number, step) in scenario.step.iter().enumerate() {
        let before = newest(&harness.driven().journal());
        harness = act(harness, step);
        ran.extend(harness.driven().ran());
        let wrong = complaints(&mut harness, step, before);
        if !wrong.is_empty() {
            return Err(format!(
                "{}, step {} ({}): {}\n{}",
                scenario.name,
                number + 1,
                step.keys.as_deref().unwrap_or("no keys"),
                wrong.join("; "),
                harness.screen()
            ));
        }
    }
    Ok(())
}

/// The strokes of a script: typed words are none, and neither is the Enter that ends them.
fn strokes(script: &str) -> usize {
    let words: Result<Vec<Key>, _> = script.split_whitespace().map(str::parse::<Key>).collect();
    let Ok(keys) = words else {
        // A letter opens the line; the words and Enter follow.
        return script
            .split(' ')
            .take(1)
            .filter(|word| word.chars().count() == 1)
            .count();
    };
    let held = keys.iter().rev().skip_while(|key| **key == Key::Enter);
    held.count()
}

#[test]
fn the_acts_of_a_session_take_as_few_strokes_as_promised() {
    let all: Vec<Scenario> = files().iter().flat_map(read).collect();
    let promised: Vec<&Scenario> = all.iter().filter(|one| one.strokes.is_some()).collect();
    assert!(!promised.is_empty());
    for scenario in promised {
        let most = scenario.strokes.unwrap_or_default();
        for step in &scenario.step {
            let Some(keys) = &step.keys else { continue };
            let acts = step.acts.unwrap_or(1);
            assert!(
                strokes(keys) <= most * acts,
                "{}: \"{keys}\" is more than {most} strokes",
                scenario.name
            );
            // Acts that are counted together are one stroke each.
            assert!(step.acts.is_none_or(|acts| strokes(keys) <= acts), "{keys}");
        }
    }
}

fn read(path: &PathBuf) -> Vec<Scenario> {
    let text = std::fs::read_to_string(path).unwrap();
    let file: File =
        toml::from_str(&text).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    file.scenario
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_scenario_goes_as_written_and_every_command_is_in_one() {
    let stories: Vec<(PathBuf, Scenario)> = files()
        .into_iter()
        .flat_map(|path| read(&path).into_iter().map(move |s| (path.clone(), s)))
        .collect();
    let next = AtomicUsize::new(0);
    let (failed, ran) = (Mutex::new(String::new()), Mutex::new(BTreeSet::new()));
    let work = || {
        while let Some((path, scenario)) = stories.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (outcome, commands) = run(scenario);
            ran.lock().unwrap().extend(commands);
            if let Err(why) = outcome {
                let _ = writeln!(failed.lock().unwrap(), "\n{}: {why}", path.display());
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(work);
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{failed}");
    let ran = ran.into_inner().unwrap();
    let missing: Vec<&str> = CommandId::ALL
        .iter()
        .filter(|id| !ran.contains(id))
        .map(|id| id.as_str())
        .collect();
    assert!(missing.is_empty(), "in no scenario: {missing:?}");
}
