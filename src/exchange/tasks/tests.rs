use chrono::NaiveDate;
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::domain::clock::Moment;
use crate::domain::item::{ActionState, Due};

fn around() -> Around {
    Around {
        seen: day("2026-03-12").into(),
        zone: chrono_tz::Europe::Berlin,
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn input(name: &str, text: &str) -> Input {
    Input {
        name: name.to_owned(),
        format: Format::of_name(name),
        text: text.to_owned(),
        notes: Vec::new(),
    }
}

fn read(name: &str, text: &str) -> TakenTasks {
    take(&input(name, text), None, around())
}

fn names(said: &Said) -> Vec<&str> {
    said.owners
        .iter()
        .map(crate::domain::text::Clean::as_str)
        .collect()
}

const UID: &str = "0195a0f0e3c07a3e8a6b0c0d0e0f1011";

#[test]
fn a_line_of_todo_txt_says_everything_about_an_action() {
    let text = format!(
        "(A) 2026-03-01 Send deck to http://a.example/x:1 due:2026-03-13 uid:{UID} id:A14 @Tom_Weiss +ladder-up #feedback\n\
         x 2026-03-10 2026-03-01 Call Ana pri:B rec:1w\n\nPlain words, nothing else\n"
    );
    let taken = read("todo.txt", &text);
    assert_eq!((taken.layout, &taken.faults), (Layout::Todo, &vec![]));
    let [deck, call, plain] = taken.rows.as_slice() else {
        panic!("{taken:?}")
    };
    assert_eq!(deck.text, "Send deck to http://a.example/x:1");
    assert_eq!(deck.due, Due::On(day("2026-03-13")));
    assert_eq!(deck.uid.unwrap().to_string(), UID);
    assert_eq!((deck.priority, names(deck)), (3, vec!["Tom Weiss"]));
    assert_eq!(deck.circle.as_deref(), Some("ladder-up"));
    assert_eq!((deck.tags.len(), &deck.foreign), (1, &None));
    assert_eq!((call.line, call.state), (2, ActionState::Done));
    assert_eq!((call.text.as_str(), call.priority), ("Call Ana rec:1w", 2));
    let closed = call.closed.unwrap().date(chrono_tz::Europe::Berlin);
    assert_eq!(closed, day("2026-03-10"));
    assert_eq!((plain.line, plain.state), (4, ActionState::Open));
}

#[test]
fn what_looks_like_a_sign_in_the_words_of_our_own_line_stays_a_word() {
    let text = format!(
        "2026-03-01 Set due:tbd and ask @tom about +plan #1 uid:x +ladder-up @Jun_Tanaka #deck due:2026-03-13 id:A14 \
         uid:{UID}\n2026-03-01 Ask @tom +ladder-up id:A15 uid:{UID}\n"
    );
    let taken = read("todo.txt", &text);
    assert_eq!(taken.faults, []);
    let [set, ask] = taken.rows.as_slice() else {
        panic!("{taken:?}")
    };
    let words = "Set due:tbd and ask @tom about +plan #1 uid:x";
    assert_eq!((set.text.as_str(), names(set)), (words, vec!["Jun Tanaka"]));
    assert_eq!(set.circle.as_deref(), Some("ladder-up"));
    assert_eq!((set.due, set.tags.len()), (Due::On(day("2026-03-13")), 1));
    assert_eq!((ask.text.as_str(), ask.owners.len()), ("Ask @tom", 0));
    assert_eq!(ask.uid.unwrap().to_string(), UID);
}

#[test]
fn a_cell_that_was_guarded_comes_back_as_it_was() {
    for cell in ["＝SUM(1)", "'=1", "-2 points", "Call"] {
        let guarded = crate::exchange::guard::guarded(cell.to_owned());
        let taken = read("actions.csv", &format!("action,owner\n{guarded},\n"));
        assert_eq!(taken.rows[0].text, cell);
    }
}

#[test]
fn a_row_that_is_too_long_to_keep_stays_out_and_spoils_no_other() {
    let long = "x".repeat(31 * 1024);
    let text = format!("action,owner,progress,note\nOne,,,\n{long},,{long},ab\nTwo,,,\n");
    let taken = read("actions.csv", &text);
    let told: Vec<String> = taken.faults.iter().map(|f| f.told("a.csv")).collect();
    assert_eq!(told, ["a.csv:3: the action is too long: at most 60 KB fit"]);
    assert_eq!(taken.rows.len(), 2);
}

#[test]
fn a_table_is_read_by_its_header_in_any_order() {
    let text = "Due date;Who;Action;Status;Note\n\
                20/3;Tom Weiss;Send deck;In progress;as said\n\
                ;Mei and Tom;\"'=SUM(1)\";done;\n\
                31/2;Mei;Wrong;open;\n\
                fri;;Odd;someday;\n";
    let taken = read("actions.csv", text);
    assert_eq!(taken.layout, Layout::Csv);
    let lines: Vec<usize> = taken.rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 3, 5]);
    assert_eq!(taken.rows[0].state, ActionState::Partly);
    assert_eq!(taken.rows[0].note.as_deref(), Some("as said"));
    assert_eq!(taken.rows[1].text, "=SUM(1)");
    assert_eq!(names(&taken.rows[1]), ["Mei", "Tom"]);
    assert_eq!(taken.rows[2].due, Due::On(day("2026-03-13")));
    let told: Vec<String> = taken.faults.iter().map(|f| f.told("a.csv")).collect();
    assert_eq!(told, ["a.csv:4: \"31/2\" is no date"]);
    assert!(taken.notes[0].contains("Line 5"), "{:?}", taken.notes);
}

