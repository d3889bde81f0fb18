//! The panel of what may follow a key, with the names of people.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::command::keymap::{Continuation as Next, Found};
use crate::domain::roster::{Label, Member};
use crate::tui::overlay::continuations::{self, Continuation};
use crate::tui::pane::stage::Stage;
use crate::tui::shell::Shell;
use crate::tui::view::{Arg, View};

impl Shell {
    pub(super) fn draw_panel(&self, body: Rect, buf: &mut Buffer, view: &View<'_>) {
        let Found::Wait(rows) = view.keys.find(&self.keyboard.pending) else {
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
        continuations::draw(&self.keyboard.pending, &rows, body, buf, &self.setup.styles);
    }
}

/// A digit that is nobody's is left out of the panel.
fn leads_somewhere(row: &Next, view: &View<'_>) -> bool {
    let any = |wanted: &dyn Fn(u16) -> bool| {
        view.circle.is_some_and(|circle| {
            let members = view.state.members(circle);
            members.iter().any(|member| wanted(member.label.0))
        })
    };
    match (&row.run, row.key) {
        (Some((_, Arg::Number(label))), _) => any(&|other| other == *label),
        (None, Key::Char('0')) => any(&|other| other > 9),
        (Some(_) | None, _) => true,
    }
}

/// A row of the panel; where the key is a person's, their name.
fn continuation_title(row: &Next, view: &View<'_>) -> String {
    let person = match &row.run {
        Some((_, Arg::Number(label))) => {
            let label = Label(*label);
            view.circle.and_then(|circle| {
                view.state
                    .members(circle)
                    .into_iter()
                    .find(|member| member.label == label)
            })
        }
        _ => None,
    };
    let lead = matches!(row.run, Some((CommandId::Lead, _)));
    if let Some(line) = lead.then(|| Stage::of(*view)?.seat_line(person)).flatten() {
        return line;
    }
    let attends = matches!(row.run, Some((CommandId::Attend, _)));
    let away = |member: &Member| {
        attends && Stage::of(*view).is_some_and(|stage| !stage.is_here(member.id))
    };
    match person {
        Some(member) if view.masked => member.label.to_string(),
        Some(member) if away(member) => format!("{}, away", member.name),
        Some(member) => member.name.to_string(),
        None => row.title.to_owned(),
    }
}
