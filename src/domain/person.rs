//! People of several circles: which members are the same person.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, MemberId, PersonId, Space};
use crate::domain::roster::Member;
use crate::domain::state::State;
use crate::domain::text::fold;

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

    /// The person without one of the members; `None` when fewer than two are left, which says nothing any more.
    pub fn without(mut self, gone: (CircleId, MemberId)) -> Option<Self> {
        self.members.remove(&gone);
        (self.members.len() > 1).then_some(self)
    }
}

/// Somebody of one circle in another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twin {
    /// Known to be the same person.
    Known(MemberId),
    /// The only one there of the same name, compared without case and accents.
    Named(MemberId),
}

impl Twin {
    /// Which member.
    pub const fn id(self) -> MemberId {
        match self {
            Self::Known(id) | Self::Named(id) => id,
        }
    }
}

/// All persons that are known.
pub fn persons(state: &State) -> impl Iterator<Item = &Person> {
    let held = state.scan(Space::Org, Kind::Person);
    held.filter_map(|(_, document)| match document {
        Document::Person(person) => Some(person),
        Document::Action(_)
        | Document::Asked(_)
        | Document::Book(_)
        | Document::Circle(_)
        | Document::Counter(_)
        | Document::Decision(_)
        | Document::Filter(_)
        | Document::Groups(_)
        | Document::Live(_)
        | Document::Member(_)
        | Document::Note(_)
        | Document::Parked(_)
        | Document::Poll(_)
        | Document::Question(_)
        | Document::Reader(_)
        | Document::Rotation(_)
        | Document::Session(_) => None,
    })
}

/// The person that a member is known to be. Two stores may have brought one each; the older wins.
pub fn person_of(state: &State, circle: CircleId, member: MemberId) -> Option<&Person> {
    persons(state).find(|person| person.members.contains(&(circle, member)))
}

/// Whoever a member of one circle is in another: as it is known, else the only one of the same name. Only people who
/// have not left.
pub fn twin(state: &State, (from, member): (CircleId, MemberId), to: CircleId) -> Option<Twin> {
    let here: Vec<&Member> = state.members(to);
    let known = person_of(state, from, member).and_then(|person| {
        let mut here = here.iter();
        here.find(|other| person.members.contains(&(to, other.id)))
    });
    if let Some(known) = known {
        return Some(Twin::Known(known.id));
    }
    let name = fold(&state.member(from, member)?.name);
    let mut named = here.iter().filter(|other| fold(&other.name) == name);
    match (named.next(), named.next()) {
        (Some(one), None) => Some(Twin::Named(one.id)),
        _ => None,
    }
}
