use chrono::NaiveDate;
use uuid::Uuid;

use super::*;
use crate::domain::book::Genre;
use crate::domain::book::reading::Measure;
use crate::domain::book::record::Quote;
use crate::domain::clock::Moment;
use crate::domain::id::{ActionId, BookId, NoteId};
use crate::domain::item::ActionState;
use crate::domain::minutes::LeftOut;
use crate::domain::text::Clean;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn record() -> Record {
    let at = Moment::from_millis(1_773_327_600_000);
    Record {
        circle: Clean::line("Long Table"),
        uid: BookId(Uuid::from_u128(1)),
        number: 1,
        title: Clean::line("Loud *Rooms*"),
        author: Clean::line("A. Writer"),
        genre: Genre::NonFiction,
        pages: Some(240),
        chapters: 8,
        state: BookState::Read,
        proposed_by: Some("Ben B".to_owned()),
        why: Clean::default(),
        from: Some(day("2026-03-04")),
        closed: Some(day("2026-04-01")),
        measure: Some(Measure::Chapters),
        parts: vec![Part {
            day: day("2026-03-18"),
            what: "ch. 1-4".to_owned(),
            pages: Some(110),
            met: Some(Met {
                number: 7,
                came: 5,
                of: 6,
            }),
        }],
        skipped: Vec::new(),
        votes: vec![Voted {
            at,
            method: Method::Ranked,
            books: vec![Clean::line("Loud *Rooms*"), Clean::line("Maps")],
            ballots: 5,
            rounds: vec!["Round 1: Loud *Rooms* 4, Maps 1".to_owned()],
            chosen: Some(Clean::line("Loud *Rooms*")),
        }],
        quoted: vec![Quoted {
            chapter: Some(3),
            title: Clean::default(),
            quotes: vec![Quote {
                uid: NoteId(Uuid::from_u128(4)),
                number: 6,
                text: Clean::line("# not a heading"),
                page: Some(82),
                raised_by: Some("Eva E".to_owned()),
            }],
        }],
        asked: vec![Put {
            text: Clean::line("Who says no?"),
            sessions: vec![7],
            by: None,
            answers: vec![Clean::line("We do")],
        }],
        tried: vec![Tried {
            uid: ActionId(Uuid::from_u128(5)),
            number: 9,
            text: Clean::line("Ask first"),
            owner: None,
            owner_words: "nobody yet".to_owned(),
            state: ActionState::Done,
        }],
        ratings: vec![Rating::of_hands(
            Clean::line("Loud *Rooms*"),
            at,
            &[4, 5, 3, 4, 4],
        )],
        left_out: LeftOut::default(),
    }
}

#[test]
fn markdown_tells_the_whole_way_and_typed_text_stays_text() {
    insta::assert_snapshot!(markdown(&record(), Zone::UTC));
}

#[test]
fn a_book_that_nobody_has_begun_is_a_short_record() {
    let empty = Record {
        state: BookState::Proposed,
        pages: None,
        chapters: 0,
        from: None,
        closed: None,
        parts: Vec::new(),
        votes: Vec::new(),
        quoted: Vec::new(),
        asked: Vec::new(),
        tried: Vec::new(),
        ratings: Vec::new(),
        ..record()
    };
    let text = markdown(&empty, Zone::UTC);
    assert!(!text.contains("##"), "{text}");
    assert!(!text.contains("Length"), "{text}");
    assert!(text.contains("- When: proposed"), "{text}");
}

#[test]
fn json_has_every_part_under_its_name() {
    let value = to_json(&record());
    assert_eq!(value["schema"], "circlet.book-record/1");
    assert_eq!(value["book"]["id"], "B1");
    assert_eq!(value["read"][0]["came"], 5);
    assert_eq!(value["votes"][0]["chosen"], "Loud *Rooms*");
    assert_eq!(value["quotes"][0]["quotes"][0]["page"], 82);
    assert_eq!(value["questions"][0]["answers"][0], "We do");
    assert_eq!(value["actions"][0]["state"], "done");
    assert_eq!(value["ratings"][0]["answers"], 5);
}
