//! Settings that the shell is made with.

use crate::command::keymap::{Keymap, Preset};
use crate::domain::shelf::Shelf;
use crate::domain::when::Order;
use crate::theme::Styles;
use crate::tui::view::ScreenId;

/// Settings that the shell needs.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own that is on or off"
)]
pub struct Setup {
    /// How things look.
    pub styles: Styles,
    /// The name of the person who sits here, if configured.
    pub me: Option<String>,
    /// In which order day and month are written.
    pub dates: Order,
    /// Names of the themes there are.
    pub themes: Vec<String>,
    /// Whether this is a throw-away store: the demo, or a rehearsal.
    pub demo: bool,
    /// Formats and templates to choose from.
    pub shelf: Shelf,
    /// Whether it is a rehearsal, in which a made-up roster takes turns.
    pub rehearsal: bool,
    /// The screen to begin with.
    pub begin: ScreenId,
    /// Whether to show a tip at the start.
    pub tips: bool,
    /// How many tips were shown at earlier starts.
    pub tips_shown: usize,
    /// Whether the mouse is ours.
    pub mouse: bool,
    /// The editor of whoever sits here, with its arguments; empty when they have named none.
    pub editor: Vec<String>,
    /// A keyboard that may be the one here, which is asked about once; its name and its keys.
    pub keyboard: Option<(Preset, Keymap)>,
}
