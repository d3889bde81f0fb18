//! Keys about seats: who leads a block, who leads the session from now on.

use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::LiveScreen;
use crate::tui::view::{Arg, CommandId, Reply};

impl LiveScreen {
    /// Carries out a command of this subject.
    pub(super) fn seats(&mut self, _id: CommandId, _arg: &Arg, _stage: &Stage<'_>) -> Reply {
        Reply::Ignored
    }
}
