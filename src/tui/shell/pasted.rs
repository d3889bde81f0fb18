//! Pasted text while an overlay is open.

use crate::exchange::roster;
use crate::tui::overlay::new_circle::people_line;
use crate::tui::port::Port;
use crate::tui::shell::Shell;
use crate::tui::shell::forms::FORM;
use crate::tui::shell::overlays::{Overlay, Whose};
use crate::tui::view::ScreenId;
use crate::tui::widget::field::Edit;

impl Shell {
    /// Pasted text while an overlay is open.
    pub(super) fn overlay_paste(&mut self, text: &str, port: &mut dyn Port) {
        match &mut self.overlay {
            Some(Overlay::Line(whose, line)) => {
                let people = matches!(whose, Whose::Screen(ScreenId::Roster));
                let taken = people.then(|| names_of(text)).flatten();
                let words = taken.unwrap_or_else(|| lines_as_commas(text));
                line.field.apply(Edit::Paste(words));
                line.problem = None;
                let (whose, mut line) = (*whose, line.clone());
                self.narrow(whose, &mut line, port);
                self.overlay = Some(Overlay::Line(whose, line));
            }
            Some(Overlay::Finder(finder)) => {
                finder.field.apply(Edit::Paste(text.to_owned()));
                finder.search();
            }
            Some(Overlay::NewCircle(form)) => {
                form.paste(text);
                port.keep_draft(FORM, &form.draft_text());
            }
            Some(Overlay::Search(_)) => self.search_paste(text, port),
            Some(
                Overlay::Choice(..) | Overlay::Welcome(_) | Overlay::Import(_) | Overlay::Tally(_),
            )
            | None => {}
        }
    }
}

/// The people of a list or table that is pasted into one line.
fn names_of(text: &str) -> Option<String> {
    if !text.trim().contains(['\n', '\r', '\t']) {
        return None;
    }
    let taken = roster::parse(text, None);
    // Where something is no name all of it is kept as it was pasted, so that whoever did so sees which.
    (taken.faults.is_empty() && !taken.people.is_empty()).then(|| people_line(&taken.people))
}

/// Several lines in a field that has one.
fn lines_as_commas(text: &str) -> String {
    let lines: Vec<&str> = text
        // Terminals send the end of a line as a carriage return.
        .split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    if lines.len() > 1 {
        lines.join(", ")
    } else {
        text.to_owned()
    }
}
