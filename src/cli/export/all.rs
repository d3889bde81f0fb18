//! `circlet export all`: every document, for a second store or for safety.

use clap::{Args, ValueEnum};

use crate::cli::Cx;
use crate::cli::desk::Desk;
use crate::cli::desk::documents::{Pages, read, unreadable};
use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::export::{To, not_written, tell_written};
use crate::cli::out::Out;
use crate::cli::place::shown;
use crate::cli::stream::Stream;
use crate::cli::whose;
use crate::command::travels;
use crate::domain::id::{Kind, MemberId, Space};
use crate::domain::item::Owner;
use crate::exchange::archive::{Wish, Writer, is_own};
use crate::exchange::out;

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
    let running = state.running().filter(|(circle, ..)| {
        let whole = (Space::Circle(*circle), None);
        spaces.contains(&whole)
    });
    let running = running.map(|(_, session, _)| session.number);
    let count = match asked.to.file() {
        None => items(&mut cx.desk, cx.out, &spaces, &mut writer)?,
        Some(path) => {
            let failed = |error: out::OutError| not_written(&error);
            let mut file = out::NewFile::create(path, asked.to.force).map_err(failed)?;
            let mut nothing = std::io::sink();
            let mut into = Out::new(&mut file, &mut nothing);
            let count = items(&mut cx.desk, &mut into, &spaces, &mut writer)?;
            let written = into.written();
            drop(into);
            written.map_err(|source| {
                let name = shown(path);
                failed(out::OutError::Io { name, source })
            })?;
            file.finish().map_err(failed)?;
            count
        }
    };
    let mut told = writer.left_out().words();
    if !told.is_empty() {
        told.insert(0, format!("{count} documents"));
    }
    told.extend(running.map(|number| {
        format!("Session #{number} is running; where this is taken in it is a planned one")
    }));
    tell_written(cx, &asked.to, &told);
    Ok(Exit::Done)
}

/// Writes everything of these spaces while it is read; how much that was.
fn items(
    desk: &mut Desk,
    out: &mut Out<'_>,
    spaces: &[(Space, Option<MemberId>)],
    writer: &mut Writer,
) -> Result<usize, CliError> {
    let mut stream = Stream::json(out, &writer.head(desk.now()));
    // The circle comes before what is in it, so that a reader can go row by row.
    let rest = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Circle);
    let kinds = std::iter::once(Kind::Circle).chain(rest);
    let kinds: Vec<Kind> = kinds.filter(|kind| travels(*kind)).collect();
    let places = spaces
        .iter()
        .flat_map(|(space, _)| kinds.iter().map(|kind| (*space, *kind)));
    let mut pages = Pages::new(places);
    while let Some((space, rows)) = pages.next(desk)? {
        let owner = spaces.iter().find(|(other, _)| *other == space);
        let owner = owner.and_then(|(_, owner)| *owner);
        for row in &rows {
            if let Some(member) = owner
                && !is_own(&read(row)?.1, member)
            {
                continue;
            }
            let line = writer.line(&row.key, &row.body);
            if let Some(line) = line.map_err(|error| unreadable(&error))? {
                stream.line(out, line);
            }
        }
    }
    Ok(stream.end_with(out, &writer.tail()))
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
