//! The one thread that owns the store. It commits acts in the order in which they come, answers
//! queries in between, keeps what cannot be saved for now, and makes an end.

mod inverse;
mod seek;
mod vault;

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use crate::domain::change::{Act, ChangeText};
use crate::domain::id::{Key, Kind};
use crate::engine::clock::Clock;
use crate::engine::event::{End, Event, Rejected, Request, Target, Want};
use crate::engine::queries::Asking;
use crate::engine::query::Query;
use crate::engine::{EraseTarget, erase, history, working_set};
use crate::store::{Report, Store, StoreError};

pub(crate) use seek::{How, LONG_PATIENCE, PATIENCE, RETRY, Source, spawn};
use vault::Vault;

/// Acts that are kept in memory while they cannot be saved.
const MOST_UNSAVED: usize = 1_000;
/// Acts after which everything is brought to disk, also what the journal would bring back.
const SYNC_EVERY: u32 = 1_000;
/// How long the thread waits before it looks at what is due: a snapshot, an index to drop.
const IDLE: Duration = Duration::from_mins(1);

/// How the front-end reaches the thread.
#[derive(Clone, Debug)]
pub(crate) struct Writer(Sender<Request>);

impl Writer {
    /// Sends a request. When the thread is gone its last event has said why.
    pub(crate) fn send(&self, request: Request) {
        let _ = self.0.send(request);
    }
}

/// A channel for requests.
pub(crate) fn requests() -> (Writer, Receiver<Request>) {
    let (sender, receiver) = channel();
    (Writer(sender), receiver)
}

struct Thread {
    vault: Vault,
    events: UnboundedSender<Event>,
    clock: Clock,
    asking: Asking,
    /// What can be answered once the search index is complete.
    parked: Vec<(u64, Query)>,
    unsaved: VecDeque<Act>,
    retry: Duration,
    since_sync: u32,
    snapshots: bool,
    stop: Arc<AtomicBool>,
    /// The check in the background; it has the database open too.
    checking: Option<JoinHandle<()>>,
}

impl Thread {
    fn tell(&self, event: Event) {
        // Nobody listens any more when the front-end is gone; what is saved stays saved.
        let _ = self.events.send(event);
    }

    fn run(mut self, requests: &Receiver<Request>) {
        loop {
            let wait = if !self.parked.is_empty() {
                Duration::ZERO
            } else if self.unsaved.is_empty() {
                IDLE
            } else {
                self.retry
            };
            let whole = match requests.recv_timeout(wait) {
                Ok(Request::Close { end, done }) => {
                    // What is left half done by a mistake at the end is mended by the next start.
                    let _ = catch_unwind(AssertUnwindSafe(|| self.close(end)));
                    let _ = done.send(());
                    return;
                }
                Ok(request) => self.guarded(|thread| thread.handle(request)),
                Err(RecvTimeoutError::Timeout) if !self.parked.is_empty() => {
                    self.guarded(Self::read_on)
                }
                Err(RecvTimeoutError::Timeout) => self.guarded(Self::idle),
                Err(RecvTimeoutError::Disconnected) => {
                    self.close(End::Closed);
                    return;
                }
            };
            if !whole {
                self.give_up();
                return;
            }
        }
    }

    /// Whether work was done without a mistake of the program.
    fn guarded(&mut self, work: impl FnOnce(&mut Self)) -> bool {
        catch_unwind(AssertUnwindSafe(|| work(self))).is_ok()
    }

    /// After a mistake nothing in memory can be trusted. What was acknowledged is in the journal; the
    /// lock is given back, and the next start replays what is missing.
    fn give_up(self) {
        self.stop.store(true, Ordering::Relaxed);
        let Self { vault, events, .. } = self;
        let _ = catch_unwind(AssertUnwindSafe(move || drop(vault)));
        let _ = events.send(Event::Stopped);
    }

