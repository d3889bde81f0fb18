//! The time of steps: how long each may take in a block as long as it is now, and what is left of it.

use crate::domain::agenda::{Block, BlockKind, Step};
use crate::domain::clock::{Moment, Span};
use crate::domain::format::Mode;
use crate::domain::live::Live;

impl Block {
    /// How long a step may take when the block has this length: its share of the plan. Shares of all
    /// steps add up to the minute; zero for a step that is not there.
    pub fn step_length(&self, step: usize, length: Span) -> Span {
        let minutes = |steps: &[Step]| {
            steps
                .iter()
                .map(|step| i64::from(step.minutes))
                .sum::<i64>()
        };
        let whole = minutes(&self.steps).max(i64::from(self.minutes));
        let until = |count: usize| {
            let before = self.steps.get(..count).map_or(0, minutes);
            Span::from_millis(length.millis().saturating_mul(before) / whole.max(1))
        };
        if step >= self.steps.len() {
            return Span::ZERO;
        }
        until(step + 1) - until(step)
    }

    /// What to do instead when fewer people are `here` than it takes: `Troika needs 3, 2 are here: do it as
    /// a pair`.
    pub fn too_few(&self, here: usize) -> Option<String> {
        let needs = self.needs.as_ref()?;
        if here >= usize::from(needs.people) {
            return None;
        }
        let are = if here == 1 { "is" } else { "are" };
        Some(format!(
            "{} needs {}, {here} {are} here: {}",
            self.title, needs.people, needs.fewer
        ))
    }

    /// Whether everybody rests in this step.
    pub fn rests(&self, step: usize) -> bool {
        let mode = self.steps.get(step).map(|step| step.mode);
        self.kind == BlockKind::Break || mode == Some(Mode::Rest)
    }
}

impl Live {
    /// What is left of the running step of `block`, the running one; negative when it took longer.
    /// `None` where the block has no steps.
    pub fn step_left(&self, block: &Block, now: Moment) -> Option<Span> {
        block.steps.get(self.step)?;
        let spent = self.clock.elapsed(now) - self.step_entered;
        Some(block.step_length(self.step, self.length()) - spent)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::fixture;
    use crate::domain::format::Needs;
    use crate::domain::text::Clean;

    fn block(minutes: u16, steps: &[u16]) -> Block {
        let (session, _) = fixture::session(&[minutes]);
        let mut block = session.blocks.into_iter().next().unwrap();
        let step = |minutes: &u16| Step {
            title: Clean::line("Step"),
            minutes: *minutes,
            ..Step::default()
        };
        block.steps = steps.iter().map(step).collect();
        block
    }

    #[test]
    fn a_step_grows_and_shrinks_with_its_block() {
        let block = block(20, &[3, 5, 7, 5]);
        let minutes = Span::from_minutes;
        assert_eq!(block.step_length(1, minutes(20)), minutes(5));
        assert_eq!(block.step_length(1, minutes(40)), minutes(10));
        assert_eq!(block.step_length(2, minutes(10)), Span::from_secs(210));
        assert_eq!(block.step_length(9, minutes(10)), Span::ZERO);
    }

    #[test]
    fn a_block_that_lacks_people_says_what_to_do_instead() {
        let mut block = block(20, &[]);
        assert_eq!(block.too_few(0), None);
        block.needs = Some(Needs {
            people: 3,
            fewer: Clean::line("do it as a pair"),
        });
        assert_eq!(block.too_few(3), None);
        let words = block.too_few(2).unwrap();
        assert_eq!(words, "Talk needs 3, 2 are here: do it as a pair");
        assert!(block.too_few(1).unwrap().contains("1 is here"));
    }

    #[test]
    fn steps_that_leave_room_in_their_block_keep_their_minutes() {
        let block = block(10, &[2, 3]);
        assert_eq!(
            block.step_length(1, Span::from_minutes(10)),
            Span::from_minutes(3)
        );
    }

    #[test]
    fn the_clock_of_a_step_begins_when_it_is_entered() {
        let (mut session, t0) = fixture::session(&[20]);
        session.blocks[0].steps = block(20, &[8, 12]).steps;
        let live = Live::start(&session, t0);
        let at = t0 + Span::from_minutes(10);
        let first = live.step_left(&session.blocks[0], at);
        assert_eq!(first, Some(Span::from_minutes(-2)));
        let next = live.to_step(1, at);
        assert_eq!(
            next.step_left(&session.blocks[0], at),
            Some(Span::from_minutes(12))
        );
        session.blocks[0].steps.clear();
        assert_eq!(live.step_left(&session.blocks[0], at), None);
    }

    proptest! {
        #[test]
        fn shares_of_all_steps_add_up(
            steps in proptest::collection::vec(1u16..30, 1..12),
            length in 0i64..10_000_000,
        ) {
            let whole = steps.iter().sum();
            let block = block(whole, &steps);
            let length = Span::from_millis(length);
            let all: Span = (0..steps.len()).map(|step| block.step_length(step, length)).sum();
            prop_assert_eq!(all, length);
        }
    }
}
