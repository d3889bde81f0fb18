//! The engine: the headless application. State, store, clock and the socket that lets other processes
//! of the same user take part. It knows no terminal.
//!
//! Every front-end does the same three things: submits a [`Command`], asks a [`Query`], and reads the
//! [`News`]. Whether the store is owned by this process or by another makes no difference to it.
//!
//! One thread owns the store (`writer`). Everything that threads and other processes have to say
//! arrives in one channel, which [`Engine::next`] reads; nothing happens behind the front-end's back.

#[cfg(not(unix))]
mod alone;
mod aside;
mod bank;
pub mod book_record;
pub mod build;
pub mod care;
pub mod clock;
mod demo;
#[cfg(unix)]
pub mod demos;
mod end;
mod erase;
mod erasing;
mod event;
mod floor;
pub mod glance;
mod handle;
mod history;
mod jobs;
pub mod news;
mod options;
#[cfg(unix)]
mod owner;
#[cfg(unix)]
pub mod place;
pub mod plan_file;
mod queries;
pub mod query;
mod record;
pub mod rehearsal;
pub mod remote;
mod rest;
mod room;
pub mod runtime;
#[cfg(test)]
mod tests;
mod unlocked;
mod voters;
mod wire;
mod working_set;
mod writer;

#[cfg(test)]
pub(crate) use demo::world as demo_world;

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::command::{Command, Refusal};
use crate::domain::change::{Author, Change};
use crate::domain::clock::{Moment, Zone};
use crate::domain::floor::{Floor, FloorMove};
use crate::domain::id::{ActId, Ids};
use crate::domain::room::RoomClock;
use crate::domain::state::State;
use crate::engine::aside::Aside;
use crate::engine::clock::{Gap, Reading, seed};
use crate::engine::event::Event;
use crate::engine::jobs::{Desk, Job, Origin};
use crate::engine::news::{News, Opened, Saving, Ticket};
use crate::engine::query::Query;
use crate::engine::working_set::Scope;
use crate::engine::writer::{How, Source, Writer};
use crate::store::Memory;

pub use crate::engine::erase::{ERASED, EraseTarget};
pub use crate::engine::options::{Mode, Options};
pub use crate::engine::record::OFF_RECORD;
/// Whether a panic was caught inside the store and mended; a panic hook leaves such a one alone.
pub use crate::store::is_contained;

/// Commands that may wait while the store is being opened.
const MOST_WAITING: usize = 64;

/// How the store is reached.
#[derive(Debug)]
enum Link {
    /// Not yet known.
    Seeking,
    /// This process owns it.
    Here(Writer),
    /// Through the process that owns it.
    #[cfg(unix)]
    There(remote::Line),
    /// Not at all.
    Nowhere,
}

/// The clock readings, and what was odd about them since the last news.
#[derive(Debug)]
struct Watch {
    last: Cell<Reading>,
    gaps: RefCell<Vec<Gap>>,
}

/// The headless application.
pub struct Engine {
    options: Options,
    state: State,
    saving: Saving,
    link: Link,
    /// Where requests go while the way to the store is sought.
    seeking: Option<Writer>,
    /// Ends what the thread of the store does without being asked.
    stop: Arc<AtomicBool>,
    events: UnboundedReceiver<Event>,
    sender: UnboundedSender<Event>,
    news: VecDeque<News>,
    desk: Desk,
    aside: Aside,
    /// What was last handed over to be written beside the store.
    written: Option<Vec<u8>>,
    watch: Watch,
    opened: bool,
    /// Since when a session waits for an answer after an interruption.
    held: Option<Moment>,
    /// Whether the room view is blanked.
    blanked: bool,
    /// What the clock of the room view shows.
    room_clock: RoomClock,
    /// How the room view calls people.
    room_naming: crate::domain::names::Naming,
    /// What a store that is thrown away begins with.
    copy: Vec<Change>,
    before: Option<crate::domain::id::RunId>,
    /// How much is read at the start.
    scope: Scope,
    retry: Duration,
    #[cfg(unix)]
    owner: owner::Owner,
    /// How long an owner may be silent.
    #[cfg(unix)]
    silence: remote::Silence,
    #[cfg(unix)]
    incoming: Option<State>,
    /// Whether the state of an owner is expected for the first time.
    #[cfg(unix)]
    joining: bool,
}

