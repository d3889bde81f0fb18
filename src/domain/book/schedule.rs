//! Laying a book over meetings, and what happens to the rest when one of them is moved or skipped.
//!
//! The rule: whole chapters, pages or parts, none left out, divided so that the pages a day differ as little as
//! the chapters allow. A longer gap between two meetings holds more. Where pages are not known, every chapter or
//! part counts the same.

mod choices;
mod divide;
#[cfg(test)]
mod tests;

use chrono::{NaiveDate, TimeDelta};

use crate::domain::book::Book;
use crate::domain::book::reading::{Instalment, Measure, Reading, Skipped};
use crate::domain::text::Clean;

use divide::{by_pages, by_units, gaps, pages_of, weights};

pub use choices::{Choice, choices};

/// Most meetings that a book is laid over.
pub const MOST_INSTALMENTS: usize = 200;
/// Most chapters or parts of one book.
pub const MOST_CHAPTERS: usize = 500;
/// Most pages of one book.
pub const MOST_PAGES: u32 = 100_000;
/// Days between two meetings where nobody knows better.
const WEEK: i64 = 7;

/// A plan that cannot be made, in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is not known how much there is to read.
    #[error("nobody has said how many {} the book has", .0.many())]
    NoUnits(Measure),
    /// All of it is read by then.
    #[error("nothing is left to read there")]
    NothingLeft,
    /// No meeting is left.
    #[error("there is no meeting left to read it for")]
    NoMeetings,
    /// More meetings than a plan takes.
    #[error("a plan has at most {MOST_INSTALMENTS} meetings")]
    TooMany,
    /// More to read than any book has.
    #[error("a book has at most {} {}", most(*.0), .0.many())]
    TooLong(Measure),
}

/// What one instalment asks of people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Pages, or chapters or parts where pages are not known.
    pub amount: u32,
    /// Days to read it in.
    pub days: u32,
    /// Whether [`amount`](Self::amount) is pages.
    pub pages: bool,
}

impl Load {
    /// How much a day, rounded up.
    pub fn a_day(self) -> u32 {
        self.amount.div_ceil(self.days.max(1))
    }

    /// In words: `212 pages in 28 days: 8 a day`, `2 chapters in 14 days: 1 a week`. `measure` is what the reading is
    /// divided by.
    pub fn words(self, measure: Measure) -> String {
        let measure = if self.pages { Measure::Pages } else { measure };
        let unit = match self.amount {
            1 => measure.one(),
            _ => measure.many(),
        };
        let days = match self.days {
            1 => "1 day".to_owned(),
            days => format!("{days} days"),
        };
        let amount = self.amount;
        if self.pages {
            return format!("{amount} {unit} in {days}: {} a day", self.a_day());
        }
        let all = format!("{amount} {unit} in {days}");
        if !self.has_rate() {
            return all;
        }
        format!("{all}: {} a week", self.a_week())
    }

    /// Whether chapters a week can be told: one in two weeks is none a week, and within a week there is nothing to tell.
    const fn has_rate(self) -> bool {
        self.amount * 7 >= self.days && self.days > 7
    }

    /// The rate, where there is one: `2 chapters a week`, else `2 chapters in 6 days`.
    pub fn rate(self, measure: Measure) -> String {
        if self.pages || !self.has_rate() {
            return self.words(measure);
        }
        let week = self.a_week();
        let unit = if week == 1 {
            measure.one()
        } else {
            measure.many()
        };
        format!("{week} {unit} a week")
    }

    /// How much a week, rounded up.
    pub fn a_week(self) -> u32 {
        (self.amount * 7).div_ceil(self.days.max(1))
    }
}

/// Lays units from `after` + 1 to `until` over days, the first of which has been read for since `from`. Where there
/// are fewer units than days, the last days stay free.
///
/// # Errors
/// [`Unfit`] when there is nothing to read or no day to read it for.
pub fn lay(
    book: &Book,
    measure: Measure,
    (after, until): (u32, u32),
    (from, days): (NaiveDate, &[NaiveDate]),
) -> Result<Vec<Instalment>, Unfit> {
    if until <= after {
        return Err(if after == 0 {
            Unfit::NoUnits(measure)
        } else {
            Unfit::NothingLeft
        });
    }
    if until > most(measure) {
        return Err(Unfit::TooLong(measure));
    }
    if days.is_empty() {
        return Err(Unfit::NoMeetings);
    }
    if days.len() > MOST_INSTALMENTS {
        return Err(Unfit::TooMany);
    }
    let count = usize::try_from(until - after).unwrap_or(usize::MAX);
    let days = days.get(..days.len().min(count)).unwrap_or(days);
    let gaps = gaps(from, days);
    let ends = match measure {
        Measure::Pages => by_pages(after, until, &gaps),
        Measure::Chapters | Measure::Parts => {
            by_units(&weights(book, measure, (after + 1, until)), &gaps)
                .into_iter()
                .map(|end| after + end)
                .collect()
        }
    };
    Ok(ends
        .into_iter()
        .zip(days)
        .map(|(until, day)| Instalment {
            until,
            day: *day,
            session: None,
            picked: Vec::new(),
        })
        .collect())
}

/// The most that a book has of a measure.
pub fn most(measure: Measure) -> u32 {
    match measure {
        Measure::Pages => MOST_PAGES,
        Measure::Chapters | Measure::Parts => u32::try_from(MOST_CHAPTERS).unwrap_or(u32::MAX),
    }
}

