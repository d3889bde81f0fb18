//! A plan for one session: when, how long, and which blocks.

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use crate::domain::agenda::schedule::{Schedule, stretched, trimmed};
use crate::domain::agenda::{Block, BlockKind, Prompt, Step};
use crate::domain::clock::{Moment, Zone};
use crate::domain::first;
use crate::domain::format::{Needs, share};
use crate::domain::id::{BlockId, CircleId, Ids, MemberId, ParkedId, SessionId};
use crate::domain::question::QuestionKind;
use crate::domain::series::{self, Basis};
use crate::domain::session::{FromTemplate, Session};
use crate::domain::state::State;
use crate::domain::template::{BlockPlan, StepPlan, Template};
use crate::domain::text::Clean;

/// A block that has no identity yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockDraft {
    /// Keeps the identity of a block that exists.
    #[serde(default)]
    pub id: Option<BlockId>,
    /// Its name.
    pub title: Clean,
    /// What happens in it.
    #[serde(default)]
    pub kind: BlockKind,
    /// Planned minutes.
    pub minutes: u16,
    /// Minutes below which it makes no sense; 0 means one minute.
    #[serde(default)]
    pub min: u16,
    /// Whether a re-plan must leave its length alone.
    #[serde(default)]
    pub locked: bool,
    /// Who leads it.
    #[serde(default)]
    pub lead: Option<MemberId>,
    /// Chosen questions.
    #[serde(default)]
    pub prompts: Vec<Prompt>,
    /// Its parts.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// The time of day it is pinned to.
    #[serde(default)]
    pub at: Option<NaiveTime>,
    /// The format it follows, by id.
    #[serde(default)]
    pub format: Option<String>,
    /// How many people it takes.
    #[serde(default)]
    pub needs: Option<Needs>,
    /// The parked item that it takes up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<ParkedId>,
}

impl BlockDraft {
    /// As a block of an agenda.
    pub fn into_block(self, ids: &mut Ids) -> Block {
        Block {
            min: self.min.max(1).min(self.minutes.max(1)),
            locked: self.locked,
            lead: self.lead,
            prompts: self.prompts,
            steps: self.steps,
            at: self.at,
            format: self.format,
            needs: self.needs,
            from: self.from,
            ..Block::new(
                self.id.unwrap_or_else(|| BlockId(ids.make())),
                self.title,
                self.kind,
                self.minutes,
            )
        }
    }
}

impl BlockDraft {
    /// Gives a block more time; steps that fill it share in what is more.
    pub fn stretch(&mut self, minutes: u16) {
        let whole: u32 = self.steps.iter().map(|step| u32::from(step.minutes)).sum();
        if whole == u32::from(self.minutes) {
            let weights: Vec<u16> = self.steps.iter().map(|step| step.minutes).collect();
            for (step, minutes) in self.steps.iter_mut().zip(share(&weights, minutes)) {
                step.minutes = minutes;
            }
        }
        self.minutes = minutes;
    }

    /// The same block in the same session, to be changed: nothing of it is lost.
    pub fn keeping(block: &Block) -> Self {
        Self {
            id: Some(block.id),
            lead: block.lead,
            prompts: block.prompts.clone(),
            ..Self::from(block)
        }
    }
}

impl BlockDraft {
    /// Steps of a format or a template as steps of a block.
    pub fn steps_of(steps: &[StepPlan]) -> Vec<Step> {
        let step = |step: &StepPlan| Step {
            title: step.title.clone(),
            minutes: step.minutes,
            says: Some(step.says.clone()).filter(|says| !says.is_empty()),
            mode: step.mode,
            each: step.each,
            size: step.size,
            captures: step.captures,
        };
        steps.iter().map(step).collect()
    }

    /// The same block in the session after: as it was, but where people introduced themselves in the first session,
    /// what they took on there is reviewed.
    pub fn again(block: &Block) -> Self {
        let mut block = block.clone();
        first::review(&mut block);
        Self::from(&block)
    }

    /// Everything that is planned of a block, without its identity and history.
    pub fn whole(block: &Block) -> Self {
        Self {
            lead: block.lead,
            prompts: block.prompts.clone(),
            ..Self::from(block)
        }
    }

    /// Keeps what a prompt remembers where `block` has the same one.
    pub(crate) fn keep_prompts(&mut self, block: &Block) {
        for prompt in &mut self.prompts {
            if let Some(same) = block.prompts.iter().find(|old| prompt.asks_like(old)) {
                prompt.clone_from(same);
            }
        }
    }

    fn is_like(&self, block: &Block) -> bool {
        let mut own = self.clone();
        own.keep_prompts(block);
        own == Self::whole(block)
    }
}

impl From<&Block> for BlockDraft {
    /// The same block planned again: same name and parts, no prompts, no history.
    fn from(block: &Block) -> Self {
        Self {
            id: None,
            title: block.title.clone(),
            kind: block.kind,
            minutes: block.minutes,
            min: block.min,
            locked: block.locked,
            lead: None,
            prompts: Vec::new(),
            steps: block.steps.clone(),
            at: block.at,
            format: block.format.clone(),
            needs: block.needs.clone(),
            from: None,
        }
    }
}

