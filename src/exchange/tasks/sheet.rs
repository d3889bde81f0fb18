//! Tables of actions, in any order of columns, as spreadsheets name them.

use crate::domain::clock::Moment;
use crate::domain::intake::Said;
use crate::domain::item::{ActionState, Due};
use crate::domain::text::{Clean, fold};
use crate::domain::when;
use crate::exchange::Fault;
use crate::exchange::guard::bare;
use crate::exchange::table::{self, Table, TableRow};
use crate::exchange::tasks::words;
use crate::exchange::tasks::{Around, TakenTasks};

const TEXT: &[&str] = &[
    "text",
    "action",
    "action item",
    "task",
    "title",
    "description",
    "what",
    "to do",
    "todo",
    "summary",
    "subject",
    "item",
];
const OWNER: &[&str] = &[
    "owner",
    "who",
    "assignee",
    "assigned to",
    "responsible",
    "member",
    "person",
];
const DUE: &[&str] = &[
    "due", "due date", "date", "deadline", "by when", "when", "until",
];
const STATE: &[&str] = &["state", "status", "done", "completed"];
const PROGRESS: &[&str] = &["progress", "left", "remaining"];
const PRIORITY: &[&str] = &["priority", "importance"];
const TAGS: &[&str] = &["tags", "tag", "labels", "label", "category"];
const NOTE: &[&str] = &["note", "notes", "comment", "comments"];
const UID: &[&str] = &["uid", "uuid"];
const ID: &[&str] = &["id", "key", "number"];
const CIRCLE: &[&str] = &["circle", "group", "project", "team"];
const CREATED: &[&str] = &["created", "created at", "entered"];
const CLOSED: &[&str] = &["closed", "closed at", "completed on", "done on"];

/// The words that circlet itself writes for an action due at the next session.
const NEXT: [&str; 2] = ["ns", "next session"];

/// Where the columns are.
struct Columns {
    text: usize,
    others: [Option<usize>; 12],
}

/// Whether the first line names a column of words and one that only actions have.
pub(super) fn fits(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let Some(head) = lines.take(1).next() else {
        return false;
    };
    let table = table::read(head, &names());
    table.column(TEXT).is_some()
        && [OWNER, DUE, STATE]
            .iter()
            .any(|names| table.column(names).is_some())
}

fn names() -> Vec<&'static str> {
    [TEXT, OWNER, DUE, STATE].concat()
}

impl Columns {
    fn of(table: &Table) -> Option<Self> {
        let others = [
            OWNER, DUE, STATE, PROGRESS, PRIORITY, TAGS, NOTE, UID, ID, CIRCLE, CREATED, CLOSED,
        ];
        Some(Self {
            text: table.column(TEXT)?,
            others: others.map(|names| table.column(names)),
        })
    }
}

pub(super) fn take(text: &str, around: Around, taken: &mut TakenTasks) {
    let table = table::read(text, &names());
    let Some(columns) = Columns::of(&table) else {
        let what = "no column is called text, action, task or title; name the columns in the first line: \
                    text,owner,due,state";
        taken.faults.push(Fault::new(1, what));
        return;
    };
    taken.faults.extend(table.faults.iter().cloned());
    for row in &table.rows {
        let read = read(row, &columns, around, &mut taken.notes);
        if !taken.add(row.line, read) {
            return;
        }
    }
}

fn read(
    row: &TableRow,
    columns: &Columns,
    around: Around,
    notes: &mut Vec<String>,
) -> Result<Said, String> {
    let cell = |column: Option<usize>| {
        let cell = column.and_then(|column| row.cells.get(column));
        bare(cell.unwrap_or_default())
    };
    let [
        owner,
        due,
        state,
        progress,
        priority,
        tags,
        note,
        uid,
        id,
        circle,
        created,
        closed,
    ] = columns.others.map(cell);
    let mut said = Said::new(row.line, words::text(cell(Some(columns.text)))?);
    said.owners = people(owner);
    said.due = date(due, around)?;
    said.state = words::state(state).unwrap_or_else(|| {
        notes.push(format!(
            "Line {}: the state \"{}\" is not known here; the action comes in as open.",
            row.line,
            Clean::line(state)
        ));
        ActionState::Open
    });
    said.progress = words::optional(progress);
    said.priority = words::priority(priority);
    said.tags = words::tags(tags.split([',', ';', ' ']));
    said.note = words::note(note)?;
    said.circle = words::optional(circle);
    said.uid = uid.parse().ok();
    // What is no uid of ours is the id of another program.
    let foreign = words::optional(uid).or_else(|| words::optional(id));
    said.foreign = foreign.filter(|_| said.uid.is_none());
    said.created = moment(created, around);
    said.closed = moment(closed, around);
    Ok(said)
}

/// The people of a cell; a name may have a comma in it only where it stands alone.
fn people(cell: &str) -> Vec<Clean> {
    cell.split([';', '&', '/'])
        .flat_map(|names| names.split(" and "))
        .filter_map(|name| words::optional(name.trim().trim_start_matches('@')))
        .collect()
}

fn date(cell: &str, around: Around) -> Result<Due, String> {
    let typed = fold(cell.trim());
    if typed.is_empty() || matches!(typed.as_str(), "none" | "-") {
        return Ok(Due::None);
    }
    if NEXT.contains(&typed.as_str()) {
        return Ok(Due::NextSession);
    }
    // A spreadsheet may write the time of midnight behind the day.
    let day = typed.split(['t', ' ']).next().unwrap_or_default();
    when::read(&typed, around.seen)
        .or_else(|| day.parse().ok())
        .map(Due::On)
        .ok_or_else(|| when::no_date(cell.trim(), around.seen))
}

/// An instant, or a day at noon.
fn moment(cell: &str, around: Around) -> Option<Moment> {
    Moment::parse(cell.trim()).or_else(|| {
        let noon = when::read(cell, around.seen)?.and_hms_opt(12, 0, 0)?;
        Some(Moment::from_local(noon, around.zone))
    })
}
