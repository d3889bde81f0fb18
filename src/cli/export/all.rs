//! `circlet export all`: every document, for a second store or for safety.

use clap::{Args, ValueEnum};

use crate::cli::Cx;
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::export::{To, put_and_tell};
use crate::cli::out::json_text;
use crate::cli::whose;
use crate::command::travels;
use crate::domain::document::Document;
use crate::domain::id::{Key, Kind, MemberId, Space};
use crate::domain::item::Owner;
use crate::exchange::archive::{Wish, Writer, is_own};

/// What to write, and how.
#[derive(Clone, Debug, Args)]
pub struct All {
    #[command(flatten)]
    to: To,
    /// How
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// What is only for you and the trash too; with it nothing is lost
    #[arg(long)]
    private: bool,
    /// People by number in place of their names
    #[arg(long)]
    no_names: bool,
    /// One person's own copy: the circle and its books, themselves, what is theirs
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
}

/// How everything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown; not possible
    #[value(hide = true)]
    Md,
    /// JSON
    Json,
}

pub(super) fn write(cx: &mut Cx<'_, '_>, asked: &All) -> Outcome {
    if asked.format == Format::Md {
        return Err(CliError::usage(
            "Everything is written as JSON only. For reading: circlet export minutes --format md",
        ));
    }
    let spaces = spaces(cx, asked)?;
    let wish = Wish {
        private: asked.private,
        no_names: asked.no_names,
        own: asked.owner.is_some(),
    };
    let state = cx.desk.state();
    let members = state.circles().flat_map(|circle| {
        let members = state.everyone(circle.id);
        members.map(|member| (circle.id, member))
    });
    let mut writer = Writer::new(wish, members);
    let mut running = None;
    for (space, owner) in spaces {
        // The circle comes before what is in it, so that a reader can go row by row.
        let rest = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Circle);
        for kind in std::iter::once(Kind::Circle)
            .chain(rest)
            .filter(|kind| travels(*kind))
        {
            for (key, document) in own(cx.desk.scan(space, kind)?, owner) {
                writer.put(&key, &document);
            }
        }
        if let (Space::Circle(circle), None) = (space, owner) {
            let here = cx.desk.state().running().filter(|(at, ..)| *at == circle);
            running = running.or(here.map(|(_, session, _)| session.number));
        }
    }
    let count = writer.count();
    let (file, left) = writer.end(cx.desk.now());
    let mut told = left.words();
    if !told.is_empty() {
        told.insert(0, format!("{count} documents"));
    }
    told.extend(running.map(|number| {
        format!("Session #{number} is running; where this is taken in it is a planned one")
    }));
    put_and_tell(cx, &asked.to, &(json_text(&file) + "\n"), &told)?;
    Ok(Exit::Done)
}

/// Where to look, and for whose documents.
fn spaces(cx: &Cx<'_, '_>, asked: &All) -> Result<Vec<(Space, Option<MemberId>)>, CliError> {
    if let Some(typed) = &asked.owner {
        return whose::each(cx, Some(typed), false)?
            .into_iter()
            .map(|(circle, owner)| match owner {
                Some(Owner::Member(member)) => Ok((Space::Circle(circle), Some(member))),
                Some(Owner::All | Owner::Nobody) | None => Err(CliError::usage(
                    "A copy of one's own belongs to one person. Name somebody after --owner.",
                )),
            })
            .collect();
    }
    if cx.global.circle.is_some() {
        let circle = cx.desk.circle(cx.global)?.id;
        return Ok(vec![(Space::Circle(circle), None)]);
    }
    let circles = cx.desk.state().circles();
    Ok(std::iter::once(Space::Org)
        .chain(circles.map(|circle| Space::Circle(circle.id)))
        .map(|space| (space, None))
        .collect())
}

/// Those that belong to somebody's own copy, where one is written.
fn own(rows: Vec<(Key, Document)>, owner: Option<MemberId>) -> Vec<(Key, Document)> {
    match owner {
        None => rows,
        Some(member) => rows
            .into_iter()
            .filter(|(_, document)| is_own(document, member))
            .collect(),
    }
}
