//! Formats: how a block runs, step by step. Data, written in TOML; nothing advances by itself.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::fault::{Fault, Faults};
use crate::domain::template::{BlockKind, MOST_STEPS, StepPlan};
use crate::domain::text::Clean;

/// Who may speak in a step, and how.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Anybody, in any order.
    #[default]
    Open,
    /// The person in the seat; all others listen.
    Seat,
    /// Questions to the person in the seat, and answers.
    Questions,
    /// Everyone in turn.
    Round,
    /// Nobody: all write or think.
    Silent,
    /// Small groups, each for itself.
    Groups,
    /// One group after the other tells what it found.
    Report,
    /// Topics are voted on.
    Vote,
    /// The session is rated.
    Rate,
    /// What was written down is read back.
    ReadBack,
    /// A pause for everyone.
    Rest,
}

impl Mode {
    /// Every mode, in the order in which lists show them.
    pub const ALL: [Self; 11] = [
        Self::Open,
        Self::Seat,
        Self::Questions,
        Self::Round,
        Self::Silent,
        Self::Groups,
        Self::Report,
        Self::Vote,
        Self::Rate,
        Self::ReadBack,
        Self::Rest,
    ];

    /// The word in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Seat => "seat",
            Self::Questions => "questions",
            Self::Round => "round",
            Self::Silent => "silent",
            Self::Groups => "groups",
            Self::Report => "report",
            Self::Vote => "vote",
            Self::Rate => "rate",
            Self::ReadBack => "read-back",
            Self::Rest => "rest",
        }
    }

    /// Whether everyone, or every group, has a turn of its own in it.
    pub const fn has_turns(self) -> bool {
        match self {
            Self::Round | Self::Groups | Self::Report => true,
            Self::Open
            | Self::Seat
            | Self::Questions
            | Self::Silent
            | Self::Vote
            | Self::Rate
            | Self::ReadBack
            | Self::Rest => false,
        }
    }

    /// Whether this is what a step has that says nothing.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What a step wants written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Captures {
    /// One action of each person.
    ActionEach,
    /// An action of the person in the seat.
    Action,
    /// A decision.
    Decision,
    /// Topics, as parked items.
    Topics,
    /// A line of each group.
    Reports,
    /// Notes.
    Notes,
    /// One word of each person, as notes for the circle.
    Words,
}

/// How many people a format takes, and what fewer do instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Needs {
    /// Fewest people.
    pub people: u16,
    /// What to do with fewer, as an order: `do it as a pair`.
    pub fewer: Clean,
}

/// How a block runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    /// Its name in files and commands: `a-z`, `0-9`, `-`.
    pub id: String,
    /// Its name on screen.
    pub name: Clean,
    /// Counted up when its steps change.
    pub version: u32,
    /// One line about when to take it.
    #[serde(default)]
    pub about: Clean,
    /// What happens in a block that follows it.
    pub kind: BlockKind,
    /// The minutes that its steps are written for.
    pub minutes: u16,
    /// Fewest minutes in which it makes sense.
    #[serde(default)]
    pub min: u16,
    /// How many people it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<Needs>,
    /// Its steps, which fill its minutes.
    #[serde(default, rename = "step")]
    pub steps: Vec<StepPlan>,
}

impl Format {
    /// Checks every rule; all that is broken comes back, not the first alone.
    pub fn check(&self) -> Result<(), Vec<Fault>> {
        let mut faults = Faults::of_head(&self.id, &self.name, self.minutes);
        self.whole(&mut faults);
        for (index, step) in self.steps.iter().enumerate() {
            let place = format!("step {} ({})", index + 1, step.title);
            let of_step = step_faults(step).into_iter();
            faults.of_part(index, of_step.map(|what| format!("{place} {what}")));
        }
        faults.told("format", &self.id)
    }

    fn whole(&self, faults: &mut Faults) {
        if self.min > self.minutes {
            faults.of_whole(format!(
                "it has a minimum of {} minutes, more than its {}",
                self.min, self.minutes
            ));
        }
        if self.steps.len() > MOST_STEPS {
            faults.of_whole(format!("it has more than {MOST_STEPS} steps"));
        }
        let steps: u32 = self.steps.iter().map(|step| u32::from(step.minutes)).sum();
        if !self.steps.is_empty() && steps != u32::from(self.minutes) {
            faults.of_whole(format!(
                "its steps take {steps} minutes together, and its minutes are {}",
                self.minutes
            ));
        }
        if let Some(needs) = &self.needs {
            if needs.people < 2 {
                faults.of_whole("people under needs is 2 or more".to_owned());
            }
            if needs.fewer.trim().is_empty() {
                faults.of_whole("it does not say what fewer people do".to_owned());
            }
        }
    }

    /// Its steps for a block of so many minutes.
    pub fn steps_for(&self, minutes: u16) -> Vec<StepPlan> {
        let weights: Vec<u16> = self.steps.iter().map(|step| step.minutes).collect();
        let shared = share(&weights, minutes);
        let steps = self.steps.iter().zip(shared);
        steps
            .map(|(step, minutes)| StepPlan {
                minutes,
                ..step.clone()
            })
            .collect()
    }
}

