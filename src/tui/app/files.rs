//! Files: reading what is to be imported and writing minutes, on threads of their own, so that the clock
//! never waits for a disk.

use std::path::{Path, PathBuf};

use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, SessionId};
use crate::domain::minutes::{Minutes, Sources};
use crate::domain::names::Naming;
use crate::domain::state::State;
use crate::engine::query::Answer;
use crate::exchange::input::{self, Input};
use crate::exchange::minutes;
use crate::exchange::out::{self, write_beside};
use crate::exchange::packs::{self, PackFaults};
use crate::tui::app::{App, World};
use crate::tui::messages::Note;
use crate::tui::view::{Format, HandedNotes};

/// Minutes that wait for their session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Export {
    pub(crate) circle: CircleId,
    pub(crate) session: SessionId,
    pub(crate) format: Format,
}

/// What came back from a file.
#[derive(Debug)]
pub enum Back {
    /// Something to say.
    Said(Note),
    /// Notes for a presenter are in a file: what to say, and which notes.
    Handed(String, Vec<Key>),
    /// A file that was read for an import.
    Read(Box<Input>),
    /// What cannot be read in the user's packs.
    Packs(Vec<PackFaults>),
}

impl App {
    pub(super) fn read(path: String, world: &World) {
        let sender = world.sender.clone();
        std::thread::spawn(move || {
            let back = match input::read(&expand(&path)) {
                Ok(input) => Back::Read(Box::new(input)),
                Err(problem) => Back::Said(Note::error(problem.to_string())),
            };
            let _gone = sender.send(back);
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
    pub(super) fn write_file(&self, name: String, text: String, world: &World) {
        let folder = self.settings.paths.export.clone();
        let sender = world.sender.clone();
        std::thread::spawn(move || {
            let note = match write_beside(&folder, &name, text.as_bytes()) {
                Ok(path) => Note::done(format!("Wrote {}", path.display())),
                Err(words) => Note::error(words),
            };
            let _gone = sender.send(Back::Said(note));
        });
    }

    /// Writes notes for a presenter; only what is safely in the file may then be erased here.
    pub(super) fn hand_notes(&self, notes: HandedNotes, world: &World) {
        let folder = self.settings.paths.export.clone();
        let sender = world.sender.clone();
        std::thread::spawn(move || {
            let back = match write_beside(&folder, &notes.file, notes.text.as_bytes()) {
                Ok(path) => Back::Handed(format!("Wrote {}", path.display()), notes.rows),
                Err(words) => Back::Said(Note::error(words)),
            };
            let _gone = sender.send(back);
        });
    }

    /// Puts the minutes together and writes them beside whatever is there: never over it.
    pub(super) fn write_minutes(&mut self, export: Export, answer: &Answer, world: &World) {
        let Some((name, text, left_out)) = minutes_of(export, answer, world) else {
            self.shell.say(Note::error(
                "That session could not be read; nothing was written",
            ));
            return;
        };
        let folder = self.settings.paths.export.clone();
        let sender = world.sender.clone();
        std::thread::spawn(move || {
            let note = match write_beside(&folder, &name, text.as_bytes()) {
                Ok(path) => {
                    let left_out = left_out
                        .map(|words| format!(". {words}"))
                        .unwrap_or_default();
                    Note::done(format!("Wrote {}{left_out}", path.display()))
                }
                Err(words) => Note::error(words),
            };
            let _gone = sender.send(Back::Said(note));
        });
    }
}

/// File name, content, and what was left out, in words.
pub(crate) fn minutes_of(
    export: Export,
    answer: &Answer,
    world: &World,
) -> Option<(String, String, Option<String>)> {
    let Answer::Rows { rows, .. } = answer else {
        return None;
    };
    let mut state = State::default();
    let circle = world.engine.state().circle(export.circle)?;
    let key = Key::circle(circle.id, Kind::Circle, circle.id.0);
    state.load(key, circle.clone().into());
    for row in rows {
        state.load(row.key, Document::from_body(&row.key, &row.body).ok()?);
    }
    let mut sources = Sources::of(&state, export.circle, export.session)?;
    sources.next = world
        .engine
        .state()
        .next_session(export.circle)
        .map(|next| next.start);
    sources.live = world.engine.state().live(export.circle, export.session);
    sources.now = Some(world.engine.now());
    let minutes = Minutes::new(&sources, Naming::Full);
    let zone = world.engine.zone();
    let day = minutes.start.date(zone).to_string();
    let number = format!("{:02}", minutes.number);
    let parts = [circle.name.as_str(), &number, &day];
    let (ending, text) = match export.format {
        Format::Markdown => ("md", minutes::markdown(&minutes, zone)),
        Format::Json => {
            let json = minutes::to_json(&minutes, zone);
            (
                "json",
                serde_json::to_string_pretty(&json).unwrap_or_default(),
            )
        }
    };
    Some((
        out::file_name(&parts, ending),
        text,
        minutes.left_out.words(),
    ))
}

/// `~/roster.csv` as people type it.
fn expand(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(path),
    }
}
