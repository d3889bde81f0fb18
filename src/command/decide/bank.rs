//! The question bank.

use std::collections::BTreeSet;

use crate::command::decide::{Decision, Long};
use crate::command::{Context, Refusal};
use crate::domain::change::{Change, ChangeText};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, QuestionId, Space};
use crate::domain::question::DraftQuestion;
use crate::domain::state::{State, counter_key};
use crate::domain::text::Clean;

/// Questions of one command from which on they are added without being all in memory.
pub(super) const MANY: usize = 2_000;

/// As [`add`], for very many questions: each becomes a document only when it is saved.
pub(super) fn add_many(
    state: &State,
    mut questions: Vec<DraftQuestion>,
    source: &Clean,
    cx: &Context,
) -> Result<Long, Refusal> {
    let all = questions.len();
    let key = |id: QuestionId| Key::new(Space::Org, Kind::Question, id.0);
    questions.retain(|question| question.uid.is_none_or(|id| state.get(&key(id)).is_none()));
    if questions
        .iter()
        .any(|question| question.text.as_str().trim().is_empty())
    {
        return Err(Refusal::new("a question needs words"));
    }
    let new = questions.len();
    if new == 0 {
        return Err(known_already(all));
    }
    let mut numbers = state.counter(Space::Org);
    let first = numbers.question.saturating_add(1);
    numbers.question = numbers
        .question
        .saturating_add(u32::try_from(new).unwrap_or(u32::MAX));
    let counter = counter_key(Space::Org);
    let changes = vec![Change {
        key: counter,
        before: state.get(&counter).map(Document::to_body),
        after: Some(Document::from(numbers).to_body()),
    }];
    let mut ids = cx.ids.clone();
    let mut drafts = Some(questions.into_iter().zip(first..));
    let added = std::iter::from_fn(move || {
        let Some((question, number)) = drafts.as_mut()?.next() else {
            // Whoever holds on to this goes on to write what came of it, which is as long again.
            drafts = None;
            return None;
        };
        let id = question.uid.unwrap_or_else(|| QuestionId(ids.make()));
        Some(ChangeText {
            key: key(id),
            before: None,
            after: Some(Document::from(question.into_question(id, number)).to_text()),
        })
    });
    Ok(Long {
        title: several(new, all, source),
        changes,
        added: Box::new(added),
    })
}

fn known_already(all: usize) -> Refusal {
    Refusal::new(format!("all {all} questions are in the bank already"))
}

/// `12 questions from bank.csv`, `3 new of 12 questions`.
fn several(new: usize, all: usize, source: &Clean) -> String {
    let from = match source.as_str() {
        "" => String::new(),
        source => format!(" from {source}"),
    };
    if new < all {
        format!("{new} new of {all} questions{from}")
    } else {
        format!("{all} questions{from}")
    }
}

/// Adds questions to the bank. One that has the identity of a question that is there already is that
/// question, and is passed over: taking the same file in again adds nothing.
pub(super) fn add(
    d: &mut Decision<'_>,
    questions: &[DraftQuestion],
    source: &Clean,
) -> Result<String, Refusal> {
    if questions.is_empty() {
        return Err(Refusal::new("there is no question to add"));
    }
    let mut numbers = d.state.counter(Space::Org);
    let mut new = 0;
    let mut added = BTreeSet::new();
    for question in questions {
        if question.text.as_str().trim().is_empty() {
            return Err(Refusal::new("a question needs words"));
        }
        let id = question.uid.unwrap_or_else(|| QuestionId(d.cx.ids.make()));
        let key = Key::new(Space::Org, Kind::Question, id.0);
        if d.state.get(&key).is_some() || !added.insert(id) {
            continue;
        }
        numbers.question = numbers.question.saturating_add(1);
        d.add(key, question.clone().into_question(id, numbers.question));
        new += 1;
    }
    if new == 0 {
        return Err(match questions {
            [_] => Refusal::new("that question is in the bank already"),
            many => known_already(many.len()),
        });
    }
    let last = numbers.question;
    d.put(counter_key(Space::Org), numbers);
    Ok(match questions {
        [one] => format!("Q{} \"{}\"", last, one.text),
        many => several(new, many.len(), source),
    })
}

