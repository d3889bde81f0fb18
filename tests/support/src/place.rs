//! Folders of its own for a program: store, configuration, home and runtime files, gone when dropped.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::terminal::{Size, Start, Terminal};

/// How long a command may take before it counts as hanging. Far above what any needs on a busy machine.
const HANG: Duration = Duration::from_mins(1);

/// Where a program keeps everything, and the time at which its clock starts.
#[derive(Debug)]
pub struct Place {
    program: PathBuf,
    root: TempDir,
    now: String,
    extra: Vec<(String, String)>,
}

/// What a command answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    /// The exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// What it printed.
    pub out: String,
    /// What it said beside.
    pub err: String,
}

impl Place {
    /// Empty folders for a program.
    ///
    /// # Panics
    /// When the system gives no temporary folder.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        let root = tempfile::Builder::new()
            .prefix("c")
            .tempdir()
            .expect("a temporary folder can be made");
        let place = Self {
            program: program.into(),
            root,
            now: "2026-03-12T15:00:10Z".to_owned(),
            extra: Vec::new(),
        };
        for folder in ["home", "run", "tmp"] {
            let folder = place.root.path().join(folder);
            fs::create_dir(&folder).expect("a new folder takes a folder");
            fs::set_permissions(&folder, private()).expect("what we made is ours");
        }
        // A tip differs from start to start, and what is looked at here must not.
        let settings = place.root.path().join("home/.config/circlet");
        fs::create_dir_all(&settings).expect("a folder of ours takes a folder");
        for folder in [settings.as_path(), settings.parent().unwrap_or(&settings)] {
            fs::set_permissions(folder, private()).expect("what we made is ours");
        }
        let file = settings.join("config.toml");
        fs::write(&file, "tips = false\n").expect("and a file");
        let own = fs::Permissions::from_mode(0o600);
        fs::set_permissions(&file, own).expect("what we made is ours");
        place
    }

    /// The same folders with another start of the clock, as RFC 3339.
    #[must_use]
    pub fn at(mut self, now: &str) -> Self {
        now.clone_into(&mut self.now);
        self
    }

    /// Lets the clock of programs started from here on begin at another time.
    pub fn set_now(&mut self, now: &str) {
        now.clone_into(&mut self.now);
    }

    /// One more variable of the environment.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.extra.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The folder of the store. It is there once the program has written something.
    pub fn store(&self) -> PathBuf {
        self.root.path().join("store")
    }

    /// The folder that holds all others.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// Puts a file among the user's own and returns where it is.
    pub fn file(&self, name: &str, text: &[u8]) -> io::Result<PathBuf> {
        let path = self.root.path().join("home").join(name);
        fs::write(&path, text)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
        Ok(path)
    }

    /// Runs a command to its end.
    ///
    /// # Panics
    /// When it cannot be started, or is still there after a minute.
    #[track_caller]
    pub fn run(&self, args: &[&str]) -> Ran {
        self.feed(args, b"")
    }

    /// Runs a command that reads this from its input.
    ///
    /// # Panics
    /// When it cannot be started, or is still there after a minute.
    #[track_caller]
    pub fn feed(&self, args: &[&str], input: &[u8]) -> Ran {
        let mut child = Command::new(&self.program)
            .args(self.full(args))
            .env_clear()
            .envs(self.environment())
            .current_dir(self.root.path().join("home"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", self.program.display()));
        let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        if let Some(mut stdin) = child.stdin.take() {
            // A command that does not read its input is free to leave before it was written.
            let _ = stdin.write_all(input);
        }
        let (sender, answer) = mpsc::channel();
        thread::spawn(move || sender.send(child.wait_with_output()));
        if let Ok(output) = answer.recv_timeout(HANG) {
            Ran::from(output.expect("a started command can be waited for"))
        } else {
            // It was not waited for yet, so the number is still its own.
            let _ = pid.map(|pid| kill_process(pid, Signal::KILL));
            panic!("{args:?} was still there after {HANG:?}");
        }
    }

    /// Runs a command that has to succeed and returns what it printed.
    ///
    /// # Panics
    /// When it does not exit with 0.
    #[track_caller]
    pub fn ok(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, Some(0), "{args:?} failed: {}{}", ran.err, ran.out);
        ran.out
    }

    /// Starts the program in a terminal.
    ///
    /// # Panics
    /// When it cannot be started.
    #[track_caller]
    pub fn open(&self, args: &[&str], size: Size) -> Terminal {
        Terminal::start(&Start {
            program: self.program.clone(),
            args: self.full(args),
            environment: self.environment(),
            folder: self.root.path().join("home"),
            size,
        })
    }

    fn full(&self, args: &[&str]) -> Vec<String> {
        let own = ["--now", self.now.as_str()];
        let own = if self.now.is_empty() {
            &[]
        } else {
            own.as_slice()
        };
        own.iter()
            .chain(args)
            .map(|arg| (*arg).to_owned())
            .collect()
    }

    fn environment(&self) -> Vec<(String, String)> {
        let at = |name: &str| self.root.path().join(name).display().to_string();
        let mut all = vec![
            ("PATH".to_owned(), std::env::var("PATH").unwrap_or_default()),
            ("HOME".to_owned(), at("home")),
            ("XDG_RUNTIME_DIR".to_owned(), at("run")),
            ("TMPDIR".to_owned(), at("tmp")),
            ("CIRCLET_STORE".to_owned(), at("store")),
            ("TZ".to_owned(), "UTC".to_owned()),
            ("LANG".to_owned(), "C.UTF-8".to_owned()),
            ("TERM".to_owned(), "xterm-256color".to_owned()),
            ("COLORTERM".to_owned(), "truecolor".to_owned()),
        ];
        all.extend(self.extra.iter().cloned());
        all
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

fn private() -> fs::Permissions {
    fs::Permissions::from_mode(0o700)
}
