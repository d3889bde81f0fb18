//! The circle to begin with, where somebody asked for one.

use crate::domain::circle::{Circle, named};
use crate::domain::text::Clean;
use crate::tui::messages::Note;
use crate::tui::port::Port;
use crate::tui::shell::Shell;

impl Shell {
    /// Shows the circle of this name, or of the only name that begins so, once the store is open.
    pub fn begin_in(&mut self, circle: Option<String>) {
        self.begin_in = circle;
    }

    /// Shows the circle that was asked for at the start, or says that there is none.
    pub(super) fn begin_as_asked(&mut self, port: &dyn Port) {
        let Some(typed) = self.begin_in.take() else {
            return;
        };
        let mut all: Vec<&Circle> = port.state().circles().collect();
        all.sort_by_key(|circle| &circle.name);
        let words = match *named(&all, &typed) {
            [one] => {
                self.circle = Some(one.id);
                return;
            }
            [] => format!("No circle is called \"{}\"", Clean::line(&typed)),
            ref many => {
                let names: Vec<&str> = many.iter().map(|circle| circle.name.as_str()).collect();
                format!("\"{}\" could be {}", Clean::line(&typed), names.join(", "))
            }
        };
        self.messages.say(Note::error(words));
    }
}
