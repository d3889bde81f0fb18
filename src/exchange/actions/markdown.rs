//! Actions as a Markdown list with a box before each.

use std::fmt::{self, Write};

use crate::domain::action_list::{ActionList, ListedAction};
use crate::exchange::actions::several;
use crate::exchange::minutes::{day_words, escape, tags};

/// The file.
pub(super) fn write(list: &ActionList) -> String {
    let mut out = String::new();
    put(&mut out, list).expect("writing to a String cannot fail");
    out
}

fn put(out: &mut String, list: &ActionList) -> fmt::Result {
    writeln!(out, "# {}", escape(&list.title()))?;
    let (open, closed) = list.parts();
    for (title, rows) in [("Open", open), ("Done or let go", closed)] {
        if rows.is_empty() {
            continue;
        }
        writeln!(out, "\n## {title}\n")?;
        rows.iter()
            .try_for_each(|row| one(out, row, several(list)))?;
    }
    if list.rows.is_empty() {
        writeln!(out, "\nNo actions.")?;
    }
    Ok(())
}

fn one(out: &mut String, row: &ListedAction, several: bool) -> fmt::Result {
    let mark = if row.state.is_open() { ' ' } else { 'x' };
    let marks = match row.priority {
        0 => String::new(),
        many => format!(" {}", "!".repeat(usize::from(many))),
    };
    writeln!(
        out,
        "- [{mark}] {} {}{}{marks}",
        row.short(),
        escape(&row.text),
        tags(&row.tags)
    )?;
    if several {
        writeln!(out, "  - Circle: {}", escape(&row.circle))?;
    }
    writeln!(out, "  - Owner: {}", escape(&row.owner_words))?;
    if row.state.is_open() {
        writeln!(out, "  - Due: {}", day_words(row.at_next, row.due))?;
    } else {
        writeln!(out, "  - State: {}", row.state.word())?;
    }
    if let Some(left) = row.left() {
        writeln!(out, "  - Left: {}", escape(left))?;
    }
    if let Some(other) = &row.waits_for {
        writeln!(out, "  - Waits for: {}", escape(other))?;
    }
    match &row.note {
        Some(note) => writeln!(out, "  - Note: {}", escape(note)),
        None => Ok(()),
    }
}
