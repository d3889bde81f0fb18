use proptest::prelude::*;

use super::*;
use crate::domain::circle::CircleKind;
use crate::domain::clock::Moment;
use crate::domain::question::QuestionKind;
use crate::domain::roster::Role;
use crate::domain::when::Order;
use crate::tui::fixture_lists::{HARD, SIZES, dark, drawn, rhythm, templates};

fn here() -> Here {
    Here {
        now: Moment::parse("2026-03-12T09:00:00Z").unwrap(),
        zone: chrono_tz::UTC,
        order: Order::default(),
    }
}

fn form() -> NewCircleForm {
    NewCircleForm::new(templates())
}

fn typed(form: &mut NewCircleForm, text: &str) {
    for letter in text.chars() {
        form.key(Key::Char(letter), here());
    }
}

/// The form with all its lines filled in, on the last line.
fn filled() -> NewCircleForm {
    let mut form = form();
    for line in [
        "Ladder Up",
        "Maria, Jun <jun@mail.example>, Priya",
        "every 2 weeks thu 15:00 90m",
    ] {
        typed(&mut form, line);
        form.key(Key::Enter, here());
    }
    form
}

fn show(form: &NewCircleForm, (w, h): (u16, u16)) -> String {
    drawn(w, h, |area, buf| {
        form.draw(area, buf, &dark(), here());
    })
    .join("\n")
}

fn created(outcome: Outcome) -> Created {
    match outcome {
        Outcome::Create(created) => *created,
        other => panic!("{other:?}"),
    }
}

#[test]
fn four_lines_stand_beside_what_they_will_make() {
    insta::assert_snapshot!(show(&filled(), (120, 20)));
}

#[test]
fn four_lines_make_a_circle_with_its_first_session() {
    let mut form = filled();
    assert_eq!(form.key(Key::Enter, here()), Outcome::Stay);
    assert!(show(&form, (120, 20)).contains("? Which one is you?"));
    let created = created(form.key(Key::Char('2'), here()));
    assert_eq!(created.me, Some(1));
    let circle = created.circle;
    assert_eq!(circle.name.as_str(), "Ladder Up");
    assert_eq!(circle.people.len(), 3);
    assert_eq!(circle.people[1].mail.as_deref(), Some("jun@mail.example"));
    assert_eq!(circle.rhythm, Some(rhythm()));
    assert_eq!(circle.template.as_deref(), Some("classic"));
    let first = circle.first.unwrap();
    assert_eq!(first.start, Moment::parse("2026-03-12T15:00:00Z").unwrap());
    assert_eq!((first.minutes, first.blocks.len()), (90, 2));
    let kinds: Vec<_> = created
        .wanted
        .iter()
        .map(|want| (want.block, want.kind))
        .collect();
    let talk = (1, QuestionKind::Reflection);
    assert_eq!(kinds, [(0, QuestionKind::CheckIn), talk, talk]);
}

#[test]
fn a_name_is_enough() {
    let mut form = form();
    typed(&mut form, "Ladder Up");
    let created = created(form.key(Key::Ctrl('j'), here()));
    assert_eq!(created.me, None);
    assert_eq!(created.circle.first, None);
    assert!(created.wanted.is_empty());
}

#[test]
fn what_is_wrong_is_told_under_its_line_and_nothing_is_made() {
    let mut form = form();
    assert_eq!(form.key(Key::Ctrl('j'), here()), Outcome::Stay);
    assert!(show(&form, (80, 21)).contains("! a circle needs a name"));
    typed(&mut form, "Ladder Up");
    form.key(Key::Tab, here());
    form.key(Key::Tab, here());
    typed(&mut form, "every thu");
    assert_eq!(form.key(Key::Ctrl('j'), here()), Outcome::Stay);
    let shown = show(&form, (80, 21));
    assert!(
        shown.contains("! at what time? try \"every thu 15:00\""),
        "{shown}"
    );
}

#[test]
fn a_date_that_cannot_be_read_is_told_while_it_is_typed() {
    let mut form = form();
    form.key(Key::Tab, here());
    form.key(Key::Tab, here());
    typed(&mut form, "thu 25:00");
    for size in [(120, 20), (80, 21), (50, 12)] {
        let shown = show(&form, size);
        assert!(shown.contains("! \"25:00\" is no time of day"), "{shown}");
        assert!(!shown.contains("no date yet"), "{shown}");
    }
}

#[test]
fn a_number_stays_with_its_name_in_the_preview() {
    let mut form = form();
    form.key(Key::Tab, here());
    typed(&mut form, "Ana Lima, Bo Reed, Mia Hill, Cy Moss, Dee Park");
    for width in 100..130 {
        let shown = show(&form, (width, 20));
        assert!(shown.contains("4 Cy Moss"), "{shown}");
        assert!(shown.contains("5 Dee Park"), "{shown}");
    }
}

#[test]
fn an_empty_agenda_is_offered_once() {
    let form = NewCircleForm::new(crate::packs::templates());
    let shown = show(&form, (120, 24));
    assert_eq!(shown.matches("empty agenda").count(), 1, "{shown}");
    let last = shown.lines().rfind(|line| line.contains(" blocks"));
    assert!(last.unwrap().contains("Closing and celebration"), "{shown}");
}

#[test]
fn a_circle_that_starts_from_the_book_club_reads_books() {
    for (digit, kind) in [('1', CircleKind::Mentoring), ('3', CircleKind::BookClub)] {
        let mut form = NewCircleForm::new(crate::packs::templates());
        typed(&mut form, "Readers");
        for _ in 0..3 {
            form.key(Key::Tab, here());
        }
        form.key(Key::Char(digit), here());
        let circle = created(form.key(Key::Enter, here())).circle;
        assert_eq!(circle.kind, kind);
    }
}

