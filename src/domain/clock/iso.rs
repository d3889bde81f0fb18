//! Days and instants in the form in which they are stored, read without a pattern. Every document has some of them.

use chrono::NaiveDate;

/// `2026-03-12`. `None` says nothing: a day may be written in another way.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let [a, b, c, d, b'-', e, f, b'-', g, h] = *text.as_bytes() else {
        return None;
    };
    let year = i32::try_from(number(&[a, b, c, d])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[e, f])?, number(&[g, h])?)
}

/// The milliseconds since 1970 of `2026-03-12T15:31:00.000Z`. `None` as for [`day`].
pub(super) fn instant(text: &str) -> Option<i64> {
    let (date, time) = text.split_at_checked(10)?;
    let [b'T', a, b, b':', c, d, b':', e, f, b'.', g, h, i, b'Z'] = *time.as_bytes() else {
        return None;
    };
    let (hour, minute, second) = (number(&[a, b])?, number(&[c, d])?, number(&[e, f])?);
    let at = day(date)?.and_hms_milli_opt(hour, minute, second, number(&[g, h, i])?)?;
    Some(at.and_utc().timestamp_millis())
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |n, digit| {
        let value = char::from(*digit).to_digit(10)?;
        Some(n * 10 + value)
    })
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
