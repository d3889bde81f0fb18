//! What of a session may be kept about the group as a whole.

use std::collections::BTreeSet;

use crate::domain::tally::Figures;
use crate::tui::pane::stage::Stage;

impl Stage<'_> {
    /// How the group has talked so far, without names; `None` before the start, and where the group is so
    /// small that this would be about people.
    pub fn figures(&self) -> Option<Figures> {
        let members = self.members.iter().map(|member| member.id);
        let here: BTreeSet<_> = members.filter(|id| self.is_here(*id)).collect();
        Figures::of(self.floor()?, &here, self.elapsed())
    }
}
