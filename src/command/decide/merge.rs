//! Taking in documents of another store, or of an earlier copy of this one.

mod known;

use std::collections::BTreeSet;

use crate::command::decide::merge::known::Known;
use crate::command::decide::{Decision, book};
use crate::command::{MergeRow, Refusal};
use crate::domain::change::Body;
use crate::domain::circle::Counter;
use crate::domain::document::Document;
use crate::domain::id::Kind;
use crate::domain::item::Origin;
use crate::domain::session::SessionState;
use crate::domain::text::Clean;

/// Fields that a store gives out itself: two copies of one document may differ in them.
const OWN: [&str; 2] = ["number", "label"];

/// Whether a document is of a kind that travels. What is running and what numbers were given out belong to
/// one store.
pub(crate) const fn travels(kind: Kind) -> bool {
    match kind {
        Kind::Counter | Kind::Live => false,
        Kind::Action
        | Kind::Asked
        | Kind::Book
        | Kind::Filter
        | Kind::Person
        | Kind::Poll
        | Kind::Reader
        | Kind::Circle
        | Kind::Decision
        | Kind::Groups
        | Kind::Member
        | Kind::Note
        | Kind::Parked
        | Kind::Question
        | Kind::Rotation
        | Kind::Session => true,
    }
}

/// Whether two copies of one document say the same. Numbers and labels do not count.
pub(crate) fn same(one: &Body, other: &Body) -> bool {
    let bare = |body: &Body| {
        let mut body = body.clone();
        if let Some(fields) = body.as_object_mut() {
            for field in OWN {
                fields.remove(field);
            }
        }
        body
    };
    bare(one) == bare(other)
}

/// Merges by uid: what is not here is added, what is here stays as it is or, with `replace`, becomes what
/// the other copy says.
pub(super) fn merge(
    d: &mut Decision<'_>,
    rows: &[MergeRow],
    replace: bool,
    source: &Clean,
) -> Result<String, Refusal> {
    let mut known = Known::of(d, rows);
    let mut count = 0_usize;
    for row in rows {
        let document = read(row)?;
        known.check_circle(row)?;
        let Some(document) = known.as_one(row, document) else {
            continue;
        };
        let document = known.without_strangers(row.key.space, document);
        if known.is_nobodys(row.key.space, &document) {
            continue;
        }
        let held = d.state.get(&row.key).cloned();
        if let Some(held) = held {
            let document = keeping_withheld(&held, document);
            if !replace || same(&held.to_body(), &document.to_body()) {
                continue;
            }
            d.put(row.key, keeping_numbers(&held, document));
        } else {
            let document = known.numbered(d, row.key.space, at_rest(document));
            d.add(row.key, document);
        }
        count += 1;
    }
    known.put_counters(d);
    Ok(match count {
        1 => format!("1 document from {source}"),
        many => format!("{many} documents from {source}"),
    })
}

fn read(row: &MergeRow) -> Result<Document, Refusal> {
    let wrong = |what: &str| Refusal::new(format!("{} in the file {what}", row.key.kind));
    if !travels(row.key.kind) {
        return Err(wrong("cannot be taken in"));
    }
    let document = Document::from_body(&row.key, &row.body)
        .map_err(|error| wrong(&format!("is not readable: {}", error.source)))?;
    if id_of(&document).is_some_and(|id| id != row.key.id) {
        return Err(wrong("has another uid than its row"));
    }
    check(&document).map_err(|why| wrong(&format!("cannot be taken in: {}", why.reason)))?;
    Ok(document)
}

/// The laws that commands keep and a file may break; what reads the documents relies on them.
fn check(document: &Document) -> Result<(), Refusal> {
    match document {
        Document::Book(row) => book::check_whole(row),
        Document::Person(row) => {
            let circles: BTreeSet<_> = row.members.iter().map(|(circle, _)| circle).collect();
            if circles.len() < row.members.len() {
                let words = "it makes two members of one circle the same person";
                return Err(Refusal::new(words));
            }
            Ok(())
        }
        Document::Action(_)
        | Document::Asked(_)
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
        | Document::Session(_) => Ok(()),
    }
}

