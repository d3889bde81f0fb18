//! `circlet session plan --from`: a session out of a plan file. What is wrong is told with its line, all of
//! it at once, and nothing is saved then.

use std::path::PathBuf;

use crate::cli::Cx;
use crate::cli::error::{CliError, Exit, Outcome, sentence};
use crate::cli::name;
use crate::cli::plan::bank::{self, Known};
use crate::cli::plan::{by_rule, when};
use crate::cli::receipt;
use crate::command::Command;
use crate::command::nearest::nearest;
use crate::command::plan::{BlockDraft, Plan};
use crate::domain::circle::Circle;
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, MemberId, Space};
use crate::domain::roster::{Found, Member, find};
use crate::domain::session::{FromTemplate, Session, SessionState};
use crate::domain::shelf::Shelf;
use crate::domain::text::{Clean, fold};
use crate::exchange::plan::{Named, PlanBlock, PlanFile};
use crate::exchange::{Fault, input, plan};

/// Most faults that are listed.
const MOST_LINES: usize = 40;
/// Most names that a fault lists.
const MOST_NAMES: usize = 8;

/// What was asked for.
#[derive(Clone, Debug)]
pub(in crate::cli) struct FromFile {
    /// The plan.
    pub(in crate::cli) file: PathBuf,
    /// Another time than that of the file.
    pub(in crate::cli) on: Option<String>,
    /// The session that gets this plan.
    pub(in crate::cli) session: Option<String>,
    /// Whether to show it only.
    pub(in crate::cli) dry_run: bool,
}

pub(in crate::cli) fn from_file(cx: &mut Cx<'_, '_>, asked: &FromFile) -> Outcome {
    let input = input::read(&asked.file).map_err(|error| CliError::failed(error.to_string()))?;
    for note in &input.notes {
        cx.out.note(note);
    }
    let file = plan::read(&input.text).map_err(|faults| wrong(&input.name, &faults))?;
    let (circle, named) = meant(cx, asked, &file)?;
    let start = start(cx, circle, asked, &file)?;
    let replaced = named.or_else(|| {
        let mut sessions = cx.desk.state().sessions(circle);
        let same = |session: &&Session| {
            session.state == SessionState::Planned && Some(session.start) == start
        };
        sessions.find(same).cloned()
    });
    let known = bank::known(&mut cx.desk, circle, &file)?;
    let shelf = cx.place.shelf(cx.out);
    let mut reader = Reader::new(cx, circle, (&shelf, &known));
    let plan = reader.plan(&file, (start, replaced.as_ref()));
    let Reader {
        faults, remarks, ..
    } = reader;
    if !faults.is_empty() {
        return Err(wrong(&input.name, &faults));
    }
    for remark in &remarks {
        cx.out.note(&sentence(&remark.told(&input.name)));
    }
    save(cx, (circle, replaced), plan, asked.dry_run)
}

fn save(
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
    let title = fold(&file.title);
    let titled = |circle: &&Circle| circle.archived.is_none() && fold(&circle.name) == title;
    if cx.global.circle.is_none()
        && let Some(circle) = cx.desk.state().circles().find(titled)
    {
        return Ok((circle.id, None));
    }
    Ok((
        name::circle(cx.desk.state(), cx.global.circle.as_deref())?.id,
        None,
    ))
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
    if let Some(start) = file.start {
        return Ok(Some(Moment::from_local(start, cx.desk.zone())));
    }
    if asked.session.is_some() {
        return Ok(None);
    }
    Ok(by_rule(&cx.desk, circle).map(|when| when.start))
}

