use icalendar::{CalendarDateTime, Component as _, DatePerhapsTime, TodoStatus};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use uuid::Uuid;

use super::*;
use crate::domain::id::ActionId;
use crate::domain::item::ActionState;
use crate::domain::text::Clean;
use crate::exchange::guard::bare;
use crate::exchange::html::tests as page;

const ZONE: Zone = chrono_tz::Europe::Berlin;

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

fn row(number: u32, text: &str) -> ListedAction {
    ListedAction {
        uid: ActionId(Uuid::from_u128(u128::from(number))),
        number,
        circle: Clean::line("Ladder Up"),
        text: Clean::line(text),
        owner: Some("Maria Okafor".to_owned()),
        owner_words: "Maria Okafor".to_owned(),
        due: Some("2026-03-13".parse().unwrap()),
        at_next: false,
        state: ActionState::Open,
        progress: None,
        priority: 0,
        tags: Vec::new(),
        created: at("2026-03-01T23:30:00Z"),
        closed: None,
        trashed: false,
        waits_for: None,
        note: None,
    }
}

fn done(number: u32, text: &str) -> ListedAction {
    ListedAction {
        state: ActionState::Done,
        closed: Some(at("2026-03-10T09:00:00Z")),
        priority: 3,
        ..row(number, text)
    }
}

fn partly() -> ListedAction {
    ListedAction {
        state: ActionState::Partly,
        progress: Some(Clean::line("the last page")),
        waits_for: Some(Clean::line("the figures")),
        priority: 2,
        tags: vec![Clean::line("feedback"), Clean::line("one, two")],
        ..row(2, "Write it up")
    }
}

fn list(rows: Vec<ListedAction>) -> ActionList {
    ActionList {
        circles: vec![Clean::line("Ladder Up")],
        rows,
        may_name: 0,
    }
}

fn written(rows: Vec<ListedAction>, format: Format) -> String {
    let wish = Wish {
        now: at("2026-03-12T14:00:00Z"),
        zone: ZONE,
        alarms: true,
    };
    write(&list(rows), format, &wish).unwrap()
}

fn calendar(rows: Vec<ListedAction>) -> (String, icalendar::Calendar) {
    let file = written(rows, Format::Calendar);
    let read = file.parse().unwrap();
    (file, read)
}

#[test]
fn a_to_do_is_one_that_another_reader_understands() {
    let (file, read) = calendar(vec![
        row(1, "Send the deck; soon"),
        partly(),
        done(3, "Read"),
    ]);
    assert_eq!(read.get_name(), Some("Ladder Up, actions"));
    let todos: Vec<_> = read.todos().collect();
    assert_eq!(todos.len(), 3);
    let (open, partly, done) = (todos[0], todos[1], todos[2]);
    assert_eq!(open.get_uid(), Some("00000000-0000-0000-0000-000000000001"));
    assert_eq!(open.get_summary(), Some("Send the deck; soon"));
    assert_eq!(open.get_sequence(), Some(195_487_200));
    let day = "2026-03-13".parse().unwrap();
    assert_eq!(open.get_due(), Some(DatePerhapsTime::Date(day)));
    assert_eq!(open.get_status(), Some(TodoStatus::NeedsAction));
    assert_eq!(open.get_priority(), None);
    assert_eq!(open.get_description(), Some("A1, owner: Maria Okafor"));
    let created = CalendarDateTime::Utc(at("2026-03-01T23:30:00Z").utc());
    assert_eq!(open.get_created().map(CalendarDateTime::Utc), Some(created));
    assert_eq!(partly.get_status(), Some(TodoStatus::InProcess));
    assert_eq!(partly.get_percent_complete(), Some(50));
    assert_eq!(partly.get_priority(), Some(3));
    assert_eq!(
        partly.get_description(),
        Some("A2, owner: Maria Okafor\nLeft: the last page\nWaits for: the figures")
    );
    assert!(
        file.contains("CATEGORIES:feedback,one\\, two\r\n"),
        "{file}"
    );
    assert_eq!(done.get_status(), Some(TodoStatus::Completed));
    assert_eq!(done.get_percent_complete(), Some(100));
    assert_eq!(done.get_completed(), Some(at("2026-03-10T09:00:00Z").utc()));
}

