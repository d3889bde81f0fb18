//! Files: reading what is to be imported and writing minutes, on threads of their own, so that the clock
//! never waits for a disk.

use std::path::{Path, PathBuf};

use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, SessionId};
use crate::domain::minutes::{Minutes, Sources};
use crate::domain::names::Naming;
use crate::domain::state::State;
use crate::engine::query::Answer;
use crate::exchange::out::write_beside;
use crate::exchange::packs::{self, PackFaults};
use crate::tui::app::{App, World};
use crate::tui::export::{actions_file, minutes_file};
use crate::tui::messages::Note;
use crate::tui::shell::{Brought, Sorted, Unsorted, Wanted};
use crate::tui::view::{Format, HandedNotes, OutFile};

/// Most paths that Tab goes through.
const MOST_PATHS: usize = 1_000;

/// Minutes that wait for their session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Export {
    pub(crate) circle: CircleId,
    pub(crate) session: SessionId,
    pub(crate) format: Format,
    pub(crate) naming: Naming,
}

/// What came back from a file.
#[derive(Debug)]
pub enum Back {
    /// Something to say.
    Said(Note),
    /// The editor is closed: what is in the file, or why there is nothing.
    Edited(Result<String, String>),
    /// Notes for a presenter are in a file: what to say, and which notes.
    Handed(String, Vec<Key>),
    /// A file that was read for this import.
    Read(u64, Box<Brought>),
    /// A file that was taken apart for an import.
    Sorted(Box<Sorted>),
    /// A file that cannot be read for this import: its path as it was typed, and why.
    Unread(u64, String, String),
    /// What stands in a folder: the beginning of a path, and what it could be.
    Paths(String, Vec<String>),
    /// What cannot be read in the user's packs.
    Packs(Vec<PackFaults>),
}

impl App {
    pub(super) fn read(wanted: Wanted, world: &World) {
        let sender = world.sender.clone();
        std::thread::spawn(move || {
            let back = match wanted.read(&expand(&wanted.path)) {
                Ok(file) => Back::Read(wanted.turn, Box::new(file)),
                Err(problem) => Back::Unread(wanted.turn, wanted.path, problem.to_string()),
            };
            let _gone = sender.send(back);
        });
    }

    pub(super) fn sort(unsorted: Box<Unsorted>, world: &World) {
        let sender = world.sender.clone();
        std::thread::spawn(move || {
            let _gone = sender.send(Back::Sorted(Box::new(unsorted.sort())));
        });
    }

    /// Looks up what the beginning of a path could be.
    pub(super) fn complete_path(path: String, world: &World) {
        let sender = world.sender.clone();
        std::thread::spawn(move || {
            let found = paths(&path);
            let _gone = sender.send(Back::Paths(path, found));
        });
    }

    /// Reads the user's packs and tells what cannot be used.
    pub(super) fn look_at_packs(&self, world: &World) {
        let folder = self.settings.paths.packs.clone();
        let sender = world.sender.clone();
        std::thread::spawn(move || {
            let _gone = sender.send(Back::Packs(packs::faults(&folder)));
        });
    }

    /// Writes a file beside whatever is there: never over it.
    pub(super) fn write_file(&mut self, file: OutFile, world: &World) {
        let folder = self.settings.paths.export.clone();
        let sender = world.sender.clone();
        self.behind.spawn(move || {
            let note = match write_beside(&folder, &file.name, file.text.as_bytes()) {
                Ok(path) => Note::done(said(&path, &file.told)),
                Err(words) => Note::error(words),
            };
            let _gone = sender.send(Back::Said(note));
        });
    }

    /// Writes notes for a presenter; only what is safely in the file may then be erased here.
    pub(super) fn hand_notes(&mut self, notes: HandedNotes, world: &World) {
        let folder = self.settings.paths.export.clone();
        let sender = world.sender.clone();
        self.behind.spawn(move || {
            let back = match write_beside(&folder, &notes.file, notes.text.as_bytes()) {
                Ok(path) => Back::Handed(format!("Wrote {}", path.display()), notes.rows),
                Err(words) => Back::Said(Note::error(words)),
            };
            let _gone = sender.send(back);
        });
    }

