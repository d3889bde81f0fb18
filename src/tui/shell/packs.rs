//! What cannot be read in the user's packs of questions: told when the bank is shown, and listed by Enter.

use crate::command::id::CommandId;
use crate::exchange::packs::PackFaults;
use crate::tui::messages::{Note, Standing};
use crate::tui::shell::overlays::{Overlay, Which};
use crate::tui::shell::{Shell, Wish};
use crate::tui::view::ScreenId;

/// What was found last.
#[derive(Clone, Debug, Default)]
pub(super) struct Faults {
    found: Vec<PackFaults>,
    /// Whether it was told; the same is not told again.
    told: bool,
}

impl Shell {
    /// The bank is shown, or left.
    pub(super) fn look_at_packs(&mut self, to: ScreenId) {
        if to == ScreenId::Questions {
            self.wishes.push(Wish::LookAtPacks);
        } else {
            self.messages.settle(Standing::Packs);
        }
    }

    /// The packs were read.
    pub fn packs_read(&mut self, found: Vec<PackFaults>) {
        self.rev += 1;
        if found != self.packs.found {
            self.packs = Faults { found, told: false };
        }
        let all = &self.packs.found;
        let (false, Some(first), true) =
            (self.packs.told, all.first(), self.at == ScreenId::Questions)
        else {
            return;
        };
        let more = match all.len() {
            1 => String::new(),
            files => format!(" ({} more)", files - 1),
        };
        let note = Note::error(format!("{}{more}", first.told())).key(CommandId::Open, "shows it");
        self.packs.told = true;
        self.messages.stand(Standing::Packs, note);
    }

    /// Shows everything that is wrong. Returns whether that waits in the message row.
    pub(super) fn open_packs(&mut self) -> bool {
        if self.at != ScreenId::Questions || !self.messages.stands(Standing::Packs) {
            return false;
        }
        self.messages.settle(Standing::Packs);
        let all = self.packs.found.iter();
        let rows: Vec<String> = all.flat_map(PackFaults::lines).collect();
        let title = "Not read in your packs; the rest of them is";
        self.overlay = Some(Overlay::shell_choice(Which::Packs, title, rows));
        true
    }
}
