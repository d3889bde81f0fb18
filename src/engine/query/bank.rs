//! Asking the bank of questions, and the rows it answers with.

use serde::{Deserialize, Serialize};

use crate::domain::clock::Moment;
use crate::domain::id::CircleId;
use crate::domain::question::search::Facets;
use crate::domain::question::sought::Sought;
use crate::domain::question::{Asked, Question, Rated};

/// What to look for in the bank, and through whose eyes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seek {
    /// What a question has to be.
    pub sought: Sought,
    /// As seen by this circle: least asked first.
    pub circle: Option<CircleId>,
    /// The circles of which to tell when they were asked it.
    pub circles: Vec<CircleId>,
    /// How many rows to leave out at the beginning.
    pub skip: usize,
    /// At most.
    pub limit: usize,
}

/// A question with what is known of it in a circle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionRow {
    /// The question.
    pub question: Question,
    /// How often the circle was asked it.
    pub asked: u32,
    /// When it was last.
    pub last: Option<Moment>,
    /// How well it went there.
    #[serde(default)]
    pub rating: Option<Rated>,
    /// Whether it is left out of what is drawn there.
    #[serde(default)]
    pub never: bool,
    /// Why it was drawn, in one line; empty for a list.
    pub why: String,
}

impl QuestionRow {
    /// A question as a circle knows it.
    pub fn new(question: Question, asked: Option<&Asked>) -> Self {
        Self {
            question,
            asked: asked.map_or(0, |asked| asked.times),
            last: asked.and_then(|asked| asked.last),
            rating: asked.and_then(|asked| asked.rating),
            never: asked.is_some_and(|asked| asked.never),
            why: String::new(),
        }
    }

    /// `asked here 4 months ago, 4 of 5`.
    pub fn told(&self, now: Moment) -> String {
        let asked = Asked {
            times: self.asked,
            last: self.last,
            rating: self.rating,
            ..Asked::never(self.question.id)
        };
        asked.told(now)
    }
}

/// A question of the bank, and what circles remember of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankRow {
    /// The question.
    pub question: Question,
    /// What each circle that was asked for remembers, if anything.
    pub asked: Vec<(CircleId, Asked)>,
}

impl BankRow {
    /// What a circle remembers of it.
    pub fn asked_in(&self, circle: CircleId) -> Option<&Asked> {
        let mut all = self.asked.iter();
        all.find_map(|(other, asked)| (*other == circle).then_some(asked))
    }
}

/// Some rows of the bank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankPage {
    /// The questions.
    pub rows: Vec<BankRow>,
    /// How many fit.
    pub total: usize,
    /// How many there are.
    pub all: usize,
    /// How many each other choice would leave.
    pub facets: Facets,
}
