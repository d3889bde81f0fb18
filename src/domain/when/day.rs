//! Days with a number: `2026-03-20`, `20/3`, `20 mar`, `march 20th 2027`, `the 5th`, `fri 13`.

use chrono::{Datelike, Months, NaiveDate, Weekday};

use crate::domain::when::calendar::weekday;
use crate::domain::when::{Order, Seen};

/// A day and a month, perhaps with the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) day: u32,
    pub(super) month: u32,
    pub(super) year: Option<i32>,
}

pub(super) fn read(words: &[&str], seen: Seen) -> Option<NaiveDate> {
    let (first, rest) = words.split_first()?;
    if let Some(on) = weekday(first)
        && !rest.is_empty()
    {
        return on_weekday(on, rest, seen);
    }
    match words {
        [one] => numbers(one, seen)
            .and_then(|named| named.coming(seen.today))
            .or_else(|| of_month(numeral(one)?, None, seen.today)),
        words => named(words)?.coming(seen.today),
    }
}

/// A day with its weekday, which must be the right one. It may be over, as lists show it.
fn on_weekday(on: Weekday, words: &[&str], seen: Seen) -> Option<NaiveDate> {
    let fits = |date: &NaiveDate| date.weekday() == on;
    match words {
        [one] => match numbers(one, seen) {
            Some(named) => named.on(on, seen.today),
            None => of_month(day(one)?, Some(on), seen.today).filter(fits),
        },
        words => named(words)?.on(on, seen.today),
    }
}

impl Named {
    /// The next such day.
    fn coming(self, today: NaiveDate) -> Option<NaiveDate> {
        let over = (self.month, self.day) < (today.month(), today.day());
        let year = self.year.unwrap_or(today.year() + i32::from(over));
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }

    /// The one of this year, else the next, that is such a weekday.
    fn on(self, on: Weekday, today: NaiveDate) -> Option<NaiveDate> {
        let this = self.year.unwrap_or(today.year());
        NaiveDate::from_ymd_opt(this, self.month, self.day)
            .filter(|date| date.weekday() == on)
            .or_else(|| self.coming(today).filter(|date| date.weekday() == on))
    }
}

/// The next day of a month with this number. With a weekday only this month and the next are looked at, and
/// a day of this month may be over.
fn of_month(day: u32, on: Option<Weekday>, today: NaiveDate) -> Option<NaiveDate> {
    let first = today.with_day(1)?;
    let months = if on.is_some() { 0..=1 } else { 0..=2 };
    months
        .filter_map(|months| first.checked_add_months(Months::new(months))?.with_day(day))
        .find(|date| on.map_or(*date >= today, |on| date.weekday() == on))
}

/// A month by its name.
pub(super) fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    let word = if word == "sept" { "sep" } else { word };
    let month: chrono::Month = word.parse().ok()?;
    Some(month.number_from_month())
}

/// A year in four digits, or in two.
pub(super) fn year(word: &str) -> Option<i32> {
    if !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i32 = word.parse().ok()?;
    match word.len() {
        2 => Some(2000 + number),
        4 => Some(number),
        _ => None,
    }
}

/// `20` or `20th`.
fn day(word: &str) -> Option<u32> {
    numeral(word).or_else(|| {
        let word = word.strip_suffix('.').unwrap_or(word);
        let digits = (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| word.parse().ok()).flatten()
    })
}

/// `20th`, `1st`.
fn numeral(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: u32 = digits.parse().ok().filter(|n| (1..=31).contains(n))?;
    let suffix = match number {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    };
    (word.strip_prefix(digits) == Some(suffix) && digits.len() <= 2).then_some(number)
}

/// `first`, as in "first of may"; alone it is a word like any other.
fn ordinal(word: &str) -> Option<u32> {
    let named = ["first", "second", "third", "fourth", "fifth"];
    (1..)
        .zip(named)
        .find(|(_, name)| *name == word)
        .map(|(number, _)| number)
}

/// `20 mar`, `mar 20`, `20th of march`, each with or without a year.
pub(super) fn named(words: &[&str]) -> Option<Named> {
    let (day, month, said) = match words {
        [first, "of", second, rest @ ..] => {
            (day(first).or_else(|| ordinal(first))?, month(second)?, rest)
        }
        [first, second, rest @ ..] => match (day(first), day(second)) {
            (Some(day), None) => (day, month(second)?, rest),
            (None, Some(day)) => (day, month(first)?, rest),
            _ => return None,
        },
        _ => return None,
    };
    let year = match said {
        [] => None,
        [word] => Some(year(word)?),
        _ => return None,
    };
    Some(Named { day, month, year })
}

/// `2026-03-20`, `20/3`, `20.3.2026`, `20-mar-2026`: one word.
pub(super) fn numbers(word: &str, seen: Seen) -> Option<Named> {
    let sign = word.chars().find(|c| matches!(c, '/' | '.' | '-'))?;
    let ended = if sign == '.' {
        word.strip_suffix('.').unwrap_or(word)
    } else {
        word
    };
    let parts: Vec<&str> = ended.split(sign).collect();
    let (first, second, last) = match parts.as_slice() {
        [first, second] => (*first, *second, None),
        [first, second, last] => (*first, *second, Some(*last)),
        _ => return None,
    };
    if let (4, Some(last)) = (first.len(), last) {
        let (month, day, year) = (day(second)?, day(last)?, Some(year(first)?));
        return Some(Named { day, month, year });
    }
    let year = match last {
        Some(last) => Some(year(last)?),
        None => None,
    };
    let (day, month) = match (sign, seen.order, month(second)) {
        (_, _, Some(month)) => (day(first)?, month),
        // Nobody writes the month first with full stops.
        ('.', ..) | (_, Order::DayMonth, None) => (plain(first)?, plain(second)?),
        (_, Order::MonthDay, None) => (plain(second)?, plain(first)?),
    };
    Some(Named { day, month, year })
}

/// One or two digits.
fn plain(word: &str) -> Option<u32> {
    word.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| day(word))
        .flatten()
}
