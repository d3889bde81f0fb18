//! A decision in the making: documents set, added and removed, each change with what was there before.

use crate::command::{Context, Refusal};
use crate::domain::change::Change;
use crate::domain::circle::{Circle, Counter};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Space};
use crate::domain::state::{State, counter_key};

/// A decision in the making: the state as it was, and the changes so far.
pub(super) struct Decision<'a> {
    pub(super) state: &'a State,
    pub(super) changes: Vec<Change>,
    pub(super) cx: &'a mut Context,
}

impl Decision<'_> {
    /// Sets a document. The last word on a key wins; `before` is always the state's.
    pub(super) fn put(&mut self, key: Key, document: impl Into<Document>) {
        let after = Some(document.into().to_body());
        if let Some(change) = self.changes.iter_mut().find(|change| change.key == key) {
            change.after = after;
            return;
        }
        let before = self.state.get(&key).map(Document::to_body);
        self.changes.push(Change { key, before, after });
    }

    /// Removes a document that exists.
    pub(super) fn remove(&mut self, key: Key) {
        let before = self.state.get(&key).map(Document::to_body);
        self.changes.push(Change {
            key,
            before,
            after: None,
        });
    }

    /// Gives out the next number of a space.
    pub(super) fn number(&mut self, space: Space, pick: fn(&mut Counter) -> &mut u32) -> u32 {
        let key = counter_key(space);
        let mut counter = self
            .changes
            .iter()
            .find(|change| change.key == key)
            .and_then(|change| change.after.as_ref())
            .and_then(|body| serde_json::from_value(body.clone()).ok())
            .unwrap_or_else(|| self.state.counter(space));
        let number = pick(&mut counter);
        *number = number.saturating_add(1);
        let given = *number;
        self.put(key, counter);
        given
    }

    /// Adds a document under a key that nobody has.
    pub(super) fn add(&mut self, key: Key, document: impl Into<Document>) {
        self.changes.push(Change {
            key,
            before: None,
            after: Some(document.into().to_body()),
        });
    }

    pub(super) fn circle(&self, id: CircleId) -> Result<&Circle, Refusal> {
        self.state
            .circle(id)
            .ok_or_else(|| Refusal::new("that circle does not exist"))
    }
}
