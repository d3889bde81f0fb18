//! A plan for one session: when, how long, and which blocks.

use serde::{Deserialize, Serialize};

use crate::domain::agenda::{Block, BlockKind, Prompt, Step};
use crate::domain::clock::Moment;
use crate::domain::id::{BlockId, Ids, MemberId};
use crate::domain::session::{FromTemplate, Session};
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
}

impl BlockDraft {
    /// As a block of an agenda.
    pub fn into_block(self, ids: &mut Ids) -> Block {
        Block {
            id: self.id.unwrap_or_else(|| BlockId(ids.make())),
            title: self.title,
            kind: self.kind,
            minutes: self.minutes,
            min: self.min.max(1).min(self.minutes.max(1)),
            locked: self.locked,
            lead: self.lead,
            prompts: self.prompts,
            steps: self.steps,
            took: None,
            extra: serde_json::Map::new(),
        }
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
        }
    }
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
}

impl Plan {
    /// The agenda of a past session, to be used again at `start`.
    pub fn like(session: &Session, start: Moment) -> Self {
        Self {
            start,
            minutes: session.minutes,
            blocks: session.blocks.iter().map(BlockDraft::from).collect(),
            template: session.template.clone(),
        }
    }
}
