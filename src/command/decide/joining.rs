//! Two entries of one person in one circle become one.

use std::collections::BTreeSet;

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::domain::book::reader::Reader;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, MemberId, Space};
use crate::domain::merging::{self, Join};
use crate::domain::person::{Person, persons};
use crate::domain::roster::Member;
use crate::domain::session::Session;

/// Sessions that a refusal names.
const MOST_NAMED: usize = 3;

/// Makes `from` part of `into`. Every document of the circle that names `from` has to be loaded, every session, and
/// what `into` has said about books. The title has numbers, no names: titles stay when a person is erased.
pub(super) fn merge(
    d: &mut Decision<'_>,
    circle: CircleId,
    (from, into): (MemberId, MemberId),
) -> Result<String, Refusal> {
    let member = |id| d.state.member(circle, id).cloned();
    let (Some(gone), Some(kept)) = (member(from), member(into)) else {
        return Err(Refusal::new(
            "that person is not there any more; look again",
        ));
    };
    if from == into {
        return Err(Refusal::new("that is one entry already; name two"));
    }
    let people = (&gone, &kept);
    check(d, circle, people)?;
    let join = Join { from, into };
    let state = d.state;
    let spaces = [Space::Circle(circle), Space::Org];
    let kinds = spaces
        .into_iter()
        .flat_map(|space| Kind::ALL.map(|kind| (space, kind)));
    for (key, document) in kinds.flat_map(|(space, kind)| state.scan(space, kind)) {
        match document {
            Document::Member(_) | Document::Person(_) => {}
            Document::Reader(reader) => read(d, (circle, reader), join),
            other if merging::mentions(&other.to_body(), from) => {
                d.put(*key, merging::joined((key, other), join, people));
            }
            // Who was there is counted by who was not: it may change for the person without naming them.
            other @ Document::Session(_) => {
                let new = merging::joined((key, other), join, people);
                if new != *other {
                    d.put(*key, new);
                }
            }
            _ => {}
        }
    }
    elsewhere(d, circle, join)?;
    d.remove(Key::circle(circle, Kind::Member, from.0));
    let one = merging::person(&gone, &kept);
    let title = format!("two entries of one person, who is number {} now", one.label);
    d.put(Key::circle(circle, Kind::Member, into.0), one);
    Ok(title)
}

/// What stands in the way.
fn check(d: &Decision<'_>, circle: CircleId, people: (&Member, &Member)) -> Result<(), Refusal> {
    if d.state.running().is_some_and(|(at, ..)| at == circle) {
        return Err(Refusal::new(
            "a session of this circle is running; wrap it up first, then make the two entries one",
        ));
    }
    let mut both: Vec<&Session> = d
        .state
        .sessions(circle)
        .filter(|session| merging::both_there(session, people))
        .collect();
    both.sort_by_key(|session| (session.begins(), session.number));
    if let Some(first) = both.first() {
        let named: Vec<String> = both
            .iter()
            .rev()
            .take(MOST_NAMED)
            .map(|session| {
                let day = session.begins().date(d.cx.zone);
                format!("#{} of {}", session.number, day.format("%-d %b %Y"))
            })
            .collect();
        let more = both.len().saturating_sub(MOST_NAMED);
        let more = match more {
            0 => String::new(),
            n => format!(" and {n} before"),
        };
        return Err(Refusal::new(format!(
            "both were there in {}{more}; if they are one person, mark one of them away there first: \
             Space beside the name in Sessions, or circlet session away {} NAME",
            named.join(", "),
            first.number,
        )));
    }
    Ok(())
}

/// How far the person has come in a book.
fn read(d: &mut Decision<'_>, (circle, reader): (CircleId, &Reader), join: Join) {
    if reader.member != join.from {
        return;
    }
    let held = d.state.reader(circle, reader.book, join.into).cloned();
    let one = reader.clone().joined(held, join.into);
    d.remove(Key::circle(circle, Kind::Reader, reader.id.0));
    d.put(Key::circle(circle, Kind::Reader, one.id.0), one);
}

/// Whoever was known to be the same as one entry in other circles is the same as the person.
fn elsewhere(d: &mut Decision<'_>, circle: CircleId, join: Join) -> Result<(), Refusal> {
    let (from, into) = ((circle, join.from), (circle, join.into));
    let known: Vec<Person> = persons(d.state)
        .filter(|person| person.members.contains(&from) || person.members.contains(&into))
        .cloned()
        .collect();
    if !known.iter().any(|person| person.members.contains(&from)) {
        return Ok(());
    }
    let mut members: BTreeSet<(CircleId, MemberId)> = known
        .iter()
        .flat_map(|person| person.members.iter().copied())
        .collect();
    members.remove(&from);
    members.insert(into);
    let mut seen = BTreeSet::new();
    if let Some((twice, _)) = members.iter().find(|(at, _)| !seen.insert(*at)) {
        let name = d.circle(*twice)?.name.clone();
        return Err(Refusal::new(format!(
            "in {name} they are known as two people; make those one first, or say with \
             circlet member apart that one of them is somebody else"
        )));
    }
    let mut known = known.into_iter();
    if let Some(person) = known.next() {
        let key = |id: uuid::Uuid| Key::new(Space::Org, Kind::Person, id);
        d.put(key(person.id.0), Person { members, ..person });
        for other in known {
            d.remove(key(other.id.0));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
