//! The client's end of the socket.

mod line;

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::io::BufReader;
use tokio::net::UnixStream;
use tokio::net::unix::OwnedReadHalf;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::command::Refusal;
use crate::domain::change::Act;
use crate::domain::document::Document;
use crate::domain::id::Ids;
use crate::domain::names::Naming;
use crate::domain::room::RoomPicture;
use crate::domain::state::State;
use crate::engine::clock::{Clock, seed};
use crate::engine::event::Event;
use crate::engine::jobs::Job;
use crate::engine::news::{News, Opened, Saving};
use crate::engine::query::Row;
use crate::engine::wire::{self, FromOwner, Hello, PROTO, ToOwner};
use crate::engine::working_set::Scope;
use crate::engine::{Engine, Link, Source, place};

pub(in crate::engine) use line::Silence;
use line::{Watch, connection};

/// Pause between two tries to reach an owner, in milliseconds, of which a part is drawn.
const AGAIN: u64 = 250;

/// The line to the owner.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Line(UnboundedSender<ToOwner>);

impl Line {
    /// Sends a message. When the line is broken its end has been told already.
    pub(in crate::engine) fn send(&self, message: ToOwner) {
        let _ = self.0.send(message);
    }
}

impl Engine {
    pub(in crate::engine) fn hear_owner(&mut self, event: Event) {
        match event {
            Event::Joined(stream) => self.join(stream),
            Event::Owner(said) => self.owner_said(*said),
            Event::OwnerGone => self.owner_gone(),
            Event::OwnerSilent(pid) => self.owner_silent(pid),
            _ => {}
        }
    }

    fn join(&mut self, stream: std::os::unix::net::UnixStream) {
        self.seeking = None;
        let stream = stream
            .set_nonblocking(true)
            .and_then(|()| UnixStream::from_std(stream));
        let Ok(stream) = stream else {
            self.seek(Source::Folder(self.options.store.clone()));
            return;
        };
        self.joining = true;
        let pid = stream.peer_cred().ok().and_then(|peer| peer.pid());
        let watch = Watch {
            events: self.sender.clone(),
            silence: self.silence,
            pid,
        };
        let (sender, messages) = unbounded_channel();
        let line = Line(sender);
        line.send(ToOwner::Hello(self.hello()));
        self.link = Link::There(line);
        tokio::spawn(connection(stream, messages, watch));
    }

    /// The owner is there and says nothing: perhaps it was stopped.
    fn owner_silent(&mut self, pid: Option<i32>) {
        if !matches!(self.link, Link::There(_)) {
            return;
        }
        self.incoming = None;
        let who = pid.map_or_else(
            || "another process".to_owned(),
            |pid| format!("process {pid}"),
        );
        self.cannot_open(&format!(
            "the store is in use by {who}, which does not answer; what was sent to it may still be \
             saved when it goes on. Continue or end that process, then start circlet again"
        ));
    }

    fn owner_gone(&mut self) {
        if !matches!(self.link, Link::There(_)) {
            return;
        }
        if self.opened {
            self.news.push_back(News::OwnerGone);
        }
        self.incoming = None;
        self.seek(Source::Folder(self.options.store.clone()));
    }

    /// Sends a command to the owner.
    pub(in crate::engine) fn send_job(&mut self, job: Job) {
        let Link::There(line) = &self.link else {
            self.desk.jobs.push_front(job);
            return;
        };
        let n = self.desk.token();
        let message = ToOwner::Submit {
            n,
            act_id: job.id,
            by: job.by,
            command: Box::new(job.command.clone()),
            again: job.again,
            seen: job.seen.clone(),
        };
        if wire::line(&message).is_some() {
            line.send(message);
        } else {
            match place::lay_down(self.socket().as_deref(), job.id, &job.command) {
                Ok(file) => line.send(ToOwner::SubmitFile {
                    n,
                    act_id: job.id,
                    by: job.by,
                    again: job.again,
                    file,
                }),
                Err(error) => {
                    let words =
                        format!("it is too much for one line, and {error}; nothing changed");
                    return self.refuse(job.origin, Refusal::new(words));
                }
            }
        }
        self.desk.sent.insert(n, job);
    }

    fn owner_said(&mut self, said: FromOwner) {
        match said {
            FromOwner::Hello(hello) => {
                // Both count the same time, also in a demo that runs faster.
                self.options.clock = self.options.clock.set(hello.now, hello.speed);
                if let Link::There(line) = &self.link {
                    line.send(match self.scope {
                        Scope::All => ToOwner::Subscribe,
                        Scope::Frame => ToOwner::Frame,
                    });
                }
            }
            FromOwner::No(words) => self.cannot_open(&words),
            FromOwner::Begin => self.incoming = Some(State::default()),
            FromOwner::Docs(rows) => self.take_rows(rows),
            FromOwner::Ready {
                revs,
                floor,
                unsaved,
                stage,
            } => {
                if let Some(mut state) = self.incoming.take() {
                    for (space, rev) in revs {
                        state.set_space_rev(space, rev);
                    }
                    self.replace_state(state);
                    self.aside.floor = floor;
                    self.take_stage(stage);
                    self.owner_unsaved(unsaved);
                    self.joined();
                }
            }
            FromOwner::Done { n, act } => {
                if let Some(job) = self.desk.sent.remove(&n) {
                    self.follow(&act);
                    self.saving = Saving::Saved(self.options.clock.now());
                    self.done(job.origin, *act);
                }
            }
            FromOwner::Refused { n, refusal } => {
                if let Some(job) = self.desk.sent.remove(&n) {
                    self.refuse(job.origin, refusal);
                }
            }
            FromOwner::Answer { n, answer } => self.answered(n, Ok(answer)),
            FromOwner::Failed { n, words } => {
                if let Some((origin, _)) = self.desk.erasing.remove(&n) {
                    self.failed(origin, words);
                } else {
                    self.answered(n, Err(words));
                }
            }
            FromOwner::Erased { n, words } => {
                if let Some((origin, _)) = self.desk.erasing.remove(&n) {
                    self.tell_erased(origin, words);
                }
            }
            FromOwner::Changed { act } => {
                self.follow(&act);
                self.news.push_back(News::Changed { act });
            }
            FromOwner::Floor(floor) => {
                self.aside.floor = floor;
                self.news.push_back(News::Floor);
            }
            FromOwner::Stage(stage) => {
                self.take_stage(stage);
                self.news.push_back(News::Room);
            }
            FromOwner::Unsaved(waiting) => self.owner_unsaved(waiting),
            FromOwner::Room(_) => {}
        }
    }

