//! What is said when a plan gets more questions.

use crate::domain::agenda::Prompt;
use crate::domain::id::{BlockId, CircleId, SessionId};
use crate::tui::shell::words::Done;
use crate::tui::view::View;

/// `Added "What did you learn?" to block 3 Hot seat of Ladder Up #7`, when a plan gets more questions.
pub(super) fn added(
    (circle, session, block): (CircleId, SessionId, BlockId),
    prompts: &[Prompt],
    view: &View<'_>,
) -> Done {
    let name = view.state.circle(circle).map(|circle| &circle.name);
    let found = view.state.session(circle, session);
    let block = found.and_then(|session| {
        let mut blocks = (1..).zip(&session.blocks);
        blocks.find(|(_, found)| found.id == block)
    });
    let (Some(name), Some(session), Some((number, block))) = (name, found, block) else {
        return Done::Title;
    };
    let before = &block.prompts;
    let new: Vec<&Prompt> = prompts
        .iter()
        .filter(|prompt| !before.contains(prompt))
        .collect();
    if new.len() + before.len() != prompts.len() {
        return Done::Title;
    }
    let what = match new.as_slice() {
        [] => return Done::Title,
        [one] => format!("\"{}\"", one.text),
        many => format!("{} questions", many.len()),
    };
    let waits = before
        .iter()
        .filter(|prompt| prompt.asked.is_none())
        .count();
    let behind = before
        .last()
        .is_some_and(|last| prompts.last() == Some(last));
    if behind && waits > 0 {
        let title = &block.title;
        return Done::Words(match new.as_slice() {
            [one] => format!(
                "Added to block {number} {title}, asked first: \"{}\"",
                one.text
            ),
            _ => format!("Added {what} to block {number} {title}, asked first"),
        });
    }
    let to = format!(
        "block {number} {} of {name} #{}",
        block.title, session.number
    );
    Done::Words(format!("Added {what} to {to}"))
}
