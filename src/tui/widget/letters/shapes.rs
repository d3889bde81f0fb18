//! The alphabet of the room: shapes read from a small text, with accents put on where they are needed.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// Pixel rows of a letter: seven above the line, two below.
pub(super) const ROWS: usize = 9;
/// Pixel columns between words.
pub(super) const WORD_SPACE: u16 = 3;
/// Letters are drawn with their marks from this row down.
const X_HEIGHT_FROM: usize = 2;

/// One glyph a line: the character, a space, pixel rows from the top separated by `/`.
const LETTERS: &str = include_str!("letters.txt");

/// Marks above a lower-case letter: the combining character and its two pixel rows.
const ABOVE: [(char, [&str; 2]); 9] = [
    ('\u{300}', [".#", "..#"]),
    ('\u{301}', ["..#", ".#"]),
    ('\u{302}', [".#", "#.#"]),
    ('\u{303}', [".#.#", "#.#"]),
    ('\u{304}', ["", "###"]),
    ('\u{306}', ["#.#", ".#"]),
    ('\u{308}', ["", "#.#"]),
    ('\u{30a}', [".#", "#.#"]),
    ('\u{30c}', ["#.#", ".#"]),
];
/// Marks below the line.
const BELOW: [(char, [&str; 2]); 2] = [('\u{327}', ["..#", ".#"]), ('\u{328}', [".#", "..#"])];

/// Rows of pixels, all of one length.
pub(super) type Pixels = Vec<Vec<bool>>;

/// The shapes of all letters. Made once, where the room view is set up.
#[derive(Clone, Debug)]
pub struct Alphabet {
    shapes: BTreeMap<char, Pixels>,
}

impl Default for Alphabet {
    fn default() -> Self {
        Self::new()
    }
}

impl Alphabet {
    /// Reads the shapes.
    pub fn new() -> Self {
        let shapes = LETTERS.lines().filter_map(|line| {
            let character = line.chars().next()?;
            let rows = line.get(character.len_utf8()..)?.trim_start();
            Some((character, even(rows.split('/').map(row).collect())))
        });
        Self {
            shapes: shapes.collect(),
        }
    }

    /// Columns a line takes; `None` if a character has no shape.
    pub(super) fn width(&self, line: &str) -> Option<u16> {
        let columns = self.pixels(line)?.first().map_or(0, Vec::len);
        Some(u16::try_from(columns).unwrap_or(u16::MAX))
    }

    /// A line as pixels, a column between letters; `None` if a character has no shape.
    pub(super) fn pixels(&self, line: &str) -> Option<Pixels> {
        let mut rows: Pixels = vec![Vec::new(); ROWS];
        let mut after_letter = false;
        for character in line.nfc() {
            let shape = if character == ' ' {
                vec![vec![false; usize::from(WORD_SPACE)]; ROWS]
            } else {
                self.shape(character)?
            };
            let gap = after_letter && character != ' ';
            for (row, pixels) in rows.iter_mut().zip(shape) {
                row.extend(gap.then_some(false));
                row.extend(pixels);
            }
            after_letter = character != ' ';
        }
        Some(rows)
    }

    /// The shape of one character, its accent put on.
    fn shape(&self, character: char) -> Option<Pixels> {
        if let Some(shape) = self.shapes.get(&character) {
            return Some(shape.clone());
        }
        let mut parts = std::iter::once(character).nfd();
        let base = parts.next()?;
        let mut shape = self.shapes.get(&base)?.clone();
        for mark in parts {
            // What is left must be a mark of this alphabet's languages, not a letter of another.
            if !matches!(mark, '\u{300}'..='\u{36f}') {
                return None;
            }
            if base.is_lowercase() {
                put_mark(&mut shape, mark);
            }
        }
        Some(even(shape))
    }
}

/// Puts a mark into the rows above or below a lower-case letter; without a drawing the letter stays plain.
fn put_mark(shape: &mut Pixels, mark: char) {
    let find = |marks: &[(char, [&'static str; 2])]| {
        marks
            .iter()
            .find(|known| known.0 == mark)
            .map(|known| known.1)
    };
    let (rows, from) = match (find(&ABOVE), find(&BELOW)) {
        (Some(rows), _) => (rows, 0),
        (None, Some(rows)) => (rows, ROWS - 2),
        (None, None) => return,
    };
    let letter = shape.get(X_HEIGHT_FROM).map_or(0, Vec::len);
    let mark: Pixels = rows.into_iter().map(row).collect();
    let wide = mark.iter().map(Vec::len).max().unwrap_or(0);
    let shift = letter.saturating_sub(wide) / 2;
    for (target, pixels) in shape.iter_mut().skip(from).zip(mark) {
        // The dot of an i gives way to its mark.
        *target = std::iter::repeat_n(false, shift).chain(pixels).collect();
    }
}

fn row(text: &str) -> Vec<bool> {
    text.chars().map(|pixel| pixel == '#').collect()
}

/// Nine rows of one length.
fn even(mut rows: Pixels) -> Pixels {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    rows.resize(ROWS, Vec::new());
    for row in &mut rows {
        row.resize(columns, false);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn art(text: &str) -> Vec<String> {
        let pixels = Alphabet::new().pixels(text).unwrap();
        let line = |row: &Vec<bool>| {
            let line: String = row.iter().map(|lit| if *lit { '#' } else { '.' }).collect();
            line.trim_end_matches('.').to_owned()
        };
        pixels.iter().map(line).collect()
    }

    #[test]
    fn every_letter_of_the_file_has_a_shape_of_nine_even_rows() {
        let alphabet = Alphabet::new();
        let expected =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;!?'\"-/()";
        assert_eq!(alphabet.shapes.len(), expected.len());
        for character in expected.chars() {
            let shape = alphabet.shapes.get(&character).unwrap();
            assert_eq!(shape.len(), ROWS, "{character}");
            let columns = shape[0].len();
            assert!(
                columns > 0 && shape.iter().all(|row| row.len() == columns),
                "{character}"
            );
            assert!(shape.iter().flatten().any(|lit| *lit), "{character}");
        }
    }

    #[test]
    fn an_accent_stands_above_its_letter_whether_typed_as_one_or_two_characters() {
        assert_eq!(
            art("é"),
            ["...#", "..#", ".###", "#...#", "#####", "#", ".###", "", ""]
        );
        assert_eq!(art("e\u{301}"), art("é"));
    }

    #[test]
    fn an_accent_replaces_the_dot_of_an_i_and_a_capital_stays_plain() {
        assert_eq!(art("ï"), ["", "#.#", "#", "#", "#", "#", "#", "", ""]);
        assert_eq!(art("Ä"), art("A"));
    }

    #[test]
    fn a_cedilla_hangs_below_the_line() {
        assert_eq!(art("ç")[7..], [".".repeat(2) + "#", ".#".to_owned()]);
    }

    #[test]
    fn words_are_three_columns_apart_and_letters_one() {
        let alphabet = Alphabet::new();
        assert_eq!(alphabet.width("What"), Some(24));
        assert_eq!(alphabet.width("What s"), Some(24 + 3 + 5));
    }

    #[test]
    fn letters_of_other_scripts_have_no_shape() {
        let alphabet = Alphabet::new();
        for text in ["李", "ж", "ά", "שרה", "각", "👩‍💻", "ø"] {
            assert_eq!(alphabet.width(text), None, "{text}");
        }
    }
}
