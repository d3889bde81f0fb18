//! Users' packs: files of questions in one folder. The folder and a file are read each time somebody looks, so
//! that what was changed in an editor is what is offered.

use std::path::{Path, PathBuf};

use crate::exchange::input::{self, InputError};
use crate::exchange::questions::{self, Taken};

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFile {
    /// What it is called: the name of the file without its ending.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// Every `*.toml` of a folder, by name; none where there is no such folder.
pub fn list(folder: &Path) -> Vec<PackFile> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<PackFile> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter_map(|path| {
            let name = path.file_stem()?.to_string_lossy().into_owned();
            Some(PackFile { name, path })
        })
        .collect();
    files.sort_by(|one, other| one.name.cmp(&other.name));
    files
}

impl PackFile {
    /// The questions in it that can be read, and what is wrong with the others, by line. `known` says whether
    /// the bank has a question already, as in [`questions::take`].
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn read(&self, known: &dyn Fn(&str) -> bool) -> Result<Taken, InputError> {
        let mut input = input::read(&self.path)?;
        // What is said to come from it names the pack, not somebody's home folder.
        input.name.clone_from(&self.name);
        Ok(questions::take(&input, known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_anew_each_time_and_other_files_in_it_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(list(&folder.path().join("none")), []);
        std::fs::write(folder.path().join("notes.md"), "- Why?").unwrap();
        let pack = folder.path().join("own.toml");
        std::fs::write(&pack, "[[question]]\ntext = \"Why now?\"\n").unwrap();
        let files = list(folder.path());
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["own"]);
        assert_eq!(files[0].read(&|_| false).unwrap().questions.len(), 1);
        std::fs::write(
            &pack,
            "[[question]]\ntext = \"Why now?\"\n[[question]]\ntext = \"Who?\"\n",
        )
        .unwrap();
        assert_eq!(files[0].read(&|_| false).unwrap().questions.len(), 2);
        std::fs::remove_file(&pack).unwrap();
        assert!(files[0].read(&|_| false).is_err());
    }
}
