//! Blocks that are kept for another time.

use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::LiveScreen;
use crate::tui::view::Reply;

impl LiveScreen {
    /// Carries out a command of this subject.
    pub(super) fn park_block(&mut self, _stage: &Stage<'_>) -> Reply {
        Reply::Ignored
    }
}
