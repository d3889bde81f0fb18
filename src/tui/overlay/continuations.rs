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

/// Rows from which the panel has two columns, so that the clock stays in sight.
const LONG: usize = 10;
/// Cells between the columns.
const GAP: u16 = 3;

/// Draws the panel in the lower right corner of `area`, above nothing that must stay visible. A long one has
/// people to the left and commands to the right.
pub fn draw(pressed: &[Key], rows: &[Continuation], area: Rect, buf: &mut Buffer, styles: &Styles) {
    let columns = columns(rows, area);
    let widths: Vec<u16> = columns.iter().map(|rows| width_of(rows)).collect();
    let gaps = GAP * u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0);
    let width = (widths.iter().sum::<u16>() + gaps + 4)
        .clamp(24, area.width.max(1))
        .min(area.width);
    let longest = columns.iter().map(|rows| rows.len()).max().unwrap_or(0);
    let height = u16::try_from(longest)
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
    let mut left = 0;
    for (rows, width) in columns.iter().zip(widths) {
        let keys = keys_of(rows);
        for (at, row) in (0..content.height).zip(*rows) {
            let line = Line::from(vec![
                Span::styled(text::pad(&row.key, keys), styles.key()),
                Span::raw("  "),
                Span::styled(row.title.clone(), styles.of(Role::Hint)),
            ]);
            text::put_line(&line, text::after(text::row(content, at), left), buf);
        }
        left = (left + width + GAP).min(content.width);
    }
}

/// One column, or two where one would be long and both have room.
fn columns(rows: &[Continuation], area: Rect) -> Vec<&[Continuation]> {
    let is_number = |row: &Continuation| row.key.chars().all(|c| c.is_ascii_digit());
    let people = rows.iter().take_while(|row| is_number(row)).count();
    let at = match people {
        0..4 => rows.len().div_ceil(2),
        people => people,
    };
    let (left, right) = rows.split_at_checked(at).unwrap_or((rows, &[]));
    let both = width_of(left) + GAP + width_of(right) + 4;
    if rows.len() < LONG || right.is_empty() || both > area.width {
        return vec![rows];
    }
    vec![left, right]
}

fn keys_of(rows: &[Continuation]) -> u16 {
    let keys = rows.iter().map(|row| text::width(&row.key));
    keys.max().unwrap_or(1).max(2)
}

fn width_of(rows: &[Continuation]) -> u16 {
    let words = rows.iter().map(|row| text::width(&row.title));
    keys_of(rows) + 2 + words.max().unwrap_or(0)
}
