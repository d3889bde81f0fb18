//! Reading when a circle meets: a rule in words, or one date and time.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use crate::domain::rhythm::plain::plainer;
use crate::domain::rhythm::{DEFAULT_MINUTES, Nth, Rhythm};
use crate::domain::when::{self, Order, Seen};

/// What the line "Meets" of the new-circle form says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meets {
    /// By a rule.
    Every(Rhythm),
    /// Once, for now.
    Once {
        /// Wall time of the meeting.
        at: NaiveDateTime,
        /// Its length.
        minutes: u16,
    },
}

/// Now on the wall, from where words about a meeting are seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wall {
    /// Date and time where people are.
    pub at: NaiveDateTime,
    /// How to read 3/4.
    pub order: Order,
    /// How long a meeting lasts of which only the time is said.
    pub minutes: u16,
}

// Only tests may forget how somebody writes dates.
#[cfg(test)]
impl From<NaiveDateTime> for Wall {
    fn from(at: NaiveDateTime) -> Self {
        (at, Order::default()).into()
    }
}

impl From<(NaiveDateTime, Order)> for Wall {
    fn from((at, order): (NaiveDateTime, Order)) -> Self {
        Self {
            at,
            order,
            minutes: DEFAULT_MINUTES,
        }
    }
}

impl Wall {
    /// The same for a circle that meets by this rule, if it meets by one.
    #[must_use]
    pub fn of_rule(self, rule: Option<Rhythm>) -> Self {
        Self {
            minutes: rule.map_or(self.minutes, |rule| rule.minutes),
            ..self
        }
    }

    fn seen(self) -> Seen {
        Seen {
            today: self.at.date(),
            order: self.order,
        }
    }
}

impl Meets {
    /// Reads "every 2 weeks thu 15:00 90m", "weekly mon 18:30", "mondays 18:30", "2026-03-12 15:00 60m",
    /// "tomorrow 15:00" or "thu 15:00". `today` resolves words; the length may be left out, the time not:
    /// nobody could guess it.
    ///
    /// # Errors
    /// A sentence that names the part that could not be read and shows what can.
    pub fn parse(text: &str, today: impl Into<Wall>) -> Result<Self, String> {
        Self::read(text, today.into())
    }

    fn read(text: &str, today: Wall) -> Result<Self, String> {
        let lower = joined_lengths(&plainer(&text.to_lowercase()));
        let mut words: Vec<&str> = lower.split_whitespace().collect();
        let too_long = words.iter().any(|word| is_too_long(word));
        let minutes = take_minutes(&mut words).unwrap_or(today.minutes);
        if too_long || minutes == 0 || minutes > 24 * 60 {
            return Err("a session lasts between 1 minute and 24 hours".to_owned());
        }
        let time = take_time(&mut words).ok_or_else(|| no_time(text.trim(), &words, today))?;
        if words.iter().any(|word| word.starts_with("month")) {
            let (nth, day, months) = monthly(&words)?;
            return Ok(Self::Every(Rhythm {
                weeks: months,
                nth: Some(nth),
                day,
                time,
                minutes,
            }));
        }
        let rule = matches!(words.first(), Some(&("every" | "each" | "weekly")));
        if let [days] = words.as_slice()
            && let Some(day) = weekdays(days)
        {
            return Ok(Self::Every(Rhythm {
                weeks: 1,
                nth: None,
                day,
                time,
                minutes,
            }));
        }
        if rule {
            let weeks = take_weeks(&mut words)
                .ok_or_else(|| "every how many weeks? for example \"every 2 weeks\"".to_owned())?;
            let day = match words.as_slice() {
                [] => today.at.weekday(),
                [day] => weekday(day)
                    .or_else(|| weekdays(day))
                    .ok_or_else(|| format!("\"{day}\" is no day of the week; try thu"))?,
                [_, extra, ..] => return Err(format!("\"{extra}\" is one word too many")),
            };
            return Ok(Self::Every(Rhythm {
                weeks,
                nth: None,
                day,
                time,
                minutes,
            }));
        }
        let named = words.join(" ");
        let date = read_date(&named, today.seen()).ok_or_else(|| {
            let why = when::no_date(&named, today.seen());
            format!("{why}; try \"thu 15:00\", \"thursdays 15:00\" or \"20 mar 15:00\"")
        })?;
        Ok(Self::Once {
            at: date.and_time(time),
            minutes,
        })
    }
}

