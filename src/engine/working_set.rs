//! What is loaded when a store is opened: enough to draw every screen that is not a list, and to
//! decide nearly every command. The rest is fetched when somebody asks.

mod record;

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::domain::change::{Change, Via};
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{BookId, CircleId, Key, Kind, SessionId, Space};
use crate::domain::index::{IndexName, book_value};
use crate::domain::merging::Join;
use crate::domain::session::SessionState;
use crate::domain::state::{State, counter_key, rotation_key};
use crate::store::{IndexQuery, Read, Result, StoreError, Stored};

pub(crate) use record::{decided_since, record};

/// Open actions of one circle that the app keeps in memory, soonest due first.
const MOST_ACTIONS: usize = 10_000;
/// The same for a command that is over in a moment; it asks for lists.
const FEW_ACTIONS: usize = 500;
/// Sessions of one circle that are looked at for planned ones, latest first.
const MOST_SESSIONS: usize = 400;
/// Proposed books of one circle that are kept in memory.
const MOST_BOOKS: usize = 500;
/// People of one book.
const MOST_READERS: usize = 500;
/// Rows that are read at once.
const PAGE: usize = 500;
/// How much of a store is read when it is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The whole working set.
    All,
    /// What rows stand in and are named by: circles, people, seats, sessions, the books that are open.
    Frame,
}

impl Scope {
    /// Whether documents of this kind belong to it.
    pub(crate) const fn has(self, kind: Kind) -> bool {
        match kind {
            Kind::Book
            | Kind::Circle
            | Kind::Counter
            | Kind::Filter
            | Kind::Live
            | Kind::Member
            | Kind::Person
            | Kind::Poll
            | Kind::Reader
            | Kind::Rotation
            | Kind::Session => true,
            Kind::Action
            | Kind::Asked
            | Kind::Decision
            | Kind::Groups
            | Kind::Note
            | Kind::Parked
            | Kind::Question => matches!(self, Self::All),
        }
    }
}

/// Reads the working set of a store.
pub(crate) fn load(read: &dyn Read, (via, scope): (Via, Scope)) -> Result<State> {
    let actions = match via {
        Via::App => MOST_ACTIONS,
        Via::Cli => FEW_ACTIONS,
    };
    let mut state = State::default();
    let heads = read.heads()?;
    for (space, head) in &heads {
        state.set_space_rev(*space, head.rev);
    }
    get(read, counter_key(Space::Org), &mut state)?;
    for kind in [Kind::Filter, Kind::Person] {
        each(read, Space::Org, kind, None, &mut |row| {
            put(&row, &mut state)
        })?;
    }
    for space in heads.into_keys() {
        if let Space::Circle(circle) = space {
            load_circle(read, circle, (scope, actions), &mut state)?;
        }
    }
    Ok(state)
}

fn load_circle(
    read: &dyn Read,
    circle: CircleId,
    (scope, actions): (Scope, usize),
    state: &mut State,
) -> Result<()> {
    let space = Space::Circle(circle);
    get(read, Key::circle(circle, Kind::Circle, circle.0), state)?;
    get(read, counter_key(space), state)?;
    get(read, rotation_key(circle), state)?;
    each(read, space, Kind::Member, None, &mut |row| put(&row, state))?;
    let running = load_sessions(read, circle, state)?;
    load_books(read, circle, state)?;
    if scope == Scope::Frame {
        return Ok(());
    }
    // Small, and needed whole: groups are made by who was with whom over the life of the circle.
    each(read, space, Kind::Groups, None, &mut |row| put(&row, state))?;
    let open = IndexQuery::all(space, IndexName::ActionOpen, actions);
    for (_, row) in read.listed(&open)? {
        put(&row, state)?;
    }
    each(read, space, Kind::Parked, None, &mut |row| {
        let body = row.value()?;
        let waits = ["settled", "trashed"]
            .iter()
            .all(|field| body.get(*field).is_none_or(serde_json::Value::is_null));
        if waits { put(&row, state) } else { Ok(()) }
    })?;
    each(read, space, Kind::Decision, None, &mut |row| {
        let body = row.value()?;
        let wants_a_look = body.get("revisit").is_some_and(|day| !day.is_null());
        if wants_a_look {
            put(&row, state)
        } else {
            Ok(())
        }
    })?;
    let last = state.last_session(circle).map(|session| session.id);
    if let Some(session) = running.or(last) {
        for row in record(read, circle, session)? {
            put(&row, state)?;
        }
    }
    Ok(())
}

