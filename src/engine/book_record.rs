//! Gathering what the record of a book is made from: one question to the store after another, each of a bounded
//! size, so that a long life of reading travels through the socket as well.

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, VecDeque};

use chrono::NaiveDate;
use uuid::Uuid;

use crate::domain::book::record::{Record, Sources};
use crate::domain::book::{Book, meetings, next};
use crate::domain::clock::Zone;
use crate::domain::document::{BadDocument, Document};
use crate::domain::id::{BookId, CircleId, Key, Kind, QuestionId, SessionId, Space};
use crate::domain::names::Naming;
use crate::domain::session::SessionState;
use crate::domain::state::State;
use crate::engine::query::{Answer, MOST_ROWS, Query, Row};

/// What is asked for next.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// The book; without one, that which was read last.
    Book(Option<BookId>),
    /// Votes, behind this one.
    Polls(Option<Uuid>),
    /// Books that stood in a vote with it.
    Titles(Vec<Key>),
    /// Sessions, behind this one; only those that talked about the book stay.
    Sessions(Option<Uuid>),
    /// Notes from the book, so many were answered already.
    Quotes(usize),
    /// What was written down in a session.
    Record(SessionId),
    /// Questions of the circle, behind this one; only those about the book stay.
    Questions(Option<Uuid>),
    /// Questions that were put to the room.
    Asked(Vec<Key>),
}

/// The record of a book on its way.
#[derive(Clone, Debug)]
pub struct Gathering {
    circle: CircleId,
    zone: Zone,
    book: Option<BookId>,
    /// The one to tell of where none was read to its end.
    else_of: Option<BookId>,
    steps: VecDeque<Step>,
    found: State,
}

impl Gathering {
    /// Nothing is gathered yet of this book.
    pub fn new(circle: CircleId, book: BookId, zone: Zone) -> Self {
        Self {
            circle,
            zone,
            book: Some(book),
            else_of: None,
            steps: VecDeque::from([Step::Book(Some(book))]),
            found: State::default(),
        }
    }

    /// The same of the book that a circle reads; before its first meeting, of the one that was read last.
    pub fn usual(state: &State, circle: CircleId, today: NaiveDate, zone: Zone) -> Self {
        let reading = state.reading(circle);
        let met = |book: &&Book| {
            let first = book
                .reading
                .as_ref()
                .and_then(|plan| plan.instalments.first());
            first.is_some_and(|one| meetings::day(state, circle, one, zone) <= today)
        };
        let book = reading.filter(met).map(|book| book.id);
        Self {
            circle,
            zone,
            book,
            else_of: reading.map(|book| book.id),
            steps: VecDeque::from([Step::Book(book)]),
            found: State::default(),
        }
    }

    /// The question to ask now; `None` when all is there.
    pub fn next(&self) -> Option<Query> {
        let (circle, space) = (self.circle, Space::Circle(self.circle));
        let scan = |kind, after| Query::Scan {
            space,
            kind,
            after,
            limit: MOST_ROWS,
        };
        Some(match self.steps.front()? {
            Step::Book(Some(id)) => Query::Get(vec![Key::circle(circle, Kind::Book, id.0)]),
            Step::Book(None) => Query::BooksClosed {
                circle,
                skip: 0,
                limit: 1,
            },
            Step::Polls(after) => scan(Kind::Poll, *after),
            Step::Titles(keys) | Step::Asked(keys) => Query::Get(keys.clone()),
            Step::Sessions(after) => scan(Kind::Session, *after),
            Step::Quotes(skip) => Query::Quotes {
                circle,
                book: self.book?,
                skip: *skip,
                limit: MOST_ROWS,
            },
            Step::Record(session) => Query::Record {
                circle,
                session: *session,
            },
            Step::Questions(after) => scan(Kind::Question, *after),
        })
    }

