//! The spoiler floor: how far everybody present has come, and what lies beyond it. Counts only, never who.
//!
//! Somebody who has said nothing is taken to be where the plan has everybody by today: reading out how far one is
//! stays free, and staying silent neither hides the whole book nor gives its end away.

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::domain::book::reader::Reader;
use crate::domain::book::reading::{Measure, Reading};
use crate::domain::book::{Book, Mark};
use crate::domain::id::{CircleId, MemberId};
use crate::domain::roster::Role;
use crate::domain::state::State;

/// How far the people in a room are together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Floor {
    /// What the place is counted in.
    pub measure: Measure,
    /// The last chapter, page or part that everybody has reached; 0 where somebody is at the beginning. `None` when
    /// there is nothing to go by: nobody said anything and there is no plan.
    pub place: Option<u32>,
    /// How many people there are.
    pub people: usize,
    /// How many of them have said how far they are.
    pub said: usize,
}

/// The place up to which a plan has been discussed by a day; 0 before the first meeting.
pub fn planned(reading: &Reading, today: NaiveDate) -> u32 {
    let past = reading.instalments.iter().filter(|one| one.day <= today);
    past.map(|one| one.until).max().unwrap_or(0)
}

/// Where somebody is in the measure of the plan; `None` when they said nothing, or in pages of a book that does not
/// tell where its chapters begin.
pub fn place_of(book: &Book, reader: Option<&Reader>, measure: Measure) -> Option<u32> {
    let now = reader?.now()?;
    book.convert(now.place, now.measure, measure)
}

/// How far `present` are together in a book, read by a plan: the one with the days of its sessions.
pub fn floor<'a>(
    (book, plan): (&Book, Option<&Reading>),
    readers: impl IntoIterator<Item = &'a Reader>,
    present: &[MemberId],
    today: NaiveDate,
) -> Floor {
    let measure = measure(book);
    let said: Vec<u32> = readers
        .into_iter()
        .filter(|reader| reader.book == book.id && present.contains(&reader.member))
        .filter_map(|reader| place_of(book, Some(reader), measure))
        .collect();
    let silent = said.len() < present.len();
    let plan = plan.map(|reading| planned(reading, today));
    let lowest = said.iter().copied().min();
    let place = match (lowest, plan.filter(|_| silent)) {
        (Some(lowest), Some(plan)) => Some(lowest.min(plan)),
        (lowest, plan) => lowest.or(plan),
    };
    Floor {
        measure,
        place,
        people: present.len(),
        said: said.len(),
    }
}

/// What places in a book are counted in: as it is read, else by chapters where there are any.
pub fn measure(book: &Book) -> Measure {
    match &book.reading {
        Some(reading) => reading.measure,
        None if book.chapters.is_empty() => Measure::Pages,
        None => Measure::Chapters,
    }
}

/// Who reads along with a circle: its members. Guests come for a session and are asked nothing.
pub fn along(state: &State, circle: CircleId) -> Vec<MemberId> {
    let members = state.members(circle).into_iter();
    let members = members.filter(|member| member.role != Role::Guest);
    members.map(|member| member.id).collect()
}

/// Who is there: whom the running session expects, else everybody who reads along.
pub fn present(state: &State, circle: CircleId) -> Vec<MemberId> {
    match state.running().filter(|(at, ..)| *at == circle) {
        Some((_, session, _)) => {
            let people = state.expected(circle, session);
            people.iter().map(|member| member.id).collect()
        }
        None => along(state, circle),
    }
}

/// How many of `present` have said that they reached a place.
pub fn reached<'a>(
    book: &Book,
    readers: impl IntoIterator<Item = &'a Reader>,
    present: &[MemberId],
    place: u32,
) -> usize {
    let measure = measure(book);
    readers
        .into_iter()
        .filter(|reader| reader.book == book.id && present.contains(&reader.member))
        .filter(|reader| place_of(book, Some(reader), measure).is_some_and(|at| at >= place))
        .count()
}

impl Floor {
    /// Whether something about a place lies beyond what everybody has reached. A mark without a place gives nothing
    /// away; one that cannot be compared is kept back, since asking for it is one key.
    pub fn hides(&self, book: &Book, mark: &Mark) -> bool {
        let Some(floor) = self.place else {
            return false;
        };
        let at = match (self.measure, mark.page, mark.chapter) {
            (_, None, None) => return false,
            (Measure::Pages, Some(page), _) => Some(page),
            // A chapter is reached when its last page is.
            (Measure::Pages, None, Some(chapter)) => book.ends_on(u32::from(chapter)),
            (Measure::Chapters, _, Some(chapter)) => Some(u32::from(chapter)),
            (Measure::Chapters, Some(page), None) => book.chapter_of(page).map(u32::from),
            (Measure::Parts, _, _) => None,
        };
        at.is_none_or(|at| at > floor)
    }

    /// What the facilitator is told: `everyone is past ch. 4; 2 have said nothing`.
    pub fn words(&self) -> String {
        let silent = self.said < self.people;
        let place = match self.place {
            None => return "no data".to_owned(),
            Some(_) if self.said == 0 => {
                return "no data: nobody has said how far they are".to_owned();
            }
            // Those who say nothing may well have begun.
            Some(0) if silent => "nothing counts as read by all yet".to_owned(),
            Some(0) => "not everyone has begun".to_owned(),
            Some(place) => format!("everyone has reached {} {place}", self.measure.short()),
        };
        match self.people - self.said {
            0 => place,
            1 => format!("{place}; 1 has said nothing"),
            silent => format!("{place}; {silent} have said nothing"),
        }
    }
}
