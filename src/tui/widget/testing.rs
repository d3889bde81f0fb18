//! What the tests of widgets share: hard names, buffers as text, and the proof that nothing leaves its area.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::theme::{Catalogue, ColorDepth, Styles};
use crate::tui::glyphs::Glyphs;

/// The styles of a built-in theme.
pub(super) fn styles(name: &str, depth: ColorDepth, glyphs: Glyphs) -> Styles {
    Styles::new(
        &Catalogue::default().theme(name).unwrap().theme,
        depth,
        glyphs,
    )
}

/// Dark, full colour, Unicode.
pub(super) fn dark() -> Styles {
    styles("dark", ColorDepth::True, Glyphs::Unicode)
}

/// No colour, ASCII.
pub(super) fn plain() -> Styles {
    styles("dark", ColorDepth::None, Glyphs::Ascii)
}

/// Text that is hard to draw: wide, combining, joined, from right to left, control characters.
pub(super) fn hard_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a",
        "Jun Tanaka",
        " ",
        "李 美玲",
        "A\u{30a}sa",
        "\u{301}",
        "👩‍💻",
        "❤️",
        "שרה",
        "أمل",
        "각",
        "ｱﾞ",
        "\u{7}",
        "\n",
        "\u{200d}",
        "\u{202e}",
        "~",
        "🇨🇭",
        "क्षि",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

/// The rows of a buffer as text, spaces at the end removed.
pub(super) fn rows(buf: &Buffer) -> Vec<String> {
    let row = |y: u16| {
        let mut text = String::new();
        let mut skip = 0;
        for x in buf.area.left()..buf.area.right() {
            let symbol = buf[(x, y)].symbol();
            if skip == 0 {
                text.push_str(symbol);
                skip = super::text::width(symbol).max(1);
            }
            skip -= 1;
        }
        text.trim_end().to_owned()
    };
    (buf.area.top()..buf.area.bottom()).map(row).collect()
}

/// Draws into an area of `w` by `h` and returns its rows.
pub(super) fn drawn(w: u16, h: u16, draw: impl FnOnce(Rect, &mut Buffer)) -> Vec<String> {
    let area = Rect::new(0, 0, w, h);
    let mut buf = Buffer::empty(area);
    draw(area, &mut buf);
    rows(&buf)
}

/// Draws into an area of `w` by `h` inside a larger buffer and fails if a cell outside the area changed.
pub(super) fn only_inside(w: u16, h: u16, draw: impl FnOnce(Rect, &mut Buffer)) {
    let area = Rect::new(3, 2, w, h);
    let whole = Rect::new(0, 0, w + 8, h + 5);
    let mut buf = Buffer::empty(whole);
    draw(area, &mut buf);
    let fresh = ratatui::buffer::Cell::default();
    for position in whole
        .positions()
        .filter(|position| !area.contains(*position))
    {
        assert_eq!(buf[position], fresh, "{position:?} outside {area:?}");
    }
}
