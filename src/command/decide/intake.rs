//! Taking in actions from a file: what is new is written down, what is known is brought up to date.

use std::collections::BTreeSet;

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::command::decide::write::{check_owner, needs_words};
use crate::domain::document::Document;
use crate::domain::id::{ActionId, CircleId, Key, Kind, Space};
use crate::domain::intake::Row;
use crate::domain::item::{Action, ActionState, Due, Origin};
use crate::domain::text::{Clean, Limit};

/// The documents that the rows may meet.
pub(super) fn keys(rows: &[Row]) -> Vec<Key> {
    rows.iter()
        .filter_map(|row| Some(key(row.circle, row.known.or(row.uid)?)))
        .collect()
}

const fn key(circle: CircleId, id: ActionId) -> Key {
    Key::circle(circle, Kind::Action, id.0)
}

/// Writes the rows in one act. A row whose uid is here by now, and a known one that has nothing new to say
/// any more, are passed over.
pub(super) fn take(d: &mut Decision<'_>, rows: &[Row], source: &Clean) -> Result<String, Refusal> {
    let (known, new): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.known.is_some());
    let mut taken = BTreeSet::new();
    let (mut added, mut updated) = (0, 0);
    for row in new {
        d.circle(row.circle)?;
        needs_words(&row.text)?;
        check_owner(d, row.circle, row.owner)?;
        if let Some(note) = &row.note {
            let fits = Limit::Note.check(note);
            fits.map_err(|error| Refusal::new(error.to_string()))?;
        }
        let id = row.uid.unwrap_or_else(|| ActionId(d.cx.ids.make()));
        let key = key(row.circle, id);
        if d.state.get(&key).is_some() || !taken.insert(key) {
            continue;
        }
        let number = d.number(Space::Circle(row.circle), |counter| &mut counter.action);
        let action = written(d, row, id, number);
        d.add(key, action);
        added += 1;
    }
    for row in known {
        if let Some((key, action)) = brought_up_to_date(d, row)
            && taken.insert(key)
        {
            // Each key comes once, so nothing said before has to be looked for.
            let before = d.state.get(&key).map(Document::to_body);
            let after = Some(Document::from(action).to_body());
            d.changes
                .push(crate::domain::change::Change { key, before, after });
            updated += 1;
        }
    }
    let count = |n: usize| {
        if n == 1 {
            "1 action".to_owned()
        } else {
            format!("{n} actions")
        }
    };
    Ok(match (added, updated) {
        (added, 0) => format!("{} from {source}", count(added)),
        (0, updated) => format!("{} brought up to date from {source}", count(updated)),
        (added, updated) => format!(
            "{} from {source}, {updated} brought up to date",
            count(added)
        ),
    })
}

/// A new action. What a file says about time to come is not believed.
fn written(d: &Decision<'_>, row: &Row, id: ActionId, number: u32) -> Action {
    let now = d.cx.at;
    let created = row.created.unwrap_or(now).min(now);
    let closed = row.closed.unwrap_or(now).min(now);
    Action {
        owner: row.owner,
        due: row.due,
        state: row.state,
        priority: row.priority.min(3),
        tags: row.tags.clone(),
        progress: row.progress.clone(),
        note: row.note.clone(),
        foreign: row.foreign.clone(),
        closed: (!row.state.is_open()).then_some(closed),
        ..Action::new(id, number, row.text.clone(), Origin::outside(created))
    }
}

fn brought_up_to_date(d: &Decision<'_>, row: &Row) -> Option<(Key, Action)> {
    let key = key(row.circle, row.known?);
    let Some(Document::Action(held)) = d.state.get(&key) else {
        return None;
    };
    if !row.changes(held, row.due) {
        return None;
    }
    let now = d.cx.at;
    let mut action = held.clone();
    match (row.state.is_open(), held.state.is_open()) {
        (false, true) => {
            action.state = row.state;
            action.closed = Some(row.closed.or(row.changed).unwrap_or(now).min(now));
        }
        (true, false) => {
            action.state = row.state;
            action.closed = None;
            action.not_let_go();
        }
        (true, true) if row.state == ActionState::Partly => action.state = row.state,
        (true, true) | (false, false) => {}
    }
    if row.state == ActionState::Partly {
        action.progress = row.progress.clone().or(action.progress);
    }
    if row.state.is_open() && row.due != Due::None && row.due != held.due {
        let later = matches!((held.due, row.due), (Due::On(was), Due::On(is)) if is > was);
        action.due = row.due;
        if later {
            action.carried = action.carried.saturating_add(1);
            if action.state == ActionState::Open {
                action.state = ActionState::Moved;
            }
        }
    }
    action.note = row.note.clone().or(action.note);
    Some((key, action))
}

#[cfg(test)]
mod tests;
