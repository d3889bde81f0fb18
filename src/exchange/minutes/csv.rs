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
    let plain = |kind, text: String| Line {
        kind,
        text,
        ..Line::default()
    };
    let mut rows = Vec::new();
    if let Some(read) = &minutes.reading {
        rows.extend(
            read_lines(read)
                .into_iter()
                .map(|line| plain("reading", line)),
        );
    }
    for block in &minutes.agenda {
        rows.push(Line {
            planned: block.planned.to_string(),
            minutes: block
                .took
                .map(|took| whole_minutes(took).to_string())
                .unwrap_or_default(),
            ..plain("block", block.title.to_string())
        });
        rows.extend(block.reports.iter().map(|report| Line {
            owner: report.people.join(", "),
            ..plain("report", report.text.to_string())
        }));
    }
    let prompts = minutes.prompts.iter();
    rows.extend(prompts.map(|text| plain("prompt", text.to_string())));
    let ratings = minutes.ratings.iter();
    rows.extend(
        ratings.map(|rating| plain("rating", format!("{}: {}", rating.of, spread(rating)))),
    );
    for vote in &minutes.votes {
        let options = vote.options.iter();
        rows.extend(
            options.map(|count| plain("vote", format!("{}: {}", count.votes, count.option))),
        );
    }
    rows.extend(
        minutes
            .decisions
            .iter()
            .chain(&minutes.since)
            .map(|row| written("decision", 'D', row)),
    );
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
    // A quote stands with its place, and with who read it out.
    rows.extend(minutes.notes.iter().map(|row| {
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
    }));
    rows
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
