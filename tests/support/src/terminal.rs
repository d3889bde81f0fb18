//! A program in a terminal: what it wrote, what stands on its screen, and keys for it.

use std::fmt;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, kill_process};

use crate::{keys, now};

pub use rustix::process::Signal;

/// Columns and rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub u16, pub u16);

/// What to start, and with what.
#[derive(Clone, Debug)]
pub struct Start {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<String>,
    /// Its whole environment.
    pub environment: Vec<(String, String)>,
    /// Where it is started.
    pub folder: PathBuf,
    /// The size of the terminal.
    pub size: Size,
}

/// What was waited for did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// What was waited for.
    pub what: String,
    /// What stood on the screen instead.
    pub screen: String,
}

impl fmt::Display for Missed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} did not come; on the screen:\n{}",
            self.what, self.screen
        )
    }
}

impl std::error::Error for Missed {}

/// A program in a terminal of its own. Dropping it ends the program.
pub struct Terminal {
    master: Option<Box<dyn MasterPty + Send>>,
    child: Box<dyn Child + Send + Sync>,
    status: Option<ExitStatus>,
    shared: Arc<Shared>,
    modes: String,
}

struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
    writer: Mutex<Option<Box<dyn Write + Send>>>,
}

struct Seen {
    parser: vt100::Parser,
    raw: Vec<u8>,
    /// When each piece came, and how much had come with it.
    pieces: Vec<(Instant, usize)>,
    ended: bool,
    closing: bool,
}

impl Terminal {
    /// Starts a program in a new terminal.
    ///
    /// # Panics
    /// When the system gives no terminal, or the program cannot be started.
    #[track_caller]
    pub fn start(start: &Start) -> Self {
        let pair = native_pty_system()
            .openpty(pty_size(start.size))
            .expect("the system has a terminal");
        let mut command = CommandBuilder::new(&start.program);
        command.args(&start.args);
        command.env_clear();
        for (name, value) in &start.environment {
            command.env(name, value);
        }
        command.cwd(&start.folder);
        let modes = modes(pair.master.as_ref());
        let reader = pair
            .master
            .try_clone_reader()
            .expect("a new terminal can be read");
        let writer = pair
            .master
            .take_writer()
            .expect("nobody else writes to a new terminal");
        let child = pair
            .slave
            .spawn_command(command)
            .unwrap_or_else(|error| panic!("{} does not start: {error}", start.program.display()));
        let shared = Arc::new(Shared {
            seen: Mutex::new(Seen::new(start.size)),
            changed: Condvar::new(),
            writer: Mutex::new(Some(writer)),
        });
        let reading = Arc::clone(&shared);
        thread::spawn(move || reading.read(reader));
        Self {
            master: Some(pair.master),
            child,
            status: None,
            shared,
            modes,
        }
    }

    /// Types keys, as [`crate::bytes`] reads them.
    pub fn type_keys(&mut self, keys: &str) {
        self.send(&keys::bytes(keys));
    }

    /// Sends bytes as they are. When the program has gone they go nowhere.
    pub fn send(&mut self, bytes: &[u8]) {
        self.shared.write(bytes);
    }

    /// Sends text the way a terminal pastes it.
    pub fn paste(&mut self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
    }

    /// Waits until something holds of the screen.
    ///
    /// # Errors
    /// What stood there when the time was over, or when the program had ended.
    pub fn until(
        &self,
        what: &str,
        within: Duration,
        holds: impl Fn(&vt100::Screen) -> bool,
    ) -> Result<(), Missed> {
        self.wait(what, within, |seen| holds(seen.parser.screen()))
    }

    /// Waits until a text stands on the screen.
    ///
    /// # Panics
    /// With what stood there, when it did not come in time.
    #[track_caller]
    pub fn wait_for(&self, text: &str, within: Duration) {
        let here = self.until(&format!("{text:?}"), within, |screen| {
            screen.contents().contains(text)
        });
        here.unwrap_or_else(|missed| panic!("{missed}"));
    }

    /// Waits until a text stands no longer on the screen.
    ///
    /// # Panics
    /// With what stood there, when it did not go in time.
    #[track_caller]
    pub fn wait_until_gone(&self, text: &str, within: Duration) {
        let what = format!("a screen without {text:?}");
        let gone = self.until(&what, within, |screen| !screen.contents().contains(text));
        gone.unwrap_or_else(|missed| panic!("{missed}"));
    }

