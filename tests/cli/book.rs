//! Books on the command line: choosing, planning, reading, quotes.

use serde_json::Value;

use crate::{Desk, has};

/// With a circle of three, me, and two proposed books of ten chapters.
fn club() -> Desk {
    let desk = Desk::ready();
    for title in ["Deep Work", "Range"] {
        let add = [
            "book",
            "add",
            title,
            "--pages",
            "300",
            "--chapters",
            "10",
            "--by",
            "mei",
        ];
        desk.run(&add).ok();
    }
    desk
}

fn reading() -> Desk {
    let desk = club();
    desk.run(&["book", "begin", "B2", "--over", "5"]).ok();
    desk
}

fn days(desk: &Desk) -> Vec<String> {
    let plan = desk.json(&["book", "plan"]).json();
    let meetings = plan["plan"]["meetings"].as_array().unwrap().clone();
    let cell = |row: &Value| format!("{} {}", row["day"].as_str().unwrap(), row["until"]);
    meetings.iter().map(cell).collect()
}

#[test]
fn a_book_is_chosen_by_ranked_ballots_with_its_rounds_shown() {
    let desk = club();
    has(
        &desk.json(&["book", "list"]).items()[0],
        &[
            "id",
            "title",
            "author",
            "pages",
            "state",
            "proposed_by",
            "uid",
        ],
    );
    desk.run(&["book", "vote", "1"]).fails(1, "poll open");
    desk.run(&["book", "poll", "open", "--ranked"]).ok();
    desk.run(&["book", "vote", "2", "1"]).ok();
    desk.run(&["book", "vote", "B1"]).fails(1, "has voted");
    desk.run(&["book", "vote", "B1", "--for", "mei"]).ok();
    let open = desk.json(&["book", "poll", "result"]);
    assert_eq!(open.json()["ballots"], 2);
    assert!(
        open.json()["rounds"].is_null(),
        "how an open vote stands is hidden"
    );
    desk.run(&["book", "poll", "close"]).fails(1, "are level");
    desk.run(&["book", "vote", "2", "--unnamed"]).ok();
    desk.run(&["book", "vote", "9", "--unnamed"])
        .fails(2, "not in the vote");
    desk.run(&["book", "vote", "2", "--unnamed"])
        .fails(1, "3 ballots are in");
    let told = desk.run(&["book", "poll", "close"]).ok().out;
    assert!(told.contains("B2 \"Range\""), "{told}");
    let result = desk.run(&["book", "poll", "result"]).ok().out;
    assert!(result.contains("Round 1: B2 2, B1 1"), "{result}");
    let json = desk.json(&["book", "poll", "result"]).out;
    assert!(!json.contains("Maria") && !json.contains("Mei"), "{json}");
    assert_eq!(
        desk.json(&["book", "list"]).items().len(),
        2,
        "kept for next time"
    );
}

#[test]
fn a_plan_follows_the_meetings_and_bends() {
    let desk = reading();
    // Every two weeks, in step with the session of 12 March.
    assert_eq!(
        days(&desk),
        [
            "2026-03-26 2",
            "2026-04-09 4",
            "2026-04-23 6",
            "2026-05-07 8",
            "2026-05-21 10"
        ]
    );
    desk.run(&["book", "skip", "2", "--why", "Easter", "--later"])
        .ok();
    assert_eq!(days(&desk)[1], "2026-04-23 4");
    assert_eq!(days(&desk)[4], "2026-06-04 10");
    desk.run(&["undo"]).ok();
    desk.run(&["book", "move", "1", "2026-04-02"]).ok();
    assert_eq!(days(&desk)[0].split(' ').next(), Some("2026-04-02"));
    assert_eq!(days(&desk)[4], "2026-05-21 10");
    desk.run(&["book", "plan", "--until", "6"]).ok();
    assert_eq!(days(&desk)[4], "2026-05-21 6");
    desk.run(&["book", "move", "9", "fri"])
        .fails(1, "5 meetings");
    desk.run(&["book", "begin", "B1"]).fails(1, "is being read");
    desk.run(&["book", "finish"]).ok();
    desk.run(&["book", "plan"]).fails(1, "reads no book");
}

