//! How what somebody took on went over time: for themselves alone, without rank and without others beside it.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};

use crate::domain::clock::{Moment, Zone};
use crate::domain::id::{ActionId, MemberId};
use crate::domain::item::{Action, ActionState, Due, Owner};

/// Of fewer actions nothing is said: each of them is known by heart.
pub const FEWEST: usize = 3;
/// The shorter of the two times that are told.
const MONTHS: u32 = 3;

/// Counts of what somebody took on. An action whose place a smaller step took is counted once, with that step, and
/// as taken on when the first of them was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Went {
    /// Taken on.
    pub taken: usize,
    /// Done by the date first given.
    pub done: usize,
    /// Done later than that.
    pub later: usize,
    /// Let go.
    pub let_go: usize,
    /// Still open.
    pub open: usize,
    /// Of these, given another date.
    pub moved: usize,
}

impl Went {
    /// Counts what `owner` took on since then.
    pub fn of<'a>(
        actions: impl IntoIterator<Item = &'a Action>,
        owner: MemberId,
        since: Moment,
        zone: Zone,
    ) -> Self {
        let mut went = Self::default();
        let actions: Vec<&Action> = actions.into_iter().collect();
        let before = Before::of(&actions);
        for action in actions {
            if !counts(action, owner) || before.taken(action) < since {
                continue;
            }
            went.taken += 1;
            match action.state {
                ActionState::Done if in_time(action, zone) => went.done += 1,
                ActionState::Done => went.later += 1,
                ActionState::LetGo => went.let_go += 1,
                ActionState::Open | ActionState::Partly | ActionState::Moved => {
                    went.open += 1;
                    went.moved += usize::from(action.carried > 0);
                }
            }
        }
        went
    }

    /// `9 done, 3 done later than first thought, 1 let go, 1 open`; nothing below [`FEWEST`].
    fn words(&self) -> Option<String> {
        let open = match self.moved {
            0 => "open".to_owned(),
            moved if moved == self.open => "open with a new date".to_owned(),
            moved => format!("open, {moved} of them with a new date"),
        };
        let parts = [
            (self.done, "done".to_owned()),
            (self.later, "done later than first thought".to_owned()),
            (self.let_go, "let go".to_owned()),
            (self.open, open),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, words)| format!("{count} {words}"))
            .collect();
        (self.taken >= FEWEST).then(|| parts.join(", "))
    }
}

/// The whole time and the last months, for whoever the actions belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// The day on which the first of them was taken on.
    pub since: NaiveDate,
    /// Since then.
    pub all: Went,
    /// In the last three months.
    pub recent: Went,
}

impl Record {
    /// Gathers it; `None` when fewer than [`FEWEST`] were taken on.
    pub fn of(actions: &[&Action], owner: MemberId, now: Moment, zone: Zone) -> Option<Self> {
        let own = actions.iter().filter(|action| counts(action, owner));
        let before = Before::of(actions);
        let first = own.map(|action| before.taken(action)).min()?;
        let all = || actions.iter().copied();
        let today = now.date(zone);
        let recent = today.checked_sub_months(Months::new(MONTHS));
        let recent = recent.and_then(|day| day.and_hms_opt(0, 0, 0));
        let recent = recent.map_or(first, |start| Moment::from_local(start, zone));
        let record = Self {
            since: first.date(zone),
            all: Went::of(all(), owner, first, zone),
            recent: Went::of(all(), owner, recent, zone),
        };
        (record.all.taken >= FEWEST).then_some(record)
    }

    /// In one or two calm sentences; the second only where it says something else.
    pub fn words(&self, today: NaiveDate) -> Vec<String> {
        let month = if self.since.year() == today.year() {
            "%B"
        } else {
            "%B %Y"
        };
        let since = self.since.format(month);
        let whole = self.all.words().map(|words| {
            let taken = self.all.taken;
            format!("Of {taken} you took on since {since}: {words}.")
        });
        let recent = self.recent.words().filter(|_| self.recent != self.all);
        let recent = recent.map(|words| {
            let taken = self.recent.taken;
            format!("Of {taken} in the last {MONTHS} months: {words}.")
        });
        whole.into_iter().chain(recent).collect()
    }
}

/// Whose place each smaller step took.
struct Before<'a>(BTreeMap<ActionId, &'a Action>);

