//! Everything of a store as one JSON document, written while it is read.

use serde_json::{Value, json};

use crate::cli::desk::Desk;
use crate::cli::error::CliError;
use crate::cli::out::Out;
use crate::cli::stream::Stream;
use crate::command::travels;
use crate::domain::change::Body;
use crate::domain::document::Document;
use crate::domain::id::{Kind, Space};
use crate::engine::query::Row;
use crate::exchange::archive;

/// Writes everything of these spaces while it is read.
pub(super) fn write(
    desk: &mut Desk,
    out: &mut Out<'_>,
    spaces: &[Space],
    private: bool,
) -> Result<Left, CliError> {
    let head = json!({"schema": archive::SCHEMA, "written": desk.now(), "private": private});
    let mut stream = Stream::json(out, &head);
    let mut left = Left::default();
    for space in spaces {
        // The circle comes before what is in it, so that a reader can go row by row.
        let rest = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Circle);
        for kind in std::iter::once(Kind::Circle)
            .chain(rest)
            .filter(|kind| travels(*kind))
        {
            desk.pages(*space, kind, &mut |desk, rows| {
                for mut row in rows {
                    if private || left.lets(desk, &row)? {
                        if !private {
                            without_people(&mut row.body);
                        }
                        stream.item(out, &archive::item(&row.key, &row.body));
                    }
                }
                Ok(())
            })?;
        }
    }
    let tail = json!({"left_out": {"notes": left.notes, "trash": left.trash}});
    left.taken = stream.end_with(out, &tail);
    Ok(left)
}

/// What stays out of an export that others may see.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Left {
    pub(super) notes: usize,
    pub(super) trash: usize,
    /// What was written.
    pub(super) taken: usize,
}

impl Left {
    fn lets(&mut self, desk: &Desk, row: &Row) -> Result<bool, CliError> {
        if row.key.kind == Kind::Note
            && let (_, Document::Note(note)) = desk.read(row)?
            && !note.audience.in_minutes()
        {
            self.notes += 1;
            return Ok(false);
        }
        let trashed = row.body.get("trashed").is_some_and(|at| !at.is_null());
        self.trash += usize::from(trashed);
        Ok(!trashed)
    }
}

/// Who had the floor when something was said leaves the store only in a private export, and so does why somebody
/// was away.
fn without_people(body: &mut Body) {
    if let Some(Value::Object(origin)) = body.get_mut("origin") {
        origin.insert("speaking".to_owned(), Value::Null);
    }
    if let Some(Value::Object(away)) = body.get_mut("away") {
        away.values_mut().for_each(|why| *why = Value::Null);
    }
}
