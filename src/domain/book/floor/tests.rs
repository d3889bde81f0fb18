use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::book::Chapter;
use crate::domain::book::reader::Reached;
use crate::domain::book::reading::Instalment;
use crate::domain::clock::Moment;
use crate::domain::id::BookId;
use crate::domain::text::Clean;

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, n).unwrap()
}

/// Ten chapters of ten pages, five of them due on 8 March.
fn book() -> Book {
    let at = Moment::from_millis(0);
    let mut book = Book::new(BookId(Uuid::from_u128(9)), 1, Clean::line("Range"), at);
    book.pages = Some(100);
    let chapter = |at: u32| Chapter {
        title: Clean::default(),
        page: Some(1 + at * 10),
    };
    book.chapters = (0..10).map(chapter).collect();
    let instalment = |(until, on)| Instalment {
        until,
        day: day(on),
        session: None,
        picked: Vec::new(),
    };
    book.reading = Some(Reading {
        measure: Measure::Chapters,
        from: day(1),
        instalments: [(5, 8), (10, 15)].map(instalment).to_vec(),
        skipped: Vec::new(),
        once: 0,
        pace: None,
    });
    book
}

fn member(n: u128) -> MemberId {
    MemberId(Uuid::from_u128(n))
}

fn reader(n: u128, measure: Measure, place: u32) -> Reader {
    let mut reader = Reader::new(book().id, member(n));
    reader.say(Reached {
        at: Moment::from_millis(0),
        measure,
        place,
    });
    reader
}

fn mark(chapter: Option<u16>, page: Option<u32>) -> Mark {
    Mark {
        book: book().id,
        chapter,
        page,
    }
}

#[test]
fn the_floor_is_the_lowest_of_those_who_are_there() {
    let readers = [
        reader(1, Measure::Chapters, 7),
        reader(2, Measure::Pages, 45),
        reader(3, Measure::Chapters, 1),
    ];
    let floor = floor(
        (&book(), book().reading.as_ref()),
        &readers,
        &[member(1), member(2)],
        day(3),
    );
    assert_eq!(floor.place, Some(4));
    assert_eq!(floor.words(), "everyone has reached ch. 4");
    assert!(!floor.hides(&book(), &mark(Some(4), None)));
    assert!(floor.hides(&book(), &mark(Some(5), None)));
    assert!(floor.hides(&book(), &mark(None, Some(41))));
    assert!(!floor.hides(&book(), &mark(None, None)));
}

#[test]
fn whoever_said_nothing_is_where_the_plan_is() {
    let readers = [reader(1, Measure::Chapters, 7)];
    let people = [member(1), member(2), member(3)];
    assert_eq!(
        floor(
            (&book(), book().reading.as_ref()),
            &readers,
            &people,
            day(3)
        )
        .place,
        Some(0)
    );
    let floor = floor(
        (&book(), book().reading.as_ref()),
        &readers,
        &people,
        day(8),
    );
    assert_eq!(
        floor.words(),
        "everyone has reached ch. 5; 2 have said nothing"
    );
}

#[test]
fn without_a_plan_and_without_a_word_nothing_is_hidden() {
    let mut book = book();
    book.reading = None;
    let floor = floor((&book, None), &[], &[member(1)], day(3));
    assert_eq!((floor.place, floor.words().as_str()), (None, "no data"));
    assert!(!floor.hides(&book, &mark(Some(9), None)));
}

#[test]
fn it_is_counted_how_many_have_reached_a_chapter() {
    let readers = [
        reader(1, Measure::Chapters, 5),
        reader(2, Measure::Pages, 50),
        reader(3, Measure::Pages, 49),
    ];
    let people = [member(1), member(2), member(3)];
    assert_eq!(reached(&book(), &readers, &people, 5), 2);
}

proptest! {
    #[test]
    fn nobody_who_said_something_is_shown_what_is_beyond_them(places in prop::collection::vec(0u32..=10, 1..8), chapter in 1u16..=10, on in 1u32..20) {
        let readers: Vec<Reader> = (1..).zip(&places).map(|(n, place)| reader(n, Measure::Chapters, *place)).collect();
        let people: Vec<MemberId> = (1..=places.len() as u128 + 1).map(member).collect();
        let floor = floor((&book(), book().reading.as_ref()), &readers, &people, day(on));
        let lowest = *places.iter().min().unwrap();
        prop_assert!(u32::from(chapter) <= lowest || floor.hides(&book(), &mark(Some(chapter), None)));
    }
}
