//! The command line as scripts and people meet it: exit codes, JSON fields, what is written where.

#![expect(
    clippy::unwrap_used,
    reason = "in a test a panic is the failure that is wanted, in its helpers too"
)]

use std::cell::Cell;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, TimeDelta};
use circlet::cli::{self, Front};
use serde_json::Value;

#[path = "cli/actions.rs"]
mod actions;
#[path = "cli/book.rs"]
mod book;
#[path = "cli/circles.rs"]
mod circles;
#[path = "cli/everywhere.rs"]
mod everywhere;
#[path = "cli/inlet.rs"]
mod inlet;
#[path = "cli/out.rs"]
mod out;
#[path = "cli/people.rs"]
mod people;
#[path = "cli/review.rs"]
mod review;
#[path = "cli/series.rs"]
mod series;
#[path = "cli/words.rs"]
mod words;

const NOW: &str = "2026-03-12T14:05:00Z";

/// What a command answered.
struct Told {
    code: u8,
    out: String,
    err: String,
}

impl Told {
    #[track_caller]
    fn ok(self) -> Self {
        assert_eq!(self.code, 0, "out: {}\nerr: {}", self.out, self.err);
        self
    }

    #[track_caller]
    fn fails(self, code: u8, words: &str) -> Self {
        assert_eq!(self.code, code, "out: {}\nerr: {}", self.out, self.err);
        assert!(self.err.contains(words), "{}", self.err);
        assert!(self.err.lines().count() <= 3, "{}", self.err);
        self
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    #[track_caller]
    fn items(&self) -> Vec<Value> {
        self.json()["items"].as_array().unwrap().clone()
    }
}

/// A folder with a store, a configuration and files of a test.
struct Desk {
    dir: tempfile::TempDir,
    runs: Cell<i64>,
}

impl Desk {
    fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            runs: Cell::new(0),
        }
    }

    /// With one circle of three, a session and me.
    fn ready() -> Self {
        let desk = Self::new();
        desk.run(&[
            "circle",
            "new",
            "Ladder Up",
            "--meets",
            "every 2 weeks thu 15:00 90m",
            "--no-questions",
        ])
        .ok();
        desk.run(&[
            "member",
            "add",
            "Maria Okafor",
            "Mei Lin <mei@example.org>",
            "Léa Petit",
        ])
        .ok();
        desk.run(&["member", "me", "maria"]).ok();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn run(&self, words: &[&str]) -> Told {
        // A command begins later than the one before it, however long that took: its clock runs on while it works.
        let begun = DateTime::parse_from_rfc3339(NOW).unwrap();
        let now = begun + TimeDelta::seconds(self.runs.replace(self.runs.get() + 2));
        self.run_at(&now.to_rfc3339_opts(SecondsFormat::Secs, true), words)
    }

    fn run_at(&self, now: &str, words: &[&str]) -> Told {
        let fixed = [
            "circlet".into(),
            "--store".into(),
            self.path("store").into_os_string(),
            "--config".into(),
            self.path("config.toml").into_os_string(),
            "--now".into(),
            now.into(),
        ];
        let args = fixed.into_iter().chain(words.iter().map(OsString::from));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = match cli::parse(args, &mut out, &mut err) {
            Ok(asked) => match asked.front {
                Front::Cli(command) => cli::run(&asked.global, *command, &mut out, &mut err),
                other => panic!("{other:?} is no command"),
            },
            Err(code) => code,
        };
        let told = Told {
            code,
            out: String::from_utf8(out).unwrap(),
            err: String::from_utf8(err).unwrap(),
        };
        for text in [&told.out, &told.err] {
            let drives = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
            assert!(!text.contains(drives), "{words:?} wrote {text:?}");
        }
        told
    }

    fn json(&self, words: &[&str]) -> Told {
        let mut words = words.to_vec();
        words.push("--json");
        self.run(&words).ok()
    }
}

/// Whether a file below a folder holds these words.
fn holds(dir: &Path, words: &str) -> bool {
    fs::read_dir(dir).unwrap().flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return holds(&path, words);
        }
        let bytes = fs::read(&path).unwrap();
        bytes
            .windows(words.len())
            .any(|part| part == words.as_bytes())
    })
}

/// Everything in a folder that somebody else could read, write or enter.
fn open_to_others(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let meta = fs::symlink_metadata(&path).unwrap();
        if meta.permissions().mode() & 0o077 != 0 {
            found.push(path.clone());
        }
        if meta.is_dir() {
            found.extend(open_to_others(&path));
        }
    }
    found
}

#[track_caller]
fn has(row: &Value, fields: &[&str]) {
    for field in fields {
        assert!(row.get(field).is_some(), "no {field} in {row}");
    }
}

#[test]
fn reading_makes_no_store() {
    let desk = Desk::new();
    assert!(desk.run(&["circle", "list"]).ok().out.is_empty());
    assert!(desk.json(&["action", "list"]).items().is_empty());
    let told = desk.run(&["status"]).ok();
    assert!(told.err.contains("There is no store in"), "{}", told.err);
    desk.run(&["doctor"]).fails(4, "no store");
    desk.run(&["session", "plan"]).fails(1, "circle new");
    assert!(!desk.path("store").exists());
}

#[test]
fn a_circle_is_made_shown_and_put_to_rest() {
    let desk = Desk::ready();
    let circle = &desk.json(&["circle", "list"]).items()[0];
    has(
        circle,
        &[
            "id",
            "name",
            "uid",
            "meets",
            "members",
            "next_session",
            "created",
            "archived",
        ],
    );
    assert_eq!(circle["id"], "ladder-up");
    assert_eq!(circle["members"], 3);
    assert_eq!(circle["next_session"], "2026-03-12T15:00:00.000Z");
    let shown = desk.json(&["circle", "show"]).json();
    assert_eq!(shown["schema"], "circlet.circle/1");
    desk.run(&["circle", "new", "ladder up"])
        .fails(1, "already");
    desk.run(&["circle", "archive"]).ok();
    assert!(desk.json(&["circle", "list"]).items().is_empty());
    desk.run(&["circle", "archive", "ladder", "--back"]).ok();
    assert_eq!(desk.json(&["circle", "list"]).items().len(), 1);
}

#[test]
fn people_are_added_changed_and_found_without_accents() {
    let desk = Desk::ready();
    let people = desk.json(&["member", "list"]).items();
    has(
        &people[0],
        &["id", "name", "role", "present", "uid", "circle", "mail"],
    );
    assert_eq!(people[1]["mail"], "mei@example.org");
    desk.run(&[
        "member",
        "edit",
        "lea",
        "--role",
        "facilitator",
        "--phone",
        "yes",
    ])
    .ok();
    assert_eq!(
        desk.json(&["member", "list"]).items()[2]["role"],
        "facilitator"
    );
    desk.run(&["member", "edit", "m", "--name", "X"])
        .fails(2, "Mei Lin (2)");
    desk.run(&["member", "leave", "lea"]).ok();
    assert_eq!(desk.json(&["member", "list"]).items().len(), 2);
    desk.run(&["member", "edit", "Léa Petit", "--back"]).ok();
    assert_eq!(desk.json(&["member", "list"]).items().len(), 3);
    assert_eq!(desk.run(&["member", "me"]).ok().out, "Maria Okafor\n");
    desk.run(&["member", "add", ""])
        .fails(2, "Nobody was added");
}

#[test]
fn a_roster_is_shown_first_and_the_same_people_are_not_added_twice() {
    let desk = Desk::ready();
    let file = desk.file(
        "people.csv",
        "name,mail\nTom Ode,tom@example.org\nMei Lin,mei@example.org\n",
    );
    let asked = desk.run(&["member", "import", &file]);
    assert_eq!(asked.code, 2);
    assert!(
        asked.err.contains("+ Tom Ode") && asked.err.contains("--yes"),
        "{}",
        asked.err
    );
    desk.run(&["member", "import", &file, "--dry-run"]).ok();
    assert_eq!(desk.json(&["member", "list"]).items().len(), 3);
    desk.run(&["member", "import", &file, "--yes"]).ok();
    assert_eq!(desk.json(&["member", "list"]).items().len(), 4);
    let again = desk.run(&["member", "import", &file, "--yes"]).ok();
    assert!(again.err.contains("0 new"), "{}", again.err);
    assert_eq!(desk.json(&["member", "list"]).items().len(), 4);
}

