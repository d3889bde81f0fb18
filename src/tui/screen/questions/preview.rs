//! A question as the room will see it, in place of the list.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::engine::query::BankRow;
use crate::theme::Role;
use crate::tui::screen::questions::Questions;
use crate::tui::view::Paint;
use crate::tui::widget::letters;

impl Questions {
    /// Draws the question as large as it fits.
    pub(super) fn draw_preview(
        &self,
        row: &BankRow,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let words = row.question.text.as_str();
        let fitted = letters::fit(&self.alphabet, words, area.width, area.height);
        let spare = area.height.saturating_sub(fitted.rows()) / 2;
        let at = Rect {
            y: area.y + spare,
            height: area.height - spare,
            ..area
        };
        let look = (paint.styles.bold(Role::Prompt), paint.styles.glyphs());
        letters::draw(&self.alphabet, &fitted, look, at, buf);
    }
}
