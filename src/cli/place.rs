//! Where files are and what a person set: all that a command knows before it opens a store.

use std::path::{Path, PathBuf};

use crate::cli::args::Global;
use crate::cli::error::{CliError, sentence};
use crate::cli::out::Out;
use crate::config::{Asked, Config, Paths, add_own};
use crate::domain::clock::Zone;
use crate::domain::shelf::Shelf;
use crate::domain::text::Clean;
use crate::engine::clock::{self, Clock};
use crate::packs;

pub(super) use crate::exchange::out::shown;

/// Where files are and what a person set, without the store.
pub(super) struct Place {
    pub(super) paths: Paths,
    pub(super) config: Config,
    /// What could not be used in the configuration; told, never in the way.
    pub(super) problems: Vec<String>,
}

impl Place {
    pub(super) fn find(global: &Global) -> Result<Self, CliError> {
        let asked = Asked {
            store: global.store.clone(),
            config: global.config.clone(),
        };
        let paths =
            Paths::find(&asked).map_err(|error| CliError::store(sentence(&error.to_string())))?;
        let (config, problems) = Config::load(&paths.config);
        let problems = problems.iter().map(ToString::to_string).collect();
        Ok(Self {
            paths: paths.chosen(&config),
            config,
            problems,
        })
    }

    /// Says that the folder that somebody named has no store, since what is read of it is empty.
    pub(super) fn tell_absent(&self, global: &Global, out: &mut Out<'_>) {
        if global.store.is_some() && !self.paths.store.exists() {
            let store = Clean::line(&self.paths.store.to_string_lossy());
            out.note(&format!(
                "There is no store in {store} yet; the first thing you save makes one."
            ));
        }
    }

    /// The formats and templates there are, a user's own among them. What cannot be used is told.
    pub(super) fn shelf(&self, out: &mut Out<'_>) -> Shelf {
        let mut all = packs::shelf();
        for problem in add_own(&mut all, &self.paths.config) {
            out.note(Clean::line(&problem.to_string()).as_str());
        }
        all
    }

    /// Who the configuration says is asking, in this store.
    pub(super) fn me(&self) -> Option<&str> {
        self.config.me_of(&self.paths.store)
    }

    pub(super) fn zone(&self) -> Zone {
        self.config.zone.unwrap_or_else(clock::zone)
    }
}

/// The clock that `--now` asks for.
pub(super) fn clock(global: &Global) -> Clock {
    Clock::real(global.now, 1.0)
}

/// An absolute path, so that a line that names it works from any folder.
pub(super) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_no_folder| path.to_owned())
}
