//! The plan that is proposed when a circle begins a book, and where an even reader would be on a day.

use chrono::NaiveDate;

use crate::domain::book::Book;
use crate::domain::book::meetings::{self, Meeting};
use crate::domain::book::reading::{Measure, Reading};
use crate::domain::book::schedule::{self, MOST_INSTALMENTS, Unfit};
use crate::domain::clock::Zone;
use crate::domain::id::CircleId;
use crate::domain::state::State;

/// Most meetings that a book is proposed to be laid over.
pub const MOST_MEETINGS: usize = 26;
/// Pages a day that a proposed plan asks at most: a quarter of an hour of reading.
const EASY_PACE: u16 = 10;
/// Chapters or parts a week that it asks at most, where pages are not known.
const EASY_WEEK: u32 = 2;
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
    /// Whether the plan may ask for all of that pace, and not for an easy one.
    pub full_pace: bool,
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
            full_pace: false,
        }
    }
}

/// A plan over the meetings that are wished for, else over as few as an easy pace allows. Every place that proposes a
/// plan asks here, so that they propose the same.
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
    let plan = |count: usize| {
        let met = all.get(..count).unwrap_or(&all);
        over(book, (measure, until), met, (wish.from, wish.pace))
    };
    if let Some(count) = wish.over {
        return plan(count);
    }
    let pace = wish.pace.unwrap_or(USUAL_PACE);
    let pace = if wish.full_pace {
        pace
    } else {
        pace.min(EASY_PACE)
    };
    let most = MOST_MEETINGS.min(all.len());
    for count in 1..most {
        let reading = plan(count)?;
        if is_easy(book, &reading, pace) {
            return Ok(reading);
        }
    }
    plan(most)
}

/// Whether a plan asks for no more than a pace on the whole. Instalments differ: whole chapters cannot be divided.
fn is_easy(book: &Book, reading: &Reading, pace: u16) -> bool {
    let loads = schedule::loads(book, reading);
    let amount: u32 = loads.iter().map(|load| load.amount).sum();
    let days: u32 = loads.iter().map(|load| load.days).sum();
    if loads.iter().all(|load| load.pages) {
        amount <= u32::from(pace) * days
    } else {
        amount * 7 <= EASY_WEEK * days
    }
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
    fn a_book_is_laid_over_as_many_meetings_as_an_easy_pace_takes() {
        // Two chapters a week, and the circle meets every week where nobody says otherwise.
        let (_, plan) = laid(16);
        assert_eq!(plan.instalments.len(), 8);
        assert_eq!(plan.instalments.last().unwrap().until, 16);
        let (_, long) = laid(400);
        assert_eq!(long.instalments.len(), MOST_MEETINGS);
        let over = |pages: u32, wish: Wish| {
            let (state, circle) = (State::default(), CircleId(Uuid::from_u128(2)));
            let book = Book {
                pages: Some(pages),
                ..book(0)
            };
            let plan = lay(&state, circle, &book, (&wish, Zone::UTC)).unwrap();
            plan.instalments.len()
        };
        let usual = Wish::usual(day("2026-03-04"));
        assert_eq!((over(70, usual), over(71, usual)), (1, 2));
        let pace = |pace: u16, full_pace: bool| Wish {
            pace: Some(pace),
            full_pace,
            ..usual
        };
        assert_eq!(over(70, pace(5, false)), 2);
        assert_eq!(
            (over(140, pace(20, false)), over(140, pace(20, true))),
            (2, 1)
        );
    }

    #[test]
    fn a_first_meeting_that_is_near_does_not_count_against_the_pace() {
        let (state, circle) = (State::default(), CircleId(Uuid::from_u128(2)));
        let wish = Wish {
            over: Some(8),
            ..Wish::usual(day("2026-03-04"))
        };
        let mut plan = lay(&state, circle, &book(16), (&wish, Zone::UTC)).unwrap();
        plan.from = plan.instalments[0].day - chrono::TimeDelta::days(3);
        assert!(!is_easy(&book(16), &plan, EASY_PACE));
        plan.instalments[7].day += chrono::TimeDelta::days(4);
        assert!(is_easy(&book(16), &plan, EASY_PACE));
    }

    #[test]
    fn less_for_one_meeting_is_more_for_the_next_ones() {
        let (book, plan) = laid(18);
        let bent = less(&book, &plan, (1, 3)).unwrap();
        assert_eq!(bent.range(1), Some((3, 3)));
        assert_eq!(bent.instalments.last().unwrap().until, 18);
        assert!(less(&book, &plan, (8, 17)).is_err());
    }

    #[test]
    fn fifty_minutes_are_about_34_pages() {
        assert_eq!(reading_minutes(34), 51);
        assert_eq!(reading_minutes(0), 0);
    }

    proptest! {
        #[test]
        fn a_slower_pace_never_takes_fewer_meetings(pages in 1_u32..2_000, slow in 1_u16..40, more in 0_u16..40) {
            let (state, circle) = (State::default(), CircleId(Uuid::from_u128(2)));
            let book = Book { pages: Some(pages), ..book(0) };
            let over = |pace: u16| {
                let usual = Wish::usual(day("2026-03-12"));
                let wish = Wish { pace: Some(pace), full_pace: true, ..usual };
                lay(&state, circle, &book, (&wish, Zone::UTC)).unwrap().instalments.len()
            };
            prop_assert!(over(slow) >= over(slow + more));
        }

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
