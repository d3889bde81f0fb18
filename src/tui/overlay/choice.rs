//! A list from which one row is picked, by number or with the cursor; a long one is narrowed by typing. It owns the
//! keyboard while open.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::text::fold;
use crate::theme::glyphs::{CURSOR_CELLS, Mark};
use crate::theme::{Role, Styles};
use crate::tui::view::Choice;
use crate::tui::widget::frame::Pane;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// From so many rows on typing narrows the list.
const LONG: usize = 16;
/// Most rows below the list for all of a marked row that is cut.
const WHOLE: u16 = 4;
/// Cells before the words of a row: the cursor and the number.
const BEFORE: u16 = CURSOR_CELLS + 2;

/// An open list.
#[derive(Clone, Debug)]
pub struct Picker {
    /// What is picked.
    pub choice: Choice,
    /// What was typed to narrow a long list.
    typed: String,
    /// The rows that are left, by their place in the list.
    shown: Vec<usize>,
    selected: usize,
    /// Whether there is nothing to pick: rows are read, each in full.
    read: bool,
}

impl Picker {
    /// A list with its first mark.
    pub fn new(choice: Choice) -> Self {
        let selected = choice.selected.min(choice.rows.len().saturating_sub(1));
        Self {
            typed: String::new(),
            shown: (0..choice.rows.len()).collect(),
            choice,
            selected,
            read: false,
        }
    }

    /// Rows to read, of which none is picked.
    pub fn to_read(choice: Choice) -> Self {
        Self {
            read: true,
            ..Self::new(choice)
        }
    }

    /// The marked row, if there is one.
    pub fn selected(&self) -> Option<usize> {
        self.shown.get(self.selected).copied()
    }

    /// Moves the mark by rows; stops at the ends.
    pub fn step(&mut self, by: isize) {
        let last = self.shown.len().saturating_sub(1);
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
        let row = usize::from(number)
            .checked_sub(1)
            .filter(|row| *row < 9 && !self.read)?;
        self.shown.get(row).copied()
    }

