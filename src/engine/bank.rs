//! The questions that come with circlet, for a bank that is new.

use crate::command::Command;
use crate::domain::id::Space;
use crate::domain::text::Clean;
use crate::engine::Engine;
use crate::engine::news::Ticket;
use crate::packs;

impl Engine {
    /// Whether the bank never had a question: one that somebody emptied is not new.
    pub fn bank_is_new(&self) -> bool {
        self.state.counter(Space::Org).question == 0
    }

    /// Puts the questions that come with circlet into a bank that is new, as an act of its own.
    pub fn fill_bank(&mut self) -> Option<Ticket> {
        if !self.bank_is_new() {
            return None;
        }
        let source = Clean::line("the starter bank");
        let command = Command::AddQuestions {
            questions: packs::questions(),
            source,
        };
        Some(self.submit(command))
    }
}
