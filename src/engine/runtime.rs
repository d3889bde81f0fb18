//! The only loop: waits for a signal, news, input or a deadline, takes whatever else is ready, and draws if what
//! is shown has changed. Nothing to show means no wake-up and no frame.
//!
//! Knows no terminal: where events come from and what a frame is are the front-end's business.

mod signals;
#[cfg(test)]
mod tests;

use std::future::Future;
use std::io;
use std::pin::pin;
use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::{Instant, sleep_until};
use tokio_stream::{Stream, StreamExt as _};

use crate::domain::clock::Moment;

pub use signals::{Signal, signals, survive_size_limit};

/// Frames are at least this far apart.
pub const FRAME_GAP: Duration = Duration::from_millis(16);
/// At most this many things are taken between two looks at the screen, so that a flood starves neither the frame
/// nor a deadline.
pub const PORTION: usize = 256;
/// A deadline that has come and is still wanted does not turn the loop faster than this.
const SOONEST: Duration = Duration::from_millis(1);
/// A deadline further away is looked at again after this long.
const LATEST: Duration = Duration::from_hours(24);
/// A clock goes no slower than this, whatever was asked for.
const SLOWEST: f64 = 0.001;

/// Where news come from, and the clock that everything is shown by.
pub trait Source {
    /// Something a front-end should know.
    type News;

    /// The next news. It may be dropped and called again at any time without losing anything.
    fn next(&mut self) -> impl Future<Output = Self::News>;

    /// The instant of this turn.
    fn now(&self) -> Moment;

    /// How many times faster than a wall clock [`Source::now`] goes.
    fn speed(&self) -> f64 {
        1.0
    }
}

/// What the front-end wants of the loop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// To go on.
    #[default]
    Go,
    /// To draw even if nothing that is shown has changed.
    Redraw,
    /// To hide the program until the shell brings it back.
    Suspend,
    /// To leave.
    Quit,
}

/// A front-end, as the loop sees it.
pub trait Front<S: Source> {
    /// What comes from the terminal.
    type Event;
    /// Everything that decides what a frame looks like: revisions, the second that is shown, size, theme.
    type Print: PartialEq;

    /// Something came from the terminal.
    fn event(&mut self, event: Self::Event, source: &mut S);

    /// There is news.
    fn told(&mut self, news: S::News, source: &mut S);

    /// The instant of [`Front::next_wakeup`] has come.
    fn woke(&mut self, source: &mut S);

    /// When something shown changes without a key or news; `None` if it never does.
    fn next_wakeup(&self, source: &S) -> Option<Moment>;

    /// What the screen would show now. A frame is drawn when this differs from the last one.
    fn fingerprint(&self, source: &S) -> Self::Print;

    /// Draws.
    ///
    /// # Errors
    /// If the terminal does not take it; the loop ends as if it had been closed.
    fn draw(&mut self, source: &S) -> io::Result<()>;

    /// What it wants since the last call.
    fn order(&mut self, source: &S) -> Order;

    /// Gives everything back that another program needs and stops this process. `false` if it could not be
    /// stopped; the loop goes on then.
    fn suspend(&mut self, source: &mut S) -> impl Future<Output = bool>;

    /// Whether a signal that asks for the end is meant for this program: not while another one has the terminal, and
    /// its keys.
    fn heeds(&self, _signal: i32) -> bool {
        true
    }

    /// This process goes on after it was stopped, by [`Front::suspend`] or from outside: takes everything again.
    fn resume(&mut self, source: &mut S) -> impl Future<Output = ()>;
}

/// Why the loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// The front-end wanted to.
    Quit,
    /// This signal asked for it.
    Signal(i32),
    /// The terminal is gone.
    HungUp,
}

impl Exit {
    /// The code to end the process with.
    pub fn code(self) -> u8 {
        // SIGHUP is 1 on every system.
        match self {
            Self::Quit => 0,
            Self::Signal(number) => u8::try_from(128 + number).unwrap_or(u8::MAX),
            Self::HungUp => 129,
        }
    }
}

/// What a turn brought.
enum Turn<E, N> {
    Signal(Signal),
    News(N),
    Input(Option<io::Result<E>>),
    Woke,
    Nothing,
}

