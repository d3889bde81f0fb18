//! A text before Markdown reads it: bullets as it knows them, and pieces that fit into one tree.

use std::borrow::Cow;

use crate::exchange::lines::TREE_BYTES;
use crate::exchange::questions::bullet;

/// Bytes from which on a long text is cut at the next place that allows it.
const PIECE: usize = 512 * 1024;
/// Signs before a row of a list that Markdown does not know.
const FOREIGN: [char; 3] = ['•', '◦', '–'];
/// From so many spaces on a line is code.
const CODE: usize = 4;

/// Bullets as programs save them from a page, as Markdown has them: another sign is a hyphen, and where all of them are
/// far in, so that they would be code, every line moves out. Lines stay lines.
pub(super) fn tidied(text: &str) -> Cow<'_, str> {
    let far = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let listed = || {
        text.lines()
            .filter(|line| bullet(line.trim_start()).is_some())
    };
    let out = listed().map(far).min().filter(|out| *out >= CODE);
    let foreign = |line: &str| line.trim_start().starts_with(FOREIGN);
    if out.is_none() && !listed().any(foreign) {
        return Cow::Borrowed(text);
    }
    let mut tidied = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let out = out.unwrap_or(0).min(far(line));
        let line = line.get(out..).unwrap_or(line);
        let words = line.trim_start();
        if bullet(words).is_some() && words.starts_with(FOREIGN) {
            tidied.push_str(line.get(..line.len() - words.len()).unwrap_or_default());
            tidied.push('-');
            tidied.push_str(words.trim_start_matches(FOREIGN));
        } else {
            tidied.push_str(line);
        }
    }
    Cow::Owned(tidied)
}

/// A text that is too long for one tree, cut where a heading or an outermost bullet begins, with the number of lines
/// before each piece.
pub(super) fn pieces(text: &str) -> Vec<(usize, &str)> {
    if text.len() <= TREE_BYTES {
        return vec![(0, text)];
    }
    let mut pieces = Vec::new();
    let (mut begin, mut before, mut fence) = (0, 0, None);
    let mut end = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| line.trim_start().starts_with(mark));
        let begins = line.starts_with('#') || bullet(line).is_some();
        if fence.is_none() && begins && end - begin >= PIECE {
            pieces.push((before, text.get(begin..end).unwrap_or_default()));
            (begin, before) = (end, number);
        }
        fence = match (fence, mark) {
            (None, mark) => mark,
            (Some(open), Some(mark)) if open == mark => None,
            (open, _) => open,
        };
        end += line.len();
    }
    pieces.push((before, text.get(begin..).unwrap_or_default()));
    pieces
}
