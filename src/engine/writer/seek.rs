//! Finds a way to the store: by its lock, else by the line to the process that has it.

use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use crate::domain::change::Via;
use crate::domain::clock::Span;
use crate::domain::id::Ids;
use crate::engine::aside::Aside;
use crate::engine::clock::{Clock, seed};
use crate::engine::event::{Event, Ready, Request};
use crate::engine::queries::Asking;
use crate::engine::working_set::Scope;
use crate::engine::writer::vault::Vault;
use crate::engine::writer::{Thread, Writer};
use crate::engine::{aside, history, unlocked, working_set};
use crate::store::{self, Memory, Opened, Result, Store, StoreError};

/// How long a way is sought while another process holds the lock and does not answer.
pub(crate) const PATIENCE: Span = Span::from_secs(2);
/// The same in an application that was at work when the owner went away.
pub(crate) const LONG_PATIENCE: Span = Span::from_minutes(24 * 60);
/// Longest pause between two tries, in milliseconds; each is drawn, so that processes that wait for the
/// same lock do not keep step.
const JITTER: u64 = 50;
/// How often saving is tried again.
pub(crate) const RETRY: Duration = Duration::from_secs(5);

/// What to open, and how.
pub(crate) struct How {
    pub(crate) source: Source,
    pub(crate) via: Via,
    /// How much to read at the start.
    pub(crate) scope: Scope,
    pub(crate) clock: Clock,
    pub(crate) retry: Duration,
    /// How long to wait for a lock that is held by somebody who does not answer.
    pub(crate) patience: Span,
    /// Set when nobody waits for the store any more.
    pub(crate) stop: Arc<AtomicBool>,
    /// Where the owner of the store can be reached.
    pub(crate) socket: Option<PathBuf>,
}

/// Where the store is.
pub(crate) enum Source {
    /// In a folder.
    Folder(PathBuf),
    /// In a folder, which is only read.
    ReadOnly(PathBuf),
    /// Here.
    Given(Box<dyn Store>),
}

/// Half of what one heap of the C library for Linux holds is 32 MB.
const ROOM: usize = 30 * 1024 * 1024;

/// Starts the thread. The first event is [`Event::Ready`], [`Event::Joined`] or
/// [`Event::CannotOpen`]; only after the first of these requests are served.
pub(crate) fn spawn(
    how: How,
    events: UnboundedSender<Event>,
    (writer, requests): (Writer, Receiver<Request>),
) {
    let failed = events.clone();
    let started = thread::Builder::new()
        .name("circlet-store".to_owned())
        .spawn(move || {
            // An application gives large pieces of memory back, which this keeps.
            if how.via == Via::Cli {
                make_room();
            }
            let told = events.clone();
            let work = AssertUnwindSafe(|| run(how, events, writer, &requests));
            if catch_unwind(work).is_err() {
                let _ = told.send(Event::Stopped);
            }
        });
    if let Err(error) = started {
        let words = format!("the system has no thread left: {error}; close other programs");
        // The receiver is the engine that asks for this very thread.
        let _ = failed.send(Event::CannotOpen(words));
    }
}

/// Lets this thread's heap grow once instead of by a page at a time, which the C library does with a call to the
/// system for each page that the database reads. Nothing of it is used before it is needed.
fn make_room() {
    // The first one is given back to the system and tells the C library to keep what is smaller than it.
    drop(black_box(Vec::<u8>::with_capacity(ROOM)));
    let halves = [
        Vec::<u8>::with_capacity(ROOM - ROOM / 8),
        Vec::with_capacity(ROOM - ROOM / 8),
    ];
    drop(black_box(halves));
}

fn run(how: How, events: UnboundedSender<Event>, writer: Writer, requests: &Receiver<Request>) {
    let (via, scope, clock, retry) = (how.via, how.scope, how.clock.clone(), how.retry);
    let stop = Arc::clone(&how.stop);
    let found = match find(how) {
        Ok(found) => found,
        Err(error) => {
            let _ = events.send(Event::CannotOpen(error.to_string()));
            return;
        }
    };
    let (vault, repaired) = match found {
        Found::Vault(vault, repaired) => (vault, repaired),
        #[cfg(unix)]
        Found::Owner(stream) => {
            let _ = events.send(Event::Joined(stream));
            return;
        }
    };
    let ready = match ready(&vault, repaired, (via, scope)) {
        Ok(ready) => ready,
        Err(error) => {
            let _ = events.send(Event::CannotOpen(error.to_string()));
            return;
        }
    };
    let _ = events.send(Event::Ready(Box::new(ready)));
    let checking = if let (Vault::Disk(disk), Via::App) = (&vault, via) {
        check_beside(disk.checker(), writer, Arc::clone(&stop))
    } else {
        // As long as anybody can ask, the thread waits for questions.
        drop(writer);
        None
    };
    let thread = Thread {
        vault,
        events,
        clock,
        asking: Asking::default(),
        parked: Vec::new(),
        unsaved: std::collections::VecDeque::new(),
        retry,
        since_sync: 0,
        snapshots: via == Via::App,
        stop,
        checking,
    };
    thread.run(requests);
}

