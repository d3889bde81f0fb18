//! What stands on the screen for a command: the keys that are in force, so that no pane and no sentence holds a key
//! of its own.

use std::borrow::Cow;

use crate::command::id::CommandId;
use crate::command::key::Key;
use crate::command::keymap::{Found, Keymap};
use crate::command::table::Place;
use crate::tui::widget::hints::Hint;

/// The keys that are in force where the keyboard is.
#[derive(Clone, Copy, Debug)]
pub struct Keys<'a> {
    map: &'a Keymap,
    place: Place,
}

impl<'a> Keys<'a> {
    /// The keys of a place.
    pub const fn new(map: &'a Keymap, place: Place) -> Self {
        Self { map, place }
    }

    /// The keys of another place.
    #[must_use]
    pub const fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// What these keys amount to, all of them since the last command.
    pub fn find(self, pressed: &[Key]) -> Found {
        self.map.find(self.place, pressed)
    }

    /// The key of a command; `None` if it has none here.
    pub fn own(self, id: CommandId) -> Option<&'a str> {
        self.map.key_of(self.place, id)
    }

    /// All keys of a command here, the one that hints show first.
    pub fn all(self, id: CommandId) -> impl Iterator<Item = &'a str> {
        self.map.each_key_of(self.place, id)
    }

    /// The key of a command, for words that name it; without one the way to ask for it by name: `: tips`.
    pub fn of(self, id: CommandId) -> Cow<'a, str> {
        self.own(id).map_or_else(
            || {
                let palette = self.own(CommandId::Palette).unwrap_or_default();
                Cow::Owned(format!("{palette} {}", id.as_str()))
            },
            Cow::Borrowed,
        )
    }

    /// Hints for commands, without those that have no key here.
    pub fn hints<'v>(self, rows: &[(CommandId, &'v str)]) -> Vec<Hint<'v>>
    where
        'a: 'v,
    {
        let rows = rows.iter();
        rows.filter_map(|(id, verb)| Some(Hint::new(self.own(*id)?, verb).run(*id)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::keymap::{Override, Preset};

    fn with(command: &str, keys: &str) -> Keymap {
        let other = Override {
            place: Some(Place::Anywhere),
            command: command.to_owned(),
            keys: keys.to_owned(),
            line: 1,
        };
        let (map, complaints) = Keymap::new(Preset::Default, &[other]);
        assert_eq!(complaints, []);
        map
    }

    #[test]
    fn words_name_the_key_that_is_in_force() {
        let map = with("go-live", "Ctrl-G");
        let keys = Keys::new(&map, Place::Anywhere);
        assert_eq!(keys.of(CommandId::GoLive), "Ctrl-G");
        assert_eq!(keys.of(CommandId::GoPlan), "g p");
    }

    #[test]
    fn a_command_without_a_key_is_asked_for_by_name() {
        let map = with("go-live", "");
        let keys = Keys::new(&map, Place::Anywhere);
        assert_eq!(keys.of(CommandId::GoLive), ": go-live");
        let hints = keys.hints(&[(CommandId::GoLive, "live"), (CommandId::GoPlan, "plan")]);
        let shown: Vec<_> = hints.iter().map(|hint| hint.key).collect();
        assert_eq!(shown, ["g p"]);
    }
}
