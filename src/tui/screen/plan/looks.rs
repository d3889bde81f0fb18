//! Decisions that want a second look, in what is carried over: kept, changed or reversed with one key each.

use crate::domain::id::{Key, Kind};
use crate::domain::item::Decision;
use crate::domain::look::{self, Verdict};
use crate::tui::screen::plan::carry::Carried;
use crate::tui::screen::plan::desk::Desk;
use crate::tui::screen::plan::{Asked, Plan};
use crate::tui::screen::sessions::revisit;
use crate::tui::view::{CommandId, Reply};

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

impl Plan {
    /// A key on a row that is carried over; ignored where it is no decision.
    pub(super) fn look(&mut self, id: CommandId, row: Carried<'_>, desk: &Desk<'_>) -> Reply {
        let Carried::Look(decision) = row else {
            return Reply::Ignored;
        };
        let key = Key::circle(desk.stage.circle.id, Kind::Decision, decision.id.0);
        match id {
            CommandId::Done => revisit::verdict(key, Verdict::Keep),
            CommandId::Remove => revisit::verdict(key, Verdict::Reverse),
            CommandId::Edit => {
                self.looking = Some(key);
                revisit::ask_words(decision, Asked::Look)
            }
            _ => Reply::Ignored,
        }
    }

    pub(super) fn looked(&mut self, text: &str) -> Reply {
        let Some(key) = self.looking else {
            return Reply::Ignored;
        };
        let reply = revisit::changed(key, text);
        if !matches!(reply, Reply::Refuse(_)) {
            self.looking = None;
        }
        reply
    }
}
