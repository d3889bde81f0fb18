//! What a session reads, and what a plan asks of people in words.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::book::meetings;
use crate::domain::book::reading::Reading;
use crate::domain::book::schedule::{self, Load};
use crate::domain::clock::Zone;
use crate::domain::id::{CircleId, SessionId};
use crate::domain::session::{Session, SessionState};
use crate::domain::state::State;

/// The instalment that a session talks about, counted from 0: the one that is tied to it, else the one whose day
/// it is.
pub fn at(reading: &Reading, session: &Session, zone: Zone) -> Option<usize> {
    let day = session.begins().date(zone);
    let ones = &reading.instalments;
    let tied = ones.iter().position(|one| one.session == Some(session.id));
    tied.or_else(|| {
        ones.iter()
            .position(|one| one.day == day && one.session.is_none())
    })
}

/// The instalment that a session of a day may take, counted from 0: the first of those to come that no session talks
/// about, as long as the days stay in order.
pub fn free(
    (state, circle): (&State, CircleId),
    reading: &Reading,
    (day, today): (NaiveDate, NaiveDate),
    zone: Zone,
) -> Option<usize> {
    let ones = &reading.instalments;
    let days: Vec<NaiveDate> = ones
        .iter()
        .map(|one| meetings::day(state, circle, one, zone))
        .collect();
    let on = |at: usize| days.get(at).copied();
    let taken = |at: usize, session: SessionId| match state.session(circle, session) {
        Some(session) => session.state != SessionState::Cancelled,
        // What is to come and not in memory was called off; what is over was held.
        None => on(at) <= Some(today),
    };
    (0..ones.len()).find(|at| {
        let open = ones
            .get(*at)
            .is_some_and(|one| !one.session.is_some_and(|session| taken(*at, session)));
        let before = at.checked_sub(1).and_then(on);
        let after = on(*at + 1);
        open && on(*at) >= Some(today)
            && before.is_none_or(|before| before < day)
            && after.is_none_or(|after| day < after)
    })
}

/// An instalment in few words: `ch. 4-6`, `p. 1-82`, `part 3`.
pub fn words(reading: &Reading, at: usize) -> Option<String> {
    let (first, last) = reading.range(at)?;
    let short = reading.measure.short();
    Some(if first == last {
        format!("{short} {last}")
    } else {
        format!("{short} {first}-{last}")
    })
}

/// What a whole plan, or what is left of it from an instalment on, asks of people: `212 pages in 28 days: 8 a day`.
pub fn pace_words(book: &Book, reading: &Reading, instalments: std::ops::Range<usize>) -> String {
    let loads = schedule::loads(book, reading);
    let loads = loads.get(instalments).unwrap_or_default();
    let pages = loads.iter().all(|load| load.pages);
    let sum = Load {
        amount: loads.iter().map(|load| load.amount).sum(),
        days: loads.iter().map(|load| load.days).sum(),
        pages,
    };
    sum.words(reading.measure)
}
