//! Whose turn it is for a hot seat, in a line.

use crate::domain::roster::Member;
use crate::domain::rotation::{Seat, Turns};
use crate::tui::pane::stage::Stage;
use crate::tui::say;

impl Stage<'_> {
    /// `Mei Lin: never yet`; without a person, whom the rotation proposes. `None` when no hot seat is still
    /// to come or nobody is free for it.
    pub fn seat_line(&self, person: Option<&Member>) -> Option<String> {
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
