//! The agenda: blocks with their steps and prompts, start times, slack.

pub mod elastic;
pub mod schedule;
pub mod typed;

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use crate::domain::clock::{Moment, Span};
use crate::domain::format::{Captures, Mode, Needs};
use crate::domain::id::{BlockId, MemberId, ParkedId, QuestionId};
use crate::domain::pairing::Size;
use crate::domain::question::Question;
use crate::domain::text::Clean;

pub use crate::domain::template::BlockKind;

#[expect(
    clippy::derivable_impls,
    reason = "the default is a matter of agendas; templates always name the kind"
)]
impl Default for BlockKind {
    fn default() -> Self {
        Self::Open
    }
}

impl BlockKind {
    /// The word shown in the agenda and written in plans.
    pub const fn word(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::Review => "review",
            Self::HotSeat => "hot seat",
            Self::Prompt => "prompt",
            Self::Break => "break",
            Self::Pairs => "pairs",
            Self::Round => "round",
            Self::Closing => "closing",
            Self::Open => "open",
        }
    }

    /// Whether such a block lives from a prompt, so that one without it is not ready.
    pub const fn needs_prompt(self) -> bool {
        match self {
            Self::CheckIn | Self::HotSeat | Self::Prompt | Self::Pairs | Self::Round => true,
            Self::Review | Self::Break | Self::Closing | Self::Open => false,
        }
    }

    /// Whether it belongs to the session that it is in, and is not kept for another one.
    pub const fn is_of_today(self) -> bool {
        match self {
            Self::Break | Self::Closing => true,
            Self::CheckIn
            | Self::Review
            | Self::HotSeat
            | Self::Prompt
            | Self::Pairs
            | Self::Round
            | Self::Open => false,
        }
    }

    /// Whether anybody may take the floor, so that it makes sense to ask who was not heard yet.
    pub const fn is_open_floor(self) -> bool {
        match self {
            Self::CheckIn | Self::HotSeat | Self::Prompt | Self::Round | Self::Open => true,
            Self::Review | Self::Break | Self::Pairs | Self::Closing => false,
        }
    }
}

/// A question chosen for a block, with the words as they were when it was chosen, so that the record
/// stays true when the bank changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// Where it came from, if from the bank.
    pub question: Option<QuestionId>,
    /// The question.
    pub text: Clean,
    /// What to ask next if talk does not start.
    #[serde(default)]
    pub follow_ups: Vec<Clean>,
    /// How often this circle had been asked it when it was chosen.
    #[serde(default)]
    pub asked_before: u32,
    /// When it was put to the room.
    #[serde(default)]
    pub asked: Option<Moment>,
    /// The one person it is for, where everybody has a question of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whom: Option<MemberId>,
}

impl Prompt {
    /// A question that comes from no bank, with no follow-ups.
    pub const fn new(text: Clean) -> Self {
        Self {
            question: None,
            text,
            follow_ups: Vec::new(),
            asked_before: 0,
            asked: None,
            whom: None,
        }
    }

    /// A question with its words as they are now, which the circle was asked so many times.
    pub fn of(question: &Question, asked_before: u32) -> Self {
        Self {
            question: Some(question.id),
            follow_ups: question.follow_ups.clone(),
            asked_before,
            ..Self::new(question.text.clone())
        }
    }

    /// The same prompt for another session: that it was asked before counts, and it was not asked there yet.
    #[must_use]
    pub fn once_more(&self) -> Self {
        Self {
            asked_before: self.asked_before + u32::from(self.asked.is_some()),
            asked: None,
            ..self.clone()
        }
    }

    /// Whether it asks the same in the same words, whatever became of it.
    pub fn asks_like(&self, other: &Self) -> bool {
        (self.question, &self.text, &self.follow_ups)
            == (other.question, &other.text, &other.follow_ups)
    }
}

impl Block {
    /// Its prompts with those that somebody chooses now: they are asked next, before what waited already.
    pub fn with_chosen(&self, chosen: impl IntoIterator<Item = Prompt>) -> Vec<Prompt> {
        let mut prompts = self.prompts.clone();
        let waits = prompts.iter().position(|prompt| prompt.asked.is_none());
        let at = waits.unwrap_or(prompts.len());
        prompts.splice(at..at, chosen);
        prompts
    }
}

/// A part of a block. Steps are guidance: nothing advances by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its name.
    pub title: Clean,
    /// Planned minutes.
    pub minutes: u16,
    /// One line on who speaks and how.
    #[serde(default)]
    pub says: Option<Clean>,
    /// Who may speak, and how.
    #[serde(default, skip_serializing_if = "Mode::is_default")]
    pub mode: Mode,
    /// Seconds that each person or group has, where everyone has a turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<u16>,
    /// How large groups are, where people go into groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<Size>,
    /// What is written down in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captures: Option<Captures>,
}

impl Step {
    /// Whether rows stand in the place of the prompt while it runs: what each takes on, topics, a read back.
    pub const fn shows_rows(&self) -> bool {
        matches!(self.mode, Mode::ReadBack)
            || matches!(
                self.captures,
                Some(Captures::ActionEach | Captures::Topics | Captures::Words)
            )
    }
}

/// A part of the session with a planned length.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Identity.
    pub id: BlockId,
    /// Its name.
    pub title: Clean,
    /// What happens in it.
    pub kind: BlockKind,
    /// Planned minutes.
    pub minutes: u16,
    /// Minutes below which it makes no sense.
    pub min: u16,
    /// Whether its length must not be touched by a re-plan.
    #[serde(default)]
    pub locked: bool,
    /// Who leads it or sits in it.
    #[serde(default)]
    pub lead: Option<MemberId>,
    /// Questions chosen for it.
    #[serde(default)]
    pub prompts: Vec<Prompt>,
    /// Its parts.
    #[serde(default)]
    pub steps: Vec<Step>,
    /// The time of day it is pinned to, as clocks show it where the circle meets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<NaiveTime>,
    /// The format it follows, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// How many people it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<Needs>,
    /// The item that keeps it for another time; it is left out of this session then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parked: Option<ParkedId>,
    /// The parked item that it was taken up from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<ParkedId>,
    /// Net time it took, once the session has ended and it was reached.
    #[serde(default)]
    pub took: Option<Span>,
    /// Fields of a newer program, kept as they are.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Block {
    /// A block that nobody leads yet, with neither prompts nor steps.
    pub fn new(id: BlockId, title: Clean, kind: BlockKind, minutes: u16) -> Self {
        Self {
            id,
            title,
            kind,
            minutes,
            min: 1,
            locked: false,
            lead: None,
            prompts: Vec::new(),
            steps: Vec::new(),
            at: None,
            format: None,
            needs: None,
            parked: None,
            from: None,
            took: None,
            extra: serde_json::Map::new(),
        }
    }

    /// Planned length.
    pub fn planned(&self) -> Span {
        Span::from_minutes(i64::from(self.minutes))
    }
}

/// Planned minutes of all blocks.
pub fn planned_minutes(blocks: &[Block]) -> u32 {
    blocks.iter().map(|block| u32::from(block.minutes)).sum()
}

/// When each block begins if all goes to plan, from the start of the session.
pub fn starts(blocks: &[Block], start: Moment) -> Vec<Moment> {
    blocks
        .iter()
        .scan(start, |at, block| {
            let begins = *at;
            *at = *at + block.planned();
            Some(begins)
        })
        .collect()
}
