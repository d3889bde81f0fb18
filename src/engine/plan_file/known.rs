//! The questions that plans name by their number: which one is meant, and how a plan names it.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::agenda::Prompt;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, QuestionId};
use crate::domain::question::{Question, same_words};
use crate::exchange::plan::{PlanFile, PlanPrompt};

/// Questions of the bank that a plan has to do with, and how often the circle was asked them.
#[derive(Clone, Debug, Default)]
pub struct Known {
    wanted: BTreeSet<u32>,
    questions: BTreeMap<u32, Question>,
    asked: BTreeMap<QuestionId, u32>,
}

impl Known {
    /// Nothing yet, but the numbers that stand in a plan.
    pub fn wanted(plan: &PlanFile) -> Self {
        let prompts = plan.blocks.iter().flat_map(|block| &block.prompts);
        Self {
            wanted: prompts.filter_map(|prompt| prompt.number).collect(),
            ..Self::default()
        }
    }

    /// Whether no question has to be looked up.
    pub fn is_complete(&self) -> bool {
        self.wanted
            .iter()
            .all(|number| self.questions.contains_key(number))
    }

    /// Takes in a document of the bank or of the circle's memory, if it is one of those that are wanted.
    pub fn take(&mut self, document: Document) {
        match document {
            Document::Question(question)
                if question.trashed.is_none() && self.wanted.contains(&question.number) =>
            {
                self.questions.insert(question.number, question);
            }
            Document::Asked(asked) => {
                self.asked.insert(asked.question, asked.times);
            }
            _ => {}
        }
    }

    /// Where a circle remembers the questions that were found.
    pub fn memories(&self, circle: CircleId) -> Vec<Key> {
        let questions = self.questions.values();
        questions
            .map(|question| Key::circle(circle, Kind::Asked, question.id.0))
            .collect()
    }
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
                let times = self.asked.get(&question.id).copied().unwrap_or(0);
                let mut prompt = Prompt::of(question, times);
                if !alone {
                    prompt.text = asked.text.clone();
                    prompt.follow_ups.clone_from(&asked.follow_ups);
                }
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
        follow_ups: asked.follow_ups.clone(),
        ..Prompt::new(asked.text.clone())
    }
}

/// The numbers of the questions that prompts came from, where their words are still those of the bank, so
/// that reading the plan finds the same questions again.
pub fn numbers<'a>(
    documents: impl IntoIterator<Item = &'a Document>,
    prompts: &[&Prompt],
) -> BTreeMap<QuestionId, u32> {
    let mut numbers = BTreeMap::new();
    for document in documents {
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
    numbers
}
