//! The block of the question that is put to the room: bold on its own background, with an edge down its left.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text;
use crate::theme::{Role, Styles};

/// How much air the block has, by the room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Air {
    /// A padding row above and below, the text three columns in.
    Roomy,
    /// No padding rows, the text two columns in.
    Tight,
    /// No edge either, the text at the left; for the smallest screens.
    Bare,
}

impl Air {
    const fn padding(self) -> u16 {
        match self {
            Self::Roomy => 1,
            Self::Tight | Self::Bare => 0,
        }
    }

    const fn indent(self) -> u16 {
        match self {
            Self::Roomy => 3,
            Self::Tight => 2,
            Self::Bare => 0,
        }
    }
}

/// Draws the block at the top of `area`, as high as the question needs. Returns the rows it took; a question
/// that needs more than the area has is cut.
pub fn draw(question: &str, air: Air, area: Rect, buf: &mut Buffer, styles: &Styles) -> u16 {
    let area = area.intersection(buf.area);
    let padding = if area.height > 2 * air.padding() {
        air.padding()
    } else {
        0
    };
    let cells = area.width.saturating_sub(air.indent());
    let lines = text::wrap_within(question, cells, area.height - 2 * padding);
    let rows = u16::try_from(lines.len()).unwrap_or(area.height) + 2 * padding;
    let block = Rect {
        height: rows,
        ..area
    };
    buf.set_style(block, styles.ground(Role::Surface));
    for index in (0..rows).filter(|_| air != Air::Bare) {
        text::put(
            styles.glyphs().edge(),
            styles.prompt(),
            text::row(block, index),
            buf,
        );
    }
    for (index, line) in (padding..).zip(&lines) {
        let row = text::after(text::row(block, index), air.indent());
        text::put(line, styles.prompt(), row, buf);
    }
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::style::Color;

    use super::*;
    use crate::tui::widget::testing::{dark, drawn, hard_text, only_inside, plain};

    const QUESTION: &str = "What feedback did you almost not give, and what stopped you?";

    fn block(air: Air, w: u16, h: u16, styles: &Styles) -> Vec<String> {
        drawn(w, h, |area, buf| {
            draw(QUESTION, air, area, buf, styles);
        })
    }

    #[test]
    fn the_block_has_the_air_that_there_is_room_for() {
        let roomy = [
            "▌",
            "▌  What feedback did you almost not give,",
            "▌  and what stopped you?",
            "▌",
            "",
        ];
        assert_eq!(block(Air::Roomy, 44, 5, &dark()), roomy);
        let tight = [
            "▌ What feedback did you almost",
            "▌ not give, and what stopped you?",
        ];
        assert_eq!(block(Air::Tight, 33, 2, &dark()), tight);
        assert_eq!(
            block(Air::Bare, 40, 1, &dark()),
            ["What feedback did you almost not give, ~"]
        );
        assert_eq!(
            block(Air::Tight, 33, 2, &plain())[0],
            "| What feedback did you almost"
        );
    }

    #[test]
    fn the_background_reaches_over_the_whole_block() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 44, 5));
        let rows = draw(QUESTION, Air::Roomy, buf.area, &mut buf, &dark());
        assert_eq!(rows, 4);
        assert_eq!(buf[(43, 3)].bg, Color::Rgb(0x2f, 0x2b, 0x26));
        assert_eq!(buf[(43, 4)].bg, Color::Reset);
    }

    proptest! {
        #[test]
        fn a_block_stays_in_its_area(question in hard_text(), w in 0u16..40, h in 0u16..6) {
            for air in [Air::Roomy, Air::Tight, Air::Bare] {
                only_inside(w, h, |area, buf| {
                    assert!(draw(&question, air, area, buf, &dark()) <= area.height);
                });
            }
        }
    }
}
