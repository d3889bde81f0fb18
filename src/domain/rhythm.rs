//! When a circle meets: a rule such as "every 2 weeks thu 15:00 90m", or one date and time.

mod plain;
mod read;
#[cfg(test)]
mod tests;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use crate::domain::clock::{Moment, Zone};

pub use read::{Meets, Wall, joined_lengths, length_in, read_minutes, read_time};

/// Minutes that a session lasts when nobody says otherwise.
pub const DEFAULT_MINUTES: u16 = 90;

/// Which of the days of a month that have the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nth {
    /// The first one.
    First,
    /// The second one.
    Second,
    /// The third one.
    Third,
    /// The fourth one.
    Fourth,
    /// The last one, be it the fourth or the fifth.
    Last,
}

impl Nth {
    /// Every one, in order.
    pub const ALL: [Self; 5] = [
        Self::First,
        Self::Second,
        Self::Third,
        Self::Fourth,
        Self::Last,
    ];

    /// The word in rules.
    pub const fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Third => "third",
            Self::Fourth => "fourth",
            Self::Last => "last",
        }
    }

    /// That day in the month of `any`.
    fn day(self, day: Weekday, any: NaiveDate) -> Option<NaiveDate> {
        let nth = |n| NaiveDate::from_weekday_of_month_opt(any.year(), any.month(), day, n);
        match self {
            Self::First => nth(1),
            Self::Second => nth(2),
            Self::Third => nth(3),
            Self::Fourth => nth(4),
            Self::Last => nth(5).or_else(|| nth(4)),
        }
    }
}

/// A rule in the wall time of the circle, so that 15:00 stays 15:00 when clocks change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rhythm {
    /// Every how many weeks, at least 1; every how many months where `nth` says which day of a month.
    pub weeks: u8,
    /// Which of the days of a month, for a rule by months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<Nth>,
    /// On which day.
    pub day: Weekday,
    /// At which time.
    pub time: NaiveTime,
    /// For how many minutes.
    pub minutes: u16,
}

impl Rhythm {
    /// The first meeting at or after `from`, counting weeks and months from nothing.
    pub fn first(&self, from: Moment, zone: Zone) -> Moment {
        let start = from.local(zone).date();
        let date = match self.nth {
            Some(nth) => nth.day(self.day, start).unwrap_or(start),
            None => forward(start, u64::from(self.day.days_since(start.weekday()))),
        };
        let at = self.on(date, zone);
        if at >= from {
            return at;
        }
        self.on(self.step(date, 1), zone)
    }

    /// The meeting that follows the one at `last`. A meeting on another day counts as that of the nearest day of
    /// the rule, or of its month.
    pub fn after(&self, last: Moment, zone: Zone) -> Moment {
        let date = last.local(zone).date();
        let anchor = match self.nth {
            Some(_) => date,
            None => nearest(date, self.day),
        };
        self.on(self.step(anchor, u32::from(self.weeks.max(1))), zone)
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

    /// The day of the rule, so many weeks or months after `date`.
    fn step(&self, date: NaiveDate, by: u32) -> NaiveDate {
        let Some(nth) = self.nth else {
            return forward(date, u64::from(by) * 7);
        };
        let month = date.with_day(1).unwrap_or(date);
        let month = month.checked_add_months(Months::new(by)).unwrap_or(month);
        nth.day(self.day, month).unwrap_or(date)
    }

    fn on(&self, date: NaiveDate, zone: Zone) -> Moment {
        Moment::from_local(date.and_time(self.time), zone)
    }

    /// In words that [`Meets::parse`] reads back.
    pub fn words(&self) -> String {
        let day = self.day.to_string().to_lowercase();
        let every = match (self.nth, self.weeks) {
            (None, 0 | 1) => format!("every week {day}"),
            (None, weeks) => format!("every {weeks} weeks {day}"),
            (Some(nth), 0 | 1) => format!("{} {day} of month", nth.word()),
            (Some(nth), months) => format!("{} {day} of every {months} months", nth.word()),
        };
        format!("{every} {} {}m", self.time.format("%H:%M"), self.minutes)
    }
}

fn forward(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}

/// The day of the week closest to a date.
fn nearest(date: NaiveDate, day: Weekday) -> NaiveDate {
    match date.weekday().days_since(day) {
        ago @ 0..=3 => back(date, u64::from(ago)),
        ago => forward(date, u64::from(7 - ago)),
    }
}

fn back(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}
