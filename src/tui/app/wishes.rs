//! What the shell wishes for, carried out or handed to the loop.

use std::io::Write as _;

use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;

use crate::config::{self, Bell};
use crate::engine::query::Query;
use crate::engine::runtime::Order;
use crate::theme::Rgb;
use crate::tui::app::files::Export;
use crate::tui::app::{After, App, World};
use crate::tui::messages::Note;
use crate::tui::shell::Wish;
use crate::tui::view::OutFile;

impl App {
    /// Says something in the message row.
    pub fn say(&mut self, note: Note) {
        self.shell.say(note);
    }

    /// Says what is wrong in the configuration.
    pub fn complain(&mut self, problems: Vec<String>) {
        self.shell.complain(problems);
    }

    /// Shows this circle once the store is open.
    pub fn begin_in(&mut self, circle: Option<String>) {
        self.shell.begin_in(circle);
    }

    /// The terminal has said what its background is, or nothing in time. Both are remembered, so that no
    /// start asks twice; a demo remembers nothing.
    pub fn background(&mut self, background: Option<Rgb>, forget: bool) {
        self.settings.look.set_background(background);
        if let Ok(styles) = self.settings.look.styles("auto") {
            self.shell.set_styles(styles);
        }
        if forget {
            return;
        }
        let words = background.map_or_else(
            || "unknown".to_owned(),
            |rgb| format!("#{:02x}{:02x}{:02x}", rgb.red, rgb.green, rgb.blue),
        );
        // What cannot be remembered is asked again.
        let _kept = config::set(&self.settings.paths.config, "background", words);
    }

    pub(super) fn wish(&mut self, wish: Wish, world: &mut World) {
        match wish {
            Wish::Quit => self.order = Order::Quit,
            Wish::Suspend => self.order = Order::Suspend,
            Wish::Redraw => self.repaint(),
            Wish::Bell => self.ring(),
            Wish::Copy(text) => self.copy(&text),
            Wish::Outside(editor, text) => self.open_editor(editor, text, world),
            Wish::Demo => (self.order, self.after) = (Order::Quit, After::Demo),
            Wish::Minutes(circle, session, format, naming) => {
                let export = Export {
                    circle,
                    session,
                    format,
                    naming,
                };
                self.ask_for_record(export, world);
            }
            Wish::HandNotes(notes) => self.hand_notes(notes, world),
            Wish::File { name, text } => {
                let told = Vec::new();
                self.write_file(OutFile { name, text, told }, world);
            }
            Wish::Export(file) => self.write_file(file, world),
            Wish::LookAtPacks => self.look_at_packs(world),
            Wish::Read(wanted) => Self::read(wanted, world),
            Wish::Sort(unsorted) => Self::sort(unsorted, world),
            Wish::CompletePath(path) => Self::complete_path(path, world),
            Wish::Remember(key, value) => self.remember(key, &value, world),
            Wish::Theme(name) => self.change_theme(&name, world),
            Wish::Mouse(on) => {
                if self.guard.set_mouse(on).is_err() {
                    self.say(Note::error(
                        "The terminal did not hear it; the mouse is as it was",
                    ));
                }
            }
        }
    }

    /// Only where the bell was asked for: the room hears it too.
    fn ring(&self) {
        if self.settings.bell == Bell::On {
            // A bell that is not heard is no reason to stop.
            let _rung = io_write(b"\x07");
        }
    }

    fn copy(&mut self, text: &str) {
        if execute!(std::io::stdout(), CopyToClipboard::to_clipboard_from(text)).is_err() {
            self.say(Note::error(
                "The terminal did not take the text; nothing was copied",
            ));
        }
    }

    fn ask_for_record(&mut self, export: Export, world: &mut World) {
        let ticket = world.engine.ask(Query::Record {
            circle: export.circle,
            session: export.session,
        });
        self.exports.insert(ticket, export);
    }

    /// Only trouble is told. A demo leaves nothing behind.
    fn remember(&mut self, key: &'static str, value: &str, world: &World) {
        if self.settings.demo {
            return;
        }
        let paths = &self.settings.paths;
        let files = (paths.config.clone(), paths.store.clone());
        self.behind
            .remember((key, value.to_owned()), files, world.sender.clone());
    }

    /// Waits until what was to be written is written.
    pub fn finish(&mut self) {
        self.behind.finish();
    }

    fn change_theme(&mut self, name: &str, world: &World) {
        match self.settings.look.styles(name) {
            Ok(styles) => {
                self.shell.set_styles(styles);
                self.say(Note::done(format!("Theme {name}")));
                for words in self.settings.look.complaints(name) {
                    self.say(Note::error(words));
                }
                self.remember("theme", name, world);
                self.repaint();
            }
            Err(words) => self.say(Note::error(words)),
        }
    }
}

fn io_write(bytes: &[u8]) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}
