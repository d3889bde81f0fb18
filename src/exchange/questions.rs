//! Reading questions from plain text, Markdown, CSV, JSON and packs in TOML, and writing them out again.
//!
//! Pure over text, linear in its length, without a panic for any input. What is taken, left out and
//! wrong comes back together for a person to look at; nothing is saved here.

use crate::domain::question::DraftQuestion;
use crate::domain::text::Clean;
use crate::exchange::input::Input;
use crate::exchange::lines::{controls, numbered, without_long_lines};
use crate::exchange::questions::basket::{Basket, RawQuestion};
use crate::exchange::{Fault, Format, LeftOut, json, table};

mod article;
mod bank;
mod basket;
mod columns;
mod listed;
mod markdown;
mod pack;
mod written;

pub use bank::Bank;
pub use written::{is_short, write};

/// The schema of circlet's own list of questions in JSON.
pub const SCHEMA: &str = "circlet.questions/1";

/// What a file of questions holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// What would be added, in the order of the file.
    pub questions: Vec<DraftQuestion>,
    /// What stays out although nothing is wrong with it.
    pub left: Vec<LeftOut>,
    /// How many of these are in the bank already.
    pub known: usize,
    /// What is wrong, by line.
    pub faults: Vec<Fault>,
    /// What a person should know about the whole.
    pub notes: Vec<String>,
}

/// Takes the questions out of what was read. `known` says whether the bank has a question with the key
/// that [`same_words`](crate::domain::question::same_words) gives.
pub fn take(input: &Input, known: &dyn Fn(&str) -> bool) -> Taken {
    let mut taken = parse(&input.text, input.format, known);
    taken.notes.splice(0..0, input.notes.iter().cloned());
    let source = Clean::line(&input.name);
    for question in &mut taken.questions {
        if question.source.is_empty() {
            question.source = source.clone();
        }
    }
    taken
}

/// Takes the questions out of `text`, laid out as `format` says or, without one, as it looks.
pub fn parse(text: &str, format: Option<Format>, known: &dyn Fn(&str) -> bool) -> Taken {
    let mut basket = Basket::default();
    let shorter = without_long_lines_unless_json(text, format, &mut basket.faults);
    let text = shorter.as_deref().unwrap_or(text);
    let format = layout(text, format);
    if text.trim().is_empty() {
        if basket.faults.is_empty() {
            basket.fault(1, "the file is empty");
        }
        return taken(basket);
    }
    match format {
        Format::Text if article::is_article(text) => article::parse(text, &mut basket, known),
        Format::Text => plain(text, &mut basket, known),
        Format::Markdown => markdown::parse(text, &mut basket, known),
        Format::Csv => columns::parse(text, &mut basket, known),
        Format::Json => listed::parse(text, &mut basket, known),
        Format::Toml => pack::parse(text, &mut basket, known),
    }
    if basket.holds_nothing() {
        basket.fault(1, "no question was found");
    }
    basket.notes.extend(controls(text));
    taken(basket)
}

fn taken(mut basket: Basket) -> Taken {
    basket.faults.sort_by_key(|fault| fault.line);
    basket.left.sort_by_key(|left| left.line);
    Taken {
        questions: basket.questions,
        left: basket.left,
        known: basket.known,
        faults: basket.faults,
        notes: basket.notes,
    }
}

/// JSON written by programs is often one long line; there the limit holds for each row instead.
fn without_long_lines_unless_json(
    text: &str,
    format: Option<Format>,
    faults: &mut Vec<Fault>,
) -> Option<String> {
    if format == Some(Format::Json) || (format.is_none() && looks_like_json(text)) {
        return None;
    }
    without_long_lines(text, faults)
}

fn looks_like_json(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('{') || (text.starts_with('[') && !text.starts_with("[["))
}

/// The name of a file is believed, but for plain text, which may hold anything.
fn layout(text: &str, format: Option<Format>) -> Format {
    match format {
        Some(Format::Text) | None => {}
        Some(format) => return format,
    }
    if looks_like_json(text) && json::rows(text, &["items", "questions"]).faults.is_empty() {
        return Format::Json;
    }
    let head = || numbered(text).map(|(_, line)| line).take(2_000);
    if head().any(|line| matches!(line.trim(), "[[question]]" | "[[questions]]")) {
        return Format::Toml;
    }
    let first = head()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let sign = char::from(table::separator(first));
    if bullet(first.trim_start()).is_none()
        && first.contains(sign)
        && !table::read(first, &columns::TEXT).header.is_empty()
    {
        return Format::Csv;
    }
    // Bullets among lines that are no questions: an article, not a list.
    let bullets = head()
        .filter(|line| bullet(line.trim_start()).is_some())
        .count();
    let prose = head()
        .filter(|line| !line.trim().is_empty() && bullet(line.trim_start()).is_none())
        .filter(|line| !asks(line) && !line.starts_with('#'))
        .count();
    if bullets > 0 && prose > 0 {
        Format::Markdown
    } else {
        Format::Text
    }
}

/// The text behind a bullet or a number; `None` when there is none.
pub(super) fn bullet(line: &str) -> Option<&str> {
    let rest = line
        .strip_prefix(['-', '*', '+', '•', '◦', '–'])
        .or_else(|| {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = line.len() - rest.len();
            (1..=6)
                .contains(&digits)
                .then(|| rest.strip_prefix(['.', ')']))
                .flatten()
        })?;
    rest.starts_with([' ', '\t']).then(|| rest.trim())
}

/// Whether it ends by asking.
pub(super) fn asks(text: &str) -> bool {
    text.trim_end_matches(|c: char| c.is_whitespace() || "\"')]*_”’».".contains(c))
        .ends_with(['?', '？', '؟', '՞', '⁇'])
}

/// One question a line; `#` begins a theme, an indented bullet is a follow-up of the line above.
fn plain(text: &str, basket: &mut Basket, known: &dyn Fn(&str) -> bool) {
    let mut theme = String::new();
    let mut row: Option<RawQuestion> = None;
    for (line, raw) in numbered(text) {
        let words = raw.trim();
        if words.is_empty() {
            continue;
        }
        if let Some(heading) = words.strip_prefix('#') {
            heading
                .trim_start_matches('#')
                .trim()
                .clone_into(&mut theme);
            continue;
        }
        let item = bullet(words);
        if let (true, Some(item), Some(row)) = (raw.starts_with([' ', '\t']), item, row.as_mut()) {
            row.follow_ups.push(item.to_owned());
            continue;
        }
        let next = RawQuestion {
            theme: theme.clone(),
            ..RawQuestion::new(line, item.unwrap_or(words))
        };
        if let Some(done) = row.replace(next)
            && !basket.take(&done, known)
        {
            return;
        }
    }
    if let Some(done) = row {
        basket.take(&done, known);
    }
}

#[cfg(test)]
mod tests;
