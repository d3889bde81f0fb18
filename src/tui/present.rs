//! The room view on a terminal of its own: follows the process that runs the session and shows what the
//! room may see, nothing else. While no session runs in the store that was asked for, it follows a demo.

mod choice;

use std::io;
use std::path::Path;
use std::time::Duration;

use crossterm::event::Event;
use ratatui::Terminal;
use ratatui::layout::Size;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::command::keymap::{Found, Keymap};
use crate::command::table::Place;
use crate::domain::clock::{Moment, Span, Zone};
use crate::domain::room::RoomPicture;
use crate::engine::clock::{self, Clock};
use crate::engine::demos;
use crate::engine::remote::{Follower, RoomNews};
use crate::engine::runtime::{self, Exit, Front, Order, Source};
use crate::theme::{Role, Styles};
use crate::tui::input::{self, Input};
use crate::tui::present::choice::{Choice, From, Told};
use crate::tui::screen::room::RoomView;
use crate::tui::start::{Launch, Look};
use crate::tui::terminal::{self, Guard, Screen};
use crate::tui::widget::text;

/// How long the last picture stays when whoever ran the session is gone.
const KEEP: Span = Span::from_secs(60);

/// How long until a demo is looked for again.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// The pictures, as they come from the process that runs the session.
struct Pictures {
    news: UnboundedReceiver<(From, Told)>,
    choice: Choice,
    clock: Clock,
}

impl Source for Pictures {
    type News = (RoomNews, Clock);

    async fn next(&mut self) -> Self::News {
        while let Some((from, told)) = self.news.recv().await {
            if let Some(shown) = self.choice.hear(from, told) {
                return shown;
            }
        }
        std::future::pending().await
    }

    fn now(&self) -> Moment {
        self.clock.now()
    }

    fn speed(&self) -> f64 {
        self.clock.speed()
    }
}

/// The second screen.
struct Present {
    room: RoomView,
    picture: Option<RoomPicture>,
    /// Since when nobody runs the session any more.
    gone: Option<Moment>,
    refused: Option<String>,
    now: Moment,
    zone: Zone,
    styles: Styles,
    terminal: Terminal<Screen>,
    guard: Guard,
    keymap: Keymap,
    order: Order,
    rev: u64,
}

impl Present {
    /// The picture as it is to be shown, or the sentence that stands for it.
    fn shown(&self) -> Result<&RoomPicture, &str> {
        if let Some(words) = &self.refused {
            return Err(words);
        }
        if self.gone.is_some_and(|since| self.now - since > KEEP) {
            return Err("one moment");
        }
        self.picture
            .as_ref()
            .ok_or("no session is running on this computer")
    }
}

impl Front<Pictures> for Present {
    type Event = Event;
    type Print = (u64, i64, i64);

    fn event(&mut self, event: Event, source: &mut Pictures) {
        self.now = source.now();
        for input in input::translate(event) {
            match input {
                Input::Key(key) => self.key(key),
                Input::Resize(columns, rows) => {
                    self.terminal.backend_mut().resize(Size::new(columns, rows));
                    self.repaint();
                }
                Input::Paste(_) | Input::Mouse(..) => {}
            }
        }
    }

    fn told(&mut self, (news, clock): (RoomNews, Clock), source: &mut Pictures) {
        source.clock = clock;
        self.now = source.now();
        self.rev += 1;
        match news {
            RoomNews::Picture(picture) => {
                self.picture = picture.map(|picture| *picture);
                self.gone = None;
            }
            RoomNews::Gone => self.gone = Some(self.now),
            RoomNews::No(words) => self.refused = Some(words),
        }
    }

    fn woke(&mut self, source: &mut Pictures) {
        self.now = source.now();
    }