/// Loads proposed books, the one being read with how far people are in it, and the vote that is open. What was read
/// is fetched when somebody looks at it.
fn load_books(read: &dyn Read, circle: CircleId, state: &mut State) -> Result<()> {
    let space = Space::Circle(circle);
    for row in read.index(&IndexQuery::all(space, IndexName::BookOpen, MOST_BOOKS))? {
        get(read, row.key, state)?;
    }
    if let Some(book) = state.reading(circle).map(|book| book.id) {
        for row in readers(read, circle, book)? {
            put(&row, state)?;
        }
    }
    each(read, space, Kind::Poll, None, &mut |row| {
        if row
            .value()?
            .get("closed")
            .is_none_or(serde_json::Value::is_null)
        {
            put(&row, state)?;
        }
        Ok(())
    })
}

/// How far people are in one book.
pub(crate) fn readers(read: &dyn Read, circle: CircleId, book: BookId) -> Result<Vec<Stored>> {
    let space = Space::Circle(circle);
    let query = IndexQuery::prefix(
        space,
        IndexName::ReaderBook,
        &book_value(book),
        MOST_READERS,
    );
    let rows = read
        .index(&query)?
        .into_iter()
        .map(|row| read.get(&row.key));
    rows.filter_map(Result::transpose).collect()
}

/// Loads planned and running sessions and the one that ended last; tells which one is running.
fn load_sessions(
    read: &dyn Read,
    circle: CircleId,
    state: &mut State,
) -> Result<Option<SessionId>> {
    let space = Space::Circle(circle);
    let mut running = None;
    each(read, space, Kind::Live, None, &mut |row| {
        let session = SessionId(row.key.id);
        running = Some(session);
        put(&row, state)?;
        get(read, Key::circle(circle, Kind::Session, session.0), state)
    })?;
    let latest = IndexQuery {
        backwards: true,
        ..IndexQuery::all(space, IndexName::SessionStart, MOST_SESSIONS)
    };
    let mut last: Option<(Option<Moment>, Stored)> = None;
    for row in read.index(&latest)? {
        let Some(stored) = read.get(&row.key)? else {
            continue;
        };
        let Document::Session(session) = document(&stored)? else {
            continue;
        };
        match session.state {
            SessionState::Planned | SessionState::Running => put(&stored, state)?,
            SessionState::Ended => {
                if last
                    .as_ref()
                    .is_none_or(|(ended, _)| session.ended > *ended)
                {
                    last = Some((session.ended, stored));
                }
            }
            SessionState::Cancelled => {}
        }
    }
    if let Some((_, stored)) = last {
        put(&stored, state)?;
    }
    Ok(running)
}

/// Calls `take` for every document of a kind, page by page.
pub(crate) fn each(
    read: &dyn Read,
    space: Space,
    kind: Kind,
    after: Option<Uuid>,
    take: &mut dyn FnMut(Stored) -> Result<()>,
) -> Result<()> {
    let mut page = read.scan(space, kind, after, PAGE)?;
    loop {
        for row in page.rows {
            take(row)?;
        }
        let Some(next) = page.next else {
            return Ok(());
        };
        page = read.scan(space, kind, Some(next), PAGE)?;
    }
}

/// What a stored value says.
pub(crate) fn document(stored: &Stored) -> Result<Document> {
    Document::from_body(&stored.key, &stored.body)
        .map_err(|error| StoreError::Other(format!("{error}; everything else can still be read")))
}

fn put(stored: &Stored, state: &mut State) -> Result<()> {
    let document = document(stored)?;
    state.load(stored.key, document);
    Ok(())
}

fn get(read: &dyn Read, key: Key, state: &mut State) -> Result<()> {
    match read.get(&key)? {
        Some(stored) => put(&stored, state),
        None => Ok(()),
    }
}

/// What has to be loaded before two entries of one person become one.
pub(crate) fn entries(read: &dyn Read, circle: CircleId, join: Join) -> Result<Vec<Key>> {
    let mut keys = Vec::new();
    for space in [Space::Circle(circle), Space::Org] {
        for kind in Kind::ALL {
            each(read, space, kind, None, &mut |row| {
                if join.needs(kind, &row.value()?) {
                    keys.push(row.key);
                }
                Ok(())
            })?;
        }
    }
    Ok(keys)
}

/// Documents by key; `None` for those that do not exist.
///
/// An import asks about every identity in its file, and hardly any is there: an empty place must not be as large as a
/// document.
pub(crate) type Fetched = BTreeMap<Key, Option<Box<Document>>>;

/// Fetches what is missing for a decision.
pub(crate) fn fetch(read: &dyn Read, keys: &[Key]) -> Result<Fetched> {
    let mut fetched = Fetched::new();
    for key in keys {
        let found = read.get(key)?;
        let found = found.as_ref().map(document).transpose()?;
        fetched.insert(*key, found.map(Box::new));
    }
    Ok(fetched)
}

/// The document that a change leaves behind.
pub(crate) fn after(change: &Change) -> Result<Option<Document>> {
    let body = change.after.as_ref();
    body.map(|body| Document::from_body(&change.key, body))
        .transpose()
        .map_err(|error| StoreError::Other(error.to_string()))
}
