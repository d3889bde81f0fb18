//! What the room may see: an allow-list by construction. Names of people, actions, notes, speaking time and
//! how late things are have no place in this type, so no room view can show them by mistake.

use serde::{Deserialize, Serialize};

use crate::domain::clock::{Moment, Span};
use crate::domain::id::CircleId;
use crate::domain::live::Move;
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::domain::timer::Timer;

/// Everything a room view is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RoomPicture {
    /// The name of the circle.
    pub circle: Option<Clean>,
    /// When the next session is meant to start, while none runs.
    pub starts: Option<Moment>,
    /// The running session.
    pub running: Option<RoomBlock>,
    /// Whether whoever runs the session has blanked the view.
    pub blanked: bool,
}

/// The running block as the room sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomBlock {
    /// Its name.
    pub title: Clean,
    /// Its place in the agenda, counted from 1.
    pub number: usize,
    /// How many blocks there are.
    pub of: usize,
    /// The running step.
    #[serde(default)]
    pub step: Option<Clean>,
    /// The question that is put to the room.
    #[serde(default)]
    pub prompt: Option<Clean>,
    /// Whether it is a break.
    #[serde(default)]
    pub rest: bool,
    /// The clock of the session.
    pub timer: Timer,
    /// Session time at which the block is over.
    pub ends: Span,
    /// The name of what comes next: the next step, after the last one the next block.
    #[serde(default)]
    pub next: Option<Clean>,
    /// In a round: who speaks now and who comes then.
    #[serde(default)]
    pub round: Option<RoomRound>,
    /// Who is with whom while groups are out, and until when in session time.
    #[serde(default)]
    pub groups: Option<RoomGroups>,
    /// How long it has been silent on purpose: since this point in session time.
    #[serde(default)]
    pub silent: Option<Span>,
    /// Whether nothing is written now.
    #[serde(default)]
    pub off_record: bool,
    /// What the clock shows.
    #[serde(default)]
    pub clock: RoomClock,
}

/// What the clock of the room view shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomClock {
    /// Minutes and seconds.
    #[default]
    Full,
    /// Minutes.
    Minutes,
    /// Nothing.
    Hidden,
}

impl RoomClock {
    /// What one press of the key makes of it: full, minutes, hidden, and full again.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Full => Self::Minutes,
            Self::Minutes => Self::Hidden,
            Self::Hidden => Self::Full,
        }
    }

    /// The word in the configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Minutes => "minutes",
            Self::Hidden => "hidden",
        }
    }
}

/// A round as the room sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomRound {
    /// Who speaks, by short name.
    pub now: Option<Clean>,
    /// Who comes then.
    pub then: Option<Clean>,
}

/// Groups as the room sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomGroups {
    /// The short names in each group.
    pub groups: Vec<Vec<Clean>>,
    /// Session time at which they come back.
    pub ends: Span,
}

impl RoomBlock {
    /// Time left; negative when the block is over.
    pub fn left(&self, now: Moment) -> Span {
        self.ends - self.timer.elapsed(now)
    }

    /// Time left for the groups that are out, else for the block; negative when it is over.
    pub fn shown_left(&self, now: Moment) -> Span {
        let ends = self.groups.as_ref().map_or(self.ends, |groups| groups.ends);
        ends - self.timer.elapsed(now)
    }
}

impl RoomPicture {
    /// The picture of the running session; else of the next one of `circle`. It shows nobody yet.
    pub fn of(state: &State, circle: Option<CircleId>, now: Moment, blanked: bool) -> Self {
        let Some((id, session, live)) = state.running() else {
            let circle = circle.and_then(|id| state.circle(id));
            return Self {
                circle: circle.map(|circle| circle.name.clone()),
                starts: circle
                    .and_then(|circle| state.next_session(circle.id, now))
                    .map(|session| session.start),
                running: None,
                blanked,
            };
        };
        let block = session.blocks.get(live.block);
        let next = match live.next(&session.blocks) {
            Move::Step(to) => block
                .and_then(|block| block.steps.get(to))
                .map(|step| step.title.clone()),
            Move::Block(to) => session.blocks.get(to).map(|next| next.title.clone()),
            Move::Edge => None,
        };
        let running = RoomBlock {
            title: block.map_or_else(|| Clean::line("Open"), |block| block.title.clone()),
            number: live.block + 1,
            of: session.blocks.len().max(1),
            step: block
                .and_then(|block| block.steps.get(live.step))
                .map(|step| step.title.clone()),
            prompt: block
                .and_then(|block| block.prompts.get(live.prompt))
                .map(|prompt| prompt.text.clone()),
            rest: block.is_some_and(|block| block.rests(live.step)),
            timer: live.clock,
            ends: live.ends(),
            next,
            round: None,
            groups: None,
            silent: None,
            off_record: false,
            clock: RoomClock::default(),
        };
        Self {
            circle: state.circle(id).map(|circle| circle.name.clone()),
            starts: None,
            running: Some(running),
            blanked,
        }
    }
}
