//! Blocks that are kept for another time.

use crate::command::Command;
use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::{Focus, LiveScreen, not_started};
use crate::tui::view::Reply;

impl LiveScreen {
    /// Keeps the running block for next time, or the marked one while the agenda has the focus.
    pub(super) fn park_block(&self, stage: &Stage<'_>) -> Reply {
        let Some(live) = stage.live else {
            return not_started();
        };
        let index = if self.focus == Focus::Agenda {
            self.block
        } else {
            live.block
        };
        stage
            .session
            .blocks
            .get(index)
            .map_or(Reply::Handled, |block| {
                Reply::submit(Command::ParkBlock(block.id))
            })
    }
}
