//! Setting one value in `config.toml`; comments and everything else stay as they are.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, TomlError, Value};

/// A value that could not be set. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum NotSet {
    /// The file is no TOML.
    #[error("{0} is no TOML; mend it first, nothing was changed")]
    NoToml(PathBuf, #[source] Box<TomlError>),
    /// A value stands where a table is needed.
    #[error("\"{1}\" in {0} is no table; nothing was changed")]
    NoTable(PathBuf, String),
    /// The file could not be read or written.
    #[error("{0} cannot be written ({1}); nothing was changed")]
    Io(PathBuf, #[source] std::io::Error),
}

/// Sets `key` (`theme`, or `keys.room.blank`) and keeps comments. The file is made if there is none; it is
/// readable by its owner alone, and replaced as a whole.
///
/// # Errors
/// [`NotSet`]; the file is as it was.
pub fn set(file: &Path, key: &str, value: impl Into<Value>) -> Result<(), NotSet> {
    let names: Vec<&str> = key.split('.').collect();
    set_at(file, &names, value)
}

/// The same for a key whose parts may have dots in them.
///
/// # Errors
/// As [`set`].
pub(super) fn set_at(file: &Path, key: &[&str], value: impl Into<Value>) -> Result<(), NotSet> {
    let io = |error| NotSet::Io(file.to_owned(), error);
    // A link is followed, so that a file kept elsewhere stays there.
    let target = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let text = match fs::read_to_string(&target) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(io(error)),
    };
    let mut document: DocumentMut = text
        .parse()
        .map_err(|error| NotSet::NoToml(file.to_owned(), Box::new(error)))?;
    put(document.as_table_mut(), key, value.into())
        .map_err(|name| NotSet::NoTable(file.to_owned(), name))?;
    replace(&target, document.to_string().as_bytes()).map_err(io)
}

fn put(root: &mut Table, key: &[&str], value: Value) -> Result<(), String> {
    let mut table = root;
    let mut names = key.iter().copied().peekable();
    while let Some(name) = names.next() {
        if names.peek().is_none() {
            match table.get_mut(name).and_then(Item::as_value_mut) {
                Some(old) => {
                    let decor = old.decor().clone();
                    *old = value;
                    *old.decor_mut() = decor;
                }
                None => {
                    table.insert(name, Item::Value(value));
                }
            }
            return Ok(());
        }
        table = table
            .entry(name)
            .or_insert_with(|| {
                let mut fresh = Table::new();
                fresh.set_implicit(true);
                Item::Table(fresh)
            })
            .as_table_mut()
            .ok_or_else(|| name.to_owned())?;
    }
    Ok(())
}

fn replace(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let beside = folder.join(format!(".config-{}.tmp", std::process::id()));
    let written = write_synced(&beside, bytes).and_then(|()| fs::rename(&beside, file));
    if written.is_err() {
        // What could not be written is of no use to anybody.
        let _gone = fs::remove_file(&beside);
    }
    written
}

fn write_synced(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut out = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(file)?;
    out.write_all(bytes)?;
    out.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::config::Config;

    #[test]
    fn setting_a_value_keeps_comments_and_everything_else() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new").join("config.toml");
        set(&file, "theme", "dark").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "theme = \"dark\"\n");
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );

        fs::write(
            &file,
            "# mine\ntheme = \"dark\" # at night\ntips = true\n\n[keys]\nundo = \"x\"\n",
        )
        .unwrap();
        set(&file, "theme", "light").unwrap();
        set(&file, "tips", false).unwrap();
        set(&file, "keys.room.blank", ".").unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(
            text.starts_with("# mine\ntheme = \"light\" # at night\ntips = false\n"),
            "{text}"
        );
        let (config, problems) = Config::load(&file);
        assert_eq!(problems, []);
        assert_eq!(config.keys.len(), 2);
    }

    #[test]
    fn a_file_that_is_no_toml_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        fs::write(&file, "theme = = 1\n").unwrap();
        assert!(matches!(set(&file, "tips", false), Err(NotSet::NoToml(..))));
        fs::write(&file, "keys = 1\n").unwrap();
        assert!(matches!(
            set(&file, "keys.undo", "x"),
            Err(NotSet::NoTable(..))
        ));
        assert_eq!(fs::read_to_string(&file).unwrap(), "keys = 1\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_linked_file_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (
            folder.path().join("real.toml"),
            folder.path().join("link.toml"),
        );
        fs::write(&real, "").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        set(&link, "tips", true).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&real).unwrap(), "tips = true\n");
    }

    #[test]
    fn a_missing_file_is_no_problem_and_a_folder_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let (config, problems) = Config::load(&folder.path().join("none.toml"));
        assert_eq!((config, problems.len()), (Config::default(), 0));
        let (_, problems) = Config::load(folder.path());
        assert_eq!(problems[0].line, 0);
        let garbage = folder.path().join("bytes.toml");
        fs::write(&garbage, [0xff, 0xfe]).unwrap();
        let (_, problems) = Config::load(&garbage);
        assert!(problems[0].to_string().contains("UTF-8"));
    }
}
