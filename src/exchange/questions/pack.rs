//! Packs: `[[question]]` tables in TOML. How deep they may nest is limited by the parser itself.

use serde::Deserialize;
use toml::Spanned;

use crate::exchange::lines::LineFinder;
use crate::exchange::questions::basket::Basket;
use crate::exchange::questions::listed::fields;

/// The part of a pack that matters here; everything else in it is left alone.
#[derive(Deserialize)]
struct Pack {
    #[serde(default, alias = "questions")]
    question: Vec<Spanned<toml::Value>>,
}

pub(super) fn parse(text: &str, basket: &mut Basket, known: &dyn Fn(&str) -> bool) {
    let mut lines = LineFinder::new(text);
    let pack: Pack = match toml::from_str(text) {
        Ok(pack) => pack,
        Err(error) => {
            let line = lines.at(error.span().map_or(0, |span| span.start));
            let what = error.message().lines().next().unwrap_or("this is no TOML");
            basket.fault(line, format!("{what}; nothing was read"));
            return;
        }
    };
    if pack.question.is_empty() {
        basket.fault(1, "there is no [[question]] in the file");
    }
    for question in pack.question {
        let line = lines.at(question.span().start);
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
            return;
        }
    }
}
