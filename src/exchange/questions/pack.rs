//! Packs: `[[question]]` tables in TOML. How deep they may nest is limited by the parser itself.

use serde::Deserialize;
use toml::Spanned;

use crate::exchange::lines::{LineFinder, numbered};
use crate::exchange::questions::basket::Basket;
use crate::exchange::questions::listed::fields;

/// The part of a pack that matters here; everything else in it is left alone.
#[derive(Deserialize)]
struct Pack {
    #[serde(default, alias = "questions")]
    question: Vec<Spanned<toml::Value>>,
}

pub(super) fn parse(text: &str, basket: &mut Basket, known: &dyn Fn(&str) -> bool) {
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
    let parts = parts(text);
    if parts.len() < 2 {
        let place = error.span().map_or(0, |span| span.start);
        let line = LineFinder::new(text).at(place);
        basket.fault(line, format!("{}; nothing was read", what(error)));
        return;
    }
    for (before, part) in parts {
        let more = match toml::from_str::<Pack>(&part) {
            Ok(pack) => take(pack, (&part, before), basket, known),
            Err(error) => {
                let place = error.span().map_or(0, |span| span.start);
                let line = before + LineFinder::new(&part).at(place);
                basket.fault(line, format!("{}; this part was left out", what(&error)));
                basket.room(line)
            }
        };
        if !more {
            return;
        }
    }
}

/// The text cut before each header of a question, with the number of lines before each part.
fn parts(text: &str) -> Vec<(usize, String)> {
    let mut parts = vec![(0, String::new())];
    for (line, words) in numbered(text) {
        if matches!(words.trim(), "[[question]]" | "[[questions]]") {
            parts.push((line - 1, String::new()));
        }
        if let Some((_, part)) = parts.last_mut() {
            part.push_str(words);
            part.push('\n');
        }
    }
    parts.retain(|(_, part)| !part.trim().is_empty());
    parts
}

fn what(error: &toml::de::Error) -> &str {
    error.message().lines().next().unwrap_or("this is no TOML")
}
