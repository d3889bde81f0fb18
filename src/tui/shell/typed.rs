//! What was typed and then submitted, until it is on disk: whatever is refused comes back to whoever typed it.

use crate::command::id::CommandId;
use crate::engine::news::Ticket;
use crate::tui::capture::Capture;
use crate::tui::overlay::line::Line;
use crate::tui::overlay::tally::Tally;
use crate::tui::port::Port;
use crate::tui::shell::Shell;
use crate::tui::shell::outside::Opened;
use crate::tui::shell::overlays::{Overlay, Whose};
use crate::tui::shell::replies::sentence;

/// The field in which bare words are kept when their own is not there any more: the one-line draft of `i`.
const ANY: &str = "i";

/// Where submitted words were typed.
#[derive(Clone)]
pub(super) enum Typed {
    /// In the capture bar.
    Capture(Capture),
    /// In a line, after so many key presses.
    Line(Whose, Box<Line>, u64),
    /// In the editor.
    Outside(Opened),
    /// Hands or votes that were counted.
    Count(Tally),
    /// These words, in a field that is not there any more.
    Words(String),
}

impl Shell {
    /// Does something with what was typed: what it submits or asks for on the way keeps the words until its outcome is
    /// known.
    pub(super) fn typing(
        &mut self,
        typed: Typed,
        port: &mut dyn Port,
        then: impl FnOnce(&mut Self, &mut dyn Port),
    ) {
        let before = self.talk.typing.replace(typed);
        then(self, port);
        self.talk.typing = before;
    }

    /// What is typed now waits for this outcome.
    pub(super) fn keep_typed(&mut self, ticket: Ticket) {
        if let Some(typed) = &self.talk.typing {
            self.talk.submitted.insert(ticket, typed.clone());
        }
    }

    /// It is on disk: nothing needs to be kept.
    pub(super) fn typed_saved(&mut self, ticket: Ticket, port: &mut dyn Port) {
        if let Some(Typed::Capture(line)) = self.talk.submitted.remove(&ticket) {
            self.line_saved(&line, port);
        }
    }

    /// It was refused, for this reason: the words are where they were typed again, or in a draft where something else
    /// has the keyboard.
    pub(super) fn give_back(&mut self, typed: Typed, reason: &str, port: &mut dyn Port) {
        match typed {
            Typed::Capture(line) => self.line_refused(line, port),
            Typed::Line(whose, mut line, presses) => {
                // Only whoever has done nothing since is still asked about the same row.
                if presses == self.keyboard.presses && !self.has_field() {
                    line.problem = Some(sentence(reason));
                    self.overlay = Some(Overlay::Line(whose, *line));
                } else {
                    self.keep_words(line.field.text(), port);
                }
            }
            Typed::Outside(opened) if self.outside.is_none() => {
                let key = self.keys_now(CommandId::EditNote, port);
                self.outside = Some(opened);
                return self.cannot(&format!("{reason}. {key} opens your words again"));
            }
            Typed::Outside(opened) => self.keep_words(opened.came_back(), port),
            Typed::Words(words) => self.keep_words(&words, port),
            Typed::Count(mut tally) => {
                if matches!(self.overlay, None | Some(Overlay::Tally(_))) {
                    tally.refused(&sentence(reason));
                    self.overlay = Some(Overlay::Tally(tally));
                }
            }
        }
        self.cannot(reason);
    }

    /// Keeps words whose field is gone behind what the draft of `i` has already.
    fn keep_words(&mut self, words: &str, port: &mut dyn Port) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return;
        }
        let draft = self.drafts.entry(ANY.to_owned()).or_default();
        if !draft.is_empty() {
            draft.push(' ');
        }
        draft.push_str(&words);
        port.keep_draft(ANY, draft);
        self.show_drafts();
    }
}
