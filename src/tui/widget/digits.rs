//! Big digits for the clock, in five rows or ten, by the room there is.

mod shapes;

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::text;
use crate::theme::glyphs::Glyphs;

/// How a reading is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Ten rows, four cells between characters.
    Ten,
    /// Five rows, two cells between characters.
    FiveWide,
    /// Five rows, one cell between characters.
    Five,
    /// Plain text in one row, where nothing larger fits or a character has no shape.
    Text,
}

impl Size {
    /// From the largest down.
    const ALL: [Self; 4] = [Self::Ten, Self::FiveWide, Self::Five, Self::Text];

    /// Rows it takes.
    pub const fn rows(self) -> u16 {
        match self {
            Self::Ten => 10,
            Self::FiveWide | Self::Five => 5,
            Self::Text => 1,
        }
    }

    const fn gap(self) -> u16 {
        match self {
            Self::Ten => 4,
            Self::FiveWide => 2,
            Self::Five => 1,
            Self::Text => 0,
        }
    }

    fn shape(self, character: char) -> Option<&'static [&'static str]> {
        let index = "0123456789:+"
            .chars()
            .position(|known| known == character)?;
        match self {
            Self::Ten => Some(shapes::TEN.get(index)?),
            Self::FiveWide | Self::Five => Some(shapes::FIVE.get(index)?),
            Self::Text => None,
        }
    }

    /// Cells that a reading takes in this size; `None` if a character has no shape.
    pub fn width(self, reading: &str) -> Option<u16> {
        if self == Self::Text {
            return Some(text::width(reading));
        }
        let mut cells = 0u16;
        for character in reading.chars() {
            let shape = self.shape(character)?;
            let wide = shape.first().map_or(0, |row| text::width(row));
            cells = cells.saturating_add(wide).saturating_add(self.gap());
        }
        Some(cells.saturating_sub(self.gap()))
    }

    /// The largest size in which a reading fits into `width` by `height`; [`Size::Text`] when none does.
    pub fn fitting(reading: &str, width: u16, height: u16) -> Self {
        let fits = |size: &Self| {
            size.rows() <= height && size.width(reading).is_some_and(|cells| cells <= width)
        };
        Self::ALL.into_iter().find(fits).unwrap_or(Self::Text)
    }
}

/// The reading of a clock that has `seconds_left`; below zero it is over its time. `07:42`, `+1:20`, and from
/// a hundred minutes on hours and minutes, `1:45`.
pub fn reading(seconds_left: i64) -> String {
    let seconds = seconds_left.unsigned_abs();
    let (minutes, rest) = (seconds / 60, seconds % 60);
    let sign = if seconds_left < 0 { "+" } else { "" };
    if minutes >= 100 {
        format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
    } else if seconds_left < 0 {
        format!("+{minutes}:{rest:02}")
    } else {
        format!("{minutes:02}:{rest:02}")
    }
}

/// Draws a reading at the upper left of `area` in the largest size that fits. Returns the cells it took.
pub fn draw(reading: &str, style: Style, glyphs: Glyphs, area: Rect, buf: &mut Buffer) -> Rect {
    let area = area.intersection(buf.area);
    let size = Size::fitting(reading, area.width, area.height);
    if size == Size::Text {
        let width = text::put(reading, style, area, buf);
        return Rect {
            width,
            height: area.height.min(1),
            ..area
        };
    }
    let mut rest = area;
    for shape in reading
        .chars()
        .filter_map(|character| size.shape(character))
    {
        let mut wide = 0;
        for (index, pixels) in (0u16..).zip(shape) {
            let pixels = match glyphs {
                Glyphs::Unicode => Cow::Borrowed(*pixels),
                Glyphs::Ascii => Cow::Owned(ascii(pixels)),
            };
            wide = text::width(&pixels);
            text::put(&pixels, style, text::row(rest, index), buf);
        }
        rest = text::after(rest, wide + size.gap());
    }
    let width = size.width(reading).unwrap_or(0);
    Rect {
        width,
        height: size.rows(),
        ..area
    }
}

fn ascii(pixels: &str) -> String {
    pixels
        .chars()
        .map(|pixel| if pixel == ' ' { ' ' } else { '#' })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::widget::testing::{drawn, only_inside};

    fn draw_in(reading: &str, w: u16, h: u16, glyphs: Glyphs) -> Vec<String> {
        drawn(w, h, |area, buf| {
            draw(reading, Style::new(), glyphs, area, buf);
        })
    }

    #[test]
    fn five_rows_look_like_this() {
        assert_eq!(
            draw_in("07:42", 30, 5, Glyphs::Unicode),
            [
                "▄████▄ ██████    ██  ██ ▄████▄",
                "██  ██     ██ ██ ██  ██ ▀▀  ██",
                "██  ██    ██▀    ▀█████   ▄██▀",
                "██  ██   ██▀  ██     ██ ▄██▀",
                "▀████▀   ██          ██ ██████",
            ]
        );
    }

    #[test]
    fn over_time_has_its_plus_and_ascii_keeps_the_shapes() {
        assert_eq!(
            draw_in("+1:20", 28, 5, Glyphs::Ascii),
            [
                "      ###      ###### ######",
                " ##  ####   ## ##  ## ##  ##",
                "####   ##        #### ##  ##",
                "       ##   ## ####   ##  ##",
                "     ######    ###### ######",
            ]
        );
    }

    #[test]
    fn widths_are_those_of_the_design() {
        assert_eq!(Size::Five.width("07:42"), Some(30));
        assert_eq!(Size::FiveWide.width("07:42"), Some(34));
        assert_eq!(Size::Five.width("+1:20"), Some(28));
        assert_eq!(Size::Five.width("+11:20"), Some(35));
        assert_eq!(Size::Ten.width("07:42"), Some(67));
        assert_eq!(Size::Ten.width("07.42"), None);
    }

    #[test]
    fn the_room_decides_the_size() {
        assert_eq!(Size::fitting("07:42", 110, 12), Size::Ten);
        assert_eq!(Size::fitting("07:42", 66, 12), Size::FiveWide);
        assert_eq!(Size::fitting("07:42", 33, 5), Size::Five);
        assert_eq!(Size::fitting("07:42", 29, 5), Size::Text);
        assert_eq!(Size::fitting("07:42", 80, 4), Size::Text);
        assert_eq!(draw_in("07:42", 20, 3, Glyphs::Unicode)[0], "07:42");
    }

    #[test]
    fn a_clock_reads_minutes_then_hours() {
        assert_eq!(reading(462), "07:42");
        assert_eq!(reading(0), "00:00");
        assert_eq!(reading(99 * 60 + 59), "99:59");
        assert_eq!(reading(100 * 60), "1:40");
        assert_eq!(reading(-80), "+1:20");
        assert_eq!(reading(-680), "+11:20");
        assert_eq!(reading(-6000), "+1:40");
    }

    #[test]
    fn every_shape_of_a_size_has_the_same_width_in_every_row() {
        for size in [Size::Ten, Size::Five] {
            for character in "0123456789:+".chars() {
                let shape = size.shape(character).unwrap();
                let wide = text::width(shape[0]);
                assert_eq!(shape.len(), usize::from(size.rows()));
                assert!(
                    shape.iter().all(|row| text::width(row) == wide),
                    "{character} in {size:?}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn digits_stay_in_their_area(left in -20_000i64..20_000, w in 0u16..80, h in 0u16..12) {
            only_inside(w, h, |area, buf| {
                draw(&reading(left), Style::new(), Glyphs::Unicode, area, buf);
            });
        }
    }
}
