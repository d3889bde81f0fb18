//! Dates in words for people, and why something is no date.

use chrono::{Datelike, NaiveDate};

use crate::domain::text::Clean;
use crate::domain::when::calendar::weekday;
use crate::domain::when::day::{Named, named, numbers};
use crate::domain::when::{Seen, read};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A date as lists show it: `today`, `Fri 13`, `Wed 1 Apr`, with the year when it is another one.
pub fn short(date: NaiveDate, today: NaiveDate) -> String {
    if date == today {
        return "today".to_owned();
    }
    // Every row of a list has a date, and a pattern would be read anew for each.
    let (weekday, day, month) = (date.weekday(), date.day(), MONTHS[date.month0() as usize]);
    if date.year() != today.year() {
        format!("{weekday} {day} {month} {:04}", date.year())
    } else if date.month() != today.month() {
        format!("{weekday} {day} {month}")
    } else {
        format!("{weekday} {day}")
    }
}

/// A day on which something is due, as lists show it: `Mon 9`, a late one `Mon 9 (3d ago)`.
pub fn due(day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        late if late > 0 => format!("{} ({late}d ago)", gone(day, today)),
        _ => short(day, today),
    }
}

/// A day that has passed, beside how long ago that was: `Mon 9`, `27 Nov`. Of another month its weekday says nothing
/// more, and the room is narrow.
pub fn gone(day: NaiveDate, today: NaiveDate) -> String {
    let words = short(day, today);
    match words.split_once(' ') {
        Some((_, date)) if date.contains(' ') => date.to_owned(),
        _ => words,
    }
}

/// How far away a date is: `tomorrow`, `3 days ago`, `in 2 weeks`.
pub fn distance(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days < 0 => format!("{} days ago", -days),
        days if days < 14 => format!("in {days} days"),
        days if days < 60 => format!("in {} weeks", days / 7),
        days => format!("in {} months", days / 30),
    }
}

/// A date in full with its distance: `Fri 13 Mar 2026 (tomorrow)`, so that a misreading is seen.
pub fn long(date: NaiveDate, today: NaiveDate) -> String {
    let distance = distance(date, today);
    format!("{} ({distance})", date.format("%a %-d %b %Y"))
}

/// A date with its distance for a receipt: `Fri 13 Mar, tomorrow`, with the year when it is another one.
pub fn words(date: NaiveDate, today: NaiveDate) -> String {
    let day = if date.year() == today.year() {
        date.format("%a %-d %b")
    } else {
        date.format("%a %-d %b %Y")
    };
    format!("{day}, {}", distance(date, today))
}

/// Why `text` is no date, as a phrase without a final stop. A 29 February says when it comes next, and a date
/// with the wrong weekday says the right one.
pub fn no_date(text: &str, seen: impl Into<Seen>) -> String {
    let seen = seen.into();
    let typed = Clean::line(text);
    if let Some(next) = next_leap_day(text, seen) {
        return format!("\"{typed}\" comes next on {}", next.format("%a %-d %b %Y"));
    }
    if let Some(date) = on_another_weekday(text, seen) {
        return format!(
            "\"{typed}\" is no date: {} is a {}",
            date.format("%-d %b %Y"),
            date.format("%A")
        );
    }
    format!("\"{typed}\" is no date")
}

/// The next 29 February, where `text` names one in a year that has none.
pub(crate) fn next_leap_day(text: &str, seen: impl Into<Seen>) -> Option<NaiveDate> {
    let seen = seen.into();
    if read(text, seen).is_some() {
        return None;
    }
    let named = named_in(text, seen).filter(|named| (named.day, named.month) == (29, 2))?;
    let from = named.year.unwrap_or(seen.today.year());
    (0..=8)
        .filter_map(|years| NaiveDate::from_ymd_opt(from.checked_add(years)?, 2, 29))
        .find(|date| *date >= seen.today)
}

fn on_another_weekday(text: &str, seen: Seen) -> Option<NaiveDate> {
    let text = text.to_lowercase();
    let (first, rest) = text.trim().split_once([' ', ','])?;
    weekday(first)?;
    // A bare number behind a weekday is a day of this month or the next, and either may be meant.
    named_in(rest, seen)?;
    read(rest, seen)
}

fn named_in(text: &str, seen: Seen) -> Option<Named> {
    let text = text.to_lowercase().replace(',', " ");
    let words: Vec<&str> = text.split_whitespace().filter(|w| *w != "the").collect();
    match words.as_slice() {
        [one] => numbers(one, seen),
        words => named(words),
    }
}
