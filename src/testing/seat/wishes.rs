//! What the shell asks of the outside, done at once: files are read in the folder of the seat, the rest is noted.

use std::path::Path;

use crate::engine::query::Query;
use crate::testing::Seat;
use crate::tui::app::files::{Export, paths, said};
use crate::tui::messages::Note;
use crate::tui::shell::{Wanted, Wish};

impl Seat {
    pub(super) fn wish(&mut self, wish: Wish) {
        if let (Some(slow), Wish::Read(..) | Wish::Sort(_)) = (&mut self.slow, &wish) {
            return slow.push(wish);
        }
        let effect = match wish {
            Wish::Quit => "quit".to_owned(),
            Wish::Suspend => "suspend".to_owned(),
            Wish::Redraw => "redraw".to_owned(),
            Wish::Bell => "bell".to_owned(),
            Wish::Demo => "demo".to_owned(),
            Wish::Outside(_, text) => format!("editor: {text}"),
            Wish::Copy(text) => format!("copy: {text}"),
            Wish::Theme(name) => format!("theme: {name}"),
            Wish::Mouse(on) => format!("mouse: {on}"),
            Wish::Remember(key, value) => {
                self.settings.insert(key, value.clone());
                format!("remember: {key} = {value}")
            }
            Wish::Minutes(circle, session, format, naming) => {
                let export = Export {
                    circle,
                    session,
                    format,
                    naming,
                };
                return self.ask_for_record(export);
            }
            Wish::File { name, text } => {
                self.shell.say(Note::done(format!("Wrote {name}")));
                format!("file: {name}\n{text}")
            }
            Wish::LookAtPacks => {
                let found = crate::exchange::packs::faults(self.folder.path());
                self.shell.packs_read(found);
                return;
            }
            Wish::Export(file) => {
                let words = said(Path::new(&file.name), &file.told);
                self.shell.say(Note::done(words));
                format!("file: {}\n{}", file.name, file.text)
            }
            Wish::HandNotes(notes) => {
                let words = format!("Wrote {}", notes.file);
                let effect = format!("notes: {}\n{}", notes.file, notes.text);
                self.shell.notes_handed(&words, notes.rows);
                effect
            }
            Wish::CompletePath(path) => return self.complete(&path),
            Wish::Read(wanted) => {
                let Wanted { turn, path, .. } = &wanted;
                match wanted.read(&self.folder.path().join(path)) {
                    Ok(file) => {
                        self.turn(|shell, world| shell.imported(*turn, file, &mut world.turn()));
                    }
                    Err(problem) => self.shell.unread(*turn, path, &problem.to_string()),
                }
                format!("read: {path}")
            }
            Wish::Sort(unsorted) => {
                let sorted = unsorted.sort();
                self.turn(|shell, world| shell.sorted(sorted, &world.still()));
                return;
            }
        };
        self.effects.push(effect);
    }

    fn ask_for_record(&mut self, export: Export) {
        let Export {
            circle, session, ..
        } = export;
        let query = Query::Record { circle, session };
        let ticket = self.world_mut().engine.ask(query);
        self.exports.insert(ticket, export);
    }

    /// Completes a path that begins in the folder of the seat.
    fn complete(&mut self, path: &str) {
        let full = self.folder.path().join(path);
        let here = format!("{}/", self.folder.path().to_string_lossy());
        let found: Vec<String> = paths(&full.to_string_lossy())
            .iter()
            .filter_map(|path| path.strip_prefix(&here).map(str::to_owned))
            .collect();
        self.shell.completed(path, &found);
    }
}
