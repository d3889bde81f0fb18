//! The screen as text, and how it is styled, for snapshots.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Style;
use unicode_width::UnicodeWidthStr as _;

/// The rows as text, without spaces at the end. What hides behind a wide character is left out.
pub fn text(buf: &Buffer) -> Vec<String> {
    rows(buf)
        .map(|row| {
            let mut text = String::new();
            let mut hidden = 0;
            for cell in row {
                if hidden > 0 {
                    hidden -= 1;
                    continue;
                }
                text.push_str(cell.symbol());
                hidden = cell.symbol().width().saturating_sub(1);
            }
            text.trim_end().to_owned()
        })
        .collect()
}

/// The styles: a letter for each cell, `.` where there is none, and below the map what each letter stands for.
pub fn styles(buf: &Buffer) -> Vec<String> {
    let mut legend: Vec<Style> = Vec::new();
    let plain = Cell::default().style();
    let mut lines: Vec<String> = rows(buf)
        .map(|row| {
            let map: String = row
                .iter()
                .map(|cell| {
                    let style = cell.style();
                    if style == plain {
                        return '.';
                    }
                    let at = legend.iter().position(|known| *known == style);
                    letter(at.unwrap_or_else(|| {
                        legend.push(style);
                        legend.len() - 1
                    }))
                })
                .collect();
            map.trim_end_matches('.').to_owned()
        })
        .collect();
    lines.extend(
        legend
            .iter()
            .enumerate()
            .map(|(at, style)| format!("{} = {style:?}", letter(at))),
    );
    lines
}

fn rows(buf: &Buffer) -> impl Iterator<Item = &[Cell]> {
    // A buffer without columns has no rows to show.
    buf.content.chunks(usize::from(buf.area.width.max(1)))
}

fn letter(at: usize) -> char {
    ('a'..='z').chain('A'..='Z').nth(at).unwrap_or('?')
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::*;

    #[test]
    fn wide_characters_and_styles_are_told_apart() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 8, 2));
        buf.set_string(0, 0, "李 a", Style::new());
        buf.set_string(0, 1, "hot", Style::new().bold());
        buf.set_string(4, 1, "x", Style::new().red());
        assert_eq!(text(&buf), ["李 a", "hot x"]);
        let map = styles(&buf);
        assert_eq!(map[..2], ["", "aaa.b"]);
        assert!(
            map[2].starts_with("a = ") && map[3].contains("red"),
            "{map:?}"
        );
        assert_eq!(text(&Buffer::empty(Rect::ZERO)), Vec::<String>::new());
    }
}
