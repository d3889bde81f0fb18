//! Laws of the mouse on every screen: a click on a row takes the mark there, and nothing a hand at the mouse can do
//! makes the program fail.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::clock::Span;
use crate::testing::{Driven as _, Harness, Seat, parse_keys};
use crate::tui::input::Pointer;
use crate::tui::widget::spot::{self, Spots};

const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (40, 12)];

/// Screens with rows, and what has to be pressed to get there.
const LISTS: [&str; 14] = [
    "g l", "g h", "g h Tab", "g p", "g a", "g a Tab", "g q", "g q Tab", "g b", "g r", "g s",
    "g s Tab", "g t", "w w",
];

fn spots(harness: &mut Harness<Seat>, (width, height): (u16, u16)) -> (Spots, Buffer) {
    let area = Rect::new(0, 0, width, height);
    let mut buf = Buffer::empty(area);
    let spots = spot::told(|| {
        harness.driven().draw(area, &mut buf);
    });
    (spots, buf)
}

/// What stands in a row beside its marks and the numbers that only a pane with the keyboard shows.
fn words(buf: &Buffer, row: Rect) -> String {
    let cells = (row.x + 3..row.right()).map(|x| buf[(x, row.y)].symbol().to_owned());
    // What is taken has its sign there while the mark is on it.
    let words = cells.collect::<String>().replace('✓', " ");
    let words = words.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
    words.trim_end().to_owned()
}

#[test]
fn a_click_on_a_row_takes_the_mark_there() {
    let (mut clicked, mut wrong) = (0, Vec::new());
    for (list, size) in LISTS.iter().flat_map(|list| SIZES.map(|size| (list, size))) {
        let mut harness = Harness::demo().keys(list);
        let rows = spots(&mut harness, size).0.rows_drawn();
        for at in 0..rows.len() {
            let (before, shown) = spots(&mut harness, size);
            let Some((row, _)) = before.rows_drawn().get(at).copied() else {
                continue;
            };
            let wanted = words(&shown, row);
            // Two clicks in a row on one cell would open what stands there.
            harness.driven().pass(Span::from_secs(1));
            let place = Position::new(row.x + row.width / 2, row.y);
            harness
                .driven()
                .point((Pointer::Click, place), Rect::new(0, 0, size.0, size.1));
            harness.driven().settle();
            let (after, shown) = spots(&mut harness, size);
            let focused = after.focused();
            let marked = after
                .rows_drawn()
                .into_iter()
                .find(|(row, marked)| *marked && focused.is_none_or(|pane| pane.intersects(*row)));
            let marked = marked.map(|(row, _)| words(&shown, row));
            if marked.as_ref() != Some(&wanted) {
                let shown = crate::testing::text(&shown).join("\n");
                wrong.push(format!(
                    "{list} at {size:?}, row {at}: {marked:?}, not {wanted:?}\n{shown}"
                ));
            }
            clicked += 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(clicked > 150, "only {clicked} rows were found");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_is_clicked_where_nothing_fails(
        scene in prop::sample::select(vec![
            "", "g h", "g p", "g a", "g q", "g b", "g r", "g s", "g t", "v", "w w", "?", "a", "i",
            "s q", "o", "g h a", "s",
        ]),
        width in 1u16..130,
        height in 1u16..40,
        moves in prop::collection::vec((0usize..5, 0u16..130, 0u16..40), 1..40),
    ) {
        let area = Rect::new(0, 0, width, height);
        let mut harness = Harness::demo().size(width, height);
        for key in parse_keys(scene) {
            harness.driven().key(key);
            harness.driven().settle();
        }
        for (what, x, y) in moves {
            let what = [
                Pointer::Click, Pointer::Drag, Pointer::Release, Pointer::WheelUp, Pointer::WheelDown,
            ][what];
            harness.driven().point((what, Position::new(x, y)), area);
            harness.driven().settle();
            harness.buffer();
        }
    }
}