#[test]
fn a_line_becomes_an_action_and_everything_can_happen_to_it() {
    let desk = Desk::ready();
    let told = desk
        .run(&["add", "a Send deck @mei due fri #feedback"])
        .ok();
    assert_eq!(
        told.out,
        "saved A1  action  \"Send deck\"  Mei Lin  2026-03-13  Fri 13 Mar, tomorrow  #feedback\n"
    );
    let receipt = desk.json(&["add", "a Call @me ns !!"]).json();
    assert_eq!(receipt["schema"], "circlet.receipt/1");
    has(&receipt, &["saved", "warnings", "undo"]);
    assert_eq!(receipt["saved"][0]["owner"], "Maria Okafor");
    assert_eq!(receipt["saved"][0]["due"], "2026-03-12");
    let actions = desk.json(&["action", "list"]).items();
    assert_eq!(actions.len(), 2);
    has(
        &actions[0],
        &[
            "id",
            "text",
            "owner",
            "due",
            "state",
            "tags",
            "circle",
            "origin",
            "created",
            "uid",
            "progress",
            "carried",
            "waits_for",
            "note",
            "audience",
        ],
    );
    assert_eq!(desk.json(&["action", "list", "--mine"]).items().len(), 1);
    assert_eq!(
        desk.json(&["action", "list", "--owner", "MEI"])
            .items()
            .len(),
        1
    );
    assert_eq!(
        desk.json(&["action", "list", "--tag", "Feedback"])
            .items()
            .len(),
        1
    );
    assert_eq!(
        desk.json(&["action", "list", "--due", "today"])
            .items()
            .len(),
        1
    );
    assert!(
        desk.json(&["action", "list", "--overdue"])
            .items()
            .is_empty()
    );
    desk.run(&["action", "partly", "a1", "slides are missing"])
        .ok();
    desk.run(&["action", "renew", "ladder-up/A1", "+1w"]).ok();
    let shown = desk.json(&["action", "show", "A1"]).json();
    assert_eq!(shown["schema"], "circlet.action/1");
    assert_eq!(shown["due"], "2026-03-19");
    assert_eq!(shown["progress"], "slides are missing");
    desk.run(&[
        "action",
        "edit",
        "1",
        "--text",
        "Send the deck",
        "--owner",
        "all",
    ])
    .ok();
    assert_eq!(desk.json(&["action", "show", "A1"]).json()["owner"], "all");
    desk.run(&["action", "done", "A1"]).ok();
    desk.run(&["action", "drop", "A2", "no longer needed"]).ok();
    assert!(desk.json(&["action", "list"]).items().is_empty());
    assert_eq!(desk.json(&["action", "list", "--all"]).items().len(), 2);
    let uid = desk.json(&["action", "show", "A1"]).json()["uid"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(desk.json(&["action", "show", &uid]).json()["state"], "done");
    desk.run(&["action", "show", "A9"]).fails(1, "no action");
    desk.run(&["action", "done", "B1"]).fails(2, "A14");
    desk.run(&["action", "renew", "A1", "some day"])
        .fails(2, "no date");
}

#[test]
fn every_kind_is_written_down_and_listed() {
    let desk = Desk::ready();
    desk.run(&["add", "d Meet every two weeks"]).ok();
    desk.run(&["add", "n It went well for:circle"]).ok();
    desk.run(&["add", "p How do we talk about pay? @lea"]).ok();
    let decision = &desk.json(&["decision", "list"]).items()[0];
    has(
        decision,
        &["id", "text", "tags", "circle", "origin", "created", "uid"],
    );
    let note = &desk.json(&["note", "list"]).items()[0];
    assert_eq!(note["audience"], "circle");
    let parked = desk.json(&["parked", "list"]).json();
    assert_eq!(parked["schema"], "circlet.parked-items/1");
    assert_eq!(parked["items"][0]["raised_by"], "Léa Petit");
}

#[test]
fn what_is_unclear_is_saved_without_an_owner_and_asked() {
    let desk = Desk::ready();
    let told = desk.run(&["add", "a Send deck @m due fri"]);
    assert_eq!(told.code, 3);
    assert!(
        told.err.contains("Maria Okafor (@1) or Mei Lin (@2)"),
        "{}",
        told.err
    );
    let row = desk.json(&["action", "show", "A1"]).json();
    assert!(row["owner"].is_null());
    // The name is not lost: it stays in the words until somebody says who it is.
    assert_eq!(row["text"], "Send deck @m");
    let dry = desk.run(&["add", "a Another @mei", "--dry-run"]).ok();
    assert!(
        dry.out.contains("Another") && dry.out.contains("Mei Lin"),
        "{}",
        dry.out
    );
    assert_eq!(desk.json(&["action", "list"]).items().len(), 1);
    desk.run(&["add", ""]).fails(2, "no words");
    desk.run(&["add", "a "]).fails(2, "no words");
}

#[test]
fn a_long_text_is_saved_whole_or_not_at_all() {
    let desk = Desk::ready();
    let line = format!("a {}end", "long words ".repeat(40));
    desk.run(&["add", &vec![line.as_str(); 400].join("\n")])
        .ok();
    let rows = desk.json(&["action", "list"]).items();
    assert_eq!(rows.len(), 400);
    let whole = |row: &Value| row["text"].as_str().unwrap().ends_with(" end");
    assert!(rows.iter().all(whole));
    desk.run(&["add", &vec![line.as_str(); 501].join("\n")])
        .fails(2, "At most 500 lines");
}

#[test]
fn a_store_that_may_not_be_written_is_read_and_says_so() {
    let desk = Desk::ready();
    desk.run(&["add", "a Send deck"]).ok();
    let lock = desk.path("store").join("store.lock");
    let held = fs::OpenOptions::new().write(true).open(lock).unwrap();
    held.lock().unwrap();
    let told = desk.run(&["action", "list"]).ok();
    assert!(told.out.contains("Send deck"), "{}", told.out);
    assert!(told.err.starts_with("Read only: "), "{}", told.err);
    desk.run(&["status"]).ok();
    desk.run(&["add", "a Another"]).fails(4, "only be read");
}

#[test]
fn what_the_command_line_saved_is_taken_back_and_brought_back() {
    let desk = Desk::ready();
    desk.run(&["add", "a One"]).ok();
    desk.run(&["add", "a Two"]).ok();
    assert!(desk.run(&["undo"]).ok().out.contains("Two"));
    assert_eq!(desk.json(&["action", "list"]).items().len(), 1);
    assert!(desk.run(&["redo"]).ok().out.contains("Two"));
    assert_eq!(desk.json(&["action", "list"]).items().len(), 2);
    desk.run(&["undo"]).ok();
    desk.run(&["undo"]).ok();
    assert!(desk.json(&["action", "list"]).items().is_empty());
    Desk::new().run(&["undo"]).fails(1, "nothing");
}

#[test]
fn a_session_goes_from_plan_to_minutes() {
    let desk = Desk::ready();
    desk.run(&["question", "packs", "--add", "starter", "--yes"])
        .ok();
    desk.run(&[
        "session",
        "plan",
        "--on",
        "2026-03-20 15:00 60m",
        "--template",
        "hot-seats-60",
    ])
    .ok();
    let sessions = desk.json(&["session", "list"]).items();
    has(
        &sessions[0],
        &["id", "number", "circle", "start", "state", "blocks", "uid"],
    );
    assert_eq!(sessions.len(), 2);
    assert_eq!(sessions[0]["number"], 2);
    assert!(!sessions[0]["blocks"].as_array().unwrap().is_empty());
    desk.run(&["session", "move", "2", "--on", "2026-03-21 16:00"])
        .ok();
    let shown = desk.run(&["session", "show", "2"]).ok().out;
    assert!(shown.contains("3 here x 0:30"), "{shown}");
    let moved = desk.json(&["session", "show", "2"]).json();
    let share = &moved["blocks"][0]["share"];
    assert_eq!(
        (&share["people"], &share["fits"]),
        (&3.into(), &true.into())
    );
    assert_eq!(share["each_that_fits_seconds"], 90);
    assert_eq!(moved["start"], "2026-03-21T16:00:00.000Z");
    assert_eq!(moved["minutes"], 60);
    desk.run(&["session", "cancel", "2"]).ok();
    desk.run(&["session", "start"]).ok();
    desk.run(&["session", "start", "2"]).fails(1, "running");
    desk.run(&["add", "a Send deck @mei"]).ok();
    desk.run(&["add", "n only for my eyes"]).ok();
    desk.run_at("2026-03-12T15:30:00Z", &["session", "end"])
        .ok();
    let minutes = desk.run(&["export", "minutes"]).ok();
    assert!(minutes.out.contains("Send deck"), "{}", minutes.out);
    assert!(!minutes.out.contains("my eyes"), "{}", minutes.out);
    assert!(!minutes.err.is_empty());
    desk.json(&["export", "minutes", "1", "--format", "json"])
        .json();
    let next = desk.json(&["session", "show", "next"]).json();
    assert_eq!(next["start"], "2026-03-26T15:00:00.000Z");
    desk.run(&["session", "end"])
        .fails(1, "No session is running");
    desk.run(&["session", "plan", "--on", "someday"])
        .fails(2, "no time");
    desk.run(&["session", "plan", "--template", "nothing"])
        .fails(2, "mentoring-classic-90");
}

#[test]
fn seats_change_hands_and_a_session_is_handed_over() {
    let desk = Desk::ready();
    let rows = desk.run(&["rotation", "--json"]).ok().items();
    assert_eq!(rows.len(), 5);
    has(&rows[0], &["seat", "session", "holder", "next", "order"]);
    assert_eq!(rows[0]["next"], "Maria Okafor");
    desk.run(&["handover"]).fails(1, "No session is running");
    let told = desk.json(&["rotation", "set", "scribe", "mei"]).json();
    assert_eq!(told["saved"][0]["seats"]["scribe"], "Mei Lin", "{told}");
    desk.run(&["rotation", "swap", "scribe", "@mei", "@lea"])
        .ok();
    desk.run(&["rotation", "swap", "scribe", "@mei", "@maria"])
        .fails(1, "Neither of them has that seat");
    let rows = desk.run(&["rotation", "show", "--json"]).ok().items();
    let scribe = rows.iter().find(|row| row["seat"] == "scribe").unwrap();
    assert_eq!(scribe["holder"], "Léa Petit");
    assert_eq!(scribe["next"], "Mei Lin");
    assert_eq!(scribe["order"][0]["owed"], 1);
    desk.run(&["rotation", "skip", "facilitator"]).ok();
    let told = desk.run(&["rotation"]).ok().out;
    assert!(told.contains("facilitator  Mei Lin"), "{told}");
    assert!(
        told.contains("next Maria Okafor: never yet, owed one"),
        "{told}"
    );
    desk.run(&["rotation", "set", "pilot", "mei"]).fails_usage();

    desk.run(&["session", "start"]).ok();
    desk.run(&["rotation", "set", "facilitator", "1"]).ok();
    desk.run(&["rotation", "set", "facilitator", "2"]).ok();
    let card = desk.run(&["handover"]).ok().out;
    assert!(card.contains("leads Mei Lin"), "{card}");
    let card = desk.run(&["handover", "--json"]).ok().json();
    assert_eq!(card["schema"], "circlet.handover/1");
    assert_eq!(card["leads"], "Mei Lin");
    has(&card, &["block", "left_seconds", "ends", "waits", "keep"]);
    desk.run(&["undo"]).ok();
    let card = desk.run(&["handover", "--json"]).ok().json();
    assert_eq!(card["leads"], "Maria Okafor");

    desk.run(&["note", "hand-over", "mei"])
        .fails(1, "no notes for Mei Lin");
}

#[test]
fn a_start_far_from_the_plan_wants_to_be_meant() {
    let desk = Desk::ready();
    let late = "2026-03-13T15:00:00Z";
    desk.run_at(late, &["session", "start", "1"])
        .fails(1, "#1 is planned for Thu 12");
    desk.run_at(late, &["session", "start", "1", "--force"])
        .ok();
    let end = ["session", "end", "--no-next", "--leave-rest"];
    desk.run_at("2026-03-13T15:30:00Z", &end).ok();
    assert!(desk.json(&["parked", "list"]).items().is_empty());
}

#[test]
fn notes_for_a_presenter_leave_in_a_file_and_are_erased_when_asked() {
    let desk = Desk::ready();
    desk.run(&["session", "start"]).ok();
    desk.run(&["rotation", "lead", "1", "mei"]).ok();
    desk.run(&["rotation", "lead", "99", "mei"])
        .fails(1, "no block 99");
    desk.run(&["add", "n ask for less for:presenter"]).ok();
    let file = desk.path("notes.md");
    let file = file.to_str().unwrap();
    desk.run(&["note", "hand-over", "mei", "-o", file]).ok();
    assert!(fs::read_to_string(file).unwrap().contains("ask for less"));
    assert!(
        desk.run(&["note", "list"])
            .ok()
            .out
            .contains("ask for less")
    );
    let erase = ["note", "hand-over", "mei", "-o", file, "--erase", "--yes"];
    let there = desk.run(&erase).fails(1, "exists already");
    assert!(!there.err.contains("--force"), "{}", there.err);
    let other = desk.path("again.md");
    let other = other.to_str().unwrap();
    let erase = ["note", "hand-over", "mei", "-o", other, "--erase"];
    // Erasing is asked for before anything is done, and there is nobody to ask here.
    desk.run(&erase).fails(2, "no terminal to ask on");
    assert!(!Path::new(other).exists());
    desk.run(&[&erase[..], &["--dry-run"]].concat()).ok();
    assert!(!Path::new(other).exists());
    assert!(
        desk.run(&["note", "list"])
            .ok()
            .out
            .contains("ask for less")
    );
    desk.run(&[&erase[..], &["--yes"]].concat()).ok();
    let left = desk.run(&["note", "list"]).ok().out;
    assert!(!left.contains("ask for less"), "{left}");
}

#[test]
fn a_new_store_begins_with_the_questions_that_come_with_circlet() {
    let desk = Desk::new();
    let told = desk.run(&["circle", "new", "Ladder Up"]).ok();
    assert!(
        told.err.contains("questions that come with circlet"),
        "{}",
        told.err
    );
    let count = |desk: &Desk| {
        desk.json(&["question", "list", "--limit", "1000"])
            .items()
            .len()
    };
    let shipped = count(&desk);
    assert!(shipped > 240, "{shipped}");
    desk.run(&["undo"]).ok();
    desk.run(&["undo"]).ok();
    assert_eq!(count(&desk), 0);
    // What was taken back does not come again by itself.
    let again = desk.run(&["circle", "new", "Ladder Up"]).ok();
    assert!(!again.err.contains("come with circlet"), "{}", again.err);
    assert_eq!(count(&desk), 0);
    let other = Desk::new();
    let file = other.file("list.txt", "What did you learn?\nWho helped you today?\n");
    other.run(&["question", "import", &file, "--yes"]).ok();
    assert!(count(&other) > shipped);
}

#[test]
fn questions_come_from_packs_files_and_lines() {
    let desk = Desk::ready();
    assert!(desk.json(&["question", "packs"]).items().len() > 3);
    let text = "# Article\n\nWords around it.\n\n## Questions\n\n- What did you learn?\n- Who helped you?\n\nThe end.\n";
    let file = desk.file("article.md", text);
    assert_eq!(desk.run(&["question", "import", &file]).code, 2);
    desk.run(&["question", "import", &file, "--dry-run"]).ok();
    assert!(desk.json(&["question", "list"]).items().is_empty());
    desk.run(&["question", "import", &file, "--yes"]).ok();
    let again = desk.run(&["question", "import", &file, "--yes"]).ok();
    assert!(again.err.contains("0 new"), "{}", again.err);
    desk.run(&[
        "question",
        "add",
        "What would you try next?",
        "--theme",
        "courage",
        "--depth",
        "deep",
    ])
    .ok();
    desk.run(&["question", "add", "what would you try next"])
        .fails(1, "already");
    let rows = desk.json(&["question", "list"]).items();
    assert_eq!(rows.len(), 3);
    has(
        &rows[0],
        &[
            "id",
            "text",
            "theme",
            "depth",
            "kind",
            "competency",
            "minutes",
            "source",
            "asked",
            "uid",
        ],
    );
    assert_eq!(desk.json(&["question", "list", "courage"]).items().len(), 1);
    assert_eq!(
        desk.json(&["question", "show", "Q3"]).json()["depth"],
        "deep"
    );
    assert_eq!(
        desk.json(&["question", "draw", "--count", "2"])
            .items()
            .len(),
        2
    );
    desk.run(&["question", "import", desk.path("none.md").to_str().unwrap()])
        .fails(1, "none.md");
}

#[test]
fn a_deck_remembers_what_a_circle_thinks_of_a_question() {
    let desk = Desk::ready();
    for (text, trains) in [
        ("What did you try?", "Courage"),
        ("Who helped?", "Listening"),
    ] {
        let words = [
            "question",
            "add",
            text,
            "--competency",
            trains,
            "--by",
            "mei",
        ];
        desk.run(&words).ok();
    }
    desk.run(&["question", "rate", "Q1", "4"])
        .fails(1, "was not asked in this circle yet");
    desk.run(&["question", "rate", "Q1", "6"])
        .fails(1, "rated from 1 to 5");
    let told = desk.run(&["question", "never", "Q1"]).ok().out;
    assert!(told.contains("Q1 is not drawn"), "{told}");
    for _ in 0..3 {
        let drawn = desk.json(&["question", "draw", "--count", "2"]).items();
        assert_eq!(drawn.len(), 1);
        assert_eq!(
            (&drawn[0]["id"], &drawn[0]["never"]),
            (&"Q2".into(), &false.into())
        );
    }
    let shown = desk.run(&["question", "show", "Q1"]).ok().out;
    assert!(
        shown.contains("never asked here") && shown.contains("never drawn here"),
        "{shown}"
    );
    assert!(shown.contains("trains Courage"), "{shown}");
    // Who wrote it is not told before they have spoken.
    assert!(!shown.contains("Mei"), "{shown}");
    assert_eq!(desk.json(&["question", "show", "Q1"]).json()["never"], true);
    let listed = desk
        .run(&["question", "list", "--competency", "courage"])
        .ok()
        .out;
    assert!(
        listed.contains("never here") && !listed.contains("Q2"),
        "{listed}"
    );
    desk.run(&["undo"]).ok();
    assert_eq!(
        desk.json(&["question", "show", "Q1"]).json()["never"],
        false
    );
    desk.run(&["question", "never", "Q1", "--undo"])
        .fails(1, "is not left out");
}

#[test]
fn everybody_is_drawn_a_question_of_their_own() {
    let desk = Desk::ready();
    desk.run(&["question", "packs", "--add", "starter", "--yes"])
        .ok();
    let words = [
        "question", "draw", "--people", "--kind", "pair", "--seed", "7",
    ];
    let drawn = desk.json(&words).items();
    let people: Vec<_> = drawn
        .iter()
        .map(|row| row["for"].as_str().unwrap())
        .collect();
    assert_eq!(people, ["Maria Okafor", "Mei Lin", "Léa Petit"]);
    let ids: std::collections::BTreeSet<_> =
        drawn.iter().map(|row| row["id"].to_string()).collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(desk.json(&words).items(), drawn);
    assert!(drawn[0]["why"].as_str().unwrap().contains("a warm-up"));
    let all = desk.json(&["question", "list", "--limit", "1000"]).items();
    assert!(all.len() > 240, "{}", all.len());
    let few = desk.run(&["question", "list", "--limit", "3"]).ok();
    assert!(few.err.contains("3 of"), "{}", few.err);
}

#[test]
fn packs_of_ones_own_are_read_each_time_and_told_by_file_and_line() {
    let desk = Desk::ready();
    fs::create_dir(desk.path("packs")).unwrap();
    let pack = "name = \"Ours\"\n\n[[question]]\ntext = \"What did we miss?\"\n\n\
                [[question]]\ntext = \"What now?\"\ndepth = \"abyss\"\n";
    desk.file("packs/ours.toml", pack);
    let told = desk.run(&["question", "packs"]).ok();
    assert!(told.out.contains("packs --add ours"), "{}", told.out);
    assert!(
        told.err.contains("ours.toml:6: ") && told.err.contains("abyss"),
        "{}",
        told.err
    );
    desk.run(&["question", "packs", "--add", "theirs", "--yes"])
        .fails(2, "There are: starter, ours");
    let added = desk
        .run(&["question", "packs", "--add", "ours", "--yes"])
        .ok();
    assert!(added.err.contains("ours.toml:6: "), "{}", added.err);
    assert_eq!(desk.json(&["question", "list"]).items().len(), 1);
    // What was mended since is new, what is there already is not.
    desk.file("packs/ours.toml", &pack.replace("abyss", "deep"));
    desk.run(&["question", "packs", "--add", "ours", "--yes"])
        .ok();
    let rows = desk.json(&["question", "list"]).items();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row["source"] == "ours"), "{rows:?}");
    let packs = desk.json(&["question", "packs"]).items();
    assert!(
        packs
            .iter()
            .any(|row| row["id"] == "ours" && row["questions"] == 2)
    );
    // A pack that cannot be read is told and harms nothing.
    fs::create_dir(desk.path("packs/odd.toml")).unwrap();
    let told = desk.run(&["question", "packs"]).ok();
    assert!(told.err.contains("is a folder"), "{}", told.err);
}

