//! What `task export` writes: a list of objects.

use chrono::NaiveDateTime;
use serde::Deserialize;

use crate::domain::clock::{Moment, Zone};
use crate::domain::intake::Said;
use crate::domain::item::{ActionState, Due};
use crate::domain::text::Clean;
use crate::exchange::json;
use crate::exchange::tasks::words;
use crate::exchange::tasks::{Around, TakenTasks};

/// A task, as far as it means something here.
#[derive(Deserialize)]
struct Task {
    description: String,
    status: String,
    uuid: String,
    #[serde(default)]
    due: Option<String>,
    #[serde(default)]
    entry: Option<String>,
    #[serde(default)]
    end: Option<String>,
    #[serde(default)]
    modified: Option<String>,
    #[serde(default)]
    priority: Option<String>,
    #[serde(default)]
    project: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    annotations: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Annotation {
    description: String,
}

/// Whether an element of a list is a task.
pub(super) fn fits(row: &str) -> bool {
    serde_json::from_str::<Task>(row).is_ok()
}

pub(super) fn take(text: &str, around: Around, taken: &mut TakenTasks) {
    let found = json::rows(text, &["tasks", "items"]);
    taken.faults.extend(found.faults);
    let mut left = Vec::new();
    for row in found.rows {
        let task: Result<Task, _> = serde_json::from_str(row.text);
        let read = match task {
            Ok(task) if matches!(task.status.as_str(), "deleted" | "recurring") => {
                left.push(row.line);
                continue;
            }
            Ok(task) => read(row.line, &task, around.zone),
            Err(_other) => Err("a task has \"description\", \"status\" and \"uuid\"".to_owned()),
        };
        if !taken.add(row.line, read) {
            break;
        }
    }
    if let Some(first) = left.first() {
        taken.notes.push(format!(
            "{} stay out because they are deleted or only a pattern for others, the first on line {}.",
            left.len(),
            first
        ));
    }
}

fn read(line: usize, task: &Task, zone: Zone) -> Result<Said, String> {
    let at = |stamp: &Option<String>, what: &str| match stamp {
        Some(stamp) => moment(stamp)
            .map(Some)
            .ok_or_else(|| format!("\"{}\" is no time ({what})", Clean::line(stamp))),
        None => Ok(None),
    };
    let mut said = Said::new(line, words::text(&task.description)?);
    said.foreign = words::optional(&task.uuid);
    said.circle = task.project.as_deref().and_then(words::optional);
    // Taskwarrior keeps a day as its midnight there, written in UTC.
    said.due = at(&task.due, "due")?.map_or(Due::None, |due| Due::On(due.date(zone)));
    said.state = match task.status.as_str() {
        "completed" => ActionState::Done,
        _ => ActionState::Open,
    };
    said.priority = task.priority.as_deref().map_or(0, words::priority);
    said.tags = words::tags(task.tags.iter().map(String::as_str));
    let notes: Vec<&str> = task
        .annotations
        .iter()
        .map(|annotation| annotation.description.as_str())
        .collect();
    said.note = words::note(&notes.join("\n"))?;
    said.created = at(&task.entry, "entry")?;
    said.closed = at(&task.end, "end")?;
    said.changed = at(&task.modified, "modified")?;
    Ok(said)
}

/// `20260313T120000Z`, or the longer form of the same.
fn moment(stamp: &str) -> Option<Moment> {
    let utc = NaiveDateTime::parse_from_str(stamp, "%Y%m%dT%H%M%SZ").ok();
    utc.map(|utc| Moment::from_local(utc, Zone::UTC))
        .or_else(|| Moment::parse(stamp))
}
