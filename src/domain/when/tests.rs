use rstest::rstest;

use super::*;
use crate::domain::clock::{Moment, Zone};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Seen on a Thursday.
#[rstest]
#[case("fri", "2026-03-13")]
#[case("thu", "2026-03-19")]
#[case("Thursday", "2026-03-19")]
#[case("thurs", "2026-03-19")]
#[case("this friday", "2026-03-13")]
#[case("on friday", "2026-03-13")]
#[case("next fri", "2026-03-20")]
#[case("next week", "2026-03-19")]
#[case("next month", "2026-04-12")]
#[case("tod", "2026-03-12")]
#[case("tomorrow", "2026-03-13")]
#[case("day after tomorrow", "2026-03-14")]
#[case("yesterday", "2026-03-11")]
#[case("+3d", "2026-03-15")]
#[case("+2w", "2026-03-26")]
#[case("+1m", "2026-04-12")]
#[case("in 2 weeks", "2026-03-26")]
#[case("in two weeks", "2026-03-26")]
#[case("in 3d", "2026-03-15")]
#[case("in a week", "2026-03-19")]
#[case("in a month", "2026-04-12")]
#[case("in a fortnight", "2026-03-26")]
#[case("in a couple of weeks", "2026-03-26")]
#[case("10 days", "2026-03-22")]
#[case("a week from tomorrow", "2026-03-20")]
#[case("2 weeks from now", "2026-03-26")]
#[case("2 weeks after 1 may", "2026-05-15")]
#[case("eow", "2026-03-13")]
#[case("end of the week", "2026-03-13")]
#[case("end of next week", "2026-03-20")]
#[case("eom", "2026-03-31")]
#[case("end of month", "2026-03-31")]
#[case("the end of the month", "2026-03-31")]
#[case("end of next month", "2026-04-30")]
#[case("end of april", "2026-04-30")]
#[case("end of march", "2026-03-31")]
#[case("end of february", "2027-02-28")]
#[case("end of feb 2028", "2028-02-29")]
#[case("end of the year", "2026-12-31")]
#[case("start of next month", "2026-04-01")]
#[case("mid april", "2026-04-15")]
#[case("mid-april", "2026-04-15")]
#[case("middle of february", "2027-02-15")]
#[case("third thursday", "2026-03-19")]
#[case("2nd thursday", "2026-03-12")]
#[case("first monday", "2026-04-06")]
#[case("first monday in june", "2026-06-01")]
#[case("first monday of march", "2027-03-01")]
#[case("last friday of march", "2026-03-27")]
#[case("the last friday of the month", "2026-03-27")]
#[case("last friday of next month", "2026-04-24")]
#[case("fifth sunday", "2026-03-29")]
#[case("first tuesday in april 2027", "2027-04-06")]
#[case("2026-03-20", "2026-03-20")]
#[case("2026/3/20", "2026-03-20")]
#[case("20/3", "2026-03-20")]
#[case("20/3/26", "2026-03-20")]
#[case("1.2.2027", "2027-02-01")]
#[case("20.3.", "2026-03-20")]
#[case("20-mar-2026", "2026-03-20")]
#[case("20 mar", "2026-03-20")]
#[case("mar 20", "2026-03-20")]
#[case("March 20th, 2027", "2027-03-20")]
#[case("the 20th of march", "2026-03-20")]
#[case("first of may", "2026-05-01")]
#[case("12 mar", "2026-03-12")]
#[case("11 mar", "2027-03-11")]
#[case("1 sept", "2026-09-01")]
#[case("20 mar 28", "2028-03-20")]
#[case("the 5th", "2026-04-05")]
#[case("31st", "2026-03-31")]
#[case("fri 13", "2026-03-13")]
#[case("friday the 13th", "2026-03-13")]
#[case("Fri, 20 Mar", "2026-03-20")]
#[case("mon 9", "2026-03-09")]
#[case("last friday", "2026-03-06")]
#[case("3 days ago", "2026-03-09")]
fn words_name_a_date(#[case] words: &str, #[case] expected: &str) {
    assert_eq!(
        read(words, day("2026-03-12")),
        Some(day(expected)),
        "{words}"
    );
}

#[rstest]
#[case("31 feb")]
#[case("29 feb")]
#[case("29 feb 2027")]
#[case("30 february 2028")]
#[case("31/4")]
#[case("tue 13 mar")]
#[case("wed 13")]
#[case("fifth monday of april")]
#[case("22th")]
#[case("Ana")]
#[case("")]
#[case("the")]
#[case("fri the")]
#[case("end of")]
#[case("end of ana")]
#[case("99/99")]
#[case("3/20")]
#[case("0 mar")]
#[case("+99999999d")]
#[case("in 99999 weeks")]
#[case("1 jan 3026")]
#[case("march")]
#[case("mid")]
#[case("20 mar 126")]
#[case("10")]
#[case("first")]
fn what_is_no_date_is_none(#[case] words: &str) {
    assert_eq!(read(words, day("2026-03-12")), None, "{words}");
}

