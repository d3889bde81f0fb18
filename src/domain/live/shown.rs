//! The prompt on the screen: since when it stands there, and when it counts as asked without a word of anybody.

use crate::domain::agenda::Step;
use crate::domain::clock::{Moment, Span};
use crate::domain::live::Live;
use crate::domain::session::Session;

/// A prompt that stood on the screen for so long while the clock ran was put to the room; one that was passed
/// over was not.
pub const ASKED_AFTER: Span = Span::from_secs(20);

impl Live {
    /// The session when the prompt on the screen is left now: with that prompt as asked if it stood there long
    /// enough. `None` if nothing is to be remembered of it.
    pub fn leave_prompt(&self, session: &Session, at: Moment) -> Option<Session> {
        let since = self.shown?;
        let stood = self.clock.elapsed(at) - since;
        let prompt = session.blocks.get(self.block)?.prompts.get(self.prompt)?;
        if stood < ASKED_AFTER || prompt.asked.is_some() {
            return None;
        }
        Some(self.with_asked(session, Some(at)))
    }

    /// The session with the prompt on the screen as asked at this moment, or as not asked.
    #[must_use]
    pub fn with_asked(&self, session: &Session, asked: Option<Moment>) -> Session {
        let mut session = session.clone();
        let block = session.blocks.get_mut(self.block);
        if let Some(prompt) = block.and_then(|block| block.prompts.get_mut(self.prompt)) {
            prompt.asked = asked;
        }
        session
    }

    /// The same with a prompt on the screen from `at` on, as far as the running step leaves it there.
    #[must_use]
    pub fn shows(self, session: &Session, at: Moment) -> Self {
        let shown = self.has_prompt(session).then(|| self.clock.elapsed(at));
        Self { shown, ..self }
    }

    /// The same with another prompt of the running block.
    #[must_use]
    pub fn to_prompt(&self, prompt: usize, session: &Session, at: Moment) -> Self {
        let live = Self {
            prompt,
            ..self.clone()
        };
        live.shows(session, at)
    }

    /// Whether a prompt stands on the screen: the block has one, and its step does not stand in its place.
    pub fn has_prompt(&self, session: &Session) -> bool {
        let block = session.blocks.get(self.block);
        block.is_some_and(|block| {
            let step = block.steps.get(self.step);
            block.prompts.get(self.prompt).is_some() && !step.is_some_and(Step::shows_rows)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::agenda::{Block, BlockKind, Prompt};
    use crate::domain::format::Mode;
    use crate::domain::id::{BlockId, SessionId};
    use crate::domain::text::Clean;

    const T0: Moment = Moment::from_millis(1_000_000);

    fn prompt(text: &str) -> Prompt {
        Prompt::new(Clean::line(text))
    }

    fn session() -> Session {
        let mut block = Block::new(
            BlockId(Uuid::from_u128(1)),
            Clean::line("Discussion"),
            BlockKind::Prompt,
            20,
        );
        block.prompts = vec![prompt("What changed?"), prompt("What stayed?")];
        let mut session = Session::new(SessionId(Uuid::from_u128(2)), 1, T0, 60);
        session.blocks = vec![block];
        session
    }

    fn at(secs: i64) -> Moment {
        T0 + Span::from_secs(secs)
    }

    #[test]
    fn a_prompt_that_stood_for_twenty_seconds_was_asked_and_a_shorter_one_was_not() {
        let session = session();
        let live = Live::start(&session, T0);
        assert_eq!(live.leave_prompt(&session, at(19)), None);
        let left = live.leave_prompt(&session, at(20)).unwrap();
        assert_eq!(left.blocks[0].prompts[0].asked, Some(at(20)));
        assert_eq!(left.blocks[0].prompts[1].asked, None);
    }

    #[test]
    fn time_in_which_the_clock_stood_still_does_not_count() {
        let session = session();
        let mut live = Live::start(&session, T0);
        live.clock = live.clock.pause(at(10)).resume(at(600));
        assert_eq!(live.leave_prompt(&session, at(605)), None);
        assert!(live.leave_prompt(&session, at(610)).is_some());
    }

    #[test]
    fn the_next_prompt_is_counted_from_when_it_came_and_a_word_against_it_holds() {
        let session = session();
        let live = Live::start(&session, T0).to_prompt(1, &session, at(60));
        assert_eq!(live.leave_prompt(&session, at(70)), None);
        let left = live.leave_prompt(&session, at(90)).unwrap();
        assert_eq!(left.blocks[0].prompts[1].asked, Some(at(90)));
        let not = Live {
            shown: None,
            ..live
        };
        assert_eq!(not.leave_prompt(&session, at(90)), None);
    }

    #[test]
    fn when_it_was_asked_first_stays() {
        let session = session();
        let live = Live::start(&session, T0);
        let asked = live.with_asked(&session, Some(at(5)));
        assert_eq!(live.leave_prompt(&asked, at(100)), None);
    }

    #[test]
    fn a_prompt_behind_the_rows_of_a_step_stands_nowhere() {
        let mut session = session();
        session.blocks[0].steps = vec![Step {
            title: Clean::line("Read back"),
            minutes: 5,
            says: None,
            mode: Mode::ReadBack,
            each: None,
            size: None,
            captures: None,
        }];
        let live = Live::start(&session, T0);
        assert_eq!(live.shown, None);
        assert_eq!(live.leave_prompt(&session, at(300)), None);
    }

    proptest! {
        #[test]
        fn only_the_prompt_that_is_left_changes(secs in 0_i64..4000, second in any::<bool>()) {
            let session = session();
            let live = Live::start(&session, T0).to_prompt(usize::from(second), &session, T0);
            if let Some(left) = live.leave_prompt(&session, at(secs)) {
                prop_assert_eq!(live.with_asked(&left, None), session);
            } else {
                prop_assert!(secs < 20);
            }
        }
    }
}
