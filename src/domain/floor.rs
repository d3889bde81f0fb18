//! The floor: who speaks, who has a hand up, and how long each has spoken.
//!
//! This is not history: it is kept in memory and in one small file beside the store, and forgotten when
//! the session is wrapped up. Times are session time, so pauses count for nobody.

pub mod quiet;
pub mod room;
pub mod round;
pub mod scene;
pub mod time;

use serde::{Deserialize, Serialize};

use crate::domain::clock::Span;
use crate::domain::floor::round::Round;
use crate::domain::floor::scene::{Place, Scene, Terms};
use crate::domain::id::{MemberId, SessionId};

/// A turn shorter than this joins the next one: it was a slip of the finger.
pub const SHORTEST_TURN: Span = Span::from_secs(10);
/// Another number this soon corrects the one before, also in a round: the person pressed first was not called.
const SLIP: Span = Span::from_secs(3);

/// A raised hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Whose.
    pub member: MemberId,
    /// For a direct reply, which goes first.
    pub direct: bool,
    /// Was called once and passed.
    #[serde(default)]
    pub passed: bool,
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
    /// Whose it may have been: time beyond the limit of their turn, which nobody was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubted: Option<MemberId>,
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
    /// When a key last said that it is they who speak.
    #[serde(default)]
    pub called: Span,
    /// Hands in the order in which they went up, direct replies first.
    pub queue: Vec<Hand>,
    /// What was said before.
    pub turns: Vec<Turn>,
    /// The round that is going on, or that is over in this step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<Round>,
    /// The round of the step that was left last, for whoever comes back to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kept: Option<(Place, Round)>,
    /// Since when it is silent on purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silent: Option<Span>,
    /// Whether turns are shown and count for nobody.
    #[serde(default)]
    muted: bool,
    /// What the running step lets people do.
    #[serde(default)]
    terms: Terms,
}

/// A move on the floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FloorMove {
    /// This person speaks; of whoever has the floor, that it is still they.
    Give(MemberId),
    /// Nobody speaks.
    Nobody,
    /// The next of the round speaks, else the next in the queue.
    Next,
    /// Raise or lower this hand.
    Hand {
        /// Whose.
        member: MemberId,
        /// For a direct reply.
        direct: bool,
    },
    /// This person went away: no floor, no hand, no turn in the round.
    Leave(MemberId),
    /// Whoever's turn it is in the round, else whoever is next, passes and is asked again last; at the second
    /// time they count as heard.
    Pass,
    /// The turn before was that of whoever speaks now, too.
    Mend,
    /// Everyone has a turn.
    Round {
        /// Who, in order.
        order: Vec<MemberId>,
    },
    /// The round is over, whoever is still to speak.
    EndRound,
    /// Nobody speaks on purpose, and for how long is counted; or no longer.
    Silence(bool),
    /// From now on turns count for nobody, or they count again.
    Mute(bool),
}

impl Floor {
    /// An empty floor.
    pub fn new(session: SessionId) -> Self {
        Self {
            session,
            speaker: None,
            since: Span::ZERO,
            called: Span::ZERO,
            queue: Vec::new(),
            turns: Vec::new(),
            round: None,
            kept: None,
            silent: None,
            muted: false,
            terms: Terms::default(),
        }
    }

    /// The round, as long as somebody is still to speak in it.
    pub fn open_round(&self) -> Option<&Round> {
        self.round.as_ref().filter(|round| !round.is_over())
    }

    /// Who is called next: in the round, else in the queue.
    pub fn next(&self) -> Option<MemberId> {
        let round = self.round.as_ref().and_then(Round::next);
        round.or_else(|| self.queue.first().map(|hand| hand.member))
    }

    /// Who would pass: whoever's turn it is in the round, else whoever is next.
    pub fn called(&self) -> Option<MemberId> {
        let now = self.round.as_ref().and_then(|round| round.now);
        now.or_else(|| self.next())
    }

    /// The place of a member's hand, counted from 1.
    pub fn hand(&self, member: MemberId) -> Option<usize> {
        self.queue
            .iter()
            .position(|hand| hand.member == member)
            .map(|place| place + 1)
    }

    /// Makes a move at session time `at` in the block `block`.
    pub fn make(&mut self, change: FloorMove, at: Span, block: usize) {
        self.rewind(at);
        match change {
            FloorMove::Give(member) => self.call(member, at, block),
            FloorMove::Nobody => self.give(None, at, block),
            FloorMove::Next => {
                if let Some(member) = self.next() {
                    self.give(Some(member), at, block);
                }
            }
            FloorMove::Hand { member, direct } => self.raise_or_lower(member, direct),
            FloorMove::Leave(member) => self.leave(member, at, block),
            FloorMove::Pass => self.pass(at, block),
            FloorMove::Mend => {
                self.mend();
                self.divide(at);
            }
            FloorMove::Round { order } => {
                self.give(None, at, block);
                self.round = Some(Round::new(order));
                self.divide(at);
            }
            FloorMove::EndRound => self.round = None,
            FloorMove::Silence(silent) => {
                if silent {
                    self.give(None, at, block);
                }
                self.silent = silent.then_some(at);
            }
            FloorMove::Mute(muted) => {
                if self.muted != muted {
                    self.close(at, block);
                    (self.muted, self.called) = (muted, at);
                }
            }
        }
    }

