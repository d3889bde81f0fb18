//! One question to a store and nothing else: no working set, no thread, no state that follows. For commands that must
//! answer at once, such as a line for a prompt.

use std::thread;
use std::time::Duration;

use crate::domain::clock::Moment;
use crate::domain::id::Ids;
use crate::engine::clock::seed;
use crate::engine::queries::Asking;
use crate::engine::query::{Answer, Query};
use crate::engine::writer::PATIENCE;
use crate::engine::{Mode, Options, unlocked};
use crate::store::{self, Memory, Opened, Store, StoreError};

/// Longest pause between two tries to find the store, in milliseconds.
const JITTER: u64 = 20;

/// Asks the store of `options`, or the process that owns it. `query` is made with the time that holds there, which is
/// returned beside the answer. A store that does not exist answers as an empty one and is not made.
///
/// # Errors
/// Why there is no answer, in words.
pub fn ask(options: &Options, query: impl Fn(Moment) -> Query) -> Result<(Moment, Answer), String> {
    let now = options.clock.now();
    let told = |error: StoreError| error.to_string();
    let answer = |store: &dyn Store| {
        let found = Asking::default().answer(store, &query(now), now);
        found.map(|answer| (now, answer)).map_err(told)
    };
    if options.mode == Mode::ReadOnly {
        return answer(&store::read_only(&options.store).map_err(told)?);
    }
    // What cannot be had for writing is read, if it can be.
    let unlocked = |error: StoreError| match unlocked::view(&options.store, &error) {
        Some((view, _)) => answer(&view),
        None => Err(told(error)),
    };
    let begun = options.clock.read().boot;
    let mut ids = Ids::new(now, seed());
    loop {
        let busy = match store::open(&options.store, now) {
            Ok(Opened::Ready { store, .. }) => {
                let found = answer(&*store);
                // Nothing was written; what the database keeps open is let go.
                let _ = if options.leaves {
                    store.leave()
                } else {
                    store.close(now, false)
                };
                return found;
            }
            Ok(Opened::Damaged { view, .. }) => return answer(&*view),
            Err(StoreError::Absent(_)) => return answer(&Memory::new()),
            Err(busy @ StoreError::Busy { .. }) => busy,
            Err(error) => return unlocked(error),
        };
        #[cfg(unix)]
        if let Some(found) = owner::ask(options, &query)? {
            return Ok(found);
        }
        if options.clock.read().boot - begun > PATIENCE {
            return unlocked(busy);
        }
        thread::sleep(Duration::from_millis(ids.draw() % JITTER + 1));
    }
}

#[cfg(unix)]
mod owner {
    //! The same through the process that owns the store.

    use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
    use std::os::unix::net::UnixStream;
    use std::time::Duration;

    use super::{Answer, Moment, Options, Query};
    use crate::engine::place;
    use crate::engine::wire::{self, FromOwner, Hello, LONGEST, PROTO, ToOwner};

    /// How long an owner may be silent.
    const SILENCE: Duration = Duration::from_secs(2);

    /// Asks the owner; `None` when it cannot be reached or goes away.
    pub(super) fn ask(
        options: &Options,
        query: impl Fn(Moment) -> Query,
    ) -> Result<Option<(Moment, Answer)>, String> {
        let Ok(socket) = place::socket(options.runtime.as_deref(), &options.store) else {
            return Ok(None);
        };
        let Ok(mut line) = UnixStream::connect(socket) else {
            return Ok(None);
        };
        let silent = line
            .set_read_timeout(Some(SILENCE))
            .and_then(|()| line.set_write_timeout(Some(SILENCE)))
            .and_then(|()| line.try_clone());
        let Ok(from) = silent else {
            return Ok(None);
        };
        let mut from = BufReader::new(from);
        let hello = ToOwner::Hello(Hello {
            proto: PROTO,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            store: place::canonical(&options.store)
                .to_string_lossy()
                .into_owned(),
            now: options.clock.now(),
            speed: options.clock.speed(),
        });
        say(&mut line, &hello)?;
        let mut now = options.clock.now();
        loop {
            let Some(said) = hear(&mut from)? else {
                return Ok(None);
            };
            match said {
                FromOwner::Hello(hello) => {
                    now = hello.now;
                    let query = query(now);
                    say(&mut line, &ToOwner::Query { n: 1, query })?;
                }
                FromOwner::Answer { answer, .. } => return Ok(Some((now, *answer))),
                FromOwner::No(words) | FromOwner::Failed { words, .. } => return Err(words),
                _ => {}
            }
        }
    }

    fn say(line: &mut UnixStream, message: &ToOwner) -> Result<(), String> {
        let bytes = wire::line(message).unwrap_or_default();
        // A line that breaks here shows at the reading end; only silence is told.
        match line.write_all(&bytes) {
            Err(error) if is_silence(error.kind()) => Err(silent()),
            Err(_) | Ok(()) => Ok(()),
        }
    }

    fn hear(from: &mut BufReader<UnixStream>) -> Result<Option<FromOwner>, String> {
        let limit = u64::try_from(LONGEST).unwrap_or(u64::MAX);
        let mut text = Vec::new();
        match from.by_ref().take(limit).read_until(b'\n', &mut text) {
            Err(error) if is_silence(error.kind()) => return Err(silent()),
            Err(_) | Ok(0) => return Ok(None),
            Ok(_) => {}
        }
        let odd = |_| {
            "the running circlet answers in a way this one does not know; use the same version"
                .to_owned()
        };
        serde_json::from_slice(&text).map(Some).map_err(odd)
    }

    fn is_silence(kind: ErrorKind) -> bool {
        matches!(kind, ErrorKind::WouldBlock | ErrorKind::TimedOut)
    }

    fn silent() -> String {
        "the store is in use by another circlet, which does not answer; continue or end it, then ask again"
            .to_owned()
    }
}