fn step_faults(step: &StepPlan) -> Vec<&'static str> {
    let mut faults = Vec::new();
    if step.title.trim().is_empty() {
        faults.push("has no title");
    }
    if step.minutes == 0 {
        faults.push("needs at least 1 minute");
    }
    if step.each == Some(0) {
        faults.push("gives each no time; leave each out or give seconds");
    }
    if step.each.is_some() && !step.mode.has_turns() {
        faults.push("has a time for each, which only round, groups and report have");
    }
    faults
}

/// Divides `total` in proportion to `weights`, by the largest remainder; while it fits everyone gets at
/// least 1. The shares add up to `total`.
pub fn share(weights: &[u16], total: u16) -> Vec<u16> {
    let least = u16::from(usize::from(total) >= weights.len());
    let sum: i64 = weights.iter().map(|weight| i64::from(*weight)).sum();
    let even = sum == 0;
    let sum = if even {
        weights.len().try_into().unwrap_or(1)
    } else {
        sum
    };
    let due: Vec<i64> = weights
        .iter()
        .map(|weight| i64::from(total) * if even { 1 } else { i64::from(*weight) })
        .collect();
    let mut shares: Vec<i64> = due
        .iter()
        .map(|due| (due / sum).max(i64::from(least)))
        .collect();
    // What a share is short of, in parts of a minute: the shortest gets more, the longest gives back.
    let short = |shares: &[i64], at: usize| {
        let have = shares.get(at).copied().unwrap_or_default();
        due.get(at).copied().unwrap_or_default() - have * sum
    };
    loop {
        let missing = i64::from(total) - shares.iter().sum::<i64>();
        let places = 0..shares.len();
        let (at, by) = match missing.signum() {
            1 => {
                let at = places.max_by_key(|at| (short(&shares, *at), std::cmp::Reverse(*at)));
                (at, 1)
            }
            -1 => {
                let least = i64::from(least);
                let gives = places.filter(|at| shares.get(*at).is_some_and(|share| *share > least));
                (gives.min_by_key(|at| (short(&shares, *at), *at)), -1)
            }
            _ => (None, 0),
        };
        let Some(share) = at.and_then(|at| shares.get_mut(at)) else {
            break;
        };
        *share += by;
    }
    let whole = |share: i64| u16::try_from(share).unwrap_or(u16::MAX);
    shares.into_iter().map(whole).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn step(title: &str, minutes: u16) -> StepPlan {
        StepPlan {
            title: Clean::line(title),
            minutes,
            says: Clean::default(),
            mode: Mode::default(),
            each: None,
            captures: None,
            size: None,
        }
    }

    fn format(steps: Vec<StepPlan>) -> Format {
        Format {
            id: "trial".to_owned(),
            name: Clean::line("Trial"),
            version: 1,
            about: Clean::default(),
            kind: BlockKind::Open,
            minutes: 10,
            min: 5,
            needs: None,
            steps,
        }
    }

    #[test]
    fn all_broken_rules_of_a_format_are_told_at_once() {
        let mut wrong = format(vec![step("Tell", 3), step("", 0)]);
        wrong.id = "Not A Slug".to_owned();
        wrong.min = 11;
        wrong.steps[0].each = Some(30);
        wrong.needs = Some(Needs {
            people: 1,
            fewer: Clean::default(),
        });
        let faults = wrong.check().unwrap_err();
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 8, "{told:#?}");
        assert_eq!(faults.last().unwrap().part, Some(1));
        assert!(
            told.iter()
                .any(|what| what.contains("take 3 minutes together"))
        );
        assert_eq!(format(vec![step("Tell", 10)]).check(), Ok(()));
        assert_eq!(format(Vec::new()).check(), Ok(()));
    }

    #[test]
    fn steps_keep_their_minutes_in_a_block_of_the_usual_length() {
        assert_eq!(share(&[3, 5, 7, 3, 2], 20), [3, 5, 7, 3, 2]);
        assert_eq!(share(&[3, 5, 7, 3, 2], 10), [2, 3, 3, 1, 1]);
        assert_eq!(share(&[1, 1, 18], 4), [1, 1, 2]);
        assert_eq!(share(&[], 4), Vec::<u16>::new());
    }

    proptest! {
        #[test]
        fn shares_add_up_and_leave_nobody_out(
            weights in proptest::collection::vec(0u16..60, 1..40),
            total in 0u16..200,
        ) {
            let shares = share(&weights, total);
            prop_assert_eq!(shares.len(), weights.len());
            prop_assert_eq!(shares.iter().sum::<u16>(), total);
            if usize::from(total) >= weights.len() {
                prop_assert!(shares.iter().all(|share| *share >= 1));
            }
            let whole: u16 = weights.iter().sum();
            if weights.iter().all(|weight| *weight > 0) {
                prop_assert_eq!(share(&weights, whole), weights);
            }
        }
    }

    #[test]
    fn every_mode_has_its_word() {
        for mode in Mode::ALL {
            assert_eq!(serde_json::to_value(mode).unwrap(), mode.as_str());
        }
    }
}
