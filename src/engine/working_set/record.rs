//! What was written down in a session, and what was decided behind it.

use uuid::Uuid;

use crate::domain::clock::{Moment, Span};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Ids, Key, Kind, SessionId, Space};
use crate::domain::index::IndexName;
use crate::engine::working_set::{MOST_SESSIONS, PAGE, document, each};
use crate::store::{IndexQuery, Read, Result, Stored};

/// Ids carry the time at which they were made; a clock that was set in between may be off by this.
const SLACK: Span = Span::from_minutes(24 * 60);

/// Everything that was written down in one session, in the order in which it was.
pub(crate) fn record(read: &dyn Read, circle: CircleId, session: SessionId) -> Result<Vec<Stored>> {
    let key = Key::circle(circle, Kind::Session, session.0);
    let Some(stored) = read.get(&key)? else {
        return Ok(Vec::new());
    };
    let Document::Session(held) = document(&stored)? else {
        return Ok(Vec::new());
    };
    let Some(started) = held.started else {
        return Ok(Vec::new());
    };
    let until = held.ended.map(|ended| first_id(ended + SLACK));
    let mut rows = Vec::new();
    for kind in [
        Kind::Action,
        Kind::Decision,
        Kind::Groups,
        Kind::Note,
        Kind::Parked,
    ] {
        let mut after = Some(first_id(started - SLACK));
        while after.is_some() {
            let page = read.scan(Space::Circle(circle), kind, after, PAGE)?;
            after = page.next.filter(|id| until.is_none_or(|until| *id < until));
            for row in page.rows {
                if session_of(&document(&row)?) == Some(session) {
                    rows.push(row);
                }
            }
        }
    }
    Ok(rows)
}

/// What the circle decided outside of sessions after this one ended and before the next one began.
pub(crate) fn decided_since(
    read: &dyn Read,
    circle: CircleId,
    session: SessionId,
) -> Result<Vec<Stored>> {
    let space = Space::Circle(circle);
    let key = Key::circle(circle, Kind::Session, session.0);
    let Some(Document::Session(held)) = read.get(&key)?.as_ref().map(document).transpose()? else {
        return Ok(Vec::new());
    };
    let Some(ended) = held.ended else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    each(
        read,
        space,
        Kind::Decision,
        Some(first_id(ended)),
        &mut |row| {
            if let Document::Decision(decision) = document(&row)?
                && decision.origin.session.is_none()
            {
                found.push((decision.origin.at, row));
            }
            Ok(())
        },
    )?;
    // Mostly there is none, and nothing has to be known of later sessions.
    let next = if found.is_empty() {
        None
    } else {
        began_after(read, circle, ended)?
    };
    let between = |at: Moment| at >= ended && next.is_none_or(|next| at < next);
    let rows = found.into_iter().filter(|(at, _)| between(*at));
    Ok(rows.map(|(_, row)| row).collect())
}

/// When the first session began that began at this instant or later.
fn began_after(read: &dyn Read, circle: CircleId, at: Moment) -> Result<Option<Moment>> {
    let latest = IndexQuery {
        backwards: true,
        ..IndexQuery::all(
            Space::Circle(circle),
            IndexName::SessionStart,
            MOST_SESSIONS,
        )
    };
    let mut first: Option<Moment> = None;
    for row in read.index(&latest)? {
        let stored = read.get(&row.key)?;
        if let Some(Document::Session(session)) = stored.as_ref().map(document).transpose()?
            && let Some(started) = session.started.filter(|started| *started >= at)
        {
            first = Some(first.map_or(started, |first| first.min(started)));
        }
    }
    Ok(first)
}

/// An id below all that are made at `at` or later.
fn first_id(at: Moment) -> Uuid {
    // The instant stands in the first 48 bits.
    Uuid::from_u128(Ids::new(at, 0).make().as_u128() >> 80 << 80)
}

/// In which session something was written down.
fn session_of(document: &Document) -> Option<SessionId> {
    if let Document::Groups(groups) = document {
        return Some(groups.session);
    }
    document.written()?.0.session
}
