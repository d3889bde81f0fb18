//! The clock of a session: one stopwatch with pauses, from which every remaining time is derived.
//!
//! Nothing counts down. A block ends at a point in *session time* (time since the start without
//! pauses), so a pause moves all deadlines at once and a late wake-up never costs a second.

use serde::{Deserialize, Serialize};

use crate::domain::clock::{Moment, Span};

/// Runs from an instant on, less the pauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// When it was started.
    pub started: Moment,
    /// How long it has stood still, without the pause that is going on.
    pub pauses: Span,
    /// Since when it stands still.
    pub paused: Option<Moment>,
}

impl Timer {
    /// Started at `at`, running.
    pub const fn start(at: Moment) -> Self {
        Self {
            started: at,
            pauses: Span::ZERO,
            paused: None,
        }
    }

    /// Session time at `now`. Never negative, also when the wall clock was set back.
    pub fn elapsed(&self, now: Moment) -> Span {
        let until = self.paused.unwrap_or(now);
        let elapsed = until - self.started - self.pauses;
        if elapsed.is_negative() {
            Span::ZERO
        } else {
            elapsed
        }
    }

    /// Whether it stands still.
    pub const fn is_paused(&self) -> bool {
        self.paused.is_some()
    }

    /// Stands still from `at` on. Pausing twice changes nothing.
    #[must_use]
    pub fn pause(self, at: Moment) -> Self {
        Self {
            paused: self.paused.or(Some(at)),
            ..self
        }
    }

    /// Goes on at `at`.
    #[must_use]
    pub fn resume(self, at: Moment) -> Self {
        let Some(since) = self.paused else {
            return self;
        };
        let stood = at - since;
        let stood = if stood.is_negative() {
            Span::ZERO
        } else {
            stood
        };
        Self {
            pauses: self.pauses + stood,
            paused: None,
            ..self
        }
    }

    /// When session time reaches `point`, if nobody pauses; `None` while it stands still.
    pub fn wall(&self, point: Span) -> Option<Moment> {
        if self.is_paused() {
            None
        } else {
            Some(self.started + self.pauses + point)
        }
    }

    /// The instant after `now` at which a clock that shows whole seconds of `point - elapsed` flips;
    /// `None` while it stands still.
    pub fn next_flip(&self, point: Span, now: Moment) -> Option<Moment> {
        let ends = self.wall(point)?;
        let left = (ends - now).millis();
        // Shown is ceil(left) before the end and trunc(left) after it, so 0 stands for two seconds less a hair.
        let step = if left > 0 {
            (left - 1).rem_euclid(1000) + 1
        } else {
            1000 - (-left) % 1000
        };
        Some(now + Span::from_millis(step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const T0: Moment = Moment::from_millis(1_000_000);

    #[test]
    fn a_pause_stops_time_and_moves_deadlines() {
        let timer = Timer::start(T0);
        let at = |secs| T0 + Span::from_secs(secs);
        let timer = timer.pause(at(60));
        assert_eq!(timer.elapsed(at(600)), Span::from_secs(60));
        assert_eq!(timer.wall(Span::from_secs(90)), None);
        let timer = timer.resume(at(600));
        assert_eq!(timer.elapsed(at(610)), Span::from_secs(70));
        assert_eq!(timer.wall(Span::from_secs(90)), Some(at(630)));
    }

    #[test]
    fn the_shown_second_flips_where_it_says() {
        let timer = Timer::start(T0);
        let point = Span::from_secs(5);
        let mut now = T0 + Span::from_millis(337);
        let mut shown = Vec::new();
        for _ in 0..9 {
            shown.push((point - timer.elapsed(now)).shown_secs());
            now = timer.next_flip(point, now).unwrap();
        }
        assert_eq!(shown, [5, 4, 3, 2, 1, 0, -1, -2, -3]);
    }

    proptest! {
        #[test]
        fn remaining_time_is_exact_whatever_is_paused(steps in prop::collection::vec((0i64..100_000, any::<bool>()), 0..50)) {
            let mut timer = Timer::start(T0);
            let (mut now, mut ran) = (T0, 0);
            for (millis, pause) in steps {
                if !timer.is_paused() { ran += millis; }
                now = now + Span::from_millis(millis);
                timer = if pause { timer.pause(now) } else { timer.resume(now) };
                prop_assert_eq!(timer.elapsed(now), Span::from_millis(ran));
            }
        }

        #[test]
        fn the_next_flip_is_within_a_second_and_changes_what_is_shown(offset in 0i64..10_000_000, length in 0i64..7_200_000) {
            let timer = Timer::start(T0);
            let point = Span::from_millis(length);
            let now = T0 + Span::from_millis(offset);
            let flip = timer.next_flip(point, now).unwrap();
            let shown = |at| (point - timer.elapsed(at)).shown_secs();
            prop_assert!(flip > now && flip - now <= Span::from_secs(1));
            prop_assert!(shown(flip) == shown(now) - 1 || shown(now) == 0);
            prop_assert_eq!(shown(flip - Span::from_millis(1)), shown(now));
        }
    }
}
