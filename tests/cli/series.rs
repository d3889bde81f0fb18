//! Programmes, series and calendars on the command line.

use serde_json::Value;

use crate::{Desk, Told, has};

fn starts(told: &Told) -> Vec<String> {
    let start = |row: &Value| row["start"].as_str().unwrap().to_owned();
    let mut all: Vec<String> = told.items().iter().map(start).collect();
    all.sort();
    all
}

/// Planned sessions, first to last.
fn planned(desk: &Desk) -> Vec<Value> {
    let mut rows = desk
        .json(&["session", "list", "--limit", "100"])
        .items()
        .into_iter()
        .filter(|row| row["state"] == "planned")
        .collect::<Vec<_>>();
    rows.sort_by_key(|row| row["start"].as_str().unwrap().to_owned());
    rows
}

/// With one circle of three, a rule and questions.
fn circle() -> Desk {
    let desk = Desk::ready();
    desk.run(&["question", "packs", "--add", "starter", "--yes"])
        .ok();
    desk
}

#[test]
fn a_programme_is_looked_at_tried_and_laid_out_in_one_act() {
    let desk = Desk::new();
    let all = desk.json(&["programme", "list"]).items();
    has(&all[0], &["id", "name", "months", "goals", "first", "last"]);
    let shown = desk.run(&["programme", "show", "three-months"]).ok().out;
    assert!(shown.contains("kick-off-90"), "{shown}");
    assert!(!desk.path("store").exists());
    desk.run(&["programme", "show", "nope"])
        .fails(2, "three-months");

    let desk = circle();
    let apply = ["programme", "apply", "three-months", "--from", "2026-03-26"];
    let mut words = apply.to_vec();
    words.push("--dry-run");
    let tried = desk.json(&words);
    assert_eq!(tried.json()["schema"], "circlet.series/1");
    assert_eq!(tried.json()["warnings"].as_array().unwrap().len(), 0);
    let tried = starts(&tried);
    assert_eq!(tried.len(), 7);
    assert_eq!(planned(&desk).len(), 1, "nothing was planned");

    let told = desk.run(&apply).ok();
    assert!(told.out.contains("Ladder Up: 7 sessions"), "{}", told.out);
    let rows = planned(&desk);
    assert_eq!(rows.len(), 8);
    let from = |row: &Value| row["template"].as_str().unwrap_or_default().to_owned();
    assert_eq!(
        rows[1..].iter().map(from).collect::<Vec<_>>(),
        [
            "kick-off-90",
            "mentoring-classic-90",
            "mentoring-classic-90",
            "mid-point-review-60",
            "hot-seats-60",
            "hot-seats-60",
            "closing-60"
        ]
    );
    assert_eq!(rows[2]["goal"], "One skill, practised");
    assert_eq!(rows[2]["programme"], "three-months");
    assert_eq!(rows[1]["goal"], Value::Null);
    // No question is asked twice in the series.
    let texts: Vec<&str> = rows[1..]
        .iter()
        .flat_map(|row| row["blocks"].as_array().unwrap())
        .flat_map(|block| block["prompts"].as_array().unwrap())
        .filter_map(|prompt| prompt["text"].as_str())
        .collect();
    let mut once = texts.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), texts.len());
    assert!(texts.len() > 10);

    desk.run(&["undo"]).ok();
    assert_eq!(planned(&desk).len(), 1, "one act, taken back as one");
}

#[test]
fn a_programme_warns_and_never_blocks() {
    let desk = circle();
    let told = desk
        .run(&[
            "programme",
            "apply",
            "six-months",
            "--from",
            "2026-03-12",
            "--meets",
            "last tue of month 18:30 60m",
        ])
        .ok();
    for words in [
        "The goals need 10 sessions and 3 of 6 meetings are free",
        "choose fewer goals or a longer programme",
        "Help with real problems: 1 of 3 sessions.",
        "The circle meets for 60 min, which is too short for Kick-off (87 min)",
    ] {
        assert!(told.err.contains(words), "{}", told.err);
    }
    let shown = desk.json(&["circle", "show"]).json();
    assert_eq!(shown["meets"], "last tue of month 18:30 60m");
    assert_eq!(planned(&desk).len(), 7);
    // Again goes around what is there, until it is asked to replace.
    let again = ["programme", "apply", "six-months", "--from", "2026-03-12"];
    desk.run(&again).fails(1, "No date is free");
    let fewer = [&again[..], &["--goal", "feedback", "--replace"]].concat();
    let told = desk.run(&fewer).ok();
    assert!(!told.err.contains("longer programme"), "{}", told.err);
    let rows = planned(&desk);
    assert_eq!(rows.len(), 7, "agendas changed, nothing was added");
    let goals = rows
        .iter()
        .filter(|row| row["goal"] == "Feedback both ways");
    assert_eq!(goals.count(), 2);
    desk.run(&["programme", "apply", "six-months", "--from", "someday"])
        .fails(2, "is no date");
    desk.run(&[&again[..], &["--goal", "tennis"]].concat())
        .fails(2, "No goal");
    desk.run(&[&again[..], &["--meets", "2026-03-20 15:00"]].concat())
        .fails(2, "is one date");
    let free = Desk::new();
    free.run(&["circle", "new", "Free"]).ok();
    free.run(&again).fails(2, "meets by no rule");
}

