//! The keys that are in force: the registry's defaults, the keyboard preset and what `[keys]` changes, as one
//! trie for each place. Knows no terminal and no clock; the waiting between two keys is the caller's.

mod build;
mod layout;
mod pattern;
#[cfg(test)]
mod tests;
mod trie;

use crate::command::id::{Arg, CommandId};
use crate::command::key::Key;
use crate::command::table::Place;

pub use layout::Preset;

use build::Maps;
use trie::Trie;

/// One line of `[keys]`: other keys for a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Where; `None` is every place where the command has a key.
    pub place: Option<Place>,
    /// The name of the command.
    pub command: String,
    /// The keys, apart by spaces; empty takes the keys away. Several rows for one command add up.
    pub keys: String,
    /// The line in the file, counted from 1.
    pub line: usize,
}

/// Something in `[keys]` that could not be used. The default stays in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyComplaint {
    /// The line in the file, counted from 1.
    pub line: usize,
    /// What is wrong and what holds instead.
    pub what: String,
}

/// A key that may come next, for the panel of what may follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuation {
    /// The key.
    pub key: Key,
    /// What it leads to.
    pub title: &'static str,
    /// What it runs; `None` if yet another key must follow. A number is the label of a person, so that the panel
    /// can show the name.
    pub run: Option<(CommandId, Arg)>,
}

/// What keys amount to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A command. People and picked rows are [`Arg::Number`].
    Run(CommandId, Arg),
    /// The beginning of one or more; these keys may follow.
    Wait(Vec<Continuation>),
    /// No command.
    Nothing,
}

/// The keys that are in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    preset: Preset,
    maps: Maps,
}

impl Default for Keymap {
    /// The keys as in the registry.
    fn default() -> Self {
        Self::new(Preset::Default, &[]).0
    }
}

impl Keymap {
    /// The keys of a keyboard, with these changes, and what of them could not be used.
    pub fn new(preset: Preset, overrides: &[Override]) -> (Self, Vec<KeyComplaint>) {
        let built = build::build(preset, overrides);
        let keymap = Self {
            preset,
            maps: built.maps,
        };
        (keymap, built.complaints)
    }

    /// What these keys amount to, all of them since the last command. A character of a layout that has no Latin
    /// letters counts as the Latin one on the same key.
    pub fn find(&self, place: Place, keys: &[Key]) -> Found {
        let trie = self.trie(place);
        let mut node = Trie::ROOT;
        for key in keys {
            let key = self.preset.digit(*key);
            let Some(next) = trie
                .child(node, key)
                .or_else(|| trie.child(node, layout::latin(key)?))
            else {
                return Found::Nothing;
            };
            node = next;
        }
        match trie.run(node) {
            Some((id, arg)) => Found::Run(id, arg),
            None => Found::Wait(trie.continuations(node)),
        }
    }

    /// The key of a command as hints show it: `g l`, `r 1-9`. `None` if it has none in this place.
    pub fn keys_of(&self, place: Place, id: CommandId) -> Option<String> {
        self.key_of(place, id).map(str::to_owned)
    }

    /// The same, borrowed.
    pub fn key_of(&self, place: Place, id: CommandId) -> Option<&str> {
        self.trie(place).texts(id).next()
    }

    /// All keys of a command in a place, borrowed, the one that hints show first.
    pub fn each_key_of(&self, place: Place, id: CommandId) -> impl Iterator<Item = &str> {
        self.trie(place).texts(id)
    }

    /// All keys of a command in a place, the one that hints show first.
    pub fn all_keys_of(&self, place: Place, id: CommandId) -> Vec<String> {
        self.each_key_of(place, id).map(str::to_owned).collect()
    }

    fn trie(&self, place: Place) -> &Trie {
        match place {
            Place::Live => &self.maps.live,
            Place::Ready => &self.maps.ready,
            Place::Room => &self.maps.room,
            Place::Anywhere => &self.maps.anywhere,
        }
    }
}
