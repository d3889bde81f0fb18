//! Cutting a line into words. A quoted stretch is one word.

use std::ops::Range;

use crate::domain::book::Place;
use crate::domain::text::fold;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// As usual: it may be a token.
    Plain,
    /// Behind a backslash that is not part of it.
    Escaped,
    /// Begins with a quoted stretch, whose marks stay part of it.
    Quoted,
}

/// A word with its place in the line.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    pub(super) raw: &'a str,
    pub(super) range: Range<usize>,
    pub(super) shape: Shape,
}

/// What may stand before a quoted value: `@"Maria Okafor"`.
const PREFIXES: [&str; 6] = ["@", "#", "who:", "who=", "tag:", "tag="];

/// Marks that may follow a word in a sentence.
pub(super) const MARKS: [char; 5] = [',', ';', '.', ':', ')'];

const fn closing(c: char) -> Option<char> {
    match c {
        '"' => Some('"'),
        '\u{201C}' => Some('\u{201D}'),
        _ => None,
    }
}

/// All words of a line, in time linear in its length: every search for a closing mark either ends a word
/// there or is the last one for that mark.
pub(super) fn words(line: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut unclosed = Vec::new();
    let mut at = 0;
    while let Some(rest) = line.get(at..) {
        let Some((skip, _)) = rest.char_indices().find(|(_, c)| !c.is_whitespace()) else {
            break;
        };
        let start = at + skip;
        let (end, quoted) = end_of_word(line, start, &mut unclosed);
        let raw = line.get(start..end).unwrap_or_default();
        let shape = if quoted {
            Shape::Quoted
        } else if raw.strip_prefix('\\').is_some_and(token_like) {
            Shape::Escaped
        } else {
            Shape::Plain
        };
        let range = start..end;
        words.push(Word { raw, range, shape });
        at = end;
    }
    words
}

/// Where the word that begins at `start` ends, and whether it begins with a quote.
fn end_of_word(line: &str, start: usize, unclosed: &mut Vec<char>) -> (usize, bool) {
    let rest = line.get(start..).unwrap_or_default();
    for (offset, c) in rest.char_indices() {
        if c.is_whitespace() {
            return (start + offset, false);
        }
        let Some(close) = closing(c) else { continue };
        let before = rest.get(..offset).unwrap_or_default();
        let opens = before.is_empty() || is_prefix(before);
        if !opens || unclosed.contains(&close) {
            continue;
        }
        let from = offset + c.len_utf8();
        match rest.get(from..).and_then(|inner| inner.find(close)) {
            Some(inside) => {
                let after = from + inside + close.len_utf8();
                let tail = rest.get(after..).unwrap_or_default();
                let more = tail.find(char::is_whitespace).unwrap_or(tail.len());
                return (start + after + more, before.is_empty());
            }
            None => unclosed.push(close),
        }
    }
    (line.len(), false)
}

fn is_prefix(before: &str) -> bool {
    // Bounded, because it is asked at every quote of a word.
    if before.len() > 12 {
        return false;
    }
    let before = before.trim_start_matches('\\');
    PREFIXES
        .iter()
        .any(|prefix| before.eq_ignore_ascii_case(prefix))
}

/// Whether a word could be read as a token or as the beginning of one, so that a backslash before it means
/// "as it is". Elsewhere a backslash is a character like any other.
pub(super) fn token_like(word: &str) -> bool {
    let word = word.trim_start_matches('\\');
    if word.starts_with(['@', '#', '!', '+', '"', '\u{201C}']) {
        return true;
    }
    if word.len() > 24 {
        return false;
    }
    if Place::read(value(word)).is_some() {
        return true;
    }
    let word = fold(word);
    let head = word.split([':', '=']).next().unwrap_or_default();
    match head {
        "due" | "by" | "est" => true,
        "who" | "tag" | "for" => word.len() > head.len(),
        "ns" => word.len() == head.len(),
        _ => false,
    }
}

/// What stands behind a prefix, without quotes around it and without the punctuation that follows it in a
/// sentence.
pub(super) fn value(text: &str) -> &str {
    let text = text.trim_end_matches(MARKS);
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .or_else(|| {
            text.strip_prefix('\u{201C}')
                .and_then(|text| text.strip_suffix('\u{201D}'))
        });
    inner.unwrap_or(text)
}

/// The value of `key:value` or `key=value`, whatever the case of the key.
pub(super) fn keyed<'a>(word: &'a str, key: &str) -> Option<&'a str> {
    let (head, value) = word.split_once([':', '='])?;
    head.eq_ignore_ascii_case(key).then_some(value)
}
