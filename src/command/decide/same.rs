//! Who of several circles is the same person.

use std::collections::BTreeSet;

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::domain::id::{CircleId, Key, Kind, MemberId, PersonId, Space};
use crate::domain::person::{Person, person_of, persons};

/// A member and the circle.
type Who = (CircleId, MemberId);

const fn key(id: PersonId) -> Key {
    Key::new(Space::Org, Kind::Person, id.0)
}

/// Says that members of different circles are the same person. Whoever was known to be the same as one of them is the
/// same as the other too. The title names circles, never people: titles stay when a person is erased.
pub(super) fn same(d: &mut Decision<'_>, one: Who, other: Who) -> Result<String, Refusal> {
    let mut names = Vec::new();
    for (circle, member) in [one, other] {
        names.push(d.circle(circle)?.name.clone());
        if d.state.member(circle, member).is_none() {
            return Err(Refusal::new(
                "that person is not there any more; look again",
            ));
        }
    }
    let known: Vec<Person> = persons(d.state)
        .filter(|person| person.members.contains(&one) || person.members.contains(&other))
        .cloned()
        .collect();
    let mut members = BTreeSet::from([one, other]);
    members.extend(
        known
            .iter()
            .flat_map(|person| person.members.iter().copied()),
    );
    let circles: BTreeSet<CircleId> = members.iter().map(|(circle, _)| *circle).collect();
    if circles.len() < members.len() {
        return Err(Refusal::new(
            "that would make two members of one circle the same person; nothing was changed",
        ));
    }
    if let [person] = known.as_slice()
        && person.members == members
    {
        return Err(Refusal::new("they are known to be the same person already"));
    }
    let mut known = known.into_iter();
    let person = match known.next() {
        Some(person) => Person { members, ..person },
        None => Person::new(PersonId(d.cx.ids.make()), members),
    };
    d.put(key(person.id), person);
    for other in known {
        d.remove(key(other.id));
    }
    Ok(format!(
        "a member of {} and a member of {} are the same person",
        names.first().map_or("", |name| name.as_str()),
        names.last().map_or("", |name| name.as_str()),
    ))
}

/// Says that a member is a person of their own again.
pub(super) fn apart(d: &mut Decision<'_>, (circle, member): Who) -> Result<String, Refusal> {
    let name = d.circle(circle)?.name.clone();
    let Some(person) = person_of(d.state, circle, member).cloned() else {
        return Err(Refusal::new(
            "that member is not known to be the same person as anybody",
        ));
    };
    let id = person.id;
    match person.without((circle, member)) {
        Some(rest) => d.put(key(id), rest),
        None => d.remove(key(id)),
    }
    Ok(format!("a member of {name} is a person of their own again"))
}

#[cfg(test)]
mod tests;
