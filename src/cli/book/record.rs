//! `circlet book record`.

use clap::{Args, ValueEnum};

use super::which;
use crate::cli::Cx;
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::export::{To, put_and_tell};
use crate::cli::out::json_text;
use crate::domain::names::Naming;
use crate::engine::book_record::Gathering;
use crate::exchange::book_record::{markdown, to_json};

/// Which record, and how.
#[derive(Clone, Debug, Args)]
pub struct Record {
    /// Which book; without it the one being read, or the one read last before its first meeting
    id: Option<String>,
    /// How; Markdown where nothing is said
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// People by number in place of their names
    #[arg(long)]
    no_names: bool,
    #[command(flatten)]
    to: To,
}

/// How a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown
    Md,
    /// JSON
    Json,
}

pub(super) fn record(cx: &mut Cx<'_, '_>, asked: &Record) -> Outcome {
    let zone = cx.desk.view().zone;
    let mut gathering = if let Some(named) = asked.id.as_deref() {
        let (circle, book) = which(cx, Some(named))?;
        Gathering::new(circle, book.id, zone)
    } else {
        let circle = cx.desk.circle(cx.global)?.id;
        let today = cx.desk.view().today();
        Gathering::usual(cx.desk.state(), circle, today, zone)
    };
    while let Some(query) = gathering.next() {
        let answer = cx.desk.ask(query)?;
        gathering
            .take(&answer)
            .map_err(|error| CliError::store(format!("A document cannot be read: {error}.")))?;
    }
    let naming = if asked.no_names {
        Naming::Numbered
    } else {
        Naming::Full
    };
    let record = gathering.record(cx.desk.state(), naming).ok_or_else(|| {
        CliError::failed("No book has been read here. Name one: circlet book list --all")
    })?;
    let format = match asked.format {
        Some(format) => format,
        None if cx.global.json => Format::Json,
        None => Format::Md,
    };
    let text = match format {
        Format::Md => markdown(&record, zone),
        Format::Json => json_text(&to_json(&record)) + "\n",
    };
    let told: Vec<String> = record.left_out.words().into_iter().collect();
    put_and_tell(cx, &asked.to, &text, &told)?;
    Ok(Exit::Done)
}
