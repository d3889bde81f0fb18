//! The elastic agenda: when a block takes longer than planned, the blocks still to come give way, down to
//! their minimum, so that the session ends when it should. Worked out anew from the clock each time; nothing
//! of it is stored until a block is entered, which then has the length it had shrunk to.

use std::cmp::Reverse;

use chrono::Timelike;

use crate::domain::agenda::{Block, BlockKind};
use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::live::{Live, Progress};
use crate::domain::session::Session;

const MINUTE: i64 = 60_000;

/// A later end is agreed on in steps of so many minutes, as people say it.
const LATER: i64 = 5;

/// A block that is still to come, as the arithmetic sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Its place in the agenda, counted from 0.
    pub index: usize,
    /// The length it would like to have, all in all, in whole minutes.
    pub wanted: i64,
    /// What it has taken of it already, if it was looked at before.
    pub took: Span,
    /// The length below which it does not go, in whole minutes; never above `wanted`.
    pub least: i64,
}

impl Ahead {
    fn of(index: usize, block: &Block, progress: Progress) -> Self {
        let wanted = progress.length.millis() / MINUTE;
        let took = progress.took.unwrap_or_default();
        let spent = (took.millis() + MINUTE - 1) / MINUTE;
        let least = if is_fixed(block) {
            wanted
        } else {
            i64::from(block.min.max(1)).max(spent).min(wanted)
        };
        Self {
            index,
            wanted,
            took,
            least,
        }
    }

    /// What is left of it when it has `minutes` all in all.
    fn left(self, minutes: i64) -> Span {
        (Span::from_minutes(minutes) - self.took).max(Span::ZERO)
    }
}

/// Whether the length of a block never gives way: it is locked, or it is a break.
pub fn is_fixed(block: &Block) -> bool {
    block.locked || block.kind == BlockKind::Break
}

/// What every block ahead gets within the time there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// The length of each, all in all, in whole minutes and in the order in which they were given.
    pub minutes: Vec<i64>,
    /// How much time is left over; negative when it does not fit with everything at its least.
    pub spare: Span,
}

/// Shares out `room` among the blocks ahead: what they want while it fits, else less, in whole minutes and in
/// proportion to what each can give. The largest remainder gives the odd minute, of equal ones the later block.
pub fn fit(ahead: &[Ahead], room: Span) -> Fit {
    let wanted: Span = ahead.iter().map(|block| block.left(block.wanted)).sum();
    let short = (wanted - room).max(Span::ZERO);
    let wants = (short.millis() + MINUTE - 1) / MINUTE;
    let can: i64 = ahead.iter().map(|block| block.wanted - block.least).sum();
    let missing = wants.min(can);
    let mut minutes: Vec<i64> = ahead.iter().map(|block| block.wanted).collect();
    let mut odd = Vec::new();
    let mut given = 0;
    for (place, (block, minutes)) in ahead.iter().zip(&mut minutes).enumerate() {
        let share = (block.wanted - block.least) * missing;
        let whole = share.checked_div(can).unwrap_or(0);
        *minutes -= whole;
        given += whole;
        odd.push((Reverse(share - whole * can), Reverse(place)));
    }
    odd.sort_unstable();
    let rest = usize::try_from(missing - given).unwrap_or(0);
    for (_, Reverse(place)) in odd.into_iter().take(rest) {
        if let Some(minutes) = minutes.get_mut(place) {
            *minutes -= 1;
        }
    }
    let taken: Span = ahead
        .iter()
        .zip(&minutes)
        .map(|(block, minutes)| block.left(*minutes))
        .sum();
    Fit {
        minutes,
        spare: room - taken,
    }
}

/// The block that would have to go so that the rest fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MustGo {
    /// Its place in the agenda, counted from 0.
    pub index: usize,
    /// Whether the rest fits without it.
    pub enough: bool,
}

/// The rest of a running session, as it stands at one instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elastic {
    ahead: Vec<Ahead>,
    fit: Fit,
    /// When the session ends.
    pub ends: Moment,
    /// How far that is after the planned end; negative when there is slack.
    pub late: Span,
    /// The same if nothing had given way.
    pub behind: Span,
    /// The minutes by which the blocks ahead are shorter than they would like to be.
    pub shorter: i64,
}

impl Elastic {
    /// The rest of the session seen from `now`; a running block that is over counts as ending now.
    pub fn of(live: &Live, session: &Session, now: Moment) -> Self {
        let left = live.left(now).max(Span::ZERO);
        Self::from(live, session, (live.block + 1, now + left))
    }

