//! What a circle says of a question of the bank: how well it went, and that it is not to come here.

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, QuestionId, Space};
use crate::domain::question::{Asked, MOST_POINTS};

/// What must be known: the question, in the bank or in the circle, and what the circle remembers of it.
pub(super) const fn keys(circle: CircleId, id: QuestionId) -> [Key; 3] {
    [
        Key::new(Space::Org, Kind::Question, id.0),
        Key::circle(circle, Kind::Question, id.0),
        Key::circle(circle, Kind::Asked, id.0),
    ]
}

/// Gives a question points. That it was asked is known from the memory or, in a running session, from its
/// plan: the memory learns of it when the session ends.
pub(super) fn rate(
    d: &mut Decision<'_>,
    circle: CircleId,
    id: QuestionId,
    points: u8,
) -> Result<String, Refusal> {
    if !(1..=MOST_POINTS).contains(&points) {
        return Err(Refusal::new(format!(
            "a question is rated from 1 to {MOST_POINTS}"
        )));
    }
    let name = name(d, circle, id)?;
    let known = memory(d, circle, id);
    let asked = known.last.max(asked_now(d, circle, id)).ok_or_else(|| {
        Refusal::new(format!(
            "{name} was not asked in this circle yet, so there is nothing to rate"
        ))
    })?;
    let rated = known.rate(points, asked, d.cx.at);
    d.put(Key::circle(circle, Kind::Asked, id.0), rated);
    Ok(format!("{name} rated {points} of {MOST_POINTS}"))
}

/// Leaves questions out, or takes them in again. Of several those that are so already stay as they are.
pub(super) fn never(
    d: &mut Decision<'_>,
    circle: CircleId,
    ids: &[QuestionId],
    never: bool,
) -> Result<String, Refusal> {
    let mut names = Vec::new();
    for id in ids {
        let name = name(d, circle, *id)?;
        let mut known = memory(d, circle, *id);
        if known.never != never {
            known.never = never;
            d.put(Key::circle(circle, Kind::Asked, id.0), known);
        } else if ids.len() == 1 {
            return Err(Refusal::new(if never {
                format!("{name} is left out in this circle already")
            } else {
                format!("{name} is not left out in this circle")
            }));
        }
        names.push(name);
    }
    let (name, is) = match names.as_slice() {
        [] => return Err(Refusal::new("no question is marked")),
        [one] => (one.clone(), "is"),
        many => (format!("{} questions", many.len()), "are"),
    };
    Ok(if never {
        format!("{name} {is} not drawn in this circle any more")
    } else {
        format!("{name} may be drawn in this circle again")
    })
}

fn name(d: &Decision<'_>, circle: CircleId, id: QuestionId) -> Result<String, Refusal> {
    d.circle(circle)?;
    let [bank, own, _] = keys(circle, id);
    match d.state.get(&bank).or_else(|| d.state.get(&own)) {
        Some(Document::Question(question)) => Ok(format!("Q{}", question.number)),
        _ => Err(Refusal::new("that question is not in the bank any more")),
    }
}

fn memory(d: &Decision<'_>, circle: CircleId, id: QuestionId) -> Asked {
    match d.state.get(&Key::circle(circle, Kind::Asked, id.0)) {
        Some(Document::Asked(asked)) => asked.clone(),
        _ => Asked::never(id),
    }
}

