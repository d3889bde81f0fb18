//! When the circle wants to look at a decision again.

use crate::command::{Command, ItemEdit};
use crate::domain::document::Document;
use crate::domain::id::Key;
use crate::domain::item::{Decision, Due};
use crate::domain::look::Verdict;
use crate::domain::text::{Clean, Limit};
use crate::domain::when::{self, Seen};
use crate::tui::screen::sessions::{Asked, Sessions};
use crate::tui::view::{Ask, Reply, Tag, View};

/// What can be typed as the day of a second look.
pub(in crate::tui::screen) const HELP: &str = "1 jun, +3m or 2026-06-01; empty takes the day off";

/// Reads the day of a second look.
///
/// # Errors
/// A sentence that names what is no date.
pub(in crate::tui::screen) fn read(text: &str, seen: Seen) -> Result<Due, String> {
    let words = text.trim();
    match (words, when::read(words, seen)) {
        ("" | "none", _) => Ok(Due::None),
        ("ns", _) => Ok(Due::NextSession),
        (_, Some(day)) => Ok(Due::On(day)),
        (_, None) => Err(when::no_date(words, seen)),
    }
}

/// What a second look at a decision comes to.
pub(in crate::tui::screen) fn verdict(key: Key, verdict: Verdict) -> Reply {
    Reply::submit(Command::LookAgain { key, verdict })
}

/// Asks what a decision says from now on.
pub(in crate::tui::screen) fn ask_words(decision: &Decision, tag: impl Into<Tag>) -> Reply {
    Reply::Ask(Ask {
        tag: tag.into(),
        label: format!("D{} says from now on", decision.number),
        text: decision.text.to_string(),
        help: "What it said before stays with it".to_owned(),
    })
}

/// What was typed there.
pub(in crate::tui::screen) fn changed(key: Key, text: &str) -> Reply {
    match Clean::line_within(text, Limit::Note) {
        Ok(words) => verdict(key, Verdict::Change(words)),
        Err(why) => Reply::Refuse(why.to_string()),
    }
}

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
            help: HELP.to_owned(),
        })
    }

    pub(super) fn entered_revisit(&self, text: &str, view: &View<'_>) -> Reply {
        let revisit = match read(text, view.seen()) {
            Ok(day) => day,
            Err(why) => return Reply::Refuse(why),
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
