//! `circlet session`: plan, list, show, start, end, move, cancel, skip, away, invite.

mod going;

use std::path::PathBuf;

use clap::Subcommand;

use crate::cli::error::{CliError, Exit, Outcome};
use crate::cli::plan::{FromFile, by_rule, from_file, plan, save, when, when_of};
use crate::cli::receipt::Receipt;
use crate::cli::rows::View;
use crate::cli::{Cx, Listed, guests};
use crate::command::Command;
use crate::command::plan::Plan;
use crate::domain::agenda::starts;
use crate::domain::book::fit;
use crate::domain::circle::Circle;
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, SessionId, Space};
use crate::domain::readiness::much_spare;
use crate::domain::rhythm::length_in;
use crate::domain::session::{Session, SessionState};
use crate::domain::tally::{Rating, Vote};
use crate::engine::query::{MOST_ROWS, Query};

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
        /// What it starts from; without it the circle's template, else the last session
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
        Verb::Move { id, on } => {
            let when = when(&on, cx.desk.asked_at(), cx.desk.zone())?;
            let (circle, session) = one(cx, id.as_deref())?;
            // A time without a length leaves the length as it is.
            let says_length = length_in(&on).is_some();
            let warnings = odd(cx, circle, (when.start, Some(session.id)));
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
    let shelf = cx.place.shelf(cx.out);
    let mut plan = plan((&mut cx.desk, &shelf), circle, when, template)?;
    if fit {
        plan.fit(cx.desk.zone());
    }
    let unfit = unfit(cx, &plan);
    if dry_run {
        if let Some(words) = &unfit {
            cx.out.note(words);
        }
        return save(cx, (circle, None), plan, dry_run);
    }
    let mut warnings = odd(cx, circle, (plan.start, None));
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

fn list(cx: &mut Cx<'_, '_>, limit: usize) -> Outcome {
    let named = cx.global.circle.as_deref();
    let circles: Vec<CircleId> = crate::cli::name::circles(cx.desk.state(), named)?
        .iter()
        .map(|circle| circle.id)
        .collect();
    let mut found: Vec<(CircleId, Session)> = Vec::new();
    for circle in &circles {
        let sessions = latest(cx, *circle, limit)?;
        found.extend(sessions.into_iter().map(|session| (*circle, session)));
    }
    found.sort_by_key(|(_, session)| std::cmp::Reverse(session.begins()));
    found.truncate(limit);
    let view = cx.desk.view();
    let several = circles.len() > 1;
    let cells = |(circle, session): &(CircleId, Session)| {
        let mut cells = view.session_cells(session);
        let name = view.state.circle(*circle).filter(|_| several);
        cells.push(
            name.map(|circle| circle.name.to_string())
                .unwrap_or_default(),
        );
        cells
    };
    let listed = Listed {
        items: found
            .iter()
            .map(|(circle, session)| view.session(*circle, session))
            .collect(),
        cells: found.iter().map(cells).collect(),
        empty: "No session yet. Plan one: circlet session plan --on \"thu 15:00 90m\"",
    };
    cx.list("sessions", &listed);
    Ok(Exit::Done)
}

/// The latest sessions of a circle. More than the store hands out at once are read one page after the other.
fn latest(cx: &mut Cx<'_, '_>, circle: CircleId, limit: usize) -> Result<Vec<Session>, CliError> {
    if limit > MOST_ROWS {
        let all = cx.desk.sessions(circle)?;
        return Ok(all.into_iter().map(|(_, session)| session).collect());
    }
    let rows = cx.desk.documents(Query::Sessions { circle, limit })?;
    let sessions = rows.into_iter().filter_map(|(_, document)| match document {
        Document::Session(session) => Some(session),
        _ => None,
    });
    Ok(sessions.collect())
}

fn show(cx: &mut Cx<'_, '_>, id: Option<&str>) -> Outcome {
    let (circle, session) = one(cx, id)?;
    let view = cx.desk.view();
    let row = view.session(circle, &session);
    let lines = lines(&view, circle, &session);
    cx.show("session", row, &lines);
    Ok(Exit::Done)
}

/// A session in words: what it is, its agenda with times, who is away.
fn lines(view: &View<'_>, circle: CircleId, session: &Session) -> Vec<String> {
    let name = view.state.circle(circle).map(|circle| circle.name.as_str());
    let mut lines = vec![format!(
        "{} #{}  {}  {} min  {}",
        name.unwrap_or_default(),
        session.number,
        view.time(session.begins()),
        session.minutes,
        session.state.word()
    )];
    let reads = fit::reads(view.state, circle, session, view.zone);
    let begin = starts(&session.blocks, session.begins());
    for (block, at) in session.blocks.iter().zip(begin) {
        let at = at.local(view.zone).format("%H:%M");
        let kept = block.parked.map_or("", |_| "  (next time)");
        let read = reads.as_ref().filter(|(of, _)| *of == block.id);
        let read = read.map_or_else(String::new, |(_, what)| format!(", {what}"));
        lines.push(format!(
            "  {at}  {:>3}m  {}{read}{kept}",
            block.minutes, block.title
        ));
        if let Some(share) = view.share(circle, session, block) {
            lines.push(format!("               {share}"));
        }
        for prompt in &block.prompts {
            lines.push(format!("               ? {}", prompt.text));
        }
    }
    if let Some(goal) = session.goal() {
        lines.insert(1, format!("  for: {goal}"));
    }
    let guests: Vec<String> = view
        .state
        .people_of(circle, session)
        .into_iter()
        .filter(|member| session.guests.contains(&member.id))
        .map(|member| member.name.to_string())
        .collect();
    if !guests.is_empty() {
        lines.push(format!("  guests: {}", guests.join(", ")));
    }
    let away: Vec<String> = session
        .away
        .keys()
        .filter_map(|id| view.state.member(circle, *id))
        .map(|member| member.name.to_string())
        .collect();
    if !away.is_empty() {
        lines.push(format!("  away: {}", away.join(", ")));
    }
    lines.extend(counted(session));
    lines
}

/// What was counted in a session, and the figures of the group if they were kept.
fn counted(session: &Session) -> Vec<String> {
    let rating = |rating: &Rating| {
        let spread = rating.spread();
        let spread = spread.map_or_else(String::new, |spread| format!("; {spread}"));
        format!("  rating of {}: {}{spread}", rating.of, rating.words())
    };
    let vote = |vote: &Vote| {
        let counts: Vec<String> = vote
            .options
            .iter()
            .map(|count| format!("{} {}", count.votes, count.option))
            .collect();
        format!("  vote: {}", counts.join(", "))
    };
    let figures = session.figures.map(|figures| {
        format!(
            "  group: {} of {} spoke, turns: {}",
            figures.spoke, figures.people, figures.turns
        )
    });
    let lines = session.ratings.iter().map(rating);
    let lines = lines.chain(session.votes.iter().map(vote));
    lines.chain(figures).collect()
}
