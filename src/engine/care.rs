//! Care for a store as a whole, without the rest of the engine: check, mend, copy, bring back. Works on the
//! files in a folder and reports in words.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use crate::domain::clock::Moment;
use crate::store::{self, Disk, Finding, Opened, Read, StoreError};

/// Why a store could not be cared for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct CareError {
    /// What happened, what still holds, what to do.
    pub words: String,
    /// Whether the store itself is the reason, and not a file beside it.
    pub store: bool,
}

impl From<StoreError> for CareError {
    fn from(error: StoreError) -> Self {
        Self {
            store: !matches!(
                error,
                StoreError::Exists(_) | StoreError::Full(_) | StoreError::Limited(_)
            ),
            words: error.to_string(),
        }
    }
}

/// How a store is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Documents in it.
    pub documents: u64,
    /// Acts that are kept for history and undo.
    pub acts: u64,
    /// Bytes on disk, without damaged copies.
    pub bytes: u64,
    /// Bytes of damaged copies that were kept.
    pub damaged_bytes: u64,
    /// What was mended, each a sentence.
    pub mended: Vec<String>,
    /// What is wrong still, each with its place.
    pub findings: Vec<String>,
    /// The process that has the store open, when only its files could be looked at.
    pub in_use_by: Option<String>,
}

impl Health {
    /// Whether nothing is wrong.
    pub const fn is_well(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Reads everything in the store and says what is wrong. With `repair` what is wrong is mended, and what is
/// lost for good is accepted as lost; damaged files are kept beside the store.
///
/// # Errors
/// When there is no store, or it cannot be read at all.
pub fn check(dir: &Path, at: Moment, repair: bool) -> Result<Health, CareError> {
    let opened = match store::open(dir, at) {
        Err(StoreError::Busy { pid, .. }) => return beside(dir, pid),
        opened => opened?,
    };
    let (mut disk, repaired) = match opened {
        Opened::Ready { store, repaired } => (store, repaired),
        Opened::Damaged { view, report } if !repair => return damaged(&*view, &report),
        Opened::Damaged { view, report } => {
            drop(view);
            match store::open_accepting_loss(dir, at)? {
                Opened::Ready { store, repaired } => (store, repaired),
                Opened::Damaged { .. } => return Err(StoreError::Corrupt { report }.into()),
            }
        }
    };
    let mut health = Health {
        mended: repaired.iter().map(ToString::to_string).collect(),
        ..Health::default()
    };
    let mut report = scan(&disk)?;
    if repair && !report.findings.is_empty() {
        health.mended.push(disk.repair(&report, at)?.to_string());
        report = scan(&disk)?;
    }
    let size = store::Store::size(&*disk)?;
    health.bytes = size.database + size.journals + size.snapshots;
    health.damaged_bytes = size.damaged;
    health.acts = report.acts;
    health.documents = report.heads.values().map(|head| head.docs).sum();
    health.findings = told(&report.findings);
    disk.close(at, false)?;
    Ok(health)
}

fn scan(disk: &Disk) -> Result<store::Report, CareError> {
    let report = disk.checker().run(&AtomicBool::new(false))?;
    Ok(report.unwrap_or_default())
}

fn told(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}

fn damaged(view: &dyn Read, report: &[Finding]) -> Result<Health, CareError> {
    let heads = view.heads()?;
    Ok(Health {
        documents: heads.values().map(|head| head.docs).sum(),
        findings: told(report),
        ..Health::default()
    })
}

/// What can be said of a store that another process has open: whether its files give everything back.
fn beside(dir: &Path, pid: Option<u32>) -> Result<Health, CareError> {
    let view = store::read_only(dir)?;
    let mut health = damaged(&view, &[])?;
    health.in_use_by = Some(pid.map_or_else(
        || "another circlet".to_owned(),
        |pid| format!("process {pid}"),
    ));
    Ok(health)
}

/// Copies everything into one new file that only its owner may read, and reads it back.
///
/// # Errors
/// When there is a file already, no store, or no room.
pub fn backup(dir: &Path, to: &Path, at: Moment) -> Result<(), CareError> {
    match store::open(dir, at) {
        Err(StoreError::Busy { .. }) => Ok(store::backup_beside(dir, to, at)?),
        Err(error) => Err(error.into()),
        Ok(Opened::Damaged { report, .. }) => Err(StoreError::Corrupt { report }.into()),
        Ok(Opened::Ready { mut store, .. }) => {
            store.backup(to, at)?;
            Ok(store.close(at, false)?)
        }
    }
}

/// Makes a store in a new folder from a backup, and returns how many documents it has.
///
/// # Errors
/// When the backup is damaged, or the folder has something in it.
pub fn restore(file: &Path, dir: &Path) -> Result<u64, CareError> {
    Ok(store::restore(file, dir)?)
}
