//! `circlet question`: list, show, add, import, draw, rate, never, packs.

mod add;
mod deck;
mod packs;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::Accept;
use crate::cli::desk::unexpected;
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::rows::short;
use crate::cli::{Cx, Listed};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, Space};
use crate::domain::question::{Depth, Question, QuestionKind};
use crate::engine::query::{Answer, MOST_ROWS, Query, QuestionRow};

pub(super) use packs::{Packs, packs};

/// What can be done with the question bank.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// Questions of the bank
    List(List),
    /// Show one question
    Show {
        /// Q41 or uid
        id: String,
    },
    /// Add one question
    Add(Add),
    /// Add questions from a file: text, Markdown, CSV, JSON, TOML; - reads standard input
    Import {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        accept: Accept,
    },
    /// Draw questions that the circle was asked least
    Draw(deck::Draw),
    /// Say how well a question went that the circle was asked
    Rate {
        /// Q41 or uid
        id: String,
        /// From 1, not at all, to 5
        points: u8,
    },
    /// Leave a question out of what is drawn for the circle
    Never {
        /// Q41 or uid
        id: String,
        /// Take it in again
        #[arg(long)]
        undo: bool,
    },
    /// What comes with circlet
    Packs(Packs),
}

/// Which questions to list.
#[derive(Clone, Debug, Args)]
pub struct List {
    /// With all of these words
    words: Vec<String>,
    /// Of this kind
    #[arg(long)]
    kind: Option<QuestionKind>,
    /// About this
    #[arg(long)]
    theme: Option<String>,
    /// Training this
    #[arg(long)]
    competency: Option<String>,
    /// At most so many
    #[arg(long, default_value_t = MOST_ROWS)]
    limit: usize,
}

/// A question to add.
#[derive(Clone, Debug, Args)]
pub struct Add {
    /// The question
    text: String,
    /// What it is about
    #[arg(long)]
    theme: Option<String>,
    /// What it trains
    #[arg(long)]
    competency: Option<String>,
    /// The member who wrote it: told to the circle once they have spoken
    #[arg(long, value_name = "PERSON")]
    by: Option<String>,
    /// warm-up, reflect or deep
    #[arg(long, default_value_t)]
    depth: Depth,
    /// What it is for
    #[arg(long, default_value_t = QuestionKind::Reflection, value_parser = kind)]
    kind: QuestionKind,
    /// How long it takes
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=1440))]
    minutes: u16,
    /// What to ask next
    #[arg(long = "then", value_name = "TEXT")]
    follow_ups: Vec<String>,
}

fn kind(text: &str) -> Result<QuestionKind, String> {
    text.parse()
        .map_err(|error: crate::domain::question::UnknownWord| error.to_string())
}

pub(super) fn run(cx: &mut Cx<'_, '_>, verb: Verb) -> Outcome {
    match verb {
        Verb::List(which) => list(cx, &which),
        Verb::Show { id } => show(cx, &id),
        Verb::Add(question) => add::one(cx, &question),
        Verb::Import { file, accept } => add::import(cx, &file, accept),
        Verb::Draw(draw) => deck::draw(cx, &draw),
        Verb::Rate { id, points } => deck::rate(cx, &id, points),
        Verb::Never { id, undo } => deck::never(cx, &id, !undo),
        Verb::Packs(which) => packs::add(cx, &which),
    }
}

/// The circle whose memory counts: the one that is meant, if that is clear.
fn circle(cx: &Cx<'_, '_>) -> Result<Option<CircleId>, CliError> {
    match cx.desk.circle(cx.global) {
        Ok(circle) => Ok(Some(circle.id)),
        Err(error) if cx.global.circle.is_some() => Err(error),
        Err(_) => Ok(None),
    }
}

