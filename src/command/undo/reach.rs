//! Which act the next undo or redo is about.

use std::collections::BTreeMap;

use crate::command::undo::is_step;
use crate::domain::change::{Act, ActKind, Via};
use crate::domain::id::{ActId, RunId, Space};

/// Whose acts an undo reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The app: what this run made, then what the app's last run before it made.
    App(RunId),
    /// The command line: what any of its runs made in this space.
    Cli(Space),
}

/// The newest act within reach that is in force. An act that was taken back is passed over; one that was
/// brought back counts again. `acts` are given newest first.
pub fn newest_step<'a>(acts: impl IntoIterator<Item = &'a Act>, reach: Reach) -> Option<ActId> {
    let acts: Vec<&Act> = acts.into_iter().collect();
    let own = Own::of(&acts, reach);
    let last = last_words(&acts);
    acts.into_iter()
        .filter(|act| is_step(act) && own.has(act))
        .find(|act| !matches!(last.get(&act.id), Some(ActKind::Undo(_))))
        .map(|act| act.id)
}

/// The newest undo within reach that is in force; taking it back brings back the act that its kind names.
/// `None` once a newer step was made within reach. `acts` are given newest first.
pub fn newest_undone<'a>(acts: impl IntoIterator<Item = &'a Act>, reach: Reach) -> Option<ActId> {
    let acts: Vec<&Act> = acts.into_iter().collect();
    let own = Own::of(&acts, reach);
    let last = last_words(&acts);
    acts.into_iter()
        .filter(|act| own.has(act))
        .find_map(|act| match act.kind {
            ActKind::Do if is_step(act) => Some(None),
            ActKind::Do | ActKind::Redo(_) => None,
            ActKind::Undo(id) => {
                matches!(last.get(&id), Some(ActKind::Undo(_))).then_some(Some(act.id))
            }
        })
        .flatten()
}

/// What was said last about each act that was taken back or brought back.
fn last_words(acts: &[&Act]) -> BTreeMap<ActId, ActKind> {
    let mut last = BTreeMap::new();
    for act in acts {
        if let ActKind::Undo(id) | ActKind::Redo(id) = act.kind {
            last.entry(id).or_insert(act.kind);
        }
    }
    last
}

/// The acts within a reach.
enum Own {
    Runs(RunId, Option<RunId>),
    Space(Space),
}

impl Own {
    fn of(acts: &[&Act], reach: Reach) -> Self {
        match reach {
            Reach::Cli(space) => Self::Space(space),
            Reach::App(run) => Self::Runs(run, last_run(acts, run)),
        }
    }

    fn has(&self, act: &Act) -> bool {
        match self {
            Self::Space(space) => {
                act.by.via == Via::Cli && act.changes.iter().any(|c| c.key.space == *space)
            }
            Self::Runs(run, last) => {
                act.by.via == Via::App && (act.by.run == *run || Some(act.by.run) == *last)
            }
        }
    }
}