fn id_of(document: &Document) -> Option<uuid::Uuid> {
    match document {
        Document::Action(row) => Some(row.id.0),
        Document::Asked(row) => Some(row.question.0),
        Document::Book(row) => Some(row.id.0),
        Document::Filter(row) => Some(row.id.0),
        Document::Person(row) => Some(row.id.0),
        Document::Poll(row) => Some(row.id.0),
        Document::Reader(row) => Some(row.id.0),
        Document::Circle(row) => Some(row.id.0),
        Document::Decision(row) => Some(row.id.0),
        Document::Groups(row) => Some(row.id.0),
        Document::Member(row) => Some(row.id.0),
        Document::Note(row) => Some(row.id.0),
        Document::Parked(row) => Some(row.id.0),
        Document::Question(row) => Some(row.id.0),
        Document::Session(row) => Some(row.id.0),
        Document::Counter(_) | Document::Live(_) | Document::Rotation(_) => None,
    }
}

/// A session that runs in the other store does not run here.
fn at_rest(document: Document) -> Document {
    match document {
        Document::Session(mut session) if session.state == SessionState::Running => {
            session.state = SessionState::Planned;
            session.started = None;
            session.into()
        }
        other => other,
    }
}

fn keeping_numbers(held: &Document, mut document: Document) -> Document {
    match (held, &mut document) {
        (Document::Member(held), Document::Member(new)) => new.label = held.label,
        (held, new) => {
            if let (Some(kept), Some(number)) = (held.number(), new.number_mut()) {
                *number = kept;
            }
        }
    }
    document
}

/// What a file for others never has stays as it is here: who had the floor, why somebody was away, whom a circle keeps
/// apart or together, who wrote a question, what came in of a vote, which entries became one, when somebody wrote
/// about themselves.
fn keeping_withheld(held: &Document, mut document: Document) -> Document {
    let keep = |held: &Origin, new: &mut Origin| new.speaking = new.speaking.or(held.speaking);
    match (held, &mut document) {
        (Document::Action(held), Document::Action(new)) => keep(&held.origin, &mut new.origin),
        (Document::Decision(held), Document::Decision(new)) => {
            keep(&held.origin, &mut new.origin);
        }
        (Document::Note(held), Document::Note(new)) => keep(&held.origin, &mut new.origin),
        (Document::Parked(held), Document::Parked(new)) => keep(&held.origin, &mut new.origin),
        (Document::Member(held), Document::Member(new)) if new.also.is_empty() => {
            new.also.clone_from(&held.also);
        }
        (Document::Circle(held), Document::Circle(new)) if new.ties.is_empty() => {
            new.ties.clone_from(&held.ties);
        }
        (Document::Session(held), Document::Session(new)) => {
            for (id, why) in &mut new.away {
                let here = || held.away.get(id).cloned().flatten();
                *why = why.take().or_else(here);
            }
        }
        (Document::Member(held), Document::Member(new)) if new.reflected.is_empty() => {
            new.reflected.clone_from(&held.reflected);
        }
        (Document::Question(held), Document::Question(new)) => {
            new.author = new.author.or(held.author);
        }
        (Document::Poll(held), Document::Poll(new)) if new.ballots.is_empty() => {
            new.ballots.clone_from(&held.ballots);
        }
        _ => {}
    }
    document
}

fn counted(counter: &mut Counter, kind: Kind) -> Option<&mut u32> {
    match kind {
        Kind::Action => Some(&mut counter.action),
        Kind::Book => Some(&mut counter.book),
        Kind::Decision => Some(&mut counter.decision),
        Kind::Note => Some(&mut counter.note),
        Kind::Parked => Some(&mut counter.parked),
        Kind::Question => Some(&mut counter.question),
        Kind::Session => Some(&mut counter.session),
        Kind::Asked
        | Kind::Filter
        | Kind::Person
        | Kind::Poll
        | Kind::Reader
        | Kind::Circle
        | Kind::Counter
        | Kind::Groups
        | Kind::Live
        | Kind::Member
        | Kind::Rotation => None,
    }
}

#[cfg(test)]
mod tests;
