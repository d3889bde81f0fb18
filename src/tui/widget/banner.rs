//! The rows that say that nothing is written. They are filled from edge to edge, and said in capitals where
//! backgrounds cannot be seen, so that nobody misses them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::theme::{Role, Styles};
use crate::tui::widget::text;

/// What is said on both sides of the screen.
pub const OFF_RECORD: &str = "OFF THE RECORD  circlet writes nothing. \
                              People, phones and call recordings still can.";

/// Draws the rows at the top of `area`, at most a third of it, and returns what is below them.
pub fn off_record(area: Rect, buf: &mut Buffer, styles: &Styles) -> Rect {
    let margin = u16::from(area.width >= 60) * 2;
    let inner = Rect {
        width: area.width.saturating_sub(2 * margin),
        ..text::after(area, margin)
    };
    let most = (area.height / 3).max(1);
    let lines = text::wrap_within(OFF_RECORD, inner.width, most);
    let rows = u16::try_from(lines.len()).unwrap_or(most).min(area.height);
    let style = styles.chip(Role::Warn);
    for (index, line) in (0..rows).zip(&lines) {
        let row = text::row(area, index).intersection(buf.area);
        buf.set_style(row, style);
        text::put(
            &text::pad(line, inner.width),
            style,
            text::row(inner, index),
            buf,
        );
    }
    Rect {
        y: area.y + rows,
        height: area.height - rows,
        ..area
    }
}
