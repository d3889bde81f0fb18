//! What minutes say about the book of a session.

use crate::domain::book::{Book, next};
use crate::domain::clock::Zone;
use crate::domain::session::Session;
use crate::domain::text::Clean;

/// The book that a session read, and what comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// What it is called.
    pub title: Clean,
    /// Who wrote it; may be empty.
    pub author: Clean,
    /// What was read for the session: `ch. 4-6`.
    pub what: String,
    /// What is read until the next meeting, with its pace; `None` when the book is over.
    pub next: Option<String>,
    /// The book that was begun since, with what it asks of people.
    pub begun: Option<(Clean, String)>,
}

impl Read {
    /// The one of a session among the books of its circle.
    pub fn of(books: &[&Book], session: &Session, zone: Zone) -> Option<Self> {
        let (book, reading, at) = books.iter().find_map(|book| {
            let reading = book.reading.as_ref().filter(|_| book.trashed.is_none())?;
            Some((book, reading, next::at(reading, session, zone)?))
        })?;
        let day = session.begins().date(zone);
        let next = next::words(reading, at + 1).map(|what| {
            format!(
                "{what}, {}",
                next::pace_words(book, reading, at + 1..at + 2)
            )
        });
        let mut others = books.iter().filter(|other| other.id != book.id);
        let begun = others.find_map(|other| {
            let plan = other.reading.as_ref().filter(|plan| plan.from == day)?;
            let pace = next::pace_words(other, plan, 0..plan.instalments.len());
            Some((other.title.clone(), pace))
        });
        Some(Self {
            title: book.title.clone(),
            author: book.author.clone(),
            what: next::words(reading, at)?,
            next,
            begun,
        })
    }
}
