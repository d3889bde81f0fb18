//! Users' packs: files of questions in one folder. The folder and a file are read each time somebody looks, so
//! that what was changed in an editor is what is offered.

use std::path::{Path, PathBuf};

use crate::domain::text::Clean;
use crate::exchange::Fault;
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

/// What cannot be read in one file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackFaults {
    /// The file, without its folder.
    file: String,
    /// How many of its questions can be read.
    read: usize,
    /// What is wrong, each with its line.
    faults: Vec<Fault>,
    /// Why the file cannot be read at all.
    unreadable: Option<String>,
}

impl PackFaults {
    /// The first of it, in one line: `own.toml line 14: it has no text. 23 of 24 read`.
    pub fn told(&self) -> String {
        let Some(first) = self.faults.first() else {
            return self.unreadable.clone().unwrap_or_default();
        };
        let all = self.read + self.faults.len();
        format!(
            "{} line {}: {}. {} of {all} read",
            self.file, first.line, first.what, self.read
        )
    }

    /// All of it, a line each.
    pub fn lines(&self) -> Vec<String> {
        let faults = self.faults.iter();
        let told = |fault: &Fault| format!("{} line {}: {}", self.file, fault.line, fault.what);
        self.unreadable
            .iter()
            .cloned()
            .chain(faults.map(told))
            .collect()
    }
}

/// What cannot be read in the packs of a folder, by file.
pub fn faults(folder: &Path) -> Vec<PackFaults> {
    let of = |file: &PackFile| {
        let name = Clean::line(&format!("{}.toml", file.name)).into_string();
        let (read, faults, unreadable) = match file.read(&|_| false) {
            Ok(taken) => (taken.questions.len(), taken.faults, None),
            Err(error) => (0, Vec::new(), Some(error.to_string())),
        };
        (!faults.is_empty() || unreadable.is_some()).then_some(PackFaults {
            file: name,
            read,
            faults,
            unreadable,
        })
    };
    list(folder).iter().filter_map(of).collect()
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
    fn a_bad_line_costs_one_question_and_is_told_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let text = "[[question]]\ntext = \"Why now?\"\n[[question]]\ntext = \"\"\n";
        std::fs::write(folder.path().join("own.toml"), text).unwrap();
        std::fs::write(
            folder.path().join("good.toml"),
            "[[question]]\ntext = \"Who?\"\n",
        )
        .unwrap();
        let found = faults(folder.path());
        assert_eq!(found.len(), 1, "{found:?}");
        let told = found[0].told();
        assert!(told.starts_with("own.toml line "), "{told}");
        assert!(told.ends_with("1 of 2 read"), "{told}");
        assert_eq!(found[0].lines().len(), 1);
    }

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
