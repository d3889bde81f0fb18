//! What leaves: actions and minutes in every format, without names, whole, and never by halves.

use serde_json::Value;

use crate::{Desk, Told, program};

/// With three people and four actions: open, for the next session, done, in the trash or for all.
fn circle() -> Desk {
    let desk = Desk::ready();
    for line in [
        "a Send deck @mei due fri #feedback !!",
        "a Ask Maria about =1+1 @maria",
        "a <b>Read</b> it @all due 2026-04-01",
        "n a secret canary",
    ] {
        desk.run(&["add", line]).ok();
    }
    desk.run(&["action", "done", "A3"]).ok();
    desk
}

fn actions(desk: &Desk, words: &[&str]) -> Told {
    let mut all = vec!["export", "actions"];
    all.extend(words);
    desk.run(&all)
}

fn todos(text: &str) -> Vec<(String, i64)> {
    use icalendar::Component as _;
    let calendar: icalendar::Calendar = text.parse().unwrap();
    calendar
        .todos()
        .map(|todo| {
            let uid = todo.get_uid().unwrap().to_owned();
            (uid, i64::from(todo.get_sequence().unwrap()))
        })
        .collect()
}

#[test]
fn actions_leave_in_every_format_and_by_every_choice() {
    let desk = circle();
    let md = actions(&desk, &[]).ok().out;
    assert!(md.contains("- [ ] A1 Send deck \\#feedback !!"), "{md}");
    assert!(!md.contains("Read"), "{md}");
    let all = actions(&desk, &["--state", "all", "--format", "html"])
        .ok()
        .out;
    assert!(all.contains("&lt;b&gt;Read&lt;/b&gt; it"), "{all}");
    let done = actions(&desk, &["--state", "done", "--format", "csv"])
        .ok()
        .out;
    assert_eq!(done.lines().count(), 2, "{done}");
    let mine = actions(&desk, &["--mine", "--format", "todo"]).ok().out;
    assert!(mine.contains("@Maria_Okafor"), "{mine}");
    assert_eq!(mine.lines().count(), 1);
    let tagged = actions(&desk, &["--tag", "#Feedback", "--format", "todo"])
        .ok()
        .out;
    assert!(
        tagged.starts_with(
            "(B) 2026-03-12 Send deck +ladder-up @Mei_Lin #feedback due:2026-03-13 id:A1 uid:"
        ),
        "{tagged}"
    );
    let shared = actions(
        &desk,
        &["--owner", "all", "--state", "all", "--format", "csv"],
    );
    assert_eq!(shared.ok().out.lines().count(), 2);
    actions(&desk, &["--owner", "nemo"]).fails(2, "nemo");
    actions(&desk, &["--private"]).fails(2, "--format json");
    let none = actions(&desk, &["--owner", "lea"]).ok().out;
    assert!(none.ends_with("No actions.\n"), "{none}");
}

#[test]
fn a_to_do_keeps_its_uid_and_its_number_rises_with_each_change() {
    let desk = circle();
    let read = || {
        todos(
            &actions(&desk, &["--format", "ics", "--state", "all"])
                .ok()
                .out,
        )
    };
    let before = read();
    assert_eq!(before.len(), 3);
    desk.run(&["action", "renew", "A1", "+1w"]).ok();
    let after = read();
    let (uid, was) = before.iter().min_by_key(|(_, number)| *number).unwrap();
    let is = after.iter().find(|(other, _)| other == uid).unwrap().1;
    assert!(is > *was, "{before:?} {after:?}");
    desk.run(&["undo"]).ok();
    let undone = read();
    assert!(undone.iter().find(|(other, _)| other == uid).unwrap().1 > is);
    let quiet = actions(&desk, &["--format", "ics", "--no-alarms"]).ok().out;
    assert!(!quiet.contains("VALARM"), "{quiet}");
}

#[test]
fn what_is_due_at_the_next_session_is_written_anew_when_that_moves() {
    let desk = circle();
    let read = || {
        let text = actions(&desk, &["--mine", "--format", "ics"]).ok().out;
        let due = text.lines().find(|line| line.starts_with("DUE")).unwrap();
        (due.to_owned(), todos(&text)[0].1)
    };
    let (due, number) = read();
    desk.run(&["session", "move", "1", "--on", "2026-03-20 15:00"])
        .ok();
    let (moved, risen) = read();
    assert_ne!(due, moved);
    assert!(risen > number, "{number} {risen}");
}

