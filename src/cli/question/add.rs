//! `circlet question add` and `import`: what the bank has already is left out, what is new is shown and taken.

use std::path::Path;

use crate::cli::Cx;
use crate::cli::args::Accept;
use crate::cli::ask::{goes_on, nothing};
use crate::cli::desk::documents::read;
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::question::Add;
use crate::cli::question::packs::STARTER;
use crate::command::Command;
use crate::domain::document::Document;
use crate::domain::id::{Kind, Space};
use crate::domain::question::{DraftQuestion, Wrote, same_words};
use crate::domain::text::{Clean, Limit};
use crate::exchange::questions::{Bank, Taken};
use crate::exchange::{input, plan};

/// Most lines of a preview.
const MOST_LINES: usize = 20;

pub(super) fn one(cx: &mut Cx<'_, '_>, add: &Add) -> Outcome {
    let clean = |typed: &str| {
        Clean::line_within(typed, Limit::Value)
            .map_err(|error| CliError::usage(format!("That is too long: {error}.")))
    };
    let text = clean(&add.text)?;
    let author = match &add.by {
        Some(named) => {
            let circle = cx.desk.circle(cx.global)?.id;
            let member = cx.desk.person(circle, named)?.id;
            Some(Wrote { circle, member })
        }
        None => None,
    };
    let known = known(cx)?;
    if known.has(&same_words(&text)) {
        return Err(CliError::failed(
            "The bank has that question already; nothing was saved.",
        ));
    }
    let question = DraftQuestion {
        theme: add
            .theme
            .as_deref()
            .map(clean)
            .transpose()?
            .unwrap_or_default(),
        competency: add.competency.as_deref().map(clean).transpose()?,
        author,
        depth: add.depth,
        kind: add.kind,
        minutes: add.minutes,
        follow_ups: add
            .follow_ups
            .iter()
            .map(|more| clean(more))
            .collect::<Result<_, _>>()?,
        ..DraftQuestion::new(text)
    };
    cx.begin_bank()?;
    cx.commit(Command::AddQuestions {
        questions: vec![question],
        source: Clean::default(),
    })
}

/// What the bank has, and what a new one begins with.
pub(super) fn known(cx: &mut Cx<'_, '_>) -> Result<Bank, CliError> {
    let mut known = in_bank(cx)?;
    if cx.desk.bank_is_new() {
        for shipped in crate::packs::questions() {
            known.add_words(&shipped.text);
        }
    }
    Ok(known)
}

pub(super) fn in_bank(cx: &mut Cx<'_, '_>) -> Result<Bank, CliError> {
    let mut known = Bank::default();
    cx.desk.pages(Space::Org, Kind::Question, &mut |_, rows| {
        for row in &rows {
            if let (_, Document::Question(question)) = read(row)? {
                known.add(&question);
            }
        }
        Ok(())
    })?;
    Ok(known)
}

pub(super) fn import(cx: &mut Cx<'_, '_>, file: &Path, accept: Accept) -> Outcome {
    let input = input::read(file).map_err(|error| CliError::failed(error.to_string()))?;
    if plan::is_plan(&input.text) {
        return Err(CliError::failed(format!(
            "{0} is the plan of a session: circlet session plan --from {0}",
            input.name
        )));
    }
    let known = known(cx)?;
    let taken = known.take(&input);
    // Neither is needed any more, and both may be large.
    drop(known);
    let name = input.name.clone();
    drop(input);
    take(cx, taken, &name, accept)
}

/// Adds what was taken, to a bank that begins with the questions that come with circlet.
fn commit(cx: &mut Cx<'_, '_>, taken: Taken, name: &str) -> Outcome {
    if name != STARTER {
        cx.begin_bank()?;
    }
    cx.commit(Command::AddQuestions {
        questions: taken.questions,
        source: Clean::line(name),
    })
}

/// Shows what would be taken, asks, and takes it.
pub(super) fn take(cx: &mut Cx<'_, '_>, taken: Taken, name: &str, accept: Accept) -> Outcome {
    for question in taken.questions.iter().take(MOST_LINES) {
        cx.out.note(&format!("  + {}", question.text));
    }
    if taken.questions.len() > MOST_LINES {
        cx.out.note(&format!(
            "  and {} more",
            taken.questions.len() - MOST_LINES
        ));
    }
    for fault in taken.faults.iter().take(MOST_LINES) {
        cx.out.note(&format!("{}.", fault.told(name)));
    }
    for left in taken.left.iter().take(MOST_LINES) {
        cx.out.note(&format!(
            "{name}:{}: left out, {}: {}",
            left.line, left.why, left.text
        ));
    }
    for note in &taken.notes {
        cx.out.note(note);
    }
    let new = taken.questions.len();
    cx.out.note(&format!(
        "{name}: {new} new, {} left out, {} that cannot be read.",
        taken.left.len(),
        taken.faults.len()
    ));
    if new == 0 && taken.known == 0 && !taken.faults.is_empty() {
        return Err(CliError::failed(format!(
            "{name} holds no question that can be taken in. Nothing was saved."
        )));
    }
    if new == 0 {
        return Ok(nothing(cx, "No question to add; nothing was saved."));
    }
    if !goes_on(cx, accept, &format!("Add {new} to the bank"))? {
        return Ok(Exit::Done);
    }
    commit(cx, taken, name)
}