impl Engine {
    /// Opens a store. Returns at once; [`News::Opened`] comes when the state is complete. Commands
    /// that are submitted before wait.
    pub fn open(options: Options) -> Self {
        let source = match options.mode {
            Mode::Normal | Mode::Demo(_) | Mode::Rehearsal => Source::Folder(options.store.clone()),
            Mode::ReadOnly => Source::ReadOnly(options.store.clone()),
            Mode::Memory => Source::Given(Box::new(Memory::new())),
        };
        Self::start(options, source, (writer::RETRY, Scope::All))
    }

    /// Opens a store for one short command that only writes rows down or asks: reads circles, people and sessions
    /// at the start, but neither actions nor parked items nor what was written in sessions. Others wait until it
    /// is closed instead of working through it.
    pub fn open_frame(options: Options) -> Self {
        let source = match options.mode {
            Mode::Normal => Source::Folder(options.store.clone()),
            Mode::ReadOnly | Mode::Demo(_) | Mode::Rehearsal | Mode::Memory => {
                return Self::open(options);
            }
        };
        Self::start(options, source, (writer::RETRY, Scope::Frame))
    }

    /// Works on a store that is given, and tries to save again after `retry`.
    #[cfg(any(test, feature = "testing"))]
    pub fn over(store: Box<dyn crate::store::Store>, options: Options, retry: Duration) -> Self {
        Self::start(options, Source::Given(store), (retry, Scope::All))
    }

    fn start(options: Options, source: Source, (retry, scope): (Duration, Scope)) -> Self {
        let (sender, events) = unbounded_channel();
        let last = Cell::new(options.clock.read());
        let mut engine = Self {
            options,
            state: State::default(),
            saving: Saving::Clean,
            link: Link::Seeking,
            seeking: None,
            stop: Arc::default(),
            events,
            sender,
            news: VecDeque::new(),
            desk: Desk::default(),
            aside: Aside::default(),
            written: None,
            watch: Watch {
                last,
                gaps: RefCell::default(),
            },
            opened: false,
            held: None,
            blanked: false,
            room_clock: RoomClock::default(),
            room_naming: crate::domain::names::Naming::Full,
            copy: Vec::new(),
            before: None,
            scope,
            retry,
            #[cfg(unix)]
            owner: owner::Owner::default(),
            #[cfg(unix)]
            silence: remote::Silence::default(),
            #[cfg(unix)]
            incoming: None,
            #[cfg(unix)]
            joining: false,
        };
        engine.seek(source);
        engine
    }

    /// Looks for a way to the store on a thread of its own.
    fn seek(&mut self, source: Source) {
        self.stop = Arc::default();
        let (writer, requests) = writer::requests();
        let how = How {
            source,
            via: self.options.by.via,
            scope: self.scope,
            clock: self.options.clock.clone(),
            retry: self.retry,
            patience: if self.opened && self.is_app() {
                writer::LONG_PATIENCE
            } else {
                writer::PATIENCE
            },
            stop: Arc::clone(&self.stop),
            socket: self.socket(),
        };
        self.link = Link::Seeking;
        self.seeking = Some(writer.clone());
        writer::spawn(how, self.sender.clone(), (writer, requests));
    }

    #[cfg(unix)]
    fn socket(&self) -> Option<PathBuf> {
        place::socket(self.options.runtime.as_deref(), &self.options.store).ok()
    }

