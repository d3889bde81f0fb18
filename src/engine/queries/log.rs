//! The log: acts newest first, each with whether it is in force.

use std::collections::BTreeMap;

use crate::command::undo;
use crate::domain::change::{Act, ActKind};
use crate::domain::id::{ActId, Space};
use crate::engine::history;
use crate::engine::query::{Answer, LogRow};
use crate::store::{Read, Result};

/// Lists acts older than `before`.
pub(super) fn list(
    read: &dyn Read,
    space: Option<Space>,
    before: u64,
    limit: usize,
) -> Result<Answer> {
    // Whether an act is in force depends on what came after it, so the walk begins at the newest.
    let mut settled: BTreeMap<ActId, bool> = BTreeMap::new();
    let mut rows = Vec::new();
    let more = history::newest(read, &[], space, |act| {
        let stands = *settled
            .entry(act.origin())
            .or_insert(!matches!(act.kind, ActKind::Undo(_)));
        if act.seq >= before {
            return None;
        }
        if rows.len() == limit {
            return Some(());
        }
        rows.push(row(act, stands && undo::is_step(act)));
        None
    })?;
    Ok(Answer::Log {
        rows,
        more: more.is_some(),
    })
}

fn row(act: &Act, in_force: bool) -> LogRow {
    LogRow {
        id: act.id,
        seq: act.seq,
        at: act.at,
        by: act.by,
        title: act.title.clone(),
        kind: act.kind,
        in_force,
    }
}
