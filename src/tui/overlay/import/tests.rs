use super::*;
use crate::domain::intake::{Intake, Setting};
use crate::domain::item::{Due, Owner};
use crate::exchange::input::Input;
use crate::exchange::tasks::{self as exchange_tasks, Around};
use crate::exchange::{questions, roster};
use crate::tui::fixture_lists::{HARD, SIZES, World, dark, day, drawn};

const ARTICLE: &str =
    "# Notes\n\nSome words.\n\n## Questions\n\n- What did you learn?\n- Who helped you?\n";

fn import(text: &str, into: Option<Into>) -> Import {
    let people = roster::parse(text, None);
    let questions = questions::parse(text, None, &|_| false);
    Import::new("notes.md", people, questions, into)
}

fn ladder(world: &World) -> Into {
    Into {
        circle: world.circle,
        name: "Ladder Up".to_owned(),
        members: vec!["Jun Tanaka".to_owned()],
    }
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
    let mut import = import(
        "Jun Tanaka\nAna\nBo <bo@mail.example>\n",
        Some(ladder(&world)),
    );
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
        Some(ladder(&world)),
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
    assert!(show(&import, (80, 20)).contains("reads like a sentence"));
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

/// A file of actions, held against a world in which the first is known and still open.
fn of_actions(world: &mut World, text: &str) -> Import {
    let tom = world.people[4];
    world.action(
        40,
        "Send deck",
        Owner::Member(tom),
        Due::On(day("2026-03-27")),
    );
    let around = Around {
        seen: world.view().seen(),
        zone: chrono_tz::UTC,
    };
    let input = Input {
        name: "todo.txt".to_owned(),
        format: None,
        text: text.to_owned(),
        notes: Vec::new(),
    };
    let taken = exchange_tasks::take(&input, None, around);
    let state = &world.view().state;
    let here: Vec<_> = state
        .actions(world.circle)
        .map(|action| (world.circle, action.clone()))
        .collect();
    let intake = Intake::of(
        &taken.rows,
        Setting {
            state,
            now: world.now,
            zone: chrono_tz::UTC,
            circle: world.circle,
            owner: None,
            me: None,
            here: &here,
        },
    );
    Import::actions("todo.txt", Tasks::new(taken, intake, &world.view()))
}

const TODO: &str = "Send deck due:2026-03-27\nx Send deck due:2026-03-27 @Tom\n(A) Call back due:2026-04-30 @Zoe\n\
                    Ask due:31/2\n";

#[test]
fn actions_are_told_apart_by_what_is_here() {
    for size in [(120, 36), (80, 24)] {
        let mut world = World::new();
        let mut import = of_actions(&mut world, TODO);
        let shown = show(&import, size);
        for words in [
            "todo.txt: 2 actions",
            "2 new, 0 here already, 1 different",
            "! todo.txt:4: \"31/2\" is no date",
            "todo.txt:3: nobody here is called Zoe",
            "Call back @Zoe  nobody  Thu 30 Apr,",
        ] {
            assert!(shown.contains(words), "{words}:\n{shown}");
        }
        import.run(CommandId::NextPane);
        let Outcome::Take(command) = import.run(CommandId::Open) else {
            panic!("nothing was taken")
        };
        let Command::TakeActions { rows, source } = *command else {
            panic!("{command:?}")
        };
        assert_eq!((rows.len(), source.as_str()), (3, "todo.txt"));
        assert!(rows[2].known.is_some());
    }
}

#[test]
fn a_preview_of_actions_is_drawn_at_every_size() {
    let text = HARD
        .map(|name| format!("{name} @{name} due:2026-03-27"))
        .join("\n");
    for size in SIZES {
        let mut import = of_actions(&mut World::new(), &text);
        show(&import, size);
        import.run(CommandId::End);
        show(&import, size);
    }
}