    /// Puts the minutes together and writes them beside whatever is there: never over it.
    pub(super) fn write_minutes(&mut self, export: Export, answer: &Answer, world: &World) {
        match minutes_of(export, answer, world) {
            Some(Ok(file)) => self.write_file(file, world),
            Some(Err(why)) => self.shell.say(Note::error(why)),
            None => self.shell.say(Note::error(
                "That session could not be read; nothing was written",
            )),
        }
    }
}

/// What a file is called, what there is to say of it, and where it is, as one message. The folder is the same each time
/// and comes last, so that it is what a narrow row cuts.
pub(crate) fn said(path: &Path, told: &[String]) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    std::iter::once(format!("Wrote {name}"))
        .chain(told.iter().cloned())
        .chain(folder.map(|folder| format!("In {}", folder.display())))
        .collect::<Vec<_>>()
        .join(". ")
}

/// The file; nothing when the session cannot be read.
pub(crate) fn minutes_of(
    export: Export,
    answer: &Answer,
    world: &World,
) -> Option<Result<OutFile, String>> {
    let Answer::Rows { rows, .. } = answer else {
        return None;
    };
    let mut state = State::default();
    let here = world.engine.state();
    let circle = here.circle(export.circle)?;
    let key = Key::circle(circle.id, Kind::Circle, circle.id.0);
    state.load(key, circle.clone().into());
    let mut actions = Vec::new();
    for row in rows {
        let document = Document::from_body(&row.key, &row.body).ok()?;
        if let Document::Action(action) = &document {
            actions.push(action.clone());
        }
        state.load(row.key, document);
    }
    let (now, zone) = (world.engine.now(), world.engine.zone());
    if matches!(export.format, Format::Todo | Format::Calendar) {
        actions.retain(|row| row.trashed.is_none() && row.origin.session == Some(export.session));
        return Some(actions_file(
            (here, export.circle),
            &actions,
            (export.format, export.naming),
            (now, zone),
        ));
    }
    let mut sources = Sources::of(&state, export.circle, export.session)?;
    sources.next = here.next_session(export.circle, now).map(|next| next.start);
    sources.live = here.live(export.circle, export.session);
    sources.now = Some(now);
    // Books are always in memory; what was answered is the session alone.
    let sources = sources.with_book(here, zone);
    let minutes = Minutes::new(&sources, export.naming);
    let how = (export.format, export.naming);
    Some(minutes_file(&minutes, how, zone))
}

/// `~/roster.csv` as people type it.
fn expand(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(path),
    }
}

/// What the beginning of a path could be, as it would be typed; folders end in a slash.
pub(crate) fn paths(typed: &str) -> Vec<String> {
    let (folder, stem) = match typed.rsplit_once('/') {
        Some((folder, stem)) => (format!("{folder}/"), stem),
        None => (String::new(), typed),
    };
    let place = if folder.is_empty() {
        PathBuf::from(".")
    } else {
        expand(&folder)
    };
    let Ok(entries) = std::fs::read_dir(place) else {
        return Vec::new();
    };
    let mut found: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let hidden = name.starts_with('.') && !stem.starts_with('.');
            let is_folder = entry.path().is_dir();
            let slash = if is_folder { "/" } else { "" };
            (name.starts_with(stem) && !hidden).then(|| format!("{folder}{name}{slash}"))
        })
        .take(MOST_PATHS)
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_completed_from_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["roster.csv", "rows.md", ".hidden", "other"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::create_dir(folder.path().join("rooms")).unwrap();
        let begin = folder.path().to_string_lossy().into_owned();
        let full = |name: &str| format!("{begin}/{name}");
        assert_eq!(
            paths(&full("ro")),
            [full("rooms/"), full("roster.csv"), full("rows.md")]
        );
        assert_eq!(paths(&full("x")), Vec::<String>::new());
    }
}
