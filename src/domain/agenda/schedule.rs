//! When the blocks of a planned session begin, with those that are pinned to a time of day, and whether all of it
//! fits.

mod going;

use chrono::{NaiveTime, TimeDelta};

use crate::domain::agenda::elastic::{Ahead, fit, is_fixed};
use crate::domain::agenda::{Block, planned_minutes};
use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::format::share;
use crate::domain::session::Session;
use crate::domain::template::MOST_MINUTES;

const MINUTE: i64 = 60_000;

/// One block in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its place in the agenda, counted from 0.
    pub index: usize,
    /// When it begins: at the time it is pinned to, else when the block before it ends.
    pub begins: Moment,
    /// The time between the end of the block before it and its beginning: a gap, or, when negative, what does
    /// not fit before the time it is pinned to.
    pub wait: Span,
    /// How long it is planned to be; in a session that runs, how long it took or is expected to take.
    pub lasts: Span,
}

/// A session laid out in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The blocks that take part, in order.
    pub rows: Vec<Placed>,
    /// When the last of them ends.
    pub ends: Moment,
    /// The time of the session that is left after that; negative when the agenda is too long.
    pub slack: Span,
    /// Minutes of all blocks.
    pub planned: u32,
    /// When the session is meant to be over.
    pub until: Moment,
}

impl Schedule {
    /// Lays a session out as it was planned, for clocks in `zone`.
    pub fn of(session: &Session, zone: Zone) -> Self {
        let mut at = session.start;
        let mut rows = Vec::new();
        let mut planned = 0;
        for (index, block) in session.blocks.iter().enumerate() {
            if block.parked.is_some() {
                continue;
            }
            let begins = block.at.map_or(at, |time| pinned(time, at, zone));
            rows.push(Placed {
                index,
                begins,
                wait: begins - at,
                lasts: block.planned(),
            });
            at = begins + block.planned();
            planned += u32::from(block.minutes);
        }
        let until = session.start + session.length();
        Self {
            rows,
            ends: at,
            slack: until - at,
            planned,
            until,
        }
    }

    /// Minutes in which nothing is planned, before blocks that are pinned.
    pub fn gaps(&self) -> i64 {
        let waits = self.rows.iter().map(|row| row.wait.millis().max(0));
        waits.sum::<i64>() / MINUTE
    }

    /// Minutes that are too much, at the end and before blocks that are pinned.
    pub fn over(&self) -> i64 {
        let ends = self.rows.iter().map(|row| row.wait).chain([self.slack]);
        ends.map(|left| (-left.millis()).max(0)).sum::<i64>() / MINUTE
    }

    /// Whether everything fits.
    pub fn fits(&self) -> bool {
        self.over() == 0
    }
}

/// The instant at which clocks in `zone` show `time`, the one nearest to `near`: a session may go past midnight.
fn pinned(time: NaiveTime, near: Moment, zone: Zone) -> Moment {
    let day = near.local(zone).date();
    let days = [-1, 0, 1].map(|days| day.checked_add_signed(TimeDelta::days(days)));
    days.into_iter()
        .flatten()
        .map(|day| Moment::from_local(day.and_time(time), zone))
        .min_by_key(|at| (*at - near).abs())
        .unwrap_or(near)
}

/// The minutes of every block, in the order of the agenda, when what is too long gives way in proportion and never
/// below its minimum: each stretch up to the next pinned block for itself. Locked blocks and breaks keep theirs.
pub fn trimmed(session: &Session, zone: Zone) -> Vec<u16> {
    let mut minutes: Vec<u16> = session.blocks.iter().map(|block| block.minutes).collect();
    for (places, room) in stretches(session, zone) {
        let block = |place: usize| Some(wants(place, session.blocks.get(place)?));
        let ahead: Vec<Ahead> = places.into_iter().filter_map(block).collect();
        let fitting = fit(&ahead, room);
        for (block, length) in ahead.iter().zip(fitting.minutes) {
            if let (Some(own), Ok(length)) =
                (minutes.get_mut(block.index), u16::try_from(length.max(1)))
            {
                *own = length;
            }
        }
    }
    minutes
}