#[test]
fn everything_goes_out_and_comes_in_once() {
    let desk = Desk::ready();
    desk.run(&["add", "a Send deck @mei due fri"]).ok();
    desk.run(&["add", "n a secret canary"]).ok();
    desk.run(&["question", "add", "What now?"]).ok();
    let file = desk.path("all.json").to_str().unwrap().to_owned();
    let told = desk.run(&["export", "all", "-o", &file]).ok();
    assert!(told.err.contains("1 of your own notes"), "{}", told.err);
    let text = fs::read_to_string(&file).unwrap();
    assert!(!text.contains("canary"));
    desk.run(&["export", "all", "-o", &file])
        .fails(1, "--force");
    desk.run(&["export", "all", "-o", &file, "--force", "--private"])
        .ok();
    assert!(fs::read_to_string(&file).unwrap().contains("canary"));

    let other = Desk::new();
    assert_eq!(other.run(&["import", &file]).code, 2);
    other.run(&["import", &file, "--dry-run"]).ok();
    assert!(!other.path("store").exists());
    other.run(&["import", &file, "--yes"]).ok();
    for list in [
        ["action", "list"],
        ["member", "list"],
        ["note", "list"],
        ["question", "list"],
    ] {
        assert_eq!(
            other.json(&list).items(),
            desk.json(&list).items(),
            "{list:?}"
        );
    }
    let again = other.run(&["import", &file, "--yes"]).ok();
    assert!(again.err.contains("0 new"), "{}", again.err);
    other
        .run(&["action", "edit", "A1", "--text", "Mine now"])
        .ok();
    other.run(&["import", &file, "--yes"]).ok();
    assert_eq!(
        other.json(&["action", "show", "A1"]).json()["text"],
        "Mine now"
    );
    other.run(&["import", &file, "--yes", "--replace"]).ok();
    assert_eq!(
        other.json(&["action", "show", "A1"]).json()["text"],
        "Send deck"
    );
    let wrong = desk.file("roster.json", "{\"items\": []}");
    other
        .run(&["import", &wrong, "--yes"])
        .fails(1, "member import");
}