    /// What the keys do, in one line.
    pub fn help(&self) -> &'static str {
        if self.read {
            "Up and Down move, Enter or Esc closes"
        } else if self.is_long() {
            "Typing narrows, 1-9 or Enter takes, Backspace takes a letter back, Esc closes"
        } else {
            "1-9 or Enter takes, Up and Down move, Esc closes"
        }
    }

    /// Whether typing narrows it.
    pub fn is_long(&self) -> bool {
        self.choice.rows.len() >= LONG && !self.read
    }

    /// Narrows a long list by one more letter. Returns whether the letter was taken; digits pick.
    pub fn narrow(&mut self, letter: char) -> bool {
        let taken = self.is_long() && !letter.is_ascii_digit() && !letter.is_control();
        let taken = taken && (letter != ' ' || !self.typed.is_empty());
        if taken {
            self.typed.push(letter);
            self.search();
        }
        taken
    }

    /// Takes the last letter back. Returns whether there was one.
    pub fn widen(&mut self) -> bool {
        let taken = self.typed.pop().is_some();
        if taken {
            self.search();
        }
        taken
    }

    fn search(&mut self) {
        let words = fold(&self.typed);
        let words: Vec<&str> = words.split_whitespace().collect();
        let rows = (0..).zip(&self.choice.rows);
        self.shown = rows
            .filter(|(_, row)| {
                let row = fold(row);
                words.iter().all(|word| row.contains(word))
            })
            .map(|(at, _)| at)
            .collect();
        self.selected = 0;
    }

    /// Rows that it would like in this width, frame included.
    pub fn height(&self, width: u16) -> u16 {
        if self.read {
            let room = width.saturating_sub(4 + CURSOR_CELLS);
            let rows = self.choice.rows.iter();
            let lines: usize = rows.map(|row| text::wrap(row, room).len()).sum();
            return u16::try_from(lines)
                .unwrap_or(u16::MAX)
                .saturating_add(2)
                .max(3);
        }
        let room = width.saturating_sub(4 + BEFORE);
        let rows = self.choice.rows.iter();
        let longest = rows.map(|row| text::width(row)).max().unwrap_or(0);
        let whole = if longest > room {
            (longest / room.max(1) + 1).min(WHOLE)
        } else {
            0
        };
        u16::try_from(self.choice.rows.len())
            .unwrap_or(u16::MAX)
            .saturating_add(2 + whole)
            .max(3)
    }

    /// How many there are, and what was typed.
    fn meta(&self) -> String {
        let (left, all) = (self.shown.len(), self.choice.rows.len());
        match (self.typed.as_str(), self.is_long()) {
            ("", false) => String::new(),
            ("", true) => format!("{} of {all}, type to narrow", self.selected + 1),
            (typed, _) => format!("{left} of {all} with {typed}"),
        }
    }

    /// Draws it in `area`, which is cleared. All of a marked row that is cut stands below the list.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let meta = self.meta();
        let pane = Pane::new(&self.choice.title)
            .focused(true)
            .meta(meta.as_str());
        let content = pane.draw_over(area, buf, styles);
        if self.read {
            return self.draw_to_read(content, buf, styles);
        }
        let marked = self.selected().and_then(|row| self.choice.rows.get(row));
        let room = content.width.saturating_sub(BEFORE);
        let whole = match marked {
            Some(words) if text::width(words) > room => text::wrap_within(
                words,
                content.width,
                WHOLE.min(content.height.saturating_sub(2)),
            ),
            _ => Vec::new(),
        };
        let below = u16::try_from(whole.len()).unwrap_or(0);
        let height = content.height - below;
        for (at, words) in (height..).zip(&whole) {
            text::put(words, styles.of(Role::Text), text::row(content, at), buf);
        }
        if self.shown.is_empty() {
            let words = "Nothing matches; Backspace takes a letter back";
            text::put(words, styles.of(Role::Muted), text::row(content, 0), buf);
        }
        let window = list::window(self.shown.len(), self.selected, 0, height);
        for (at, place) in (0..).zip(window) {
            let row = text::row(content, at);
            self.draw_row(place, row, (buf, styles));
        }
    }

    /// Every row in full, from one that leaves room for the marked one.
    fn draw_to_read(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let room = area.width.saturating_sub(CURSOR_CELLS);
        let rows = self.choice.rows.iter();
        let wrapped: Vec<_> = rows.map(|row| text::wrap(row, room)).collect();
        let mut from = self.selected;
        let mut used = wrapped.get(from).map_or(0, Vec::len);
        while let Some(before) = from.checked_sub(1) {
            used += wrapped.get(before).map_or(0, Vec::len);
            if used > usize::from(area.height) {
                break;
            }
            from = before;
        }
        let mut at = 0;
        for (row, lines) in wrapped.iter().enumerate().skip(from) {
            let (look, mark) = if row == self.selected {
                (Look::Selected, Mark::Cursor)
            } else {
                (Look::Plain, Mark::None)
            };
            for (line, words) in lines.iter().enumerate() {
                if at >= area.height {
                    return;
                }
                let mark = if line == 0 { mark } else { Mark::None };
                let line = Line::from(vec![
                    list::cursor_mark(mark, styles),
                    Span::styled(words.to_string(), look.main(styles)),
                ]);
                text::put_line(&line, text::row(area, at), buf);
                at += 1;
            }
        }
    }

    fn draw_row(&self, place: usize, area: Rect, (buf, styles): (&mut Buffer, &Styles)) {
        let words = self
            .shown
            .get(place)
            .and_then(|row| self.choice.rows.get(*row));
        let Some(words) = words else { return };
        let (look, mark) = if place == self.selected {
            (Look::Selected, Mark::Cursor)
        } else {
            (Look::Plain, Mark::None)
        };
        let number = if place < 9 {
            format!("{} ", place + 1)
        } else {
            "  ".to_owned()
        };
        let line = Line::from(vec![
            list::cursor_mark(mark, styles),
            Span::styled(number, styles.bold(Role::Key)),
            Span::styled(words.clone(), look.main(styles)),
        ]);
        list::draw_row(&line, look, list::rows_of(area), buf, styles);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::fixture_lists::{dark, drawn};
    use crate::tui::view::Tag;

    fn picker(rows: Vec<String>) -> Picker {
        Picker::new(Choice {
            tag: Tag::Shell,
            title: "Which?".to_owned(),
            rows,
            selected: 0,
        })
    }

    #[test]
    fn typing_narrows_a_long_list_and_digits_pick_what_is_left() {
        let mut long = picker((0..40).map(|n| format!("Question {n}")).collect());
        for letter in "on x".chars() {
            assert!(long.narrow(letter));
        }
        assert_eq!(long.selected(), None);
        assert!(long.widen() && long.widen());
        assert_eq!(long.numbered(3), Some(2));
        assert!(!long.narrow('3'));
        let mut short = picker(vec!["One".to_owned()]);
        assert!(!short.narrow('o'));
    }

    #[test]
    fn the_marked_row_has_a_sign_and_is_told_in_full_where_it_is_cut() {
        let long = "What would you do if nobody were ever to know, and how are you part of it?";
        let list = picker(vec!["Short".to_owned(), long.to_owned()]);
        let mut list = list;
        list.step(1);
        for width in [40, 80] {
            let height = list.height(width).min(10);
            let shown = drawn(width, height, |area, buf| list.draw(area, buf, &dark())).join(" ");
            assert!(shown.contains("it?"), "{shown}");
            let mark = dark().glyphs().mark(Mark::Cursor).trim().to_owned();
            assert!(shown.contains(&mark), "{shown}");
        }
    }

    #[test]
    fn rows_to_read_stand_there_in_full_and_none_is_picked() {
        let long = "Hot seat, Offers: a turn of 0:30 for each of 5 takes 4 min with the changes; there are 3.";
        let list = Picker::to_read(Choice {
            tag: Tag::Shell,
            title: "Rehearsal".to_owned(),
            rows: vec!["Ends about 19:25.".to_owned(), long.to_owned()],
            selected: 0,
        });
        assert_eq!(list.numbered(1), None);
        let height = list.height(40);
        let shown = drawn(40, height, |area, buf| list.draw(area, buf, &dark())).join(" ");
        let shown: Vec<&str> = shown.split_whitespace().collect();
        assert!(shown.join(" ").contains("there are 3."), "{shown:?}");
    }

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
