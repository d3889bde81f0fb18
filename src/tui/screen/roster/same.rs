//! Who of another circle somebody of this one is.

use crate::command::Command;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::person::person_of;
use crate::domain::text::fold;
use crate::tui::screen::roster::{Asked, Roster};
use crate::tui::screen::words;
use crate::tui::view::{Choice, Reply, View};

/// Whom somebody may be in other circles: those of the same name first, then by circle and name.
fn others(view: &View<'_>, here: CircleId, member: MemberId) -> Vec<(CircleId, MemberId, String)> {
    let Some(name) = view
        .state
        .member(here, member)
        .map(|member| fold(&member.name))
    else {
        return Vec::new();
    };
    let circles = view.state.circles().filter(|circle| circle.id != here);
    let mut all: Vec<_> = circles
        .flat_map(|circle| {
            let people = view.state.members(circle.id);
            people.into_iter().map(move |other| {
                let row = format!("{}, {}", words::person(view, other), circle.name);
                (circle.id, other.id, row, fold(&other.name))
            })
        })
        .collect();
    all.sort_by_cached_key(|(_, _, row, other)| (*other != name, fold(row)));
    all.into_iter()
        .map(|(circle, other, row, _)| (circle, other, row))
        .collect()
}

impl Roster {
    /// Asks who else the person under the cursor is; whoever is known to be somebody elsewhere is set apart by the
    /// last row.
    pub(super) fn ask_same(&mut self, view: &View<'_>) -> Reply {
        let (Some(member), Some(circle)) = (self.here(view), view.circle) else {
            return Reply::Refuse("nobody is marked".to_owned());
        };
        let one = (circle, member.id);
        let same = |(circle, member, row)| {
            let other = (circle, member);
            (row, Command::SamePerson { one, other })
        };
        let (mut rows, mut commands): (Vec<String>, Vec<Command>) = others(view, circle, member.id)
            .into_iter()
            .map(same)
            .unzip();
        if rows.is_empty() {
            return Reply::Refuse("there is nobody in another circle".to_owned());
        }
        if person_of(view.state, circle, member.id).is_some() {
            rows.push("Nobody of another circle after all".to_owned());
            commands.push(Command::PersonApart {
                circle,
                member: member.id,
            });
        }
        self.offered = commands;
        Reply::Choose(Choice {
            tag: Asked::Same.into(),
            title: format!("{} is the same person as", words::person(view, member)),
            rows,
            selected: 0,
        })
    }
}