/// The minutes of every block, in the order of the agenda, when time in which nothing is planned goes to the blocks in
/// proportion: each stretch up to the next pinned block for itself. Locked blocks and breaks keep theirs, and none
/// becomes more than twice as long.
pub fn stretched(session: &Session, zone: Zone) -> Vec<u16> {
    let mut minutes: Vec<u16> = session.blocks.iter().map(|block| block.minutes).collect();
    for (places, room) in stretches(session, zone) {
        let taken: u32 = places
            .iter()
            .filter_map(|place| minutes.get(*place))
            .map(|minutes| u32::from(*minutes))
            .sum();
        let grows = |place: &usize| {
            let block = session.blocks.get(*place);
            block.is_some_and(|block| !is_fixed(block))
        };
        let places: Vec<usize> = places.into_iter().filter(grows).collect();
        let weights: Vec<u16> = places
            .iter()
            .filter_map(|place| minutes.get(*place).copied())
            .collect();
        let most: u32 = weights.iter().map(|minutes| u32::from(*minutes)).sum();
        let free = (room.millis() / MINUTE - i64::from(taken)).clamp(0, i64::from(most));
        let more = share(&weights, u16::try_from(free).unwrap_or(u16::MAX));
        for (place, more) in places.into_iter().zip(more) {
            if let Some(own) = minutes.get_mut(place) {
                *own = own.saturating_add(more).min(MOST_MINUTES);
            }
        }
    }
    minutes
}

/// The places of the blocks that follow each other up to the next pinned one, and the time there is for them.
fn stretches(session: &Session, zone: Zone) -> Vec<(Vec<usize>, Span)> {
    let schedule = Schedule::of(session, zone);
    let is_pinned = |row: &Placed| {
        let block = session.blocks.get(row.index);
        block.is_some_and(|block| block.at.is_some())
    };
    let mut stretches = Vec::new();
    let mut rest = schedule.rows.as_slice();
    while let Some(first) = rest.first() {
        let next = rest.iter().skip(1).position(is_pinned);
        let (stretch, later) = rest.split_at(next.map_or(rest.len(), |at| at + 1));
        let until = later.first().map_or(schedule.until, |row| row.begins);
        let places = stretch.iter().map(|row| row.index).collect();
        stretches.push((places, until - first.begins));
        rest = later;
    }
    stretches
}

fn wants(index: usize, block: &Block) -> Ahead {
    let wanted = i64::from(block.minutes);
    Ahead {
        index,
        wanted,
        took: Span::ZERO,
        least: if is_fixed(block) {
            wanted
        } else {
            i64::from(block.min.max(1)).min(wanted)
        },
    }
}

