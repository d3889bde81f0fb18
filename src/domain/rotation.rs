//! The rotation: who leads, keeps time, writes, sits in the seat, speaks first, by longest since.
//!
//! Read from what sessions say when they end, never from who spoke. Whoever was passed over is owed the
//! seat and comes first next time; whoever took it in their place owes it until that has happened.

mod turns;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::domain::clock::{Moment, Zone};
use crate::domain::id::MemberId;
use crate::domain::roster::Member;

pub use turns::Turns;

/// Something that one person does for the circle in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// Runs the session.
    Facilitator,
    /// Keeps the time.
    Timekeeper,
    /// Writes down.
    Scribe,
    /// Sits in the hot seat.
    Presenter,
    /// Begins the first round.
    First,
}

impl Seat {
    /// Every seat, in the order in which they are listed.
    pub const ALL: [Self; 5] = [
        Self::Facilitator,
        Self::Timekeeper,
        Self::Scribe,
        Self::First,
        Self::Presenter,
    ];

    /// The word on the command line and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Facilitator => "facilitator",
            Self::Timekeeper => "timekeeper",
            Self::Scribe => "scribe",
            Self::Presenter => "presenter",
            Self::First => "first",
        }
    }

    /// What its holder does, after a name: `Mei leads`.
    pub const fn does(self) -> &'static str {
        match self {
            Self::Facilitator => "leads",
            Self::Timekeeper => "keeps time",
            Self::Scribe => "writes",
            Self::Presenter => "sits in the hot seat",
            Self::First => "speaks first",
        }
    }
}

/// What is known of one person in one seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// When they held it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Moment>,
    /// How often they held it.
    #[serde(default)]
    pub times: u16,
    /// How often they are owed it: skipped or swapped away, less what they took for others.
    #[serde(default)]
    pub owed: i16,
}

impl Held {
    /// Why somebody is where they are in the row: `never yet`, `last 12 Feb, owed one`.
    pub fn why(self, today: NaiveDate, zone: Zone) -> String {
        let mut words = self.last.map_or_else(
            || "never yet".to_owned(),
            |last| {
                let day = last.date(zone);
                let same = day.year() == today.year();
                let shape = if same {
                    "last %-d %b"
                } else {
                    "last %-d %b %Y"
                };
                day.format(shape).to_string()
            },
        );
        match self.owed {
            ..=0 => {}
            1 => words += ", owed one",
            owed => words = format!("{words}, owed {owed}"),
        }
        words
    }
}

/// Who held which seat, over the life of a circle. One document a circle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rotation {
    /// By seat and person.
    pub seats: BTreeMap<Seat, BTreeMap<MemberId, Held>>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Rotation {
    /// What is known of a person in a seat.
    pub fn held(&self, seat: Seat, member: MemberId) -> Held {
        let people = self.seats.get(&seat);
        people
            .and_then(|people| people.get(&member))
            .copied()
            .unwrap_or_default()
    }

    /// People in the order in which a seat comes to them: first those who are owed it, then whoever never
    /// held it, then by longest since; among equals whoever is owed more, then by label.
    pub fn order<'a>(&self, seat: Seat, people: &[&'a Member]) -> Vec<&'a Member> {
        let mut row = people.to_vec();
        row.sort_by_key(|member| {
            let held = self.held(seat, member.id);
            let owed = (Reverse(held.owed.max(0)), held.last, Reverse(held.owed));
            (owed, member.label, member.id)
        });
        row
    }

    /// Who takes a seat when `holder` is passed over: the next by longest since, after the last the first,
    /// so that passing over again and again asks everybody once. `None` when there is nobody else.
    pub fn instead_of<'a>(
        &self,
        seat: Seat,
        holder: MemberId,
        people: &[&'a Member],
    ) -> Option<&'a Member> {
        let mut row = people.to_vec();
        // Without what is owed, which each passing over changes.
        row.sort_by_key(|member| (self.held(seat, member.id).last, member.label, member.id));
        let at = row.iter().position(|member| member.id == holder);
        let from = at.map_or(0, |at| at + 1);
        row.iter()
            .cycle()
            .skip(from)
            .take(row.len())
            .find(|member| member.id != holder)
            .copied()
    }

    /// Somebody held a seat in a session that began at `at`. What they were owed is paid, and with it what
    /// somebody else had taken.
    pub fn take(&mut self, seat: Seat, member: MemberId, at: Moment) {
        let people = self.seats.entry(seat).or_default();
        let held = people.entry(member).or_default();
        held.last = held.last.max(Some(at));
        held.times = held.times.saturating_add(1);
        if held.owed > 0 {
            held.owed -= 1;
            let debtor = people.values_mut().filter(|held| held.owed < 0);
            if let Some(debtor) = debtor.min_by_key(|held| held.owed) {
                debtor.owed += 1;
            }
        }
    }

    /// Somebody was passed over, and whoever took the seat instead owes it.
    pub fn pass_over(&mut self, seat: Seat, passed: MemberId, taker: Option<MemberId>) {
        let people = self.seats.entry(seat).or_default();
        let owed = &mut people.entry(passed).or_default().owed;
        *owed = owed.saturating_add(1);
        if let Some(taker) = taker {
            let owed = &mut people.entry(taker).or_default().owed;
            *owed = owed.saturating_sub(1);
        }
    }

    /// What is known of `from` becomes known of `into`: seats that either held were held by one person.
    pub fn join(&mut self, from: MemberId, into: MemberId) {
        for people in self.seats.values_mut() {
            let Some(gone) = people.remove(&from) else {
                continue;
            };
            let held = people.entry(into).or_default();
            held.last = held.last.max(gone.last);
            held.times = held.times.saturating_add(gone.times);
            held.owed = held.owed.saturating_add(gone.owed);
        }
    }

    /// Keeps only what is known of these people. Returns whether anybody was left out.
    pub fn keep(&mut self, known: impl Fn(MemberId) -> bool) -> bool {
        let before: usize = self.seats.values().map(BTreeMap::len).sum();
        for people in self.seats.values_mut() {
            people.retain(|member, _| known(*member));
        }
        self.seats.retain(|_, people| !people.is_empty());
        let after: usize = self.seats.values().map(BTreeMap::len).sum();
        after < before
    }
}

#[cfg(test)]
mod tests;
