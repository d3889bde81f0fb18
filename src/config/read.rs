//! Reading `config.toml`, key by key, so that one wrong line costs only itself.

use std::ops::Range;
use std::path::PathBuf;

use toml_edit::{Document, Item, Key, Table};

use crate::command::keymap::{Override, Preset};
use crate::command::nearest::nearest;
use crate::command::table::Place;
use crate::config::{Bell, Config, Signs};
use crate::domain::room::RoomClock;
use crate::domain::when::Order;

/// Every key of the file, for "did you mean".
pub(super) const KEYS: [&str; 17] = [
    "me",
    "me_in",
    "theme",
    "background",
    "glyphs",
    "ambiguous_width",
    "bell",
    "room_clock",
    "mouse",
    "tips",
    "tips_shown",
    "export",
    "zone",
    "dates",
    "keyboard",
    "keys",
    "clicker",
];

/// The buttons of a clicker, and the commands that they stand for in the room view.
const BUTTONS: [(&str, &str); 3] = [
    ("next", "next-prompt"),
    ("previous", "previous-prompt"),
    ("blank", "blank"),
];

type Problems = Vec<(usize, String)>;

/// What the text sets, and what of it could not be used, with its line.
pub(super) fn read(text: &str) -> (Config, Problems) {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let line = line_of(text, error.span());
            let what = format!(
                "this is not TOML ({}); the defaults hold until the line is mended",
                error.message().replace('\n', ", ")
            );
            return (Config::default(), vec![(line, what)]);
        }
    };
    let mut reader = Reader {
        text,
        config: Config::default(),
        problems: Vec::new(),
    };
    for (name, item) in document.as_table() {
        let line = reader.line(document.as_table().key(name), item);
        reader.entry(name, item, line);
    }
    reader.config.keys.sort_by_key(|one| one.line);
    reader.problems.sort();
    (reader.config, reader.problems)
}

pub(super) fn line_of(text: &str, span: Option<Range<usize>>) -> usize {
    let start = span.map_or(0, |span| span.start).min(text.len());
    1 + text
        .bytes()
        .take(start)
        .filter(|byte| *byte == b'\n')
        .count()
}

struct Reader<'a> {
    text: &'a str,
    config: Config,
    problems: Problems,
}

impl Reader<'_> {
    fn line(&self, key: Option<&Key>, item: &Item) -> usize {
        line_of(self.text, key.and_then(Key::span).or_else(|| item.span()))
    }

    fn wrong(&mut self, line: usize, name: &str, wanted: &str) {
        self.problems.push((
            line,
            format!("\"{name}\" must be {wanted}; the default holds"),
        ));
    }

    fn entry(&mut self, name: &str, item: &Item, line: usize) {
        let config = &mut self.config;
        let (read, wanted) = match name {
            "me" => (put_text(item, &mut config.me), "a name in quotes"),
            "theme" => (
                item.as_str().map(|text| text.clone_into(&mut config.theme)),
                "the name of a theme in quotes, such as \"auto\"",
            ),
            "background" => (
                put_text(item, &mut config.background),
                "a colour such as \"#101010\"",
            ),
            "glyphs" => (
                one_of(item, &SIGNS, &mut config.signs),
                "\"auto\", \"unicode\" or \"ascii\"",
            ),
            "ambiguous_width" => (
                match item.as_integer() {
                    Some(cells @ (1 | 2)) => {
                        config.ambiguous_wide = cells == 2;
                        Some(())
                    }
                    _ => None,
                },
                "1 or 2",
            ),
            "bell" => (
                one_of(item, &BELLS, &mut config.bell),
                "\"off\", \"visual\" or \"on\"",
            ),
            "room_clock" => (
                one_of(item, &CLOCKS, &mut config.room_clock),
                "\"full\", \"minutes\" or \"hidden\"",
            ),
            "mouse" => (put_bool(item, &mut config.mouse), "true or false"),
            "tips" => (put_bool(item, &mut config.tips), "true or false"),
            "tips_shown" => (
                item.as_integer()
                    .and_then(|count| usize::try_from(count).ok())
                    .map(|count| {
                        config.tips_shown = count;
                    }),
                "a number",
            ),
            "export" => (
                item.as_str().filter(|text| !text.is_empty()).map(|text| {
                    config.export = Some(home_expanded(text));
                }),
                "a folder in quotes",
            ),
            "zone" => (
                item.as_str()
                    .and_then(|text| text.parse().ok())
                    .map(|zone| {
                        config.zone = Some(zone);
                    }),
                "a time zone such as \"Europe/Lisbon\"",
            ),
            "dates" => (
                one_of(item, &ORDERS, &mut config.dates),
                "\"day-month\" or \"month-day\"",
            ),
            "keyboard" => (
                item.as_str().and_then(Preset::named).map(|preset| {
                    config.keyboard = Some(preset);
                }),
                "\"default\", \"azerty\" or \"czech\"",
            ),
            "me_in" => (
                item.as_table_like().map(|stores| {
                    let names = stores.iter().filter_map(|(store, name)| {
                        Some((store.to_owned(), name.as_str()?.to_owned()))
                    });
                    config.me_in = names.collect();
                }),
                "a table of folders, each with a name in quotes",
            ),
            "keys" => return self.keys(item, line),
            "clicker" => return self.clicker(item, line),
            _ => return self.unknown(name, &KEYS, line),
        };
        if read.is_none() {
            self.wrong(line, name, wanted);
        }
    }

    fn unknown(&mut self, name: &str, known: &[&'static str], line: usize) {
        let what = match nearest(name, known.iter().copied()) {
            Some(close) => {
                format!("\"{name}\" is not known and is left out; did you mean \"{close}\"?")
            }
            None => format!(
                "\"{name}\" is not known and is left out; known are {}",
                known.join(", ")
            ),
        };
        self.problems.push((line, what));
    }

    fn keys(&mut self, item: &Item, line: usize) {
        let Some(table) = item.as_table() else {
            return self.wrong(line, "keys", "a table: [keys]");
        };
        for (name, item) in table {
            let place = Place::ALL
                .into_iter()
                .find(|place| place.name() == Some(name));
            match (place, item.as_table()) {
                (Some(place), Some(inner)) => {
                    for (name, item) in inner {
                        self.key(Some(place), name, (item, inner));
                    }
                }
                _ => self.key(None, name, (item, table)),
            }
        }
    }

    fn key(&mut self, place: Option<Place>, command: &str, (item, table): (&Item, &Table)) {
        let line = self.line(table.key(command), item);
        let all: Option<Vec<&str>> = match (item.as_str(), item.as_array()) {
            (Some(one), _) => Some(vec![one]),
            (None, Some(array)) if array.is_empty() => Some(vec![""]),
            (None, Some(array)) => array.iter().map(toml_edit::Value::as_str).collect(),
            (None, None) => None,
        };
        let Some(all) = all else {
            return self.wrong(
                line,
                command,
                "keys in quotes, such as \"Ctrl-N\" or [\">\", \"F5\"]",
            );
        };
        for keys in all {
            self.config.keys.push(Override {
                place,
                command: command.to_owned(),
                keys: keys.to_owned(),
                line,
            });
        }
    }

    /// A button is one more key in the room view; the usual ones stay unless another button sends them.
    fn clicker(&mut self, item: &Item, line: usize) {
        let Some(table) = item.as_table() else {
            return self.wrong(line, "clicker", "a table: [clicker]");
        };
        let sent: Vec<&str> = table.iter().filter_map(|(_, item)| item.as_str()).collect();
        for (name, item) in table {
            let line = self.line(table.key(name), item);
            let Some((_, command)) = BUTTONS.iter().find(|(button, _)| *button == name) else {
                let known = BUTTONS.map(|(button, _)| button);
                self.unknown(name, &known, line);
                continue;
            };
            let Some(keys) = item.as_str() else {
                self.wrong(line, name, "the key that the button sends, in quotes");
                continue;
            };
            self.config.keys.push(button(command, keys, line));
        }
        for (name, command) in BUTTONS {
            let usual = usual(command).into_iter();
            for keys in usual.filter(|keys| !sent.contains(keys)) {
                let line = table
                    .get(name)
                    .map_or(line, |item| self.line(table.key(name), item));
                self.config.keys.push(button(command, keys, line));
            }
        }
    }
}

