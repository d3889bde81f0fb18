//! Questions that were written or brought in just now: they stand where whoever did so sees them.

use crate::domain::change::{Act, Change};
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind, Space};
use crate::domain::question::sought::{self, Sought};
use crate::tui::screen::questions::{Focus, Questions};

impl Questions {
    /// Puts the cursor on the first question that an act brought in. It stands at the head of the list; what was looked
    /// for and would hide it is looked for no more.
    pub(super) fn show_new(&mut self, act: &Act) {
        let is_new = |change: &&Change| {
            let Key { space, kind, .. } = change.key;
            (space, kind) == (Space::Org, Kind::Question) && change.before.is_none()
        };
        let new = act.changes.iter().find(is_new).and_then(|change| {
            match Document::from_body(&change.key, change.after.as_ref()?) {
                Ok(Document::Question(question)) => Some(question),
                Ok(_) | Err(_) => None,
            }
        });
        let Some(question) = new else { return };
        self.typed = Default::default();
        let is_picked = self.picked.theme == sought::tag(&question.theme);
        self.picked = Sought {
            theme: self.picked.theme.take().filter(|_| is_picked),
            depth: self.picked.depth.filter(|depth| *depth == question.depth),
            kind: self.picked.kind.filter(|kind| *kind == question.kind),
            ..Sought::default()
        };
        self.focus = Focus::List;
        self.cursor.aim(question.id);
    }
}
