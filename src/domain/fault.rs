//! What is wrong with a format or a template that somebody wrote, in phrases for people.

use std::collections::BTreeMap;

use crate::domain::template::MOST_MINUTES;
use crate::domain::text::{Clean, slug};

/// A rule that a format or a template breaks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} {id}: {what}")]
pub struct Fault {
    /// `format` or `template`.
    pub kind: &'static str,
    /// Which one.
    pub id: String,
    /// The step or block that it is about, counted from 0; `None` for the whole.
    pub part: Option<usize>,
    /// What is wrong, and where.
    pub what: String,
}

/// Faults by the part that they are about; those of the whole come first.
#[derive(Debug, Default)]
pub(super) struct Faults(BTreeMap<Option<usize>, Vec<String>>);

impl Faults {
    /// The faults of what every format and template has.
    pub(super) fn of_head(id: &str, name: &str, minutes: u16) -> Self {
        let mut faults = Self::default();
        if id.is_empty() || slug(id) != id {
            faults.of_whole("its id needs a-z, 0-9 and - alone".to_owned());
        }
        if name.trim().is_empty() {
            faults.of_whole("it has no name".to_owned());
        }
        if minutes == 0 || minutes > MOST_MINUTES {
            faults.of_whole(format!("it needs 1 to {MOST_MINUTES} minutes"));
        }
        faults
    }

    pub(super) fn of_whole(&mut self, what: String) {
        self.0.entry(None).or_default().push(what);
    }

    pub(super) fn of_part(&mut self, part: usize, what: impl IntoIterator<Item = String>) {
        self.0.entry(Some(part)).or_default().extend(what);
    }

    /// All of them, told of the `kind` that is called `id`; fine when there are none.
    pub(super) fn told(self, kind: &'static str, id: &str) -> Result<(), Vec<Fault>> {
        let id = Clean::line(id).into_string();
        let all: Vec<Fault> = self
            .0
            .into_iter()
            .flat_map(|(part, whats)| whats.into_iter().map(move |what| (part, what)))
            .map(|(part, what)| Fault {
                kind,
                id: id.clone(),
                part,
                what,
            })
            .collect();
        if all.is_empty() { Ok(()) } else { Err(all) }
    }
}
