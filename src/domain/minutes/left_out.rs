//! What is in the store and not in the minutes.

use crate::domain::item::Audience;
use crate::domain::mentions;
use crate::domain::minutes::Sources;

/// What is in the store and not in the minutes: told to whoever exports, never written into the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Notes for whoever wrote them.
    pub for_me: usize,
    /// Notes for the member who presented.
    pub for_presenter: usize,
    /// Texts that are there and may still name somebody, in minutes without names.
    pub may_name: usize,
}

impl LeftOut {
    /// The notes that are left out.
    pub(super) fn of(sources: &Sources<'_>) -> Self {
        let count = |audience| {
            let notes = sources.notes.iter();
            let notes = notes.filter(|n| sources.has(&n.origin, n.trashed));
            notes.filter(|note| note.audience == audience).count()
        };
        Self {
            for_me: count(Audience::Me),
            for_presenter: count(Audience::Presenter),
            may_name: 0,
        }
    }

    /// In words; `None` when there is nothing to say.
    pub fn words(&self) -> Option<String> {
        let count = |n: usize| match n {
            1 => "1 note".to_owned(),
            n => format!("{n} notes"),
        };
        let left = match (self.for_me, self.for_presenter) {
            (0, 0) => None,
            (me, 0) => Some(format!("{} for you alone left out", count(me))),
            (0, other) => Some(format!("{} for the presenter left out", count(other))),
            (me, other) => Some(format!(
                "{} for you alone and {} for the presenter left out",
                count(me),
                count(other)
            )),
        };
        let said: Vec<String> = left
            .into_iter()
            .chain(mentions::words(self.may_name))
            .collect();
        (!said.is_empty()).then(|| said.join("; "))
    }
}
