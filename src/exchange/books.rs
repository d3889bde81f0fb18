//! Reading books: the chapters of one, and a plain reading list.
//!
//! Pure over text; nothing is saved here. A chapter list is what a table of contents looks like when it is pasted:
//! a line for each chapter, a number in front and a page behind it as may be.

#[cfg(test)]
mod tests;

use crate::domain::book::Chapter;
use crate::domain::book::schedule::MOST_CHAPTERS;
use crate::domain::text::{Clean, Limit};
use crate::exchange::input::Input;
use crate::exchange::lines::glimpse;
use crate::exchange::{Fault, table};

/// Most books of one list.
pub const MOST_BOOKS: usize = 500;

const TITLE: [&str; 4] = ["title", "chapter", "name", "book"];
const AUTHOR: [&str; 3] = ["author", "authors", "by"];
const PAGE: [&str; 4] = ["page", "begins", "start", "from"];
const PAGES: [&str; 3] = ["pages", "length", "number of pages"];
const WHY: [&str; 4] = ["why", "note", "notes", "reason"];

/// What a chapter list holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenChapters {
    /// The chapters in order.
    pub chapters: Vec<Chapter>,
    /// What is wrong, by line.
    pub faults: Vec<Fault>,
}

/// A book of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftBook {
    /// The line, from 1.
    pub line: usize,
    /// What it is called, never empty.
    pub title: Clean,
    /// Who wrote it.
    pub author: Clean,
    /// How many pages it has.
    pub pages: Option<u32>,
    /// Why, in a line.
    pub why: Clean,
}

/// What a reading list holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenBooks {
    /// The books in order.
    pub books: Vec<DraftBook>,
    /// What is wrong, by line.
    pub faults: Vec<Fault>,
}

/// Takes the chapters out of what was read.
pub fn chapters(input: &Input) -> TakenChapters {
    let mut taken = TakenChapters::default();
    let heads = [&TITLE[..], &PAGE].concat();
    if let Some(table) = header(&input.text, &heads) {
        taken.faults.extend(table.faults.iter().cloned());
        let (title, page) = (table.column(&TITLE), table.column(&PAGE));
        for row in &table.rows {
            let cell = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).unwrap_or("");
            taken.add(row.line, cell(title), cell(page));
        }
        return taken;
    }
    let lines = || (1..).zip(input.text.lines().map(|line| unnumbered(line.trim())));
    let gap = if rises(lines().map(|(_, text)| text)) {
        1
    } else {
        2
    };
    for (line, text) in lines() {
        let (text, page) = page_behind(text, gap);
        if !(text.is_empty() && page.is_empty()) {
            taken.add(line, text, page);
        }
    }
    taken
}

impl TakenChapters {
    fn add(&mut self, line: usize, title: &str, page: &str) {
        if self.chapters.len() >= MOST_CHAPTERS {
            let full = |fault: &Fault| fault.what.starts_with("more than");
            if !self.faults.iter().any(full) {
                let what = format!("more than {MOST_CHAPTERS} chapters; the rest was not read");
                self.faults.push(Fault::new(line, what));
            }
            return;
        }
        match (line_of(title), number(page)) {
            (Ok(title), Ok(page)) => {
                let before = self.chapters.iter().filter_map(|chapter| chapter.page);
                if let Some(page) = page.filter(|page| before.max() > Some(*page)) {
                    let what =
                        format!("a chapter begins on page {page}, before the one in front of it");
                    self.faults.push(Fault::new(line, what));
                }
                self.chapters.push(Chapter { title, page });
            }
            (Err(what), _) | (_, Err(what)) => self.faults.push(Fault::new(line, what)),
        }
    }
}

/// Takes the books out of what was read: a table with a title column, or lines like `Title - Author`.
pub fn list(input: &Input) -> TakenBooks {
    let mut taken = TakenBooks::default();
    let heads = [&TITLE[..], &AUTHOR, &PAGES].concat();
    match header(&input.text, &heads) {
        Some(table) => {
            taken.faults.extend(table.faults.iter().cloned());
            let columns = [&TITLE[..], &AUTHOR, &PAGES, &WHY].map(|names| table.column(names));
            for row in &table.rows {
                let cells = columns.map(|at| at.and_then(|at| row.cells.get(at)).unwrap_or(""));
                taken.add(row.line, cells);
            }
        }
        None => {
            for (line, text) in (1..).zip(input.text.lines()) {
                let text = text.trim().trim_start_matches(['-', '*', '\u{2022}']);
                let text = unnumbered(text.trim());
                if !text.is_empty() {
                    let (text, pages) = length_behind(text);
                    let (title, author) = title_and_author(text);
                    taken.add(line, [title, author, pages, ""]);
                }
            }
        }
    }
    taken
}

