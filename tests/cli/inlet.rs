//! What comes in on the command line: several lines at once, dates in words, files of actions.

use super::{Desk, Value, fs};

const UID: &str = "0195a0f0e3c07a3e8a6b0c0d0e0f1011";

fn actions(desk: &Desk) -> Vec<Value> {
    desk.json(&["action", "list", "--all"]).items()
}

#[test]
fn several_lines_are_saved_together_or_not_at_all() {
    let desk = Desk::ready();
    let mixed = "> - [ ] Send deck @mei due fri\n\n> d Meet on Tuesdays\nk Thanks to all\n";
    let told = desk.run(&["add", "--dry-run", mixed]).ok();
    assert!(told.out.contains("Send deck"), "{}", told.out);
    assert_eq!(actions(&desk).len(), 0);
    let told = desk.run(&["add", mixed]).ok();
    assert_eq!(told.out.lines().count(), 3, "{}", told.out);
    assert!(told.out.contains("#kudos"), "{}", told.out);
    // One act: one undo takes all of it back.
    desk.run(&["undo"]).ok();
    assert_eq!(actions(&desk).len(), 0);
    desk.run(&["add", "a Send deck\na @mei due fri\n"])
        .fails(2, "line 2: there are no words to save");
    assert_eq!(actions(&desk).len(), 0);
    let open = desk.run(&["add", "--json", "a Send deck @nobody-here\na Call @mei"]);
    assert_eq!(open.code, 3, "{}", open.err);
    let warning = open.json()["warnings"][0].as_str().unwrap().to_owned();
    assert!(warning.starts_with("line 1: Nobody is called"), "{warning}");
    let shown = desk.json(&["add", "--dry-run", "a One due end of month\nd Two"]);
    let items = shown.items();
    assert_eq!(items[0]["due_words"], "Tue 31 Mar, in 2 weeks");
    assert_eq!(
        (&items[0]["line"], &items[1]["line"]),
        (&1.into(), &2.into())
    );
}

#[test]
fn dates_in_words_are_answered_with_the_day_they_mean() {
    let desk = Desk::ready();
    let receipt = desk.json(&["add", "a Send deck due third thursday"]).json();
    assert_eq!(receipt["saved"][0]["due"], "2026-03-19");
    assert_eq!(receipt["saved"][0]["due_words"], "Thu 19 Mar, in 7 days");
    desk.run(&["action", "renew", "A1", "29 feb"])
        .fails(2, "\"29 feb\" comes next on Tue 29 Feb 2028");
    desk.file("config.toml", "dates = \"month-day\"\n");
    let receipt = desk.json(&["action", "renew", "A1", "4/3"]).json();
    assert_eq!(receipt["saved"][0]["due"], "2026-04-03");
}

#[test]
fn actions_come_in_from_todo_txt_once() {
    let desk = Desk::ready();
    let text = "(A) Send deck due:2026-03-13 @Mei_Lin #feedback\n\
                x 2026-03-10 2026-03-01 Call back\nAsk due:31/2\nThank @Zoe\n";
    let file = desk.file("todo.txt", text);
    let told = desk.run(&["import", "actions", &file, "--dry-run"]).ok();
    for words in [
        "todo.txt:3: \"31/2\" is no date",
        "3 new",
        "Zoe",
        "Fri 13 Mar, tomorrow",
    ] {
        assert!(told.err.contains(words), "{words}: {}", told.err);
    }
    assert_eq!(actions(&desk).len(), 0);
    desk.run(&["import", "actions", &file, "--yes"]).ok();
    let rows = actions(&desk);
    assert_eq!(rows.len(), 3);
    let sent = rows.iter().find(|row| row["text"] == "Send deck").unwrap();
    assert_eq!(
        (&sent["owner"], &sent["priority"]),
        (&"Mei Lin".into(), &3.into())
    );
    assert!(
        rows.iter().any(|row| row["text"] == "Thank @Zoe"),
        "{rows:?}"
    );
    let again = desk.run(&["import", "actions", &file, "--yes"]).ok();
    assert!(again.err.contains("0 new, 3 here already"), "{}", again.err);
    desk.run(&["undo"]).ok();
    assert_eq!(actions(&desk).len(), 0);
}

