//! The panel of a key that begins a sequence: what may follow it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::id::CommandId;
use crate::command::keymap::{self, Found};
use crate::domain::roster::{Label, Member};
use crate::tui::overlay::continuations::{self, Continuation};
use crate::tui::pane::stage::Stage;
use crate::tui::shell::Shell;
use crate::tui::view::{Arg, View};

impl Shell {
    pub(super) fn draw_panel(&self, body: Rect, buf: &mut Buffer, view: &View<'_>) {
        let Found::Wait(rows) = self.setup.keymap.find(self.place(view), &self.pending) else {
            return;
        };
        let rows: Vec<Continuation> = rows
            .iter()
            .filter(|row| leads_somewhere(row, view))
            .map(|row| Continuation {
                key: row.key.to_string(),
                title: continuation_title(row, view),
            })
            .collect();
        continuations::draw(&self.pending, &rows, body, buf, &self.setup.styles);
    }
}

/// The person whose number the key of a row is.
fn person<'a>(row: &keymap::Continuation, view: &View<'a>) -> Option<&'a Member> {
    let Some((_, Arg::Number(label))) = &row.run else {
        return None;
    };
    let members = view.state.members(view.circle?);
    members
        .into_iter()
        .find(|member| member.label == Label(*label))
}

/// A digit that is nobody's is left out of the panel.
fn leads_somewhere(row: &keymap::Continuation, view: &View<'_>) -> bool {
    !matches!(row.run, Some((_, Arg::Number(_)))) || person(row, view).is_some()
}

/// A row of the panel; where the key is a person's, their name.
fn continuation_title(row: &keymap::Continuation, view: &View<'_>) -> String {
    let person = person(row, view);
    let lead = matches!(row.run, Some((CommandId::Lead, _)));
    if let Some(line) = lead.then(|| Stage::of(*view)?.seat_line(person)).flatten() {
        return line;
    }
    match person {
        Some(member) if view.masked => member.label.to_string(),
        Some(member) => member.name.to_string(),
        None => row.title.to_owned(),
    }
}
