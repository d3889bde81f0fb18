//! What the room may see, and nothing else: the allow-list of the room view. No names of people, no
//! notes, no speaking time, no follow-ups.

use serde::{Deserialize, Serialize};

use crate::domain::agenda::BlockKind;
use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::live::{Live, Phase, WARN};
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::domain::timer::Timer;

/// The picture of a running session for the room. A follower draws the clock from it by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomPicture {
    /// Name of the circle.
    pub circle: Clean,
    /// The running block.
    pub block: Clean,
    /// What happens in it.
    pub kind: BlockKind,
    /// Its place in the agenda, counted from 1.
    pub place: usize,
    /// How many blocks there are.
    pub blocks: usize,
    /// The current step, where the block has steps.
    pub step: Option<Clean>,
    /// The current prompt.
    pub prompt: Option<Clean>,
    /// The block that comes next.
    pub next: Option<Clean>,
    /// Session time.
    pub clock: Timer,
    /// Session time at which the block is over.
    pub ends: Span,
    /// Length of the block, with minutes given and taken.
    pub length: Span,
    /// Whether everything is shown as standing still, as long as nobody has said how to go on after an
    /// interruption.
    pub held: bool,
    /// Whether the facilitator has blanked the view.
    pub blanked: bool,
    /// Where the people of the room read clocks.
    pub zone: Zone,
}

/// What only the engine knows about the room view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Show {
    /// Whether the session waits for an answer after an interruption.
    pub held: bool,
    /// Whether the view is blanked.
    pub blanked: bool,
    /// The time zone.
    pub zone: Zone,
}

/// The picture of the session that is running; `None` when none is.
pub fn picture(state: &State, show: Show) -> Option<RoomPicture> {
    let (circle, session, live) = state.running()?;
    let block = session.blocks.get(live.block)?;
    let prompt = block.prompts.get(live.prompt);
    Some(RoomPicture {
        circle: state.circle(circle)?.name.clone(),
        block: block.title.clone(),
        kind: block.kind,
        place: live.block + 1,
        blocks: session.blocks.len(),
        step: block.steps.get(live.step).map(|step| step.title.clone()),
        prompt: prompt.map(|prompt| prompt.text.clone()),
        next: session
            .blocks
            .get(live.block + 1)
            .map(|block| block.title.clone()),
        clock: live.clock,
        ends: live.ends(),
        length: Live::length(live),
        held: show.held,
        blanked: show.blanked,
        zone: show.zone,
    })
}

impl RoomPicture {
    /// Time left in the block at `now`; negative when it is over.
    pub fn left(&self, now: Moment) -> Span {
        self.ends - self.clock.elapsed(now)
    }

    /// The state of the clock at `now`.
    pub fn phase(&self, now: Moment) -> Phase {
        let left = self.left(now);
        if self.held || self.clock.is_paused() {
            Phase::Paused
        } else if left.shown_secs() < 0 {
            Phase::Over
        } else if left <= WARN && self.length > WARN {
            Phase::Warning
        } else {
            Phase::Running
        }
    }

    /// When the block ends on the wall; `None` while the clock stands still.
    pub fn ends_at(&self) -> Option<Moment> {
        if self.held {
            return None;
        }
        self.clock.wall(self.ends)
    }

    /// Whether the block is a break, which shows until when.
    pub const fn is_break(&self) -> bool {
        matches!(self.kind, BlockKind::Break)
    }

    /// The instant after `now` at which the shown second flips; `None` while the clock stands still.
    pub fn next_flip(&self, now: Moment) -> Option<Moment> {
        if self.held {
            return None;
        }
        self.clock.next_flip(self.ends, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::agenda::Prompt;
    use crate::domain::circle::{Circle, CircleKind};
    use crate::domain::document::Document;
    use crate::domain::fixture;
    use crate::domain::id::{CircleId, Key, Kind, MemberId};
    use crate::domain::session::SessionState;

    fn state() -> State {
        let (mut session, at) = fixture::session(&[10, 20]);
        let circle = CircleId(uuid::Uuid::from_u128(3));
        let live = Live::start(&session, at);
        session.state = SessionState::Running;
        let [lead, ..]: [MemberId; 4] = fixture::members();
        session.blocks[0].lead = Some(lead);
        session.blocks[0].prompts.push(Prompt {
            question: None,
            text: Clean::line("What was hard?"),
            follow_ups: vec![Clean::line("And then?")],
            asked_before: 0,
            asked: None,
        });
        let mut state = State::default();
        let named = Circle {
            id: circle,
            name: Clean::line("Ladder Up"),
            kind: CircleKind::default(),
            rhythm: None,
            template: None,
            created: at,
            archived: None,
            extra: serde_json::Map::new(),
        };
        let key = |kind, id| Key::circle(circle, kind, id);
        state.load(key(Kind::Circle, circle.0), Document::Circle(named));
        state.load(key(Kind::Live, session.id.0), Document::Live(live));
        let id = session.id.0;
        state.load(key(Kind::Session, id), Document::Session(session));
        state
    }

    const SHOW: Show = Show {
        held: false,
        blanked: false,
        zone: Zone::UTC,
    };

    #[test]
    fn the_room_sees_the_prompt_and_not_its_follow_ups() {
        let picture = picture(&state(), SHOW).unwrap();
        let json = serde_json::to_string(&picture).unwrap();
        assert!(json.contains("What was hard?") && !json.contains("And then?"));
        assert_eq!((picture.place, picture.blocks), (1, 2));
        assert_eq!(serde_json::from_str::<RoomPicture>(&json).unwrap(), picture);
    }

    #[test]
    fn a_follower_counts_down_by_itself_and_stands_still_while_held() {
        let mut picture = picture(&state(), SHOW).unwrap();
        let now = fixture::start() + Span::from_minutes(9);
        assert_eq!(picture.left(now), Span::from_minutes(1));
        assert_eq!(picture.phase(now), Phase::Warning);
        picture.held = true;
        assert_eq!(
            (picture.phase(now), picture.ends_at()),
            (Phase::Paused, None)
        );
    }

    #[test]
    fn without_a_running_session_there_is_no_picture() {
        assert_eq!(picture(&State::default(), SHOW), None);
    }
}
