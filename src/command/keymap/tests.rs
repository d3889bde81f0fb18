use proptest::prelude::*;

use super::pattern::Pattern;
use super::*;
use crate::command::key::sequence;
use crate::command::table::{Binding, SPECS, spec};

fn keys(text: &str) -> Vec<Key> {
    text.split(' ').map(|key| key.parse().unwrap()).collect()
}

fn run(map: &Keymap, place: Place, text: &str) -> Option<(CommandId, Arg)> {
    match map.find(place, &keys(text)) {
        Found::Run(id, arg) => Some((id, arg)),
        Found::Wait(_) | Found::Nothing => None,
    }
}

fn plain(map: &Keymap, place: Place, text: &str) -> Option<CommandId> {
    run(map, place, text).map(|(id, _)| id)
}

fn change(command: &str, keys: &str, line: usize) -> Override {
    Override {
        place: None,
        command: command.to_owned(),
        keys: keys.to_owned(),
        line,
    }
}

fn with(overrides: &[Override]) -> (Keymap, Vec<KeyComplaint>) {
    Keymap::new(Preset::Default, overrides)
}

#[test]
fn no_default_key_equals_or_begins_another_in_its_place() {
    for place in Place::ALL {
        let rows: Vec<(CommandId, &Binding)> = SPECS
            .iter()
            .flat_map(|row| row.keys.iter().map(move |binding| (row.id, binding)))
            .filter(|(_, binding)| binding.place == place)
            .collect();
        let mut trie = Trie::new();
        for (id, binding) in rows {
            let pattern = Pattern::of_registry(binding.keys).unwrap();
            assert_eq!(
                trie.insert(id, &pattern),
                Ok(()),
                "{} in {place:?}",
                binding.keys
            );
        }
    }
}

#[test]
fn every_key_of_the_registry_runs_its_command() {
    let map = Keymap::default();
    for row in SPECS {
        for binding in row.keys {
            for (keys, arg) in Pattern::of_registry(binding.keys).unwrap().sequences() {
                let found = map.find(binding.place, &keys);
                assert_eq!(found, Found::Run(row.id, arg), "{}", sequence(&keys));
            }
        }
    }
}

#[test]
fn every_row_for_the_room_view_has_a_key_there() {
    let map = Keymap::default();
    for row in SPECS {
        assert_eq!(
            map.keys_of(Place::Room, row.id).is_some(),
            row.room,
            "{}",
            row.title
        );
    }
}

#[test]
fn digits_name_people_on_live_and_rows_elsewhere() {
    let map = Keymap::default();
    let person = |text| run(&map, Place::Live, text);
    assert_eq!(person("3"), Some((CommandId::Pick, Arg::Number(3))));
    assert_eq!(person("0 4"), Some((CommandId::Pick, Arg::Number(13))));
    assert_eq!(person("0 0"), Some((CommandId::Nobody, Arg::None)));
    assert_eq!(person("r 0 9"), Some((CommandId::Hand, Arg::Number(18))));
    assert_eq!(person("R 2"), Some((CommandId::HandDirect, Arg::Number(2))));
    assert_eq!(person("s 1"), Some((CommandId::Attend, Arg::Number(1))));
    assert_eq!(person("s q"), Some((CommandId::PickQuestion, Arg::None)));
    assert_eq!(person("r 0 0"), None);
    assert_eq!(
        run(&map, Place::Anywhere, "9"),
        Some((CommandId::Pick, Arg::Number(9)))
    );
    assert_eq!(map.find(Place::Anywhere, &keys("0")), Found::Nothing);
}

#[test]
fn live_falls_back_to_the_keys_of_every_screen_except_those_that_leave_it() {
    let map = Keymap::default();
    assert_eq!(plain(&map, Place::Live, "x"), Some(CommandId::Remove));
    assert_eq!(
        plain(&map, Place::Live, "w m"),
        Some(CommandId::WriteMarkdown)
    );
    assert_eq!(plain(&map, Place::Live, "w w"), Some(CommandId::WrapUp));
    assert_eq!(
        plain(&map, Place::Live, "Space"),
        Some(CommandId::StartPause)
    );
    assert_eq!(plain(&map, Place::Live, "a"), Some(CommandId::AddAction));
    for absent in ["q", "A", "T", "E"] {
        assert_eq!(
            map.find(Place::Live, &keys(absent)),
            Found::Nothing,
            "{absent}"
        );
    }
    assert_eq!(plain(&map, Place::Ready, "q"), Some(CommandId::Quit));
    assert_eq!(
        plain(&map, Place::Ready, "Space"),
        Some(CommandId::StartPause)
    );
    assert_eq!(plain(&map, Place::Anywhere, "Space"), Some(CommandId::Mark));
    assert_eq!(plain(&map, Place::Anywhere, "s"), Some(CommandId::Sort));
}

