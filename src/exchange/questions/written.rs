//! Questions written out, in the formats that are read in: what a format can hold comes back the same.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::domain::question::Question;
use crate::domain::text::Clean;
use crate::exchange::Format;
use crate::exchange::guard::guarded;
use crate::exchange::questions::columns::told_follow_ups;
use crate::exchange::questions::{SCHEMA, asks};

/// The columns of a table of questions.
const COLUMNS: [&str; 11] = [
    "question",
    "theme",
    "depth",
    "kind",
    "competency",
    "minutes",
    "source",
    "language",
    "follow-ups",
    "starred",
    "uid",
];

/// A question with every field that packs and JSON have.
#[derive(Serialize)]
struct Row<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "<[Clean]>::is_empty")]
    follow_ups: &'a [Clean],
    #[serde(skip_serializing_if = "str::is_empty")]
    theme: &'a str,
    depth: &'static str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    competency: Option<&'a str>,
    minutes: u16,
    #[serde(skip_serializing_if = "str::is_empty")]
    source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    starred: bool,
    uid: String,
}

impl<'a> From<&'a Question> for Row<'a> {
    fn from(question: &'a Question) -> Self {
        Self {
            text: &question.text,
            follow_ups: &question.follow_ups,
            theme: &question.theme,
            depth: question.depth.as_str(),
            kind: question.kind.as_str(),
            competency: question.competency.as_deref(),
            minutes: question.minutes,
            source: &question.source,
            language: question.language.as_deref(),
            starred: question.starred,
            uid: question.id.to_string(),
        }
    }
}

/// Writes questions out.
///
/// # Errors
/// In words, when a text cannot be expressed in the format.
pub fn write(questions: &[Question], format: Format) -> Result<String, String> {
    match format {
        Format::Text => Ok(by_theme(questions, &PLAIN)),
        Format::Markdown => Ok(by_theme(questions, &MARKDOWN)),
        Format::Csv => table(questions),
        Format::Json => {
            #[derive(Serialize)]
            struct List<'a> {
                schema: &'static str,
                items: Vec<Row<'a>>,
            }
            let list = List {
                schema: SCHEMA,
                items: questions.iter().map(Row::from).collect(),
            };
            let text = serde_json::to_string_pretty(&list).map_err(|error| error.to_string())?;
            Ok(text + "\n")
        }
        Format::Toml => {
            #[derive(Serialize)]
            struct Pack<'a> {
                question: Vec<Row<'a>>,
            }
            let question = questions.iter().map(Row::from).collect();
            toml::to_string(&Pack { question }).map_err(|error| error.to_string())
        }
    }
}

/// Whether the format has no place for some of the fields.
pub const fn is_short(format: Format) -> bool {
    match format {
        Format::Text | Format::Markdown => true,
        Format::Csv | Format::Json | Format::Toml => false,
    }
}

fn table(questions: &[Question]) -> Result<String, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| error.to_string();
    writer.write_record(COLUMNS).map_err(failed)?;
    for question in questions {
        let cells = [
            question.text.to_string(),
            question.theme.to_string(),
            question.depth.to_string(),
            question.kind.to_string(),
            question
                .competency
                .as_deref()
                .unwrap_or_default()
                .to_owned(),
            question.minutes.to_string(),
            question.source.to_string(),
            question.language.as_deref().unwrap_or_default().to_owned(),
            told_follow_ups(&question.follow_ups),
            if question.starred { "yes" } else { "" }.to_owned(),
            question.id.to_string(),
        ];
        writer.write_record(cells.map(guarded)).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

/// How a list with headings is written.
struct Style {
    heading: &'static str,
    /// Where it follows under the heading of a theme that not all of a list asks.
    label: Option<&'static str>,
    indent: &'static str,
    escape: fn(&str) -> String,
}

const PLAIN: Style = Style {
    heading: "# ",
    label: None,
    indent: "  - ",
    escape: str::to_owned,
};

const MARKDOWN: Style = Style {
    heading: "## ",
    label: Some("### Questions"),
    indent: "  - ",
    escape: escaped,
};

/// Questions under the headings of their themes; those without one stand before all headings.
fn by_theme(questions: &[Question], style: &Style) -> String {
    let mut themes: BTreeMap<&str, Vec<&Question>> = BTreeMap::new();
    for question in questions {
        themes.entry(&question.theme).or_default().push(question);
    }
    let mut out = String::new();
    for (theme, questions) in themes {
        if !out.is_empty() {
            out.push('\n');
        }
        if !theme.is_empty() {
            let _ = writeln!(out, "{}{}\n", style.heading, (style.escape)(theme));
        }
        let says = questions.iter().any(|question| !asks(&question.text));
        if let (true, Some(label)) = (says, style.label) {
            out.push_str(label);
            out.push_str("\n\n");
        }
        for question in questions {
            let _ = writeln!(out, "- {}", (style.escape)(&question.text));
            for more in &question.follow_ups {
                let _ = writeln!(out, "{}{}", style.indent, (style.escape)(more));
            }
        }
    }
    out
}

/// Text in which nothing is read as a sign of Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    for (place, c) in text.chars().enumerate() {
        let leads = place == 0 && "#-+=".contains(c);
        let numbers = digits > 0 && place == digits && ".)".contains(c);
        if leads || numbers || "\\`*_[]<>&~|".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests;