impl From<&BlockPlan> for BlockDraft {
    /// The block of a template, without prompts; those are drawn for a circle.
    fn from(plan: &BlockPlan) -> Self {
        Self {
            id: None,
            title: plan.title.clone(),
            kind: plan.kind,
            minutes: plan.minutes,
            min: plan.min,
            locked: plan.locked,
            lead: None,
            prompts: Vec::new(),
            steps: Self::steps_of(&plan.steps),
            at: None,
            format: plan.format.clone(),
            needs: plan.needs.clone(),
            from: None,
        }
    }
}

/// A question that a template wants drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedPrompt {
    /// Index of the block it is for.
    pub block: usize,
    /// Of which kind.
    pub kind: QuestionKind,
}

/// The questions that a template wants drawn, block by block.
pub fn wanted(template: &Template) -> Vec<WantedPrompt> {
    let of = |(block, plan): (usize, &BlockPlan)| {
        let kind = plan.draws().filter(|_| plan.prompts > 0)?;
        Some(std::iter::repeat_n(
            WantedPrompt { block, kind },
            usize::from(plan.prompts),
        ))
    };
    let blocks = template.blocks.iter().enumerate();
    blocks.filter_map(of).flatten().collect()
}

/// A session that has no identity yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// When it starts.
    pub start: Moment,
    /// How long it lasts.
    pub minutes: u16,
    /// Its agenda.
    #[serde(default)]
    pub blocks: Vec<BlockDraft>,
    /// Where the agenda came from.
    #[serde(default)]
    pub template: Option<FromTemplate>,
    /// Who leads, if that is known already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facilitator: Option<MemberId>,
}

impl Plan {
    /// The agenda of a template, without prompts.
    pub fn from_template(template: &Template, start: Moment) -> Self {
        Self {
            start,
            minutes: template.minutes,
            blocks: template.blocks.iter().map(BlockDraft::from).collect(),
            template: Some(FromTemplate {
                id: template.id.clone(),
                version: template.version,
                programme: None,
            }),
            facilitator: None,
        }
    }

    /// The session that it would be, to look at.
    fn session(&self) -> Session {
        let mut ids = Ids::new(self.start, 0);
        let id = SessionId(ids.make());
        let blocks = self.blocks.iter().cloned();
        Session {
            blocks: blocks.map(|block| block.into_block(&mut ids)).collect(),
            ..Session::new(id, 0, self.start, self.minutes)
        }
    }

    /// When each of its blocks begins.
    pub fn starts(&self, zone: Zone) -> Vec<Moment> {
        let rows = self.schedule(zone).rows;
        rows.into_iter().map(|row| row.begins).collect()
    }

    /// How its blocks are laid out in time.
    pub fn schedule(&self, zone: Zone) -> Schedule {
        Schedule::of(&self.session(), zone)
    }

    /// Trims blocks that take too long, or stretches them over time that is free.
    pub fn fit(&mut self, zone: Zone) {
        let session = self.session();
        let minutes = if Schedule::of(&session, zone).fits() {
            stretched(&session, zone)
        } else {
            trimmed(&session, zone)
        };
        for (block, minutes) in self.blocks.iter_mut().zip(minutes) {
            if minutes > block.minutes {
                block.stretch(minutes);
            } else {
                block.minutes = minutes;
                block.min = block.min.min(minutes);
            }
        }
    }

    /// Whether `session` is planned like this already.
    pub fn is_like(&self, session: &Session) -> bool {
        let head = (session.start, session.minutes, session.facilitator);
        (self.start, self.minutes, self.facilitator) == head
            && self.template == session.template
            && self.blocks.len() == session.blocks.len()
            && self
                .blocks
                .iter()
                .zip(&session.blocks)
                .all(|(draft, block)| draft.is_like(block))
    }

    /// The session that comes next by the rule of a circle, and the one whose agenda it takes over; `None` where the
    /// circle meets by no rule, or where such a session [starts from](series::basis) a template.
    pub fn following(
        state: &State,
        circle: CircleId,
        (now, zone): (Moment, Zone),
    ) -> Option<(Self, &Session)> {
        let rule = state.circle(circle)?.rhythm?;
        let Basis::Like(last) = series::basis(state, circle) else {
            return None;
        };
        let start = series::next(&rule, state.sessions(circle), now, zone);
        let plan = Self {
            minutes: rule.minutes,
            ..Self::like(last, start)
        };
        Some((plan, last))
    }

    /// The agenda of a past session, to be used again at `start`.
    pub fn like(session: &Session, start: Moment) -> Self {
        Self {
            start,
            minutes: session.minutes,
            blocks: session.blocks.iter().map(BlockDraft::again).collect(),
            // A programme gave that session its place, not this one.
            template: session.template.clone().map(|from| FromTemplate {
                programme: None,
                ..from
            }),
            facilitator: None,
        }
    }
}
