//! Dates in words, as people type them in a capture line, a filter or a form.
//!
//! The short forms that circlet promises are read here; whatever else people write in English goes to
//! the `interim` library.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc, Weekday};
use interim::{Dialect, parse_date_string};

/// The date that `text` names, seen from `today`. A bare weekday is the next one strictly after
/// today. `None` when it is no date (also "31 feb").
pub fn read(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.trim().to_lowercase();
    short_form(&text, today)
        .or_else(|| numbers(&text, today))
        .or_else(|| day_and_month(&text, today))
        .or_else(|| by_library(&text, today))
}

fn short_form(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match text {
        "today" | "tod" => return Some(today),
        "tomorrow" | "tom" => return today.succ_opt(),
        "eow" | "end of week" => return Some(end_of_week(today)),
        "eom" | "end of month" => return end_of_month(today),
        _ => {}
    }
    let text = text.strip_prefix("in ").unwrap_or(text);
    if let Some(step) = text.strip_prefix('+') {
        return step_from(step, today);
    }
    if let Some((count, unit)) = text.split_once(' ') {
        let unit = match unit {
            "day" | "days" => "d",
            "week" | "weeks" => "w",
            "month" | "months" => "m",
            _ => return next_weekday(text, today),
        };
        return step_from(&format!("{count}{unit}"), today);
    }
    next_weekday(text, today)
}

/// `3d`, `2w`, `1m` from a day.
fn step_from(step: &str, today: NaiveDate) -> Option<NaiveDate> {
    let unit = step.chars().last()?;
    let count: u32 = step
        .trim_end_matches(unit)
        .parse()
        .ok()
        .filter(|count| *count <= 3650)?;
    match unit {
        'd' => today.checked_add_days(Days::new(u64::from(count))),
        'w' => today.checked_add_days(Days::new(u64::from(count) * 7)),
        'm' => today.checked_add_months(Months::new(count)),
        _ => None,
    }
}

/// `fri`, `friday`, and `next fri`, which is the one in the week after this.
fn next_weekday(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let (text, later) = match text.strip_prefix("next ") {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    if later && text == "week" {
        return today.checked_add_days(Days::new(7));
    }
    let day: Weekday = text.parse().ok()?;
    if later {
        let monday = today.checked_add_days(Days::new(u64::from(
            7 - today.weekday().num_days_from_monday(),
        )))?;
        return monday.checked_add_days(Days::new(u64::from(day.num_days_from_monday())));
    }
    let ahead = match day.days_since(today.weekday()) {
        0 => 7,
        days => days,
    };
    today.checked_add_days(Days::new(u64::from(ahead)))
}

fn end_of_week(today: NaiveDate) -> NaiveDate {
    let ahead = Weekday::Fri.days_since(today.weekday());
    today
        .checked_add_days(Days::new(u64::from(ahead)))
        .unwrap_or(today)
}

fn end_of_month(today: NaiveDate) -> Option<NaiveDate> {
    today
        .with_day(1)?
        .checked_add_months(Months::new(1))?
        .pred_opt()
}

/// `2026-03-20`, `20/3`, `20.3.2026`: day before month.
fn numbers(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(date);
    }
    let mut parts = text.trim_end_matches('.').split(['/', '.']);
    let day: u32 = parts.next()?.parse().ok()?;
    let month: u32 = parts.next()?.parse().ok()?;
    match parts.next() {
        Some(year) => NaiveDate::from_ymd_opt(year.parse().ok()?, month, day),
        None => coming(today, month, day),
    }
}

/// `20 mar`, `mar 20`, `20 march 2026`.
fn day_and_month(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (first, second) = (words.first()?, words.get(1)?);
    let (day, month) = match (first.parse::<u32>(), second.parse::<u32>()) {
        (Ok(day), Err(_)) => (day, second),
        (Err(_), Ok(day)) => (day, first),
        _ => return None,
    };
    let month = month.parse::<chrono::Month>().ok()?.number_from_month();
    match words.get(2) {
        Some(year) => NaiveDate::from_ymd_opt(year.parse().ok()?, month, day),
        None => coming(today, month, day),
    }
}

