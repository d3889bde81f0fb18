//! A different question for each person: drawn, shown as a list, and made prompts of a block in one act.

use crate::command::Command;
use crate::command::id::CommandId;
use crate::domain::agenda::{Block, Prompt};
use crate::domain::book::fit::Part;
use crate::domain::id::{BlockId, CircleId, QuestionId, SessionId};
use crate::domain::roster::Member;
use crate::domain::session::Session;
use crate::engine::query::{Answer, Query};
use crate::tui::say;
use crate::tui::view::{Choice, Reply, Request, Tag, View};

/// The block that gets the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) circle: CircleId,
    pub(super) session: SessionId,
    pub(super) block: BlockId,
}

/// What was drawn for whom.
#[derive(Clone, Debug, Default)]
pub(super) struct Each {
    asked: Option<(Target, Query)>,
    drawn: Option<(Target, Vec<Prompt>)>,
}

impl Target {
    fn found<'a>(&self, view: &View<'a>) -> Option<(&'a Session, &'a Block)> {
        let session = view.state.session(self.circle, self.session)?;
        Some((session, session.block(self.block)?))
    }

    /// Who is expected, by label.
    fn people<'a>(&self, view: &View<'a>, session: &Session) -> Vec<&'a Member> {
        view.state.expected(self.circle, session)
    }
}

impl Each {
    /// Draws a question for each who is expected, of the kind that suits the block.
    pub(super) fn draw(&mut self, target: Target, view: &View<'_>) -> Reply {
        let Some((session, block)) = target.found(view) else {
            return gone();
        };
        let people = target.people(view, session).len();
        if people == 0 {
            return Reply::Refuse("nobody is expected, so there is nobody to ask".to_owned());
        }
        let prompts = session.blocks.iter().flat_map(|block| &block.prompts);
        let without: Vec<QuestionId> = prompts.filter_map(|prompt| prompt.question).collect();
        let query = Query::Draw {
            circle: target.circle,
            kinds: vec![block.kind.question_kind(); people],
            seed: session.seed().wrapping_add(without.len() as u64),
            without,
            part: Part::planned(view.state, target.circle, session, view.zone),
        };
        self.asked = Some((target, query.clone()));
        Reply::Do(vec![Request::Ask(query)])
    }

    /// Whether this was asked for each.
    pub(super) fn is_for(&self, query: &Query) -> bool {
        let asked = self.asked.as_ref();
        asked.is_some_and(|(_, asked)| asked == query)
    }

    /// What was drawn, as a list.
    pub(super) fn after(
        &mut self,
        query: &Query,
        answer: &Answer,
        (tag, view): (Tag, &View<'_>),
    ) -> Vec<Request> {
        let Some((target, _)) = self.asked.take_if(|(_, asked)| asked == query) else {
            return Vec::new();
        };
        let (Answer::Questions { rows, .. }, Some((session, block))) = (answer, target.found(view))
        else {
            return Vec::new();
        };
        let people = target.people(view, session);
        let one = |(member, row): (&&Member, &crate::engine::query::QuestionRow)| Prompt {
            whom: Some(member.id),
            ..Prompt::of(&row.question, row.asked)
        };
        let prompts: Vec<Prompt> = people.iter().zip(rows).map(one).collect();
        if prompts.is_empty() {
            let import = view.keys.of(CommandId::Import);
            let words = format!("there is no other question for such a block; {import} adds some");
            return vec![Request::Say(words)];
        }
        let lines = people.iter().zip(&prompts).map(|(member, prompt)| {
            let name = say::short(member, people.iter().copied(), view.masked);
            format!("{name}: {}", prompt.text)
        });
        let some = match people.len() - prompts.len() {
            0 => String::new(),
            _ => format!(" (only {} left to draw)", prompts.len()),
        };
        let choice = Choice {
            tag,
            title: format!(
                "One for each in {}{some}; Enter takes them all",
                block.title
            ),
            rows: lines.collect(),
            selected: 0,
        };
        self.drawn = Some((target, prompts));
        vec![Request::List(choice)]
    }

    /// Makes what was drawn prompts of the block.
    pub(super) fn take(&mut self, view: &View<'_>) -> Reply {
        let Some((target, drawn)) = self.drawn.take() else {
            return Reply::Handled;
        };
        let Some((_, block)) = target.found(view) else {
            return gone();
        };
        let mut prompts = block.prompts.clone();
        prompts.extend(drawn);
        Reply::submit(Command::SetPrompts {
            circle: target.circle,
            session: target.session,
            block: target.block,
            prompts,
        })
    }
}

fn gone() -> Reply {
    Reply::Refuse("that block is gone".to_owned())
}
