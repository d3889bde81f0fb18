//! Decisions that want a second look, in what is carried over: kept, changed or reversed with one key each.

use crate::command::Command;
use crate::domain::id::{Key, Kind};
use crate::domain::item::Decision;
use crate::domain::look::{self, Verdict};
use crate::domain::text::{Clean, Limit};
use crate::tui::screen::plan::carry::Carried;
use crate::tui::screen::plan::desk::Desk;
use crate::tui::screen::plan::{Asked, Plan};
use crate::tui::view::{Ask, CommandId, Reply};

/// The decisions that are due by the day of the session.
pub(super) fn due<'a>(desk: &Desk<'a>) -> Vec<&'a Decision> {
    let view = &desk.stage.view;
    let day = desk.session().begins().date(view.zone);
    look::due(view.state, desk.stage.circle.id, day)
}

/// What its keys do.
pub(super) const OFFERS: [(CommandId, &str); 4] = [
    (CommandId::Done, "keep it"),
    (CommandId::Edit, "change it"),
    (CommandId::Remove, "reverse it"),
    (CommandId::Open, "as a block"),
];

fn again(key: Key, verdict: Verdict) -> Reply {
    Reply::submit(Command::LookAgain { key, verdict })
}

impl Plan {
    /// A key on a row that is carried over; ignored where it is no decision.
    pub(super) fn look(&mut self, id: CommandId, row: Carried<'_>, desk: &Desk<'_>) -> Reply {
        let Carried::Look(decision) = row else {
            return Reply::Ignored;
        };
        let key = Key::circle(desk.stage.circle.id, Kind::Decision, decision.id.0);
        match id {
            CommandId::Done => again(key, Verdict::Keep),
            CommandId::Remove => again(key, Verdict::Reverse),
            CommandId::Edit => {
                self.looking = Some(key);
                Reply::Ask(Ask {
                    tag: Asked::Look.into(),
                    label: format!("D{} says from now on", decision.number),
                    text: decision.text.to_string(),
                    help: "What it said before stays with it".to_owned(),
                })
            }
            _ => Reply::Ignored,
        }
    }

    pub(super) fn looked(&mut self, text: &str) -> Reply {
        match (self.looking.take(), Clean::line_within(text, Limit::Note)) {
            (Some(key), Ok(words)) => again(key, Verdict::Change(words)),
            (key, Err(why)) => {
                self.looking = key;
                Reply::Refuse(why.to_string())
            }
            (None, Ok(_)) => Reply::Ignored,
        }
    }
}