/// Why no time of day was found. What is nearly one, and what names days alone, is told back.
fn no_time(text: &str, words: &[&str], today: Wall) -> String {
    if let Some(word) = words.iter().find(|word| word.contains(':')) {
        return format!("\"{word}\" is no time of day; try 15:00");
    }
    if text.is_empty() {
        return "say when, for example \"every 2 weeks thu 15:00 90m\"".to_owned();
    }
    let with_time = format!("{text} 15:00");
    if Meets::read(&with_time, today).is_ok() {
        return format!("at what time? try \"{with_time}\"");
    }
    format!("no time of day in \"{text}\"; try \"every 2 weeks thu 15:00 90m\"")
}

/// `last tue of month`, `first thu of every 2 months`, `monthly second mon`, `every month third fri`: which day, and every
/// how many months.
fn monthly(words: &[&str]) -> Result<(Nth, Weekday, u8), String> {
    let (mut nth, mut day, mut months) = (None, None, 1);
    for word in words {
        let number = word.parse().ok().filter(|n| (1..=12).contains(n));
        match *word {
            "of" | "the" | "in" | "on" | "every" | "each" | "a" | "month" | "months"
            | "monthly" => {}
            "other" => months = 2,
            _ if number.is_some() => months = number.unwrap_or(1),
            word => {
                if let Some(found) = ordinal(word) {
                    nth = Some(found);
                } else if let Some(found) = weekday(word).or_else(|| weekdays(word)) {
                    day = Some(found);
                } else {
                    return Err(format!(
                        "\"{word}\" is not understood; try \"last tue of month 18:30\""
                    ));
                }
            }
        }
    }
    nth.zip(day)
        .map(|(nth, day)| (nth, day, months))
        .ok_or_else(|| "which day of the month? try \"last tue of month 18:30\"".to_owned())
}

fn ordinal(word: &str) -> Option<Nth> {
    let short = ["1st", "2nd", "3rd", "4th", "last"];
    Nth::ALL
        .into_iter()
        .zip(short)
        .find_map(|(nth, short)| (word == nth.word() || word == short).then_some(nth))
}

/// `thursdays`: that day of every week.
fn weekdays(word: &str) -> Option<Weekday> {
    weekday(word.strip_suffix('s').filter(|one| one.ends_with("day"))?)
}

/// A day in words; none is today.
fn read_date(text: &str, seen: Seen) -> Option<NaiveDate> {
    if text.is_empty() {
        return Some(seen.today);
    }
    when::read(text, seen)
}

fn weekday(word: &str) -> Option<Weekday> {
    word.trim_end_matches('.').parse().ok()
}

/// Whether it is a length that no number of minutes holds.
fn is_too_long(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = word.strip_prefix(digits).unwrap_or_default();
    let all = digits.chars().all(|c| c.is_ascii_digit());
    all && digits.len() >= 4 && self::unit(unit).is_some()
}

/// Takes the last word out when it is a length: `90m`, `90min`, `1h`, `1h30`.
fn take_minutes(words: &mut Vec<&str>) -> Option<u16> {
    let position = words.iter().position(|word| read_minutes(word).is_some())?;
    read_minutes(words.remove(position))
}

/// The length that is said anywhere in a line, in minutes.
pub fn length_in(text: &str) -> Option<u16> {
    let lower = joined_lengths(&text.to_lowercase());
    lower.split_whitespace().find_map(read_minutes)
}

/// The same words with every length that is written in two or more of them as one: `90 min` is `90min`, and
/// `1 hour 30 minutes` is `1h30`.
pub fn joined_lengths(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let all: Vec<&str> = text.split_whitespace().collect();
    for (at, word) in all.iter().copied().enumerate() {
        let before = words.last().map(String::as_str).unwrap_or_default();
        let before = before.trim_start_matches(['+', '-']);
        let is_count = before.starts_with(|c: char| c.is_ascii_digit())
            && before
                .chars()
                .all(|c| c.is_ascii_digit() || c == '.' || c == ',');
        // In "10 min 12" the word begins what comes next: at least 12.
        let next = all.get(at + 1).and_then(|next| next.parse::<u16>().ok());
        let is_least = word.eq_ignore_ascii_case("min") && next.is_some();
        let joined = match unit(word) {
            // "in 3 m" is a date, three months from now.
            Some(unit) if is_count && !is_least && word != "m" => {
                words.last().map(|before| format!("{before}{unit}"))
            }
            _ => None,
        };
        match joined {
            Some(joined) => {
                words.pop();
                push_length(&mut words, joined);
            }
            None if read_minutes(&word.to_lowercase()).is_some() => {
                push_length(&mut words, word.to_owned());
            }
            None => words.push(word.to_owned()),
        }
    }
    words.join(" ")
}