/// Reads everything once, beside the work, and reports.
fn check_beside(
    checker: store::Checker,
    writer: Writer,
    stop: Arc<AtomicBool>,
) -> Option<thread::JoinHandle<()>> {
    let checking = move || {
        if let Ok(Some(report)) = checker.run(&stop) {
            writer.send(Request::Checked(report));
        }
    };
    // Without a thread for it the check is left for the next start.
    thread::Builder::new()
        .name("circlet-check".to_owned())
        .spawn(checking)
        .ok()
}

enum Found {
    Vault(Vault, Vec<String>),
    #[cfg(unix)]
    Owner(std::os::unix::net::UnixStream),
}

fn find(how: How) -> Result<Found> {
    let dir = match how.source {
        Source::Given(store) => return Ok(Found::Vault(Vault::Memory(store), Vec::new())),
        Source::ReadOnly(dir) => {
            let view = Box::new(store::read_only(&dir)?);
            let why = "it was opened with --read-only".to_owned();
            return Ok(Found::Vault(Vault::ReadOnly(view, why), Vec::new()));
        }
        Source::Folder(dir) => dir,
    };
    let mut ids = Ids::new(how.clock.now(), seed());
    let begun = how.clock.read().boot;
    loop {
        let busy = match store::open(&dir, how.clock.now()) {
            Ok(Opened::Ready { store, repaired }) => {
                let words = repaired.iter().map(ToString::to_string).collect();
                return Ok(Found::Vault(Vault::Disk(store), words));
            }
            Ok(Opened::Damaged { view, report }) => {
                let why = StoreError::Corrupt { report }.to_string();
                return Ok(Found::Vault(Vault::ReadOnly(view, why), Vec::new()));
            }
            Err(StoreError::Absent(dir)) => {
                let (id, empty) = (ids.make(), Box::new(Memory::new()));
                return Ok(Found::Vault(Vault::Absent { dir, id, empty }, Vec::new()));
            }
            Err(busy @ StoreError::Busy { .. }) => busy,
            Err(error) => return unlocked(&dir, error),
        };
        #[cfg(unix)]
        if let Some(socket) = &how.socket
            && let Ok(stream) = std::os::unix::net::UnixStream::connect(socket)
        {
            return Ok(Found::Owner(stream));
        }
        if how.stop.load(Ordering::Relaxed) || how.clock.read().boot - begun > how.patience {
            return unlocked(&dir, busy);
        }
        thread::sleep(Duration::from_millis(ids.draw() % JITTER + 1));
    }
}

/// What cannot be had for writing is read, if it can be.
fn unlocked(dir: &Path, error: StoreError) -> Result<Found> {
    let (view, why) = unlocked::view(dir, &error).ok_or(error)?;
    Ok(Found::Vault(
        Vault::ReadOnly(Box::new(view), why),
        Vec::new(),
    ))
}

fn ready(vault: &Vault, repaired: Vec<String>, (via, scope): (Via, Scope)) -> Result<Ready> {
    let read = vault.read();
    // A command asks neither, and the last run of the app may be far back.
    let (last, before) = match via {
        Via::App => (
            history::newest(read, &[], None, |act| Some(act.at))?,
            history::last_run(read)?,
        ),
        Via::Cli => (None, None),
    };
    Ok(Ready {
        state: working_set::load(read, (via, scope))?,
        fresh: match vault {
            Vault::Absent { .. } => true,
            Vault::Memory(_) => read.seq()? == 0,
            Vault::Disk(_) | Vault::ReadOnly(..) => false,
        },
        repaired,
        read_only: match vault {
            Vault::ReadOnly(_, why) => Some(why.clone()),
            Vault::Absent { .. } | Vault::Disk(_) | Vault::Memory(_) => None,
        },
        last_saved: last,
        before,
        aside: match vault {
            Vault::Disk(disk) => aside::read(disk.dir()),
            Vault::Absent { .. } | Vault::Memory(_) | Vault::ReadOnly(..) => Aside::default(),
        },
        on_disk: matches!(vault, Vault::Disk(_)),
    })
}
