//! One thing to know at each of the first starts, in the row of messages. Never while a session runs and never in
//! the demo, which has its coach.

use crate::command::id::CommandId;
use crate::command::table::Place;
use crate::tui::messages::Note;
use crate::tui::port::Reads;
use crate::tui::shell::{Shell, Wish};

/// A command worth knowing, and what a tip says about it.
const TIPS: [(Place, CommandId, &str); 12] = [
    (
        Place::Anywhere,
        CommandId::Help,
        "lists every key, those of the screen first",
    ),
    (
        Place::Anywhere,
        CommandId::GoLive,
        "opens the next session; nothing starts before Space",
    ),
    (
        Place::Anywhere,
        CommandId::Undo,
        "takes back what was done last, also after a restart",
    ),
    (
        Place::Anywhere,
        CommandId::Capture,
        "writes something down from every screen",
    ),
    (
        Place::Anywhere,
        CommandId::GoActions,
        "shows who took on what, until when",
    ),
    (
        Place::Live,
        CommandId::RoomView,
        "shows what the room may see, in a running session",
    ),
    (
        Place::Anywhere,
        CommandId::Palette,
        "finds a command by its name",
    ),
    (
        Place::Anywhere,
        CommandId::Filter,
        "shows only rows that hold what you type",
    ),
    (
        Place::Anywhere,
        CommandId::GoLog,
        "shows what was done, and takes any of it back",
    ),
    (
        Place::Anywhere,
        CommandId::Mask,
        "shows initials where somebody looks over your shoulder",
    ),
    (
        Place::Live,
        CommandId::PickQuestion,
        "picks a question from the bank, in a running session",
    ),
    (
        Place::Anywhere,
        CommandId::WriteMarkdown,
        "writes the minutes out as Markdown",
    ),
];

impl Shell {
    /// Shows the tip of this start, if it is one of the first, and counts it.
    pub(super) fn show_tip(&mut self, port: &dyn Reads) {
        let shown = self.setup.tips_shown;
        let quiet = !self.setup.tips
            || self.setup.demo
            || self.overlay.is_some()
            || self.messages.shown().is_some()
            || port.state().running().is_some();
        let Some((place, id, words)) = TIPS.get(shown).copied().filter(|_| !quiet) else {
            return;
        };
        self.setup.tips_shown = shown + 1;
        let count = (shown + 1).to_string();
        self.wishes.push(Wish::Remember("tips_shown", count));
        let Some(keys) = self.setup.keymap.keys_of(place, id) else {
            return;
        };
        let note = Note::done(format!("Tip: {keys} {words}"));
        self.messages.say(note.key(": tips", "no more of these"));
    }
}
