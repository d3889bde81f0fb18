//! People of several circles: which members are the same person.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::id::{CircleId, MemberId, PersonId};

/// A person who is a member of more than one circle. It says that and nothing else: the name and all that belongs
/// to it stays in each circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Identity.
    pub id: PersonId,
    /// The members they are.
    pub members: BTreeSet<(CircleId, MemberId)>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Person {
    /// A person who is these members.
    pub fn new(id: PersonId, members: BTreeSet<(CircleId, MemberId)>) -> Self {
        Self {
            id,
            members,
            extra: serde_json::Map::new(),
        }
    }
}
