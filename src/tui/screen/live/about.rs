//! The question behind the prompt: its star, whether it is left out in this circle, and one for each person.

use crate::command::Command;
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind, QuestionId, Space};
use crate::domain::question::{Asked, Question};
use crate::engine::query::{Query, Row};
use crate::tui::pane::stage::Stage;
use crate::tui::screen::each::Target;
use crate::tui::screen::live::{LiveScreen, not_started};
use crate::tui::view::{CommandId, Reply};

/// What the store told of it last.
#[derive(Clone, Debug, Default)]
pub(super) struct About {
    question: Option<Question>,
    asked: Option<Asked>,
}

impl About {
    /// Takes in what was told, where it is about a question.
    pub(super) fn answered(&mut self, rows: &[Row]) {
        for row in rows {
            match Document::from_body(&row.key, &row.body) {
                Ok(Document::Question(question)) => {
                    let same = |asked: &mut Asked| asked.question != question.id;
                    self.asked.take_if(same);
                    self.question = Some(question);
                }
                Ok(Document::Asked(asked)) => self.asked = Some(asked),
                Ok(_) | Err(_) => {}
            }
        }
    }
}

impl LiveScreen {
    /// Who wrote the question behind the prompt, once they have spoken to it.
    pub(super) fn author(&self, stage: &Stage<'_>) -> Option<String> {
        let known = self.about.question.as_ref()?;
        let known = Some(known).filter(|known| Some(known.id) == question(stage))?;
        let heard = |member| stage.has_spoken(member);
        let author = known.author_shown(stage.circle.id, heard)?;
        Some(stage.short(stage.person(author)?))
    }
}

fn question(stage: &Stage<'_>) -> Option<QuestionId> {
    stage.prompt()?.question
}

/// What to ask the store: the question behind the prompt, and what the circle remembers of it.
pub(super) fn wants(stage: &Stage<'_>) -> Option<Query> {
    let id = question(stage).filter(|_| stage.live.is_some())?;
    let circle = stage.circle.id;
    Some(Query::Get(vec![
        Key::new(Space::Org, Kind::Question, id.0),
        Key::circle(circle, Kind::Question, id.0),
        Key::circle(circle, Kind::Asked, id.0),
    ]))
}

impl LiveScreen {
    /// A star for the question behind the prompt, or none; out of this circle, or in again.
    pub(super) fn about_prompt(&self, id: CommandId, stage: &Stage<'_>) -> Reply {
        if stage.live.is_none() {
            return not_started(stage.view.keys);
        }
        let Some(prompt) = stage.prompt() else {
            return Reply::Refuse("there is no prompt here".to_owned());
        };
        let Some(question) = prompt.question else {
            return Reply::Refuse(
                "this prompt was written here; only questions of the bank are kept that way"
                    .to_owned(),
            );
        };
        let known = self.about.question.as_ref();
        let Some(known) = known.filter(|known| known.id == question) else {
            return Reply::Refuse("the question is not loaded yet; try again".to_owned());
        };
        if id == CommandId::Star {
            let starred = !known.starred;
            return Reply::submit(Command::StarQuestion { question, starred });
        }
        let asked = self.about.asked.as_ref();
        let asked = asked.filter(|asked| asked.question == question);
        Reply::submit(Command::NeverAsk {
            circle: stage.circle.id,
            questions: vec![question],
            never: !asked.is_some_and(|asked| asked.never),
        })
    }

    /// A question for each, for the running block; before the start for the first one.
    pub(super) fn draw_each(&mut self, stage: &Stage<'_>) -> Reply {
        let Some(block) = stage.block() else {
            return Reply::Refuse("this agenda has no block for questions yet".to_owned());
        };
        let target = Target {
            circle: stage.circle.id,
            session: stage.session.id,
            block: block.id,
        };
        self.each.draw(target, &stage.view)
    }
}
