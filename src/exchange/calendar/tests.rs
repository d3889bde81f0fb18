use icalendar::{CalendarDateTime, Component as _, DatePerhapsTime};
use proptest::prelude::*;
use uuid::Uuid;

use super::lines::escaped;
use super::*;
use crate::domain::text::Clean;

const NOW: &str = "2026-03-01T08:00:00Z";

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

fn session() -> Session {
    serde_json::from_value(serde_json::json!({
        "id": Uuid::from_u128(7),
        "number": 3,
        "start": "2026-03-12T15:00:00Z",
        "minutes": 90,
        "state": "planned",
        "blocks": [
            {"id": Uuid::from_u128(1), "title": "Welcome; words, and more", "kind": "check-in", "minutes": 5, "min": 3},
            {"id": Uuid::from_u128(2), "title": "Hot seat", "kind": "hot-seat", "minutes": 40, "min": 20,
             "lead": Uuid::from_u128(21)},
        ],
        "guests": [Uuid::from_u128(22)],
        "facilitator": Uuid::from_u128(21),
    }))
    .unwrap()
}

fn wish(circle: &str) -> Wish<'_> {
    Wish {
        circle,
        now: at(NOW),
        names: None,
        alarms: &[],
    }
}

fn written(session: &Session, wish: &Wish<'_>) -> String {
    calendar(std::slice::from_ref(session), &[], wish)
}

/// Lines without folds; everything that a strict reader insists on is checked on the way.
#[track_caller]
fn unfolded(file: &str) -> Vec<String> {
    assert!(file.ends_with("\r\n"));
    let bare = file.replace("\r\n", "");
    assert!(!bare.chars().any(char::is_control), "{bare:?}");
    let mut lines: Vec<String> = Vec::new();
    for line in file.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        match line.strip_prefix(' ') {
            Some(rest) => lines.last_mut().unwrap().push_str(rest),
            None => lines.push(line.to_owned()),
        }
    }
    lines
}

/// The reverse of an escape, by the letter of RFC 5545, 3.3.11.
fn plain(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(c @ ('\\' | ';' | ',')) => out.push(c),
                other => panic!("{other:?} is escaped in {value}"),
            },
            ';' | ',' => panic!("{c} is bare in {value}"),
            c => out.push(c),
        }
    }
    out
}

fn value(lines: &[String], name: &str) -> String {
    let found: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .collect();
    assert_eq!(found.len(), 1, "{name} in {lines:?}");
    found[0].to_owned()
}

#[test]
fn a_meeting_is_one_event_that_another_reader_understands() {
    let session = session();
    let file = written(&session, &wish("Ladder Up"));
    let read: icalendar::Calendar = file.parse().unwrap();
    assert_eq!(read.get_name(), Some("Ladder Up"));
    let events: Vec<&icalendar::Event> = read.events().collect();
    assert_eq!(events.len(), 1);
    let event = events[0];
    let utc = |text: &str| {
        Some(DatePerhapsTime::DateTime(CalendarDateTime::Utc(
            at(text).utc(),
        )))
    };
    assert_eq!(
        event.get_uid(),
        Some("00000000-0000-0000-0000-000000000007")
    );
    assert_eq!(event.get_summary(), Some("Ladder Up #3"));
    assert_eq!(event.get_start(), utc("2026-03-12T15:00:00Z"));
    assert_eq!(event.get_end(), utc("2026-03-12T16:30:00Z"));
    assert_eq!(event.get_sequence(), Some(194_515_200));
    assert_eq!(event.get_status(), Some(icalendar::EventStatus::Confirmed));
    assert_eq!(
        event.get_description(),
        Some("5 min  Welcome; words, and more\n40 min  Hot seat")
    );
}

#[test]
fn people_are_named_when_that_is_asked_for_and_not_before() {
    use crate::domain::names::Naming;
    use crate::domain::roster::{Label, Member, Role};
    let person = |id: u128, name: &str| Member {
        id: MemberId(Uuid::from_u128(id)),
        name: Clean::line(name),
        mail: None,
        label: Label(1),
        role: Role::Member,
        phone: false,
        no_calls: false,
        joined: Moment::from_millis(0),
        left: None,
        reflected: std::collections::BTreeMap::new(),
        also: Vec::new(),
        extra: serde_json::Map::new(),
    };
    let people = [person(21, "Mei Lin"), person(22, "Noor Haddad")];
    let session = session();
    let bare = written(&session, &wish("Ladder Up"));
    assert!(!bare.contains("Mei") && !bare.contains("Noor"), "{bare}");
    let names = Names::new(&people, Naming::Full);
    let with = Wish {
        names: Some(&names),
        ..wish("Ladder Up")
    };
    let lines = unfolded(&written(&session, &with));
    let agenda = plain(&value(&lines, "DESCRIPTION"));
    assert!(
        agenda.ends_with("Hot seat (Mei Lin)\nLeads: Mei Lin\nGuests: Noor Haddad"),
        "{agenda}"
    );
}

