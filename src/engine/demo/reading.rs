//! What a circle of the demo reads: the book over its meetings, how far its members are, what they asked and
//! marked.

use chrono::NaiveDate;

use crate::domain::agenda::Prompt;
use crate::domain::book::meetings::{self, Meeting};
use crate::domain::book::reader::{Reached, Reader};
use crate::domain::book::reading::{Instalment, Measure, Reading};
use crate::domain::book::usual::USUAL_PACE;
use crate::domain::book::{Book, BookState, Chapter, Mark};
use crate::domain::id::{BookId, Key, Kind, NoteId, QuestionId};
use crate::domain::item::{Audience, Note, Origin};
use crate::domain::question::{DraftQuestion, QuestionKind, Wrote};
use crate::domain::session::Session;
use crate::engine::demo::{Place, World, days};
use crate::packs::demo::{DemoBook, DemoQuote};

impl World {
    /// The book; its next instalment is what the session `next` is about.
    pub(super) fn book(&mut self, place: &mut Place<'_>, data: &DemoBook, next: &mut Session) {
        place.counter.book += 1;
        let begun = self.now + days(data.from_days);
        let id = BookId(self.made(begun));
        let chapters = data.chapters.iter().map(|chapter| Chapter {
            title: chapter.title.clone(),
            page: Some(chapter.page),
        });
        let book = Book {
            author: data.author.clone(),
            genre: data.genre,
            pages: Some(data.pages),
            chapters: chapters.collect(),
            state: BookState::Reading,
            proposed_by: place.member(data.proposed_by),
            reading: Some(self.reading(data, next)),
            ..Book::new(id, place.counter.book, data.title.clone(), begun)
        };
        self.put(Key::circle(place.id, Kind::Book, id.0), book);
        self.readers(place, (id, data));
        self.questions(place, (id, data), next);
        for quote in &data.quotes {
            self.quote(place, id, quote);
        }
    }

    fn reading(&self, data: &DemoBook, next: &Session) -> Reading {
        let day = |ahead: i64| -> NaiveDate { (self.now + days(ahead)).date(self.zone) };
        let laid = data.instalments.iter().map(|one| Instalment {
            until: one.until,
            day: day(one.in_days),
            session: None,
            picked: Vec::new(),
        });
        let mut instalments: Vec<Instalment> = laid.collect();
        let meeting = Meeting {
            day: next.start.date(self.zone),
            session: Some(next.id),
        };
        meetings::tie(&mut instalments, &[meeting]);
        Reading {
            measure: Measure::Chapters,
            from: day(data.from_days),
            instalments,
            skipped: Vec::new(),
            pace: Some(USUAL_PACE),
        }
    }

    /// What members asked. Each question that was picked stands in a block of its own, behind the first words.
    fn questions(
        &mut self,
        place: &Place<'_>,
        (book, data): (BookId, &DemoBook),
        next: &mut Session,
    ) {
        let mut blocks = next.blocks.iter_mut().skip(1);
        for asked in &data.questions {
            let id = QuestionId(self.ids.make());
            let draft = DraftQuestion {
                kind: QuestionKind::Book,
                author: place.member(asked.by).map(|member| Wrote {
                    circle: place.id,
                    member,
                }),
                about: Some(Mark {
                    book,
                    chapter: Some(asked.chapter),
                    page: None,
                }),
                ..DraftQuestion::new(asked.text.clone())
            };
            if asked.picked
                && let Some(block) = blocks.next()
            {
                block.prompts.push(Prompt {
                    question: Some(id),
                    ..Prompt::new(asked.text.clone())
                });
            }
            self.bank.push((id, draft));
        }
    }

    fn readers(&mut self, place: &Place<'_>, (book, data): (BookId, &DemoBook)) {
        for one in &data.readers {
            let Some(member) = place.member(one.person) else {
                continue;
            };
            let mut reader = Reader::new(book, member);
            reader.shared = one.shared;
            reader.say(Reached {
                at: self.now - days(1),
                measure: Measure::Chapters,
                place: one.chapter,
            });
            self.put(Key::circle(place.id, Kind::Reader, reader.id.0), reader);
        }
    }

    fn quote(&mut self, place: &mut Place<'_>, book: BookId, quote: &DemoQuote) {
        place.counter.note += 1;
        let at = self.now - days(8);
        let id = NoteId(self.made(at));
        let note = Note {
            audience: Audience::Circle,
            mark: Some(Mark {
                book,
                chapter: Some(quote.chapter),
                page: Some(quote.page),
            }),
            raised_by: place.member(quote.by),
            ..Note::new(
                id,
                place.counter.note,
                quote.text.clone(),
                Origin::outside(at),
            )
        };
        self.put(Key::circle(place.id, Kind::Note, id.0), note);
    }
}
