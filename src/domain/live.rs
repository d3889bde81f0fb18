//! A running session: which block, step and prompt, and what its clock says.
//!
//! This is a document of its own, small and rewritten by each act that moves it. Nothing advances by
//! itself: zero is a moment at which the facilitator is asked, never an order.

mod groups;
mod shown;
mod watch;

use serde::{Deserialize, Serialize};

use crate::domain::agenda::Block;
use crate::domain::agenda::elastic::Elastic;
use crate::domain::clock::{Moment, Span};
use crate::domain::id::SessionId;
use crate::domain::session::Session;
use crate::domain::timer::Timer;

pub use groups::GroupTime;
pub use shown::ASKED_AFTER;
pub use watch::{Effect, Watch};

/// How long before the end the clock turns amber.
pub const WARN: Span = Span::from_minutes(2);

/// How far a block has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Its length now, with minutes given and taken.
    pub length: Span,
    /// Net time spent in it so far, without the visit that is going on; `None` until it is reached.
    pub took: Option<Span>,
    /// The prompt that was shown when it was left, to be found again on the way back.
    #[serde(default)]
    pub prompt: usize,
    /// When it was first entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub began: Option<Moment>,
}

impl Progress {
    const fn of(length: Span) -> Self {
        Self {
            length,
            took: None,
            prompt: 0,
            began: None,
        }
    }
}

/// The state of a running session.
///
/// Its fields are independent on purpose: taking an act back sets back only the fields that it
/// changed, so `clock` (pauses) stands apart from where the session is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    /// Which session.
    pub session: SessionId,
    /// Session time.
    pub clock: Timer,
    /// Index of the running block.
    pub block: usize,
    /// Index of its current step.
    pub step: usize,
    /// Index of its current prompt.
    pub prompt: usize,
    /// Session time at which the running block was entered.
    pub entered: Span,
    /// Session time at which the current step was entered.
    #[serde(default)]
    pub step_entered: Span,
    /// Session time since which the prompt has stood on the screen; nothing where none does, or where somebody
    /// said that it was not asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<Span>,
    /// The time of the groups that are out, if any are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<GroupTime>,
    /// How far each block has come, in the order of the agenda.
    pub progress: Vec<Progress>,
}

/// The word for the state of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Time is running.
    Running,
    /// Time is running and the end is near.
    Warning,
    /// Over the planned length.
    Over,
    /// Stands still.
    Paused,
}

impl Live {
    /// A session that starts now with its first block.
    pub fn start(session: &Session, at: Moment) -> Self {
        let mut progress: Vec<Progress> = session
            .blocks
            .iter()
            .map(|block| Progress::of(block.planned()))
            .collect();
        if let Some(first) = progress.first_mut() {
            first.took = Some(Span::ZERO);
            first.began = Some(at);
        }
        let live = Self {
            session: session.id,
            clock: Timer::start(at),
            block: 0,
            step: 0,
            prompt: 0,
            entered: Span::ZERO,
            step_entered: Span::ZERO,
            shown: None,
            groups: None,
            progress,
        };
        live.shows(session, at)
    }

    fn current(&self) -> Progress {
        self.progress.get(self.block).copied().unwrap_or_default()
    }

    /// Length of the running block, with minutes given and taken.
    pub fn length(&self) -> Span {
        self.current().length
    }

    /// Session time at which the running block is over.
    pub fn ends(&self) -> Span {
        let current = self.current();
        self.entered + current.length - current.took.unwrap_or_default()
    }

    /// Time left in the running block; negative when over.
    pub fn left(&self, now: Moment) -> Span {
        self.ends() - self.clock.elapsed(now)
    }

    /// Net time spent in the block `index` so far; `None` if it was not reached.
    pub fn took(&self, index: usize, now: Moment) -> Option<Span> {
        let took = self.progress.get(index)?.took?;
        if index == self.block {
            Some(took + self.clock.elapsed(now) - self.entered)
        } else {
            Some(took)
        }
    }

    /// Whether a block is over: reached, and before the one that runs. A block that was only looked at and
    /// left for an earlier one is still to come.
    pub fn is_behind_us(&self, index: usize) -> bool {
        index < self.block && self.progress.get(index).is_some_and(|p| p.took.is_some())
    }

    /// When the running block ends, on the wall; `None` while the clock stands still.
    pub fn ends_at(&self) -> Option<Moment> {
        self.clock.wall(self.ends())
    }

