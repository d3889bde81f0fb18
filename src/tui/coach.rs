//! Six things to try in the demo, each confirmed by doing it.

use crate::command::id::CommandId;
use crate::domain::change::Act;
use crate::domain::id::Kind;
use crate::domain::names::{self, Naming};
use crate::tui::view::View;

/// Something that was done and may be what was asked for.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'a> {
    /// An act was saved.
    Act(&'a Act),
    /// The floor changed.
    Floor,
    /// The room view was opened or closed.
    Room,
}

/// How far somebody has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coach {
    step: usize,
}

impl Coach {
    /// What to try now; `None` when there is nobody to try it with.
    pub fn line(&self, view: &View<'_>) -> Option<String> {
        let key = |id| view.keys.of(id);
        Some(match self.step {
            0 => {
                let (name, label) = guest(view)?;
                format!("Try: press {label} to give {name} the floor")
            }
            1 => {
                let circle = view.circle?;
                let members = view.state.members(circle);
                let name = members
                    .get(1)
                    .map(|m| names::short(m, members.iter().copied(), Naming::Full))?;
                let handle = name.split_whitespace().next()?.to_lowercase();
                format!(
                    "Press {} and type: Send deck @{handle} due fri #feedback",
                    key(CommandId::AddAction)
                )
            }
            2 => format!("{} takes it back", key(CommandId::Undo)),
            3 => format!("{} shows what the room sees", key(CommandId::RoomView)),
            4 => format!("{} again comes back here", key(CommandId::RoomView)),
            5 => format!("{} goes on to the next step", key(CommandId::Next)),
            _ => format!(
                "That is all. {} lists every key; {} begins yours",
                key(CommandId::Help),
                key(CommandId::NewCircle)
            ),
        })
    }

    /// Goes on if this was what was asked for. Returns whether nothing is left to say.
    pub fn see(&mut self, seen: Seen<'_>, view: &View<'_>, room: bool) -> bool {
        let wanted = match (self.step, seen) {
            (0, Seen::Floor) => view.floor.is_some_and(|floor| floor.speaker.is_some()),
            (1, Seen::Act(act)) => act
                .changes
                .iter()
                .any(|c| c.key.kind == Kind::Action && c.before.is_none()),
            (2, Seen::Act(act)) => {
                matches!(act.kind, crate::domain::change::ActKind::Undo(_))
            }
            (3, Seen::Room) => room,
            (4, Seen::Room) => !room,
            (5, Seen::Act(act)) => act.changes.iter().any(|c| c.key.kind == Kind::Live),
            (6, _) => return true,
            _ => false,
        };
        self.step += usize::from(wanted);
        false
    }
}

/// Somebody who does not speak now, with the label to press.
fn guest(view: &View<'_>) -> Option<(String, String)> {
    let members = view.state.members(view.circle?);
    let speaking = view.floor.and_then(|floor| floor.speaker);
    let (_, session, _) = view.state.running()?;
    let member = members.iter().rfind(|member| {
        let here = !session.away.contains_key(&member.id);
        here && Some(member.id) != speaking && Some(member.id) != view.me
    })?;
    Some((
        names::short(member, members.iter().copied(), Naming::Full),
        member.label.to_string(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::fixture::World;
    use crate::tui::widget::hints::Hint;
    use crate::tui::widget::message::{Message, Tone};

    #[test]
    fn every_line_can_be_read_to_its_end_on_a_small_screen() {
        let world = World::running();
        for step in 0..=6 {
            let line = Coach { step }.line(&world.view()).unwrap();
            let keys = [Hint::new("Esc", "enough")];
            let message = Message {
                tone: Tone::Asks,
                sentence: &line,
                keys: &keys,
                waiting: 0,
            };
            assert!(message.rows(76, 9) <= 2, "{line}");
            assert!(message.rows(40, 9) <= 2, "{line}");
        }
    }
}