#[test]
fn names_leave_every_field_and_texts_that_may_tell_are_counted() {
    let desk = circle();
    for format in ["md", "html", "csv", "ics", "json", "todo"] {
        let told = actions(&desk, &["--no-names", "--state", "all", "--format", format]).ok();
        for name in ["Okafor", "Mei", "mei@", "Petit"] {
            assert!(!told.out.contains(name), "{name} in {}", told.out);
        }
        assert!(told.out.contains("member 2") || told.out.contains("member_2"));
        assert!(
            told.err.contains("1 text may still name somebody"),
            "{format}: {}",
            told.err
        );
    }
    let all = desk.run(&["export", "all", "--no-names"]).ok();
    assert!(
        all.err.contains("1 text may still name somebody"),
        "{}",
        all.err
    );
    for name in ["Okafor", "Mei Lin", "mei@"] {
        assert!(!all.out.contains(name), "{name} in {}", all.out);
    }
    assert_eq!(all.json()["no_names"], true);
}

#[test]
fn a_member_takes_their_own_rows_along_and_brings_them_back() {
    let desk = circle();
    desk.run(&["groups", "apart", "maria", "mei"]).ok();
    let file = desk.path("mei.json");
    let file = file.to_str().unwrap();
    desk.run(&["export", "all", "--owner", "mei", "-o", file])
        .ok();
    let text = std::fs::read_to_string(file).unwrap();
    assert!(
        !text.contains("Maria") && !text.contains("canary"),
        "{text}"
    );
    let theirs = Desk::new();
    theirs.run(&["import", file, "--yes"]).ok();
    let rows = theirs.json(&["action", "list", "--all"]).items();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["owner"], "Mei Lin");
    theirs.run(&["action", "done", "A1"]).ok();
    let back = theirs.path("back.json");
    let back = back.to_str().unwrap();
    theirs
        .run(&[
            "export", "actions", "--owner", "mei", "--state", "all", "--format", "json", "-o", back,
        ])
        .ok();
    desk.run(&["import", back, "--yes", "--replace"]).ok();
    let row = desk.json(&["action", "show", "A1"]).json();
    assert_eq!(row["state"], "done");
    // What the file never had is still here.
    let all = desk.run(&["export", "all", "--private"]).ok().out;
    assert!(all.contains("\"ties\""), "{all}");
    desk.run(&["export", "all", "--owner", "all"])
        .fails(2, "one person");
}

#[test]
fn a_complete_export_into_a_wiped_store_gives_everything_back() {
    let desk = circle();
    desk.run(&["question", "packs", "--add", "starter", "--yes"])
        .ok();
    desk.run(&["groups", "apart", "maria", "mei"]).ok();
    desk.run(&["session", "plan"]).ok();
    let file = desk.path("all.json");
    let file = file.to_str().unwrap();
    let told = desk.run(&["export", "all", "--private", "-o", file]).ok();
    assert!(!told.err.contains("Left out"), "{}", told.err);
    let items = |desk: &Desk| {
        let told = desk.run(&["export", "all", "--private"]).ok();
        let mut items = told.items();
        items.sort_by_key(|item| item["uid"].to_string() + &item["kind"].to_string());
        items
    };
    let other = Desk::new();
    other.run(&["import", file, "--yes"]).ok();
    assert_eq!(items(&other), items(&desk));
    // What others may see says how much is not in it.
    let open = desk.run(&["export", "all"]).ok();
    assert!(
        open.err
            .contains("1 of your own notes, 1 kept apart or together in groups"),
        "{}",
        open.err
    );
}

