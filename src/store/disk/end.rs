//! How the use of a store begins and ends, and what the state file says of it meanwhile.

use super::{Disk, Held};
use crate::domain::clock::Moment;
use crate::store::Result;
use crate::store::journal::{FORMAT, SCHEMA};
use crate::store::sled::digest_of_heads;
use crate::store::state::{Mark, State};

impl Disk {
    /// Ends the use of the store in order: everything is on disk and marked as whole. With
    /// `snapshot` also a snapshot is written when something was saved since the last one.
    pub fn close(mut self, at: Moment, snapshot: bool) -> Result<()> {
        if snapshot {
            self.snapshot(at)?;
        }
        self.settle()?;
        if let Held::Tables(tables) = self.held {
            tables.close();
        }
        Ok(())
    }

    /// The same for a process that ends next. Every act is on disk in the journal; bringing the database there too is
    /// left to the system and to the next opening, which does so before anything is read, and so are closing it and
    /// freeing the lock: taking back what it holds in memory can take as long as reading it did.
    pub fn leave(mut self) -> Result<()> {
        let handed = self.hand_over();
        std::mem::forget(self);
        handed
    }

    pub(crate) fn hand_over(&mut self) -> Result<()> {
        match &self.held {
            Held::Tables(tables) if self.mark == Mark::InUse => {
                tables.hand_over()?;
                self.write_state(Mark::Left, false)
            }
            _ => Ok(()),
        }
    }

    fn settle(&mut self) -> Result<()> {
        // Where nothing was written since the store was closed, everything is on disk.
        if self.mark == Mark::Closed {
            return Ok(());
        }
        self.flush()?;
        if self.behind() {
            return Ok(());
        }
        self.write_state(Mark::Closed, true)
    }

    /// Goes on behind a use that did not end in order, or a power cut: what came from the journal is handed on by this
    /// process, and a journal that ends in an unfinished line is closed for good, or every later start would read both.
    pub(crate) fn take_over(&mut self, torn: bool) -> Result<()> {
        if torn {
            // Without room for the next file the next act begins it.
            let _ = self.journal.begin(self.held.read().seq()?);
        }
        match self.mark {
            Mark::InUse => Ok(()),
            Mark::Left | Mark::Closed => self.write_state(Mark::InUse, true),
        }
    }

    /// Says, on disk, that the journal is ahead of what a clean end had.
    pub(crate) fn mark_in_use(&mut self) -> Result<()> {
        match self.mark {
            Mark::Closed => self.write_state(Mark::InUse, true),
            // Neither says that the journal is no longer than that.
            Mark::InUse | Mark::Left => Ok(()),
        }
    }

    pub(crate) fn write_state(&mut self, mark: Mark, sync: bool) -> Result<()> {
        let (journal, length) = self.journal.place();
        let state = State {
            format: FORMAT,
            schema: SCHEMA,
            store: self.id,
            journal,
            length,
            seq: self.held.read().seq()?,
            clean: mark == Mark::Closed,
            left: mark == Mark::Left,
            heads: digest_of_heads(&self.held.read().heads()?),
        };
        self.state.write(&state, sync)?;
        self.mark = mark;
        Ok(())
    }
}
