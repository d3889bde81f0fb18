//! `circlet groups`: whom to put together, who was with whom, whom to keep apart or together.

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::rows::View;
use crate::cli::{Cx, Listed};
use crate::command::Command;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::names::{self, Naming};
use crate::domain::pairing::{Groups, History, Proposal, Size, Wish, propose};
use crate::domain::roster::Member;
use crate::domain::session::Session;

/// Groups for those who are there.
#[derive(Clone, Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Ask {
    /// How large the groups are
    #[arg(value_enum, default_value_t)]
    size: Sized,
    /// Send them out in the running session, for so many minutes
    #[arg(long, value_name = "MIN", num_args = 0..=1, default_missing_value = "5")]
    start: Option<u16>,
    /// Only show them
    #[arg(long)]
    dry_run: bool,
    /// Another number mixes differently
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// What else can be done with groups.
#[derive(Clone, Debug, Subcommand)]
pub(super) enum Verb {
    /// Who was with whom, the latest first
    History,
    /// Bring the groups that are out back together
    Back,
    /// Keep two people apart
    Apart {
        /// One of them
        one: String,
        /// The other
        other: String,
    },
    /// Keep two people together
    Together {
        /// One of them
        one: String,
        /// The other
        other: String,
    },
    /// Let two people be together or apart as it comes
    Untie {
        /// One of them
        one: String,
        /// The other
        other: String,
    },
}

/// How large groups are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Sized {
    /// Two people.
    #[default]
    Pairs,
    /// Three.
    Threes,
    /// Four.
    Fours,
}

impl From<Sized> for Size {
    fn from(size: Sized) -> Self {
        match size {
            Sized::Pairs => Self::Pairs,
            Sized::Threes => Self::Threes,
            Sized::Fours => Self::Fours,
        }
    }
}

pub(super) fn run(cx: &mut Cx<'_, '_>, ask: &Ask) -> Outcome {
    match &ask.verb {
        None => show(cx, ask),
        Some(Verb::History) => history(cx),
        Some(Verb::Back) => cx.commit(Command::GroupTime { minutes: None }),
        Some(Verb::Apart { one, other }) => tie(cx, (one, other), Some(false)),
        Some(Verb::Together { one, other }) => tie(cx, (one, other), Some(true)),
        Some(Verb::Untie { one, other }) => tie(cx, (one, other), None),
    }
}

fn tie(cx: &mut Cx<'_, '_>, (one, other): (&str, &str), together: Option<bool>) -> Outcome {
    let circle = circle(cx)?;
    let one = cx.desk.person(circle, one)?.id;
    let other = cx.desk.person(circle, other)?.id;
    cx.commit(Command::Tie {
        circle,
        one,
        other,
        together,
    })
}

/// The circle that is named, else the one whose session runs, else the only one.
fn circle(cx: &Cx<'_, '_>) -> Result<CircleId, CliError> {
    let running = cx.desk.state().running();
    match running.filter(|_| cx.global.circle.is_none()) {
        Some((circle, ..)) => Ok(circle),
        None => Ok(cx.desk.circle(cx.global)?.id),
    }
}

fn show(cx: &mut Cx<'_, '_>, ask: &Ask) -> Outcome {
    let circle = circle(cx)?;
    let size = Size::from(ask.size);
    let state = cx.desk.state();
    let running = state.running().filter(|(id, ..)| *id == circle);
    let session = running.map(|(_, session, _)| session);
    let session = session.or_else(|| state.next_session(circle, cx.desk.now()));
    let members = match session {
        Some(session) => state.people_of(circle, session),
        None => state.members(circle),
    };
    let is_here = |member: &&&Member| session.is_none_or(|s| !s.away.contains_key(&member.id));
    let people: Vec<MemberId> = members.iter().filter(is_here).map(|m| m.id).collect();
    let ties = state.circle(circle).map_or(&[][..], |held| &held.ties);
    let wish = Wish {
        people: &people,
        size,
        history: &History::of(state.break_outs(circle)),
        ties,
    };
    let seed = session.map_or(0, Session::seed);
    let made = propose(&wish, ask.seed.unwrap_or(seed));
    let is_running = running.is_some();
    let told = Told::new(&cx.desk.view(), (circle, size), &made, session);
    let start = ask.start.filter(|_| !ask.dry_run);
    if start.is_some() && !is_running {
        return Err(CliError::failed(
            "No session is running, so no groups can go out. Start one: circlet session start",
        ));
    }
    if start.is_none() {
        cx.show("groups", told.row, &told.lines);
    } else if !cx.global.json {
        for line in &told.lines {
            cx.out.line(line);
        }
    }
    if !cx.global.json {
        cx.out.note(&format!("{}.", told.reason));
    }
    match start {
        None => Ok(Exit::Done),
        Some(minutes) => cx.commit(Command::MakeGroups {
            groups: made.groups,
            minutes,
        }),
    }
}

