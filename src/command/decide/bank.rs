//! The question bank.

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, QuestionId, Space};
use crate::domain::question::DraftQuestion;
use crate::domain::text::Clean;

pub(super) fn add(
    d: &mut Decision<'_>,
    questions: &[DraftQuestion],
    source: &Clean,
) -> Result<String, Refusal> {
    if questions.is_empty() {
        return Err(Refusal::new("there is no question to add"));
    }
    let mut numbers = d.state.counter(Space::Org);
    for question in questions {
        if question.text.as_str().trim().is_empty() {
            return Err(Refusal::new("a question needs words"));
        }
        numbers.question = numbers.question.saturating_add(1);
        let id = question.uid.unwrap_or_else(|| QuestionId(d.cx.ids.make()));
        let key = Key::new(Space::Org, Kind::Question, id.0);
        d.add(key, question.clone().into_question(id, numbers.question));
    }
    d.put(crate::domain::state::counter_key(Space::Org), numbers);
    Ok(match questions {
        [one] => format!("the question \"{}\"", one.text),
        many if source.as_str().is_empty() => format!("{} questions", many.len()),
        many => format!("{} questions from {source}", many.len()),
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
