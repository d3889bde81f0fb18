//! Words that several screens share: names as far as they may be shown, times, dates, counts.

use chrono::NaiveDate;

use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::id::CircleId;
use crate::domain::item::{Due, Owner};
use crate::domain::names::{self, Naming};
use crate::domain::roster::Member;
use crate::domain::when;
use crate::tui::view::View;

/// A name in full, or its initials while names are masked.
pub fn name(member: &Member, masked: bool) -> String {
    if masked {
        names::initials(&member.name)
    } else {
        member.name.to_string()
    }
}

/// The shortest name that still tells its bearer from `others`, or initials while names are masked.
pub fn short<'a>(
    member: &Member,
    others: impl IntoIterator<Item = &'a Member>,
    masked: bool,
) -> String {
    let naming = if masked { Naming::Masked } else { Naming::Full };
    names::short(member, others, naming)
}

/// What a wall clock shows: `15:31`.
pub fn wall(at: Moment, zone: Zone) -> String {
    at.local(zone).format("%H:%M").to_string()
}

/// Minutes and seconds that have passed: `6:10`.
pub fn passed(span: Span) -> String {
    let secs = span.abs().whole_secs();
    format!("{}:{:02}", secs / 60, secs % 60)
}

/// Minutes and seconds with two digits each: `02:05`.
pub fn passed_wide(span: Span) -> String {
    let secs = span.abs().whole_secs();
    format!("{:02}:{:02}", secs / 60, secs % 60)
}

/// `1 action`, `2 actions`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// How much a date wants to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// Its day has passed.
    Late,
    /// Today.
    Today,
    /// Later, or never.
    Calm,
}

/// A due date in words, and whether it wants a look. `long` adds how late it is.
pub fn due(view: &View<'_>, circle: CircleId, due: Due, long: bool) -> (String, Urgency) {
    let today = view.now.date(view.zone);
    let day = match due {
        Due::None => return ("no date".to_owned(), Urgency::Calm),
        Due::NextSession => {
            return match view
                .state
                .due_at(circle, due, view.now)
                .map(|at| at.date(view.zone))
            {
                Some(day) if day == today => ("next session".to_owned(), Urgency::Today),
                _ => ("next session".to_owned(), Urgency::Calm),
            };
        }
        Due::On(day) => day,
    };
    due_on(day, today, long)
}

/// The day on which something is due, and whether it wants a look. `long` says of a late one that it is ago.
pub fn due_on(day: NaiveDate, today: NaiveDate, long: bool) -> (String, Urgency) {
    let words = when::short(day, today);
    match (today - day).num_days() {
        0 => (words, Urgency::Today),
        late if late > 0 && long => (when::due(day, today), Urgency::Late),
        late if late > 0 => {
            let words = when::gone(day, today);
            (format!("{words} {late}d"), Urgency::Late)
        }
        _ => (words, Urgency::Calm),
    }
}

/// An owner in words.
pub fn owner(view: &View<'_>, circle: CircleId, owner: Owner, shortly: bool) -> String {
    match owner {
        Owner::Nobody => "nobody".to_owned(),
        Owner::All => "all".to_owned(),
        Owner::Member(id) => view.state.member(circle, id).map_or_else(
            || names::FORMER.to_owned(),
            |member| {
                if shortly {
                    short(member, view.state.everyone(circle), view.masked)
                } else {
                    name(member, view.masked)
                }
            },
        ),
    }
}

/// How far away an instant is: in whole minutes or hours on the day itself, else in days as people count them,
/// by nights: `in 55 min`, `10 min ago`, `tomorrow`, `in 4 days`.
pub fn distance(at: Moment, now: Moment, zone: Zone) -> String {
    let minutes = (at - now).shown_secs() / 60;
    let (size, past) = (minutes.abs(), minutes < 0);
    let (day, today) = (at.date(zone), now.date(zone));
    let amount = match size {
        0 => return "now".to_owned(),
        1..60 => format!("{size} min"),
        _ if day == today => format!("{} h", size / 60),
        _ => return when::distance(day, today),
    };
    if past {
        format!("{amount} ago")
    } else {
        format!("in {amount}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_told_in_the_unit_that_fits() {
        let now = Moment::from_millis(0);
        let at = |minutes| distance(now + Span::from_minutes(minutes), now, Zone::UTC);
        assert_eq!(at(55), "in 55 min");
        assert_eq!(at(-10), "10 min ago");
        assert_eq!(at(180), "in 3 h");
        assert_eq!(at(60 * 24 * 3), "in 3 days");
        assert_eq!(at(0), "now");
        // Late in the evening the fourth day is as many nights away as in the morning.
        let evening = now + Span::from_minutes(60 * 23);
        let evening = |minutes| distance(now + Span::from_minutes(minutes), evening, Zone::UTC);
        assert_eq!(evening(60 * (24 * 4 + 18)), "in 4 days");
        assert_eq!(evening(60 * 33), "tomorrow");
        assert_eq!(evening(60 * 24), "tomorrow");
        assert_eq!(evening(60 * 23 + 90), "tomorrow");
    }

    #[test]
    fn times_are_told_with_seconds_of_two_digits() {
        assert_eq!(passed(Span::from_secs(370)), "6:10");
        assert_eq!(passed_wide(Span::from_secs(125)), "02:05");
    }
}