#[test]
fn status_is_one_line_and_checks() {
    let desk = Desk::new();
    desk.run(&["circle", "new", "Ladder Up", "--meets", "2026-03-18 15:00"])
        .ok();
    desk.run(&["member", "add", "Maria Okafor"]).ok();
    assert_eq!(desk.run(&["status"]).ok().out, "circle in 6 days\n");
    desk.run(&["status", "--check"]).fails(2, "member me");
    desk.run(&["action", "list", "--mine"])
        .fails(2, "member me");
    desk.run(&["member", "me", "maria"]).ok();
    desk.run(&["add", "a One @me due tue"]).ok();
    desk.run(&["add", "a Two @me"]).ok();
    let line = desk.run(&["status", "--check"]).ok().out;
    assert_eq!(line, "2 actions, 1 due Tuesday; circle in 6 days\n");
    let late = desk.run_at("2026-03-18T09:00:00Z", &["status", "--check"]);
    assert_eq!(late.code, 10);
    assert!(late.out.contains("1 late"), "{}", late.out);
    has(
        &desk.json(&["status"]).json(),
        &["open", "overdue", "due_today", "next_session"],
    );
}

#[test]
fn two_circles_are_told_apart() {
    let desk = Desk::ready();
    desk.run(&["circle", "new", "Ladder Down"]).ok();
    desk.run(&["add", "a One", "--circle", "ladder up"]).ok();
    desk.run(&["add", "a Two", "--circle", "ladder-d"]).ok();
    desk.run(&["member", "list"]).fails(2, "--circle");
    desk.run(&["member", "list", "--circle", "ladder"])
        .fails(2, "Ladder Down or Ladder Up");
    desk.run(&["member", "list", "--circle", "x"])
        .fails(2, "No circle");
    desk.run(&["action", "show", "A1"])
        .fails(2, "ladder-down/A1");
    assert_eq!(
        desk.json(&["action", "show", "ladder-down/A1"]).json()["text"],
        "Two"
    );
    assert_eq!(desk.json(&["action", "list"]).items().len(), 2);
    desk.run(&["undo", "--circle", "ladder up"]).ok();
    assert_eq!(desk.json(&["action", "list"]).items()[0]["text"], "Two");
}

#[test]
fn a_backup_becomes_a_new_store_and_the_doctor_sees_both() {
    let desk = Desk::ready();
    desk.run(&["add", "a Send deck"]).ok();
    let file = desk.path("b.backup").to_str().unwrap().to_owned();
    desk.run(&["backup", &file]).ok();
    desk.run(&["backup", &file]).fails(1, "left as it is");
    let dir = desk.path("again").to_str().unwrap().to_owned();
    let told = desk.run(&["restore", &file, &dir]).ok();
    assert!(told.out.contains("--store"), "{}", told.out);
    desk.run(&["restore", &file, &dir])
        .fails(1, "left as it is");
    assert_eq!(
        desk.json(&["action", "list", "--store", &dir])
            .items()
            .len(),
        1
    );
    assert_eq!(desk.json(&["doctor"]).json()["well"], true);
    desk.run(&["doctor", "--repair", "--store", &dir]).ok();
    assert_eq!(
        desk.json(&["action", "list", "--read-only"]).items().len(),
        1
    );
    desk.run(&["add", "a No", "--read-only"]).fails(4, "read");
}

