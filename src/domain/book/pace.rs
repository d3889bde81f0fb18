//! What is left to read until the next meeting, for one member, in words that reproach nobody.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::book::floor::place_of;
use crate::domain::book::reader::Reader;
use crate::domain::book::reading::{Measure, Reading};

/// Where one member is against the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// They have said nothing.
    NoData,
    /// All of it is read, or the book has no plan to be measured by.
    Done,
    /// So much further than is due at the next meeting.
    Ahead {
        /// Chapters, pages or parts.
        by: u32,
        /// Which.
        measure: Measure,
    },
    /// As far as is due at the next meeting, or on the way there at the pace of the plan.
    OnTime,
    /// So much a day from today reaches the next meeting.
    ADay {
        /// How much, rounded up.
        amount: u32,
        /// Pages, or chapters or parts where pages are not known.
        measure: Measure,
    },
}

/// The pace of a member against the plan on a day.
pub fn pace(book: &Book, reading: &Reading, reader: Option<&Reader>, today: NaiveDate) -> Pace {
    let Some(place) = place_of(book, reader, reading.measure) else {
        return Pace::NoData;
    };
    let end = reading.instalments.last().map_or(0, |last| last.until);
    let next = reading.due(today);
    let due = next.and_then(|at| reading.instalments.get(at));
    let Some(due) = due.filter(|_| place < end) else {
        return if place >= end {
            Pace::Done
        } else {
            left(book, reading, (place, end), 1)
        };
    };
    if place > due.until {
        return Pace::Ahead {
            by: place - due.until,
            measure: reading.measure,
        };
    }
    if place == due.until {
        return Pace::OnTime;
    }
    let days = u32::try_from((due.day - today).num_days())
        .unwrap_or(0)
        .max(1);
    let before = next.and_then(|at| at.checked_sub(1));
    let before = before.and_then(|at| reading.instalments.get(at));
    let begin = before.map_or(0, |before| before.until);
    let from = before.map_or(reading.from, |before| before.day);
    let all = u32::try_from((due.day - from).num_days())
        .unwrap_or(0)
        .max(1);
    // On the way: what is left is no more than the days that are left would ask of the plan.
    let whole = amount(book, reading, (begin, due.until));
    let rest = amount(book, reading, (place, due.until));
    match (whole, rest) {
        ((whole, _), (rest, _))
            if u64::from(rest) * u64::from(all) <= u64::from(whole) * u64::from(days) =>
        {
            Pace::OnTime
        }
        _ => left(book, reading, (place, due.until), days),
    }
}

fn left(book: &Book, reading: &Reading, range: (u32, u32), days: u32) -> Pace {
    let (rest, measure) = amount(book, reading, range);
    Pace::ADay {
        amount: rest.div_ceil(days),
        measure,
    }
}

/// What lies between two places: pages where the book tells, else units of the plan.
fn amount(book: &Book, reading: &Reading, (after, until): (u32, u32)) -> (u32, Measure) {
    let page = |place| book.convert(place, reading.measure, Measure::Pages);
    match (page(after), page(until)) {
        (Some(from), Some(to)) => (to.saturating_sub(from), Measure::Pages),
        _ => (until.saturating_sub(after), reading.measure),
    }
}

impl Pace {
    /// In a list: `8 pages a day`, `on time`, `ahead 3`, `no data`.
    pub fn words(self) -> String {
        match self {
            Self::NoData => "no data".to_owned(),
            Self::Done => "all read".to_owned(),
            Self::Ahead { by, .. } => format!("ahead {by}"),
            Self::OnTime => "on time".to_owned(),
            Self::ADay { amount: 1, measure } => format!("1 {} a day", measure.one()),
            Self::ADay { amount, measure } => format!("{amount} {} a day", measure.many()),
        }
    }
}