#[test]
fn how_far_people_are_is_told_in_counts() {
    let desk = reading();
    let told = desk.run(&["book", "read"]).ok().out;
    assert!(told.starts_with("nothing said so far; ch. 1"), "{told}");
    // Whoever says how far they are is told what is next.
    let told = desk.run(&["book", "read", "1"]).ok().out;
    assert!(told.contains("ch. 1, ") && told.contains(" for "), "{told}");
    desk.run(&["book", "read", "+3"]).ok();
    assert!(desk.run(&["book", "read"]).ok().out.contains("ch. 4"));
    desk.run(&["book", "read", "99"]).fails(1, "beyond its end");
    desk.run(&["book", "read", "soon"]).fails(2, "no place");
    desk.run(&["book", "read", "5", "--for", "mei", "--share"])
        .ok();
    desk.run(&["book", "read", "ch4", "--for", "léa"]).ok();
    let told = desk.json(&["book", "progress"]);
    assert_eq!(told.json()["everyone"], 4);
    assert_eq!(told.json()["next"]["reached"], 3);
    assert!(told.out.contains("Mei Lin"), "she shares it");
    assert!(!told.out.contains("Maria"), "{}", told.out);
}

#[test]
fn quotes_beyond_the_place_that_everyone_has_reached_wait() {
    let desk = reading();
    for who in ["maria", "mei", "léa"] {
        desk.run(&["book", "read", "4", "--for", who]).ok();
    }
    desk.run(&["add", "n ch9 The end @mei"]).ok();
    desk.run(&["add", "n p.82: Depth is a skill"]).ok();
    desk.run(&["add", "n ch2 Start early"]).ok();
    desk.run(&["add", "n ch2 Only for me for:me"]).ok();
    let told = desk.run(&["book", "quotes", "--chapter", "2"]).ok();
    assert!(told.out.contains("Start early") && !told.out.contains("Only for me"));
    let told = desk.run(&["book", "quotes"]).ok();
    assert!(!told.out.contains("The end"), "{}", told.out);
    assert!(told.err.contains("beyond the place"), "{}", told.err);
    let all = desk.json(&["book", "quotes", "--all"]).items();
    assert_eq!(all.len(), 3);
    assert_eq!(all[0]["mark"]["page"], 82);
    assert_eq!(all[0]["audience"], "circle");
    assert_eq!(all[2]["raised_by"], "Mei Lin");
    desk.run(&["add", "n p999 Too far"])
        .fails(1, "beyond the end");
}

#[test]
fn what_a_person_read_goes_with_them() {
    let desk = reading();
    desk.run(&["book", "read", "4", "--for", "mei"]).ok();
    assert_eq!(desk.json(&["book", "progress"]).json()["said"], 1);
    desk.run(&["erase", "--member", "mei", "--yes"]).ok();
    let told = desk.json(&["book", "progress"]).json();
    assert_eq!(
        (&told["said"], &told["people"]),
        (&Value::from(0), &Value::from(2))
    );
}

#[test]
fn chapters_and_reading_lists_come_from_files() {
    let desk = club();
    let list = desk.file(
        "list.txt",
        "- Range - David Epstein\n- Middlemarch by George Eliot\n",
    );
    let told = desk.run(&["book", "import", &list, "--dry-run"]).ok();
    assert!(
        told.err.contains("1 new, 1 in Ladder Up already"),
        "{}",
        told.err
    );
    desk.run(&["book", "import", &list, "--yes"]).ok();
    assert_eq!(desk.json(&["book", "list"]).items().len(), 3);
    let contents = desk.file("contents.txt", "1. Roots ... 1\n2. Branches ... 120\n");
    desk.run(&["book", "chapters", "B1", &contents, "--yes"])
        .ok();
    desk.run(&["book", "chapters", &contents])
        .fails(1, "reads no book");
    let book = desk.json(&["book", "show", "B1"]).json();
    assert_eq!(book["chapters"][1]["page"], 120);
    desk.run(&["book", "begin", "B1", "--over", "2", "--pace", "5"])
        .ok();
    let plan = desk.run(&["book", "plan"]).ok().out;
    assert!(plan.contains("above the pace"), "{plan}");
    assert!(plan.contains("Or keep it as it is."), "{plan}");
}