    fn handle(&mut self, request: Request) {
        match request {
            Request::Fetch { token, keys, want } => self.fetch(token, keys, want),
            Request::Commit { act, keep } => self.commit(*act, keep),
            Request::CommitLong { act, added } => self.commit_long(*act, added),
            Request::CommitInverse { act, of } => self.commit_inverse(*act, of),
            Request::Ask { token, query } if self.asking.must_read(&query) => {
                self.parked.push((token, query));
            }
            // Somebody still waits for the index; it goes when it is not used any more.
            Request::Ask { token, query }
                if query == Query::LeaveBank && !self.parked.is_empty() =>
            {
                self.answer(token, &Query::Get(Vec::new()));
            }
            Request::Ask { token, query } => self.answer(token, &query),
            Request::Erase { token, act, what } => {
                let result = self.erase(*act, &what).map_err(|error| error.to_string());
                self.tell(Event::Erased { token, result });
            }
            Request::Aside(bytes) => {
                // What somebody typed is worth a folder.
                if bytes.is_some() && self.vault.make().is_ok_and(|made| made) {
                    self.tell(Event::Created);
                }
                self.vault.write_aside(bytes.as_deref());
            }
            Request::Checked(report) => self.checked(&report),
            Request::Reach(done) => {
                // Whoever waited too long has gone on.
                let _ = done.send(());
            }
            Request::Close { .. } => {}
        }
    }

    fn answer(&mut self, token: u64, query: &Query) {
        let now = self.clock.now();
        let answer = self.asking.answer(self.vault.store(), query, now);
        let answer = answer.map(Box::new).map_err(|error| error.to_string());
        self.tell(Event::Answered { token, answer });
    }

    /// Reads the next portion of the search index, with nothing else to do, and answers what waits for it.
    fn read_on(&mut self) {
        let whole = self.asking.portion(self.vault.read());
        if matches!(whole, Ok(false)) {
            return;
        }
        for (token, query) in std::mem::take(&mut self.parked) {
            // Another circle may be looking too: one that waits is enough to go on. A fault is told by the answer.
            let waits = whole.is_ok() && self.parked.is_empty() && self.asking.must_read(&query);
            if waits {
                self.parked.push((token, query));
            } else {
                self.answer(token, &query);
            }
        }
    }

    fn fetch(&self, token: u64, keys: Vec<Key>, want: Want) {
        self.tell(match self.look_up(keys, want) {
            Ok((fetched, target)) => Event::Fetched {
                token,
                fetched,
                target: target.map(Box::new),
            },
            Err(error) => Event::FetchFailed {
                token,
                words: error.to_string(),
            },
        });
    }

    fn look_up(
        &self,
        mut keys: Vec<Key>,
        want: Want,
    ) -> Result<(working_set::Fetched, Option<Target>), StoreError> {
        let read = self.vault.read();
        let unsaved: Vec<&Act> = self.unsaved.iter().collect();
        let target = match want {
            Want::Nothing => None,
            Want::Entries(circle, join) => {
                keys.extend(working_set::entries(read, circle, join)?);
                None
            }
            // What is only in memory is not known: whoever asks would take it for saved.
            Want::Known(id) => read.act(id)?.map(|act| Target {
                origin: id,
                act,
                long: false,
            }),
            Want::Act(id) => history::named(read, &unsaved, id)?,
            Want::Undo(reach) => history::to_undo(read, &unsaved, reach)?,
            Want::Redo(reach) => history::to_redo(read, &unsaved, reach)?,
        };
        if let Some(target) = target.as_ref().filter(|target| !target.long) {
            keys.extend(target.act.changes.iter().map(|change| change.key));
        }
        let mut fetched = working_set::fetch(read, &keys)?;
        for change in unsaved.iter().flat_map(|act| &act.changes) {
            if let Some(found) = fetched.get_mut(&change.key) {
                *found = working_set::after(change)?.map(Box::new);
            }
        }
        Ok((fetched, target))
    }

    fn commit(&mut self, act: Act, keep: bool) {
        let id = act.id;
        if !self.unsaved.is_empty() {
            if keep && self.unsaved.len() < MOST_UNSAVED {
                self.unsaved.push_back(act);
                self.retry();
            } else {
                let waiting = self.unsaved.len();
                let words = format!(
                    "{waiting} changes wait to be saved; this one was not taken, make room on the disk first"
                );
                let why = Rejected::Words(words);
                self.tell(Event::Rejected { id, why });
            }
            return;
        }
        let kept = keep.then(|| act.clone());
        match (self.save(act), kept) {
            (Ok(act), _) => self.tell(Event::Committed(Box::new(act))),
            (Err(error), Some(act)) if error.may_pass() => {
                self.unsaved.push_back(act);
                let (waiting, why) = (1, error.to_string());
                self.tell(Event::NotSaved { waiting, why });
            }
            (Err(error), _) => {
                let why = error.into();
                self.tell(Event::Rejected { id, why });
            }
        }
    }

