//! Which act the next undo or redo is about.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use crate::command::undo::is_step;
use crate::domain::change::{Act, ActKind, Author, Via};
use crate::domain::id::{ActId, RunId, Space};

/// Whose acts an undo reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The app: what this run made, then what the app's last run before it made.
    App {
        /// This run.
        run: RunId,
        /// The one before it, if there was one.
        before: Option<RunId>,
    },
    /// The command line, each command of which is a run of its own: what any of them made, in this space
    /// alone if one is named.
    Cli(Option<Space>),
}

impl Reach {
    /// The reach of a front-end. `before` is the app's run before this one.
    pub const fn of(by: Author, before: Option<RunId>) -> Self {
        match by.via {
            Via::App => Self::App {
                run: by.run,
                before,
            },
            Via::Cli => Self::Cli(None),
        }
    }

    fn has(self, act: &Act) -> bool {
        match (self, act.by.via) {
            (Self::App { run, before }, Via::App) => {
                act.by.run == run || Some(act.by.run) == before
            }
            (Self::Cli(space), Via::Cli) => space.is_none_or(|space| {
                // Of a very long act not all changes may be here; one that is not saved yet has no revisions.
                let mut spaces = act.changes.iter().map(|change| change.key.space);
                act.revs.contains_key(&space) || spaces.any(|touched| touched == space)
            }),
            (Self::App { .. }, Via::Cli) | (Self::Cli(_), Via::App) => false,
        }
    }
}

/// The newest act within reach that is in force: done, or brought back. An act that was taken back is
/// passed over. `acts` are given newest first and read no further than needed.
pub fn newest_step<A: Borrow<Act>>(acts: impl IntoIterator<Item = A>, reach: Reach) -> Option<A> {
    last_words(acts, reach).find(|act| match act.borrow().kind {
        ActKind::Do => is_step(act.borrow()),
        // It puts an act into force again that is a step, whatever its own changes look like.
        ActKind::Redo(_) => true,
        ActKind::Undo(_) => false,
    })
}

/// The newest undo within reach that is in force; taking it back brings back the act that its kind names.
/// `None` once a newer step was made within reach. `acts` are given newest first and read no further than
/// needed.
pub fn newest_undone<A: Borrow<Act>>(acts: impl IntoIterator<Item = A>, reach: Reach) -> Option<A> {
    last_words(acts, reach)
        .find(|act| match act.borrow().kind {
            ActKind::Undo(_) => true,
            ActKind::Do => is_step(act.borrow()),
            ActKind::Redo(_) => false,
        })
        .filter(|act| matches!(act.borrow().kind, ActKind::Undo(_)))
}

/// Of each act and what took it back or brought it back only the newest, and of these what is within reach.
fn last_words<A: Borrow<Act>>(
    acts: impl IntoIterator<Item = A>,
    reach: Reach,
) -> impl Iterator<Item = A> {
    let mut seen: BTreeSet<ActId> = BTreeSet::new();
    acts.into_iter().filter(move |act| {
        let act = act.borrow();
        seen.insert(act.origin()) && reach.has(act)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

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

    /// The command line in the circle, or the run of the app with this letter after the one with the letter
    /// before.
    fn reach(who: char) -> Reach {
        let run = |letter: u32| RunId(id(u128::from(letter)));
        if who == 'C' {
            Reach::Cli(Some(circle()))
        } else {
            Reach::App {
                run: run(u32::from(who)),
                before: Some(run(u32::from(who) - 1)),
            }
        }
    }

    fn number(id: ActId) -> u128 {
        id.0.as_u128()
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
    #[case("x:do x:do x:undo1 x:redo1", 'x', Some(1))]
    fn the_newest_step_in_force_is_taken_back(
        #[case] words: &str,
        #[case] who: char,
        #[case] expected: Option<u128>,
    ) {
        let acts = acts(words);
        let found = newest_step(acts.iter().rev(), reach(who));
        assert_eq!(found.map(|act| number(act.origin())), expected);
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
        let found = newest_undone(acts.iter().rev(), reach(who));
        assert_eq!(found.map(|act| number(act.id)), expected);
    }
}
