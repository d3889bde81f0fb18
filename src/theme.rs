//! How circlet is coloured: roles by meaning, themes as TOML files, and the one place that turns a role into a
//! terminal style. A widget asks [`Styles`] for a role or a named style and never for a colour.
//!
//! Owns the built-in themes, the reading of users' theme files with complaints that name file, line, role and
//! remedy, contrast, and the depth of colour. Must not read files or the environment: text and variables arrive
//! as arguments.

mod catalogue;
mod color;
mod contrast;
mod depth;
mod file;
pub mod glyphs;
mod problem;
mod styles;

pub use catalogue::{Catalogue, Loaded, Source};
pub use color::{Ansi, Rgb};
pub use depth::{ColorChoice, ColorDepth, ColorEnvironment, theme_for};
pub use problem::{Complaint, Problem};
pub use styles::{Frame, Styles};

/// What a colour is for. A role never names a widget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The background everything is measured on; painted only where a theme asks for it.
    Canvas,
    /// Body text.
    Text,
    /// Labels, metadata, done rows.
    Muted,
    /// Verbs of the last row, unselected tabs.
    Hint,
    /// The question; one name or title a screen.
    Prompt,
    /// Big digits while nothing is wrong.
    Clock,
    /// Focused title, current tab, cursor, recognised words.
    Accent,
    /// Text on a filled chip.
    AccentText,
    /// Thin title rules; decoration.
    Border,
    /// The one frame.
    BorderFocus,
    /// Background of the prompt, of rows that are "now" and of the input line.
    Surface,
    /// Background of the cursor row and the current tab.
    Selection,
    /// Empty part of a bar; decoration.
    Track,
    /// Filled part of a bar.
    Bar,
    /// Names of keys.
    Key,
    /// In order, new, done.
    Good,
    /// Wants a look: late, blocked, today, nobody.
    Warn,
    /// Errors and what is not saved.
    Bad,
    /// The clock beyond its time.
    Overtime,
    /// Who talks, and a running clock.
    Speaking,
}

impl Role {
    /// All roles, in the order of theme files.
    pub const ALL: [Self; 20] = [
        Self::Canvas,
        Self::Text,
        Self::Muted,
        Self::Hint,
        Self::Prompt,
        Self::Clock,
        Self::Accent,
        Self::AccentText,
        Self::Border,
        Self::BorderFocus,
        Self::Surface,
        Self::Selection,
        Self::Track,
        Self::Bar,
        Self::Key,
        Self::Good,
        Self::Warn,
        Self::Bad,
        Self::Overtime,
        Self::Speaking,
    ];

    /// The name of this role in theme files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Canvas => "canvas",
            Self::Text => "text",
            Self::Muted => "muted",
            Self::Hint => "hint",
            Self::Prompt => "prompt",
            Self::Clock => "clock",
            Self::Accent => "accent",
            Self::AccentText => "accent_text",
            Self::Border => "border",
            Self::BorderFocus => "border_focus",
            Self::Surface => "surface",
            Self::Selection => "selection",
            Self::Track => "track",
            Self::Bar => "bar",
            Self::Key => "key",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
            Self::Overtime => "overtime",
            Self::Speaking => "speaking",
        }
    }

    /// The role with this name in theme files.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    const fn index(self) -> usize {
        self as usize
    }
}

/// One colour at every depth, as a theme gives it to a role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// At eight bits a channel; without it the sixteen colours serve at every depth.
    pub rgb: Option<Rgb>,
    /// In the 256-colour table; without it the nearest to `rgb`.
    pub ansi256: Option<u8>,
    /// Among the user's sixteen colours.
    pub ansi16: Ansi,
    /// Bold at every depth.
    pub bold: bool,
}

/// A theme ready to use: every role has a paint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The name it is chosen by.
    pub name: String,
    /// Whether the canvas is painted instead of left to the terminal.
    pub paint_canvas: bool,
    /// Whether the frame is heavy and its title reversed, at every depth.
    pub heavy_frame: bool,
    roles: [Paint; Role::ALL.len()],
}

impl Theme {
    /// The paint of a role.
    pub const fn paint(&self, role: Role) -> Paint {
        self.roles[role.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_listed_in_the_order_of_their_numbers_and_read_back_from_their_names() {
        for (index, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role.index(), index);
            assert_eq!(Role::from_name(role.name()), Some(role));
        }
        assert_eq!(Role::from_name("sidebar"), None);
    }
}
