//! `circlet decision`: list, edit.

use clap::{Args, Subcommand};

use crate::cli::error::Outcome;
use crate::cli::{Cx, action, written};
use crate::command::{Command, ItemEdit};
use crate::domain::id::Kind;

/// What can be done with decisions.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// All of them, the newest first
    List,
    /// Change a decision, or say when to look at it again and what came of it
    Edit(Edit),
}

/// What to change about a decision.
#[derive(Clone, Debug, Args)]
pub struct Edit {
    /// D3, circle/D3 or uid
    id: String,
    /// New words
    #[arg(long)]
    text: Option<String>,
    /// When to look at it again: fri, +3m, 2026-06-01, ns; "none" takes the date away
    #[arg(long, value_name = "WHEN")]
    revisit: Option<String>,
    /// What came of it; "" takes it away
    #[arg(long, value_name = "TEXT")]
    outcome: Option<String>,
}

pub(super) fn run(cx: &mut Cx<'_, '_>, verb: &Verb) -> Outcome {
    match verb {
        Verb::List => written::decisions(cx, &written::Verb::List { all: true }),
        Verb::Edit(edit) => {
            let (key, _) = cx.desk.find(cx.global, Kind::Decision, &edit.id)?;
            let revisit = edit.revisit.as_deref();
            let edit = ItemEdit {
                text: edit.text.as_deref().map(action::words).transpose()?,
                revisit: revisit.map(|when| action::due(cx, when)).transpose()?,
                outcome: edit.outcome.as_deref().map(action::words).transpose()?,
                ..ItemEdit::default()
            };
            cx.commit(Command::EditItem { key, edit })
        }
    }
}
