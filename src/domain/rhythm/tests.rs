use chrono::NaiveDateTime;
use proptest::prelude::*;

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
        nth: None,
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
#[case("biweekly thursdays 15:00")]
#[case("every two weeks on thursday at 15:00 for 90 minutes")]
#[case("every fortnight thu 3 pm")]
#[case("fortnightly, thu 15:00-16:30")]
#[case("every 2 weeks Thu 15:00 to 16:30")]
#[case("every 2 weeks thu 3 p.m. for 1.5 hours")]
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
#[case("monthly first mon", "at what time? try \"monthly first mon 15:00\"")]
#[case(
    "monthly 15:00",
    "which day of the month? try \"last tue of month 18:30\""
)]
#[case("last dayish of month 15:00", "\"dayish\" is not understood")]
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
#[case("on 20 mar 15:00-16:00", 20, 60)]
#[case("Fri 20 Mar, 15:00 \u{2013} 16:15", 20, 75)]
fn one_date_is_read_from_words(#[case] words: &str, #[case] day: u32, #[case] minutes: u16) {
    let at = NaiveDate::from_ymd_opt(2026, 3, day)
        .unwrap()
        .and_hms_opt(15, 0, 0)
        .unwrap();
    assert_eq!(Meets::parse(words, now()), Ok(Meets::Once { at, minutes }));
}

