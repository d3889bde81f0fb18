//! Walks through the log, newest first, also over what is not saved yet. Which act an undo or a redo is
//! about is decided in [`undo`](crate::command::undo); here it is fed with acts.

use std::borrow::Cow;

use crate::command::undo::{Reach, newest_step, newest_undone};
use crate::domain::change::{Act, ActKind, Via};
use crate::domain::id::{ActId, RunId, Space};
use crate::engine::event::Target;
use crate::store::{ActOrder, ActQuery, Read, Result, StoreError};

/// Acts that are read at once.
const PAGE: usize = 100;

/// The saved acts, newest first, read a page at a time. Ends early when one cannot be read.
struct Log<'r> {
    read: &'r dyn Read,
    space: Option<Space>,
    /// Where the next page begins; `None` after the last.
    before: Option<u64>,
    page: std::vec::IntoIter<Act>,
    failed: Option<StoreError>,
}

impl Log<'_> {
    fn turn(&mut self) -> Option<Act> {
        let query = ActQuery {
            space: self.space,
            order: ActOrder::Before(self.before.take()?),
            limit: PAGE,
        };
        match self.read.acts(&query) {
            Ok(page) => {
                self.before = page
                    .last()
                    .filter(|_| page.len() == PAGE)
                    .map(|act| act.seq);
                self.page = page.into_iter();
                self.page.next()
            }
            Err(error) => {
                self.failed = Some(error);
                None
            }
        }
    }
}

impl Iterator for Log<'_> {
    type Item = Act;

    fn next(&mut self) -> Option<Act> {
        self.page.next().or_else(|| self.turn())
    }
}

/// What `find` finds among all acts, newest first.
fn walk<T>(
    read: &dyn Read,
    unsaved: &[&Act],
    space: Option<Space>,
    find: impl FnOnce(&mut dyn Iterator<Item = Cow<'_, Act>>) -> Option<T>,
) -> Result<Option<T>> {
    let mut log = Log {
        read,
        space,
        before: Some(u64::MAX),
        page: Vec::new().into_iter(),
        failed: None,
    };
    let unsaved = unsaved.iter().rev().map(|act| Cow::Borrowed(*act));
    let found = find(&mut unsaved.chain(log.by_ref().map(Cow::Owned)));
    log.failed.map_or(Ok(found), Err)
}

/// Calls `look` for every act, newest first, until it returns something.
pub(crate) fn newest<T>(
    read: &dyn Read,
    unsaved: &[&Act],
    space: Option<Space>,
    mut look: impl FnMut(&Act) -> Option<T>,
) -> Result<Option<T>> {
    walk(read, unsaved, space, |mut acts| {
        Iterator::find_map(&mut acts, |act| look(&act))
    })
}

fn target(act: Act) -> Target {
    Target {
        origin: act.origin(),
        act,
    }
}

/// The newest act in force within `reach`.
pub(crate) fn to_undo(read: &dyn Read, unsaved: &[&Act], reach: Reach) -> Result<Option<Target>> {
    walk(read, unsaved, None, |acts| {
        newest_step(acts, reach).map(|act| target(act.into_owned()))
    })
}

/// What was taken back last within `reach`, unless something new was done since.
pub(crate) fn to_redo(read: &dyn Read, unsaved: &[&Act], reach: Reach) -> Result<Option<Target>> {
    walk(read, unsaved, None, |acts| {
        newest_undone(acts, reach).map(|act| target(act.into_owned()))
    })
}

/// The act that has to be turned around to take `id` back; `None` when it is gone from the log or is
/// not in force.
pub(crate) fn named(read: &dyn Read, unsaved: &[&Act], id: ActId) -> Result<Option<Target>> {
    let found = newest(read, unsaved, None, |act| {
        (act.origin() == id || act.id == id).then(|| match act.kind {
            ActKind::Do | ActKind::Redo(_) => Some(target(act.clone())),
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