#[test]
fn a_pasted_table_becomes_a_line_and_keeps_its_roles() {
    let mut form = form();
    typed(&mut form, "Ladder Up");
    form.key(Key::Enter, here());
    form.paste("name,mail,role\nSam Lee,sam@mail.example,facilitator\nJun,jun@mail.example,\n");
    assert_eq!(
        form.people.text(),
        "Sam Lee <sam@mail.example>, Jun <jun@mail.example>"
    );
    form.paste("\nAna\nBo\n");
    form.key(Key::Ctrl('j'), here());
    let circle = created(form.key(Key::Enter, here())).circle;
    let names: Vec<&str> = circle
        .people
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    assert_eq!(names, ["Sam Lee", "Jun", "Ana", "Bo"]);
    assert_eq!(circle.people[0].role, Role::Facilitator);
}

#[test]
fn esc_keeps_the_draft() {
    let mut form = filled();
    assert_eq!(form.key(Key::Esc, here()), Outcome::Closed);
    assert!(show(&form, (80, 21)).contains("Ladder Up, 3 people"));
}

#[test]
fn a_template_is_picked_by_number_and_the_last_is_an_empty_agenda() {
    let mut form = filled();
    form.key(Key::Char('3'), here());
    form.key(Key::Char('9'), here());
    form.key(Key::Enter, here());
    let circle = created(form.key(Key::Enter, here())).circle;
    assert_eq!(circle.template, None);
    assert_eq!(circle.first.map(|first| first.blocks.len()), Some(0));
}

#[test]
fn the_tenth_person_is_typed_as_on_live() {
    let names: Vec<String> = (1..=11).map(|n| format!("Person{n}")).collect();
    let mut form = form();
    typed(&mut form, "Big");
    form.key(Key::Enter, here());
    typed(&mut form, &names.join(", "));
    form.key(Key::Ctrl('j'), here());
    form.key(Key::Char('0'), here());
    assert_eq!(created(form.key(Key::Char('2'), here())).me, Some(10));
}

#[test]
fn a_refusal_is_told_in_the_form() {
    let mut form = filled();
    form.complain("there is a circle called Ladder Up already");
    assert!(show(&form, (80, 21)).contains("! there is a circle called Ladder Up already"));
}

#[test]
fn the_caret_stands_in_the_line_that_is_typed() {
    let mut form = form();
    typed(&mut form, "La");
    let mut at = None;
    drawn(120, 20, |area, buf| {
        at = form.draw(area, buf, &dark(), here());
    });
    let at = at.unwrap();
    assert_eq!(at.x, 16);
}

proptest! {
    #[test]
    fn it_draws_at_every_size_with_hard_names(w in 1u16..200, h in 1u16..50, steps in 0usize..8) {
        let mut form = form();
        form.paste(HARD[1]);
        form.key(Key::Enter, here());
        form.paste(&HARD.join("\n"));
        for _ in 0..steps {
            form.key(Key::Enter, here());
        }
        show(&form, (w, h));
    }
}

#[test]
fn it_draws_at_the_sizes_that_are_looked_at() {
    for size in SIZES {
        show(&filled(), size);
        show(&form(), size);
    }
}

#[test]
fn the_arrows_go_through_all_templates_and_the_hint_says_so() {
    let mut form = NewCircleForm::new(crate::packs::templates());
    for line in ["Ladder Up", "Maria", ""] {
        typed(&mut form, line);
        form.key(Key::Enter, here());
    }
    assert!(form.hints().iter().any(|hint| hint.key == "Up Down"));
    let last = form.templates.len();
    for _ in 0..last + 3 {
        form.key(Key::Down, here());
    }
    assert_eq!((form.row, form.start), (Row::Start, last));
    for _ in 0..last {
        form.key(Key::Up, here());
    }
    assert_eq!((form.row, form.start), (Row::Start, 0));
    form.key(Key::Up, here());
    assert_eq!(form.row, Row::Meets);
}

#[test]
fn on_the_smallest_screen_the_question_who_one_is_shows_the_numbers() {
    let mut form = filled();
    form.key(Key::Enter, here());
    let shown = show(&form, (40, 11));
    assert!(shown.contains("Enter for nobody"), "{shown}");
    assert!(shown.contains("1 Maria   2 Jun   3 Priya"), "{shown}");
    // As wide as most screens, where the preview has few rows.
    let shown = show(&form, (80, 22));
    assert!(shown.contains("1 Maria   2 Jun   3 Priya"), "{shown}");
}

#[test]
fn what_may_be_typed_is_shown_as_far_as_there_is_room() {
    let mut form = filled();
    form.meets = Field::default();
    form.row = Row::Meets;
    let small = show(&form, (40, 11));
    assert!(
        small.contains("every 2 weeks thu 15:00") && !small.contains("90m"),
        "{small}"
    );
    assert!(show(&form, (80, 22)).contains("for example every 2 weeks thu 15:00 90m"));
}

#[test]
fn a_draft_reads_back_as_the_form_that_it_was() {
    let left = filled();
    let again = form().with_draft(&left.draft_text());
    assert!(!left.draft_text().is_empty());
    assert_eq!(again.draft_text(), left.draft_text());
    assert_eq!(form().draft_text(), "");
    assert_eq!(form().with_draft("no draft").draft_text(), "");
}

#[test]
fn on_the_smallest_screen_the_date_that_was_understood_is_shown() {
    let shown = show(&filled(), (40, 11));
    assert!(shown.contains("first: Thu 12 Mar 2026 15:00"), "{shown}");
}
