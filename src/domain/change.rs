//! Changes and acts: what happened, in a form that can be stored, sent, replayed and taken back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::body::BodyText;
use crate::domain::clock::Moment;
use crate::domain::id::{ActId, Key, RunId, Space};

/// The value of a document. Which shape it has follows from the kind in its key.
pub type Body = serde_json::Value;

/// The number of an act within a space, counted from 1; 0 means that the space is empty.
pub type Rev = u64;

/// One document before and after. `None` means that it does not exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change<B = Body> {
    /// Which document.
    pub key: Key,
    /// Its value until now.
    pub before: Option<B>,
    /// Its value from now on.
    pub after: Option<B>,
}

/// A change whose values are never taken apart: the way of very many documents into the store.
pub type ChangeText = Change<BodyText>;

impl From<&Change> for ChangeText {
    fn from(change: &Change) -> Self {
        Self {
            key: change.key,
            before: change.before.as_ref().map(BodyText::from),
            after: change.after.as_ref().map(BodyText::from),
        }
    }
}

impl TryFrom<ChangeText> for Change {
    type Error = serde_json::Error;

    fn try_from(change: ChangeText) -> Result<Self, Self::Error> {
        let value = |text: Option<BodyText>| text.map(|text| text.value()).transpose();
        Ok(Self {
            key: change.key,
            before: value(change.before)?,
            after: value(change.after)?,
        })
    }
}

impl<B: Clone> Change<B> {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            key: self.key,
            before: self.after.clone(),
            after: self.before.clone(),
        }
    }
}

/// Through which door an act came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Via {
    /// The full-screen application, and the plain line mode.
    App,
    /// A one-shot command.
    Cli,
}

/// Who made an act: decides whose undo reaches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Author {
    /// The door.
    pub via: Via,
    /// The run of the front-end.
    pub run: RunId,
}

impl Author {
    /// Through the same door, but made by nobody: no undo reaches it.
    #[must_use]
    pub const fn of_nobody(self) -> Self {
        Self {
            via: self.via,
            run: RunId::NOBODY,
        }
    }
}

/// What an act is with regard to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActKind {
    /// Something new.
    Do,
    /// Takes that act back.
    Undo(ActId),
    /// Brings that act, which had been taken back, into force again.
    Redo(ActId),
}

/// Everything that one command changed: one commit, one line of the journal, one step of undo.
///
/// `seq` and `revs` are given by the store when it commits; until then they are 0 and empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Makes a repeated commit harmless.
    pub id: ActId,
    /// Position among all acts of the store, counted from 1.
    pub seq: u64,
    /// The new revision of each space that was touched.
    pub revs: BTreeMap<Space, Rev>,
    /// When.
    pub at: Moment,
    /// Who.
    pub by: Author,
    /// What it did, in words for the message row and the log: `A14 "Send deck"`.
    pub title: String,
    /// New, undo or redo.
    pub kind: ActKind,
    /// The documents.
    pub changes: Vec<Change>,
}

impl Act {
    /// The first act of the chain that this one is part of: the one that undo and redo name.
    pub const fn origin(&self) -> ActId {
        match self.kind {
            ActKind::Do => self.id,
            ActKind::Undo(origin) | ActKind::Redo(origin) => origin,
        }
    }

    /// The spaces that the changes touch, without repeats.
    pub fn spaces(&self) -> impl Iterator<Item = Space> {
        let spaces: std::collections::BTreeSet<_> =
            self.changes.iter().map(|change| change.key.space).collect();
        spaces.into_iter()
    }
}
