use super::*;
use crate::command::id::{Arg, CommandId};
use crate::command::keymap::{Found, Keymap};

#[test]
fn everything_can_be_set() {
    let text = r##"
me = "Ana Lima"
theme = "high-contrast"
background = "#101010"
glyphs = "ascii"
ambiguous_width = 2
bell = "on"
mouse = false
tips = false
export = "/srv/minutes"
zone = "Europe/Lisbon"
dates = "month-day"
keyboard = "azerty"

[keys]
next = ["F5", "F6"]
quit-now = []

[keys.room]
blank = "B"
"##;
    let (config, problems) = read(text);
    assert_eq!(problems, []);
    assert_eq!(config.me.as_deref(), Some("Ana Lima"));
    assert_eq!(config.signs, Signs::Ascii);
    assert!(config.ambiguous_wide && !config.mouse && !config.tips);
    assert_eq!(config.bell, Bell::On);
    assert_eq!(config.zone, Some(chrono_tz::Europe::Lisbon));
    assert_eq!(config.dates, Order::MonthDay);
    assert_eq!(config.keyboard, Some(Preset::Azerty));
    assert_eq!(config.keys.len(), 4);
    assert_eq!((config.keys[0].line, config.keys[3].line), (16, 20));
    assert_eq!(config.keys[3].place, Some(Place::Room));
}

#[test]
fn a_wrong_line_costs_only_itself() {
    let text = "theem = \"dark\"\ntips = 3\nme = \"Jun\"\nzone = \"Mars/Base\"\n[keys]\nundo = 7\n";
    let (config, problems) = read(text);
    assert_eq!(config.me.as_deref(), Some("Jun"));
    let lines: Vec<usize> = problems.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [1, 2, 4, 6]);
    assert!(problems[0].1.contains("did you mean \"theme\""));
    assert!(problems[1].1.contains("true or false"));
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    let (config, problems) = read("me = \"Jun\"\ntheme = = 2\n");
    assert_eq!(config, Config::default());
    assert_eq!(problems[0].0, 2);
}

#[test]
fn the_buttons_of_a_clicker_are_keys_in_the_room_view() {
    let (config, problems) = read("[clicker]\nnext = \"PgDn\"\nblank = \".\"\n");
    assert_eq!(problems, []);
    let (map, complaints) = Keymap::new(Preset::Default, &config.keys);
    assert_eq!(complaints, []);
    let find = |key: &str| map.find(Place::Room, &[key.parse().unwrap()]);
    assert_eq!(find("."), Found::Run(CommandId::Blank, Arg::None));
    assert_eq!(find("b"), Found::Run(CommandId::Blank, Arg::None));
    assert_eq!(find("PgDn"), Found::Run(CommandId::NextPrompt, Arg::None));
    assert_eq!(find(","), Found::Run(CommandId::PreviousPrompt, Arg::None));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,200}|([a-z_]{1,9} = [a-z0-9\"\\[\\]]{0,9}\n){0,6}") {
        let (_, problems) = read(&text);
        let lines = text.lines().count().max(1);
        for (line, what) in problems {
            proptest::prop_assert!(line >= 1 && line <= lines + 1 && !what.is_empty());
        }
    }
}
