//! Keys that move the session itself: start, pause, on and back, longer, shorter, the end.

use crate::command::{Command, Step};
use crate::domain::live::{Live, Move};
use crate::domain::when;
use crate::tui::keys::Keys;
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::screen::live::{LiveScreen, WrapUp, record};
use crate::tui::view::{CommandId, Reply, Request};

/// What is refused before the start.
pub(super) fn not_started(keys: Keys<'_>) -> Reply {
    let start = keys.of(CommandId::StartPause);
    Reply::Refuse(format!("the session has not started; {start} starts it"))
}

impl LiveScreen {
    /// Carries out a command of this subject.
    pub(super) fn going(&mut self, id: CommandId, stage: &Stage<'_>) -> Reply {
        if id == CommandId::StartPause {
            return self.start_pause(stage);
        }
        let Some(live) = stage.live else {
            return not_started(stage.view.keys);
        };
        match id {
            CommandId::Next => self.next(live, stage),
            CommandId::Back => Reply::submit(Command::Move(Step::Previous)),
            CommandId::Longer => Reply::submit(Command::Extend { minutes: 1 }),
            CommandId::Shorter => Reply::submit(Command::Extend { minutes: -1 }),
            CommandId::WrapUp => self.wrap_up(stage),
            CommandId::ParkBlock => self.with_block(Command::ParkBlock, stage),
            _ => self.with_block(Command::GoToBlock, stage),
        }
    }

    /// Start, pause, go on. A start far from the plan is asked about, outside a demo.
    fn start_pause(&mut self, stage: &Stage<'_>) -> Reply {
        self.ended = None;
        if let Some(live) = stage.live {
            let paused = !live.clock.is_paused();
            return Reply::submit(Command::Pause { paused });
        }
        let start = Command::StartSession {
            circle: stage.circle.id,
            session: stage.session.id,
            facilitator: None,
        };
        let view = &stage.view;
        if view.demo || !stage.session.is_far(view.now) {
            return Reply::submit(start);
        }
        let planned = stage.session.start;
        let day = when::short(planned.date(view.zone), view.now.date(view.zone));
        let time = say::wall(planned, view.zone);
        Reply::Twice {
            words: format!("Planned for {day} {time}"),
            verb: "again starts it now".to_owned(),
            then: vec![Request::Submit(start)],
        }
    }

    /// The next step or block, the wrap-up after the last; asks first where something would be passed by.
    fn next(&mut self, live: &Live, stage: &Stage<'_>) -> Reply {
        let to = live.next(&stage.session.blocks);
        let asked = self.leaves_review(to, stage);
        if let Some(reply) = asked.or_else(|| Self::leaves_empty_rows(to, stage)) {
            return reply;
        }
        match to {
            _ if stage.view.off_record => record::refused(),
            Move::Edge => self.lay(WrapUp::default()),
            Move::Step(_) | Move::Block(_) => Reply::submit(Command::Move(Step::Next)),
        }
    }

    fn wrap_up(&mut self, stage: &Stage<'_>) -> Reply {
        if stage.view.off_record {
            return record::refused();
        }
        self.lay(WrapUp::default())
    }

    /// A command about the block that keys act on.
    fn with_block(
        &self,
        command: fn(crate::domain::id::BlockId) -> Command,
        stage: &Stage<'_>,
    ) -> Reply {
        let block = stage.session.blocks.get(self.block_place(stage));
        block.map_or(Reply::Handled, |block| Reply::submit(command(block.id)))
    }
}
