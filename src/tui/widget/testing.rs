//! What the tests of everything that draws share: hard names, buffers as text, and the proof that nothing leaves its area.

use std::sync::LazyLock;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::theme::glyphs::Glyphs;
use crate::theme::{Catalogue, ColorDepth, Styles};

/// Read once: property tests ask for styles thousands of times.
static THEMES: LazyLock<Catalogue> = LazyLock::new(Catalogue::default);
static DARK: LazyLock<Styles> = LazyLock::new(|| styles("dark", ColorDepth::True, Glyphs::Unicode));
static PLAIN: LazyLock<Styles> = LazyLock::new(|| styles("dark", ColorDepth::None, Glyphs::Ascii));

/// The styles of a built-in theme.
pub(crate) fn styles(name: &str, depth: ColorDepth, glyphs: Glyphs) -> Styles {
    Styles::new(&THEMES.theme(name).unwrap().theme, depth, glyphs)
}

/// Dark, full colour, Unicode.
pub(crate) fn dark() -> Styles {
    DARK.clone()
}

/// No colour, ASCII.
pub(crate) fn plain() -> Styles {
    PLAIN.clone()
}

/// Text that is hard to draw: wide, combining, joined, from right to left, control characters.
pub(crate) fn hard_text() -> impl Strategy<Value = String> {
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
pub(crate) fn rows(buf: &Buffer) -> Vec<String> {
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
pub(crate) fn drawn(w: u16, h: u16, draw: impl FnOnce(Rect, &mut Buffer)) -> Vec<String> {
    let area = Rect::new(0, 0, w, h);
    let mut buf = Buffer::empty(area);
    draw(area, &mut buf);
    rows(&buf)
}

/// Draws into an area of `w` by `h` inside a larger buffer and fails if a cell outside the area changed.
pub(crate) fn only_inside(w: u16, h: u16, draw: impl FnOnce(Rect, &mut Buffer)) {
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
