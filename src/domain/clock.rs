//! Instants and lengths of time. They always arrive as arguments; nothing here reads a clock.

use std::fmt;
use std::ops::{Add, Neg, Sub};

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::body::read_text;

mod iso;

/// The time zone in which people read and write times.
pub type Zone = chrono_tz::Tz;

/// An instant, to the millisecond. In JSON it is RFC 3339 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

/// A length of time in milliseconds; negative when something is over.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Span(i64);

impl Moment {
    /// From milliseconds since 1970, UTC.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970, UTC.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The same instant as a date and time in UTC, held within what chrono can express.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(if self.0 < 0 {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        })
    }

    /// What a wall clock in `zone` shows.
    pub fn local(self, zone: Zone) -> NaiveDateTime {
        self.utc().with_timezone(&zone).naive_local()
    }

    /// The date in `zone`.
    pub fn date(self, zone: Zone) -> NaiveDate {
        self.local(zone).date()
    }

    /// The instant at which a wall clock in `zone` shows `local`. A time that the clock skips (spring)
    /// becomes the next one that exists, a time that it shows twice (autumn) is the first of the two.
    pub fn from_local(local: NaiveDateTime, zone: Zone) -> Self {
        // No zone has ever skipped more than a day; a quarter of an hour is the finest step in use.
        let mut probe = local;
        for _ in 0..=96 {
            match probe.and_local_timezone(zone) {
                LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => {
                    return Self(at.timestamp_millis());
                }
                LocalResult::None => {}
            }
            let Some(next) = probe.checked_add_signed(TimeDelta::minutes(15)) else {
                break;
            };
            probe = next;
        }
        Self(local.and_utc().timestamp_millis())
    }

    /// From RFC 3339, for example `2026-03-12T15:31:00Z`.
    pub fn parse(text: &str) -> Option<Self> {
        let any_form = || {
            let at = DateTime::parse_from_rfc3339(text).ok()?;
            Some(at.timestamp_millis())
        };
        iso::instant(text).or_else(any_form).map(Self)
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// From milliseconds.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// From seconds.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(1000))
    }

    /// From minutes.
    pub const fn from_minutes(minutes: i64) -> Self {
        Self::from_secs(minutes.saturating_mul(60))
    }

    /// In milliseconds.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds, as a countdown shows them: 0.001 s left is still one second, 0.999 s over is
    /// not yet one second over.
    pub const fn shown_secs(self) -> i64 {
        // `div_ceil` for i64 is not stable; the remainder of a negative number is not positive.
        self.0 / 1000 + if self.0 % 1000 > 0 { 1 } else { 0 }
    }

    /// Whole seconds that have passed.
    pub const fn whole_secs(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// Whether this is less than nothing.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }
}

impl Add<Span> for Moment {
    type Output = Self;

    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for Moment {
    type Output = Self;

    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl Sub for Moment {
    type Output = Span;

    fn sub(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Add for Span {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Span {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Span {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl std::iter::Sum for Span {
    fn sum<I: Iterator<Item = Self>>(spans: I) -> Self {
        spans.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wrong = || serde::de::Error::custom("a time must be RFC 3339");
        read_text(deserializer, |text| Self::parse(text).ok_or_else(wrong))
    }
}

/// Reads a day as chrono does, from the text of a stored value.
pub(in crate::domain) fn read_day<'de, D: serde::Deserializer<'de>>(
    from: D,
) -> Result<NaiveDate, D::Error> {
    read_text(from, |text| {
        let any_form = || text.parse().map_err(serde::de::Error::custom);
        iso::day(text).map_or_else(any_form, Ok)
    })
}

/// `mm:ss` of a length of time, without its sign; from 100 minutes on `h:mm`.
pub fn mmss(secs: i64) -> String {
    let secs = secs.saturating_abs();
    if secs >= 6000 {
        format!("{}:{:02}", secs / 3600, secs / 60 % 60)
    } else {
        format!("{:02}:{:02}", secs / 60, secs % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    #[test]
    fn a_countdown_shows_a_second_until_it_is_gone() {
        assert_eq!(Span::from_millis(1).shown_secs(), 1);
        assert_eq!(Span::from_millis(0).shown_secs(), 0);
        assert_eq!(Span::from_millis(-999).shown_secs(), 0);
        assert_eq!(Span::from_millis(-1000).shown_secs(), -1);
    }

    #[test]
    fn a_skipped_hour_becomes_the_next_time_that_exists() {
        let zone = chrono_tz::Europe::Berlin;
        let gap = NaiveDate::from_ymd_opt(2026, 3, 29)
            .unwrap()
            .and_hms_opt(2, 30, 0)
            .unwrap();
        assert_eq!(Moment::from_local(gap, zone), at("2026-03-29T01:00:00Z"));
        let twice = NaiveDate::from_ymd_opt(2026, 10, 25)
            .unwrap()
            .and_hms_opt(2, 30, 0)
            .unwrap();
        assert_eq!(Moment::from_local(twice, zone), at("2026-10-25T00:30:00Z"));
    }

    #[test]
    fn json_is_rfc_3339() {
        let json = serde_json::to_string(&at("2026-03-12T15:31:00Z")).unwrap();
        assert_eq!(json, "\"2026-03-12T15:31:00.000Z\"");
        assert_eq!(
            serde_json::from_str::<Moment>(&json).unwrap(),
            at("2026-03-12T15:31:00Z")
        );
    }
}
