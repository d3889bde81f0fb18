//! Questions out of a table: with a header every field, without one the column that asks.

use crate::domain::text::Clean;
use crate::exchange::guard::bare;
use crate::exchange::questions::asks;
use crate::exchange::questions::basket::{Basket, RawQuestion};
use crate::exchange::table::TableRows;

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

/// The column that asks, where no header names it; which one it was is noted where there are others.
fn guessed(text: &str, rows: &TableRows<'_>, basket: &mut Basket) -> Option<usize> {
    let (asking, width) = asking_column(text)?;
    if rows.header.is_empty() && width > 1 {
        let note = format!(
            "No header: the questions were taken from column {}.",
            asking + 1
        );
        basket.notes.push(note);
    }
    Some(asking)
}

/// A table with a header, or the one column that asks.
pub(super) fn parse(text: &str, basket: &mut Basket, known: &dyn Fn(&str) -> bool) {
    let mut rows = TableRows::new(text, &TEXT);
    let Some(asking) = rows.column(&TEXT).or_else(|| guessed(text, &rows, basket)) else {
        let what = "no column is called question, and none holds questions";
        basket.fault(1, what);
        return;
    };
    let columns = [
        rows.column(&THEME),
        rows.column(&DEPTH),
        rows.column(&KIND),
        rows.column(&["competency", "skill"]),
        rows.column(&MINUTES),
        rows.column(&["source", "author"]),
        rows.column(&["language", "lang"]),
        rows.column(&FOLLOW_UPS),
        rows.column(&["uid"]),
        rows.column(&["starred", "star"]),
    ];
    while let Some((line, cells)) = rows.next() {
        let cell = |column: Option<usize>| {
            bare(
                column
                    .and_then(|column| cells.get(column))
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
            line,
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
            break;
        }
    }
    basket.faults.append(&mut rows.faults);
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

/// The column in which most rows ask, or the only one where there is one; and how many there are.
fn asking_column(text: &str) -> Option<(usize, usize)> {
    let mut rows = TableRows::new(text, &TEXT);
    let mut asking: Vec<usize> = Vec::new();
    while let Some((_, cells)) = rows.next() {
        asking.resize(asking.len().max(cells.len()), 0);
        for (count, cell) in asking.iter_mut().zip(cells) {
            *count += usize::from(asks(cell));
        }
    }
    let width = asking.len();
    if width == 1 {
        return Some((0, width));
    }
    let columns = asking.into_iter().enumerate().rev();
    let (column, count) = columns.max_by_key(|(_, count)| *count)?;
    (count > 0).then_some((column, width))
}
