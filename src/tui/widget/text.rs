//! Text in cells: measured, cut, padded and wrapped by what a reader sees as one character, never inside one.
//!
//! A name may be wide, combining, an emoji of several code points, or written from right to left. Text stays in
//! the order in which it was typed; terminals reorder it as they see fit, so a row holds at most one field
//! from right to left, and that comes last.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

/// Ends a text that was cut.
pub const CUT: &str = "~";

/// What the terminal will show: characters as seen, each with its cells. Control characters and what has no
/// width of its own are left out, exactly as the buffer leaves them out.
pub fn graphemes(text: &str) -> impl Iterator<Item = (&str, u16)> {
    text.graphemes(true)
        .filter(|grapheme| !grapheme.contains(char::is_control))
        .map(|grapheme| (grapheme, grapheme.cell_width()))
        .filter(|(_, cells)| *cells > 0)
}

/// Cells that a text takes.
pub fn width(text: &str) -> u16 {
    graphemes(text).fold(0, |sum, (_, cells)| sum.saturating_add(cells))
}

/// Cells that a line takes.
pub fn line_width(line: &Line<'_>) -> u16 {
    line.spans
        .iter()
        .fold(0, |sum, span| sum.saturating_add(width(&span.content)))
}

/// The text in at most `cells`; what was cut ends in `~`, and half of a wide character becomes a space.
pub fn cut(text: &str, cells: u16) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    if cells == 0 {
        return Cow::Borrowed("");
    }
    let mut kept = String::new();
    let mut used = 0;
    for (grapheme, wide) in graphemes(text) {
        if used + wide > cells - 1 {
            break;
        }
        kept.push_str(grapheme);
        used += wide;
    }
    kept.extend(std::iter::repeat_n(' ', usize::from(cells - 1 - used)));
    kept.push_str(CUT);
    Cow::Owned(kept)
}

/// The text in exactly `cells`, cut or with spaces after it.
pub fn pad(text: &str, cells: u16) -> String {
    let cut = cut(text, cells);
    let missing = usize::from(cells.saturating_sub(width(&cut)));
    format!("{cut}{}", " ".repeat(missing))
}

/// The text in exactly `cells`, cut or with spaces before it.
pub fn right(text: &str, cells: u16) -> String {
    let cut = cut(text, cells);
    let missing = usize::from(cells.saturating_sub(width(&cut)));
    format!("{}{cut}", " ".repeat(missing))
}

/// The text in lines of at most `cells`, broken between words where that is possible.
pub fn wrap(text: &str, cells: u16) -> Vec<Cow<'_, str>> {
    if cells == 0 {
        return Vec::new();
    }
    let lines = textwrap::wrap(text, usize::from(cells));
    lines
        .into_iter()
        .map(|line| {
            if width(&line) > cells {
                cut_owned(&line, cells)
            } else {
                line
            }
        })
        .collect()
}

fn cut_owned(text: &str, cells: u16) -> Cow<'static, str> {
    Cow::Owned(cut(text, cells).into_owned())
}

/// As [`wrap`], in at most `rows` lines; what does not fit is cut from the last one.
pub fn wrap_within(text: &str, cells: u16, rows: u16) -> Vec<Cow<'_, str>> {
    let mut lines = wrap(text, cells);
    let rows = usize::from(rows);
    if lines.len() > rows {
        let rest = lines.split_off(rows.saturating_sub(1)).join(" ");
        lines.extend((rows > 0).then(|| cut_owned(&rest, cells)));
    }
    lines
}

/// Draws one text in the first row of `area`, cut to it. Returns the cells used.
pub fn put(text: &str, style: Style, area: Rect, buf: &mut Buffer) -> u16 {
    put_line(&Line::from(Span::styled(text, style)), area, buf)
}