#[rstest]
#[case("3/4", Order::DayMonth, "2026-04-03")]
#[case("3/4", Order::MonthDay, "2027-03-04")]
#[case("3-4-2026", Order::MonthDay, "2026-03-04")]
#[case("3.4.", Order::MonthDay, "2026-04-03")]
#[case("3/20", Order::MonthDay, "2026-03-20")]
#[case("2026-03-20", Order::MonthDay, "2026-03-20")]
fn the_order_of_day_and_month_is_what_was_set(
    #[case] words: &str,
    #[case] order: Order,
    #[case] expected: &str,
) {
    let today = day("2026-03-12");
    assert_eq!(read(words, Seen { today, order }), Some(day(expected)));
}

#[rstest]
#[case("2026-03-12", "29 feb", "\"29 feb\" comes next on Tue 29 Feb 2028")]
#[case(
    "2026-03-12",
    "29/2/2027",
    "\"29/2/2027\" comes next on Tue 29 Feb 2028"
)]
#[case("2028-03-01", "feb 29", "\"feb 29\" comes next on Sun 29 Feb 2032")]
#[case("2026-03-12", "31 feb", "\"31 feb\" is no date")]
#[case(
    "2026-03-12",
    "tue 13 mar",
    "\"tue 13 mar\" is no date: 13 Mar 2026 is a Friday"
)]
#[case("2026-03-12", "Ana", "\"Ana\" is no date")]
fn why_it_is_no_date_is_said(#[case] today: &str, #[case] words: &str, #[case] told: &str) {
    assert_eq!(read(words, day(today)), None);
    assert_eq!(no_date(words, day(today)), told);
}

#[rstest]
#[case("2027-03-01", "29 feb", "2028-02-29")]
#[case("2028-02-29", "29 feb", "2028-02-29")]
#[case("2028-02-28", "tomorrow", "2028-02-29")]
#[case("2028-02-29", "+1y", "2029-02-28")]
#[case("2026-01-31", "in a month", "2026-02-28")]
#[case("2026-12-31", "tomorrow", "2027-01-01")]
#[case("2026-12-31", "eoy", "2026-12-31")]
#[case("2026-12-31", "end of next month", "2027-01-31")]
#[case("2026-12-30", "1 jan", "2027-01-01")]
#[case("2026-12-28", "fri", "2027-01-01")]
#[case("2026-12-28", "fri 1", "2027-01-01")]
#[case("2026-03-14", "eow", "2026-03-20")]
fn leap_days_and_turns_of_the_year_are_real_dates(
    #[case] today: &str,
    #[case] words: &str,
    #[case] expected: &str,
) {
    assert_eq!(read(words, day(today)), Some(day(expected)));
}

/// The night in which clocks go forward or back in Europe: the day is the one on the wall.
#[rstest]
#[case("2026-03-28T23:30:00Z", "2026-03-29", "2026-03-30")]
#[case("2026-03-29T21:59:59Z", "2026-03-29", "2026-03-30")]
#[case("2026-10-24T22:30:00Z", "2026-10-25", "2026-10-26")]
#[case("2026-10-25T22:59:59Z", "2026-10-25", "2026-10-26")]
fn the_day_is_the_one_on_the_wall_when_clocks_change(
    #[case] at: &str,
    #[case] today: &str,
    #[case] tomorrow: &str,
) {
    let zone: Zone = chrono_tz::Europe::Berlin;
    let date = Moment::parse(at).unwrap().date(zone);
    assert_eq!(date, day(today));
    assert_eq!(read("tomorrow", date), Some(day(tomorrow)));
    assert_eq!(
        read("in a week", date),
        date.checked_add_days(chrono::Days::new(7))
    );
}

#[test]
fn a_date_is_shown_as_short_as_it_stays_clear() {
    let today = day("2026-03-12");
    assert_eq!(short(today, today), "today");
    assert_eq!(short(day("2026-03-13"), today), "Fri 13");
    assert_eq!(short(day("2026-04-01"), today), "Wed 1 Apr");
    assert_eq!(due(day("2026-03-09"), today), "Mon 9 (3d ago)");
    assert_eq!(due(day("2026-02-27"), today), "27 Feb (13d ago)");
    assert_eq!(due(day("2025-12-30"), today), "30 Dec 2025 (72d ago)");
    assert_eq!(due(day("2026-04-01"), today), "Wed 1 Apr");
    assert_eq!(long(day("2026-03-13"), today), "Fri 13 Mar 2026 (tomorrow)");
    assert_eq!(words(day("2026-03-13"), today), "Fri 13 Mar, tomorrow");
    assert_eq!(
        words(day("2027-01-01"), today),
        "Fri 1 Jan 2027, in 9 months"
    );
}
