//! What may follow a key that begins a sequence. Shown after a moment; it never holds up what is typed
//! next.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::key::Key;
use crate::theme::{Role, Styles};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::text;

/// A key and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuation {
    /// The key as it is shown.
    pub key: String,
    /// What it does.
    pub title: String,
}

/// Draws the panel in the lower right corner of `area`, above nothing that must stay visible.
pub fn draw(pressed: &[Key], rows: &[Continuation], area: Rect, buf: &mut Buffer, styles: &Styles) {
    let keys = rows
        .iter()
        .map(|row| text::width(&row.key))
        .max()
        .unwrap_or(1)
        .max(2);
    let words = rows
        .iter()
        .map(|row| text::width(&row.title))
        .max()
        .unwrap_or(0);
    let width = (keys + words + 8)
        .clamp(24, area.width.max(1))
        .min(area.width);
    let height = u16::try_from(rows.len())
        .unwrap_or(u16::MAX)
        .saturating_add(2)
        .min(area.height);
    let place = Rect {
        x: area.right().saturating_sub(width),
        y: area.bottom().saturating_sub(height),
        width,
        height,
    };
    let title = crate::command::key::sequence(pressed);
    let content = Pane::new(&title)
        .focused(true)
        .draw_over(place, buf, styles);
    for (at, row) in (0..content.height).zip(rows) {
        let line = Line::from(vec![
            Span::styled(text::pad(&row.key, keys), styles.key()),
            Span::raw("  "),
            Span::styled(row.title.clone(), styles.of(Role::Hint)),
        ]);
        text::put_line(&line, text::row(content, at), buf);
    }
}
