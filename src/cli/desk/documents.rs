//! Documents by the query that names them, by kind, and the sessions that rows belong to.

use std::collections::VecDeque;

use uuid::Uuid;

use crate::cli::desk::{Desk, unexpected};
use crate::cli::error::CliError;
use crate::domain::document::{BadDocument, Document};
use crate::domain::id::{BookId, CircleId, Key, Kind, SessionId, Space};
use crate::domain::item::Action;
use crate::domain::session::Session;
use crate::engine::news::Ticket;
use crate::engine::query::{Answer, MOST_ROWS, Query, Row};

/// What is done with a page of rows.
type Take<'t> = &'t mut dyn FnMut(&mut Desk, Vec<Row>) -> Result<(), CliError>;

impl Desk {
    /// The rows of an answer to a question that is answered at once, or a page of one that is asked page by page.
    pub(in crate::cli) fn documents(
        &mut self,
        query: Query,
    ) -> Result<Vec<(Key, Document)>, CliError> {
        let Answer::Rows { rows, .. } = self.ask(query)? else {
            return Err(unexpected());
        };
        rows.iter().map(read).collect()
    }

    /// The documents of these keys, however many.
    pub(in crate::cli) fn get(&mut self, keys: &[Key]) -> Result<Vec<(Key, Document)>, CliError> {
        let mut found = Vec::new();
        for keys in keys.chunks(MOST_ROWS) {
            found.extend(self.documents(Query::Get(keys.to_vec()))?);
        }
        Ok(found)
    }

    /// Every document of one kind in one space.
    pub(in crate::cli) fn scan(
        &mut self,
        space: Space,
        kind: Kind,
    ) -> Result<Vec<(Key, Document)>, CliError> {
        self.rows(space, kind)?.iter().map(read).collect()
    }

    /// Every session of a circle.
    pub(in crate::cli) fn sessions(&mut self, circle: CircleId) -> Result<Vec<Session>, CliError> {
        let rows = self.rows(Space::Circle(circle), Kind::Session)?;
        let mut all = Vec::new();
        for row in &rows {
            if let (_, Document::Session(session)) = read(row)? {
                all.push(session);
            }
        }
        Ok(all)
    }

    /// Sessions of a circle that were planned once and taken back since.
    pub(in crate::cli) fn sessions_gone(
        &mut self,
        circle: CircleId,
    ) -> Result<Vec<Session>, CliError> {
        let query = Query::Gone {
            space: Space::Circle(circle),
            kind: Kind::Session,
        };
        let rows = self.documents(query)?;
        let sessions = rows.into_iter().filter_map(|(_, document)| match document {
            Document::Session(session) => Some(session),
            _ => None,
        });
        Ok(sessions.collect())
    }

    /// Every action of a circle, those in the trash too.
    pub(in crate::cli) fn actions(&mut self, circle: CircleId) -> Result<Vec<Action>, CliError> {
        let rows = self.rows(Space::Circle(circle), Kind::Action)?;
        let mut all = Vec::new();
        for row in &rows {
            if let (_, Document::Action(action)) = read(row)? {
                all.push(action);
            }
        }
        Ok(all)
    }

    fn rows(&mut self, space: Space, kind: Kind) -> Result<Vec<Row>, CliError> {
        let mut all = Vec::new();
        self.pages(space, kind, &mut |_, rows| {
            all.extend(rows);
            Ok(())
        })?;
        Ok(all)
    }

    /// Every row of one kind in one space, a page at a time: what is long is never held whole.
    pub(in crate::cli) fn pages(
        &mut self,
        space: Space,
        kind: Kind,
        take: Take<'_>,
    ) -> Result<(), CliError> {
        let mut pages = Pages::new(std::iter::once((space, kind)));
        while let Some((_, rows)) = pages.next(self)? {
            take(self, rows)?;
        }
        Ok(())
    }

    /// Makes sessions known to the rows that were written down in them.
    pub(in crate::cli) fn fetch_sessions(
        &mut self,
        wanted: impl IntoIterator<Item = (CircleId, SessionId)>,
    ) -> Result<(), CliError> {
        let mut keys: Vec<Key> = wanted
            .into_iter()
            .filter(|(circle, id)| self.view().session_of(*circle, *id).is_none())
            .map(|(circle, id)| Key::circle(circle, Kind::Session, id.0))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        for (key, document) in self.get(&keys)? {
            self.fetched.load(key, document);
        }
        Ok(())
    }

    /// Makes books known to rows that name them: those that were read long ago too.
    pub(in crate::cli) fn fetch_books(
        &mut self,
        circle: CircleId,
        books: &[BookId],
    ) -> Result<(), CliError> {
        let unknown = books
            .iter()
            .filter(|id| self.view().book_of(circle, **id).is_none());
        let keys: Vec<Key> = unknown
            .map(|id| Key::circle(circle, Kind::Book, id.0))
            .collect();
        for (key, document) in self.get(&keys)? {
            self.fetched.load(key, document);
        }
        Ok(())
    }
}

/// Places of which a page was asked for before anybody needs it.
const AHEAD: usize = 4;

/// Everything in some places, a page at a time. The next page is read while one is told.
pub(in crate::cli) struct Pages<P> {
    places: P,
    asked: VecDeque<(Place, Ticket)>,
}

/// Documents of one kind in one space.
type Place = (Space, Kind);

impl<P: Iterator<Item = Place>> Pages<P> {
    /// Reads these places one after the other.
    pub(in crate::cli) const fn new(places: P) -> Self {
        Self {
            places,
            asked: VecDeque::new(),
        }
    }

    /// The next page and its space; `None` behind the last.
    pub(in crate::cli) fn next(
        &mut self,
        desk: &mut Desk,
    ) -> Result<Option<(Space, Vec<Row>)>, CliError> {
        while self.asked.len() < AHEAD
            && let Some(place) = self.places.next()
        {
            self.asked.push_back((place, ask(desk, place, None)));
        }
        let Some((place, ticket)) = self.asked.pop_front() else {
            return Ok(None);
        };
        let Answer::Rows { rows, more } = desk.answer(ticket)? else {
            return Err(unexpected());
        };
        if more && let Some(last) = rows.last() {
            let ticket = ask(desk, place, Some(last.key.id));
            self.asked.push_front((place, ticket));
        }
        Ok(Some((place.0, rows)))
    }
}

fn ask(desk: &mut Desk, (space, kind): Place, after: Option<Uuid>) -> Ticket {
    desk.ask_ahead(Query::Scan {
        space,
        kind,
        after,
        limit: MOST_ROWS,
    })
}

/// What a row says.
pub(in crate::cli) fn read(row: &Row) -> Result<(Key, Document), CliError> {
    let document = Document::from_body(&row.key, &row.body);
    let document = document.map_err(|error| unreadable(&error))?;
    Ok((row.key, document))
}

/// Why a command ends at a row.
pub(in crate::cli) fn unreadable(error: &BadDocument) -> CliError {
    CliError::store(format!(
        "A document of the store cannot be read: {error}.\n\
         Everything else is unharmed. Look at it with: circlet doctor"
    ))
}
