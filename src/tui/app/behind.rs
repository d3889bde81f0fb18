//! What is written behind the screen: settings one after the other, and files; the end of the program waits for both.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use tokio::sync::mpsc::UnboundedSender;

use crate::config;
use crate::tui::app::files::Back;
use crate::tui::messages::Note;

/// A setting: key and value.
type Setting = (&'static str, String);

/// The threads that write.
#[derive(Debug, Default)]
pub(super) struct Behind {
    settings: Option<(Sender<Setting>, JoinHandle<()>)>,
    files: Vec<JoinHandle<()>>,
}

impl Behind {
    /// Writes a setting after those that were given before: each reads the whole file and replaces it, so that two at
    /// once would lose one.
    pub(super) fn remember(
        &mut self,
        setting: Setting,
        (config, store): (PathBuf, PathBuf),
        sender: UnboundedSender<Back>,
    ) {
        let (queue, _) = self.settings.get_or_insert_with(|| {
            let (queue, settings) = channel::<Setting>();
            let writing = std::thread::spawn(move || {
                for (key, value) in settings {
                    if let Err(problem) = write(&config, &store, (key, &value)) {
                        let _gone = sender.send(Back::Said(Note::error(problem.to_string())));
                    }
                }
            });
            (queue, writing)
        });
        let _taken = queue.send(setting);
    }

    /// Does something that has to be done before the program ends.
    pub(super) fn spawn(&mut self, work: impl FnOnce() + Send + 'static) {
        self.files.retain(|file| !file.is_finished());
        self.files.push(std::thread::spawn(work));
    }

    /// Waits until everything is written.
    pub(super) fn finish(&mut self) {
        let settings = self.settings.take().map(|(queue, writing)| {
            drop(queue);
            writing
        });
        for thread in settings.into_iter().chain(self.files.drain(..)) {
            // Whatever went wrong in it was told when it happened.
            let _ended = thread.join();
        }
    }
}

fn write(file: &Path, store: &Path, (key, value): (&str, &str)) -> Result<(), config::NotSet> {
    match (key, value.parse::<bool>(), value.parse::<i64>()) {
        ("me", ..) => config::keep_me(file, store, value),
        ("tips" | "mouse", Ok(on), _) => config::set(file, key, on),
        ("tips_shown", _, Ok(count)) => config::set(file, key, count),
        _ => config::set(file, key, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_come_close_together_are_all_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        let (sender, _back) = tokio::sync::mpsc::unbounded_channel();
        let mut behind = Behind::default();
        let all = [
            ("tips", "false"),
            ("me", "Ana Lima"),
            ("clicker.next", "F5"),
            ("clicker.previous", "F6"),
            ("tips_shown", "3"),
        ];
        for (key, value) in all {
            let files = (file.clone(), folder.path().join("store"));
            behind.remember((key, value.to_owned()), files, sender.clone());
        }
        behind.finish();
        let text = std::fs::read_to_string(&file).unwrap();
        for kept in ["tips = false", "Ana Lima", "F5", "F6", "tips_shown = 3"] {
            assert!(text.contains(kept), "{text}");
        }
    }
}
