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
