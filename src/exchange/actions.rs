//! Actions written out: to be read, to be worked with in a table or a calendar, or to be taken up by another
//! program. One file a format, all from one [`ActionList`].

mod csv;
mod html;
mod ics;
mod json;
mod markdown;
#[cfg(test)]
mod tests;
mod todo;

pub use json::json;

use crate::domain::action_list::{ActionList, ListedAction};
use crate::domain::clock::{Moment, Zone};

/// How actions are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown, for people.
    Markdown,
    /// A page of its own.
    Html,
    /// A table.
    Csv,
    /// To-dos for calendars (RFC 5545).
    Calendar,
    /// `todo.txt`.
    Todo,
}

/// What the file depends on beside the actions.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// When it is written.
    pub now: Moment,
    /// Where people read clocks.
    pub zone: Zone,
    /// Whether calendars are to remind people.
    pub alarms: bool,
}

impl Format {
    /// How the names of its files end.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Calendar => "ics",
            Self::Todo => "txt",
        }
    }
}

/// Writes actions out.
///
/// # Errors
/// In words, when a text cannot be expressed in the format.
pub fn write(list: &ActionList, format: Format, wish: &Wish) -> Result<String, String> {
    match format {
        Format::Markdown => Ok(markdown::write(list)),
        Format::Html => Ok(html::write(list)),
        Format::Csv => csv::write(list),
        Format::Calendar => Ok(ics::write(list, wish)),
        Format::Todo => Ok(todo::write(list, wish.zone)),
    }
}

/// What the format has no place for, in words, where the list has any of it.
pub fn lost(list: &ActionList, format: Format) -> Option<String> {
    let says_more = |row: &&ListedAction| match format {
        Format::Todo => row.left().is_some() || row.waits_for.is_some() || row.note.is_some(),
        Format::Markdown | Format::Html | Format::Csv | Format::Calendar => false,
    };
    match list.rows.iter().filter(says_more).count() {
        0 => None,
        1 => Some("What 1 of them says beside its words has no place in todo.txt".to_owned()),
        many => Some(format!(
            "What {many} of them say beside their words has no place in todo.txt"
        )),
    }
}

/// Whether rows have to say of which circle they are.
const fn several(list: &ActionList) -> bool {
    list.circles.len() > 1
}
