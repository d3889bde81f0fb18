//! `circlet question`: list, show, add, import, draw, packs.

mod add;
mod packs;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::Accept;
use crate::cli::desk::unexpected;
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::rows::short;
use crate::cli::{Cx, Listed};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, Space};
use crate::domain::question::{Depth, Question, QuestionKind};
use crate::engine::query::{Answer, MOST_ROWS, Query, QuestionRow};

pub(super) use packs::{Packs, packs};

/// What can be done with the question bank.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// Questions of the bank
    List(List),
    /// One question
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
    Draw {
        /// Of which kind
        #[arg(long)]
        kind: Option<QuestionKind>,
        /// How many
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=50))]
        count: u8,
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
        Verb::Draw { kind, count } => draw(cx, kind, count),
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
    let query = Query::Questions {
        words: which.words.join(" "),
        kind: which.kind,
        theme: which.theme.clone(),
        circle: circle(cx)?,
        limit: which.limit,
    };
    let Answer::Questions { rows, total } = cx.desk.ask(query)? else {
        return Err(unexpected());
    };
    let shown = rows.len();
    tell(cx, &rows);
    if shown < total {
        cx.out.note(&format!(
            "{shown} of {total} questions; add words, --kind or --theme."
        ));
    }
    Ok(Exit::Done)
}

fn tell(cx: &mut Cx<'_, '_>, rows: &[QuestionRow]) {
    let view = cx.desk.view();
    let cells = |row: &QuestionRow| {
        let question = &row.question;
        let asked = match row.asked {
            0 => String::new(),
            times => format!("asked {times}x"),
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
    let circle = match key.space {
        Space::Circle(circle) => Some(circle),
        Space::Org => None,
    };
    let row = cx.desk.view().question(circle, &question, None);
    let lines = lines(&question);
    cx.show("question", row, &lines);
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
        format!("{} min", question.minutes),
    ];
    let about: Vec<String> = about.into_iter().filter(|word| !word.is_empty()).collect();
    lines.push(format!("  {}", about.join(", ")));
    if !question.source.is_empty() {
        lines.push(format!("  from {}", question.source));
    }
    lines
}

fn draw(cx: &mut Cx<'_, '_>, kind: Option<QuestionKind>, count: u8) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.id;
    let query = Query::Draw {
        circle,
        kinds: vec![kind; usize::from(count)],
        without: Vec::new(),
        seed: crate::engine::clock::seed(),
    };
    let Answer::Questions { rows, .. } = cx.desk.ask(query)? else {
        return Err(unexpected());
    };
    if cx.global.json {
        tell(cx, &rows);
        return Ok(Exit::Done);
    }
    for row in &rows {
        for line in lines(&row.question) {
            cx.out.line(&line);
        }
        if !row.why.is_empty() {
            cx.out.line(&format!("  {}", row.why));
        }
    }
    if rows.is_empty() {
        cx.out
            .note("There is no question to draw. Add some: circlet question packs --add starter");
    }
    Ok(Exit::Done)
}
