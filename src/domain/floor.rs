//! The floor: who speaks, who has a hand up, and how long each has spoken.
//!
//! This is not history: it is kept in memory and in one small file beside the store, and forgotten when
//! the session is wrapped up. Times are session time, so pauses count for nobody.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::clock::Span;
use crate::domain::id::{MemberId, SessionId};

/// A turn shorter than this joins the next one: it was a slip of the finger.
pub const SHORTEST_TURN: Span = Span::from_secs(10);

/// A raised hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Whose.
    pub member: MemberId,
    /// For a direct reply, which goes first.
    pub direct: bool,
}

/// A turn that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Who spoke; `None` for time nobody was given.
    pub member: Option<MemberId>,
    /// From when.
    pub from: Span,
    /// Until when.
    pub to: Span,
    /// In which block.
    pub block: usize,
}

/// Who speaks and who waits, in one running session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Floor {
    /// Which session this belongs to; of another session it means nothing.
    pub session: SessionId,
    /// Who has the floor.
    pub speaker: Option<MemberId>,
    /// Since when.
    pub since: Span,
    /// Hands in the order in which they went up, direct replies first.
    pub queue: Vec<Hand>,
    /// What was said before.
    pub turns: Vec<Turn>,
    /// Whether time counts for nobody: off the record.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub muted: bool,
}

/// A move on the floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FloorMove {
    /// This person speaks.
    Give(MemberId),
    /// Nobody speaks.
    Nobody,
    /// The next in the queue speaks.
    Next,
    /// Raise or lower this hand.
    Hand {
        /// Whose.
        member: MemberId,
        /// For a direct reply.
        direct: bool,
    },
    /// This person went away: no floor, no hand.
    Leave(MemberId),
    /// Whoever is called passes and is asked again last.
    Pass,
    /// The turn before was that of whoever speaks now, too.
    Mend,
    /// Everyone has a turn, in this order.
    Round {
        /// Who is still to speak, in order.
        order: Vec<MemberId>,
    },
    /// The round is over.
    EndRound,
    /// It is silent on purpose, and for how long is counted; or no longer.
    Silence(bool),
    /// Off the record: the turn that goes on is over, and no time counts for anybody; or it counts again.
    Mute(bool),
}

impl Floor {
    /// An empty floor.
    pub const fn new(session: SessionId) -> Self {
        Self {
            session,
            speaker: None,
            since: Span::ZERO,
            queue: Vec::new(),
            turns: Vec::new(),
            muted: false,
        }
    }

    /// Who is next in the queue.
    pub fn next(&self) -> Option<MemberId> {
        self.queue.first().map(|hand| hand.member)
    }

    /// The place of a member's hand, counted from 1.
    pub fn hand(&self, member: MemberId) -> Option<usize> {
        self.queue
            .iter()
            .position(|hand| hand.member == member)
            .map(|place| place + 1)
    }

    /// Makes a move at session time `at` in the block `block`. Giving the floor to whoever has it
    /// changes nothing.
    pub fn make(&mut self, change: FloorMove, at: Span, block: usize) {
        match change {
            FloorMove::Give(member) => self.give(Some(member), at, block),
            FloorMove::Nobody => self.give(None, at, block),
            FloorMove::Next => {
                if let Some(member) = self.next() {
                    self.give(Some(member), at, block);
                }
            }
            FloorMove::Hand { member, direct } => self.raise_or_lower(member, direct),
            FloorMove::Leave(member) => {
                if self.speaker == Some(member) {
                    self.give(None, at, block);
                }
                self.queue.retain(|hand| hand.member != member);
            }
            FloorMove::Mute(muted) => self.mute(muted, at, block),
            FloorMove::Pass
            | FloorMove::Mend
            | FloorMove::Round { .. }
            | FloorMove::EndRound
            | FloorMove::Silence(_) => {}
        }
    }

    fn give(&mut self, member: Option<MemberId>, at: Span, block: usize) {
        if self.speaker == member {
            return;
        }
        self.queue.retain(|hand| Some(hand.member) != member);
        if self.muted {
            self.since = at;
        } else {
            self.close_turn(at, block);
        }
        self.speaker = member;
    }

    /// Ends the turn that goes on, unless it was a slip of the finger, which joins the next one.
    fn close_turn(&mut self, at: Span, block: usize) {
        if at - self.since < SHORTEST_TURN {
            return;
        }
        self.turns.push(Turn {
            member: self.speaker,
            from: self.since,
            to: at,
            block,
        });
        self.since = at;
    }

    fn mute(&mut self, muted: bool, at: Span, block: usize) {
        if self.muted == muted {
            return;
        }
        if muted {
            self.close_turn(at, block);
        }
        self.muted = muted;
        self.since = at;
    }

