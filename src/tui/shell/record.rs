//! Off the record: what is refused at the key, what was written just before; and the keys of a count.

use crate::command::Command;
use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::domain::clock::Span;
use crate::engine::OFF_RECORD;
use crate::tui::messages::{Note, Standing};
use crate::tui::overlay::tally::{Outcome, Press, Tally};
use crate::tui::pane::stage::Stage;
use crate::tui::pane::written;
use crate::tui::port::{Port, Reads};
use crate::tui::shell::Shell;
use crate::tui::shell::overlays::{Overlay, Which};
use crate::tui::shell::replies::sentence;
use crate::tui::shell::typed::Typed;
use crate::tui::view::{Arg, View};

/// How far back whoever goes off the record is offered to look.
const JUST_NOW: Span = Span::from_minutes(3);

impl Shell {
    /// What being off the record changes about a command: fields do not open, and Enter shows what was
    /// written just before. Returns whether that was all.
    pub(super) fn recorded(&mut self, id: CommandId, port: &dyn Reads) -> bool {
        match id {
            CommandId::Open if self.messages.stands(Standing::OffRecord) && !self.in_room.shown => {
                self.show_recent(port);
                true
            }
            CommandId::Capture
            | CommandId::AddAction
            | CommandId::AddDecision
            | CommandId::AddNote
            | CommandId::AddCircleNote
            | CommandId::AddParked
            | CommandId::NewCircle
            | CommandId::Import
            | CommandId::PlanFile
            | CommandId::ArchiveCircle
            | CommandId::Erase => self.nothing_is_written(port),
            _ => false,
        }
    }

    /// Says so while nothing is written, and returns whether that is so.
    pub(super) fn nothing_is_written(&mut self, port: &dyn Reads) -> bool {
        let off = port.is_off_record();
        if off {
            self.cannot(OFF_RECORD);
        }
        off
    }

    /// Says why something was refused. What ends being off the record stands as a key, so that it is there
    /// on the smallest screen too.
    pub(super) fn cannot(&mut self, reason: &str) {
        let note = match reason.split_once("; ") {
            Some((words, _)) if reason == OFF_RECORD => {
                Note::error(sentence(words)).key(CommandId::OffRecord, "ends it")
            }
            _ => Note::error(sentence(reason)),
        };
        self.messages.say(note);
    }

    /// Goes off the record and offers to look at what was written just before; or goes on it again.
    pub(super) fn off_record(&mut self, on: bool, port: &mut dyn Port) {
        self.recent = if on {
            just_written(&self.view(port))
        } else {
            Vec::new()
        };
        port.off_record(on);
        self.messages.settle(Standing::OffRecord);
        self.messages.clear();
        let rows = match self.recent.len() {
            _ if !on => {
                self.messages
                    .say(Note::done("On the record again: what you write is saved"));
                return;
            }
            0 => {
                let note = Note::done("Off the record: nothing is written");
                self.messages.say(note.key(CommandId::OffRecord, "ends it"));
                return;
            }
            1 => "1 row is".to_owned(),
            rows => format!("{rows} rows are"),
        };
        let words = format!("Off the record. {rows} from the last 3 minutes");
        let note = Note::asks(words).key(CommandId::Open, "shows them");
        self.messages.stand(Standing::OffRecord, note);
    }

    /// Another window has ended it: there is nothing to look at any more.
    pub(super) fn settle_record(&mut self, port: &dyn Reads) {
        if !port.is_off_record() {
            self.messages.settle(Standing::OffRecord);
        }
    }

    fn show_recent(&mut self, port: &dyn Reads) {
        self.messages.settle(Standing::OffRecord);
        let view = self.view(port);
        let rows = self.recent.iter().filter_map(|key| {
            let document = view.state.get(key)?;
            let words = super::words::shown(&crate::command::item_name(document), &view);
            Some(format!("Take away {words}, and go on on the record"))
        });
        let rows = std::iter::once("Keep them all, stay off the record".to_owned()).chain(rows);
        let title = "Written in the last 3 minutes";
        let rows = rows.collect();
        self.overlay = Some(Overlay::shell_choice(Which::Recent, title, rows));
    }

    /// Taking something away is an act like any other, so it ends being off the record, and says so.
    pub(super) fn recent_chosen(&mut self, row: usize, port: &mut dyn Port) {
        let Some(key) = row.checked_sub(1).and_then(|row| self.recent.get(row)) else {
            return;
        };
        let keys = vec![*key];
        self.recent.clear();
        port.off_record(false);
        let trashed = true;
        self.submit(Command::Trash { keys, trashed }, port);
    }

    pub(super) fn resume_off_record(&mut self, row: usize, port: &mut dyn Port) {
        if row == 0 {
            return self.resume(0, port);
        }
        port.off_record(false);
        let rows = [
            "Go on, count the time since then",
            "Go on from there, paused",
            "Wrap it up with what was written down",
        ];
        let rows = rows.map(str::to_owned).to_vec();
        let title = "The session was running when circlet stopped";
        self.overlay = Some(Overlay::shell_choice(Which::Resume, title, rows));
    }

    /// A key while hands or votes are counted: digits are values, whatever they are elsewhere.
    pub(super) fn tally_key(&mut self, mut tally: Tally, key: Key, port: &mut dyn Port) {
        let Some(press) = Self::press_of(key, port) else {
            self.overlay = Some(Overlay::Tally(tally));
            return;
        };
        match tally.press(press, port.now()) {
            Outcome::Stay => self.overlay = Some(Overlay::Tally(tally)),
            Outcome::Closed => {}
            Outcome::Keep(command) => {
                let typed = Typed::Count(tally.clone());
                if !tally.is_vote() {
                    self.overlay = Some(Overlay::Tally(tally));
                }
                self.typing(typed, port, |shell, port| shell.submit(*command, port));
            }
        }
    }

    fn press_of(key: Key, port: &dyn Reads) -> Option<Press> {
        let digit = match key {
            Key::Char(c) => c.to_digit(10),
            _ => None,
        };
        if let Some(digit) = digit.and_then(|digit| u8::try_from(digit).ok()) {
            return Some(Press::Digit(digit));
        }
        match key {
            Key::Esc => return Some(Press::Close),
            Key::Enter => return Some(Press::Keep),
            Key::Backspace => return Some(Press::Back),
            Key::Char(' ') => return Some(Press::Add),
            _ => {}
        }
        match Self::command_of(key, port)? {
            (CommandId::Pick, Arg::Number(number)) => u8::try_from(number).ok().map(Press::Digit),
            (CommandId::Down, _) => Some(Press::Move(1)),
            (CommandId::Up, _) => Some(Press::Move(-1)),
            _ => None,
        }
    }
}

/// A session that was off the record when it was interrupted still is.
pub(super) fn ask_off_record(title: &str, mut rows: Vec<String>) -> Overlay {
    rows.truncate(1);
    rows.push("End off the record, then choose".to_owned());
    let title = format!("{title}; it is off the record");
    Overlay::shell_choice(Which::ResumeOffRecord, title, rows)
}

/// What was written down in the running session just now, newest first.
fn just_written(view: &View<'_>) -> Vec<crate::domain::id::Key> {
    let Some(stage) = Stage::of(*view) else {
        return Vec::new();
    };
    let (circle, session) = (stage.circle.id, stage.session.id);
    let rows = written::items(view, circle, session);
    rows.iter()
        .filter(|row| view.now - row.origin().at <= JUST_NOW)
        .map(|row| row.key(circle))
        .collect()
}
