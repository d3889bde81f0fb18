//! An agenda without blocks: what it may begin with.

use crate::command::plan::BlockDraft;
use crate::domain::session::Session;
use crate::domain::template::Template;
use crate::tui::screen::plan::{Desk, Plan};
use crate::tui::view::Reply;

/// An agenda to begin with.
pub(super) enum Start<'a> {
    /// As the session before.
    Last(&'a Session),
    /// A template.
    Template(Template),
}

impl Start<'_> {
    pub(super) fn line(&self) -> String {
        match self {
            Self::Last(session) => format!("as last time (#{})", session.number),
            Self::Template(template) => {
                format!("{}, {} min", template.name, template.minutes)
            }
        }
    }

    fn blocks(&self) -> Vec<BlockDraft> {
        match self {
            Self::Last(session) => session.blocks.iter().map(BlockDraft::from).collect(),
            Self::Template(template) => template.blocks.iter().map(BlockDraft::from).collect(),
        }
    }
}

impl Plan {
    /// What an empty agenda may begin with: the circle's own template first, then as last time, then the others.
    pub(super) fn starts<'a>(&self, desk: &Desk<'a>) -> Vec<Start<'a>> {
        let circle = desk.stage.circle;
        let last = desk.stage.view.state.last_session(circle.id);
        let last = last.filter(|session| !session.blocks.is_empty());
        let templates = self.shelf.templates().into_iter();
        let (own, others): (Vec<Template>, Vec<Template>) = templates
            .filter(|template| !template.blocks.is_empty())
            .partition(|template| circle.template.as_ref() == Some(&template.id));
        own.into_iter()
            .map(Start::Template)
            .chain(last.map(Start::Last))
            .chain(others.into_iter().map(Start::Template))
            .collect()
    }

    pub(super) fn begin(&mut self, start: usize, desk: &Desk<'_>) -> Reply {
        let starts = self.starts(desk);
        let Some(start) = starts.get(start) else {
            return Reply::Handled;
        };
        let new = start.blocks();
        let reply = desk.edit(|blocks| *blocks = new);
        if matches!(reply, Reply::Do(_)) {
            self.cursor.expect(0);
        }
        reply
    }
}
