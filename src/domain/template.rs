//! Templates of sessions: blocks with their minutes, steps with what to say. Pure data with its rules.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::fault::{Fault, Faults};
use crate::domain::format::{Captures, Format, Mode, Needs};
use crate::domain::pairing::Size;
use crate::domain::question::QuestionKind;
use crate::domain::text::Clean;

/// Most blocks of a session.
pub const MOST_BLOCKS: usize = 60;
/// Most steps of a block.
pub const MOST_STEPS: usize = 40;
/// Most minutes of a session: one day.
pub const MOST_MINUTES: u16 = 1_440;

/// What happens in a block; decides which questions fit and which panels a front-end offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// Everyone arrives and says a word.
    CheckIn,
    /// Actions of last time, one after the other.
    Review,
    /// One person brings a real situation.
    HotSeat,
    /// A question for the room.
    Prompt,
    /// A pause for everyone.
    Break,
    /// Twos and threes.
    Pairs,
    /// Everyone in turn.
    Round,
    /// The last minutes.
    Closing,
    /// Anything else.
    Open,
}

/// A session to start from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its name in commands: `a-z`, `0-9`, `-`.
    pub id: String,
    /// Its name on screen.
    pub name: Clean,
    /// Counted up when its blocks change; a session remembers which one it came from.
    pub version: u32,
    /// One line about when to take it.
    #[serde(default)]
    pub about: Clean,
    /// The planned length of the whole session.
    pub minutes: u16,
    /// What happens, in order.
    #[serde(default, rename = "block")]
    pub blocks: Vec<BlockPlan>,
}

/// One block of a [`Template`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockPlan {
    /// Its name.
    pub title: Clean,
    /// What happens in it.
    pub kind: BlockKind,
    /// Planned minutes.
    pub minutes: u16,
    /// Fewest minutes when time gets short.
    #[serde(default)]
    pub min: u16,
    /// Never shortened or moved when the plan adapts.
    #[serde(default)]
    pub locked: bool,
    /// How many questions to draw for it.
    #[serde(default)]
    pub prompts: u8,
    /// Which kind of question to draw, where it is not the usual one of the block.
    #[serde(default)]
    pub asks: Option<QuestionKind>,
    /// The format it follows, by id; its own steps win.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// How many people it takes, where that is not said by its format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<Needs>,
    /// Its steps; most blocks have none.
    #[serde(default, rename = "step")]
    pub steps: Vec<StepPlan>,
}

/// One step of a [`BlockPlan`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepPlan {
    /// Its name.
    pub title: Clean,
    /// Planned minutes.
    pub minutes: u16,
    /// One line on who speaks and how.
    #[serde(default)]
    pub says: Clean,
    /// Who may speak, and how.
    #[serde(default)]
    pub mode: Mode,
    /// Seconds that each person or group has, where everyone has a turn.
    #[serde(default)]
    pub each: Option<u16>,
    /// How large groups are, where people go into groups: 2, 3 or 4.
    #[serde(default)]
    pub size: Option<Size>,
    /// What is written down in it.
    #[serde(default)]
    pub captures: Option<Captures>,
}

impl BlockKind {
    /// Every kind, in the order in which lists show them.
    pub const ALL: [Self; 9] = [
        Self::CheckIn,
        Self::Review,
        Self::HotSeat,
        Self::Prompt,
        Self::Break,
        Self::Pairs,
        Self::Round,
        Self::Closing,
        Self::Open,
    ];

    /// The word in files and in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::Review => "review",
            Self::HotSeat => "hot-seat",
            Self::Prompt => "prompt",
            Self::Break => "break",
            Self::Pairs => "pairs",
            Self::Round => "round",
            Self::Closing => "closing",
            Self::Open => "open",
        }
    }

    /// The kind of question that fits; `None` where none is asked.
    pub const fn question_kind(self) -> Option<QuestionKind> {
        match self {
            Self::CheckIn => Some(QuestionKind::CheckIn),
            Self::HotSeat => Some(QuestionKind::HotSeat),
            Self::Pairs => Some(QuestionKind::Pair),
            Self::Closing => Some(QuestionKind::Closing),
            Self::Prompt | Self::Round | Self::Open => Some(QuestionKind::Reflection),
            Self::Review | Self::Break => None,
        }
    }
}

impl fmt::Display for BlockKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl BlockPlan {
    /// The kind of question to draw for it; `None` where none is asked.
    pub fn draws(&self) -> Option<QuestionKind> {
        self.asks.or_else(|| self.kind.question_kind())
    }

    /// Takes over what its format says and it does not say itself. False when there is no such format.
    fn follow(&mut self, formats: &[Format]) -> bool {
        let Some(id) = &self.format else {
            return true;
        };
        let Some(format) = formats.iter().find(|format| format.id == *id) else {
            return false;
        };
        if self.steps.is_empty() {
            self.steps = format.steps_for(self.minutes);
        }
        if self.needs.is_none() {
            self.needs.clone_from(&format.needs);
        }
        true
    }