#[test]
fn a_members_own_copy_goes_out_and_comes_back_for_their_rows_alone() {
    let desk = Desk::ready();
    desk.run(&["add", "a Mine @mei due fri\na Theirs @maria due fri"])
        .ok();
    let listed = desk.json(&["action", "list"]);
    let changed = listed
        .out
        .replace("\"state\":\"open\"", "\"state\":\"done\"")
        .replace("\"state\": \"open\"", "\"state\": \"done\"");
    assert_ne!(changed, listed.out);
    let file = desk.file("mei.json", &changed);
    let kept = desk.run(&["import", "actions", &file, "--owner", "mei", "--yes"]);
    assert!(kept.ok().err.contains("nothing was saved"));
    let asked = [
        "import",
        "actions",
        &file,
        "--owner",
        "mei",
        "--replace",
        "--yes",
    ];
    let told = desk.run(&asked).ok();
    assert!(
        told.err.contains("1 of somebody else left alone"),
        "{}",
        told.err
    );
    let state = |text: &str| {
        let rows = actions(&desk);
        rows.iter().find(|row| row["text"] == text).unwrap()["state"].clone()
    };
    assert_eq!(
        (state("Mine"), state("Theirs")),
        ("done".into(), "open".into())
    );
}

#[test]
fn tables_and_taskwarrior_come_in_with_their_ids() {
    let desk = Desk::ready();
    let table = format!(
        "id,uid,circle,text,owner,due,state,progress,priority,tags,created,closed,note\n\
         A9,{UID},ladder-up,'=SUM(A1),Mei Lin,2026-03-20,partly,the end,2,x y,,,as said\n"
    );
    let file = desk.file("actions.csv", &table);
    desk.run(&["import", "actions", &file, "--yes"]).ok();
    let row = desk.json(&["action", "show", UID]).json();
    assert_eq!(row["text"], "=SUM(A1)");
    assert_eq!(
        (&row["state"], &row["progress"]),
        (&"partly".into(), &"the end".into())
    );
    assert_eq!(
        (&row["note"], &row["id"]),
        (&"as said".into(), &"A1".into())
    );
    let task =
        r#"[{"description":"Call","status":"pending","uuid":"7d1c","due":"20260320T000000Z"}]"#;
    let file = desk.file("export.json", task);
    desk.run(&["import", "actions", &file, "--owner", "me", "--yes"])
        .ok();
    let renamed = task.replace("Call", "Call Ana");
    fs::write(&file, renamed).unwrap();
    let again = desk.run(&["import", "actions", &file, "--yes"]).ok();
    assert!(again.err.contains("0 new, 1 here already"), "{}", again.err);
    let forced = desk.run(&["import", "actions", &file, "--format", "todo", "--dry-run"]);
    assert!(forced.ok().err.contains("read as todo.txt"));
    assert_eq!(desk.run(&["import"]).code, 2);
}

#[test]
fn lines_that_do_not_say_what_they_are_belong_to_the_item_before_them() {
    let desk = Desk::ready();
    desk.run(&["add", "a Send the\n  long deck @mei"]).ok();
    let rows = desk.json(&["action", "list"]).items();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["text"], "Send the long deck");
    assert_eq!(rows[0]["owner"], "Mei Lin");
    desk.run(&["add", "n What we saw #talk\n\n- one @mei\n- two"])
        .ok();
    let note = desk.json(&["note", "list"]).items().remove(0);
    assert_eq!(note["text"], "What we saw\n\n- one @mei\n- two");
    assert_eq!(note["tags"], serde_json::json!(["talk"]));
}

#[test]
fn a_date_that_is_none_is_saved_as_words_and_left_open() {
    let desk = Desk::ready();
    for words in ["31 feb", "2025-02-29"] {
        let told = desk.run(&["add", "--json", &format!("a Call Ana due {words}")]);
        assert_eq!(told.code, 3, "{}", told.err);
        let told = told.json();
        assert_eq!(told["saved"][0]["text"], format!("Call Ana due {words}"));
        assert!(
            told["warnings"][0].as_str().unwrap().contains(words),
            "{told}"
        );
    }
}

#[test]
fn a_name_is_found_in_the_order_of_address_books_too() {
    let desk = Desk::ready();
    desk.run(&["add", "a Send deck @\"Lin, Mei\" due fri"]).ok();
    let mine = desk
        .json(&["action", "list", "--owner", "lin, mei"])
        .items();
    assert_eq!(mine[0]["text"], "Send deck");
    desk.run(&["action", "list", "--owner", " "])
        .fails(2, "Whose?");
    desk.run(&["action", "list", "--owner", "lin, nobody"])
        .fails(2, "Nobody");
}
