//! What the thread holds: a store on disk, one in memory, something that can only be read, or nothing
//! yet.

use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::domain::change::Act;
use crate::domain::clock::Moment;
use crate::engine::aside;
use crate::engine::erase::Plan;
use crate::engine::event::End;
use crate::store::{self, Disk, Memory, Read, Report, Result, Store, StoreError};

/// A store, or what stands in for one.
pub(super) enum Vault {
    /// Nothing yet: the first act makes it.
    Absent {
        dir: PathBuf,
        id: Uuid,
        empty: Box<Memory>,
    },
    /// In a folder.
    Disk(Box<Disk>),
    /// In memory, gone at the end.
    Memory(Box<dyn Store>),
    /// Can only be read, for this reason.
    ReadOnly(Box<Memory>, String),
}

impl Vault {
    pub(super) fn read(&self) -> &dyn Read {
        self.store()
    }

    pub(super) fn store(&self) -> &dyn Store {
        match self {
            Self::Absent { empty, .. } => &**empty,
            Self::Disk(disk) => &**disk,
            Self::Memory(memory) => &**memory,
            Self::ReadOnly(memory, _) => &**memory,
        }
    }

    pub(super) fn store_mut(&mut self) -> &mut dyn Store {
        match self {
            Self::Absent { empty, .. } => &mut **empty,
            Self::Disk(disk) => &mut **disk,
            Self::Memory(memory) => &mut **memory,
            Self::ReadOnly(memory, _) => &mut **memory,
        }
    }

    /// Makes the store if there is none. Tells whether it did.
    pub(super) fn make(&mut self) -> Result<bool> {
        match self {
            Self::Absent { dir, id, .. } => {
                *self = Self::Disk(Box::new(store::create(dir, *id)?));
                Ok(true)
            }
            Self::ReadOnly(_, why) => Err(StoreError::ReadOnly(why.clone())),
            Self::Disk(_) | Self::Memory(_) => Ok(false),
        }
    }

    fn dir(&self) -> Option<&Path> {
        match self {
            Self::Disk(disk) => Some(disk.dir()),
            Self::Absent { .. } | Self::Memory(_) | Self::ReadOnly(..) => None,
        }
    }

    /// Keeps what belongs beside the store. Whether that works decides nothing: it only spares a
    /// person typing after a crash.
    pub(super) fn write_aside(&self, bytes: Option<&[u8]>) {
        if let Some(dir) = self.dir() {
            let _ = aside::write(dir, bytes);
        }
    }

    pub(super) fn snapshot_if_due(&mut self, now: Moment) -> Result<()> {
        if let Self::Disk(disk) = self
            && disk.snapshot_due(now)?
        {
            disk.snapshot(now)?;
        }
        Ok(())
    }

    pub(super) fn erase(&mut self, mut act: Act, plan: &Plan) -> Result<Act> {
        self.make()?;
        if !plan.rename.is_empty() {
            let renaming = Act {
                id: plan.rename_id(act.id),
                changes: plan.rename.clone(),
                ..act.clone()
            };
            self.store_mut().commit(renaming)?;
        }
        match self {
            Self::Disk(disk) => disk.erase(act, &plan.remove, &plan.forget),
            Self::Absent { .. } | Self::Memory(_) | Self::ReadOnly(..) => {
                act.changes = plan.removals(self.read())?;
                self.store_mut().commit(act)
            }
        }
    }

    /// Mends what a check has found, and says so. Only a store on disk can be damaged.
    pub(super) fn repair(&mut self, report: &Report, at: Moment) -> Option<Vec<String>> {
        let Self::Disk(disk) = self else {
            return None;
        };
        Some(match disk.repair(report, at) {
            Ok(repaired) => vec![repaired.to_string()],
            Err(error) => vec![error.to_string()],
        })
    }

    pub(super) fn close(self, at: Moment, end: End) -> Result<()> {
        match self {
            Self::Disk(disk) => match end {
                End::Closed => disk.close(at, false),
                End::WithSnapshot => disk.close(at, true),
                End::Left => disk.leave(),
            },
            Self::Absent { .. } | Self::Memory(_) | Self::ReadOnly(..) => Ok(()),
        }
    }
}