    fn faults(&self, number: usize) -> Vec<String> {
        let place = format!("block {number} ({})", self.title);
        let mut faults = Vec::new();
        let mut fault = |what: String| faults.push(format!("{place} {what}"));
        if self.title.trim().is_empty() {
            fault("has no title".to_owned());
        }
        if self.minutes == 0 || self.minutes > MOST_MINUTES {
            fault(format!("needs 1 to {MOST_MINUTES} minutes"));
        }
        if self.min > self.minutes {
            fault(format!(
                "has a minimum of {} minutes, more than its {}",
                self.min, self.minutes
            ));
        }
        if self.prompts > 0 && self.draws().is_none() {
            fault("asks for questions, but its kind has none".to_owned());
        }
        if self.steps.len() > MOST_STEPS {
            fault(format!("has more than {MOST_STEPS} steps"));
        }
        let steps: u32 = self.steps.iter().map(|step| u32::from(step.minutes)).sum();
        if steps > u32::from(self.minutes) {
            fault(format!(
                "has steps of {steps} minutes together, more than its {}",
                self.minutes
            ));
        }
        if self.steps.iter().any(|step| step.title.trim().is_empty()) {
            fault("has a step without a title".to_owned());
        }
        faults
    }
}

impl Template {
    /// The minutes of all blocks together.
    pub fn planned(&self) -> u32 {
        self.blocks
            .iter()
            .map(|block| u32::from(block.minutes))
            .sum()
    }

    /// The same with the steps of the formats that its blocks follow. A block whose format is not among
    /// them stays as it is, and comes back as a fault.
    pub fn resolve(mut self, formats: &[Format]) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        for (place, block) in self.blocks.iter_mut().enumerate() {
            if !block.follow(formats) {
                let format = block.format.as_deref().unwrap_or_default();
                faults.push(Fault {
                    kind: "template",
                    id: Clean::line(&self.id).into_string(),
                    part: Some(place),
                    what: format!(
                        "block {} ({}) follows the format \"{}\", which is not there",
                        place + 1,
                        block.title,
                        Clean::line(format)
                    ),
                });
            }
        }
        (self, faults)
    }

    /// Checks every rule; all that is broken comes back, not the first alone.
    pub fn check(&self) -> Result<(), Vec<Fault>> {
        let mut faults = Faults::of_head(&self.id, &self.name, self.minutes);
        if self.planned() > u32::from(self.minutes) {
            faults.of_whole(format!(
                "its blocks take {} minutes, more than its {}",
                self.planned(),
                self.minutes
            ));
        }
        if self.blocks.len() > MOST_BLOCKS {
            faults.of_whole(format!("it has more than {MOST_BLOCKS} blocks"));
        }
        let mut titles = BTreeSet::new();
        for (place, block) in self.blocks.iter().enumerate() {
            faults.of_part(place, block.faults(place + 1));
            if !titles.insert(block.title.as_str()) {
                faults.of_part(place, [format!("two blocks are called {}", block.title)]);
            }
        }
        faults.told("template", &self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(title: &str, minutes: u16) -> BlockPlan {
        BlockPlan {
            title: Clean::line(title),
            kind: BlockKind::Prompt,
            minutes,
            min: 0,
            locked: false,
            prompts: 1,
            asks: None,
            format: None,
            needs: None,
            steps: Vec::new(),
        }
    }

    fn template(blocks: Vec<BlockPlan>) -> Template {
        Template {
            id: "trial".to_owned(),
            name: Clean::line("Trial"),
            version: 1,
            about: Clean::default(),
            minutes: 30,
            blocks,
        }
    }

    fn words(template: &Template) -> String {
        let faults = template.check().unwrap_err();
        faults
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    }

    #[test]
    fn a_template_that_fits_has_no_faults() {
        assert_eq!(
            template(vec![block("Talk", 20), block("More", 10)]).check(),
            Ok(())
        );
        assert_eq!(template(Vec::new()).check(), Ok(()));
    }

    #[test]
    fn all_broken_rules_are_told_at_once() {
        let mut long = block("Talk", 40);
        long.min = 50;
        let told = words(&template(vec![long, block("Talk", 0)]));
        for part in [
            "template trial: its blocks take 40 minutes, more than its 30",
            "block 1 (Talk) has a minimum of 50 minutes, more than its 40",
            "block 2 (Talk) needs 1 to 1440 minutes",
            "two blocks are called Talk",
        ] {
            assert!(told.contains(part), "{told}");
        }
    }

    #[test]
    fn steps_stay_within_their_block_and_breaks_ask_nothing() {
        let mut seat = block("Seat", 5);
        seat.steps = vec![StepPlan {
            title: Clean::line("Tell"),
            minutes: 6,
            says: Clean::default(),
            mode: Mode::default(),
            each: None,
            size: None,
            captures: None,
        }];
        let mut rest = block("Rest", 5);
        rest.kind = BlockKind::Break;
        let told = words(&template(vec![seat, rest]));
        assert!(told.contains("steps of 6 minutes together"), "{told}");
        assert!(told.contains("its kind has none"), "{told}");
    }

    #[test]
    fn every_kind_of_block_has_its_word() {
        for kind in BlockKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }
}
