//! Which room of the house may name which: every `crate::` path of the sources against an allow-list, and the few
//! libraries that belong to one place.

use std::fs;
use std::path::{Path, PathBuf};

/// A room and the rooms that it may name beside itself.
const ROOMS: [(&str, &[&str]); 11] = [
    ("domain", &[]),
    ("theme", &[]),
    ("command", &["domain"]),
    ("store", &["domain"]),
    ("exchange", &["domain"]),
    ("packs", &["domain"]),
    ("config", &["command", "domain"]),
    (
        "engine",
        &["command", "store", "domain", "exchange", "packs", "config"],
    ),
    (
        "tui",
        &[
            "engine", "command", "domain", "theme", "exchange", "packs", "config",
        ],
    ),
    (
        "cli",
        &[
            "engine", "command", "domain", "theme", "exchange", "packs", "config", "tui",
        ],
    ),
    // Stories are played against the whole house but the command line.
    (
        "testing",
        &[
            "store", "engine", "command", "domain", "theme", "exchange", "packs", "config", "tui",
        ],
    ),
];

/// A library and the only places that may name it.
const LIBRARIES: [(&str, &[&str]); 5] = [
    ("sled", &["src/store/sled"]),
    ("KeyCode", &["src/tui/input"]),
    (
        "crossterm",
        &[
            "src/tui/input",
            "src/tui/terminal",
            "src/tui/app",
            "src/tui/start",
            "src/tui/present",
        ],
    ),
    (
        "tokio",
        &[
            "src/engine",
            "src/main",
            "src/cli",
            "src/testing",
            "src/tui/app",
            "src/tui/start",
            "src/tui/present",
        ],
    ),
    (
        "tokio_stream",
        &[
            "src/engine",
            "src/main",
            "src/tui/app",
            "src/tui/start",
            "src/tui/present",
            "src/tui/terminal/events",
        ],
    ),
];

/// The sources, by their path in the repository.
#[expect(
    clippy::unwrap_used,
    reason = "a source that cannot be read fails the test"
)]
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap();
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name: PathBuf = path.strip_prefix(root).unwrap().into();
                files.push((
                    name.to_str().unwrap().to_owned(),
                    fs::read_to_string(&path).unwrap(),
                ));
            }
        }
    }
    files.sort();
    files
}

/// The code of each line, without what is commented out, with its number.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).map(|(number, line)| {
        let code = line.split_once("//").map_or(line, |(code, _)| code);
        (number, code)
    })
}

/// The room of a file; none for the two files that put the house together.
fn room(file: &str) -> Option<&'static str> {
    let name = file.strip_prefix("src/")?.split(['/', '.']).next()?;
    ROOMS
        .iter()
        .map(|(room, _)| *room)
        .find(|room| *room == name)
}

/// The paths behind each `crate::` of a line, up to what is no path.
fn named(line: &str) -> Vec<&str> {
    line.match_indices("crate::")
        .filter_map(|(at, found)| {
            let before = line.get(..at)?.chars().next_back();
            // `some_crate::` is another crate, `pub(crate)` has no colons.
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '$') {
                return None;
            }
            let rest = line.get(at + found.len()..)?;
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
                .unwrap_or(rest.len());
            rest.get(..end)
        })
        .collect()
}

/// Whether a line names a library: as a path or in a `use`, not as the end of a path of ours.
fn names_library(line: &str, library: &str) -> bool {
    line.match_indices(library).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + library.len()..).unwrap_or_default();
        let starts =
            !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '"' | '/'));
        let used = line.trim_start().starts_with("use ") && after.starts_with([';', ' ']);
        starts && (after.starts_with("::") || used)
    })
}

