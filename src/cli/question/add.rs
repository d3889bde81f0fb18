//! `circlet question add` and `import`: what the bank has already is left out, what is new is shown and taken.

use std::collections::HashSet;
use std::path::Path;

use crate::cli::Cx;
use crate::cli::args::Accept;
use crate::cli::ask::accepted;
use crate::cli::error::{CliError, Exit, Outcome, sentence};
use crate::cli::question::Add;
use crate::cli::receipt;
use crate::command::Command;
use crate::domain::document::Document;
use crate::domain::id::{Kind, Space};
use crate::domain::question::{DraftQuestion, Wrote, same_words};
use crate::domain::text::{Clean, Limit};
use crate::exchange::questions::Taken;
use crate::exchange::{input, questions};

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
    if known.contains(&same_words(&text)) {
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
    cx.commit(Command::AddQuestions {
        questions: vec![question],
        source: Clean::default(),
    })
}

/// The words of every question of the bank, as they are compared.
pub(super) fn known(cx: &mut Cx<'_, '_>) -> Result<HashSet<String>, CliError> {
    let bank = cx.desk.scan(Space::Org, Kind::Question)?;
    Ok(bank
        .into_iter()
        .filter_map(|(_, document)| match document {
            Document::Question(question) => Some(same_words(&question.text)),
            _ => None,
        })
        .collect())
}

pub(super) fn import(cx: &mut Cx<'_, '_>, file: &Path, accept: Accept) -> Outcome {
    let input = input::read(file).map_err(|error| CliError::failed(error.to_string()))?;
    let known = known(cx)?;
    let taken = questions::take(&input, &|words| known.contains(words));
    take(cx, taken, &input.name, accept)
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
        cx.out.note(&sentence(&fault.told(name)));
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
    if new == 0 {
        cx.out.note("No question to add; nothing was saved.");
        if cx.global.json {
            receipt::nothing(cx.out);
        }
        return Ok(Exit::Done);
    }
    if !accepted(cx.out, accept, &format!("Add {new} to the bank"))? {
        return Ok(Exit::Done);
    }
    cx.commit(Command::AddQuestions {
        questions: taken.questions,
        source: Clean::line(name),
    })
}
