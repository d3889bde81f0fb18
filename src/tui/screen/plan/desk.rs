//! What the planner is about, and how it changes: whole agendas, one act each.

use crate::command::Command;
use crate::command::id::CommandId;
use crate::command::plan::BlockDraft;
use crate::command::table::Place;
use crate::domain::agenda::schedule::Schedule;
use crate::domain::id::BlockId;
use crate::domain::session::Session;
use crate::tui::pane::stage::Stage;
use crate::tui::view::{Reply, View};

/// What the screen is about: a session with its blocks laid out in time.
pub(super) struct Desk<'a> {
    pub(super) stage: Stage<'a>,
    pub(super) schedule: Schedule,
}

impl<'a> Desk<'a> {
    pub(super) fn of(view: &View<'a>) -> Option<Self> {
        let stage = Stage::of(*view)?;
        let schedule = match stage.live {
            Some(live) => Schedule::going(stage.session, live, view.now),
            None => Schedule::of(stage.session, view.zone),
        };
        Some(Self { stage, schedule })
    }

    pub(super) fn session(&self) -> &'a Session {
        self.stage.session
    }

    pub(super) fn runs(&self) -> bool {
        self.stage.live.is_some()
    }

    /// The same agenda with other blocks, as one act.
    pub(super) fn edit(&self, change: impl FnOnce(&mut Vec<BlockDraft>)) -> Reply {
        if self.runs() {
            let (here, live) = (self.stage.view.keys, self.stage.view.keys.at(Place::Live));
            return Reply::Refuse(format!(
                "the session runs; minutes and blocks are changed on Live ({}) with {} {} and {}",
                here.of(CommandId::GoLive),
                live.of(CommandId::Longer),
                live.of(CommandId::Shorter),
                live.of(CommandId::ParkBlock)
            ));
        }
        let session = self.session();
        let mut blocks: Vec<BlockDraft> = session.blocks.iter().map(BlockDraft::keeping).collect();
        change(&mut blocks);
        Reply::submit(Command::EditSession {
            circle: self.stage.circle.id,
            session: session.id,
            start: None,
            minutes: None,
            blocks: Some(blocks),
        })
    }

    /// The same with another block.
    pub(super) fn edit_block(&self, block: BlockId, change: impl FnOnce(&mut BlockDraft)) -> Reply {
        self.edit(|blocks| {
            if let Some(draft) = blocks.iter_mut().find(|draft| draft.id == Some(block)) {
                change(draft);
            }
        })
    }
}