/// Draws a line in the first row of `area`; what does not fit is cut with `~`. Returns the cells used.
pub fn put_line(line: &Line<'_>, area: Rect, buf: &mut Buffer) -> u16 {
    let area = area.intersection(buf.area);
    if area.is_empty() {
        return 0;
    }
    let fits = line_width(line) <= area.width;
    let mut x = area.x;
    for (index, span) in line.spans.iter().enumerate() {
        let left = area.right() - x;
        let rest: u16 = line
            .spans
            .iter()
            .skip(index + 1)
            .fold(0, |sum, span| sum.saturating_add(width(&span.content)));
        let wide = width(&span.content);
        let text = if fits || wide.saturating_add(rest) <= left {
            Cow::Borrowed(span.content.as_ref())
        } else {
            cut_before(&span.content, left, rest > 0)
        };
        let style = line.style.patch(span.style);
        let from = x;
        (x, _) = buf.set_stringn(x, area.y, &text, usize::from(left), style);
        mark_pieces(&text, (from, x, area.y), buf);
        if x >= area.right() {
            break;
        }
    }
    x - area.x
}

/// Whether a character as seen is several pieces side by side, such as a Thai letter with its sara am: wider than
/// its first piece. Terminals keep the pieces in cells of their own, or draw all of it over less than they should.
pub fn is_pieced(grapheme: &str) -> bool {
    let cells = |text: &str| text.cell_width();
    let mut rest = grapheme.chars();
    !grapheme.is_ascii()
        && rest.next().is_some_and(|first| {
            let first = cells(first.encode_utf8(&mut [0; 4]));
            first == 1 && cells(grapheme) > first
        })
}

/// Marks the cells behind the first of a character in pieces. Whatever follows there is drawn then, although the
/// cell looks empty in both frames; else the piece that the terminal keeps there would stay.
fn mark_pieces(text: &str, (from, to, y): (u16, u16, u16), buf: &mut Buffer) {
    if text.is_ascii() {
        return;
    }
    let mut x = from;
    for (grapheme, cells) in graphemes(text) {
        let pieces = if is_pieced(grapheme) { cells } else { 0 };
        for at in (x + 1)..(x + pieces).min(to) {
            if let Some(cell) = buf.cell_mut((at, y)) {
                cell.modifier.insert(Modifier::HIDDEN);
            }
        }
        x = x.saturating_add(cells);
    }
}

/// Cuts a span of a line that is too long as a whole; a span that just fits gives up its end for the `~`.
fn cut_before(text: &str, cells: u16, more_follows: bool) -> Cow<'_, str> {
    if !more_follows || width(text) > cells {
        return cut(text, cells);
    }
    if width(text) < cells {
        return Cow::Borrowed(text);
    }
    Cow::Owned(cut(&format!("{text} "), cells).into_owned())
}

/// Draws a line so that it ends at the right edge of `area`. Returns the cells used.
pub fn put_right(line: &Line<'_>, area: Rect, buf: &mut Buffer) -> u16 {
    let cells = line_width(line).min(area.width);
    put_line(
        line,
        Rect {
            x: area.right() - cells,
            width: cells,
            ..area
        },
        buf,
    )
}

/// Draws a line in the middle of `area`. Returns the cells used.
pub fn put_centred(line: &Line<'_>, area: Rect, buf: &mut Buffer) -> u16 {
    let cells = line_width(line).min(area.width);
    put_line(
        line,
        Rect {
            x: area.x + (area.width - cells) / 2,
            width: cells,
            ..area
        },
        buf,
    )
}

/// One row of an area, empty when the area does not reach so far.
pub fn row(area: Rect, index: u16) -> Rect {
    if index >= area.height {
        return Rect { height: 0, ..area };
    }
    Rect {
        y: area.y.saturating_add(index),
        height: 1,
        ..area
    }
}

