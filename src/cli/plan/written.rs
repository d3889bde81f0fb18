//! A session as a plan file: the same file read again is the same plan.

use std::collections::BTreeMap;

use crate::cli::Cx;
use crate::cli::error::CliError;
use crate::cli::plan::bank::numbers;
use crate::cli::session;
use crate::command::plan::BlockDraft;
use crate::domain::agenda::{Block, Prompt, Step};
use crate::domain::format::share;
use crate::domain::id::{CircleId, MemberId, QuestionId};
use crate::domain::roster::{Found, find};
use crate::domain::shelf::Shelf;
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::exchange::plan::{self, Named, PlanBlock, PlanFile, PlanPrompt};
use crate::packs;

/// The plan of a session: the one named, else the running one, else the next one.
pub(in crate::cli) fn written(cx: &mut Cx<'_, '_>, id: Option<&str>) -> Result<String, CliError> {
    let (circle, session) = session::one(cx, id)?;
    // A block that was kept for another time is not part of this session any more.
    let blocks: Vec<&Block> = session
        .blocks
        .iter()
        .filter(|block| block.parked.is_none())
        .collect();
    let prompts: Vec<&Prompt> = blocks.iter().flat_map(|block| &block.prompts).collect();
    let numbers = numbers(&mut cx.desk, &prompts)?;
    let zone = cx.desk.zone();
    let state = cx.desk.state();
    let shelf = packs::shelf();
    let writer = Writer {
        state,
        circle,
        numbers: &numbers,
        shelf: &shelf,
    };
    let title = state.circle(circle).map(|circle| circle.name.clone());
    let file = PlanFile {
        title: title.unwrap_or_default(),
        start: Some(session.start.local(zone)),
        minutes: Some(session.minutes),
        template: session.template.clone(),
        leads: writer.named(session.facilitator),
        blocks: blocks
            .into_iter()
            .map(|block| writer.block(block))
            .collect(),
    };
    Ok(plan::write(&file))
}

struct Writer<'a> {
    state: &'a State,
    circle: CircleId,
    numbers: &'a BTreeMap<QuestionId, u32>,
    shelf: &'a Shelf,
}

impl Writer<'_> {
    /// A name that means this person alone: in full, or the number where two have the same name. Nobody who
    /// has left is named.
    fn named(&self, id: Option<MemberId>) -> Option<Named> {
        let member = self.state.member(self.circle, id?)?;
        if member.left.is_some() {
            return None;
        }
        let clear = find(self.state.everyone(self.circle), &member.name) == Found::One(member.id);
        let name = if clear {
            Clean::line(&member.name)
        } else {
            Clean::line(&format!("@{}", member.label))
        };
        Some(Named { line: 0, name })
    }

    fn block(&self, block: &Block) -> PlanBlock {
        let format = block.format.as_deref().and_then(|id| self.shelf.format(id));
        let steps = fitting(block);
        // The steps of a format that everybody has need not be written down.
        let usual = format.is_some_and(|format| {
            !steps.is_empty() && BlockDraft::steps_of(&format.steps_for(block.minutes)) == steps
        });
        let needs = block.needs.clone();
        let usual_needs = format.is_some_and(|format| format.needs == needs);
        PlanBlock {
            line: 0,
            title: Clean::line(&block.title),
            kind: Some(block.kind),
            minutes: block.minutes,
            min: block.min.max(1),
            locked: block.locked,
            at: block.at,
            format: block.format.clone(),
            lead: self.named(block.lead),
            needs: needs.filter(|_| !usual_needs),
            prompts: block
                .prompts
                .iter()
                .map(|prompt| self.prompt(prompt))
                .collect(),
            steps: if usual { Vec::new() } else { steps },
        }
    }

    fn prompt(&self, prompt: &Prompt) -> PlanPrompt {
        let line = |text: &Clean| Clean::line(text);
        PlanPrompt {
            line: 0,
            number: prompt
                .question
                .and_then(|id| self.numbers.get(&id).copied()),
            text: line(&prompt.text),
            follow_ups: prompt
                .follow_ups
                .iter()
                .map(line)
                .filter(|text| !text.is_empty())
                .collect(),
        }
    }
}

/// The steps of a block. A block may have become shorter than its steps; in a plan they fit.
fn fitting(block: &Block) -> Vec<Step> {
    let whole: u32 = block.steps.iter().map(|step| u32::from(step.minutes)).sum();
    if whole <= u32::from(block.minutes) {
        return block.steps.clone();
    }
    let weights: Vec<u16> = block.steps.iter().map(|step| step.minutes).collect();
    let shares = share(&weights, block.minutes);
    let steps = block.steps.iter().zip(shares).map(|(step, minutes)| Step {
        minutes,
        ..step.clone()
    });
    steps.filter(|step| step.minutes > 0).collect()
}
