//! Taking back and bringing back.
//!
//! Undo is a new act that holds the inverse changes. It is refused when a value is no longer what the
//! act left behind. Numbers given out stay given out, pauses stay, and time that has passed stays spent.

use serde_json::{Map, Value};

use crate::command::decide::Decided;
use crate::command::{Context, Refusal};
use crate::domain::book::BookState;
use crate::domain::change::{Act, ActKind, Body, Change};
use crate::domain::clock::Span;
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind, RunId, Space};
use crate::domain::state::State;

pub use crate::command::undo::reach::{Reach, newest_step, newest_undone};

mod reach;
mod running;

/// After this long a block move that is taken back leaves the clock standing with the time that was left
/// then; before, the minutes since stay spent.
pub const LATE: Span = Span::from_minutes(5);

/// The fields of a running session that follow the time: pauses, and where a late undo has put the clock.
/// They are no step of their own and do not stand in the way of one.
const TIME: [&str; 4] = ["clock", "entered", "step_entered", "shown"];

/// Whether taking back is offered for this act. A pause is no step of its own: Space mends it. Nor is what
/// came with circlet.
pub fn is_step(act: &Act) -> bool {
    if act.by.run == RunId::NOBODY {
        return false;
    }
    match act.kind {
        ActKind::Undo(_) | ActKind::Redo(_) => false,
        ActKind::Do => act.changes.iter().any(|change| !only_pauses(change)),
    }
}

fn only_pauses(change: &Change) -> bool {
    if change.key.kind != Kind::Live {
        return false;
    }
    let (Some(before), Some(after)) = (
        fields(change.before.as_ref()),
        fields(change.after.as_ref()),
    ) else {
        return false;
    };
    differing(before, after).all(|field| TIME.contains(&field))
}

fn fields(body: Option<&Body>) -> Option<&Map<String, Value>> {
    body.and_then(Value::as_object)
}

fn differing<'a>(
    one: &'a Map<String, Value>,
    other: &'a Map<String, Value>,
) -> impl Iterator<Item = &'a str> {
    one.keys()
        .chain(other.keys().filter(|field| !one.contains_key(*field)))
        .filter(|field| one.get(*field) != other.get(*field))
        .map(String::as_str)
}

/// The changes that take `act` back, or bring it back if `act` is itself an undo. All documents that it
/// names must be loaded.
///
/// # Errors
/// A refusal that names what has changed since.
pub fn inverse(state: &State, act: &Act, cx: &Context) -> Result<Decided, Refusal> {
    let mut changes = Vec::new();
    for change in &act.changes {
        if change.key.kind == Kind::Counter {
            continue;
        }
        let now = state.get(&change.key).map(Document::to_body);
        if brings_back_a_session(change) && state.running().is_some() {
            return Err(Refusal::new(format!(
                "{} cannot be {} while another session runs",
                act.title,
                turned(act)
            )));
        }
        if let Some(other) = second_read(state, change, act) {
            let other = super::decide::item_name(other);
            let turned = turned(act);
            return Err(Refusal::new(format!(
                "{} cannot be {turned}: {other} is being read",
                act.title
            )));
        }
        let inverse = if change.key.kind == Kind::Live {
            running::inverse(change, now, act, cx)
        } else if now == change.after {
            Some(change.inverse())
        } else {
            None
        };
        let Some(inverse) = inverse else {
            return Err(cannot(act, turned(act), state.get(&change.key)));
        };
        if inverse.before != inverse.after {
            changes.push(inverse);
        }
    }
    if changes.is_empty() {
        return Err(Refusal::new(format!(
            "there is nothing left of it that could be {}",
            turned(act)
        )));
    }
    Ok(Decided {
        title: act.title.clone(),
        changes,
    })
}

/// Why `act`, which turns another around, cannot: this document is not what the other one left.
pub fn changed_since(act: &Act, now: Option<&Document>) -> Refusal {
    let turned = match act.kind {
        ActKind::Redo(_) => "brought back",
        ActKind::Do | ActKind::Undo(_) => "taken back",
    };
    cannot(act, turned, now)
}

fn cannot(act: &Act, turned: &str, now: Option<&Document>) -> Refusal {
    let what = now.map_or_else(
        || "something it made is gone".to_owned(),
        |document| format!("{} was changed since", super::decide::item_name(document)),
    );
    Refusal::new(format!("{} cannot be {turned}: {what}", act.title))
}

/// What the inverse of an act does to what people know by its title.
const fn turned(act: &Act) -> &'static str {
    match act.kind {
        ActKind::Undo(_) => "brought back",
        ActKind::Do | ActKind::Redo(_) => "taken back",
    }
}

/// The book that is being read where taking this back would make it two.
fn second_read<'a>(state: &'a State, change: &Change, act: &Act) -> Option<&'a Document> {
    let (Space::Circle(circle), Kind::Book) = (change.key.space, change.key.kind) else {
        return None;
    };
    let book = Document::from_body(&change.key, change.before.as_ref()?).ok()?;
    let Document::Book(book) = book else {
        return None;
    };
    let reads = book.state == BookState::Reading && book.trashed.is_none();
    let other = state.reading(circle).filter(|other| other.id != book.id)?;
    let key = Key::circle(circle, Kind::Book, other.id.0);
    // One act may have gone on from one book to the next; then both turn.
    let reads = reads && act.changes.iter().all(|change| change.key != key);
    reads.then(|| state.get(&key)).flatten()
}

/// Whether taking this back makes a session run again.
fn brings_back_a_session(change: &Change) -> bool {
    change.key.kind == Kind::Live && change.before.is_some() && change.after.is_none()
}
