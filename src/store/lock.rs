//! One owner at a time. The lock belongs to the process, so the one of a dead owner is free at
//! once; the file itself stays and is never removed.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::store::files::{self, LOCK};
use crate::store::{Result, StoreError};

/// The right to write to a store, held until dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Who holds the lock.
#[derive(Serialize, Deserialize)]
struct Owner {
    pid: u32,
    version: String,
}

impl Lock {
    /// Takes the lock of an existing folder, without waiting.
    pub(crate) fn take(dir: &Path) -> Result<Self> {
        let path = dir.join(LOCK);
        let failed = |error| StoreError::io("locked", &path, error);
        let opened = files::private()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path);
        let mut file = opened.map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(busy(&mut file)),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let owner = Owner {
            pid: std::process::id(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let json = serde_json::to_vec(&owner).map_err(|error| failed(error.into()))?;
        file.set_len(0)
            .and_then(|()| file.write_all(&json))
            .map_err(failed)?;
        Ok(Self { _file: file })
    }
}

fn busy(file: &mut File) -> StoreError {
    let mut text = String::new();
    let read = file
        .seek(SeekFrom::Start(0))
        .and_then(|_| file.take(4096).read_to_string(&mut text));
    let owner: Option<Owner> = read.ok().and_then(|_| serde_json::from_str(&text).ok());
    let (pid, version) = owner.map(|owner| (owner.pid, owner.version)).unzip();
    StoreError::Busy { pid, version }
}
