//! `circlet import actions`: from todo.txt, a table, Taskwarrior or circlet's own JSON. What is known is not
//! written twice; a member's own copy brings their rows up to date.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::args::Accept;
use crate::cli::ask::{goes_on, nothing};
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::{Cx, name};
use crate::command::Command;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, Space};
use crate::domain::intake::{Intake, Row, Setting};
use crate::domain::item::{Action, Owner};
use crate::domain::text::Clean;
use crate::domain::when;
use crate::exchange::input::{self, Input};
use crate::exchange::tasks::{self, Around, Layout, TakenTasks};

/// Most lines of each part of a preview.
const MOST_LINES: usize = 20;

/// Which file, and how to take it.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Actions {
    /// todo.txt, CSV, what "task export" writes, or circlet's JSON; - reads standard input
    file: PathBuf,
    /// How it is laid out; guessed from its content otherwise
    #[arg(long, value_enum)]
    format: Option<FileFormat>,
    /// Whose file it is: rows without an owner are theirs, and no one else's are brought up to date
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    /// Bring rows that are here already up to date: done, partly, date, note
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    accept: Accept,
}

/// The formats of files of actions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FileFormat {
    /// todo.txt
    Todo,
    /// A table with a header
    Csv,
    /// Taskwarrior's JSON
    Task,
    /// circlet's JSON
    Json,
}

impl From<FileFormat> for Layout {
    fn from(format: FileFormat) -> Self {
        match format {
            FileFormat::Todo => Self::Todo,
            FileFormat::Csv => Self::Csv,
            FileFormat::Task => Self::Task,
            FileFormat::Json => Self::Json,
        }
    }
}

pub(super) fn run(cx: &mut Cx<'_, '_>, asked: &Actions) -> Outcome {
    let input = input::read(&asked.file);
    let input = input.map_err(|error| CliError::failed(error.to_string()))?;
    let around = Around {
        seen: cx.desk.seen(),
        zone: cx.desk.zone(),
    };
    let taken = tasks::take(&input, asked.format.map(Layout::from), around);
    if taken.rows.is_empty() && !taken.faults.is_empty() {
        faults(cx, &input, &taken);
        return Err(CliError::failed(format!(
            "{} holds no action that can be read. Nothing was changed.",
            input.name
        )));
    }
    let circle = cx.desk.circle(cx.global)?.id;
    let intake = sorted(cx, circle, asked, &taken)?;
    preview(cx, &input, (&taken, &intake), asked.replace);
    let rows = intake.rows(asked.replace);
    if rows.is_empty() {
        return Ok(nothing(cx, "Nothing to add; nothing was saved."));
    }
    let count = rows.len();
    if !goes_on(cx, asked.accept, &format!("Take {count} in"))? {
        return Ok(Exit::Done);
    }
    cx.commit(Command::TakeActions {
        rows,
        source: Clean::line(taken.layout.as_str()),
    })
}

/// Holds the rows against everything that is here.
fn sorted(
    cx: &mut Cx<'_, '_>,
    circle: CircleId,
    asked: &Actions,
    taken: &TakenTasks,
) -> Result<Intake, CliError> {
    let person = asked.owner.as_deref();
    let owner = person
        .map(|named| cx.desk.person(circle, named).map(|member| member.id))
        .transpose()?;
    let circles: Vec<CircleId> = cx.desk.state().circles().map(|circle| circle.id).collect();
    let mut here: Vec<(CircleId, Action)> = Vec::new();
    for circle in circles {
        let rows = cx.desk.scan(Space::Circle(circle), Kind::Action)?;
        here.extend(rows.into_iter().filter_map(|(_, document)| match document {
            Document::Action(action) => Some((circle, action)),
            _ => None,
        }));
    }
    let state = cx.desk.state();
    let me = cx.desk.me();
    let me = me.and_then(|me| name::me_in(state, circle, me));
    Ok(Intake::of(
        &taken.rows,
        Setting {
            state,
            now: cx.desk.now(),
            zone: cx.desk.zone(),
            circle,
            owner,
            me: me.map(|member| member.id),
            here: &here,
        },
    ))
}

fn faults(cx: &mut Cx<'_, '_>, input: &Input, taken: &TakenTasks) {
    for note in &taken.notes {
        cx.out.note(note);
    }
    for fault in taken.faults.iter().take(MOST_LINES) {
        cx.out.note(&format!("{}.", fault.told(&input.name)));
    }
}

/// Says what would happen before it does.
fn preview(
    cx: &mut Cx<'_, '_>,
    input: &Input,
    (taken, intake): (&TakenTasks, &Intake),
    replace: bool,
) {
    faults(cx, input, taken);
    for (line, stranger) in intake.unknown.iter().take(MOST_LINES) {
        cx.out.note(&format!(
            "{}:{line}: nobody here is called {stranger} for sure; the name stays in the words.",
            input.name
        ));
    }
    for row in intake.new.iter().take(MOST_LINES) {
        let told = told(cx, row);
        cx.out.note(&format!("new  {told}"));
    }
    if replace {
        for row in intake.newer.iter().take(MOST_LINES) {
            let told = told(cx, row);
            cx.out.note(&format!("up to date  {told}"));
        }
    }
    cx.out.note(&format!(
        "{}, read as {}: {}, {} that cannot be read.",
        input.name,
        taken.layout.as_str(),
        intake.words(replace),
        taken.faults.len()
    ));
}

/// A row in one line: its words, whose it is, until when, what has become of it.
fn told(cx: &Cx<'_, '_>, row: &Row) -> String {
    let view = cx.desk.view();
    let owner = match row.owner {
        Owner::Nobody => "nobody yet",
        owner => view.owner(row.circle, owner),
    };
    let day = view.day(row.circle, row.due);
    let due = day.map_or_else(
        || "no date".to_owned(),
        |day| when::words(day, view.today()),
    );
    format!("\"{}\"  {owner}  {due}  {}", row.text, row.state.word())
}