#[test]
fn what_is_erased_is_gone_from_every_list() {
    let desk = Desk::ready();
    desk.run(&["add", "n a secret canary"]).ok();
    desk.run(&["add", "a Keep"]).ok();
    assert_eq!(desk.run(&["erase", "N1"]).code, 2);
    desk.run(&["erase", "N1", "--dry-run"]).ok();
    assert_eq!(desk.json(&["note", "list"]).items().len(), 1);
    desk.run(&["erase", "N1", "--yes"]).ok();
    assert!(desk.json(&["note", "list"]).items().is_empty());
    desk.run(&["erase", "--member", "lea", "--yes"]).ok();
    assert_eq!(desk.json(&["member", "list"]).items().len(), 2);
    desk.run(&["erase", "--whole-circle", "--circle", "ladder", "--yes"])
        .ok();
    assert!(desk.json(&["circle", "list"]).items().is_empty());
}

#[test]
fn what_can_be_looked_up_needs_no_store() {
    let desk = Desk::new();
    assert!(desk.run(&["keys"]).ok().out.contains("Running session"));
    assert!(desk.json(&["keys"]).items().len() > 40);
    assert!(
        desk.run(&["themes"])
            .ok()
            .out
            .lines()
            .any(|line| line == "dark")
    );
    assert!(
        desk.run(&["completions", "bash"])
            .ok()
            .out
            .contains("circlet")
    );
    assert!(desk.run(&["man"]).ok().out.contains(".TH"));
    assert!(desk.run(&["paths"]).ok().out.contains("store"));
    has(
        &desk.json(&["paths"]).json(),
        &["store", "config", "themes"],
    );
    assert!(desk.run(&["--help"]).ok().out.contains("Exit codes"));
    assert!(desk.run(&["--version"]).ok().out.starts_with("circlet "));
    desk.run(&["nonsense\u{1b}[2J"]).fails_usage();
    assert!(!desk.path("store").exists());
}

impl Told {
    #[track_caller]
    fn fails_usage(self) {
        assert_eq!(self.code, 2, "{}", self.err);
        assert!(self.out.is_empty() && !self.err.is_empty());
    }
}

#[test]
fn hostile_text_drives_nothing_wherever_it_goes() {
    let desk = Desk::ready();
    let evil = "x\u{1b}]52;c;aGk=\u{7}\u{9b}2J\u{202e}y\r\nz";
    desk.run(&["add", &format!("a {evil}")]).ok();
    desk.run(&["member", "add", evil]).ok();
    desk.run(&["circle", "new", evil]).ok();
    for words in [
        &["action", "list"][..],
        &["member", "list", "--circle", "ladder"],
        &["circle", "list"],
        &["action", "show", evil],
        &["member", "list", "--circle", evil],
        &["session", "plan", "--on", evil, "--circle", "ladder"],
        &["question", "import", evil],
        &["export", "all", "--private"],
        &["action", "list", "--json"],
    ] {
        let told = desk.run(words);
        assert!(told.out.find('\u{202e}').is_none() && told.err.find('\u{202e}').is_none());
    }
}

#[test]
fn no_file_can_be_read_by_others() {
    let desk = Desk::ready();
    desk.run(&["add", "a Send deck"]).ok();
    desk.run(&[
        "export",
        "all",
        "-o",
        desk.path("all.json").to_str().unwrap(),
    ])
    .ok();
    desk.run(&["backup", desk.path("b.backup").to_str().unwrap()])
        .ok();
    desk.run(&[
        "restore",
        desk.path("b.backup").to_str().unwrap(),
        desk.path("new").to_str().unwrap(),
    ])
    .ok();
    assert_eq!(open_to_others(desk.dir.path()), Vec::<PathBuf>::new());
}

#[test]
fn the_front_ends_are_told_apart() {
    let front = |words: &[&str]| {
        let args = std::iter::once("circlet")
            .chain(words.iter().copied())
            .map(OsString::from);
        cli::parse(args, &mut Vec::new(), &mut Vec::new())
            .unwrap()
            .front
    };
    assert!(matches!(front(&[]), Front::App));
    assert!(matches!(front(&["live"]), Front::Live));
    assert!(matches!(front(&["present"]), Front::Present));
    let on_screen = front(&["rehearse", "#2", "--run", "--speed", "40"]);
    assert!(matches!(on_screen, Front::Rehearse(rehearse) if rehearse.speed() > 39.0));
    assert!(matches!(front(&["rehearse"]), Front::Cli(_)));
    let demo = front(&["demo", "--speed", "60", "--names", "hard"]);
    assert!(matches!(demo, Front::Demo { names: cli::Names::Hard, speed } if speed > 59.0));
}

#[test]
fn a_rehearsal_says_what_does_not_fit_and_changes_nothing() {
    let desk = Desk::ready();
    desk.run(&["session", "list"]).ok();
    let told = desk.run(&["rehearse"]).ok();
    assert!(
        told.out.contains("Ladder Up #1, 90 min, 3 expected"),
        "{}",
        told.out
    );
    assert!(told.out.contains("Ends about"), "{}", told.out);
    let again = desk.run(&["rehearse", "#1"]).ok();
    assert_eq!(told.out, again.out);
    let json = desk.json(&["rehearse"]).json();
    assert_eq!(json["schema"], "circlet.rehearsal/1");
    assert_eq!(
        (&json["session"], &json["expected"]),
        (&1.into(), &3.into())
    );
    for list in ["blocks", "rounds", "long_steps", "no_lead", "no_turn"] {
        assert!(json[list].is_array(), "{list}");
    }
    desk.run(&["rehearse", "#9"]).fails(1, "9");
    assert_eq!(desk.run(&["rehearse", "--speed", "3"]).code, 2);
    desk.run(&["session", "start"]).ok();
    desk.run(&["rehearse", "#1"])
        .fails(1, "running; only a planned one");
    let asked = ["circlet", "--store", "x"].map(OsString::from);
    let asked = cli::parse(asked, &mut Vec::new(), &mut Vec::new()).unwrap();
    let global = cli::Global {
        store: Some(desk.path("store")),
        config: Some(desk.path("config.toml")),
        ..asked.global
    };
    let rehearse = ["circlet", "rehearse", "--run"].map(OsString::from);
    let Front::Rehearse(rehearse) = cli::parse(rehearse, &mut Vec::new(), &mut Vec::new())
        .unwrap()
        .front
    else {
        panic!("that opens the app");
    };
    let before = files(&desk.path("store"));
    let stage = cli::stage(&global, &rehearse);
    assert!(stage.unwrap_err().words.contains("No session"));
    assert_eq!(files(&desk.path("store")), before);
}

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            found.push((path, bytes));
        }
    }
    found.sort();
    found
}

/// The real program, for what only a process of its own shows.
fn program(dir: &Path) -> std::process::Command {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_circlet"));
    command
        .arg("--store")
        .arg(dir.join("store"))
        .arg("--config")
        .arg(dir.join("config.toml"))
        .args(["--now", NOW])
        .env("XDG_RUNTIME_DIR", dir)
        .stdin(std::process::Stdio::null());
    command
}

#[test]
fn a_pipe_that_nobody_reads_is_the_end_and_a_full_disk_is_told() {
    let desk = Desk::ready();
    for words in [
        &["action", "list", "--json"][..],
        &["keys"],
        &["man"],
        &["add", "a One"],
    ] {
        let mut child = program(desk.dir.path())
            .args(words)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        let err = String::from_utf8(ended.stderr).unwrap();
        assert!(ended.status.success(), "{words:?}: {err}");
        assert!(!err.contains("panicked"), "{err}");

        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let ended = program(desk.dir.path())
            .args(words)
            .stdout(full)
            .output()
            .unwrap();
        let err = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(1), "{words:?}: {err}");
        assert!(
            err.contains("could not be written") && err.contains("stays saved"),
            "{err}"
        );
    }
    assert_eq!(desk.json(&["action", "list"]).items().len(), 2);
    assert_eq!(desk.json(&["doctor"]).json()["well"], true);
}

#[test]
fn a_program_started_by_a_careless_shell_still_writes_for_its_owner_alone() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("minutes.json");
    for words in [
        &["circle", "new", "Ladder Up"][..],
        &["member", "add", "Mei Lin"],
        &["member", "me", "mei"],
        &["add", "a One @mei"],
        &["export", "all", "-o", file.to_str().unwrap()],
        &["status"],
    ] {
        // The shell sets the mask and becomes the program.
        let inner = program(dir.path());
        let ended = std::process::Command::new("/bin/sh")
            .args(["-c", "umask 000; exec \"$0\" \"$@\""])
            .arg(inner.get_program())
            .args(inner.get_args())
            .args(words)
            .env("XDG_RUNTIME_DIR", dir.path())
            .output()
            .unwrap();
        assert!(ended.status.success(), "{words:?}: {ended:?}");
        assert_eq!(
            open_to_others(dir.path()),
            Vec::<PathBuf>::new(),
            "{words:?}"
        );
    }
}