#[test]
fn what_task_export_writes_is_read() {
    let text = r#"[
{"id":1,"description":"Send deck","due":"20260312T230000Z","entry":"20260301T080000Z","modified":"20260302T080000Z","priority":"H","project":"Ladder Up","status":"pending","tags":["feedback"],"uuid":"0b8e6e1c-3b8d-4a36-9d4d-0d6f4b6e4a11","annotations":[{"entry":"20260301T080000Z","description":"first"},{"entry":"20260301T080000Z","description":"second"}],"urgency":9.1},
{"id":0,"description":"Call","end":"20260310T080000Z","entry":"20260301T080000Z","status":"completed","uuid":"0b8e6e1c-3b8d-4a36-9d4d-0d6f4b6e4a12"},
{"id":0,"description":"Gone","entry":"20260301T080000Z","status":"deleted","uuid":"x"},
{"id":0,"description":"Odd","due":"soon","status":"pending","uuid":"y"},
17
]"#;
    let taken = read("export.json", text);
    assert_eq!(taken.layout, Layout::Task);
    let [deck, call] = taken.rows.as_slice() else {
        panic!("{taken:?}")
    };
    // Midnight in Berlin.
    assert_eq!(deck.due, Due::On(day("2026-03-13")));
    assert_eq!((deck.priority, deck.tags.len()), (3, 1));
    assert_eq!(deck.note.as_deref(), Some("first\nsecond"));
    assert_eq!(
        deck.foreign.as_deref(),
        Some("0b8e6e1c-3b8d-4a36-9d4d-0d6f4b6e4a11")
    );
    assert_eq!(call.state, ActionState::Done);
    assert_eq!(call.closed, Moment::parse("2026-03-10T08:00:00Z"));
    let lines: Vec<usize> = taken.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [5, 6], "{:?}", taken.faults);
    assert!(taken.notes[0].contains("line 4"), "{:?}", taken.notes);
}

#[test]
fn what_circlet_lists_is_read_back() {
    let text = format!(
        r#"{{"schema":"circlet.actions/1","items":[
{{"id":"A1","text":"Send deck","owner":"Tom Weiss","due":"2026-03-26","due_next_session":true,"state":"partly","progress":"the end","note":"n","priority":2,"tags":["x"],"circle":"ladder-up","created":"2026-03-01T08:00:00Z","closed":null,"uid":"{UID}","carried":0}},
{{"text":"Odd","state":"unheard of"}}]}}"#
    );
    let taken = read("-", &text);
    assert_eq!(taken.layout, Layout::Json);
    let row = &taken.rows[0];
    assert_eq!(
        (row.due, row.state),
        (Due::NextSession, ActionState::Partly)
    );
    assert_eq!(row.progress.as_deref(), Some("the end"));
    assert_eq!(row.created, Moment::parse("2026-03-01T08:00:00Z"));
    assert_eq!(taken.faults[0].line, 3);
}

#[rstest]
#[case("todo.txt", "Ana\nBo\n", Some(Layout::Todo))]
#[case("list.txt", "(A) Send deck\nx done already\n", Some(Layout::Todo))]
#[case("people.txt", "Ana\nBo\n", None)]
#[case("people.csv", "name,mail\nAna,a@b.example\n", None)]
#[case("people.csv", "name,title\nAna,Lead\n", None)]
#[case("questions.csv", "question,theme,kind\nWhy?,x,open\n", None)]
#[case("actions.csv", "title,assignee\nSend,Tom\n", Some(Layout::Csv))]
#[case("q.json", "[\"Why?\"]", None)]
#[case("roster.json", "{\"members\": [{\"name\": \"Ana\"}]}", None)]
#[case("", "", None)]
fn files_of_actions_are_told_from_others(
    #[case] name: &str,
    #[case] text: &str,
    #[case] layout: Option<Layout>,
) {
    assert_eq!(guess(&input(name, text)), layout);
}

proptest! {
    /// Hostile text in any format: a fault or a row, never a panic, and every text is clean.
    #[test]
    fn any_text_gives_rows_and_faults(
        text in prop_oneof![
            any::<String>(),
            "((x )?(\\([A-C]\\) )?\\PC{0,20}( due:\\PC{0,8})?( @\\PC{0,5})?\n){0,6}",
            "text,owner,due,state,uid\n(\\PC{0,12},\\PC{0,6},\\PC{0,8},\\PC{0,5},\\PC{0,4}\n){0,6}",
            "\\[(\\{\"description\":\"\\PC{0,6}\",\"status\":\"pending\",\"uuid\":\"\\PC{0,4}\"\\},?){0,4}\\]",
        ],
        layout in prop::sample::select(vec![
            None, Some(Layout::Todo), Some(Layout::Csv), Some(Layout::Task), Some(Layout::Json),
        ]),
    ) {
        let taken = take(&input("file", &text), layout, around());
        for row in &taken.rows {
            prop_assert!(!row.text.is_empty() && row.priority <= 3 || layout == Some(Layout::Json));
            prop_assert!(!row.text.chars().any(char::is_control));
        }
    }
}