#[test]
fn no_room_names_a_room_that_it_may_not_know() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (file, text) in sources() {
        let Some(room) = room(&file) else { continue };
        let (_, may) = ROOMS.iter().find(|(name, _)| *name == room).unwrap();
        for (number, line) in code(&text) {
            for path in named(line) {
                seen += 1;
                let other = path.split(':').next().unwrap();
                let known = ROOMS.iter().any(|(name, _)| *name == other);
                if path.is_empty() {
                    wrong.push(format!(
                        "{file}:{number}: name one room a line, not crate::{{..}}"
                    ));
                } else if known && other != room && !may.contains(&other) {
                    wrong.push(format!("{file}:{number}: {room} may not name {path}"));
                }
            }
        }
    }
    assert!(seen > 100, "only {seen} paths were read");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn libraries_stay_where_they_belong() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        // The store has a room of its own that is called as the library in it.
        let own_module = file == "src/store.rs";
        for (library, places) in LIBRARIES {
            if places.iter().any(|place| file.starts_with(place))
                || (own_module && library == "sled")
            {
                continue;
            }
            for (number, line) in code(&text) {
                if names_library(line, library) {
                    wrong.push(format!(
                        "{file}:{number}: {library} belongs to {}",
                        places.join(", ")
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_reader_finds_what_it_looks_for() {
    assert_eq!(named("use crate::store::Memory;"), ["store::Memory"]);
    assert_eq!(
        named("let x = crate::tui::a(crate::domain::B);"),
        ["tui::a", "domain::B"]
    );
    assert_eq!(
        named("pub(crate) fn a() { other_crate::b() }"),
        Vec::<&str>::new()
    );
    assert_eq!(named("use crate::{a, b};"), [""]);
    assert!(names_library("use tokio::time;", "tokio"));
    assert!(names_library("    let db = sled::open(x);", "sled"));
    assert!(!names_library("use crate::store::sled::Disk;", "sled"));
    assert!(!names_library("use tokio_stream::Stream;", "tokio"));
}

/// Where keys are always the same, since what is typed belongs to a field, a list or a bar that has the keyboard, or
/// since keys are read there.
const KEYS_OF_THEIR_OWN: [&str; 6] = [
    "src/tui/overlay/",
    "src/tui/capture",
    "src/tui/input",
    "src/tui/terminal",
    // The row of keys while one of those is open.
    "src/tui/shell/hint_row.rs",
    // Ballots are typed in with digits and Enter, whatever those are elsewhere.
    "src/tui/screen/ballots",
];

/// Files with words that stand beside a line or a list while it is open: there Enter, Esc and Tab are its own.
const BESIDE_A_LINE: [&str; 12] = [
    "src/tui/shell/choices.rs",
    "src/tui/shell/erasing.rs",
    "src/tui/shell/importing.rs",
    "src/tui/shell/programme.rs",
    "src/tui/screen/actions/lines.rs",
    "src/tui/screen/books/choosing/draw.rs",
    "src/tui/screen/books/verbs.rs",
    "src/tui/screen/each.rs",
    "src/tui/screen/log.rs",
    "src/tui/screen/review/verbs.rs",
    "src/tui/screen/sessions/record.rs",
    "src/tui/screen/roster/verbs.rs",
];

/// The texts in quotes of a line, and whether the last one goes on in the next line.
fn quoted(line: &str, mut inside: bool) -> (Vec<String>, bool) {
    let mut texts = Vec::new();
    let mut text = String::new();
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if inside => {
                let Some(_escaped) = letters.next() else {
                    texts.push(text);
                    return (texts, true);
                };
            }
            '\'' if !inside && letters.peek() == Some(&'"') => {
                letters.next();
            }
            '"' => {
                if inside {
                    texts.push(std::mem::take(&mut text));
                }
                inside = !inside;
            }
            _ if inside => text.push(letter),
            _ => {}
        }
    }
    (texts, false)
}

/// The key that a text names, if it names one.
fn key_in(text: &str, line: bool) -> Option<String> {
    let apart = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\''));
    let words: Vec<&str> = text.split(apart).collect();
    let named = words.iter().find(|word| match **word {
        "Space" | "PgDn" | "PgUp" => true,
        "Enter" | "Esc" | "Tab" => !line,
        word => word.starts_with("Ctrl-"),
    });
    let pair = words.windows(2).find(|pair| {
        let letter = |word: &str| word.len() == 1 && word.chars().all(|c| c.is_ascii_lowercase());
        matches!(pair[0], "g" | "w" | "s") && letter(pair[1])
    });
    let said = words.windows(2).find(|pair| {
        let before = pair[0].as_ptr() as usize - text.as_ptr() as usize;
        let before = text.get(..before).unwrap_or_default().trim_end();
        let first = [';', ','].iter().any(|mark| before.ends_with(*mark));
        let first = first || before.ends_with(" and") || before.ends_with(" then");
        let key = pair[0].len() == 1 && pair[0].chars().all(char::is_alphabetic);
        first && key && pair[1].len() > 2 && pair[1].ends_with('s')
    });
    let by_name = text.match_indices(':').find_map(|(at, _)| {
        let (before, after) = (text.get(..at)?, text.get(at + 1..)?);
        let name = after.trim_start().split(apart).next()?;
        let starts = before.is_empty() || before.ends_with(' ');
        (starts && circlet::command::table::named(name).is_some()).then(|| format!(": {name}"))
    });
    named
        .map(|word| (*word).to_owned())
        .or_else(|| pair.map(|pair| pair.join(" ")))
        .or_else(|| said.map(|pair| pair.join(" ")))
        .or(by_name)
}

#[test]
fn no_pane_and_no_sentence_holds_a_key_of_its_own() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (file, text) in sources() {
        let is_test = ["/tests", "fixture", "testing", "_tests"];
        let own = KEYS_OF_THEIR_OWN
            .iter()
            .any(|place| file.starts_with(place));
        if !file.starts_with("src/tui/") || own || is_test.iter().any(|part| file.contains(part)) {
            continue;
        }
        let line_is_open = BESIDE_A_LINE.contains(&file.as_str());
        let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or("");
        let mut goes_on = false;
        for (number, line) in code(shipped) {
            let (texts, more) = quoted(line, goes_on);
            goes_on = more;
            for text in texts {
                seen += 1;
                let digits = text.chars().all(|c| c.is_ascii_digit());
                if line.contains(&format!("Hint::new(\"{text}\"")) && !digits {
                    wrong.push(format!("{file}:{number}: a hint for {text:?}"));
                } else if let Some(key) = key_in(&text, line_is_open) {
                    wrong.push(format!("{file}:{number}: {key:?} in {text:?}"));
                }
            }
        }
    }
    assert!(seen > 1000, "only {seen} texts were read");
    let wrong = wrong.join("\n");
    assert!(
        wrong.is_empty(),
        "a key comes from the keymap in force (tui/keys.rs), so that words never lie:\n{wrong}"
    );
}
