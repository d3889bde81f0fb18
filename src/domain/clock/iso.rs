//! Days and instants in the form in which they are stored, read without a pattern. Every document has some of them.

use std::ops::Range;

use chrono::NaiveDate;

/// `2026-03-12`. `None` says nothing: a day may be written in another way.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    if !is_like(text, "0000-00-00") {
        return None;
    }
    let year = i32::try_from(number(text, 0..4)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(text, 5..7)?, number(text, 8..10)?)
}

/// The milliseconds since 1970 of `2026-03-12T15:31:00.000Z`. `None` as for [`day`].
pub(super) fn instant(text: &str) -> Option<i64> {
    let (date, time) = text.split_at_checked(10)?;
    if !is_like(time, "T00:00:00.000Z") {
        return None;
    }
    let [hour, minute, second] = [1..3, 4..6, 7..9].map(|at| number(time, at));
    let milli = number(time, 10..13)?;
    let at = day(date)?.and_hms_milli_opt(hour?, minute?, second?, milli)?;
    Some(at.and_utc().timestamp_millis())
}

/// Whether a text has a digit wherever the model has one, and what the model has elsewhere.
fn is_like(text: &str, model: &str) -> bool {
    let alike = |(byte, like): (u8, u8)| match like {
        b'0' => byte.is_ascii_digit(),
        like => byte == like,
    };
    text.len() == model.len() && text.bytes().zip(model.bytes()).all(alike)
}

/// The number that these digits are.
fn number(text: &str, at: Range<usize>) -> Option<u32> {
    let digits = text.as_bytes().get(at)?.iter();
    Some(digits.fold(0, |n, digit| n * 10 + u32::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;

    /// As they are stored, and nearly so.
    fn texts() -> impl Strategy<Value = String> {
        prop_oneof![
            "[0-9]{4}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-6][0-9]:[0-6][0-9].[0-9]{3}Z)?",
            "[-+0-9]{1,5}-[0-9]{1,2}-[0-9]{1,2}[Tt ][0-9:.]{5,9}(Z|z|[+]01:00)",
            any::<String>(),
        ]
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_the_library_reads(text in texts()) {
            if let Some(read) = day(&text) {
                prop_assert_eq!(text.parse(), Ok(read));
            }
            if let Some(read) = instant(&text) {
                let at = DateTime::parse_from_rfc3339(&text).map(|at| at.timestamp_millis());
                prop_assert_eq!(at, Ok(read));
            }
        }

        #[test]
        fn what_is_stored_is_read(millis in 0_i64..4_102_444_800_000) {
            let at = crate::domain::clock::Moment::from_millis(millis);
            let text = at.to_string();
            prop_assert_eq!(instant(&text), Some(millis));
            prop_assert_eq!(day(text.split('T').next().unwrap()), Some(at.utc().date_naive()));
        }
    }

    #[test]
    fn no_day_and_no_time_of_day_is_made_up() {
        assert_eq!(day("2026-02-29"), None);
        assert_eq!(day("2026-00-01"), None);
        assert_eq!(day("2026-0\u{661}-1"), None);
        assert_eq!(instant("2026-02-28T24:00:00.000Z"), None);
        assert_eq!(instant("2026-02-28T23:59:60.000Z"), None);
    }
}
