//! [`Clean`]: text that cannot drive a terminal, and the ways to compare, shorten and name things by it.
//!
//! Whatever a person typed, pasted or imported becomes [`Clean`] before anything keeps or shows it.
//! This module must not know where text comes from or where it is drawn.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

pub use crate::domain::text::fold::{confusable, fold, looks_like, same_words, skeleton, slug};

mod chars;
mod fold;

/// Most graphemes of a name.
pub const NAME_GRAPHEMES: usize = 200;
/// Most bytes of a name.
pub const NAME_BYTES: usize = 1_000;
/// Most bytes of a note.
pub const NOTE_BYTES: usize = 32 * 1024;
/// Most bytes of any text.
pub const VALUE_BYTES: usize = 64 * 1024;
/// Most combining marks on one letter; further ones are dropped.
pub const MARKS: usize = 16;

/// Stands where a control character was.
pub const REPLACED: char = '\u{FFFD}';
/// Stands where a character was that cannot be seen or that turns the direction of writing.
pub const MARKED: char = '◦';

/// How long a text may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// A name of a person, circle, session or theme: [`NAME_GRAPHEMES`] and [`NAME_BYTES`].
    Name,
    /// A note, an action, a decision, a question: [`NOTE_BYTES`].
    Note,
    /// Anything else: [`VALUE_BYTES`].
    Value,
}

/// Why a text cannot be taken. Its display is a full phrase without a final stop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// More graphemes than a name may have.
    #[error("this name has {0} letters; at most {NAME_GRAPHEMES} fit")]
    NameTooLong(usize),
    /// More bytes than the limit.
    #[error("this text has {size} bytes; at most {most} fit")]
    TooLong {
        /// How many bytes it has.
        size: usize,
        /// How many it may have.
        most: usize,
    },
    /// A name with nothing that can be read.
    #[error("a name needs at least one letter or digit")]
    NoName,
}

/// Text without control characters, hidden characters and direction marks, in NFC, at most
/// [`VALUE_BYTES`] long. Only cleaning makes it, also when it is read from JSON or TOML.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Clean(String);

impl Clean {
    /// One line: breaks and tabs become spaces, blanks at both ends go. Cut at [`VALUE_BYTES`].
    pub fn line(raw: &str) -> Self {
        let line = clean(raw, Lines::One);
        Self(cut_bytes(line.trim(), VALUE_BYTES).to_owned())
    }

    /// Text of several lines: `\n` and `\t` stay. Cut at [`VALUE_BYTES`].
    pub fn text(raw: &str) -> Self {
        let text = clean(raw, Lines::Many);
        Self(cut_bytes(&text, VALUE_BYTES).to_owned())
    }

    /// As [`line`](Self::line), but a text over the limit is refused instead of cut.
    pub fn line_within(raw: &str, limit: Limit) -> Result<Self, TextError> {
        let line = clean(raw, Lines::One).trim().to_owned();
        limit.check(&line)?;
        Ok(Self(line))
    }

    /// As [`text`](Self::text), but a text over the limit is refused instead of cut.
    pub fn text_within(raw: &str, limit: Limit) -> Result<Self, TextError> {
        let text = clean(raw, Lines::Many);
        limit.check(&text)?;
        Ok(Self(text))
    }

    /// A name: one line, single blanks between words, something to read in it, within [`Limit::Name`].
    pub fn name(raw: &str) -> Result<Self, TextError> {
        let name = words(&clean(raw, Lines::One));
        if !name.chars().any(chars::is_readable) {
            return Err(TextError::NoName);
        }
        Limit::Name.check(&name)?;
        Ok(Self(name))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Limit {
    /// Whether `text` keeps to it.
    pub fn check(self, text: &str) -> Result<(), TextError> {
        let most = match self {
            Self::Name => {
                // A text of few bytes has no more graphemes, so they need not be found.
                let graphemes = match text.len() {
                    few if few <= NAME_GRAPHEMES => few,
                    _ => text.graphemes(true).count(),
                };
                if graphemes > NAME_GRAPHEMES {
                    return Err(TextError::NameTooLong(graphemes));
                }
                NAME_BYTES
            }
            Self::Note => NOTE_BYTES,
            Self::Value => VALUE_BYTES,
        };
        if text.len() > most {
            return Err(TextError::TooLong {
                size: text.len(),
                most,
            });
        }
        Ok(())
    }
}

/// Whether line breaks and tabs may stay.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    One,
    Many,
}

/// The one way to [`Clean`] text. Linear in the length of `raw`; cleaning twice changes nothing more.
fn clean(raw: &str, lines: Lines) -> String {
    if is_plain(raw, lines) {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    let mut before = None;
    let mut marks = 0_usize;
    // Composing first means that the neighbours seen below are the ones that stay.
    let mut rest = raw.nfc().peekable();
    while let Some(c) = rest.next() {
        if c == '\r' && rest.peek() == Some(&'\n') {
            continue;
        }
        let next = rest.peek().copied();
        let c = match (chars::keep(c, before, next), lines) {
            ('\n' | '\t', Lines::One) => ' ',
            (c, _) => c,
        };
        if is_combining_mark(c) {
            marks += 1;
        } else if !chars::is_joiner(c) {
            marks = 0;
        }
        if marks <= MARKS {
            out.push(c);
            before = Some(c);
        }
    }
    out
}

/// Whether a text is clean as it is, seen without looking at its letters one by one: most texts are.
fn is_plain(raw: &str, lines: Lines) -> bool {
    raw.bytes().all(|byte| match byte {
        b' '..=b'~' => true,
        b'\n' | b'\t' => lines == Lines::Many,
        _ => false,
    })
}

/// Single blanks between words, none at the ends.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The longest beginning of `text` with at most `most` graphemes.
pub fn cut_graphemes(text: &str, most: usize) -> &str {
    text.grapheme_indices(true)
        .nth(most)
        .and_then(|(end, _)| text.get(..end))
        .unwrap_or(text)
}

/// The longest beginning of `text` with at most `most` bytes that ends between two graphemes; between
/// two characters where the first grapheme alone is longer.
pub fn cut_bytes(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let whole = text.floor_char_boundary(most);
    let head = text.get(..whole).unwrap_or_default();
    // One more character shows whether the last grapheme of the head goes on behind it.
    let more = text
        .get(whole..)
        .and_then(|rest| rest.chars().next())
        .map_or(whole, |c| whole + c.len_utf8());
    let end = text
        .get(..more)
        .unwrap_or_default()
        .grapheme_indices(true)
        .next_back()
        .map_or(0, |(start, _)| start);
    if end == 0 {
        head
    } else {
        text.get(..end).unwrap_or(head)
    }
}

impl Deref for Clean {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Clean {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Clean {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Clean {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Clean {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<Clean> for String {
    fn from(text: Clean) -> Self {
        text.0
    }
}

impl Serialize for Clean {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Clean {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = String::deserialize(deserializer)?;
        if raw.len() <= VALUE_BYTES && is_plain(&raw, Lines::Many) {
            return Ok(Self(raw));
        }
        Self::text_within(&raw, Limit::Value).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
