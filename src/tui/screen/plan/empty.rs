//! An agenda without blocks: what it may begin with.

use crate::command::plan::{BlockDraft, WantedPrompt, wanted};
use crate::domain::agenda::Block;
use crate::domain::first;
use crate::domain::session::{FromTemplate, Session};
use crate::domain::template::Template;
use crate::tui::screen::plan::drawn::{New, Place};
use crate::tui::screen::plan::{Desk, Plan};
use crate::tui::view::Reply;

/// An agenda to begin with.
pub(super) enum Start<'a> {
    /// As the session before.
    Last(&'a Session),
    /// A template.
    Template(&'a Template),
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

    /// Its blocks, the questions to draw for them, and where they come from.
    fn whole(&self, desk: &Desk<'_>) -> New {
        match self {
            Self::Last(session) => New {
                blocks: session.blocks.iter().map(BlockDraft::again).collect(),
                wanted: as_many(session),
                place: Place::Whole(session.template.clone().map(|from| FromTemplate {
                    programme: None,
                    ..from
                })),
            },
            Self::Template(template) => {
                let place = (desk.stage.circle.id, Some(desk.session().id));
                let view = &desk.stage.view;
                let template = first::fitting(template, view.state, place, view.now);
                New {
                    blocks: template.blocks.iter().map(BlockDraft::from).collect(),
                    wanted: wanted(&template),
                    place: Place::Whole(Some(FromTemplate {
                        id: template.id.clone(),
                        version: template.version,
                        programme: None,
                    })),
                }
            }
        }
    }
}

/// As many questions for each block as it had.
fn as_many(session: &Session) -> Vec<WantedPrompt> {
    let of = |(block, old): (usize, &Block)| {
        let kind = old.kind.question_kind()?;
        Some(std::iter::repeat_n(
            WantedPrompt { block, kind },
            old.prompts.len(),
        ))
    };
    let blocks = session.blocks.iter().enumerate();
    blocks.filter_map(of).flatten().collect()
}

impl Plan {
    /// What an empty agenda may begin with: the circle's own template first, then as last time, then the others.
    pub(super) fn starts<'a>(&'a self, desk: &Desk<'a>) -> Vec<Start<'a>> {
        let circle = desk.stage.circle;
        let last = desk.stage.view.state.last_session(circle.id);
        let last = last.filter(|session| !session.blocks.is_empty());
        let (own, others): (Vec<&Template>, Vec<&Template>) = self
            .templates
            .iter()
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
        let new = start.whole(desk);
        self.put_on(new, desk)
    }
}