#[test]
fn a_store_that_cannot_be_used_is_exit_code_four() {
    let desk = Desk::new();
    fs::write(desk.path("store"), "not a folder").unwrap();
    let told = desk.run(&["add", "a One"]);
    assert_eq!(told.code, 4, "{} {}", told.out, told.err);
    assert!(!told.err.is_empty());
    assert_eq!(
        fs::read_to_string(desk.path("store")).unwrap(),
        "not a folder"
    );
}

#[test]
fn groups_are_shown_sent_out_remembered_and_tied() {
    let desk = Desk::ready();
    let shown = desk.run(&["groups", "pairs"]).ok();
    assert_eq!(shown.out, " 1  Maria, Mei, Léa\n");
    assert_eq!(shown.err, "3 people are here, so all are in one group.\n");
    desk.run(&["member", "add", "Tom Weiss"]).ok();
    let shown = desk.json(&["groups"]).json();
    assert_eq!(shown["schema"], "circlet.groups/1");
    has(&shown, &["session", "repeats", "reason"]);
    assert_eq!(shown["size"], "pairs");
    assert_eq!(shown["groups"].as_array().unwrap().len(), 2);
    let seeded = |seed: &str| desk.json(&["groups", "--seed", seed]).out;
    assert_eq!(seeded("7"), seeded("7"));
    let running = desk.run(&["groups", "--start", "8"]);
    running.fails(1, "No session is running");
    assert!(desk.json(&["groups", "history"]).items().is_empty());

    desk.run(&["groups", "apart", "maria", "mei"]).ok();
    desk.run(&["groups", "together", "maria", "tom"]).ok();
    desk.run(&["session", "start"]).ok();
    let receipt = desk.json(&["groups", "--start", "8"]).json();
    assert_eq!(receipt["schema"], "circlet.receipt/1");
    let saved = receipt["saved"].as_array().unwrap();
    assert!(saved.iter().any(|row| row["type"] == "groups"), "{saved:?}");
    let history = desk.json(&["groups", "history"]).items();
    assert_eq!(history.len(), 1);
    has(&history[0], &["at", "session", "session_uid", "uid"]);
    let first = &history[0]["groups"][0];
    assert_eq!(first["people"][0], "Maria Okafor");
    assert_eq!(first["people"][1], "Tom Weiss");
    desk.run(&["groups", "back"]).ok();
    desk.run(&["groups", "--dry-run", "--start"]).ok();
    assert_eq!(desk.json(&["groups", "history"]).items().len(), 1);
    desk.run(&["undo"]).ok();
    desk.run(&["groups", "untie", "maria", "tom"]).ok();
    desk.run(&["groups", "untie", "maria", "tom"])
        .fails(1, "ties those two");
}

#[test]
fn formats_and_templates_are_listed_and_a_users_own_win() {
    let desk = Desk::new();
    let formats = desk.json(&["format", "list"]).items();
    has(&formats[0], &["id", "name", "kind", "minutes", "steps"]);
    assert!(formats.iter().any(|format| format["id"] == "troika"));
    let templates = desk.json(&["template", "list"]).items();
    assert_eq!(templates[0]["id"], "mentoring-classic-90");
    desk.run(&["format", "show", "nope"]).fails(2, "hot-seat");
    desk.run(&["template", "show", "nope"])
        .fails(2, "two-seats-90");
    desk.file(
        "formats.toml",
        "[[format]]\nid = \"hot-seat\"\nname = \"Ours\"\nversion = 1\nkind = \"hot-seat\"\nminutes = 10\n\
         \n[[format.step]]\ntitle = \"Tell all\"\nminutes = 10\nmode = \"seat\"\n\
         \n[[format]]\nid = \"walk\"\nminuts = 3\n",
    );
    let shown = desk.run(&["template", "show", "hot-seats-60"]).ok();
    assert!(shown.out.contains("Tell all  22 min"), "{}", shown.out);
    assert!(shown.err.contains("formats.toml:15: "), "{}", shown.err);
}

/// A plan as circlet writes it.
const PLAN: &str = "\
# Ladder Up

- when: 2026-04-02 15:00
- length: 60 min
- template: hot-seats-60 2
- leads: Maria Okafor

## Welcome (check-in, 5 min, at least 3)

> What did you learn this week? {Q1}
> - Who helped you?

> A question of our own?

## Hot seat (hot-seat, 20 min, at least 12, locked, at 15:05, by hot-seat)

- lead: Mei Lin

## Our way (open, 15 min, at least 8)

- needs: 5 people, else talk it over

1. Think (5 min, silent)
   Everybody writes.
2. Pair up (10 min, groups, each 1:30, pairs, reports)
";

#[test]
fn a_plan_goes_in_and_out_of_the_store_and_stays_the_same_file() {
    let desk = Desk::ready();
    desk.run(&["question", "add", "What did you learn this week?"])
        .ok();
    let file = desk.file("plan.md", PLAN);
    let shown = desk
        .run(&["session", "plan", "--from", &file, "--dry-run"])
        .ok();
    assert!(
        shown.out.contains("15:05   20m  Hot seat  Mei Lin"),
        "{}",
        shown.out
    );
    assert!(shown.err.contains("dry run"), "{}", shown.err);
    assert_eq!(desk.json(&["session", "list"]).items().len(), 1);

    desk.run(&["session", "plan", "--from", &file]).ok();
    let told = desk.run(&["export", "plan", "#2"]).ok();
    assert_eq!(told.out, PLAN);
    let row = desk.json(&["session", "show", "2"]).json();
    assert_eq!(row["facilitator"], "Maria Okafor");
    let all = desk.json(&["export", "all"]).items();
    let planned = all
        .iter()
        .find(|item| item["body"]["number"] == 2 && item["kind"] == "session");
    let seat = &planned.unwrap()["body"]["blocks"][1];
    assert!(seat["steps"].as_array().unwrap().len() > 2, "{seat}");

    let again = desk.run(&["session", "plan", "--from", &file]).ok();
    assert!(
        again.err.contains("planned like this already"),
        "{}",
        again.err
    );
    assert_eq!(desk.json(&["session", "list"]).items().len(), 2);

    let copy = desk.path("copy.md").to_str().unwrap().to_owned();
    desk.run(&["export", "plan", "2", "-o", &copy]).ok();
    assert_eq!(fs::read_to_string(&copy).unwrap(), PLAN);
    desk.run(&["export", "plan", "2", "-o", &copy])
        .fails(1, "--force");
}

#[test]
fn a_plan_that_is_only_looked_at_says_when_each_block_begins() {
    let desk = Desk::ready();
    let later = PLAN.replace("at 15:05", "at 15:20");
    let file = desk.file("plan.md", &later);
    let shown = desk
        .run(&["session", "plan", "--from", &file, "--dry-run"])
        .ok();
    let rows: Vec<&str> = shown.out.lines().map(str::trim).collect();
    for row in [
        "15:00    5m  Welcome",
        "15:20   20m  Hot seat",
        "15:40   15m  Our way",
    ] {
        assert!(rows.iter().any(|it| it.starts_with(row)), "{}", shown.out);
    }
}

#[test]
fn a_changed_plan_replaces_that_of_its_session_and_can_be_taken_back() {
    let desk = Desk::ready();
    let file = desk.file("plan.md", PLAN);
    let first = desk.run(&["session", "plan", "--from", &file]).ok();
    assert!(
        first.err.contains("plan.md:10: there is no Q1"),
        "{}",
        first.err.to_lowercase()
    );
    let before = desk.json(&["session", "show", "2"]).json();
    let changed = PLAN.replace("## Our way (open, 15 min", "## Our own way (open, 25 min");
    let file = desk.file("plan.md", &changed);
    desk.run(&["session", "plan", "--from", &file]).ok();
    let after = desk.json(&["session", "show", "2"]).json();
    assert_eq!(after["blocks"][2]["title"], "Our own way");
    assert_eq!(after["blocks"][1], before["blocks"][1]);
    assert_eq!(desk.json(&["session", "list"]).items().len(), 2);
    desk.run(&["undo"]).ok();
    assert_eq!(desk.json(&["session", "show", "2"]).json(), before);

    let short = desk.file(
        "short.md",
        "# Any title\n\n## Talk (30 min)\n\n## Walk (40 min)\n",
    );
    desk.run(&["session", "plan", "--from", &short, "--session", "#2"])
        .ok();
    let row = desk.json(&["session", "show", "2"]).json();
    assert_eq!(
        (&row["start"], &row["minutes"]),
        (&before["start"], &70.into())
    );
    assert_eq!(row["facilitator"], "Maria Okafor");
    desk.run(&["session", "cancel", "2"]).ok();
    desk.run(&["session", "plan", "--from", &short, "--session", "2"])
        .fails(1, "called off");
    desk.run(&[
        "session",
        "plan",
        "--from",
        &short,
        "--on",
        "2026-05-07 10:00",
    ])
    .ok();
    assert_eq!(
        desk.json(&["session", "show", "3"]).json()["start"],
        "2026-05-07T10:00:00.000Z"
    );
    desk.run(&["session", "plan", "--from", &short]).ok();
    assert_eq!(
        desk.json(&["session", "show", "4"]).json()["start"],
        "2026-05-21T15:00:00.000Z"
    );
}

