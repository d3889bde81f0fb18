//! What is not kept: off the record while it is on, and what is forgotten when a session is over.

use crate::command::Refusal;
use crate::domain::change::{Act, ActKind};
use crate::domain::floor::FloorMove;
use crate::domain::id::Kind;
use crate::engine::jobs::Origin;
use crate::engine::news::{News, Saving};
use crate::engine::{Engine, EraseTarget, Link, Mode};

/// What is said to whoever wants something written meanwhile.
pub const OFF_RECORD: &str = "off the record: nothing is written; s o ends it";

impl Engine {
    /// Goes off the record, or on it again. Until then no command is carried out, no draft is kept, and
    /// the file beside the store holds nothing of that time but the flag itself, which survives a crash.
    /// Without a running session there is nothing to do.
    pub fn off_record(&mut self, on: bool) {
        #[cfg(unix)]
        if let Link::There(line) = &self.link {
            line.send(super::wire::ToOwner::OffRecord(on));
            return;
        }
        let ready = matches!(self.link, Link::Here(_)) && self.state.running().is_some();
        if !ready || self.aside.off_record == on {
            return;
        }
        // The turn that goes on ends here, and that is the last that is known of the floor.
        self.make_floor_move(FloorMove::Mute(on));
        self.aside.off_record = on;
        self.write_aside();
        self.stage_changed();
    }

    /// Whether the running session is off the record.
    pub const fn is_off_record(&self) -> bool {
        self.aside.off_record
    }

    /// Why nothing can be written now.
    pub(super) fn refuses_to_write(&self) -> Option<Refusal> {
        self.aside.off_record.then(|| Refusal::new(OFF_RECORD))
    }

    /// Forgets everything that was kept beside the store for a session: who spoke, who waited, what was
    /// typed and not saved. A window in which something was typed still has it.
    pub(super) fn forget_session(&mut self) {
        self.aside.floor = None;
        self.aside.drafts.clear();
        let was_off = std::mem::take(&mut self.aside.off_record);
        self.floor_changed();
        if was_off {
            self.stage_changed();
        }
    }

    /// Forgets the session that ended with this act of the owner. A client never had the file, but it has
    /// drafts in memory, which it would write if it became the owner.
    pub(super) fn forget_after(&mut self, act: &Act) {
        let ended = act
            .changes
            .iter()
            .any(|change| change.key.kind == Kind::Live && change.after.is_none());
        if ended && act.kind == ActKind::Do {
            self.forget_session();
        }
    }

    /// Erases notes that nobody but their writer was to see once they are old, unless they are kept. Only
    /// at the start of the application over a store of its own, and never while a session runs.
    pub(super) fn erase_old_notes(&mut self) {
        let idle = self.state.running().is_none() && self.aside.erase.is_empty();
        let ours = self.is_app() && self.options.mode == Mode::Normal;
        if idle && ours && !matches!(self.saving, Saving::ReadOnly(_)) {
            self.desk.aging = self.erase_now(Origin::Inner, EraseTarget::OldNotes);
        }
    }

    /// Says once that old notes were erased.
    pub(super) fn tell_aged(&mut self, count: usize) {
        let notes = match count {
            0 => return,
            1 => "1 note for you alone was".to_owned(),
            count => format!("{count} notes for you alone were"),
        };
        self.news.push_back(News::Notice(format!(
            "{notes} older than 90 days, and erased; the tag #keep keeps a note"
        )));
    }
}
