//! What is read now: the plan as the sessions stand, the instalment that is looked at, and who may see what.

use chrono::NaiveDate;

use crate::domain::book::floor::{self, Floor};
use crate::domain::book::reader::Reader;
use crate::domain::book::reading::{Instalment, Measure, Reading};
use crate::domain::book::{Book, meetings, usual};
use crate::domain::id::{BookId, CircleId, MemberId};
use crate::domain::roster::{Member, Role};
use crate::domain::session::{Session, SessionState};
use crate::engine::query::Query;
use crate::tui::screen::words;
use crate::tui::view::View;

/// The book that is read, with what follows from the state for this frame.
pub(super) struct Desk<'a> {
    pub(super) circle: CircleId,
    pub(super) book: &'a Book,
    /// The plan with the days to which its sessions were moved.
    pub(super) reading: Reading,
    /// The instalment that is looked at, counted from 0.
    pub(super) at: usize,
    /// The instalment that is read for the next meeting; none after the last.
    pub(super) due: Option<usize>,
    pub(super) today: NaiveDate,
}

impl<'a> Desk<'a> {
    /// What the circle reads, at the instalment that was looked up, else at the one that is due.
    pub(super) fn of(at: Option<(BookId, usize)>, view: &View<'a>) -> Option<Self> {
        let circle = view.circle?;
        let book = view.state.reading(circle)?;
        let reading = meetings::plan(view.state, circle, book, view.zone)?;
        let today = words::today(view);
        let due = meetings::due(view.state, circle, &reading, today);
        let last = reading.instalments.len().checked_sub(1)?;
        let looked = at.filter(|(of, _)| *of == book.id).map(|(_, at)| at);
        Some(Self {
            at: looked.or(due).unwrap_or(last).min(last),
            circle,
            book,
            reading,
            due,
            today,
        })
    }

    /// The instalment that is looked at.
    pub(super) fn one(&self) -> Option<&Instalment> {
        self.reading.instalments.get(self.at)
    }

    /// Its first and last chapter, page or part.
    pub(super) fn range(&self) -> (u32, u32) {
        self.reading.range(self.at).unwrap_or((0, 0))
    }

    /// `4-6`, or `4` where that is all.
    pub(super) fn span(&self, at: usize) -> String {
        match self.reading.range(at) {
            Some((first, last)) if first < last => format!("{first}-{last}"),
            Some((_, last)) => last.to_string(),
            None => String::new(),
        }
    }

    /// `ch. 4-6`.
    pub(super) fn named(&self, at: usize) -> String {
        format!("{} {}", self.reading.measure.short(), self.span(at))
    }

    /// How many chapters, pages or parts the plan has.
    pub(super) fn end(&self) -> u32 {
        let last = self.reading.instalments.last();
        last.map_or(0, |last| last.until)
    }

    /// Where an even reader is today.
    pub(super) fn goal(&self) -> u32 {
        usual::goal(&self.reading, self.today)
    }

    /// How far everybody present is, as counts.
    pub(super) fn floor(&self, view: &View<'_>) -> Floor {
        let readers = view.state.readers(self.circle);
        let present = floor::present(view.state, self.circle);
        floor::floor(
            (self.book, Some(&self.reading)),
            readers,
            &present,
            self.today,
        )
    }

    /// How many have reached a place, and of how many.
    pub(super) fn reached(&self, place: u32, view: &View<'_>) -> (usize, usize) {
        let people = floor::along(view.state, self.circle);
        let readers = view.state.readers(self.circle);
        let count = floor::reached(self.book, readers, &people, place);
        (count, people.len())
    }

    /// What a member said, as far as it is known.
    pub(super) fn reader(&self, member: MemberId, view: &View<'a>) -> Option<&'a Reader> {
        view.state.reader(self.circle, self.book.id, member)
    }

    /// The session that discusses an instalment, if it is planned or running.
    pub(super) fn session(&self, at: usize, view: &View<'a>) -> Option<&'a Session> {
        let id = self.reading.instalments.get(at)?.session?;
        let session = view.state.session(self.circle, id)?;
        let coming = matches!(session.state, SessionState::Planned | SessionState::Running);
        coming.then_some(session)
    }

    /// Questions and notes of the instalment.
    pub(super) fn part_query(&self) -> Query {
        let (first, last) = self.range();
        let chapter = |page: u32| self.book.chapter_of(page);
        let short = |n: u32| u16::try_from(n).unwrap_or(u16::MAX);
        let (chapters, pages) = match self.reading.measure {
            Measure::Chapters => {
                let before = first.checked_sub(1).filter(|before| *before > 0);
                let from = match before {
                    Some(before) => self.book.ends_on(before).map(|end| end + 1),
                    None => Some(1),
                };
                let pages = from.zip(self.book.ends_on(last));
                (Some((short(first), short(last))), pages)
            }
            Measure::Pages => (chapter(first).zip(chapter(last)), Some((first, last))),
            Measure::Parts => (None, None),
        };
        Query::BookPart {
            circle: self.circle,
            book: self.book.id,
            chapters,
            pages,
        }
    }
}

/// Members who read: guests come for a session and are asked nothing.
pub(super) fn members<'a>(circle: CircleId, view: &View<'a>) -> Vec<&'a Member> {
    let mut members = view.state.members(circle);
    members.retain(|member| member.role != Role::Guest);
    members
}

/// Whether whoever sits here leads: by role, or the next session; also where nobody is named to lead, or nobody has
/// said who sits here.
pub(super) fn leads(circle: CircleId, view: &View<'_>) -> bool {
    let Some(me) = view.me else {
        return true;
    };
    let next = view.state.next_session(circle, view.now);
    let running = view.state.running().map(|(_, session, _)| session);
    let named = [next, running].into_iter().flatten();
    let mut leading: Vec<MemberId> = named.filter_map(|session| session.facilitator).collect();
    let members = view.state.members(circle);
    let by_role = members.iter().filter(|one| one.role == Role::Facilitator);
    leading.extend(by_role.map(|member| member.id));
    leading.is_empty() || leading.contains(&me)
}