#[test]
fn every_fault_of_a_plan_is_told_with_its_line_and_nothing_is_saved() {
    let desk = Desk::ready();
    desk.run(&["member", "add", "Mei Tan"]).ok();
    let text = "# Ladder Up\n- leads: Nobody Known\n\n## Talk (10 min, by hot-saet)\n- lead: Mei\n> {Q77}\n";
    let file = desk.file("plan.md", text);
    let told = desk.run(&["session", "plan", "--from", &file]);
    assert_eq!(told.code, 2, "{}", told.err);
    for part in [
        "plan.md:2: \"Nobody Known\" is nobody of this circle; there is Maria Okafor (@1), Mei Lin (@2)",
        "plan.md:4: there is no format \"hot-saet\"; do you mean hot-seat?",
        "plan.md:5: \"Mei\" could be Mei Lin (@2) or Mei Tan (@4)",
        "plan.md:6: there is no Q77 in the bank",
        "Nothing was saved.",
    ] {
        assert!(told.err.contains(part), "{part}\n{}", told.err);
    }
    let broken = desk.file("plan.md", "Some words\n\n## Talk (nonsense)\n");
    let told = desk.run(&["session", "plan", "--from", &broken, "--dry-run"]);
    assert_eq!(told.code, 2);
    assert!(
        told.err.contains("plan.md:1: ") && told.err.contains("plan.md:3: "),
        "{}",
        told.err
    );
    assert_eq!(desk.json(&["session", "list"]).items().len(), 1);
    let missing = desk.path("none.md").to_str().unwrap().to_owned();
    desk.run(&["session", "plan", "--from", &missing])
        .fails(1, "none.md");
    let shown = desk
        .run(&[
            "session",
            "plan",
            "--on",
            "next thu 19:00 90 min",
            "--dry-run",
        ])
        .ok();
    assert!(shown.out.contains("90 min  a new session"), "{}", shown.out);
    assert_eq!(desk.json(&["session", "list"]).items().len(), 1);
}

#[test]
fn an_article_gives_the_questions_of_its_list_and_nothing_else() {
    let desk = Desk::ready();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/article.md");
    let told = desk.run(&["question", "import", file, "--yes"]).ok();
    assert!(told.err.contains("7 new"), "{}", told.err);
    let rows = desk.json(&["question", "list"]).items();
    let texts: Vec<&str> = rows
        .iter()
        .map(|row| row["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        texts,
        [
            "What did you decide not to do this month?",
            "Where did you say yes too quickly?",
            "Whose work do you admire, and have you told them?",
            "Describe a conversation that you keep putting off.",
            "What would you try if it could be undone?",
            "Which rule of your team would you drop first, and who would miss it?",
            "What do you know now that you would have paid for a year ago?",
        ]
    );
    assert_eq!(rows[0]["follow_ups"].as_array().unwrap().len(), 2);
    let again = desk.run(&["question", "import", file, "--yes"]).ok();
    assert!(again.err.contains("0 new"), "{}", again.err);
}

#[test]
fn a_bank_goes_out_in_every_format_and_comes_in_once() {
    let desk = Desk::ready();
    desk.run(&["question", "packs", "--add", "starter", "--yes"])
        .ok();
    desk.run(&[
        "question",
        "add",
        "=1+1, is it?",
        "--theme",
        "sums",
        "--then",
        "Who says?",
    ])
    .ok();
    let all = desk.json(&["question", "list", "--limit", "5"]).items();
    for format in ["md", "csv", "json", "toml", "txt"] {
        let file = desk.path(&format!("bank.{format}"));
        let file = file.to_str().unwrap();
        desk.run(&["export", "questions", "--format", format, "-o", file])
            .ok();
        desk.run(&["export", "questions", "--format", format, "-o", file])
            .fails(1, "--force");
        let known = desk.run(&["question", "import", file, "--yes"]).ok();
        assert!(known.err.contains(": 0 new"), "{format}: {}", known.err);
        let other = Desk::ready();
        let told = other.run(&["question", "import", file, "--yes"]).ok();
        assert!(
            told.err.contains(" 0 left out, 0 that"),
            "{format}: {}",
            told.err
        );
        let here = other.json(&["question", "show", "Q3"]).json();
        if ["csv", "json", "toml"].contains(&format) {
            let mut wanted = desk.json(&["question", "show", "Q3"]).json();
            wanted["source"] = here["source"].clone();
            assert_eq!(here, wanted, "{format}");
        }
    }
    assert_eq!(all.len(), 5);
    let csv = fs::read_to_string(desk.path("bank.csv")).unwrap();
    assert!(csv.contains("\"'=1+1, is it?\",sums"), "{csv}");
    let some = desk
        .run(&["export", "questions", "--theme", "Sums", "--format", "txt"])
        .ok();
    assert_eq!(some.out, "# sums\n\n- =1+1, is it?\n  - Who says?\n");
    let none = desk.run(&["export", "questions", "--starred"]).ok();
    assert!(
        none.out.is_empty() && none.err.contains("nothing was written"),
        "{}",
        none.err
    );
    let json = desk
        .run(&["export", "questions", "--theme", "sums", "--json"])
        .ok();
    assert_eq!(json.items().len(), 1);
}

#[test]
fn a_bad_file_of_questions_is_told_by_its_line_and_saves_nothing() {
    let desk = Desk::ready();
    let before = desk.json(&["question", "list", "--limit", "200"]).items();
    let deep = "[".repeat(300_000);
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("empty.csv", Vec::new(), "empty.csv:1: the file is empty"),
        (
            "blank.md",
            b"\n \n".to_vec(),
            "blank.md:1: the file is empty",
        ),
        ("none.csv", b"a,b\nc,d\n".to_vec(), "none.csv:1: no column"),
        (
            "none.json",
            b"[]".to_vec(),
            "none.json:1: no question was found",
        ),
        (
            "broken.txt",
            b"\xc3\xa9t\xc3\xa9?\nwhy\xff?\n".to_vec(),
            "broken.txt:2: byte 4",
        ),
        (
            "zero.csv",
            b"question\nwhy\0?\n".to_vec(),
            "zero.csv:2: there is a zero byte",
        ),
        (
            "long.csv",
            format!("question\n{}\n", "x".repeat(1_000_001)).into_bytes(),
            "long.csv:2: the line has more than 1 MB",
        ),
        (
            "deep.json",
            format!("[\n{deep}").into_bytes(),
            "deep.json:2: lists are nested",
        ),
        (
            "deep.toml",
            format!("[[question]]\ntext = {deep}").into_bytes(),
            "deep.toml:2: ",
        ),
    ];
    for (name, bytes, words) in cases {
        let file = desk.path(name);
        fs::write(&file, bytes).unwrap();
        desk.run(&["question", "import", file.to_str().unwrap(), "--yes"])
            .fails(1, words);
        let after = desk.json(&["question", "list", "--limit", "200"]).items();
        assert_eq!(after, before, "{name}");
    }
}

#[test]
fn a_file_without_questions_is_told_by_its_line_and_saves_nothing() {
    let desk = Desk::ready();
    for (name, text, part) in [
        ("empty.csv", "", "empty.csv:1: the file is empty"),
        (
            "bank.toml",
            "name = \"mine\"\n",
            "bank.toml:1: there is no [[question]]",
        ),
        (
            "words.md",
            "# A walk\n\nIt was long.\n",
            "words.md:1: no question was found",
        ),
    ] {
        let file = desk.file(name, text);
        let told = desk.run(&["question", "import", &file, "--yes"]);
        assert_eq!(told.code, 1, "{}", told.err);
        assert!(
            told.err.to_lowercase().contains(part),
            "{part}: {}",
            told.err
        );
        assert!(told.err.contains("Nothing was saved"), "{}", told.err);
    }
}

#[test]
fn a_list_that_was_cut_off_gives_what_is_whole_in_it_and_says_where_it_ends() {
    let desk = Desk::ready();
    let file = desk.file(
        "broken.json",
        "[\"Why is it cut off?\",\n \"Who cut it off?\"",
    );
    let told = desk.run(&["question", "import", &file, "--yes"]);
    assert!(
        told.err
            .contains("broken.json:2: the file ends before its last ]"),
        "{}",
        told.err
    );
    assert_eq!(told.out.lines().count(), 2, "{}", told.out);
}

