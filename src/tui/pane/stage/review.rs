//! The actions of earlier sessions in the order in which a circle goes through them.

use std::collections::BTreeSet;

use crate::domain::id::ActionId;
use crate::domain::item::{Action, Owner};
use crate::domain::roster::Label;
use crate::tui::pane::stage::Stage;

/// Whose turn it is: people by label, so that each speaks once, then those who left, then what is everybody's and
/// what is nobody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Of(Label),
    Left,
    All,
    Nobody,
}

impl<'a> Stage<'a> {
    /// The actions of earlier sessions: open ones, and those settled since this session began. Person by person,
    /// oldest first.
    pub fn review(&self) -> Vec<&'a Action> {
        let start = self.start();
        let mut rows: Vec<&Action> = self
            .view
            .state
            .actions(self.circle.id)
            .filter(|action| action.trashed.is_none())
            .filter(|action| {
                action.state.is_open() || action.closed.is_some_and(|closed| closed >= start)
            })
            .filter(|action| action.origin.session != Some(self.session.id))
            .collect();
        // A smaller step that was found in this review has been talked about.
        let smaller: BTreeSet<ActionId> = rows.iter().filter_map(|row| row.smaller).collect();
        rows.retain(|action| !smaller.contains(&action.id));
        rows.sort_by_cached_key(|action| {
            let turn = match action.owner {
                Owner::Member(id) => self
                    .person(id)
                    .map_or(Turn::Left, |member| Turn::Of(member.label)),
                Owner::All => Turn::All,
                Owner::Nobody => Turn::Nobody,
            };
            (turn, action.owner_id(), action.origin.at, action.number)
        });
        rows
    }
}
