//! The plan that is proposed when a circle begins a book, and where an even reader would be on a day.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::book::meetings::{self, Meeting};
use crate::domain::book::reading::{Measure, Reading};
use crate::domain::book::schedule::{self, MOST_INSTALMENTS, Unfit};
use crate::domain::clock::Zone;
use crate::domain::id::CircleId;
use crate::domain::state::State;

/// Meetings of a plan when sessions do not say how many.
pub const USUAL_MEETINGS: usize = 6;
/// Above so many pages a day people are asked whether the plan should give way; about half an hour of reading.
pub const USUAL_PACE: u16 = 20;
/// Minutes that a page takes, in tenths.
const PAGE_TENTHS: u32 = 15;

/// By chapters where they are known, else by pages.
pub fn measure_of(book: &Book) -> Measure {
    if book.chapters.is_empty() && book.pages.is_some() {
        Measure::Pages
    } else {
        Measure::Chapters
    }
}

/// What somebody wants of a plan; what they leave open is as usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// What the book is divided by.
    pub measure: Option<Measure>,
    /// The last chapter, page or part that is read.
    pub until: Option<u32>,
    /// Over so many meetings.
    pub over: Option<usize>,
    /// The day on which reading begins.
    pub from: NaiveDate,
    /// Above so many pages a day the circle wants to be warned.
    pub pace: Option<u16>,
    /// Whether there are to be as many meetings as that pace takes.
    pub keep_pace: bool,
}

impl Wish {
    /// As usual, from this day on.
    pub const fn usual(from: NaiveDate) -> Self {
        Self {
            measure: None,
            until: None,
            over: None,
            from,
            pace: Some(USUAL_PACE),
            keep_pace: false,
        }
    }
}

/// A plan over the meetings that are wished for, else over the sessions that are planned when there are several, else
/// over six meetings of the rhythm.
///
/// # Errors
/// [`Unfit`] where nobody has said how much there is to read, or there is no meeting.
pub fn lay(
    state: &State,
    circle: CircleId,
    book: &Book,
    (wish, zone): (&Wish, Zone),
) -> Result<Reading, Unfit> {
    let measure = wish.measure.unwrap_or_else(|| measure_of(book));
    let until = wish.until.or_else(|| book.units(measure));
    let until = until.ok_or(Unfit::NoUnits(measure))?;
    let all = meetings::next(state, circle, (wish.from, MOST_INSTALMENTS), zone);
    let planned = all
        .iter()
        .take_while(|meeting| meeting.session.is_some())
        .count();
    let plan = |count: usize| {
        let met = all.get(..count).unwrap_or(&all);
        over(book, (measure, until), met, (wish.from, wish.pace))
    };
    if let Some(count) = wish.over {
        return plan(count);
    }
    let usual = if planned > 1 { planned } else { USUAL_MEETINGS };
    let mut reading = plan(usual)?;
    if wish.keep_pace {
        for count in usual..=all.len() {
            reading = plan(count)?;
            if schedule::too_fast(book, &reading).is_empty() {
                break;
            }
        }
    }
    Ok(reading)
}

/// A plan over these meetings, each tied to its session.
///
/// # Errors
/// As [`schedule::lay`].
pub fn over(
    book: &Book,
    (measure, until): (Measure, u32),
    met: &[Meeting],
    (from, pace): (NaiveDate, Option<u16>),
) -> Result<Reading, Unfit> {
    let days: Vec<NaiveDate> = met.iter().map(|meeting| meeting.day).collect();
    let mut instalments = schedule::lay(book, measure, (0, until), (from, &days))?;
    meetings::tie(&mut instalments, met);
    Ok(Reading {
        measure,
        from,
        instalments,
        skipped: Vec::new(),
        once: 0,
        pace,
    })
}

/// The whole book as usual.
///
/// # Errors
/// As [`lay`].
pub fn plan(
    state: &State,
    circle: CircleId,
    book: &Book,
    (from, zone): (NaiveDate, Zone),
) -> Result<Reading, Unfit> {
    lay(state, circle, book, (&Wish::usual(from), zone))
}

