//! What happened to an action: the steps from one value of it to the next, for whoever asks how it came to be.
//!
//! Steps hold ids, not names; whoever tells them knows what people are called, and whether they still are.

use serde::{Deserialize, Serialize};

use crate::domain::id::MemberId;
use crate::domain::item::{Action, ActionState, Due, Owner};
use crate::domain::text::Clean;

/// One thing that changed about an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// It was written down.
    Created,
    /// It has other words.
    Words,
    /// Somebody else sees to it.
    Owner(Owner),
    /// It has another date.
    Due(Due),
    /// It is partly done; with what is left, where that was said.
    Partly(Option<Clean>),
    /// It is done.
    Done,
    /// It was let go, with a reason or without.
    LetGo(Option<Clean>),
    /// It is open again.
    Reopened,
    /// It waits for this, or no longer waits.
    WaitsFor(Option<Clean>),
    /// The circle was asked for help, or no longer is.
    Help(bool),
    /// Somebody asks after it, or nobody does.
    Partner(Option<MemberId>),
    /// It helps this, or nothing in particular.
    Helps(Option<Clean>),
    /// Its note changed.
    Note,
    /// Its tags changed.
    Tags,
    /// Its importance changed.
    Priority,
    /// It went into the trash.
    Trashed,
    /// It came out of the trash.
    Restored,
    /// It is gone: what made it was taken back.
    Gone,
}

/// The steps between two values of an action, in the order in which they are told.
pub fn steps(before: Option<&Action>, after: Option<&Action>) -> Vec<Step> {
    let (before, after) = match (before, after) {
        (Some(before), Some(after)) => (before, after),
        (None, Some(_)) => return vec![Step::Created],
        (Some(_), None) => return vec![Step::Gone],
        (None, None) => return Vec::new(),
    };
    let trash = match (before.trashed, after.trashed) {
        (None, Some(_)) => Some(Step::Trashed),
        (Some(_), None) => Some(Step::Restored),
        (None, None) | (Some(_), Some(_)) => None,
    };
    [
        became(before, after),
        (before.text != after.text).then_some(Step::Words),
        (before.owner != after.owner).then_some(Step::Owner(after.owner)),
        (before.due != after.due).then_some(Step::Due(after.due)),
        (before.waits_for != after.waits_for).then(|| Step::WaitsFor(after.waits_for.clone())),
        (before.help != after.help).then_some(Step::Help(after.help)),
        (before.partner != after.partner).then_some(Step::Partner(after.partner)),
        (before.helps != after.helps).then(|| Step::Helps(after.helps.clone())),
        (before.note != after.note).then_some(Step::Note),
        (before.tags != after.tags).then_some(Step::Tags),
        (before.priority != after.priority).then_some(Step::Priority),
        trash,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What became of it, where that changed. A new date is told by the date.
fn became(before: &Action, after: &Action) -> Option<Step> {
    let partly = || Some(Step::Partly(after.progress.clone()));
    if before.state == after.state {
        let left = after.state == ActionState::Partly && before.progress != after.progress;
        return if left { partly() } else { None };
    }
    match after.state {
        ActionState::Partly => partly(),
        ActionState::Done => Some(Step::Done),
        ActionState::LetGo => Some(Step::LetGo(after.reason.clone())),
        ActionState::Open | ActionState::Moved if !before.state.is_open() => Some(Step::Reopened),
        ActionState::Open | ActionState::Moved => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Moment;
    use crate::domain::id::{ActionId, Ids};
    use crate::domain::item::Origin;

    fn action() -> Action {
        let at = Moment::from_millis(0);
        let id = ActionId(Ids::new(at, 1).make());
        Action::new(id, 14, Clean::line("Send deck"), Origin::outside(at))
    }

    #[test]
    fn the_life_of_an_action_is_told_step_by_step() {
        let made = action();
        let dated = Action {
            due: Due::NextSession,
            state: ActionState::Moved,
            ..made.clone()
        };
        let partly = Action {
            state: ActionState::Partly,
            progress: Some(Clean::line("ask HR")),
            ..dated.clone()
        };
        let done = Action {
            state: ActionState::Done,
            ..partly.clone()
        };
        let open = Action {
            state: ActionState::Open,
            ..done.clone()
        };
        let lives = [
            (None, Some(&made), vec![Step::Created]),
            (Some(&made), Some(&dated), vec![Step::Due(Due::NextSession)]),
            (
                Some(&dated),
                Some(&partly),
                vec![Step::Partly(Some(Clean::line("ask HR")))],
            ),
            (Some(&partly), Some(&done), vec![Step::Done]),
            (Some(&done), Some(&open), vec![Step::Reopened]),
            (Some(&made), None, vec![Step::Gone]),
            (Some(&open), Some(&open), vec![]),
        ];
        for (before, after, told) in lives {
            assert_eq!(steps(before, after), told);
        }
    }

    #[test]
    fn several_things_in_one_act_are_all_told() {
        let before = action();
        let after = Action {
            help: true,
            due: Due::NextSession,
            waits_for: Some(Clean::line("Ana")),
            trashed: Some(Moment::from_millis(5)),
            ..before.clone()
        };
        let told = steps(Some(&before), Some(&after));
        assert_eq!(
            told,
            [
                Step::Due(Due::NextSession),
                Step::WaitsFor(Some(Clean::line("Ana"))),
                Step::Help(true),
                Step::Trashed,
            ]
        );
    }
}
