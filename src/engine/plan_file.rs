//! Plans of sessions in files, for every front-end: what a file means for a circle, and a session as a file. The same
//! file read again is the same plan.

mod known;
mod write;

use crate::command::nearest::nearest;
use crate::command::plan::{BlockDraft, Plan};
use crate::domain::circle::Circle;
use crate::domain::clock::{Moment, Zone};
use crate::domain::id::{CircleId, MemberId};
use crate::domain::roster::{Found, Member, find};
use crate::domain::series;
use crate::domain::session::{FromTemplate, Session, SessionState};
use crate::domain::shelf::Shelf;
use crate::domain::state::State;
use crate::domain::text::{Clean, fold};
use crate::exchange::Fault;
use crate::exchange::plan::{Named, PlanBlock, PlanFile};

pub use known::{Known, numbers};
pub use write::{prompts, text};

/// Most names that a fault lists.
const MOST_NAMES: usize = 8;

/// What a plan is read against.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The documents.
    pub state: &'a State,
    /// The circle that the plan is for.
    pub circle: CircleId,
    /// Formats and templates.
    pub shelf: &'a Shelf,
    /// The questions that the plan names by their numbers.
    pub known: &'a Known,
}

/// A file as a plan.
#[derive(Clone, Debug)]
pub struct Meant {
    /// The plan.
    pub plan: Plan,
    /// What was taken otherwise than it stands there, by line.
    pub remarks: Vec<Fault>,
}

/// The circle that a plan names in its title.
pub fn titled<'a>(state: &'a State, file: &PlanFile) -> Option<&'a Circle> {
    let title = fold(&file.title);
    let mut circles = state.circles();
    circles.find(|circle| circle.archived.is_none() && fold(&circle.name) == title)
}

/// When the session of a plan is: as the file says, else by the rule of the circle.
pub fn start_of(
    file: &PlanFile,
    state: &State,
    circle: CircleId,
    (now, zone): (Moment, Zone),
) -> Option<Moment> {
    if let Some(start) = file.start {
        return Some(Moment::from_local(start, zone));
    }
    let rule = state.circle(circle)?.rhythm?;
    Some(series::next(&rule, state.sessions(circle), now, zone))
}

/// The planned session that begins at the same time, which the plan is for then.
pub fn replaced(state: &State, circle: CircleId, start: Option<Moment>) -> Option<&Session> {
    let same =
        |session: &&Session| session.state == SessionState::Planned && Some(session.start) == start;
    state.sessions(circle).find(same)
}

/// What a file means for a circle: a session at `start`, or `old` with this plan.
///
/// # Errors
/// All that does not fit, each with its line.
pub fn meant(
    file: &PlanFile,
    around: Around<'_>,
    (start, old): (Option<Moment>, Option<&Session>),
) -> Result<Meant, Vec<Fault>> {
    let Around {
        state,
        circle,
        shelf,
        known,
    } = around;
    let mut reader = Reader {
        members: state
            .everyone(circle)
            .filter(|member| member.left.is_none())
            .collect(),
        circle: state.circle(circle),
        shelf,
        known,
        faults: Vec::new(),
        remarks: Vec::new(),
    };
    let plan = reader.plan(file, (start, old));
    let Reader {
        mut faults,
        remarks,
        ..
    } = reader;
    if faults.is_empty() {
        return Ok(Meant { plan, remarks });
    }
    faults.sort_by_key(|fault| fault.line);
    Err(faults)
}

/// `Ana, Ben or 3 more`.
fn listed(mut names: Vec<String>, all: usize) -> String {
    if all > names.len() {
        names.push(format!("{} more", all - names.len()));
    }
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
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

impl Reader<'_> {
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
        let what = format!("\"{}\" {why} {}", named.name, listed(people, fits.len()));
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
