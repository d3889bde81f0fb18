//! Where files are: the XDG folders, or what the command line and `CIRCLET_STORE` ask for.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::config::Config;

/// Folders that were asked for instead of the usual ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// `--config FILE`.
    pub config: Option<PathBuf>,
    /// `--store DIR` or `CIRCLET_STORE`.
    pub store: Option<PathBuf>,
}

/// The home folder is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("your home folder is unknown; set HOME, or give --store and --config")]
pub struct NoHome;

/// Where files are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The configuration.
    pub config: PathBuf,
    /// Users' themes.
    pub themes: PathBuf,
    /// Users' packs of questions, beside the configuration.
    pub packs: PathBuf,
    /// The store.
    pub store: PathBuf,
    /// Crash reports.
    pub state: PathBuf,
    /// Sockets. It may have to be made, for this user alone.
    pub runtime: PathBuf,
    /// Minutes and other exports.
    pub export: PathBuf,
}

impl Paths {
    /// The folders of this user.
    ///
    /// # Errors
    /// [`NoHome`] if the home folder is unknown and not everything was asked for.
    pub fn find(asked: &Asked) -> Result<Self, NoHome> {
        match etcetera::choose_base_strategy() {
            Ok(strategy) => Ok(Self::under(&strategy, asked)),
            Err(_) => Self::without_home(asked).ok_or(NoHome),
        }
    }

    /// The folders by this strategy.
    pub fn under(strategy: &impl BaseStrategy, asked: &Asked) -> Self {
        let folder = strategy.config_dir().join("circlet");
        let store = strategy.data_dir().join("circlet").join("store");
        let config = asked
            .config
            .clone()
            .unwrap_or_else(|| folder.join("config.toml"));
        Self {
            packs: beside(&config, "packs"),
            config,
            themes: folder.join("themes"),
            store: asked.store.clone().unwrap_or(store),
            state: strategy
                .state_dir()
                .unwrap_or_else(|| strategy.data_dir())
                .join("circlet"),
            runtime: strategy
                .runtime_dir()
                .map_or_else(own_temporary, |dir| dir.join("circlet")),
            export: strategy.home_dir().join("circlet"),
        }
    }

    /// The same with the folder for exports that somebody chose.
    #[must_use]
    pub fn chosen(self, config: &Config) -> Self {
        let export = config.export.clone().unwrap_or(self.export);
        Self { export, ..self }
    }

    fn without_home(asked: &Asked) -> Option<Self> {
        let (config, store) = (asked.config.clone()?, asked.store.clone()?);
        Some(Self {
            themes: beside(&config, "themes"),
            packs: beside(&config, "packs"),
            state: store.join("reports"),
            runtime: own_temporary(),
            export: store.join("exports"),
            config,
            store,
        })
    }
}

/// What lies in the folder of a file.
fn beside(file: &Path, name: &str) -> PathBuf {
    file.parent().unwrap_or(Path::new(".")).join(name)
}

/// A folder for this user where the system offers none. Whoever makes it checks its owner and its mode.
fn own_temporary() -> PathBuf {
    let user = rustix::process::getuid().as_raw();
    std::env::temp_dir().join(format!("circlet-{user}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;

    impl BaseStrategy for Fixed {
        fn home_dir(&self) -> &Path {
            Path::new("/home/ana")
        }
        fn config_dir(&self) -> PathBuf {
            "/home/ana/.config".into()
        }
        fn data_dir(&self) -> PathBuf {
            "/home/ana/.local/share".into()
        }
        fn cache_dir(&self) -> PathBuf {
            "/home/ana/.cache".into()
        }
        fn state_dir(&self) -> Option<PathBuf> {
            Some("/home/ana/.local/state".into())
        }
        fn runtime_dir(&self) -> Option<PathBuf> {
            None
        }
    }

    #[test]
    fn files_are_where_the_desktop_keeps_them_unless_asked_otherwise() {
        let paths = Paths::under(&Fixed, &Asked::default());
        assert_eq!(
            paths.config,
            Path::new("/home/ana/.config/circlet/config.toml")
        );
        assert_eq!(
            paths.store,
            Path::new("/home/ana/.local/share/circlet/store")
        );
        assert_eq!(paths.state, Path::new("/home/ana/.local/state/circlet"));
        assert_eq!(paths.packs, Path::new("/home/ana/.config/circlet/packs"));
        assert!(paths.runtime.to_string_lossy().contains("circlet-"));
        let asked = Asked {
            config: Some("my.toml".into()),
            store: Some("elsewhere".into()),
        };
        let paths = Paths::under(&Fixed, &asked);
        assert_eq!(paths.config, Path::new("my.toml"));
        assert_eq!(paths.store, Path::new("elsewhere"));
        assert!(Paths::without_home(&asked).is_some());
        assert_eq!(Paths::without_home(&Asked::default()), None);
    }
}
