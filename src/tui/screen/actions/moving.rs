//! Moving actions to another circle: which circle, then one command for all marked rows.

use crate::command::Command;
use crate::command::id::CommandId;
use crate::domain::circle::Circle;
use crate::domain::id::{CircleId, Key};
use crate::domain::text::fold;
use crate::tui::screen::actions::list::circle_of;
use crate::tui::screen::actions::verbs::Asking;
use crate::tui::screen::actions::{Actions, Asked};
use crate::tui::view::{Arg, Choice, Reply, View};

/// The circles that something can be moved to, by name.
fn others<'a>(view: &View<'a>, here: CircleId) -> Vec<&'a Circle> {
    let all = view.state.circles();
    let mut others: Vec<&Circle> = all
        .filter(|circle| circle.id != here && circle.archived.is_none())
        .collect();
    others.sort_by_cached_key(|circle| fold(&circle.name));
    others
}

impl Actions {
    /// Asks for the circle, or takes the one whose name begins with what was typed behind the command.
    pub(super) fn move_away(&mut self, arg: &Arg, view: &View<'_>) -> Reply {
        let targets = self.targets(view);
        let Some(circle) = targets.first().and_then(|(key, _)| circle_of(key)) else {
            return Reply::Refuse("no action is here to be moved".to_owned());
        };
        let keys: Vec<Key> = targets.iter().map(|(key, _)| *key).collect();
        let name = super::verbs::named(&targets);
        let others = others(view, circle);
        if others.is_empty() {
            return Reply::Refuse(format!(
                "there is no other circle; {} makes one",
                view.keys.of(CommandId::NewCircle)
            ));
        }
        self.asking = Asking {
            keys,
            circles: others.iter().map(|circle| circle.id).collect(),
            ..Asking::default()
        };
        if let Arg::Text(typed) = arg {
            let typed = fold(typed.trim());
            let mut fitting = others
                .iter()
                .filter(|other| fold(&other.name).starts_with(&typed));
            if let (Some(one), None) = (fitting.next(), fitting.next()) {
                return self.move_to(one.id);
            }
        }
        Reply::Choose(Choice {
            tag: Asked::Circle.into(),
            title: format!("Move {name} to which circle?"),
            rows: others
                .iter()
                .map(|circle| circle.name.to_string())
                .collect(),
            selected: 0,
        })
    }

    /// A circle was picked.
    pub(super) fn circle_picked(&mut self, row: usize) -> Reply {
        match self.asking.circles.get(row).copied() {
            Some(to) => self.move_to(to),
            None => Reply::Ignored,
        }
    }

    fn move_to(&mut self, to: CircleId) -> Reply {
        self.marked.clear();
        let keys = std::mem::take(&mut self.asking).keys;
        Reply::submit(Command::MoveAction { keys, to })
    }
}
