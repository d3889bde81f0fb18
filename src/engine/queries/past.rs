//! The history of one action: the acts that changed it, newest first.

use crate::domain::change::{ActKind, Body};
use crate::domain::document::Document;
use crate::domain::id::Key;
use crate::domain::item::Action;
use crate::domain::past;
use crate::engine::history;
use crate::engine::query::{Answer, PastRow};
use crate::store::{Read, Result};

/// Acts of the circle that are looked through; older ones are not worth the wait.
const MOST_ACTS: usize = 5_000;

/// What happened to the action under `key`, back to when it was written down, as far as acts are kept.
pub(super) fn of(read: &dyn Read, key: Key, limit: usize) -> Result<Answer> {
    let mut rows: Vec<PastRow> = Vec::new();
    let mut seen = 0;
    let whole = history::changes_of(read, key, |act, change| {
        seen += 1;
        if let Some(change) = change {
            let value = |body: &Option<Body>| action(&key, body.as_ref());
            let (before, after) = (value(&change.before), value(&change.after));
            let steps = past::steps(before.as_ref(), after.as_ref());
            if !steps.is_empty() {
                rows.push(PastRow {
                    at: act.at,
                    by: act.by,
                    kind: act.kind,
                    steps,
                });
            }
            if act.kind == ActKind::Do && change.before.is_none() {
                return Some(true);
            }
        }
        (seen >= MOST_ACTS || rows.len() >= limit).then_some(false)
    })?;
    let whole = whole == Some(true);
    Ok(Answer::Past { rows, whole })
}

fn action(key: &Key, body: Option<&Body>) -> Option<Action> {
    match Document::from_body(key, body?) {
        Ok(Document::Action(action)) => Some(action),
        Ok(_) | Err(_) => None,
    }
}