    /// The blocks from the place `first` on, when the first of them begins at `at`.
    fn from(live: &Live, session: &Session, (first, at): (usize, Moment)) -> Self {
        let ahead: Vec<Ahead> = session
            .blocks
            .iter()
            .zip(&live.progress)
            .enumerate()
            .skip(first)
            .filter(|(_, (block, _))| block.parked.is_none())
            .map(|(index, (block, progress))| Ahead::of(index, block, *progress))
            .collect();
        let planned_end = live.clock.started + session.length();
        let room = planned_end - at;
        let fit = fit(&ahead, room);
        let wanted: Span = ahead.iter().map(|block| block.left(block.wanted)).sum();
        let all: i64 = ahead.iter().map(|block| block.wanted).sum();
        let late = -fit.spare;
        Self {
            ends: planned_end + late,
            late,
            behind: wanted - room,
            shorter: all - fit.minutes.iter().sum::<i64>(),
            ahead,
            fit,
        }
    }

    /// The length that the block `to` has if it is entered at `at`; `None` for one that is not ahead.
    pub fn entered(live: &Live, session: &Session, (to, at): (usize, Moment)) -> Option<Span> {
        if to <= live.block {
            return None;
        }
        Self::from(live, session, (to, at)).length(to)
    }

    /// The length of a block ahead, all in all; `None` for one that is not ahead or was left out.
    pub fn length(&self, index: usize) -> Option<Span> {
        let place = self.ahead.iter().position(|block| block.index == index)?;
        let minutes = self.fit.minutes.get(place)?;
        Some(Span::from_minutes(*minutes))
    }

    /// How many minutes late the session ends although everything has given way, as clocks without seconds
    /// show them; 0 when it fits, or when it is late by less than a minute.
    pub fn late_minutes(&self) -> i64 {
        if self.late < Span::from_millis(MINUTE) {
            return 0;
        }
        let planned = self.ends - self.late;
        self.ends.millis().div_euclid(MINUTE) - planned.millis().div_euclid(MINUTE)
    }

    /// The end that a group would agree on instead, as people say it in this zone: the next full five minutes; and
    /// the minutes that a session of `minutes` has then. A started minute counts, so that the same end is not late
    /// again.
    pub fn later_end(&self, minutes: u16, zone: Zone) -> (Moment, u16) {
        let local = self.ends.local(zone);
        let into = i64::from(local.minute()) % LATER;
        let end = self.ends + Span::from_secs((LATER - into) * 60 - i64::from(local.second()));
        let more = ((end - (self.ends - self.late)).shown_secs() + 59) / 60;
        let minutes = u16::try_from(i64::from(minutes) + more);
        (end, minutes.unwrap_or(u16::MAX))
    }

    /// The blocks ahead that may be left out, by their place in the agenda. A closing may not: a session
    /// that only stops is worse than a shorter one.
    pub fn may_go<'a>(&'a self, session: &'a Session) -> impl Iterator<Item = usize> + 'a {
        self.ahead.iter().map(|block| block.index).filter(|index| {
            session
                .blocks
                .get(*index)
                .is_some_and(|block| !is_fixed(block) && block.kind != BlockKind::Closing)
        })
    }

    /// The block that has to go when even the least is too much: of those that free enough the one that
    /// costs least, of equal ones the later; where none frees enough, the one that frees most.
    pub fn must_go(&self, session: &Session) -> Option<MustGo> {
        if self.late_minutes() == 0 {
            return None;
        }
        let frees = |index: usize| -> Span {
            let places = self.ahead.iter().zip(&self.fit.minutes);
            places
                .filter(|(block, _)| block.index == index)
                .map(|(block, minutes)| block.left(*minutes))
                .sum()
        };
        let loses = |index: usize| {
            let block = self.ahead.iter().find(|block| block.index == index);
            block.map_or(Span::ZERO, |block| block.left(block.wanted))
        };
        let may: Vec<usize> = self.may_go(session).collect();
        let enough = |index: &&usize| frees(**index) >= self.late;
        let cheapest = may.iter().filter(enough);
        if let Some(index) = cheapest.min_by_key(|index| (loses(**index), Reverse(**index))) {
            return Some(MustGo {
                index: *index,
                enough: true,
            });
        }
        let most = may.iter().max_by_key(|index| (frees(**index), **index))?;
        Some(MustGo {
            index: *most,
            enough: false,
        })
    }
}

#[cfg(test)]
mod tests;
