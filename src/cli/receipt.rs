//! What a write answers: what is saved now, what is worth knowing, how to take it back.

mod long;

use serde_json::{Value, json};

use crate::cli::error::Exit;
use crate::cli::out::Out;
use crate::cli::rows::View;
use crate::domain::change::{Act, ActKind};
use crate::domain::document::Document;
use crate::domain::id::Kind;

/// The schema of a receipt.
const SCHEMA: &str = "circlet.receipt/1";
/// Most rows that a receipt of people lists one by one.
const MOST_LINES: usize = 12;

/// The result of one act for whoever asked for it.
pub(super) struct Receipt {
    saved: Vec<Value>,
    lines: Vec<String>,
    warnings: Vec<String>,
    undo: &'static str,
}

impl Receipt {
    /// The receipt of an act that is saved. `view` knows the documents as they are now.
    pub(super) fn of(act: &Act, view: &View<'_>, warnings: Vec<String>) -> Self {
        let mut saved = Vec::new();
        let mut rows = Vec::new();
        let long = long::summed_up(act, view);
        let told = if long.is_some() {
            &[][..]
        } else {
            &act.changes
        };
        for change in told {
            let Some(body) = &change.after else { continue };
            let Ok(document) = Document::from_body(&change.key, body) else {
                continue;
            };
            if let Some(row) = view.row(&change.key, &document) {
                if change.before.is_none() {
                    rows.extend(line(&row, change.key.kind));
                }
                saved.push(with_kind(change.key.kind, row));
            }
        }
        let (verb, undo) = match act.kind {
            ActKind::Do => ("saved", "circlet undo"),
            ActKind::Redo(_) => ("brought back", "circlet undo"),
            ActKind::Undo(_) => ("taken back", "circlet redo"),
        };
        let written = act.kind == ActKind::Do && !rows.is_empty() && rows.len() <= MOST_LINES;
        let lines = if written {
            rows.iter().map(|row| format!("saved {row}")).collect()
        } else {
            vec![format!("{verb} {}", act.title)]
        };
        Self {
            saved: long.unwrap_or(saved),
            lines,
            warnings,
            undo,
        }
    }

    /// Tells it, as JSON or in words. Warnings go to stderr where a person reads.
    pub(super) fn tell(&self, out: &mut Out<'_>, as_json: bool) {
        if as_json {
            out.json(&json!({
                "schema": SCHEMA,
                "saved": self.saved,
                "warnings": self.warnings,
                "undo": self.undo,
            }));
            return;
        }
        for line in &self.lines {
            out.line(line);
        }
        for warning in &self.warnings {
            out.note(warning);
        }
    }
}

/// Tells the receipt of an act and that all is done.
pub(super) fn done(out: &mut Out<'_>, act: &Act, view: &View<'_>, as_json: bool) -> Exit {
    Receipt::of(act, view, Vec::new()).tell(out, as_json);
    Exit::Done
}

fn with_kind(kind: Kind, mut row: Value) -> Value {
    if let Some(fields) = row.as_object_mut() {
        // A question has a kind of its own; what the row is stands beside it.
        fields.insert("type".to_owned(), Value::from(kind.as_str()));
    }
    row
}

/// `A14  action  "Send deck"  Maria Okafor  2026-03-13  Fri 13 Mar, tomorrow  #feedback`; nothing for what people and plans are
/// told by the title of the act.
fn line(row: &Value, kind: Kind) -> Option<String> {
    match kind {
        Kind::Action | Kind::Decision | Kind::Note | Kind::Parked | Kind::Question => {}
        Kind::Asked
        | Kind::Book
        | Kind::Filter
        | Kind::Person
        | Kind::Poll
        | Kind::Reader
        | Kind::Circle
        | Kind::Counter
        | Kind::Groups
        | Kind::Live
        | Kind::Member
        | Kind::Rotation
        | Kind::Session => {
            return None;
        }
    }
    let word = |field: &str| row.get(field).and_then(Value::as_str);
    let mut cells = vec![
        word("id")?.to_owned(),
        kind.as_str().to_owned(),
        format!("\"{}\"", word("text")?),
    ];
    let more = ["owner", "due", "due_words", "raised_by"];
    cells.extend(more.into_iter().filter_map(word).map(str::to_owned));
    cells.extend(
        word("audience")
            .filter(|_| kind == Kind::Note)
            .map(|who| format!("for {who}")),
    );
    let tags = row
        .get("tags")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    cells.extend(tags.filter_map(Value::as_str).map(|tag| format!("#{tag}")));
    Some(cells.join("  "))
}

/// The receipt of a write that had nothing to write.
pub(super) fn nothing(out: &mut Out<'_>) {
    out.json(&json!({"schema": SCHEMA, "saved": [], "warnings": [], "undo": null}));
}