#[test]
fn a_record_is_written_for_people_and_programs_with_and_without_names() {
    let desk = club();
    desk.run(&["book", "record"])
        .fails(1, "No book has been read");
    desk.run(&["book", "begin", "B2", "--over", "5"]).ok();
    desk.run(&["add", "n p82 Many paths lead there"]).ok();
    desk.run(&["add", "n p40 ch2 Nobody starts early"]).ok();
    desk.run(&["book", "finish"]).ok();
    // After it was finished it is still the one that was read last.
    let text = desk.run(&["book", "record"]).ok().out;
    for part in [
        "# Range",
        "- Proposed by: Mei",
        "## Read",
        "## Quotes",
        "### Without a chapter",
        "p. 82",
        "### Chapter 2",
        "p. 40",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let json = desk.json(&["book", "record", "B2", "--no-names"]).json();
    assert_eq!(json["schema"], "circlet.book-record/1");
    assert_eq!(json["book"]["state"], "read");
    let by = json["book"]["proposed_by"].as_str().unwrap();
    assert!(!by.contains("Mei"), "{by}");
}

#[test]
fn what_was_read_for_a_meeting_that_was_held_stays_as_it_was() {
    let desk = reading();
    let before = days(&desk);
    // In the middle only what is ahead is laid afresh.
    desk.run_at("2026-04-10T10:00:00Z", &["book", "plan", "--until", "7"])
        .ok();
    let bent = days(&desk);
    assert_eq!(bent[..2], before[..2]);
    assert_eq!(bent.last().unwrap(), "2026-05-21 7");
    // Behind the last meeting nothing is ahead: more meetings alone have nothing to read.
    let after = "2026-08-01T10:00:00Z";
    let more = desk.run_at(after, &["book", "plan", "--more", "2"]);
    more.fails(1, "Every meeting of its plan is over");
    assert_eq!(days(&desk), bent);
    desk.run_at(after, &["book", "plan", "--more", "2", "--until", "10"])
        .ok();
    assert_eq!(days(&desk)[..bent.len()], bent);
    // They are the next ones of the circle, not days that went by.
    assert_eq!(days(&desk)[bent.len()..], ["2026-08-13 9", "2026-08-27 10"]);
}

#[test]
fn a_plan_is_looked_at_where_its_sessions_were_moved_to() {
    let desk = club();
    desk.run(&["session", "plan", "--on", "2026-03-26 15:00"])
        .ok();
    desk.run(&["book", "begin", "B2", "--over", "5"]).ok();
    assert_eq!(days(&desk)[0], "2026-03-26 2");
    desk.run(&["session", "move", "2", "--on", "2026-03-31 15:00"])
        .ok();
    assert_eq!(days(&desk)[0], "2026-03-31 2", "rows and words agree");
    let told = desk.run(&["book", "plan"]).ok().out;
    assert!(told.contains("Tue 31 "), "{told}");
    let next = desk.json(&["book", "progress"]).json()["next"].clone();
    assert_eq!(next["day"], "2026-03-31");
    // On the day between, the first meeting is still ahead.
    let between = "2026-03-28T10:00:00Z";
    let told = desk.run_at(between, &["book", "progress", "--json"]).ok();
    assert_eq!(told.json()["next"]["until"], 2);
    desk.run_at(between, &["book", "plan", "--until", "5"]).ok();
    assert_eq!(days(&desk)[0], "2026-03-31 1");
}

#[test]
fn days_are_read_in_the_order_that_was_set() {
    let desk = reading();
    desk.file("config.toml", "dates = \"month-day\"\n");
    desk.run(&["book", "move", "1", "4/3"]).ok();
    assert_eq!(days(&desk)[0].split(' ').next(), Some("2026-04-03"));
    desk.run(&["book", "move", "1", "31 feb"])
        .fails(2, "31 feb");
}

#[test]
fn a_calendar_takes_back_what_fell_out_of_the_plan() {
    let desk = reading();
    let first = desk.run(&["export", "reading"]).ok().out;
    assert_eq!(first.matches("STATUS:CONFIRMED").count(), 5);
    desk.run(&["book", "plan", "--until", "3"]).ok();
    let second = desk.run(&["export", "reading"]).ok().out;
    assert_eq!(second.matches("STATUS:CONFIRMED").count(), 3);
    assert_eq!(second.matches("STATUS:CANCELLED").count(), 2);
    desk.run(&["book", "begin", "B2", "--over", "4"]).ok();
    let third = desk.run(&["export", "reading"]).ok().out;
    assert_eq!(third.matches("STATUS:CONFIRMED").count(), 4);
    assert_eq!(third.matches("STATUS:CANCELLED").count(), 1);
}

#[test]
fn a_book_may_be_added_in_one_line() {
    let desk = club();
    desk.run(&[
        "book",
        "add",
        "Radical Candor, Kim Scott, 16 chapters, 272 pages",
    ])
    .ok();
    let books = desk.json(&["book", "list"]).items();
    let book = books.last().unwrap();
    assert_eq!(
        (&book["title"], &book["author"], &book["pages"]),
        (&"Radical Candor".into(), &"Kim Scott".into(), &272.into())
    );
    // A comma alone is part of a title.
    desk.run(&["book", "add", "Eats, Shoots and Leaves"]).ok();
    let books = desk.json(&["book", "list"]).items();
    assert!(
        books
            .iter()
            .any(|book| book["title"] == "Eats, Shoots and Leaves")
    );
}
