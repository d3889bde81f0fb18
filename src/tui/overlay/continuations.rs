//! What may follow a key that begins a sequence. Shown after a moment; it never holds up what is typed
//! next.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::key::Key;
use crate::theme::{Role, Styles};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::spot::{self, Spot};
use crate::tui::widget::text;

/// A key and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuation {
    /// The key as it is shown.
    pub key: String,
    /// What it does.
    pub title: String,
}

/// Rows from which the panel has two columns, so that the clock stays in sight.
const LONG: usize = 10;
/// Cells between the columns.
const GAP: u16 = 3;

/// Draws the panel in the lower right corner of `area`, above nothing that must stay visible. A long one has
/// people to the left and commands to the right.
pub fn draw(pressed: &[Key], rows: &[Continuation], area: Rect, buf: &mut Buffer, styles: &Styles) {
    let columns = columns(rows, area);
    // Three columns are for the smallest screens: there a key and its words stand close together.
    let tight = columns.len() > 2;
    let gap = if tight { 1 } else { GAP };
    let gaps = gap * u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0);
    let widths = fitting(&columns, area.width.saturating_sub(gaps + 4), tight);
    let width = (widths.iter().sum::<u16>() + gaps + 4)
        .max(24)
        .min(area.width);
    let longest = columns.iter().map(|rows| rows.len()).max().unwrap_or(0);
    let height = u16::try_from(longest)
        .unwrap_or(u16::MAX)
        .saturating_add(2)
        .min(area.height);
    let place = Rect {
        x: area.right().saturating_sub(width),
        y: area.bottom().saturating_sub(height),
        width,
        height,
    };
    let title = crate::command::key::sequence(pressed);
    let content = Pane::new(&title)
        .focused(true)
        .draw_over(place, buf, styles);
    let mut left = 0;
    for (rows, width) in columns.iter().zip(widths) {
        let keys = keys_of(rows, tight);
        let words = width.saturating_sub(keys);
        for (at, row) in (0..content.height).zip(*rows) {
            let line = Line::from(vec![
                Span::styled(text::pad(&row.key, keys), styles.key()),
                Span::styled(
                    text::cut(&row.title, words).into_owned(),
                    styles.of(Role::Hint),
                ),
            ]);
            let place = text::after(text::row(content, at), left);
            let cells = Rect {
                width: width.min(place.width),
                ..place
            };
            spot::tell(cells, || Spot::Next(row.key.clone()));
            text::put_line(&line, place, buf);
        }
        left = (left + width + gap).min(content.width);
    }
}

/// The cells of each column: what it wants, and where that is too much, those that want more than an equal
/// part share what the others leave.
fn fitting(columns: &[&[Continuation]], room: u16, tight: bool) -> Vec<u16> {
    let widths = columns.iter().map(|rows| width_of(rows, tight));
    let mut wanted: Vec<u16> = widths.collect();
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|at| wanted.get(*at).copied());
    let (mut left, mut others) = (room, u16::try_from(wanted.len()).unwrap_or(1));
    for at in order {
        let part = left / others.max(1);
        if let Some(wide) = wanted.get_mut(at) {
            *wide = (*wide).min(part);
            left -= *wide;
        }
        others = others.saturating_sub(1);
    }
    wanted
}

/// One column, or two where one would be long and both have room, or as many as show every key.
fn columns(rows: &[Continuation], area: Rect) -> Vec<&[Continuation]> {
    let is_number = |row: &Continuation| row.key.chars().all(|c| c.is_ascii_digit());
    let people = rows.iter().take_while(|row| is_number(row)).count();
    let at = match people {
        0..4 => rows.len().div_ceil(2),
        people => people,
    };
    let (left, right) = rows.split_at_checked(at).unwrap_or((rows, &[]));
    let both = width_of(left, false) + GAP + width_of(right, false) + 4;
    // Where one column would be cut off below, a second one that is cut at its side says more.
    let fits = usize::from(area.height) >= rows.len() + 2;
    if rows.len() < LONG || right.is_empty() || (both > area.width && fits) {
        return vec![rows];
    }
    // A key that is cut off below cannot be found; words that are cut at their side can be guessed.
    let high = usize::from(area.height.saturating_sub(2)).max(1);
    if left.len().max(right.len()) > high {
        return rows.chunks(high).collect();
    }
    vec![left, right]
}

/// Cells of the keys with the space behind them.
fn keys_of(rows: &[Continuation], tight: bool) -> u16 {
    let keys = rows.iter().map(|row| text::width(&row.key));
    let widest = keys.max().unwrap_or(1);
    if tight { widest + 1 } else { widest.max(2) + 2 }
}

fn width_of(rows: &[Continuation], tight: bool) -> u16 {
    let words = rows.iter().map(|row| text::width(&row.title));
    keys_of(rows, tight) + words.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::key::Key;
    use crate::tui::widget::testing::{dark, drawn};

    fn rows() -> Vec<Continuation> {
        let people = (1..=6).map(|n| (n.to_string(), format!("Person {n}")));
        let keys = "lfrswagvqhoc".chars();
        let more = keys.map(|key| (key.to_string(), format!("What {key} does at length")));
        people
            .chain(more)
            .map(|(key, title)| Continuation { key, title })
            .collect()
    }

    #[rstest::rstest]
    #[case(11, 6)]
    #[case(9, 7)]
    fn every_key_is_in_sight_on_the_smallest_screen(#[case] high: u16, #[case] letters: usize) {
        let shown = drawn(40, high, |area, buf| {
            draw(&[Key::Char('s')], &rows(), area, buf, &dark());
        });
        for row in rows() {
            let words: String = row.title.chars().take(letters).collect();
            let there = [" ", "   "].map(|gap| format!("{}{gap}{words}", row.key));
            assert!(
                shown
                    .iter()
                    .any(|line| there.iter().any(|words| line.contains(words))),
                "{there:?}: {shown:#?}"
            );
        }
    }
}
