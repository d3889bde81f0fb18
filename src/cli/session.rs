//! `circlet session`: plan, list, show, start, end, move, cancel, skip, away, invite.

mod going;
mod list;

use std::path::PathBuf;

use clap::Subcommand;

use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::plan::{FromFile, by_rule, from_file, plan, save, when, when_of};
use crate::cli::receipt::Receipt;
use crate::cli::session::list::{list, show};
use crate::cli::{Cx, guests};
use crate::command::Command;
use crate::command::plan::Plan;
use crate::domain::circle::Circle;
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, SessionId, Space};
use crate::domain::readiness::much_spare;
use crate::domain::rhythm::length_in;
use crate::domain::session::{Session, SessionState};

/// Sessions that a list shows when nobody asks for more.
const USUAL: usize = 20;

/// What can be done with sessions.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// Plan a session
    Plan {
        /// When: "thu 15:00 90m", "2026-03-12 15:00"; without it the circle's own rule decides
        #[arg(long, value_name = "WHEN")]
        on: Option<String>,
        /// What it starts from; without it the agenda of the last session, before there was one the circle's template
        #[arg(long, value_name = "NAME")]
        template: Option<String>,
        /// A plan written in Markdown, such as "circlet export plan" writes; - reads standard input
        #[arg(long, value_name = "FILE", conflicts_with = "template")]
        from: Option<PathBuf>,
        /// Give this planned session the plan of the file; without it one that is planned for the same time
        #[arg(long, value_name = "ID", requires = "from")]
        session: Option<String>,
        /// Trim blocks that take too long, or stretch them over time that is free
        #[arg(long)]
        fit: bool,
        /// Only show what would be planned
        #[arg(long)]
        dry_run: bool,
    },
    /// Sessions, the latest first
    List {
        /// At most so many
        #[arg(long, default_value_t = USUAL)]
        limit: usize,
    },
    /// Show one session with its agenda
    Show {
        /// Number or uid; without it the running or the next one
        id: Option<String>,
    },
    /// Start a session: its clock runs from now
    Start {
        /// Number or uid; without it the next one
        id: Option<String>,
        /// Start it now although it is planned for another time
        #[arg(long)]
        force: bool,
    },
    /// End the running session
    End {
        /// When the next one is; without it the circle's own rule decides
        #[arg(long, value_name = "WHEN", conflicts_with = "no_next")]
        next: Option<String>,
        /// Plan no next one
        #[arg(long)]
        no_next: bool,
        /// Do not keep the blocks that were not reached for another time
        #[arg(long)]
        leave_rest: bool,
    },
    /// Give a planned session another time
    Move {
        /// Number or uid; without it the next one
        id: Option<String>,
        /// When
        #[arg(long, value_name = "WHEN")]
        on: String,
    },
    /// Call a planned session off
    Cancel {
        /// Number or uid; without it the next one
        id: Option<String>,
    },
    /// Call a planned session off and plan it on the next date of the rule that is free; the others stay
    Skip {
        /// Number or uid; without it the next one
        id: Option<String>,
    },
    /// Say that somebody is or was not there
    Away {
        /// Number or uid of the session, or "next"
        id: String,
        /// Who
        who: String,
        /// They are or were there after all
        #[arg(long)]
        here: bool,
    },
    /// Invite guests to one session
    Invite {
        /// Number or uid of the session, or "next"
        id: String,
        /// Their names; the same people are found again, others are new
        #[arg(required = true)]
        names: Vec<String>,
        /// They do not come after all
        #[arg(long)]
        off: bool,
    },
}

pub(super) fn run(cx: &mut Cx<'_, '_>, verb: Verb) -> Outcome {
    match verb {
        Verb::Plan {
            on,
            from: Some(file),
            session,
            fit,
            dry_run,
            ..
        } => from_file(
            cx,
            &FromFile {
                file,
                on,
                session,
                fit,
                dry_run,
            },
        ),
        Verb::Plan {
            on,
            template,
            fit,
            dry_run,
            ..
        } => make(cx, (on.as_deref(), template.as_deref()), fit, dry_run),
        Verb::List { limit } => list(cx, limit),
        Verb::Show { id } => show(cx, id.as_deref()),
        Verb::Start { id, force } => going::start(cx, id.as_deref(), force),
        Verb::End {
            next,
            no_next,
            leave_rest,
        } => going::end(cx, next.as_deref(), no_next, leave_rest),
        Verb::Move { id, on } => move_to(cx, id.as_deref(), &on),
        Verb::Cancel { id } => {
            let (circle, session) = one(cx, id.as_deref())?;
            cx.commit(Command::CancelSession {
                circle,
                session: session.id,
            })
        }
        Verb::Skip { id } => {
            let (circle, session) = coming(cx, id.as_deref())?;
            cx.commit(Command::SkipSession {
                circle,
                session: session.id,
            })
        }
        Verb::Away { id, who, here } => {
            let (circle, session) = one(cx, Some(&id))?;
            let member = cx.desk.person(circle, &who)?.id;
            cx.commit(Command::Attend {
                circle,
                session: session.id,
                member,
                here,
            })
        }
        Verb::Invite { id, names, off } => guests::invite(cx, &id, &names, off),
    }
}

