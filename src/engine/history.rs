//! Finds the act that an undo or a redo is about, newest first through the log.

use std::collections::BTreeSet;

use crate::command::undo;
use crate::domain::change::{Act, ActKind, Author, Via};
use crate::domain::id::{ActId, RunId, Space};
use crate::engine::event::{Target, Whose};
use crate::store::{ActOrder, ActQuery, Read, Result};

/// Acts that are read at once.
const PAGE: usize = 100;

impl Whose {
    /// The application reaches the acts of its own run and of the one before it; a one-shot command,
    /// which is a run of its own, those of all of its kind.
    fn reaches(&self, by: Author) -> bool {
        match (self.by.via, by.via) {
            (Via::Cli, Via::Cli) => true,
            (Via::App, Via::App) => by.run == self.by.run || Some(by.run) == self.before,
            (Via::App, Via::Cli) | (Via::Cli, Via::App) => false,
        }
    }
}

/// The first act of the chain to which an act belongs.
pub(crate) const fn origin(act: &Act) -> ActId {
    match act.kind {
        ActKind::Do => act.id,
        ActKind::Undo(origin) | ActKind::Redo(origin) => origin,
    }
}

/// Calls `look` for every act, newest first, until it returns something.
pub(crate) fn newest<T>(
    read: &dyn Read,
    unsaved: &[&Act],
    space: Option<Space>,
    mut look: impl FnMut(&Act) -> Option<T>,
) -> Result<Option<T>> {
    if let Some(found) = unsaved.iter().rev().find_map(|act| look(act)) {
        return Ok(Some(found));
    }
    let mut before = u64::MAX;
    loop {
        let query = ActQuery {
            space,
            order: ActOrder::Before(before),
            limit: PAGE,
        };
        let page = read.acts(&query)?;
        if let Some(found) = page.iter().find_map(&mut look) {
            return Ok(Some(found));
        }
        match page.last() {
            Some(last) if page.len() == PAGE => before = last.seq,
            _ => return Ok(None),
        }
    }
}

fn target(act: &Act) -> Target {
    Target {
        act: act.clone(),
        origin: origin(act),
    }
}

/// The newest act in force that `whose` can take back.
pub(crate) fn to_undo(read: &dyn Read, unsaved: &[&Act], whose: Whose) -> Result<Option<Target>> {
    let mut seen = BTreeSet::new();
    // A redo puts an act into force again that is a step, whatever its own changes look like.
    newest(read, unsaved, None, |act| {
        if !seen.insert(origin(act)) || !whose.reaches(act.by) {
            return None;
        }
        let step = match act.kind {
            ActKind::Do => undo::is_step(act),
            ActKind::Redo(_) => true,
            ActKind::Undo(_) => false,
        };
        step.then(|| target(act))
    })
}

/// What `whose` took back last, unless something new was done since.
pub(crate) fn to_redo(read: &dyn Read, unsaved: &[&Act], whose: Whose) -> Result<Option<Target>> {
    let mut seen = BTreeSet::new();
    let found = newest(read, unsaved, None, |act| {
        if !seen.insert(origin(act)) || !whose.reaches(act.by) {
            return None;
        }
        match act.kind {
            ActKind::Undo(_) => Some(Some(target(act))),
            ActKind::Do if undo::is_step(act) => Some(None),
            ActKind::Do | ActKind::Redo(_) => None,
        }
    })?;
    Ok(found.flatten())
}

/// The act that has to be turned around to take `id` back; `None` when it is gone from the log or is
/// not in force.
pub(crate) fn named(read: &dyn Read, unsaved: &[&Act], id: ActId) -> Result<Option<Target>> {
    let found = newest(read, unsaved, None, |act| {
        (origin(act) == id || act.id == id).then(|| match act.kind {
            ActKind::Do | ActKind::Redo(_) => Some(target(act)),
            ActKind::Undo(_) => None,
        })
    })?;
    Ok(found.flatten())
}

/// The run of the application that was the last one here.
pub(crate) fn last_run(read: &dyn Read) -> Result<Option<RunId>> {
    newest(read, &[], None, |act| {
        (act.by.via == Via::App).then_some(act.by.run)
    })
}
