//! The made-up roster of a rehearsal that runs on screen: who takes the floor next, and for how long.

use crate::domain::agenda::Block;
use crate::domain::clock::{Moment, Span};
use crate::domain::floor::{Floor, FloorMove};
use crate::domain::format::Mode;
use crate::domain::id::{Ids, MemberId};
use crate::domain::live::Live;
use crate::domain::rehearsal::mode_of;
use crate::domain::rehearsal::run::between;
use crate::domain::session::Session;
use crate::domain::share::Share;

/// People who take turns by themselves. Whoever sits at the keyboard leads.
#[derive(Clone, Debug)]
pub struct Roster {
    ids: Ids,
    /// Session time until which nothing changes, in which block and step.
    until: Option<(Span, usize, usize)>,
}

impl Roster {
    /// A roster; the same seed behaves the same.
    pub const fn new(at: Moment, seed: u64) -> Self {
        Self {
            ids: Ids::new(at, seed),
            until: None,
        }
    }

    /// The next move on the floor, if it is time for one. `here` are those who take part, without whoever leads.
    pub fn next(
        &mut self,
        session: &Session,
        live: &Live,
        floor: &Floor,
        (here, now): (&[MemberId], Moment),
    ) -> Option<FloorMove> {
        let at = live.clock.elapsed(now);
        let waits = self.until.is_some_and(|(until, block, step)| {
            at < until && (block, step) == (live.block, live.step)
        });
        if live.clock.is_paused() || waits {
            return None;
        }
        let block = session.blocks.get(live.block)?;
        let (who, length) = self.turn(block, live, floor, here);
        self.until = Some((at + length, live.block, live.step));
        match who {
            _ if who == floor.speaker => None,
            Some(member) => Some(FloorMove::Give(member)),
            None => Some(FloorMove::Nobody),
        }
    }

    /// Who speaks now, and for how long.
    fn turn(
        &mut self,
        block: &Block,
        live: &Live,
        floor: &Floor,
        here: &[MemberId],
    ) -> (Option<MemberId>, Span) {
        let step = block.steps.get(live.step);
        let named = step.filter(|step| !step.mode.is_default());
        let mode = named.map_or_else(|| mode_of(block.kind), |step| step.mode);
        let secs = Span::from_secs;
        match mode {
            Mode::Round => {
                let next = here
                    .iter()
                    .find(|member| !floor.was_heard(**member, live.block));
                let people = u16::try_from(here.len()).unwrap_or(u16::MAX);
                let share = Share::of_block(block, people, live.length())
                    .unwrap_or_else(|| Share::of(people, None, live.length()));
                let pace = between(&mut self.ids, 75, 140);
                let length = share.each_now().millis() * pace / 100;
                (next.copied(), Span::from_millis(length.max(5_000)))
            }
            Mode::Seat => {
                let seat = block.lead.filter(|lead| here.contains(lead));
                (seat.or_else(|| here.first().copied()), secs(60))
            }
            Mode::Open | Mode::Questions | Mode::Report => {
                let others: Vec<MemberId> = here
                    .iter()
                    .copied()
                    .filter(|member| Some(*member) != floor.speaker)
                    .collect();
                let count = u64::try_from(others.len()).unwrap_or(0).max(1);
                let pick = usize::try_from(self.ids.draw() % count).unwrap_or(0);
                let length = secs(between(&mut self.ids, 20, 120));
                (others.get(pick).copied().or(floor.speaker), length)
            }
            Mode::Silent | Mode::Groups | Mode::Vote | Mode::Rate | Mode::ReadBack | Mode::Rest => {
                (None, secs(30))
            }
        }
    }
}
