//! Rows of keys: the last row of the screen, and quieter ones inside a pane.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::spot::{self, Spot};
use super::text;
use crate::command::id::{Arg, CommandId};
use crate::command::table::{self, ArgKind};
use crate::theme::{Role, Styles};

/// A key and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint<'a> {
    /// The key as it is to be pressed.
    pub key: &'a str,
    /// What it does, in a word or two.
    pub verb: &'a str,
    /// The command whose key it is; none where the key is always the same, as in a field.
    pub run: Option<CommandId>,
    /// Where the keys are those of several commands: each of them, in the order in which they stand in `key`.
    pub each: &'a [(CommandId, &'a str)],
}

impl<'a> Hint<'a> {
    /// A key and what it does.
    pub const fn new(key: &'a str, verb: &'a str) -> Self {
        Self {
            key,
            verb,
            run: None,
            each: &[],
        }
    }

    /// The key is that of a command.
    #[must_use]
    pub const fn run(mut self, id: CommandId) -> Self {
        self.run = Some(id);
        self
    }

    /// The keys of several commands, in the order in which they stand in the key.
    #[must_use]
    pub const fn each(mut self, keys: &'a [(CommandId, &'a str)]) -> Self {
        self.each = keys;
        self
    }

    fn width(self) -> u16 {
        let verb = text::width(self.verb);
        text::width(self.key).saturating_add(if verb == 0 { 0 } else { verb.saturating_add(1) })
    }
}

/// Tells that hints run their commands or press their keys, the first of them at the left of `area`. Where a hint
/// has the keys of several commands, its verb runs the first one.
pub(super) fn tell(hints: &[Hint<'_>], gap: u16, area: Rect) {
    let mut rest = Rect {
        height: area.height.min(1),
        ..area
    };
    for hint in hints {
        let cells = |wide: u16, from: Rect| Rect {
            width: wide.min(from.width),
            ..from
        };
        let own = hint.run.map(|id| (id, hint.key));
        let first = hint.each.first().copied().or(own);
        spot::tell(cells(hint.width(), rest), || match first {
            Some((id, key)) => pressing(id, key),
            None => Spot::Keys(hint.key.to_owned()),
        });
        let alone: u16 = hint.each.iter().map(|(_, key)| text::width(key)).sum();
        let between = u16::try_from(hint.each.len().saturating_sub(1)).unwrap_or(0);
        let apart = text::width(hint.key)
            .saturating_sub(alone)
            .checked_div(between)
            .unwrap_or(0);
        let mut key_rest = rest;
        for (id, key) in hint.each {
            let wide = text::width(key);
            spot::tell(cells(wide, key_rest), || pressing(*id, key));
            key_rest = text::after(key_rest, wide.saturating_add(apart));
        }
        rest = text::after(rest, hint.width().saturating_add(gap));
    }
}

/// What a click on the key of a command does. Where a person is part of the key it can only be begun.
fn pressing(id: CommandId, key: &str) -> Spot {
    match table::spec(id).arg {
        ArgKind::Person => Spot::Keys(key.to_owned()),
        ArgKind::None | ArgKind::Number | ArgKind::Text => Spot::Hint(id, Arg::None),
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
    tell(&[last], GAP, text::after(area, area.width - used));
    let room = area.width.saturating_sub(used.saturating_add(GAP));
    let kept = fitting(hints.iter().copied().take(MOST - 1), GAP, room);
    tell(&kept, GAP, area);
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
    tell(&kept, QUIET_GAP, area);
    text::put_line(&line(kept, Voice::Quiet, styles), area, buf);
}

/// Hints behind a text that already stands in the row: those that fit into `room`, see [`put_kept`].
pub(super) fn kept<'a>(hints: &[Hint<'a>], room: u16) -> Vec<Hint<'a>> {
    fitting(hints.iter().copied(), GAP, room)
}

/// The cells that hints want.
pub(super) fn cells(hints: &[Hint<'_>]) -> u16 {
    let gaps = u16::try_from(hints.len().saturating_sub(1)).unwrap_or(0);
    let gaps = gaps.saturating_mul(GAP);
    hints
        .iter()
        .fold(gaps, |sum, hint| sum.saturating_add(hint.width()))
}

/// The cells of hints in full voice.
pub(super) fn width_of(hints: &[Hint<'_>], styles: &Styles) -> u16 {
    text::line_width(&line(hints.iter().copied(), Voice::Full, styles))
}

/// Draws hints that were kept, in full voice.
pub(super) fn put_kept(hints: &[Hint<'_>], area: Rect, buf: &mut Buffer, styles: &Styles) {
    tell(hints, GAP, area);
    text::put_line(&line(hints.iter().copied(), Voice::Full, styles), area, buf);
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
    use ratatui::layout::Position;

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

    #[test]
    fn a_click_runs_the_command_whose_key_stands_there() {
        let each = [
            (CommandId::AddAction, "a"),
            (CommandId::AddDecision, "d"),
            (CommandId::AddNote, "n"),
            (CommandId::AddParked, "p"),
        ];
        let at = |together: &str, x: u16| {
            let write = Hint::new(together, "write").each(&each);
            let hints = [Hint::new(">", "next").run(CommandId::Next), write];
            let spots = spot::told(|| {
                drawn(40, 1, |area, buf| draw(&hints, MORE, area, buf, &dark()));
            });
            match spots.at(Position::new(x, 0)) {
                Some(Spot::Hint(id, Arg::None)) => id.as_str().to_owned(),
                Some(Spot::Keys(keys)) => keys.clone(),
                other => format!("{other:?}"),
            }
        };
        // "> next  adnp write", and with room "> next  a d n p write".
        assert_eq!([at("adnp", 0), at("adnp", 5)], ["next", "next"]);
        assert_eq!(
            [at("adnp", 10), at("a d n p", 12)],
            ["add-note", "add-note"]
        );
        assert_eq!(
            [at("adnp", 14), at("a d n p", 20)],
            ["add-action", "add-action"]
        );
        assert_eq!([at("adnp", 7), at("adnp", 38)], ["None", "?"]);
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
