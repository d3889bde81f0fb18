//! When a circle meets: a rule such as "every 2 weeks thu 15:00 90m", or one date and time.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use crate::domain::clock::{Moment, Zone};

/// Minutes that a session lasts when nobody says otherwise.
pub const DEFAULT_MINUTES: u16 = 90;

/// A weekly rule in the wall time of the circle, so that 15:00 stays 15:00 when clocks change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    /// Every how many weeks, at least 1.
    pub weeks: u8,
    /// On which day.
    pub day: Weekday,
    /// At which time.
    pub time: NaiveTime,
    /// For how many minutes.
    pub minutes: u16,
}

impl Rhythm {
    /// The first meeting at or after `from`, counting weeks from nothing.
    pub fn first(&self, from: Moment, zone: Zone) -> Moment {
        let start = from.local(zone).date();
        let ahead = self.day.days_since(start.weekday());
        let date = start
            .checked_add_days(Days::new(u64::from(ahead)))
            .unwrap_or(start);
        let at = Moment::from_local(date.and_time(self.time), zone);
        if at >= from {
            at
        } else {
            self.shift(date, 1, zone)
        }
    }

    /// The meeting that follows the one at `last`.
    pub fn after(&self, last: Moment, zone: Zone) -> Moment {
        let date = last.local(zone).date();
        let back = date.weekday().days_since(self.day);
        let anchor = date
            .checked_sub_days(Days::new(u64::from(back)))
            .unwrap_or(date);
        self.shift(anchor, u64::from(self.weeks.max(1)), zone)
    }

    /// The first meeting after `last` that is not before `now`, in step with `last`.
    pub fn next(&self, last: Moment, now: Moment, zone: Zone) -> Moment {
        let mut at = self.after(last, zone);
        // 2,000 steps are 38 years of weekly meetings; beyond that the step no longer matters.
        for _ in 0..2000 {
            if at >= now {
                return at;
            }
            at = self.after(at, zone);
        }
        self.first(now, zone)
    }

    fn shift(&self, date: NaiveDate, weeks: u64, zone: Zone) -> Moment {
        let date = date.checked_add_days(Days::new(weeks * 7)).unwrap_or(date);
        Moment::from_local(date.and_time(self.time), zone)
    }

    /// In words that [`Meets::parse`] reads back.
    pub fn words(&self) -> String {
        let every = match self.weeks {
            0 | 1 => "every week".to_owned(),
            weeks => format!("every {weeks} weeks"),
        };
        let day = self.day.to_string().to_lowercase();
        format!(
            "{every} {day} {} {}m",
            self.time.format("%H:%M"),
            self.minutes
        )
    }
}

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

impl Meets {
    /// Reads "every 2 weeks thu 15:00 90m", "weekly mon 18:30", "mondays 18:30", "2026-03-12 15:00 60m",
    /// "tomorrow 15:00" or "thu 15:00". `today` resolves words; the length may be left out, the time not:
    /// nobody could guess it.
    ///
    /// # Errors
    /// A sentence that names the part that could not be read and shows what can.
    pub fn parse(text: &str, today: NaiveDateTime) -> Result<Self, String> {
        let lower = text.trim().to_lowercase();
        let mut words: Vec<&str> = lower.split_whitespace().collect();
        let too_long = words.iter().any(|word| is_too_long(word));
        let minutes = take_minutes(&mut words).unwrap_or(DEFAULT_MINUTES);
        if too_long || minutes == 0 || minutes > 24 * 60 {
            return Err("a session lasts between 1 minute and 24 hours".to_owned());
        }
        let time = take_time(&mut words).ok_or_else(|| no_time(text.trim(), &words, today))?;
        if let Some(month) = words.iter().find(|word| word.starts_with("month")) {
            return Err(format!(
                "\"{month}\" is not read, weeks are; try \"every 4 weeks mon 15:00\""
            ));
        }
        let rule = matches!(words.first(), Some(&("every" | "each" | "weekly")));
        if let [days] = words.as_slice()
            && let Some(day) = weekdays(days)
        {
            return Ok(Self::Every(Rhythm {
                weeks: 1,
                day,
                time,
                minutes,
            }));
        }
        if rule {
            let weeks = take_weeks(&mut words)
                .ok_or_else(|| "every how many weeks? for example \"every 2 weeks\"".to_owned())?;
            let day = match words.as_slice() {
                [] => today.weekday(),
                [day] => weekday(day)
                    .or_else(|| weekdays(day))
                    .ok_or_else(|| format!("\"{day}\" is no day of the week; try thu"))?,
                [_, extra, ..] => return Err(format!("\"{extra}\" is one word too many")),
            };
            return Ok(Self::Every(Rhythm {
                weeks,
                day,
                time,
                minutes,
            }));
        }
        let date = read_date(&words.join(" "), today.date()).ok_or_else(|| {
            let words = words.join(" ");
            format!(
                "\"{words}\" is no date; try \"thu 15:00\", \"thursdays 15:00\" or \"20 mar 15:00\""
            )
        })?;
        Ok(Self::Once {
            at: date.and_time(time),
            minutes,
        })
    }
}

