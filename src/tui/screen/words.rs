//! How people, dates and amounts read in lists. Names become initials while they are masked.

use chrono::NaiveDate;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::clock::Moment;
use crate::domain::id::CircleId;
use crate::domain::item::{Due, Owner};
use crate::domain::roster::{Member, short_name};
use crate::domain::when;
use crate::tui::view::View;

/// Today where the people are.
pub(super) fn today(view: &View<'_>) -> NaiveDate {
    view.now.date(view.zone)
}

/// `J. T.` for Jun Tanaka.
pub(super) fn initials(name: &str) -> String {
    let first = |part: &str| part.graphemes(true).next().map(|first| format!("{first}."));
    let letters: Vec<String> = name.split_whitespace().filter_map(first).collect();
    letters.join(" ")
}

/// A member by name, or by initials while names are masked.
pub(super) fn person(view: &View<'_>, member: &Member) -> String {
    if view.masked {
        return initials(&member.name);
    }
    if view.me == Some(member.id) {
        return format!("{} (you)", member.name);
    }
    member.name.to_string()
}

/// Who sees to something; `short` where there is little room.
pub(super) fn owner(view: &View<'_>, circle: CircleId, owner: Owner, short: bool) -> String {
    match owner {
        Owner::Nobody => "nobody".to_owned(),
        Owner::All => "all".to_owned(),
        Owner::Member(id) => match view.state.member(circle, id) {
            Some(member) if short && !view.masked => {
                short_name(member, view.state.everyone(circle))
            }
            Some(member) => person(view, member),
            None => "former member".to_owned(),
        },
    }
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
            let today = today(view);
            let ago = (today - day).num_days();
            let text = when::short(day, today);
            DueWords {
                text: if ago > 0 {
                    format!("{text} ({ago}d ago)")
                } else {
                    text
                },
                warm: ago >= 0,
                quiet: false,
            }
        }
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
    at.local(view.zone).format("%H:%M").to_string()
}

/// `1 person`, `3 people`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_name_is_its_initials_as_seen() {
        assert_eq!(initials("Jun Tanaka"), "J. T.");
        assert_eq!(initials("A\u{30a}sa"), "A\u{30a}.");
        assert_eq!(initials("李 美玲"), "李. 美.");
        assert_eq!(initials(""), "");
    }
}