/// When it was asked in the session that runs.
fn asked_now(d: &Decision<'_>, circle: CircleId, id: QuestionId) -> Option<Moment> {
    let (running, session, _) = d.state.running()?;
    let prompts = session.blocks.iter().flat_map(|block| &block.prompts);
    prompts
        .filter(|prompt| running == circle && prompt.question == Some(id))
        .filter_map(|prompt| prompt.asked)
        .max()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::command::plan::{BlockDraft, Plan};
    use crate::command::{Command, Context, NewCircle, decide};
    use crate::domain::agenda::Prompt;
    use crate::domain::change::{Author, Via};
    use crate::domain::circle::CircleKind;
    use crate::domain::clock::Zone;
    use crate::domain::id::{Ids, RunId};
    use crate::domain::question::DraftQuestion;
    use crate::domain::state::State;
    use crate::domain::text::Clean;

    const QUESTION: QuestionId = QuestionId(Uuid::from_u128(41));

    /// A circle with a session whose block asks the one question of the bank.
    struct World {
        state: State,
        minute: i64,
    }

    impl World {
        fn new() -> Self {
            let mut world = Self {
                state: State::default(),
                minute: 0,
            };
            let question = DraftQuestion {
                uid: Some(QUESTION),
                ..DraftQuestion::new(Clean::line("What did you learn?"))
            };
            world.did(&Command::AddQuestions {
                questions: vec![question],
                source: Clean::default(),
            });
            world.did(&Command::NewCircle(NewCircle {
                name: Clean::line("Ladder Up"),
                kind: CircleKind::Mentoring,
                people: Vec::new(),
                rhythm: None,
                template: None,
                first: None,
            }));
            world
        }

        fn circle(&self) -> CircleId {
            self.state.circles().next().unwrap().id
        }

        fn send(&mut self, command: &Command) -> Result<String, Refusal> {
            self.minute += 1;
            let at = Moment::from_millis(self.minute * 60_000);
            let mut cx = Context {
                at,
                by: Author {
                    via: Via::Cli,
                    run: RunId(Uuid::from_u128(1)),
                },
                ids: Ids::new(at, 7),
                zone: Zone::UTC,
            };
            let decided = decide(&self.state, command, &mut cx)?;
            self.state.apply_changes(&decided.changes).unwrap();
            Ok(decided.title)
        }

        fn did(&mut self, command: &Command) {
            self.send(command).unwrap();
        }

        fn rate(&mut self, points: u8) -> Result<String, Refusal> {
            let circle = self.circle();
            self.send(&Command::RateQuestion {
                circle,
                question: QUESTION,
                points,
            })
        }

        /// Starts a session and puts the question to the room.
        fn ask(&mut self) {
            let circle = self.circle();
            let prompt = Prompt {
                question: Some(QUESTION),
                text: Clean::line("What did you learn?"),
                follow_ups: Vec::new(),
                asked_before: 0,
                asked: None,
                whom: None,
            };
            self.did(&Command::PlanSession {
                circle,
                plan: Plan {
                    start: Moment::from_millis(self.minute * 60_000),
                    minutes: 60,
                    blocks: vec![BlockDraft {
                        title: Clean::line("Talk"),
                        minutes: 60,
                        prompts: vec![prompt],
                        ..BlockDraft::default()
                    }],
                    template: None,
                    facilitator: None,
                },
            });
            let session = self
                .state
                .next_session(circle, Moment::from_millis(self.minute * 60_000))
                .unwrap()
                .id;
            self.did(&Command::StartSession {
                circle,
                session,
                facilitator: None,
            });
            self.did(&Command::MarkAsked { asked: true });
        }

        fn memory(&self) -> Asked {
            let key = Key::circle(self.circle(), Kind::Asked, QUESTION.0);
            match self.state.get(&key) {
                Some(Document::Asked(asked)) => asked.clone(),
                other => panic!("{other:?}"),
            }
        }

        fn end(&mut self) {
            self.did(&Command::EndSession {
                next: None,
                figures: None,
                leave_rest: false,
            });
        }
    }

    #[test]
    fn a_question_is_rated_once_for_each_session_that_asked_it() {
        let mut world = World::new();
        let words = "Q1 was not asked in this circle yet, so there is nothing to rate";
        assert_eq!(world.rate(4), Err(Refusal::new(words)));
        world.ask();
        assert_eq!(world.rate(2).unwrap(), "Q1 rated 2 of 5");
        world.rate(3).unwrap();
        world.end();
        // A thought on the way home is still about that session.
        world.rate(4).unwrap();
        let memory = world.memory();
        assert_eq!((memory.times, memory.rating.unwrap().count), (1, 1));
        world.ask();
        world.rate(5).unwrap();
        world.end();
        let memory = world.memory();
        let rating = memory.rating.unwrap();
        assert_eq!((memory.times, rating.count, rating.sum), (2, 2, 9));
        assert_eq!(rating.words().as_deref(), Some("4.5 of 5"));
    }

    #[test]
    fn a_rating_is_from_one_to_five_and_of_a_question_of_the_bank() {
        let mut world = World::new();
        world.ask();
        for points in [0, 6] {
            let words = "a question is rated from 1 to 5";
            assert_eq!(world.rate(points), Err(Refusal::new(words)));
        }
        let circle = world.circle();
        let gone = world.send(&Command::RateQuestion {
            circle,
            question: QuestionId(Uuid::nil()),
            points: 3,
        });
        assert!(gone.is_err());
    }

    #[test]
    fn a_question_is_left_out_in_one_circle_and_taken_in_again() {
        let mut world = World::new();
        let circle = world.circle();
        let mut never = |never| {
            world.send(&Command::NeverAsk {
                circle,
                questions: vec![QUESTION],
                never,
            })
        };
        assert!(never(false).is_err());
        let words = "Q1 is not drawn in this circle any more";
        assert_eq!(never(true).unwrap(), words);
        assert!(never(true).is_err());
        assert_eq!(
            never(false).unwrap(),
            "Q1 may be drawn in this circle again"
        );
        assert!(!world.memory().never);
    }

    #[test]
    fn several_questions_are_left_out_by_one_act() {
        let mut world = World::new();
        let circle = world.circle();
        let unknown = QuestionId(Uuid::from_u128(77));
        let never = |questions| Command::NeverAsk {
            circle,
            questions,
            never: true,
        };
        assert!(world.send(&never(vec![QUESTION, unknown])).is_err());
        assert!(world.send(&never(Vec::new())).is_err());
        let title = world.send(&never(vec![QUESTION, QUESTION])).unwrap();
        assert_eq!(title, "2 questions are not drawn in this circle any more");
    }

    #[test]
    fn the_memory_survives_the_end_of_a_session_with_its_mark() {
        let mut world = World::new();
        let circle = world.circle();
        world.did(&Command::NeverAsk {
            circle,
            questions: vec![QUESTION],
            never: true,
        });
        world.ask();
        world.end();
        let memory = world.memory();
        assert!(memory.never && memory.times == 1);
    }
}
