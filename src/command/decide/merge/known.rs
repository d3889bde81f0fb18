//! What rows that are taken in may refer to, and the numbers and labels that they are given.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::decide::Decision;
use crate::command::decide::merge::counted;
use crate::command::{MergeRow, Refusal};
use crate::domain::circle::Counter;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, MemberId, Space};
use crate::domain::item::Owner;
use crate::domain::merging::{self, Join};
use crate::domain::roster::{Member, free_label};
use crate::domain::state::counter_key;

/// What the rows may refer to, and the numbers and labels that are taken.
pub(super) struct Known {
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
    pub(super) fn of(d: &Decision<'_>, rows: &[MergeRow]) -> Self {
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

    pub(super) fn check_circle(&self, row: &MergeRow) -> Result<(), Refusal> {
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
    pub(super) fn as_one(&self, row: &MergeRow, document: Document) -> Option<Document> {
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
    pub(super) fn is_nobodys(&self, space: Space, document: &Document) -> bool {
        match (space, document) {
            (Space::Circle(circle), Document::Reader(reader)) => {
                !self.members.contains(&(circle, reader.member))
            }
            _ => false,
        }
    }

    /// An owner who is nowhere to be found is nobody, and holds no seat.
    pub(super) fn without_strangers(&self, space: Space, mut document: Document) -> Document {
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
    pub(super) fn numbered(
        &mut self,
        d: &Decision<'_>,
        space: Space,
        mut document: Document,
    ) -> Document {
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

    pub(super) fn put_counters(self, d: &mut Decision<'_>) {
        for (space, counter) in self.counters {
            if self.given.get(&space) != Some(&counter) {
                let key: Key = counter_key(space);
                d.put(key, counter);
            }
        }
    }
}
