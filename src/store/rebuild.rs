//! Building everything again from a snapshot and the journals behind it, beside the old database,
//! and the full check that says whether that is needed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use uuid::Uuid;

use crate::domain::clock::Moment;
use crate::store::files::{self, BUILDING, DATABASE, OPENING, name};
use crate::store::journal::{self, Replayed, replay, survey};
use crate::store::sled::{Tables, Verifier};
use crate::store::{
    Finding, Load, Memory, Read, Report, Result, StoreError, fault, snapshot, state,
};

/// Time the database may take to open: this, and a second more for each 100 MB.
const OPEN_LIMIT: Duration = Duration::from_secs(10);
/// How often a database is tried whose last user is just letting go of it.
const LOCK_TRIES: u32 = 400;

/// Checks everything in a store on any thread: database, journals and the newest snapshot.
#[derive(Clone)]
pub struct Checker {
    dir: PathBuf,
    verifier: Option<Verifier>,
}

impl Checker {
    pub(crate) const fn new(dir: PathBuf, verifier: Option<Verifier>) -> Self {
        Self { dir, verifier }
    }

    /// Reads everything. `None` when `cancel` was set, or when acts came in too fast to tell.
    pub fn run(&self, cancel: &AtomicBool) -> Result<Option<Report>> {
        let mut report = match &self.verifier {
            Some(verifier) => match verifier.run(cancel)? {
                Some(report) => report,
                None => return Ok(None),
            },
            None => Report::default(),
        };
        // Files that go while they are read were made superfluous by a snapshot.
        report
            .findings
            .extend(tolerate(journal_findings(&self.dir))?);
        report
            .findings
            .extend(tolerate(snapshot_findings(&self.dir))?);
        Ok(Some(report))
    }
}

fn tolerate(found: Result<Vec<Finding>>) -> Result<Vec<Finding>> {
    match found {
        Err(StoreError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
            Ok(Vec::new())
        }
        found => found,
    }
}

fn journal_findings(dir: &Path) -> Result<Vec<Finding>> {
    let found = files::journals(dir)?;
    let Some((_, oldest)) = found.first() else {
        return Ok(Vec::new());
    };
    let from = journal::header(oldest).map_or(0, |header| header.after);
    Ok(survey(dir, from)?.findings)
}

fn snapshot_findings(dir: &Path) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (_, path) in files::snapshots(dir)?.iter().rev().take(2) {
        match snapshot::verify(path) {
            Ok(_) => {}
            Err(StoreError::Corrupt { report }) => findings.extend(report),
            Err(error) => return Err(error),
        }
    }
    Ok(findings)
}

/// From what the store can be built, and how far that reaches.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) snapshot: Option<PathBuf>,
    /// The newest act of the snapshot.
    pub(crate) from: u64,
    /// The newest act that is reached without a gap.
    pub(crate) reached: u64,
    pub(crate) findings: Vec<Finding>,
    /// Files that are damaged.
    pub(crate) damaged: Vec<PathBuf>,
}

/// Finds the newest good snapshot from which the journals reach act `known`, or else the best one.
pub(crate) fn plan(dir: &Path, known: u64) -> Result<Plan> {
    let mut best: Option<Plan> = None;
    let (mut findings, mut damaged) = (Vec::new(), Vec::new());
    let mut starts: Vec<_> = files::snapshots(dir)?
        .into_iter()
        .map(|(_, path)| Some(path))
        .collect();
    starts.insert(0, None);
    for snapshot in starts.into_iter().rev() {
        let from = match snapshot.as_deref().map(snapshot::verify) {
            None => 0,
            Some(Ok(header)) => header.seq,
            Some(Err(StoreError::Corrupt { report })) => {
                findings.extend(report);
                damaged.extend(snapshot);
                continue;
            }
            Some(Err(error)) => return Err(error),
        };
        let Replayed {
            reached,
            findings,
            damaged,
            ..
        } = replay(dir, from, false, &mut |_| Ok(()))?;
        if best.as_ref().is_none_or(|best| reached > best.reached) {
            best = Some(Plan {
                snapshot,
                from,
                reached,
                findings,
                damaged,
            });
        }
        if reached >= known {
            break;
        }
    }
    let mut best = best.unwrap_or_default();
    best.findings.splice(0..0, findings);
    best.damaged.extend(damaged);
    Ok(best)
}

/// Fills `into` as planned.
pub(crate) fn follow(dir: &Path, plan: &Plan, past_gaps: bool, into: &mut dyn Load) -> Result<()> {
    if let Some(snapshot) = &plan.snapshot {
        snapshot::load(snapshot, into)?;
    }
    replay(dir, plan.from, past_gaps, &mut |act| into.apply(&act))?;
    Ok(())
}

/// The newest act that any small trace says was acknowledged.
pub(crate) fn known(dir: &Path) -> Result<u64> {
    let snapshot = files::snapshots(dir)?.last().map_or(0, |(seq, _)| *seq);
    Ok(state::read(dir).map_or(0, |state| state.seq).max(snapshot))
}

/// Everything, read from snapshot and journals without the database.
pub(crate) fn into_memory(dir: &Path) -> Result<Memory> {
    let mut memory = Memory::new();
    let known = known(dir)?;
    let plan = plan(dir, known)?;
    if plan.reached < known {
        return Err(StoreError::Corrupt {
            report: lacking(&plan, known),
        });
    }
    follow(dir, &plan, false, &mut memory)?;
    Ok(memory)
}

