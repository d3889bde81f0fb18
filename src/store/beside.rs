//! A backup of a store that another process has open: made from what snapshot and journal give, without
//! the lock and without the database.

use std::path::Path;

use crate::domain::clock::Moment;
use crate::store::snapshot::{self, Everything, Header};
use crate::store::{Result, StoreError, read_only, state};

/// Writes everything that is saved by now into one new file, which only its owner may read.
pub fn backup_beside(dir: &Path, to: &Path, at: Moment) -> Result<()> {
    if to.exists() {
        return Err(StoreError::Exists(to.to_owned()));
    }
    let held = read_only(dir)?;
    let store = state::read(dir).map(|state| state.store);
    let store = store.ok_or_else(|| StoreError::corrupt("state", "the file cannot be read"))?;
    let header = Header::of(&held, store, at)?;
    snapshot::write(to, &header, &held, &Everything, None)
}
