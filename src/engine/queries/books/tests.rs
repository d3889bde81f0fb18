use uuid::Uuid;

use super::*;
use crate::domain::book::Mark;
use crate::domain::change::{Act, ActKind, Author, Change, Via};
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{ActId, NoteId, QuestionId, RunId};
use crate::domain::item::{Audience, Note, Origin};
use crate::domain::question::DraftQuestion;
use crate::domain::text::Clean;
use crate::store::{Memory, Store as _};

const CIRCLE: CircleId = CircleId(Uuid::from_u128(1));
const BOOK: BookId = BookId(Uuid::from_u128(2));

fn at(chapter: u16, page: u32) -> Mark {
    Mark {
        book: BOOK,
        chapter: Some(chapter).filter(|n| *n > 0),
        page: Some(page).filter(|n| *n > 0),
    }
}

/// A store with a quote on every page of 50 chapters of 100 pages, and a question for every chapter.
fn store() -> Memory {
    let mut changes = Vec::new();
    let mut put = |kind, id: u128, document: Document| {
        changes.push(Change {
            key: Key::circle(CIRCLE, kind, Uuid::from_u128(id)),
            before: None,
            after: Some(document.to_body()),
        });
    };
    for n in 0..5_000_u32 {
        let id = NoteId(Uuid::from_u128(u128::from(n) + 10_000));
        let text = Clean::line(&format!("quote {n}"));
        let chapter = u16::try_from(n / 100 + 1).unwrap();
        let note = Note {
            audience: Audience::Circle,
            mark: Some(at(chapter, n + 1)),
            ..Note::new(id, n + 1, text, Origin::outside(Moment::from_millis(0)))
        };
        put(Kind::Note, id.0.as_u128(), note.into());
    }
    for chapter in 0..=50_u16 {
        let id = QuestionId(Uuid::from_u128(u128::from(chapter) + 1_000));
        let draft = DraftQuestion {
            about: Some(at(chapter, 0)),
            ..DraftQuestion::new(Clean::line(&format!("What of {chapter}?")))
        };
        let question = draft.into_question(id, u32::from(chapter) + 1);
        put(Kind::Question, id.0.as_u128(), question.into());
    }
    let mut store = Memory::new();
    let act = Act {
        id: ActId(Uuid::from_u128(7)),
        seq: 0,
        revs: std::collections::BTreeMap::new(),
        at: Moment::from_millis(0),
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

fn texts(answer: &Answer) -> Vec<String> {
    let Answer::Rows { rows, .. } = answer else {
        panic!("no rows")
    };
    let text = |row: &crate::engine::query::Row| {
        row.body.value().unwrap()["text"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    rows.iter().map(text).collect()
}

#[test]
fn a_part_of_a_large_book_is_told_without_the_rest() {
    let store = store();
    let part = (Some((4, 5)), Some((301, 500)));
    let found = texts(&part_of(&store, (CIRCLE, BOOK), part).unwrap());
    let (questions, quotes): (Vec<&String>, Vec<&String>) =
        found.iter().partition(|text| text.starts_with("What"));
    // The one that is about no place belongs to every part.
    assert_eq!(questions, ["What of 0?", "What of 4?", "What of 5?"]);
    assert_eq!(quotes.len(), MOST_ROWS);
    assert_eq!(quotes[0], "quote 300");
    assert_eq!(quotes[199], "quote 499");
}

#[test]
fn another_book_has_nothing_of_it() {
    let other = BookId(Uuid::from_u128(3));
    let found = part_of(&store(), (CIRCLE, other), (Some((1, 50)), None)).unwrap();
    assert_eq!(texts(&found), Vec::<String>::new());
}
