//! The arithmetic of the room: so many people, so much time each, a moment between two turns, and the time
//! that the block has for it.

use std::fmt;

use crate::domain::agenda::{Block, BlockKind, Step};
use crate::domain::clock::Span;
use crate::domain::format::Mode;
use crate::domain::id::MemberId;
use crate::domain::roster::Member;
use crate::domain::session::Session;

/// From the end of one turn to the first word of the next, as it goes in a room that is not in a hurry.
pub const CHANGEOVER: Span = Span::from_secs(10);

/// Below this nobody can say anything.
const LEAST_TURN: Span = Span::from_secs(15);

/// What a share is rounded down to, so that it can be said in the room.
const STEP_MILLIS: i64 = 5_000;

/// What goes between the turns of so many people within `room`: a quarter of it at most, since many who have
/// little time change quickly.
pub fn between(people: i64, changeover: Span, room: Span) -> Span {
    let pauses = changeover.millis().saturating_mul((people - 1).max(0));
    Span::from_millis(pauses.min(room.millis() / 4))
}

/// A turn for each of so many people within a given time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// How many people have a turn, or still have one.
    pub people: u16,
    /// What each is meant to have; `None` where the time is simply divided.
    pub each: Option<Span>,
    /// The time that goes between two turns.
    pub changeover: Span,
    /// The time there is for all of them.
    pub room: Span,
}

impl Share {
    /// So many people within `room`, with the usual changeover.
    pub const fn of(people: u16, each: Option<Span>, room: Span) -> Self {
        Self {
            people,
            each,
            changeover: CHANGEOVER,
            room,
        }
    }

    /// The turns of a block that has `length` and to which so many people came; `None` where not everybody
    /// has a turn.
    pub fn of_block(block: &Block, people: u16, length: Span) -> Option<Self> {
        match block.steps.iter().find(|step| step.mode == Mode::Round) {
            Some(step) if block.steps.len() > 1 && step.minutes > 0 => {
                Some(Self::of_step(step, people))
            }
            Some(step) => Some(Self::of(people, each(step), length)),
            None => is_round(block).then(|| Self::of(people, None, length)),
        }
    }

    /// The turns of one step of a block, within its own minutes.
    pub fn of_step(step: &Step, people: u16) -> Self {
        let room = Span::from_minutes(i64::from(step.minutes));
        Self::of(people, each(step), room)
    }

    /// What goes between the turns, all in all.
    fn between(self) -> Span {
        between(i64::from(self.people), self.changeover, self.room)
    }

    /// What goes between two turns.
    pub fn pause(self) -> Span {
        let pauses = i64::from(self.people.saturating_sub(1)).max(1);
        Span::from_millis(self.between().millis() / pauses)
    }

    /// The time it takes if each has what they are meant to have, else what fits.
    pub fn needed(self) -> Span {
        if self.people == 0 {
            return Span::ZERO;
        }
        let each = self.each.unwrap_or_else(|| self.each_that_fits());
        Span::from_millis(each.millis().saturating_mul(i64::from(self.people))) + self.between()
    }

    /// Whether the time is enough.
    pub fn fits(self) -> bool {
        self.needed() <= self.room
    }

    /// What each can have within the time there is, in steps of five seconds, never below nothing.
    pub fn each_that_fits(self) -> Span {
        let Some(people) = std::num::NonZeroU16::new(self.people) else {
            return Span::ZERO;
        };
        let free = (self.room - self.between()).max(Span::ZERO);
        let each = free.millis() / i64::from(people.get());
        Span::from_millis(each - each % STEP_MILLIS)
    }

    /// Whether everyone has a turn that is worth the name. Where the wish does not fit, a session divides the time
    /// there is, and half of what was meant still does.
    pub fn is_enough(self) -> bool {
        let fitting = self.each_that_fits();
        match self.each {
            Some(_) if self.fits() => true,
            Some(each) => fitting >= LEAST_TURN.min(each) && 2 * fitting.millis() >= each.millis(),
            None => fitting >= LEAST_TURN,
        }
    }

    /// What each takes: what they are meant to have, or what fits where that is enough. Nobody speaks for a third
    /// as long because the plan wants it.
    pub fn each_likely(self) -> Span {
        match self.each {
            Some(each) if self.fits() || !self.is_enough() => each,
            _ => self.each_that_fits(),
        }
    }

    /// What each gets: what they are meant to have, else what fits.
    pub fn each_now(self) -> Span {
        match self.each {
            Some(each) if self.fits() => each,
            _ => self.each_that_fits(),
        }
    }
}

/// `9 here x 2:00 + changeovers = 20 min in 15: 1:30 each fits`, or `9 here in 15 min: 1:30 each`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let room = self.room.whole_secs() / 60;
        write!(f, "{} here", self.people)?;
        let fitting = clock(self.each_that_fits());
        let Some(each) = self.each else {
            return write!(f, " in {room} min: {fitting} each");
        };
        // A started minute counts, so that what does not fit never reads as if it did.
        let needed = (self.needed().shown_secs() + 59) / 60;
        let between = if self.people > 1 {
            " + changeovers"
        } else {
            ""
        };
        write!(f, " x {}{between} = {needed} min in {room}: ", clock(each))?;
        if self.fits() {
            f.write_str("it fits")
        } else {
            write!(f, "{fitting} each fits")
        }
    }
}

/// How many of `members` take part in a session.
pub fn here(session: &Session, members: &[&Member]) -> u16 {
    let away = |id: MemberId| session.away.contains_key(&id);
    let here = members.iter().filter(|member| !away(member.id)).count();
    u16::try_from(here).unwrap_or(u16::MAX)
}

