//! How far somebody has read, in their own words or in those of whoever leads.

use super::{book, someone};
use crate::command::Refusal;
use crate::command::book::Entry;
use crate::command::decide::Decision;
use crate::domain::book::reader::{Reached, Reader};
use crate::domain::book::reading::Measure;
use crate::domain::book::{Book, BookState, schedule};
use crate::domain::id::{BookId, CircleId, Key, Kind, MemberId};

/// Writes down how far a member has read. The title names nobody, since titles stay when a person is erased.
pub(super) fn reach(
    d: &mut Decision<'_>,
    (circle, id): (CircleId, BookId),
    (member, entry): (MemberId, Entry),
    shared: Option<bool>,
) -> Result<String, Refusal> {
    let held = book(d, circle, id)?;
    someone(d, circle, member)?;
    if held.state == BookState::Proposed {
        return Err(Refusal::new(format!("B{} has not been begun", held.number)));
    }
    let known = d.state.reader(circle, id, member).cloned();
    let mut reader = known.unwrap_or_else(|| Reader::new(id, member));
    if let Some((measure, place)) = place(&held, &reader, entry)? {
        reader.say(Reached {
            at: d.cx.at,
            measure,
            place,
        });
    } else if reader.now().is_none() {
        return Err(Refusal::new("say first how far it is: a chapter or a page"));
    }
    reader.shared = shared.unwrap_or(reader.shared);
    let key = Key::circle(circle, Kind::Reader, reader.id.0);
    d.put(key, reader);
    Ok(format!("how far one of you is in B{}", held.number))
}

/// The place that an entry means; `None` when it says nothing about it.
fn place(book: &Book, reader: &Reader, entry: Entry) -> Result<Option<(Measure, u32)>, Refusal> {
    let usual = book.reading.as_ref().map(|reading| reading.measure);
    let (measure, place) = match entry {
        Entry::Same => return Ok(None),
        Entry::At(measure, place) => (measure, place),
        Entry::More(more) => {
            let (measure, place) = match reader.now() {
                Some(now) => (now.measure, now.place),
                None => (usual.unwrap_or_default(), 0),
            };
            (measure, place.saturating_add(more))
        }
    };
    let most = schedule::most(measure);
    if place > most {
        return Err(Refusal::new(format!(
            "{place} is more than any book has; the most is {most}"
        )));
    }
    match book.units(measure) {
        Some(units) if place > units => Err(Refusal::new(format!(
            "B{} has {units} {}; {place} is beyond its end",
            book.number,
            if units == 1 {
                measure.one()
            } else {
                measure.many()
            }
        ))),
        _ => Ok(Some((measure, place))),
    }
}