/// The next such day, this year or a later one (29 February may take some years).
fn coming(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    (0..=8)
        .filter_map(|years| NaiveDate::from_ymd_opt(today.year() + years, month, day))
        .find(|date| *date >= today)
        .filter(|date| date.year() <= today.year() + 1 || (month, day) == (2, 29))
}

/// What is left to the library. It accepts loose text, so only lines that start like a date get there.
fn by_library(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let likely = text.starts_with("next ") || text.starts_with("last ") || text.contains(" ago");
    if !likely {
        return None;
    }
    let now: DateTime<Utc> = today.and_hms_opt(0, 0, 0)?.and_utc();
    parse_date_string(text, now, Dialect::Uk)
        .ok()
        .map(|at: DateTime<Utc>| at.date_naive())
}

/// A date as lists show it: `today`, `tomorrow`, `Fri 13`, `Wed 1 Apr`, with the year when it is
/// another one.
pub fn short(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        0 => "today".to_owned(),
        _ if date.year() != today.year() => date.format("%a %-d %b %Y").to_string(),
        _ if date.month() != today.month() => date.format("%a %-d %b").to_string(),
        _ => date.format("%a %-d").to_string(),
    }
}

/// A date in full with its distance: `Fri 13 Mar 2026 (tomorrow)`, so that a misreading is seen.
pub fn long(date: NaiveDate, today: NaiveDate) -> String {
    let distance = match (date - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days < 0 => format!("{} days ago", -days),
        days if days < 14 => format!("in {days} days"),
        days if days < 60 => format!("in {} weeks", days / 7),
        days => format!("in {} months", days / 30),
    };
    format!("{} ({distance})", date.format("%a %-d %b %Y"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[rstest::rstest]
    #[case("fri", "2026-03-13")]
    #[case("thu", "2026-03-19")]
    #[case("Thursday", "2026-03-19")]
    #[case("next fri", "2026-03-20")]
    #[case("next week", "2026-03-19")]
    #[case("tomorrow", "2026-03-13")]
    #[case("+3d", "2026-03-15")]
    #[case("+2w", "2026-03-26")]
    #[case("in 2 weeks", "2026-03-26")]
    #[case("10 days", "2026-03-22")]
    #[case("eow", "2026-03-13")]
    #[case("end of month", "2026-03-31")]
    #[case("2026-03-20", "2026-03-20")]
    #[case("20/3", "2026-03-20")]
    #[case("1.2.2027", "2027-02-01")]
    #[case("20 mar", "2026-03-20")]
    #[case("mar 20", "2026-03-20")]
    #[case("1 feb", "2027-02-01")]
    #[case("29 feb", "2028-02-29")]
    fn words_name_a_date(#[case] words: &str, #[case] expected: &str) {
        assert_eq!(
            read(words, day("2026-03-12")),
            Some(day(expected)),
            "{words}"
        );
    }

    #[rstest::rstest]
    #[case("31 feb")]
    #[case("Ana")]
    #[case("")]
    #[case("99/99")]
    #[case("+99999999d")]
    #[case("march")]
    fn what_is_no_date_is_none(#[case] words: &str) {
        assert_eq!(read(words, day("2026-03-12")), None, "{words}");
    }

    #[test]
    fn a_date_is_shown_as_short_as_it_stays_clear() {
        let today = day("2026-03-12");
        assert_eq!(short(today, today), "today");
        assert_eq!(short(day("2026-03-13"), today), "Fri 13");
        assert_eq!(short(day("2026-04-01"), today), "Wed 1 Apr");
        assert_eq!(long(day("2026-03-13"), today), "Fri 13 Mar 2026 (tomorrow)");
    }
}
