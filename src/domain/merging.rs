//! Two entries of one person in one circle become one: what each document says then, and what stands in the way.

use serde_json::Value;

use crate::domain::change::Body;
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind, MemberId};
use crate::domain::pairing::Tie;
use crate::domain::roster::{Member, Role};
use crate::domain::session::{Session, SessionState};

/// One entry becomes part of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Join {
    /// The entry that goes.
    pub from: MemberId,
    /// The entry that stays, with its name.
    pub into: MemberId,
}

impl Join {
    /// Whether a stored document has to be at hand when these two become one: it names the entry that goes, it may
    /// tell that both were there, or it is what the other entry has said about a book.
    pub fn needs(self, kind: Kind, body: &Body) -> bool {
        match kind {
            Kind::Session => true,
            Kind::Reader => mentions(body, self.from) || mentions(body, self.into),
            Kind::Action
            | Kind::Asked
            | Kind::Book
            | Kind::Circle
            | Kind::Counter
            | Kind::Decision
            | Kind::Filter
            | Kind::Groups
            | Kind::Live
            | Kind::Member
            | Kind::Note
            | Kind::Parked
            | Kind::Person
            | Kind::Poll
            | Kind::Question
            | Kind::Rotation => mentions(body, self.from),
        }
    }
}

/// How an id stands in a stored document.
fn text(id: MemberId) -> String {
    id.0.hyphenated().to_string()
}

/// Whether a stored document names somebody anywhere, also in fields of a newer program.
pub fn mentions(body: &Body, member: MemberId) -> bool {
    fn any(value: &Value, id: &str) -> bool {
        match value {
            Value::String(text) => text == id,
            Value::Array(items) => items.iter().any(|item| any(item, id)),
            Value::Object(fields) => fields
                .iter()
                .any(|(name, value)| name == id || any(value, id)),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }
    any(body, &text(member))
}

/// Writes one id in the place of another, wherever it stands.
fn replace(value: &mut Value, (from, into): (&str, &str)) {
    match value {
        Value::String(text) if text == from => into.clone_into(text),
        Value::Array(items) => {
            for item in items {
                replace(item, (from, into));
            }
        }
        Value::Object(fields) => {
            if let Some(value) = fields.remove(from) {
                fields.entry(into).or_insert(value);
            }
            for value in fields.values_mut() {
                replace(value, (from, into));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A document of the circle that names the entry that goes, as it is when it names the other one instead. Members,
/// readers and persons have rules of their own and are left as they are.
pub fn joined(
    (key, document): (&Key, &Document),
    join: Join,
    people: (&Member, &Member),
) -> Document {
    let Join { from, into } = join;
    let mut document = document.clone();
    match &mut document {
        Document::Action(action) => {
            // Nobody asks after their own action.
            let is_theirs = |id: MemberId| id == from || id == into;
            if action.owner_id().is_some_and(is_theirs) {
                action.partner = action.partner.filter(|id| !is_theirs(*id));
            }
        }
        Document::Session(session) => attendance(session, join, people),
        Document::Groups(groups) => groups.join(from, into),
        Document::Rotation(rotation) => rotation.join(from, into),
        Document::Circle(circle) => ties(&mut circle.ties, join),
        Document::Member(_) | Document::Reader(_) | Document::Person(_) => return document,
        // They name people one by one, so another id in the same place is all.
        Document::Asked(_)
        | Document::Book(_)
        | Document::Counter(_)
        | Document::Decision(_)
        | Document::Filter(_)
        | Document::Live(_)
        | Document::Note(_)
        | Document::Parked(_)
        | Document::Poll(_)
        | Document::Question(_) => {}
    }
    let mut body = document.to_body();
    replace(&mut body, (&text(from), &text(into)));
    Document::from_body(key, &body)
        .expect("an id stands where another stood, so the document reads as it did")
}

/// What a circle wants of two people, once they are one.
fn ties(ties: &mut Vec<Tie>, Join { from, into }: Join) {
    let mut kept: Vec<Tie> = Vec::new();
    // What was said of the entry that stays wins.
    ties.sort_by_key(|tie| tie.one == from || tie.other == from);
    for tie in ties.drain(..) {
        let same = |id: MemberId| if id == from { into } else { id };
        let (one, other) = (same(tie.one), same(tie.other));
        if one != other && !kept.iter().any(|tie| tie.is_of(one, other)) {
            kept.push(Tie { one, other, ..tie });
        }
    }
    *ties = kept;
}

fn was_there(member: &Member, session: &Session) -> bool {
    session.had(member) && !session.away.contains_key(&member.id)
}

/// Whether a session that took place counts both as there, as two people.
pub fn both_there(session: &Session, (from, into): (&Member, &Member)) -> bool {
    session.state == SessionState::Ended && was_there(from, session) && was_there(into, session)
}

/// Who of a session was away, once two entries are one: in one that took place the person was there if either
/// entry was; in one to come they are away if either was said to be.
fn attendance(session: &mut Session, join: Join, (from, into): (&Member, &Member)) {
    let there = was_there(from, session) || was_there(into, session);
    let guest = session.guests.contains(&join.from) || session.guests.contains(&join.into);
    let said = session.away.remove(&join.from);
    let own = session.away.remove(&join.into);
    let why = match (own, said) {
        (Some(own), Some(said)) => Some(own.or(said)),
        (own, said) => own.or(said),
    };
    if guest {
        session.guests.remove(&join.from);
        session.guests.insert(join.into);
    }
    let away = match session.state {
        SessionState::Ended if there => None,
        SessionState::Ended if session.had(&person(from, into)) => Some(why.flatten()),
        SessionState::Ended
        | SessionState::Planned
        | SessionState::Running
        | SessionState::Cancelled => why,
    };
    if let Some(why) = away {
        session.away.insert(join.into, why);
    }
}

/// The person that two entries are: the name of `into`, and of the rest whatever is known.
pub fn person(from: &Member, into: &Member) -> Member {
    let mut one = into.clone();
    one.mail = one.mail.or_else(|| from.mail.clone());
    if into.left.is_some() && from.left.is_none() {
        one.label = from.label;
    }
    if one.role == Role::Guest {
        one.role = from.role;
    }
    one.phone |= from.phone;
    one.no_calls |= from.no_calls;
    one.joined = one.joined.min(from.joined);
    one.left = both(into.left, from.left);
    for (question, at) in &from.reflected {
        let known = one.reflected.entry(*question).or_insert(*at);
        *known = (*known).max(*at);
    }
    one.also.push(from.id);
    one.also.extend(&from.also);
    for (field, value) in &from.extra {
        one.extra.entry(field).or_insert_with(|| value.clone());
    }
    one
}

/// Somebody has left when both entries have, at the later time.
fn both(one: Option<Moment>, other: Option<Moment>) -> Option<Moment> {
    Some(one?.max(other?))
}

#[cfg(test)]
mod tests;