    /// The state of the clock.
    pub fn phase(&self, now: Moment) -> Phase {
        let left = self.left(now);
        if self.clock.is_paused() {
            Phase::Paused
        } else if left.shown_secs() < 0 {
            Phase::Over
        } else if left <= WARN && self.length() > WARN {
            Phase::Warning
        } else {
            Phase::Running
        }
    }

    /// When the whole session ends if every block that is still to come gives way as far as it can, seen from
    /// `now`; a block that is over counts as ending now.
    pub fn session_ends(&self, session: &Session, now: Moment) -> Moment {
        Elastic::of(self, session, now).ends
    }

    /// How far the session will overrun its planned end although the blocks ahead give way; negative means
    /// slack.
    pub fn behind(&self, session: &Session, now: Moment) -> Span {
        Elastic::of(self, session, now).late
    }

    /// Goes to another block as [`Live::go_to`] does; one that is still to come has the length from now on
    /// to which it has shrunk.
    #[must_use]
    pub fn enter(&self, session: &Session, block: usize, at: Moment) -> Self {
        let length = Elastic::entered(self, session, (block, at));
        let mut next = self.go_to(block, at);
        if let (Some(entered), Some(length)) = (next.progress.get_mut(block), length) {
            entered.length = length;
        }
        next.shows(session, at)
    }

    /// Goes to another block, keeping the time that the one left has taken. A block visited before
    /// goes on where it stood.
    #[must_use]
    pub fn go_to(&self, block: usize, at: Moment) -> Self {
        let mut next = self.clone();
        let elapsed = self.clock.elapsed(at);
        let took = self.took(self.block, at);
        if let Some(left) = next.progress.get_mut(self.block) {
            (left.took, left.prompt) = (took, self.prompt);
        }
        let mut prompt = 0;
        if let Some(entered) = next.progress.get_mut(block) {
            entered.took = Some(entered.took.unwrap_or_default());
            entered.began = entered.began.or(Some(at));
            prompt = entered.prompt;
        }
        (next.block, next.step, next.prompt, next.entered) = (block, 0, prompt, elapsed);
        next.step_entered = elapsed;
        next.shown = None;
        next.groups = None;
        next
    }

    /// Goes to another step of the running block.
    #[must_use]
    pub fn to_step(&self, step: usize, at: Moment) -> Self {
        Self {
            step,
            step_entered: self.clock.elapsed(at),
            ..self.clone()
        }
    }

    /// Makes the running block longer or shorter; it never becomes shorter than the minutes already
    /// spent, rounded down, nor than `least` minutes, nor than one minute.
    #[must_use]
    pub fn extend(&self, by: Span, least: u16, at: Moment) -> Self {
        let mut next = self.clone();
        let spent = self.took(self.block, at).unwrap_or_default();
        let floor = (spent.whole_secs() / 60).max(i64::from(least)).max(1);
        let floor = Span::from_minutes(floor);
        if let Some(current) = next.progress.get_mut(self.block) {
            let length = current.length + by;
            current.length = if by.is_negative() && length < floor {
                current.length.min(floor)
            } else {
                length
            };
        }
        next
    }

    /// What `>` will do: the next step, else the next block that was not left out.
    pub fn next(&self, blocks: &[Block]) -> Move {
        let steps = blocks.get(self.block).map_or(0, |block| block.steps.len());
        if self.step + 1 < steps {
            Move::Step(self.step + 1)
        } else {
            self.block_after(blocks).map_or(Move::Edge, Move::Block)
        }
    }

    /// What `<` will do.
    pub fn back(&self, blocks: &[Block]) -> Move {
        if let Some(step) = self.step.checked_sub(1) {
            return Move::Step(step);
        }
        let mut earlier = blocks.iter().take(self.block);
        earlier
            .rposition(|block| block.parked.is_none())
            .map_or(Move::Edge, Move::Block)
    }

    /// The block that follows the running one, without those that were left out.
    pub fn block_after(&self, blocks: &[Block]) -> Option<usize> {
        let later = self.block + 1;
        let found = blocks.iter().skip(later).position(|b| b.parked.is_none());
        found.map(|ahead| later + ahead)
    }
}

/// A move within the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// To this step of the running block.
    Step(usize),
    /// To this block.
    Block(usize),
    /// There is nothing further in that direction.
    Edge,
}

/// When something shown by the clock changes next; `None` while it stands still.
pub fn next_wakeup(live: &Live, now: Moment) -> Option<Moment> {
    live.clock.next_flip(live.ends(), now)
}

#[cfg(test)]
mod tests;
