//! Lists: which rows are in the window, and how a row looks. Only rows in the window are ever drawn.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::spot::{self, Marked, Spot};
use super::text;
use crate::theme::glyphs::{CURSOR_CELLS, Mark};
use crate::theme::{Role, Styles};

/// The rows to draw: from `offset`, as many as fit. The window moves only as far as the selected row needs, and
/// never leaves rows empty while there are items above. Store `start` and pass it as the next `offset`.
pub fn window(total: usize, selected: usize, offset: usize, height: u16) -> Range<usize> {
    let height = usize::from(height);
    if height == 0 || total == 0 {
        return 0..0;
    }
    let selected = selected.min(total - 1);
    let lowest = (selected + 1).saturating_sub(height);
    let start = offset
        .clamp(lowest, selected)
        .min(total.saturating_sub(height));
    start..total.min(start + height)
}

/// What a row is, as far as its background goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// An ordinary row.
    Plain,
    /// What is now: the running block, who talks.
    Now,
    /// The row under the cursor of the focused pane.
    Selected,
    /// The row under the cursor of a pane without focus.
    SelectedElsewhere,
}

impl Look {
    /// The look of a row of a list: whether it is the selected one, and whether its pane has the focus.
    pub const fn of(selected: bool, focused: bool) -> Self {
        match (selected, focused) {
            (false, _) => Self::Plain,
            (true, true) => Self::Selected,
            (true, false) => Self::SelectedElsewhere,
        }
    }

    fn marked(self) -> Marked {
        match self {
            Self::Plain | Self::Now => Marked::No,
            Self::SelectedElsewhere => Marked::Elsewhere,
            Self::Selected => Marked::Here,
        }
    }

    /// The background of such a row.
    pub fn ground(self, styles: &Styles) -> Style {
        match self {
            Self::Plain => Style::new(),
            Self::Now | Self::SelectedElsewhere => styles.ground(Role::Surface),
            Self::Selected => styles.ground(Role::Selection),
        }
    }

    /// The main words of such a row.
    pub fn main(self, styles: &Styles) -> Style {
        match self {
            Self::Plain | Self::SelectedElsewhere => styles.of(Role::Text),
            Self::Now | Self::Selected => styles.bold(Role::Text),
        }
    }

    /// The quiet words of such a row: one step louder under the cursor.
    pub fn quiet(self, styles: &Styles) -> Style {
        match self {
            Self::Plain | Self::Now | Self::SelectedElsewhere => styles.of(Role::Muted),
            Self::Selected => styles.of(Role::Hint),
        }
    }
}

/// The mark of the cursor column, two cells: the cursor, what the user marked, or nothing.
pub fn cursor_mark(mark: Mark, styles: &Styles) -> Span<'static> {
    slot(mark, CURSOR_CELLS, styles)
}

/// The mark of the state column: done, open, blocked, now, or nothing.
pub fn state_mark(mark: Mark, styles: &Styles) -> Span<'static> {
    slot(mark, styles.glyphs().state_cells(), styles)
}

fn slot(mark: Mark, cells: u16, styles: &Styles) -> Span<'static> {
    let style = match mark {
        Mark::None => Style::new(),
        Mark::Cursor | Mark::Marked => styles.bold(Role::Accent),
        Mark::Done => styles.of(Role::Good),
        Mark::Open => styles.of(Role::Muted),
        Mark::Blocked => styles.bold(Role::Warn),
    };
    Span::styled(text::pad(styles.glyphs().mark(mark), cells), style)
}

/// The columns of a pane that the background of its rows covers: the content and one cell on each side, which
/// leaves the frame alone.
pub fn rows_of(content: Rect) -> Rect {
    if content.is_empty() || content.x == 0 {
        return content;
    }
    Rect {
        x: content.x - 1,
        width: content.width.saturating_add(2),
        ..content
    }
}

/// Draws one row of [`rows_of`] that the mark can stand on: the background over the whole width, the line from the
/// second cell to the one before the last. A click on it takes the mark there.
pub fn draw_row(line: &Line<'_>, look: Look, area: Rect, buf: &mut Buffer, styles: &Styles) {
    spot::tell(one(area), || Spot::Row(look.marked()));
    paint_row(line, look, area, buf, styles);
}

