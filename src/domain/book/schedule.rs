//! Laying a book over meetings, and what happens to the rest when one of them is moved or skipped.
//!
//! The rule: whole chapters, pages or parts, none left out, divided so that the pages a day differ as little as
//! the chapters allow. A longer gap between two meetings holds more. Where pages are not known, every chapter or
//! part counts the same.

mod choices;
#[cfg(test)]
mod tests;

use chrono::{NaiveDate, TimeDelta};

use crate::domain::book::Book;
use crate::domain::book::reading::{Instalment, Measure, Reading, Skipped};
use crate::domain::text::Clean;

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
        // A chapter in two weeks is none a week, and within a week there is no rate to tell.
        if self.amount * 7 < self.days || self.days <= 7 {
            return all;
        }
        format!("{all}: {} a week", self.a_week())
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

/// Days from each meeting to the one before it, at least one.
fn gaps(from: NaiveDate, days: &[NaiveDate]) -> Vec<u32> {
    let before = std::iter::once(from).chain(days.iter().copied());
    before
        .zip(days)
        .map(|(before, day)| {
            u32::try_from((*day - before).num_days())
                .unwrap_or(0)
                .max(1)
        })
        .collect()
}

/// Pages that each unit holds; 1 for all where that is not known of all, since pages and chapters do not add up.
fn weights(book: &Book, measure: Measure, (first, last): (u32, u32)) -> Vec<u32> {
    let pages = |unit| pages_of(book, measure, (unit, unit)).map(|pages| pages.max(1));
    let known: Option<Vec<u32>> = (first..=last).map(pages).collect();
    known.unwrap_or_else(|| (first..=last).map(|_| 1).collect())
}

/// Pages of units `first` to `last`; `None` where the book does not tell.
fn pages_of(book: &Book, measure: Measure, (first, last): (u32, u32)) -> Option<u32> {
    match measure {
        Measure::Pages => Some((last + 1).saturating_sub(first)),
        Measure::Chapters => {
            let before = match first {
                // What stands before the first chapter is not counted: it is the list of them.
                0 | 1 => book.chapters.first()?.page?.saturating_sub(1),
                first => book.ends_on(first - 1)?,
            };
            Some(book.ends_on(last)?.saturating_sub(before))
        }
        Measure::Parts => None,
    }
}

/// Ends of instalments by pages: in proportion to the days, to the page, at least one page each.
fn by_pages(after: u32, until: u32, gaps: &[u32]) -> Vec<u32> {
    let pages = u64::from(until - after);
    let all: u64 = gaps.iter().map(|gap| u64::from(*gap)).sum();
    let mut days = 0;
    let mut last = 0;
    let count = u64::try_from(gaps.len()).unwrap_or(u64::MAX);
    (1..)
        .zip(gaps)
        .map(|(nth, gap)| {
            days += u64::from(*gap);
            let end = (pages * days + all / 2) / all;
            // One page is left for everybody who comes after.
            last = end.clamp(last + 1, pages - (count - nth));
            after + u32::try_from(last).unwrap_or(u32::MAX)
        })
        .collect()
}

/// Ends of instalments in whole units, counted from 1: the division with the least sum of squares of pages a day.
fn by_units(weights: &[u32], gaps: &[u32]) -> Vec<u32> {
    let sums: Vec<u64> = std::iter::once(0)
        .chain(weights.iter().scan(0_u64, |sum, weight| {
            *sum += u64::from(*weight);
            Some(*sum)
        }))
        .collect();
    let cost = |first: usize, end: usize, gap: u32| {
        let pages = u128::from(sums[end] - sums[first]);
        pages * pages * 1_000_000 / u128::from(gap)
    };
    let units = weights.len();
    let mut best: Vec<Option<u128>> = vec![None; units + 1];
    best[0] = Some(0);
    let mut from: Vec<Vec<usize>> = Vec::with_capacity(gaps.len());
    for gap in gaps {
        let mut next = vec![None; units + 1];
        let mut begins = vec![0; units + 1];
        for end in 1..=units {
            let mut found: Option<(u128, usize)> = None;
            // Of equal divisions the one that reads more early, which comes first here. The longer this instalment,
            // the more it costs by itself: behind the first that costs too much there is nothing better.
            for first in (0..end).rev() {
                let own = cost(first, end, *gap);
                if found.is_some_and(|(least, _)| own >= least) {
                    break;
                }
                if let Some(before) = best[first]
                    && found.is_none_or(|(least, _)| before + own < least)
                {
                    found = Some((before + own, first));
                }
            }
            if let Some((cost, first)) = found {
                next[end] = Some(cost);
                begins[end] = first;
            }
        }
        best = next;
        from.push(begins);
    }
    let mut ends = Vec::with_capacity(gaps.len());
    let mut end = units;
    for begins in from.iter().rev() {
        ends.push(u32::try_from(end).unwrap_or(u32::MAX));
        end = begins[end];
    }
    ends.reverse();
    ends
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

/// Adds meetings at the end, at the distance of the last two, none of them on `today` or before.
pub fn lengthen(reading: &mut Reading, more: usize, today: NaiveDate) {
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
        let day = last.day.max(today);
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
        lengthen(&mut bent, 1, NaiveDate::MIN);
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
