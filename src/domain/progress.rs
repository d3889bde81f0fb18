//! How a circle stands in the book that it reads, in counts: how many have reached the next goal, never who has not.

use chrono::NaiveDate;

use crate::domain::book::reader::Reader;
use crate::domain::book::reading::{Instalment, Measure, Reading};
use crate::domain::book::{Book, BookState};
use crate::domain::id::MemberId;

/// Fewer answers would tell about somebody; no average is taken of them.
pub const ENOUGH: usize = 5;

/// Where a circle is in its book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What the book is divided by.
    pub measure: Measure,
    /// The first chapter, page or part that is read for the next meeting.
    pub from: u32,
    /// The last one.
    pub until: u32,
    /// The day of that meeting.
    pub day: NaiveDate,
    /// Which meeting of the reading that is, from 1.
    pub meeting: usize,
    /// How many meetings there are.
    pub meetings: usize,
    /// How many have come as far as the goal.
    pub reached: usize,
    /// How many have said how far they are.
    pub said: usize,
    /// Who reads along.
    pub people: usize,
    /// Whole per cent of the book that the group has read on average; `None` below [`ENOUGH`].
    pub group: Option<u32>,
    /// Whole per cent that the member who asks has read, if they have said so.
    pub mine: Option<u32>,
}

impl Progress {
    /// Of the book that is read by these people, seen on `today` by one of them. `reader` tells what somebody said about
    /// it, `day` when an instalment is discussed. `None` when no book is read or nothing of it is laid over meetings.
    pub fn of<'a>(
        book: &Book,
        (people, me): (&[MemberId], Option<MemberId>),
        reader: impl Fn(MemberId) -> Option<&'a Reader>,
        today: NaiveDate,
        day: impl Fn(&Instalment) -> NaiveDate,
    ) -> Option<Self> {
        let reading = reading(book)?;
        let all = &reading.instalments;
        let next = all.iter().position(|part| day(part) >= today);
        let at = next.unwrap_or(all.len().checked_sub(1)?);
        let goal = all.get(at)?;
        let before = at.checked_sub(1).and_then(|at| all.get(at));
        let last = all.last()?.until;
        let place = |member: MemberId| {
            let now = reader(member)?.now()?;
            // What was said in pages counts in chapters too, where the book knows both.
            book.convert(now.place, now.measure, reading.measure)
        };
        let places: Vec<u32> = people.iter().filter_map(|id| place(*id)).collect();
        let read = |place: u32| {
            let share = u64::from(place.min(last)) * 100;
            share.checked_div(u64::from(last)).unwrap_or(0)
        };
        let sum: u64 = places.iter().map(|place| read(*place)).sum();
        let many = u64::try_from(places.len()).unwrap_or(u64::MAX);
        let average = sum.checked_div(many).filter(|_| places.len() >= ENOUGH);
        let percent = |share: u64| u32::try_from(share).unwrap_or(100);
        Some(Self {
            measure: reading.measure,
            from: before.map_or(0, |part| part.until) + 1,
            until: goal.until,
            day: day(goal),
            meeting: at + 1,
            meetings: all.len(),
            reached: places.iter().filter(|place| **place >= goal.until).count(),
            said: places.len(),
            people: people.len(),
            group: average.map(percent),
            mine: me.and_then(place).map(read).map(percent),
        })
    }

    /// What is read for the next meeting, shortly: `ch. 4-6`.
    pub fn goal(&self) -> String {
        let (one, many) = match self.measure {
            Measure::Chapters => ("ch.", "ch."),
            Measure::Pages => ("p.", "pp."),
            Measure::Parts => ("part", "parts"),
        };
        if self.from >= self.until {
            return format!("{one} {}", self.until);
        }
        format!("{many} {}-{}", self.from, self.until)
    }

    /// The last of it: `ch. 6`.
    pub fn end(&self) -> String {
        Self {
            from: self.until,
            ..*self
        }
        .goal()
    }

    /// `3 of 6 have reached ch. 6`; that nobody has said anything is said as such.
    pub fn told(&self) -> String {
        if self.said == 0 {
            return "nobody has said yet how far they are".to_owned();
        }
        let verb = if self.reached == 1 { "has" } else { "have" };
        format!(
            "{} of {} {verb} reached {}",
            self.reached,
            self.people,
            self.end()
        )
    }
}

