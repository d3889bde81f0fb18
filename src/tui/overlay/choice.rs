//! A list from which one row is picked, by number or with the cursor. It owns the keyboard while open.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::text::fold;
use crate::theme::{Role, Styles};
use crate::tui::view::Choice;
use crate::tui::widget::frame::Pane;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// An open list.
#[derive(Clone, Debug)]
pub struct Picker {
    /// What is picked.
    pub choice: Choice,
    selected: usize,
    offset: usize,
}

impl Picker {
    /// A list with its first mark.
    pub fn new(choice: Choice) -> Self {
        let selected = choice.selected.min(choice.rows.len().saturating_sub(1));
        Self {
            choice,
            selected,
            offset: 0,
        }
    }

    /// The marked row, if there is one.
    pub fn selected(&self) -> Option<usize> {
        (self.selected < self.choice.rows.len()).then_some(self.selected)
    }

    /// Moves the mark by rows; stops at the ends.
    pub fn step(&mut self, by: isize) {
        let last = self.choice.rows.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// Moves the mark to the next row whose words begin with a letter, if there is one.
    pub fn find(&mut self, letter: char) {
        let letter = fold(&letter.to_string());
        let rows = self.choice.rows.len();
        let behind = (1..=rows).map(|by| (self.selected + by) % rows);
        let begins = |row: &usize| {
            let words = self.choice.rows.get(*row);
            words.is_some_and(|words| !letter.is_empty() && fold(words).starts_with(&letter))
        };
        if let Some(row) = behind.into_iter().find(begins) {
            self.selected = row;
        }
    }

    /// The row with this number, counted from 1, if it is shown with a number.
    pub fn numbered(&self, number: u16) -> Option<usize> {
        let row = usize::from(number).checked_sub(1)?;
        (row < 9 && row < self.choice.rows.len()).then_some(row)
    }

    /// Rows that it would like, frame included.
    pub fn height(&self) -> u16 {
        u16::try_from(self.choice.rows.len())
            .unwrap_or(u16::MAX)
            .saturating_add(2)
            .max(3)
    }

    /// Draws it in `area`, which is cleared.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let pane = Pane::new(&self.choice.title).focused(true);
        let content = pane.draw_over(area, buf, styles);
        let window = list::window(
            self.choice.rows.len(),
            self.selected,
            self.offset,
            content.height,
        );
        for (at, row) in (0..).zip(window) {
            let Some(words) = self.choice.rows.get(row) else {
                continue;
            };
            let look = if row == self.selected {
                Look::Selected
            } else {
                Look::Plain
            };
            let number = if row < 9 {
                format!("{} ", row + 1)
            } else {
                "  ".to_owned()
            };
            let line = Line::from(vec![
                Span::styled(number, styles.bold(Role::Key)),
                Span::styled(words.clone(), look.main(styles)),
            ]);
            list::draw_row(&line, look, text::row(content, at), buf, styles);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::view::Tag;

    #[test]
    fn a_letter_finds_the_next_row_that_begins_with_it() {
        let rows = ["Jun", "Maria", "Mei", "nobody"].map(str::to_owned);
        let mut picker = Picker::new(Choice {
            tag: Tag::Shell,
            title: "Who?".to_owned(),
            rows: rows.to_vec(),
            selected: 0,
        });
        let mut at = |letter| {
            picker.find(letter);
            picker.selected()
        };
        assert_eq!([at('m'), at('M'), at('m')], [Some(1), Some(2), Some(1)]);
        assert_eq!([at('x'), at('n'), at('j')], [Some(1), Some(3), Some(0)]);
    }
}
