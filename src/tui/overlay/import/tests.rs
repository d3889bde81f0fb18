use super::*;
use crate::exchange::{questions, roster};
use crate::tui::fixture_lists::{HARD, SIZES, World, dark, drawn};

const ARTICLE: &str =
    "# Notes\n\nSome words.\n\n## Questions\n\n- What did you learn?\n- Who helped you?\n";

fn import(text: &str, into: Option<Into>) -> Import {
    let people = roster::parse(text, None);
    let questions = questions::parse(text, None, &|_| false);
    Import::new("notes.md", people, questions, into)
}

fn ladder(world: &World) -> Option<Into> {
    Some(Into {
        circle: world.circle,
        name: "Ladder Up".to_owned(),
        members: vec!["Jun Tanaka".to_owned()],
    })
}

fn show(import: &Import, (w, h): (u16, u16)) -> String {
    drawn(w, h, |area, buf| import.draw(area, buf, &dark())).join("\n")
}

#[test]
fn questions_in_an_article_are_shown_before_they_are_taken() {
    let mut import = import(ARTICLE, None);
    let shown = show(&import, (80, 20));
    assert!(shown.contains("notes.md: 2 questions"), "{shown}");
    assert!(shown.contains("What did you learn?"), "{shown}");
    let Outcome::Take(command) = import.run(CommandId::Open) else {
        panic!("nothing was taken")
    };
    let Command::AddQuestions { questions, source } = *command else {
        panic!("{command:?}")
    };
    assert_eq!((questions.len(), source.as_str()), (2, "notes.md"));
}

#[test]
fn people_who_are_in_the_circle_stay_out() {
    let world = World::new();
    let mut import = import("Jun Tanaka\nAna\nBo <bo@mail.example>\n", ladder(&world));
    let shown = show(&import, (80, 20));
    assert!(
        shown.contains("Enter adds 2 people to Ladder Up."),
        "{shown}"
    );
    assert!(
        shown.contains("In the circle already, stay out, 1"),
        "{shown}"
    );
    let Outcome::Take(command) = import.run(CommandId::Open) else {
        panic!("nothing was taken")
    };
    let Command::AddMembers { circle, people } = *command else {
        panic!("{command:?}")
    };
    assert_eq!((circle, people.len()), (world.circle, 2));
}

#[test]
fn people_without_a_circle_go_into_the_form() {
    let mut import = import("Ana, Bo", None);
    let Outcome::Form(people) = import.run(CommandId::Open) else {
        panic!("no form is opened")
    };
    assert_eq!(people.len(), 2);
}

#[test]
fn a_wrong_line_is_named_by_file_and_line() {
    let world = World::new();
    let import = import(
        "name,mail\nAna,ana@mail.example\nBo,no mail\n",
        ladder(&world),
    );
    let shown = show(&import, (80, 20));
    assert!(shown.contains("! notes.md:3: "), "{shown}");
    assert!(shown.contains("Enter adds 1 person"), "{shown}");
}

#[test]
fn a_file_may_be_read_the_other_way() {
    let mut import = import("What next?\n", None);
    assert!(show(&import, (80, 20)).contains("1 question"));
    assert_eq!(import.run(CommandId::NextPane), Outcome::Stay);
    assert!(show(&import, (80, 20)).contains("1 person"));
    assert_eq!(import.run(CommandId::Close), Outcome::Closed);
}

#[test]
fn a_backup_is_not_taken_and_says_how_it_is_restored() {
    let mut import = Import::backup("old.jsonl");
    assert!(show(&import, (80, 20)).contains("circlet restore old.jsonl"));
    assert_eq!(import.run(CommandId::Open), Outcome::Stay);
}

#[test]
fn it_draws_at_the_sizes_that_are_looked_at() {
    let text = HARD.join("\n");
    for size in SIZES {
        for mut import in [import(&text, None), import(ARTICLE, None), import("", None)] {
            show(&import, size);
            import.run(CommandId::End);
            show(&import, size);
        }
    }
}
