//! One line that somebody types before something can be done.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::text::fold;
use crate::theme::{Role, Styles};
use crate::tui::view::Ask;
use crate::tui::widget::field::{self, Field};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::text;

/// What stands below a line that is edited.
pub const KEEPS: &str = "Enter saves it, Esc keeps it as it was";
/// The same where several words are edited.
pub const KEEPS_THEM: &str = "Enter saves them, Esc keeps them as they were";
/// What stands below a reason for letting something go.
pub const LETS_GO: &str = "a reason, or nothing; Enter lets go, Esc does not";

/// A line being typed.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is for.
    pub ask: Ask,
    /// What is typed.
    pub field: Field,
    /// Why the last Enter was not accepted.
    pub problem: Option<String>,
    /// What was typed before Tab, and which of the lines that begin so is shown.
    pub stem: Option<(String, usize)>,
}

impl Line {
    /// A line with the text that it begins with.
    pub fn new(ask: Ask) -> Self {
        let field = Field::new(&ask.text);
        Self {
            ask,
            field,
            problem: None,
            stem: None,
        }
    }

    /// Puts in the first of `all` that begins like what is typed; again the one after it.
    pub fn complete(&mut self, all: &[String]) {
        let (stem, next) = match self.stem.take() {
            Some((stem, shown)) => (stem, shown + 1),
            None => (self.field.text().to_owned(), 0),
        };
        let typed = fold(stem.trim());
        let fits: Vec<&String> = all
            .iter()
            .filter(|line| fold(line).starts_with(&typed))
            .collect();
        if let Some(line) = fits.get(next % fits.len().max(1)) {
            self.field.replace(line);
            self.problem = None;
            self.stem = Some((stem, next));
        }
    }

    /// Rows that it takes, frame included.
    pub const HEIGHT: u16 = 6;

    /// Draws it over the lower part of `area`.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, styles: &Styles) -> Option<Position> {
        let pane = Pane::new(&self.ask.label).focused(true);
        let content = pane.draw_over(area, buf, styles);
        let (role, words) = match &self.problem {
            Some(problem) => (Role::Warn, problem.as_str()),
            None => (Role::Muted, self.ask.help.as_str()),
        };
        let caret = field::draw(&self.field, &[], text::row(content, 0), buf, styles);
        // One line stands apart from the field; more of them need the row between.
        let from = if words.contains('\n') { 1 } else { 2 };
        let rows = content.height.saturating_sub(from);
        let wrapped = words
            .lines()
            .flat_map(|line| text::wrap_within(line, content.width, rows));
        for (row, line) in (from..content.height).zip(wrapped) {
            text::put(&line, styles.of(role), text::row(content, row), buf);
        }
        caret
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::view::Tag;

    #[test]
    fn tab_goes_through_the_lines_that_begin_like_what_is_typed() {
        let mut line = Line::new(Ask {
            tag: Tag::Shell,
            label: String::new(),
            text: "lis".to_owned(),
            help: String::new(),
        });
        let all = ["Asking", "Listening", "Lists"].map(str::to_owned);
        let mut seen = Vec::new();
        for _ in 0..3 {
            line.complete(&all);
            seen.push(line.field.text().to_owned());
        }
        assert_eq!(seen, ["Listening", "Lists", "Listening"]);
        line.stem = None;
        line.complete(&["Other".to_owned()]);
        assert_eq!(line.field.text(), "Listening");
    }
}
