//! How long people have spoken, as far as anybody knows. Where a key was forgotten the time is nobody's, and
//! where that is much, or comparing says nothing, there are no figures at all.

use std::collections::BTreeMap;

use crate::domain::clock::Span;
use crate::domain::floor::{Floor, Turn};
use crate::domain::id::MemberId;

/// A turn in a round is beyond doubt at least this long, also when the time of the round is used up.
const LEAST: Span = Span::from_secs(30);
/// Below so many people everybody knows whose time it was.
const FEWEST: usize = 5;

/// Speaking time up to now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Talk {
    /// By person, longest not first but in the order of ids.
    pub by: BTreeMap<MemberId, Span>,
    /// All of it that is somebody's.
    pub assigned: Span,
    /// What is nobody's.
    pub unassigned: Span,
}

/// Why speaking time is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTalk {
    /// One person is meant to speak more.
    Seat,
    /// Too few people are here.
    Few,
    /// Too much time is nobody's.
    Gaps,
}

/// What taking the turn before would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// Whose it is so far; `None` for time that nobody was given.
    pub of: Option<MemberId>,
    /// How much time goes to whoever speaks now.
    pub length: Span,
    /// From when they then speak.
    from: Span,
    /// How many turns before it stay.
    keep: usize,
}

impl Floor {
    /// Whether no turn counts now.
    const fn stands(&self) -> bool {
        self.muted || self.terms.rests
    }

    /// From when on the turn that is going on is in doubt; `None` if it never is.
    pub fn doubtful_from(&self) -> Option<Span> {
        self.speaker?;
        let round = self.round.as_ref().filter(|round| round.now.is_some());
        let limit = match round.and_then(super::round::Round::share) {
            Some(share) => share.max(LEAST),
            None => self.terms.limit?,
        };
        (!self.stands()).then_some(self.called + limit)
    }

    /// Whether nobody knows if it is still the same person who speaks.
    pub fn is_doubtful(&self, at: Span) -> bool {
        self.doubtful_from().is_some_and(|from| from < at)
    }

    /// The turn that is going on, and what of it is in doubt.
    fn going(&self, at: Span, block: usize) -> Vec<Turn> {
        let turn = |member, doubted, from, to| Turn {
            member,
            from,
            to,
            block,
            doubted,
        };
        let mut turns = match self.doubtful_from().filter(|from| *from < at) {
            _ if self.stands() => Vec::new(),
            Some(from) => {
                let from = from.max(self.since);
                vec![
                    turn(self.speaker, None, self.since, from),
                    turn(None, self.speaker, from, at),
                ]
            }
            None => vec![turn(self.speaker, None, self.since, at)],
        };
        turns.retain(|turn| turn.to > turn.from);
        turns
    }

    /// Writes the turn that is going on down as far as it has gone.
    pub(super) fn close(&mut self, at: Span, block: usize) {
        let turns = self.going(at, block);
        self.turns.extend(turns);
        self.since = at;
    }

    /// Session time was taken back to `at`, since a time asleep did not count: nothing was said after it.
    pub(super) fn rewind(&mut self, at: Span) {
        if at >= self.since {
            return;
        }
        (self.since, self.called) = (at, self.called.min(at));
        self.silent = self.silent.map(|since| since.min(at));
        self.turns.retain(|turn| turn.from < at);
        for turn in &mut self.turns {
            turn.to = turn.to.min(at);
        }
    }

    /// How long the present speaker has had the floor beyond doubt.
    pub fn speaking(&self, at: Span) -> Span {
        if self.speaker.is_none() {
            return Span::ZERO;
        }
        let until = self.doubtful_from().map_or(at, |from| from.min(at));
        (until - self.since).max(Span::ZERO)
    }

    /// How much is left of the share of whoever's turn it is in a round; negative when it is used up.
    pub fn share_left(&self, at: Span) -> Option<Span> {
        let share = self.round.as_ref()?.share()?;
        Some(self.called + share - at)
    }

    /// Speaking time of each person up to `at`, and what is nobody's.
    pub fn talk(&self, at: Span) -> Talk {
        let going = self.going(at, 0);
        let mut talk = Talk::default();
        for turn in self.turns.iter().chain(&going) {
            let length = turn.to - turn.from;
            if let Some(member) = turn.member {
                let time = talk.by.entry(member).or_default();
                *time = *time + length;
                talk.assigned = talk.assigned + length;
            } else {
                talk.unassigned = talk.unassigned + length;
            }
        }
        talk
    }

    /// Speaking time, where it may be compared: not while somebody sits in the seat, not with so few people,
    /// and not when a fifth of the time is nobody's.
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn comparable(&self, at: Span, here: usize, seat: bool) -> Result<Talk, NoTalk> {
        let talk = self.talk(at);
        let all = (talk.assigned + talk.unassigned).millis();
        if seat {
            Err(NoTalk::Seat)
        } else if here < FEWEST {
            Err(NoTalk::Few)
        } else if talk.assigned.millis().saturating_mul(5) < all.saturating_mul(4) || all == 0 {
            Err(NoTalk::Gaps)
        } else {
            Ok(talk)
        }
    }

    /// Whether this person has had a turn in the block `block`.
    pub fn was_heard(&self, member: MemberId, block: usize) -> bool {
        self.speaker == Some(member)
            || self
                .turns
                .iter()
                .any(|turn| turn.member == Some(member) && turn.block == block)
    }

    /// The turn before, with what of it was in doubt, as far as it goes over into the present one. `None`
    /// without a speaker, or when nothing was counted right before.
    pub fn before(&self) -> Option<Before> {
        if self.speaker.is_none() || self.stands() {
            return None;
        }
        let (mut keep, mut from) = (self.turns.len(), self.since);
        let mut begun = from;
        let mut back = |fits: &dyn Fn(&Turn) -> bool| {
            let turn = self.turns.get(keep.checked_sub(1)?)?;
            if turn.to != from || !fits(turn) {
                return None;
            }
            (keep, from) = (keep - 1, turn.from);
            Some(*turn)
        };
        while let Some(own) = back(&|turn| turn.member == self.speaker) {
            begun = own.from;
        }
        let turn = back(&|_| true)?;
        let doubted = turn.doubted.filter(|member| Some(*member) != self.speaker);
        if doubted.is_some() {
            back(&|turn| turn.member == doubted);
        }
        Some(Before {
            of: turn.member.or(doubted),
            length: begun - from,
            from,
            keep,
        })
    }

    /// Gives the turn before to whoever speaks now. Whoever it was taken from in a round is still to speak.
    pub(super) fn mend(&mut self) {
        let Some(before) = self.before() else {
            return;
        };
        self.turns.truncate(before.keep);
        self.since = before.from;
        if let (Some(member), Some(round)) = (before.of, &mut self.round) {
            round.unheard(member);
        }
    }
}
