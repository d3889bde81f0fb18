//! The editor of whoever sits here: the terminal is given to it and taken back.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::Signal;

use crate::tui::app::files::Back;
use crate::tui::app::{App, World};
use crate::tui::messages::Note;
use crate::tui::terminal::{self, Reader};

/// Largest file that is read back, in bytes.
const LARGEST: u64 = 1 << 20;
/// Editors that keep copies of what they edit beside it, and what keeps them from it.
const KEEPS_COPIES: [&str; 3] = ["vi", "vim", "nvim"];
const NO_COPIES: [&str; 3] = ["-n", "-i", "NONE"];

/// The editor that the environment names, split as a shell does; empty when it names none.
pub fn editor() -> Vec<String> {
    ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(|name| shlex::split(&std::env::var(name).ok()?))
        .find(|words| !words.is_empty())
        .unwrap_or_default()
}

/// Whether a signal comes from keys, which are the editor's while it is open.
pub(super) fn is_from_the_keyboard(signal: i32) -> bool {
    [Signal::INT, Signal::QUIT]
        .iter()
        .any(|key| key.as_raw() == signal)
}

impl App {
    /// What reads the terminal from now on.
    pub fn read_from(&mut self, reader: Reader) {
        self.reader = Some(reader);
    }

    /// Gives the terminal to the editor. Time and other processes go on meanwhile; nothing is drawn.
    pub(super) fn open_editor(&mut self, editor: Vec<String>, text: String, world: &World) {
        let Some(reader) = self.reader.clone() else {
            return self.say(Note::error("There is no terminal for an editor"));
        };
        reader.stop();
        self.guard.suspend();
        self.away = true;
        let (folder, sender) = (self.settings.paths.runtime.clone(), world.sender.clone());
        std::thread::spawn(move || {
            let _gone = sender.send(Back::Edited(edit(&editor, &folder, &text)));
        });
    }

    /// The editor is closed: takes the terminal again and paints everything.
    pub(super) fn back_from_editor(&mut self, text: Result<String, String>, world: &mut World) {
        self.away = false;
        let _taken = self.guard.resume();
        if let Some(reader) = &self.reader {
            reader.start();
        }
        self.terminal.backend_mut().resize(terminal::size());
        self.repaint();
        self.shell.edited(text, &mut world.turn());
    }
}

/// Lets somebody edit a text in a file that nobody else can read, and that is gone afterwards; where nothing comes of
/// what was written in it, it stays and is named.
fn edit(editor: &[String], folder: &Path, text: &str) -> Result<String, String> {
    let cannot = |what: &str, error: &io::Error| format!("{what}: {error}. Nothing was changed");
    let path = write(folder, text).map_err(|error| cannot("No file for the editor", &error))?;
    let edited = run(editor, &path).and_then(|()| {
        let size = fs::metadata(&path).map(|meta| meta.len());
        if size.is_ok_and(|size| size > LARGEST) {
            return Err("That is more than can be kept; nothing was changed".to_owned());
        }
        fs::read_to_string(&path).map_err(|error| cannot("The file cannot be read", &error))
    });
    // Some editors leave the text before beside it.
    let _removed = fs::remove_file(format!("{}~", path.display()));
    if edited.is_err() && has_words(&path, text) {
        return edited.map_err(|why| format!("Your words are in {}. {why}", path.display()));
    }
    let _removed = fs::remove_file(&path);
    edited
}

/// Whether a file holds anything else than what was put into it.
fn has_words(path: &Path, put: &str) -> bool {
    fs::metadata(path).is_ok_and(|meta| {
        u64::try_from(put.len()) != Ok(meta.len())
            || fs::read(path).map_or(true, |now| now != put.as_bytes())
    })
}

fn write(folder: &Path, text: &str) -> io::Result<PathBuf> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let mut number = 0;
    loop {
        let path = folder.join(format!("edit-{}-{number}.md", std::process::id()));
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path);
        match file {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                return Ok(path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

fn run(editor: &[String], path: &Path) -> Result<(), String> {
    let Some((program, arguments)) = editor.split_first() else {
        return Err("No editor is named in VISUAL or EDITOR".to_owned());
    };
    let name = Path::new(program).file_name().unwrap_or_default();
    let copies = KEEPS_COPIES.iter().any(|keeps| name == *keeps);
    let mut command = Command::new(program);
    command.args(arguments);
    if copies {
        command.args(NO_COPIES);
    }
    match command.arg(path).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!(
            "The editor ended with {status}; nothing was changed"
        )),
        Err(error) => Err(format!(
            "{program} cannot be started: {error}. VISUAL and EDITOR name the editor"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn shell(script: &str) -> Vec<String> {
        // What stands behind the script is the file.
        ["sh", "-c", script, "sh"].map(str::to_owned).to_vec()
    }

    fn files(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn what_was_written_comes_back_and_the_file_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let run = folder.path().join("run");
        let script = "stat -c %a \"$1\" >> \"$1\"; cp \"$1\" \"$1~\"";
        let edited = edit(&shell(script), &run, "Send deck\n");
        assert_eq!(edited.as_deref(), Ok("Send deck\n600\n"));
        assert_eq!(files(&run), 0);
        let mode = fs::metadata(&run).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn an_editor_that_fails_and_wrote_nothing_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let told = edit(&shell("exit 3"), folder.path(), "words");
        assert!(told.unwrap_err().contains("nothing was changed"));
        let none = edit(&["no-such-editor".to_owned()], folder.path(), "words");
        assert!(none.unwrap_err().contains("cannot be started"));
        assert_eq!(files(folder.path()), 0);
    }

    #[test]
    fn words_that_cannot_be_taken_stay_in_the_file_and_the_file_is_named() {
        let big = format!("head -c {} /dev/zero | tr '\\0' x > \"$1\"", LARGEST + 1);
        let scripts = [
            "echo more >> \"$1\"; exit 3",
            "printf 'caf\\351' > \"$1\"",
            big.as_str(),
        ];
        for script in scripts {
            let folder = tempfile::tempdir().unwrap();
            let why = edit(&shell(script), folder.path(), "words").unwrap_err();
            let mut left = fs::read_dir(folder.path()).unwrap();
            let path = left.next().unwrap().unwrap().path();
            assert!(why.contains(path.to_str().unwrap()), "{why}");
            assert_ne!(fs::read(path).unwrap(), b"words", "{script}");
            assert!(left.next().is_none());
        }
    }
}