    /// Takes the answer to [`next`](Self::next) in.
    ///
    /// # Errors
    /// When a document cannot be read.
    pub fn take(&mut self, answer: &Answer) -> Result<(), BadDocument> {
        let Some(step) = self.steps.pop_front() else {
            return Ok(());
        };
        let Answer::Rows { rows, more } = answer else {
            return Ok(());
        };
        let before = self.found.documents().count();
        for row in rows {
            self.keep(row)?;
        }
        let after = rows.last().map(|row| row.key.id).filter(|_| *more);
        let again = match step {
            Step::Book(_) if before < self.found.documents().count() => {
                self.plan();
                None
            }
            Step::Book(_) => self.else_of.take().map(|book| Step::Book(Some(book))),
            Step::Polls(_) => {
                if after.is_none() {
                    self.steps.extend(chunks(&self.titles()).map(Step::Titles));
                }
                after.map(|after| Step::Polls(Some(after)))
            }
            Step::Sessions(_) => {
                if after.is_none() {
                    let held = self.found.sessions(self.circle);
                    let records: Vec<Step> = held.map(|one| Step::Record(one.id)).collect();
                    self.steps.extend(records);
                    self.steps.extend(chunks(&self.asked()).map(Step::Asked));
                }
                after.map(|after| Step::Sessions(Some(after)))
            }
            Step::Questions(_) => after.map(|after| Step::Questions(Some(after))),
            Step::Quotes(skip) => more.then(|| Step::Quotes(skip + rows.len())),
            Step::Titles(_) | Step::Record(_) | Step::Asked(_) => None,
        };
        if let Some(again) = again {
            self.steps.push_front(again);
        }
        Ok(())
    }

    /// What to ask for once the book is known.
    fn plan(&mut self) {
        let books = self.found.books(self.circle).next();
        self.book = self.book.or(books.map(|book| book.id));
        self.steps.extend([
            Step::Polls(None),
            Step::Quotes(0),
            Step::Questions(None),
            Step::Sessions(None),
        ]);
    }

    /// Keeps a row where the record may need it.
    fn keep(&mut self, row: &Row) -> Result<(), BadDocument> {
        let document = Document::from_body(&row.key, &row.body)?;
        let book = self.book.and_then(|id| self.found.book(self.circle, id));
        // Most rows were asked for by name; of these three kinds all rows of a circle come.
        let needed = match &document {
            Document::Session(session) => {
                let took_place =
                    matches!(session.state, SessionState::Running | SessionState::Ended);
                let reading = book.and_then(|book| book.reading.as_ref());
                let at = reading.and_then(|reading| next::at(reading, session, self.zone));
                took_place && at.is_some()
            }
            Document::Poll(poll) => self.book.is_some_and(|id| poll.books.contains(&id)),
            Document::Question(question) if row.key.space == Space::Circle(self.circle) => {
                let about = question.about.map(|mark| mark.book);
                about.is_some() && about == self.book
            }
            _ => true,
        };
        if needed {
            self.found.load(row.key, document);
        }
        Ok(())
    }

    /// The other books of its votes.
    fn titles(&self) -> Vec<Key> {
        let polls = self.found.votes(self.circle);
        let books: BTreeSet<BookId> = polls.flat_map(|poll| poll.books.iter().copied()).collect();
        let others = books.into_iter().filter(|id| Some(*id) != self.book);
        others
            .map(|id| Key::circle(self.circle, Kind::Book, id.0))
            .collect()
    }

    /// The questions of the bank that its sessions put to the room.
    fn asked(&self) -> Vec<Key> {
        let blocks = self
            .found
            .sessions(self.circle)
            .flat_map(|session| &session.blocks);
        let prompts = blocks.flat_map(|block| &block.prompts);
        let asked = prompts.filter(|prompt| prompt.asked.is_some());
        let ids: BTreeSet<QuestionId> = asked.filter_map(|prompt| prompt.question).collect();
        ids.into_iter()
            .map(|id| Key::new(Space::Org, Kind::Question, id.0))
            .collect()
    }

    /// The record, of what was gathered so far; `None` where there is no such book.
    pub fn record(&self, here: &State, naming: Naming) -> Option<Record> {
        let at = (self.circle, self.book?);
        let sources = Sources::of(here, &self.found, at)?;
        Some(Record::new(&sources, naming, self.zone))
    }
}

fn chunks(keys: &[Key]) -> impl Iterator<Item = Vec<Key>> + use<> {
    let chunks: Vec<Vec<Key>> = keys.chunks(MOST_ROWS).map(<[Key]>::to_vec).collect();
    chunks.into_iter()
}
