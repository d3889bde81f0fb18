//! `circlet import`: circlet's own JSON back in, merged by uid, and actions from other programs.

mod actions;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::Accept;
use crate::cli::ask::accepted;
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::{Cx, receipt};
use crate::command::{Command, MergeRow, same_document, travels};
use crate::domain::change::Body;
use crate::domain::id::{Key, Kind};
use crate::domain::text::Clean;
use crate::engine::query::{Answer, MOST_ROWS, Query};
use crate::exchange::archive::{self, ArchiveRow};
use crate::exchange::input;

/// Most faults that are listed.
const MOST_LINES: usize = 20;

/// What to take in.
#[derive(Clone, Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Import {
    #[command(subcommand)]
    what: Option<What>,
    /// What "circlet export all" wrote; - reads standard input
    #[arg(required = true)]
    file: Option<PathBuf>,
    /// Where both differ, take what the file says
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    accept: Accept,
}

/// Files that hold one kind of rows.
#[derive(Clone, Debug, Subcommand)]
pub(super) enum What {
    /// Actions from todo.txt, a table, Taskwarrior or circlet
    Actions(actions::Actions),
}

/// What an import would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct MergePlan {
    /// New here, by kind.
    new: BTreeMap<Kind, usize>,
    /// Here already and alike.
    same: usize,
    /// Here already and different.
    different: usize,
}

impl MergePlan {
    /// Compares the rows of a file with what is here.
    pub(super) fn of(rows: &[ArchiveRow], here: &BTreeMap<Key, Body>) -> Self {
        let mut plan = Self::default();
        for row in rows {
            match here.get(&row.key) {
                None => *plan.new.entry(row.key.kind).or_default() += 1,
                Some(body) if same_document(body, &row.body) => plan.same += 1,
                Some(_) => plan.different += 1,
            }
        }
        plan
    }

    fn all_new(&self) -> usize {
        self.new.values().sum()
    }

    /// `12 new (3 action, 9 question), 4 here already, 1 different`.
    fn words(&self, replace: bool) -> String {
        let kinds: Vec<String> = self
            .new
            .iter()
            .map(|(kind, n)| format!("{n} {kind}"))
            .collect();
        let kinds = if kinds.is_empty() {
            String::new()
        } else {
            format!(" ({})", kinds.join(", "))
        };
        let different = match (self.different, replace) {
            (0, _) => String::new(),
            (n, true) => format!(", {n} different that would be replaced"),
            (n, false) => {
                format!(", {n} different that stay as they are here (--replace takes the file's)")
            }
        };
        format!(
            "{} new{kinds}, {} here already{different}",
            self.all_new(),
            self.same
        )
    }
}

pub(super) fn run(cx: &mut Cx<'_, '_>, import: &Import) -> Outcome {
    if let Some(What::Actions(actions)) = &import.what {
        return actions::run(cx, actions);
    }
    let Some(file) = &import.file else {
        return Err(CliError::usage("Which file? See: circlet import --help"));
    };
    let input = input::read(file).map_err(|error| CliError::failed(error.to_string()))?;
    if !input.text.trim_start().starts_with(['[', '{']) {
        return Err(CliError::failed(format!(
            "{} is not what \"circlet export all\" wrote; nothing was changed. Actions: circlet import actions FILE, questions: circlet question import FILE, a plan: circlet session plan --from FILE.",
            input.name
        )));
    }
    let mut archive = archive::take(&input);
    for note in &input.notes {
        cx.out.note(note);
    }
    for fault in archive.faults.iter().take(MOST_LINES) {
        cx.out.note(&format!("{}.", fault.told(&input.name)));
    }
    if archive.rows.is_empty() && !archive.faults.is_empty() {
        return Err(CliError::failed(format!(
            "{} holds nothing that can be taken in. Nothing was changed.",
            input.name
        )));
    }
    archive.rows.retain(|row| travels(row.key.kind));
    let here = here(cx, &archive.rows)?;
    let plan = MergePlan::of(&archive.rows, &here);
    cx.out.note(&format!(
        "{}: {}, {} that cannot be read.",
        input.name,
        plan.words(import.replace),
        archive.faults.len()
    ));
    let taken = plan.all_new() + if import.replace { plan.different } else { 0 };
    if taken == 0 {
        cx.out.note("Nothing to add; nothing was saved.");
        if cx.global.json {
            receipt::nothing(cx.out);
        }
        return Ok(Exit::Done);
    }
    if !accepted(cx.out, import.accept, &format!("Take {taken} in"))? {
        return Ok(Exit::Done);
    }
    // An archive with questions brings the bank that it was made from.
    let brings_bank = |row: &ArchiveRow| row.key.kind == Kind::Question;
    if !archive.rows.iter().any(brings_bank) {
        cx.begin_bank()?;
    }
    let rows = archive.rows.into_iter().map(|row| MergeRow {
        key: row.key,
        body: row.body,
    });
    cx.commit(Command::Merge {
        rows: rows.collect(),
        replace: import.replace,
        source: Clean::line(&input.name),
    })
}

/// What is here of the documents of the file.
fn here(cx: &mut Cx<'_, '_>, rows: &[ArchiveRow]) -> Result<BTreeMap<Key, Body>, CliError> {
    let mut here = BTreeMap::new();
    for rows in rows.chunks(MOST_ROWS) {
        let keys = rows.iter().map(|row| row.key).collect();
        let Answer::Rows { rows, .. } = cx.desk.ask(Query::Get(keys))? else {
            return Err(crate::cli::desk::unexpected());
        };
        for row in rows {
            let body = row.body.value();
            here.insert(
                row.key,
                body.map_err(|_no_json| crate::cli::desk::unexpected())?,
            );
        }
    }
    Ok(here)
}