/// Why no time of day was found. What is nearly one, and what names days alone, is told back.
fn no_time(text: &str, words: &[&str], today: NaiveDateTime) -> String {
    if let Some(word) = words.iter().find(|word| word.contains(':')) {
        return format!("\"{word}\" is no time of day; try 15:00");
    }
    if words.iter().any(|word| word.starts_with("month")) {
        return "months are not read, weeks are; try \"every 4 weeks mon 15:00\"".to_owned();
    }
    let with_time = format!("{text} 15:00");
    if !text.is_empty() && Meets::parse(&with_time, today).is_ok() {
        return format!("at what time? try \"{with_time}\"");
    }
    format!("no time of day in \"{text}\"; try \"every 2 weeks thu 15:00 90m\"")
}

/// `thursdays`: that day of every week.
fn weekdays(word: &str) -> Option<Weekday> {
    weekday(word.strip_suffix('s').filter(|one| one.ends_with("day"))?)
}

/// A day in words: a weekday (the next one strictly after `today`), `today`, `tomorrow`, or `YYYY-MM-DD`.
fn read_date(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match text {
        "" | "today" => return Some(today),
        "tomorrow" | "tom" => return today.succ_opt(),
        _ => {}
    }
    if let Some(day) = weekday(text) {
        let ahead = match day.days_since(today.weekday()) {
            0 => 7,
            days => days,
        };
        return today.checked_add_days(Days::new(u64::from(ahead)));
    }
    crate::domain::when::read(text, today)
}

fn weekday(word: &str) -> Option<Weekday> {
    word.trim_end_matches('.').parse().ok()
}

/// Whether it is a length that no number of minutes holds.
fn is_too_long(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = word.strip_prefix(digits).unwrap_or_default();
    let all = digits.chars().all(|c| c.is_ascii_digit());
    all && digits.len() >= 4 && matches!(unit, "m" | "min" | "minutes" | "h")
}

/// Takes the last word out when it is a length: `90m`, `90min`, `1h`, `1h30`.
fn take_minutes(words: &mut Vec<&str>) -> Option<u16> {
    let position = words.iter().position(|word| read_minutes(word).is_some())?;
    read_minutes(words.remove(position))
}