#[test]
fn a_meeting_lasts_as_long_as_those_by_the_rule_unless_a_length_is_said() {
    let hour = Rhythm {
        minutes: 60,
        ..thursdays()
    };
    let wall = Wall::from(now()).of_rule(Some(hour));
    let minutes = |words: &str| match Meets::parse(words, wall) {
        Ok(Meets::Once { minutes, .. } | Meets::Every(Rhythm { minutes, .. })) => minutes,
        Err(why) => panic!("{why}"),
    };
    assert_eq!(
        (minutes("20 mar 16:00"), minutes("20 mar 16:00 45m")),
        (60, 45)
    );
    assert_eq!(minutes("every thu 16:00"), 60);
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

fn last_tuesdays() -> Rhythm {
    Rhythm {
        weeks: 1,
        nth: Some(Nth::Last),
        day: Weekday::Tue,
        time: NaiveTime::from_hms_opt(18, 30, 0).unwrap(),
        minutes: 90,
    }
}

#[rstest::rstest]
#[case("last tue of month 18:30")]
#[case("monthly last tuesday 18:30")]
#[case("the last tue of every month at 18:30 90m")]
#[case("every month last tue 18:30")]
fn a_rule_by_months_is_read_from_words(#[case] words: &str) {
    assert_eq!(
        Meets::parse(words, now()),
        Ok(Meets::Every(last_tuesdays()))
    );
    let own = last_tuesdays().words();
    assert_eq!(own, "last tue of month 18:30 90m");
    assert_eq!(Meets::parse(&own, now()), Ok(Meets::Every(last_tuesdays())));
    let rarer = Rhythm {
        weeks: 2,
        nth: Some(Nth::First),
        ..last_tuesdays()
    };
    assert_eq!(Meets::parse(&rarer.words(), now()), Ok(Meets::Every(rarer)));
}

#[test]
fn a_rule_by_months_keeps_its_day_through_a_year() {
    let zone = chrono_tz::Europe::Berlin;
    let mut at = last_tuesdays().first(Moment::from_local(now(), zone), zone);
    let mut days = Vec::new();
    for _ in 0..12 {
        assert_eq!(at.local(zone).time(), last_tuesdays().time);
        days.push(at.local(zone).format("%m-%d").to_string());
        at = last_tuesdays().after(at, zone);
    }
    assert_eq!(
        days,
        [
            "03-31", "04-28", "05-26", "06-30", "07-28", "08-25", "09-29", "10-27", "11-24",
            "12-29", "01-26", "02-23"
        ]
    );
}

#[test]
fn a_meeting_that_was_moved_does_not_move_the_series() {
    let zone = chrono_tz::UTC;
    let moved = Moment::parse("2026-04-29T18:30:00Z").unwrap();
    let next = last_tuesdays().after(moved, zone);
    assert_eq!(next.to_string(), "2026-05-26T18:30:00.000Z");
    let moved = Moment::parse("2026-03-13T15:00:00Z").unwrap();
    assert_eq!(
        thursdays().after(moved, zone).to_string(),
        "2026-03-26T15:00:00.000Z"
    );
}

#[test]
fn a_meeting_a_day_early_is_that_of_its_week() {
    let zone = chrono_tz::UTC;
    let early = Moment::parse("2026-03-11T15:00:00Z").unwrap();
    assert_eq!(
        thursdays().after(early, zone).to_string(),
        "2026-03-26T15:00:00.000Z"
    );
}

/// The same rule as calendars write it (RFC 5545, 3.3.10).
fn rrule(rule: &Rhythm) -> String {
    let day = rule.day.to_string().to_uppercase();
    let day: String = day.chars().take(2).collect();
    match rule.nth {
        None => format!("FREQ=WEEKLY;INTERVAL={};BYDAY={day}", rule.weeks),
        Some(Nth::Last) => format!("FREQ=MONTHLY;INTERVAL={};BYDAY=-1{day}", rule.weeks),
        Some(nth) => {
            let place = Nth::ALL.iter().position(|other| *other == nth).unwrap() + 1;
            format!("FREQ=MONTHLY;INTERVAL={};BYDAY={place}{day}", rule.weeks)
        }
    }
}

fn rules() -> impl Strategy<Value = Rhythm> {
    let nth = proptest::option::of(proptest::sample::select(Nth::ALL.to_vec()));
    let days = [
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
        Weekday::Fri,
        Weekday::Sat,
        Weekday::Sun,
    ];
    // Hours that no clock skips or shows twice: what is right there is a matter of taste.
    let times = (6u32..22, 0u32..60);
    (1u8..5, nth, proptest::sample::select(days.to_vec()), times).prop_map(
        |(weeks, nth, day, (hour, minute))| Rhythm {
            weeks,
            nth,
            day,
            time: NaiveTime::from_hms_opt(hour, minute, 0).unwrap(),
            minutes: 90,
        },
    )
}

proptest! {
    #[test]
    fn calendars_find_the_same_dates_by_the_same_rule(
        rule in rules(),
        days in 0i64..4_000,
        zone in proptest::sample::select(vec![
            chrono_tz::UTC,
            chrono_tz::Europe::Berlin,
            chrono_tz::America::New_York,
            chrono_tz::Australia::Lord_Howe,
        ]),
    ) {
        let from = Moment::from_millis(1_767_225_600_000 + days * 86_400_000);
        let first = rule.first(from, zone);
        let start = first.local(zone).format("%Y%m%dT%H%M%S");
        let text = format!("DTSTART;TZID={zone}:{start}\nRRULE:{};COUNT=14", rrule(&rule));
        let set: rrule::RRuleSet = text.parse().unwrap();
        let theirs: Vec<i64> = set.all(14).dates.iter().map(chrono::DateTime::timestamp_millis).collect();
        let ours = std::iter::successors(Some(first), |at| Some(rule.after(*at, zone)));
        let ours: Vec<i64> = ours.take(14).map(Moment::millis).collect();
        prop_assert_eq!(ours, theirs, "{}", text);
    }
}

#[test]
fn lengths_are_read_as_they_are_written() {
    for (text, minutes) in [
        ("90m", 90),
        ("90 min", 90),
        ("90 minutes", 90),
        ("1.5h", 90),
        ("1.5 h", 90),
        ("1 hour 30 minutes", 90),
        ("1h30", 90),
        ("2 hours", 120),
        ("1h", 60),
    ] {
        let text = format!("next thursday 17:30 {text}");
        assert_eq!(length_in(&text), Some(minutes), "{text}");
        let now = NaiveDate::from_ymd_opt(2026, 3, 12).unwrap();
        let read = Meets::parse(&text, now.and_hms_opt(9, 0, 0).unwrap());
        let Ok(Meets::Once { minutes: read, .. }) = read else {
            panic!("{text}: {read:?}")
        };
        assert_eq!(read, minutes, "{text}");
    }
    assert_eq!(length_in("in 3 m 15:00"), None);
    assert_eq!(length_in("every 2 weeks thu 15:00"), None);
}