#[test]
fn the_room_view_answers_to_what_runs_the_session_and_to_a_clicker() {
    let map = Keymap::default();
    assert_eq!(
        plain(&map, Place::Room, "PgDn"),
        Some(CommandId::NextPrompt)
    );
    assert_eq!(plain(&map, Place::Room, "v"), Some(CommandId::RoomView));
    assert_eq!(plain(&map, Place::Room, "u"), Some(CommandId::Undo));
    for absent in ["c", "m", "z", "Tab", "g", "Esc", "q", "Q", "x"] {
        assert_eq!(
            map.find(Place::Room, &keys(absent)),
            Found::Nothing,
            "{absent}"
        );
    }
}

#[test]
fn a_prefix_waits_and_tells_what_may_follow() {
    let map = Keymap::default();
    let Found::Wait(next) = map.find(Place::Live, &keys("g")) else {
        panic!("g waits");
    };
    let home = next.iter().find(|row| row.key == Key::Char('h')).unwrap();
    assert_eq!(home.title, "Home");
    assert_eq!(home.run, Some((CommandId::GoHome, Arg::None)));
    let Found::Wait(people) = map.find(Place::Live, &keys("r")) else {
        panic!("r waits");
    };
    assert_eq!(people.len(), 10);
    let zero = people.last().unwrap();
    assert_eq!((zero.key, zero.run.clone()), (Key::Char('0'), None));
    assert!(matches!(map.find(Place::Live, &[]), Found::Wait(_)));
}

#[test]
fn hints_show_the_key_in_force() {
    let (map, complaints) = with(&[change("next", "Ctrl-N", 3), change("hand", "H", 4)]);
    assert_eq!(complaints, []);
    assert_eq!(
        map.keys_of(Place::Live, CommandId::Next).as_deref(),
        Some("Ctrl-N")
    );
    assert_eq!(
        map.keys_of(Place::Room, CommandId::Next).as_deref(),
        Some("Ctrl-N")
    );
    assert_eq!(map.find(Place::Live, &keys(">")), Found::Nothing);
    assert_eq!(
        run(&map, Place::Live, "H 0 1"),
        Some((CommandId::Hand, Arg::Number(10)))
    );
    assert_eq!(
        map.keys_of(Place::Live, CommandId::Hand).as_deref(),
        Some("H 1-9")
    );
    assert_eq!(map.keys_of(Place::Live, CommandId::Quit), None);
    assert_eq!(map.all_keys_of(Place::Live, CommandId::Longer), ["+", "="]);
}

#[test]
fn two_commands_may_swap_their_keys() {
    let (map, complaints) = with(&[change("undo", "x", 1), change("remove", "u", 2)]);
    assert_eq!(complaints, []);
    assert_eq!(plain(&map, Place::Live, "x"), Some(CommandId::Undo));
    assert_eq!(plain(&map, Place::Anywhere, "u"), Some(CommandId::Remove));
}

#[test]
fn a_clash_is_told_with_its_line_and_the_default_stays() {
    let (map, complaints) = with(&[change("undo", "g", 7)]);
    assert_eq!(plain(&map, Place::Anywhere, "u"), Some(CommandId::Undo));
    assert_eq!(complaints.len(), 1);
    assert_eq!(complaints[0].line, 7);
    assert!(
        complaints[0].what.contains("\"top\""),
        "{}",
        complaints[0].what
    );

    let (map, complaints) = with(&[change("floor-next", "m", 8)]);
    assert_eq!(plain(&map, Place::Live, "f"), Some(CommandId::FloorNext));
    assert!(
        complaints[0].what.contains("\"mask\""),
        "{}",
        complaints[0].what
    );
}

#[test]
fn a_moved_key_that_is_hidden_on_live_is_told() {
    let (map, complaints) = with(&[change("copy", "f", 5)]);
    assert_eq!(plain(&map, Place::Anywhere, "f"), Some(CommandId::Copy));
    assert_eq!(plain(&map, Place::Live, "f"), Some(CommandId::FloorNext));
    assert!(complaints.iter().all(|complaint| complaint.line == 5));
    assert!(
        complaints[0].what.contains("[keys.live]"),
        "{}",
        complaints[0].what
    );
}

#[test]
fn keys_that_cannot_be_used_are_told() {
    for (command, keys, says) in [
        ("undoo", "x", "did you mean \"undo\""),
        ("zzzzzz", "x", "circlet keys"),
        ("undo", "Hyper-x", "is no key"),
        ("undo", "5", "picks a person"),
        ("undo", "Ctrl-I", "cannot tell"),
        ("pick", "x", "digits"),
    ] {
        let (map, complaints) = with(&[change(command, keys, 2)]);
        assert!(complaints[0].what.contains(says), "{}", complaints[0].what);
        assert_eq!(plain(&map, Place::Anywhere, "u"), Some(CommandId::Undo));
    }
}

