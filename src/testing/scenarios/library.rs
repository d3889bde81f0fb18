//! The books that a scenario begins with.

use chrono::TimeDelta;
use serde::Deserialize;

use crate::command::Command;
use crate::command::book::{BookChange, NewBook};
use crate::domain::book::meetings;
use crate::domain::book::reading::{Instalment, Measure, Reading};
use crate::domain::book::{Chapter, Mark};
use crate::domain::clock::Zone;
use crate::domain::id::MemberId;
use crate::domain::question::{DraftQuestion, QuestionKind, Wrote};
use crate::domain::text::Clean;
use crate::testing::{Driven as _, Seat};

/// Books of a circle, as another process writes them down. The first one is read from now on, up to a chapter for
/// the next meeting; the others are proposed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Library {
    titles: Vec<String>,
    /// Pages of each book.
    pages: Vec<u32>,
    /// Chapters of the first one.
    chapters: u32,
    /// Its last chapter for each meeting to come.
    until: Vec<u32>,
    /// Questions about it: the number of the member who wrote it, the chapter, the words.
    questions: Vec<(usize, u16, String)>,
}

impl Library {
    pub(super) fn write(&self, seat: &mut Seat) {
        let circle = seat.state().circles().next().expect("a circle").id;
        let change = |change| Command::Book { circle, change };
        let pages = self.pages.iter().copied();
        let books = self.titles.iter().zip(pages).zip(0..);
        let books = books.map(|((title, pages), at): ((&String, u32), u32)| NewBook {
            title: Clean::line(title),
            pages: Some(pages),
            chapters: (0..if at == 0 { self.chapters } else { 0 })
                .map(|chapter| Chapter {
                    title: Clean::default(),
                    page: Some(1 + chapter * pages / self.chapters),
                })
                .collect(),
            ..NewBook::default()
        });
        let add = BookChange::Add {
            books: books.collect(),
            source: Clean::default(),
        };
        seat.meanwhile(change(add));
        let today = seat.now().date(Zone::UTC);
        let first = seat.state().proposed(circle)[0].id;
        let met = meetings::next(
            seat.state(),
            circle,
            (today - TimeDelta::days(1), self.until.len()),
            Zone::UTC,
        );
        let instalments = met.iter().zip(&self.until).map(|(met, until)| Instalment {
            until: *until,
            day: met.day,
            session: met.session,
            picked: Vec::new(),
        });
        let reading = Reading {
            measure: Measure::Chapters,
            from: today - TimeDelta::days(28),
            instalments: instalments.collect(),
            skipped: Vec::new(),
            once: 0,
            pace: None,
        };
        seat.meanwhile(change(BookChange::Begin(first, reading)));
        let people = seat.state().members(circle);
        let people: Vec<MemberId> = people.iter().map(|member| member.id).collect();
        let questions = self
            .questions
            .iter()
            .map(|(member, chapter, text)| DraftQuestion {
                kind: QuestionKind::Book,
                author: Some(Wrote {
                    circle,
                    member: people[member - 1],
                }),
                about: Some(Mark {
                    book: first,
                    chapter: Some(*chapter),
                    page: None,
                }),
                ..DraftQuestion::new(Clean::line(text))
            });
        seat.meanwhile(Command::AddQuestions {
            questions: questions.collect(),
            source: Clean::default(),
        });
    }
}