fn button(command: &str, keys: &str, line: usize) -> Override {
    Override {
        place: Some(Place::Room),
        command: command.to_owned(),
        keys: keys.to_owned(),
        line,
    }
}

/// The usual keys of a command in the room view.
fn usual(command: &str) -> Vec<&'static str> {
    let spec = crate::command::table::named(command).map(crate::command::table::spec);
    let mut all = Vec::new();
    for binding in spec.into_iter().flat_map(|spec| spec.keys) {
        // The same keys may stand in several places.
        if !all.contains(&binding.keys) {
            all.push(binding.keys);
        }
    }
    all
}

fn put_text(item: &Item, slot: &mut Option<String>) -> Option<()> {
    let text = item.as_str()?;
    *slot = Some(text.to_owned()).filter(|text| !text.is_empty());
    Some(())
}

fn put_bool(item: &Item, slot: &mut bool) -> Option<()> {
    *slot = item.as_bool()?;
    Some(())
}

const SIGNS: [(&str, Signs); 3] = [
    ("auto", Signs::Auto),
    ("unicode", Signs::Unicode),
    ("ascii", Signs::Ascii),
];
const BELLS: [(&str, Bell); 3] = [
    ("off", Bell::Off),
    ("visual", Bell::Visual),
    ("on", Bell::On),
];
const CLOCKS: [(&str, RoomClock); 3] = [
    (RoomClock::Full.as_str(), RoomClock::Full),
    (RoomClock::Minutes.as_str(), RoomClock::Minutes),
    (RoomClock::Hidden.as_str(), RoomClock::Hidden),
];
const ORDERS: [(&str, Order); 2] = [
    ("day-month", Order::DayMonth),
    ("month-day", Order::MonthDay),
];

fn one_of<T: Copy>(item: &Item, known: &[(&str, T)], slot: &mut T) -> Option<()> {
    let text = item.as_str()?;
    let (_, value) = known.iter().find(|(name, _)| *name == text)?;
    *slot = *value;
    Some(())
}

/// `~/` at the beginning is the home folder.
fn home_expanded(text: &str) -> PathBuf {
    match (text.strip_prefix("~/"), etcetera::home_dir()) {
        (Some(rest), Ok(home)) => home.join(rest),
        _ => PathBuf::from(text),
    }
}

#[cfg(test)]
mod tests;
