//! What may lie over the panes of Live: it has the keys first, and the clock stays in sight.

use std::fmt::Debug;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::id::Key;
use crate::theme::Styles;
use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::LiveScreen;
use crate::tui::view::{Arg, CommandId, Reply};

/// A sheet over the panes.
pub(super) trait Sheet: Debug {
    /// Draws it over `area`; `drafts` is what was typed and not saved yet.
    fn draw(&self, stage: &Stage<'_>, drafts: &[String], area: Rect, paint: (&mut Buffer, &Styles));

    /// A command while it is open.
    fn run(&mut self, id: CommandId, stage: &Stage<'_>, drafts: &[String]) -> Outcome;

    /// What means something while it is open.
    fn offers(&self) -> &[(CommandId, &'static str)];
}

/// What a sheet made of a command.
#[derive(Debug)]
pub(super) enum Outcome {
    /// This; it stays open. What it ignores goes on to the session: the clock runs.
    Reply(Reply),
    /// This, and it closes.
    Close(Reply),
    /// The command is about this row.
    On(Key, CommandId),
    /// The session ends.
    Ended(Reply),
}

impl LiveScreen {
    /// A command while a sheet may be open; `Ignored` when none is, or when it is not its business.
    pub(super) fn run_sheet(&mut self, id: CommandId, arg: &Arg, stage: &Stage<'_>) -> Reply {
        if stage.live.is_none() {
            self.sheet = None;
        }
        let Some(sheet) = &mut self.sheet else {
            return Reply::Ignored;
        };
        match sheet.run(id, stage, &self.drafts) {
            Outcome::Reply(reply) => reply,
            Outcome::Close(reply) => {
                self.sheet = None;
                reply
            }
            Outcome::On(key, id) => self.act_on(key, id, arg, stage),
            Outcome::Ended(reply) => {
                self.sheet = None;
                self.ended = Some((stage.circle.id, stage.session.id));
                reply
            }
        }
    }
}
