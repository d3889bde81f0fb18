//! What may lie over the panes of Live: it has the keys first, and the clock stays in sight.

use std::fmt::Debug;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::id::Key;
use crate::theme::Styles;
use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::LiveScreen;
use crate::tui::screen::live::seats::Place;
use crate::tui::view::{Arg, CommandId, Reply, View};

/// A line that was typed and not saved yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// The name of its draft: the key that writes it.
    pub name: String,
    /// Its words.
    pub text: String,
}

/// A sheet over the panes.
pub(super) trait Sheet: Debug {
    /// Draws it over `area`; `drafts` is what was typed and not saved yet.
    fn draw(
        &self,
        stage: &Stage<'_>,
        drafts: &[Unsaved],
        area: Rect,
        paint: (&mut Buffer, &Styles),
    );

    /// A command while it is open.
    fn run(&mut self, id: CommandId, stage: &Stage<'_>, drafts: &[Unsaved]) -> Outcome;

    /// A person was named by their number while it is open.
    fn person(&mut self, _arg: &Arg, _stage: &Stage<'_>) -> Outcome {
        Outcome::Reply(Reply::Ignored)
    }

    /// What is said once instead of closing it, where something in it would be lost.
    fn keeps(&mut self, _view: &View<'_>) -> Option<String> {
        None
    }

    /// Whether it may be open before the session starts.
    fn before_start(&self) -> bool {
        false
    }

    /// What means something while it is open.
    fn offers(&self, stage: &Stage<'_>, drafts: &[Unsaved]) -> Vec<(CommandId, &'static str)>;
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
    /// Somebody is to be picked for this seat.
    Seat(Place),
    /// The questions of today are to be rated.
    Rate,
    /// The session ends.
    Ended(Reply),
}

/// Where a sheet of so many rows lies in `area`: at its foot, so that the clock stays in sight where there
/// is room for both.
pub(super) fn place(area: Rect, rows: usize) -> Rect {
    let wanted = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(2);
    let clock = match area.height {
        30.. => 13,
        19.. => 8,
        _ => 3,
    };
    let width = area.width.min(84);
    let height = wanted.min(area.height.saturating_sub(clock));
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.bottom() - height,
        width,
        height,
    }
}

impl LiveScreen {
    /// A command while a sheet may be open; `Ignored` when none is, or when it is not its business.
    pub(super) fn run_sheet(&mut self, id: CommandId, arg: &Arg, stage: &Stage<'_>) -> Reply {
        if stage.live.is_none() && self.sheet.as_ref().is_some_and(|open| !open.before_start()) {
            self.sheet = None;
        }
        let Some(sheet) = &mut self.sheet else {
            return Reply::Ignored;
        };
        let outcome = if id == CommandId::Pick {
            sheet.person(arg, stage)
        } else {
            sheet.run(id, stage, &self.drafts)
        };
        match outcome {
            Outcome::Reply(reply) => reply,
            Outcome::Close(reply) => {
                self.sheet = None;
                reply
            }
            Outcome::On(key, id) => self.act_on(key, id, arg, stage),
            Outcome::Rate => self.rate_questions(stage),
            Outcome::Seat(place) => self.choose_holder(place, stage),
            Outcome::Ended(reply) => {
                self.sheet = None;
                self.ended = Some((stage.circle.id, stage.session.id));
                reply
            }
        }
    }
}
