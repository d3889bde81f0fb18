//! The running application: the shell on a terminal, driven by the one loop, with the engine behind it.

mod behind;
pub(crate) mod files;
mod outside;
mod wishes;
mod world;

use std::collections::BTreeMap;
use std::io;

use crossterm::event::Event;
use ratatui::Terminal;
use ratatui::layout::{Position, Rect, Size};

use crate::config::{Bell, Paths};
use crate::engine::news::{News, Ticket};
use crate::engine::runtime::{Front, Order};
use crate::tui::app::behind::Behind;
use crate::tui::app::files::{Back, Export};
use crate::tui::input::{self, Input};
use crate::tui::shell::{Setup, Shell};
use crate::tui::start::Look;
use crate::tui::terminal::{self, Guard, Reader, Screen};

pub use outside::editor;
pub use world::{Still, Turn, World};

/// Settings of the application beside those of the shell.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where files are.
    pub paths: Paths,
    /// What happens when time is up.
    pub bell: Bell,
    /// Makes styles from the name of a theme.
    pub look: Look,
    /// Whether nothing may be remembered.
    pub demo: bool,
}

/// What the loop is told beside keys.
#[derive(Debug)]
pub enum Told {
    /// By the engine.
    News(News),
    /// By a file that was read or written.
    Back(Back),
}

/// Why the application ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum After {
    /// That is all.
    #[default]
    Nothing,
    /// The demo is to be opened.
    Demo,
}

/// The shell on a terminal.
pub struct App {
    shell: Shell,
    terminal: Terminal<Screen>,
    guard: Guard,
    settings: Settings,
    exports: BTreeMap<Ticket, Export>,
    order: Order,
    after: After,
    shows_room: bool,
    /// What reads the terminal, once it is read.
    reader: Option<Reader>,
    /// What is written behind the screen.
    behind: Behind,
    /// Another program has the terminal: nothing is read and nothing is drawn.
    away: bool,
    /// Counts what only this type knows of and makes another frame.
    rev: u64,
}

impl App {
    /// A shell on a terminal that was taken over.
    ///
    /// # Errors
    /// When the terminal cannot be written to.
    pub fn new(
        setup: Setup,
        settings: Settings,
        (guard, screen): (Guard, Screen),
    ) -> io::Result<Self> {
        Ok(Self {
            shell: Shell::new(setup),
            terminal: Terminal::new(screen)?,
            guard,
            settings,
            exports: BTreeMap::new(),
            order: Order::Go,
            after: After::Nothing,
            shows_room: false,
            reader: None,
            behind: Behind::default(),
            away: false,
            rev: 0,
        })
    }

    /// What is to be done when the loop has ended.
    pub const fn after(&self) -> After {
        self.after
    }

    fn input(&mut self, input: Input, world: &mut World) {
        match input {
            Input::Key(key) => self.shell.press(key, &mut world.turn()),
            Input::Paste(text) => self.shell.paste(&text, &mut world.turn()),
            Input::Resize(columns, rows) => {
                self.terminal.backend_mut().resize(Size::new(columns, rows));
                self.repaint();
            }
            Input::Mouse(what, column, row) => {
                let size = self.terminal.size().unwrap_or_default();
                let area = Rect::new(0, 0, size.width, size.height);
                let at = Position::new(column, row);
                self.shell.point((what, at), area, &mut world.turn());
            }
        }
        self.settle(world);
    }

    /// Everything is cleared and painted, even where nothing has changed: the terminal may show
    /// something else.
    fn repaint(&mut self) {
        if self.away {
            return;
        }
        // What cannot be cleared cannot be drawn on either; the next frame finds out.
        let _cleared = self.terminal.clear();
        self.rev += 1;
        self.order = Order::Redraw;
    }

    /// Carries out what the shell wishes for.
    fn settle(&mut self, world: &mut World) {
        for wish in self.shell.take_wishes() {
            self.wish(wish, world);
        }
        if self.shell.shows_room() != self.shows_room {
            self.shows_room = self.shell.shows_room();
            let title = if self.shows_room {
                terminal::Title::Room
            } else {
                terminal::Title::Control
            };
            let _named = self.guard.set_title(title);
        }
    }
}

impl Front<World> for App {
    type Event = Event;
    type Print = (u64, u64, u64, i64, crate::engine::news::Saving);

    fn event(&mut self, event: Event, world: &mut World) {
        world.begin_turn();
        for input in input::translate(event) {
            self.input(input, world);
        }
    }

    fn told(&mut self, told: Told, world: &mut World) {
        world.begin_turn();
        match told {
            Told::News(News::Answered { ticket, answer }) if self.exports.contains_key(&ticket) => {
                if let Some(export) = self.exports.remove(&ticket) {
                    self.write_minutes(export, &answer, world);
                }
            }
            Told::News(news) => self.shell.told(&news, &mut world.turn()),
            Told::Back(Back::Edited(text)) => self.back_from_editor(text, world),
            Told::Back(Back::Said(note)) => self.shell.say(note),
            Told::Back(Back::Handed(words, rows)) => self.shell.notes_handed(&words, rows),
            Told::Back(Back::Packs(found)) => self.shell.packs_read(found),
            Told::Back(Back::Unread(turn, path, why)) => self.shell.unread(turn, &path, &why),
            Told::Back(Back::Paths(typed, found)) => self.shell.completed(&typed, &found),
            Told::Back(Back::Read(turn, file)) => {
                self.shell.imported(turn, *file, &mut world.turn());
            }
            Told::Back(Back::Sorted(sorted)) => self.shell.sorted(*sorted, &world.still()),
        }
        self.settle(world);
    }

    fn woke(&mut self, world: &mut World) {
        world.begin_turn();
        self.shell.woke(&mut world.turn());
        self.settle(world);
    }

    fn next_wakeup(&self, world: &World) -> Option<crate::domain::clock::Moment> {
        self.shell.next_wakeup(&world.still())
    }

    fn fingerprint(&self, world: &World) -> Self::Print {
        let state = world.engine.state();
        let shown = match state.running() {
            Some((_, _, live)) => live.left(world.instant()).shown_secs(),
            None => world.instant().millis().div_euclid(60_000),
        };
        let panel = u64::from(self.shell.panel_is_due(world.instant()));
        let saving = world.engine.saving().clone();
        (
            state.rev(),
            self.shell.rev() * 2 + panel,
            self.rev,
            shown,
            saving,
        )
    }

    fn draw(&mut self, world: &World) -> io::Result<()> {
        if self.away {
            return Ok(());
        }
        let still = world.still();
        let shell = &self.shell;
        self.terminal.draw(|frame| {
            let area = frame.area();
            let drawn = terminal::caught(|| {
                let buffer = frame.buffer_mut();
                shell.draw(area, buffer, &still)
            });
            match drawn {
                Some(Some(caret)) => frame.set_cursor_position(caret),
                Some(None) => {}
                None => shell.draw_failure(area, frame.buffer_mut(), &still),
            }
        })?;
        Ok(())
    }

    fn order(&mut self, _world: &World) -> Order {
        std::mem::take(&mut self.order)
    }

    fn heeds(&self, signal: i32) -> bool {
        !(self.away && outside::is_from_the_keyboard(signal))
    }

    async fn suspend(&mut self, world: &mut World) -> bool {
        self.guard.suspend();
        world.release();
        terminal::stop_self().is_ok()
    }

    async fn resume(&mut self, world: &mut World) {
        if !self.away {
            let _taken = self.guard.resume();
        }
        world.regain();
        world.begin_turn();
        self.terminal.backend_mut().resize(terminal::size());
        self.repaint();
    }
}
