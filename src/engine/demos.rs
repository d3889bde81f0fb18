//! Demos that run now: each has a folder in the runtime folder of the user and leaves a note beside it, so
//! that a second screen finds it. What a demo that died left behind is removed by whoever starts next.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, test_kill_process};
use serde::{Deserialize, Serialize};

use crate::engine::place;

/// How the names of folders and notes of demos begin; the process follows.
const PREFIX: &str = "demo-";

/// What a demo says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Said {
    pid: u32,
    store: PathBuf,
}

/// The note of a running demo; it is removed when this is dropped.
#[derive(Debug)]
pub struct Note(PathBuf);

impl Note {
    /// Leaves the note of a demo of this process, whose store is in `store`.
    ///
    /// # Errors
    /// When the runtime folder cannot be made or written to, or others can enter it.
    pub fn leave(runtime: &Path, store: &Path) -> io::Result<Self> {
        place::private(runtime)?;
        let said = Said {
            pid: std::process::id(),
            store: store.to_owned(),
        };
        let path = note(runtime, said.pid);
        let mut options = fs::OpenOptions::new();
        let options = options.write(true).create(true).truncate(true).mode(0o600);
        options
            .open(&path)?
            .write_all(&serde_json::to_vec(&said)?)?;
        Ok(Self(path))
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        // One that stays is removed by the next start.
        let _ = fs::remove_file(&self.0);
    }
}

fn note(runtime: &Path, pid: u32) -> PathBuf {
    runtime.join(format!("{PREFIX}{pid}.json"))
}

/// The folder for the store of a demo of this process.
pub fn folder(runtime: &Path) -> PathBuf {
    runtime.join(format!("{PREFIX}{}", std::process::id()))
}

/// The store of a demo that runs now: the one that began last.
pub fn running(runtime: &Path) -> Option<PathBuf> {
    let said = |path: &Path| -> Option<Said> {
        let text = fs::read_to_string(path).ok()?;
        serde_json::from_str(&text).ok()
    };
    ours(runtime)
        .filter(|(path, pid)| path.extension().is_some() && lives(*pid))
        .filter_map(|(path, pid)| {
            let begun = fs::metadata(&path).and_then(|data| data.modified()).ok()?;
            let said = said(&path).filter(|said| said.pid == pid)?;
            Some((begun, said.store))
        })
        .max()
        .map(|(_, store)| store)
}

/// Removes folders and notes of demos whose process is gone.
pub fn sweep(runtime: &Path) {
    for (path, _) in ours(runtime).filter(|(_, pid)| !lives(*pid)) {
        // What cannot be removed is in nobody's way; the next start tries again.
        let _ = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
    }
}

/// What demos have in the runtime folder, each with its process.
fn ours(runtime: &Path) -> impl Iterator<Item = (PathBuf, u32)> {
    let entries = fs::read_dir(runtime).into_iter().flatten().flatten();
    entries.filter_map(|entry| {
        let name = entry.file_name();
        let rest = name.to_str()?.strip_prefix(PREFIX)?;
        let pid = rest.strip_suffix(".json").unwrap_or(rest).parse().ok()?;
        Some((entry.path(), pid))
    })
}

/// Whether there is such a process. One that belongs to somebody else is none of our demos.
fn lives(pid: u32) -> bool {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
    pid.is_some_and(|pid| test_kill_process(pid).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Above the most that a process may have on any system.
    const NOBODY: u32 = 0x7FFF_FFFE;

    #[test]
    fn a_demo_is_found_while_its_note_lies_there() {
        let dir = tempfile::tempdir().unwrap();
        let runtime = dir.path().join("runtime");
        assert_eq!(running(&runtime), None);
        let store = folder(&runtime);
        let note = Note::leave(&runtime, &store).unwrap();
        assert_eq!(running(&runtime), Some(store));
        drop(note);
        assert_eq!(running(&runtime), None);
        assert_eq!(fs::read_dir(&runtime).unwrap().count(), 0);
    }

    #[test]
    fn what_a_dead_demo_left_is_swept_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let runtime = dir.path().join("runtime");
        let _note = Note::leave(&runtime, &folder(&runtime)).unwrap();
        fs::create_dir(folder(&runtime)).unwrap();
        let dead = runtime.join(format!("{PREFIX}{NOBODY}"));
        fs::create_dir(&dead).unwrap();
        fs::write(dead.join("journal-1"), "{}").unwrap();
        let said = Said {
            pid: NOBODY,
            store: dead.clone(),
        };
        fs::write(note(&runtime, NOBODY), serde_json::to_vec(&said).unwrap()).unwrap();
        for other in ["demo-of-mine", "0123456789abcdef.sock"] {
            fs::write(runtime.join(other), "").unwrap();
        }
        assert_eq!(running(&runtime), Some(folder(&runtime)));
        sweep(&runtime);
        assert!(!dead.exists() && !note(&runtime, NOBODY).exists());
        assert!(folder(&runtime).exists());
        assert_eq!(running(&runtime), Some(folder(&runtime)));
        assert!(runtime.join("demo-of-mine").exists());
        assert!(runtime.join("0123456789abcdef.sock").exists());
    }
}
