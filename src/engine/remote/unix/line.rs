//! The line to the owner, watched: an owner that was stopped keeps its end open and says nothing.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::time::Duration;

use tokio::io::BufReader;
use tokio::net::UnixStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Sleep, sleep};

use crate::engine::event::Event;
use crate::engine::wire::{self, FromOwner, ToOwner};

/// How long an owner may say nothing while something is expected of it.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Silence {
    /// Until the state is complete.
    pub(in crate::engine) start: Duration,
    /// With a command or a query open.
    pub(in crate::engine) answer: Duration,
    /// With an erase open, which writes everything anew.
    pub(in crate::engine) erase: Duration,
}

impl Default for Silence {
    fn default() -> Self {
        Self {
            start: Duration::from_secs(2),
            answer: Duration::from_secs(10),
            erase: Duration::from_mins(2),
        }
    }
}

/// Who is told what happens on a line, and when silence is too long.
pub(super) struct Watch {
    pub(super) events: UnboundedSender<Event>,
    pub(super) silence: Silence,
    /// The process at the other end.
    pub(super) pid: Option<i32>,
}

/// Something that passed along the line.
enum Beat {
    /// Something was asked; with whether it is an erase.
    Asked(u64, bool),
    /// The state is complete.
    Started,
    /// An answer to what was asked.
    Answered(u64),
    /// Something else.
    Other,
}

/// What the owner owes.
struct Owed {
    start: bool,
    /// What was asked; with whether it is an erase.
    open: BTreeMap<u64, bool>,
}

impl Owed {
    fn limit(&self, silence: &Silence) -> Option<Duration> {
        if self.start {
            Some(silence.start)
        } else if self.open.values().any(|erase| *erase) {
            Some(silence.erase)
        } else if self.open.is_empty() {
            None
        } else {
            Some(silence.answer)
        }
    }

    /// Notes what passed; tells whether it was the owner that spoke.
    fn note(&mut self, beat: &Beat) -> bool {
        match beat {
            Beat::Asked(n, erase) => {
                self.open.insert(*n, *erase);
                return false;
            }
            Beat::Started => self.start = false,
            Beat::Answered(n) => {
                self.open.remove(n);
            }
            Beat::Other => {}
        }
        true
    }
}

const fn asked(message: &ToOwner) -> Option<Beat> {
    match message {
        ToOwner::Submit { n, .. } | ToOwner::SubmitFile { n, .. } | ToOwner::Query { n, .. } => {
            Some(Beat::Asked(*n, false))
        }
        ToOwner::Erase { n, .. } => Some(Beat::Asked(*n, true)),
        ToOwner::Hello(_)
        | ToOwner::Floor(_)
        | ToOwner::OffRecord(_)
        | ToOwner::Blank(_)
        | ToOwner::RoomClock(_)
        | ToOwner::MaskRoom(_)
        | ToOwner::Resumed
        | ToOwner::Subscribe
        | ToOwner::Frame
        | ToOwner::Room => None,
    }
}

const fn heard(message: &FromOwner) -> Beat {
    match message {
        FromOwner::No(_) | FromOwner::Ready { .. } => Beat::Started,
        FromOwner::Done { n, .. }
        | FromOwner::Refused { n, .. }
        | FromOwner::Answer { n, .. }
        | FromOwner::Failed { n, .. }
        | FromOwner::Erased { n, .. } => Beat::Answered(*n),
        FromOwner::Hello(_)
        | FromOwner::Begin
        | FromOwner::Docs(_)
        | FromOwner::Changed { .. }
        | FromOwner::Floor(_)
        | FromOwner::Stage(_)
        | FromOwner::Unsaved(_)
        | FromOwner::Room(_) => Beat::Other,
    }
}

/// Reads and writes lines until either side ends it, or the owner is silent for too long.
pub(super) async fn connection(
    stream: UnixStream,
    messages: UnboundedReceiver<ToOwner>,
    watch: Watch,
) {
    let (from, to) = stream.into_split();
    let (beat, beats) = unbounded_channel();
    let reading = tokio::spawn(read(
        BufReader::with_capacity(wire::BUFFER, from),
        watch.events.clone(),
        beat.clone(),
    ));
    let writing = tokio::spawn(write(to, messages, beat));
    if silent(beats, &watch.silence).await {
        // The engine may be gone; then nobody waits.
        let _ = watch.events.send(Event::OwnerSilent(watch.pid));
    }
    reading.abort();
    writing.abort();
}

async fn read(
    mut from: BufReader<tokio::net::unix::OwnedReadHalf>,
    events: UnboundedSender<Event>,
    beat: UnboundedSender<Beat>,
) {
    while let Ok(Some(said)) = wire::receive::<Box<FromOwner>>(&mut from).await {
        let _ = beat.send(heard(&said));
        if events.send(Event::Owner(said)).is_err() {
            return;
        }
    }
    let _ = events.send(Event::OwnerGone);
}

async fn write(
    mut to: tokio::net::unix::OwnedWriteHalf,
    mut messages: UnboundedReceiver<ToOwner>,
    beat: UnboundedSender<Beat>,
) {
    while let Some(message) = messages.recv().await {
        if let Some(asked) = asked(&message) {
            let _ = beat.send(asked);
        }
        let Some(lines) = wire::lines(&message) else {
            continue;
        };
        // A broken line shows at the reading end.
        if wire::send(&mut to, &lines).await.is_err() {
            return;
        }
    }
}

/// Waits until the line ends (`false`) or the owner has been silent for too long (`true`).
async fn silent(mut beats: UnboundedReceiver<Beat>, silence: &Silence) -> bool {
    let mut owed = Owed {
        start: true,
        open: BTreeMap::new(),
    };
    let timer = |owed: &Owed| owed.limit(silence).map(|limit| Box::pin(sleep(limit)));
    let mut patience: Option<Pin<Box<Sleep>>> = timer(&owed);
    loop {
        let out = async {
            match &mut patience {
                Some(patience) => patience.await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            beat = beats.recv() => {
                let Some(beat) = beat else {
                    return false;
                };
                let before = owed.limit(silence);
                if owed.note(&beat) || owed.limit(silence) != before {
                    patience = timer(&owed);
                }
            }
            () = out => return true,
        }
    }
}
