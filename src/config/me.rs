//! Who sits here. Most people have one name everywhere; in another store they may have another.

use std::path::Path;

use crate::config::Config;
use crate::config::write::{self, NotSet};

impl Config {
    /// Who sits here when this store is open, by name.
    pub fn me_of(&self, store: &Path) -> Option<&str> {
        let here = self.me_in.get(&folder(store));
        here.or(self.me.as_ref()).map(String::as_str)
    }
}

/// The folder of a store as it is named in the file, the same from wherever it is opened.
fn folder(store: &Path) -> String {
    let whole = std::path::absolute(store).unwrap_or_else(|_no_folder| store.to_owned());
    whole.to_string_lossy().into_owned()
}

/// Keeps who sits here: the first name for every store, another one for this store alone, so that saying it in one
/// store takes nobody's name away in another.
///
/// # Errors
/// [`NotSet`]; the file is as it was.
pub fn keep_me(file: &Path, store: &Path, name: &str) -> Result<(), NotSet> {
    let (config, _) = Config::load(file);
    if config.me_of(store) == Some(name) {
        return Ok(());
    }
    match config.me {
        None => write::set(file, "me", name),
        Some(_) => write::set_at(file, &["me_in", &folder(store)], name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_name_in_another_store_leaves_the_first_one() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        let (one, other) = (Path::new("/home/ana/a.b/store"), Path::new("/srv/club"));
        let me = |store| Config::load(&file).0.me_of(store).map(str::to_owned);
        keep_me(&file, one, "Ana").unwrap();
        assert_eq!(me(one).as_deref(), Some("Ana"));
        assert_eq!(me(other).as_deref(), Some("Ana"));
        keep_me(&file, one, "Ana Lima").unwrap();
        keep_me(&file, other, "Ana").unwrap();
        let (config, problems) = Config::load(&file);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(config.me_of(one), Some("Ana Lima"));
        assert_eq!(config.me_of(other), Some("Ana"));
    }
}
