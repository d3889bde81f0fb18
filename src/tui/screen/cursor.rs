//! Where the cursor of a list stands: on an item, so that it stays there when rows come, go or are resized.

use std::ops::Range;

use crate::tui::view::CommandId;
use crate::tui::widget::list;

/// Rows that a page moves.
const PAGE: usize = 10;

/// The cursor of one list.
#[derive(Clone, Debug)]
pub(super) struct Cursor<K> {
    at: Option<K>,
    place: usize,
}

impl<K> Default for Cursor<K> {
    fn default() -> Self {
        Self { at: None, place: 0 }
    }
}

impl<K: PartialEq + Copy> Cursor<K> {
    /// The row it stands on; when its item is gone, the row that took its place.
    pub(super) fn place(&self, rows: &[K]) -> usize {
        self.at
            .and_then(|at| rows.iter().position(|row| *row == at))
            .unwrap_or(self.place)
            .min(rows.len().saturating_sub(1))
    }

    /// The item it stands on.
    pub(super) fn item(&self, rows: &[K]) -> Option<K> {
        rows.get(self.place(rows)).copied()
    }

    /// Puts it on a row.
    pub(super) fn put(&mut self, place: usize, rows: &[K]) {
        self.place = place.min(rows.len().saturating_sub(1));
        self.at = rows.get(self.place).copied();
    }

    /// Puts it on an item, whether or not its row is there yet.
    pub(super) fn aim(&mut self, item: K) {
        *self = Self {
            at: Some(item),
            place: 0,
        };
    }

    /// Puts it where a row is about to appear.
    pub(super) fn expect(&mut self, place: usize) {
        *self = Self { at: None, place };
    }

    /// Carries a movement out. `false` when the command is none.
    pub(super) fn step(&mut self, id: CommandId, rows: &[K]) -> bool {
        let here = self.place(rows);
        let there = match id {
            CommandId::Down => here.saturating_add(1),
            CommandId::Up => here.saturating_sub(1),
            CommandId::PageDown => here.saturating_add(PAGE),
            CommandId::PageUp => here.saturating_sub(PAGE),
            CommandId::Top => 0,
            CommandId::End => usize::MAX,
            _ => return false,
        };
        self.put(there, rows);
        true
    }

    /// Moves it from rows that are about to go to the nearest one that stays: the next, else the one before.
    pub(super) fn leave(&mut self, gone: &[K], rows: &[K]) {
        let here = self.place(rows);
        if !rows.get(here).is_some_and(|row| gone.contains(row)) {
            return;
        }
        let stays = |place: &usize| rows.get(*place).is_some_and(|row| !gone.contains(row));
        let after = (here..rows.len()).find(stays);
        if let Some(place) = after.or_else(|| (0..here).rev().find(stays)) {
            self.put(place, rows);
        }
    }
}

/// The rows to draw around the selected one, which stays in the middle as far as that is possible.
pub(super) fn window(total: usize, selected: usize, height: u16) -> Range<usize> {
    let above = selected.saturating_sub(usize::from(height) / 2);
    list::window(total, selected, above, height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_on_its_item_when_rows_come_and_go() {
        let mut cursor = Cursor::default();
        cursor.put(1, &['a', 'b', 'c']);
        assert_eq!(cursor.item(&['x', 'a', 'b', 'c']), Some('b'));
        assert_eq!(cursor.item(&['a', 'c']), Some('c'));
        assert_eq!(cursor.item(&['a']), Some('a'));
        assert_eq!(cursor.item(&[]), None);
    }

    #[test]
    fn movement_stops_at_both_ends() {
        let rows = ['a', 'b', 'c'];
        let mut cursor = Cursor::default();
        for (id, expected) in [
            (CommandId::Up, 'a'),
            (CommandId::Down, 'b'),
            (CommandId::PageDown, 'c'),
            (CommandId::Down, 'c'),
            (CommandId::Top, 'a'),
            (CommandId::End, 'c'),
        ] {
            assert!(cursor.step(id, &rows));
            assert_eq!(cursor.item(&rows), Some(expected), "{id:?}");
        }
        assert!(!cursor.step(CommandId::Done, &rows));
    }

    #[test]
    fn the_cursor_leaves_rows_that_go() {
        let rows = ['a', 'b', 'c'];
        let mut cursor = Cursor::default();
        cursor.put(1, &rows);
        cursor.leave(&['b'], &rows);
        assert_eq!(cursor.item(&rows), Some('c'));
        cursor.leave(&['c'], &rows);
        assert_eq!(cursor.item(&rows), Some('b'));
        cursor.leave(&['a', 'b', 'c'], &rows);
        assert_eq!(cursor.item(&rows), Some('b'));
    }
}