/// A question caught in a session belongs to the circle until somebody puts it into the bank.
pub(super) fn add_to_circle(
    d: &mut Decision<'_>,
    circle: CircleId,
    question: &DraftQuestion,
) -> Result<String, Refusal> {
    if question.text.as_str().trim().is_empty() {
        return Err(Refusal::new("a question needs words"));
    }
    let space = Space::Circle(circle);
    let number = d.number(space, |counter| &mut counter.question);
    let id = QuestionId(d.cx.ids.make());
    let title = format!("the question \"{}\"", question.text);
    d.add(
        Key::new(space, Kind::Question, id.0),
        question.clone().into_question(id, number),
    );
    Ok(title)
}

pub(super) fn star(d: &mut Decision<'_>, id: QuestionId, starred: bool) -> Result<String, Refusal> {
    let key = Key::new(Space::Org, Kind::Question, id.0);
    let Some(Document::Question(found)) = d.state.get(&key) else {
        return Err(Refusal::new("that question is not in the bank"));
    };
    let mut question = found.clone();
    question.starred = starred;
    let title = format!(
        "Q{} {}",
        question.number,
        if starred { "starred" } else { "without star" }
    );
    d.put(key, question);
    Ok(title)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::command::{Command, Context, decide, needs};
    use crate::domain::change::{Author, Via};
    use crate::domain::clock::{Moment, Zone};
    use crate::domain::id::{Ids, RunId};
    use crate::domain::state::State;

    fn import(of: &[Option<u128>]) -> Command {
        let question = |uid: &Option<u128>| DraftQuestion {
            uid: uid.map(|uid| QuestionId(Uuid::from_u128(uid))),
            ..DraftQuestion::new(Clean::line("What did you learn?"))
        };
        Command::AddQuestions {
            questions: of.iter().map(question).collect(),
            source: Clean::line("bank.csv"),
        }
    }

    /// Carries it out; its title, or why not.
    fn send(state: &mut State, command: &Command) -> Result<String, Refusal> {
        let at = Moment::from_millis(0);
        let by = Author {
            via: Via::Cli,
            run: RunId(Uuid::from_u128(1)),
        };
        let mut cx = Context {
            at,
            by,
            ids: Ids::new(at, state.counter(Space::Org).question.into()),
            zone: Zone::UTC,
        };
        let decided = decide(state, command, &mut cx)?;
        state.apply_changes(&decided.changes).unwrap();
        Ok(decided.title)
    }

    #[test]
    fn a_file_taken_in_again_adds_what_is_new_in_it() {
        let mut state = State::default();
        let first = send(&mut state, &import(&[Some(1), Some(2)]));
        assert_eq!(first.unwrap(), "2 questions from bank.csv");
        let again = send(&mut state, &import(&[Some(1), Some(2)]));
        let words = "all 2 questions are in the bank already";
        assert_eq!(again, Err(Refusal::new(words)));
        let more = send(&mut state, &import(&[Some(1), Some(3), Some(2)]));
        assert_eq!(more.unwrap(), "1 new of 3 questions from bank.csv");
        assert_eq!(state.counter(Space::Org).question, 3);
    }

    #[test]
    fn what_has_no_identity_is_always_new() {
        let mut state = State::default();
        for _ in 0..2 {
            send(&mut state, &import(&[None])).unwrap();
        }
        assert_eq!(state.counter(Space::Org).question, 2);
    }

    #[test]
    fn the_questions_that_may_be_there_are_looked_up_first() {
        let keys = needs(&import(&[Some(7), None]));
        let known = Key::new(Space::Org, Kind::Question, Uuid::from_u128(7));
        assert!(keys.contains(&known) && keys.len() == 2, "{keys:?}");
    }
}
