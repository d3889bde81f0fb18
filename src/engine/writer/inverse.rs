//! Taking a very long act back: it is turned around in the store, where its changes are, a part at a time.

use crate::command::undo;
use crate::domain::change::Act;
use crate::domain::id::ActId;
use crate::engine::event::{Event, Rejected};
use crate::engine::working_set;
use crate::engine::writer::Thread;
use crate::store::StoreError;

impl Thread {
    pub(super) fn commit_inverse(&mut self, act: Act, of: ActId) {
        let id = act.id;
        if !self.unsaved.is_empty() {
            let words =
                "changes wait to be saved; nothing was taken back, make room on the disk first";
            let why = Rejected::Words(words.to_owned());
            self.tell(Event::Rejected { id, why });
            return;
        }
        let refused = act.clone();
        match self.save_by(|store| store.commit_inverse(act, of)) {
            Ok(act) => {
                self.asking.forget();
                self.tell(Event::Committed(Box::new(act)));
            }
            Err(StoreError::Conflict { key }) => {
                // What cannot be read is named no further.
                let stored = self.vault.read().get(&key).ok().flatten();
                let document = stored.and_then(|stored| working_set::document(&stored).ok());
                let why = Rejected::Refused(undo::changed_since(&refused, document.as_ref()));
                self.tell(Event::Rejected { id, why });
            }
            Err(error) => {
                let why = Rejected::Words(error.to_string());
                self.tell(Event::Rejected { id, why });
            }
        }
    }
}
