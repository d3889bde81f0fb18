//! Cells as terminal bytes, as few as possible: a tick of the clock has to stay small over a slow line.
//!
//! Written here because the library's backend sends every colour and attribute on its own and four resets
//! after each frame, which is more than half of a tick.

use std::fmt::Write as _;

use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use crate::tui::widget::text;

/// What the terminal's pen is set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pen {
    fg: Color,
    bg: Color,
    underline: Color,
    modifier: Modifier,
}

/// A pen as it is after a reset.
const PLAIN: Pen = Pen {
    fg: Color::Reset,
    bg: Color::Reset,
    underline: Color::Reset,
    modifier: Modifier::empty(),
};

/// Modifiers with the parameter that switches them on (ECMA-48, SGR).
const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// The bytes that show these cells, in the order in which they come. The pen is plain before and after.
pub(super) fn bytes<'a>(cells: impl Iterator<Item = (u16, u16, &'a Cell)>) -> String {
    let mut out = String::new();
    let (mut pen, mut at) = (PLAIN, None);
    for (x, y, cell) in cells {
        go(&mut out, at, Position { x, y });
        let wanted = Pen {
            fg: cell.fg,
            bg: cell.bg,
            underline: cell.underline_color,
            modifier: cell.modifier,
        };
        if wanted != pen {
            dip(&mut out, pen, wanted);
            pen = wanted;
        }
        if text::is_pieced(cell.symbol()) {
            // Some terminals draw it over fewer cells: what stood in the others must not stay.
            out.extend(std::iter::repeat_n(
                ' ',
                usize::from(text::width(cell.symbol())),
            ));
            go(&mut out, None, Position { x, y });
        }
        out.push_str(cell.symbol());
        at = is_one_cell(cell.symbol()).then_some(Position { x: x + 1, y });
    }
    if pen != PLAIN {
        out.push_str("\x1b[m");
    }
    out
}

/// Whether every terminal agrees that this is one cell wide: ASCII, and the lines and blocks that are only
/// drawn where they are known to be.
fn is_one_cell(symbol: &str) -> bool {
    let mut letters = symbol.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => letter.is_ascii() || ('\u{2500}'..='\u{259f}').contains(&letter),
        _ => false,
    }
}

/// Moves the terminal's cursor, which is at `from` if that is known.
fn go(out: &mut String, from: Option<Position>, to: Position) {
    let told = match from {
        Some(from) if from == to => Ok(()),
        Some(from) if from.y == to.y && from.x + 1 == to.x => write!(out, "\x1b[C"),
        Some(from) if from.y == to.y && from.x < to.x => write!(out, "\x1b[{}C", to.x - from.x),
        _ => write!(out, "\x1b[{};{}H", to.y + 1, to.x + 1),
    };
    debug_assert!(told.is_ok(), "a string takes whatever is written to it");
}

/// One sequence from one pen to another: only what differs, or everything after a reset when something is
/// to be switched off.
fn dip(out: &mut String, from: Pen, to: Pen) {
    let off = !(from.modifier - to.modifier).is_empty();
    let from = if off { PLAIN } else { from };
    let mut parameters = Vec::new();
    if off {
        parameters.push("0".to_owned());
    }
    for (modifier, number) in MODIFIERS {
        if (to.modifier - from.modifier).contains(modifier) {
            parameters.push(number.to_string());
        }
    }
    if to.fg != from.fg {
        parameters.push(color(to.fg, (30, 90), 38));
    }
    if to.bg != from.bg {
        parameters.push(color(to.bg, (40, 100), 48));
    }
    if to.underline != from.underline {
        parameters.push(color(to.underline, (0, 0), 58));
    }
    out.push_str("\x1b[");
    // A reset alone needs no parameter.
    if parameters != ["0"] {
        out.push_str(&parameters.join(";"));
    }
    out.push('m');
}

