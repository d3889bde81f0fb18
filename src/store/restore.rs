//! Making a store from a backup: always a new folder, whole or not at all.

use std::fs;
use std::path::Path;

use crate::store::files;
use crate::store::rebuild::{self, Plan};
use crate::store::recover::fresh_state;
use crate::store::snapshot;
use crate::store::state::StateFile;
use crate::store::{Load, Memory, Result, StoreError};

/// Makes a store in the new folder `dir` from a backup or snapshot, which is checked first. Returns
/// the number of records. A folder that has anything in it is left as it is.
pub fn restore(file: &Path, dir: &Path) -> Result<u64> {
    let header = snapshot::verify(file)?;
    if !files::entries(dir)?.is_empty() || dir.is_file() {
        return Err(StoreError::Exists(dir.to_owned()));
    }
    let mut building = dir.as_os_str().to_owned();
    building.push(".restoring");
    let building = Path::new(&building);
    // An interrupted try leaves only parts of a store there.
    files::refuse_occupied(building)?;
    files::remove(building)?;
    files::private_dir(building)?;
    let restored = (|| {
        let copy = building.join(files::snapshot_name(header.seq));
        let failed = |error| StoreError::io("written", &copy, error);
        files::replace(&copy, |out| {
            let mut from = fs::File::open(file).map_err(failed)?;
            std::io::copy(&mut from, out).map_err(failed)
        })?;
        let (from, reached) = (header.seq, header.seq);
        let plan = Plan {
            snapshot: Some(copy.clone()),
            from,
            reached,
            ..Plan::default()
        };
        let records = rebuild::build(building, &plan, header.store)?;
        rebuild::take_place(building)?;
        let mut heads = Memory::new();
        heads.finish(header.heads.clone(), header.seq)?;
        StateFile::open(building)?.write(&fresh_state(header.store, &heads)?, true)?;
        files::fix_permissions(building)?;
        files::sync_dir(building)?;
        // An empty folder may stand where the store goes.
        let placed = if dir.is_dir() {
            fs::remove_dir(dir)
        } else {
            Ok(())
        };
        let placed = placed.and_then(|()| fs::rename(building, dir));
        placed.map_err(|error| StoreError::io("made", dir, error))?;
        Ok(records)
    })();
    if restored.is_err() {
        // Already failing; the folder has a name of its own and disturbs nobody.
        let _ = files::remove(building);
    } else if let Some(parent) = dir.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        files::sync_dir(parent)?;
    }
    restored
}
