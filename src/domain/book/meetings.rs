//! The meetings that a book is laid over: sessions that are planned first, then the dates of the circle's rule, then
//! every week.

use chrono::{NaiveDate, TimeDelta};

use crate::domain::book::Book;
use crate::domain::book::reading::{Instalment, Reading};
use crate::domain::book::schedule;
use crate::domain::clock::{Moment, Zone};
use crate::domain::id::{CircleId, SessionId};
use crate::domain::session::SessionState;
use crate::domain::state::State;

/// A day on which a book can be discussed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The day.
    pub day: NaiveDate,
    /// The session that is planned for it.
    pub session: Option<SessionId>,
}

/// The next `count` meetings of a circle behind the day `from`.
pub fn next(
    state: &State,
    circle: CircleId,
    (from, count): (NaiveDate, usize),
    zone: Zone,
) -> Vec<Meeting> {
    let mut planned: Vec<(Moment, SessionId)> = state
        .sessions(circle)
        .filter(|session| session.state == SessionState::Planned)
        .map(|session| (session.start, session.id))
        .filter(|(start, _)| start.date(zone) > from)
        .collect();
    planned.sort_unstable();
    let mut meetings: Vec<Meeting> = planned
        .iter()
        .map(|(start, id)| Meeting {
            day: start.date(zone),
            session: Some(*id),
        })
        .collect();
    // Two sessions of one day are one meeting for a book.
    meetings.dedup_by_key(|meeting| meeting.day);
    let rhythm = state.circle(circle).and_then(|circle| circle.rhythm);
    let midnight = |day: NaiveDate| Moment::from_local(day.and_time(chrono::NaiveTime::MIN), zone);
    // Later dates keep step with the sessions that were held or are planned.
    let last = state
        .sessions(circle)
        .filter(|session| session.state != SessionState::Cancelled)
        .map(|session| session.start)
        .max();
    while meetings.len() < count {
        let before = meetings.last().map_or(from, |meeting| meeting.day);
        let next = match (rhythm, last) {
            (Some(rhythm), Some(last)) => {
                rhythm.next(last, midnight(before + TimeDelta::days(1)), zone)
            }
            (Some(rhythm), None) => rhythm.first(midnight(before + TimeDelta::days(1)), zone),
            (None, _) => midnight(before + TimeDelta::days(7)),
        };
        let day = next.date(zone);
        if day <= before {
            break;
        }
        meetings.push(Meeting { day, session: None });
    }
    meetings.truncate(count);
    meetings
}

/// Adds meetings at the end of a plan: those of the circle behind its last one and behind `today`, and where it meets by
/// no rule, those at the distance of the last two.
pub fn lengthen(
    state: &State,
    circle: CircleId,
    (reading, more): (&mut Reading, usize),
    (today, zone): (NaiveDate, Zone),
) {
    let Some((until, last)) = reading.instalments.last().map(|one| (one.until, one.day)) else {
        return;
    };
    let known = state
        .circle(circle)
        .is_some_and(|circle| circle.rhythm.is_some());
    let met = next(state, circle, (last.max(today), more), zone);
    let met = met
        .into_iter()
        .take_while(|meeting| known || meeting.session.is_some());
    let before = reading.instalments.len();
    reading.instalments.extend(met.map(|meeting| Instalment {
        until,
        day: meeting.day,
        session: meeting.session,
        picked: Vec::new(),
    }));
    let added = reading.instalments.len() - before;
    schedule::lengthen(reading, more.saturating_sub(added), Some(today));
}

/// Ties each instalment to the session that is planned for its day.
pub fn tie(instalments: &mut [Instalment], meetings: &[Meeting]) {
    for one in instalments {
        let meeting = meetings.iter().find(|meeting| meeting.day == one.day);
        one.session = meeting.and_then(|meeting| meeting.session);
    }
}

/// The day of an instalment now: that of its session, wherever that was moved; a session that was called off leaves
/// the day as it was planned.
pub fn day(state: &State, circle: CircleId, one: &Instalment, zone: Zone) -> NaiveDate {
    let session = one.session.and_then(|id| state.session(circle, id));
    let session = session.filter(|session| session.state != SessionState::Cancelled);
    session.map_or(one.day, |session| session.start.date(zone))
}

/// The plan of a book with the days on which its meetings are now: what people look at, and what every change begins
/// with. The days that are stored are those of meetings without a session.
pub fn plan(state: &State, circle: CircleId, book: &Book, zone: Zone) -> Option<Reading> {
    let mut reading = book.reading.clone()?;
    follow(state, circle, &mut reading, zone);
    Some(reading)
}

/// The instalment that is read for the next meeting: one whose session is over today is behind, though the day is not.
pub fn due(state: &State, circle: CircleId, reading: &Reading, today: NaiveDate) -> Option<usize> {
    let over = |one: &Instalment| {
        let session = one.session.and_then(|id| state.session(circle, id));
        session.is_some_and(|session| session.state == SessionState::Ended)
    };
    let ones = &reading.instalments;
    ones.iter().position(|one| one.day >= today && !over(one))
}

/// Sets the days of a plan to those of its sessions. What each meeting reads stays in the order of the days.
pub fn follow(state: &State, circle: CircleId, reading: &mut Reading, zone: Zone) {
    let mut met: Vec<(NaiveDate, Option<SessionId>)> = reading
        .instalments
        .iter()
        .map(|one| (day(state, circle, one, zone), one.session))
        .collect();
    met.sort_by_key(|(day, _)| *day);
    let distinct = met
        .windows(2)
        .all(|two| matches!(two, [one, next] if one.0 < next.0));
    // Two meetings that fell on one day are for people to sort out: until then the plan stands as it was made.
    if distinct {
        for (one, (day, session)) in reading.instalments.iter_mut().zip(met) {
            (one.day, one.session) = (day, session);
        }
    }
}
