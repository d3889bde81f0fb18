//! A session as a plan file.

use std::collections::BTreeMap;

use crate::command::plan::BlockDraft;
use crate::domain::agenda::{Block, Prompt, Step};
use crate::domain::clock::Zone;
use crate::domain::format::share;
use crate::domain::id::{CircleId, MemberId, QuestionId};
use crate::domain::roster::{Found, find};
use crate::domain::session::Session;
use crate::domain::shelf::Shelf;
use crate::domain::state::State;
use crate::domain::text::Clean;
use crate::exchange::plan::{self, Named, PlanBlock, PlanFile, PlanPrompt};
use crate::packs;

/// The blocks that the plan of a session holds: one that was kept for another time is not part of it any more.
fn blocks(session: &Session) -> impl Iterator<Item = &Block> {
    session.blocks.iter().filter(|block| block.parked.is_none())
}

/// The prompts that the plan of a session holds, whose numbers are to be looked up.
pub fn prompts(session: &Session) -> Vec<&Prompt> {
    blocks(session).flat_map(|block| &block.prompts).collect()
}

/// The plan of a session. `numbers` are those of the questions that its prompts came from.
pub fn text(
    (state, zone): (&State, Zone),
    (circle, session): (CircleId, &Session),
    numbers: &BTreeMap<QuestionId, u32>,
) -> String {
    let shelf = packs::shelf();
    let writer = Writer {
        state,
        circle,
        numbers,
        shelf: &shelf,
    };
    let title = state.circle(circle).map(|circle| circle.name.clone());
    let file = PlanFile {
        title: title.unwrap_or_default(),
        start: Some(session.start.local(zone)),
        minutes: Some(session.minutes),
        template: session.template.clone(),
        leads: writer.named(session.facilitator),
        blocks: blocks(session).map(|block| writer.block(block)).collect(),
    };
    plan::write(&file)
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
