//! A person at a keyboard: the real shell over the real engine, on a clock that stands until it is moved. Beside
//! the terminal nothing is missing: what the shell wishes for is carried out here or written down as an effect.

mod wishes;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tokio::runtime::Runtime;
use tokio::time::timeout;

use crate::command::Command;
use crate::command::id::{Arg, CommandId};
use crate::command::key::Key;
use crate::command::keymap::Keymap;
use crate::domain::change::{Author, Via};
use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::floor::Floor;
use crate::domain::state::State;
use crate::domain::when::Order;
use crate::engine::clock::{ManualClock, run_id};
use crate::engine::news::{News, Saving, Ticket};
use crate::engine::query::{Answer, LogRow, MOST_ROWS, Query};
use crate::engine::runtime::Source as _;
use crate::engine::{Engine, Mode, Options};
use crate::packs::demo::Names;
use crate::store::Memory;
use crate::testing::{Driven, Harness};
use crate::theme::glyphs::Glyphs;
use crate::theme::{Catalogue, ColorDepth, Styles};
use crate::tui::app::files::{Export, minutes_of, said};
use crate::tui::app::{Told, World};
use crate::tui::input::Pointer;
use crate::tui::messages::Note;
use crate::tui::shell::{Setup, Shell, Wish};
use crate::tui::view::ScreenId;

/// Thursday 12 March 2026, 15:31 in UTC.
const START: Moment = Moment::from_millis(1_773_329_460_000);
/// A person presses keys no faster than this.
const BETWEEN_KEYS: Span = Span::from_millis(250);
/// The two halves of a double click, each with its release, are no further apart than twice this.
const BETWEEN_CLICKS: Span = Span::from_millis(100);
/// Whatever is waited for comes within this, or the test has failed.
const LIMIT: Duration = Duration::from_secs(30);
/// How often a store that somebody still holds is opened; each time waits for a while.
const TRIES: usize = 20;

/// What there is at the beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Begin {
    /// Nothing: the welcome.
    #[default]
    Empty,
    /// The demo, with a session in the middle.
    Demo,
    /// The demo with names that are hard to draw.
    HardDemo,
}

/// A person at a keyboard.
pub struct Seat {
    // Dropped before the folder that it works in.
    world: Option<World>,
    runtime: Runtime,
    shell: Shell,
    clock: ManualClock,
    folder: tempfile::TempDir,
    mode: Mode,
    exports: BTreeMap<Ticket, Export>,
    effects: Vec<String>,
    settings: BTreeMap<&'static str, String>,
    /// Files that are still being read, on a disk that takes its time.
    slow: Option<Vec<Wish>>,
}

impl Harness<Seat> {
    /// The demo in memory, in the middle of its session.
    pub fn demo() -> Self {
        Self::new(Seat::new(Begin::Demo, false))
    }

    /// An empty store in memory, with the welcome.
    pub fn empty() -> Self {
        Self::new(Seat::new(Begin::Empty, false))
    }
}