#[test]
fn people_are_reminded_the_day_before_and_in_the_morning_of_what_is_ahead() {
    let alarms = |file: &str| file.matches("BEGIN:VALARM").count();
    let ahead = ListedAction {
        due: Some("2026-03-14".parse().unwrap()),
        ..row(1, "Send the deck")
    };
    let (file, _) = calendar(vec![ahead]);
    assert_eq!(alarms(&file), 2);
    for trigger in [
        "TRIGGER;RELATED=END:-PT15H\r\n",
        "TRIGGER;RELATED=END:PT9H\r\n",
    ] {
        assert!(file.contains(trigger), "{file}");
    }
    // It is three in the afternoon of the day before.
    let (tomorrow, _) = calendar(vec![row(1, "Send the deck")]);
    assert_eq!(alarms(&tomorrow), 1);
    assert!(tomorrow.contains("END:PT9H\r\n"), "{tomorrow}");
    let late = ListedAction {
        due: Some("2026-03-11".parse().unwrap()),
        ..row(1, "Late")
    };
    let undated = ListedAction {
        due: None,
        ..row(2, "Undated")
    };
    let let_go = ListedAction {
        state: ActionState::LetGo,
        ..row(4, "Let go")
    };
    let (file, read) = calendar(vec![late, undated, done(3, "Done"), let_go]);
    assert_eq!(alarms(&file), 0, "{file}");
    let statuses: Vec<_> = read.todos().map(icalendar::Todo::get_status).collect();
    assert_eq!(statuses[3], Some(TodoStatus::Cancelled));
    let quiet = Wish {
        now: at("2026-03-12T14:00:00Z"),
        zone: ZONE,
        alarms: false,
    };
    let file = write(&list(vec![row(1, "Send")]), Format::Calendar, &quiet).unwrap();
    assert_eq!(alarms(&file), 0, "{file}");
}

#[test]
fn todo_txt_has_a_line_each_with_what_finds_it_again() {
    let mut all = row(4, "Together");
    all.owner = Some("all".to_owned());
    all.due = None;
    let text = written(
        vec![row(1, "Send deck"), partly(), all, done(3, "Read")],
        Format::Todo,
    );
    let lines: Vec<&str> = text.lines().collect();
    let uid = |n: u32| format!("uid:{n:032x}");
    assert_eq!(
        lines,
        [
            format!(
                "2026-03-02 Send deck +ladder-up @Maria_Okafor due:2026-03-13 id:A1 {}",
                uid(1)
            ),
            format!(
                "(B) 2026-03-02 Write it up +ladder-up @Maria_Okafor #feedback #one,_two due:2026-03-13 id:A2 {}",
                uid(2)
            ),
            format!("2026-03-02 Together +ladder-up @all id:A4 {}", uid(4)),
            format!(
                "x 2026-03-10 2026-03-02 Read +ladder-up @Maria_Okafor due:2026-03-13 pri:A id:A3 {}",
                uid(3)
            ),
        ]
    );
    assert_eq!(
        lost(&list(vec![partly()]), Format::Todo).as_deref(),
        Some("What 1 of them says beside its words has no place in todo.txt")
    );
    assert_eq!(lost(&list(vec![partly()]), Format::Csv), None);
}

