//! The receipt of very many documents: how many of each kind, with the first and the last short id, in place of a
//! row for each.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::cli::rows::{View, short};
use crate::domain::change::{Act, ActKind, Change};
use crate::domain::document::Document;
use crate::domain::id::{Kind, Space};
use crate::domain::text::slug;

/// Most documents that have a row each.
const MOST_ROWS: usize = 2_000;

/// What is saved, by circle and kind; `None` where each document has a row.
pub(super) fn summed_up(act: &Act, view: &View<'_>) -> Option<Vec<Value>> {
    if let Some(row) = imported(act) {
        return Some(vec![row]);
    }
    let saved = || act.changes.iter().filter(|change| change.after.is_some());
    if saved().count() <= MOST_ROWS {
        return None;
    }
    let mut kinds: BTreeMap<(Space, Kind), Sum> = BTreeMap::new();
    for change in saved().filter(|change| change.key.kind != Kind::Counter) {
        let sum = kinds
            .entry((change.key.space, change.key.kind))
            .or_default();
        sum.count += 1;
        let number = change.after.as_ref().and_then(|body| body.get("number"));
        if let Some(number) = number
            .and_then(Value::as_u64)
            .and_then(|n| n.try_into().ok())
        {
            let (first, last) = sum.numbers.unwrap_or((number, number));
            sum.numbers = Some((first.min(number), last.max(number)));
        }
    }
    let rows = kinds.into_iter().map(|((space, kind), sum)| {
        let circle = match space {
            Space::Circle(circle) => view.state.circle(circle),
            Space::Org => None,
        };
        sum.row(kind, circle.map(|circle| slug(&circle.name)).as_deref())
    });
    Some(rows.collect())
}

/// The questions of an import that is too long to be told whole: the act of it holds no more than the numbers
/// that were given out.
fn imported(act: &Act) -> Option<Value> {
    let [change] = act.changes.as_slice() else {
        return None;
    };
    let is_bank = (change.key.space, change.key.kind) == (Space::Org, Kind::Counter);
    if act.kind != ActKind::Do || !is_bank {
        return None;
    }
    let (before, after) = (given(change, false), given(change, true));
    let sum = Sum {
        count: usize::try_from(after.saturating_sub(before)).ok()?,
        numbers: Some((before.saturating_add(1), after)),
    };
    (sum.count > 0).then(|| sum.row(Kind::Question, None))
}

/// The number of the newest question after the change, or before it.
fn given(change: &Change, after: bool) -> u32 {
    let body = if after { &change.after } else { &change.before };
    let read = |body| Document::from_body(&change.key, body).ok();
    match body.as_ref().and_then(read) {
        Some(Document::Counter(counter)) => counter.question,
        _ => 0,
    }
}

/// How many documents of one kind, and their smallest and largest number.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    count: usize,
    numbers: Option<(u32, u32)>,
}

impl Sum {
    fn row(self, kind: Kind, circle: Option<&str>) -> Value {
        let id = |number| short(kind, number);
        json!({
            "type": kind.as_str(),
            "circle": circle,
            "count": self.count,
            "first": self.numbers.map(|(first, _)| id(first)),
            "last": self.numbers.map(|(_, last)| id(last)),
        })
    }
}
