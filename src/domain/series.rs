//! The series of a circle: which date its rhythm gives next, beside the sessions that are planned.
//!
//! A meeting that was moved keeps its place in the series, so that one change leaves all others as they were.

#[cfg(test)]
mod tests;

use chrono::{Months, NaiveDate};

use crate::domain::clock::{Moment, Zone};
use crate::domain::id::CircleId;
use crate::domain::programme::MOST_MEETINGS;
use crate::domain::rhythm::Rhythm;
use crate::domain::session::{Session, SessionState};
use crate::domain::state::State;

/// Dates that are looked at before a series counts as full.
const TRIES: usize = 400;

/// What the agenda of a new session starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis<'a> {
    /// The agenda of this session.
    Like(&'a Session),
    /// The template with this id.
    Template(&'a str),
}

/// What a new session of a circle starts from where nobody says anything else: the one that runs, else the last one
/// that had an agenda, since that is how these people meet; before there was one, the template that the circle was given,
/// else the usual one of its kind.
pub fn basis(state: &State, circle: CircleId) -> Basis<'_> {
    if let Some(session) = before(state, circle) {
        return Basis::Like(session);
    }
    let held = state.circle(circle);
    let own = held.and_then(|circle| circle.template.as_deref());
    Basis::Template(own.unwrap_or_else(|| {
        let kind = held.map(|circle| circle.kind).unwrap_or_default();
        kind.template()
    }))
}

/// The session whose agenda comes again. One that runs without an agenda is followed by one without.
fn before(state: &State, circle: CircleId) -> Option<&Session> {
    let running = state.running().filter(|(at, ..)| *at == circle);
    let running = running.map(|(_, session, _)| session);
    let last = state.last_session(circle);
    running.or_else(|| last.filter(|session| !session.blocks.is_empty()))
}

/// The date that follows the sessions of a circle, not before `now`. Those that were called off do not count.
pub fn next<'a>(
    rhythm: &Rhythm,
    sessions: impl IntoIterator<Item = &'a Session>,
    now: Moment,
    zone: Zone,
) -> Moment {
    let held: Vec<&Session> = held(sessions);
    let last = held.iter().map(|session| session.in_series()).max();
    let first = last.map_or_else(
        || rhythm.first(now, zone),
        |last| rhythm.next(last, now, zone),
    );
    free(rhythm, first, &held, zone)
}

/// The date for a session that is skipped: the first by the rule after it, not before `now`, on which nothing else is planned.
pub fn instead<'a>(
    rhythm: &Rhythm,
    skipped: &Session,
    sessions: impl IntoIterator<Item = &'a Session>,
    (now, zone): (Moment, Zone),
) -> Moment {
    let mut others = held(sessions);
    others.retain(|session| session.id != skipped.id);
    let first = rhythm.next(skipped.in_series(), now, zone);
    free(rhythm, first, &others, zone)
}

/// The dates of a rhythm from `from` on, for so many months, at most [`MOST_MEETINGS`]; in step with the meeting at
/// `last`, if there was one before.
pub fn dates(
    rhythm: &Rhythm,
    last: Option<Moment>,
    (from, months): (NaiveDate, u8),
    zone: Zone,
) -> Vec<Moment> {
    let until = from
        .checked_add_months(Months::new(u32::from(months)))
        .unwrap_or(NaiveDate::MAX);
    let begin = Moment::from_local(from.and_time(chrono::NaiveTime::MIN), zone);
    let mut dates = Vec::new();
    let last = last.filter(|last| *last < begin);
    let mut at = last.map_or_else(
        || rhythm.first(begin, zone),
        |last| rhythm.next(last, begin, zone),
    );
    while dates.len() < MOST_MEETINGS && at.date(zone) < until {
        dates.push(at);
        let next = rhythm.after(at, zone);
        // At the end of all dates a rule has nothing after it.
        if next <= at {
            break;
        }
        at = next;
    }
    dates
}

/// The session that has this date already.
pub fn taken<'a>(
    at: Moment,
    sessions: impl IntoIterator<Item = &'a Session>,
    zone: Zone,
) -> Option<&'a Session> {
    let day = at.date(zone);
    sessions
        .into_iter()
        .filter(|session| session.state != SessionState::Cancelled)
        .find(|session| session.start.date(zone) == day || session.in_series().date(zone) == day)
}

fn held<'a>(sessions: impl IntoIterator<Item = &'a Session>) -> Vec<&'a Session> {
    let all = sessions.into_iter();
    all.filter(|session| session.state != SessionState::Cancelled)
        .collect()
}

fn free(rhythm: &Rhythm, first: Moment, held: &[&Session], zone: Zone) -> Moment {
    let mut at = first;
    for _ in 0..TRIES {
        if taken(at, held.iter().copied(), zone).is_none() {
            break;
        }
        at = rhythm.after(at, zone);
    }
    at
}