/// A proposal, ready to be told: a line for each group, why, and all of it as a row.
struct Told {
    lines: Vec<String>,
    reason: String,
    row: Value,
}

impl Told {
    fn new(
        view: &View<'_>,
        (circle, size): (CircleId, Size),
        made: &Proposal,
        session: Option<&Session>,
    ) -> Self {
        let reason = made.reason.words(size, &|id| short(view, circle, id));
        let line = |(number, group): (usize, &Vec<MemberId>)| {
            let names: Vec<String> = group.iter().map(|id| short(view, circle, *id)).collect();
            format!("{number:>2}  {}", names.join(", "))
        };
        let full = |group: &Vec<MemberId>| -> Vec<String> {
            group.iter().map(|id| view.called(circle, *id)).collect()
        };
        let row = json!({
            "session": session.map(|session| session.number),
            "size": size.word(),
            "groups": made.groups.iter().map(full).collect::<Vec<_>>(),
            "repeats": made.repeats,
            "reason": reason,
        });
        Self {
            lines: (1..).zip(&made.groups).map(line).collect(),
            reason,
            row,
        }
    }
}

fn short(view: &View<'_>, circle: CircleId, id: MemberId) -> String {
    let members = view.state.members(circle);
    match members.iter().find(|member| member.id == id) {
        Some(member) => names::short(member, members.iter().copied(), Naming::Full),
        None => view.called(circle, id),
    }
}

fn history(cx: &mut Cx<'_, '_>) -> Outcome {
    let circle = circle(cx)?;
    let view = cx.desk.view();
    let mut outs: Vec<&Groups> = view.state.break_outs(circle).collect();
    outs.sort_by_key(|out| std::cmp::Reverse((out.at, out.id)));
    let words = |out: &&Groups| -> Vec<String> {
        let group = |members: &[MemberId]| {
            let names: Vec<String> = members.iter().map(|id| short(&view, circle, *id)).collect();
            names.join(", ")
        };
        let groups: Vec<String> = out.groups.iter().map(|g| group(&g.members)).collect();
        vec![view.time(out.at), groups.join(" / ")]
    };
    let listed = Listed {
        items: outs.iter().map(|out| view.groups(circle, out)).collect(),
        cells: outs.iter().map(words).collect(),
        empty: "No groups yet. Propose some: circlet groups pairs",
    };
    cx.list("groups-history", &listed);
    Ok(Exit::Done)
}

impl View<'_> {
    /// What somebody is called in a row.
    fn called(&self, circle: CircleId, id: MemberId) -> String {
        let member = self.state.member(circle, id);
        member.map_or_else(|| "former member".to_owned(), |m| m.name.to_string())
    }

    /// A break-out.
    pub(super) fn groups(&self, circle: CircleId, row: &Groups) -> Value {
        let session = self.session_of(circle, row.session);
        let group = |group: &crate::domain::pairing::Group| {
            let people = group.members.iter().map(|id| self.called(circle, *id));
            json!({
                "people": people.collect::<Vec<_>>(),
                "report": group.report,
            })
        };
        json!({
            "at": row.at,
            "session": session.map(|session| session.number),
            "session_uid": row.session.to_string(),
            "groups": row.groups.iter().map(group).collect::<Vec<_>>(),
            "uid": row.id.to_string(),
        })
    }
}
