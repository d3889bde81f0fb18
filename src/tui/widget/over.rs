//! The edge of what lies over others: no half of a text looks out beside it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::text;

/// Blanks what stands left and right of `area` and runs into it: a text that is covered in part goes as a whole, as
/// far as a gap of two cells, a border or a rule. What is covered must still stand there.
pub(super) fn trim(area: Rect, buf: &mut Buffer) {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return;
    }
    let (first, end) = (buf.area.left(), buf.area.right());
    for y in area.top()..area.bottom() {
        let left: Vec<u16> = (first..area.left()).rev().collect();
        trim_side(&left, area.left(), y, buf);
        let right: Vec<u16> = (area.right()..end).collect();
        trim_side(&right, area.right() - 1, y, buf);
    }
}

/// Blanks the cells of `outside`, nearest first, that belong to the text which also stands at `inside`, the last
/// covered cell.
fn trim_side(outside: &[u16], inside: u16, y: u16, buf: &mut Buffer) {
    let empty = |x: Option<&u16>, buf: &Buffer| match x.and_then(|x| buf.cell((*x, y))) {
        Some(cell) => cell.symbol().trim().is_empty(),
        None => true,
    };
    let within = Some(inside);
    let runs_in = if empty(within.as_ref(), buf) {
        // A gap of one cell is a space between words.
        let next = outside.first().map(|near| {
            if *near < inside {
                inside + 1
            } else {
                inside.wrapping_sub(1)
            }
        });
        !empty(outside.first(), buf) && !empty(next.as_ref(), buf)
    } else {
        !empty(outside.first(), buf) || !empty(outside.get(1), buf)
    };
    let drawn = |x: u16, buf: &Buffer| buf.cell((x, y)).is_some_and(|cell| is_line(cell.symbol()));
    if !runs_in || drawn(inside, buf) {
        return;
    }
    for (at, x) in outside.iter().enumerate() {
        let gap = empty(Some(x), buf) && empty(outside.get(at + 1), buf);
        if gap || drawn(*x, buf) {
            return;
        }
        text::put(" ", Style::new(), Rect::new(*x, y, 1, 1), buf);
    }
}

/// Whether a cell is part of a border or a rule, also in ASCII.
fn is_line(symbol: &str) -> bool {
    let mut letters = symbol.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => {
            ('\u{2500}'..='\u{257f}').contains(&letter) || matches!(letter, '|' | '=' | '+')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::testing::rows;

    fn beside(lines: &[&str], area: Rect) -> Vec<String> {
        let whole = Rect::new(0, 0, 24, 1);
        let shown = lines.iter().map(|line| {
            let mut buf = Buffer::empty(whole);
            text::put(line, Style::new(), whole, &mut buf);
            trim(area, &mut buf);
            text::put("########", Style::new(), area, &mut buf);
            rows(&buf).concat()
        });
        shown.collect()
    }

    #[test]
    fn a_text_that_is_covered_in_part_goes_as_a_whole() {
        let shown = beside(
            &[
                "one two three four five",
                "4 Dilini  0:23  Priya (6)",
                "left    a     b   right",
                "left one      b   right",
                "── Agenda ──────────────",
                "│ Tom W.     │ Sam R.  │",
                "李美玲李美玲李美玲李美玲",
            ],
            Rect::new(8, 0, 8, 1),
        );
        assert_eq!(
            shown,
            [
                "        ########",
                "4 Dilini########Priya (~",
                "left    ########  right",
                "left one########  right",
                "──      ########────────",
                "│ Tom W.########       │",
                "        ########",
            ]
        );
    }
}
