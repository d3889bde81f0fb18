//! When the circle wants to look at a decision again.

use crate::command::{Command, ItemEdit};
use crate::domain::document::Document;
use crate::domain::id::Key;
use crate::domain::item::Due;
use crate::domain::when;
use crate::tui::screen::sessions::{Asked, Sessions};
use crate::tui::view::{Ask, Reply, View};

impl Sessions {
    /// Asks for the day of a second look.
    pub(super) fn ask_revisit(&mut self, key: Key, view: &View<'_>) -> Reply {
        let Some(id) = self.here(view).map(|session| session.id) else {
            return Reply::Ignored;
        };
        let rows = self.rows_of(id, view);
        let Some(Document::Decision(decision)) = rows.get(&key) else {
            return Reply::Ignored;
        };
        let day = decision.revisit.map(|day| day.to_string());
        let label = format!("Look at D{} again on", decision.number);
        self.asking_row = Some(key);
        Reply::Ask(Ask {
            tag: Asked::Revisit.into(),
            label,
            text: day.unwrap_or_default(),
            help: "1 jun, +3m or 2026-06-01; empty takes the day off".to_owned(),
        })
    }

    pub(super) fn entered_revisit(&self, text: &str, view: &View<'_>) -> Reply {
        let words = text.trim();
        let revisit = match (words, when::read(words, view.seen())) {
            ("" | "none", _) => Due::None,
            ("ns", _) => Due::NextSession,
            (_, Some(day)) => Due::On(day),
            (_, None) => return Reply::Refuse(when::no_date(words, view.seen())),
        };
        match self.asking_row {
            Some(key) => Reply::submit(Command::EditItem {
                key,
                edit: ItemEdit {
                    revisit: Some(revisit),
                    ..ItemEdit::default()
                },
            }),
            None => Reply::Ignored,
        }
    }
}
