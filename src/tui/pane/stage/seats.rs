//! Whose turn it is for a hot seat, in a line.

use crate::domain::agenda::BlockKind;
use crate::domain::roster::Member;
use crate::domain::rotation::{Seat, Turns};
use crate::tui::pane::stage::Stage;
use crate::tui::say;

impl Stage<'_> {
    /// Whether it is time to choose who sits in a hot seat: before the start, and in the block before one.
    pub fn chooses_seats(&self) -> bool {
        if self.live.is_none() {
            return true;
        }
        let ahead = self.session.blocks.iter().skip(self.block_index() + 1);
        let next = ahead.into_iter().find(|block| block.parked.is_none());
        self.kind() != BlockKind::HotSeat
            && next.is_some_and(|next| next.kind == BlockKind::HotSeat)
    }

    /// `Priya sits in Seat one, Maria in Seat two`: who was named for the hot seats ahead. `None` while one of them
    /// has nobody, and where there is none.
    pub fn seats_taken(&self) -> Option<String> {
        let from = self.live.map_or(0, |_| self.block_index() + 1);
        let ahead = self.session.blocks.iter().skip(from);
        let seats =
            ahead.filter(|block| block.parked.is_none() && block.kind == BlockKind::HotSeat);
        let named = seats.map(|block| Some((self.person(block.lead?)?, &block.title)));
        let named: Vec<_> = named.collect::<Option<_>>()?;
        let ((first, title), others) = named.split_first()?;
        let mut words = format!("{} sits in {title}", self.short(first));
        for (member, title) in others {
            words = format!("{words}, {} in {title}", self.short(member));
        }
        Some(words)
    }

    /// `Mei Lin: never yet`; without a person, whom the rotation proposes. `None` when no hot seat is still
    /// to come or nobody is free for it, and for a person while another block runs, which they would lead.
    pub fn seat_line(&self, person: Option<&Member>) -> Option<String> {
        if person.is_some() && !self.chooses_seats() && self.kind() != BlockKind::HotSeat {
            return None;
        }
        let turns = Turns::of(self.view.state, self.circle.id, self.session);
        let next = || turns.proposed_for(turns.seat_block()?.id);
        let (member, before) = match person {
            Some(member) => (member, ""),
            None => (next()?, "next is "),
        };
        turns.seat_block()?;
        let today = self.view.now.date(self.view.zone);
        let why = turns
            .held(Seat::Presenter, member.id)
            .why(today, self.view.zone);
        let name = say::name(member, self.view.masked);
        Some(format!("{before}{name}: {why}"))
    }
}
