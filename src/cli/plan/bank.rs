//! Looks up the questions that plans name by their number.

use std::collections::BTreeMap;

use crate::cli::desk::Desk;
use crate::cli::error::CliError;
use crate::domain::agenda::Prompt;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, QuestionId, Space};
use crate::engine::plan_file::{self, Known};
use crate::exchange::plan::PlanFile;

/// Looks up the questions whose numbers stand in a plan.
pub(super) fn known(desk: &mut Desk, circle: CircleId, plan: &PlanFile) -> Result<Known, CliError> {
    let mut known = Known::wanted(plan);
    if known.is_complete() {
        return Ok(known);
    }
    for (_, document) in desk.scan(Space::Org, Kind::Question)? {
        known.take(document);
    }
    for (_, document) in desk.get(&known.memories(circle))? {
        known.take(document);
    }
    Ok(known)
}

/// The numbers of the questions that prompts came from.
pub(super) fn numbers(
    desk: &mut Desk,
    prompts: &[&Prompt],
) -> Result<BTreeMap<QuestionId, u32>, CliError> {
    let ids = prompts.iter().filter_map(|prompt| prompt.question);
    let keys: Vec<Key> = ids
        .map(|id| Key::new(Space::Org, Kind::Question, id.0))
        .collect();
    let documents: Vec<Document> = desk
        .get(&keys)?
        .into_iter()
        .map(|(_, document)| document)
        .collect();
    Ok(plan_file::numbers(&documents, prompts))
}
