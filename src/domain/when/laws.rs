use chrono::{Datelike, NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::{Order, Seen, YEARS, long, no_date, read, short, words};

fn dates() -> impl Strategy<Value = NaiveDate> {
    (0_i64..70_000)
        .prop_map(|days| NaiveDate::from_ymd_opt(1970, 1, 1).unwrap() + TimeDelta::days(days))
}

fn orders() -> impl Strategy<Value = Order> {
    prop::sample::select(vec![Order::DayMonth, Order::MonthDay])
}

/// Words that dates are made of, so that many of the lines are dates or nearly so.
fn phrases() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "in",
        "a",
        "2",
        "31",
        "29",
        "99999",
        "week",
        "weeks",
        "month",
        "months",
        "years",
        "days",
        "end",
        "of",
        "next",
        "last",
        "third",
        "fifth",
        "5th",
        "thursday",
        "fri",
        "feb",
        "march",
        "april",
        "2027",
        "26",
        "the",
        "on",
        "from",
        "after",
        "ago",
        "mid",
        "start",
        "today",
        "29/2",
        "2.3.",
        "2026-02-30",
        "+3d",
        "+4294967295y",
        "-",
        "mid-feb",
        "(tomorrow)",
        ",",
    ]);
    prop::collection::vec(known, 0..7).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn any_text_is_a_real_date_or_none(
        text in prop_oneof![any::<String>(), phrases()],
        today in dates(),
        order in orders(),
    ) {
        let seen = Seen { today, order };
        if let Some(date) = read(&text, seen) {
            prop_assert!(YEARS.contains(&date.year()), "{text:?} gave {date}");
        }
        prop_assert!(!no_date(&text, seen).is_empty());
    }

    #[test]
    fn what_is_printed_can_be_typed(date in dates(), today in dates(), order in orders()) {
        let seen = Seen { today, order };
        for printed in [
            short(date, today),
            long(date, today),
            words(date, today),
            date.to_string(),
            date.format("%-d %b %Y").to_string(),
            date.format("%B %-d %Y").to_string(),
        ] {
            prop_assert_eq!(read(&printed, seen), Some(date), "{} seen on {}", printed, today);
        }
    }

    #[test]
    fn dates_of_this_year_read_back_from_their_short_form(today in dates(), other in 1_u32..=366) {
        if let Some(date) = NaiveDate::from_yo_opt(today.year(), other) {
            prop_assert_eq!(read(&short(date, today), today), Some(date));
            prop_assert_eq!(read(&words(date, today), today), Some(date));
        }
    }

    #[test]
    fn a_bare_weekday_is_within_the_next_seven_days(today in dates(), day in 0_u8..7) {
        let day = chrono::Weekday::try_from(day).unwrap();
        let date = read(&day.to_string(), today).unwrap();
        let ahead = (date - today).num_days();
        prop_assert!(date.weekday() == day && (1..=7).contains(&ahead));
    }
}
