use chrono::{Datelike as _, NaiveTime, Weekday};

use super::*;
use crate::domain::circle::Circle;
use crate::domain::fixture;
use crate::domain::id::{Ids, Key, Kind, SessionId};
use crate::domain::rhythm::Nth;
use crate::domain::text::Clean;

const BERLIN: Zone = chrono_tz::Europe::Berlin;

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
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

/// Sessions on these dates, planned.
fn planned(starts: &[&str]) -> Vec<Session> {
    let mut ids = Ids::new(Moment::from_millis(0), 7);
    let one = |start: &&str| {
        let (mut session, _) = fixture::session(&[90]);
        session.id = SessionId(ids.make());
        session.start = at(start);
        session
    };
    starts.iter().map(one).collect()
}

const SERIES: [&str; 3] = [
    "2026-03-12T15:00:00Z",
    "2026-03-26T15:00:00Z",
    "2026-04-09T15:00:00Z",
];

#[test]
fn a_session_that_is_skipped_comes_after_those_that_are_planned() {
    let sessions = planned(&SERIES);
    let now = at("2026-03-10T00:00:00Z");
    let zone = chrono_tz::UTC;
    let date = instead(&thursdays(), &sessions[1], &sessions, (now, zone));
    assert_eq!(date, at("2026-04-23T15:00:00Z"));
    let alone = &sessions[1..2];
    let date = instead(&thursdays(), &sessions[1], alone, (now, zone));
    assert_eq!(date, at("2026-04-09T15:00:00Z"));
}

#[test]
fn a_meeting_that_was_moved_keeps_its_place_in_the_series() {
    let mut sessions = planned(&SERIES);
    let (now, zone) = (at("2026-03-10T00:00:00Z"), chrono_tz::UTC);
    let before = next(&thursdays(), &sessions, now, zone);
    assert_eq!(before, at("2026-04-23T15:00:00Z"));
    for moved in ["2026-04-06T09:00:00Z", "2026-04-15T18:00:00Z"] {
        sessions[2].slot = Some(at(SERIES[2]));
        sessions[2].start = at(moved);
        assert_eq!(next(&thursdays(), &sessions, now, zone), before, "{moved}");
    }
    // Moved onto the next date of the rule: that one is taken, and its own stays free of a second meeting.
    sessions[2].start = before;
    assert_eq!(
        next(&thursdays(), &sessions, now, zone),
        at("2026-05-07T15:00:00Z")
    );
    let skipped = sessions[0].clone();
    let date = instead(&thursdays(), &skipped, &sessions, (now, zone));
    assert_eq!(date, at("2026-05-07T15:00:00Z"));
}

#[test]
fn a_session_that_was_called_off_leaves_its_date() {
    let mut sessions = planned(&SERIES);
    sessions[2].state = SessionState::Cancelled;
    let (now, zone) = (at("2026-03-10T00:00:00Z"), chrono_tz::UTC);
    assert_eq!(
        next(&thursdays(), &sessions, now, zone),
        at("2026-04-09T15:00:00Z")
    );
    assert_eq!(taken(at(SERIES[2]), &sessions, zone), None);
    assert_eq!(taken(at(SERIES[1]), &sessions, zone), Some(&sessions[1]));
}

#[test]
fn a_year_of_a_monthly_rule_has_twelve_meetings_in_twelve_months() {
    let last_friday = Rhythm {
        weeks: 1,
        nth: Some(Nth::Last),
        day: Weekday::Fri,
        time: NaiveTime::from_hms_opt(2, 30, 0).unwrap(),
        minutes: 60,
    };
    for from in ["2026-01-31", "2026-03-01", "2027-12-01", "2028-02-29"] {
        let from: NaiveDate = from.parse().unwrap();
        let all = dates(&last_friday, None, (from, 12), BERLIN);
        assert_eq!(all.len(), 12, "{from}");
        let months: Vec<u32> = all.iter().map(|at| at.date(BERLIN).month0()).collect();
        for pair in months.windows(2) {
            assert_eq!(pair[1], (pair[0] + 1) % 12, "{from}: {months:?}");
        }
        for at in all {
            let local = at.local(BERLIN);
            assert_eq!(local.weekday(), Weekday::Fri);
            assert_eq!(local.time(), last_friday.time);
            let week_later = local.date() + chrono::Days::new(7);
            assert_ne!(week_later.month(), local.month(), "{local}");
        }
    }
}

