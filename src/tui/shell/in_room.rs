//! The room view in this window.

use crate::tui::screen::room::RoomView;

#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a state of its own that is on or off"
)]
/// How the room view stands.
#[derive(Default)]
pub(super) struct InRoom {
    /// Whether it is on screen.
    pub(super) shown: bool,
    /// What it keeps between frames.
    pub(super) view: RoomView,
    /// Whether it is blank.
    pub(super) blank: bool,
    /// What other screens were told about that.
    pub(super) told_blank: bool,
    /// A key was pressed in it that means nothing there.
    pub(super) lost: bool,
}
