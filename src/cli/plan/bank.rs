//! The questions that plans name by their number: which one is meant, and how a plan names it.

use std::collections::BTreeMap;

use crate::cli::desk::Desk;
use crate::cli::error::CliError;
use crate::domain::agenda::Prompt;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, QuestionId, Space};
use crate::domain::question::{Question, same_words};
use crate::exchange::plan::{PlanFile, PlanPrompt};

/// Questions of the bank that a plan has to do with, and how often the circle was asked them.
#[derive(Debug, Default)]
pub(super) struct Known {
    questions: BTreeMap<u32, Question>,
    asked: BTreeMap<QuestionId, u32>,
}

/// Looks up the questions whose numbers stand in a plan.
pub(super) fn known(desk: &mut Desk, circle: CircleId, plan: &PlanFile) -> Result<Known, CliError> {
    let prompts = plan.blocks.iter().flat_map(|block| &block.prompts);
    let numbers: Vec<u32> = prompts.filter_map(|prompt| prompt.number).collect();
    let mut known = Known::default();
    if numbers.is_empty() {
        return Ok(known);
    }
    for (_, document) in desk.scan(Space::Org, Kind::Question)? {
        if let Document::Question(question) = document
            && numbers.contains(&question.number)
            && question.trashed.is_none()
        {
            known.questions.insert(question.number, question);
        }
    }
    let keys: Vec<Key> = known
        .questions
        .values()
        .map(|question| Key::circle(circle, Kind::Asked, question.id.0))
        .collect();
    for (_, document) in desk.get(&keys)? {
        if let Document::Asked(asked) = document {
            known.asked.insert(asked.question, asked.times);
        }
    }
    Ok(known)
}

impl Known {
    /// The prompt that is meant: a question of the bank where number and words fit, else the words alone.
    /// The second value says why it is not the one with the number.
    ///
    /// # Errors
    /// When there is a number without words, and no such question.
    pub(super) fn prompt(&self, asked: &PlanPrompt) -> Result<(Prompt, Option<String>), String> {
        let found = asked
            .number
            .map(|number| (number, self.questions.get(&number)));
        let alone = asked.text.is_empty();
        match found {
            Some((_, Some(question)))
                if alone || same_words(&asked.text) == same_words(&question.text) =>
            {
                let (text, follow_ups) = if alone {
                    (&question.text, &question.follow_ups)
                } else {
                    (&asked.text, &asked.follow_ups)
                };
                let prompt = Prompt {
                    question: Some(question.id),
                    text: text.clone(),
                    follow_ups: follow_ups.clone(),
                    asked_before: self.asked.get(&question.id).copied().unwrap_or(0),
                    asked: None,
                    whom: None,
                };
                Ok((prompt, None))
            }
            Some((number, _)) if alone => Err(format!(
                "there is no Q{number} in the bank; write the question itself"
            )),
            Some((number, found)) => {
                let why = match found {
                    Some(_) => {
                        format!("Q{number} has other words in the bank; the words here were kept")
                    }
                    None => format!("there is no Q{number} in the bank; the words were kept"),
                };
                Ok((words_alone(asked), Some(why)))
            }
            None => Ok((words_alone(asked), None)),
        }
    }
}

fn words_alone(asked: &PlanPrompt) -> Prompt {
    Prompt {
        question: None,
        text: asked.text.clone(),
        follow_ups: asked.follow_ups.clone(),
        asked_before: 0,
        asked: None,
        whom: None,
    }
}

/// The numbers of the questions that prompts came from, where their words are still those of the bank, so
/// that reading the plan finds the same questions again.
pub(super) fn numbers(
    desk: &mut Desk,
    prompts: &[&Prompt],
) -> Result<BTreeMap<QuestionId, u32>, CliError> {
    let ids = prompts.iter().filter_map(|prompt| prompt.question);
    let keys: Vec<Key> = ids
        .map(|id| Key::new(Space::Org, Kind::Question, id.0))
        .collect();
    let mut numbers = BTreeMap::new();
    for (_, document) in desk.get(&keys)? {
        let Document::Question(question) = document else {
            continue;
        };
        let words = same_words(&question.text);
        let mut here = prompts
            .iter()
            .filter(|prompt| prompt.question == Some(question.id));
        if question.trashed.is_none() && here.all(|prompt| same_words(&prompt.text) == words) {
            numbers.insert(question.id, question.number);
        }
    }
    Ok(numbers)
}
