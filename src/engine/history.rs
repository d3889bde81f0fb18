//! Walks through the log, newest first, also over what is not saved yet. Which act an undo or a redo is
//! about is decided in [`undo`](crate::command::undo); here it is fed with acts.

use std::borrow::{Borrow, Cow};

use crate::command::undo::{Reach, newest_step, newest_undone};
use crate::domain::change::{Act, ActKind, Change, Via};
use crate::domain::id::{ActId, Key, RunId, Space};
use crate::engine::event::Target;
use crate::store::{ActOrder, ActQuery, Brief, Read, Result, StoreError};

/// Acts that are read at once at first: mostly the newest one tells what is asked.
const FIRST_PAGE: usize = 4;
/// Most acts that are read at once.
const PAGE: usize = 128;

/// The saved acts, newest first, read a page at a time. Ends early when one cannot be read.
struct Log<'r> {
    read: &'r dyn Read,
    space: Option<Space>,
    /// Where the next page begins; `None` after the last.
    before: Option<u64>,
    /// How many acts the next page has.
    size: usize,
    page: std::vec::IntoIter<Brief>,
    failed: Option<StoreError>,
}

/// An act on the way through the log: saved, or not yet.
struct Met<'r> {
    act: Cow<'r, Act>,
    /// Whether all of its changes are there.
    whole: bool,
}

impl Borrow<Act> for Met<'_> {
    fn borrow(&self) -> &Act {
        &self.act
    }
}

impl Log<'_> {
    fn turn(&mut self) -> Option<Brief> {
        let query = ActQuery {
            space: self.space,
            order: ActOrder::Before(self.before.take()?),
            limit: self.size,
        };
        match self.read.acts_in_brief(&query) {
            Ok(page) => {
                self.before = page
                    .last()
                    .filter(|_| page.len() == self.size)
                    .map(|found| found.act.seq);
                self.size = PAGE.min(self.size * 4);
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
    type Item = Brief;

    fn next(&mut self) -> Option<Brief> {
        self.page.next().or_else(|| self.turn())
    }
}

/// What `find` finds among all acts, newest first.
fn walk<T>(
    read: &dyn Read,
    unsaved: &[&Act],
    space: Option<Space>,
    find: impl FnOnce(&mut dyn Iterator<Item = Met<'_>>) -> Option<T>,
) -> Result<Option<T>> {
    let mut log = Log {
        read,
        space,
        before: Some(u64::MAX),
        size: FIRST_PAGE,
        page: Vec::new().into_iter(),
        failed: None,
    };
    let unsaved = unsaved.iter().rev().map(|act| Met {
        act: Cow::Borrowed(*act),
        whole: true,
    });
    let saved = log.by_ref().map(|found| Met {
        act: Cow::Owned(found.act),
        whole: found.whole,
    });
    let found = find(&mut unsaved.chain(saved));
    log.failed.map_or(Ok(found), Err)
}

/// Calls `look` for every act, newest first, until it returns something. Of a very long one only the first
/// changes are there.
pub(crate) fn newest<T>(
    read: &dyn Read,
    unsaved: &[&Act],
    space: Option<Space>,
    mut look: impl FnMut(&Act) -> Option<T>,
) -> Result<Option<T>> {
    walk(read, unsaved, space, |mut acts| {
        Iterator::find_map(&mut acts, |met| look(&met.act))
    })
}

/// Calls `look` for every saved act of a space, newest first, with its change of `key` if it has one, until it
/// returns something.
pub(crate) fn changes_of<T>(
    read: &dyn Read,
    key: Key,
    mut look: impl FnMut(&Act, Option<&Change>) -> Option<T>,
) -> Result<Option<T>> {
    let mut failed = None;
    let found = walk(read, &[], Some(key.space), |mut acts| {
        Iterator::find_map(&mut acts, |met| {
            let in_act = |act: &Act| act.changes.iter().find(|change| change.key == key).cloned();
            let here = in_act(&met.act);
            if met.whole || here.is_some() {
                return look(&met.act, here.as_ref()).map(Some);
            }
            match read.act(met.act.id) {
                Ok(act) => {
                    let change = act.as_ref().and_then(in_act);
                    look(&met.act, change.as_ref()).map(Some)
                }
                Err(error) => {
                    failed = Some(error);
                    Some(None)
                }
            }
        })
    })?;
    failed.map_or(Ok(found.flatten()), Err)
}

/// An act with all that is needed to turn it around. Of a very long one that added to the bank the rest is read
/// when it is turned around; nothing of it is resident.
fn target(read: &dyn Read, (act, whole): (Act, bool)) -> Result<Target> {
    let long = !whole && act.revs.keys().eq([&Space::Org]);
    let act = if whole || long {
        act
    } else {
        read.act(act.id)?
            .ok_or_else(|| StoreError::Other("it is too old to be taken back".to_owned()))?
    };
    Ok(Target {
        origin: act.origin(),
        act,
        long,
    })
}

/// The newest act in force within `reach`.
pub(crate) fn to_undo(read: &dyn Read, unsaved: &[&Act], reach: Reach) -> Result<Option<Target>> {
    let found = walk(read, unsaved, None, |acts| {
        newest_step(acts, reach).map(|met| (met.act.into_owned(), met.whole))
    })?;
    found.map(|met| target(read, met)).transpose()
}

/// What was taken back last within `reach`, unless something new was done since.
pub(crate) fn to_redo(read: &dyn Read, unsaved: &[&Act], reach: Reach) -> Result<Option<Target>> {
    let found = walk(read, unsaved, None, |acts| {
        newest_undone(acts, reach).map(|met| (met.act.into_owned(), met.whole))
    })?;
    found.map(|met| target(read, met)).transpose()
}

/// The act that has to be turned around to take `id` back; `None` when it is gone from the log or is
/// not in force.
pub(crate) fn named(read: &dyn Read, unsaved: &[&Act], id: ActId) -> Result<Option<Target>> {
    let found = walk(read, unsaved, None, |mut acts| {
        let is_it = |met: &Met<'_>| met.act.origin() == id || met.act.id == id;
        let met = Iterator::find(&mut acts, is_it)?;
        match met.act.kind {
            ActKind::Do | ActKind::Redo(_) => Some((met.act.into_owned(), met.whole)),
            ActKind::Undo(_) => None,
        }
    })?;
    found.map(|met| target(read, met)).transpose()
}

/// The run of the application that was the last one here.
pub(crate) fn last_run(read: &dyn Read) -> Result<Option<RunId>> {
    newest(read, &[], None, |act| {
        (act.by.via == Via::App).then_some(act.by.run)
    })
}
