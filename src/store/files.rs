//! The files of a store: their names, their permissions, and replacing one whole. A folder is 0700,
//! a file 0600.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::domain::clock::Moment;
use crate::store::{Result, Size, StoreError, fault, journal, names, snapshot, state};

pub(crate) use crate::store::names::{
    BACKUPS, BUILDING, DAMAGED, DATABASE, ERASING, JOURNAL, LOCK, OPENING, REPLACED, STATE,
    WAITING, journal_name, snapshot_name,
};

/// The numbers and paths of all journals, oldest first.
pub(crate) fn journals(dir: &Path) -> Result<Vec<(u64, PathBuf)>> {
    numbered(dir, names::journal_number)
}

/// The positions and paths of all snapshots, oldest first.
pub(crate) fn snapshots(dir: &Path) -> Result<Vec<(u64, PathBuf)>> {
    numbered(dir, names::snapshot_seq)
}

fn numbered(dir: &Path, number: impl Fn(&str) -> Option<u64>) -> Result<Vec<(u64, PathBuf)>> {
    let mut found: Vec<_> = entries(dir)?
        .into_iter()
        .filter_map(|path| Some((number(path.file_name()?.to_str()?)?, path)))
        .collect();
    found.sort();
    Ok(found)
}

/// What lies in the folder; nothing when there is no folder.
pub(crate) fn entries(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::io("read", dir, error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(
            entry
                .map_err(|error| StoreError::io("read", dir, error))?
                .path(),
        );
    }
    Ok(paths)
}

/// Whether there is a store: a part of one that can be read, or parts that cannot be read and
/// nothing of anybody else's beside them. A folder that merely has a file called `state` is none.
pub(crate) fn is_store(dir: &Path) -> Result<bool> {
    let found = entries(dir)?;
    let (journals, snapshots) = (journals(dir)?, snapshots(dir)?);
    let (state, database) = (dir.join(STATE), dir.join(DATABASE));
    let read = state::versions(dir).is_some()
        || journals
            .iter()
            .any(|(_, path)| journal::header(path).is_some())
        || snapshots.iter().any(|(_, path)| snapshot::is_one(path));
    let parts =
        !journals.is_empty() || !snapshots.is_empty() || state.is_file() || database.is_dir();
    Ok(read || (parts && found.iter().all(|path| names::is_known(&name(path)))))
}

/// Refuses a folder that has anything in it but what an interrupted making of a store leaves.
pub(crate) fn refuse_occupied(dir: &Path) -> Result<()> {
    let found = entries(dir)?;
    if found.iter().all(|path| names::is_known(&name(path))) {
        return Ok(());
    }
    Err(StoreError::Occupied(dir.to_owned()))
}

/// Refuses a store of which a part is a link: what is written would go to a place that nobody named.
pub(crate) fn refuse_links(dir: &Path) -> Result<()> {
    for path in ours(dir)? {
        if path.is_symlink() {
            return Err(StoreError::Linked(path));
        }
    }
    Ok(())
}

/// What lies in the folder and is the store's.
fn ours(dir: &Path) -> Result<Vec<PathBuf>> {
    let is_ours = |path: &PathBuf| names::is_ours(&name(path));
    Ok(entries(dir)?.into_iter().filter(is_ours).collect())
}

/// The copies of damaged files that were kept.
pub(crate) fn damaged(dir: &Path) -> Result<Vec<PathBuf>> {
    let is_copy = |path: &PathBuf| names::is_damaged(&name(path));
    Ok(entries(dir)?.into_iter().filter(is_copy).collect())
}

/// The backups that a person keeps in the folder of the store, as far as circlet named them.
pub(crate) fn backups(dir: &Path) -> Result<Vec<PathBuf>> {
    let folder = dir.join(BACKUPS);
    if folder.is_symlink() || !folder.is_dir() {
        return Ok(Vec::new());
    }
    let is_backup = |path: &PathBuf| names::is_backup(&name(path)) && path.is_file();
    Ok(entries(&folder)?.into_iter().filter(is_backup).collect())
}

/// The last part of a path, for people.
pub(crate) fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// Moves a damaged file or folder out of the way and says where it is now. Never overwrites a copy.
pub(crate) fn set_aside(path: &Path, at: Moment) -> Result<PathBuf> {
    let dir = path.parent().unwrap_or_else(|| Path::new("."));
    let stem = format!(
        "{DAMAGED}{}-{}",
        at.utc().format("%Y%m%dT%H%M%SZ"),
        name(path)
    );
    let mut aside = dir.join(&stem);
    let mut copy = 2;
    while aside.exists() {
        aside = dir.join(format!("{stem}-{copy}"));
        copy += 1;
    }
    fs::rename(path, &aside).map_err(|error| StoreError::io("moved", path, error))?;
    sync_dir(dir)?;
    Ok(aside)
}

