//! Keys and pasted text: to whatever owns the keyboard, else through the registry. Typing that was meant for
//! another window becomes a draft.

use crate::command::Command;
use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::command::keymap::Found;
use crate::domain::clock::Moment;
use crate::tui::input::Bursts;
use crate::tui::input::{Press, Seen, is_movement};
use crate::tui::messages::{Note, Standing};
use crate::tui::port::{Port, Reads};
use crate::tui::shell::overlays::Overlay;
use crate::tui::shell::{Shell, Waiting};
use crate::tui::view::Arg;
use crate::tui::view::Request;

/// Keys that were pressed.
#[derive(Default)]
pub(super) struct Keyboard {
    /// Those that begin a sequence, since the last command.
    pub(super) pending: Vec<Key>,
    /// Since when they wait for the next one.
    pub(super) pending_since: Option<Moment>,
    /// How often a key, a click or a paste has come.
    pub(super) presses: u64,
    /// What tells typing from commands.
    pub(super) bursts: Bursts,
    /// What the same command does when it is given once more, at once.
    pub(super) twice: Option<(CommandId, Vec<Request>)>,
}

impl Shell {
    /// A key was pressed. Outside a field, letters that come in a burst are text that was typed into the wrong
    /// window, and capitals in a row ask about Caps Lock.
    pub fn press(&mut self, key: Key, port: &mut dyn Port) {
        if self.has_field() {
            self.keyboard.bursts.reset();
            return self.key(key, port);
        }
        let press = Press {
            key,
            at: port.now(),
            movement: self.moves(key, port),
            continues: !self.keyboard.pending.is_empty(),
        };
        match self.keyboard.bursts.press(press) {
            Seen::Ordinary => self.key(key, port),
            Seen::Burst { text, since } => self.burst(&text, since, port),
            Seen::Capitals => {
                let words = "Caps Lock? If not, press it again";
                self.say(Note::asks(words));
            }
        }
    }

    /// A key that is one.
    fn key(&mut self, key: Key, port: &mut dyn Port) {
        self.take_key(key, port);
        self.acted(port);
    }

    /// After anything that somebody did: what waits is asked, and other screens are told.
    pub(super) fn acted(&mut self, port: &mut dyn Port) {
        self.ask_waiting();
        if self.in_room.blank != self.in_room.told_blank {
            self.in_room.told_blank = self.in_room.blank;
            port.blank(self.in_room.blank);
        }
    }

    /// Opens the next question that waits, once nothing else has the keyboard.
    fn ask_waiting(&mut self) {
        if !self.has_field()
            && let Some(question) = self.questions.pop_front()
        {
            self.show_room(false);
            self.overlay = Some(question);
        }
    }

    /// Asks something that must not be missed: at once, or when whatever has the keyboard is closed.
    pub(super) fn ask_surely(&mut self, question: Overlay) {
        self.questions.push_back(question);
        self.ask_waiting();
    }

    pub(super) fn take_key(&mut self, key: Key, port: &mut dyn Port) {
        self.rev += 1;
        self.keyboard.presses += 1;
        if key != Key::Ctrl('c') && self.leave.cancelled.take().is_some() {
            self.messages.settle(Standing::Leave);
        }
        self.in_room.lost = false;
        if self.has_field() && self.field_needs_no(key, port) {
            return match key {
                Key::Ctrl(_) => self.suspend(port),
                _ => self.tell_keys(),
            };
        }
        if self.overlay.is_some() {
            self.messages.go_on();
            return self.overlay_key(key, port);
        }
        if self.capture.is_some() {
            return self.capture_key(key, port);
        }
        if key == Key::Esc && !self.keyboard.pending.is_empty() {
            self.forget_pending();
            return;
        }
        self.keyboard.pending.push(key);
        match self.view(port).keys.find(&self.keyboard.pending) {
            Found::Run(id, arg) => {
                self.forget_pending();
                self.run(id, &arg, port);
            }
            Found::Wait(_) => self.keyboard.pending_since = Some(port.now()),
            Found::Nothing => {
                self.in_room.lost = self.in_room.shown;
                self.forget_pending();
            }
        }
    }

    /// Whether a key means the same while something has the keyboard: it hides circlet, or asks which keys there
    /// are, where a question mark is no text.
    fn field_needs_no(&self, key: Key, port: &dyn Reads) -> bool {
        let listed = matches!(
            self.overlay,
            Some(
                Overlay::Choice(..) | Overlay::Welcome(_) | Overlay::Import(_) | Overlay::Tally(_)
            )
        );
        match key {
            Key::Ctrl(_) => matches!(Self::command_of(key, port), Some((CommandId::Suspend, _))),
            Key::Char('?') => listed,
            Key::F(1) => true,
            _ => false,
        }
    }

    pub(super) fn forget_pending(&mut self) {
        self.keyboard.pending.clear();
        self.keyboard.pending_since = None;
    }

    /// Text was pasted.
    pub fn paste(&mut self, text: &str, port: &mut dyn Port) {
        self.rev += 1;
        self.keyboard.presses += 1;
        if self.overlay.is_some() {
            return self.overlay_paste(text, port);
        }
        if self.capture.is_none() {
            self.run(CommandId::Capture, &Arg::None, port);
        }
        if let Some(capture) = &mut self.capture {
            let outcome = capture.paste(text);
            self.captured(outcome, port);
        }
    }

    /// Letters that were typed in a burst outside a field: what the first of them did is taken back, and all
    /// of them are a draft.
    fn burst(&mut self, text: &str, since: Moment, port: &mut dyn Port) {
        self.forget_pending();
        for (_, act) in self
            .made
            .split_off(self.made.partition_point(|(at, _)| *at < since))
        {
            let ticket = port.submit(Command::Undo { act: Some(act) });
            self.talk.waiting.insert(ticket, Waiting::Nothing);
        }
        self.overlay = None;
        self.paste(text, port);
        if self.capture.is_none() {
            return;
        }
        self.say(Note::asks(
            "That looked like typed text: it is here, and nothing was done with it",
        ));
    }

    /// Whether a field has the keyboard.
    pub(super) const fn has_field(&self) -> bool {
        self.capture.is_some() || self.overlay.is_some()
    }

    /// Whether a key moves a mark, so that it may be held down.
    fn moves(&self, key: Key, port: &dyn Reads) -> bool {
        match self.view(port).keys.find(&[key]) {
            Found::Run(id, _) => is_movement(id),
            Found::Wait(_) | Found::Nothing => false,
        }
    }
}