/// What each instalment asks of people.
pub fn loads(book: &Book, reading: &Reading) -> Vec<Load> {
    let days: Vec<NaiveDate> = reading.instalments.iter().map(|one| one.day).collect();
    let gaps = gaps(reading.from, &days);
    gaps.into_iter()
        .enumerate()
        .filter_map(|(at, days)| {
            let (first, last) = reading.range(at)?;
            let pages = pages_of(book, reading.measure, (first, last));
            Some(Load {
                amount: pages.unwrap_or((last + 1).saturating_sub(first)),
                days,
                pages: pages.is_some(),
            })
        })
        .collect()
}

/// The instalments that ask for more pages a day than the circle wants; none where pages are not known.
pub fn too_fast(book: &Book, reading: &Reading) -> Vec<usize> {
    let Some(pace) = reading.pace else {
        return Vec::new();
    };
    let loads = loads(book, reading);
    let above = |load: &Load| load.pages && load.amount > u32::from(pace) * load.days;
    (0..)
        .zip(&loads)
        .filter(|(_, load)| above(load))
        .map(|(at, _)| at)
        .collect()
}

/// Lays what is left afresh over the meetings from `next` on; those before stay as they were read. Meetings for
/// which nothing is left fall away.
///
/// # Errors
/// As [`lay`].
pub fn bend(book: &Book, reading: &mut Reading, next: usize) -> Result<(), Unfit> {
    let until = reading.instalments.last().ok_or(Unfit::NoMeetings)?.until;
    bend_to(book, reading, (next, until))
}

/// As [`bend`], with another end.
///
/// # Errors
/// As [`lay`].
pub fn bend_to(
    book: &Book,
    reading: &mut Reading,
    (next, until): (usize, u32),
) -> Result<(), Unfit> {
    let next = next.min(reading.instalments.len());
    let (kept, rest) = reading.instalments.split_at(next);
    let after = kept.last().map_or(0, |last| last.until);
    let from = kept.last().map_or(reading.from, |last| last.day);
    let days: Vec<NaiveDate> = rest.iter().map(|one| one.day).collect();
    let mut laid = lay(book, reading.measure, (after, until), (from, &days))?;
    for (new, old) in laid.iter_mut().zip(rest) {
        new.session = old.session;
        new.picked.clone_from(&old.picked);
    }
    reading.instalments.truncate(next);
    reading.instalments.extend(laid);
    Ok(())
}

/// Adds meetings at the end, at the distance of the last two; where a day is given, none of them on it or before.
pub fn lengthen(reading: &mut Reading, more: usize, behind: Option<NaiveDate>) {
    let days: Vec<NaiveDate> = std::iter::once(reading.from)
        .chain(reading.instalments.iter().map(|one| one.day))
        .collect();
    let gap = match days.as_slice() {
        [.., before, last] if reading.instalments.len() > 1 => (*last - *before).num_days().max(1),
        _ => WEEK,
    };
    for _ in 0..more {
        let Some(last) = reading.instalments.last().cloned() else {
            return;
        };
        let day = behind.map_or(last.day, |behind| last.day.max(behind));
        let day = day.checked_add_signed(TimeDelta::days(gap));
        reading.instalments.push(Instalment {
            until: last.until,
            day: day.unwrap_or(last.day),
            session: None,
            picked: Vec::new(),
        });
    }
}

/// How the rest of a plan gives way when a meeting is skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Give {
    /// The end stays; the meetings that are left take more.
    #[default]
    Denser,
    /// Everything moves by one meeting; the end is later.
    Later,
}

/// Leaves a meeting out.
///
/// # Errors
/// As [`lay`]: the last meeting cannot be left out when the end is to stay.
pub fn skip(
    book: &Book,
    reading: &mut Reading,
    at: usize,
    (why, give): (Clean, Give),
) -> Result<(), Unfit> {
    if at >= reading.instalments.len() {
        return Err(Unfit::NoMeetings);
    }
    let mut bent = reading.clone();
    let until = bent.instalments.last().map_or(0, |last| last.until);
    if give == Give::Later {
        lengthen(&mut bent, 1, None);
    }
    let gone = bent.instalments.remove(at);
    bent.skipped.push(Skipped { day: gone.day, why });
    // What was picked goes with what is read, to the next meeting.
    if let (Some(next), Give::Denser) = (bent.instalments.get_mut(at), give) {
        next.picked.splice(0..0, gone.picked);
    }
    match give {
        // What each meeting was to read stays, on the day of the one after.
        Give::Later => {
            for (one, held) in bent.instalments.iter_mut().zip(&reading.instalments) {
                one.until = held.until;
                one.picked.clone_from(&held.picked);
            }
        }
        Give::Denser => bend_to(book, &mut bent, (at, until))?,
    }
    *reading = bent;
    Ok(())
}

/// Moves a meeting to another day; what is read from there on is laid afresh. Days stay in order.
///
/// # Errors
/// As [`lay`].
pub fn move_to(book: &Book, reading: &mut Reading, at: usize, day: NaiveDate) -> Result<(), Unfit> {
    let mut bent = reading.clone();
    let until = bent.instalments.last().map_or(0, |last| last.until);
    let one = bent.instalments.get_mut(at).ok_or(Unfit::NoMeetings)?;
    (one.day, one.session) = (day, None);
    let mut days: Vec<Instalment> = bent.instalments.clone();
    // Where two meet on one day, the one that has a session stays.
    days.sort_by_key(|one| (one.day, one.session.is_none()));
    days.dedup_by_key(|one| one.day);
    let first = days.iter().zip(&reading.instalments);
    let same = first.take_while(|(new, old)| new.day == old.day).count();
    bent.instalments = days;
    bend_to(book, &mut bent, (same, until))?;
    *reading = bent;
    Ok(())
}
