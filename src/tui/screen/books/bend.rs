//! How a plan can give way when it asks too much, or when many are still on the way to what was discussed last.

use chrono::TimeDelta;

use crate::command::Command;
use crate::command::book::BookChange;
use crate::domain::book::reading::Reading;
use crate::domain::book::schedule::{self, Choice as Pace};
use crate::domain::book::usual;
use crate::domain::when;
use crate::tui::screen::books::model::Desk;
use crate::tui::screen::words;
use crate::tui::view::View;

/// One way in which a plan gives way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It stays as it is.
    Keep,
    /// Another plan.
    Change(Box<BookChange>),
    /// Whoever leads may see one's own place, or not any more.
    Share(bool),
}

/// Whether the plan of the instalment that is due could give way: it asks too much, or fewer than half of the members
/// have reached what was discussed last. Which ones those are is no part of it.
pub(super) fn is_asked(desk: &Desk<'_>, view: &View<'_>) -> bool {
    let Some(due) = desk.due.filter(|due| *due == desk.at) else {
        return false;
    };
    if schedule::too_fast(desk.book, &desk.reading)
        .iter()
        .any(|at| *at >= due)
    {
        return true;
    }
    let Some(before) = due
        .checked_sub(1)
        .and_then(|at| desk.reading.instalments.get(at))
    else {
        return false;
    };
    let (count, of) = desk.reached(before.until, view);
    let said = view
        .state
        .readers(desk.circle)
        .filter(|reader| reader.book == desk.book.id && reader.now().is_some())
        .count();
    said > 0 && count * 2 < of
}

/// The ways, each with its words, the one that changes nothing first.
pub(super) fn ways(desk: &Desk<'_>, view: &View<'_>) -> Vec<(Way, String)> {
    let mut ways = vec![(Way::Keep, "Keep the plan as it is".to_owned())];
    let book = desk.book.id;
    if let Some(one) = desk.one() {
        let next = desk.reading.instalments.get(desk.at + 1);
        let day = next.map_or(one.day + TimeDelta::days(7), |next| {
            // Half the way to the meeting after it leaves that one where it is.
            one.day + TimeDelta::days(((next.day - one.day).num_days() / 2).clamp(1, 7))
        });
        let at = desk.at;
        let words = format!(
            "Move {} to {}",
            desk.named(at),
            when::short(day, words::today(view))
        );
        ways.push((
            Way::Change(Box::new(BookChange::Move { book, at, day })),
            words,
        ));
    }
    if let Some((bent, words)) = less(desk, view) {
        ways.push((Way::Change(Box::new(BookChange::Begin(book, bent))), words));
    }
    for choice in schedule::choices(desk.book, &desk.reading, desk.at) {
        let bend = |more: usize, until| {
            Way::Change(Box::new(BookChange::Bend {
                book,
                from: desk.at,
                more,
                until,
            }))
        };
        match choice {
            Pace::MoreMeetings(more) => {
                let words = words::counted(
                    usize::try_from(more).unwrap_or(0),
                    "more meeting",
                    "more meetings",
                );
                ways.push((bend(usize::try_from(more).unwrap_or(0), None), words));
            }
            Pace::ReadUpTo(until) => {
                let short = desk.reading.measure.short();
                ways.push((
                    bend(0, Some(until)),
                    format!("Read up to {short} {until} only"),
                ));
            }
            Pace::Keep => {}
        }
    }
    ways
}

/// Less to discuss: as far as half of those who said something have come, at least one chapter, page or part.
fn less(desk: &Desk<'_>, view: &View<'_>) -> Option<(Reading, String)> {
    let (first, last) = desk.range();
    let (most, _) = desk.reached(0, view);
    let until = (first..last)
        .rev()
        .find(|place| desk.reached(*place, view).0 * 2 >= most.max(1))
        .unwrap_or(first);
    if until >= last {
        return None;
    }
    let bent = usual::less(desk.book, &desk.reading, (desk.at, until)).ok()?;
    let short = desk.reading.measure.short();
    let span = if first == until {
        format!("{short} {first}")
    } else {
        format!("{short} {first}-{until}")
    };
    Some((bent, format!("Discuss {span} only; the rest comes later")))
}

/// The command of a way, where it needs one.
pub(super) fn command(way: &Way, desk: &Desk<'_>) -> Option<Command> {
    match way {
        Way::Change(change) => Some(Command::Book {
            circle: desk.circle,
            change: (**change).clone(),
        }),
        Way::Keep | Way::Share(_) => None,
    }
}
