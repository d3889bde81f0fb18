//! Keys about prompts: the next one, one from the bank, copying.

use crate::command::{Command, Step};
use crate::domain::agenda::Prompt;
use crate::domain::id::QuestionId;
use crate::engine::query::{Query, QuestionRow};
use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::{Asked, Go, LiveScreen, book, not_started};
use crate::tui::view::{CommandId, Reply, Request};

/// How many questions the list offers.
const OFFERED: usize = 50;

impl LiveScreen {
    /// Carries out a command about prompts.
    pub(super) fn prompts(&mut self, id: CommandId, stage: &Stage<'_>) -> Reply {
        if self.in_review(stage) && id != CommandId::PickQuestion {
            return self.go_through(id, stage);
        }
        if let Some(rows) = self.reading_back(stage)
            && id != CommandId::PickQuestion
        {
            let by = if id == CommandId::NextPrompt { 1 } else { -1 };
            return self.read_on(Go::By(by), &rows, stage);
        }
        let Some(live) = stage.live else {
            return not_started(stage.view.keys);
        };
        match id {
            CommandId::PickQuestion => self.pick(stage),
            CommandId::NextPrompt => {
                let prompts = stage.block().map_or(0, |block| block.prompts.len());
                if live.prompt + 1 < prompts {
                    Reply::submit(Command::MovePrompt(Step::Next))
                } else {
                    self.draw_one(stage)
                }
            }
            _ => Reply::submit(Command::MovePrompt(Step::Previous)),
        }
    }

    fn pick(&mut self, stage: &Stage<'_>) -> Reply {
        let Some(bank) = &self.bank else {
            return loading();
        };
        if bank.is_empty() {
            return empty(stage);
        }
        if stage.book_question().is_some() {
            return self.pick_for_book(stage);
        }
        self.offered.clone_from(bank);
        Asked::Question.list("Pick a question", bank.iter().map(row).collect())
    }

    fn draw_one(&self, stage: &Stage<'_>) -> Reply {
        if let Some(row) = self.near_question(stage) {
            return Reply::submit(Command::AddPrompt(put(row)));
        }
        match self.drawn.as_deref() {
            None => loading(),
            Some([]) => empty(stage),
            Some([first, ..]) => Reply::submit(Command::AddPrompt(put(first))),
        }
    }

    /// The question in this row of the list becomes the prompt.
    pub(super) fn add_question(&mut self, at: usize, stage: &Stage<'_>) -> Reply {
        match self.offered.get(at) {
            Some(row) => Reply::submit(Command::AddPrompt(put(row))),
            None => self.show_later(stage),
        }
    }
}

fn loading() -> Reply {
    Reply::Refuse("the questions are not loaded yet; try again".to_owned())
}

fn empty(stage: &Stage<'_>) -> Reply {
    let import = stage.view.keys.of(CommandId::Import);
    Reply::Refuse(format!(
        "there is no other question for this circle; {import} adds some"
    ))
}

/// A question of the bank as a row of a list.
pub(in crate::tui::screen) fn row(row: &QuestionRow) -> String {
    match row.asked {
        0 => row.question.text.to_string(),
        times => format!("{}  (asked {times}x here)", row.question.text),
    }
}

/// A question of the bank, put to the room.
fn put(row: &QuestionRow) -> Prompt {
    Prompt::of(&row.question, row.asked)
}

/// What to ask the bank for a session: the list, and the next draw for the running block.
pub(super) fn wants(stage: &Stage<'_>) -> Vec<Query> {
    if stage.live.is_none() {
        return Vec::new();
    }
    let without: Vec<QuestionId> = stage
        .session
        .blocks
        .iter()
        .flat_map(|block| &block.prompts)
        .filter_map(|prompt| prompt.question)
        .collect();
    let seed = stage.session.seed().wrapping_add(without.len() as u64);
    let about_book = stage.book_question();
    let questions = match about_book {
        Some(kind) => book::questions::list(stage.circle.id, kind),
        None => list(stage.circle.id),
    };
    let mut wants = vec![
        questions,
        Query::Draw {
            circle: stage.circle.id,
            kinds: vec![about_book.or_else(|| stage.kind().question_kind())],
            without,
            seed,
            part: stage.book_part().map(|(_, part)| part),
        },
    ];
    wants.extend(book::questions::ours(stage));
    wants
}

/// The questions of the bank as this circle sees them.
pub(in crate::tui::screen) fn list(circle: crate::domain::id::CircleId) -> Query {
    Query::Questions {
        words: String::new(),
        kind: None,
        theme: None,
        competency: None,
        circle: Some(circle),
        skip: 0,
        limit: OFFERED,
    }
}

/// Copies the prompt, or all of it with follow-ups.
pub(super) fn copy(id: CommandId, stage: &Stage<'_>) -> Reply {
    let Some(prompt) = stage.prompt() else {
        return Reply::Refuse("there is no prompt to copy".to_owned());
    };
    let mut text = prompt.text.to_string();
    if id == CommandId::CopyAll {
        for line in &prompt.follow_ups {
            text.push_str("\n- ");
            text.push_str(line.as_str());
        }
    }
    Reply::Do(vec![Request::Copy(text)])
}
