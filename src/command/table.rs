//! The registry: one row for each command. Keys, help, palette, footer, the key sheet, the man page and the
//! checking of `[keys]` are all read from here; no other file may hold a key of its own.

mod rows;
#[cfg(test)]
mod tests;

use crate::command::id::CommandId;

pub use rows::SPECS;

/// Where a key means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Live while a session runs.
    Live,
    /// Live before the session has been started: the keys of [`Place::Live`], and leaving is possible. No row
    /// names it; it follows from the others.
    Ready,
    /// The room view in place.
    Room,
    /// Any other screen. What has no meaning of its own on Live falls back to this.
    Anywhere,
}

impl Place {
    /// Every place.
    pub const ALL: [Self; 4] = [Self::Live, Self::Ready, Self::Room, Self::Anywhere];

    /// Its name as a sub-table of `[keys]`; none where keys follow from another place.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Live => Some("live"),
            Self::Room => Some("room"),
            Self::Anywhere => Some("anywhere"),
            Self::Ready => None,
        }
    }
}

/// Keys of [`Place::Anywhere`] that are absent on Live while a session runs, so that a stray letter does not
/// leave it or mark everything.
pub const ABSENT_ON_LIVE: [&str; 3] = ["q", "A", "E"];

/// Groups of help, in table order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// What runs a session.
    Session,
    /// What writes something down.
    Write,
    /// What every list can do.
    List,
    /// What goes somewhere.
    Go,
    /// What works on every screen.
    Everywhere,
    /// What is asked for by name.
    Named,
}

impl Group {
    /// Every group, in table order.
    pub const ALL: [Self; 6] = [
        Self::Session,
        Self::Write,
        Self::List,
        Self::Go,
        Self::Everywhere,
        Self::Named,
    ];

    /// What stands above its rows.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Session => "Running session",
            Self::Write => "Write down",
            Self::List => "Every list",
            Self::Go => "Go to",
            Self::Everywhere => "Everywhere",
            Self::Named => "By name, after :",
        }
    }
}

/// What may follow the name of a command in the palette. A key brings nothing along unless a person or a number
/// is part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgKind {
    /// Nothing.
    None,
    /// A number.
    Number,
    /// The label of a person.
    Person,
    /// Words.
    Text,
}

/// Keys in a place. `Person` in `keys` stands for `1` to `9` and `0 1` to `0 9`, `Number` for `1` to `9`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub place: Place,
    /// The keys, apart by spaces: `g l`.
    pub keys: &'static str,
}

/// One row of the registry.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// Which command.
    pub id: CommandId,
    /// What it is called, 28 columns at most.
    pub title: &'static str,
    /// One sentence.
    pub help: &'static str,
    /// Where help lists it.
    pub group: Group,
    /// Its keys; the first one of a place is the one that hints show.
    pub keys: &'static [Binding],
    /// Whether its keys act in the room view in place too.
    pub room: bool,
    /// What may follow its name.
    pub arg: ArgKind,
    /// Whether it has no key and is asked for by name.
    pub palette_only: bool,
    /// Whether it cannot be taken back.
    pub danger: bool,
}

/// The row of a command.
pub fn spec(id: CommandId) -> &'static Spec {
    // The order of rows and ids is the same; a test holds them together.
    &SPECS[id as usize]
}

/// The command of this name.
pub fn named(name: &str) -> Option<CommandId> {
    CommandId::ALL
        .iter()
        .copied()
        .find(|id| id.as_str() == name)
}

impl Spec {
    const fn new(
        group: Group,
        id: CommandId,
        title: &'static str,
        help: &'static str,
        keys: &'static [Binding],
    ) -> Self {
        Self {
            id,
            title,
            help,
            group,
            keys,
            room: false,
            arg: ArgKind::None,
            palette_only: false,
            danger: false,
        }
    }

    const fn room(self) -> Self {
        Self { room: true, ..self }
    }

    const fn arg(self, arg: ArgKind) -> Self {
        Self { arg, ..self }
    }

    const fn by_name(self) -> Self {
        Self {
            palette_only: true,
            ..self
        }
    }

    const fn danger(self) -> Self {
        Self {
            danger: true,
            ..self
        }
    }
}
