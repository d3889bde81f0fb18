//! Everything of a store as one JSON document, out and in again: `circlet.all/1`.
//!
//! One item a document, with its space, kind and uid, so that a second store can merge it. Reading gives
//! rows and what is wrong with the others; nothing is saved here.

mod line;
mod written;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::domain::change::Body;
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind, Space};
use crate::exchange::input::Input;
use crate::exchange::json;
use crate::exchange::lines::{Fault, ROWS};

pub use written::{LeftOut, Wish, Writer, is_own};

/// The schema of the document.
pub const SCHEMA: &str = "circlet.all/1";

/// A document of a file, with the line on which it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ArchiveRow {
    /// The line, from 1.
    pub line: usize,
    /// Its key.
    pub key: Key,
    /// Its value, readable as what the key says.
    pub body: Body,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Archive {
    /// Its documents, in the order of the file.
    pub rows: Vec<ArchiveRow>,
    /// What is wrong, by line.
    pub faults: Vec<Fault>,
}

/// One item of the list.
#[derive(Deserialize)]
struct Item {
    space: Space,
    kind: Kind,
    uid: uuid::Uuid,
    body: Body,
}

/// A document as an item of the list.
pub fn item<B: Serialize>(key: &Key, body: B) -> Told<B> {
    Told {
        space: key.space,
        kind: key.kind,
        uid: key.id,
        body,
    }
}

/// An item of the list on its way out.
#[derive(Debug, Serialize)]
pub struct Told<B> {
    space: Space,
    kind: Kind,
    #[serde(with = "uuid::serde::simple")]
    uid: uuid::Uuid,
    body: B,
}

/// Takes the documents out of what was read.
pub fn take(input: &Input) -> Archive {
    let mut archive = Archive::default();
    let found = json::rows(&input.text, &["items"]);
    if found.faults.is_empty() && found.schema.as_deref() != Some(SCHEMA) {
        let what = "this is not what \"circlet export all\" writes; import a roster with \
                    \"circlet member import\", questions with \"circlet question import\", actions \
                    with \"circlet import actions\"";
        archive.faults.push(Fault::new(1, what));
        return archive;
    }
    archive.faults = found.faults;
    let mut seen = HashSet::new();
    for row in found.rows {
        if archive.rows.len() + archive.faults.len() >= ROWS {
            let what = format!("more than {ROWS} documents; from here on nothing was read");
            archive.faults.push(Fault::new(row.line, what));
            break;
        }
        match document(row.text) {
            Ok((key, body)) if seen.insert(key) => archive.rows.push(ArchiveRow {
                line: row.line,
                key,
                body,
            }),
            Ok((key, _)) => {
                let what = format!("the {} {} is here a second time", key.kind, key.id.simple());
                archive.faults.push(Fault::new(row.line, what));
            }
            Err(what) => archive.faults.push(Fault::new(row.line, what)),
        }
    }
    archive.faults.sort_by_key(|fault| fault.line);
    archive
}

/// One document, cleaned by being read as what it says it is.
fn document(text: &str) -> Result<(Key, Body), String> {
    let item: Item = serde_json::from_str(text).map_err(|_unreadable| {
        "a document has \"space\", \"kind\", \"uid\" and \"body\"".to_owned()
    })?;
    let key = Key::new(item.space, item.kind, item.uid);
    let document = Document::from_body(&key, &item.body)
        .map_err(|error| format!("the {} is not readable: {}", key.kind, error.source))?;
    Ok((key, document.to_body()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::id::QuestionId;
    use crate::domain::question::DraftQuestion;
    use crate::domain::text::Clean;

    fn input(text: &str) -> Input {
        Input {
            name: "all.json".to_owned(),
            format: None,
            text: text.to_owned(),
            notes: Vec::new(),
        }
    }

    fn question(n: u128) -> (Key, Body) {
        let id = QuestionId(uuid::Uuid::from_u128(n));
        let question = DraftQuestion::new(Clean::line("What now?")).into_question(id, 1);
        let key = Key::new(Space::Org, Kind::Question, id.0);
        (key, Document::from(question).to_body())
    }

    #[test]
    fn what_is_written_out_is_read_back() {
        let (key, body) = question(1);
        let text = json!({"schema": SCHEMA, "items": [item(&key, &body)]}).to_string();
        let archive = take(&input(&text));
        assert_eq!(archive.faults, []);
        assert_eq!(archive.rows, [ArchiveRow { line: 1, key, body }]);
    }

    #[test]
    fn a_wrong_document_is_named_and_spoils_no_other() {
        let (key, body) = question(1);
        let good = serde_json::to_string(&item(&key, &body)).unwrap();
        let text = format!(
            "{{\"schema\": \"{SCHEMA}\", \"items\": [\n{good},\n{good},\n{{\"kind\": \"x\"}},\n17]}}"
        );
        let archive = take(&input(&text));
        assert_eq!(archive.rows.len(), 1);
        let lines: Vec<usize> = archive.faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [3, 4, 5], "{:?}", archive.faults);
    }

    #[test]
    fn another_file_is_told_apart() {
        let told = &take(&input("{\"items\": []}")).faults;
        assert!(
            told.iter()
                .any(|fault| fault.what.contains("member import")),
            "{told:?}"
        );
        assert!(take(&input("")).rows.is_empty());
    }
}