/// Puts a length behind the words; minutes behind whole hours are one length with them.
fn push_length(words: &mut Vec<String>, length: String) {
    let hours = words.last().and_then(|word| word.strip_suffix('h'));
    let hours = hours.filter(|hours| hours.parse::<u16>().is_ok());
    let minutes = length.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let minutes = minutes.parse::<u16>().ok().filter(|minutes| *minutes < 60);
    match (hours, minutes) {
        (Some(hours), Some(minutes)) if !length.ends_with('h') => {
            let both = format!("{hours}h{minutes:02}");
            words.pop();
            words.push(both);
        }
        _ => words.push(length),
    }
}

/// The unit of a length in its short form.
fn unit(word: &str) -> Option<&'static str> {
    match word.to_lowercase().trim_end_matches([',', '.']) {
        "m" | "min" | "mins" | "minute" | "minutes" => Some("min"),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some("h"),
        _ => None,
    }
}

/// A length such as `90m`, `90min`, `1h`, `1h30`, `1.5h`, in minutes.
pub fn read_minutes(word: &str) -> Option<u16> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    match unit(word.strip_prefix(digits)?) {
        Some("h") => hours(digits),
        Some(_) => digits.parse().ok().or_else(|| with_hours(digits)),
        None => with_hours(word),
    }
}

/// `1h30`, in minutes.
fn with_hours(word: &str) -> Option<u16> {
    let (hours, rest) = word.split_once('h')?;
    let hours: u16 = hours.parse().ok()?;
    hours.checked_mul(60)?.checked_add(rest.parse().ok()?)
}

/// `1`, `1.5` or `1,25` hours, in minutes.
fn hours(digits: &str) -> Option<u16> {
    let Some((whole, part)) = digits.split_once(['.', ',']) else {
        return digits.parse::<u16>().ok()?.checked_mul(60);
    };
    let (whole, tenths) = (whole.parse::<u16>().ok()?, part.parse::<u16>().ok()?);
    let more = match part.len() {
        1 => tenths * 6,
        2 => tenths * 60 / 100,
        _ => return None,
    };
    whole.checked_mul(60)?.checked_add(more)
}

/// Takes the time of day out: `15:00`, `9:30`, `3pm`, `15h00` is a length and not a time.
fn take_time(words: &mut Vec<&str>) -> Option<NaiveTime> {
    let position = words.iter().position(|word| read_time(word).is_some())?;
    let time = read_time(words.remove(position));
    if position > 0 && words.get(position - 1) == Some(&"at") {
        words.remove(position - 1);
    }
    time
}

/// A time of day: `15:00`, `9.30`, `9am`, `3:30pm`.
pub fn read_time(word: &str) -> Option<NaiveTime> {
    let (word, shift) = match (word.strip_suffix("pm"), word.strip_suffix("am")) {
        (Some(rest), _) => (rest, Some(12)),
        (_, Some(rest)) => (rest, Some(0)),
        (None, None) => (word, None),
    };
    let (hour, minute) = match word.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        None if shift.is_some() => (word, "0"),
        Some(_) | None => return None,
    };
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match shift {
        Some(_) if hour == 0 || hour > 12 => return None,
        Some(shift) => hour % 12 + shift,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

/// Takes "every", "every week", "every 2 weeks", "every other week", "weekly" out.
fn take_weeks(words: &mut Vec<&str>) -> Option<u8> {
    let first = words.remove(0);
    if first == "weekly" {
        return Some(1);
    }
    match words.first().copied() {
        Some("week") => {
            words.remove(0);
            Some(1)
        }
        Some("other" | "second") => {
            words.remove(0);
            if words.first() == Some(&"week") {
                words.remove(0);
            }
            Some(2)
        }
        Some(word) if weekday(word).or_else(|| weekdays(word)).is_some() => Some(1),
        Some(word) => {
            let weeks = word.parse().ok().filter(|weeks| (1..=52).contains(weeks))?;
            words.remove(0);
            if !words.first()?.starts_with("week") {
                return None;
            }
            words.remove(0);
            Some(weeks)
        }
        None => None,
    }
}