/// A length such as `90m`, `90min`, `1h`, `1h30`, `1.5h`, in minutes.
pub fn read_minutes(word: &str) -> Option<u16> {
    if let Some(minutes) = word
        .strip_suffix("minutes")
        .or_else(|| word.strip_suffix("min"))
    {
        return minutes.parse().ok();
    }
    if let Some((hours, rest)) = word.split_once('h') {
        let hours: u16 = hours.parse().ok()?;
        let rest: u16 = match rest.trim_end_matches('m') {
            "" => 0,
            rest => rest.parse().ok()?,
        };
        return hours.checked_mul(60)?.checked_add(rest);
    }
    word.strip_suffix('m')?.parse().ok()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> NaiveDateTime {
        // a Thursday
        NaiveDate::from_ymd_opt(2026, 3, 12)
            .unwrap()
            .and_hms_opt(14, 5, 0)
            .unwrap()
    }

    fn thursdays() -> Rhythm {
        Rhythm {
            weeks: 2,
            day: Weekday::Thu,
            time: NaiveTime::from_hms_opt(15, 0, 0).unwrap(),
            minutes: 90,
        }
    }

    #[rstest::rstest]
    #[case("every 2 weeks thu 15:00 90m")]
    #[case("every other week thursday 3pm 1h30")]
    #[case("every 2 weeks 15:00")]
    #[case("every 2 weeks thursdays 15:00")]
    #[case("Every 2 weeks Thu at 15:00 90 min")]
    fn a_rule_is_read_from_words(#[case] words: &str) {
        let words = words.replace("90 min", "90min");
        assert_eq!(Meets::parse(&words, now()), Ok(Meets::Every(thursdays())));
        assert_eq!(thursdays().words(), "every 2 weeks thu 15:00 90m");
    }

    #[rstest::rstest]
    #[case("thursdays 15:00")]
    #[case("every thursday 15:00")]
    #[case("Thursdays at 3pm")]
    #[case("every thursdays 15:00 90m")]
    fn days_in_the_plural_are_a_weekly_rule(#[case] words: &str) {
        let weekly = Rhythm {
            weeks: 1,
            ..thursdays()
        };
        assert_eq!(Meets::parse(words, now()), Ok(Meets::Every(weekly)));
    }

    #[rstest::rstest]
    #[case("mondays", "at what time? try \"mondays 15:00\"")]
    #[case("every thursday", "at what time? try \"every thursday 15:00\"")]
    #[case("thu 25:00", "\"25:00\" is no time of day; try 15:00")]
    #[case("someday 15:00", "\"thursdays 15:00\"")]
    #[case("monthly first mon", "try \"every 4 weeks mon 15:00\"")]
    #[case("monthly first mon 15:00", "try \"every 4 weeks mon 15:00\"")]
    #[case("thu 15:00 9000m", "between 1 minute and 24 hours")]
    #[case("thu 15:00 90000m", "between 1 minute and 24 hours")]
    #[case("every someday 15:00", "weeks")]
    #[case("", "every 2 weeks thu 15:00 90m")]
    fn a_fault_shows_what_works(#[case] words: &str, #[case] shows: &str) {
        let fault = Meets::parse(words, now()).unwrap_err();
        assert!(fault.contains(shows), "{fault}");
    }

    #[rstest::rstest]
    #[case("2026-03-20 15:00 60m", 20, 60)]
    #[case("tomorrow 15:00", 13, 90)]
    #[case("thu 15:00", 19, 90)]
    #[case("15:00", 12, 90)]
    fn one_date_is_read_from_words(#[case] words: &str, #[case] day: u32, #[case] minutes: u16) {
        let at = NaiveDate::from_ymd_opt(2026, 3, day)
            .unwrap()
            .and_hms_opt(15, 0, 0)
            .unwrap();
        assert_eq!(Meets::parse(words, now()), Ok(Meets::Once { at, minutes }));
    }

    #[rstest::rstest]
    #[case("every thu")]
    #[case("every 0 weeks thu 15:00")]
    #[case("every 2 weeks thu 25:00")]
    #[case("someday 15:00")]
    #[case("thu 15:00 0m")]
    #[case("")]
    fn what_cannot_be_read_is_said(#[case] words: &str) {
        assert!(Meets::parse(words, now()).is_err());
    }

    #[test]
    fn fifteen_oclock_stays_fifteen_oclock_when_clocks_change() {
        let zone = chrono_tz::Europe::Berlin;
        let first = Moment::from_local(now(), zone);
        let mut at = thursdays().first(first, zone);
        for _ in 0..30 {
            assert_eq!(at.local(zone).time(), thursdays().time);
            assert_eq!(at.local(zone).weekday(), Weekday::Thu);
            let next = thursdays().after(at, zone);
            assert_eq!((next.date(zone) - at.date(zone)).num_days(), 14);
            at = next;
        }
    }

    #[test]
    fn a_long_pause_keeps_the_step_of_the_series() {
        let zone = chrono_tz::UTC;
        let last = Moment::parse("2026-03-12T15:00:00Z").unwrap();
        let now = Moment::parse("2026-04-10T00:00:00Z").unwrap();
        assert_eq!(
            thursdays().next(last, now, zone).to_string(),
            "2026-04-23T15:00:00.000Z"
        );
    }
}
