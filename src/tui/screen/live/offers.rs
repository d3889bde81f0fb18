//! What means something on Live now, for the hints and the first group of help.

use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::{LiveScreen, facts};
use crate::tui::view::{CommandId, View};

/// What the hint "write" stands for.
pub(super) const WRITE: [CommandId; 4] = [
    CommandId::AddAction,
    CommandId::AddDecision,
    CommandId::AddNote,
    CommandId::AddParked,
];

impl LiveScreen {
    /// The commands that mean something now, most useful first.
    pub(super) fn offered(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        let stage = Stage::of(*view);
        if let (Some(sheet), Some(stage)) = (&self.sheet, &stage) {
            return sheet.offers(stage, &self.drafts);
        }
        if self.facts_of(view).is_some() {
            return facts::OFFERS.to_vec();
        }
        let Some(stage) = stage else {
            return vec![(CommandId::PlanSession, "plan a session")];
        };
        let Some(live) = stage.live else {
            return vec![
                (CommandId::StartPause, "start"),
                (CommandId::Attend, "people"),
                (CommandId::RoomView, "room"),
            ];
        };
        let pause = if live.clock.is_paused() {
            "go on"
        } else {
            "pause"
        };
        let mut offers = vec![(CommandId::StartPause, pause), (CommandId::Next, "next")];
        if self.called_next(&stage).is_some() || stage.round().is_some() {
            offers.push((CommandId::FloorNext, "floor"));
        }
        if stage.groups_out().is_some() || stage.wants_groups() {
            offers.push((CommandId::Groups, "groups"));
        }
        offers.extend([
            (CommandId::NextPrompt, self.item_word(&stage)),
            (CommandId::AddAction, "write"),
            (CommandId::RoomView, "room"),
            (CommandId::Attend, "people"),
            (CommandId::Undo, "take back"),
            (CommandId::WrapUp, "wrap up"),
        ]);
        offers
    }

    /// What `.` goes through.
    fn item_word(&self, stage: &Stage<'_>) -> &'static str {
        if self.in_review(stage) {
            "action"
        } else if self.reading_back(stage).is_some() {
            "row"
        } else {
            "question"
        }
    }
}
