//! How people, dates and amounts read in lists: as everywhere, with what lists add to it.

use crate::domain::book::Book;
use crate::domain::clock::Moment;
use crate::domain::id::CircleId;
use crate::domain::item::{Due, Owner};
use crate::domain::question::Question;
use crate::domain::roster::Member;
use crate::domain::when;
use crate::tui::say::{self, Urgency};
use crate::tui::view::View;
use chrono::NaiveDate;

pub(super) use crate::tui::say::count as counted;

/// Today where the people are.
pub(super) fn today(view: &View<'_>) -> NaiveDate {
    view.now.date(view.zone)
}

/// A member by name, or by initials while names are masked.
pub(super) fn person(view: &View<'_>, member: &Member) -> String {
    let name = say::name(member, view.masked);
    if view.me == Some(member.id) && !view.masked {
        return format!("{name} (you)");
    }
    name
}

/// How long a book is, `272 pages`, `16 chapters`; `None` where nobody said.
pub(super) fn length(book: &Book) -> Option<String> {
    let count = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    match (book.pages, book.chapters.len()) {
        (Some(pages), _) => Some(counted(count(pages), "page", "pages")),
        (None, 0) => None,
        (None, chapters) => Some(counted(chapters, "chapter", "chapters")),
    }
}

/// Who sees to something; `short` where there is little room.
pub(super) fn owner(view: &View<'_>, circle: CircleId, owner: Owner, short: bool) -> String {
    let member = match owner {
        Owner::Member(id) if !short => view.state.member(circle, id),
        Owner::Member(_) | Owner::All | Owner::Nobody => None,
    };
    member.map_or_else(
        || say::owner(view, circle, owner, true),
        |member| person(view, member),
    )
}

/// Who wrote a question, as far as whoever sits here may know.
pub(super) fn author(question: &Question, view: &View<'_>) -> Option<String> {
    let circle = view.circle?;
    let heard = |member| {
        let running = view.state.running();
        let blocks = running.map_or(0, |(_, session, _)| session.blocks.len());
        let floor = view.floor;
        floor.is_some_and(|floor| (0..blocks).any(|block| floor.was_heard(member, block)))
    };
    let member = question.author_for(view.me, circle, heard)?;
    Some(person(view, view.state.member(circle, member)?))
}

/// A date due in words, and whether it wants a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DueWords {
    /// `Mon 9 (3d ago)`, `today`, `Fri 13`, `next session`, `no date`.
    pub(super) text: String,
    /// Late or today.
    pub(super) warm: bool,
    /// No date at all.
    pub(super) quiet: bool,
}

/// A date due in words.
pub(super) fn due(view: &View<'_>, due: Due) -> DueWords {
    let plain = |text: String| DueWords {
        text,
        warm: false,
        quiet: false,
    };
    match due {
        Due::None => DueWords {
            quiet: true,
            ..plain("no date".to_owned())
        },
        Due::NextSession => plain("next session".to_owned()),
        Due::On(day) => {
            let (text, urgency) = say::due_on(day, today(view), true);
            DueWords {
                warm: urgency != Urgency::Calm,
                ..plain(text)
            }
        }
    }
}

/// A date due in at most ten cells: `Fri 20 3d`.
pub(super) fn brief_due(view: &View<'_>, due: Due) -> String {
    match due {
        Due::None => "no date".to_owned(),
        Due::NextSession => "next time".to_owned(),
        Due::On(day) => say::due_on(day, today(view), false).0,
    }
}

/// A day as lists show it, seen from today.
pub(super) fn day(view: &View<'_>, at: Moment) -> String {
    when::short(at.date(view.zone), today(view))
}

/// A day with its month and year: `Thu 26 Feb 2026`.
pub(super) fn full_day(view: &View<'_>, at: Moment) -> String {
    at.date(view.zone).format("%a %-d %b %Y").to_string()
}

/// A day without its weekday: `26 Feb 2026`.
pub(super) fn date(view: &View<'_>, at: Moment) -> String {
    at.date(view.zone).format("%-d %b %Y").to_string()
}

/// A time of day.
pub(super) fn time(view: &View<'_>, at: Moment) -> String {
    say::wall(at, view.zone)
}