/// How a book is laid over the meetings, as long as it is read.
fn reading(book: &Book) -> Option<&Reading> {
    let reads = book.state == BookState::Reading && book.trashed.is_none();
    book.reading.as_ref().filter(|_| reads)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::book::reader::Reached;
    use crate::domain::clock::Moment;
    use crate::domain::id::{BookId, Ids};
    use crate::domain::text::Clean;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn book(ids: &mut Ids, goals: &[(u32, &str)]) -> Book {
        let part = |(until, day): &(u32, &str)| Instalment {
            until: *until,
            day: on(day),
            session: None,
            picked: Vec::new(),
        };
        let at = Moment::from_millis(0);
        Book {
            state: BookState::Reading,
            reading: Some(Reading {
                measure: Measure::Chapters,
                from: on("2026-03-01"),
                instalments: goals.iter().map(part).collect(),
                skipped: Vec::new(),
                once: 0,
                pace: None,
            }),
            ..Book::new(BookId(ids.make()), 1, Clean::line("Radical Candor"), at)
        }
    }

    fn readers(book: &Book, people: &[MemberId], places: &[u32]) -> Vec<Reader> {
        let reader = |(member, place): (&MemberId, &u32)| Reader {
            reached: vec![Reached {
                at: Moment::from_millis(0),
                measure: Measure::Chapters,
                place: *place,
            }],
            ..Reader::new(book.id, *member)
        };
        people.iter().zip(places).map(reader).collect()
    }

    fn by<'a>(readers: &'a [Reader]) -> impl Fn(MemberId) -> Option<&'a Reader> {
        move |member| readers.iter().find(|reader| reader.member == member)
    }

    const GOALS: [(u32, &str); 3] = [(3, "2026-03-11"), (6, "2026-03-18"), (12, "2026-03-25")];

    #[test]
    fn the_next_meeting_sets_the_goal_and_counts_name_nobody() {
        let mut ids = Ids::new(Moment::from_millis(0), 1);
        let book = book(&mut ids, &GOALS);
        let people: Vec<MemberId> = (0..6).map(|_| MemberId(ids.make())).collect();
        let readers = readers(&book, &people, &[6, 6, 12, 3, 3]);
        let me = Some(people[2]);
        let seen = |today: &str| {
            Progress::of(&book, (&people, me), by(&readers), on(today), |part| {
                part.day
            })
            .unwrap()
        };
        let now = seen("2026-03-12");
        assert_eq!(now.goal(), "ch. 4-6");
        assert_eq!(now.told(), "3 of 6 have reached ch. 6");
        assert_eq!((now.meeting, now.meetings), (2, 3));
        assert_eq!((now.group, now.mine), (Some(50), Some(100)));
        assert_eq!(seen("2026-03-18").goal(), "ch. 4-6");
        assert_eq!(seen("2026-04-18").told(), "1 of 6 has reached ch. 12");
    }

    #[test]
    fn a_few_answers_make_no_average_and_none_are_said_as_such() {
        let mut ids = Ids::new(Moment::from_millis(0), 1);
        let book = book(&mut ids, &GOALS);
        let people: Vec<MemberId> = (0..4).map(|_| MemberId(ids.make())).collect();
        let all = readers(&book, &people, &[3, 3, 3, 3]);
        let told = |readers: &[Reader]| {
            let today = on("2026-03-10");
            Progress::of(&book, (&people, None), by(readers), today, |part| part.day).unwrap()
        };
        assert_eq!((told(&all).group, told(&all).reached), (None, 4));
        assert_eq!(told(&[]).told(), "nobody has said yet how far they are");
    }

    #[test]
    fn a_book_that_is_not_read_has_no_progress() {
        let mut ids = Ids::new(Moment::from_millis(0), 1);
        let today = on("2026-03-10");
        let mut book = book(&mut ids, &GOALS);
        book.state = BookState::Read;
        assert_eq!(
            Progress::of(&book, (&[], None), by(&[]), today, |p| p.day),
            None
        );
        book.state = BookState::Reading;
        book.reading.as_mut().unwrap().instalments.clear();
        assert_eq!(
            Progress::of(&book, (&[], None), by(&[]), today, |p| p.day),
            None
        );
    }

    proptest! {
        #[test]
        fn counts_stay_within_the_circle(
            places in proptest::collection::vec(0u32..40, 0..9),
            more in 0usize..4,
            today in 1u32..28,
        ) {
            let mut ids = Ids::new(Moment::from_millis(0), 1);
            let book = book(&mut ids, &GOALS);
            let all = places.len() + more;
            let people: Vec<MemberId> = (0..all).map(|_| MemberId(ids.make())).collect();
            let readers = readers(&book, &people, &places);
            let today = NaiveDate::from_ymd_opt(2026, 3, today).unwrap();
            let me = people.first().copied();
            let now = Progress::of(&book, (&people, me), by(&readers), today, |p| p.day).unwrap();
            prop_assert!(now.reached <= now.said && now.said <= now.people);
            prop_assert!(now.from <= now.until);
            prop_assert!(now.group.unwrap_or(0) <= 100 && now.mine.unwrap_or(0) <= 100);
            prop_assert_eq!(now.group.is_some(), places.len() >= ENOUGH);
        }
    }
}
