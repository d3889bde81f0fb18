//! Giving the store to others while this process is stopped, and taking it again.

use std::sync::mpsc::channel;
use std::time::Duration;

use crate::engine::event::{End, Request};
use crate::engine::news::Saving;
use crate::engine::writer::Source;
use crate::engine::{Engine, Link, Mode};

/// How long what waits may take to reach the disk before the process stops.
const DRAIN: Duration = Duration::from_secs(2);

impl Engine {
    /// Lets go of the store before the process is stopped: everything is brought to disk, the database is
    /// closed, the socket is gone and the lock is free, so that other processes can work. Tells whether it
    /// did; what is only in memory, or could not be saved yet, is kept as it is.
    pub fn release(&mut self) -> bool {
        let unsaved = matches!(self.saving, Saving::Unsaved(_));
        let on_disk = self.options.mode == Mode::Normal || self.options.mode.is_thrown_away();
        if unsaved || !self.opened || !on_disk {
            return false;
        }
        #[cfg(unix)]
        self.owner.stop();
        if let Link::Here(writer) = std::mem::replace(&mut self.link, Link::Seeking) {
            let (done, wait) = channel();
            let end = End::Closed;
            writer.send(Request::Close { end, done });
            // If it takes longer, the lock comes free as soon as the process goes on.
            let _ = wait.recv_timeout(DRAIN);
        }
        true
    }

    /// Looks for a way to the store again, like a fresh process; [`super::news::News::Opened`] tells when
    /// there is one, and commands wait until then.
    pub fn regain(&mut self) {
        #[cfg(unix)]
        {
            self.incoming = None;
        }
        self.seek(Source::Folder(self.options.store.clone()));
    }
}