/// Makes a folder that only its owner may enter.
pub(crate) fn private_dir(dir: &Path) -> Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(dir)
        .map_err(|error| StoreError::io("made", dir, error))
}

/// How a file that only its owner may read is opened.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Takes from group and others what they may do with the folder and with what is ours in it.
pub(crate) fn fix_permissions(dir: &Path) -> Result<()> {
    restrict(dir)?;
    for path in ours(dir)? {
        fix_below(&path)?;
    }
    Ok(())
}

/// The same for a file or for everything in a folder that is ours as a whole.
pub(crate) fn fix_below(path: &Path) -> Result<()> {
    if path.is_symlink() {
        return Ok(());
    }
    restrict(path)?;
    if path.is_dir() {
        for path in entries(path)? {
            fix_below(&path)?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn restrict(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;

    let changed = fs::metadata(path).and_then(|data| {
        let mode = data.permissions().mode();
        // The last six bits are what group and others may do.
        if mode.trailing_zeros() >= 6 {
            return Ok(());
        }
        fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700))
    });
    match changed {
        // The database removes files of its own while it is open.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        changed => changed.map_err(|error| StoreError::io("made private", path, error)),
    }
}

#[cfg(not(unix))]
fn restrict(_path: &Path) -> Result<()> {
    Ok(())
}

/// Makes the names in a folder durable.
pub(crate) fn sync_dir(dir: &Path) -> Result<()> {
    #[cfg(unix)]
    File::open(dir)
        .and_then(|dir| dir.sync_all())
        .map_err(|error| StoreError::io("brought to disk", dir, error))?;
    Ok(())
}

/// Writes a file under a temporary name, brings it to disk and gives it its name.
pub(crate) fn replace<T>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T>,
) -> Result<T> {
    let mut temporary = path.as_os_str().to_owned();
    temporary.push(names::TEMPORARY);
    let temporary = PathBuf::from(temporary);
    let failed = |error| StoreError::io("written", path, error);
    if names::is_leftover(&name(&temporary)) {
        remove(&temporary)?;
    }
    // A file with this name may be somebody's own.
    let file = private().write(true).create_new(true).open(&temporary);
    let file = file.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => StoreError::Exists(temporary.clone()),
        _ => failed(error),
    })?;
    let written = (|| {
        let mut file = io::BufWriter::new(file);
        let written = write(&mut file)?;
        let file = file
            .into_inner()
            .map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)?;
        fault::point("before-rename");
        fs::rename(&temporary, path).map_err(failed)?;
        fault::point("after-rename");
        Ok(written)
    })();
    if written.is_err() {
        // Already failing; a leftover temporary file is removed at the next open.
        let _ = fs::remove_file(&temporary);
    } else if let Some(dir) = path.parent() {
        sync_dir(dir)?;
    }
    written
}

/// Removes a file or folder; it is fine when there is none.
pub(crate) fn remove(path: &Path) -> Result<()> {
    let removed = if path.is_dir() && !path.is_symlink() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(|error| StoreError::io("removed", path, error)),
    }
}

/// Removes what an interrupted write left behind.
pub(crate) fn remove_temporary(dir: &Path) -> Result<()> {
    for path in entries(dir)? {
        if names::is_leftover(&name(&path)) {
            remove(&path)?;
        }
    }
    Ok(())
}

/// Bytes on disk.
pub(crate) fn size(dir: &Path) -> Result<Size> {
    let sum = |paths: Vec<PathBuf>| paths.iter().map(|path| bytes(path)).sum();
    let only = |found: Vec<(u64, PathBuf)>| found.into_iter().map(|(_, path)| path).collect();
    Ok(Size {
        database: bytes(&dir.join(DATABASE)),
        journals: sum(only(journals(dir)?)),
        snapshots: sum(only(snapshots(dir)?)),
        damaged: sum(damaged(dir)?),
    })
}

/// Bytes of a file, or of everything in a folder.
pub(crate) fn bytes(path: &Path) -> u64 {
    if path.is_dir() && !path.is_symlink() {
        let inside = entries(path).unwrap_or_default();
        inside.iter().map(|path| bytes(path)).sum()
    } else {
        fs::symlink_metadata(path).map_or(0, |data| data.len())
    }
}
