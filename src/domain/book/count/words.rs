//! A count in words. Who names the books decides how they are called: by title, by number.

use crate::domain::book::count::{Round, Settled};
use crate::domain::id::BookId;

impl Round {
    /// `Round 2: Quiet Work 5, Small Teams 4; The Long Game goes (level; fewest first wishes)`. `nth` counts from 1.
    pub fn words(&self, nth: usize, name: &dyn Fn(BookId) -> String) -> String {
        let tally = self.tally.iter();
        let tally: Vec<String> = tally
            .map(|(book, votes)| format!("{} {votes}", name(*book)))
            .collect();
        let mut words = format!("Round {nth}: {}", tally.join(", "));
        if self.exhausted > 0 {
            words = format!("{words}, none of these {}", self.exhausted);
        }
        if self.out.is_empty() {
            return words;
        }
        let out: Vec<String> = self.out.iter().map(|book| name(*book)).collect();
        let verb = if out.len() == 1 { "goes" } else { "go" };
        format!("{words}; {} {verb}{}", out.join(", "), self.settled.words())
    }
}

impl Settled {
    /// What stands behind the books that go out; nothing where the count itself settled it.
    fn words(self) -> String {
        match self {
            Self::ByCount => String::new(),
            Self::ByFirstChoices => " (level; fewest first wishes)".to_owned(),
            Self::ByRound(at) => format!(" (level; lower in round {})", at + 1),
            Self::ByPeople => " (level; people said so)".to_owned(),
        }
    }
}
