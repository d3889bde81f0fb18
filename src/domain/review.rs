//! Going through what was taken on: what an action that was carried again and again is offered, what became of
//! each, what of somebody's is due now. How it went over time, what comes before a meeting and the reflection of
//! the week are beside it.

pub mod ahead;
pub mod reflect;
pub mod went;

use crate::domain::clock::{Moment, Zone};
use crate::domain::id::{CircleId, MemberId};
use crate::domain::item::{Action, Due, Owner};
use crate::domain::state::State;
use crate::domain::text::cut_graphemes;

/// An action that was carried so often is asked about: another date alone has not helped.
pub const OFTEN: u16 = 2;

/// Whether an action was carried so often that something else than another date is offered first.
pub const fn is_stuck(action: &Action) -> bool {
    action.carried >= OFTEN && action.state.is_open()
}

/// What is asked about an action that was carried so often.
pub fn stuck_words(carried: u16) -> String {
    match carried {
        ..=OFTEN => "Carried twice already. What would help?".to_owned(),
        times => format!("Carried {times} times already. What would help?"),
    }
}

/// What may help with an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Something smaller takes its place.
    Smaller,
    /// The circle is asked for help.
    Help,
    /// It is let go.
    LetGo,
    /// It stays.
    Keep,
}

impl Way {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Smaller, Self::Help, Self::LetGo, Self::Keep];

    /// What it is called in a list.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Smaller => "a smaller step",
            Self::Help => "ask the circle for help",
            Self::LetGo => "let it go",
            Self::Keep => "keep it",
        }
    }

    /// The one in this place of the list, counted from 0.
    pub fn at(place: usize) -> Option<Self> {
        Self::ALL.get(place).copied()
    }
}

/// What became of an action that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Became {
    /// It is done.
    Done,
    /// It is partly done.
    Partly,
    /// It has another date.
    Moved,
    /// Something smaller took its place.
    Smaller,
    /// The circle is asked for help with it.
    Help,
    /// It has another owner.
    Handed,
    /// It stays as it is.
    Kept,
    /// It was let go.
    LetGo,
}

impl Became {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 8] = [
        Self::Done,
        Self::Partly,
        Self::Moved,
        Self::Smaller,
        Self::Help,
        Self::Handed,
        Self::Kept,
        Self::LetGo,
    ];

    /// The word beside one action, and behind a number of them.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Partly => "partly done",
            Self::Moved => "moved",
            Self::Smaller => "made smaller",
            Self::Help => "with help asked for",
            Self::Handed => "handed on",
            Self::Kept => "kept",
            Self::LetGo => "let go",
        }
    }
}

/// What a walk came to: `4 looked at: 2 done, 1 moved, 1 kept`.
pub fn summary(became: &[Became]) -> String {
    if became.is_empty() {
        return "Nothing was looked at".to_owned();
    }
    let parts: Vec<String> = Became::ALL
        .into_iter()
        .filter_map(|kind| {
            let count = became.iter().filter(|one| **one == kind).count();
            (count > 0).then(|| format!("{count} {}", kind.word()))
        })
        .collect();
    format!("{} looked at: {}", became.len(), parts.join(", "))
}

/// What is somebody's and due: today, and before today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DueNow<'a> {
    /// Due today, the next session included when it is today.
    pub today: Vec<&'a Action>,
    /// Its day has passed.
    pub late: Vec<&'a Action>,
}

impl<'a> DueNow<'a> {
    /// Adds what is due for a member of a circle.
    pub fn add(
        &mut self,
        state: &'a State,
        (circle, member): (CircleId, MemberId),
        now: Moment,
        zone: Zone,
    ) {
        let today = now.date(zone);
        for action in state.open_actions(circle, now) {
            if action.owner != Owner::Member(member) {
                continue;
            }
            let day = match action.due {
                Due::None => continue,
                Due::On(day) => day,
                Due::NextSession => match state.due_at(circle, action.due, now) {
                    // A session that was planned and has not begun makes nothing late.
                    Some(start) => start.date(zone).max(today),
                    None => continue,
                },
            };
            match day.cmp(&today) {
                std::cmp::Ordering::Less => self.late.push(action),
                std::cmp::Ordering::Equal => self.today.push(action),
                std::cmp::Ordering::Greater => {}
            }
        }
    }

    /// In one line, nothing when nothing is due: `Due today: A14 Send deck. Open from before: 2 actions`.
    pub fn words(&self) -> Option<String> {
        let part = |head: &str, rows: &[&Action]| match rows {
            [] => None,
            [one] => {
                let text = cut_graphemes(&one.text, 28);
                let more = if text.len() < one.text.len() {
                    ".."
                } else {
                    ""
                };
                Some(format!("{head}: A{} {text}{more}", one.number))
            }
            many => Some(format!("{head}: {} actions", many.len())),
        };
        let parts: Vec<String> = [
            part("Due today", &self.today),
            part("Open from before", &self.late),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| parts.join(". "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clock::Moment;
    use crate::domain::id::{ActionId, Ids};
    use crate::domain::item::{ActionState, Origin};
    use crate::domain::text::Clean;

    fn action(number: u32, carried: u16) -> Action {
        let at = Moment::from_millis(0);
        let id = ActionId(Ids::new(at, u64::from(number)).make());
        Action {
            carried,
            ..Action::new(id, number, Clean::line("Send deck"), Origin::outside(at))
        }
    }

    #[test]
    fn only_an_open_action_that_was_carried_twice_is_stuck() {
        assert!(!is_stuck(&action(1, 1)));
        assert!(is_stuck(&action(1, 2)));
        let done = Action {
            state: ActionState::Done,
            ..action(1, 5)
        };
        assert!(!is_stuck(&done));
        assert!(stuck_words(2).contains("twice"));
        assert!(stuck_words(4).contains("4 times"));
    }

    #[test]
    fn a_walk_is_summed_up_in_one_line() {
        use Became::{Done, Kept, Moved};
        assert_eq!(
            summary(&[Kept, Done, Moved, Done]),
            "4 looked at: 2 done, 1 moved, 1 kept"
        );
        assert_eq!(summary(&[]), "Nothing was looked at");
    }

    #[test]
    fn what_is_due_is_told_in_one_line_and_nothing_is_told_of_nothing() {
        let (one, two, three) = (action(14, 0), action(9, 0), action(11, 0));
        let mut due = DueNow::default();
        assert_eq!(due.words(), None);
        due.today.push(&one);
        assert_eq!(due.words().unwrap(), "Due today: A14 Send deck");
        due.late.extend([&two, &three]);
        assert_eq!(
            due.words().unwrap(),
            "Due today: A14 Send deck. Open from before: 2 actions"
        );
    }
}
