//! Keys about groups: who goes with whom, for how long, what they bring back.

use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::LiveScreen;
use crate::tui::view::Reply;

impl LiveScreen {
    /// Carries out a command of this subject.
    pub(super) fn groups(&mut self, _stage: &Stage<'_>) -> Reply {
        Reply::Ignored
    }
}