/// Runs until the front-end wants to leave, a signal asks for it or the terminal is gone.
pub async fn run<S, F>(
    front: &mut F,
    source: &mut S,
    input: impl Stream<Item = io::Result<F::Event>>,
    signals: impl Stream<Item = Signal>,
) -> Exit
where
    S: Source,
    F: Front<S>,
{
    let (mut input, mut signals) = (pin!(input), pin!(signals));
    let mut frames = Frames::default();
    loop {
        // What keys and clocks said goes out through the sockets before anything is drawn.
        yield_now().await;
        if frames.draw(front, source).is_err() {
            return Exit::HungUp;
        }
        let wake = frames.wake(front, source);
        let mut turn = tokio::select! {
            biased;
            Some(signal) = signals.next() => Turn::Signal(signal),
            news = source.next() => Turn::News(news),
            event = input.next() => Turn::Input(event),
            () = at(wake) => Turn::Woke,
        };
        for left in (0..PORTION).rev() {
            match take(front, source, turn).await {
                After::Go => {}
                After::Paint => frames.repaint(),
                After::Leave(exit) => return exit,
                After::Stopped => {
                    // What comes before the shell brings the process back was meant for the shell.
                    while signals
                        .next()
                        .await
                        .is_some_and(|signal| signal != Signal::Continued)
                    {}
                    front.resume(source).await;
                    frames.repaint();
                }
            }
            if left == 0 {
                break;
            }
            turn = tokio::select! {
                biased;
                Some(signal) = signals.next() => Turn::Signal(signal),
                news = source.next() => Turn::News(news),
                event = input.next() => Turn::Input(event),
                () = std::future::ready(()) => Turn::Nothing,
            };
            if matches!(turn, Turn::Nothing) {
                break;
            }
        }
    }
}

async fn at(wake: Option<Instant>) {
    match wake {
        Some(wake) => sleep_until(wake).await,
        None => std::future::pending().await,
    }
}

/// What is to be done after a turn.
enum After {
    Go,
    Paint,
    Stopped,
    Leave(Exit),
}

/// Hands a turn to the front-end and asks what it wants.
async fn take<S, F>(front: &mut F, source: &mut S, turn: Turn<F::Event, S::News>) -> After
where
    S: Source,
    F: Front<S>,
{
    match turn {
        Turn::Nothing => return After::Go,
        Turn::Woke => front.woke(source),
        Turn::News(news) => {
            // Whoever waits for it at the other end of a socket gets it before the front-end looks at it.
            yield_now().await;
            front.told(news, source);
        }
        Turn::Input(Some(Ok(event))) => front.event(event, source),
        Turn::Input(Some(Err(error))) if error.kind() == io::ErrorKind::Interrupted => {}
        Turn::Input(Some(Err(_)) | None) => return After::Leave(Exit::HungUp),
        Turn::Signal(Signal::End(number)) if !front.heeds(number) => return After::Go,
        Turn::Signal(Signal::End(number)) => return After::Leave(Exit::Signal(number)),
        Turn::Signal(Signal::Stop) => return stop(front, source).await,
        Turn::Signal(Signal::Continued) => {
            front.resume(source).await;
            return After::Paint;
        }
    }
    match front.order(source) {
        Order::Go => After::Go,
        Order::Redraw => After::Paint,
        Order::Quit => After::Leave(Exit::Quit),
        Order::Suspend => stop(front, source).await,
    }
}

async fn stop<S: Source>(front: &mut impl Front<S>, source: &mut S) -> After {
    if front.suspend(source).await {
        After::Stopped
    } else {
        front.resume(source).await;
        After::Paint
    }
}

/// When to draw.
struct Frames<P> {
    last: Option<P>,
    drawn: Option<Instant>,
    /// When the frame that is wanted may be drawn.
    due: Option<Instant>,
}

impl<P> Default for Frames<P> {
    fn default() -> Self {
        Self {
            last: None,
            drawn: None,
            due: None,
        }
    }
}

impl<P: PartialEq> Frames<P> {
    fn repaint(&mut self) {
        self.last = None;
    }

    /// Draws if something changed and the last frame is long enough ago; otherwise remembers to.
    fn draw<S, F>(&mut self, front: &mut F, source: &S) -> io::Result<()>
    where
        S: Source,
        F: Front<S, Print = P>,
    {
        let print = front.fingerprint(source);
        if self.last.as_ref() == Some(&print) {
            self.due = None;
            return Ok(());
        }
        let now = Instant::now();
        let due = self.drawn.map_or(now, |drawn| drawn + FRAME_GAP);
        if due > now {
            self.due = Some(due);
            return Ok(());
        }
        front.draw(source)?;
        // What was drawn is what counts: drawing must not change what it shows.
        self.last = Some(print);
        self.drawn = Some(now);
        self.due = None;
        Ok(())
    }

    /// When to turn without being asked: for a frame that is due, or for something shown that changes by itself.
    fn wake<S, F>(&self, front: &F, source: &S) -> Option<Instant>
    where
        S: Source,
        F: Front<S, Print = P>,
    {
        let wake = front.next_wakeup(source).map(|wake| {
            let millis = u64::try_from((wake - source.now()).millis()).unwrap_or(0);
            let real = Duration::from_millis(millis).div_f64(source.speed().max(SLOWEST));
            Instant::now() + real.clamp(SOONEST, LATEST)
        });
        match (self.due, wake) {
            (Some(due), Some(wake)) => Some(due.min(wake)),
            (due, wake) => due.or(wake),
        }
    }
}
