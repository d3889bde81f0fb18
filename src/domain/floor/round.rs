//! A round: everyone has a turn, and nobody a second one before all had their first.

use serde::{Deserialize, Serialize};

use crate::domain::clock::Span;
use crate::domain::id::MemberId;
use crate::domain::share::{CHANGEOVER, between};

/// Who has had a turn and who is still to have one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Whose turn it is, while they have the floor.
    pub now: Option<MemberId>,
    /// The place that they had among those who wait, to go back to if they were called by mistake.
    #[serde(default)]
    place: usize,
    /// Who is still to speak, in order; whoever has passed comes last.
    pub waiting: Vec<MemberId>,
    /// Who has passed once; they are asked again.
    #[serde(default)]
    pub passed: Vec<MemberId>,
    /// Who has spoken, or has passed twice.
    #[serde(default)]
    pub heard: Vec<MemberId>,
    /// What each has: whoever's turn it is first, then those who wait, in their order. Whole seconds that add
    /// up to the time there was when the round was divided last, less the changeovers.
    #[serde(default)]
    shares: Vec<Span>,
}

impl Round {
    /// A round in this order, which nobody has begun.
    pub fn new(order: Vec<MemberId>) -> Self {
        Self {
            waiting: order,
            ..Self::default()
        }
    }

    /// Whether everyone has had their turn.
    pub const fn is_over(&self) -> bool {
        self.now.is_none() && self.waiting.is_empty()
    }

    /// Whether this is the turn of the last one.
    pub const fn is_last(&self) -> bool {
        self.now.is_some() && self.waiting.is_empty()
    }

    /// Who is called next.
    pub fn next(&self) -> Option<MemberId> {
        self.waiting.first().copied()
    }

    /// How many are still to speak, whoever's turn it is among them.
    pub fn left(&self) -> usize {
        self.waiting.len() + usize::from(self.now.is_some())
    }

    /// What everybody who is still to speak has at least.
    pub fn each(&self) -> Option<Span> {
        self.shares.last().copied()
    }

    /// The time that the turn has which is going on.
    pub fn share(&self) -> Option<Span> {
        self.now.and(self.shares.first().copied())
    }

    /// What each of those still to speak has, whoever's turn it is first.
    #[cfg(test)]
    pub fn shares(&self) -> &[Span] {
        &self.shares
    }

    /// The floor goes to `member`, or to nobody. Out of order it counts as their turn; whoever has had one, or
    /// is not part of the round, only speaks.
    pub(super) fn call(&mut self, member: Option<MemberId>) {
        if self.now == member {
            return;
        }
        self.heard.extend(self.now.take());
        let place = member.and_then(|m| self.waiting.iter().position(|w| *w == m));
        if let Some(place) = place {
            self.now = Some(self.waiting.remove(place));
            self.place = place;
        }
    }

    /// Whoever's turn it is, else whoever is next, passes: asked again last, and heard at the second time.
    /// Returns who it was.
    pub(super) fn pass(&mut self) -> Option<MemberId> {
        let member = match self.now.take() {
            Some(member) => member,
            None if self.waiting.is_empty() => return None,
            None => self.waiting.remove(0),
        };
        if self.passed.contains(&member) {
            self.heard.push(member);
        } else {
            self.passed.push(member);
            self.waiting.push(member);
        }
        Some(member)
    }

    /// The turn that is going on was begun by mistake: whoever has it waits where they waited before.
    pub(super) fn give_back(&mut self) {
        if let Some(member) = self.now.take() {
            let place = self.place.min(self.waiting.len());
            self.waiting.insert(place, member);
        }
    }

    /// A turn that is over was somebody else's: its supposed owner is still to speak, first of all.
    pub(super) fn unheard(&mut self, member: MemberId) {
        if let Some(place) = self.heard.iter().position(|heard| *heard == member) {
            self.heard.remove(place);
            self.waiting.insert(0, member);
        }
    }

    /// Makes it fit the people who are here, given in their order: whoever left is out, whoever came is asked
    /// after all who were not asked yet, and those who have spoken are kept. Returns whether it changed.
    pub(super) fn fit(&mut self, here: &[MemberId]) -> bool {
        let before = (self.now, self.waiting.clone());
        self.waiting.retain(|member| here.contains(member));
        self.now = self.now.filter(|member| here.contains(member));
        for member in here {
            let known = self.now == Some(*member)
                || self.waiting.contains(member)
                || self.heard.contains(member);
            if !known {
                let fresh = |waits: &MemberId| !self.passed.contains(waits);
                let again = self.waiting.iter().rposition(fresh).map_or(0, |at| at + 1);
                self.waiting.insert(again, *member);
            }
        }
        before != (self.now, self.waiting.clone())
    }

    /// Divides the time that is left over those still to speak. A quarter of it at most goes between turns.
    pub(super) fn divide(&mut self, left: Span) {
        let people = i64::try_from(self.left()).unwrap_or(i64::MAX);
        let gaps = between(people, CHANGEOVER, left).whole_secs();
        let secs = (left.whole_secs() - gaps).max(0);
        self.shares = (0..people)
            .map(|place| secs / people + i64::from(place < secs % people))
            .map(Span::from_secs)
            .collect();
    }
}