/// What is left of an area after its first `cells` columns.
pub fn after(area: Rect, cells: u16) -> Rect {
    let gone = cells.min(area.width);
    Rect {
        x: area.x + gone,
        width: area.width - gone,
        ..area
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::widget::testing::{hard_text, only_inside, rows};

    #[test]
    fn a_cut_text_ends_in_a_tilde() {
        assert_eq!(cut("Try questions only", 18), "Try questions only");
        assert_eq!(cut("Try questions only", 10), "Try quest~");
        assert_eq!(cut("anything", 1), "~");
        assert_eq!(cut("anything", 0), "");
    }

    #[test]
    fn half_of_a_wide_character_becomes_a_space() {
        assert_eq!(cut("李美玲", 5), "李美~");
        assert_eq!(cut("李美玲", 4), "李 ~");
        assert_eq!(cut("👩‍💻👩‍💻", 3), "👩‍💻~");
    }

    #[test]
    fn columns_line_up_whatever_the_names() {
        assert_eq!(pad("李 美玲", 8), "李 美玲 ");
        assert_eq!(right("5", 3), "  5");
        assert_eq!(pad("Åsa", 4), "Åsa ");
        assert_eq!(pad("A\u{30a}sa", 4), "A\u{30a}sa ");
    }

    #[test]
    fn a_line_that_is_too_long_is_cut_where_it_ends_not_where_a_span_ends() {
        let line = Line::from(vec![
            Span::raw("Send "),
            Span::raw("deck"),
            Span::raw(" soon"),
        ]);
        let area = Rect::new(0, 0, 9, 1);
        let mut buf = Buffer::empty(area);
        assert_eq!(put_line(&line, area, &mut buf), 9);
        assert_eq!(rows(&buf), ["Send dec~"]);
    }

    #[test]
    fn text_within_some_rows_is_cut_from_its_last() {
        assert_eq!(
            wrap_within("one two three four", 8, 2),
            ["one two", "three f~"]
        );
        assert_eq!(
            wrap_within("one two three four", 8, 9),
            ["one two", "three", "four"]
        );
        assert_eq!(wrap_within("one two three four", 8, 0), [""; 0]);
    }

    #[test]
    fn what_is_drawn_over_a_character_in_pieces_is_drawn_in_every_cell() {
        assert!(is_pieced("คำ") && is_pieced("น้ำ") && is_pieced("ກຳ"));
        assert!(!is_pieced("ก้") && !is_pieced("李") && !is_pieced("👩‍💻") && !is_pieced("é"));
        let area = Rect::new(0, 0, 6, 1);
        let [mut before, after] = [Buffer::empty(area), Buffer::empty(area)];
        put("คำx", Style::new(), area, &mut before);
        let cells: Vec<u16> = before.diff(&after).into_iter().map(|(x, ..)| x).collect();
        assert_eq!(cells, [0, 1, 2]);
        // It is sent once, with its pieces.
        let sent = after.diff(&before);
        assert_eq!(sent.len(), 2);
    }

    #[test]
    fn control_characters_take_no_room() {
        assert_eq!(width("a\u{7}b\n"), 2);
        assert_eq!(pad("a\tb", 3), "a\tb ");
    }

    proptest! {
        #[test]
        fn padded_text_takes_exactly_its_cells(text in hard_text(), cells in 0u16..40) {
            prop_assert_eq!(width(&pad(&text, cells)), cells);
            prop_assert_eq!(width(&right(&text, cells)), cells);
            prop_assert!(width(&cut(&text, cells)) <= cells);
        }

        #[test]
        fn wrapped_lines_fit(text in hard_text(), cells in 0u16..40) {
            for line in wrap(&text, cells) {
                prop_assert!(width(&line) <= cells);
            }
        }

        #[test]
        fn a_line_stays_in_its_area(text in hard_text(), w in 0u16..30, h in 0u16..3) {
            let line = Line::from(vec![Span::raw(text.clone()), Span::raw(text)]);
            only_inside(w, h, |area, buf| {
                put_line(&line, area, buf);
                put_right(&line, area, buf);
                put_centred(&line, area, buf);
            });
        }
    }
}
