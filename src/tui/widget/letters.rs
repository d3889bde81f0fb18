//! Letters large enough for a room: a prompt in circlet's own proportional letters, single or doubled, in
//! balanced lines; plain bold text where a character has no shape or nothing larger fits.

mod lines;
mod shapes;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

pub use shapes::Alphabet;
use shapes::{Pixels, ROWS, WORD_SPACE};

use super::text;
use crate::theme::glyphs::Glyphs;

/// How large a prompt is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Nine rows a line.
    Double,
    /// Five rows a line.
    Single,
    /// Bold text, one row a line.
    Plain,
}

/// A prompt broken into lines of one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitted {
    /// The size of all lines.
    pub size: Size,
    /// The lines, from the top.
    pub lines: Vec<String>,
    /// Rows from the top of one line to the top of the next.
    pub pitch: u16,
}

impl Fitted {
    /// Rows it takes.
    pub fn rows(&self) -> u16 {
        let lines = u16::try_from(self.lines.len()).unwrap_or(u16::MAX);
        match lines {
            0 => 0,
            more => (more - 1)
                .saturating_mul(self.pitch)
                .saturating_add(self.size.rows()),
        }
    }
}

/// Columns that stay free at the sides, both together.
const SIDES: u16 = 6;

impl Size {
    /// Rows of one line.
    pub const fn rows(self) -> u16 {
        match self {
            Self::Double => 9,
            Self::Single => 5,
            Self::Plain => 1,
        }
    }

    /// Distances from line to line, the roomier first.
    const fn pitches(self) -> [u16; 2] {
        match self {
            Self::Double => [11, 10],
            Self::Single => [6, 5],
            Self::Plain => [2, 1],
        }
    }

    const fn space(self) -> u16 {
        match self {
            Self::Double => 2 * WORD_SPACE,
            Self::Single => WORD_SPACE,
            Self::Plain => 1,
        }
    }

    fn width(self, alphabet: &Alphabet, line: &str) -> Option<u16> {
        match self {
            Self::Double => Some(alphabet.width(line)?.saturating_mul(2)),
            Self::Single => alphabet.width(line),
            Self::Plain => Some(text::width(line)),
        }
    }
}

/// Breaks a prompt into balanced lines of the largest size that fits into `width` by `height` with a little
/// air at the sides. In plain text too much is left out at the end rather than refused.
pub fn fit(alphabet: &Alphabet, prompt: &str, width: u16, height: u16) -> Fitted {
    let large = [Size::Double, Size::Single].into_iter().find_map(|size| {
        let lines = balanced(alphabet, size, prompt, width.saturating_sub(SIDES))?;
        placed(size, &lines, height)
    });
    large.unwrap_or_else(|| plain(alphabet, prompt, width, height))
}

fn plain(alphabet: &Alphabet, prompt: &str, width: u16, height: u16) -> Fitted {
    let airy = balanced(alphabet, Size::Plain, prompt, width.saturating_sub(SIDES));
    if let Some(fitted) = airy.and_then(|lines| placed(Size::Plain, &lines, height)) {
        return fitted;
    }
    let lines = text::wrap_within(prompt, width, height)
        .into_iter()
        .map(String::from)
        .collect();
    Fitted {
        size: Size::Plain,
        lines,
        pitch: 1,
    }
}

fn placed(size: Size, lines: &[String], height: u16) -> Option<Fitted> {
    let fits = |pitch| Fitted {
        size,
        lines: lines.to_vec(),
        pitch,
    };
    size.pitches()
        .map(fits)
        .into_iter()
        .find(|fitted| fitted.rows() <= height)
}

/// The fewest lines that fit, even in length and broken after punctuation where that costs little. `None` if a
/// word is too wide or has no shape.
fn balanced(alphabet: &Alphabet, size: Size, prompt: &str, width: u16) -> Option<Vec<String>> {
    let words: Vec<_> = prompt.split_whitespace().collect();
    let widths: Option<Vec<_>> = words
        .iter()
        .map(|word| size.width(alphabet, word))
        .collect();
    let breaks = lines::even(
        &words,
        &widths?,
        lines::Measure {
            width,
            space: size.space(),
        },
    )?;
    Some(
        breaks
            .into_iter()
            .map(|range| words.get(range).unwrap_or_default().join(" "))
            .collect(),
    )
}

