use crate::domain::book::reading::{Instalment, Measure, Reading};
use crate::domain::clock::Moment;
use crate::domain::text::Clean;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn book() -> Book {
    let mut book = Book::new(
        BookId(Uuid::from_u128(7)),
        3,
        Clean::line("Quiet, Work"),
        Moment::from_millis(0),
    );
    book.pages = Some(212);
    book.reading = Some(Reading {
        measure: Measure::Pages,
        from: day("2026-03-12"),
        instalments: [(106, "2026-03-26"), (212, "2026-04-09")]
            .map(|(until, on)| Instalment {
                until,
                day: day(on),
                session: None,
                picked: Vec::new(),
            })
            .to_vec(),
        skipped: Vec::new(),
        once: 0,
        pace: None,
    });
    book
}

fn file(days: [&str; 2]) -> String {
    let wish = Wish {
        circle: "Long Table",
        now: Moment::from_millis(0),
        names: None,
        alarms: &[],
    };
    let mut book = book();
    let plan = book.reading.as_mut().unwrap();
    for (one, on) in plan.instalments.iter_mut().zip(days) {
        one.day = day(on);
    }
    reading(&book, &wish)
}

fn values<'a>(file: &'a str, name: &str) -> Vec<&'a str> {
    file.lines()
        .filter_map(|line| line.strip_prefix(name))
        .collect()
}

#[test]
fn each_instalment_is_a_day_with_what_to_read() {
    let file = file(["2026-03-26", "2026-04-09"]);
    assert_eq!(
        values(&file, "DTSTART;VALUE=DATE:"),
        ["20260326", "20260409"]
    );
    assert_eq!(values(&file, "DTEND;VALUE=DATE:"), ["20260327", "20260410"]);
    assert_eq!(
        values(&file, "SUMMARY:"),
        [
            "Long Table: read p. 1-106 of Quiet\\, Work",
            "Long Table: read p. 107-212 of Quiet\\, Work"
        ]
    );
    assert_eq!(
        values(&file, "DESCRIPTION:"),
        ["106 pages in 14 days: 8 a day"; 2]
    );
}

#[test]
fn an_instalment_keeps_its_identity_when_it_moves() {
    let (before, after) = (
        file(["2026-03-26", "2026-04-09"]),
        file(["2026-03-27", "2026-04-16"]),
    );
    let ids = values(&before, "UID:");
    assert_eq!(ids, values(&after, "UID:"));
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn what_fell_out_of_a_plan_is_taken_out_of_calendars() {
    let mut book = book();
    let plan = book.reading.as_mut().unwrap();
    let before = plan.clone();
    plan.instalments.truncate(1);
    plan.replaces(&before);
    let wish = Wish {
        circle: "Long Table",
        now: Moment::from_millis(0),
        names: None,
        alarms: &[],
    };
    let shorter = reading(&book, &wish);
    assert_eq!(
        values(&shorter, "UID:"),
        values(&file(["2026-03-26", "2026-04-09"]), "UID:")
    );
    assert_eq!(values(&shorter, "STATUS:"), ["CONFIRMED", "CANCELLED"]);
}
