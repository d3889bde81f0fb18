//! Two entries of one person become one.

use crate::command::Command;
use crate::domain::id::MemberId;
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
        let Some(circle) = view.circle else {
            return Reply::Ignored;
        };
        let into = member.id;
        let title = format!("Which becomes part of {}?", words::person(view, member));
        let merge = |(from, row)| {
            let command = Command::MergeMembers { circle, from, into };
            (row, command)
        };
        let (rows, commands): (Vec<String>, Vec<Command>) =
            others(view, member).into_iter().map(merge).unzip();
        if rows.is_empty() {
            return Reply::Refuse("there is nobody else in this circle".to_owned());
        }
        self.offered = commands;
        Reply::Choose(Choice {
            tag: Asked::Merge.into(),
            title,
            rows,
            selected: 0,
        })
    }
}