#[test]
fn one_meeting_moves_is_skipped_or_called_off_and_the_rest_stays() {
    let desk = circle();
    desk.run(&["programme", "apply", "three-months", "--from", "2026-03-13"])
        .ok();
    let start = |row: &Value| row["start"].as_str().unwrap().to_owned();
    let before: Vec<String> = planned(&desk).iter().map(start).collect();
    assert_eq!(before[1], "2026-03-26T15:00:00.000Z");

    let skipped = desk.json(&["session", "skip", "3"]).json();
    assert_eq!(skipped["saved"].as_array().unwrap().len(), 2);
    let after: Vec<String> = planned(&desk).iter().map(start).collect();
    assert_eq!(after.len(), before.len());
    assert!(!after.contains(&before[2]), "{after:?}");
    assert_eq!(after.last().unwrap(), "2026-06-18T15:00:00.000Z");
    let off = desk.json(&["session", "show", "3"]).json();
    assert_eq!(off["state"], "cancelled");
    let last = planned(&desk).pop().unwrap();
    assert_eq!(last["template"], off["template"]);
    desk.run(&["undo"]).ok();
    let back: Vec<String> = planned(&desk).iter().map(start).collect();
    assert_eq!(back, before);

    // A moved one keeps its place: the next date is the same as before.
    desk.run(&["session", "move", "7", "--on", "2026-06-01 09:00"])
        .ok();
    desk.run(&["session", "cancel", "5"]).ok();
    desk.run(&["session", "plan"]).ok();
    let last = planned(&desk).pop().unwrap();
    assert_eq!(last["start"], "2026-06-18T15:00:00.000Z");
    desk.run(&["session", "skip", "5"]).fails(1, "called off");
    let free = Desk::new();
    free.run(&["circle", "new", "Free", "--meets", "2026-03-20 15:00"])
        .ok();
    free.run(&["session", "skip"]).fails(1, "meets by no rule");
}

#[test]
fn a_guest_comes_to_one_session_and_to_no_other() {
    let desk = circle();
    desk.run(&["session", "plan"]).ok();
    desk.run(&["session", "invite", "1", "Noor Haddad", "Sam Ode"])
        .ok();
    let shown = |number: &str| desk.json(&["session", "show", number]).json();
    assert_eq!(shown("1")["guests"].as_array().unwrap().len(), 2);
    assert_eq!(shown("2")["guests"].as_array().unwrap().len(), 0);
    let share = |number: &str| shown(number)["blocks"][0]["share"]["people"].clone();
    assert_eq!((share("1"), share("2")), (5.into(), 3.into()));
    let words = desk.run(&["session", "show", "1"]).ok().out;
    assert!(words.contains("guests: Noor Haddad, Sam Ode"), "{words}");
    let people = desk.json(&["member", "list"]).items();
    let noor = people.iter().find(|row| row["name"] == "Noor Haddad");
    assert_eq!(noor.unwrap()["role"], "guest");

    // The same person again is nobody new; a member is no guest; nobody is added to take them off.
    desk.run(&["session", "invite", "2", "noor haddad"]).ok();
    assert_eq!(desk.json(&["member", "list"]).items().len(), 5);
    desk.run(&["session", "invite", "2", "Maria Okafor"])
        .fails(1, "belongs to every session");
    desk.run(&["session", "invite", "1", "--off", "sam"]).ok();
    assert_eq!(shown("1")["guests"], serde_json::json!(["Noor Haddad"]));
    desk.run(&["session", "invite", "1", "--off", "nobody"])
        .fails(2, "Nobody");

    desk.run(&["session", "start", "1"]).ok();
    desk.run_at("2026-03-12T15:30:00Z", &["session", "end", "--no-next"])
        .ok();
    let minutes = |number: &str| desk.run(&["export", "minutes", number]).ok().out;
    assert!(minutes("1").contains("Noor Haddad"));
    assert!(!minutes("1").contains("Sam Ode"), "{}", minutes("1"));
    let log = desk.json(&["session", "list"]).out;
    assert!(log.contains("Noor"));
    desk.run(&["session", "invite", "1", "Late Comer"])
        .fails(1, "is over");
}

