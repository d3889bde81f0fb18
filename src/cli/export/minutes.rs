//! `circlet export minutes`.

use clap::{Args, ValueEnum};

use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::export::{To, put_and_tell};
use crate::cli::out::json_text;
use crate::cli::{Cx, session};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key};
use crate::domain::item::{Action, Decision, Note, Parked};
use crate::domain::minutes::{Minutes as Taken, Read, Sources};
use crate::domain::names::Naming;
use crate::domain::pairing::Groups;
use crate::domain::session::Session;
use crate::engine::query::Query;
use crate::exchange::minutes;

/// Which minutes, and how.
#[derive(Clone, Debug, Args)]
pub struct Minutes {
    /// Number or uid; without it the running session, else the last one
    session: Option<String>,
    #[command(flatten)]
    to: To,
    /// How; Markdown where nothing is said
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// People by number in place of their names
    #[arg(long)]
    no_names: bool,
}

/// How minutes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown
    Md,
    /// A page of its own, to be read or printed
    Html,
    /// A table
    Csv,
    /// JSON
    Json,
}

pub(super) fn write(cx: &mut Cx<'_, '_>, asked: &Minutes) -> Outcome {
    let (circle, session) = recorded(cx, asked.session.as_deref())?;
    let record = record(cx, circle, &session)?;
    let view = cx.desk.view();
    let held = view
        .state
        .circle(circle)
        .ok_or_else(|| CliError::failed("That circle is gone."))?;
    let mut rows = Rows::default();
    for (_, document) in &record {
        rows.take(document);
    }
    let books: Vec<_> = view.state.books(circle).collect();
    let sources = Sources {
        circle: held,
        session: &session,
        members: view.state.everyone(circle).collect(),
        actions: rows.actions,
        decisions: rows.decisions,
        notes: rows.notes,
        parked: rows.parked,
        groups: rows.groups,
        read: Read::of(&books, &session, view.zone),
        next: view
            .state
            .next_session(circle, view.now)
            .map(|next| next.start),
        live: view.state.live(circle, session.id),
        now: Some(cx.desk.now()),
    };
    let naming = if asked.no_names {
        Naming::Numbered
    } else {
        Naming::Full
    };
    let taken = Taken::new(&sources, naming);
    let format = match asked.format {
        Some(format) => format,
        None if cx.global.json => Format::Json,
        None => Format::Md,
    };
    let text = match format {
        Format::Md => minutes::markdown(&taken, view.zone),
        Format::Html => minutes::html(&taken, view.zone),
        Format::Csv => minutes::csv(&taken, view.zone).map_err(CliError::failed)?,
        Format::Json => json_text(&minutes::to_json(&taken, view.zone)) + "\n",
    };
    let told: Vec<String> = taken.left_out.words().into_iter().collect();
    put_and_tell(cx, &asked.to, &text, &told)?;
    Ok(Exit::Done)
}

/// The rows of a record by their kind.
#[derive(Default)]
struct Rows<'a> {
    actions: Vec<&'a Action>,
    decisions: Vec<&'a Decision>,
    notes: Vec<&'a Note>,
    parked: Vec<&'a Parked>,
    groups: Vec<&'a Groups>,
}

impl<'a> Rows<'a> {
    fn take(&mut self, document: &'a Document) {
        match document {
            Document::Action(row) => self.actions.push(row),
            Document::Decision(row) => self.decisions.push(row),
            Document::Note(row) => self.notes.push(row),
            Document::Parked(row) => self.parked.push(row),
            Document::Groups(row) => self.groups.push(row),
            Document::Asked(_)
            | Document::Book(_)
            | Document::Filter(_)
            | Document::Person(_)
            | Document::Poll(_)
            | Document::Reader(_)
            | Document::Circle(_)
            | Document::Counter(_)
            | Document::Live(_)
            | Document::Rotation(_)
            | Document::Member(_)
            | Document::Question(_)
            | Document::Session(_) => {}
        }
    }
}

/// The session that was named for an export: by default the running one, else the one that ended last.
fn recorded(cx: &mut Cx<'_, '_>, id: Option<&str>) -> Result<(CircleId, Session), CliError> {
    if id.is_some() {
        return session::one(cx, id);
    }
    let state = cx.desk.state();
    if let Some((circle, session, _)) = state.running() {
        return Ok((circle, session.clone()));
    }
    let circle = cx.desk.circle(cx.global)?;
    let last = state.last_session(circle.id).ok_or_else(|| {
        CliError::failed(format!(
            "{} has had no session yet, so there are no minutes.",
            circle.name
        ))
    })?;
    Ok((circle.id, last.clone()))
}

/// Everything that was written down in a session.
fn record(
    cx: &mut Cx<'_, '_>,
    circle: CircleId,
    session: &Session,
) -> Result<Vec<(Key, Document)>, CliError> {
    cx.desk.documents(Query::Record {
        circle,
        session: session.id,
    })
}
