//! What the store told of one instalment: questions about it, what was said to them, and quotes; beside it the
//! questions of the bank that fit any book of its kind.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::domain::book::fit::suits;
use crate::domain::book::{Book, Mark};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, QuestionId};
use crate::domain::item::{Audience, Note};
use crate::domain::question::QuestionKind;
use crate::engine::query::{Answer, MOST_ROWS, Query, QuestionRow};
use crate::tui::screen::books::model::Desk;

/// Questions for any book that are offered at a time.
const OFFERED: usize = 8;
/// A row of the pane of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QuestionAt {
    /// A question.
    Question(QuestionId),
    /// The line that tells how many are hidden.
    Hidden,
}

/// A question that the pane shows.
#[derive(Clone, Debug)]
pub(super) struct Offered {
    pub(super) row: QuestionRow,
    /// Written for this circle, about this book; the others are of the bank.
    pub(super) own: bool,
}

impl Offered {
    /// The place that it is about.
    pub(super) const fn mark(&self) -> Option<Mark> {
        self.row.question.about
    }
}

/// The answers of the store, sorted once, when they come.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    /// What was asked.
    of: Option<Query>,
    own: Vec<Rc<Offered>>,
    /// Notes without those that answer a question, in the order of the book.
    pub(super) quotes: Vec<Rc<Note>>,
    answers: BTreeMap<QuestionId, usize>,
    bank_of: Option<CircleId>,
    bank: Vec<Rc<Offered>>,
    /// Counts what was told.
    rev: u64,
}

/// Questions of the bank for books, as the circle knows them.
pub(super) fn bank_query(circle: CircleId) -> Query {
    Query::Questions {
        words: String::new(),
        kind: Some(QuestionKind::Book),
        theme: None,
        competency: None,
        circle: Some(circle),
        skip: 0,
        limit: MOST_ROWS,
    }
}

impl Part {
    /// A number that changes whenever the store tells something.
    pub(super) const fn rev(&self) -> u64 {
        self.rev
    }

    /// Whether the rows of this instalment are here.
    pub(super) fn is_of(&self, desk: &Desk<'_>) -> bool {
        self.of.as_ref() == Some(&desk.part_query())
    }

    /// Takes an answer in.
    pub(super) fn take(&mut self, query: &Query, answer: &Answer, desk: &Desk<'_>) {
        match (query, answer) {
            (Query::BookPart { .. }, Answer::Rows { rows, .. }) if *query == desk.part_query() => {
                let documents = rows
                    .iter()
                    .filter_map(|row| Document::from_body(&row.key, &row.body).ok());
                self.rev += 1;
                self.of = Some(query.clone());
                self.sort(documents.collect());
            }
            (
                Query::Questions {
                    kind: Some(QuestionKind::Book),
                    circle,
                    ..
                },
                Answer::Questions { rows, .. },
            ) => {
                self.rev += 1;
                self.bank_of = *circle;
                self.bank = rows
                    .iter()
                    .map(|row| {
                        let row = row.clone();
                        Rc::new(Offered { row, own: false })
                    })
                    .collect();
                // What was asked least comes first; the order of the bank decides the rest.
                self.bank.sort_by_key(|one| one.row.asked);
            }
            _ => {}
        }
    }

    fn sort(&mut self, documents: Vec<Document>) {
        let mut asked = BTreeMap::new();
        let mut questions = Vec::new();
        self.quotes.clear();
        self.answers.clear();
        for document in documents {
            match document {
                Document::Question(question) => questions.push(question),
                Document::Asked(one) => {
                    asked.insert(one.question, one);
                }
                Document::Note(note) => self.take_note(note),
                _ => {}
            }
        }
        self.own = questions
            .into_iter()
            .map(|question| {
                let row = QuestionRow::new(question.clone(), asked.get(&question.id));
                Rc::new(Offered { row, own: true })
            })
            .collect();
        // Those about a place first, in the order of the book.
        self.own.sort_by_key(|one| {
            let mark = one.mark();
            let at = mark.map(|mark| (mark.chapter, mark.page));
            (at.is_none_or(|at| at == (None, None)), at)
        });
    }

    fn take_note(&mut self, note: Note) {
        match (note.audience, note.answers) {
            (_, Some(question)) => *self.answers.entry(question).or_default() += 1,
            // Notes for one person are theirs.
            (Audience::Me | Audience::Presenter, None) => {}
            (Audience::Circle | Audience::All, None) => self.quotes.push(Rc::new(note)),
        }
    }

    /// How many answers were noted to a question.
    pub(super) fn answers(&self, question: QuestionId) -> usize {
        self.answers.get(&question).copied().unwrap_or(0)
    }

    /// Every question that can be offered for a book, those about it first.
    pub(super) fn all<'a>(
        &'a self,
        (circle, book): (CircleId, &'a Book),
        picked: impl Fn(QuestionId) -> bool + 'a,
    ) -> impl Iterator<Item = &'a Rc<Offered>> {
        let mut offered = 0;
        let bank = self.bank.iter().filter(move |one| {
            if self.bank_of != Some(circle) || !suits(&one.row.question.theme, book.genre) {
                return false;
            }
            if picked(one.row.question.id) {
                return true;
            }
            offered += 1;
            !one.row.never && offered <= OFFERED
        });
        self.own.iter().chain(bank)
    }
}
