//! How a field looks: the part of its text around the caret, with recognised and unclear words underlined.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::Field;
use crate::theme::{Role, Styles};
use crate::tui::widget::spot::{self, Spot};
use crate::tui::widget::text;

/// What is known about a part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Understood.
    Recognised,
    /// May mean several things; the question is asked below the field.
    Unclear,
}

/// A part of the text and what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Bytes of [`Field::text`].
    pub range: Range<usize>,
    /// What is known.
    pub meaning: Meaning,
}

/// Draws a field in the first row of `area`. Returns the cell for the terminal's own cursor; `None` if there is
/// no room for it.
pub fn draw(
    field: &Field,
    parts: &[Part],
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) -> Option<Position> {
    let area = Rect {
        height: area.height.min(1),
        ..area
    }
    .intersection(buf.area);
    if area.is_empty() {
        return None;
    }
    spot::tell(area, || Spot::Field);
    buf.set_style(area, styles.ground(Role::Surface));
    let caret = field.caret();
    let mut spans = Vec::new();
    let (mut used, mut before_caret) = (0u16, 0u16);
    for (start, grapheme) in field
        .text()
        .grapheme_indices(true)
        .skip_while(|(start, _)| *start < first(field, area.width))
    {
        let wide = text::width(grapheme);
        if used.saturating_add(wide) > area.width {
            break;
        }
        used += wide;
        if start < caret {
            before_caret = used;
        }
        spans.push(Span::styled(grapheme, look(start, parts, styles)));
    }
    text::put_line(&Line::from(spans), area, buf);
    Some(Position {
        x: area.x + before_caret.min(area.width - 1),
        y: area.y,
    })
}

/// The first byte that is shown: as far left as leaves a cell for the caret.
fn first(field: &Field, cells: u16) -> usize {
    let caret = field.caret();
    let mut room = cells.saturating_sub(1);
    let mut first = caret;
    let before = field
        .text()
        .grapheme_indices(true)
        .rev()
        .skip_while(|(start, _)| *start >= caret);
    for (start, grapheme) in before {
        let Some(left) = room.checked_sub(text::width(grapheme)) else {
            break;
        };
        room = left;
        first = start;
    }
    first
}

fn look(byte: usize, parts: &[Part], styles: &Styles) -> Style {
    let part = parts.iter().find(|part| part.range.contains(&byte));
    match part.map(|part| part.meaning) {
        None => styles.typed(),
        Some(Meaning::Recognised) => styles.recognised().patch(styles.ground(Role::Surface)),
        Some(Meaning::Unclear) => styles.unclear().patch(styles.ground(Role::Surface)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::{Color, Modifier};

    use super::*;
    use crate::tui::widget::testing::{dark, hard_text, only_inside, rows};

    fn show(field: &Field, cells: u16) -> (String, Option<Position>) {
        let mut buf = Buffer::empty(Rect::new(0, 0, cells, 1));
        let caret = draw(field, &[], buf.area, &mut buf, &dark());
        (rows(&buf).concat(), caret)
    }

    #[test]
    fn the_caret_is_the_cell_after_what_was_typed() {
        let (row, caret) = show(&Field::new("Send 李"), 20);
        assert_eq!(
            (row.as_str(), caret),
            ("Send 李", Some(Position { x: 7, y: 0 }))
        );
    }

    #[test]
    fn a_long_text_shows_the_part_that_leads_to_the_caret() {
        let mut field = Field::new("Write down three asks");
        let (row, caret) = show(&field, 8);
        assert_eq!(
            (row.as_str(), caret),
            ("ee asks", Some(Position { x: 7, y: 0 }))
        );
        field.set_caret(0);
        let (row, caret) = show(&field, 8);
        assert_eq!(
            (row.as_str(), caret),
            ("Write do", Some(Position { x: 0, y: 0 }))
        );
    }

    #[test]
    fn a_wide_character_is_never_shown_by_half() {
        assert_eq!(show(&Field::new("李美玲"), 6).0, "美玲");
        let mut field = Field::new("李美玲");
        field.set_caret(0);
        assert_eq!(show(&field, 5).0, "李美");
    }

    #[test]
    fn recognised_and_unclear_words_are_underlined_in_their_roles() {
        let field = Field::new("deck @ma fri");
        let parts = [
            Part {
                range: 5..8,
                meaning: Meaning::Unclear,
            },
            Part {
                range: 9..12,
                meaning: Meaning::Recognised,
            },
        ];
        let mut buf = Buffer::empty(Rect::new(0, 0, 20, 1));
        draw(&field, &parts, buf.area, &mut buf, &dark());
        assert!(!buf[(0, 0)].modifier.contains(Modifier::UNDERLINED));
        assert!(buf[(5, 0)].modifier.contains(Modifier::UNDERLINED));
        assert_eq!(buf[(5, 0)].fg, Color::Rgb(0xf4, 0xcf, 0x7e));
        assert_eq!(buf[(9, 0)].fg, Color::Rgb(0x93, 0xbd, 0xf0));
    }

    proptest! {
        #[test]
        fn a_field_stays_in_its_area_and_so_does_its_caret(
            typed in hard_text(), caret in 0usize..40, w in 0u16..20, h in 0u16..3,
        ) {
            let mut field = Field::new(&typed);
            field.set_caret(caret);
            only_inside(w, h, |area, buf| {
                let caret = draw(&field, &[], area, buf, &dark());
                assert!(caret.is_none_or(|caret| area.contains(caret)));
            });
        }
    }
}
