//! What a person set: `config.toml`, and where files are. A wrong line never stops the start: it is told with
//! file, line and remedy, and the default holds. Knows no terminal and no store.

mod me;
mod own;
mod paths;
mod read;
mod write;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::command::keymap::{Override, Preset};
use crate::domain::clock::Zone;
use crate::domain::room::RoomClock;
use crate::domain::when::Order;

pub use me::keep_me;
pub use own::add_own;
pub use paths::{Asked, NoHome, Paths};
pub use toml_edit::Value;
pub use write::{NotSet, set};

/// Signs to draw with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    /// Unicode where the locale is UTF-8.
    #[default]
    Auto,
    /// Unicode.
    Unicode,
    /// ASCII alone.
    Ascii,
}

/// What happens when time is up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bell {
    /// Nothing beside what is on the screen.
    Off,
    /// The same: the clock changes its look, and the words ask what to do.
    #[default]
    Visual,
    /// The terminal's bell too.
    On,
}

/// What a person set.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Who sits here, by name, in every store that [`me_in`](Self::me_in) says nothing else of.
    pub me: Option<String>,
    /// Who sits here in one store, by its folder.
    pub me_in: BTreeMap<String, String>,
    /// The theme; `auto` follows the background.
    pub theme: String,
    /// The background that was found, as `#rrggbb`.
    pub background: Option<String>,
    /// Signs to draw with.
    pub signs: Signs,
    /// Whether the terminal draws signs of ambiguous width two cells wide.
    pub ambiguous_wide: bool,
    /// What happens when time is up.
    pub bell: Bell,
    /// What the clock of the room view shows.
    pub room_clock: RoomClock,
    /// Whether clicks are taken.
    pub mouse: bool,
    /// Whether a tip is shown at the start.
    pub tips: bool,
    /// How many tips were shown; circlet counts.
    pub tips_shown: usize,
    /// Where minutes are written; `None` is [`Paths::export`] as it stands.
    pub export: Option<PathBuf>,
    /// Where people read clocks; `None` is the zone of the computer.
    pub zone: Option<Zone>,
    /// How to read 3/4.
    pub dates: Order,
    /// The keyboard; `None` if it was never asked.
    pub keyboard: Option<Preset>,
    /// Other keys.
    pub keys: Vec<Override>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            me: None,
            me_in: BTreeMap::new(),
            theme: "auto".to_owned(),
            background: None,
            signs: Signs::Auto,
            ambiguous_wide: false,
            bell: Bell::Visual,
            room_clock: RoomClock::Full,
            mouse: true,
            tips: true,
            tips_shown: 0,
            export: None,
            zone: None,
            dates: Order::DayMonth,
            keyboard: None,
            keys: Vec::new(),
        }
    }
}

/// Something in the configuration that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The file.
    pub file: PathBuf,
    /// The line, counted from 1; 0 is the file itself.
    pub line: usize,
    /// What is wrong, what holds instead, what to do.
    pub what: String,
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.display();
        match self.line {
            0 => write!(f, "{file}: {}", self.what),
            line => write!(f, "{file}:{line}: {}", self.what),
        }
    }
}

/// Largest file that is read as a configuration, in bytes.
const LARGEST: u64 = 1 << 20;

impl Config {
    /// Reads the file. One that does not exist is no problem.
    pub fn load(file: &Path) -> (Self, Vec<ConfigProblem>) {
        let told = |what: String| {
            let problem = ConfigProblem {
                file: file.to_owned(),
                line: 0,
                what,
            };
            (Self::default(), vec![problem])
        };
        match std::fs::metadata(file) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return (Self::default(), Vec::new());
            }
            Err(error) => return told(format!("cannot be read ({error}); the defaults hold")),
            Ok(meta) if !meta.is_file() => return told("is no file; the defaults hold".to_owned()),
            Ok(meta) if meta.len() > LARGEST => {
                return told(
                    "is larger than 1 MB, so it was not read; the defaults hold".to_owned(),
                );
            }
            Ok(_) => {}
        }
        match std::fs::read(file).map(String::from_utf8) {
            Ok(Ok(text)) => Self::parse(file, &text),
            Ok(Err(_)) => {
                told("is not UTF-8 text; the defaults hold until it is saved as UTF-8".to_owned())
            }
            Err(error) => told(format!("cannot be read ({error}); the defaults hold")),
        }
    }

    /// Reads the text of a file.
    pub fn parse(file: &Path, text: &str) -> (Self, Vec<ConfigProblem>) {
        let (config, problems) = read::read(text);
        let problems = problems
            .into_iter()
            .map(|(line, what)| ConfigProblem {
                file: file.to_owned(),
                line,
                what,
            })
            .collect();
        (config, problems)
    }
}