#[test]
fn months_end_where_the_month_ends() {
    let weekly = Rhythm {
        weeks: 1,
        day: Weekday::Sat,
        ..thursdays()
    };
    // One month from 31 January ends with February; in a leap year the 29th is a Thursday in 2024.
    let from = "2026-01-31".parse().unwrap();
    let days = |dates: Vec<Moment>| -> Vec<String> {
        let day = |at: Moment| at.date(BERLIN).format("%m-%d").to_string();
        dates.into_iter().map(day).collect()
    };
    assert_eq!(
        days(dates(&weekly, None, (from, 1), BERLIN)),
        ["01-31", "02-07", "02-14", "02-21"]
    );
    let leap = "2024-02-29".parse().unwrap();
    assert_eq!(
        days(dates(&thursdays(), None, (leap, 1), BERLIN)),
        ["02-29", "03-14", "03-28"]
    );
    let endless = Rhythm {
        weeks: 1,
        ..thursdays()
    };
    assert_eq!(
        dates(&endless, None, (leap, 24), BERLIN).len(),
        MOST_MEETINGS
    );
}

#[test]
fn a_series_stays_in_step_with_the_meeting_before_it() {
    let from = "2026-03-13".parse().unwrap();
    let first = |last: Option<&str>| dates(&thursdays(), last.map(at), (from, 1), BERLIN)[0];
    assert_eq!(first(None), at("2026-03-19T14:00:00Z"));
    assert_eq!(
        first(Some("2026-03-12T14:00:00Z")),
        at("2026-03-26T14:00:00Z")
    );
}

#[test]
fn a_series_keeps_its_hour_through_both_changes_of_the_clock() {
    for zone in [
        BERLIN,
        chrono_tz::America::New_York,
        chrono_tz::Australia::Lord_Howe,
        chrono_tz::Asia::Tokyo,
    ] {
        let all = dates(
            &thursdays(),
            None,
            ("2026-01-01".parse().unwrap(), 12),
            zone,
        );
        assert_eq!(all.len(), 27, "{zone}");
        for pair in all.windows(2) {
            assert_eq!(pair[1].local(zone).time(), thursdays().time, "{zone}");
            let days = (pair[1].date(zone) - pair[0].date(zone)).num_days();
            assert_eq!(days, 14, "{zone}");
        }
    }
}

#[test]
fn a_new_session_starts_from_the_last_agenda_and_before_there_was_one_from_a_template() {
    let id = CircleId(uuid::Uuid::from_u128(9));
    let mut circle = Circle::new(id, Clean::line("Ladder Up"), Moment::from_millis(0));
    let mut state = State::default();
    let put = |state: &mut State, circle: &Circle| {
        state.load(Key::circle(id, Kind::Circle, id.0), circle.clone().into());
    };
    put(&mut state, &circle);
    assert_eq!(basis(&state, id), Basis::Template(circle.kind.template()));
    circle.template = Some("my-own".to_owned());
    put(&mut state, &circle);
    assert_eq!(basis(&state, id), Basis::Template("my-own"));
    let mut held = planned(&SERIES[..1]).remove(0);
    held.state = SessionState::Ended;
    held.ended = Some(at("2026-03-12T16:30:00Z"));
    let blocks = std::mem::take(&mut held.blocks);
    let key = Key::circle(id, Kind::Session, held.id.0);
    state.load(key, held.clone().into());
    // Nothing of it could come again.
    assert_eq!(basis(&state, id), Basis::Template("my-own"));
    held.blocks = blocks;
    state.load(key, held.clone().into());
    assert_eq!(basis(&state, id), Basis::Like(&held));
}
