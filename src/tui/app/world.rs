//! What the loop waits for beside keys: the engine, and files that are read or written aside.

use std::cell::Cell;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::command::Command;
use crate::command::keymap::Keymap;
use crate::domain::clock::{Moment, Zone};
use crate::domain::floor::{Floor, FloorMove};
use crate::domain::room::RoomClock;
use crate::domain::state::State;
use crate::engine::news::{Saving, Ticket};
use crate::engine::query::Query;
use crate::engine::runtime::Source;
use crate::engine::{Engine, EraseTarget};
use crate::tui::app::Told;
use crate::tui::app::files::Back;
use crate::tui::port::{Port, Reads};

/// The engine with one instant a turn, and what comes back from files.
pub struct World {
    pub(crate) engine: Engine,
    /// The keys that are in force.
    keymap: Keymap,
    now: Cell<Moment>,
    /// Whether the store was given to others while this process is stopped.
    released: bool,
    back: UnboundedReceiver<Back>,
    pub(super) sender: UnboundedSender<Back>,
}

impl World {
    /// Around an engine that was opened, with these keys.
    pub fn new(engine: Engine, keymap: Keymap) -> Self {
        let (sender, back) = unbounded_channel();
        let now = Cell::new(engine.now());
        Self {
            engine,
            keymap,
            now,
            released: false,
            back,
            sender,
        }
    }

    /// Reads the clock. Everything in this turn sees the same instant.
    pub(crate) fn begin_turn(&self) {
        self.now.set(self.engine.now());
    }

    /// The instant of this turn.
    pub(super) const fn instant(&self) -> Moment {
        self.now.get()
    }

    pub(crate) const fn turn(&mut self) -> Turn<'_> {
        let now = self.now.get();
        Turn {
            engine: &mut self.engine,
            keymap: &mut self.keymap,
            now,
        }
    }

    pub(crate) const fn still(&self) -> Still<'_> {
        Still {
            engine: &self.engine,
            keymap: &self.keymap,
            now: self.now.get(),
        }
    }

    /// Gives the store to others before this process is stopped.
    pub(crate) fn release(&mut self) {
        self.released = self.engine.release();
    }

    /// Takes the store again, if it was given away.
    pub(crate) fn regain(&mut self) {
        if std::mem::take(&mut self.released) {
            self.engine.regain();
        }
    }

    /// How many acts are only in memory.
    pub fn unsaved(&self) -> usize {
        match self.engine.saving() {
            Saving::Unsaved(count) => *count,
            Saving::Clean | Saving::Saved(_) | Saving::Waiting | Saving::ReadOnly(_) => 0,
        }
    }

    /// Ends: everything is saved already; the store is closed.
    pub fn close(self) -> bool {
        self.engine.close()
    }
}

impl Source for World {
    type News = Told;

    async fn next(&mut self) -> Told {
        tokio::select! {
            news = self.engine.next() => Told::News(news),
            Some(back) = self.back.recv() => Told::Back(back),
        }
    }

    fn now(&self) -> Moment {
        self.engine.now()
    }

    fn speed(&self) -> f64 {
        self.engine.speed()
    }
}

/// The engine in a turn that may change something.
pub struct Turn<'a> {
    /// What is read and asked.
    pub engine: &'a mut Engine,
    /// The keys that are in force.
    pub keymap: &'a mut Keymap,
    /// The instant of this turn of the loop.
    pub now: Moment,
}

/// The engine while a frame is drawn.
pub struct Still<'a> {
    /// What is read and asked.
    pub engine: &'a Engine,
    /// The keys that are in force.
    pub keymap: &'a Keymap,
    /// The instant of this turn of the loop.
    pub now: Moment,
}

/// Reading is the same whether one may change something or not.
macro_rules! reads {
    ($name:ident) => {
        impl Reads for $name<'_> {
            fn keymap(&self) -> &Keymap {
                self.keymap
            }
            fn state(&self) -> &State {
                self.engine.state()
            }
            fn floor(&self) -> Option<&Floor> {
                self.engine.floor()
            }
            fn now(&self) -> Moment {
                self.now
            }
            fn zone(&self) -> Zone {
                self.engine.zone()
            }
            fn saving(&self) -> &Saving {
                self.engine.saving()
            }
            fn is_owner(&self) -> bool {
                self.engine.is_owner()
            }
            fn room_clock(&self) -> RoomClock {
                self.engine.room_clock()
            }
            fn is_off_record(&self) -> bool {
                self.engine.is_off_record()
            }
            fn drafts(&self) -> Vec<(String, String)> {
                let drafts = self.engine.drafts().iter();
                drafts
                    .map(|(name, text)| (name.clone(), text.clone()))
                    .collect()
            }
        }
    };
}
reads!(Turn);
reads!(Still);

impl Port for Turn<'_> {
    fn submit(&mut self, command: Command) -> Ticket {
        self.engine.submit(command)
    }
    fn fill_bank(&mut self) -> Option<Ticket> {
        self.engine.fill_bank()
    }
    fn ask(&mut self, query: Query) -> Ticket {
        self.engine.ask(query)
    }
    fn floor_move(&mut self, change: FloorMove) {
        self.engine.floor_move(change);
    }
    fn erase(&mut self, target: EraseTarget) -> Ticket {
        self.engine.erase(target)
    }
    fn keep_draft(&mut self, name: &str, text: &str) {
        self.engine.set_draft(name, text);
    }
    fn resumed(&mut self) {
        self.engine.resumed();
    }
    fn blank(&mut self, blanked: bool) {
        self.engine.blank(blanked);
    }
    fn set_room_clock(&mut self, clock: RoomClock) {
        self.engine.set_room_clock(clock);
    }
    fn mask_room(&mut self, masked: bool) {
        self.engine.mask_room(masked);
    }
    fn off_record(&mut self, on: bool) {
        self.engine.off_record(on);
    }
    fn set_keymap(&mut self, keymap: Keymap) {
        *self.keymap = keymap;
    }
}
