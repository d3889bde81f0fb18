//! Two entries of one person become one.

use crate::command::Command;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::roster::Member;
use crate::domain::text::fold;
use crate::tui::screen::roster::{Asked, Roster, people};
use crate::tui::screen::words;
use crate::tui::view::{Choice, Reply, View};

/// The other entries of the circle: those that share a part of the name first, then as the roster has them.
fn others(view: &View<'_>, member: &Member) -> Vec<(MemberId, String)> {
    let own = fold(&member.name);
    let alike = |other: &Member| {
        let other = fold(&other.name);
        own.split_whitespace()
            .any(|part| other.split_whitespace().any(|word| word == part))
    };
    let (here, gone) = people(view);
    let mut all: Vec<&Member> = here.into_iter().chain(gone).collect();
    all.retain(|other| other.id != member.id);
    all.sort_by_key(|other| !alike(other));
    let row = |other: &Member| {
        let name = words::person(view, other);
        match other.left {
            None => format!("{name}, number {}", other.label),
            Some(_) => format!("{name}, has left"),
        }
    };
    all.into_iter()
        .map(|other| (other.id, row(other)))
        .collect()
}

impl Roster {
    /// Asks which other entry the person under the cursor is too.
    pub(super) fn ask_merge(&mut self, view: &View<'_>) -> Reply {
        let Some(member) = self.here(view) else {
            return Reply::Refuse("nobody is marked".to_owned());
        };
        let rows = others(view, member);
        if rows.is_empty() {
            return Reply::Refuse("there is nobody else in this circle".to_owned());
        }
        self.asking = Some(member.id);
        Reply::Choose(Choice {
            tag: Asked::Merge.into(),
            title: format!("Which becomes part of {}?", words::person(view, member)),
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            selected: 0,
        })
    }

    /// A row of that list was picked.
    pub(super) fn merge_picked(&self, row: usize, view: &View<'_>) -> Reply {
        let found = |circle: CircleId, id| view.state.member(circle, id);
        let (Some(circle), Some(into)) = (view.circle, self.asking) else {
            return Reply::Ignored;
        };
        let others = found(circle, into).map(|member| others(view, member));
        match others.unwrap_or_default().get(row) {
            Some((from, _)) => Reply::submit(Command::MergeMembers {
                circle,
                from: *from,
                into,
            }),
            None => Reply::Ignored,
        }
    }
}
