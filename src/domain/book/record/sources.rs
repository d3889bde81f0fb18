//! What the record of a book is made from.

use crate::domain::book::poll::Poll;
use crate::domain::book::record::Met;
use crate::domain::book::{Book, next};
use crate::domain::clock::Zone;
use crate::domain::document::Document;
use crate::domain::id::{BookId, CircleId};
use crate::domain::item::{Action, Note};
use crate::domain::question::Question;
use crate::domain::roster::Member;
use crate::domain::session::{Session, SessionState};
use crate::domain::state::State;
use crate::domain::text::Clean;

/// The documents that a record is made from. Others may be among them.
#[derive(Clone, Debug)]
pub struct Sources<'a> {
    /// The name of the circle.
    pub circle: Clean,
    /// The book.
    pub book: &'a Book,
    /// Everybody who is or was in the circle.
    pub members: Vec<&'a Member>,
    /// Sessions of the circle.
    pub sessions: Vec<&'a Session>,
    /// Votes on the next book.
    pub polls: Vec<&'a Poll>,
    /// Books that stood in them.
    pub books: Vec<&'a Book>,
    /// Notes.
    pub notes: Vec<&'a Note>,
    /// Questions that were put to the room, and those about the book.
    pub questions: Vec<&'a Question>,
    /// Actions.
    pub actions: Vec<&'a Action>,
}

impl<'a> Sources<'a> {
    /// What was gathered about a book, with the circle and its people as they are loaded `here`.
    pub fn of(here: &'a State, gathered: &'a State, at: (CircleId, BookId)) -> Option<Self> {
        let (circle, book) = at;
        let questions = gathered.documents().filter_map(|(_, document)| {
            if let Document::Question(question) = document {
                Some(question)
            } else {
                None
            }
        });
        Some(Self {
            circle: here.circle(circle)?.name.clone(),
            book: gathered.book(circle, book)?,
            members: here.everyone(circle).collect(),
            sessions: gathered.sessions(circle).collect(),
            polls: gathered.votes(circle).collect(),
            books: gathered.books(circle).collect(),
            notes: gathered.notes(circle).collect(),
            questions: questions.collect(),
            actions: gathered.actions(circle).collect(),
        })
    }

    /// The sessions that talked about the book, in the order in which they did.
    pub(super) fn held(&self, zone: Zone) -> Vec<&'a Session> {
        let Some(reading) = &self.book.reading else {
            return Vec::new();
        };
        let took_place = |session: &&&Session| match session.state {
            SessionState::Running | SessionState::Ended => true,
            SessionState::Planned | SessionState::Cancelled => false,
        };
        let mut held: Vec<&Session> = self
            .sessions
            .iter()
            .filter(took_place)
            .filter(|session| next::at(reading, session, zone).is_some())
            .copied()
            .collect();
        held.sort_by_key(|session| (session.begins(), session.id));
        held
    }

    /// How many came to a session, of those who were in the circle then.
    pub(super) fn met(&self, session: &Session) -> Met {
        let people = session.people(self.members.iter().copied());
        let away = people
            .iter()
            .filter(|member| session.away.contains_key(&member.id));
        Met {
            number: session.number,
            came: people.len() - away.count(),
            of: people.len(),
        }
    }

    /// What a book is called.
    pub(super) fn title(&self, id: BookId) -> Clean {
        let mut books = std::iter::once(&self.book).chain(&self.books);
        books
            .find(|book| book.id == id)
            .map_or_else(|| Clean::line("a book"), |book| book.title.clone())
    }
}
