//! Minutes as a table: one row for each thing that was asked, settled, taken on or kept.

use crate::domain::clock::Zone;
use crate::domain::item::ActionState;
use crate::domain::minutes::{ActionRow, Minutes, Row, whole_minutes};
use crate::domain::text::Clean;
use crate::exchange::guard;
use crate::exchange::minutes::{day_of, read_lines, spread};

/// The columns. `minutes` are those that a block took, `planned` those it was to take.
const COLUMNS: [&str; 11] = [
    "kind", "id", "uid", "text", "owner", "due", "state", "tags", "planned", "minutes", "session",
];

/// Minutes as a table. Days are `YYYY-MM-DD`, what is absent is empty.
///
/// # Errors
/// In words, when a row cannot be written.
pub fn csv(minutes: &Minutes, zone: Zone) -> Result<String, String> {
    let session = minutes.number.to_string();
    guard::table(
        COLUMNS,
        rows(minutes, zone).into_iter().map(|line| {
            let tags: Vec<&str> = line.tags.iter().map(Clean::as_str).collect();
            [
                line.kind.to_owned(),
                line.id,
                line.uid,
                line.text,
                line.owner,
                line.due,
                line.state
                    .map_or_else(String::new, |state| state.word().to_owned()),
                tags.join(" "),
                line.planned,
                line.minutes,
                session.clone(),
            ]
        }),
    )
}

/// A row before its cells.
#[derive(Default)]
struct Line<'a> {
    kind: &'static str,
    id: String,
    uid: String,
    text: String,
    owner: String,
    due: String,
    state: Option<ActionState>,
    tags: &'a [Clean],
    planned: String,
    minutes: String,
}

fn rows(minutes: &Minutes, zone: Zone) -> Vec<Line<'_>> {
    let mut rows = Vec::new();
    if let Some(read) = &minutes.reading {
        let lines = read_lines(read).into_iter();
        rows.extend(lines.map(|line| plain("reading", line)));
    }
    rows.extend(agenda(minutes));
    let prompts = minutes.prompts.iter();
    rows.extend(prompts.map(|text| plain("prompt", text.to_string())));
    rows.extend(counted(minutes));
    let decisions = minutes.decisions.iter().chain(&minutes.since);
    rows.extend(decisions.map(|row| written("decision", 'D', row)));
    let next = minutes.next;
    rows.extend(minutes.actions.iter().map(|row| {
        Line {
            due: day_of(row.due, next, zone)
                .map(|day| day.to_string())
                .unwrap_or_default(),
            ..action(row)
        }
    }));
    rows.extend(minutes.parked.iter().map(|row| Line {
        owner: row.raised_by.clone().unwrap_or_default(),
        ..written("parked", 'P', row)
    }));
    rows.extend(minutes.notes.iter().map(note));
    rows
}

fn plain(kind: &'static str, text: String) -> Line<'static> {
    Line {
        kind,
        text,
        ..Line::default()
    }
}

/// The blocks, each with what its groups reported.
fn agenda(minutes: &Minutes) -> impl Iterator<Item = Line<'_>> {
    minutes.agenda.iter().flat_map(|block| {
        let took = block.took.map(|took| whole_minutes(took).to_string());
        let row = Line {
            planned: block.planned.to_string(),
            minutes: took.unwrap_or_default(),
            ..plain("block", block.title.to_string())
        };
        let reports = block.reports.iter().map(|report| Line {
            owner: report.people.join(", "),
            ..plain("report", report.text.to_string())
        });
        std::iter::once(row).chain(reports)
    })
}

/// Ratings and votes, which are counts.
fn counted(minutes: &Minutes) -> impl Iterator<Item = Line<'_>> {
    let ratings = minutes.ratings.iter();
    let ratings =
        ratings.map(|rating| plain("rating", format!("{}: {}", rating.of, spread(rating))));
    let options = minutes.votes.iter().flat_map(|vote| &vote.options);
    let votes = options.map(|count| plain("vote", format!("{}: {}", count.votes, count.option)));
    ratings.chain(votes)
}

/// A quote stands with its place, and with who read it out.
fn note<Id: ToString>(row: &Row<Id>) -> Line<'_> {
    let line = Line {
        owner: row.raised_by.clone().unwrap_or_default(),
        ..written("note", 'N', row)
    };
    match &row.place {
        Some(place) => Line {
            text: format!("{}: {}", place, row.text),
            ..line
        },
        None => line,
    }
}

fn action(row: &ActionRow) -> Line<'_> {
    Line {
        kind: "action",
        id: format!("A{}", row.number),
        uid: row.uid.to_string(),
        text: row.text.to_string(),
        owner: row.owner.clone().unwrap_or_default(),
        state: Some(row.state),
        tags: &row.tags,
        ..Line::default()
    }
}

fn written<'a, Id: ToString>(kind: &'static str, letter: char, row: &'a Row<Id>) -> Line<'a> {
    Line {
        kind,
        id: format!("{letter}{}", row.number),
        uid: row.uid.to_string(),
        text: row.text.to_string(),
        tags: &row.tags,
        ..Line::default()
    }
}