impl TakenBooks {
    fn add(&mut self, line: usize, [title, author, pages, why]: [&str; 4]) {
        if self.books.len() >= MOST_BOOKS {
            let full = |fault: &Fault| fault.what.starts_with("more than");
            if !self.faults.iter().any(full) {
                let what = format!("more than {MOST_BOOKS} books; the rest was not read");
                self.faults.push(Fault::new(line, what));
            }
            return;
        }
        match draft(line, [title, author, pages, why]) {
            Ok(book) => self.books.push(book),
            Err(what) => self.faults.push(Fault::new(line, what)),
        }
    }
}

fn draft(line: usize, [title, author, pages, why]: [&str; 4]) -> Result<DraftBook, String> {
    let title = line_of(title)?;
    if title.is_empty() {
        return Err("there is no title in it".to_owned());
    }
    Ok(DraftBook {
        line,
        title,
        author: line_of(author)?,
        pages: number(pages)?,
        why: line_of(why)?,
    })
}

/// The table, when its first line that has anything names one of these columns.
fn header(text: &str, names: &[&str]) -> Option<table::Table> {
    let head = text.lines().find(|line| !line.trim().is_empty())?;
    let first = table::read(head, names);
    let has_title = first.column(&TITLE).is_some();
    // One word alone is a title like any other: a table has a page or an author beside it.
    (has_title && first.header.len() > 1).then(|| table::read(text, names))
}

fn line_of(text: &str) -> Result<Clean, String> {
    let text = text.trim().trim_matches('"').trim();
    Clean::line_within(text, Limit::Name)
        .map_err(|error| format!("\"{}\" is too long: {error}", glimpse(text)))
}

fn number(text: &str) -> Result<Option<u32>, String> {
    let text = text.trim().trim_start_matches("p.").trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || format!("\"{}\" is no page", glimpse(text));
    let number: u32 = text.parse().map_err(|_no_number| wrong())?;
    Ok(Some(number).filter(|number| *number > 0))
}

/// A line without the number that it begins with: `3. Roots`, `3) Roots`, `Chapter 3: Roots`.
fn unnumbered(line: &str) -> &str {
    let word = ["chapter ", "ch. ", "ch "];
    let lower = line.to_ascii_lowercase();
    let named = word.iter().find(|word| lower.starts_with(**word));
    let rest = named
        .and_then(|word| line.get(word.len()..))
        .unwrap_or(line);
    let bare = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let has_number = bare.len() < rest.len();
    match bare.strip_prefix(['.', ')', ':']) {
        Some(text) if has_number => text.trim_start(),
        // `Chapter 3` alone is a chapter without a title.
        None if has_number && named.is_some() => bare.trim_start(),
        Some(_) | None => line,
    }
}

/// Whether most lines end with a number and the numbers only rise: then they are pages, however small the gap is.
fn rises<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let lines = lines.filter(|line| !line.is_empty());
    let pages: Vec<Option<u32>> = lines
        .map(|line| page_behind(line, 1).1.parse().ok())
        .collect();
    let known: Vec<u32> = pages.iter().flatten().copied().collect();
    known.len() > 2 && known.len() * 2 > pages.len() && known.is_sorted_by(|one, next| one < next)
}

/// The page that stands behind a title, after dots, a tab or so many blanks.
fn page_behind(line: &str, blanks: usize) -> (&str, &str) {
    let text = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let page = line.get(text.len()..).unwrap_or_default();
    let title = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '\u{b7}'));
    let gap = text.get(title.len()..).unwrap_or_default();
    let parted = title.is_empty() || gap.contains('\t') || gap.len() >= blanks;
    if page.is_empty() || !parted {
        return (line, "");
    }
    (title, page)
}

/// What a line says of the length: `Quiet Work, 212 pages`, `Quiet Work - B. Author (212 p.)`.
fn length_behind(line: &str) -> (&str, &str) {
    let within = line
        .strip_suffix(')')
        .and_then(|line| line.rsplit_once('('));
    let behind = [within, line.rsplit_once(',')].into_iter().flatten();
    let mut said = behind.filter_map(|(text, length)| {
        let (number, unit) = length.trim().split_once(' ')?;
        let pages = ["pages", "page", "pp.", "pp", "p.", "p"].contains(&unit.trim());
        let digits = number.chars().all(|c| c.is_ascii_digit());
        (pages && digits).then_some((text.trim_end(), number))
    });
    said.next().unwrap_or((line, ""))
}

/// `Title - Author`, with a dash of any length and blanks around it, or `Title by Author`.
fn title_and_author(line: &str) -> (&str, &str) {
    let signs = [" \u{2014} ", " \u{2013} ", " - ", "\t", " by "];
    signs
        .iter()
        .find_map(|sign| line.rsplit_once(*sign))
        .unwrap_or((line, ""))
}
