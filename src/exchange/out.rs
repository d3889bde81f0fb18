//! Writing a file that a person asked for: whole or not at all, never over another one by accident,
//! never through a link, readable by its owner alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::domain::text::{Clean, slug};

/// Why a file was not written. The file that was there before is whole in all these cases but [`Unsure`](Self::Unsure).
#[derive(Debug, thiserror::Error)]
pub enum OutError {
    /// There is a file already.
    #[error("{0} exists already and was left as it is. Choose another name.")]
    Exists(String),
    /// The target is a link.
    #[error("{0} is a link and was left as it is. Name the file itself.")]
    Link(String),
    /// The target is a folder, a pipe, a device.
    #[error("{0} is not a file and was left as it is. Choose another name.")]
    NotAFile(String),
    /// The folder to write into is missing.
    #[error("There is no folder {0}. Nothing was written.")]
    NoFolder(String),
    /// The system would not write.
    #[error("{name} was not written: {source}. What was there before is unchanged.")]
    Io {
        /// The file.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// The file is in its place, and its folder would not say that it is kept.
    #[error(
        "{name} is written and whole, but whether it survives a power cut is not known: {source}."
    )]
    Unsure {
        /// The file.
        name: String,
        /// What the system said.
        source: io::Error,
    },
}

/// Most files of one name in a folder of exports.
const MOST_OF_A_NAME: u32 = 99;
/// Most unfinished files of the same name that a crash may have left behind.
const TRIES: u32 = 64;

/// Writes `bytes` to `path`, as a [`NewFile`].
pub fn write_new(path: &Path, bytes: &[u8], force: bool) -> Result<(), OutError> {
    let mut file = NewFile::create(path, force)?;
    file.write_all(bytes).map_err(|source| OutError::Io {
        name: shown(path),
        source,
    })?;
    file.finish()
}

/// A file that is being written beside its place, and put there in one step when it is whole. Gone when it is
/// dropped before.
pub struct NewFile {
    path: PathBuf,
    force: bool,
    draft: Draft,
    file: BufWriter<File>,
}

impl NewFile {
    /// Begins a file. With `force` an ordinary file may be replaced.
    pub fn create(path: &Path, force: bool) -> Result<Self, OutError> {
        let name = shown(path);
        let folder = folder(path);
        if !folder.is_dir() {
            return Err(OutError::NoFolder(shown(folder)));
        }
        if look(path, &name)? && !force {
            return Err(OutError::Exists(name));
        }
        let (draft, file) =
            Draft::create(path, folder).map_err(|source| OutError::Io { name, source })?;
        Ok(Self {
            path: path.to_owned(),
            force,
            draft,
            file: BufWriter::new(file),
        })
    }

    /// Syncs it and puts it in its place.
    pub fn finish(self) -> Result<(), OutError> {
        let Self {
            path,
            force,
            draft,
            file,
        } = self;
        let name = shown(&path);
        let failed = |source| OutError::Io {
            name: name.clone(),
            source,
        };
        let file = file
            .into_inner()
            .map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)?;
        drop(file);
        let placed = if force {
            // A link that appeared since the look is replaced, never followed.
            fs::rename(&draft.0, &path)
        } else {
            place(&draft.0, &path)
        };
        match placed {
            Ok(()) => {}
            Err(error) if !force && error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(OutError::Exists(name));
            }
            Err(error) => return Err(failed(error)),
        }
        drop(draft);
        let folder = folder(&path);
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|source| OutError::Unsure { name, source })
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Whether an ordinary file is there; a refusal when it is something else.
fn look(path: &Path, name: &str) -> Result<bool, OutError> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Err(OutError::Link(name.to_owned())),
        Ok(found) if found.is_file() => Ok(true),
        Ok(_) => Err(OutError::NotAFile(name.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(source) => Err(OutError::Io {
            name: name.to_owned(),
            source,
        }),
    }
}

/// Gives the finished file its name unless the name is taken, in one step.
fn place(draft: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(draft, path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            without_links(draft, path, error)
        }
        done => done,
    }
}

/// Some file systems know no second name for a file; Linux can then rename without replacing.
#[cfg(target_os = "linux")]
fn without_links(draft: &Path, path: &Path, _no_links: io::Error) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(
        CWD,
        draft,
        CWD,
        path,
        RenameFlags::NOREPLACE,
    )?)
}

#[cfg(not(target_os = "linux"))]
fn without_links(_draft: &Path, _path: &Path, no_links: io::Error) -> io::Result<()> {
    Err(no_links)
}

/// A file that has not got its name yet; gone when dropped, unless it was renamed.
struct Draft(PathBuf);