/// The time to talk that each of `people` has if it is shared equally: all minutes but those of breaks, rounded down.
/// `None` when nobody is there.
pub fn minutes_each(blocks: &[Block], people: u16) -> Option<u32> {
    let breaks: Vec<Block> = blocks
        .iter()
        .filter(|block| block.kind == super::BlockKind::Break)
        .cloned()
        .collect();
    let talk = planned_minutes(blocks) - planned_minutes(&breaks);
    talk.checked_div(u32::from(people))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::fixture;

    /// 15:00 to 16:30 with blocks of these minutes.
    fn session(minutes: &[u16]) -> Session {
        let (mut session, _) = fixture::session(minutes);
        session.start = Moment::parse("2026-03-12T15:00:00Z").unwrap();
        session.minutes = 90;
        session
    }

    fn pin(session: &mut Session, index: usize, time: &str) {
        session.blocks[index].at = Some(time.parse().unwrap());
    }

    fn of(session: &Session) -> Schedule {
        Schedule::of(session, Zone::UTC)
    }

    fn begins(schedule: &Schedule) -> Vec<String> {
        let rows = schedule.rows.iter();
        rows.map(|row| row.begins.local(Zone::UTC).format("%H:%M").to_string())
            .collect()
    }

    #[test]
    fn start_times_follow_from_minutes() {
        let schedule = of(&session(&[5, 15, 20]));
        assert_eq!(begins(&schedule), ["15:00", "15:05", "15:20"]);
        assert_eq!(schedule.slack, Span::from_minutes(50));
        assert_eq!((schedule.gaps(), schedule.over()), (0, 0));
        assert!(schedule.fits());
    }

    #[test]
    fn what_follows_a_pinned_block_begins_after_it() {
        let mut session = session(&[5, 15, 20]);
        pin(&mut session, 1, "15:30:00");
        let schedule = of(&session);
        assert_eq!(begins(&schedule), ["15:00", "15:30", "15:45"]);
        assert_eq!(schedule.rows[1].wait, Span::from_minutes(25));
        assert_eq!(schedule.gaps(), 25);
        assert!(schedule.fits());
    }

    #[test]
    fn what_does_not_fit_before_a_pinned_block_is_too_much() {
        let mut session = session(&[30, 30, 20]);
        pin(&mut session, 1, "15:20:00");
        let schedule = of(&session);
        assert_eq!(begins(&schedule), ["15:00", "15:20", "15:50"]);
        assert_eq!(schedule.rows[1].wait, Span::from_minutes(-10));
        assert_eq!((schedule.over(), schedule.fits()), (10, false));
    }

    #[test]
    fn a_session_past_midnight_may_be_pinned_to_the_next_day() {
        let mut session = session(&[60, 30]);
        session.start = Moment::parse("2026-03-12T23:00:00Z").unwrap();
        pin(&mut session, 1, "00:10:00");
        let schedule = of(&session);
        assert_eq!(schedule.rows[1].wait, Span::from_minutes(10));
    }

    #[test]
    fn a_block_that_is_left_out_takes_no_time() {
        let mut session = session(&[60, 40]);
        session.blocks[0].parked = Some(crate::domain::id::ParkedId(session.id.0));
        let schedule = of(&session);
        assert_eq!(schedule.rows.len(), 1);
        assert_eq!(schedule.planned, 40);
    }

    #[test]
    fn each_stretch_gives_way_for_itself() {
        let mut session = session(&[30, 30, 60, 20]);
        session.blocks[3].locked = true;
        pin(&mut session, 2, "15:50:00");
        assert_eq!(of(&session).over(), 10 + 40);
        assert_eq!(trimmed(&session, Zone::UTC), [25, 25, 20, 20]);
    }

    #[test]
    fn free_time_goes_to_the_blocks_in_proportion() {
        let mut session = session(&[5, 20, 5, 26]);
        session.blocks[2].kind = crate::domain::agenda::BlockKind::Break;
        let longer = stretched(&session, Zone::UTC);
        assert_eq!(
            longer
                .iter()
                .map(|minutes| u32::from(*minutes))
                .sum::<u32>(),
            90
        );
        assert_eq!((longer[0], longer[2]), (9, 5));
        session.minutes = 240;
        assert_eq!(stretched(&session, Zone::UTC), [10, 40, 5, 52]);
    }

    #[test]
    fn each_stretch_takes_its_own_free_time() {
        let mut session = session(&[15, 30]);
        pin(&mut session, 1, "15:25:00");
        assert_eq!(stretched(&session, Zone::UTC), [25, 60]);
    }

    #[test]
    fn nobody_gets_no_share_and_breaks_are_not_talk() {
        let mut session = session(&[50, 10, 30]);
        session.blocks[1].kind = crate::domain::agenda::BlockKind::Break;
        assert_eq!(minutes_each(&session.blocks, 6), Some(13));
        assert_eq!(minutes_each(&session.blocks, 0), None);
    }

    proptest! {
        #[test]
        fn stretching_never_shortens_and_never_goes_past_the_end(
            blocks in proptest::collection::vec((1u16..60, any::<bool>()), 1..8),
            length in 1u16..240,
        ) {
            let minutes: Vec<u16> = blocks.iter().map(|(minutes, ..)| *minutes).collect();
            let mut session = session(&minutes);
            session.minutes = length;
            for (block, (_, locked)) in session.blocks.iter_mut().zip(&blocks) {
                block.locked = *locked;
            }
            let fits = of(&session).fits();
            for (place, minutes) in stretched(&session, Zone::UTC).into_iter().enumerate() {
                let block = &mut session.blocks[place];
                prop_assert!(minutes >= block.minutes && minutes <= 2 * block.minutes);
                prop_assert!(minutes == block.minutes || fits && !block.locked);
                block.minutes = minutes;
            }
            prop_assert_eq!(of(&session).fits(), fits);
        }

        #[test]
        fn trimming_never_lengthens_and_fits_where_minimums_do(
            blocks in proptest::collection::vec((1u16..60, 1u16..60, any::<bool>()), 1..8),
            length in 1u16..240,
        ) {
            let minutes: Vec<u16> = blocks.iter().map(|(minutes, ..)| *minutes).collect();
            let mut session = session(&minutes);
            session.minutes = length;
            for (block, (_, min, locked)) in session.blocks.iter_mut().zip(&blocks) {
                (block.min, block.locked) = ((*min).min(block.minutes), *locked);
            }
            let least: u32 = session
                .blocks
                .iter()
                .map(|block| u32::from(if block.locked { block.minutes } else { block.min }))
                .sum();
            let after = trimmed(&session, Zone::UTC);
            for (block, minutes) in session.blocks.iter_mut().zip(after) {
                prop_assert!(minutes <= block.minutes && minutes >= block.min.min(block.minutes));
                prop_assert!(!block.locked || minutes == block.minutes);
                block.minutes = minutes;
            }
            prop_assert_eq!(of(&session).fits(), least <= u32::from(length));
        }
    }
}
