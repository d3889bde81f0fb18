//! What is wrong in the configuration, keys, themes and packs of whoever sits here: told at the start, all of it
//! listed by Enter.

use crate::command::id::CommandId;
use crate::tui::messages::{Note, Standing};
use crate::tui::shell::Shell;
use crate::tui::shell::overlays::{Overlay, Which};

impl Shell {
    /// Says what is wrong, until it was seen.
    pub fn complain(&mut self, problems: Vec<String>) {
        self.rev += 1;
        let note = match problems.as_slice() {
            [] => return,
            [only] => Note::error(only.clone()).key(CommandId::Close, "seen"),
            all => {
                let words = format!("{} problems in your configuration", all.len());
                Note::error(words).key(CommandId::Open, "shows them")
            }
        };
        self.messages.stand(Standing::Problems, note);
        self.problems = problems;
    }

    /// Shows everything that is wrong. Returns whether that waits in the message row.
    pub(super) fn open_problems(&mut self) -> bool {
        if self.problems.len() < 2 || !self.messages.shows(Standing::Problems) {
            return false;
        }
        self.messages.settle(Standing::Problems);
        let rows = std::mem::take(&mut self.problems);
        let title = "What is wrong in your configuration; the rest holds";
        self.overlay = Some(Overlay::shell_choice(Which::Packs, title, rows));
        true
    }
}
