//! What the screen says where a circle has no book yet.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::screen::table;
use crate::tui::view::Paint;
use crate::tui::widget::hints::Hint;

/// Draws it.
pub(super) fn draw(area: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
    let styles = paint.styles;
    let content = table::pane("Books", "", !paint.covered, area, (buf, styles));
    let (sentence, keys) = if paint.view.circle.is_some() {
        (
            "No book yet. Add one in a line: title, author, number of chapters or pages. The plan over the next \
             meetings is computed and can be bent.",
            [Hint::new("a", "add a book"), Hint::new("g p", "plan")],
        )
    } else {
        (
            "There is no circle yet, so nobody reads.",
            [Hint::new("g h", "home"), Hint::new("?", "help")],
        )
    };
    table::empty(sentence, &keys, content, (buf, styles));
}
