//! Several lines from elsewhere, pasted into the field or piped in: one note, or one item each.
//!
//! What mail programs, chats and lists put before the words of a line is taken off: quoting, bullets,
//! numbers, the time of a message. An empty box makes an action; a ticked one stays, since what is done is
//! nothing to take on.

use crate::domain::capture::Kind;
use crate::domain::rhythm::read_time;
use crate::domain::text::{Clean, Limit, TextError};

/// Most characters of a name before a colon in a chat.
const MOST_NAME: usize = 40;
/// The bullets of lists.
const BULLETS: [char; 10] = [
    '-', '*', '\u{2022}', '\u{25e6}', '\u{25aa}', '\u{2023}', '\u{b7}', '\u{2013}', '\u{2014}',
    '\u{2043}',
];
/// Boxes that wait to be ticked.
const BOXES: [&str; 3] = ["[ ]", "[]", "\u{2610}"];

/// Text that came in with line breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paste {
    /// Everything, as one note.
    pub whole: Clean,
    /// Each line that has words, to be read with [`Opening::Letter`](super::Opening::Letter).
    pub lines: Vec<String>,
}

/// Splits pasted text; `None` when it has at most one line with words, which is then just typed.
///
/// # Errors
/// When it is longer than any text may be. Nothing of it is taken then: what was cut off would be missed too late.
pub fn paste(text: &str) -> Result<Option<Paste>, TextError> {
    let whole = Clean::text_within(text, Limit::Value)?;
    let lines: Vec<String> = lines(&whole).map(|(_, line)| line).collect();
    Ok((lines.len() > 1).then_some(Paste { whole, lines }))
}

/// The lines of a text that have words, each with its number from 1 and as it is read.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, String)> {
    text.lines()
        .enumerate()
        .map(|(place, line)| (place + 1, bare(line)))
        .filter(|(_, line)| line.contains(char::is_alphanumeric))
}

/// A line without what stood before its words.
fn bare(line: &str) -> String {
    let line = without_quoting(line.trim());
    let line = without_bullet(line);
    let boxed = BOXES.iter().find_map(|mark| rest(line, mark));
    if let Some(words) = boxed {
        return match first_letter(words) {
            Some(_) => words.to_owned(),
            None if words.is_empty() => String::new(),
            None => format!("{} {words}", Kind::Action.letter()),
        };
    }
    without_stamp(line).unwrap_or(line).trim().to_owned()
}

/// What stands behind a mark and a blank, or behind a mark that ends the line.
fn rest<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    let behind = line.strip_prefix(mark)?;
    (behind.is_empty() || behind.starts_with(char::is_whitespace)).then(|| behind.trim_start())
}

fn first_letter(words: &str) -> Option<Kind> {
    let (first, behind) = words.split_once(char::is_whitespace)?;
    Kind::from_letter(first).filter(|_| !behind.trim().is_empty())
}

fn without_quoting(mut line: &str) -> &str {
    while let Some(behind) = line.strip_prefix('>') {
        line = behind.trim_start();
    }
    line
}

fn without_bullet(line: &str) -> &str {
    let numbered = || {
        let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = line.len() - behind.len();
        let behind = behind.strip_prefix(['.', ')'])?;
        (1..=3).contains(&digits).then_some(behind)
    };
    line.strip_prefix(BULLETS)
        .or_else(numbered)
        .filter(|behind| behind.starts_with(char::is_whitespace))
        .map_or(line, str::trim_start)
}

/// A line of a chat without its time: `[15:04] Jun: a Send deck`, `15:04:11 Jun: so be it`. Whoever wrote it
/// stays, unless a kind is named behind the colon.
fn without_stamp(line: &str) -> Option<&str> {
    let said = if let Some(inner) = line.strip_prefix('[') {
        let (stamp, said) = inner.split_once(']')?;
        stamp.split([' ', ',']).any(is_time).then_some(said)?
    } else {
        let (stamp, said) = line.split_once(char::is_whitespace)?;
        is_time(stamp).then_some(said)?
    };
    let said = said
        .trim_start()
        .trim_start_matches(['-', '\u{2013}'])
        .trim_start();
    let behind = said
        .split_once(": ")
        .filter(|(name, _)| name.chars().count() <= MOST_NAME)
        .map(|(_, behind)| behind.trim_start())
        .filter(|behind| first_letter(behind).is_some());
    Some(behind.unwrap_or(said))
}

/// `15:04`, `3:04pm`, `15:04:11`.
fn is_time(word: &str) -> bool {
    let word = word.to_lowercase();
    let minutes = match word.rsplit_once(':') {
        Some((head, seconds)) if head.contains(':') && seconds.len() == 2 => head,
        _ => word.as_str(),
    };
    minutes.contains(':') && read_time(minutes).is_some()
}

impl Paste {
    /// `4 lines`.
    pub fn title(&self) -> String {
        format!("{} lines", self.lines.len())
    }

    /// What can be done with it, numbered from 1: `one note`, `four items`, `keep editing`.
    pub fn choices(&self) -> [String; 3] {
        // A digit beside the digit that picks it would be read as one number.
        let count = match self.lines.len() {
            2 => "two".to_owned(),
            3 => "three".to_owned(),
            4 => "four".to_owned(),
            5 => "five".to_owned(),
            6 => "six".to_owned(),
            7 => "seven".to_owned(),
            8 => "eight".to_owned(),
            9 => "nine".to_owned(),
            many => many.to_string(),
        };
        [
            "one note".to_owned(),
            format!("{count} items"),
            "keep editing".to_owned(),
        ]
    }
}
