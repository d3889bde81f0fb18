//! Actions as a table, which is read in again by its header.

use crate::domain::action_list::{ActionList, ListedAction};
use crate::domain::text::Clean;
use crate::exchange::guard;

/// The columns. Names are what a reader goes by.
const COLUMNS: [&str; 14] = [
    "id",
    "uid",
    "circle",
    "text",
    "owner",
    "due",
    "state",
    "progress",
    "priority",
    "tags",
    "created",
    "closed",
    "note",
    "waits_for",
];

/// The file.
///
/// # Errors
/// In words, when a row cannot be written.
pub(super) fn write(list: &ActionList) -> Result<String, String> {
    guard::table(COLUMNS, list.rows.iter().map(cells))
}

/// Days are `YYYY-MM-DD`, instants RFC 3339, what is absent is empty.
fn cells(row: &ListedAction) -> [String; 14] {
    let tags: Vec<&str> = row.tags.iter().map(Clean::as_str).collect();
    let text = |text: &Option<Clean>| text.as_deref().unwrap_or_default().to_owned();
    [
        row.short(),
        row.uid.to_string(),
        row.slug(),
        row.text.to_string(),
        row.owner.clone().unwrap_or_default(),
        row.due.map(|day| day.to_string()).unwrap_or_default(),
        row.state.word().to_owned(),
        text(&row.progress),
        row.priority.to_string(),
        tags.join(" "),
        row.created.to_string(),
        row.closed.map(|at| at.to_string()).unwrap_or_default(),
        text(&row.note),
        text(&row.waits_for),
    ]
}