impl<'a> Before<'a> {
    fn of(actions: &[&'a Action]) -> Self {
        let replaced = actions
            .iter()
            .filter_map(|action| Some((action.smaller?, *action)));
        Self(replaced.collect())
    }

    /// When an action was taken on, or the first of those whose place it took.
    fn taken(&self, action: &Action) -> Moment {
        // Whatever a file may hold, a chain is no longer than there are links.
        let replaced = |action: &&'a Action| self.0.get(&action.id).copied();
        let chain = std::iter::successors(self.0.get(&action.id).copied(), replaced);
        let times = chain.take(self.0.len()).map(|action| action.origin.at);
        times
            .chain([action.origin.at])
            .min()
            .unwrap_or(action.origin.at)
    }
}

fn counts(action: &Action, owner: MemberId) -> bool {
    action.owner == Owner::Member(owner) && action.trashed.is_none() && action.smaller.is_none()
}

/// Whether a done action was done by the date first given: it was never carried, and its day had not passed.
fn in_time(action: &Action, zone: Zone) -> bool {
    action.carried == 0
        && match (action.due, action.closed) {
            (Due::On(day), Some(closed)) => closed.date(zone) <= day,
            (Due::None | Due::NextSession, _) | (Due::On(_), None) => true,
        }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::clock::Span;
    use crate::domain::id::{ActionId, Ids};
    use crate::domain::item::Origin;
    use crate::domain::text::Clean;

    const ME: MemberId = MemberId(uuid::Uuid::from_u128(7));

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    fn mine(taken: Moment, state: ActionState) -> Action {
        let id = ActionId(Ids::new(taken, 5).make());
        Action {
            owner: Owner::Member(ME),
            state,
            closed: (!state.is_open()).then(|| taken + Span::from_minutes(24 * 60)),
            ..Action::new(id, 1, Clean::line("Ask Ana"), Origin::outside(taken))
        }
    }

    fn told(actions: &[Action], now: &str) -> Vec<String> {
        let rows: Vec<&Action> = actions.iter().collect();
        let record = Record::of(&rows, ME, at(now), chrono_tz::UTC);
        record.map_or_else(Vec::new, |record| {
            record.words(at(now).date(chrono_tz::UTC))
        })
    }

    #[test]
    fn how_it_went_is_told_in_calm_sentences() {
        let old = at("2026-05-04T10:00:00Z");
        let new = at("2026-10-04T10:00:00Z");
        let late = Action {
            carried: 1,
            ..mine(old, ActionState::Done)
        };
        let moved = Action {
            carried: 1,
            ..mine(new, ActionState::Moved)
        };
        let rows = [
            mine(old, ActionState::Done),
            late,
            mine(new, ActionState::Done),
            mine(new, ActionState::LetGo),
            moved,
        ];
        assert_eq!(
            told(&rows, "2026-11-22T10:00:00Z"),
            [
                "Of 5 you took on since May: 2 done, 1 done later than first thought, 1 let go, \
                 1 open with a new date.",
                "Of 3 in the last 3 months: 1 done, 1 let go, 1 open with a new date.",
            ]
        );
        let told = told(&rows, "2027-01-10T10:00:00Z");
        assert!(told[0].contains("since May 2026"), "{told:?}");
    }

    #[test]
    fn of_fewer_than_three_nothing_is_said() {
        let row = || mine(at("2026-05-04T10:00:00Z"), ActionState::Done);
        assert!(told(&[row(), row()], "2026-06-01T10:00:00Z").is_empty());
        let of_others = Action {
            owner: Owner::All,
            ..row()
        };
        assert!(told(&[row(), row(), of_others], "2026-06-01T10:00:00Z").is_empty());
        assert_eq!(
            told(&[row(), row(), row()], "2026-06-01T10:00:00Z").len(),
            1
        );
    }

    #[test]
    fn done_after_its_day_is_done_later_and_a_smaller_step_counts_once() {
        let taken = at("2026-05-04T10:00:00Z");
        let after = Action {
            due: Due::On(taken.date(chrono_tz::UTC)),
            ..mine(taken, ActionState::Done)
        };
        let replaced = Action {
            smaller: Some(after.id),
            ..mine(taken, ActionState::LetGo)
        };
        let went = Went::of([&after, &replaced], ME, taken, chrono_tz::UTC);
        assert_eq!((went.taken, went.later, went.let_go), (1, 1, 0));
    }

    #[test]
    fn a_smaller_step_was_taken_on_when_the_action_before_it_was() {
        let (old, new) = (at("2026-05-04T10:00:00Z"), at("2026-10-04T10:00:00Z"));
        let step = mine(new, ActionState::Open);
        let replaced = Action {
            smaller: Some(step.id),
            ..mine(old, ActionState::LetGo)
        };
        let taken = |since| Went::of([&replaced, &step], ME, since, chrono_tz::UTC).taken;
        assert_eq!((taken(old), taken(new)), (1, 0));
    }

    proptest! {
        #[test]
        fn every_action_is_counted_in_exactly_one_place(
            rows in proptest::collection::vec((0..5u8, 0..4u16, 0..200i64), 0..40),
            since in 0..200i64,
        ) {
            let start = at("2026-01-01T10:00:00Z");
            let day = |days: i64| start + Span::from_minutes(days * 24 * 60);
            let states = [
                ActionState::Open,
                ActionState::Partly,
                ActionState::Moved,
                ActionState::Done,
                ActionState::LetGo,
            ];
            let rows: Vec<Action> = rows
                .into_iter()
                .map(|(state, carried, days)| Action {
                    carried,
                    ..mine(day(days), states[usize::from(state)])
                })
                .collect();
            let went = Went::of(&rows, ME, day(since), chrono_tz::UTC);
            prop_assert_eq!(went.done + went.later + went.let_go + went.open, went.taken);
            prop_assert!(went.moved <= went.open);
            let all = Went::of(&rows, ME, start, chrono_tz::UTC);
            prop_assert_eq!(all.taken, rows.len());
            prop_assert!(went.taken <= all.taken);
        }
    }
}
