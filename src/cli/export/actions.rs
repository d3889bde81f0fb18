//! `circlet export actions`.

use clap::{Args, ValueEnum};

use crate::cli::error::{CliError, Exit, Outcome, sentence};
use crate::cli::export::{To, put_and_tell};
use crate::cli::out::json_text;
use crate::cli::{Cx, whose};
use crate::domain::action_list::{ActionList, Source, Which};
use crate::domain::clock::{Moment, Span};
use crate::domain::id::CircleId;
use crate::domain::item::Action;
use crate::domain::mentions;
use crate::domain::names::Naming;
use crate::exchange::actions::{self, Wish};
use crate::exchange::archive::{self, LeftOut};

/// Which actions, and how.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the command line"
)]
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
    /// Open ones, closed ones or both; where nothing is said open ones, and in a calendar those too that were closed or
    /// thrown away in the last 90 days
    #[arg(long, value_enum)]
    state: Option<State>,
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

impl Format {
    /// The format of a file that is no JSON.
    const fn plain(self) -> Option<actions::Format> {
        match self {
            Self::Md => Some(actions::Format::Markdown),
            Self::Html => Some(actions::Format::Html),
            Self::Csv => Some(actions::Format::Csv),
            Self::Ics => Some(actions::Format::Calendar),
            Self::Todo => Some(actions::Format::Todo),
            Self::Json => None,
        }
    }
}

/// So long a calendar is told of what is over: longer than anybody waits with writing the file anew.
const RECENT: Span = Span::from_minutes(90 * 24 * 60);

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
    rows: Vec<Action>,
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
                Some(State::Open) => Some(true),
                Some(State::Done) => Some(false),
                Some(State::All) => None,
                // What an earlier file put into a calendar is ticked off or taken away there.
                None => (format != Format::Ics).then_some(true),
            },
            owner,
            tag: asked
                .tag
                .as_ref()
                .map(|tag| tag.trim_start_matches('#').to_owned()),
        };
        let mut rows = cx.desk.actions(circle)?;
        rows.retain(|action| which.has(action));
        if format == Format::Ics && asked.state.is_none() {
            let now = cx.desk.now();
            rows.retain(|action| is_recent(action, now));
        } else if format != Format::Json {
            left.trash += rows
                .extract_if(.., |action| action.trashed.is_some())
                .count();
        }
        found.push(Found { circle, rows });
    }
    let (text, told) = {
        let sources = sources(cx, &found);
        match format.plain() {
            None => json(cx, asked, &sources),
            Some(format) => text(cx, asked, (&sources, format, left))?,
        }
    };
    put_and_tell(cx, &asked.to, &text, &told)?;
    Ok(Exit::Done)
}

/// Whether an action is open, or was until not long ago.
fn is_recent(action: &Action, now: Moment) -> bool {
    let over = action.trashed.or(action.closed);
    (action.state.is_open() && action.trashed.is_none())
        || over.is_some_and(|over| now - over <= RECENT)
}

fn sources<'a>(cx: &'a Cx<'_, '_>, found: &'a [Found]) -> Vec<Source<'a>> {
    let state = cx.desk.state();
    let source = |of: &'a Found| {
        Some(Source {
            circle: state.circle(of.circle)?,
            members: state.everyone(of.circle).collect(),
            actions: of.rows.iter().collect(),
            next: state
                .next_session(of.circle, cx.desk.now())
                .map(|next| next.start),
        })
    };
    found.iter().filter_map(source).collect()
}

fn listed(cx: &Cx<'_, '_>, asked: &Actions, sources: &[Source<'_>]) -> ActionList {
    let naming = if asked.no_names {
        Naming::Numbered
    } else {
        Naming::Full
    };
    ActionList::new(sources, naming, cx.desk.zone())
}

/// A file for people or for another program, and what there is to say of it.
fn text(
    cx: &Cx<'_, '_>,
    asked: &Actions,
    (sources, format, left): (&[Source<'_>], actions::Format, LeftOut),
) -> Result<(String, Vec<String>), CliError> {
    let list = listed(cx, asked, sources);
    let wish = Wish {
        now: cx.desk.now(),
        zone: cx.desk.zone(),
        alarms: !asked.no_alarms,
    };
    let text = actions::write(&list, format, &wish).map_err(|why| {
        CliError::failed(format!("The actions cannot be written: {}", sentence(&why)))
    })?;
    let trash = match left.trash {
        0 => None,
        trash => Some(format!("Left out: {trash} in the trash")),
    };
    let told = trash
        .into_iter()
        .chain(mentions::words(list.may_name))
        .chain(actions::lost(&list, format));
    Ok((text, told.collect()))
}

/// The file that `circlet import` reads.
fn json(cx: &Cx<'_, '_>, asked: &Actions, sources: &[Source<'_>]) -> (String, Vec<String>) {
    let wish = archive::Wish {
        private: asked.private,
        no_names: asked.no_names,
        own: false,
    };
    let list = listed(cx, asked, sources);
    let (file, left) = actions::json(&list, sources, (wish, cx.desk.now()));
    (json_text(&file) + "\n", left.words())
}