/// What a plan cannot reach, in words.
pub(crate) fn lacking(plan: &Plan, known: u64) -> Vec<Finding> {
    let mut report = plan.findings.clone();
    let (first, last) = (plan.reached + 1, known);
    let what = if first == last {
        format!("act {first} is missing")
    } else {
        format!("acts {first} to {last} are missing")
    };
    report.push(Finding {
        place: "journal".to_owned(),
        what,
    });
    report
}

/// Copies everything from one store to another.
pub(crate) fn copy(from: &dyn Read, into: &mut dyn Load) -> Result<()> {
    for space in from.spaces()? {
        for kind in crate::domain::id::Kind::ALL {
            into.load(from.scan(space, kind, None, usize::MAX)?.rows)?;
        }
    }
    let order = crate::store::ActOrder::After(0);
    let query = crate::store::ActQuery {
        space: None,
        order,
        limit: usize::MAX,
    };
    for act in from.acts(&query)? {
        into.keep(act)?;
    }
    into.finish(from.heads()?, from.seq()?)
}

/// Builds a database beside the one in use, checks it, and leaves it closed. Returns the number of
/// its records. Nothing stays of one that could not be built: it would take the room that is missing.
pub(crate) fn build(dir: &Path, plan: &Plan, store: Uuid) -> Result<u64> {
    let path = dir.join(BUILDING);
    files::remove(&path)?;
    let built = build_in(&path, dir, plan, store);
    if built.is_err() {
        // Why it could not be built says more than why the rest of it could not be removed.
        let _left = files::remove(&path);
    }
    built
}

fn build_in(path: &Path, dir: &Path, plan: &Plan, store: Uuid) -> Result<u64> {
    let mut tables = Tables::open(path)?;
    tables.set_store(store)?;
    follow(dir, plan, false, &mut tables)?;
    fault::point("in-rebuild");
    tables.flush()?;
    let report = tables
        .verifier()
        .run(&AtomicBool::new(false))?
        .unwrap_or_default();
    tables.close();
    if !report.findings.is_empty() {
        return Err(StoreError::Corrupt {
            report: report.findings,
        });
    }
    Ok(report.heads.values().map(|head| head.docs).sum())
}

/// Puts the database that was built into its place; the old one is kept under the name returned.
pub(crate) fn swap(dir: &Path, at: Moment) -> Result<Option<PathBuf>> {
    let database = dir.join(DATABASE);
    let copy = database
        .exists()
        .then(|| files::set_aside(&database, at))
        .transpose()?;
    fault::point("in-swap");
    take_place(dir)?;
    Ok(copy)
}

/// Gives the database that was built its name.
pub(crate) fn take_place(dir: &Path) -> Result<()> {
    let building = dir.join(BUILDING);
    fs::rename(&building, dir.join(DATABASE))
        .map_err(|error| StoreError::io("moved", &building, error))?;
    files::sync_dir(dir)
}

/// Opens the database on a thread that is watched: on damaged data it can panic or hang. The file
/// `opening` tells the next start if even the process ended.
pub(crate) fn open_database(dir: &Path) -> Result<Tables> {
    let marker = dir.join(OPENING);
    let made = files::private()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&marker);
    drop(made.map_err(|error| StoreError::io("written", &marker, error))?);
    let path = dir.join(DATABASE);
    let extra = u32::try_from(files::bytes(&path) / 100_000_000).unwrap_or(u32::MAX);
    let limit = OPEN_LIMIT.saturating_add(Duration::from_secs(1).saturating_mul(extra));
    let (send, receive) = mpsc::sync_channel(1);
    let spawned = thread::Builder::new()
        .name("store-open".to_owned())
        .spawn(move || {
            // Nobody waits for a database that opens after the limit.
            let _ = send.send(open_patiently(&path));
        })
        .map_err(|error| StoreError::io("opened", &marker, error));
    let opened = spawned.and_then(|_thread| {
        receive.recv_timeout(limit).unwrap_or_else(|_late| {
            Err(StoreError::corrupt(
                DATABASE,
                "the database did not open within its time limit",
            ))
        })
    });
    files::remove(&marker)?;
    opened
}

/// The threads of a database that was just closed hold its lock a little longer.
fn open_patiently(path: &Path) -> Result<Tables> {
    for _ in 0..LOCK_TRIES {
        match Tables::open(path) {
            Err(StoreError::Busy { .. }) => thread::sleep(Duration::from_millis(5)),
            opened => return opened,
        }
    }
    Err(StoreError::Busy {
        pid: None,
        version: None,
    })
}

/// Whether an error means that the data is damaged, and not that the system refused.
pub(crate) fn is_damage(error: StoreError) -> Result<Vec<Finding>> {
    use std::io::ErrorKind as Kind;

    match error {
        StoreError::Corrupt { report } => Ok(report),
        StoreError::Io { source, .. }
            if !matches!(source.kind(), Kind::PermissionDenied | Kind::NotFound) =>
        {
            let what = format!("the database cannot be read: {source}");
            Ok(vec![Finding {
                place: DATABASE.to_owned(),
                what,
            }])
        }
        StoreError::Other(what) => Ok(vec![Finding {
            place: DATABASE.to_owned(),
            what,
        }]),
        error => Err(error),
    }
}

/// Moves damaged files out of the way; those that are gone already are passed over.
pub(crate) fn set_aside(damaged: &[PathBuf], at: Moment) -> Result<Vec<PathBuf>> {
    let present = damaged.iter().filter(|path| path.exists());
    present.map(|path| files::set_aside(path, at)).collect()
}

/// The names of files, for people.
pub(crate) fn names(paths: &[PathBuf]) -> String {
    paths
        .iter()
        .map(|path| name(path))
        .collect::<Vec<_>>()
        .join(", ")
}