    const fn take_stage(&mut self, stage: wire::Stage) {
        (self.blanked, self.held) = (stage.blanked, stage.held);
        self.aside.off_record = stage.off_record;
        self.room_clock = stage.clock;
    }

    fn take_rows(&mut self, rows: Vec<Row>) {
        let Some(state) = &mut self.incoming else {
            return;
        };
        for row in rows {
            // What this version cannot read stays with the owner, which can.
            if let Ok(document) = Document::from_body(&row.key, &row.body) {
                state.load(row.key, document);
            }
        }
    }

    /// The state is complete.
    fn joined(&mut self) {
        // Otherwise it was sent afresh, because something was taken back or erased.
        if std::mem::take(&mut self.joining) {
            self.send_again();
            if self.room_naming == Naming::Masked {
                self.mask_room(true);
            }
            self.open_news(Opened {
                through_owner: true,
                ..Opened::default()
            });
        } else {
            self.news.push_back(News::Floor);
        }
    }

    fn owner_unsaved(&mut self, waiting: usize) {
        if waiting > 0 {
            self.saving = Saving::Unsaved(waiting);
        } else if matches!(self.saving, Saving::Unsaved(_)) {
            self.saving = Saving::Saved(self.options.clock.now());
        }
    }

    /// Applies what the owner has saved.
    fn follow(&mut self, act: &Act) {
        // A document that cannot be read here is left out; the rest of the act is shown.
        let _ = self.state.apply(act);
        self.let_go(act);
        self.forget_after(act);
    }
}

/// What a second screen is told.
#[derive(Clone, Debug, PartialEq)]
pub enum RoomNews {
    /// What to show; `None` while no session runs.
    Picture(Option<Box<RoomPicture>>),
    /// The owner is gone. The last picture may stay for a minute; another owner is being looked for.
    Gone,
    /// The owner does not talk to this circlet, for this reason. Nothing follows.
    No(String),
}

/// Follows the room view of whichever process owns the store. It never opens the store itself.
#[derive(Debug)]
pub struct Follower {
    socket: PathBuf,
    store: String,
    clock: Clock,
    lines: Option<BufReader<OwnedReadHalf>>,
    /// Kept so that the line stays open.
    to: Option<tokio::net::unix::OwnedWriteHalf>,
    ids: Ids,
}

impl Follower {
    /// Follows the owner of `store`; `runtime` replaces the runtime folder of the user.
    ///
    /// # Errors
    /// When there is no runtime folder that only this user can enter.
    pub fn new(store: &Path, runtime: Option<&Path>, clock: Clock) -> std::io::Result<Self> {
        Ok(Self {
            socket: place::socket(runtime, store)?,
            store: place::canonical(store).to_string_lossy().into_owned(),
            ids: Ids::new(clock.now(), seed()),
            clock,
            lines: None,
            to: None,
        })
    }

    /// The owner's time.
    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }

    /// Waits for the next picture. Looks for an owner as long as there is none. Not safe to drop half
    /// way: keep it in a task of its own, or pinned over the turns of a loop.
    pub async fn next(&mut self) -> RoomNews {
        loop {
            let Some(lines) = &mut self.lines else {
                if self.connect().await.is_err() {
                    let pause = AGAIN + self.ids.draw() % AGAIN;
                    tokio::time::sleep(Duration::from_millis(pause)).await;
                }
                continue;
            };
            match wire::receive(lines).await {
                Ok(Some(FromOwner::Hello(hello))) => {
                    self.clock = self.clock.set(hello.now, hello.speed);
                }
                Ok(Some(FromOwner::Room(picture))) => {
                    return RoomNews::Picture(picture.map(Box::new));
                }
                Ok(Some(FromOwner::No(words))) => return RoomNews::No(words),
                Ok(Some(_)) => {}
                Ok(None) | Err(_) => {
                    (self.lines, self.to) = (None, None);
                    return RoomNews::Gone;
                }
            }
        }
    }

    async fn connect(&mut self) -> std::io::Result<()> {
        let stream = UnixStream::connect(&self.socket).await?;
        let (from, mut to) = stream.into_split();
        let hello = ToOwner::Hello(Hello {
            proto: PROTO,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            store: self.store.clone(),
            now: self.clock.now(),
            speed: self.clock.speed(),
        });
        for message in [hello, ToOwner::Room] {
            wire::send(&mut to, &wire::line(&message).unwrap_or_default()).await?;
        }
        (self.lines, self.to) = (Some(BufReader::new(from)), Some(to));
        Ok(())
    }
}