impl Seat {
    /// Sits down. On disk everything is as in the program and survives [`Seat::restart`]; in memory nothing
    /// does, but it is faster.
    ///
    /// # Panics
    /// When the system gives no folder or no thread.
    pub fn new(begin: Begin, on_disk: bool) -> Self {
        let mode = match begin {
            Begin::Empty => Mode::Normal,
            Begin::Demo => Mode::Demo(Names::Friendly),
            Begin::HardDemo => Mode::Demo(Names::Hard),
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime needs nothing but a few file descriptors");
        let folder = tempfile::tempdir().expect("tests need a folder for temporary files");
        let mut seat = Self {
            world: None,
            runtime,
            shell: Shell::new(setup(mode, &BTreeMap::new())),
            clock: ManualClock::new(START),
            folder,
            mode,
            exports: BTreeMap::new(),
            effects: Vec::new(),
            settings: BTreeMap::new(),
            slow: None,
        };
        seat.open(on_disk);
        seat
    }

    /// Opens the store and waits until it is there, and free: on a busy machine whoever had it before may still hold it
    /// for a while, and it would only be read.
    fn open(&mut self, on_disk: bool) {
        for _ in 0..TRIES {
            self.open_once(on_disk);
            if !matches!(self.world_ref().engine.saving(), Saving::ReadOnly(_)) {
                return;
            }
            self.world = None;
        }
        panic!("somebody else holds the store");
    }

    fn open_once(&mut self, on_disk: bool) {
        let clock = self.clock.clock();
        let options = Options {
            store: self.folder.path().join("store"),
            mode: self.mode,
            by: Author {
                via: Via::App,
                run: run_id(clock.now()),
            },
            clock,
            zone: Zone::UTC,
            runtime: Some(self.folder.path().join("run")),
            leaves: false,
        };
        let _inside = self.runtime.enter();
        let engine = if on_disk {
            Engine::open(options)
        } else {
            Engine::over(Box::new(Memory::new()), options, Duration::from_millis(5))
        };
        self.world = Some(World::new(engine, Keymap::default()));
        while !self.world_ref().engine.is_open() {
            self.hear(LIMIT);
        }
    }

    /// The program is killed and started again over the same store, without the coach of a demo.
    pub fn restart(&mut self) {
        self.settle();
        {
            let _inside = self.runtime.enter();
            self.world = None;
        }
        self.begin_again();
    }

    fn begin_again(&mut self) {
        self.mode = Mode::Normal;
        self.shell = Shell::new(setup(self.mode, &self.settings));
        self.open(true);
        self.settle();
    }

    /// The program is left in good order and started again over the same store.
    pub fn reopen(&mut self) {
        self.settle();
        {
            let _inside = self.runtime.enter();
            if self.mode == Mode::Normal
                && let Some(world) = self.world.take()
            {
                world.close();
            }
            self.world = None;
        }
        self.begin_again();
    }

    /// The program is hidden and brought back; what `meanwhile` does finds the store free.
    pub fn hidden(&mut self, meanwhile: impl FnOnce(&Path)) {
        self.settle();
        {
            let _inside = self.runtime.enter();
            self.world_mut().release();
        }
        meanwhile(&self.folder.path().join("store"));
        {
            let _inside = self.runtime.enter();
            self.world_mut().regain();
        }
        while !self.hear(LIMIT) {}
        self.settle();
    }

    /// A key right after the one before, as a machine or a hand on the wrong keyboard types it.
    pub fn burst(&mut self, key: Key) {
        self.turn(|shell, world| shell.press(key, &mut world.turn()));
    }

    /// The room looks on, whatever was pressed before.
    pub fn show_room(&mut self) {
        if !self.shell.shows_room() {
            self.turn(|shell, world| shell.run(CommandId::RoomView, &Arg::None, &mut world.turn()));
        }
    }

    /// The computer sleeps.
    pub fn sleep(&mut self, span: Span) {
        self.clock.sleep(span);
        self.settle();
    }

    /// Somebody sets the wall clock.
    pub fn step(&mut self, span: Span) {
        self.clock.step(span);
        self.settle();
    }

    /// What reached the outside since the last call: `bell`, `copy: ...`, `quit`, `minutes: ...`.
    pub fn take_effects(&mut self) -> Vec<String> {
        std::mem::take(&mut self.effects)
    }

    /// The commands that were run since the program was started.
    pub fn ran(&self) -> BTreeSet<CommandId> {
        self.shell.ran().clone()
    }

    /// What the shell wanted remembered in the configuration.
    pub const fn settings(&self) -> &BTreeMap<&'static str, String> {
        &self.settings
    }

    /// Where files that are to be imported lie, and the store if it is on disk.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// The documents.
    pub fn state(&self) -> &State {
        self.world_ref().engine.state()
    }

    /// Who speaks, if a session runs.
    pub fn floor(&self) -> Option<&Floor> {
        self.world_ref().engine.floor()
    }

    /// The newest acts of the journal, newest first.
    ///
    /// # Panics
    /// When the engine does not answer.
    pub fn journal(&mut self) -> Vec<LogRow> {
        let query = Query::Log {
            circle: None,
            before: u64::MAX,
            limit: MOST_ROWS,
        };
        match self.ask(query) {
            Answer::Log { rows, .. } => rows,
            other => panic!("a log was asked for: {other:?}"),
        }
    }

    /// Somebody else writes to the same store, beside the shell.
    pub fn meanwhile(&mut self, command: Command) {
        self.settle();
        self.world_mut().engine.submit(command);
        self.settle();
    }

    /// Asks the store beside the shell.
    ///
    /// # Panics
    /// When the engine does not answer.
    pub fn ask(&mut self, query: Query) -> Answer {
        self.settle();
        let wanted = self.world_mut().engine.ask(query);
        loop {
            match self.next(LIMIT) {
                Some(Told::News(News::Answered { ticket, answer })) if ticket == wanted => {
                    return *answer;
                }
                Some(told) => self.told(told),
                None => panic!("the engine did not answer within {LIMIT:?}"),
            }
        }
    }

    fn world_ref(&self) -> &World {
        self.world
            .as_ref()
            .expect("only missing while it is opened afresh")
    }

    fn world_mut(&mut self) -> &mut World {
        self.world
            .as_mut()
            .expect("only missing while it is opened afresh")
    }

    fn next(&mut self, within: Duration) -> Option<Told> {
        let world = self
            .world
            .as_mut()
            .expect("only missing while it is opened afresh");
        let next = async { timeout(within, world.next()).await.ok() };
        self.runtime.block_on(next)
    }

    /// Takes one piece of news, if there is one in time.
    fn hear(&mut self, within: Duration) -> bool {
        let Some(told) = self.next(within) else {
            assert!(
                within.is_zero(),
                "nothing was heard of the engine within {within:?}"
            );
            return false;
        };
        self.told(told);
        true
    }

