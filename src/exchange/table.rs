//! Tables: which sign parts the columns, whether there is a header, and rows with their line.

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::domain::text::fold;
use crate::exchange::lines::{COLUMNS, Fault, LINE_BYTES, LineFinder, ROWS};

/// One row of a table.
pub(super) struct TableRow {
    pub(super) line: usize,
    pub(super) cells: StringRecord,
}

/// A table as it was read.
pub(super) struct Table {
    /// What each column is called, folded; empty without a header.
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<TableRow>,
    pub(super) faults: Vec<Fault>,
}

/// Reads `text`; its first row is a header when one of its cells is one of `names` (folded).
pub(super) fn read(text: &str, names: &[&str]) -> Table {
    let mut table = Table {
        header: Vec::new(),
        rows: Vec::new(),
        faults: Vec::new(),
    };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .delimiter(separator(text))
        .from_reader(text.as_bytes());
    let mut lines = LineFinder::new(text);
    let mut cells = StringRecord::new();
    let mut first = true;
    loop {
        match reader.read_record(&mut cells) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                let line = error.position().map_or(1, |at| lines.at(place(at)));
                table
                    .faults
                    .push(Fault::new(line, "the row cannot be read"));
                continue;
            }
        }
        let line = cells
            .position()
            .map_or(1, |at| lines.at(beginning(text, place(at))));
        if std::mem::take(&mut first) && is_header(&cells, names) {
            table.header = cells.iter().map(word).collect();
        } else if cells.len() > COLUMNS {
            let what = format!("more than {COLUMNS} columns");
            table.faults.push(Fault::new(line, what));
        } else if cells.as_slice().len() > LINE_BYTES {
            table
                .faults
                .push(Fault::new(line, "the row has more than 1 MB"));
        } else if cells.iter().any(|cell| !cell.is_empty()) {
            table.rows.push(TableRow {
                line,
                cells: cells.clone(),
            });
        }
        if table.rows.len() > ROWS {
            break;
        }
    }
    table
}

impl Table {
    /// The column that goes by one of `names`.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        names
            .iter()
            .find_map(|name| self.header.iter().position(|title| title == name))
    }
}

/// The sign that parts the columns: the one found most often in the first line that has any.
pub(super) fn separator(text: &str) -> u8 {
    let mut best = (0, b',');
    for line in text.lines().take(20) {
        for sign in [b',', b';', b'\t'] {
            let count = outside_quotes(line, sign);
            if count > best.0 {
                best = (count, sign);
            }
        }
        if best.0 > 0 {
            break;
        }
    }
    best.1
}

fn outside_quotes(line: &str, sign: u8) -> usize {
    let mut quoted = false;
    line.bytes()
        .filter(|byte| {
            quoted ^= *byte == b'"';
            !quoted && *byte == sign
        })
        .count()
}

fn place(at: &csv::Position) -> usize {
    usize::try_from(at.byte()).unwrap_or(usize::MAX)
}

/// The reader counts the blank lines before a row as part of it; a person does not.
fn beginning(text: &str, place: usize) -> usize {
    let rest = text.as_bytes().get(place..).unwrap_or_default();
    place
        + rest
            .iter()
            .take_while(|byte| matches!(byte, b'\n' | b'\r'))
            .count()
}

fn is_header(cells: &StringRecord, names: &[&str]) -> bool {
    cells
        .iter()
        .any(|cell| names.contains(&word(cell).as_str()))
}

/// A column title for comparing: folded, `-` and `_` as blanks.
fn word(cell: &str) -> String {
    // A longer cell is no title, and folding it would cost for nothing.
    let head: String = cell.chars().take(64).collect();
    fold(&head.replace(['-', '_'], " "))
}