/// Makes a plan of a file, and gathers what does not fit.
struct Reader<'a> {
    members: Vec<&'a Member>,
    circle: Option<&'a Circle>,
    shelf: &'a Shelf,
    known: &'a Known,
    faults: Vec<Fault>,
    remarks: Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn new(cx: &'a Cx<'_, '_>, circle: CircleId, (shelf, known): (&'a Shelf, &'a Known)) -> Self {
        let state = cx.desk.state();
        Self {
            members: state
                .everyone(circle)
                .filter(|member| member.left.is_none())
                .collect(),
            circle: state.circle(circle),
            shelf,
            known,
            faults: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// The plan. It counts only if there are no faults then.
    fn plan(&mut self, file: &PlanFile, (start, old): (Option<Moment>, Option<&Session>)) -> Plan {
        let start = start.or(old.map(|session| session.start)).unwrap_or_else(|| {
            let what = "the plan does not say when, and the circle meets by no rule; add - when: 2026-03-26 15:00";
            self.faults.push(Fault::new(1, what));
            Moment::from_millis(0)
        });
        let planned: u16 = file.blocks.iter().map(|block| block.minutes).sum();
        let rule = self
            .circle
            .and_then(|circle| circle.rhythm)
            .map(|rhythm| rhythm.minutes);
        let minutes = file
            .minutes
            .or(Some(planned).filter(|minutes| *minutes > 0))
            .or(rule)
            .unwrap_or_else(|| {
                let what = "the plan does not say how long it is; add - length: 90 min";
                self.faults.push(Fault::new(1, what));
                0
            });
        if planned > minutes {
            let what = format!("the blocks take {planned} minutes, and the session has {minutes}");
            self.remarks.push(Fault::new(1, what));
        }
        let leads = file.leads.as_ref().and_then(|named| self.person(named));
        Plan {
            start,
            minutes,
            blocks: file.blocks.iter().map(|block| self.block(block)).collect(),
            template: template(file.template.as_ref(), old),
            facilitator: leads.or_else(|| old.and_then(|session| session.facilitator)),
        }
    }

    fn block(&mut self, block: &PlanBlock) -> BlockDraft {
        let found = block
            .format
            .as_deref()
            .map(|id| (id, self.shelf.format(id)));
        let format = found.and_then(|(_, format)| format);
        if let Some((id, None)) = found {
            let what = self.no_format(id);
            if block.steps.is_empty() {
                self.faults.push(Fault::new(block.line, what));
            } else {
                let what = format!("{what}; the steps of the file are taken");
                self.remarks.push(Fault::new(block.line, what));
            }
        }
        let steps = match format {
            Some(format) if block.steps.is_empty() => {
                BlockDraft::steps_of(&format.steps_for(block.minutes))
            }
            Some(_) | None => block.steps.clone(),
        };
        BlockDraft {
            from: None,
            id: None,
            title: block.title.clone(),
            kind: block
                .kind
                .or(format.map(|format| format.kind))
                .unwrap_or_default(),
            minutes: block.minutes,
            min: block.min,
            locked: block.locked,
            lead: block.lead.as_ref().and_then(|named| self.person(named)),
            prompts: self.prompts(block),
            steps,
            at: block.at,
            format: block.format.clone(),
            needs: block
                .needs
                .clone()
                .or_else(|| format.and_then(|format| format.needs.clone())),
        }
    }

    fn prompts(&mut self, block: &PlanBlock) -> Vec<crate::domain::agenda::Prompt> {
        let mut prompts = Vec::new();
        for asked in &block.prompts {
            match self.known.prompt(asked) {
                Ok((prompt, why)) => {
                    self.remarks
                        .extend(why.map(|why| Fault::new(asked.line, why)));
                    prompts.push(prompt);
                }
                Err(what) => self.faults.push(Fault::new(asked.line, what)),
            }
        }
        prompts
    }

    fn no_format(&self, id: &str) -> String {
        let known = self.shelf.formats().iter().map(|format| format.id.as_str());
        let fits = nearest(id, known).map_or_else(
            || "see: circlet format list".to_owned(),
            |near| format!("do you mean {near}?"),
        );
        format!("there is no format \"{}\"; {fits}", Clean::line(id))
    }

    /// Who is meant; else a fault that says who fits.
    fn person(&mut self, named: &Named) -> Option<MemberId> {
        let typed = named.name.trim_start_matches('@');
        let (mut fits, why): (Vec<&Member>, _) = match find(self.members.iter().copied(), typed) {
            Found::One(id) => return Some(id),
            Found::Many(ids) => {
                let many = self
                    .members
                    .iter()
                    .filter(|member| ids.contains(&member.id));
                (many.copied().collect(), "could be")
            }
            Found::Nobody => (self.members.clone(), "is nobody of this circle; there is"),
        };
        fits.sort_by_key(|member| member.label);
        let told = |member: &&Member| format!("{} (@{})", member.name, member.label);
        let people = fits.iter().take(MOST_NAMES).map(told).collect();
        let what = format!(
            "\"{}\" {why} {}",
            named.name,
            name::listed(people, fits.len())
        );
        self.faults.push(Fault::new(named.line, what));
        None
    }
}

/// The template that a plan names. A file says nothing of the programme that gave the session its place, so the same
/// template keeps it.
fn template(said: Option<&FromTemplate>, old: Option<&Session>) -> Option<FromTemplate> {
    let old = old.and_then(|session| session.template.as_ref());
    let Some(said) = said else {
        return old.cloned();
    };
    let same = old.filter(|old| (&old.id, old.version) == (&said.id, said.version));
    Some(same.unwrap_or(said).clone())
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
    let mut at = plan.start;
    for block in &plan.blocks {
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
        at = at + crate::domain::clock::Span::from_minutes(i64::from(block.minutes));
    }
    for line in lines {
        cx.out.line(&line);
    }
}
