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
    let mut found = TableRows::new(text, names);
    let mut rows = Vec::new();
    while rows.len() <= ROWS
        && let Some((line, cells)) = found.next()
    {
        let cells = cells.clone();
        rows.push(TableRow { line, cells });
    }
    Table {
        header: found.header,
        rows,
        faults: found.faults,
    }
}

/// The rows of a table, one after the other: a large one is never held whole.
pub(super) struct TableRows<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    lines: LineFinder<'t>,
    cells: StringRecord,
    /// What each column is called, folded; empty without a header.
    pub(super) header: Vec<String>,
    /// What was wrong so far.
    pub(super) faults: Vec<Fault>,
    /// The line of a first row that is no header and was not told yet.
    first: Option<usize>,
}

impl<'t> TableRows<'t> {
    /// As [`read`], up to the header.
    pub(super) fn new(text: &'t str, names: &[&str]) -> Self {
        let mut rows = Self {
            text,
            reader: ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .trim(Trim::All)
                .delimiter(separator(text))
                .from_reader(text.as_bytes()),
            lines: LineFinder::new(text),
            cells: StringRecord::new(),
            header: Vec::new(),
            faults: Vec::new(),
            first: None,
        };
        if let Some(line) = rows.record() {
            if is_header(&rows.cells, names) {
                rows.header = rows.cells.iter().map(word).collect();
            } else {
                rows.first = Some(line);
            }
        }
        rows
    }

    /// The next row that has anything in it, with its line.
    pub(super) fn next(&mut self) -> Option<(usize, &StringRecord)> {
        loop {
            let line = match self.first.take() {
                Some(line) => line,
                None => self.record()?,
            };
            if self.cells.len() > COLUMNS {
                let what = format!("more than {COLUMNS} columns");
                self.faults.push(Fault::new(line, what));
            } else if self.cells.as_slice().len() > LINE_BYTES {
                let what = "the row has more than 1 MB";
                self.faults.push(Fault::new(line, what));
            } else if self.cells.iter().any(|cell| !cell.is_empty()) {
                return Some((line, &self.cells));
            }
        }
    }

    /// The column that goes by one of `names`.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        column(&self.header, names)
    }

    /// Reads the next record that can be read; its line.
    fn record(&mut self) -> Option<usize> {
        loop {
            match self.reader.read_record(&mut self.cells) {
                Ok(false) => return None,
                Ok(true) => {
                    let at = self.cells.position();
                    let at = at.map(|at| beginning(self.text, place(at)));
                    return Some(at.map_or(1, |at| self.lines.at(at)));
                }
                Err(error) => {
                    let line = error.position().map_or(1, |at| self.lines.at(place(at)));
                    let what = "the row cannot be read";
                    self.faults.push(Fault::new(line, what));
                }
            }
        }
    }
}

fn column(header: &[String], names: &[&str]) -> Option<usize> {
    let mut found = names.iter();
    found.find_map(|name| header.iter().position(|title| title == name))
}

impl Table {
    /// The column that goes by one of `names`.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        column(&self.header, names)
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