    /// Waits until the program has written these bytes, beginning behind `from` bytes.
    ///
    /// # Errors
    /// What stood on the screen when they had not come in time.
    pub fn wrote(&self, from: usize, bytes: &[u8], within: Duration) -> Result<(), Missed> {
        let what = format!("{:?}", String::from_utf8_lossy(bytes));
        self.wait(&what, within, |seen| {
            holds(seen.raw.get(from..).unwrap_or_default(), bytes)
        })
    }

    /// Waits until more than so many bytes were written since the beginning.
    ///
    /// # Errors
    /// What stood on the screen when nothing came in time.
    pub fn grows(&self, beyond: usize, within: Duration) -> Result<(), Missed> {
        self.wait("any byte", within, |seen| seen.raw.len() > beyond)
    }

    /// Whether nothing is written for this long.
    pub fn quiet_for(&self, time: Duration) -> bool {
        let before = self.count();
        self.wait("any byte", time, |seen| seen.raw.len() > before)
            .is_err()
    }

    /// The text on the screen, without spaces at the ends of lines.
    pub fn text(&self) -> String {
        self.shared.seen().parser.screen().contents()
    }

    /// The screen with its cells and colours.
    pub fn screen(&self) -> vt100::Screen {
        self.shared.seen().parser.screen().clone()
    }

    /// Everything that was written so far.
    pub fn raw(&self) -> Vec<u8> {
        self.shared.seen().raw.clone()
    }

    /// How many bytes were written so far.
    pub fn count(&self) -> usize {
        self.shared.seen().raw.len()
    }

    /// The sizes of the pieces that came after the first `from` bytes. A write of the program is at
    /// least one piece; two writes close together may be one.
    pub fn pieces(&self, from: usize) -> Vec<usize> {
        let seen = self.shared.seen();
        let mut before = 0;
        let mut sizes = Vec::new();
        for (_, end) in &seen.pieces {
            if *end > from {
                sizes.push(end - before.max(from));
            }
            before = *end;
        }
        sizes
    }

    /// When the last byte came.
    pub fn last(&self) -> Option<Instant> {
        self.shared.seen().pieces.last().map(|(at, _)| *at)
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, size: Size) {
        if let Some(master) = &self.master {
            let (cols, rows) = cells(size);
            self.shared.seen().parser.screen_mut().set_size(rows, cols);
            // A terminal that has gone has no size.
            let _ = master.resize(pty_size(size));
        }
    }

    /// Whether the terminal hands keys on one by one and unseen, as a full-screen program asks for.
    pub fn is_raw(&self) -> bool {
        self.master
            .as_deref()
            .is_some_and(|master| modes(master) != self.modes)
    }

    /// Sends a signal to the program, if it is still there.
    pub fn signal(&mut self, signal: Signal) {
        if self.ended().is_none() {
            // Not waited for yet, so the number is still its own.
            let _ = self.pid().map(|pid| kill_process(pid, signal));
        }
    }

    /// Ends the program without a warning after this long, whatever it does then.
    pub fn kill_after(&self, time: Duration) {
        let (shared, pid) = (Arc::clone(&self.shared), self.pid());
        thread::spawn(move || {
            let until = now() + time;
            let mut seen = shared.seen();
            loop {
                let left = until.saturating_duration_since(now());
                if seen.ended {
                    return;
                }
                if left.is_zero() {
                    break;
                }
                seen = shared
                    .changed
                    .wait_timeout(seen, left)
                    .unwrap_or_else(PoisonError::into_inner)
                    .0;
            }
            // Its terminal is still open, so it was not waited for and the number is its own.
            let _ = pid.map(|pid| kill_process(pid, Signal::KILL));
        });
    }

    /// The number of the program.
    pub fn pid(&self) -> Option<Pid> {
        self.child
            .process_id()
            .and_then(|id| i32::try_from(id).ok())
            .and_then(Pid::from_raw)
    }

    /// Whether nothing holds the terminal open any more: the program has gone, or is going.
    pub fn is_closed(&self) -> bool {
        self.shared.seen().ended
    }

    /// Closes the terminal as a window is closed: the program loses it while it runs.
    pub fn close(&mut self) {
        self.shared.seen().closing = true;
        // The reader holds the terminal open until it has seen one more byte; a size that changes and
        // changes back makes the program paint.
        if let Some(master) = self.master.take()
            && let Ok(size) = master.get_size()
        {
            let _ = master.resize(PtySize {
                cols: size.cols.saturating_sub(1).max(1),
                ..size
            });
        }
        self.shared.writer().take();
    }