impl Draft {
    fn create(path: &Path, folder: &Path) -> io::Result<(Self, File)> {
        let stem = path.file_name().unwrap_or_default().to_string_lossy();
        let stem = slug(&stem);
        let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
        for n in 0..TRIES {
            let draft = folder.join(format!(".{stem}-{}-{n}.part", std::process::id()));
            let opened = OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&draft);
            match opened {
                Ok(file) => return Ok((Self(draft), file)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After a rename it is gone already; otherwise nothing more can be done about it here.
        let _ = fs::remove_file(&self.0);
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// A path as a message may show it.
pub fn shown(path: &Path) -> String {
    Clean::line(&path.to_string_lossy()).into_string()
}

/// A name for an exported file, such as `ladder-up-7-minutes.md`: every part becomes a slug, all
/// together at most 64 letters before the ending.
pub fn file_name(parts: &[&str], ending: &str) -> String {
    let parts: Vec<String> = parts
        .iter()
        .filter(|part| !part.trim().is_empty())
        .map(|part| slug(part))
        .collect();
    format!("{}.{}", slug(&parts.join("-")), slug(ending))
}

/// Writes into a folder, which is made if need be, under the first free name: `x.md`, `x-2.md`, ...
///
/// # Errors
/// In words, when nothing was written.
pub fn write_beside(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, String> {
    fs::create_dir_all(folder)
        .map_err(|problem| format!("{}: {problem}; nothing was written", folder.display()))?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "md"));
    for attempt in 1..=MOST_OF_A_NAME {
        let name = match attempt {
            1 => name.to_owned(),
            n => format!("{stem}-{n}.{ending}"),
        };
        let path = folder.join(name);
        match write_new(&path, bytes, false) {
            Ok(()) => return Ok(path),
            // Something is there already; the next name may be free.
            Err(OutError::Exists(_) | OutError::Link(_) | OutError::NotAFile(_)) => {}
            Err(
                problem @ (OutError::NoFolder(_) | OutError::Io { .. } | OutError::Unsure { .. }),
            ) => {
                return Err(problem.to_string());
            }
        }
    }
    Err(format!(
        "{}: too many files of that name; nothing was written",
        folder.display()
    ))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_is_whole_private_and_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("minutes.md");
        write_new(&path, b"# Minutes\n", false).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"# Minutes\n");
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(names(dir.path()), ["minutes.md"]);
    }

    #[test]
    fn an_old_file_is_replaced_only_when_asked() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.md");
        fs::write(&path, "old").unwrap();
        let told = write_new(&path, b"new", false).unwrap_err().to_string();
        assert!(told.contains("exists already"), "{told}");
        assert_eq!(fs::read(&path).unwrap(), b"old");
        write_new(&path, b"new", true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(names(dir.path()), ["a.md"]);
    }

    #[test]
    fn placing_never_replaces_a_file_that_came_meanwhile() {
        let dir = tempfile::tempdir().unwrap();
        let (draft, path) = (dir.path().join("draft"), dir.path().join("a.md"));
        fs::write(&draft, "new").unwrap();
        fs::write(&path, "old").unwrap();
        let error = place(&draft, &path).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        let error = without_links(&draft, &path, io::ErrorKind::Unsupported.into()).unwrap_err();
        assert!(matches!(
            error.kind(),
            io::ErrorKind::AlreadyExists | io::ErrorKind::Unsupported
        ));
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }

    #[test]
    fn links_folders_and_missing_folders_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let aim = dir.path().join("aim");
        fs::write(&aim, "keep").unwrap();
        let link = dir.path().join("link.md");
        symlink(&aim, &link).unwrap();
        let dangling = dir.path().join("dangling.md");
        symlink(dir.path().join("nowhere"), &dangling).unwrap();
        for force in [false, true] {
            assert!(matches!(
                write_new(&link, b"x", force),
                Err(OutError::Link(_))
            ));
            assert!(matches!(
                write_new(&dangling, b"x", force),
                Err(OutError::Link(_))
            ));
            assert!(matches!(
                write_new(dir.path(), b"x", force),
                Err(OutError::NotAFile(_))
            ));
            let lost = dir.path().join("no/where.md");
            assert!(matches!(
                write_new(&lost, b"x", force),
                Err(OutError::NoFolder(_))
            ));
        }
        assert_eq!(fs::read(&aim).unwrap(), b"keep");
        assert_eq!(names(dir.path()), ["aim", "dangling.md", "link.md"]);
    }

    #[test]
    fn a_leftover_of_a_crash_is_stepped_around() {
        let dir = tempfile::tempdir().unwrap();
        let left = dir
            .path()
            .join(format!(".a-md-{}-0.part", std::process::id()));
        fs::write(&left, "half").unwrap();
        write_new(&dir.path().join("a.md"), b"whole", false).unwrap();
        assert_eq!(fs::read(&left).unwrap(), b"half");
        assert_eq!(fs::read(dir.path().join("a.md")).unwrap(), b"whole");
    }

    #[test]
    fn a_folder_full_of_one_name_is_told() {
        let dir = tempfile::tempdir().unwrap();
        for _ in 0..MOST_OF_A_NAME {
            write_beside(dir.path(), "a.md", b"x").unwrap();
        }
        let told = write_beside(dir.path(), "a.md", b"x").unwrap_err();
        assert!(told.contains("too many files of that name"), "{told}");
        assert_eq!(names(dir.path()).len(), 99);
    }

    #[test]
    fn names_of_files_stay_in_their_folder() {
        assert_eq!(
            file_name(&["Ladder Up", "7", "minutes"], "md"),
            "ladder-up-7-minutes.md"
        );
        assert_eq!(file_name(&["../../x", ""], "md"), "x.md");
        assert_eq!(file_name(&[], "md"), "untitled.md");
    }
}
