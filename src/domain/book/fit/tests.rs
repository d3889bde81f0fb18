use uuid::Uuid;

use super::*;
use crate::domain::book::reading::{Instalment, Measure};
use crate::domain::book::{BookState, Chapter, Mark};
use crate::domain::circle::Circle;
use crate::domain::clock::{Moment, Span};
use crate::domain::fixture;
use crate::domain::id::{Key, Kind, MemberId, QuestionId, SessionId};
use crate::domain::question::{DraftQuestion, QuestionKind, Wrote};
use crate::domain::session::SessionState;
use crate::domain::text::Clean;

const CIRCLE: CircleId = CircleId(Uuid::from_u128(1));
const BOOK: BookId = BookId(Uuid::from_u128(2));
const ZONE: Zone = Zone::UTC;

fn day(nth: i64) -> NaiveDate {
    (fixture::start() + Span::from_minutes(nth * 24 * 60)).date(ZONE)
}

/// Nine chapters over three meetings, 7, 14 and 21 days from the beginning.
fn book() -> Book {
    let instalments = (1..=3).map(|nth| Instalment {
        until: 3 * nth,
        day: day(7 * i64::from(nth)),
        session: None,
        picked: Vec::new(),
    });
    Book {
        state: BookState::Reading,
        chapters: vec![Chapter::default(); 9],
        reading: Some(Reading {
            measure: Measure::Chapters,
            from: day(0),
            instalments: instalments.collect(),
            skipped: Vec::new(),
            once: 0,
            pace: None,
        }),
        ..Book::new(BOOK, 1, Clean::line("A book"), fixture::start())
    }
}

fn about(chapter: Option<u16>, of: BookId) -> Question {
    let draft = DraftQuestion {
        kind: QuestionKind::Book,
        about: Some(Mark {
            book: of,
            chapter,
            page: None,
        }),
        ..DraftQuestion::new(Clean::line("Why?"))
    };
    draft.into_question(QuestionId(Uuid::from_u128(9)), 1)
}

fn of_theme(theme: &str) -> Question {
    let draft = DraftQuestion {
        kind: QuestionKind::Book,
        theme: Clean::line(theme),
        ..DraftQuestion::new(Clean::line("Who?"))
    };
    draft.into_question(QuestionId(Uuid::from_u128(9)), 1)
}

fn part(book: &Book) -> Part {
    Part::of(book, book.reading.as_ref().unwrap(), 1).unwrap()
}

#[test]
fn what_is_about_this_part_is_nearest_and_what_lies_behind_it_waits() {
    let book = book();
    let part = part(&book);
    let near = |question: &Question| part.near(&book, CIRCLE, question);
    for (chapter, expected) in [
        (Some(1), Some(Near::Ours)),
        (Some(3), Some(Near::Ours)),
        (Some(4), Some(Near::Here)),
        (Some(6), Some(Near::Here)),
        (Some(7), None),
        (None, Some(Near::Ours)),
    ] {
        assert_eq!(near(&about(chapter, BOOK)), expected, "{chapter:?}");
    }
    let other = BookId(Uuid::from_u128(3));
    assert_eq!(near(&about(Some(4), other)), None);
    assert_eq!(near(&of_theme("Books")), Some(Near::Any));
}

#[test]
fn a_room_that_is_behind_the_plan_is_asked_up_to_where_it_is() {
    let book = book();
    let floor = Floor {
        measure: Measure::Chapters,
        place: Some(4),
        people: 3,
        said: 3,
    };
    let part = part(&book).within(&floor);
    assert_eq!(
        part.near(&book, CIRCLE, &about(Some(4), BOOK)),
        Some(Near::Here)
    );
    assert_eq!(part.near(&book, CIRCLE, &about(Some(5), BOOK)), None);
}

#[test]
fn a_story_is_asked_about_as_a_story_and_a_textbook_is_not() {
    let novel = Book {
        genre: Genre::Fiction,
        ..book()
    };
    let near = |book: &Book, theme| part(book).near(book, CIRCLE, &of_theme(theme));
    assert_eq!(near(&book(), "Fiction"), None);
    assert_eq!(near(&novel, "Fiction"), Some(Near::Any));
    assert_eq!(near(&book(), "Non-fiction"), Some(Near::Any));
    assert_eq!(near(&novel, "non-fiction"), None);
}

#[test]
fn what_a_member_of_another_circle_wrote_is_theirs() {
    let book = book();
    let wrote = |circle| {
        let author = Wrote {
            circle: CircleId(Uuid::from_u128(circle)),
            member: MemberId(Uuid::from_u128(5)),
        };
        Question {
            author: Some(author),
            about: None,
            ..of_theme("")
        }
    };
    let near = |question: &Question| part(&book).near(&book, CIRCLE, question);
    assert_eq!(near(&wrote(1)), Some(Near::Ours));
    assert_eq!(near(&wrote(8)), None);
}

#[test]
fn the_block_about_the_book_says_so_or_is_the_first_that_asks_something() {
    let (session, _) = fixture::session(&[10, 10, 10]);
    let mut blocks = session.blocks;
    let book = book();
    blocks[0].kind = BlockKind::Round;
    assert_eq!(
        block_of(&book, &blocks).map(|block| block.id),
        Some(blocks[1].id)
    );
    blocks[2].title = Clean::line("Our book today");
    assert_eq!(
        block_of(&book, &blocks).map(|block| block.id),
        Some(blocks[2].id)
    );
    let talk = &mut blocks[..1];
    assert!(block_of(&book, talk).is_some());
    talk[0].kind = BlockKind::Break;
    assert!(block_of(&book, talk).is_none());
}

#[test]
fn a_new_session_reads_the_first_meeting_to_come_that_nobody_has_planned() {
    let mut state = State::default();
    let circle = Circle::new(CIRCLE, Clean::line("Long Table"), fixture::start());
    state.load(Key::circle(CIRCLE, Kind::Circle, CIRCLE.0), circle.into());
    let planned = SessionId(Uuid::from_u128(40));
    let mut book = book();
    book.reading.as_mut().unwrap().instalments[0].session = Some(planned);
    let start = Moment::from_local(day(7).and_time(chrono::NaiveTime::MIN), ZONE);
    let mut session = Session::new(planned, 1, start, 60);
    let put = |state: &mut State, session: &Session, book: &Book| {
        let key = Key::circle(CIRCLE, Kind::Session, session.id.0);
        state.load(key, session.clone().into());
        state.load(Key::circle(CIRCLE, Kind::Book, BOOK.0), book.clone().into());
    };
    put(&mut state, &session, &book);
    let from = |state: &State, on: i64, today: i64| {
        Part::coming(state, CIRCLE, (day(on), day(today)), ZONE).map(|part| part.from)
    };
    assert_eq!(from(&state, 14, 1), Some(4));
    // Another day is as good, as long as the meetings stay in order.
    assert_eq!(from(&state, 16, 1), Some(4));
    assert_eq!(from(&state, 6, 1), None);
    assert_eq!(from(&state, 30, 15), Some(7));
    assert_eq!(from(&state, 30, 22), None);
    // A session that was called off leaves its part to the next one.
    session.state = SessionState::Cancelled;
    put(&mut state, &session, &book);
    assert_eq!(from(&state, 7, 1), Some(1));
    // Sessions that are over or called off are not kept in memory: one to come cannot have been held.
    let mut later = State::default();
    later.load(Key::circle(CIRCLE, Kind::Book, BOOK.0), book.clone().into());
    assert_eq!(from(&later, 7, 1), Some(1));
    assert_eq!(from(&later, 7, 7), None);
}
