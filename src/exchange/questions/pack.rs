//! Packs: `[[question]]` tables in TOML. How deep they may nest is limited by the parser itself.

use serde::Deserialize;
use toml::Spanned;

use crate::exchange::lines::{LineFinder, TREE_BYTES};
use crate::exchange::questions::basket::Basket;
use crate::exchange::questions::listed::fields;

/// The part of a pack that matters here; everything else in it is left alone.
#[derive(Deserialize)]
struct Pack {
    #[serde(default, alias = "questions")]
    question: Vec<Spanned<toml::Value>>,
}

pub(super) fn parse(text: &str, basket: &mut Basket, known: &dyn Fn(&str) -> bool) {
    if text.len() > TREE_BYTES {
        for (before, part) in parts(text) {
            if !take_part((part, before), basket, known) {
                return;
            }
        }
        return;
    }
    match toml::from_str::<Pack>(text) {
        Ok(pack) => {
            if pack.question.is_empty() {
                basket.fault(1, "there is no [[question]] in the file");
            }
            take(pack, (text, 0), basket, known);
        }
        Err(error) => in_parts(text, &error, basket, known),
    }
}

/// Takes questions from a text that begins behind so many lines. `false` when no more are read.
fn take(
    pack: Pack,
    (text, before): (&str, usize),
    basket: &mut Basket,
    known: &dyn Fn(&str) -> bool,
) -> bool {
    let mut lines = LineFinder::new(text);
    for question in pack.question {
        let line = before + lines.at(question.span().start);
        let raw = serde_json::to_value(question.into_inner())
            .map_err(|_unlike_json| "a question is made of texts and numbers".to_owned())
            .and_then(|value| fields(line, &value));
        let more = match raw {
            Ok(raw) => basket.take(&raw, known),
            Err(what) => {
                basket.fault(line, what);
                basket.room(line)
            }
        };
        if !more {
            return false;
        }
    }
    true
}

/// A slip of the pen in one question must not cost the others: the text is read again from header to header.
fn in_parts(
    text: &str,
    error: &toml::de::Error,
    basket: &mut Basket,
    known: &dyn Fn(&str) -> bool,
) {
    if parts(text).nth(1).is_none() {
        let place = error.span().map_or(0, |span| span.start);
        let line = LineFinder::new(text).at(place);
        basket.fault(line, format!("{}; nothing was read", what(error)));
        return;
    }
    for (before, part) in parts(text) {
        if !take_part((part, before), basket, known) {
            return;
        }
    }
}

/// Takes what stands from one header to the next. `false` when no more are read.
fn take_part(
    (part, before): (&str, usize),
    basket: &mut Basket,
    known: &dyn Fn(&str) -> bool,
) -> bool {
    if part.len() > TREE_BYTES {
        let what = "what begins here has more than 6 MB; this part was left out";
        basket.fault(before + 1, what);
        return basket.room(before + 1);
    }
    match toml::from_str::<Pack>(part) {
        Ok(pack) => take(pack, (part, before), basket, known),
        Err(error) => {
            let place = error.span().map_or(0, |span| span.start);
            let line = before + LineFinder::new(part).at(place);
            basket.fault(line, format!("{}; this part was left out", what(&error)));
            basket.room(line)
        }
    }
}

/// The text cut before each header of a question, with the number of lines before each part.
fn parts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let (mut before, mut rest) = (0, text);
    let cut = move || {
        let (lines, bytes) = part(rest);
        let (this, behind) = rest.split_at_checked(bytes).filter(|_| bytes > 0)?;
        let found = (before, this);
        (before, rest) = (before + lines, behind);
        Some(found)
    };
    std::iter::from_fn(cut).filter(|(_, part)| !part.trim().is_empty())
}

/// Lines and bytes up to the next header behind the first line, or to the end.
fn part(text: &str) -> (usize, usize) {
    let (mut lines, mut bytes) = (0, 0);
    for line in text.split_inclusive('\n') {
        if lines > 0 && matches!(line.trim(), "[[question]]" | "[[questions]]") {
            break;
        }
        lines += 1;
        bytes += line.len();
    }
    (lines, bytes)
}

fn what(error: &toml::de::Error) -> &str {
    error.message().lines().next().unwrap_or("this is no TOML")
}
