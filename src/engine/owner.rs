//! The process that owns the store serves the others of the same user: it decides their commands,
//! answers their queries, and tells them what changes.

mod serve;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use tokio::net::UnixListener;
use tokio::sync::mpsc::Sender;
use tokio::task::JoinHandle;

use crate::command::Refusal;
use crate::domain::change::Act;
use crate::domain::room::RoomPicture;
use crate::engine::event::{Event, Revs};
use crate::engine::jobs::{Job, Origin};
use crate::engine::news::{News, Saving};
use crate::engine::query::{Answer, Row};
use crate::engine::wire::{FromOwner, Hello, PROTO, Stage, ToOwner};
use crate::engine::working_set::Scope;
use crate::engine::{Engine, Link, Mode, place};

/// Documents of one message while the state is sent.
const DOCS: usize = 16;

/// A process that works through this one.
struct Client {
    line: Sender<FromOwner>,
    /// Speaks this version of the protocol about this store.
    greeted: bool,
    /// Wants the state.
    subscribed: bool,
    /// Wants what the room may see.
    screen: Option<Screen>,
}

/// A second screen and the picture that it has.
struct Screen {
    shown: Option<RoomPicture>,
}

/// What serving takes.
#[derive(Default)]
pub(super) struct Owner {
    clients: BTreeMap<u64, Client>,
    listening: Option<Listening>,
}

/// The socket; stops and goes when dropped.
struct Listening {
    path: PathBuf,
    task: JoinHandle<()>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.task.abort();
        // A socket that stays behind is removed by the next owner.
        let _ = fs::remove_file(&self.path);
    }
}

impl Owner {
    /// Ends serving; clients see their line break and look for the next owner.
    pub(super) fn stop(&mut self) {
        self.listening = None;
        self.clients.clear();
    }

    pub(super) fn tell(&mut self, conn: u64, message: FromOwner) {
        let full = self
            .clients
            .get(&conn)
            .is_some_and(|client| client.line.try_send(message).is_err());
        if full {
            self.clients.remove(&conn);
        }
    }

    fn tell_subscribers(&mut self, message: &FromOwner, except: Option<u64>) {
        let conns: Vec<u64> = self
            .clients
            .iter()
            .filter(|(conn, client)| client.subscribed && Some(**conn) != except)
            .map(|(conn, _)| *conn)
            .collect();
        for conn in conns {
            self.tell(conn, message.clone());
        }
    }
}

impl Engine {
    /// Opens the socket. Without one this process still works; others are told that the store is in use.
    pub(super) fn serve(&mut self) {
        if self.owner.listening.is_some() || self.scope == Scope::Frame {
            return;
        }
        match self.bind() {
            Ok((path, listener)) => {
                let task = tokio::spawn(serve::accept(listener, self.sender.clone()));
                self.owner.listening = Some(Listening { path, task });
            }
            Err(error) => self.news.push_back(News::Notice(format!(
                "Other windows and commands cannot join this circlet: {error}. \
                 Everything is saved here all the same"
            ))),
        }
    }

    fn bind(&self) -> io::Result<(PathBuf, UnixListener)> {
        let path = place::socket(self.options.runtime.as_deref(), &self.options.store)?;
        // The lock is held, so whoever made this socket is gone.
        let _ = fs::remove_file(&path);
        let listener = UnixListener::bind(&path)?;
        if let Err(error) = fs::set_permissions(&path, fs::Permissions::from_mode(0o600)) {
            let _ = fs::remove_file(&path);
            return Err(error);
        }
        Ok((path, listener))
    }

    pub(super) fn hello(&self) -> Hello {
        Hello {
            proto: PROTO,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            store: place::canonical(&self.options.store)
                .to_string_lossy()
                .into_owned(),
            now: self.options.clock.now(),
            speed: self.options.clock.speed(),
        }
    }