    #[cfg(not(unix))]
    fn socket(&self) -> Option<PathBuf> {
        None
    }

    /// The documents.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Who speaks and who waits, if a session runs.
    pub const fn floor(&self) -> Option<&Floor> {
        self.aside.floor.as_ref()
    }

    /// Now. Read it once for each turn of the loop.
    pub fn now(&self) -> Moment {
        let reading = self.options.clock.read();
        let gaps = reading.gaps(&self.watch.last.replace(reading));
        self.watch.gaps.borrow_mut().extend(gaps);
        self.options.clock.at(&reading)
    }

    /// Where people read clocks.
    pub const fn zone(&self) -> Zone {
        self.options.zone
    }

    /// Whether this process has the store, and not another one it works through.
    pub const fn is_owner(&self) -> bool {
        matches!(self.link, Link::Here(_))
    }

    /// How many times faster than a wall clock circlet's time goes.
    pub const fn speed(&self) -> f64 {
        self.options.clock.speed()
    }

    /// Which front-end this is.
    pub const fn by(&self) -> Author {
        self.options.by
    }

    /// Whether the state is complete.
    pub const fn is_open(&self) -> bool {
        self.opened
    }

    /// Whether everything is on disk.
    pub const fn saving(&self) -> &Saving {
        &self.saving
    }

    /// Carries a command out. If this process owns the store and everything that the command needs is
    /// in memory, the state shows the change when this returns.
    pub fn submit(&mut self, command: Command) -> Ticket {
        self.submit_by(command, self.options.by)
    }

    fn submit_by(&mut self, command: Command, by: Author) -> Ticket {
        let ticket = self.desk.ticket();
        if !self.opened && self.desk.jobs.len() >= MOST_WAITING {
            let refusal = Refusal::new("circlet is still opening its store; try that once more");
            self.news.push_back(News::Refused { ticket, refusal });
            return ticket;
        }
        let id = ActId(Ids::new(self.options.clock.now(), seed()).make());
        let mut job = Job::new(Origin::Local(ticket), (id, by), command);
        job.seen = self.seen(&job.command);
        self.desk.jobs.push_back(job);
        self.pump();
        ticket
    }

    /// Moves on the floor. Nobody's turn is history, so there is nothing to wait for.
    pub fn floor_move(&mut self, change: FloorMove) {
        match &self.link {
            #[cfg(unix)]
            Link::There(line) => line.send(wire::ToOwner::Floor(change)),
            Link::Here(_) => self.make_floor_move(change),
            Link::Seeking | Link::Nowhere => {}
        }
    }

    /// Asks the store.
    pub fn ask(&mut self, query: Query) -> Ticket {
        let ticket = self.desk.ticket();
        self.send_query(Origin::Local(ticket), query);
        ticket
    }

    /// Erases for good; the one thing that cannot be taken back. Rows of a running session are hidden
    /// at once and erased when it is wrapped up.
    pub fn erase(&mut self, what: EraseTarget) -> Ticket {
        let ticket = self.desk.ticket();
        self.send_erase(Origin::Local(ticket), what);
        ticket
    }

    /// The next thing a front-end should know. Can be dropped and called again at any time without
    /// losing anything. Must be called from a tokio runtime.
    pub async fn next(&mut self) -> News {
        loop {
            self.tell_gaps();
            if let Some(news) = self.news.pop_front() {
                return news;
            }
            match self.events.recv().await {
                Some(event) => self.handle(event),
                None => std::future::pending().await,
            }
        }
    }

    fn tell_gaps(&mut self) {
        self.now();
        for gap in self.watch.gaps.take() {
            self.news.push_back(match gap {
                Gap::Slept(span) => News::Slept(span),
                Gap::Stepped(span) => News::Stepped(span),
            });
        }
    }

    fn open_news(&mut self, opened: Opened) {
        self.opened = true;
        self.news.push_back(News::Opened(opened));
        self.pump();
    }
}
