//! So many days, weeks, months or years from a day: `in 2 weeks`, `+3d`, `a month from today`, `10 days`,
//! `3 days ago`.

use chrono::{Days, Months, NaiveDate};

use crate::domain::when::{Seen, of_words};

/// More than this many of any unit is a slip of the finger.
const MOST: u32 = 3650;

/// A length of time in days or in months: a month has no fixed number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Days(u32),
    Months(u32),
}

pub(super) fn read(words: &[&str], seen: Seen) -> Option<NaiveDate> {
    match words {
        [length @ .., "ago"] => of(length)?.before(seen.today),
        [length @ .., "from", "now" | "today"] | ["in", length @ ..] => {
            of(length)?.after(seen.today)
        }
        [one] => of(&[one.strip_prefix('+')?])?.after(seen.today),
        _ => of(words)
            .and_then(|length| length.after(seen.today))
            .or_else(|| from_a_day(words, seen)),
    }
}

/// `2 weeks after 1 may`, `a week from friday`.
fn from_a_day(words: &[&str], seen: Seen) -> Option<NaiveDate> {
    let at = words
        .iter()
        .position(|word| matches!(*word, "from" | "after"))?;
    let length = of(words.get(..at)?)?;
    length.after(of_words(words.get(at + 1..)?, seen)?)
}

fn of(words: &[&str]) -> Option<Length> {
    match words {
        ["a" | "an", unit] => length(1, unit),
        ["a", "couple", "of", unit] | ["couple", "of", unit] => length(2, unit),
        [count, unit] => length(number(count)?, unit),
        [both] => {
            let unit = both.trim_start_matches(|c: char| c.is_ascii_digit());
            length(both.strip_suffix(unit)?.parse().ok()?, unit)
        }
        _ => None,
    }
}

fn number(word: &str) -> Option<u32> {
    let small = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let named = (1..).zip(small).find(|(_, name)| *name == word);
    named
        .map(|(count, _)| count)
        .or_else(|| word.trim_start_matches('+').parse().ok())
}

fn length(count: u32, unit: &str) -> Option<Length> {
    let count = Some(count).filter(|count| *count <= MOST)?;
    match unit {
        "d" | "day" | "days" => Some(Length::Days(count)),
        "w" | "week" | "weeks" => Some(Length::Days(count * 7)),
        "fortnight" | "fortnights" => Some(Length::Days(count * 14)),
        "m" | "month" | "months" => Some(Length::Months(count)),
        "y" | "year" | "years" => Some(Length::Months(count * 12)),
        _ => None,
    }
}

impl Length {
    fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => day.checked_add_days(Days::new(u64::from(days))),
            Self::Months(months) => day.checked_add_months(Months::new(months)),
        }
    }

    fn before(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Days(days) => day.checked_sub_days(Days::new(u64::from(days))),
            Self::Months(months) => day.checked_sub_months(Months::new(months)),
        }
    }
}