    /// Makes it fit what runs at session time `at` and who is here. A step that is entered begins with what it
    /// is: a round with nobody on the floor; one that was left goes on where it stood.
    pub fn settle(&mut self, scene: &Scene, at: Span) {
        self.rewind(at);
        let place = self.terms.place.or(scene.terms.place);
        let block = place.map_or(0, |place| place.block);
        let waits = self.queue.iter().map(|hand| hand.member);
        let gone: Vec<MemberId> = waits
            .chain(self.speaker)
            .filter(|member| !scene.here.contains(member))
            .collect();
        for member in gone {
            self.leave(member, at, block);
        }
        let ended = self.terms.ends;
        if self.terms.place == scene.terms.place {
            if self.terms.opens != scene.terms.opens {
                self.open(scene, at, block);
            }
            self.terms = scene.terms;
        } else {
            self.enter(scene, at, block);
        }
        let refit = self
            .round
            .as_mut()
            .is_some_and(|round| round.fit(&scene.order));
        if refit || ended != self.terms.ends {
            self.divide(at);
        }
    }

    /// The step is somebody's: they have the floor.
    fn open(&mut self, scene: &Scene, at: Span, block: usize) {
        if scene.terms.opens.is_some() {
            self.give(scene.terms.opens, at, block);
        }
    }

    /// Goes to another step at `at`; time until then belongs to the block `left`. Whoever speaks goes on to do so
    /// in the next step of a block; another block begins with nobody on the floor.
    fn enter(&mut self, scene: &Scene, at: Span, left: usize) {
        let going = self
            .kept
            .take_if(|(place, _)| Some(*place) == scene.terms.place)
            .map(|(_, round)| round);
        if let (Some(place), Some(round)) = (self.terms.place, self.round.take()) {
            self.kept = Some((place, round));
        }
        if scene.terms.rests != self.terms.rests {
            self.close(at, left);
        }
        let another = scene.terms.place.is_none_or(|place| place.block != left);
        if going.is_some() || scene.round || scene.terms.rests || another {
            self.give(None, at, left);
        } else if !self.is_doubtful(at) {
            self.called = at;
        }
        self.open(scene, at, left);
        self.terms = scene.terms;
        self.silent = None;
        self.round = match going {
            Some(mut round) => {
                round.give_back();
                Some(round)
            }
            None => scene.round.then(|| Round::new(scene.order.clone())),
        };
        self.divide(at);
    }

    /// A number was pressed. Right after another one it corrects that.
    fn call(&mut self, member: MemberId, at: Span, block: usize) {
        if self.speaker != Some(member)
            && at - self.called < SLIP
            && let Some(round) = &mut self.round
        {
            round.give_back();
        }
        self.give(Some(member), at, block);
    }

    fn give(&mut self, member: Option<MemberId>, at: Span, block: usize) {
        let sure = !self.is_doubtful(at);
        if self.speaker == member {
            if !sure {
                self.close(at, block);
                self.called = at;
                self.divide(at);
            }
            return;
        }
        self.queue.retain(|hand| Some(hand.member) != member);
        if !sure || at - self.since >= SHORTEST_TURN {
            self.close(at, block);
        }
        (self.speaker, self.called) = (member, at);
        if member.is_some() {
            self.silent = None;
        }
        if let Some(round) = &mut self.round {
            round.call(member);
        }
        self.divide(at);
    }

    fn leave(&mut self, member: MemberId, at: Span, block: usize) {
        self.queue.retain(|hand| hand.member != member);
        if let Some(round) = &mut self.round {
            let stay: Vec<MemberId> = round.now.into_iter().chain(round.waiting.clone()).collect();
            let stay: Vec<MemberId> = stay.into_iter().filter(|m| *m != member).collect();
            round.fit(&stay);
        }
        if self.speaker == Some(member) {
            self.give(None, at, block);
        } else {
            self.divide(at);
        }
    }

    fn pass(&mut self, at: Span, block: usize) {
        let free = self.speaker.is_none();
        if let Some(round) = self.round.as_mut().filter(|round| !round.is_over()) {
            let theirs = round.now.is_some();
            let passes = round.pass();
            let next = round.next().filter(|next| Some(*next) != passes);
            // Somebody else who speaks meanwhile is not cut short.
            if theirs || free {
                self.give(next, at, block);
            }
            self.divide(at);
        } else if !self.queue.is_empty() {
            let hand = self.queue.remove(0);
            if !hand.passed {
                self.queue.push(Hand {
                    direct: false,
                    passed: true,
                    ..hand
                });
            }
        }
    }

    /// Divides what the step has left over those still to speak in the round.
    fn divide(&mut self, at: Span) {
        if let Some(round) = &mut self.round {
            let from = if round.now.is_some() { self.called } else { at };
            round.divide((self.terms.ends - from).max(Span::ZERO));
        }
    }

    fn raise_or_lower(&mut self, member: MemberId, direct: bool) {
        if let Some(place) = self.queue.iter().position(|hand| hand.member == member) {
            let old = self.queue.remove(place);
            if old.direct == direct {
                return;
            }
        }
        let hand = Hand {
            member,
            direct,
            passed: false,
        };
        if direct {
            let place = self.queue.iter().take_while(|hand| hand.direct).count();
            self.queue.insert(place, hand);
        } else {
            self.queue.push(hand);
        }
    }
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
