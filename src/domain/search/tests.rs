use chrono_tz::UTC;
use uuid::Uuid;

use super::*;
use crate::domain::id::{ActionId, CircleId, MemberId, NoteId};
use crate::domain::item::{Action, Note, Origin, Owner};
use crate::domain::roster::{Label, Member};
use crate::domain::text::Clean;

static NOBODY: BTreeMap<MemberId, Clean> = BTreeMap::new();
const OPEN: Eyes<'static> = Eyes {
    masked: false,
    zone: UTC,
    people: &NOBODY,
};
const MASKED: Eyes<'static> = Eyes {
    masked: true,
    ..OPEN
};

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

fn key(kind: Kind) -> Key {
    Key::circle(CircleId(Uuid::from_u128(1)), kind, Uuid::from_u128(2))
}

fn action(text: &str, day: &str) -> Document {
    let origin = Origin::outside(at(&format!("{day}T15:00:00Z")));
    let mut action = Action::new(ActionId(Uuid::from_u128(2)), 14, Clean::line(text), origin);
    action.note = Some(Clean::line("Beside the point"));
    action.into()
}

fn find(words: &str, document: &Document, eyes: Eyes<'_>) -> Option<Hit> {
    Words::read(words).find(key(document.kind()), document, eyes)
}

#[test]
fn all_words_have_to_occur_without_case_and_accents_wherever_they_are() {
    let row = action("Send the résumé", "2026-03-12");
    assert_eq!(find("RESUME send", &row, OPEN).unwrap().label, "A14");
    let hit = find("a14 point", &row, OPEN).unwrap();
    assert_eq!(hit.beside, "Beside the point");
    assert_eq!(find("resume later", &row, OPEN), None);
    assert_eq!(find("  ", &row, OPEN), None, "no words find nothing");
}

#[test]
fn an_action_is_found_by_the_name_of_its_owner_unless_names_are_masked() {
    let tom = MemberId(Uuid::from_u128(7));
    let Document::Action(mut row) = action("Send the deck", "2026-03-12") else {
        unreachable!("it was just made");
    };
    row.owner = Owner::Member(tom);
    let row: Document = row.into();
    let people = BTreeMap::from([(tom, Clean::line("Tom Weiss"))]);
    let eyes = |masked| Eyes {
        masked,
        zone: UTC,
        people: &people,
    };
    let hit = find("tom deck", &row, eyes(false)).unwrap();
    assert_eq!(hit.beside, "Tom Weiss");
    assert_eq!(find("tom deck", &row, eyes(true)), None);
    assert_eq!(find("tom deck", &row, OPEN), None, "nobody is known");
}

#[test]
fn notes_are_hidden_and_people_are_initials_while_names_are_masked() {
    let origin = Origin::outside(at("2026-03-12T15:00:00Z"));
    let text = Clean::text("first line\nthe second has words");
    let note: Document = Note::new(NoteId(Uuid::from_u128(3)), 6, text, origin).into();
    assert_eq!(
        find("words", &note, OPEN).unwrap().text,
        "the second has words"
    );
    assert_eq!(find("words", &note, MASKED), None);
    let mut member = Member::new(
        MemberId(Uuid::from_u128(4)),
        Clean::line("Maria Okafor"),
        Label(1),
        at("2026-03-12T15:00:00Z"),
    );
    member.mail = Some(Clean::line("maria@example.org"));
    let member = member.into();
    assert_eq!(find("maria", &member, MASKED), None);
    assert_eq!(find("mo", &member, MASKED).unwrap().text, "MO");
    assert_eq!(find("okafor", &member, OPEN).unwrap().text, "Maria Okafor");
}

#[test]
fn the_newest_day_comes_first_and_within_a_day_what_fits_best() {
    let hits = [
        ("inside unsend", "2026-03-12"),
        ("send it", "2026-03-12"),
        ("send older", "2026-03-11"),
    ];
    let mut hits: Vec<Hit> = hits
        .into_iter()
        .map(|(text, day)| find("send", &action(text, day), OPEN).unwrap())
        .collect();
    hits.sort_by_cached_key(|hit| hit.place(UTC));
    let texts: Vec<&str> = hits.iter().map(|hit| hit.text.as_str()).collect();
    assert_eq!(texts, ["send it", "inside unsend", "send older"]);
}

#[test]
fn what_lies_in_the_trash_is_not_found() {
    let Document::Action(mut row) = action("Send deck", "2026-03-12") else {
        panic!("it is one");
    };
    row.trashed = Some(at("2026-03-12T16:00:00Z"));
    assert_eq!(find("deck", &row.into(), OPEN), None);
}

#[test]
fn a_sort_is_read_in_singular_and_plural() {
    assert_eq!("Actions".parse(), Ok(Sort::Action));
    assert_eq!("quote".parse(), Ok(Sort::Quote));
    assert!("thing".parse::<Sort>().unwrap_err().contains("session"));
}