    fn told(&mut self, told: Told) {
        match told {
            Told::News(News::Answered { ticket, answer }) if self.exports.contains_key(&ticket) => {
                let export = self.exports.remove(&ticket);
                let written =
                    export.and_then(|export| minutes_of(export, &answer, self.world_ref()));
                if let Some(written) = written {
                    let file = written.unwrap_or_else(|why| panic!("no minutes: {why}"));
                    let words = said(Path::new(&file.name), &file.told);
                    self.shell.say(Note::done(words));
                    self.effects
                        .push(format!("minutes: {}\n{}", file.name, file.text));
                }
            }
            Told::News(news) => self.turn(|shell, world| shell.told(&news, &mut world.turn())),
            Told::Back(_) => {}
        }
    }

    /// One turn of the loop.
    fn turn(&mut self, what: impl FnOnce(&mut Shell, &mut World)) {
        {
            let _inside = self.runtime.enter();
            let world = self
                .world
                .as_mut()
                .expect("only missing while it is opened afresh");
            world.begin_turn();
            what(&mut self.shell, world);
        }
        for wish in self.shell.take_wishes() {
            self.wish(wish);
        }
    }

    /// From now on files come only when this is turned off again.
    pub fn slow_disk(&mut self, slow: bool) {
        let come = std::mem::replace(&mut self.slow, slow.then(Vec::new));
        for wish in come.into_iter().flatten() {
            self.wish(wish);
        }
    }
}

impl Driven for Seat {
    fn key(&mut self, key: Key) {
        self.clock.advance(BETWEEN_KEYS);
        self.turn(|shell, world| {
            shell.woke(&mut world.turn());
            shell.press(key, &mut world.turn());
        });
    }

    fn paste(&mut self, text: &str) {
        self.turn(|shell, world| shell.paste(text, &mut world.turn()));
    }

    fn point(&mut self, pointed: (Pointer, Position), area: Rect) {
        self.clock.advance(BETWEEN_CLICKS);
        self.turn(|shell, world| shell.point(pointed, area, &mut world.turn()));
    }

    fn woke(&mut self) {
        self.turn(|shell, world| shell.woke(&mut world.turn()));
    }

    fn settle(&mut self) {
        loop {
            let wait = self.shell.is_waiting() || !self.exports.is_empty();
            let within = if wait { LIMIT } else { Duration::ZERO };
            if !self.hear(within) && !wait {
                return;
            }
        }
    }

    fn now(&self) -> Moment {
        self.world_ref().engine.now()
    }

    fn pass(&mut self, span: Span) {
        self.clock.advance(span);
    }

    fn next_wakeup(&self) -> Option<Moment> {
        self.world_ref().begin_turn();
        self.shell.next_wakeup(&self.world_ref().still())
    }

    fn draw(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
        self.world_ref().begin_turn();
        self.shell.draw(area, buf, &self.world_ref().still())
    }
}

/// Default keys, the dark theme, and what was remembered.
fn setup(mode: Mode, settings: &BTreeMap<&'static str, String>) -> Setup {
    let theme = Catalogue::default();
    let theme = theme
        .theme("dark")
        .expect("the dark theme is part of the program");
    let demo = mode.is_thrown_away();
    Setup {
        styles: Styles::new(&theme.theme, ColorDepth::True, Glyphs::Unicode),
        me: settings
            .get("me")
            .cloned()
            .or_else(|| demo.then(|| "Sam Reyes".to_owned())),
        dates: Order::default(),
        themes: vec!["auto".to_owned(), "light".to_owned(), "dark".to_owned()],
        demo,
        shelf: crate::packs::shelf(),
        rehearsal: mode == Mode::Rehearsal,
        begin: if demo { ScreenId::Live } else { ScreenId::Home },
        tips: !demo && settings.get("tips").is_none_or(|on| on == "true"),
        editor: Vec::new(),
        keyboard: None,
        tips_shown: settings
            .get("tips_shown")
            .and_then(|count| count.parse().ok())
            .unwrap_or_default(),
        mouse: settings.get("mouse").is_none_or(|on| on == "true"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{self, Opened};

    #[test]
    fn while_circlet_is_hidden_others_have_the_store() {
        let mut harness = Harness::new(Seat::new(Begin::Demo, true)).keys("d Before<enter>");
        harness.driven().hidden(|store| {
            let opened = store::open(store, START).unwrap();
            assert!(matches!(opened, Opened::Ready { .. }));
        });
        let mut harness = harness
            .expect_text("Before")
            .keys("d After<enter>")
            .expect_text("After");
        let titles: Vec<String> = harness
            .driven()
            .journal()
            .into_iter()
            .take(2)
            .map(|row| row.title)
            .collect();
        assert!(titles[0].contains("After") && titles[1].contains("Before"));
    }
}
