//! Rows of keys: the last row of the screen, and quieter ones inside a pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::text;
use crate::theme::{Role, Styles};

/// A key and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint<'a> {
    /// The key as it is to be pressed.
    pub key: &'a str,
    /// What it does, in a word or two.
    pub verb: &'a str,
}

impl<'a> Hint<'a> {
    /// A key and what it does.
    pub const fn new(key: &'a str, verb: &'a str) -> Self {
        Self { key, verb }
    }

    fn width(self) -> u16 {
        let verb = text::width(self.verb);
        text::width(self.key).saturating_add(if verb == 0 { 0 } else { verb.saturating_add(1) })
    }
}

/// No row shows more than this.
pub const MOST: usize = 9;
/// Cells between hints of the last row.
const GAP: u16 = 2;
/// Cells between hints inside a pane.
const QUIET_GAP: u16 = 3;

/// How loud a row of hints is.
#[derive(Clone, Copy)]
enum Voice {
    Full,
    Quiet,
}

/// Draws the last row: hints from the left as far as there is room, nine in all at most, and the last one at the
/// right edge always.
pub fn draw(hints: &[Hint<'_>], last: Hint<'_>, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let line = line([last], Voice::Full, styles);
    let used = text::put_right(&line, area, buf);
    let room = area.width.saturating_sub(used.saturating_add(GAP));
    let kept = fitting(hints.iter().copied().take(MOST - 1), GAP, room);
    text::put_line(
        &self::line(kept, Voice::Full, styles),
        Rect {
            width: room,
            ..area
        },
        buf,
    );
}

/// Draws a quieter row inside a pane: hints from the left as far as there is room.
pub fn draw_quiet(hints: &[Hint<'_>], area: Rect, buf: &mut Buffer, styles: &Styles) {
    let kept = fitting(hints.iter().copied().take(MOST), QUIET_GAP, area.width);
    text::put_line(&line(kept, Voice::Quiet, styles), area, buf);
}

/// Hints as part of a line that already says something, in full voice, as far as they fit into `room`.
pub(super) fn spans<'a>(hints: &[Hint<'a>], room: u16, styles: &Styles) -> Vec<Span<'a>> {
    line(
        fitting(hints.iter().copied(), GAP, room),
        Voice::Full,
        styles,
    )
    .spans
}

/// The first hints that fit into `room`.
fn fitting<'a>(hints: impl Iterator<Item = Hint<'a>>, gap: u16, room: u16) -> Vec<Hint<'a>> {
    let mut used = 0u16;
    hints
        .take_while(|hint| {
            let before = if used == 0 { 0 } else { gap };
            used = used.saturating_add(before).saturating_add(hint.width());
            used <= room
        })
        .collect()
}

fn line<'a>(hints: impl IntoIterator<Item = Hint<'a>>, voice: Voice, styles: &Styles) -> Line<'a> {
    let (key, verb, gap) = match voice {
        Voice::Full => (styles.key(), styles.of(Role::Hint), "  "),
        Voice::Quiet => (styles.quiet_key(), styles.of(Role::Muted), "   "),
    };
    let mut spans = Vec::new();
    for hint in hints {
        if !spans.is_empty() {
            spans.push(Span::raw(gap));
        }
        spans.push(Span::styled(hint.key, key));
        if !hint.verb.is_empty() {
            spans.push(Span::raw(" "));
            spans.push(Span::styled(hint.verb, verb));
        }
    }
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::widget::testing::{dark, drawn, hard_text, only_inside};

    const LIVE: [Hint<'static>; 4] = [
        Hint::new("Space", "pause"),
        Hint::new(">", "next"),
        Hint::new("f", "floor"),
        Hint::new("adnp", "write"),
    ];
    const MORE: Hint<'static> = Hint::new("?", "more");

    fn row(cells: u16) -> String {
        drawn(cells, 1, |area, buf| draw(&LIVE, MORE, area, buf, &dark())).concat()
    }

    #[test]
    fn the_last_hint_stands_at_the_right_edge() {
        assert_eq!(
            row(50),
            "Space pause  > next  f floor  adnp write    ? more"
        );
    }

    #[test]
    fn others_drop_from_the_right_and_the_last_one_never() {
        assert_eq!(row(40), "Space pause  > next  f floor      ? more");
        assert_eq!(row(12), "      ? more");
        assert_eq!(row(4), "? m~");
    }

    #[test]
    fn a_row_shows_nine_at_most() {
        let many = [Hint::new("x", "it"); 20];
        let row = drawn(200, 1, |area, buf| draw(&many, MORE, area, buf, &dark())).concat();
        assert_eq!(row.matches("x it").count(), MOST - 1);
    }

    #[test]
    fn inside_a_pane_hints_are_three_cells_apart() {
        let row = drawn(40, 1, |area, buf| draw_quiet(&LIVE, area, buf, &dark())).concat();
        assert_eq!(row, "Space pause   > next   f floor");
    }

    proptest! {
        #[test]
        fn hints_stay_in_their_area(key in hard_text(), verb in hard_text(), w in 0u16..50, h in 0u16..3) {
            let hints = [Hint::new(&key, &verb); 3];
            only_inside(w, h, |area, buf| {
                draw(&hints, hints[0], area, buf, &dark());
                draw_quiet(&hints, area, buf, &dark());
            });
        }
    }
}
