//! The engine as a front-end sees it.

mod glance;
mod process;
mod record;
mod saving;
mod short;
mod store;
mod voters;

use std::future::{Future, poll_fn};
use std::path::Path;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use super::clock::{ManualClock, run_id};
use super::news::{News, Ticket};
use super::{Engine, Mode, Options};
use crate::command::plan::Plan;
use crate::command::{Command, Draft, NewCircle, NewMember};
use crate::domain::change::{Act, Author, Via};
use crate::domain::circle::CircleKind;
use crate::domain::clock::{Moment, Zone};
use crate::domain::id::{CircleId, SessionId};
use crate::domain::item::{Due, Owner};
use crate::domain::roster::Role;
use crate::domain::text::Clean;
use crate::store::{Memory, Store};

const NOON: Moment = Moment::from_millis(1_773_327_600_000);

/// A desk for one test: a clock that stands, a folder for the store, one for sockets.
struct Desk {
    clock: ManualClock,
    dir: tempfile::TempDir,
    /// Another folder for the sockets.
    runtime: Option<std::path::PathBuf>,
}

impl Desk {
    fn new() -> Self {
        Self {
            clock: ManualClock::new(NOON),
            dir: own_folder(),
            runtime: None,
        }
    }

    fn store(&self) -> std::path::PathBuf {
        self.dir.path().join("store")
    }

    fn options(&self, via: Via) -> Options {
        let clock = self.clock.clock();
        Options {
            store: self.store(),
            mode: Mode::Normal,
            by: Author {
                via,
                run: run_id(clock.now()),
            },
            clock,
            zone: Zone::UTC,
            runtime: Some(
                self.runtime
                    .clone()
                    .unwrap_or_else(|| self.dir.path().to_owned()),
            ),
        }
    }

    async fn open(&self, via: Via) -> Engine {
        let mut engine = Engine::open(self.options(via));
        opened(&mut engine).await;
        engine
    }

    async fn over(&self, store: impl Store + 'static) -> Engine {
        let options = self.options(Via::App);
        let mut engine = Engine::over(Box::new(store), options, Duration::from_millis(5));
        opened(&mut engine).await;
        engine
    }
}

/// A folder that only this user can enter, as sockets need it.
fn own_folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let own = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(dir.path(), own).unwrap();
    }
    dir
}

/// Runs a test on one thread.
fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let limit = Duration::from_secs(20);
    runtime.block_on(async { tokio::time::timeout(limit, test).await.unwrap() });
}

/// News of whichever engine has some first; all of them make progress meanwhile.
async fn any(engines: &mut [&mut Engine]) -> (usize, News) {
    poll_fn(|cx| {
        for (at, engine) in engines.iter_mut().enumerate() {
            if let Poll::Ready(news) = pin!(engine.next()).poll(cx) {
                return Poll::Ready((at, news));
            }
        }
        Poll::Pending
    })
    .await
}

/// The first of the news that is looked for; the others are dropped.
async fn until<T>(
    engines: &mut [&mut Engine],
    mut look: impl FnMut(usize, &News) -> Option<T>,
) -> T {
    loop {
        let (at, news) = any(engines).await;
        if let Some(found) = look(at, &news) {
            return found;
        }
    }
}

async fn opened(engine: &mut Engine) -> super::news::Opened {
    until(&mut [engine], |_, news| match news {
        News::Opened(opened) => Some(opened.clone()),
        News::CannotOpen(words) => panic!("{words}"),
        _ => None,
    })
    .await
}

async fn outcome(engine: &mut Engine, ticket: Ticket) -> Result<Act, String> {
    until(&mut [engine], |_, news| of(news, ticket)).await
}

fn of(news: &News, wanted: Ticket) -> Option<Result<Act, String>> {
    match news {
        News::Done { ticket, act } if *ticket == wanted => Some(Ok((**act).clone())),
        News::Refused { ticket, refusal } if *ticket == wanted => Some(Err(refusal.reason.clone())),
        _ => None,
    }
}

async fn done(engine: &mut Engine, command: Command) -> Act {
    let ticket = engine.submit(command);
    outcome(engine, ticket).await.unwrap()
}

fn line(text: &str) -> Clean {
    Clean::line(text)
}

