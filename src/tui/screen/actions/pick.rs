//! Which actions are shown: the choices of the filter pane, and the typed filter.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::id::CircleId;
use crate::domain::item::{Action, Due, Owner};
use crate::domain::text::fold;
use crate::domain::when::{self, Seen};
use crate::tui::screen::words;
use crate::tui::view::View;

/// The first group of the filter pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Show {
    /// All that is open.
    #[default]
    Open,
    /// Its day has passed.
    Late,
    /// Its day is today or later in this week.
    Week,
    /// Nobody sees to it.
    Nobody,
    /// Done or let go.
    Done,
}

impl Show {
    pub(super) const ALL: [Self; 5] =
        [Self::Open, Self::Late, Self::Week, Self::Nobody, Self::Done];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Late => "Late",
            Self::Week => "Due this week",
            Self::Nobody => "Nobody",
            Self::Done => "Done",
        }
    }

    /// Whether an action belongs to it.
    pub(super) fn has(self, view: &View<'_>, circle: CircleId, action: &Action) -> bool {
        let open = action.state.is_open();
        match self {
            Self::Open => open,
            Self::Late => open && late(view, action),
            Self::Week => open && this_week(view, circle, action),
            Self::Nobody => open && action.owner == Owner::Nobody,
            Self::Done => !open,
        }
    }
}

fn late(view: &View<'_>, action: &Action) -> bool {
    matches!(action.due, Due::On(day) if day < words::today(view))
}

/// The day that stands for a date due.
fn day_of(view: &View<'_>, circle: CircleId, due: Due) -> Option<NaiveDate> {
    match due {
        Due::None => None,
        Due::On(day) => Some(day),
        Due::NextSession => view.state.due_at(circle, due).map(|at| at.date(view.zone)),
    }
}

fn this_week(view: &View<'_>, circle: CircleId, action: &Action) -> bool {
    let today = words::today(view);
    let left = 6 - u64::from(today.weekday().num_days_from_monday());
    let sunday = today.checked_add_days(Days::new(left)).unwrap_or(today);
    day_of(view, circle, action.due).is_some_and(|day| (today..=sunday).contains(&day))
}

/// A typed filter: words, `@person`, `#tag`, `due<day`; all of them must fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    text: String,
    words: Vec<String>,
    people: Vec<String>,
    tags: Vec<String>,
    before: Option<NaiveDate>,
}

impl Typed {
    /// Reads a filter.
    ///
    /// # Errors
    /// A sentence when the day after `due<` is none.
    pub(super) fn read(text: &str, seen: Seen) -> Result<Self, String> {
        let mut typed = Self {
            text: text.trim().to_owned(),
            ..Self::default()
        };
        for part in text.split_whitespace() {
            if let Some(day) = part.strip_prefix("due<") {
                let day = when::read(day, seen).ok_or_else(|| {
                    format!("\"{day}\" is no day; try due<fri, due<+2w or due<2026-03-20")
                })?;
                typed.before = Some(typed.before.map_or(day, |other| other.min(day)));
            } else if let Some(person) = part.strip_prefix('@') {
                typed.people.push(fold(person));
            } else if let Some(tag) = part.strip_prefix('#') {
                typed.tags.push(fold(tag));
            } else {
                typed.words.push(fold(part));
            }
        }
        Ok(typed)
    }

    /// As it was typed.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether an action fits.
    pub(super) fn fits(&self, view: &View<'_>, circle: CircleId, action: &Action) -> bool {
        let text = fold(&format!("a{} {}", action.number, action.text));
        let owner = fold(&words::owner(view, circle, action.owner, false)).replace(' ', "-");
        let tags: Vec<String> = action.tags.iter().map(|tag| fold(tag)).collect();
        let starts = |person: &String| {
            owner.starts_with(person) || owner.split('-').any(|part| part.starts_with(person))
        };
        let due = day_of(view, circle, action.due);
        self.words.iter().all(|word| text.contains(word))
            && self.people.iter().all(starts)
            && self
                .tags
                .iter()
                .all(|tag| tags.iter().any(|has| has.starts_with(tag)))
            && self
                .before
                .is_none_or(|day| due.is_some_and(|due| due < day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_read_part_by_part() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 12).unwrap();
        let typed = Typed::read("Send @María #Feedback due<fri", today.into()).unwrap();
        assert_eq!(typed.words, ["send"]);
        assert_eq!(typed.people, ["maria"]);
        assert_eq!(typed.tags, ["feedback"]);
        assert_eq!(typed.before, NaiveDate::from_ymd_opt(2026, 3, 13));
        assert_eq!(Typed::read("  ", today.into()), Ok(Typed::default()));
        let said = Typed::read("due<someday", today.into()).unwrap_err();
        assert!(said.contains("\"someday\" is no day"), "{said}");
    }
}
