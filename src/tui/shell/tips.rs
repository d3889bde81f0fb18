//! One thing to know at each of the first starts, in the row of messages. Never while a session runs and never in
//! the demo, which has its coach instead.

use crate::command::id::CommandId;
use crate::command::table::Place;
use crate::tui::coach::Seen;
use crate::tui::messages::Note;
use crate::tui::port::Reads;
use crate::tui::shell::{Shell, Wish};

/// A command worth knowing, and what a tip says about it.
const TIPS: [(Place, CommandId, &str); 12] = [
    (
        Place::Anywhere,
        CommandId::Help,
        "lists every key, those of this screen first",
    ),
    (
        Place::Anywhere,
        CommandId::GoLive,
        "opens the next session; it starts when you say so",
    ),
    (
        Place::Anywhere,
        CommandId::Undo,
        "takes back what was done last",
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
        "shows what the room may see",
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
        "shows what was done; any of it goes back",
    ),
    (
        Place::Anywhere,
        CommandId::Mask,
        "shows initials in place of names",
    ),
    (
        Place::Live,
        CommandId::PickQuestion,
        "picks a question in a running session",
    ),
    (
        Place::Anywhere,
        CommandId::WriteMarkdown,
        "writes the minutes out as Markdown",
    ),
];

impl Shell {
    /// The coach of the demo goes on when what it asked for was done.
    pub(super) fn coached(&mut self, seen: Seen<'_>, port: &dyn Reads) {
        let Some(mut coach) = self.coach.take() else {
            return;
        };
        let done = {
            let view = self.view(port);
            coach.see(seen, &view, self.in_room.shown)
        };
        if !done {
            self.coach = Some(coach);
        }
    }

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
        let Some(key) = port.keymap().key_of(place, id) else {
            return;
        };
        self.messages.say(told(key, words));
    }
}

fn told(keys: &str, words: &str) -> Note {
    Note::done(format!("Tip: {keys} {words}")).key(CommandId::Tips, "off")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::hints::Hint;
    use crate::tui::widget::message::Message;

    #[test]
    fn every_tip_can_be_read_to_its_end_on_a_small_screen() {
        for (_, id, words) in TIPS {
            // No key is longer than two letters with a space.
            let note = told("g h", words);
            let keys = [Hint::new(": tips", &note.keys[0].1)];
            let message = Message {
                tone: note.tone,
                sentence: &note.sentence,
                keys: &keys,
                waiting: 0,
            };
            assert!(message.rows(76, 9) <= 2, "{id:?}: {words}");
            assert!(message.rows(40, 9) <= 2, "{id:?}: {words}");
        }
    }
}