fn new_circle(name: &str) -> Command {
    let people = ["Jun", "Maria", "Tom"].map(|name| NewMember {
        name: line(name),
        mail: None,
        role: Role::Member,
    });
    Command::NewCircle(NewCircle {
        name: line(name),
        kind: CircleKind::Mentoring,
        people: people.to_vec(),
        rhythm: None,
        template: None,
        first: Some(Plan {
            start: NOON,
            minutes: 60,
            blocks: Vec::new(),
            template: None,
            facilitator: None,
        }),
    })
}

fn add(circle: CircleId, text: &str) -> Command {
    Command::Write {
        circle,
        drafts: vec![Draft::Action {
            text: line(text),
            owner: Owner::Nobody,
            due: Due::None,
            priority: 0,
            estimate: None,
            tags: Vec::new(),
        }],
        speaking: None,
    }
}

fn circle(engine: &Engine) -> CircleId {
    engine.state().circles().next().unwrap().id
}

fn start(engine: &Engine) -> Command {
    let circle = circle(engine);
    Command::StartSession {
        circle,
        session: session(engine),
        facilitator: None,
    }
}

fn session(engine: &Engine) -> SessionId {
    let (state, circle, now) = (engine.state(), circle(engine), engine.now());
    let missed = || state.missed_sessions(circle, now).first().copied();
    state.next_session(circle, now).or_else(missed).unwrap().id
}

fn actions(engine: &Engine) -> Vec<String> {
    let actions = engine.state().open_actions(circle(engine), engine.now());
    actions
        .iter()
        .map(|action| action.text.to_string())
        .collect()
}

const UNDO: Command = Command::Undo { act: None };

/// A store in memory that other hands can reach, and that can be told to fail.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<(Memory, Fault)>>);

/// What is wrong with a store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Fault {
    #[default]
    None,
    /// Every commit fails.
    Full,
    /// What is to be erased is not.
    Keeps,
    /// Committing is a mistake of the program.
    Panics,
}

impl Shared {
    fn fail(&self, fail: bool) {
        self.fault(if fail { Fault::Full } else { Fault::None });
    }

    fn fault(&self, fault: Fault) {
        self.0.lock().unwrap().1 = fault;
    }

    fn commit_behind_the_back(&self, act: Act) -> Act {
        self.0.lock().unwrap().0.commit(act).unwrap()
    }
}

mod shared {
    use super::{Fault, Shared};
    use crate::domain::change::Act;
    use crate::domain::id::{ActId, Key, Kind, Space};
    use crate::store::{
        ActQuery, Head, IndexQuery, IndexRow, Page, Read, Report, Result, Size, Store, StoreError,
        Stored,
    };

    impl Read for Shared {
        fn get(&self, key: &Key) -> Result<Option<Stored>> {
            self.0.lock().unwrap().0.get(key)
        }
        fn scan(
            &self,
            space: Space,
            kind: Kind,
            after: Option<uuid::Uuid>,
            limit: usize,
        ) -> Result<Page> {
            self.0.lock().unwrap().0.scan(space, kind, after, limit)
        }
        fn index(&self, query: &IndexQuery) -> Result<Vec<IndexRow>> {
            self.0.lock().unwrap().0.index(query)
        }
        fn acts(&self, query: &ActQuery) -> Result<Vec<Act>> {
            self.0.lock().unwrap().0.acts(query)
        }
        fn act(&self, id: ActId) -> Result<Option<Act>> {
            self.0.lock().unwrap().0.act(id)
        }
        fn heads(&self) -> Result<std::collections::BTreeMap<Space, Head>> {
            self.0.lock().unwrap().0.heads()
        }
        fn seq(&self) -> Result<u64> {
            self.0.lock().unwrap().0.seq()
        }
    }

    impl Store for Shared {
        fn commit(&mut self, act: Act) -> Result<Act> {
            let mut held = self.0.lock().unwrap();
            let full = match held.1 {
                Fault::None => false,
                Fault::Full => true,
                Fault::Keeps => act.title == "something was erased",
                Fault::Panics => {
                    drop(held);
                    panic!("a mistake of the program");
                }
            };
            if full {
                return Err(StoreError::Full("/nowhere".into()));
            }
            held.0.commit(act)
        }
        fn sync(&mut self) -> Result<()> {
            Ok(())
        }
        fn check(&self) -> Result<Report> {
            self.0.lock().unwrap().0.check()
        }
        fn size(&self) -> Result<Size> {
            self.0.lock().unwrap().0.size()
        }
    }
}

fn aside_is_there(store: &Path) -> bool {
    store.join("running.json").exists()
}