/// A colour as a parameter: `base` are the numbers of the eight dark and the eight bright colours, `long` of
/// all others. Underlines know no short ones.
fn color(color: Color, base: (u8, u8), long: u8) -> String {
    let named = |index: u8| match (base, index) {
        ((0, _), index) => format!("{long};5;{index}"),
        ((dark, _), 0..8) => (dark + index).to_string(),
        ((_, bright), _) => (bright + index - 8).to_string(),
    };
    match color {
        Color::Reset => (long + 1).to_string(),
        Color::Black => named(0),
        Color::Red => named(1),
        Color::Green => named(2),
        Color::Yellow => named(3),
        Color::Blue => named(4),
        Color::Magenta => named(5),
        Color::Cyan => named(6),
        Color::Gray => named(7),
        Color::DarkGray => named(8),
        Color::LightRed => named(9),
        Color::LightGreen => named(10),
        Color::LightYellow => named(11),
        Color::LightBlue => named(12),
        Color::LightMagenta => named(13),
        Color::LightCyan => named(14),
        Color::White => named(15),
        Color::Indexed(index) => format!("{long};5;{index}"),
        Color::Rgb(red, green, blue) => format!("{long};2;{red};{green};{blue}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    const AREA: Rect = Rect {
        x: 0,
        y: 0,
        width: 20,
        height: 3,
    };

    fn shown(buffer: &Buffer) -> vt100::Parser {
        let size = |cells: u16| cells.try_into().expect("the area is not empty");
        let mut parser = vt100::Parser::new(size(AREA.height), size(AREA.width), 0);
        let empty = Buffer::empty(AREA);
        parser.process(bytes(empty.diff(buffer).into_iter()).as_bytes());
        parser
    }

    #[test]
    fn only_what_differs_is_sent() {
        let mut buffer = Buffer::empty(AREA);
        let blue = Style::new()
            .fg(Color::Rgb(1, 2, 3))
            .add_modifier(Modifier::BOLD);
        buffer.set_string(2, 1, "ab", blue);
        buffer.set_string(5, 1, "c", blue);
        buffer.set_string(6, 1, "d", Style::new());
        let diff = Buffer::empty(AREA);
        let sent = bytes(diff.diff(&buffer).into_iter());
        assert_eq!(sent, "\x1b[2;3H\x1b[1;38;2;1;2;3mab\x1b[Cc\x1b[md");
    }

    fn style() -> impl Strategy<Value = Style> {
        let colors = prop_oneof![
            Just(Color::Reset),
            Just(Color::LightCyan),
            any::<u8>().prop_map(Color::Indexed),
            any::<[u8; 3]>().prop_map(|[r, g, b]| Color::Rgb(r, g, b)),
        ];
        (colors.clone(), colors, any::<(bool, bool, bool)>()).prop_map(|(fg, bg, (b, u, r))| {
            let mut style = Style::new().fg(fg).bg(bg);
            for (on, modifier) in [
                (b, Modifier::BOLD),
                (u, Modifier::UNDERLINED),
                (r, Modifier::REVERSED),
            ] {
                if on {
                    style = style.add_modifier(modifier);
                }
            }
            style
        })
    }

    proptest! {
        #[test]
        fn a_terminal_shows_the_buffer(writes in prop::collection::vec((0u16..18, 0u16..3, "[a-z█]{1,4}", style()), 0..12)) {
            let mut buffer = Buffer::empty(AREA);
            for (x, y, text, style) in writes {
                buffer.set_string(x, y, text, style);
            }
            let parser = shown(&buffer);
            for y in 0..AREA.height {
                for x in 0..AREA.width {
                    let (cell, seen) = (&buffer[(x, y)], parser.screen().cell(y, x).unwrap());
                    let contents = if seen.contents().is_empty() { " " } else { seen.contents() };
                    prop_assert_eq!(contents, cell.symbol());
                    prop_assert_eq!(seen.bold(), cell.modifier.contains(Modifier::BOLD));
                    prop_assert_eq!(seen.underline(), cell.modifier.contains(Modifier::UNDERLINED));
                    prop_assert_eq!(seen.inverse(), cell.modifier.contains(Modifier::REVERSED));
                    let same = |color: Color, seen: vt100::Color| match color {
                        Color::Rgb(r, g, b) => seen == vt100::Color::Rgb(r, g, b),
                        Color::Indexed(index) => seen == vt100::Color::Idx(index),
                        Color::LightCyan => seen == vt100::Color::Idx(14),
                        _ => seen == vt100::Color::Default,
                    };
                    prop_assert!(same(cell.fg, seen.fgcolor()) && same(cell.bg, seen.bgcolor()));
                }
            }
        }
    }
}
