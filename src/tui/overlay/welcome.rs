//! The first screen of all: one sentence and three choices, the demo first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::theme::glyphs::Mark;
use crate::theme::{Role, Styles};
use crate::tui::view::{Arg, CommandId};
use crate::tui::widget::hints::{self, Hint};
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

const SENTENCE: &str = "Run a mentorship circle from the terminal. Nothing leaves this computer.";

/// What a newcomer may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A running session that is thrown away afterwards.
    Demo,
    /// The form for a circle.
    SetUp,
    /// A roster, questions or a backup.
    Import,
}

/// The ways with their words, in the order of their numbers.
const WAYS: [(Way, &str); 3] = [
    (Way::Demo, "Try a running session (demo)"),
    (Way::SetUp, "Set up my circle"),
    (Way::Import, "Import"),
];

/// What a command did here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Not its business.
    Ignored,
    /// The mark moved.
    Stay,
    /// This way was picked.
    Take(Way),
}

/// The welcome: which way is marked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Welcome {
    selected: usize,
}

impl Welcome {
    /// Does what a command means here: up and down, Enter, or the number of a way.
    pub fn run(&mut self, id: CommandId, arg: &Arg) -> Outcome {
        match id {
            CommandId::Down => self.selected = (self.selected + 1).min(WAYS.len() - 1),
            CommandId::Up => self.selected = self.selected.saturating_sub(1),
            CommandId::Open => return take(self.selected),
            CommandId::Pick => match arg {
                Arg::Number(number) if *number > 0 => return take(usize::from(*number) - 1),
                Arg::Number(_) | Arg::None | Arg::Text(_) => return Outcome::Ignored,
            },
            _ => return Outcome::Ignored,
        }
        Outcome::Stay
    }

    /// Draws the sentence, the ways and the key for help, in the middle of `area`.
    pub fn draw(self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let area = area.intersection(buf.area);
        let margin = if area.width > 43 { 3 } else { 0 };
        let width = area.width.saturating_sub(2 * margin).min(76);
        let sentence = text::wrap(SENTENCE, width.saturating_sub(2));
        let sentence_rows = u16::try_from(sentence.len()).unwrap_or(u16::MAX);
        let airy = area.height > sentence_rows.saturating_add(6);
        let gap = u16::from(airy);
        let rows = sentence_rows.saturating_add(4 + 2 * gap);
        let body = Rect {
            x: area.x + (area.width - width) / 2,
            y: area.y + area.height.saturating_sub(rows) / 3,
            width,
            ..area
        };
        // Where room is short the ways stay and the sentence goes.
        let shown = if area.height < rows { 0 } else { sentence_rows };
        for (line, index) in sentence.iter().zip(0..shown) {
            let row = text::after(within(body, index, area), 1);
            text::put(line, styles.bold(Role::Prompt), row, buf);
        }
        let first = if shown == 0 { 0 } else { shown + gap };
        for (place, index) in (0..WAYS.len()).zip(first..) {
            self.draw_way(place, within(body, index, area), buf, styles);
        }
        let help = within(body, first + 3 + gap, area);
        hints::draw_quiet(&[Hint::new("?", "help")], text::after(help, 1), buf, styles);
    }

    fn draw_way(self, place: usize, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let selected = self.selected == place;
        let (look, mark) = if selected {
            (Look::Selected, Mark::Cursor)
        } else {
            (Look::Plain, Mark::None)
        };
        let words = WAYS.get(place).map_or("", |(_, words)| *words);
        let line = Line::from(vec![
            list::cursor_mark(mark, styles),
            Span::styled(format!("{}  ", place + 1), styles.key()),
            Span::styled(words, look.main(styles)),
        ]);
        list::draw_row(&line, look, area, buf, styles);
    }
}

/// A row of the body, empty when it lies below the area.
fn within(body: Rect, index: u16, area: Rect) -> Rect {
    let row = text::row(body, index);
    row.intersection(area)
}

fn take(place: usize) -> Outcome {
    WAYS.get(place)
        .map_or(Outcome::Ignored, |(way, _)| Outcome::Take(*way))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::fixture_lists::{SIZES, dark, drawn};

    fn show((w, h): (u16, u16)) -> String {
        drawn(w, h, |area, buf| {
            Welcome::default().draw(area, buf, &dark());
        })
        .join("\n")
    }

    #[test]
    fn the_demo_is_one_key_away() {
        let enter = Welcome::default().run(CommandId::Open, &Arg::None);
        assert_eq!(enter, Outcome::Take(Way::Demo));
    }

    #[test]
    fn a_way_is_picked_by_number_or_by_the_mark() {
        let mut welcome = Welcome::default();
        assert_eq!(
            welcome.run(CommandId::Pick, &Arg::Number(2)),
            Outcome::Take(Way::SetUp)
        );
        for number in [0, 4, 9] {
            let reply = welcome.run(CommandId::Pick, &Arg::Number(number));
            assert_eq!(reply, Outcome::Ignored);
        }
        for _ in 0..5 {
            assert_eq!(welcome.run(CommandId::Down, &Arg::None), Outcome::Stay);
        }
        assert_eq!(
            welcome.run(CommandId::Open, &Arg::None),
            Outcome::Take(Way::Import)
        );
        assert_eq!(welcome.run(CommandId::Up, &Arg::None), Outcome::Stay);
        assert_eq!(
            welcome.run(CommandId::Open, &Arg::None),
            Outcome::Take(Way::SetUp)
        );
        assert_eq!(welcome.run(CommandId::Mask, &Arg::None), Outcome::Ignored);
    }

    #[test]
    fn the_ways_stay_where_room_is_short() {
        assert!(show((120, 33)).contains(SENTENCE));
        for size in &SIZES[..5] {
            let shown = show(*size);
            assert!(shown.contains("1  Try a runn"), "{size:?}\n{shown}");
            assert!(shown.contains("3  Import"), "{size:?}\n{shown}");
        }
        show((1, 1));
    }
}
