//! `circlet decision list`, `parked list`, and the list of notes.

use clap::Subcommand;
use serde_json::Value;

use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::rows::{View, written_cells};
use crate::cli::{Cx, Listed, name};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, SessionId, Space};

/// What can be done with rows that were written down.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// All parked items, the newest first
    List {
        /// Those that are settled too
        #[arg(long)]
        all: bool,
    },
}

pub(super) fn decisions(cx: &mut Cx<'_, '_>, verb: &Verb) -> Outcome {
    let Verb::List { .. } = verb;
    let kind = Kind::Decision;
    list(
        cx,
        kind,
        ("decisions", "No decisions."),
        &|view, circle, document| match document {
            Document::Decision(row) if row.trashed.is_none() => {
                Some((view.decision(circle, row), {
                    let mut cells = written_cells(kind, row.number, &row.text, &row.tags);
                    if !row.holds() {
                        cells.insert(1, "reversed".to_owned());
                    }
                    cells
                }))
            }
            _ => None,
        },
    )
}

pub(super) fn notes(cx: &mut Cx<'_, '_>) -> Outcome {
    let kind = Kind::Note;
    list(
        cx,
        kind,
        ("notes", "No notes."),
        &|view, circle, document| match document {
            Document::Note(row) if row.trashed.is_none() => {
                let mut cells = written_cells(kind, row.number, &row.text, &row.tags);
                cells.insert(1, format!("for {}", row.audience.word()));
                Some((view.note(circle, row), cells))
            }
            _ => None,
        },
    )
}

pub(super) fn parked(cx: &mut Cx<'_, '_>, verb: &Verb) -> Outcome {
    let Verb::List { all } = verb;
    let (all, kind) = (*all, Kind::Parked);
    list(
        cx,
        kind,
        ("parked-items", "No parked items."),
        &|view, circle, document| match document {
            Document::Parked(row) if row.trashed.is_none() && (all || row.settled.is_none()) => {
                let mut cells = written_cells(kind, row.number, &row.text, &row.tags);
                let by = row.raised_by.and_then(|id| view.state.member(circle, id));
                cells.insert(
                    1,
                    by.map(|member| member.name.to_string()).unwrap_or_default(),
                );
                Some((view.parked(circle, row), cells))
            }
            _ => None,
        },
    )
}

/// What becomes of a document in a list: its JSON and its cells, or nothing.
type Shape<'a> = &'a dyn Fn(&View<'_>, CircleId, &Document) -> Option<(Value, Vec<String>)>;

fn list(
    cx: &mut Cx<'_, '_>,
    kind: Kind,
    (schema, empty): (&str, &'static str),
    shape: Shape<'_>,
) -> Outcome {
    let named = cx.global.circle.as_deref();
    let circles: Vec<CircleId> = name::circles(cx.desk.state(), named)?
        .iter()
        .map(|circle| circle.id)
        .collect();
    let mut found: Vec<(CircleId, Document)> = Vec::new();
    for circle in &circles {
        let rows = cx.desk.scan(Space::Circle(*circle), kind)?;
        found.extend(
            rows.into_iter()
                .rev()
                .map(|(_, document)| (*circle, document)),
        );
    }
    fetch_origins(cx, &found)?;
    let view = cx.desk.view();
    let mut listed = Listed {
        items: Vec::new(),
        cells: Vec::new(),
        empty,
    };
    for (circle, document) in &found {
        let Some((item, mut cells)) = shape(&view, *circle, document) else {
            continue;
        };
        if circles.len() > 1 {
            let name = view
                .state
                .circle(*circle)
                .map(|circle| circle.name.to_string());
            cells.insert(1, name.unwrap_or_default());
        }
        listed.items.push(item);
        listed.cells.push(cells);
    }
    cx.list(schema, &listed);
    Ok(Exit::Done)
}

fn fetch_origins(cx: &mut Cx<'_, '_>, found: &[(CircleId, Document)]) -> Result<(), CliError> {
    let sessions: Vec<(CircleId, SessionId)> = found
        .iter()
        .filter_map(|(circle, document)| Some((*circle, document.written()?.0.session?)))
        .collect();
    cx.desk.fetch_sessions(sessions)
}
