//! Values that all formats of actions share: states, importance, tags, texts within their limits.

use crate::domain::item::ActionState;
use crate::domain::text::{Clean, Limit, fold};

/// Most tags of one action.
const MOST_TAGS: usize = 32;

/// The words of an action.
pub(super) fn text(raw: &str) -> Result<Clean, String> {
    let text = Clean::line_within(raw.trim(), Limit::Note).map_err(|error| error.to_string())?;
    if text.is_empty() {
        return Err("there are no words in it".to_owned());
    }
    Ok(text)
}

/// One line that may be missing.
pub(super) fn optional(raw: &str) -> Option<Clean> {
    let text = Clean::line(raw.trim());
    (!text.is_empty()).then_some(text)
}

/// A note of several lines that may be missing.
pub(super) fn note(raw: &str) -> Result<Option<Clean>, String> {
    let note = Clean::text_within(raw.trim(), Limit::Note)
        .map_err(|error| format!("the note is too long: {error}"))?;
    Ok((!note.is_empty()).then_some(note))
}

/// What has become of an action, as other programs and people call it; `None` for a word that means nothing
/// here.
pub(super) fn state(word: &str) -> Option<ActionState> {
    Some(match fold(word.trim()).replace(['-', '_'], " ").as_str() {
        "" | "open" | "todo" | "to do" | "pending" | "waiting" | "new" | "no" | "false" | "0"
        | "not started" => ActionState::Open,
        "partly" | "started" | "in progress" | "doing" | "half" => ActionState::Partly,
        "moved" | "postponed" => ActionState::Moved,
        "done" | "completed" | "complete" | "closed" | "finished" | "x" | "yes" | "true" | "1" => {
            ActionState::Done
        }
        "let go" | "dropped" | "cancelled" | "canceled" | "deleted" | "wontfix" => {
            ActionState::LetGo
        }
        _ => return None,
    })
}

/// 0 to 3, from a number, from signs, from letters or from words.
pub(super) fn priority(word: &str) -> u8 {
    match fold(word.trim()).as_str() {
        "3" | "!!!" | "a" | "h" | "high" => 3,
        "2" | "!!" | "b" | "m" | "medium" => 2,
        "1" | "!" | "c" | "l" | "low" => 1,
        _ => 0,
    }
}

/// Tags without their sign, each once.
pub(super) fn tags<'a>(words: impl Iterator<Item = &'a str>) -> Vec<Clean> {
    let mut tags: Vec<Clean> = Vec::new();
    for word in words {
        let tag = Clean::line(word.trim().trim_start_matches('#'));
        if !tag.is_empty() && tags.len() < MOST_TAGS && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}
