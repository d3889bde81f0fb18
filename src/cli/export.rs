//! `circlet export`: minutes, actions, plans, questions, a calendar and everything.

mod actions;
mod all;
mod minutes;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use crate::cli::Cx;
use crate::cli::calendar::{self, Calendar};
use crate::cli::error::{CliError, Exit, Outcome, sentence};
use crate::cli::place::{absolute, shown};
use crate::cli::plan::plan_text;
use crate::domain::document::Document;
use crate::domain::id::{Kind, Space};
use crate::domain::question::{Question, QuestionKind};
use crate::domain::text::fold;
use crate::exchange::{self, out, questions};

/// What to write out.
#[derive(Clone, Debug, Subcommand)]
pub enum What {
    /// The minutes of a session
    Minutes(minutes::Minutes),
    /// Actions, for reading, for calendars and for other programs
    Actions(actions::Actions),
    /// The plan of a session, in Markdown that "circlet session plan --from" reads
    Plan {
        /// Number or uid; without it the running session, else the next one
        session: Option<String>,
        #[command(flatten)]
        to: To,
    },
    /// Questions of the bank, in a format that "circlet question import" reads
    Questions {
        /// How; JSON, CSV and TOML keep every field
        #[arg(long, value_enum)]
        format: Option<Layout>,
        /// About this
        #[arg(long)]
        theme: Option<String>,
        /// Of this kind
        #[arg(long)]
        kind: Option<QuestionKind>,
        /// With a star
        #[arg(long)]
        starred: bool,
        #[command(flatten)]
        to: To,
    },
    /// The meetings of a circle for calendar programs; written again, it updates them
    Calendar(Calendar),
    /// What to read until when, as whole days for calendar programs; written again, it updates them
    Reading {
        #[command(flatten)]
        to: To,
    },
    /// Everything, in JSON that "circlet import" reads
    All(all::All),
}

/// Where to write to.
#[derive(Clone, Debug, Args)]
pub struct To {
    /// Into this file instead of to the terminal; readable by you alone
    #[arg(short, long, visible_alias = "out", value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if there is one
    #[arg(long, requires = "output")]
    force: bool,
}

impl To {
    /// The file that is meant; `-` is the terminal, or wherever a pipe leads.
    fn file(&self) -> Option<&PathBuf> {
        self.output.as_ref().filter(|path| path.as_os_str() != "-")
    }
}

/// How questions are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Layout {
    /// Markdown.
    Md,
    /// A table.
    Csv,
    /// JSON.
    Json,
    /// A pack.
    Toml,
    /// One question a line.
    Txt,
}

pub(super) fn run(cx: &mut Cx<'_, '_>, what: What) -> Outcome {
    match what {
        What::Minutes(asked) => minutes::write(cx, &asked),
        What::Actions(asked) => actions::write(cx, &asked),
        What::Plan { session, to } => {
            let text = plan_text(cx, session.as_deref())?;
            put(cx, &to, &text)?;
            Ok(Exit::Done)
        }
        What::Questions {
            format,
            theme,
            kind,
            starred,
            to,
        } => {
            let wanted = Wanted {
                theme: theme.as_deref().map(fold),
                kind,
                starred,
            };
            write_questions(cx, &wanted, format, &to)
        }
        What::Calendar(asked) => calendar::write(cx, &asked),
        What::Reading { to } => calendar::write_reading(cx, &to),
        What::All(asked) => all::write(cx, &asked),
    }
}

/// Which questions are written.
struct Wanted {
    /// Folded.
    theme: Option<String>,
    kind: Option<QuestionKind>,
    starred: bool,
}

impl Wanted {
    fn has(&self, question: &Question) -> bool {
        let theme = self.theme.as_ref();
        question.trashed.is_none()
            && (question.starred || !self.starred)
            && self.kind.is_none_or(|kind| kind == question.kind)
            && theme.is_none_or(|theme| fold(&question.theme) == *theme)
    }
}

fn write_questions(
    cx: &mut Cx<'_, '_>,
    wanted: &Wanted,
    layout: Option<Layout>,
    to: &To,
) -> Outcome {
    let bank = cx.desk.scan(Space::Org, Kind::Question)?;
    let mut found: Vec<Question> = bank
        .into_iter()
        .filter_map(|(_, document)| match document {
            Document::Question(question) if wanted.has(&question) => Some(question),
            _ => None,
        })
        .collect();
    if found.is_empty() {
        cx.out
            .note("No question of the bank fits; nothing was written.");
        return Ok(Exit::Done);
    }
    found.sort_by_key(|question| question.number);
    let format = match layout {
        None if cx.global.json => exchange::Format::Json,
        None | Some(Layout::Md) => exchange::Format::Markdown,
        Some(Layout::Csv) => exchange::Format::Csv,
        Some(Layout::Json) => exchange::Format::Json,
        Some(Layout::Toml) => exchange::Format::Toml,
        Some(Layout::Txt) => exchange::Format::Text,
    };
    let text = questions::write(&found, format).map_err(|why| {
        CliError::failed(format!(
            "The questions cannot be written as {}: {why}.",
            format.as_str()
        ))
    })?;
    put(cx, to, &text)?;
    if questions::is_short(format) {
        cx.out.note(&format!(
            "{} has words, themes and follow-ups alone; --format json keeps every field.",
            sentence(format.as_str()).trim_end_matches('.')
        ));
    }
    Ok(Exit::Done)
}

/// Writes into the file that was named, else to stdout.
pub(super) fn put(cx: &mut Cx<'_, '_>, to: &To, text: &str) -> Result<(), CliError> {
    put_and_tell(cx, to, text, &[])
}

/// The same, and says what whoever writes the file has to know of it.
pub(super) fn put_and_tell(
    cx: &mut Cx<'_, '_>,
    to: &To,
    text: &str,
    told: &[String],
) -> Result<(), CliError> {
    if let Some(path) = to.file() {
        out::write_new(path, text.as_bytes(), to.force)
            .map_err(|error| CliError::failed(error.to_string()))?;
    } else {
        cx.out.text(text);
    }
    tell_written(cx, to, told);
    Ok(())
}

/// Names the file, if there is one, and says what has to be known of it: to a person beside the output, to a
/// program in the receipt too.
fn tell_written(cx: &mut Cx<'_, '_>, to: &To, told: &[String]) {
    if let Some(path) = to.file() {
        let path = shown(&absolute(path));
        if cx.global.json {
            cx.out.json(&json!({
                "schema": "circlet.written/1",
                "file": path,
                "warnings": told,
            }));
        } else {
            cx.out.line(&format!("wrote {path}"));
        }
    }
    for words in told {
        cx.out.note(&sentence(words));
    }
}