    pub(super) fn hear_client(&mut self, event: Event) {
        match event {
            Event::ClientCame { conn, line } => {
                let client = Client {
                    line,
                    greeted: false,
                    subscribed: false,
                    screen: None,
                };
                self.owner.clients.insert(conn, client);
            }
            Event::ClientLeft(conn) => {
                self.owner.clients.remove(&conn);
            }
            Event::Client { conn, said } => {
                let greeted = self.owner.clients.get(&conn).is_some_and(|c| c.greeted);
                match *said {
                    ToOwner::Hello(hello) => self.greet(conn, &hello),
                    said if greeted => self.said(conn, said),
                    _ => {
                        self.owner.clients.remove(&conn);
                    }
                }
            }
            _ => {}
        }
    }

    fn greet(&mut self, conn: u64, hello: &Hello) {
        let ours = self.hello();
        let no = if hello.proto != ours.proto {
            Some(format!(
                "circlet {} has the store open and this is {}; close the other one first",
                ours.version, hello.version
            ))
        } else if hello.store == ours.store {
            None
        } else {
            Some(format!("the circlet that answered has {} open", ours.store))
        };
        if let Some(client) = self.owner.clients.get_mut(&conn) {
            client.greeted = no.is_none();
        }
        let reply = no.map_or(FromOwner::Hello(ours), FromOwner::No);
        self.owner.tell(conn, reply);
    }

    fn said(&mut self, conn: u64, said: ToOwner) {
        match said {
            ToOwner::Hello(_) => {}
            ToOwner::Submit {
                n,
                act_id,
                by,
                command,
                again,
                seen,
            } => {
                let origin = Origin::Client { conn, n };
                let mut job = Job::new(origin, (act_id, by), *command);
                job.again = again;
                job.seen = seen;
                self.take_job(job);
            }
            ToOwner::SubmitFile {
                n,
                act_id,
                by,
                again,
                file,
            } => {
                let origin = Origin::Client { conn, n };
                match place::pick_up(self.socket().as_deref(), &file) {
                    Ok(command) => {
                        let mut job = Job::new(origin, (act_id, by), command);
                        job.again = again;
                        self.take_job(job);
                    }
                    Err(error) => {
                        let words = format!("it did not arrive whole: {error}; nothing changed");
                        self.refuse(origin, Refusal::new(words));
                    }
                }
            }
            ToOwner::Query { n, query } => self.send_query(Origin::Client { conn, n }, query),
            ToOwner::Erase { n, what } => self.send_erase(Origin::Client { conn, n }, what),
            ToOwner::Floor(change) => self.make_floor_move(change),
            ToOwner::Blank(blanked) => self.blank(blanked),
            ToOwner::RoomClock(clock) => self.set_room_clock(clock),
            ToOwner::MaskRoom(masked) => self.mask_room(masked),
            ToOwner::OffRecord(on) => self.off_record(on),
            ToOwner::Resumed => self.resumed(),
            ToOwner::Subscribe => {
                if let Some(client) = self.owner.clients.get_mut(&conn) {
                    client.subscribed = true;
                }
                self.send_state(conn, Scope::All);
            }
            ToOwner::Frame => self.send_state(conn, Scope::Frame),
            ToOwner::Room => self.send_room(conn),
        }
    }

    fn take_job(&mut self, job: Job) {
        self.desk.jobs.push_back(job);
        self.pump();
    }

    /// Shows what the room sees to one that follows it.
    fn send_room(&mut self, conn: u64) {
        let picture = self.room();
        if let Some(client) = self.owner.clients.get_mut(&conn) {
            let shown = picture.clone();
            client.screen = Some(Screen { shown });
        }
        self.owner.tell(conn, FromOwner::Room(picture));
    }

