//! Laws of the whole front-end: nothing a hand or a window can do makes it fail, and what is shown is what was
//! saved.

use proptest::prelude::*;

use crate::command::key::Key;
use crate::domain::document::Document;
use crate::domain::pairing::Groups;
use crate::store::Read as _;
use crate::testing::{Begin, Driven as _, Harness, Seat, parse_keys};

/// What has to be pressed to get to each screen and overlay.
const SCENES: [&str; 24] = [
    "",
    "g h",
    "g a",
    "g r",
    "g s",
    "g t",
    "v",
    "w w",
    "z",
    "?",
    ":",
    "a Send deck @maria due fri #feedback",
    "a Send @zoe<enter>",
    "i",
    "s q",
    "o",
    "t",
    "g a Enter",
    "g a Tab",
    "g s Tab",
    "g t Tab",
    ": erase<enter>",
    ": new-circle<enter>",
    ": theme<enter>",
];

const HANDS: &str = "abcdefghijklmnopqrstuvwxyzACGJKNRUY0123456789.,<>+-=/?:*# ";

fn key() -> impl Strategy<Value = Key> {
    let letters: Vec<char> = HANDS.chars().collect();
    prop_oneof![
        12 => prop::sample::select(letters).prop_map(Key::Char),
        2 => Just(Key::Enter),
        3 => Just(Key::Esc),
        1 => prop::sample::select(vec![
            Key::Tab, Key::BackTab, Key::Backspace, Key::Delete, Key::Up, Key::Down, Key::Left,
            Key::Right, Key::Home, Key::End, Key::PageUp, Key::PageDown, Key::Ctrl('c'),
            Key::Ctrl('j'), Key::Ctrl('u'), Key::Ctrl('z'), Key::Ctrl('l'), Key::F(1),
        ]),
    ]
}

/// Presses keys one by one; a script may mix keys and text.
fn go(mut harness: Harness<Seat>, scene: &str) -> Harness<Seat> {
    match scene.split_once(' ') {
        Some((first, rest)) if matches!(first, ":" | "a") => {
            harness = harness.keys(first);
            harness.keys(rest)
        }
        _ if scene.is_empty() => harness,
        _ => harness.keys(scene),
    }
}

/// Every document that the shell sees is the one that snapshot and journal give.
fn assert_saved(seat: &mut Seat) -> Result<(), TestCaseError> {
    seat.settle();
    let rebuilt = crate::store::read_only(&seat.folder().join("store"));
    let rebuilt = rebuilt.map_err(|error| TestCaseError::fail(error.to_string()))?;
    for (key, document) in seat.state().documents() {
        let stored = rebuilt.get(key).unwrap();
        let stored = stored.map(|stored| Document::from_body(key, &stored.body).unwrap());
        prop_assert_eq!(stored.as_ref(), Some(document), "{}", key);
    }
    let counted = seat.state().running().is_some();
    let running = rebuilt_is_running(seat, &rebuilt);
    prop_assert_eq!(counted, running);
    Ok(())
}

/// Whether a session runs in what was rebuilt, in any circle that there is.
fn rebuilt_is_running(seat: &Seat, rebuilt: &crate::store::Memory) -> bool {
    use crate::domain::id::{Kind, Space};
    seat.state().circles().any(|circle| {
        let space = Space::Circle(circle.id);
        !rebuilt
            .scan(space, Kind::Live, None, 1)
            .unwrap()
            .rows
            .is_empty()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn every_screen_draws_at_every_size(
        scene in prop::sample::select(SCENES.to_vec()),
        sizes in prop::collection::vec((0u16..130, 0u16..45), 8),
        (hard, masked) in any::<(bool, bool)>(),
    ) {
        let begin = if hard { Begin::HardDemo } else { Begin::Demo };
        let mut harness = Harness::new(Seat::new(begin, false));
        if masked {
            harness = harness.keys("m");
        }
        let mut harness = go(harness, scene);
        for (width, height) in sizes {
            harness.resize(width, height);
            let drawn = harness.buffer();
            prop_assert_eq!((drawn.area.width, drawn.area.height), (width, height));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_pressed_the_state_is_what_was_saved(
        keys in prop::collection::vec(key(), 200),
        demo in prop::bool::weighted(0.8),
    ) {
        let begin = if demo { Begin::Demo } else { Begin::Empty };
        let mut seat = Seat::new(begin, true);
        for (at, key) in keys.into_iter().enumerate() {
            seat.key(key);
            if at % 3 == 0 {
                seat.settle();
            }
        }
        let mut harness = Harness::new(seat);
        prop_assert!(!harness.screen().is_empty());
        if harness.driven().state().circles().next().is_some() {
            assert_saved(harness.driven())?;
        }
    }

    #[test]
    fn the_room_view_never_shows_a_note_nor_a_name_beside_those_of_a_round(
        keys in prop::collection::vec(key(), 40),
        (width, height) in (20u16..130, 5u16..45),
    ) {
        let mut harness = Harness::demo();
        let secrets: Vec<String> = secrets(harness.driven());
        for key in keys {
            harness.driven().key(key);
            harness.driven().settle();
        }
        // Whatever has the keyboard is closed, then the room looks on.
        for key in parse_keys("Esc Esc Esc Esc") {
            harness.driven().key(key);
            harness.driven().settle();
        }
        harness.driven().show_room();
        harness.resize(width, height);
        let screen = harness.screen();
        let called = called(harness.driven());
        for secret in secrets.iter().filter(|secret| !called.contains(secret)) {
            prop_assert!(!screen.contains(secret.as_str()), "{} in\n{}", secret, screen);
        }
    }
}

/// The first names of those whom the room is told: who speaks now in a round and who comes then, and who is
/// in which group.
fn called(seat: &Seat) -> Vec<String> {
    let state = seat.state();
    let round = seat
        .floor()
        .and_then(crate::domain::floor::Floor::open_round);
    let shown = round
        .into_iter()
        .flat_map(|round| round.now.into_iter().chain(round.next()));
    let groups = state
        .running()
        .into_iter()
        .flat_map(|(circle, session, _)| {
            let of_today = move |out: &&Groups| out.session == session.id;
            state.break_outs(circle).filter(of_today)
        });
    let grouped = groups.flat_map(|out| out.groups.iter().flat_map(|group| group.members.clone()));
    let members = shown.chain(grouped).filter_map(|id| {
        let circle = state.running()?.0;
        state.member(circle, id)
    });
    members
        .filter_map(|member| member.name.split_whitespace().next().map(str::to_owned))
        .collect()
}

/// First names and the words of notes, actions and parked items.
fn secrets(seat: &Seat) -> Vec<String> {
    let state = seat.state();
    let mut secrets = Vec::new();
    for (_, document) in state.documents() {
        match document {
            Document::Member(member) => {
                secrets.extend(member.name.split_whitespace().next().map(str::to_owned));
            }
            Document::Note(note) => secrets.push(note.text.to_string()),
            Document::Action(action) => secrets.push(action.text.to_string()),
            Document::Parked(parked) => secrets.push(parked.text.to_string()),
            _ => {}
        }
    }
    secrets
}
