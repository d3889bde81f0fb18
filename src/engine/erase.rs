//! What an erase takes with it.

mod people;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::change::Change;
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{ActId, CircleId, Key, Kind, MemberId, SessionId, Space};
use crate::engine::erase::people::people;
use crate::engine::working_set;
use crate::store::{Read, Result};

/// The title of the act that an erase leaves in history.
pub const ERASED: &str = "something was erased";

/// What to erase for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EraseTarget {
    /// These rows.
    Rows(Vec<Key>),
    /// A session with everything written down in it.
    Session(CircleId, SessionId),
    /// A person; in what remains they become a former member.
    Member(CircleId, MemberId),
    /// A person in several circles, who becomes a former member of each.
    People(Vec<(CircleId, MemberId)>),
    /// A whole circle.
    Circle(CircleId),
    /// Notes for whoever wrote them alone that are too old to be kept.
    OldNotes,
}

impl EraseTarget {
    /// The people who go, each with their circle.
    pub fn people(&self) -> Vec<(CircleId, MemberId)> {
        match self {
            Self::Member(circle, member) => vec![(*circle, *member)],
            Self::People(people) => people.clone(),
            Self::Rows(_) | Self::Session(..) | Self::Circle(_) | Self::OldNotes => Vec::new(),
        }
    }

    /// Whether it reaches into a circle beyond single rows.
    pub(crate) fn reaches(&self, circle: CircleId) -> bool {
        match self {
            Self::Session(other, _) | Self::Member(other, _) | Self::Circle(other) => {
                *other == circle
            }
            Self::People(people) => people.iter().any(|(other, _)| *other == circle),
            Self::Rows(_) | Self::OldNotes => false,
        }
    }
}

/// Documents that go, documents that lose their past, and what is changed before.
#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) remove: Vec<Key>,
    pub(crate) forget: Vec<Key>,
    pub(crate) rename: Vec<Change>,
}

impl Plan {
    /// The id of the act that renames: made from the act of the erase, so that a repeat is the same.
    #[expect(
        clippy::unused_self,
        reason = "it belongs to the plan, whose renaming it names"
    )]
    pub(crate) fn rename_id(&self, erase: ActId) -> ActId {
        ActId(Uuid::from_u128(erase.0.as_u128() ^ 1))
    }

    /// The changes that remove what goes, where a store has no past to clean.
    pub(crate) fn removals(&self, read: &dyn Read) -> Result<Vec<Change>> {
        let mut changes = Vec::new();
        for key in &self.remove {
            if let Some(stored) = read.get(key)? {
                changes.push(Change {
                    key: *key,
                    before: Some(stored.value()?),
                    after: None,
                });
            }
        }
        Ok(changes)
    }
}

/// Works out what an erase at `at` touches.
pub(crate) fn plan(read: &dyn Read, what: &EraseTarget, at: Moment) -> Result<Plan> {
    let mut plan = Plan::default();
    match what {
        EraseTarget::Rows(keys) => {
            plan.remove.clone_from(keys);
            plan.forget = elsewhere(read, keys)?;
        }
        EraseTarget::Session(circle, session) => {
            let rows = working_set::record(read, *circle, *session)?;
            plan.remove.extend(rows.into_iter().map(|row| row.key));
            for kind in [Kind::Live, Kind::Session] {
                plan.remove.push(Key::circle(*circle, kind, session.0));
            }
        }
        EraseTarget::Member(circle, member) => {
            people(read, &[(*circle, *member)], at, &mut plan)?;
        }
        EraseTarget::People(all) => people(read, all, at, &mut plan)?,
        EraseTarget::Circle(circle) => {
            for kind in Kind::ALL {
                working_set::each(read, Space::Circle(*circle), kind, None, &mut |row| {
                    plan.remove.push(row.key);
                    Ok(())
                })?;
            }
            plan.forget = moved_away(read, *circle)?;
        }
        EraseTarget::OldNotes => plan.remove = old_notes(read, at)?,
    }
    Ok(plan)
}

/// Where the past of rows may lie beside where they are: an action keeps its identity when it goes to another circle.
fn elsewhere(read: &dyn Read, keys: &[Key]) -> Result<Vec<Key>> {
    let mut past = Vec::new();
    for space in read.heads()?.into_keys() {
        let others = keys
            .iter()
            .filter(|key| key.kind == Kind::Action && key.space != space && space != Space::Org);
        past.extend(others.map(|key| Key::new(space, key.kind, key.id)));
    }
    Ok(past)
}

/// The past that actions of other circles may have in this one.
fn moved_away(read: &dyn Read, circle: CircleId) -> Result<Vec<Key>> {
    let mut past = Vec::new();
    let here = Space::Circle(circle);
    for space in read.heads()?.into_keys().filter(|space| *space != here) {
        working_set::each(read, space, Kind::Action, None, &mut |row| {
            past.push(Key::new(here, Kind::Action, row.key.id));
            Ok(())
        })?;
    }
    Ok(past)
}

fn old_notes(read: &dyn Read, at: Moment) -> Result<Vec<Key>> {
    let mut old = Vec::new();
    for space in read.heads()?.into_keys() {
        working_set::each(read, space, Kind::Note, None, &mut |row| {
            // What this version cannot read is not known to be old.
            if let Ok(Document::Note(note)) = working_set::document(&row)
                && note.is_too_old(at)
            {
                old.push(row.key);
            }
            Ok(())
        })?;
    }
    Ok(old)
}

/// What is said when it is done, and what it could not reach.
pub(crate) fn words(rows: usize) -> String {
    let rows = match rows {
        0 => "Erased".to_owned(),
        1 => "1 row erased".to_owned(),
        rows => format!("{rows} rows erased"),
    };
    format!(
        "{rows}; files you exported or backed up are yours to delete, and an SSD may keep traces"
    )
}
