//! Actions as a page of its own.

use crate::domain::action_list::{ActionList, ListedAction};
use crate::exchange::actions::several;
use crate::exchange::html::Page;
use crate::exchange::minutes::day_words;

/// The file.
pub(super) fn write(list: &ActionList) -> String {
    let mut page = Page::new(&list.title());
    let (open, closed) = list.parts();
    for (title, rows) in [("Open", open), ("Done or let go", closed)] {
        if !rows.is_empty() {
            page.put("h2", title);
            table(&mut page, rows, several(list));
        }
    }
    if list.rows.is_empty() {
        page.put("p", "No actions.");
    }
    page.end()
}

fn table(page: &mut Page, rows: &[ListedAction], several: bool) {
    page.header(["", "Action", "Owner", "Due", "State"]);
    for row in rows {
        let id = row.short();
        let words = words(row, several);
        let due = day_words(row.at_next, row.due);
        let due = if row.state.is_open() {
            due.as_str()
        } else {
            ""
        };
        page.row([&id, &words, row.owner_words.as_str(), due, row.state.word()]);
    }
    page.footer();
}

/// The words of an action, and a line for each further thing that is known of it.
fn words(row: &ListedAction, several: bool) -> String {
    let marks = "!".repeat(usize::from(row.priority));
    let first = std::iter::once(row.text.to_string())
        .chain(row.tags.iter().map(|tag| format!("#{tag}")))
        .chain(Some(marks).filter(|marks| !marks.is_empty()));
    let first: Vec<String> = first.collect();
    let lines = [
        Some(first.join(" ")),
        row.left().map(|left| format!("Left: {left}")),
        row.waits_for
            .as_ref()
            .map(|other| format!("Waits for: {other}")),
        row.note.as_ref().map(|note| format!("Note: {note}")),
        several.then(|| row.circle.to_string()),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    lines.join("\n")
}
