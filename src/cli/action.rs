//! `circlet action`: list, show, done, partly, renew, drop, help, edit, move.

mod list;
mod moving;
pub(super) mod reader;

use clap::{Args, Subcommand};

use crate::cli::action::list::{List, list};
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::receipt::Receipt;
use crate::cli::rows::View;
use crate::cli::typed::{due, note, words};
use crate::cli::{Cx, whose};
use crate::command::{Command, ItemEdit, Settle};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, Space};
use crate::domain::item::{Action, Due, Owner};

/// What can be done with actions.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// Open actions, the soonest due first
    List(List),
    /// Show one action with all that is known of it
    Show {
        /// A14, circle/A14 or uid
        id: String,
    },
    /// Check actions off
    Done {
        /// Which: A14, circle/A14 or uid
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Say that an action is partly done, and what is left
    Partly {
        /// Which: A14, circle/A14 or uid
        id: String,
        /// What is left
        left: String,
    },
    /// Give an action a new date
    Renew {
        /// Which: A14, circle/A14 or uid
        id: String,
        /// When: fri, +1w, 2026-03-20, ns (next session)
        when: String,
    },
    /// Let an action go
    Drop {
        /// Which: A14, circle/A14 or uid
        id: String,
        /// Why, if you like
        reason: Option<String>,
    },
    /// Ask the circle for help: a topic of the next session
    Help {
        /// Which: A14, circle/A14 or uid
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Change an action
    Edit(Edit),
    /// Move actions to another circle, where they get new numbers
    Move {
        /// Which: A14, circle/A14 or uid
        #[arg(required = true)]
        ids: Vec<String>,
        /// The other circle, by the beginning of its name
        #[arg(long, value_name = "NAME")]
        to: String,
    },
}

/// What to change about an action.
#[derive(Clone, Debug, Args)]
pub struct Edit {
    /// Which: A14, circle/A14 or uid
    id: String,
    /// New words
    #[arg(long)]
    text: Option<String>,
    /// New owner; "all" or "nobody"
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    /// New date; "none" takes it away
    #[arg(long, value_name = "WHEN")]
    due: Option<String>,
    /// Importance, 0 to 3
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=3))]
    priority: Option<u8>,
    /// New tags, all of them
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// What it waits for; "" ends the wait
    #[arg(long, value_name = "WHAT")]
    waits_for: Option<String>,
    /// Who asks after it; "nobody" takes the name off
    #[arg(long, value_name = "PERSON")]
    partner: Option<String>,
    /// The goal or competency that it helps; "" takes it off
    #[arg(long, value_name = "GOAL")]
    helps: Option<String>,
    /// What stands beside it; "" takes it away
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

pub(super) fn run(cx: &mut Cx<'_, '_>, verb: Verb) -> Outcome {
    match verb {
        Verb::List(which) => list(cx, &which),
        Verb::Show { id } => show(cx, &id),
        Verb::Done { ids } => settle(cx, &ids, Settle::Done),
        Verb::Partly { id, left } => {
            let left = words(&left)?;
            if left.trim().is_empty() {
                return Err(CliError::usage(
                    "Say what is left: circlet action partly A14 \"ask HR\"",
                ));
            }
            settle(cx, &[id], Settle::Partly(left))
        }
        Verb::Drop { id, reason } => {
            let reason = reason.as_deref().map(words).transpose()?;
            settle(cx, &[id], Settle::LetGo(reason))
        }
        Verb::Renew { id, when } => {
            let (key, _) = cx.desk.find(cx.global, Kind::Action, &id)?;
            let due = due(cx, &when)?;
            let edit = ItemEdit {
                due: Some(due),
                ..ItemEdit::default()
            };
            let act = cx.desk.run(Command::EditItem { key, edit })?;
            let past = matches!(due, Due::On(day) if day < cx.desk.view().today());
            let past = past.then(|| "That day is past, so it is late at once.".to_owned());
            let warnings = past.into_iter().collect();
            Receipt::of(&act, &cx.desk.view(), warnings).tell(cx.out, cx.global.json);
            Ok(Exit::Done)
        }
        Verb::Help { ids } => settle(cx, &ids, Settle::Help),
        Verb::Edit(edit) => change(cx, &edit),
        Verb::Move { ids, to } => moving::run(cx, &ids, &to),
    }
}

