//! What a bank has already, as far as an import must know it.

use std::collections::HashSet;

use xxhash_rust::xxh3::xxh3_128;

use crate::domain::id::QuestionId;
use crate::domain::question::{DraftQuestion, Question, same_words};
use crate::exchange::LeftOut;
use crate::exchange::input::Input;
use crate::exchange::questions::{self, Taken};

/// The questions of a bank by their words and by their identities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bank {
    /// A hash of the words of every question, as they are compared: the words of a large bank would fill the memory.
    words: HashSet<u128>,
    ids: HashSet<QuestionId>,
}

impl Bank {
    /// A question that the bank has.
    pub fn add(&mut self, question: &Question) {
        self.add_words(&question.text);
        self.ids.insert(question.id);
    }

    /// A question that the bank will have, whose identity nobody knows yet.
    pub fn add_words(&mut self, text: &str) {
        self.words.insert(hash(&same_words(text)));
    }

    /// Whether the bank has a question with these words, as [`same_words`] gives them.
    pub fn has(&self, words: &str) -> bool {
        self.words.contains(&hash(words))
    }

    /// Takes the questions out of what was read that the bank does not have. One whose identity is in the bank is
    /// there already, whatever its words have become.
    pub fn take(&self, input: &Input) -> Taken {
        let mut taken = questions::take(input, &|words| self.has(words));
        let is_known =
            |question: &DraftQuestion| question.uid.is_some_and(|id| self.ids.contains(&id));
        let left = taken.questions.iter().filter(|question| is_known(question));
        let before = taken.left.len();
        let why = "in the bank already, with other words";
        taken
            .left
            .extend(left.map(|question| LeftOut::new(question.line, why, &question.text)));
        taken.known += taken.left.len() - before;
        taken.left.sort_by_key(|left| left.line);
        taken.questions.retain(|question| !is_known(question));
        taken
    }
}

fn hash(words: &str) -> u128 {
    xxh3_128(words.as_bytes())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::text::Clean;
    use crate::exchange::Format;

    #[test]
    fn what_the_bank_has_by_its_words_or_its_identity_stays_out() {
        let id = QuestionId(Uuid::from_u128(7));
        let held = DraftQuestion::new(Clean::line("What did you learn?"));
        let mut bank = Bank::default();
        bank.add(&held.into_question(id, 1));
        bank.add_words("Who helped you?");
        let text = format!(
            "question,uid\nwhat did you learn,\nWhat is new?,{id}\nWHO helped you,\nWhat next?,\n"
        );
        let input = Input {
            name: "bank.csv".to_owned(),
            format: Some(Format::Csv),
            text,
            notes: Vec::new(),
        };
        let taken = bank.take(&input);
        let new: Vec<_> = taken.questions.iter().map(|q| q.text.as_str()).collect();
        assert_eq!((new, taken.known), (vec!["What next?"], 3));
        let left: Vec<_> = taken.left.iter().map(|left| left.line).collect();
        assert_eq!(left, [2, 3, 4]);
        assert_eq!(taken.left[1].why, "in the bank already, with other words");
    }
}
