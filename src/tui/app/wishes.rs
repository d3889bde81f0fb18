//! What the shell wishes for, carried out or handed to the loop.

use crate::config;
use crate::domain::id::{CircleId, SessionId};
use crate::engine::query::Query;
use crate::tui::app::outside::{Export, Outside};
use crate::tui::app::{App, Errand};
use crate::tui::messages::Note;
use crate::tui::shell::Wish;
use crate::tui::view::Format;

impl App {
    pub(super) fn wish(&mut self, wish: Wish) {
        match wish {
            Wish::Quit => self.errands.push(Errand::Quit),
            Wish::Suspend => self.errands.push(Errand::Suspend),
            Wish::Redraw => self.errands.push(Errand::Redraw),
            Wish::Bell => self.errands.push(Errand::Bell(self.settings.bell)),
            Wish::Copy(text) => self.errands.push(Errand::Copy(text)),
            Wish::Demo => self.errands.push(Errand::Demo),
            Wish::Minutes(circle, session, format) => self.ask_for_record(circle, session, format),
            Wish::Read(path) => self.read(path),
            Wish::Remember(key, value) => self.remember(key, &value),
            Wish::Theme(name) => self.change_theme(&name),
            Wish::Doctor => self.doctor(),
        }
    }

    fn ask_for_record(&mut self, circle: CircleId, session: SessionId, format: Format) {
        let ticket = self.engine.ask(Query::Record { circle, session });
        self.exports.insert(ticket, Export { circle, session, format });
    }

    /// Settings are written on a thread of their own; only trouble is told.
    fn remember(&self, key: &'static str, value: &str) {
        let (file, value) = (self.settings.paths.config.clone(), value.to_owned());
        let sender = self.sender.clone();
        std::thread::spawn(move || {
            if let Err(problem) = config::set(&file, key, value) {
                let _gone = sender.send(Outside::Said(Note::error(problem.to_string())));
            }
        });
    }

    fn change_theme(&mut self, name: &str) {
        match self.settings.look.styles(name) {
            Ok(styles) => {
                self.shell.set_styles(styles);
                self.shell.say(Note::done(format!("Theme {name}")));
                self.remember("theme", name);
                self.errands.push(Errand::Redraw);
            }
            Err(words) => self.shell.say(Note::error(words)),
        }
    }

    fn doctor(&mut self) {
        let store = self.engine.store().display().to_string();
        self.shell.say(Note::done(format!("The store is {store}; circlet doctor checks it")));
    }
}
