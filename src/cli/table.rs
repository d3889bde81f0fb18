//! Rows whose columns stand under one another. Their cells are written one behind the other into one text, so that a
//! long list makes no text of its own for each of them.

use unicode_width::UnicodeWidthStr;

use crate::cli::out::Out;

/// Blanks between two columns.
const GAP: usize = 2;

/// Rows of cells, the last one in the making. A column in which no cell takes room is left out; the last cell of a row
/// takes what room it needs.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// All cells.
    text: String,
    cells: Vec<Cell>,
    /// Behind which cell each row ends.
    rows: Vec<usize>,
    /// What the columns need, under the rows that were told before too.
    widths: Vec<usize>,
}

/// Where a cell ends, and how many columns it takes.
#[derive(Clone, Copy, Debug)]
struct Cell {
    end: usize,
    width: usize,
}

impl Table {
    /// One more cell of the row in the making.
    pub(super) fn cell(&mut self, write: impl FnOnce(&mut String)) {
        let start = self.text.len();
        write(&mut self.text);
        let width = columns(self.text.get(start..).unwrap_or_default());
        let column = self.cells.len() - self.rows.last().unwrap_or(&0);
        match self.widths.get_mut(column) {
            Some(widest) => *widest = width.max(*widest),
            None => self.widths.push(width),
        }
        self.cells.push(Cell {
            end: self.text.len(),
            width,
        });
    }

    /// Ends the row in the making.
    pub(super) fn end_row(&mut self) {
        self.rows.push(self.cells.len());
    }

    /// A row of these cells.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = impl AsRef<str>>) {
        for cell in cells {
            self.cell(|text| text.push_str(cell.as_ref()));
        }
        self.end_row();
    }

    /// How many rows wait to be told.
    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Each cell that waits to be told.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().scan(0, |start, cell| {
            let text = self.text.get(*start..cell.end);
            *start = cell.end;
            Some(text.unwrap_or_default())
        })
    }

    /// Tells the rows. Those that follow have columns at least as wide.
    pub(super) fn tell(&mut self, out: &mut Out<'_>) {
        let room: usize = self.widths.iter().map(|width| width + GAP).sum();
        let mut told = String::with_capacity(self.text.len() + self.rows.len() * room);
        let mut cells = self.texts().zip(&self.cells);
        let mut before = 0;
        for end in &self.rows {
            let line = told.len();
            let mut blanks = 0;
            for ((text, cell), width) in cells.by_ref().take(end - before).zip(&self.widths) {
                if *width > 0 {
                    push_blanks(&mut told, blanks);
                    told.push_str(text);
                    blanks = width - cell.width + GAP;
                }
            }
            before = *end;
            let words = told.get(line..).unwrap_or_default().trim_end().len();
            told.truncate(line + words);
            told.push('\n');
        }
        drop(cells);
        out.text(&told);
        self.text.clear();
        self.cells.clear();
        self.rows.clear();
    }
}

fn push_blanks(text: &mut String, mut count: usize) {
    const BLANKS: &str = "                                                                ";
    while let Some(rest) = count.checked_sub(BLANKS.len()) {
        text.push_str(BLANKS);
        count = rest;
    }
    text.push_str(BLANKS.get(..count).unwrap_or_default());
}

/// How many columns a text takes. Looked at byte by byte first: nearly all of it is ASCII.
fn columns(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.width()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same in the plainest way.
    fn plain(rows: &[Vec<String>], widths: &mut Vec<usize>) -> String {
        for row in rows {
            widths.resize(widths.len().max(row.len()), 0);
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(columns(cell));
            }
        }
        let line = |row: &Vec<String>| {
            let cells = row.iter().zip(&*widths).filter(|(_, width)| **width > 0);
            let cells =
                cells.map(|(cell, width)| cell.clone() + &" ".repeat(width + GAP - columns(cell)));
            cells.collect::<String>().trim_end().to_owned() + "\n"
        };
        rows.iter().map(line).collect()
    }

    fn told(table: &mut Table) -> String {
        let (mut text, mut err) = (Vec::new(), Vec::new());
        let mut out = Out::new(&mut text, &mut err);
        table.tell(&mut out);
        assert_eq!(out.finish(), Ok(()));
        drop(out);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn columns_stand_under_one_another_for_wide_letters_too() {
        let mut table = Table::default();
        table.row(["A1", "李小龍", "x"]);
        table.row(["A14", "Mei", "y"]);
        assert_eq!(told(&mut table), "A1   李小龍  x\nA14  Mei     y\n");
        // What comes later stands under the same columns.
        table.row(["A2", "Mei", "z"]);
        assert_eq!(told(&mut table), "A2   Mei     z\n");
    }

    proptest! {
        #[test]
        fn columns_are_as_wide_as_their_widest_cell(
            pages in prop::collection::vec(
                prop::collection::vec(prop::collection::vec("[a-z 李é\u{301}]{0,70}", 0..4), 0..5),
                1..3,
            ),
        ) {
            let (mut table, mut widths) = (Table::default(), Vec::new());
            for rows in &pages {
                for row in rows {
                    table.row(row);
                }
                prop_assert_eq!(table.len(), rows.len());
                prop_assert_eq!(table.texts().collect::<Vec<_>>(), rows.concat());
                prop_assert_eq!(told(&mut table), plain(rows, &mut widths));
            }
        }
    }
}