#[test]
fn keys_can_be_taken_away_and_given_to_a_command_without_any() {
    let (map, complaints) = with(&[change("quit-now", "", 1), change("doctor", "F9", 2)]);
    assert_eq!(complaints, []);
    assert_eq!(map.keys_of(Place::Anywhere, CommandId::QuitNow), None);
    assert_eq!(plain(&map, Place::Live, "F9"), Some(CommandId::Doctor));
}

#[test]
fn the_digit_row_of_other_keyboards_means_digits() {
    let (azerty, _) = Keymap::new(Preset::Azerty, &[]);
    assert_eq!(
        run(&azerty, Place::Live, "é"),
        Some((CommandId::Pick, Arg::Number(2)))
    );
    assert_eq!(
        run(&azerty, Place::Live, "à -"),
        Some((CommandId::Pick, Arg::Number(15)))
    );
    assert_eq!(plain(&azerty, Place::Live, ")"), Some(CommandId::Shorter));
    assert_eq!(
        azerty.keys_of(Place::Live, CommandId::Shorter).as_deref(),
        Some(")")
    );
    let (czech, _) = Keymap::new(Preset::Czech, &[]);
    assert_eq!(
        run(&czech, Place::Live, "+"),
        Some((CommandId::Pick, Arg::Number(1)))
    );
    assert_eq!(czech.all_keys_of(Place::Live, CommandId::Longer), ["="]);
    for preset in Preset::ALL {
        let (map, complaints) = Keymap::new(preset, &[]);
        assert_eq!(complaints, []);
        for row in SPECS.iter().filter(|row| !row.palette_only) {
            let reachable = Place::ALL
                .into_iter()
                .any(|place| map.keys_of(place, row.id).is_some());
            assert!(reachable, "{} with {}", row.title, preset.name());
        }
    }
}

#[test]
fn layouts_without_latin_letters_still_give_commands() {
    let map = Keymap::default();
    for (typed, means) in [
        ("г", CommandId::Undo),
        ("Г", CommandId::Redo),
        ("п р", CommandId::GoHome),
        ("υ", CommandId::Copy),
        ("ㅕ", CommandId::Undo),
        ("ו", CommandId::Undo),
        ("ع", CommandId::Undo),
        ("？", CommandId::Help),
        ("Ｕ", CommandId::Redo),
    ] {
        let means = if typed == "υ" {
            CommandId::Copy
        } else {
            means
        };
        assert_eq!(plain(&map, Place::Anywhere, typed), Some(means), "{typed}");
    }
    assert_eq!(
        run(&map, Place::Live, "٣"),
        Some((CommandId::Pick, Arg::Number(3)))
    );
}

#[test]
fn a_clicker_button_can_be_given_its_own_meaning_in_the_room_view() {
    let room = |command: &str, keys: &str| Override {
        place: Some(Place::Room),
        ..change(command, keys, 1)
    };
    let (map, complaints) = with(&[
        room("blank", "."),
        room("next-prompt", "PgDn"),
        room("next-prompt", "F5"),
    ]);
    assert_eq!(complaints, []);
    assert_eq!(plain(&map, Place::Room, "."), Some(CommandId::Blank));
    assert_eq!(plain(&map, Place::Room, "F5"), Some(CommandId::NextPrompt));
    assert_eq!(plain(&map, Place::Live, "."), Some(CommandId::NextPrompt));
}

fn any_override() -> impl Strategy<Value = Override> {
    let command = prop_oneof![
        prop::sample::select(CommandId::ALL).prop_map(|id| id.as_str().to_owned()),
        "[a-z-]{0,12}",
    ];
    let place = prop::option::of(prop::sample::select(&Place::ALL[..]));
    let keys = prop_oneof![
        "[a-zA-Z.,<>+=-]( [a-z])?",
        prop::sample::select(vec!["", "Ctrl-X", "F5", "g h", "w w w", "1", "Enter", "é"])
            .prop_map(str::to_owned),
    ];
    (place, command, keys, 1usize..40).prop_map(|(place, command, keys, line)| Override {
        place,
        command,
        keys,
        line,
    })
}

proptest! {
    #[test]
    fn any_configuration_gives_a_map_in_which_help_can_be_found(
        overrides in prop::collection::vec(any_override(), 0..8),
        preset in prop::sample::select(&Preset::ALL[..]),
    ) {
        let (map, _) = Keymap::new(preset, &overrides);
        let moved = overrides.iter().any(|one| one.command == spec(CommandId::Help).id.as_str());
        if !moved {
            prop_assert!(map.keys_of(Place::Live, CommandId::Help).is_some());
            prop_assert!(map.keys_of(Place::Anywhere, CommandId::Help).is_some());
        }
    }

    #[test]
    fn any_keys_are_a_command_a_beginning_or_nothing(text in "\\PC{0,4}", place in prop::sample::select(&Place::ALL[..])) {
        let keys: Vec<Key> = text.chars().map(Key::Char).collect();
        let map = Keymap::default();
        if let Found::Wait(next) = map.find(place, &keys) {
            prop_assert!(!next.is_empty());
        }
    }
}