fn each(step: &Step) -> Option<Span> {
    step.each.map(|secs| Span::from_secs(i64::from(secs)))
}

/// Whether a block without a step for it is a turn for everybody: its kind says so, and no step of it says
/// who speaks.
fn is_round(block: &Block) -> bool {
    let by_kind = match block.kind {
        BlockKind::CheckIn | BlockKind::Round | BlockKind::Closing => true,
        BlockKind::Review
        | BlockKind::HotSeat
        | BlockKind::Prompt
        | BlockKind::Break
        | BlockKind::Pairs
        | BlockKind::Open => false,
    };
    by_kind && block.steps.iter().all(|step| step.mode.is_default())
}

/// Minutes and seconds as they are said of a turn: `1:30`.
fn clock(span: Span) -> String {
    let secs = span.whole_secs();
    format!("{}:{:02}", secs / 60, secs % 60)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::fixture;

    fn share(people: u16, each: Option<i64>, minutes: i64) -> Share {
        Share::of(
            people,
            each.map(Span::from_secs),
            Span::from_minutes(minutes),
        )
    }

    #[test]
    fn nine_people_with_two_minutes_each_do_not_fit_into_a_quarter_of_an_hour() {
        let share = share(9, Some(120), 15);
        assert!(!share.fits());
        assert_eq!(share.needed(), Span::from_secs(9 * 120 + 80));
        assert_eq!(
            share.to_string(),
            "9 here x 2:00 + changeovers = 20 min in 15: 1:30 each fits"
        );
        assert_eq!(share.each_now(), Span::from_secs(90));
    }

    #[test]
    fn what_fits_keeps_what_it_was_meant_to_have() {
        let share = share(3, Some(120), 15);
        assert!(share.fits());
        assert_eq!(share.each_now(), Span::from_secs(120));
        assert_eq!(
            share.to_string(),
            "3 here x 2:00 + changeovers = 7 min in 15: it fits"
        );
    }

    #[test]
    fn a_round_without_a_wish_tells_what_each_gets() {
        assert_eq!(
            share(12, None, 10).to_string(),
            "12 here in 10 min: 0:40 each"
        );
        assert_eq!(share(1, None, 5).to_string(), "1 here in 5 min: 5:00 each");
        assert_eq!(
            share(1, Some(60), 5).to_string(),
            "1 here x 1:00 = 1 min in 5: it fits"
        );
    }

    #[rstest::rstest]
    #[case(5, Some(30), 3, true)]
    #[case(5, Some(60), 3, false)]
    #[case(5, Some(50), 3, true)]
    #[case(12, Some(20), 4, true)]
    #[case(12, None, 3, false)]
    #[case(12, Some(10), 3, true)]
    #[case(30, Some(10), 3, false)]
    fn half_of_a_turn_is_enough_if_a_sentence_fits_into_them(
        #[case] people: u16,
        #[case] each: Option<i64>,
        #[case] minutes: i64,
        #[case] enough: bool,
    ) {
        let share = share(people, each, minutes);
        assert_eq!(share.is_enough(), enough, "{share}");
        let likely = share.each_likely();
        assert!(!enough || likely <= share.each_that_fits() || share.fits());
        assert!(enough || likely >= share.each_that_fits());
    }

    #[test]
    fn changes_take_a_quarter_of_the_time_at_most() {
        let share = share(12, None, 4);
        assert_eq!(share.each_that_fits(), Span::from_secs(15));
        assert_eq!(share.needed(), Span::from_secs(12 * 15 + 60));
    }

    #[test]
    fn nobody_needs_no_time() {
        let share = share(0, Some(60), 5);
        assert_eq!(share.needed(), Span::ZERO);
        assert_eq!(share.each_that_fits(), Span::ZERO);
    }

    #[test]
    fn a_step_for_everyone_counts_within_its_own_minutes() {
        let (session, _) = fixture::session(&[20]);
        let mut block = session.blocks[0].clone();
        assert_eq!(Share::of_block(&block, 6, block.planned()), None);
        block.kind = BlockKind::Closing;
        let whole = Share::of_block(&block, 6, block.planned()).unwrap();
        assert_eq!((whole.room, whole.each), (Span::from_minutes(20), None));
        block.steps = vec![
            Step {
                minutes: 12,
                mode: Mode::Round,
                each: Some(90),
                ..Step::default()
            },
            Step {
                minutes: 8,
                mode: Mode::Rate,
                ..Step::default()
            },
        ];
        let step = Share::of_block(&block, 6, block.planned()).unwrap();
        assert_eq!(step.room, Span::from_minutes(12));
        assert_eq!(step.each, Some(Span::from_secs(90)));
        block.steps.remove(0);
        assert_eq!(Share::of_block(&block, 6, block.planned()), None);
    }

    proptest! {
        #[test]
        fn what_fits_fits_and_five_seconds_more_would_not(
            people in 1u16..40,
            changeover in 0i64..30,
            room in 0i64..7_200,
        ) {
            let share = Share {
                people,
                each: None,
                changeover: Span::from_secs(changeover),
                room: Span::from_secs(room),
            };
            let each = share.each_that_fits();
            let more = each + Span::from_millis(STEP_MILLIS);
            let with = |each| Share { each: Some(each), ..share };
            prop_assert!(each == Span::ZERO || with(each).fits());
            prop_assert!(!with(more).fits());
            prop_assert_eq!(each.millis() % STEP_MILLIS, 0);
        }
    }
}
