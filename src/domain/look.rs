//! A second look at what a circle has decided: when one is due, what came of those before, and that nothing of it is
//! lost when the words change.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;
use crate::domain::id::CircleId;
use crate::domain::item::Decision;
use crate::domain::state::State;
use crate::domain::text::Clean;

/// What a second look comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It stands.
    Keep,
    /// It stands in these words from now on.
    Change(Clean),
    /// It does not hold any more.
    Reverse,
}

/// A second look that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// When.
    pub at: Moment,
    /// The day on which it was due, if one was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// What it came to.
    pub how: Outcome,
    /// The words before, where they were changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Clean>,
}

/// What came of a second look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It stands.
    Kept,
    /// It has other words.
    Changed,
    /// It does not hold any more.
    Reversed,
}

impl Outcome {
    /// The word in lists and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Changed => "changed",
            Self::Reversed => "reversed",
        }
    }
}

impl Decision {
    /// Takes a second look. No further one is due until somebody names a day.
    pub fn look(&mut self, verdict: &Verdict, at: Moment) {
        let (how, was) = match verdict {
            Verdict::Keep => (Outcome::Kept, None),
            Verdict::Change(words) => {
                let was = std::mem::replace(&mut self.text, words.clone());
                (Outcome::Changed, Some(was))
            }
            Verdict::Reverse => (Outcome::Reversed, None),
        };
        let due = self.revisit.take();
        self.looks.push(Looked { at, due, how, was });
    }

    /// Whether it still holds: the last second look has not reversed it.
    pub fn holds(&self) -> bool {
        let last = self.looks.last();
        last.is_none_or(|looked| looked.how != Outcome::Reversed)
    }
}

/// Decisions of a circle that want a second look on or before `day`, the longest due first.
pub fn due(state: &State, circle: CircleId, day: NaiveDate) -> Vec<&Decision> {
    let mut due: Vec<&Decision> = state
        .decisions(circle)
        .filter(|row| row.trashed.is_none() && row.revisit.is_some_and(|on| on <= day))
        .collect();
    due.sort_by_key(|row| (row.revisit, row.number));
    due
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::{DecisionId, Key, Kind};
    use crate::domain::item::Origin;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn decision(n: u32, revisit: Option<&str>) -> Decision {
        let id = DecisionId(Uuid::from_u128(u128::from(n)));
        let origin = Origin::outside(Moment::from_millis(0));
        Decision {
            revisit: revisit.map(day),
            ..Decision::new(id, n, Clean::line("Meet every two weeks"), origin)
        }
    }

    #[test]
    fn a_look_is_kept_with_the_words_that_it_changed() {
        let at = Moment::from_millis(5);
        let mut row = decision(1, Some("2026-06-01"));
        row.look(&Verdict::Change(Clean::line("Meet every week")), at);
        assert_eq!((row.text.as_str(), row.revisit), ("Meet every week", None));
        row.look(&Verdict::Keep, at);
        assert!(row.holds());
        row.look(&Verdict::Reverse, at);
        assert!(!row.holds());
        let told: Vec<&str> = row.looks.iter().map(|looked| looked.how.word()).collect();
        assert_eq!(told, ["changed", "kept", "reversed"]);
        assert_eq!(row.looks[0].was.as_deref(), Some("Meet every two weeks"));
        assert_eq!(row.looks[0].due, Some(day("2026-06-01")));
    }

    #[test]
    fn what_is_due_comes_in_the_order_of_its_days() {
        let circle = CircleId(Uuid::from_u128(9));
        let mut state = State::default();
        for (n, revisit) in [
            (1, Some("2026-06-02")),
            (2, None),
            (3, Some("2026-06-01")),
            (4, Some("2026-06-03")),
        ] {
            let row = decision(n, revisit);
            state.load(Key::circle(circle, Kind::Decision, row.id.0), row.into());
        }
        let due = due(&state, circle, day("2026-06-02"));
        let numbers: Vec<u32> = due.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [3, 1]);
    }

    #[test]
    fn a_decision_that_nobody_looked_at_again_is_stored_as_before() {
        let body = serde_json::to_value(decision(1, None)).unwrap();
        assert!(body.get("looks").is_none());
    }
}
