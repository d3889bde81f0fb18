//! Where owners can be reached: sockets in a folder that only this user can enter.

use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::command::Command;
use crate::domain::id::ActId;
use crate::engine::wire::Parcel;
use crate::store::MAX_ACT;

/// Hex digits of the hash of a store's path. A path itself may be longer than a socket's may be.
const DIGITS: usize = 16;

/// The folder for sockets, made if it is missing: in the runtime folder of the user, else in `/tmp`.
///
/// # Errors
/// When it cannot be made, or belongs to somebody else.
pub fn runtime() -> io::Result<PathBuf> {
    let uid = rustix::process::getuid().as_raw();
    let given = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let dir = match given.filter(|dir| dir.is_absolute() && dir.is_dir()) {
        Some(dir) => dir.join("circlet"),
        None => PathBuf::from(format!("/tmp/circlet-{uid}")),
    };
    private(&dir)?;
    Ok(dir)
}

/// Makes a folder that only this user can enter, or finds it so.
pub(crate) fn private(dir: &Path) -> io::Result<()> {
    match fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
    {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    let found = fs::symlink_metadata(dir)?;
    let ours = found.uid() == rustix::process::getuid().as_raw();
    if found.is_dir() && ours && found.mode().trailing_zeros() >= 6 {
        return Ok(());
    }
    let words = format!(
        "{} can be entered by others; remove it, circlet makes it anew",
        dir.display()
    );
    Err(io::Error::new(io::ErrorKind::PermissionDenied, words))
}

/// The path by which processes agree that they mean the same store.
pub(crate) fn canonical(store: &Path) -> PathBuf {
    if let Ok(path) = fs::canonicalize(store) {
        return path;
    }
    // It does not exist yet: the folder above it does, or will be made under this very name.
    match (store.parent().map(fs::canonicalize), store.file_name()) {
        (Some(Ok(parent)), Some(name)) => parent.join(name),
        _ => std::path::absolute(store).unwrap_or_else(|_| store.to_owned()),
    }
}

/// The socket of the owner of `store`; `runtime_dir` replaces the runtime folder of the user and is made
/// if it is missing.
///
/// # Errors
/// As [`runtime`].
pub fn socket(runtime_dir: Option<&Path>, store: &Path) -> io::Result<PathBuf> {
    let dir = match runtime_dir {
        Some(dir) => {
            private(dir)?;
            dir.to_owned()
        }
        None => runtime()?,
    };
    let hash = hash(canonical(store).as_os_str().as_encoded_bytes());
    let name: String = hash.chars().take(DIGITS).collect();
    Ok(dir.join(format!("{name}.sock")))
}

/// SHA-256 in hex.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

/// The folder of the sockets, next to one of them.
fn beside(socket: Option<&Path>) -> io::Result<&Path> {
    let dir = socket.and_then(Path::parent);
    dir.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "there is no runtime folder"))
}

/// Lays a command that is too long for a line beside the socket, for the owner to read.
pub(crate) fn lay_down(socket: Option<&Path>, id: ActId, command: &Command) -> io::Result<Parcel> {
    let bytes = serde_json::to_vec(command)?;
    let name = format!("{id}.json");
    let path = beside(socket)?.join(&name);
    let mut options = fs::OpenOptions::new();
    let options = options.write(true).create(true).truncate(true).mode(0o600);
    options.open(path)?.write_all(&bytes)?;
    let hash = hash(&bytes);
    Ok(Parcel { name, hash })
}

/// Reads what was laid down, and removes it.
pub(crate) fn pick_up(socket: Option<&Path>, parcel: &Parcel) -> io::Result<Command> {
    let bad = |words: &str| io::Error::new(io::ErrorKind::InvalidData, words.to_owned());
    let plain = Path::new(&parcel.name).file_name() == Some(parcel.name.as_ref());
    if !plain {
        return Err(bad("its name leads elsewhere"));
    }
    let path = beside(socket)?.join(&parcel.name);
    let long = u64::try_from(MAX_ACT).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    fs::File::open(&path)?.take(long).read_to_end(&mut bytes)?;
    fs::remove_file(&path)?;
    if hash(&bytes) != parcel.hash {
        return Err(bad("it was changed on the way"));
    }
    Ok(serde_json::from_slice(&bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_store_has_one_socket_however_it_is_written() {
        let dir = tempfile::tempdir().unwrap();
        let store = dir.path().join("store");
        let run = dir.path().join("run");
        let before = socket(Some(&run), &store).unwrap();
        fs::create_dir(&store).unwrap();
        let winding = dir.path().join("store/../store");
        assert_eq!(socket(Some(&run), &winding).unwrap(), before);
        assert_ne!(socket(Some(&run), dir.path()).unwrap(), before);
        let name = before.file_stem().unwrap().to_str().unwrap();
        assert_eq!(name.len(), DIGITS);
    }

    #[test]
    fn a_folder_that_others_can_enter_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let open = dir.path().join("open");
        fs::DirBuilder::new().mode(0o755).create(&open).unwrap();
        assert!(private(&open).is_err());
        assert!(private(&dir.path().join("new")).is_ok());
    }
}