#[test]
fn a_calendar_is_written_read_and_updated() {
    let desk = circle();
    desk.run(&["session", "plan"]).ok();
    let file = desk.path("meetings.ics");
    let file = file.to_str().unwrap();
    desk.run(&["export", "calendar", "-o", file]).ok();
    let read = |text: &str| -> icalendar::Calendar { text.parse().unwrap() };
    let first = std::fs::read_to_string(file).unwrap();
    assert!(first.contains("\r\n") && !first.replace("\r\n", "").contains('\n'));
    let events = |calendar: &icalendar::Calendar| {
        use icalendar::Component as _;
        calendar
            .events()
            .map(|event| {
                let uid = event.get_uid().unwrap().to_owned();
                (
                    uid,
                    (
                        event.get_sequence().unwrap(),
                        event.get_status(),
                        event.get_start(),
                    ),
                )
            })
            .collect::<std::collections::BTreeMap<_, _>>()
    };
    let before = events(&read(&first));
    assert_eq!(before.len(), 2);
    desk.run(&["export", "calendar", "-o", file])
        .fails(1, "exists");

    desk.run(&["session", "move", "1", "--on", "2026-03-13 15:00"])
        .ok();
    desk.run(&["session", "cancel", "2"]).ok();
    desk.run(&["export", "calendar", "-o", file, "--force"])
        .ok();
    let after = events(&read(&std::fs::read_to_string(file).unwrap()));
    assert_eq!(
        before.keys().collect::<Vec<_>>(),
        after.keys().collect::<Vec<_>>()
    );
    for (uid, (sequence, ..)) in &after {
        assert!(*sequence > before[uid].0, "{uid}");
    }
    let off = after
        .values()
        .filter(|(_, status, _)| *status == Some(icalendar::EventStatus::Cancelled));
    assert_eq!(off.count(), 1);

    // Taking a change back is a change too, which calendars have to hear of.
    desk.run(&["undo"]).ok();
    let told = desk
        .run(&["export", "calendar", "--names", "--alarm", "15"])
        .ok();
    let text = told.out.replace("\r\n", "\n");
    assert!(text.contains("TRIGGER:-PT15M"), "{text}");
    let undone = events(&read(&told.out));
    assert!(undone.iter().any(|(uid, (sequence, status, _))| {
        *sequence > after[uid].0 && *status == Some(icalendar::EventStatus::Confirmed)
    }));

    // A meeting that was skipped comes back, and the one in its place goes from the calendar.
    desk.run(&["session", "skip", "1"]).ok();
    let skipped = events(&read(&desk.run(&["export", "calendar"]).ok().out));
    desk.run(&["undo"]).ok();
    let back = events(&read(&desk.run(&["export", "calendar"]).ok().out));
    assert!(skipped.keys().eq(back.keys()) && skipped.len() == before.len() + 1);
    let is_off = |of: &icalendar::EventStatus| *of == icalendar::EventStatus::Cancelled;
    for (uid, (sequence, status, _)) in &back {
        let off = status.as_ref().is_some_and(is_off);
        assert_eq!(off, !before.contains_key(uid), "{uid}");
        assert!(*sequence > skipped[uid].0, "{uid}");
    }

    // Where the circle was taken in elsewhere, its meetings go on being updated.
    let all = desk.path("all.json");
    let all = all.to_str().unwrap();
    desk.run(&["export", "all", "--private", "-o", all]).ok();
    let other = Desk::new();
    let later = |words: &[&str]| other.run_at("2026-03-13T08:00:00Z", words).ok();
    later(&["import", all, "--yes"]);
    let there = events(&read(&later(&["export", "calendar"]).out));
    assert_eq!(there.len(), before.len());
    for (uid, (sequence, ..)) in &there {
        assert!(*sequence > back[uid].0, "{uid}");
    }

    let empty = Desk::new();
    empty.run(&["circle", "new", "Free"]).ok();
    empty
        .run(&["export", "calendar"])
        .fails(1, "no session yet");
}
