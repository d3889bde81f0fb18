//! What the screen says where a circle has no book yet.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::id::CommandId;
use crate::tui::screen::table;
use crate::tui::view::Paint;

/// Says that nothing is proposed yet, or that there is no circle, and which keys help.
pub(super) fn draw(area: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
    let styles = paint.styles;
    let content = table::pane("Books", "", !paint.covered, area, (buf, styles));
    let (sentence, keys) = if paint.view.circle.is_some() {
        (
            "No book yet. Add one in a line: title, author, number of chapters or pages. The plan over the next \
             meetings is computed and can be bent.",
            [(CommandId::Add, "add a book"), (CommandId::GoPlan, "plan")],
        )
    } else {
        (
            "There is no circle yet, so nobody reads.",
            [(CommandId::GoHome, "home"), (CommandId::Help, "help")],
        )
    };
    let keys = paint.view.keys.hints(&keys);
    table::empty(sentence, &keys, content, (buf, styles));
}
