//! Questions out of a table: with a header every field, without one the column that asks.

use crate::domain::text::Clean;
use crate::exchange::guard::bare;
use crate::exchange::questions::asks;
use crate::exchange::questions::basket::{Basket, RawQuestion};
use crate::exchange::table;

/// Where the fields of a row are found under other names.
pub(super) const TEXT: [&str; 5] = ["question", "text", "prompt", "questions", "frage"];
pub(super) const THEME: [&str; 4] = ["theme", "category", "topic", "tag"];
pub(super) const DEPTH: [&str; 2] = ["depth", "level"];
pub(super) const KIND: [&str; 2] = ["kind", "type"];
pub(super) const FOLLOW_UPS: [&str; 5] = [
    "follow ups",
    "follow up",
    "followups",
    "followup",
    "follow_ups",
];
pub(super) const MINUTES: [&str; 3] = ["minutes", "min", "duration"];

/// A table with a header, or the one column that asks.
pub(super) fn parse(text: &str, basket: &mut Basket, known: &dyn Fn(&str) -> bool) {
    let table = table::read(text, &TEXT);
    basket.faults.extend(table.faults.iter().cloned());
    let asking = table.column(&TEXT).or_else(|| asking_column(&table));
    let Some(asking) = asking else {
        basket.fault(1, "no column is called question, and none holds questions");
        return;
    };
    if table.header.is_empty() && table.rows.iter().any(|row| row.cells.len() > 1) {
        let note = format!(
            "No header: the questions were taken from column {}.",
            asking + 1
        );
        basket.notes.push(note);
    }
    let columns = [
        table.column(&THEME),
        table.column(&DEPTH),
        table.column(&KIND),
        table.column(&["competency", "skill"]),
        table.column(&MINUTES),
        table.column(&["source", "author"]),
        table.column(&["language", "lang"]),
        table.column(&FOLLOW_UPS),
        table.column(&["uid"]),
        table.column(&["starred", "star"]),
    ];
    for row in &table.rows {
        let cell = |column: Option<usize>| {
            bare(
                column
                    .and_then(|column| row.cells.get(column))
                    .unwrap_or_default(),
            )
            .to_owned()
        };
        let [
            theme,
            depth,
            kind,
            competency,
            minutes,
            source,
            language,
            more,
            uid,
            starred,
        ] = columns.map(cell);
        let raw = RawQuestion {
            line: row.line,
            text: cell(Some(asking)),
            follow_ups: read_follow_ups(&more),
            theme,
            depth,
            kind,
            competency,
            minutes,
            source,
            language,
            starred: matches!(starred.as_str(), "1" | "*" | "x" | "yes" | "true"),
            uid,
        };
        if !basket.take(&raw, known) {
            return;
        }
    }
}

/// Follow-ups in one cell: a line each; a lone one with its `|` shielded.
pub(super) fn told_follow_ups(follow_ups: &[Clean]) -> String {
    match follow_ups {
        [one] => one.replace('|', "\\|"),
        many => {
            let lines: Vec<&str> = many.iter().map(Clean::as_str).collect();
            lines.join("\n")
        }
    }
}

/// The follow-ups of a cell: its lines, else what stands between `|`.
fn read_follow_ups(cell: &str) -> Vec<String> {
    if cell.contains('\n') {
        return cell.split('\n').map(str::to_owned).collect();
    }
    let mut out = vec![String::new()];
    let mut shielded = false;
    for c in cell.chars() {
        match (c, out.last_mut()) {
            ('|', Some(last)) if shielded => {
                last.pop();
                last.push('|');
            }
            ('|', _) => out.push(String::new()),
            (_, Some(last)) => last.push(c),
            (_, None) => {}
        }
        shielded = c == '\\';
    }
    out
}

/// The column in which most rows ask; the only one where there is one.
fn asking_column(table: &table::Table) -> Option<usize> {
    let width = table
        .rows
        .iter()
        .map(|row| row.cells.len())
        .max()
        .unwrap_or(0);
    if width == 1 {
        return Some(0);
    }
    let asking = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(column));
        cells.filter(|cell| asks(cell)).count()
    };
    let (count, column) = (0..width)
        .rev()
        .map(|column| (asking(column), column))
        .max_by_key(|(count, _)| *count)?;
    (count > 0).then_some(column)
}
