//! Choices in groups: a quiet head over each group, and rows with a label and how many rows of the list each would
//! leave; those that are taken stand out.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::theme::glyphs::Mark;
use crate::theme::{Role, Styles};
use crate::tui::screen::cursor::window;
use crate::tui::screen::table::{self, Cell};
use crate::tui::widget::{list, text};

/// A row that can be picked, in words.
#[derive(Default)]
pub(super) struct Choice {
    pub(super) label: String,
    pub(super) count: String,
    /// Whether it is taken.
    pub(super) taken: bool,
}

/// A row as it is drawn.
enum Entry {
    Blank,
    Head(&'static str),
    /// By its place among the rows that can be picked.
    Row(usize),
}

/// The rows of a pane under their heads.
pub(super) struct Groups {
    lines: Vec<Entry>,
}

impl Groups {
    /// From the head of each row, in the order of the rows; a blank parts the groups.
    pub(super) fn of(heads: impl IntoIterator<Item = &'static str>) -> Self {
        let mut lines = Vec::new();
        let mut group = "";
        for (place, head) in heads.into_iter().enumerate() {
            if head != group {
                if place > 0 {
                    lines.push(Entry::Blank);
                }
                lines.push(Entry::Head(head));
                group = head;
            }
            lines.push(Entry::Row(place));
        }
        Self { lines }
    }

    /// With a blank before the first group too, where something stands above it.
    pub(super) fn below_a_blank(mut self) -> Self {
        self.lines.insert(0, Entry::Blank);
        self
    }

    /// Draws the rows around the one under the cursor; `choice` tells each of those that are seen.
    pub(super) fn draw(
        &self,
        content: Rect,
        (under, focused): (Option<usize>, bool),
        (buf, styles): (&mut Buffer, &Styles),
        choice: impl Fn(usize) -> Choice,
    ) {
        let is_under = |line: &Entry| matches!(line, Entry::Row(row) if Some(*row) == under);
        let selected = self.lines.iter().position(is_under).unwrap_or(0);
        for (place, index) in window(self.lines.len(), selected, content.height).zip(0..) {
            match self.lines.get(place) {
                Some(Entry::Head(word)) => {
                    let area = text::row(content, index);
                    text::put(word, styles.of(Role::Muted), area, buf);
                }
                Some(Entry::Row(row)) => {
                    let under = focused && Some(*row) == under;
                    choice(*row).draw(under, (content, index), (buf, styles));
                }
                Some(Entry::Blank) | None => {}
            }
        }
    }
}

impl Choice {
    fn draw(
        self,
        under: bool,
        (content, index): (Rect, u16),
        (buf, styles): (&mut Buffer, &Styles),
    ) {
        let look = match (under, self.taken) {
            (true, _) => list::Look::Selected,
            (false, true) => list::Look::SelectedElsewhere,
            (false, false) => list::Look::Plain,
        };
        // Where the bar gives way to the cursor, what is taken says so beside its count.
        let count = if self.taken && under {
            format!("{} {}", styles.glyphs().mark(Mark::Done), self.count)
        } else {
            self.count
        };
        let counts = text::width(&count);
        let room = content.width.saturating_sub(2 + 2 + counts);
        let style = if self.taken {
            styles.bold(Role::Text)
        } else {
            look.main(styles)
        };
        let line = table::line(
            vec![table::cursor_mark(under, self.taken && !under, styles)],
            [
                Cell::new(self.label, room, style),
                Cell::new(count, counts, look.quiet(styles)).right(),
            ],
        );
        table::put_row(&line, look, (content, index), (buf, styles));
    }
}
