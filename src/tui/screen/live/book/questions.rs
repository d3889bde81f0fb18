//! Questions about the book in the list of `s q`: those of the instalment first, those of the members next, and none
//! that gives away what not everybody has read, unless it is asked for. How many are kept back is counted.

use std::collections::BTreeSet;

use crate::command::id::CommandId;
use crate::domain::book::fit::{Near, Part};
use crate::domain::id::{CircleId, QuestionId};
use crate::domain::question::{Question, QuestionKind};
use crate::engine::query::{MOST_ROWS, Query, QuestionRow};
use crate::tui::pane::stage::Stage;
use crate::tui::screen::live::{Asked, LiveScreen, prompts};
use crate::tui::view::Reply;

/// What to ask the bank for.
pub(in crate::tui::screen::live) fn list(circle: CircleId, kind: QuestionKind) -> Query {
    Query::Questions {
        words: String::new(),
        kind: Some(kind),
        theme: None,
        competency: None,
        circle: Some(circle),
        skip: 0,
        limit: MOST_ROWS,
    }
}

/// What members wrote about the book, in their own place; nothing where the part is not about a book.
pub(in crate::tui::screen::live) fn ours(stage: &Stage<'_>) -> Option<Query> {
    let (book, ..) = stage.reads()?;
    stage.book_question()?;
    Some(Query::BookQuestions {
        circle: stage.circle.id,
        book: book.id,
    })
}

/// How near a question is to what is read, wherever in the book it is about; `None` for one about another book, for
/// another kind of book, or of another circle.
fn near(question: &Question, stage: &Stage<'_>) -> Option<Near> {
    let (book, part) = stage.book_part()?;
    let all = Part {
        until: None,
        ..part
    };
    all.near(book, stage.circle.id, question)
}

/// Whether a question is about what not everybody here has read.
fn is_later(question: &Question, stage: &Stage<'_>) -> bool {
    let part = stage.book_part();
    part.is_some_and(|(book, part)| part.near(book, stage.circle.id, question).is_none())
}

impl LiveScreen {
    /// Offers the questions up to where everybody here has read.
    pub(in crate::tui::screen::live) fn pick_for_book(&mut self, stage: &Stage<'_>) -> Reply {
        let (later, mut near) = self.fitting(stage);
        let hidden = later.len();
        let mut rows: Vec<String> = near.iter().map(prompts::row).collect();
        let title = match hidden {
            0 => "Pick a question about the book".to_owned(),
            1 => "Pick a question; 1 about later chapters is hidden".to_owned(),
            many => format!("Pick a question; {many} about later chapters are hidden"),
        };
        if hidden > 0 {
            rows.push("show what is about later chapters".to_owned());
        }
        if rows.is_empty() {
            let import = stage.view.keys.of(CommandId::Import);
            return Reply::Refuse(format!(
                "no question about books is left; {import} adds some"
            ));
        }
        std::mem::swap(&mut self.offered, &mut near);
        Asked::Question.list(title, rows)
    }

    /// Offers those that were kept back.
    pub(in crate::tui::screen::live) fn show_later(&mut self, stage: &Stage<'_>) -> Reply {
        let (later, _) = self.fitting(stage);
        let rows = later.iter().map(prompts::row).collect();
        self.offered = later;
        Asked::Question.list("About chapters that not everybody has reached", rows)
    }

    /// The question that `.` puts up in a part about the book: the one drawn, unless it gives something away; then
    /// the first of the list that was not put up yet. `None` where the part is not about a book.
    pub(in crate::tui::screen::live) fn near_question(
        &self,
        stage: &Stage<'_>,
    ) -> Option<&QuestionRow> {
        stage.book_question()?;
        let fits = |row: &&QuestionRow| {
            near(&row.question, stage).is_some() && !is_later(&row.question, stage)
        };
        let new = |row: &&QuestionRow| {
            let blocks = stage.session.blocks.iter();
            let mut put_up = blocks.flat_map(|block| &block.prompts);
            put_up.all(|prompt| prompt.question != Some(row.question.id))
        };
        let drawn = self.drawn.as_deref().and_then(<[_]>::first);
        let drawn = drawn.filter(|row| fits(row));
        drawn.or_else(|| self.about_book().filter(fits).find(new))
    }

    /// What members wrote, then the bank; each question once.
    fn about_book(&self) -> impl Iterator<Item = &QuestionRow> {
        let ours = self.ours.iter().map(|row| row.question.id);
        let ours: BTreeSet<QuestionId> = ours.collect();
        let bank = self.bank.iter().flatten();
        let bank = bank.filter(move |row| !ours.contains(&row.question.id));
        self.ours.iter().chain(bank)
    }

    /// Those that are kept back, and the others, each in the order of the list.
    fn fitting(&self, stage: &Stage<'_>) -> (Vec<QuestionRow>, Vec<QuestionRow>) {
        let mut ranked: Vec<(Near, &QuestionRow)> = self
            .about_book()
            .filter_map(|row| Some((near(&row.question, stage)?, row)))
            .collect();
        ranked.sort_by_key(|(near, _)| *near);
        ranked
            .into_iter()
            .map(|(_, row)| row.clone())
            .partition(|row| is_later(&row.question, stage))
    }
}