#[test]
fn minutes_leave_as_a_page_and_as_a_table_and_without_names() {
    let desk = circle();
    desk.run(&["session", "start"]).ok();
    desk.run(&["add", "d Meet with Mei on Tuesdays"]).ok();
    desk.run(&["add", "a Call @mei due fri"]).ok();
    desk.run(&["session", "end"]).ok();
    let html = desk
        .run(&["export", "minutes", "--format", "html"])
        .ok()
        .out;
    assert!(html.contains("D1 Meet with Mei on Tuesdays"), "{html}");
    let csv = desk.run(&["export", "minutes", "--format", "csv"]).ok().out;
    assert!(csv.contains("\"action\",\"A4\""), "{csv}");
    let bare = desk.run(&["export", "minutes", "--no-names"]).ok();
    assert!(
        bare.out.contains("Present: member 1, member 2"),
        "{}",
        bare.out
    );
    assert!(
        bare.err.contains("1 text may still name somebody"),
        "{}",
        bare.err
    );
}

#[test]
fn a_file_says_where_it_is_and_what_is_not_in_it_to_programs_too() {
    let desk = circle();
    let file = desk.path("actions.csv");
    let file = file.to_str().unwrap();
    let words = [
        "export",
        "actions",
        "--format",
        "csv",
        "--no-names",
        "-o",
        file,
    ];
    let told = desk.json(&words).json();
    assert_eq!(told["schema"], "circlet.written/1");
    let warnings = Value::from(vec!["1 text may still name somebody"]);
    assert_eq!(told["warnings"], warnings);
    desk.run(&words).fails(1, "exists");
    let mut again = words.to_vec();
    again.push("--force");
    desk.run(&again).ok();
}

#[test]
fn an_export_ends_quietly_when_nobody_reads_and_leaves_no_half_file_on_a_full_disk() {
    let desk = circle();
    for n in 0..40 {
        desk.run(&["add", &format!("a Something that is long enough {n}")])
            .ok();
    }
    let dir = desk.dir.path();
    for format in ["md", "html", "csv", "ics", "json", "todo"] {
        let mut child = program(dir)
            .args(["export", "actions", "--format", format])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        let err = String::from_utf8(ended.stderr).unwrap();
        assert!(ended.status.success() && err.is_empty(), "{format}: {err}");
    }
    // A limit on the size of files is a disk that is full after so many bytes; a shell sets it.
    let out = dir.join("out");
    std::fs::create_dir(&out).unwrap();
    let file = out.join("actions.html");
    let inner = program(dir);
    let ended = std::process::Command::new("/bin/sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""])
        .arg(inner.get_program())
        .args(inner.get_args())
        .args(["--read-only", "export", "actions", "--format", "html", "-o"])
        .arg(&file)
        .env("XDG_RUNTIME_DIR", dir)
        .output()
        .unwrap();
    let err = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(1), "{err}");
    assert!(err.contains("was not written"), "{err}");
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 0);
}

#[test]
fn what_is_decided_between_sessions_stands_in_the_minutes_of_the_one_before() {
    let desk = Desk::ready();
    let held = |name: &str| {
        desk.run(&["session", "plan", "--on", "2026-03-12 15:00 60m"])
            .ok();
        desk.run(&["session", "start"]).ok();
        desk.run(&["add", &format!("d {name}")]).ok();
        desk.run(&["session", "end", "--no-next"]).ok();
    };
    desk.run(&["add", "d Before any of them"]).ok();
    held("In the first");
    desk.run(&["add", "d Between the two"]).ok();
    held("In the second");
    desk.run(&["add", "d After both"]).ok();
    let minutes = |number: &str| desk.run(&["export", "minutes", number]).ok().out;
    let (first, second) = (minutes("1"), minutes("2"));
    for (text, has, lacks) in [
        (
            &first,
            ["In the first", "## Decided since then", "Between the two"],
            "After both",
        ),
        (
            &second,
            ["In the second", "## Decided since then", "After both"],
            "Between the two",
        ),
    ] {
        assert!(has.iter().all(|words| text.contains(words)), "{text}");
        assert!(
            !text.contains(lacks) && !text.contains("Before any"),
            "{text}"
        );
    }
    let json = desk.json(&["export", "minutes", "1"]).json();
    assert_eq!(json["decided_since"][0]["text"], "Between the two");
    assert_eq!(json["decisions"].as_array().unwrap().len(), 1);
}
