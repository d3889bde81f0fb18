//! Characters that are drawn as shapes, so that neighbours meet without a hairline: blocks and lines.

/// A rectangle within a cell, as parts of its width and height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) w: f32,
    pub(crate) h: f32,
}

const fn part(x: f32, y: f32, w: f32, h: f32) -> Part {
    Part { x, y, w, h }
}

/// Thickness of a thin and of a heavy line, as part of the width of a cell.
const THIN: f32 = 1.0 / 9.0;
const HEAVY: f32 = 2.0 / 9.0;
/// A cell is 9 wide and 20 high, so a line of the same thickness is a smaller part of the height.
const FLAT: f32 = 9.0 / 20.0;

/// The rectangles of a character, or `None` when the font draws it.
pub(crate) fn parts(symbol: &str) -> Option<Vec<Part>> {
    let mut chars = symbol.chars();
    let (Some(char), None) = (chars.next(), chars.next()) else {
        return None;
    };
    block(char).or_else(|| line(char)).or_else(|| braille(char))
}

fn block(char: char) -> Option<Vec<Part>> {
    let eighths =
        |from: char| f32::from(u8::try_from(char as u32 - from as u32 + 1).unwrap_or(8)) / 8.0;
    Some(match char {
        '█' => vec![part(0.0, 0.0, 1.0, 1.0)],
        '▀' => vec![part(0.0, 0.0, 1.0, 0.5)],
        '▐' => vec![part(0.5, 0.0, 0.5, 1.0)],
        // One to seven eighths from below.
        '▁'..='▇' => vec![part(0.0, 1.0 - eighths('▁'), 1.0, eighths('▁'))],
        // Seven to one eighth from the left.
        '▉'..='▏' => vec![part(0.0, 0.0, 1.0 - eighths('▉'), 1.0)],
        '▖'..='▟' => quadrants(char),
        _ => return None,
    })
}

/// Quarters of a cell: above left, above right, below left, below right.
fn quadrants(char: char) -> Vec<Part> {
    let set: &[usize] = match char {
        '▖' => &[2],
        '▗' => &[3],
        '▘' => &[0],
        '▙' => &[0, 2, 3],
        '▚' => &[0, 3],
        '▛' => &[0, 1, 2],
        '▜' => &[0, 1, 3],
        '▝' => &[1],
        '▞' => &[1, 2],
        _ => &[1, 2, 3],
    };
    let quarters = [
        part(0.0, 0.0, 0.5, 0.5),
        part(0.5, 0.0, 0.5, 0.5),
        part(0.0, 0.5, 0.5, 0.5),
        part(0.5, 0.5, 0.5, 0.5),
    ];
    set.iter()
        .filter_map(|n| quarters.get(*n).copied())
        .collect()
}

/// Straight lines and square corners; round corners are left to the font.
fn line(char: char) -> Option<Vec<Part>> {
    let thick = match char {
        '─' | '│' | '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' => {
            THIN
        }
        '━' | '┃' | '┏' | '┓' | '┗' | '┛' => HEAVY,
        _ => return None,
    };
    let (left, right) = (0.5 - thick / 2.0, 0.5 + thick / 2.0);
    let (top, bottom) = (0.5 - thick * FLAT / 2.0, 0.5 + thick * FLAT / 2.0);
    let mut parts = Vec::new();
    if "─━┐┘┤┬┴┼┓┛".contains(char) {
        parts.push(part(0.0, top, right, bottom - top));
    }
    if "─━┌└├┬┴┼┏┗".contains(char) {
        parts.push(part(left, top, 1.0 - left, bottom - top));
    }
    if "│┃└┘├┤┴┼┗┛".contains(char) {
        parts.push(part(left, 0.0, thick, bottom));
    }
    if "│┃┌┐├┤┬┼┏┓".contains(char) {
        parts.push(part(left, top, thick, 1.0 - top));
    }
    Some(parts)
}

/// The dots of a braille cell, which the font does not have.
fn braille(char: char) -> Option<Vec<Part>> {
    let bits = u32::from(char)
        .checked_sub(0x2800)
        .filter(|bits| *bits < 256)?;
    // In the order of the bits: the first three rows of the left, then of the right, then both of the last.
    let places: [(u8, u8); 8] = [
        (0, 0),
        (0, 1),
        (0, 2),
        (1, 0),
        (1, 1),
        (1, 2),
        (0, 3),
        (1, 3),
    ];
    let dots = (0..).zip(places).filter(|(bit, _)| bits >> bit & 1 == 1);
    let dots = dots.map(|(_, (col, row))| {
        let (x, y) = (0.25 + 0.4 * f32::from(col), 0.2 + 0.18 * f32::from(row));
        part(x, y, 2.0 * THIN, 2.0 * THIN * FLAT)
    });
    Some(dots.collect())
}

/// The way of a round corner through a cell of this size, as SVG writes it.
pub(crate) fn corner(
    symbol: &str,
    (left, top): (f32, f32),
    (wide, high): (f32, f32),
) -> Option<String> {
    let (middle, centre) = (left + wide / 2.0, top + high / 2.0);
    let (right, bottom) = (left + wide, top + high);
    let (from, to) = match symbol {
        "╭" => ((middle, bottom), (right, centre)),
        "╮" => ((left, centre), (middle, bottom)),
        "╰" => ((middle, top), (right, centre)),
        "╯" => ((left, centre), (middle, top)),
        _ => return None,
    };
    Some(format!(
        "M{} {}Q{middle} {centre} {} {}",
        from.0, from.1, to.0, to.1
    ))
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};

    #[test]
    fn blocks_fill_the_part_of_the_cell_that_they_name() {
        let one = |text: &str| parts(text).unwrap().remove(0);
        assert_eq!(
            one("▌"),
            Part {
                x: 0.0,
                y: 0.0,
                w: 0.5,
                h: 1.0
            }
        );
        assert_eq!(
            one("▏"),
            Part {
                x: 0.0,
                y: 0.0,
                w: 0.125,
                h: 1.0
            }
        );
        assert_eq!(
            one("▄"),
            Part {
                x: 0.0,
                y: 0.5,
                w: 1.0,
                h: 0.5
            }
        );
        assert_eq!(parts("▟").unwrap().len(), 3);
    }

    #[test]
    fn braille_has_a_dot_for_each_bit() {
        assert_eq!(parts("⠀").unwrap().len(), 0);
        assert_eq!(parts("⢎").unwrap().len(), 4);
        assert_eq!(parts("⣿").unwrap().len(), 8);
    }

    #[test]
    fn letters_are_left_to_the_font() {
        assert_eq!(parts("a"), None);
        assert_eq!(parts("╭"), None);
    }

    #[test]
    fn lines_reach_the_edges_where_they_meet_others() {
        let flat = parts("─").unwrap();
        assert!(flat.iter().any(|part| part.x <= 0.0));
        assert!(flat.iter().any(|part| part.x + part.w >= 1.0));
    }
}
