//! The running application: the shell, the engine, and what only the outside can do for them.

mod outside;
mod wishes;

use std::collections::BTreeMap;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::command::Command;
use crate::command::key::Key;
use crate::config::{Bell, Paths};
use crate::domain::clock::{Moment, Zone};
use crate::domain::floor::{Floor, FloorMove};
use crate::domain::state::State;
use crate::engine::news::{News, Saving, Ticket};
use crate::engine::query::Query;
use crate::engine::{Engine, EraseTarget};
use crate::tui::app::outside::{Export, Outside};
use crate::tui::port::{Port, Reads};
use crate::tui::shell::{Setup, Shell};

/// What the loop is told beside keys.
#[derive(Debug)]
pub enum Event {
    /// From the engine.
    News(News),
    /// From a file that was read or written.
    Outside(Outside),
}

/// What the loop has to do for the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    /// End.
    Quit,
    /// Hide until the shell brings the program back.
    Suspend,
    /// Clear and paint everything.
    Redraw,
    /// Ring, or flash.
    Bell(Bell),
    /// Put text on the clipboard of the terminal.
    Copy(String),
    /// End, and open the demo instead.
    Demo,
}

/// Settings of the application beside those of the shell.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where files are.
    pub paths: Paths,
    /// What happens when time is up.
    pub bell: Bell,
    /// Makes the styles of a theme by its name; says what is wrong with it.
    pub look: super::start::Look,
}

/// Shell and engine together.
pub struct App {
    shell: Shell,
    engine: Engine,
    settings: Settings,
    now: Moment,
    exports: BTreeMap<Ticket, Export>,
    errands: Vec<Errand>,
    outside: UnboundedReceiver<Outside>,
    sender: UnboundedSender<Outside>,
}

/// The engine as it is in one turn of the loop: with one instant for everything.
struct Turn<'a> {
    engine: &'a mut Engine,
    now: Moment,
}

/// The same for drawing, which changes nothing.
struct Still<'a> {
    engine: &'a Engine,
    now: Moment,
}

impl App {
    /// Puts a shell and an engine together.
    pub fn new(setup: Setup, engine: Engine, settings: Settings) -> Self {
        let (sender, outside) = unbounded_channel();
        let now = engine.now();
        Self {
            shell: Shell::new(setup),
            engine,
            settings,
            now,
            exports: BTreeMap::new(),
            errands: Vec::new(),
            outside,
            sender,
        }
    }

    /// Reads the clock; called once at the beginning of each turn of the loop.
    pub fn begin_turn(&mut self) -> Moment {
        self.now = self.engine.now();
        self.now
    }

    /// A key was pressed.
    pub fn key(&mut self, key: Key) {
        let now = self.now;
        self.shell.key(key, &mut Turn { engine: &mut self.engine, now });
        self.settle();
    }

    /// Text was pasted.
    pub fn paste(&mut self, text: &str) {
        let now = self.now;
        self.shell.paste(text, &mut Turn { engine: &mut self.engine, now });
        self.settle();
    }

    /// A deadline has come.
    pub fn woke(&mut self) {
        let now = self.now;
        self.shell.woke(&mut Turn { engine: &mut self.engine, now });
        self.settle();
    }

    /// What happens next outside. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Event {
        tokio::select! {
            news = self.engine.next() => Event::News(news),
            Some(outside) = self.outside.recv() => Event::Outside(outside),
        }
    }

    /// Something happened.
    pub fn happened(&mut self, event: Event) {
        match event {
            Event::News(news) => self.told(&news),
            Event::Outside(outside) => self.came_back(outside),
        }
        self.settle();
    }

    fn told(&mut self, news: &News) {
        if let News::Answered { ticket, answer } = news
            && let Some(export) = self.exports.remove(ticket)
        {
            return self.write_minutes(export, answer);
        }
        let now = self.now;
        self.shell.told(news, &mut Turn { engine: &mut self.engine, now });
    }

    /// Turns wishes of the shell into errands, or carries them out.
    fn settle(&mut self) {
        for wish in self.shell.take_wishes() {
            self.wish(wish);
        }
    }

    /// What the loop has to do, once.
    pub fn take_errands(&mut self) -> Vec<Errand> {
        std::mem::take(&mut self.errands)
    }

    /// When something shown changes next without a key.
    pub fn next_wakeup(&self) -> Option<Moment> {
        self.shell.next_wakeup(&Still { engine: &self.engine, now: self.now })
    }

    /// The real time until an instant: circlet's clock may run faster.
    pub fn until(&self, at: Moment) -> std::time::Duration {
        self.engine.until(at)
    }

    /// A number that is the same exactly as long as the picture is.
    pub fn fingerprint(&self) -> (u64, u64, i64, Saving) {
        let shown = self
            .engine
            .state()
            .running()
            .map_or_else(
                || self.now.millis().div_euclid(60_000),
                |(_, _, live)| live.left(self.now).shown_secs(),
            );
        (self.engine.state().rev(), self.shell.rev(), shown, self.engine.saving().clone())
    }

    /// Draws everything.
    pub fn draw(&self, frame: &mut ratatui::Frame<'_>) {
        let still = Still { engine: &self.engine, now: self.now };
        let area = frame.area();
        if let Some(caret) = self.shell.draw(area, frame.buffer_mut(), &still) {
            frame.set_cursor_position(caret);
        }
    }

    /// Whether the room view is on screen, so that the window is named accordingly.
    pub const fn shows_room(&self) -> bool {
        self.shell.shows_room()
    }

    /// Ends: everything is saved already; the store is closed.
    pub fn close(self) -> bool {
        self.engine.close()
    }
}

/// Reading is the same whether one may change something or not.
macro_rules! reads {
    ($name:ident) => {
        impl Reads for $name<'_> {
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
            fn drafts(&self) -> Vec<(String, String)> {
                let drafts = self.engine.drafts().iter();
                drafts.map(|(name, text)| (name.clone(), text.clone())).collect()
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
}
