//! Actions of the session that nobody sees to, or that have no date: what the wrap-up lists first.

use crate::domain::id::Key;
use crate::domain::item::{Due, Owner};
use crate::tui::pane::stage::Stage;
use crate::tui::pane::written::Item;

/// What an action is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lacks {
    /// Nobody sees to it.
    Owner,
    /// It has no date.
    Date,
}

impl Lacks {
    const fn word(self) -> &'static str {
        match self {
            Self::Owner => "nobody",
            Self::Date => "no date",
        }
    }
}

/// What is missing, in words.
pub(super) fn words(lacks: &[Lacks]) -> String {
    let words: Vec<&str> = lacks.iter().map(|lack| lack.word()).collect();
    words.join(", ")
}

/// The open actions that lack something: key, words and what.
pub(super) fn rows(
    stage: &Stage<'_>,
    items: &[Item<'_>],
) -> impl Iterator<Item = (Key, String, Vec<Lacks>)> {
    items.iter().filter_map(|item| {
        let Item::Action(action) = item else {
            return None;
        };
        let owner = (action.owner == Owner::Nobody).then_some(Lacks::Owner);
        let date = (action.due == Due::None).then_some(Lacks::Date);
        let lacks: Vec<Lacks> = owner.into_iter().chain(date).collect();
        if lacks.is_empty() || !action.state.is_open() {
            return None;
        }
        let words = format!("{} {}", item.short_id(), action.text);
        Some((item.key(stage.circle.id), words, lacks))
    })
}
