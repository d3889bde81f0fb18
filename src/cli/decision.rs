//! `circlet decision`: list, edit, keep, change, reverse.

use clap::{Args, Subcommand};

use crate::cli::error::Outcome;
use crate::cli::{Cx, typed, written};
use crate::command::{Command, ItemEdit};
use crate::domain::id::Kind;
use crate::domain::look::Verdict;

/// What can be done with decisions.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// All decisions, the newest first
    List,
    /// Change a decision, or say when to look at it again and what came of it
    Edit(Edit),
    /// A second look: it stands
    Keep {
        /// D3, circle/D3 or uid
        id: String,
    },
    /// A second look: it says something else from now on
    Change {
        /// D3, circle/D3 or uid
        id: String,
        /// The new words; the old ones stay with it
        text: String,
    },
    /// A second look: it does not hold any more
    Reverse {
        /// D3, circle/D3 or uid
        id: String,
    },
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
        Verb::List => written::decisions(cx),
        Verb::Edit(edit) => {
            let (key, _) = cx.desk.find(cx.global, Kind::Decision, &edit.id)?;
            let revisit = edit.revisit.as_deref();
            let edit = ItemEdit {
                text: edit.text.as_deref().map(typed::words).transpose()?,
                revisit: revisit.map(|when| typed::due(cx, when)).transpose()?,
                outcome: edit.outcome.as_deref().map(typed::words).transpose()?,
                ..ItemEdit::default()
            };
            cx.commit(Command::EditItem { key, edit })
        }
        Verb::Keep { id } => again(cx, id, Verdict::Keep),
        Verb::Change { id, text } => {
            let words = typed::words(text)?;
            again(cx, id, Verdict::Change(words))
        }
        Verb::Reverse { id } => again(cx, id, Verdict::Reverse),
    }
}

fn again(cx: &mut Cx<'_, '_>, id: &str, verdict: Verdict) -> Outcome {
    let (key, _) = cx.desk.find(cx.global, Kind::Decision, id)?;
    cx.commit(Command::LookAgain { key, verdict })
}
