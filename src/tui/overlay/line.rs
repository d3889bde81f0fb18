//! One line that somebody types before something can be done.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::theme::{Role, Styles};
use crate::tui::view::Ask;
use crate::tui::widget::field::{self, Field};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::text;

/// A line being typed.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is for.
    pub ask: Ask,
    /// What is typed.
    pub field: Field,
    /// Why the last Enter was not accepted.
    pub problem: Option<String>,
}

impl Line {
    /// A line with the text that it begins with.
    pub fn new(ask: Ask) -> Self {
        let field = Field::new(&ask.text);
        Self {
            ask,
            field,
            problem: None,
        }
    }

    /// Rows that it takes, frame included.
    pub const HEIGHT: u16 = 6;

    /// Draws it over the lower part of `area`.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, styles: &Styles) -> Option<Position> {
        let pane = Pane::new(&self.ask.label).focused(true);
        let content = pane.draw_over(area, buf, styles);
        let (row, role, words) = match &self.problem {
            Some(problem) => (2, Role::Warn, problem.as_str()),
            None => (2, Role::Muted, self.ask.help.as_str()),
        };
        let caret = field::draw(&self.field, &[], text::row(content, 0), buf, styles);
        text::put(words, styles.of(role), text::row(content, row), buf);
        caret
    }
}
