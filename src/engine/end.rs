//! The end of an engine: what was promised is finished, and the store is closed.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::domain::change::Via;
use crate::engine::event::{End, Request};
use crate::engine::news::Saving;
use crate::engine::options::Mode;
use crate::engine::{Engine, Link};

/// How long the end may take at most; without a snapshot, an erase or a long query under way it takes a
/// few milliseconds.
const END: Duration = Duration::from_secs(10);
/// How long the end waits for an erase that was promised.
const END_OF_ERASE: Duration = Duration::from_mins(2);

impl Engine {
    /// Makes an end: when this returns `true`, the socket is gone, the database is closed and the lock
    /// is free, so that another process, or this one, can open the store at once. Everything
    /// acknowledged is on disk already. An erase that waits for the end of a session which is over is
    /// finished first. A process that ends anyway leaves database and lock to the system instead. `false` after ten
    /// seconds: something on the disk takes very long.
    pub fn close(mut self) -> bool {
        #[cfg(unix)]
        self.owner.stop();
        self.end_erasing();
        self.stop.store(true, Ordering::Relaxed);
        let mut through = true;
        // A way that is still being sought is given up, or closed as soon as it is found.
        let writer = match std::mem::replace(&mut self.link, Link::Nowhere) {
            Link::Here(writer) => Some(writer),
            Link::Seeking => self.seeking.take(),
            #[cfg(unix)]
            Link::There(_) => None,
            Link::Nowhere => None,
        };
        if let Some(writer) = writer {
            let snapshot = self.options.by.via == Via::App
                && self.options.mode == Mode::Normal
                && self.saving != Saving::Clean;
            let end = if snapshot {
                End::WithSnapshot
            } else if self.options.leaves {
                End::Left
            } else {
                End::Closed
            };
            let (done, wait) = channel();
            writer.send(Request::Close { end, done });
            through = !matches!(wait.recv_timeout(END), Err(RecvTimeoutError::Timeout));
        }
        if self.options.mode.is_thrown_away() {
            // What is left of a demo is removed by the next one.
            let _ = std::fs::remove_dir_all(&self.options.store);
        }
        through
    }

    /// Waits until what was promised to be erased is erased, as far as the store can.
    fn end_erasing(&mut self) {
        // The end of the session may be on its way, then comes the erase, then nothing is left.
        for _ in 0..3 {
            let Link::Here(writer) = &self.link else {
                return;
            };
            let promised = !self.aside.erase.is_empty() && !self.desk.pending.is_empty();
            if self.desk.erasing.is_empty() && !promised {
                return;
            }
            let (done, wait) = channel();
            writer.send(Request::Reach(done));
            // Without an answer the erase stays noted beside the store, for the next start.
            if wait.recv_timeout(END_OF_ERASE).is_err() {
                return;
            }
            while let Ok(event) = self.events.try_recv() {
                self.handle(event);
            }
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // Nobody waits any more for the check in the background, or for a lock that somebody else has.
        self.stop.store(true, Ordering::Relaxed);
    }
}
