//! Blocks that come with questions of the bank: those are drawn first, then blocks and questions are one act.

use crate::command::Command;
use crate::command::plan::{BlockDraft, Plan as Whole, WantedPrompt};
use crate::domain::id::{QuestionId, SessionId};
use crate::domain::session::FromTemplate;
use crate::engine::build;
use crate::engine::query::{Answer, Query};
use crate::tui::screen::plan::{Desk, Plan};
use crate::tui::view::{Reply, Request};

/// Blocks that are to come onto an agenda.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct New {
    pub(super) blocks: Vec<BlockDraft>,
    /// Questions to draw for them.
    pub(super) wanted: Vec<WantedPrompt>,
    pub(super) place: Place,
}

/// Where blocks go.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Place {
    /// Below the marked block.
    #[default]
    Below,
    /// They are the whole agenda, from this template if from one.
    Whole(Option<FromTemplate>),
}

impl From<BlockDraft> for New {
    /// One block, as it is.
    fn from(block: BlockDraft) -> Self {
        Self {
            blocks: vec![block],
            ..Self::default()
        }
    }
}

/// Blocks that wait for their questions.
#[derive(Clone, Debug)]
pub(super) struct Waits {
    session: SessionId,
    query: Query,
    new: New,
}

impl Plan {
    /// Puts blocks on the agenda, with the questions that they want.
    pub(super) fn put_on(&mut self, new: New, desk: &Desk<'_>) -> Reply {
        let may = desk.edit(|_| {});
        if new.wanted.is_empty() || matches!(may, Reply::Refuse(_)) {
            return self.put(new, desk);
        }
        let session = desk.session();
        let prompts = session.blocks.iter().flat_map(|block| &block.prompts);
        let without: Vec<QuestionId> = prompts.filter_map(|prompt| prompt.question).collect();
        let count = without.len() + session.blocks.len();
        let query = Query::Draw {
            circle: desk.stage.circle.id,
            kinds: new.wanted.iter().map(|wanted| Some(wanted.kind)).collect(),
            without,
            seed: session.seed().wrapping_add(count as u64),
            part: desk.stage.book_part().map(|(_, part)| part),
        };
        self.waits = Some(Waits {
            session: session.id,
            query: query.clone(),
            new,
        });
        Reply::Do(vec![Request::Ask(query)])
    }

    /// The questions of blocks that wait for them have come; a kind that ran out leaves its block with fewer.
    pub(super) fn drawn(
        &mut self,
        query: &Query,
        answer: &Answer,
        desk: &Desk<'_>,
    ) -> Vec<Request> {
        let mine = |waits: &mut Waits| waits.query == *query;
        let Some(waits) = self.waits.take_if(mine) else {
            return Vec::new();
        };
        let mut new = waits.new;
        if let Answer::Questions { rows, .. } = answer {
            build::fill(&mut new.blocks, &new.wanted, rows.clone());
        }
        if waits.session != desk.session().id {
            return Vec::new();
        }
        match self.put(new, desk) {
            Reply::Do(requests) => requests,
            Reply::Refuse(why) => vec![Request::Say(why)],
            _ => Vec::new(),
        }
    }

    fn put(&mut self, new: New, desk: &Desk<'_>) -> Reply {
        let Place::Whole(template) = new.place else {
            return self.insert(new.blocks, desk);
        };
        let session = desk.session();
        if desk.runs() {
            return desk.edit(|_| {});
        }
        self.cursor.expect(0);
        Reply::submit(Command::Replan {
            circle: desk.stage.circle.id,
            session: session.id,
            plan: Whole {
                start: session.start,
                minutes: session.minutes,
                blocks: new.blocks,
                template,
                facilitator: session.facilitator,
            },
        })
    }
}
