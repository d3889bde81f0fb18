//! Rows of a list from cells of fixed width, and panes that give up their chrome where there is no room for it.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::theme::glyphs::Mark;
use crate::theme::{Role, Styles};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::hints::{self, Hint};
use crate::tui::widget::spot::{self, Spot};
use crate::tui::widget::{list, text};

/// A screen up to this width has neither frames nor margins (40x12 and smaller).
const BARE: u16 = 43;
/// From this width on a screen has two columns.
pub(in crate::tui) const TWO_COLUMNS: u16 = 110;

/// One cell of a row.
pub(in crate::tui) struct Cell<'a> {
    text: Cow<'a, str>,
    cells: u16,
    gap: u16,
    style: Style,
    right: bool,
}

impl<'a> Cell<'a> {
    /// A text in a column of so many cells, two after the one before.
    pub(in crate::tui) fn new(text: impl Into<Cow<'a, str>>, cells: u16, style: Style) -> Self {
        Self {
            text: text.into(),
            cells,
            gap: 2,
            style,
            right: false,
        }
    }

    /// The last column, three cells after the one before.
    pub(in crate::tui) fn last(mut self) -> Self {
        self.gap = 3;
        self
    }

    /// At the right of its column.
    pub(in crate::tui) fn right(mut self) -> Self {
        self.right = true;
        self
    }
}

/// Marks and cells as one line, the first cell directly after the marks; a column without cells is left out with
/// its gap.
pub(in crate::tui) fn line<'a>(
    marks: Vec<Span<'a>>,
    cells: impl IntoIterator<Item = Cell<'a>>,
) -> Line<'a> {
    let mut spans = marks;
    let shown = cells.into_iter().filter(|cell| cell.cells > 0);
    for (place, cell) in shown.enumerate() {
        let shown = if cell.right {
            text::right(&cell.text, cell.cells)
        } else {
            text::pad(&cell.text, cell.cells)
        };
        if place > 0 {
            spans.push(Span::raw(" ".repeat(usize::from(cell.gap))));
        }
        spans.push(Span::styled(shown, cell.style));
    }
    Line::from(spans)
}

/// Draws the chrome of a pane and returns where its content goes.
pub(in crate::tui) fn pane<'a>(
    title: &'a str,
    meta: impl Into<Line<'a>>,
    focused: bool,
    area: Rect,
    (buf, styles): (&mut Buffer, &Styles),
) -> Rect {
    let area = area.intersection(buf.area);
    let pane = Pane::new(title).meta(meta).focused(focused);
    if buf.area.width > BARE && area.width >= 12 && area.height >= 4 {
        return pane.draw(area, buf, styles);
    }
    if area.width < 12 || area.height < 3 {
        return area;
    }
    let bare = Rect {
        x: area.x + 1,
        width: area.width - 2,
        ..area
    };
    spot::tell(area, || Spot::Pane(focused));
    text::put(title, styles.title(focused), text::row(bare, 0), buf);
    below(bare, 1)
}

/// What is left of an area below its first `rows`.
pub(in crate::tui) fn below(area: Rect, rows: u16) -> Rect {
    let gone = rows.min(area.height);
    Rect {
        y: area.y + gone,
        height: area.height - gone,
        ..area
    }
}

/// The first `rows` of an area.
pub(in crate::tui) fn above(area: Rect, rows: u16) -> Rect {
    Rect {
        height: area.height.min(rows),
        ..area
    }
}

/// The mark of the cursor column.
pub(in crate::tui) fn cursor_mark(selected: bool, marked: bool, styles: &Styles) -> Span<'static> {
    let mark = match (selected, marked) {
        (_, true) => Mark::Marked,
        (true, false) => Mark::Cursor,
        (false, false) => Mark::None,
    };
    list::cursor_mark(mark, styles)
}

/// The cells of the row `index` of a pane's content, if it has so many.
fn row_of(content: Rect, index: u16) -> Option<Rect> {
    (index < content.height).then(|| text::row(list::rows_of(content), index))
}

/// Draws a row in the row `index` of a pane's content.
pub(in crate::tui) fn put_row(
    line: &Line<'_>,
    look: list::Look,
    (content, index): (Rect, u16),
    (buf, styles): (&mut Buffer, &Styles),
) {
    if let Some(area) = row_of(content, index) {
        list::draw_row(line, look, area, buf, styles);
    }
}

/// Draws another line of the row before in the row `index` of a pane's content.
pub(in crate::tui) fn put_more(
    line: &Line<'_>,
    look: list::Look,
    (content, index): (Rect, u16),
    (buf, styles): (&mut Buffer, &Styles),
) {
    if let Some(area) = row_of(content, index) {
        list::draw_more(line, look, area, buf, styles);
    }
}

/// Draws a row that the mark never stands on in the row `index` of a pane's content.
pub(in crate::tui) fn put_plain(
    line: &Line<'_>,
    (content, index): (Rect, u16),
    (buf, styles): (&mut Buffer, &Styles),
) {
    if let Some(area) = row_of(content, index) {
        list::paint_row(line, list::Look::Plain, area, buf, styles);
    }
}

/// Draws what an empty pane says: one sentence and one row of keys.
pub(in crate::tui) fn empty(
    sentence: &str,
    keys: &[Hint<'_>],
    content: Rect,
    (buf, styles): (&mut Buffer, &Styles),
) {
    let lines = text::wrap(sentence, content.width);
    let mut row = 0;
    for line in &lines {
        if row < content.height {
            text::put(line, styles.of(Role::Text), text::row(content, row), buf);
        }
        row = row.saturating_add(1);
    }
    let keys_at = row.saturating_add(1);
    if keys_at < content.height {
        hints::draw_quiet(keys, text::row(content, keys_at), buf, styles);
    }
}

/// Draws a label and its value in one row: `Owner    Jun Tanaka`.
pub(in crate::tui) fn fact(
    label: &str,
    value: &str,
    (area, label_cells): (Rect, u16),
    (buf, styles): (&mut Buffer, &Styles),
) {
    let cells = label_cells.min(area.width / 2);
    text::put(&text::pad(label, cells), styles.of(Role::Muted), area, buf);
    let rest = text::after(area, cells);
    text::put(value, styles.of(Role::Text), rest, buf);
}
