//! What a command works with: the engine, asked one thing at a time, and who is asking.

pub(super) mod documents;
mod find;

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use tokio::runtime::{Builder, Runtime};

use crate::cli::args::Global;
use crate::cli::error::{CliError, sentence};
use crate::cli::name;
use crate::cli::place::{self, Place};
use crate::cli::rows::View;
use crate::command::Command;
use crate::domain::change::{Act, Author, Via};
use crate::domain::circle::Circle;
use crate::domain::clock::{Moment, Zone};
use crate::domain::floor::Floor;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::roster::Member;
use crate::domain::state::State;
use crate::domain::when::{Order, Seen};
use crate::engine::clock;
use crate::engine::news::{News, Saving, Ticket};
use crate::engine::query::{Answer, Query};
use crate::engine::{Engine, EraseTarget, Mode, Options};

/// The engine as a command uses it: open, ask, do, close.
pub(super) struct Desk {
    engine: Engine,
    runtime: Runtime,
    fetched: State,
    /// What was asked ahead and answered, or why it was not.
    early: BTreeMap<Ticket, Result<Answer, String>>,
    me: Option<String>,
    dates: Order,
    asked_to_read: bool,
}

impl Desk {
    /// Opens the store, or the way to the process that owns it. Reading never makes a store.
    /// Without `rows` neither actions nor parked items are in memory, nor what was written in sessions.
    pub(super) fn open(global: &Global, place: &Place, rows: bool) -> Result<Self, CliError> {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| CliError::store(format!("circlet could not start: {error}.")))?;
        let clock = place::clock(global);
        let by = Author {
            via: Via::Cli,
            run: clock::run_id(clock.now()),
        };
        let mode = if global.read_only {
            Mode::ReadOnly
        } else {
            Mode::Normal
        };
        let options = Options {
            store: place.paths.store.clone(),
            mode,
            by,
            clock,
            zone: place.zone(),
            runtime: Some(place.paths.runtime.clone()),
        };
        let guard = runtime.enter();
        let engine = if rows {
            Engine::open(options)
        } else {
            Engine::open_frame(options)
        };
        drop(guard);
        let mut desk = Self {
            engine,
            runtime,
            fetched: State::default(),
            early: BTreeMap::new(),
            me: place.me().map(str::to_owned),
            dates: place.config.dates,
            asked_to_read: global.read_only,
        };
        desk.wait_until_open()?;
        Ok(desk)
    }

    fn wait_until_open(&mut self) -> Result<(), CliError> {
        loop {
            match self.next() {
                News::Opened(_) => return Ok(()),
                News::CannotOpen(words) => return Err(CliError::store(sentence(&words))),
                _ => {}
            }
        }
    }

    fn next(&mut self) -> News {
        let Self {
            engine, runtime, ..
        } = self;
        runtime.block_on(engine.next())
    }

    /// Who has the floor in the running session of a circle.
    pub(super) fn speaking(&self, circle: CircleId) -> Option<MemberId> {
        let (running, ..) = self.state().running()?;
        let floor = self.engine.floor().filter(|_| running == circle)?;
        floor.speaker
    }

    /// Who speaks and who waits in the running session, as far as it is known here.
    pub(super) fn floor(&self) -> Option<&Floor> {
        self.engine.floor()
    }

    /// Why the store can only be read, where nobody asked for that.
    pub(super) fn only_reads(&self) -> Option<String> {
        match self.engine.saving() {
            Saving::ReadOnly(why) if !self.asked_to_read => Some(why.clone()),
            _ => None,
        }
    }

    /// What is known without asking.
    pub(super) fn state(&self) -> &State {
        self.engine.state()
    }

    /// Now, for everything this command does.
    pub(super) fn now(&self) -> Moment {
        self.engine.now()
    }

    /// Where people read clocks.
    pub(super) fn zone(&self) -> Zone {
        self.engine.zone()
    }

    /// From where a date that somebody writes is seen.
    pub(super) fn seen(&self) -> Seen {
        Seen {
            today: self.now().date(self.zone()),
            order: self.dates,
        }
    }

    /// Now, and the order of day and month.
    pub(super) fn asked_at(&self) -> (Moment, Order) {
        (self.now(), self.dates)
    }

    /// Now on the wall, and the order of day and month.
    pub(super) fn wall(&self) -> (NaiveDateTime, Order) {
        (self.now().local(self.zone()), self.dates)
    }

    /// What rows are written against.
    pub(super) fn view(&self) -> View<'_> {
        let (now, zone) = (self.now(), self.zone());
        View {
            state: self.state(),
            fetched: &self.fetched,
            now,
            zone,
            today: now.date(zone),
        }
    }

    /// Who the configuration says is asking.
    pub(super) fn me(&self) -> Option<&str> {
        self.me.as_deref()
    }

    /// The circle that `--circle` means, else the only one.
    pub(super) fn circle(&self, global: &Global) -> Result<&Circle, CliError> {
        name::circle(self.state(), global.circle.as_deref())
    }

    /// Somebody of a circle.
    pub(super) fn person(&self, circle: CircleId, named: &str) -> Result<&Member, CliError> {
        let state = self.state();
        let circle = state
            .circle(circle)
            .ok_or_else(|| CliError::failed("That circle is gone."))?;
        name::person(state, circle, named, self.me())
    }

    /// Whoever asks, as a member of a circle.
    pub(super) fn me_in(&self, circle: CircleId) -> Result<Option<MemberId>, CliError> {
        let me = self.me().ok_or_else(name::no_me)?;
        Ok(name::me_in(self.state(), circle, me).map(|member| member.id))
    }

    /// Whether the bank never had a question, in a store that has no circle yet either.
    pub(super) fn bank_is_new(&self) -> bool {
        self.engine.bank_is_new() && self.state().circles().next().is_none()
    }

    /// Puts the questions that come with circlet into a bank that is new.
    pub(super) fn fill_bank(&mut self) -> Result<Option<Act>, CliError> {
        if !self.bank_is_new() {
            return Ok(None);
        }
        let ticket = self.engine.fill_bank();
        ticket.map(|ticket| self.wait(ticket)).transpose()
    }

    /// Does something and waits until it is on disk.
    pub(super) fn run(&mut self, command: Command) -> Result<Act, CliError> {
        let ticket = self.engine.submit(command);
        self.wait(ticket)
    }

    fn wait(&mut self, ticket: Ticket) -> Result<Act, CliError> {
        loop {
            match self.next() {
                News::Done { ticket: of, act } if of == ticket => return Ok(*act),
                News::Refused {
                    ticket: of,
                    refusal,
                } if of == ticket => return Err(refusal.into()),
                other => self.told(ticket, other)?,
            }
        }
    }

    /// Asks the store.
    pub(super) fn ask(&mut self, query: Query) -> Result<Answer, CliError> {
        let ticket = self.ask_ahead(query);
        self.answer(ticket)
    }

    /// Asks the store for what is needed later: [`answer`](Self::answer) waits for it.
    pub(super) fn ask_ahead(&mut self, query: Query) -> Ticket {
        self.engine.ask(query)
    }

    /// Waits for what was asked.
    pub(super) fn answer(&mut self, ticket: Ticket) -> Result<Answer, CliError> {
        loop {
            if let Some(early) = self.early.remove(&ticket) {
                return early.map_err(|words| CliError::failed(sentence(&words)));
            }
            let news = self.next();
            self.told(ticket, news)?;
        }
    }

    /// Removes something for good.
    pub(super) fn erase(&mut self, target: EraseTarget) -> Result<String, CliError> {
        let ticket = self.engine.erase(target);
        loop {
            match self.next() {
                News::Erased { ticket: of, words } if of == ticket => return Ok(words),
                News::Refused {
                    ticket: of,
                    refusal,
                } if of == ticket => return Err(refusal.into()),
                other => self.told(ticket, other)?,
            }
        }
    }

    /// What else may arrive while something is waited for: what ends the wait, and answers that are kept until they
    /// are waited for.
    fn told(&mut self, ticket: Ticket, news: News) -> Result<(), CliError> {
        match news {
            News::Answered { ticket: of, answer } => {
                self.early.insert(of, Ok(*answer));
                Ok(())
            }
            News::Failed { ticket: of, words } if of == ticket => {
                Err(CliError::failed(sentence(&words)))
            }
            News::Failed { ticket: of, words } => {
                self.early.insert(of, Err(words));
                Ok(())
            }
            News::CannotOpen(words) => Err(CliError::store(sentence(&words))),
            News::NotSaved { why, .. } => Err(CliError::store(format!(
                "Not saved: {}\nNothing that was saved before is lost; ask again when it is mended.",
                sentence(&why)
            ))),
            _ => Ok(()),
        }
    }

    /// Ends the use of the store in order.
    pub(super) fn close(self) {
        let Self {
            engine, runtime, ..
        } = self;
        let _guard = runtime.enter();
        // Everything acknowledged is on disk already, whether or not the end came in time.
        let _in_time = engine.close();
    }
}

/// An answer of another kind than was asked for.
pub(super) fn unexpected() -> CliError {
    CliError::store(
        "The running circlet answers in a way this one does not know. Use the same version.",
    )
}