/// Draws a fitted prompt, each line in the middle of `area`, from its top.
pub fn draw(
    alphabet: &Alphabet,
    fitted: &Fitted,
    look: (Style, Glyphs),
    area: Rect,
    buf: &mut Buffer,
) {
    let (style, glyphs) = look;
    for (index, line) in (0u16..).zip(&fitted.lines) {
        let top = index.saturating_mul(fitted.pitch);
        let rows = match fitted.size {
            Size::Plain => vec![line.clone()],
            Size::Single => half_blocks(&alphabet.pixels(line).unwrap_or_default(), glyphs),
            Size::Double => whole_blocks(&alphabet.pixels(line).unwrap_or_default(), glyphs),
        };
        let bold = if fitted.size == Size::Plain {
            style.add_modifier(Modifier::BOLD)
        } else {
            style
        };
        for (offset, row) in (0u16..).zip(rows) {
            let at = text::row(area, top.saturating_add(offset));
            text::put_centred(&Line::from(Span::styled(row, bold)), at, buf);
        }
    }
}

/// One pixel is one column wide and half a row high.
fn half_blocks(pixels: &Pixels, glyphs: Glyphs) -> Vec<String> {
    let width = pixels.first().map_or(0, Vec::len);
    let lit = |row: usize, column: usize| {
        pixels
            .get(row)
            .and_then(|row| row.get(column))
            .copied()
            .unwrap_or(false)
    };
    let cell = |row: usize, column: usize| match (lit(row, column), lit(row + 1, column)) {
        (false, false) => ' ',
        (true, true) => glyphs.pick('█', '#'),
        (true, false) => glyphs.pick('▀', '#'),
        (false, true) => glyphs.pick('▄', '#'),
    };
    (0..ROWS)
        .step_by(2)
        .map(|row| (0..width).map(|column| cell(row, column)).collect())
        .collect()
}

/// One pixel is two columns wide and one row high.
fn whole_blocks(pixels: &Pixels, glyphs: Glyphs) -> Vec<String> {
    let cell = |lit: &bool| {
        if *lit {
            glyphs.pick("██", "##")
        } else {
            "  "
        }
    };
    pixels
        .iter()
        .map(|row| row.iter().map(cell).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::widget::testing::{drawn, hard_text, only_inside};

    const PROMPT: &str = "What feedback did you almost not give, and what stopped you?";

    fn shown(prompt: &str, w: u16, h: u16) -> Vec<String> {
        let alphabet = Alphabet::new();
        let fitted = fit(&alphabet, prompt, w, h);
        drawn(w, h, |area, buf| {
            draw(
                &alphabet,
                &fitted,
                (Style::new(), Glyphs::Unicode),
                area,
                buf,
            );
        })
    }

    #[test]
    fn a_prompt_fills_the_room_in_balanced_lines() {
        let fitted = fit(&Alphabet::new(), PROMPT, 120, 18);
        assert_eq!(fitted.size, Size::Single);
        assert_eq!(
            fitted.lines,
            [
                "What feedback did",
                "you almost not give,",
                "and what stopped you?"
            ]
        );
        assert_eq!((fitted.pitch, fitted.rows()), (6, 17));
    }

    #[test]
    fn letters_look_like_this() {
        assert_eq!(
            shown("What", 30, 5),
            [
                "   █  █  █ █            █",
                "   █  █  █ █▀▀▀▄  ▀▀▀▄ ▀█▀▀",
                "   █  █  █ █   █ ▄▀▀▀█  █",
                "    ▀▀ ▀▀  ▀   ▀  ▀▀▀▀   ▀▀",
                "",
            ]
        );
    }

    #[test]
    fn a_short_prompt_is_doubled() {
        let fitted = fit(&Alphabet::new(), "Who leads?", 120, 20);
        assert_eq!(fitted.size, Size::Double);
        assert_eq!(fitted.rows(), 9);
    }

    #[test]
    fn a_character_without_a_shape_makes_the_whole_prompt_plain() {
        let fitted = fit(&Alphabet::new(), "What did 李 say?", 120, 20);
        assert_eq!(fitted.size, Size::Plain);
        assert_eq!(fitted.lines, ["What did 李 say?"]);
    }

    #[test]
    fn plain_lines_have_a_blank_row_between_them_while_there_is_room() {
        assert_eq!(
            shown("one two 李", 13, 4),
            ["     one", "", "   two 李", ""]
        );
        assert_eq!(shown("one two 李 three", 8, 1), ["one two~"]);
    }

    proptest! {
        #[test]
        fn a_prompt_stays_in_its_area(prompt in hard_text(), w in 0u16..90, h in 0u16..20) {
            let alphabet = Alphabet::new();
            let fitted = fit(&alphabet, &prompt, w, h);
            prop_assert!(fitted.rows() <= h.max(1));
            only_inside(w, h, |area, buf| {
                draw(&alphabet, &fitted, (Style::new(), Glyphs::Ascii), area, buf);
            });
        }

        #[test]
        fn no_word_of_a_prompt_is_lost_in_large_letters(words in prop::collection::vec("[a-z]{1,6}", 1..12)) {
            let prompt = words.join(" ");
            let fitted = fit(&Alphabet::new(), &prompt, 120, 40);
            prop_assert_eq!(fitted.lines.join(" "), prompt);
        }
    }
}
