//! What all readers share: formats, limits, numbers of lines, and how to say what is wrong where.

use crate::domain::text::{Clean, REPLACED, cut_graphemes};

/// Most bytes of one line or record.
pub(super) const LINE_BYTES: usize = 1_000_000;
/// Most rows of one file.
pub(super) const ROWS: usize = 200_000;
/// Most columns of a table.
pub(super) const COLUMNS: usize = 32;
/// Most bytes that are held in memory as one tree, of Markdown and TOML; more is read piece by piece.
pub(super) const TREE_BYTES: usize = 6 * 1024 * 1024;
/// Deepest nesting of lists and objects.
pub(super) const DEPTH: usize = 64;
/// How much of a left-out text is shown.
const GLIMPSE: usize = 80;

/// How a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One item a line.
    Text,
    /// An article with lists.
    Markdown,
    /// Rows and columns.
    Csv,
    /// JSON.
    Json,
    /// A pack.
    Toml,
}

impl Format {
    /// What the ending of a file name says; `None` when it says nothing known.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" | "mdown" => Some(Self::Markdown),
            "csv" | "tsv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "toml" => Some(Self::Toml),
            _ => None,
        }
    }

    /// Its name in messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "plain text",
            Self::Markdown => "Markdown",
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Toml => "TOML",
        }
    }
}

/// A line that is wrong. The rest of the file is read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, as a phrase without a final stop.
    pub what: String,
}

impl Fault {
    /// A fault of this line.
    pub fn new(line: usize, what: impl Into<String>) -> Self {
        Self {
            line,
            what: what.into(),
        }
    }

    /// `file:line: what`.
    pub fn told(&self, name: &str) -> String {
        format!("{name}:{}: {}", self.line, self.what)
    }
}

/// A line that was not taken although nothing is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The line, from 1.
    pub line: usize,
    /// Why, as a phrase without a final stop.
    pub why: String,
    /// How it begins.
    pub text: Clean,
}

impl LeftOut {
    /// What was left out on this line, and how it begins.
    pub fn new(line: usize, why: impl Into<String>, text: &str) -> Self {
        Self {
            line,
            why: why.into(),
            text: glimpse(text),
        }
    }
}

/// The beginning of a text, for a list of what was left out.
pub(super) fn glimpse(text: &str) -> Clean {
    // Cleaning a few graphemes more than are shown keeps a long text cheap.
    let head: String = text.trim_start().chars().take(4 * GLIMPSE).collect();
    Clean::line(cut_graphemes(&Clean::line(&head), GLIMPSE))
}

/// The lines of a text with their numbers, however they end.
pub(super) fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    // A lone CR ends a line only in files that know no LF.
    let end = if text.contains('\n') { '\n' } else { '\r' };
    text.split(end)
        .enumerate()
        .map(|(place, line)| (place + 1, line.trim_end_matches('\r')))
}

/// What to say about control characters, if there are any.
pub(super) fn controls(text: &str) -> Option<String> {
    text.chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        .then(|| {
            format!("There are control characters in it; they show as {REPLACED} and do nothing.")
        })
}

/// How many lines end in `bytes`.
#[expect(
    clippy::naive_bytecount,
    reason = "fast enough at 64 MB; not worth a library"
)]
pub(super) fn newlines(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// Finds line numbers for places in a text, cheaply when the places come in order.
pub(super) struct LineFinder<'a> {
    bytes: &'a [u8],
    place: usize,
    line: usize,
}

impl<'a> LineFinder<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            place: 0,
            line: 1,
        }
    }

    pub(super) fn at(&mut self, place: usize) -> usize {
        let place = place.min(self.bytes.len());
        if place < self.place {
            (self.place, self.line) = (0, 1);
        }
        self.line += newlines(&self.bytes[self.place..place]);
        self.place = place;
        self.line
    }
}

/// `text` without its overlong lines, each of them named; numbers of lines stay as they are.
pub(super) fn without_long_lines(text: &str, faults: &mut Vec<Fault>) -> Option<String> {
    // Nearly all files have none, and a copy is as large as the file.
    let is_long = |line: &str| line.len() > LINE_BYTES;
    if text.len() <= LINE_BYTES || !text.split_inclusive('\n').any(is_long) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for (place, line) in text.split_inclusive('\n').enumerate() {
        if is_long(line) {
            faults.push(Fault::new(place + 1, "the line has more than 1 MB"));
            out.push('\n');
        } else {
            out.push_str(line);
        }
    }
    Some(out)
}