/// The place that an even reader reaches by a day: nothing before the beginning, all of it after the last meeting.
pub fn goal(reading: &Reading, today: NaiveDate) -> u32 {
    let last = reading.instalments.last();
    let Some(at) = reading.due(today) else {
        return last.map_or(0, |last| last.until);
    };
    let before = at.checked_sub(1).and_then(|at| reading.instalments.get(at));
    let (begin, from) = before.map_or((0, reading.from), |one| (one.until, one.day));
    let Some(due) = reading.instalments.get(at) else {
        return begin;
    };
    let days = |from: NaiveDate, to: NaiveDate| u64::try_from((to - from).num_days()).unwrap_or(0);
    let (gone, all) = (days(from, today), days(from, due.day).max(1));
    let units = u64::from(due.until.saturating_sub(begin));
    begin + u32::try_from((units * gone.min(all)).div_ceil(all)).unwrap_or(0)
}

/// How many minutes so many pages take most people.
pub const fn reading_minutes(pages: u32) -> u32 {
    pages.saturating_mul(PAGE_TENTHS).div_ceil(10)
}

/// The plan with less to discuss at one meeting: it ends with `until`, and the meetings after it take the rest.
///
/// # Errors
/// [`Unfit`] when no meeting comes after it, or nothing would be left to read for it.
pub fn less(book: &Book, reading: &Reading, (at, until): (usize, u32)) -> Result<Reading, Unfit> {
    let end = reading.instalments.last().map_or(0, |last| last.until);
    let mut bent = reading.clone();
    let one = bent.instalments.get_mut(at).ok_or(Unfit::NoMeetings)?;
    one.until = until;
    schedule::bend_to(book, &mut bent, (at + 1, end))?;
    Ok(bent)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::book::Chapter;
    use crate::domain::clock::Moment;
    use crate::domain::id::BookId;
    use crate::domain::text::Clean;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn book(chapters: usize) -> Book {
        Book {
            chapters: vec![Chapter::default(); chapters],
            ..Book::new(
                BookId(Uuid::from_u128(1)),
                1,
                Clean::line("A book"),
                Moment::from_millis(0),
            )
        }
    }

    fn laid(chapters: usize) -> (Book, Reading) {
        let book = book(chapters);
        let circle = CircleId(Uuid::from_u128(2));
        let state = State::default();
        let plan = plan(&state, circle, &book, (day("2026-03-04"), Zone::UTC)).unwrap();
        (book, plan)
    }

    #[test]
    fn a_book_of_unknown_length_cannot_be_laid() {
        let state = State::default();
        let circle = CircleId(Uuid::from_u128(2));
        let laid = plan(&state, circle, &book(0), (day("2026-03-04"), Zone::UTC));
        assert_eq!(laid, Err(Unfit::NoUnits(Measure::Chapters)));
    }

    #[test]
    fn without_sessions_a_book_is_laid_over_six_meetings() {
        let (_, plan) = laid(16);
        assert_eq!(plan.instalments.len(), USUAL_MEETINGS);
        assert_eq!(plan.instalments.last().unwrap().until, 16);
        let (_, short) = laid(2);
        assert_eq!(short.instalments.len(), 2);
    }

    #[test]
    fn less_for_one_meeting_is_more_for_the_next_ones() {
        let (book, plan) = laid(18);
        let bent = less(&book, &plan, (1, 4)).unwrap();
        assert_eq!(bent.range(1), Some((4, 4)));
        assert_eq!(bent.instalments.last().unwrap().until, 18);
        assert!(less(&book, &plan, (5, 17)).is_err());
    }

    #[test]
    fn fifty_minutes_are_about_34_pages() {
        assert_eq!(reading_minutes(34), 51);
        assert_eq!(reading_minutes(0), 0);
    }

    proptest! {
        #[test]
        fn the_goal_never_goes_back_and_ends_with_the_book(chapters in 1usize..60, days in 0i64..90) {
            let (_, plan) = laid(chapters);
            let on = |days: i64| goal(&plan, plan.from + chrono::TimeDelta::days(days));
            prop_assert_eq!(on(0), 0);
            prop_assert!(on(days) <= on(days + 1));
            prop_assert_eq!(u64::from(on(400)), u64::try_from(chapters).unwrap());
            for one in &plan.instalments {
                prop_assert_eq!(goal(&plan, one.day), one.until);
            }
        }
    }
}
