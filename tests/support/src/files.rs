//! Looking at everything below a folder.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Everything below a folder, folders before what is in them, in the order of names.
pub fn tree(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    walk(folder, &mut found)?;
    Ok(found)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for path in entries {
        let folder = fs::symlink_metadata(&path)?.is_dir();
        found.push(path.clone());
        if folder {
            walk(&path, found)?;
        }
    }
    Ok(())
}

/// What below a folder can be read, written or entered by anyone but its owner.
pub fn loose(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = tree(folder)?;
    found.retain(|path| {
        fs::symlink_metadata(path)
            .is_ok_and(|meta| !meta.is_symlink() && meta.permissions().mode() & 0o077 != 0)
    });
    Ok(found)
}

/// The files below a folder that hold these bytes anywhere, or carry them in their name.
pub fn holding(folder: &Path, needle: &[u8]) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in tree(folder)? {
        let named = path.as_os_str().as_encoded_bytes();
        let inside = fs::symlink_metadata(&path)?.is_file() && contains(&fs::read(&path)?, needle);
        if inside || contains(named, needle) {
            found.push(path);
        }
    }
    Ok(found)
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// Copies a folder with all files in it; what is neither file nor folder stays behind.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    fs::set_permissions(to, fs::metadata(from)?.permissions())?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, target) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            copy(&entry.path(), &target)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