    fn next_wakeup(&self, _source: &Pictures) -> Option<Moment> {
        let block = self
            .picture
            .as_ref()
            .and_then(|picture| picture.running.as_ref());
        let second = block.and_then(|block| block.timer.next_flip(block.ends, self.now));
        let minute = Span::from_millis(60_000 - self.now.millis().rem_euclid(60_000));
        let forget = self.gone.map(|since| since + KEEP + Span::from_millis(1));
        [
            second,
            Some(self.now + minute),
            forget.filter(|at| *at > self.now),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    fn fingerprint(&self, _source: &Pictures) -> Self::Print {
        let block = self
            .picture
            .as_ref()
            .and_then(|picture| picture.running.as_ref());
        let second = block.map_or(0, |block| block.left(self.now).shown_secs());
        let kept = i64::from(self.shown().is_ok());
        (
            self.rev,
            second,
            self.now.millis().div_euclid(60_000) * 2 + kept,
        )
    }

    fn draw(&mut self, _source: &Pictures) -> io::Result<()> {
        let shown = match self.shown() {
            Ok(picture) => Ok(picture.clone()),
            Err(words) => Err(words.to_owned()),
        };
        let (room, styles, when) = (&self.room, &self.styles, (self.now, self.zone));
        self.terminal.draw(|frame| {
            let area = frame.area();
            let buf = frame.buffer_mut();
            buf.set_style(area, styles.canvas());
            match shown {
                Ok(picture) => room.draw(&picture, when, area, (buf, styles)),
                Err(words) => {
                    let middle = text::row(area, area.height / 2);
                    let line = ratatui::text::Line::styled(words, styles.bold(Role::Text));
                    text::put_centred(&line, middle, buf);
                }
            }
        })?;
        Ok(())
    }

    fn order(&mut self, _source: &Pictures) -> Order {
        std::mem::take(&mut self.order)
    }

    async fn suspend(&mut self, _source: &mut Pictures) -> bool {
        self.guard.suspend();
        terminal::stop_self().is_ok()
    }

    async fn resume(&mut self, source: &mut Pictures) {
        let _taken = self.guard.resume();
        self.now = source.now();
        self.terminal.backend_mut().resize(terminal::size());
        self.repaint();
    }
}

impl Present {
    /// Nothing is done here but leaving: whoever runs the session has the keys.
    fn key(&mut self, key: Key) {
        let Found::Run(id, _) = self.keymap.find(Place::Anywhere, &[key]) else {
            return;
        };
        match id {
            CommandId::Quit | CommandId::QuitNow | CommandId::Cancel | CommandId::Close => {
                self.order = Order::Quit;
            }
            CommandId::Redraw => self.repaint(),
            _ => {}
        }
    }

    fn repaint(&mut self) {
        let _cleared = self.terminal.clear();
        self.rev += 1;
        self.order = Order::Redraw;
    }
}

/// Who hears the news.
type Ear = UnboundedSender<(From, Told)>;

fn follower(launch: &Launch, store: &Path, clock: &Clock) -> io::Result<Follower> {
    Follower::new(store, Some(&launch.paths.runtime), clock.clone())
}

/// Passes the next news on. `None` when nobody hears them any more.
async fn told(from: From, follower: &mut Follower, ear: &Ear) -> Option<RoomNews> {
    let news = follower.next().await;
    let told = (news.clone(), follower.clock());
    ear.send((from, told)).ok().map(|()| news)
}

/// Follows one demo after the other: always the one that began last.
async fn follow_demos(launch: Launch, clock: Clock, ear: Ear) {
    let runtime = &launch.paths.runtime;
    while !ear.is_closed() {
        if let Some(store) = demos::running(runtime)
            && let Ok(mut demo) = follower(&launch, &store, &clock)
        {
            let following = async {
                while let Some(RoomNews::Picture(_)) = told(From::Demo, &mut demo, &ear).await {}
            };
            let lasting = async {
                while demos::running(runtime).as_ref() == Some(&store) {
                    tokio::time::sleep(LOOK_AGAIN).await;
                }
            };
            // Both are dropped with the demo: nothing goes on half way.
            tokio::select! {
                () = following => {}
                () = lasting => {}
            }
            // Nobody hears it when the second screen is left.
            let _ = ear.send((From::Demo, (RoomNews::Gone, clock.clone())));
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// Shows the room view until it is left.
///
/// # Errors
/// When the terminal cannot be taken over, or there is no folder for sockets.
pub fn run(launch: &Launch) -> io::Result<u8> {
    let (config, _problems) = crate::config::Config::load(&launch.paths.config);
    let (look, _complaints) = Look::find(launch, &config);
    let theme = launch.theme.as_deref().unwrap_or(&config.theme);
    let styles = look
        .styles(theme)
        .or_else(|_| look.styles("auto"))
        .map_err(io::Error::other)?;
    terminal::install_hook(launch.paths.state.clone());
    let guard = Guard::enter(terminal::Options {
        mouse: false,
        title: terminal::Title::Room,
    })?;
    let clock = Clock::real(launch.now, launch.speed);
    let mut present = Present {
        room: RoomView::default(),
        picture: None,
        gone: None,
        refused: None,
        now: clock.now(),
        zone: config.zone.unwrap_or_else(clock::zone),
        styles,
        terminal: Terminal::new(terminal::painter()?)?,
        guard,
        keymap: Keymap::new(config.keyboard.unwrap_or_default(), &config.keys).0,
        order: Order::Go,
        rev: 0,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let (sender, news) = unbounded_channel();
        let mut given = follower(launch, &launch.paths.store, &clock)?;
        tokio::spawn(follow_demos(launch.clone(), clock.clone(), sender.clone()));
        tokio::spawn(
            async move { while told(From::Given, &mut given, &sender).await.is_some() {} },
        );
        let mut pictures = Pictures {
            news,
            choice: Choice::default(),
            clock,
        };
        let signals = runtime::signals()?;
        let exit: Exit =
            runtime::run(&mut present, &mut pictures, terminal::events(), signals).await;
        terminal::restore();
        Ok(exit.code())
    })
}
