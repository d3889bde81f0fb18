//! The documents that are loaded, with an index of what is asked for at every key and every second:
//! which circles there are, and which session is running.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;
use std::ops::{Bound, RangeInclusive};

use crate::domain::document::Document;
use crate::domain::id::{Key, Kind};
use crate::domain::session::SessionState;

/// Documents by key. Nothing gets in or out without the index being told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Loaded {
    docs: BTreeMap<Key, Document>,
    circles: BTreeSet<Key>,
    running: BTreeSet<Key>,
}

impl Loaded {
    pub(super) fn insert(&mut self, key: Key, document: Document) {
        let circle = matches!(document, Document::Circle(_));
        index(&mut self.circles, key, circle);
        index(&mut self.running, key, is_running(&document));
        self.docs.insert(key, document);
    }

    /// Whether it was there.
    pub(super) fn remove(&mut self, key: &Key) -> bool {
        self.circles.remove(key);
        self.running.remove(key);
        self.docs.remove(key).is_some()
    }

    pub(super) fn get(&self, key: &Key) -> Option<&Document> {
        self.docs.get(key)
    }

    pub(super) fn range(
        &self,
        keys: RangeInclusive<Key>,
    ) -> impl DoubleEndedIterator<Item = (&Key, &Document)> {
        self.docs.range(keys)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&Key, &Document)> {
        self.docs.iter()
    }

    /// Those of the kinds that are wanted, passing over all of a kind that is not in one step.
    pub(super) fn of_kinds(
        &self,
        wanted: impl Fn(Kind) -> bool,
    ) -> impl Iterator<Item = (&Key, &Document)> {
        let mut rows = self.docs.range::<Key, _>(..);
        iter::from_fn(move || {
            loop {
                let (key, document) = rows.next()?;
                if wanted(key.kind) {
                    return Some((key, document));
                }
                let last = Key::new(key.space, key.kind, uuid::Uuid::max());
                rows = self.docs.range((Bound::Excluded(last), Bound::Unbounded));
            }
        })
    }

    /// The circles, in the order of their ids.
    pub(super) fn circles(&self) -> impl Iterator<Item = &Document> {
        self.circles.iter().filter_map(|key| self.docs.get(key))
    }

    /// The sessions that are running, in the order of their circles and then their own ids.
    pub(super) fn running(&self) -> impl Iterator<Item = (&Key, &Document)> {
        let running = self.running.iter();
        running.filter_map(|key| Some((key, self.docs.get(key)?)))
    }
}

fn index(keys: &mut BTreeSet<Key>, key: Key, belongs: bool) {
    if belongs {
        keys.insert(key);
    } else {
        keys.remove(&key);
    }
}

fn is_running(document: &Document) -> bool {
    matches!(document, Document::Session(session) if session.state == SessionState::Running)
}
