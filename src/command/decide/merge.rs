//! Taking in documents of another store, or of an earlier copy of this one.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::decide::{Decision, book};
use crate::command::{MergeRow, Refusal};
use crate::domain::change::Body;
use crate::domain::circle::Counter;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, MemberId, Space};
use crate::domain::item::{Origin, Owner};
use crate::domain::merging::{self, Join};
use crate::domain::roster::{Member, free_label};
use crate::domain::session::SessionState;
use crate::domain::state::counter_key;
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

/// What the rows may refer to, and the numbers and labels that are taken.
struct Known {
    circles: BTreeSet<CircleId>,
    members: BTreeSet<(CircleId, MemberId)>,
    /// The numbers given out before and during this merge.
    counters: BTreeMap<Space, Counter>,
    /// The highest number given out before it, by which a clash is known.
    given: BTreeMap<Space, Counter>,
    taken: BTreeSet<(Space, Kind, u32)>,
    roster: BTreeMap<CircleId, Vec<Member>>,
}

impl Known {
    fn of(d: &Decision<'_>, rows: &[MergeRow]) -> Self {
        let mut known = Self {
            circles: d.state.circles().map(|circle| circle.id).collect(),
            members: BTreeSet::new(),
            counters: BTreeMap::new(),
            given: BTreeMap::new(),
            taken: BTreeSet::new(),
            roster: BTreeMap::new(),
        };
        for row in rows {
            let space = row.key.space;
            known
                .given
                .entry(space)
                .or_insert_with(|| d.state.counter(space));
            if let Space::Circle(circle) = space {
                match row.key.kind {
                    Kind::Circle if row.key.id == circle.0 => {
                        known.circles.insert(circle);
                    }
                    Kind::Member => {
                        known.members.insert((circle, MemberId(row.key.id)));
                    }
                    _ => {}
                }
                known
                    .roster
                    .entry(circle)
                    .or_insert_with(|| d.state.everyone(circle).cloned().collect());
            }
        }
        for (circle, everyone) in &known.roster {
            known
                .members
                .extend(everyone.iter().map(|member| (*circle, member.id)));
        }
        known.counters = known.given.clone();
        known
    }

    fn check_circle(&self, row: &MergeRow) -> Result<(), Refusal> {
        let fits = match (row.key.space, row.key.kind) {
            (Space::Org, kind) => {
                matches!(kind, Kind::Question | Kind::Filter | Kind::Person)
            }
            (Space::Circle(circle), Kind::Circle) => row.key.id == circle.0,
            (Space::Circle(circle), Kind::Rotation) => {
                row.key.id == circle.0 && self.circles.contains(&circle)
            }
            (Space::Circle(circle), _) => self.circles.contains(&circle),
        };
        if fits {
            return Ok(());
        }
        Err(Refusal::new(format!(
            "the circle of {} {} is neither in the file nor here",
            row.key.kind,
            row.key.id.simple()
        )))
    }

    /// The document with one entry of a person in the place of those that became part of it here; nothing where it
    /// is such an entry itself, or what it has said about a book.
    fn as_one(&self, row: &MergeRow, document: Document) -> Option<Document> {
        let Space::Circle(circle) = row.key.space else {
            return Some(document);
        };
        let mut one = document;
        let everyone = self.roster.get(&circle).into_iter().flatten();
        for into in everyone.filter(|member| !member.also.is_empty()) {
            for from in &into.also {
                let theirs = match &one {
                    Document::Member(member) => member.id == *from,
                    Document::Reader(reader) => reader.member == *from,
                    _ => false,
                };
                if theirs {
                    return None;
                }
                if merging::mentions(&one.to_body(), *from) {
                    let join = Join {
                        from: *from,
                        into: into.id,
                    };
                    let gone = Member {
                        id: *from,
                        ..into.clone()
                    };
                    one = merging::joined((&row.key, &one), join, (&gone, into));
                }
            }
        }
        Some(one)
    }

    /// Whether it says how far somebody has read who is nowhere to be found.
    fn is_nobodys(&self, space: Space, document: &Document) -> bool {
        match (space, document) {
            (Space::Circle(circle), Document::Reader(reader)) => {
                !self.members.contains(&(circle, reader.member))
            }
            _ => false,
        }
    }

    /// An owner who is nowhere to be found is nobody, and holds no seat.
    fn without_strangers(&self, space: Space, mut document: Document) -> Document {
        let Space::Circle(circle) = space else {
            return document;
        };
        let stranger = |id: MemberId| !self.members.contains(&(circle, id));
        match &mut document {
            Document::Action(action) => {
                if let Owner::Member(id) = action.owner
                    && stranger(id)
                {
                    action.owner = Owner::Nobody;
                }
                action.partner = action.partner.filter(|id| !stranger(*id));
            }
            Document::Parked(parked) => {
                parked.raised_by = parked.raised_by.filter(|id| !stranger(*id));
                if let Some(block) = &mut parked.block {
                    block.lead = block.lead.filter(|id| !stranger(*id));
                }
            }
            Document::Book(book) => {
                book.proposed_by = book.proposed_by.filter(|id| !stranger(*id));
            }
            Document::Note(note) => {
                note.raised_by = note.raised_by.filter(|id| !stranger(*id));
            }
            Document::Rotation(rotation) => {
                rotation.keep(|id| !stranger(id));
            }
            Document::Asked(_)
            | Document::Filter(_)
            | Document::Person(_)
            | Document::Poll(_)
            | Document::Reader(_)
            | Document::Circle(_)
            | Document::Counter(_)
            | Document::Decision(_)
            | Document::Groups(_)
            | Document::Live(_)
            | Document::Member(_)
            | Document::Question(_)
            | Document::Session(_) => {}
        }
        document
    }

    /// A document with a number or label that nobody has. Numbers given out here stay what they are.
    fn numbered(&mut self, d: &Decision<'_>, space: Space, mut document: Document) -> Document {
        if let (Document::Member(member), Space::Circle(circle)) = (&mut document, space) {
            let roster = self.roster.entry(circle).or_default();
            let held = |other: &Member| other.left.is_none() && other.label == member.label;
            if member.left.is_none() && roster.iter().any(held) {
                member.label = free_label(roster.iter());
            }
            roster.push(member.clone());
            return document;
        }
        let kind = document.kind();
        let Some(number) = document.number_mut() else {
            return document;
        };
        let before = self
            .given
            .entry(space)
            .or_insert_with(|| d.state.counter(space));
        let before = counted(before, kind).map_or(0, |count| *count);
        let clash =
            *number == 0 || *number <= before || self.taken.contains(&(space, kind, *number));
        let counter = self.counters.entry(space).or_default();
        if let Some(count) = counted(counter, kind) {
            if clash {
                // Another row of the file may hold the next number already.
                *number = count.saturating_add(1);
            }
            *count = (*count).max(*number);
        }
        self.taken.insert((space, kind, *number));
        document
    }

    fn put_counters(self, d: &mut Decision<'_>) {
        for (space, counter) in self.counters {
            if self.given.get(&space) != Some(&counter) {
                let key: Key = counter_key(space);
                d.put(key, counter);
            }
        }
    }
}

#[cfg(test)]
mod tests;