fn list(cx: &mut Cx<'_, '_>, which: &List) -> Outcome {
    let circle = circle(cx)?;
    let mut all: Vec<QuestionRow> = Vec::new();
    // An answer has a page at most; more are asked for until there are as many as wanted.
    let total = loop {
        let query = Query::Questions {
            words: which.words.join(" "),
            kind: which.kind,
            theme: which.theme.clone(),
            competency: which.competency.clone(),
            circle,
            skip: all.len(),
            limit: which.limit - all.len(),
        };
        let Answer::Questions { rows, total } = cx.desk.ask(query)? else {
            return Err(unexpected());
        };
        let done = rows.is_empty();
        all.extend(rows);
        if done || all.len() >= which.limit.min(total) {
            break total;
        }
    };
    tell(cx, &all);
    let shown = all.len();
    if shown < total {
        cx.out.note(&format!(
            "{shown} of {total} questions; add words, --kind, --theme or --competency, or a larger --limit."
        ));
    }
    Ok(Exit::Done)
}

fn tell(cx: &mut Cx<'_, '_>, rows: &[QuestionRow]) {
    let view = cx.desk.view();
    let cells = |row: &QuestionRow| {
        let question = &row.question;
        let asked = match (row.never, row.asked) {
            (true, _) => "never here".to_owned(),
            (false, 0) => String::new(),
            (false, times) => format!("asked {times}x"),
        };
        vec![
            short(Kind::Question, question.number),
            question.kind.title().to_owned(),
            question.depth.as_str().to_owned(),
            question.theme.to_string(),
            asked,
            question.text.to_string(),
        ]
    };
    let listed = Listed {
        items: rows
            .iter()
            .map(|row| view.question(None, &row.question, Some(row)))
            .collect(),
        cells: rows.iter().map(cells).collect(),
        empty: "No questions. Add the ones that come with circlet: circlet question packs --add starter",
    };
    cx.list("questions", &listed);
}

fn show(cx: &mut Cx<'_, '_>, id: &str) -> Outcome {
    let (key, document) = cx.desk.find(cx.global, Kind::Question, id)?;
    let Document::Question(question) = document else {
        return Err(CliError::failed("That is no question."));
    };
    let memory = match key.space {
        Space::Circle(circle) => Some(circle),
        Space::Org => circle(cx)?,
    };
    let asked = match memory {
        Some(circle) => {
            let key = Key::circle(circle, Kind::Asked, question.id.0);
            let mut found = cx.desk.documents(Query::Get(vec![key]))?;
            found.pop()
        }
        None => None,
    };
    let known = match &asked {
        Some((_, Document::Asked(asked))) => Some(asked),
        _ => None,
    };
    let own = match key.space {
        Space::Circle(circle) => Some(circle),
        Space::Org => None,
    };
    let row = QuestionRow::new(question, known);
    let mut lines = lines(&row.question);
    if memory.is_some() {
        lines.push(format!("  {}", row.told(cx.desk.now())));
    }
    if row.never {
        lines.push("  never drawn here".to_owned());
    }
    let known = memory.map(|_| &row);
    let json = cx.desk.view().question(own, &row.question, known);
    cx.show("question", json, &lines);
    Ok(Exit::Done)
}

fn lines(question: &Question) -> Vec<String> {
    let mut lines = vec![format!(
        "{}  {}",
        short(Kind::Question, question.number),
        question.text
    )];
    lines.extend(
        question
            .follow_ups
            .iter()
            .map(|more| format!("  then: {more}")),
    );
    let about = [
        question.kind.title().to_owned(),
        question.depth.to_string(),
        question.theme.to_string(),
        question
            .competency
            .as_ref()
            .map_or_else(String::new, |trains| format!("trains {trains}")),
        format!("{} min", question.minutes),
    ];
    let about: Vec<String> = about.into_iter().filter(|word| !word.is_empty()).collect();
    lines.push(format!("  {}", about.join(", ")));
    if !question.source.is_empty() {
        lines.push(format!("  from {}", question.source));
    }
    lines
}
