//! What has the focus, and where the marks stand that keys act on.

use crate::domain::id::{CircleId, SessionId};
use crate::tui::pane::stage::Stage;
use crate::tui::pane::written;
use crate::tui::screen::live::LiveScreen;
use crate::tui::view::{CommandId, Reply, View};

/// The panes that can have the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Focus {
    /// Who speaks.
    #[default]
    Speaking,
    /// What was written down.
    Written,
    /// The prompt; in a review last time's actions.
    Prompt,
    /// The agenda.
    Agenda,
}

impl Focus {
    /// The pane that has the focus after this one.
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Speaking => Self::Written,
            Self::Written => Self::Prompt,
            Self::Prompt => Self::Agenda,
            Self::Agenda => Self::Speaking,
        }
    }

    /// The pane that had it before this one.
    pub(super) const fn previous(self) -> Self {
        match self {
            Self::Speaking => Self::Agenda,
            Self::Written => Self::Speaking,
            Self::Prompt => Self::Written,
            Self::Agenda => Self::Prompt,
        }
    }
}

/// A move of a mark.
#[derive(Clone, Copy, Debug)]
pub(super) enum Go {
    /// So many rows.
    By(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Go {
    /// The move that a command asks for in any list; `None` when it is another command.
    pub(super) const fn of(id: CommandId) -> Option<Self> {
        Some(match id {
            CommandId::Down => Self::By(1),
            CommandId::Up => Self::By(-1),
            CommandId::PageDown => Self::By(9),
            CommandId::PageUp => Self::By(-9),
            CommandId::Top => Self::First,
            CommandId::End => Self::Last,
            _ => return None,
        })
    }

    /// The row after the move, within `rows`.
    pub(super) fn from(self, at: usize, rows: usize) -> usize {
        let last = rows.saturating_sub(1);
        match self {
            Self::By(by) => at.saturating_add_signed(by).min(last),
            Self::First => 0,
            Self::Last => last,
        }
    }
}

impl LiveScreen {
    /// Gives a pane the focus; the mark of the agenda starts at the running block.
    pub(super) fn focus_on(&mut self, focus: Focus, view: &View<'_>) -> Reply {
        self.focus = focus;
        if self.focus == Focus::Agenda {
            self.block = Stage::of(*view).map_or(0, |stage| stage.block_index());
        }
        Reply::Handled
    }

    /// The marked row of what was written down, counted from the newest.
    pub(super) fn marked(&self, view: &View<'_>, circle: CircleId, session: SessionId) -> usize {
        let rows = written::items(view, circle, session);
        self.written
            .and_then(|key| rows.iter().position(|row| row.key(circle) == key))
            .unwrap_or(0)
    }

    /// Moves the mark of the list that keys act on; whole pages move the people.
    pub(super) fn move_mark(&mut self, id: CommandId, stage: &Stage<'_>) -> Reply {
        let Some(by) = Go::of(id) else {
            return Reply::Ignored;
        };
        if matches!(id, CommandId::PageDown | CommandId::PageUp) {
            self.scroll = by.from(self.scroll, stage.members.len());
        } else if self.focus == Focus::Agenda {
            self.block = by.from(self.block, stage.session.blocks.len());
        } else if self.in_review(stage) {
            let rows = stage.review();
            let at = by.from(self.review.at(stage, &rows), rows.len());
            self.review.select(stage, rows.get(at));
        } else if let Some(rows) = self.reading_back(stage) {
            return self.read_on(by, &rows, stage);
        } else {
            let (circle, session) = (stage.circle.id, stage.session.id);
            let rows = written::items(&stage.view, circle, session);
            let at = by.from(self.marked(&stage.view, circle, session), rows.len());
            self.written = rows.get(at).filter(|_| at > 0).map(|row| row.key(circle));
        }
        Reply::Handled
    }

    /// Whether keys act on last time's actions.
    pub(super) fn in_review(&self, stage: &Stage<'_>) -> bool {
        stage.reviews() && self.focus != Focus::Written
    }

    /// The place in the agenda that keys act on: the mark while the agenda has the focus, else the
    /// running block.
    pub(super) fn block_place(&self, stage: &Stage<'_>) -> usize {
        if self.focus == Focus::Agenda {
            self.block
        } else {
            stage.block_index()
        }
    }
}
