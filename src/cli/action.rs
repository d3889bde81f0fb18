//! `circlet action`: list, show, done, partly, renew, drop, help, edit, move.

mod moving;
pub(super) mod reader;

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::cli::action::reader::Reader;
use crate::cli::error::{CliError, Exit, Outcome, echo};
use crate::cli::receipt::Receipt;
use crate::cli::rows::View;
use crate::cli::stream::Stream;
use crate::cli::{Cx, filter, name, whose};
use crate::command::{Command, ItemEdit, Settle};
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::filter::sought::{Is, Sought};
use crate::domain::id::{CircleId, Key, Kind, Space};
use crate::domain::item::{Action, Due, Owner};
use crate::domain::text::{Clean, Limit, fold};
use crate::domain::when;
use crate::engine::query::ActionFilter;

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

/// Which actions to list.
#[derive(Clone, Debug, Default, Args)]
pub struct List {
    /// Of one person; "all" for shared ones, "nobody" for those without an owner
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    /// Mine
    #[arg(long, conflicts_with = "owner")]
    mine: bool,
    /// Due by then
    #[arg(long, value_name = "WHEN")]
    due: Option<String>,
    /// Past their date
    #[arg(long, conflicts_with = "due")]
    overdue: bool,
    /// With this tag
    #[arg(long)]
    tag: Option<String>,
    /// A filter as in the app, or the name of a saved one: "@maria is:overdue #growth"
    #[arg(long, value_name = "FILTER")]
    filter: Option<String>,
    /// Closed ones too
    #[arg(long)]
    all: bool,
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

pub(super) fn words(typed: &str) -> Result<Clean, CliError> {
    Clean::line_within(typed, Limit::Value).map_err(|error| {
        CliError::usage(format!("That is too long: {error}. Nothing was changed."))
    })
}

fn note(typed: &str) -> Result<Clean, CliError> {
    Clean::text_within(typed, Limit::Note).map_err(|error| {
        CliError::usage(format!("That is too long: {error}. Nothing was changed."))
    })
}

pub(super) fn due(cx: &Cx<'_, '_>, typed: &str) -> Result<Due, CliError> {
    match fold(typed.trim()).as_str() {
        "ns" | "next session" => return Ok(Due::NextSession),
        "none" | "-" => return Ok(Due::None),
        _ => {}
    }
    if let Some((day, time)) = when::with_time(typed, cx.desk.seen()) {
        return Err(CliError::usage(format!(
            "A date is a whole day: write {day}, and \"{}\" into the words.",
            echo(time)
        )));
    }
    when::read(typed, cx.desk.seen())
        .map(Due::On)
        .ok_or_else(|| {
            CliError::usage(format!(
                "{}. Write fri, +1w, 20 mar, 2026-03-20 or ns for the next session.",
                when::no_date(echo(typed).as_str(), cx.desk.seen())
            ))
        })
}

fn list(cx: &mut Cx<'_, '_>, which: &List) -> Outcome {
    let due = which.due.as_deref();
    let due = due.map(|typed| due_by(cx, typed)).transpose()?;
    let sought = which.filter.as_deref();
    let sought = sought.map(|typed| filter::sought(cx, typed)).transpose()?;
    let place = sought.as_ref().and_then(Sought::place);
    let named = cx.global.circle.as_deref();
    let several = name::circles(cx.desk.state(), named)?.len() > 1;
    let mut readers = Vec::new();
    for (circle, owner) in whose::each(cx, which.owner.as_deref(), which.mine)? {
        if place == Some(Is::Trash) {
            readers.push(Reader::of_trash(circle, filter::trash(cx, circle)?));
            continue;
        }
        let (until, sessions_before) = match due {
            Some(due) => until(cx, circle, due),
            // A session makes nothing late: its date is still open.
            None if which.overdue => (cx.desk.view().today().pred_opt(), None),
            None => (None, None),
        };
        readers.push(Reader::new(ActionFilter {
            circle: Some(circle),
            owner,
            sessions_before,
            open: match place {
                Some(Is::Done) => Some(false),
                _ => (!which.all).then_some(true),
            },
            until,
            tag: which
                .tag
                .as_deref()
                .map(|tag| tag.trim_start_matches('#').to_owned()),
        }));
    }
    tell(cx, readers, sought.as_ref(), several)
}

/// The date of `--due`.
fn due_by(cx: &Cx<'_, '_>, typed: &str) -> Result<Due, CliError> {
    match due(cx, typed)? {
        Due::None => Err(CliError::usage(
            "--due needs a date: fri, +1w, 20 mar, 2026-03-20 or ns for the next session.",
        )),
        due @ (Due::On(_) | Due::NextSession) => Ok(due),
    }
}

/// The last day that counts in a circle, and the instant before which its next session has to start.
fn until(cx: &Cx<'_, '_>, circle: CircleId, due: Due) -> (Option<NaiveDate>, Option<Moment>) {
    let view = cx.desk.view();
    // Without a next session there is no end.
    let Some(day) = view.session_day(circle, due) else {
        return (None, None);
    };
    let end = day.succ_opt().unwrap_or(day).and_time(NaiveTime::MIN);
    (Some(day), Some(Moment::from_local(end, view.zone)))
}

/// Tells what the readers find: of several circles the soonest due first.
fn tell(
    cx: &mut Cx<'_, '_>,
    mut readers: Vec<Reader>,
    sought: Option<&Sought>,
    several: bool,
) -> Outcome {
    let mut stream = if cx.global.json {
        Stream::json(cx.out, &json!({"schema": "circlet.actions/1"}))
    } else {
        Stream::table()
    };
    for reader in &mut readers {
        reader.ask(&mut cx.desk);
    }
    while tell_pages(cx, &mut readers, (sought, several), &mut stream)? {}
    let none = stream.end(cx.out, "No actions.") == 0;
    // One word is the name of a filter or a word of the text; nothing says which was meant.
    let word = sought
        .map(Sought::text)
        .filter(|text| !text.contains([' ', ':', '@', '#', '+']));
    if let Some(word) = word.filter(|_| none) {
        cx.out.note(&format!(
            "\"{}\" is in no action, and no filter is saved under that name.",
            echo(word)
        ));
    }
    Ok(Exit::Done)
}

/// Tells what has been read, until one of the readers has to read on. Whether one has.
fn tell_pages(
    cx: &mut Cx<'_, '_>,
    readers: &mut [Reader],
    (sought, several): (Option<&Sought>, bool),
    stream: &mut Stream,
) -> Result<bool, CliError> {
    for reader in &mut *readers {
        reader.fill(&mut cx.desk)?;
    }
    let view = cx.desk.view();
    let mut tests = BTreeMap::new();
    let mut heads: Vec<_> = readers.iter().map(|reader| reader.place(&view)).collect();
    loop {
        let places = heads.iter().enumerate();
        let places = places.filter_map(|(n, place)| Some((place.as_ref()?, n)));
        // Readers are in the order of the names of circles, which decides among equals.
        let Some((_, first)) = places.min() else {
            return Ok(false);
        };
        let (Some(reader), Some(head)) = (readers.get_mut(first), heads.get_mut(first)) else {
            return Ok(false);
        };
        let Some((circle, action)) = reader.take() else {
            return Ok(false);
        };
        *head = reader.place(&view);
        let read_on = reader.must_read();
        // People and days are looked up once for each circle, not for each row.
        let fits = sought.is_none_or(|sought| {
            let test = tests.entry(circle);
            let test = test.or_insert_with(|| filter::test(&cx.desk, sought, circle));
            test.fits(&action)
        });
        if fits {
            if stream.is_json() {
                stream.item(cx.out, &view.action(circle, &action));
            } else {
                stream.cells(cx.out, cells(&view, (circle, several), &action));
            }
        }
        if read_on {
            return Ok(true);
        }
    }
}

fn cells(view: &View<'_>, (circle, several): (CircleId, bool), action: &Action) -> Vec<String> {
    let mut cells = view.action_cells(circle, action);
    if several {
        let name = view.state.circle(circle).map(|held| held.name.to_string());
        cells.insert(1, name.unwrap_or_default());
    }
    cells
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
