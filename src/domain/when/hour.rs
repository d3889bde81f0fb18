//! A time of day behind a date: `fri 17:00`, `20 mar at 9am`. Dates are whole days; the time is told apart so that
//! it can be said what becomes of it.

use chrono::NaiveDate;

use crate::domain::rhythm::read_time;
use crate::domain::when::{Seen, read};

/// Whether a word is a time of day: `17:00`, `9.30am`, `9am`. Without am or pm a full stop makes a number of it.
pub fn is_time(word: &str) -> bool {
    let word = word.trim_end_matches([',', ';', '.', ')']).to_lowercase();
    let told = word.contains(':') || word.ends_with("am") || word.ends_with("pm");
    told && read_time(&word).is_some()
}

/// A date with a time of day behind it: the day, and the time as it was typed.
pub fn with_time(text: &str, seen: impl Into<Seen>) -> Option<(NaiveDate, &str)> {
    let (before, time) = text.trim().rsplit_once(char::is_whitespace)?;
    let before = before.trim_end();
    let before = before.strip_suffix(" at").unwrap_or(before);
    let day = is_time(time).then(|| read(before, seen)).flatten()?;
    Some((day, time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_told_from_other_numbers() {
        for time in ["17:00", "9:05", "9am", "12pm", "9.30am", "17:00,"] {
            assert!(is_time(time), "{time}");
        }
        for other in [
            "17", "25:00", "17:60", "9.30", "13pm", "1:2", "am", "a:b", ":", "",
        ] {
            assert!(!is_time(other), "{other}");
        }
    }

    #[test]
    fn a_date_with_a_time_is_a_day_and_a_time() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 12).unwrap();
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        for (text, told) in [
            ("fri 17:00", Some((day(13), "17:00"))),
            ("20 mar at 9am", Some((day(20), "9am"))),
            ("fri", None),
            ("17:00", None),
            ("soon 17:00", None),
        ] {
            assert_eq!(with_time(text, today), told, "{text}");
        }
    }
}
