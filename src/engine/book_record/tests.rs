use std::collections::BTreeMap;

use uuid::Uuid;

use super::*;
use crate::domain::book::reading::{Instalment, Measure, Reading};
use crate::domain::book::{Book, BookState, Mark};
use crate::domain::change::{Act, ActKind, Author, Change, Via};
use crate::domain::circle::Circle;
use crate::domain::clock::Moment;
use crate::domain::id::{ActId, NoteId, RunId};
use crate::domain::item::{Audience, Note, Origin};
use crate::domain::session::Session;
use crate::domain::text::Clean;
use crate::engine::queries::Asking;
use crate::store::{Memory, Store as _};

const CIRCLE: CircleId = CircleId(Uuid::from_u128(1));
const ZONE: Zone = Zone::UTC;

fn at() -> Moment {
    Moment::from_millis(1_773_327_600_000)
}

fn book(n: u128, state: BookState) -> Book {
    let day = at().date(ZONE);
    Book {
        state,
        closed: (state == BookState::Read).then(at),
        reading: Some(Reading {
            measure: Measure::Pages,
            from: day,
            instalments: vec![Instalment {
                until: 300,
                day,
                session: Some(SessionId(Uuid::from_u128(50))),
                picked: Vec::new(),
            }],
            skipped: Vec::new(),
            once: 0,
            pace: None,
        }),
        ..Book::new(BookId(Uuid::from_u128(n)), 1, Clean::line("A book"), at())
    }
}

/// A store with these books, 450 quotes from the first of them, and a session that was held about it among 450 others.
fn store(books: Vec<Book>) -> Memory {
    let first = books[0].id;
    let mut changes = Vec::new();
    let mut put = |kind, id: Uuid, document: Document| {
        changes.push(Change {
            key: Key::circle(CIRCLE, kind, id),
            before: None,
            after: Some(document.to_body()),
        });
    };
    for book in books {
        put(Kind::Book, book.id.0, book.into());
    }
    for n in 0..450_u32 {
        let mark = Mark {
            book: first,
            chapter: None,
            page: Some(n % 300 + 1),
        };
        let note = Note {
            audience: Audience::Circle,
            mark: Some(mark),
            ..Note::new(
                NoteId(Uuid::from_u128(u128::from(n) + 10_000)),
                n + 1,
                Clean::line("A line"),
                Origin::outside(at()),
            )
        };
        put(Kind::Note, note.id.0, note.into());
        let id = SessionId(Uuid::from_u128(u128::from(n) + 50));
        let session = Session {
            state: SessionState::Ended,
            started: Some(at()),
            ended: Some(at()),
            ..Session::new(id, n + 1, at(), 60)
        };
        put(Kind::Session, id.0, session.into());
    }
    let mut store = Memory::new();
    let act = Act {
        id: ActId(Uuid::from_u128(7)),
        seq: 0,
        revs: BTreeMap::new(),
        at: at(),
        by: Author {
            via: Via::App,
            run: RunId(Uuid::from_u128(1)),
        },
        title: "books".to_owned(),
        kind: ActKind::Do,
        changes,
    };
    store.commit(act).unwrap();
    store
}

fn here() -> State {
    let mut state = State::default();
    let circle = Circle::new(CIRCLE, Clean::line("Long Table"), at());
    state.load(Key::circle(CIRCLE, Kind::Circle, CIRCLE.0), circle.into());
    state
}

/// Asks until nothing is left to ask; also how often.
fn gather(mut gathering: Gathering, store: &Memory) -> (Gathering, usize) {
    let mut asking = Asking::default();
    let mut count = 0;
    while let Some(query) = gathering.next() {
        let answer = asking.answer(store, &query, at()).unwrap();
        if let Answer::Rows { rows, .. } = &answer {
            assert!(rows.len() <= MOST_ROWS, "{query:?}");
        }
        gathering.take(&answer).unwrap();
        count += 1;
    }
    (gathering, count)
}

#[test]
fn every_quote_is_gathered_page_by_page_and_other_sessions_are_left() {
    let store = store(vec![book(2, BookState::Reading)]);
    let gathering = Gathering::new(CIRCLE, BookId(Uuid::from_u128(2)), ZONE);
    let (gathering, count) = gather(gathering, &store);
    let record = gathering.record(&here(), Naming::Full).unwrap();
    let quotes: usize = record.quoted.iter().map(|one| one.quotes.len()).sum();
    assert_eq!(quotes, 450);
    assert_eq!(record.parts[0].met.map(|met| met.number), Some(1));
    // Book, votes, three pages of quotes, questions, three pages of sessions, what was written down in one of them.
    assert_eq!(count, 10);
}

#[test]
fn before_the_first_meeting_the_record_is_of_the_book_that_was_read_last() {
    let (old, mut new) = (book(2, BookState::Read), book(3, BookState::Reading));
    let tomorrow = at().date(ZONE) + chrono::TimeDelta::days(1);
    new.reading.as_mut().unwrap().instalments[0] = Instalment {
        until: 300,
        day: tomorrow,
        session: None,
        picked: Vec::new(),
    };
    let mut state = here();
    state.load(
        Key::circle(CIRCLE, Kind::Book, new.id.0),
        new.clone().into(),
    );
    let of = |books: Vec<Book>, today| {
        let gathering = Gathering::usual(&state, CIRCLE, today, ZONE);
        let (gathering, _) = gather(gathering, &store(books));
        let record = gathering.record(&state, Naming::Full);
        record.map(|record| record.uid)
    };
    let today = at().date(ZONE);
    assert_eq!(of(vec![old.clone(), new.clone()], today), Some(old.id));
    assert_eq!(of(vec![old, new.clone()], tomorrow), Some(new.id));
    // Where none was read before, what has just begun is all there is.
    assert_eq!(of(vec![new.clone()], today), Some(new.id));
}

#[test]
fn a_circle_without_books_has_no_record() {
    let gathering = Gathering::usual(&here(), CIRCLE, at().date(ZONE), ZONE);
    let (gathering, count) = gather(gathering, &Memory::new());
    assert_eq!(count, 1);
    assert!(gathering.record(&here(), Naming::Full).is_none());
}