#[test]
fn a_meeting_that_was_called_off_says_so_and_rings_no_more() {
    let mut session = session();
    let with = Wish {
        alarms: &ALARMS,
        ..wish("Ladder Up")
    };
    let planned = written(&session, &with);
    for trigger in ["TRIGGER:-PT1440M\r\n", "TRIGGER:-PT15M\r\n"] {
        assert!(planned.contains(trigger), "{planned}");
    }
    session.state = SessionState::Cancelled;
    let file = written(&session, &with);
    let lines = unfolded(&file);
    assert_eq!(value(&lines, "STATUS"), "CANCELLED");
    assert_eq!(value(&lines, "UID"), "00000000-0000-0000-0000-000000000007");
    assert!(!file.contains("VALARM"), "{file}");
    session.state = SessionState::Planned;
    session.start = at("2026-02-01T15:00:00Z");
    assert!(!written(&session, &with).contains("VALARM"));
}

#[test]
fn line_ends_of_every_kind_become_one() {
    let told = escaped("a\r\nb\rc\nd\u{85}e\u{2028}f\u{2029}g\th\u{1b}[2J\\;,");
    assert_eq!(told, "a\\nb\\nc\\nd\\ne\\nf\\ng h[2J\\\\\\;\\,");
}

/// Text with whatever is hard: line ends, signs with a meaning, wide and combined letters, names of properties.
fn hard() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        any::<String>(),
        "[;,\\\\:\"a-z \r\n]{0,60}",
        Just("\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:mine".to_owned()),
        "[äß李美玲👩‍👩‍👧é]{0,40}",
    ];
    proptest::collection::vec(part, 1..4).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn whatever_people_write_comes_back_and_breaks_no_line(circle in hard(), title in hard()) {
        let mut session = session();
        session.blocks.truncate(1);
        session.blocks[0].title = Clean::text(&title);
        let file = written(&session, &wish(&circle));
        let lines = unfolded(&file);
        prop_assert_eq!(lines.iter().filter(|line| *line == "BEGIN:VEVENT").count(), 1);
        let calm = |text: &str| -> String {
            text.replace("\r\n", "\n")
                .chars()
                .filter_map(|c| match c {
                    '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
                    '\t' => Some(' '),
                    c if c.is_control() && c != '\n' => None,
                    c => Some(c),
                })
                .collect()
        };
        prop_assert_eq!(plain(&value(&lines, "X-WR-CALNAME")), calm(&circle));
        prop_assert_eq!(plain(&value(&lines, "SUMMARY")), calm(&format!("{circle} #3")));
        let agenda = format!("5 min  {}", session.blocks[0].title);
        prop_assert_eq!(plain(&value(&lines, "DESCRIPTION")), calm(&agenda));
        let read: icalendar::Calendar = file.parse().unwrap();
        prop_assert_eq!(read.events().count(), 1);
    }
}

#[test]
fn a_later_file_updates_the_same_event() {
    let mut session = session();
    let before = unfolded(&written(&session, &wish("Ladder Up")));
    session.start = at("2026-03-13T15:00:00Z");
    let later = Wish {
        now: at("2026-03-01T08:00:01Z"),
        ..wish("Ladder Up")
    };
    let after = unfolded(&written(&session, &later));
    assert_eq!(value(&before, "UID"), value(&after, "UID"));
    let number = |lines: &[String]| value(lines, "SEQUENCE").parse::<u64>().unwrap();
    assert!(number(&after) > number(&before));
}

#[test]
fn a_meeting_that_was_taken_back_is_taken_out_of_the_calendar() {
    let session = session();
    let wish = Wish {
        alarms: &ALARMS,
        ..wish("Ladder Up")
    };
    let there = unfolded(&written(&session, &wish));
    let gone = unfolded(&calendar(&[], &[session], &wish));
    assert_eq!(value(&there, "UID"), value(&gone, "UID"));
    assert_eq!(value(&gone, "STATUS"), "CANCELLED");
    assert!(!gone.iter().any(|line| line == "BEGIN:VALARM"), "{gone:?}");
}
