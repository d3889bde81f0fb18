//! What can be wrong with a theme file, in words for the person who wrote it.

use std::fmt;

/// One complaint about a theme file: where, what, and what to do. Themes with complaints still work.
#[derive(Clone, Debug, PartialEq)]
pub struct Complaint {
    /// The file as the user knows it.
    pub file: String,
    /// Line in that file, from 1; 1 where the whole file is meant.
    pub line: usize,
    /// What is wrong.
    pub problem: Problem,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.problem)
    }
}

impl std::error::Error for Complaint {}

/// What is wrong with a theme file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Problem {
    /// The text is not TOML.
    #[error("this is not TOML: {0}; the theme is left out until the line is mended")]
    Syntax(String),
    /// A key outside the known ones.
    #[error("{key:?} is not known here and is ignored; known: {known}")]
    UnknownKey {
        /// The key as written.
        key: String,
        /// What may stand there.
        known: String,
    },
    /// A value of the wrong kind.
    #[error("{place} must be {wanted}; it is ignored")]
    WrongKind {
        /// The key in quotes, or the place in words.
        place: String,
        /// What the value must be.
        wanted: &'static str,
    },
    /// A colour that cannot be read.
    #[error(
        "{place} has the colour {value:?}, which is not known; write #rrggbb, a name of [palette], \
         or default, red, bright-cyan and so on"
    )]
    UnknownColour {
        /// The role or palette entry.
        place: String,
        /// The value as written.
        value: String,
    },
    /// A role neither in the file nor in what it extends.
    #[error(
        "the role {role} is missing and is taken from dark; add {role} = \"#rrggbb\" under [roles]"
    )]
    MissingRole {
        /// The role.
        role: &'static str,
    },
    /// `extends` leads back to the theme itself.
    #[error(
        "extends runs in a circle ({path}); it is ignored; extend dark, light, high-contrast or terminal"
    )]
    Cycle {
        /// The names passed, in order.
        path: String,
    },
    /// `extends` names a theme that is not there.
    #[error("extends {base:?}, and no theme has that name; it is ignored; known: {known}")]
    UnknownBase {
        /// The name as written.
        base: String,
        /// Themes that exist.
        known: String,
    },
    /// A second theme of the same name.
    #[error(
        "the name {name:?} is taken by another theme; this one is left out; give it its own name"
    )]
    NameTaken {
        /// The name as written.
        name: String,
    },
    /// Text that is hard to read on its background.
    #[error(
        "{role} on {ground} has a contrast of {}.{:02} to 1 and needs {}.{}; make it lighter or darker",
        ratio / 100, ratio % 100, needs / 10, needs % 10
    )]
    LowContrast {
        /// The role of the text.
        role: &'static str,
        /// The role behind it.
        ground: &'static str,
        /// The WCAG 2 ratio, in hundredths.
        ratio: u32,
        /// The least ratio, in tenths.
        needs: u32,
    },
}
