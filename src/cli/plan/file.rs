//! `circlet session plan --from`: a session out of a plan file. What is wrong is told with its line, all of
//! it at once, and nothing is saved then.

use std::path::PathBuf;

use crate::cli::Cx;
use crate::cli::error::{CliError, Exit, Outcome, sentence};
use crate::cli::name;
use crate::cli::plan::{bank, when};
use crate::cli::receipt;
use crate::command::Command;
use crate::command::plan::Plan;
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, Space};
use crate::domain::rhythm::length_in;
use crate::domain::session::{Session, SessionState};
use crate::domain::text::fold;
use crate::engine::plan_file::{self, Around, Meant};
use crate::exchange::plan::PlanFile;
use crate::exchange::{Fault, input, plan};

/// Most faults that are listed.
const MOST_LINES: usize = 40;

/// What was asked for.
#[derive(Clone, Debug)]
pub(in crate::cli) struct FromFile {
    /// The plan.
    pub(in crate::cli) file: PathBuf,
    /// Another time than that of the file.
    pub(in crate::cli) on: Option<String>,
    /// The session that gets this plan.
    pub(in crate::cli) session: Option<String>,
    /// Whether blocks are made to fit.
    pub(in crate::cli) fit: bool,
    /// Whether to show it only.
    pub(in crate::cli) dry_run: bool,
}

pub(in crate::cli) fn from_file(cx: &mut Cx<'_, '_>, asked: &FromFile) -> Outcome {
    let input = input::read(&asked.file).map_err(|error| CliError::failed(error.to_string()))?;
    for note in &input.notes {
        cx.out.note(note);
    }
    let mut file =
        plan::read_at(&input.text, cx.desk.wall()).map_err(|faults| wrong(&input.name, &faults))?;
    // What is typed now says more than what was written then.
    file.minutes = asked.on.as_deref().and_then(length_in).or(file.minutes);
    let (circle, named) = meant(cx, asked, &file)?;
    let start = start(cx, circle, asked, &file)?;
    let replaced = named.or_else(|| plan_file::replaced(cx.desk.state(), circle, start).cloned());
    let known = bank::known(&mut cx.desk, circle, &file)?;
    let shelf = cx.place.shelf(cx.out);
    let around = Around {
        state: cx.desk.state(),
        circle,
        shelf: &shelf,
        known: &known,
    };
    let Meant { mut plan, remarks } = plan_file::meant(&file, around, (start, replaced.as_ref()))
        .map_err(|faults| wrong(&input.name, &faults))?;
    for remark in &remarks {
        cx.out.note(&sentence(&remark.told(&input.name)));
    }
    if asked.fit {
        plan.fit(cx.desk.zone());
    }
    save(cx, (circle, replaced), plan, asked.dry_run)
}

pub(in crate::cli) fn save(
    cx: &mut Cx<'_, '_>,
    (circle, replaced): (CircleId, Option<Session>),
    plan: Plan,
    dry_run: bool,
) -> Outcome {
    let waits = |session: &Session| session.state == SessionState::Planned;
    let same = |session: &Session| waits(session) && plan.is_like(session);
    if replaced.as_ref().is_some_and(same) {
        cx.out
            .note("It is planned like this already; nothing was saved.");
        if cx.global.json {
            receipt::nothing(cx.out);
        }
        return Ok(Exit::Done);
    }
    if dry_run {
        show(cx, circle, replaced.as_ref(), &plan);
        cx.out.note("Nothing was saved: this was a dry run.");
        return Ok(Exit::Done);
    }
    cx.commit(match replaced {
        Some(session) => Command::Replan {
            circle,
            session: session.id,
            plan,
        },
        None => Command::PlanSession { circle, plan },
    })
}

/// All that is wrong, each with its line, and that nothing was saved.
fn wrong(name: &str, faults: &[Fault]) -> CliError {
    let mut faults = faults.to_vec();
    faults.sort_by_key(|fault| fault.line);
    let mut lines: Vec<String> = faults
        .iter()
        .take(MOST_LINES)
        .map(|fault| fault.told(name))
        .collect();
    if faults.len() > MOST_LINES {
        lines.push(format!("{name}: and {} more", faults.len() - MOST_LINES));
    }
    lines.push("Nothing was saved.".to_owned());
    CliError::usage(lines.join("\n"))
}

/// The circle that the plan is for, and the session that was named: the circle of `--session`, else that of
/// `--circle`, else the one that the title names, else the only one.
fn meant(
    cx: &mut Cx<'_, '_>,
    asked: &FromFile,
    file: &PlanFile,
) -> Result<(CircleId, Option<Session>), CliError> {
    if let Some(id) = &asked.session {
        let (key, document) = cx.desk.find(cx.global, Kind::Session, id)?;
        return match (key.space, document) {
            (Space::Circle(circle), Document::Session(session)) => Ok((circle, Some(session))),
            _ => Err(CliError::failed("That is no session.")),
        };
    }
    if cx.global.circle.is_none()
        && let Some(circle) = plan_file::titled(cx.desk.state(), file)
    {
        return Ok((circle.id, None));
    }
    let circle = name::circle(cx.desk.state(), cx.global.circle.as_deref())?;
    if !file.title.is_empty() && fold(&circle.name) != fold(&file.title) {
        let (id, name) = (circle.id, circle.name.clone());
        cx.out.note(&format!(
            "The plan is written for {}; here it is for {name}.",
            file.title
        ));
        return Ok((id, None));
    }
    Ok((circle.id, None))
}

/// When the session is, as far as that was said: on the command line, in the file, by the circle's rule.
fn start(
    cx: &Cx<'_, '_>,
    circle: CircleId,
    asked: &FromFile,
    file: &PlanFile,
) -> Result<Option<Moment>, CliError> {
    if let Some(on) = &asked.on {
        return Ok(Some(when(on, cx.desk.asked_at(), cx.desk.zone())?.start));
    }
    if asked.session.is_some() && file.start.is_none() {
        return Ok(None);
    }
    let here = (cx.desk.now(), cx.desk.zone());
    Ok(plan_file::start_of(file, cx.desk.state(), circle, here))
}

/// What would be planned: when, and the agenda with times.
fn show(cx: &mut Cx<'_, '_>, circle: CircleId, replaced: Option<&Session>, plan: &Plan) {
    let view = cx.desk.view();
    let name = view.state.circle(circle).map(|circle| circle.name.as_str());
    let what = replaced.map_or_else(
        || "a new session".to_owned(),
        |session| format!("instead of the plan of #{}", session.number),
    );
    let mut lines = vec![format!(
        "{}  {}  {} min  {what}",
        name.unwrap_or_default(),
        view.time(plan.start),
        plan.minutes
    )];
    for (block, at) in plan.blocks.iter().zip(plan.starts(view.zone)) {
        let lead = block.lead.and_then(|id| view.state.member(circle, id));
        let lead = lead.map_or_else(String::new, |member| format!("  {}", member.name));
        let clock = at.local(view.zone).format("%H:%M");
        lines.push(format!(
            "  {clock}  {:>3}m  {}{lead}",
            block.minutes, block.title
        ));
        lines.extend(
            block
                .prompts
                .iter()
                .map(|prompt| format!("               ? {}", prompt.text)),
        );
    }
    for line in lines {
        cx.out.line(&line);
    }
}
