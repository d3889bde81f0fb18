use uuid::Uuid;

use super::*;
use crate::domain::book::reader::Reached;
use crate::domain::book::reading::Instalment;
use crate::domain::clock::Moment;
use crate::domain::id::{BookId, MemberId};
use crate::domain::text::Clean;

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, n).unwrap()
}

/// 70 pages until 8 March, 140 until 15 March; where somebody on a page is on a day.
fn words(page: Option<u32>, today: u32) -> String {
    let at = Moment::from_millis(0);
    let mut book = Book::new(BookId(Uuid::nil()), 1, Clean::line("Range"), at);
    book.pages = Some(140);
    let instalment = |(until, on)| Instalment {
        until,
        day: day(on),
        session: None,
        picked: Vec::new(),
    };
    let reading = Reading {
        measure: Measure::Pages,
        from: day(1),
        instalments: [(70, 8), (140, 15)].map(instalment).to_vec(),
        skipped: Vec::new(),
        once: 0,
        pace: None,
    };
    let mut reader = Reader::new(book.id, MemberId(Uuid::nil()));
    if let Some(place) = page {
        reader.say(Reached {
            at,
            measure: Measure::Pages,
            place,
        });
    }
    pace(&book, &reading, Some(&reader), day(today)).words()
}

#[test]
fn a_pace_is_told_in_warm_words() {
    assert_eq!(words(None, 3), "no data");
    assert_eq!(words(Some(70), 3), "on time");
    assert_eq!(words(Some(73), 3), "ahead 3");
    // Two of seven days are over, 20 of 70 pages are read.
    assert_eq!(words(Some(20), 3), "on time");
    assert_eq!(words(Some(10), 3), "12 pages a day");
    assert_eq!(words(Some(140), 3), "all read");
    // After the last meeting what is left is still told.
    assert_eq!(words(Some(139), 20), "1 page a day");
}
