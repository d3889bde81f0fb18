//! A running session laid out in time: past blocks when they really began, with the minutes that they took; those
//! to come as the agenda gives way.

use std::cmp::Ordering;

use crate::domain::agenda::elastic::Elastic;
use crate::domain::agenda::schedule::{MINUTE, Placed, Schedule};
use crate::domain::clock::{Moment, Span};
use crate::domain::live::Live;
use crate::domain::session::Session;

impl Schedule {
    /// Lays a running session out as it went so far, seen from `now`. Blocks that are kept for another time and
    /// those that were passed by have no row.
    pub fn going(session: &Session, live: &Live, now: Moment) -> Self {
        let elastic = Elastic::of(live, session, now);
        // Where a block does not know when it began, those before it tell, as if the clock had never stood still.
        let mut at = live.clock.started;
        let mut rows = Vec::new();
        for (index, block) in session.blocks.iter().enumerate() {
            let progress = live.progress.get(index).copied().unwrap_or_default();
            let reached = index == live.block || live.is_behind_us(index);
            if block.parked.is_some() || (index < live.block && !reached) {
                continue;
            }
            let took = live.took(index, now).unwrap_or_default();
            let (begins, lasts) = if index == live.block {
                let begins = progress.began.unwrap_or(at);
                (begins, progress.length.max(took))
            } else if reached {
                (progress.began.unwrap_or(at), took)
            } else {
                (at, elastic.length(index).unwrap_or(progress.length))
            };
            at = match index.cmp(&live.block) {
                Ordering::Less => begins + lasts,
                Ordering::Equal => now + live.left(now).max(Span::ZERO),
                Ordering::Greater => begins + (lasts - took).max(Span::ZERO),
            };
            rows.push(Placed {
                index,
                begins,
                wait: Span::ZERO,
                lasts,
            });
        }
        let until = live.clock.started + session.length();
        Self {
            planned: rows.iter().map(Placed::minutes).sum(),
            rows,
            ends: at,
            slack: until - at,
            until,
        }
    }
}

impl Placed {
    /// How long it lasts in whole minutes, rounded.
    pub fn minutes(&self) -> u32 {
        let minutes = (self.lasts.millis() + MINUTE / 2) / MINUTE;
        u32::try_from(minutes).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture;

    fn minutes(minutes: i64) -> Span {
        Span::from_minutes(minutes)
    }

    #[test]
    fn past_blocks_stand_where_they_really_began_and_took_what_they_took() {
        let (mut session, at) = fixture::session(&[5, 15, 20, 10]);
        session.minutes = 60;
        let live = Live::start(&session, at);
        let live = live.enter(&session, 1, at + minutes(9));
        let mut live = live.enter(&session, 2, at + minutes(24));
        // The clock stands still for six minutes: what comes is later, what was is not.
        live.clock = live.clock.pause(at + minutes(25)).resume(at + minutes(31));
        let going = Schedule::going(&session, &live, at + minutes(32));
        let rows: Vec<(Moment, u32)> = going
            .rows
            .iter()
            .map(|row| (row.begins, row.minutes()))
            .collect();
        assert_eq!(rows[0], (at, 9));
        assert_eq!(rows[1], (at + minutes(9), 15));
        assert_eq!(rows[2].0, at + minutes(24));
        assert_eq!(rows[3].0, at + minutes(24 + 6) + live.length());
        assert_eq!(going.until, at + minutes(60));
        assert_eq!(going.slack, going.until - going.ends);
    }

    #[test]
    fn a_session_that_keeps_to_its_plan_looks_like_its_plan() {
        let (mut session, at) = fixture::session(&[5, 15, 20]);
        session.minutes = 40;
        session.start = at;
        let live = Live::start(&session, at).enter(&session, 1, at + minutes(5));
        let going = Schedule::going(&session, &live, at + minutes(7));
        let begins: Vec<Moment> = going.rows.iter().map(|row| row.begins).collect();
        assert_eq!(begins, [at, at + minutes(5), at + minutes(20)]);
        assert_eq!((going.planned, going.fits()), (40, true));
    }

    #[test]
    fn what_was_passed_by_and_what_is_kept_for_another_time_has_no_row() {
        let (mut session, at) = fixture::session(&[5, 15, 20, 10]);
        session.blocks[3].parked = Some(crate::domain::id::ParkedId(uuid::Uuid::nil()));
        let live = Live::start(&session, at).enter(&session, 2, at + minutes(5));
        let going = Schedule::going(&session, &live, at + minutes(6));
        let places: Vec<usize> = going.rows.iter().map(|row| row.index).collect();
        assert_eq!(places, [0, 2]);
    }
}
