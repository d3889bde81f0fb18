//! Which of two stores the second screen shows: the one that was asked for, or a demo.

use crate::engine::clock::Clock;
use crate::engine::remote::RoomNews;

/// Where news come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// The store that was asked for.
    Given,
    /// A demo.
    Demo,
}

/// News of the room, and the time that goes with them.
pub(super) type Told = (RoomNews, Clock);

/// What each store said last.
#[derive(Debug, Default)]
pub(super) struct Choice {
    given: Option<Told>,
    demo: Option<Told>,
    /// Whether a session runs in the given store, also while its owner is being looked for.
    runs: bool,
}

impl Choice {
    /// Takes news in. What is to be shown of them, if anything: a running session in the given store comes
    /// first, then a demo, then whatever else the given store says.
    pub(super) fn hear(&mut self, from: From, told: Told) -> Option<Told> {
        let before = self.chosen();
        match from {
            From::Given => {
                self.runs = match &told.0 {
                    RoomNews::Picture(picture) => picture
                        .as_ref()
                        .is_some_and(|picture| picture.running.is_some()),
                    RoomNews::Gone => self.runs,
                    RoomNews::No(_) => false,
                };
                self.given = Some(told);
            }
            From::Demo => {
                let clock = told.1.clone();
                self.demo = matches!(told.0, RoomNews::Picture(_)).then_some(told);
                if before == From::Demo && self.demo.is_none() {
                    // A demo that ends leaves nothing to wait for.
                    let nothing = || (RoomNews::Picture(None), clock);
                    return Some(self.given.clone().unwrap_or_else(nothing));
                }
            }
        }
        let now = self.chosen();
        if now != from && now == before {
            return None;
        }
        match now {
            From::Given => self.given.clone(),
            From::Demo => self.demo.clone(),
        }
    }

    const fn chosen(&self) -> From {
        if self.demo.is_some() && !self.runs {
            From::Demo
        } else {
            From::Given
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Moment;
    use crate::domain::room::RoomPicture;
    use crate::tui::fixture::World;

    fn clock() -> Clock {
        Clock::real(Some(Moment::from_millis(0)), 1.0)
    }

    /// What the room is shown while a session runs, or while none does.
    fn picture(running: bool) -> RoomNews {
        let world = if running {
            World::running()
        } else {
            World::planned()
        };
        let circle = world.state.circles().next().unwrap().id;
        RoomNews::Picture(Some(Box::new(RoomPicture::of(
            &world.state,
            Some(circle),
            Moment::from_millis(0),
            false,
        ))))
    }

    fn hear(choice: &mut Choice, from: From, news: &RoomNews) -> Option<RoomNews> {
        choice
            .hear(from, (news.clone(), clock()))
            .map(|told| told.0)
    }

    #[test]
    fn a_demo_is_shown_until_a_session_runs_in_the_given_store() {
        let (still, runs) = (picture(false), picture(true));
        let mut choice = Choice::default();
        assert_eq!(hear(&mut choice, From::Given, &still), Some(still.clone()));
        assert_eq!(hear(&mut choice, From::Demo, &runs), Some(runs.clone()));
        assert_eq!(hear(&mut choice, From::Given, &still), None);
        assert_eq!(hear(&mut choice, From::Given, &runs), Some(runs.clone()));
        assert_eq!(hear(&mut choice, From::Demo, &runs), None);
        assert_eq!(hear(&mut choice, From::Given, &still), Some(runs));
    }

    #[test]
    fn a_session_whose_owner_is_gone_gives_no_way_to_a_demo() {
        let runs = picture(true);
        let mut choice = Choice::default();
        hear(&mut choice, From::Given, &runs);
        let gone = hear(&mut choice, From::Given, &RoomNews::Gone);
        assert_eq!(gone, Some(RoomNews::Gone));
        assert_eq!(hear(&mut choice, From::Demo, &runs), None);
    }

    #[test]
    fn after_a_demo_the_given_store_is_shown_again() {
        let (still, runs) = (picture(false), picture(true));
        let mut choice = Choice::default();
        hear(&mut choice, From::Demo, &runs);
        let nothing = RoomNews::Picture(None);
        let ended = hear(&mut choice, From::Demo, &RoomNews::Gone);
        assert_eq!(ended, Some(nothing));
        hear(&mut choice, From::Given, &still);
        hear(&mut choice, From::Demo, &runs);
        let ended = hear(&mut choice, From::Demo, &RoomNews::Gone);
        assert_eq!(ended, Some(still));
    }
}