    /// Its documents are not kept: what cannot be saved now is refused.
    fn commit_long(&mut self, act: Act, mut added: Box<dyn Iterator<Item = ChangeText> + Send>) {
        let id = act.id;
        if !self.unsaved.is_empty() {
            let words = "changes wait to be saved; this was not taken, make room on the disk first";
            let why = Rejected::Words(words.to_owned());
            self.tell(Event::Rejected { id, why });
            return;
        }
        match self.save_by(|store| store.commit_long(act, &mut added)) {
            Ok(act) => {
                self.asking.forget();
                self.tell(Event::Committed(Box::new(act)));
            }
            Err(error) => {
                let words = match error {
                    StoreError::Conflict { .. } | StoreError::Busy { .. } | StoreError::Exists(_) => {
                        "something else was saved at the same moment; nothing of this was taken, repeat it"
                            .to_owned()
                    }
                    error => error.to_string(),
                };
                let why = Rejected::Words(words);
                self.tell(Event::Rejected { id, why });
            }
        }
    }

    fn save(&mut self, act: Act) -> Result<Act, StoreError> {
        self.save_by(|store| store.commit(act))
    }

    fn save_by(
        &mut self,
        commit: impl FnOnce(&mut dyn Store) -> Result<Act, StoreError>,
    ) -> Result<Act, StoreError> {
        let made = self.vault.make()?;
        if made {
            self.tell(Event::Created);
        }
        let act = commit(self.vault.store_mut())?;
        self.asking.changed(&act);
        self.since_sync += 1;
        let ended = act
            .changes
            .iter()
            .any(|change| change.key.kind == Kind::Live && change.after.is_none());
        if ended || self.since_sync >= SYNC_EVERY {
            self.since_sync = 0;
            // The act is in the journal, which is synced; the database catches up at the next sync.
            let _ = self.vault.store_mut().sync();
        }
        Ok(act)
    }

    /// Tries again to save what is only in memory.
    fn retry(&mut self) {
        while let Some(act) = self.unsaved.front().cloned() {
            let id = act.id;
            match self.save(act) {
                Ok(act) => self.tell(Event::Committed(Box::new(act))),
                Err(error) if error.may_pass() => {
                    let (waiting, why) = (self.unsaved.len(), error.to_string());
                    self.tell(Event::NotSaved { waiting, why });
                    return;
                }
                Err(error) => {
                    let why = error.into();
                    self.tell(Event::Rejected { id, why });
                }
            }
            self.unsaved.pop_front();
        }
        self.tell(Event::SavedAgain);
    }

    fn idle(&mut self) {
        if !self.unsaved.is_empty() {
            self.retry();
            return;
        }
        self.asking.rest();
        if self.snapshots {
            // A snapshot that fails is tried again in a minute; the journal has everything.
            let _ = self.vault.snapshot_if_due(self.clock.now());
        }
    }

    fn erase(&mut self, act: Act, what: &EraseTarget) -> Result<(Box<Act>, Vec<Key>), StoreError> {
        if !self.unsaved.is_empty() {
            let words = "changes wait to be saved; nothing was erased, make room on the disk first";
            return Err(StoreError::Other(words.to_owned()));
        }
        let plan = erase::plan(self.vault.read(), what, act.at)?;
        if *what == EraseTarget::OldNotes && plan.remove.is_empty() {
            return Ok((Box::new(act), Vec::new()));
        }
        let act = self.vault.erase(act, &plan)?;
        self.asking.forget();
        Ok((Box::new(act), plan.remove))
    }

    fn checked(&mut self, report: &Report) {
        if report.findings.is_empty() {
            return;
        }
        if let Some(words) = self.vault.repair(report, self.clock.now()) {
            self.tell(Event::Repaired(words));
        }
    }

    fn close(mut self, end: End) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(checking) = self.checking.take() {
            // It ends at its next step; a fault in it has left its own report.
            let _ = checking.join();
        }
        if !self.unsaved.is_empty() {
            self.retry();
        }
        let at = self.clock.now();
        // What was acknowledged is in the journal; the next start replays what is missing.
        let _ = self.vault.close(at, end);
    }
}
