//! `circlet action move`: to another circle.

use crate::cli::error::{Exit, Outcome};
use crate::cli::receipt::Receipt;
use crate::cli::{Cx, action, name};
use crate::command::Command;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Space};
use crate::domain::person::{Twin, twin};
use crate::domain::state::State;

pub(super) fn run(cx: &mut Cx<'_, '_>, ids: &[String], to: &str) -> Outcome {
    let to = name::circle(cx.desk.state(), Some(to))?.id;
    let keys = action::found(cx, ids)?;
    let owners = cx.desk.get(&keys)?;
    let state = cx.desk.state();
    let warnings = owners
        .iter()
        .filter_map(|(key, document)| worth_knowing(state, (key, document), to));
    let warnings: Vec<(String, bool)> = warnings.collect();
    let open = warnings.iter().any(|(_, open)| *open);
    let warnings = warnings.into_iter().map(|(words, _)| words).collect();
    let act = cx.desk.run(Command::MoveAction { keys, to })?;
    Receipt::of(&act, &cx.desk.view(), warnings).tell(cx.out, cx.global.json);
    Ok(if open { Exit::Open } else { Exit::Done })
}

/// What becomes of an owner who is not known to be the same person in the other circle, and whether it has none then.
fn worth_knowing(
    state: &State,
    (key, document): (&Key, &Document),
    to: CircleId,
) -> Option<(String, bool)> {
    let (Space::Circle(from), Document::Action(action)) = (key.space, document) else {
        return None;
    };
    let owner = state.member(from, action.owner_id()?)?;
    let there = &state.circle(to)?.name;
    let number = action.number;
    match twin(state, (from, owner.id), to) {
        Some(Twin::Known(_)) => None,
        Some(Twin::Named(id)) => {
            let name = &state.member(to, id)?.name;
            let words = format!("A{number} goes to {name} of {there}, who has the same name.");
            Some((words, false))
        }
        None => {
            let name = &owner.name;
            let words = format!("A{number} has no owner now: nobody in {there} is called {name}.");
            Some((words, true))
        }
    }
}