fn show(cx: &mut Cx<'_, '_>, id: &str) -> Outcome {
    let (key, document) = cx.desk.find(cx.global, Kind::Action, id)?;
    let (Space::Circle(circle), Document::Action(action)) = (key.space, document) else {
        return Err(CliError::failed("That is no action."));
    };
    cx.desk
        .fetch_sessions(action.origin.session.map(|session| (circle, session)))?;
    let view = cx.desk.view();
    let row = view.action(circle, &action);
    let mut lines = vec![
        view.action_cells(circle, &action)
            .join("  ")
            .trim_end()
            .to_owned(),
    ];
    let session = action
        .origin
        .session
        .and_then(|id| view.session_of(circle, id));
    lines.push(format!(
        "  written {}{}",
        view.time(action.origin.at),
        session
            .map(|session| format!(" in session #{}", session.number))
            .unwrap_or_default()
    ));
    lines.extend(beside(&view, circle, &action));
    if action.carried > 0 {
        lines.push(format!("  given a new date {}x", action.carried));
    }
    lines.extend(
        action
            .reason
            .as_ref()
            .map(|reason| format!("  let go: {reason}")),
    );
    cx.show("action", row, &lines);
    Ok(Exit::Done)
}

/// What stands beside the words of an action, a line each.
fn beside(view: &View<'_>, circle: CircleId, action: &Action) -> Vec<String> {
    let partner = action
        .partner
        .map(|partner| view.owner(circle, Owner::Member(partner)));
    let helped = action
        .help
        .then(|| "the circle is asked for help".to_owned());
    [
        action
            .waits_for
            .as_ref()
            .map(|what| format!("waits for {what}")),
        action.helps.as_ref().map(|goal| format!("helps {goal}")),
        partner.map(|name| format!("{name} asks after it")),
        helped,
        action
            .note
            .as_ref()
            .map(|note| format!("note: {}", note.replace('\n', "\n        "))),
    ]
    .into_iter()
    .flatten()
    .map(|line| format!("  {line}"))
    .collect()
}

/// The actions that were named, each once.
fn found(cx: &mut Cx<'_, '_>, ids: &[String]) -> Result<Vec<Key>, CliError> {
    let mut actions: Vec<Key> = Vec::new();
    for id in ids {
        let (key, _) = cx.desk.find(cx.global, Kind::Action, id)?;
        if !actions.contains(&key) {
            actions.push(key);
        }
    }
    Ok(actions)
}

fn settle(cx: &mut Cx<'_, '_>, ids: &[String], how: Settle) -> Outcome {
    let actions = found(cx, ids)?;
    cx.commit(Command::Settle { actions, how })
}

fn change(cx: &mut Cx<'_, '_>, edit: &Edit) -> Outcome {
    let (key, _) = cx.desk.find(cx.global, Kind::Action, &edit.id)?;
    let Space::Circle(circle) = key.space else {
        return Err(CliError::failed("That is no action of a circle."));
    };
    let tag = |tag: &String| words(tag.trim_start_matches('#'));
    let tags = edit.tags.iter().map(tag).collect::<Result<Vec<_>, _>>()?;
    let edit = ItemEdit {
        text: edit.text.as_deref().map(words).transpose()?,
        owner: edit
            .owner
            .as_deref()
            .map(|typed| whose::owner(cx, circle, typed))
            .transpose()?,
        due: edit
            .due
            .as_deref()
            .map(|typed| due(cx, typed))
            .transpose()?,
        priority: edit.priority,
        tags: (!tags.is_empty()).then_some(tags),
        waits_for: edit.waits_for.as_deref().map(words).transpose()?,
        partner: edit
            .partner
            .as_deref()
            .map(|typed| whose::owner(cx, circle, typed))
            .transpose()?,
        helps: edit.helps.as_deref().map(words).transpose()?,
        note: edit.note.as_deref().map(note).transpose()?,
        ..ItemEdit::default()
    };
    cx.commit(Command::EditItem { key, edit })
}
