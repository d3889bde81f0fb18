//! circlet's own JSON: a list of actions, or everything of a store.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{ActionId, MemberId, Space};
use crate::domain::intake::Said;
use crate::domain::item::{Action, Due, Owner};
use crate::domain::text::Clean;
use crate::exchange::archive::{self, ArchiveRow};
use crate::exchange::input::Input;
use crate::exchange::json;
use crate::exchange::tasks::TakenTasks;
use crate::exchange::tasks::words;

/// What the list may be called.
pub(super) const LISTS: &[&str] = &["items", "actions"];
/// The schemas that hold actions.
pub(super) const SCHEMAS: &[&str] = &["circlet.actions/1", "circlet.action/1", archive::SCHEMA];

/// An action as lists and exports write it. Fields that only people read are not looked at.
#[derive(Deserialize)]
struct Listed {
    text: String,
    #[serde(default)]
    uid: Option<String>,
    #[serde(default)]
    circle: Option<String>,
    #[serde(default)]
    owner: Option<String>,
    #[serde(default)]
    due: Option<NaiveDate>,
    #[serde(default)]
    due_next_session: bool,
    #[serde(default)]
    state: String,
    #[serde(default)]
    priority: u8,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    progress: Option<String>,
    #[serde(default)]
    note: Option<String>,
    #[serde(default)]
    created: Option<Moment>,
    #[serde(default)]
    closed: Option<Moment>,
    #[serde(default)]
    foreign: Option<String>,
}

pub(super) fn take(input: &Input, taken: &mut TakenTasks) {
    let found = json::rows(&input.text, LISTS);
    if found.schema.as_deref() == Some(archive::SCHEMA) {
        return everything(input, taken);
    }
    taken.faults.extend(found.faults);
    for row in found.rows {
        let read = match serde_json::from_str::<Listed>(row.text) {
            Ok(listed) => read(row.line, listed),
            Err(_other) => Err("an action has at least \"text\"; \"due\" is a day such as \
                                2026-03-13"
                .to_owned()),
        };
        if !taken.add(row.line, read) {
            return;
        }
    }
}

fn read(line: usize, listed: Listed) -> Result<Said, String> {
    let state = words::state(&listed.state)
        .ok_or_else(|| format!("\"{}\" is no state", Clean::line(&listed.state)))?;
    let uid = listed.uid.map(|uid| uid.parse::<ActionId>());
    let optional = |text: Option<String>| text.as_deref().and_then(words::optional);
    let mut said = Said::new(line, words::text(&listed.text)?);
    said.uid = uid
        .transpose()
        .map_err(|_no_uid| "the uid is none".to_owned())?;
    said.foreign = optional(listed.foreign);
    said.circle = optional(listed.circle);
    said.owners = optional(listed.owner).into_iter().collect();
    said.due = match (listed.due_next_session, listed.due) {
        (true, _) => Due::NextSession,
        (false, Some(day)) => Due::On(day),
        (false, None) => Due::None,
    };
    said.state = state;
    said.progress = optional(listed.progress);
    said.note = words::note(listed.note.as_deref().unwrap_or_default())?;
    said.priority = listed.priority;
    said.tags = words::tags(listed.tags.iter().map(String::as_str));
    said.created = listed.created;
    said.closed = listed.closed;
    Ok(said)
}

/// The actions of a whole store, with the names of its people and circles.
fn everything(input: &Input, taken: &mut TakenTasks) {
    let archive = archive::take(input);
    taken.faults.extend(archive.faults);
    let documents: Vec<(usize, Space, Document)> = archive
        .rows
        .iter()
        .filter_map(|ArchiveRow { line, key, body }| {
            Some((*line, key.space, Document::from_body(key, body).ok()?))
        })
        .collect();
    let mut people: HashMap<MemberId, Clean> = HashMap::new();
    let mut circles: HashMap<Space, Clean> = HashMap::new();
    for (_, space, document) in &documents {
        if let Document::Member(member) = document {
            people.insert(member.id, member.name.clone());
        } else if let Document::Circle(circle) = document {
            circles.insert(*space, circle.name.clone());
        }
    }
    for (line, space, document) in documents {
        let Document::Action(action) = document else {
            continue;
        };
        if action.trashed.is_some() {
            continue;
        }
        let said = of_action(line, action, &people);
        let circle = circles.get(&space).cloned();
        if !taken.add(line, Ok(Said { circle, ..said })) {
            return;
        }
    }
}

fn of_action(line: usize, action: Action, people: &HashMap<MemberId, Clean>) -> Said {
    let mut said = Said::new(line, action.text);
    said.uid = Some(action.id);
    said.foreign = action.foreign;
    match action.owner {
        Owner::Member(id) => {
            said.owner_id = Some(id);
            said.owners = people.get(&id).cloned().into_iter().collect();
        }
        Owner::All => said.owners = vec![Clean::line("all")],
        Owner::Nobody => {}
    }
    said.due = action.due;
    said.state = action.state;
    said.progress = action.progress;
    said.note = action.note;
    said.priority = action.priority;
    said.tags = action.tags;
    said.created = Some(action.origin.at);
    said.closed = action.closed;
    said
}