    /// Sends what is in memory.
    fn send_state(&mut self, conn: u64, scope: Scope) {
        self.owner.tell(conn, FromOwner::Begin);
        let rows: Vec<Row> = self
            .state
            .of_kinds(|kind| scope.has(kind))
            .map(|(key, document)| Row {
                key: *key,
                rev: 0,
                body: document.to_text(),
            })
            .collect();
        for rows in rows.chunks(DOCS) {
            self.owner.tell(conn, FromOwner::Docs(rows.to_vec()));
        }
        let revs: Revs = rows
            .iter()
            .map(|row| (row.key.space, self.state.space_rev(row.key.space)))
            .collect();
        let ready = FromOwner::Ready {
            revs,
            floor: self.aside.floor.clone(),
            unsaved: self.unsaved(),
            stage: self.stage(),
        };
        self.owner.tell(conn, ready);
    }

    const fn stage(&self) -> Stage {
        Stage {
            blanked: self.blanked,
            held: self.held,
            clock: self.room_clock,
            off_record: self.aside.off_record,
        }
    }

    /// Tells everybody whether the room view is blanked or held, and whether anything is written.
    pub(super) fn tell_stage(&mut self) {
        let stage = FromOwner::Stage(self.stage());
        self.owner.tell_subscribers(&stage, None);
    }

    const fn unsaved(&self) -> usize {
        match self.saving {
            Saving::Unsaved(waiting) => waiting,
            Saving::Clean | Saving::Saved(_) | Saving::Waiting | Saving::ReadOnly(_) => 0,
        }
    }

    /// Sends the state afresh to everybody: something was taken back or erased.
    pub(super) fn tell_everything(&mut self) {
        let conns: Vec<u64> = self
            .owner
            .clients
            .iter()
            .filter(|(_, client)| client.subscribed)
            .map(|(conn, _)| *conn)
            .collect();
        for conn in conns {
            self.send_state(conn, Scope::All);
        }
        self.show_room();
    }

    /// Tells everybody of an act, except whoever asked for it and is told otherwise.
    pub(super) fn tell_others(&mut self, origin: Origin, act: &Act) {
        let except = match origin {
            Origin::Client { conn, .. } => Some(conn),
            Origin::Local(_) | Origin::Hiding(_) | Origin::Inner => None,
        };
        let act = Box::new(act.clone());
        self.owner
            .tell_subscribers(&FromOwner::Changed { act }, except);
    }

    pub(super) fn tell_done(&mut self, conn: u64, n: u64, act: &Act) {
        let act = Box::new(act.clone());
        self.owner.tell(conn, FromOwner::Done { n, act });
    }

    pub(super) fn tell_answer(&mut self, conn: u64, n: u64, answer: Box<Answer>) {
        self.owner.tell(conn, FromOwner::Answer { n, answer });
    }

    pub(super) fn tell_failed(&mut self, conn: u64, n: u64, words: String) {
        self.owner.tell(conn, FromOwner::Failed { n, words });
    }

    pub(super) fn tell_client_erased(&mut self, conn: u64, n: u64, words: String) {
        self.owner.tell(conn, FromOwner::Erased { n, words });
    }

    pub(super) fn tell_floor(&mut self) {
        if matches!(self.link, Link::Here(_)) {
            let floor = FromOwner::Floor(self.aside.floor.clone());
            self.owner.tell_subscribers(&floor, None);
        }
    }

    pub(super) fn tell_unsaved(&mut self, waiting: usize) {
        self.owner
            .tell_subscribers(&FromOwner::Unsaved(waiting), None);
    }

    /// Sends the room view to those who follow it, if it has changed.
    pub(super) fn show_room(&mut self) {
        if self.owner.clients.is_empty() || self.options.mode == Mode::ReadOnly {
            return;
        }
        let picture = self.room();
        let mut stale = Vec::new();
        for (conn, client) in &mut self.owner.clients {
            if let Some(screen) = &mut client.screen
                && screen.shown != picture
            {
                screen.shown.clone_from(&picture);
                stale.push(*conn);
            }
        }
        for conn in stale {
            self.owner.tell(conn, FromOwner::Room(picture.clone()));
        }
    }
}
