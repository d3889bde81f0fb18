//! Keys about talk: rounds, passing, silence, who was not heard, speaking time. None of it is an act.

use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::LiveScreen;
use crate::tui::view::{CommandId, Reply};

impl LiveScreen {
    /// Carries out a command of this subject.
    pub(super) fn talk(&mut self, _id: CommandId, _stage: &Stage<'_>) -> Reply {
        Reply::Ignored
    }
}