/// The app's run before this one. A run that still makes acts beside this one is not the last run but
/// somebody else's.
fn last_run(acts: &[&Act], run: RunId) -> Option<RunId> {
    let mine = |act: &&Act| act.by.run == run;
    let app = |act: &&Act| act.by.via == Via::App;
    let first = acts.iter().rposition(mine);
    let older = first.map_or(acts, |first| acts.get(first + 1..).unwrap_or_default());
    let last = older.iter().copied().find(app)?.by.run;
    let beside = first.is_some_and(|first| {
        acts.iter()
            .take(first)
            .any(|act| app(act) && act.by.run == last)
    });
    (!beside).then_some(last)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;
    use crate::domain::change::{Author, Change};
    use crate::domain::clock::Moment;
    use crate::domain::id::{CircleId, Key, Kind};

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    /// Acts from words such as `x:do` (run x of the app), `X:do` (a command), `x:undo1` (takes the first
    /// act back), `x:redo1`, `x:pause`, `X:org`. They are numbered from 1 in the order of the words.
    fn acts(words: &str) -> Vec<Act> {
        let act = |(number, word): (u128, &str)| {
            let (run, what) = word.split_once(':').unwrap();
            let letter = run.chars().next().unwrap();
            let of = |prefix: &str| {
                let number = what.strip_prefix(prefix)?.parse().ok()?;
                Some(ActId(id(number)))
            };
            let kind = of("undo")
                .map(ActKind::Undo)
                .or_else(|| of("redo").map(ActKind::Redo))
                .unwrap_or(ActKind::Do);
            let space = if what == "org" { Space::Org } else { circle() };
            let change = if what == "pause" {
                let clock = |n: u32| Some(serde_json::json!({ "clock": n, "block": 0 }));
                (Kind::Live, clock(1), clock(2))
            } else {
                (Kind::Note, None, Some(serde_json::json!(1)))
            };
            Act {
                id: ActId(id(number)),
                seq: 0,
                revs: BTreeMap::new(),
                at: Moment::from_millis(0),
                by: Author {
                    via: if letter.is_lowercase() {
                        Via::App
                    } else {
                        Via::Cli
                    },
                    run: RunId(id(u128::from(u32::from(letter)))),
                },
                title: String::new(),
                kind,
                changes: vec![Change {
                    key: Key::new(space, change.0, id(number)),
                    before: change.1,
                    after: change.2,
                }],
            }
        };
        (1..).zip(words.split_whitespace()).map(act).collect()
    }

    fn circle() -> Space {
        Space::Circle(CircleId(id(1)))
    }

    fn reach(who: char) -> Reach {
        if who == 'C' {
            Reach::Cli(circle())
        } else {
            Reach::App(RunId(id(u128::from(u32::from(who)))))
        }
    }

    fn number(id: Option<ActId>) -> Option<u128> {
        id.map(|id| id.0.as_u128())
    }

    #[rstest]
    #[case("", 'x', None)]
    #[case("x:do x:do", 'x', Some(2))]
    #[case("x:do x:pause", 'x', Some(1))]
    #[case("x:do x:do x:undo2", 'x', Some(1))]
    #[case("x:do x:do x:undo2 x:undo1", 'x', None)]
    #[case("x:do x:do x:undo2 x:redo2", 'x', Some(2))]
    #[case("x:do x:do x:undo2 x:redo2 x:undo2", 'x', Some(1))]
    #[case("x:do X:undo1", 'x', None)]
    #[case("x:do X:do", 'x', Some(1))]
    #[case("w:do x:do", 'x', Some(2))]
    #[case("w:do w:do", 'x', Some(2))]
    #[case("w:do w:do x:undo2", 'x', Some(1))]
    #[case("w:do x:do x:undo2", 'x', Some(1))]
    #[case("v:do w:do x:undo2", 'x', None)]
    #[case("y:do x:do y:do x:undo2", 'x', None)]
    #[case("X:do Y:do", 'C', Some(2))]
    #[case("X:do Y:do Z:undo2", 'C', Some(1))]
    #[case("X:do x:do X:org", 'C', Some(1))]
    fn the_newest_step_in_force_is_taken_back(
        #[case] words: &str,
        #[case] who: char,
        #[case] expected: Option<u128>,
    ) {
        let acts = acts(words);
        assert_eq!(number(newest_step(acts.iter().rev(), reach(who))), expected);
    }

    #[rstest]
    #[case("x:do", 'x', None)]
    #[case("x:do x:undo1", 'x', Some(2))]
    #[case("x:do x:undo1 x:pause", 'x', Some(2))]
    #[case("x:do x:undo1 x:do", 'x', None)]
    #[case("x:do x:undo1 X:do", 'x', Some(2))]
    #[case("x:do x:undo1 x:redo1", 'x', None)]
    #[case("x:do x:do x:undo2 x:undo1", 'x', Some(4))]
    #[case("x:do x:do x:undo2 x:undo1 x:redo1", 'x', Some(3))]
    #[case("x:do x:do x:undo2 x:undo1 x:redo1 x:redo2", 'x', None)]
    #[case("x:do x:undo1 x:redo1 x:undo1", 'x', Some(4))]
    #[case("w:do w:undo1", 'x', Some(2))]
    #[case("x:do X:undo1", 'x', None)]
    #[case("X:do Y:undo1", 'C', Some(2))]
    #[case("X:do Y:undo1 Z:do", 'C', None)]
    fn the_newest_undo_is_brought_back_until_something_new_is_made(
        #[case] words: &str,
        #[case] who: char,
        #[case] expected: Option<u128>,
    ) {
        let acts = acts(words);
        assert_eq!(
            number(newest_undone(acts.iter().rev(), reach(who))),
            expected
        );
    }
}