#[test]
fn a_question_that_was_reworded_here_is_the_same_one_when_it_comes_in_again() {
    let desk = Desk::ready();
    desk.run(&["question", "add", "What now?"]).ok();
    let row = desk.json(&["question", "show", "Q1"]).json();
    let text = format!(
        "[{{\"text\": \"What did they say then?\", \"uid\": {}}}]",
        row["uid"]
    );
    let file = desk.file("old.json", &text);
    let told = desk.run(&["question", "import", &file, "--yes"]).ok();
    assert!(
        told.err.contains("in the bank already, with other words"),
        "{}",
        told.err
    );
    assert_eq!(desk.json(&["question", "list"]).items().len(), 1);
}

#[test]
fn an_import_of_thousands_is_one_step_that_is_taken_back() {
    let desk = Desk::ready();
    let lines: Vec<String> = (0..2_500)
        .map(|n| format!("What about number {n}?"))
        .collect();
    let text = lines.join(
        "
",
    );
    let file = desk.file("many.txt", &text);
    let told = desk.run(&["question", "import", &file, "--yes"]).ok();
    assert!(
        told.out.contains("saved 2500 questions from"),
        "{}",
        told.out
    );
    assert_eq!(
        desk.json(&["question", "show", "Q2500"]).json()["text"],
        "What about number 2499?"
    );
    let again = desk.run(&["question", "import", &file, "--yes"]).ok();
    assert!(again.err.contains("0 new"), "{}", again.err);
    desk.run(&["question", "add", "One more?"]).ok();
    assert_eq!(
        desk.json(&["question", "list", "One more"]).items()[0]["id"],
        "Q2501"
    );
    desk.run(&["undo"]).ok();
    desk.run(&["undo"]).ok();
    assert!(desk.json(&["question", "list"]).items().is_empty());
    desk.run(&["doctor"]).ok();
}

#[test]
fn what_opens_the_app_ends_with_the_code_of_what_is_missing() {
    let asked = |desk: &Desk| {
        let (store, config) = (desk.path("store"), desk.path("config.toml"));
        let args = ["circlet", "--now", NOW, "--store", store.to_str().unwrap()];
        let args = args.iter().copied();
        let args = args.chain(["--config", config.to_str().unwrap(), "live"]);
        cli::parse(args.map(OsString::from), &mut Vec::new(), &mut Vec::new())
            .unwrap()
            .global
    };
    let empty = Desk::new();
    let none = cli::ready(&asked(&empty)).unwrap_err();
    assert_eq!(none.code, 1);
    assert!(none.words.contains("session plan"), "{none}");
    assert!(!empty.path("store").exists(), "reading makes no store");
    let desk = Desk::ready();
    cli::ready(&asked(&desk)).unwrap();
    desk.run(&["session", "cancel", "1"]).ok();
    assert_eq!(cli::ready(&asked(&desk)).unwrap_err().code, 1);

    let words = ["circlet", "rehearse", "#99", "--run"].map(OsString::from);
    let front = cli::parse(words, &mut Vec::new(), &mut Vec::new())
        .unwrap()
        .front;
    let Front::Rehearse(rehearse) = front else {
        panic!("{front:?}")
    };
    let (global, plain) = (asked(&desk), desk.run(&["rehearse", "#99"]).code);
    assert_eq!(cli::stage(&global, &rehearse).unwrap_err().code, plain);
}

#[test]
fn an_import_with_nothing_to_do_answers_a_program_too() {
    let desk = Desk::ready();
    let people = desk.file("people.txt", "Mei Lin\n");
    let books = desk.file("books.txt", "Range - David Epstein\n");
    desk.run(&["book", "import", &books, "--yes"]).ok();
    let commands: [&[&str]; 5] = [
        &["member", "import", &people],
        &["book", "import", &books],
        &[
            "member",
            "import",
            &desk.file("more.txt", "Zoe Ek\n"),
            "--dry-run",
        ],
        &[
            "book",
            "import",
            &desk.file("two.txt", "Maps\n"),
            "--dry-run",
        ],
        &[
            "book",
            "chapters",
            &desk.file("ch.txt", "One\n"),
            "--book",
            "B1",
            "--dry-run",
        ],
    ];
    for command in commands {
        let told = desk.json(command).json();
        assert_eq!(told["schema"], "circlet.receipt/1", "{command:?}");
        assert_eq!(told["saved"], serde_json::json!([]), "{command:?}");
    }
}

#[test]
fn a_book_that_was_thrown_away_may_come_in_again() {
    let desk = Desk::ready();
    let list = desk.file(
        "books.txt",
        "Range - David Epstein\nRange - Another Author\n",
    );
    desk.run(&["book", "import", &list, "--yes"]).ok();
    assert_eq!(desk.json(&["book", "list"]).items().len(), 2);
    desk.run(&["undo"]).ok();
    desk.run(&["book", "import", &list, "--yes"]).ok();
    assert_eq!(desk.json(&["book", "list"]).items().len(), 2);
}

#[test]
fn what_was_written_down_is_listed_newest_first_whatever_the_circle() {
    let desk = Desk::ready();
    desk.run(&["circle", "new", "Long Table", "--no-questions"])
        .ok();
    for (circle, text) in [("ladder", "One"), ("long", "Two"), ("ladder", "Three")] {
        desk.run(&["--circle", circle, "add", &format!("d {text}")])
            .ok();
    }
    let rows = desk.json(&["decision", "list"]).items();
    let words: Vec<&str> = rows
        .iter()
        .map(|row| row["text"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["Three", "Two", "One"]);
}

#[test]
fn of_two_people_of_one_name_who_left_none_is_taken() {
    let desk = Desk::ready();
    desk.run(&["member", "leave", "mei"]).ok();
    desk.run(&["member", "add", "Mei Lin"]).ok();
    desk.run(&["member", "leave", "mei"]).ok();
    desk.run(&["member", "edit", "mei lin", "--back"])
        .fails(2, "2 people called \"mei lin\" have left");
    let all = desk.json(&["member", "list", "--all"]).items();
    let mei = all.iter().find(|row| row["name"] == "Mei Lin").unwrap();
    desk.run(&["member", "edit", mei["uid"].as_str().unwrap(), "--back"])
        .ok();
}

#[test]
fn files_go_where_the_configuration_says() {
    let desk = Desk::ready();
    let folder = desk.path("private");
    desk.file(
        "config.toml",
        &format!("me = \"Maria Okafor\"\nexport = {folder:?}\n"),
    );
    let told = desk.json(&["paths"]).json();
    assert_eq!(told["export"], folder.to_str().unwrap());
    desk.run(&["session", "start"]).ok();
    desk.run(&["rotation", "lead", "1", "mei"]).ok();
    desk.run(&["add", "n ask for less for:presenter"]).ok();
    desk.run(&["note", "hand-over", "mei"]).ok();
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn a_guest_who_was_not_invited_gets_no_question() {
    let desk = Desk::ready();
    desk.run(&["member", "add", "Noor Haddad"]).ok();
    desk.run(&["member", "edit", "noor", "--role", "guest"])
        .ok();
    desk.run(&["question", "packs", "--add", "starter", "--yes"])
        .ok();
    let drawn = desk.json(&["question", "draw", "--people"]).items();
    assert_eq!(drawn.len(), 3);
    assert!(drawn.iter().all(|row| row["for"] != "Noor Haddad"));
}

#[test]
fn filters_and_people_who_are_the_same_stand_in_the_receipt() {
    let desk = Desk::ready();
    let kept = desk.json(&["filter", "save", "mine", "is:overdue"]).json();
    assert_eq!(kept["saved"][0]["name"], "mine");
    assert_eq!(kept["saved"][0]["filter"], "is:overdue");
    desk.run(&["circle", "new", "Long Table", "--no-questions"])
        .ok();
    desk.run(&["--circle", "long", "member", "add", "Mei L"])
        .ok();
    let same = desk
        .json(&["member", "same", "ladder-up/mei lin", "long-table/mei l"])
        .json();
    let members = same["saved"][0]["members"].as_array().unwrap().clone();
    assert_eq!(members.len(), 2, "{same}");
    assert!(members.iter().any(|row| row["name"] == "Mei L"));
}

#[test]
fn the_next_session_begins_with_the_agenda_of_the_one_that_ends() {
    let desk = Desk::ready();
    desk.run(&["session", "cancel", "1"]).ok();
    let on = "2026-03-12 15:00 60m";
    desk.run(&["session", "plan", "--on", on, "--template", "hot-seats-60"])
        .ok();
    desk.run(&["session", "start", "2"]).ok();
    desk.run_at("2026-03-12T15:30:00Z", &["session", "end"])
        .ok();
    let next = desk.json(&["session", "show", "next"]).json();
    let template = next["template"].as_str().unwrap();
    assert!(template.starts_with("hot-seats-60"), "{next}");
}
