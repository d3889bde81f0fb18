//! Keys about what is kept: off the record, votes, ratings, notes that are handed over.

use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::LiveScreen;
use crate::tui::view::{CommandId, Reply};

impl LiveScreen {
    /// Carries out a command of this subject.
    pub(super) fn record(&mut self, _id: CommandId, _stage: &Stage<'_>) -> Reply {
        Reply::Ignored
    }
}