    /// The exit of the program, if it has gone.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        if self.status.is_none() {
            self.status = self.child.try_wait().ok().flatten();
        }
        self.status.clone()
    }

    /// Waits until the program has gone and all it wrote has been read.
    ///
    /// # Panics
    /// With what stood on the screen, when it was still there in the end.
    #[track_caller]
    pub fn wait_for_end(&mut self, within: Duration) -> ExitStatus {
        let until = now() + within;
        while self.ended().is_none() {
            assert!(
                now() < until,
                "the program is still there; on the screen:\n{}",
                self.text()
            );
            // Its end closes the terminal, which wakes; a program that lost its terminal is asked again.
            let _ = self.wait("the end", Duration::from_millis(10), |_| false);
        }
        let _ = self.wait("the last byte", Duration::from_secs(1), |seen| seen.ended);
        self.status.clone().expect("the loop ends with a status")
    }

    fn wait(
        &self,
        what: &str,
        within: Duration,
        holds: impl Fn(&Seen) -> bool,
    ) -> Result<(), Missed> {
        let until = now() + within;
        let mut seen = self.shared.seen();
        loop {
            if holds(&seen) {
                return Ok(());
            }
            let left = until.saturating_duration_since(now());
            if left.is_zero() || seen.ended {
                let screen = seen.parser.screen().contents();
                return Err(Missed {
                    what: what.to_owned(),
                    screen,
                });
            }
            seen = self
                .shared
                .changed
                .wait_timeout(seen, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.signal(Signal::KILL);
        // Taken off the list of programs; nothing is left to do when that fails.
        let _ = self.child.wait();
    }
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn writer(&self) -> MutexGuard<'_, Option<Box<dyn Write + Send>>> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, bytes: &[u8]) {
        if let Some(writer) = self.writer().as_mut() {
            let _ = writer.write_all(bytes).and_then(|()| writer.flush());
        }
    }

    fn read(&self, mut reader: Box<dyn Read + Send>) {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = reader.read(&mut buffer).unwrap_or_default();
            let piece = buffer.get(..read).unwrap_or_default();
            let mut seen = self.seen();
            if piece.is_empty() || seen.closing {
                break;
            }
            seen.take(piece);
            drop(seen);
            self.changed.notify_all();
            for answer in answers(piece) {
                self.write(answer);
            }
        }
        // Only now is the terminal closed for the program.
        drop(reader);
        self.seen().ended = true;
        self.changed.notify_all();
    }
}

/// What terminals answer when a program asks who they are, where the cursor is and what colour is behind.
const ANSWERS: [(&[u8], &[u8]); 3] = [
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b]11;?", b"\x1b]11;rgb:1111/1515/1c1c\x1b\\"),
];

impl Seen {
    fn new(size: Size) -> Self {
        let (cols, rows) = cells(size);
        Self {
            parser: vt100::Parser::new(rows, cols, 0),
            raw: Vec::new(),
            pieces: Vec::new(),
            ended: false,
            closing: false,
        }
    }

    fn take(&mut self, piece: &[u8]) {
        self.parser.process(piece);
        self.raw.extend_from_slice(piece);
        self.pieces.push((now(), self.raw.len()));
    }
}

/// The answers to what is asked in a piece, in the order of the questions.
fn answers(piece: &[u8]) -> impl Iterator<Item = &'static [u8]> {
    (0..piece.len()).filter_map(|at| {
        let rest = piece.get(at..).unwrap_or_default();
        ANSWERS
            .iter()
            .find(|(asked, _)| rest.starts_with(asked))
            .map(|(_, answer)| *answer)
    })
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

fn modes(master: &(dyn MasterPty + Send)) -> String {
    master
        .get_termios()
        .map(|modes| format!("{:?}", modes.local_flags))
        .unwrap_or_default()
}

fn pty_size(Size(cols, rows): Size) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

/// The screen model has at least one cell.
fn cells(Size(cols, rows): Size) -> (NonZeroU16, NonZeroU16) {
    let at_least_one = |n| NonZeroU16::new(n).unwrap_or(NonZeroU16::MIN);
    (at_least_one(cols), at_least_one(rows))
}
