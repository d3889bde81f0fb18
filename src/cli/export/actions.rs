//! `circlet export actions`.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};

use crate::cli::error::{CliError, Exit, Outcome, sentence};
use crate::cli::export::{To, put_and_tell};
use crate::cli::out::json_text;
use crate::cli::{Cx, whose};
use crate::domain::action_list::{ActionList, Source, Which};
use crate::domain::change::Rev;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind};
use crate::domain::item::Action;
use crate::domain::mentions;
use crate::domain::names::Naming;
use crate::exchange::actions::{self, Wish};
use crate::exchange::archive::{self, LeftOut, Writer};

/// Which actions, and how.
#[derive(Clone, Debug, Args)]
pub struct Actions {
    /// How; Markdown where nothing is said. JSON is what "circlet import" reads
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Of one person; "all" for shared ones, "nobody" for those without an owner
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    /// Mine
    #[arg(long, conflicts_with = "owner")]
    mine: bool,
    /// Open ones, closed ones or both
    #[arg(long, value_enum, default_value_t = State::Open)]
    state: State,
    /// With this tag
    #[arg(long)]
    tag: Option<String>,
    /// People by number in place of their names
    #[arg(long)]
    no_names: bool,
    /// The trash too, and everything that is known of each; JSON alone
    #[arg(long)]
    private: bool,
    /// No reminders in a calendar
    #[arg(long)]
    no_alarms: bool,
    #[command(flatten)]
    to: To,
}

/// How actions are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown
    Md,
    /// A page of its own, to be read or printed
    Html,
    /// A table
    Csv,
    /// To-dos for calendar programs; written again, they update
    Ics,
    /// JSON
    Json,
    /// todo.txt
    Todo,
}

/// Which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum State {
    /// Open, partly done or moved
    Open,
    /// Done or let go
    Done,
    /// All
    All,
}

/// The actions of a circle that are to be written.
struct Found {
    circle: CircleId,
    rows: Vec<(Rev, Action)>,
    sessions: Rev,
}

pub(super) fn write(cx: &mut Cx<'_, '_>, asked: &Actions) -> Outcome {
    let format = match asked.format {
        Some(format) => format,
        None if cx.global.json => Format::Json,
        None => Format::Md,
    };
    if asked.private && format != Format::Json {
        return Err(CliError::usage(
            "Only JSON can say what is private about an action. Add --format json, or leave --private out.",
        ));
    }
    let mut left = LeftOut::default();
    let mut found = Vec::new();
    for (circle, owner) in whose::each(cx, asked.owner.as_deref(), asked.mine)? {
        let which = Which {
            open: match asked.state {
                State::Open => Some(true),
                State::Done => Some(false),
                State::All => None,
            },
            owner,
            tag: asked
                .tag
                .as_ref()
                .map(|tag| tag.trim_start_matches('#').to_owned()),
        };
        let mut rows = cx.desk.actions(circle)?;
        rows.retain(|(_, action)| which.has(action));
        if format != Format::Json {
            left.trash += rows
                .extract_if(.., |(_, action)| action.trashed.is_some())
                .count();
        }
        let sessions = match format {
            Format::Ics => cx.desk.sessions(circle)?,
            Format::Md | Format::Html | Format::Csv | Format::Json | Format::Todo => Vec::new(),
        };
        found.push(Found {
            circle,
            rows,
            sessions: sessions
                .iter()
                .map(|(rev, _)| *rev)
                .max()
                .unwrap_or_default(),
        });
    }
    let list = listed(cx, &found, asked.no_names);
    let (text, told) = match format {
        Format::Json => json(cx, asked, (&found, &list)),
        Format::Md => text(cx, asked, (&list, actions::Format::Markdown, left))?,
        Format::Html => text(cx, asked, (&list, actions::Format::Html, left))?,
        Format::Csv => text(cx, asked, (&list, actions::Format::Csv, left))?,
        Format::Ics => text(cx, asked, (&list, actions::Format::Calendar, left))?,
        Format::Todo => text(cx, asked, (&list, actions::Format::Todo, left))?,
    };
    put_and_tell(cx, &asked.to, &text, &told)?;
    Ok(Exit::Done)
}

fn listed(cx: &Cx<'_, '_>, found: &[Found], no_names: bool) -> ActionList {
    let state = cx.desk.state();
    let sources: Vec<Source<'_>> = found
        .iter()
        .filter_map(|of| {
            Some(Source {
                circle: state.circle(of.circle)?,
                members: state.everyone(of.circle).collect(),
                actions: of.rows.iter().map(|(rev, action)| (*rev, action)).collect(),
                next: state.next_session(of.circle).map(|next| next.start),
                sessions: of.sessions,
            })
        })
        .collect();
    let naming = if no_names {
        Naming::Numbered
    } else {
        Naming::Full
    };
    ActionList::new(&sources, naming, cx.desk.zone())
}

/// A file for people or for another program, and what there is to say of it.
fn text(
    cx: &Cx<'_, '_>,
    asked: &Actions,
    (list, format, left): (&ActionList, actions::Format, LeftOut),
) -> Result<(String, Vec<String>), CliError> {
    let wish = Wish {
        now: cx.desk.now(),
        zone: cx.desk.zone(),
        alarms: !asked.no_alarms,
    };
    let text = actions::write(list, format, &wish).map_err(|why| {
        CliError::failed(format!("The actions cannot be written: {}", sentence(&why)))
    })?;
    let trash = match left.trash {
        0 => None,
        trash => Some(format!("Left out: {trash} in the trash")),
    };
    let told = trash
        .into_iter()
        .chain(mentions::words(list.may_name))
        .chain(actions::lost(list, format));
    Ok((text, told.collect()))
}

/// The file that `circlet import` reads: the circles, those who own something, and the actions.
fn json(
    cx: &Cx<'_, '_>,
    asked: &Actions,
    (found, list): (&[Found], &ActionList),
) -> (String, Vec<String>) {
    let state = cx.desk.state();
    let circle_of = |of: &Found| {
        let circle = state.circle(of.circle)?;
        let key = Key::circle(of.circle, Kind::Circle, of.circle.0);
        Some((key, Document::from(circle.clone())))
    };
    let owners = |of: &Found| {
        let owners: BTreeSet<_> = of
            .rows
            .iter()
            .filter_map(|(_, row)| row.owner_id())
            .collect();
        let circle = of.circle;
        owners.into_iter().filter_map(move |id| {
            let key = Key::circle(circle, Kind::Member, id.0);
            Some((key, Document::from(state.member(circle, id)?.clone())))
        })
    };
    let rows = |of: &Found| {
        let circle = of.circle;
        let key = move |row: &Action| Key::circle(circle, Kind::Action, row.id.0);
        let rows = of.rows.iter();
        let rows = rows.map(move |(_, row)| (key(row), Document::from(row.clone())));
        rows.collect::<Vec<_>>()
    };
    let documents = found
        .iter()
        .filter_map(circle_of)
        .chain(found.iter().flat_map(owners))
        .chain(found.iter().flat_map(rows));
    let wish = archive::Wish {
        private: asked.private,
        no_names: asked.no_names,
        own: false,
    };
    let members = found.iter().flat_map(|of| {
        let members = state.everyone(of.circle);
        members.map(|member| (of.circle, member))
    });
    let writer = Writer::new(wish, members);
    let (file, left) = actions::json(list, documents, writer, cx.desk.now());
    (json_text(&file) + "\n", left.words())
}