    fn raise_or_lower(&mut self, member: MemberId, direct: bool) {
        if let Some(place) = self.queue.iter().position(|hand| hand.member == member) {
            let old = self.queue.remove(place);
            if old.direct == direct {
                return;
            }
        }
        let hand = Hand { member, direct };
        if direct {
            let place = self.queue.iter().take_while(|hand| hand.direct).count();
            self.queue.insert(place, hand);
        } else {
            self.queue.push(hand);
        }
    }

    /// How long the present speaker has had the floor.
    pub fn speaking(&self, at: Span) -> Span {
        if self.speaker.is_some() {
            at - self.since
        } else {
            Span::ZERO
        }
    }

    /// Speaking time of each person up to `at`.
    pub fn times(&self, at: Span) -> BTreeMap<MemberId, Span> {
        let now = Turn {
            member: self.speaker,
            from: self.since,
            to: at,
            block: 0,
        };
        let mut times = BTreeMap::new();
        let now = Some(&now).filter(|_| !self.muted);
        for turn in self.turns.iter().chain(now) {
            if let Some(member) = turn.member {
                let time: &mut Span = times.entry(member).or_default();
                *time = *time + (turn.to - turn.from);
            }
        }
        times
    }

    /// Whether this person has had a turn in the block `block`.
    pub fn was_heard(&self, member: MemberId, block: usize) -> bool {
        self.speaker == Some(member)
            || self
                .turns
                .iter()
                .any(|turn| turn.member == Some(member) && turn.block == block)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture;

    fn secs(n: i64) -> Span {
        Span::from_secs(n)
    }

    #[test]
    fn direct_replies_go_first_and_a_second_press_lowers() {
        let [a, b, c, d] = fixture::members();
        let mut floor = Floor::new(fixture::session_id());
        for (member, direct) in [(a, false), (b, true), (c, false), (d, true)] {
            floor.make(FloorMove::Hand { member, direct }, secs(0), 0);
        }
        let order: Vec<_> = floor.queue.iter().map(|hand| hand.member).collect();
        assert_eq!(order, [b, d, a, c]);
        floor.make(
            FloorMove::Hand {
                member: a,
                direct: false,
            },
            secs(0),
            0,
        );
        assert_eq!(floor.hand(a), None);
        floor.make(FloorMove::Next, secs(20), 0);
        assert_eq!((floor.speaker, floor.next()), (Some(b), Some(d)));
    }

    #[test]
    fn a_slip_of_the_finger_joins_the_next_turn() {
        let [a, b, ..] = fixture::members();
        let mut floor = Floor::new(fixture::session_id());
        floor.make(FloorMove::Give(a), secs(30), 0);
        floor.make(FloorMove::Give(b), secs(33), 0);
        assert_eq!(floor.speaking(secs(60)), secs(30));
        assert_eq!(floor.times(secs(60)), BTreeMap::from([(b, secs(30))]));
    }

    #[test]
    fn whoever_leaves_is_neither_speaking_nor_waiting() {
        let [a, b, ..] = fixture::members();
        let mut floor = Floor::new(fixture::session_id());
        floor.make(FloorMove::Give(a), secs(0), 0);
        floor.make(
            FloorMove::Hand {
                member: b,
                direct: false,
            },
            secs(5),
            0,
        );
        floor.make(FloorMove::Leave(a), secs(60), 0);
        floor.make(FloorMove::Leave(b), secs(60), 0);
        assert_eq!((floor.speaker, floor.next()), (None, None));
        assert_eq!(floor.times(secs(90)), BTreeMap::from([(a, secs(60))]));
    }

    #[test]
    fn time_off_the_record_counts_for_nobody() {
        let [a, b, ..] = fixture::members();
        let mut floor = Floor::new(fixture::session_id());
        floor.make(FloorMove::Give(a), secs(0), 0);
        floor.make(FloorMove::Mute(true), secs(60), 0);
        floor.make(FloorMove::Give(b), secs(90), 0);
        assert_eq!(
            (floor.speaker, floor.speaking(secs(100))),
            (Some(b), secs(10))
        );
        assert_eq!(floor.times(secs(300)), BTreeMap::from([(a, secs(60))]));
        floor.make(FloorMove::Mute(false), secs(300), 0);
        assert_eq!(
            floor.times(secs(320)),
            BTreeMap::from([(a, secs(60)), (b, secs(20))])
        );
    }

    #[test]
    fn giving_the_floor_again_changes_nothing() {
        let [a, ..] = fixture::members();
        let mut floor = Floor::new(fixture::session_id());
        floor.make(FloorMove::Give(a), secs(0), 0);
        let before = floor.clone();
        floor.make(FloorMove::Give(a), secs(90), 0);
        assert_eq!(floor, before);
    }
}