fn move_to(cx: &mut Cx<'_, '_>, id: Option<&str>, on: &str) -> Outcome {
    let when = when(on, cx.desk.asked_at(), cx.desk.zone())?;
    let (circle, session) = one(cx, id)?;
    // A time without a length leaves the length as it is.
    let says_length = length_in(on).is_some();
    let mut warnings = odd(cx, circle, (when.start, Some(session.id)));
    warnings.extend(when.told(cx.desk.zone()));
    let act = cx.desk.run(Command::EditSession {
        circle,
        session: session.id,
        start: Some(when.start),
        minutes: says_length.then_some(when.minutes),
        blocks: None,
    })?;
    Receipt::of(&act, &cx.desk.view(), warnings).tell(cx.out, cx.global.json);
    Ok(Exit::Done)
}

fn make(
    cx: &mut Cx<'_, '_>,
    (on, template): (Option<&str>, Option<&str>),
    fit: bool,
    dry_run: bool,
) -> Outcome {
    let circle = cx.desk.circle(cx.global)?.id;
    let when = match on {
        Some(text) => when_of(text, &cx.desk, circle)?,
        None => by_rule(&cx.desk, circle).ok_or_else(|| {
            CliError::usage("When? The circle meets by no rule. Add --on \"thu 15:00 90m\".")
        })?,
    };
    let skipped = when.told(cx.desk.zone());
    let shelf = cx.place.shelf(cx.out);
    let mut plan = plan((&mut cx.desk, &shelf), circle, when, template)?;
    if fit {
        plan.fit(cx.desk.zone());
    }
    let unfit = unfit(cx, &plan);
    if dry_run {
        for words in skipped.iter().chain(&unfit) {
            cx.out.note(words);
        }
        return save(cx, (circle, None), plan, dry_run);
    }
    let mut warnings = odd(cx, circle, (plan.start, None));
    warnings.extend(skipped);
    warnings.extend(unfit);
    let act = cx.desk.run(Command::PlanSession { circle, plan })?;
    Receipt::of(&act, &cx.desk.view(), warnings).tell(cx.out, cx.global.json);
    Ok(Exit::Done)
}

/// What an agenda that is too long, or much too short, is told.
fn unfit(cx: &Cx<'_, '_>, plan: &Plan) -> Option<String> {
    let schedule = plan.schedule(cx.desk.zone());
    let (planned, minutes) = (schedule.planned, plan.minutes);
    let words = format!("The blocks take {planned} of {minutes} min");
    if !schedule.fits() {
        return Some(format!("{words}. --fit trims them"));
    }
    let spare = planned > 0 && much_spare(planned, u32::from(minutes));
    spare.then(|| format!("{words}. --fit stretches them"))
}

/// What is odd about a start: it is over, or another session is planned for the same time.
fn odd(
    cx: &Cx<'_, '_>,
    circle: CircleId,
    (start, own): (Moment, Option<SessionId>),
) -> Vec<String> {
    let view = cx.desk.view();
    let past = (start < cx.desk.now()).then(|| "That time is in the past.".to_owned());
    let mut others = view.state.sessions(circle).filter(|other| {
        other.start == start && other.state == SessionState::Planned && Some(other.id) != own
    });
    let twice = others.next().map(|other| {
        let number = other.number;
        format!(
            "#{number} is planned for the same time. Take one away: circlet session cancel {number}"
        )
    });
    past.into_iter().chain(twice).collect()
}

/// The session that is meant: the one named, else the running one, else the next one.
pub(super) fn one(cx: &mut Cx<'_, '_>, id: Option<&str>) -> Result<(CircleId, Session), CliError> {
    if let Some(id) = id.filter(|id| *id != "next") {
        let (key, document) = cx.desk.find(cx.global, Kind::Session, id)?;
        return match (key.space, document) {
            (Space::Circle(circle), Document::Session(session)) => Ok((circle, session)),
            _ => Err(CliError::failed("That is no session.")),
        };
    }
    let state = cx.desk.state();
    if let Some((circle, session, _)) = state.running()
        && id.is_none()
    {
        return Ok((circle, session.clone()));
    }
    let circle = cx.desk.circle(cx.global)?;
    match state.next_session(circle.id, cx.desk.now()) {
        Some(next) => Ok((circle.id, next.clone())),
        None => Err(CliError::failed(none_ahead(cx, circle))),
    }
}

/// That nothing is planned, and what can be done; a session that was not held is named.
fn none_ahead(cx: &Cx<'_, '_>, circle: &Circle) -> String {
    let view = cx.desk.view();
    let missed = view.state.missed_sessions(circle.id, view.now);
    let Some(missed) = missed.first() else {
        return format!(
            "No session of {} is planned. Plan one: circlet session plan --on \"thu 15:00 90m\"",
            circle.name
        );
    };
    let number = missed.number;
    format!(
        "No session of {} is ahead; #{number} of {} was not held. Give it another day: circlet session move {number} --on \"thu 15:00\". Or: circlet session skip {number}",
        circle.name,
        view.time(missed.start)
    )
}

/// The session that is ahead: the one named, else the next one.
pub(super) fn coming(
    cx: &mut Cx<'_, '_>,
    id: Option<&str>,
) -> Result<(CircleId, Session), CliError> {
    one(cx, Some(id.unwrap_or("next")))
}