#[test]
fn a_table_has_the_columns_that_readers_go_by() {
    let text = written(vec![partly(), done(3, "=1+1")], Format::Csv);
    let mut reader = ::csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    assert_eq!(
        header.join(","),
        "id,uid,circle,text,owner,due,state,progress,priority,tags,created,closed,note,waits_for"
    );
    let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(&rows[0][0], "A2");
    assert_eq!(&rows[0][2], "ladder-up");
    assert_eq!(&rows[0][6], "partly");
    assert_eq!(&rows[0][7], "the last page");
    assert_eq!(&rows[0][9], "feedback one, two");
    assert_eq!(&rows[0][10], "2026-03-01T23:30:00.000Z");
    assert_eq!(&rows[0][11], "");
    assert_eq!(&rows[1][3], "'=1+1");
    assert_eq!(&rows[1][6], "done");
    assert_eq!(&rows[1][11], "2026-03-10T09:00:00.000Z");
}

#[test]
fn people_read_what_is_open_first() {
    let rows = || {
        let at_next = ListedAction {
            at_next: true,
            ..row(1, "Send *deck*")
        };
        vec![at_next, partly(), done(3, "Read")]
    };
    insta::assert_snapshot!(written(rows(), Format::Markdown));
    let (tags, texts) = page::read(&written(rows(), Format::Html));
    assert_eq!(tags.iter().filter(|tag| *tag == "tr").count(), 5);
    for text in [
        "Send *deck*",
        "Write it up #feedback #one, two !!\nLeft: the last page\nWaits for: the figures",
        "next session, Fri 13 Mar 2026",
        "Done or let go",
        "Maria Okafor",
    ] {
        assert!(
            texts.iter().any(|found| found == text),
            "{text} in {texts:?}"
        );
    }
    assert!(written(Vec::new(), Format::Markdown).ends_with("\nNo actions.\n"));
    let (_, none) = page::read(&written(Vec::new(), Format::Html));
    assert_eq!(none, ["Ladder Up, actions", "No actions."]);
}

#[test]
fn rows_of_several_circles_say_of_which_they_are() {
    let several = ActionList {
        circles: vec![Clean::line("Ladder Up"), Clean::line("Quiet Readers")],
        ..list(vec![row(1, "Send deck")])
    };
    let wish = Wish {
        now: at("2026-03-12T14:00:00Z"),
        zone: ZONE,
        alarms: false,
    };
    for format in [
        Format::Markdown,
        Format::Html,
        Format::Csv,
        Format::Calendar,
        Format::Todo,
    ] {
        let text = write(&several, format, &wish).unwrap();
        assert!(
            text.contains("Ladder Up") || text.contains("ladder-up"),
            "{text}"
        );
        assert!(!text.contains("Quiet"), "{text}");
    }
}

/// Words with whatever is hard for some format.
fn hard() -> impl Strategy<Value = Clean> {
    let part = prop_oneof![
        any::<String>(),
        "[<>&\"'=+@;:,\\\\|`*_#\\[\\]()!~^$ a-z\r\n\t-]{0,40}",
        Just("\r\nEND:VTODO\r\nBEGIN:VTODO\r\nSUMMARY:mine".to_owned()),
        Just("</td><script>alert(1)</script>".to_owned()),
        Just("=HYPERLINK(\"x\")".to_owned()),
        Just("x 2026-01-01 2026-01-01 (A) done due:1999-01-01 uid:7 +a @b".to_owned()),
        Just("](javascript:x) ![i](y) <b>&amp;".to_owned()),
    ];
    proptest::collection::vec(part, 1..3).prop_map(|parts| Clean::line(&parts.concat()))
}

fn hostile() -> impl Strategy<Value = ListedAction> {
    (hard(), hard(), hard(), hard(), any::<bool>()).prop_map(|(text, name, tag, left, closed)| {
        let base = if closed { done(7, "") } else { partly() };
        ListedAction {
            number: 7,
            uid: ActionId(Uuid::from_u128(7)),
            circle: name.clone(),
            owner: Some(name.to_string()),
            owner_words: name.to_string(),
            tags: vec![tag],
            progress: Some(left.clone()),
            note: Some(left),
            text,
            ..base
        }
    })
}