/// Draws another line of the row before.
pub fn draw_more(line: &Line<'_>, look: Look, area: Rect, buf: &mut Buffer, styles: &Styles) {
    spot::tell(one(area), || Spot::More);
    paint_row(line, look, area, buf, styles);
}

fn one(area: Rect) -> Rect {
    Rect {
        height: area.height.min(1),
        ..area
    }
}

/// Draws a row that looks like one of a list and is none: the mark never stands on it.
pub fn paint_row(line: &Line<'_>, look: Look, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let area = one(area).intersection(buf.area);
    buf.set_style(area, look.ground(styles));
    let inner = text::after(area, 1);
    text::put_line(
        line,
        Rect {
            width: inner.width.saturating_sub(1),
            ..inner
        },
        buf,
    );
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::{Color, Modifier};

    use super::*;
    use crate::tui::widget::testing::{dark, drawn, hard_text, only_inside, plain};

    #[test]
    fn the_window_moves_only_as_far_as_the_cursor_needs() {
        assert_eq!(window(100, 0, 0, 10), 0..10);
        assert_eq!(window(100, 9, 0, 10), 0..10);
        assert_eq!(window(100, 10, 0, 10), 1..11);
        assert_eq!(window(100, 5, 20, 10), 5..15);
        assert_eq!(window(100, 25, 20, 10), 20..30);
    }

    #[test]
    fn no_row_stays_empty_while_there_are_items_above() {
        assert_eq!(window(12, 11, 8, 10), 2..12);
        assert_eq!(window(3, 2, 2, 10), 0..3);
        assert_eq!(window(3, 9, 0, 2), 1..3);
        assert_eq!(window(0, 0, 0, 10), 0..0);
        assert_eq!(window(5, 2, 0, 0), 0..0);
    }

    #[test]
    fn marks_take_their_columns() {
        assert_eq!(cursor_mark(Mark::Cursor, &dark()).content, "► ");
        assert_eq!(cursor_mark(Mark::Marked, &plain()).content, "* ");
        assert_eq!(state_mark(Mark::Done, &dark()).content, "✓ ");
        assert_eq!(state_mark(Mark::Blocked, &plain()).content, "[!] ");
        assert_eq!(state_mark(Mark::None, &plain()).content, "    ");
    }

    #[test]
    fn a_selected_row_changes_its_background_over_the_whole_width() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 12, 1));
        let line = Line::from(vec![
            cursor_mark(Mark::Cursor, &dark()),
            Span::styled("Send", Look::Selected.main(&dark())),
        ]);
        draw_row(&line, Look::Selected, buf.area, &mut buf, &dark());
        assert!(
            buf.content
                .iter()
                .all(|cell| cell.bg == Color::Rgb(0x2d, 0x3a, 0x4b))
        );
        assert!(buf[(3, 0)].modifier.contains(Modifier::BOLD));
        let text = drawn(12, 1, |area, buf| {
            draw_row(&line, Look::Plain, area, buf, &dark());
        });
        assert_eq!(text, [" ► Send"]);
    }

    #[test]
    fn rows_reach_one_cell_beyond_the_content() {
        assert_eq!(rows_of(Rect::new(2, 1, 36, 5)), Rect::new(1, 1, 38, 5));
    }

    proptest! {
        #[test]
        fn the_selected_row_is_always_in_the_window(
            total in 1usize..500, selected in 0usize..500, offset in 0usize..600, height in 1u16..50,
        ) {
            let window = window(total, selected, offset, height);
            prop_assert!(window.contains(&selected.min(total - 1)));
            prop_assert_eq!(window.len(), total.min(usize::from(height)));
        }

        #[test]
        fn a_row_stays_in_its_area(name in hard_text(), w in 0u16..30, h in 0u16..3) {
            for look in [Look::Plain, Look::Now, Look::Selected, Look::SelectedElsewhere] {
                only_inside(w, h, |area, buf| {
                    draw_row(&Line::from(name.as_str()), look, area, buf, &dark());
                });
            }
        }
    }
}
