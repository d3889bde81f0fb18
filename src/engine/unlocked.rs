//! Reading a store that cannot be had for writing: what snapshot and journals say, without the lock.

use std::io::ErrorKind;
use std::path::Path;

use crate::store::{self, Memory, StoreError};

/// What is in the store, and why it can only be read, in words; nothing when `error` is not about writing, or when
/// the store cannot be read either.
pub(crate) fn view(dir: &Path, error: &StoreError) -> Option<(Memory, String)> {
    let why = match error {
        StoreError::Busy { pid, .. } => {
            let owner = pid.map_or_else(
                || "another circlet".to_owned(),
                |pid| format!("process {pid}"),
            );
            format!("{owner} has it and does not answer here; what it saved is shown")
        }
        StoreError::Io { source, .. } if source.kind() == ErrorKind::PermissionDenied => {
            format!("nothing may be written in {}", dir.display())
        }
        StoreError::Full(_) => "the disk is full; make room to write".to_owned(),
        StoreError::Limited(_) => {
            "there is a limit on the size of files; lift it (ulimit -f unlimited) to write"
                .to_owned()
        }
        StoreError::ReadOnly(why) => why.clone(),
        _ => return None,
    };
    let view = store::read_only(dir).ok()?;
    Some((view, why))
}
