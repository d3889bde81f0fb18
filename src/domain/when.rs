//! Dates in words, as people type them in a capture line, a filter, a form or a file, and dates in the words
//! that people read. The one place for both, so that what is printed can be typed.
//!
//! The forms that circlet promises are read here (`fri`, `in 2 weeks`, `end of month`, `third thursday`,
//! `20 mar`, `20/3`); what else people write about the past in English goes to the `interim` library.

mod calendar;
mod day;
mod hour;
#[cfg(test)]
mod laws;
mod show;
mod span;
#[cfg(test)]
mod tests;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use interim::{Dialect, parse_date_string};

pub use crate::domain::when::hour::{is_time, with_time};
pub(crate) use crate::domain::when::show::next_leap_day;
pub use crate::domain::when::show::{distance, due, gone, long, no_date, short, words};

/// Most bytes that can be a date; the longest form that is read has about fifty.
const MOST_BYTES: usize = 80;
/// The years in which a date can lie. Outside, it is a slip of the finger.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2999;

/// The order of day and month in dates such as 3/4.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// 20/3.
    #[default]
    DayMonth,
    /// 3/20.
    MonthDay,
}

/// From where a date is seen: which day it is, and in which order day and month are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The day it is where people are.
    pub today: NaiveDate,
    /// How to read 3/4.
    pub order: Order,
}

// Only tests may forget how somebody writes dates.
#[cfg(test)]
impl From<NaiveDate> for Seen {
    fn from(today: NaiveDate) -> Self {
        Self {
            today,
            order: Order::default(),
        }
    }
}

/// The date that `text` names. A bare weekday is the next one strictly after today, a day without a year the
/// next such day. `None` when it is no date (also "31 feb", and "29 feb" when the February that comes has 28
/// days); [`no_date`] says why.
pub fn read(text: &str, seen: impl Into<Seen>) -> Option<NaiveDate> {
    let seen = seen.into();
    if text.len() > MOST_BYTES {
        return None;
    }
    let text = text.trim().to_lowercase();
    whole(&text, seen)
        .or_else(|| with_distance(&text, seen))
        .or_else(|| by_library(&text, seen.today))
        .filter(|date| YEARS.contains(&date.year()))
}

fn whole(text: &str, seen: Seen) -> Option<NaiveDate> {
    let spaced = text.replace(',', " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    of_words(&words, seen)
}

/// The words of a date, whatever stands between them.
fn of_words(words: &[&str], seen: Seen) -> Option<NaiveDate> {
    // "the" says nothing, except at the end, where it begins something else.
    if words.last().is_some_and(|word| *word == "the") {
        return None;
    }
    let mut words: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| *word != "the")
        .collect();
    if words.first() == Some(&"on") {
        words.remove(0);
    }
    calendar::read(&words, seen)
        .or_else(|| span::read(&words, seen))
        .or_else(|| day::read(&words, seen))
}

/// A date with its distance behind it, as it is printed: `Fri 13 Mar 2026 (tomorrow)`, `Fri 13 Mar, tomorrow`.
fn with_distance(text: &str, seen: Seen) -> Option<NaiveDate> {
    let (date, behind) = match text.strip_suffix(')') {
        Some(text) => text.split_once('(')?,
        None => text.rsplit_once(',')?,
    };
    let behind: Vec<&str> = behind.split_whitespace().collect();
    let told = matches!(
        behind.as_slice(),
        ["today" | "tomorrow" | "yesterday"] | [_, _, "ago"] | ["in", _, _]
    );
    (told && date.bytes().any(|byte| byte.is_ascii_digit()))
        .then(|| whole(date, seen))
        .flatten()
}

/// What is left to the library: the past. It accepts loose text, so only lines that begin or end like that
/// get there.
fn by_library(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if !text.starts_with("last ") && !text.ends_with(" ago") {
        return None;
    }
    let now: DateTime<Utc> = today.and_hms_opt(0, 0, 0)?.and_utc();
    parse_date_string(text, now, Dialect::Uk)
        .ok()
        .map(|at: DateTime<Utc>| at.date_naive())
}
