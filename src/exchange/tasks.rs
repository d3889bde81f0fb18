//! Reading actions that were kept elsewhere: todo.txt, tables, Taskwarrior's JSON, circlet's own JSON.
//!
//! Pure over text. Nobody is looked up and nothing is saved here: `domain::intake` sorts what is new.

mod own;
mod sheet;
#[cfg(test)]
mod tests;
mod todo;
mod warrior;
mod words;

use crate::domain::clock::Zone;
use crate::domain::intake::Said;
use crate::domain::text::VALUE_BYTES;
use crate::domain::when::Seen;
use crate::exchange::input::Input;
use crate::exchange::lines::{ROWS, without_long_lines};
use crate::exchange::{Fault, Format, json};

/// How a file of actions is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One action a line, as todo.txt has it.
    Todo,
    /// Rows and columns.
    Csv,
    /// What `task export` writes.
    Task,
    /// What circlet writes.
    Json,
}

impl Layout {
    /// Its name in messages and in the log.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Todo => "todo.txt",
            Self::Csv => "a table",
            Self::Task => "Taskwarrior",
            Self::Json => "circlet",
        }
    }
}

/// What a file of actions holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenTasks {
    /// How it was read.
    pub layout: Layout,
    /// The actions, in the order of the file.
    pub rows: Vec<Said>,
    /// What is wrong, by line; those lines are not taken.
    pub faults: Vec<Fault>,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// From where the dates of a file are seen.
#[derive(Clone, Copy, Debug)]
pub struct Around {
    /// Which day it is, and how 3/4 is read.
    pub seen: Seen,
    /// Where people read clocks.
    pub zone: Zone,
}

impl TakenTasks {
    const fn new(layout: Layout) -> Self {
        Self {
            layout,
            rows: Vec::new(),
            faults: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Adds a row, or what is wrong with it. `false` when no more are read.
    fn add(&mut self, line: usize, row: Result<Said, String>) -> bool {
        if self.rows.len() + self.faults.len() >= ROWS {
            let what = format!("more than {ROWS} actions; from here on nothing was read");
            self.faults.push(Fault::new(line, what));
            return false;
        }
        match row {
            Ok(row) if size(&row) > MOST_BYTES => {
                let what = format!(
                    "the action is too long: at most {} KB fit",
                    MOST_BYTES / 1024
                );
                self.faults.push(Fault::new(line, what));
            }
            Ok(row) => self.rows.push(row),
            Err(what) => self.faults.push(Fault::new(line, what)),
        }
        true
    }
}

/// Most bytes of what one row says: the rest of what one entry can hold is for what circlet knows of it. A longer row
/// would stand in the way of all others.
const MOST_BYTES: usize = VALUE_BYTES - 4 * 1024;

/// The bytes of all texts of a row, as they will be written.
fn size(row: &Said) -> usize {
    let texts = [&row.foreign, &row.progress, &row.note]
        .into_iter()
        .flatten();
    let texts = texts.chain([&row.text]).chain(&row.tags).chain(&row.owners);
    let written = texts.map(|text| serde_json::to_string(text).map_or(0, |json| json.len()));
    written.sum()
}

/// Takes the actions out of what was read, laid out as said or, without that, as it looks.
pub fn take(input: &Input, layout: Option<Layout>, around: Around) -> TakenTasks {
    let layout = layout.or_else(|| guess(input)).unwrap_or(Layout::Todo);
    let mut taken = TakenTasks::new(layout);
    taken.notes.extend(input.notes.iter().cloned());
    match layout {
        Layout::Task => warrior::take(&input.text, around, &mut taken),
        Layout::Json => own::take(input, &mut taken),
        Layout::Todo | Layout::Csv => {
            let shorter = without_long_lines(&input.text, &mut taken.faults);
            let text = shorter.as_deref().unwrap_or(&input.text);
            match layout {
                Layout::Csv => sheet::take(text, around, &mut taken),
                _ => todo::take(text, around, &mut taken),
            }
        }
    }
    taken.faults.sort_by_key(|fault| fault.line);
    if taken.rows.is_empty() && taken.faults.is_empty() {
        taken.notes.push("There are no actions in it.".to_owned());
    }
    taken
}

/// How a file looks that holds actions and nothing else for sure; `None` when it may hold anything.
pub fn guess(input: &Input) -> Option<Layout> {
    let text = input.text.trim_start();
    if text.starts_with(['[', '{']) {
        let found = json::rows(text, own::LISTS);
        let schema = found.schema.unwrap_or_default();
        if own::SCHEMAS.contains(&schema.as_str()) {
            return Some(Layout::Json);
        }
        return warrior::fits(found.rows.first()?.text).then_some(Layout::Task);
    }
    if input.format != Some(Format::Markdown) && sheet::fits(&input.text) {
        return Some(Layout::Csv);
    }
    todo::fits(&input.name, &input.text).then_some(Layout::Todo)
}
