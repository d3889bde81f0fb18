//! Taking the terminal over and giving it back, on every way out: leaving, a fault, a signal, being hidden.
//! Nothing else may switch a mode of the terminal.

mod crash;
mod events;
mod ink;
mod painter;

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd as _;
use std::sync::Mutex;
use std::thread::ThreadId;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::layout::Size;

pub use crash::{caught, install_hook};
pub use events::{Events, Reader, events};
pub use painter::Painter;

/// What the window is called, so that a person picks the right one to share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Title {
    /// The facilitator's screen.
    #[default]
    Control,
    /// What the room may see.
    Room,
}

impl Title {
    /// The words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Control => "circlet CONTROL (private)",
            Self::Room => "circlet ROOM (share this)",
        }
    }

    /// What the terminal is told.
    fn sequence(self) -> String {
        format!("\x1b]2;{}\x1b\\", self.words())
    }
}

/// How the terminal is taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether clicks and the wheel are wanted.
    pub mouse: bool,
    /// What the window is called.
    pub title: Title,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            mouse: true,
            title: Title::Control,
        }
    }
}

/// The title is put aside, alternate screen, bracketed paste, no cursor.
const ENTER: &str = "\x1b[22;0t\x1b[?1049h\x1b[?2004h\x1b[?25l";
/// Buttons, wheel and dragging, in the form without a limit of columns. Movement without a button is not asked for: it
/// would wake the program for nothing.
const MOUSE: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
/// The mouse belongs to the terminal again, which marks text with it.
const NO_MOUSE: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// Everything back, each on its own: a terminal ignores what it does not know.
const LEAVE: &str = "\x1b[?2026l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[0 q\x1b[?25h\x1b[?1049l\x1b[23;0t";

/// The thread that draws, while the terminal is taken over.
static TAKEN: Mutex<Option<ThreadId>> = Mutex::new(None);

/// The terminal, taken over. It is given back when this is dropped.
#[derive(Debug)]
pub struct Guard {
    options: Options,
}

impl Guard {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// If the terminal does not take raw mode or cannot be written to; it is as it was then.
    pub fn enter(options: Options) -> io::Result<Self> {
        take(options)?;
        Ok(Self { options })
    }

    /// Gives the terminal back for as long as another program has it.
    pub fn suspend(&self) {
        restore();
    }

    /// Takes it over again. Everything must be painted anew after this.
    ///
    /// # Errors
    /// As [`Guard::enter`].
    pub fn resume(&self) -> io::Result<()> {
        take(self.options)
    }

    /// Turns the mouse on or off.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn set_mouse(&mut self, mouse: bool) -> io::Result<()> {
        self.options.mouse = mouse;
        send(if mouse { MOUSE } else { NO_MOUSE })
    }

    /// Calls the window otherwise.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn set_title(&mut self, title: Title) -> io::Result<()> {
        self.options.title = title;
        send(&title.sequence())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

fn take(options: Options) -> io::Result<()> {
    enable_raw_mode()?;
    if let Ok(mut taken) = TAKEN.lock() {
        *taken = Some(std::thread::current().id());
    }
    let mouse = if options.mouse { MOUSE } else { "" };
    let sent = send(&format!("{ENTER}{}{mouse}", options.title.sequence()));
    if sent.is_err() {
        restore();
    }
    sent
}

/// Gives the terminal back, if it is taken over. It may be called from anywhere and more than once.
pub fn restore() {
    let taken = match TAKEN.try_lock() {
        Ok(mut taken) => taken.take(),
        // Held by a thread that was stopped in the middle of it: the terminal is in an unknown state.
        Err(_) => Some(std::thread::current().id()),
    };
    if taken.is_some() {
        // A terminal that is gone needs nothing back.
        let _sent = send(LEAVE);
        let _raw = disable_raw_mode();
    }
}

/// Whether a terminal of this name (`TERM`) may have a mouse. A console without windows has none.
pub fn may_have_mouse(term: &str) -> bool {
    !matches!(term, "" | "dumb" | "linux")
}

/// Whether this thread draws and the terminal is taken over.
fn taken_here() -> bool {
    TAKEN
        .try_lock()
        .is_ok_and(|taken| *taken == Some(std::thread::current().id()))
}

fn send(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// What frames are drawn on.
pub type Screen = Painter<File>;

/// What draws on the terminal, past the buffer of the standard output, so that a frame is one write.
///
/// # Errors
/// If the output cannot be opened a second time.
pub fn painter() -> io::Result<Screen> {
    let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    Ok(Painter::new(out, size()))
}

/// The size of the terminal now; 80 by 24 if it does not say.
pub fn size() -> Size {
    match crossterm::terminal::size() {
        Ok((width, height)) if width > 0 && height > 0 => Size::new(width, height),
        _ => Size::new(80, 24),
    }
}

/// Stops this process as Ctrl-Z does; the terminal must have been given back. It goes on when the shell says so.
///
/// # Errors
/// If the system refuses.
pub fn stop_self() -> io::Result<()> {
    use rustix::process::{Signal, getpid, kill_process};
    Ok(kill_process(getpid(), Signal::STOP)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_switched_on_is_switched_off() {
        for on in ["?1049", "?2004", "?1000", "?1002", "?1006"] {
            assert!(
                format!("{ENTER}{MOUSE}").contains(&format!("{on}h")),
                "{on}"
            );
            assert!(LEAVE.contains(&format!("{on}l")), "{on}");
        }
        assert!(LEAVE.contains(NO_MOUSE), "and the mouse in the same way");
        assert!(ENTER.contains("?25l") && LEAVE.contains("?25h"));
        assert!(ENTER.contains("[22;0t") && LEAVE.contains("[23;0t"));
        assert!(LEAVE.contains("?2026l"));
    }

    #[test]
    fn a_title_tells_what_may_be_shared() {
        assert_eq!(
            Title::Control.sequence(),
            "\x1b]2;circlet CONTROL (private)\x1b\\"
        );
        assert!(Title::Room.words().contains("share this"));
    }
}
