//! A second look at a decision.

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::command::decide::items::name;
use crate::command::decide::write::needs_words;
use crate::domain::document::Document;
use crate::domain::id::Key;
use crate::domain::look::Verdict;
use crate::domain::text::same_words;

/// Keeps, changes or reverses a decision. What it said before stays with it.
pub(super) fn again(d: &mut Decision<'_>, key: &Key, verdict: &Verdict) -> Result<String, Refusal> {
    let Some(Document::Decision(row)) = d.state.get(key) else {
        return Err(Refusal::new("that decision is gone"));
    };
    if row.trashed.is_some() {
        return Err(Refusal::new(
            "that decision is in the trash; put it back first",
        ));
    }
    if let Verdict::Change(words) = verdict {
        needs_words(words)?;
        if same_words(words) == same_words(&row.text) {
            return Err(Refusal::new(
                "these are the same words; keep it, or write what it says now",
            ));
        }
    }
    if *verdict == Verdict::Reverse && !row.holds() {
        return Err(Refusal::new("that decision is reversed already"));
    }
    let mut row = row.clone();
    row.look(verdict, d.cx.at);
    let what = match verdict {
        Verdict::Keep => "stands",
        Verdict::Change(_) => "has other words",
        Verdict::Reverse => "is reversed",
    };
    let title = format!("{} {what}", name(&row.clone().into()));
    d.put(*key, row);
    Ok(title)
}