/// The texts of a Markdown file, block by block, and whether there is anything in it that is no text, list, heading or
/// box.
fn rendered(text: &str) -> (Vec<String>, bool) {
    let (mut blocks, mut odd) = (vec![String::new()], false);
    // Reading quotes as curly ones would change what was typed.
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(part) => blocks.last_mut().unwrap().push_str(&part),
            Event::Start(Tag::Heading { .. } | Tag::List(_) | Tag::Item | Tag::Paragraph) => {
                blocks.push(String::new());
            }
            Event::End(_) | Event::TaskListMarker(_) => blocks.push(String::new()),
            _ => odd = true,
        }
    }
    blocks.retain(|block| !block.is_empty());
    (blocks, odd)
}

/// As a calendar has a text: line ends of every kind are one, other controls are gone.
fn calm(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

proptest! {
    #[test]
    fn hostile_words_stay_words_in_a_table(row in hostile()) {
        let text = written(vec![row.clone()], Format::Csv);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), 1);
        let cell = |column: usize| bare(&rows[0][column]).to_owned();
        prop_assert_eq!(cell(3), row.text.as_str());
        prop_assert_eq!(cell(4), row.owner.as_deref().unwrap());
        prop_assert_eq!(cell(7), row.progress.as_deref().unwrap());
        prop_assert_eq!(cell(12), row.note.as_deref().unwrap());
        for cell in &rows[0] {
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}", cell);
        }
    }

    #[test]
    fn hostile_words_stay_words_in_a_calendar(row in hostile()) {
        let (file, read) = calendar(vec![row.clone()]);
        let todos: Vec<_> = read.todos().collect();
        prop_assert_eq!(todos.len(), 1);
        prop_assert_eq!(read.components.len(), 1);
        prop_assert_eq!(todos[0].get_summary().unwrap_or_default(), calm(&row.text));
        let unfolded = file.replace("\r\n ", "");
        prop_assert_eq!(unfolded.matches("\r\nSUMMARY:").count(), 1);
        prop_assert!(file.split("\r\n").all(|line| line.len() <= 75));
    }

    #[test]
    fn hostile_words_stay_words_on_a_page(row in hostile()) {
        let (tags, texts) = page::read(&written(vec![row.clone()], Format::Html));
        let (plain, _) = page::read(&written(vec![ListedAction {
            text: Clean::line("calm"),
            ..row.clone()
        }], Format::Html));
        prop_assert_eq!(tags, plain);
        let words = texts.iter().find(|text| text.contains("Note: ")).unwrap();
        prop_assert!(words.starts_with(row.text.as_str()), "{:?}", words);
    }

    #[test]
    fn hostile_words_stay_words_in_markdown(row in hostile()) {
        let (blocks, odd) = rendered(&written(vec![row.clone()], Format::Markdown));
        prop_assert!(!odd, "{:?}", blocks);
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let first = squeezed(&format!("A7 {}", row.text));
        prop_assert!(
            blocks.iter().any(|block| squeezed(block).starts_with(&first)),
            "{:?} in {:?}", first, blocks
        );
    }

    #[test]
    fn a_reader_from_the_end_of_a_todo_line_finds_the_words(row in hostile()) {
        let text = written(vec![row.clone()], Format::Todo);
        prop_assert_eq!(text.matches('\n').count(), 1);
        let line = text.trim_end_matches('\n');
        let head = if row.state.is_open() { "(B) 2026-03-02 " } else { "x 2026-03-10 2026-03-02 " };
        let rest = line.strip_prefix(head).unwrap();
        let (words, _) = rest.rsplit_once(&format!(" +{} ", row.slug())).unwrap();
        prop_assert_eq!(words, row.text.as_str());
        let keys: Vec<&str> = rest.rsplit(' ').take(2).collect();
        prop_assert_eq!(keys, ["uid:00000000000000000000000000000007", "id:A7"]);
    }
}
