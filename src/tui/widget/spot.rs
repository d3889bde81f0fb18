//! What on the screen answers to the mouse. Drawing tells it while somebody asks, and nothing at any other time, so
//! that no second layout has to agree with the first: a click draws once more, into a buffer that is thrown away.

use std::cell::RefCell;

use ratatui::layout::{Position, Rect};

use crate::command::id::{Arg, CommandId};

/// Whether the mark of a list stands on a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// It does not.
    No,
    /// It does, or something else makes the row stand out, in a pane without the keyboard.
    Elsewhere,
    /// It does, in the pane that has the keyboard.
    Here,
}

/// What a place on the screen does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A pane; `true` if it has the keyboard.
    Pane(bool),
    /// A row that the mark can stand on.
    Row(Marked),
    /// Another line of the row before.
    More,
    /// Runs a command whose key a hint shows, in the pane that the hint belongs to.
    Hint(CommandId, Arg),
    /// Presses these keys, as hints show them: `g l`.
    Keys(String),
    /// Presses a key that goes on with those that were pressed.
    Next(String),
    /// Runs a command.
    Command(CommandId, Arg),
    /// Opens the tab with this place in the header.
    Tab(usize),
    /// A line of text in which the caret can stand.
    Field,
}

thread_local! {
    /// What was told so far; nothing unless somebody asks.
    static TOLD: RefCell<Option<Vec<(Rect, Spot)>>> = const { RefCell::new(None) };
}

/// Draws and listens to what drawing tells.
pub fn told(draw: impl FnOnce()) -> Spots {
    /// Ends the listening whatever becomes of the drawing.
    struct Ear;
    impl Drop for Ear {
        fn drop(&mut self) {
            TOLD.set(None);
        }
    }
    let ear = Ear;
    TOLD.set(Some(Vec::new()));
    draw();
    let all = TOLD.take().unwrap_or_default();
    drop(ear);
    Spots { all }
}

/// Tells that a place does something.
pub fn tell(area: Rect, spot: impl FnOnce() -> Spot) {
    TOLD.with_borrow_mut(|told| {
        if let Some(told) = told
            && !area.is_empty()
        {
            told.push((area, spot()));
        }
    });
}

/// Something else lies over all that was drawn so far and has the keyboard.
pub fn cover() {
    TOLD.with_borrow_mut(|told| {
        if let Some(told) = told {
            told.clear();
        }
    });
}

/// The places of one frame, those that lie over others last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spots {
    all: Vec<(Rect, Spot)>,
}

impl Spots {
    /// What is under the pointer.
    pub fn at(&self, at: Position) -> Option<&Spot> {
        let index = self.index(at)?;
        self.all.get(index).map(|(_, spot)| spot)
    }

    /// The pane under the pointer.
    pub fn pane(&self, at: Position) -> Option<Rect> {
        let (area, _) = self.all.get(self.pane_before(self.index(at)? + 1)?)?;
        // Rows of keys below the panes belong to none.
        Some(*area).filter(|area| area.contains(at))
    }

    /// The pane that has the keyboard.
    pub fn focused(&self) -> Option<Rect> {
        let panes = self.all.iter().rev();
        let mut focused = panes.filter(|(_, spot)| *spot == Spot::Pane(true));
        focused.next().map(|(area, _)| *area)
    }

    /// How many rows below the marked one the row under the pointer is; less than zero above it.
    pub fn steps(&self, at: Position) -> Option<isize> {
        let index = self.index(at)?;
        let rows = self.rows(index);
        let here = rows.iter().rposition(|row| *row <= index)?;
        let is_row = matches!(self.all.get(index), Some((_, Spot::Row(_) | Spot::More)));
        let marked = self.marked(&rows).filter(|_| is_row)?;
        here.checked_signed_diff(marked)
    }

    /// The row so many below the marked one, in the pane under the pointer.
    pub fn row(&self, at: Position, steps: isize) -> Option<Rect> {
        let rows = self.rows(self.index(at)?);
        let place = self.marked(&rows)?.checked_add_signed(steps)?;
        let (area, _) = self.all.get(*rows.get(place)?)?;
        Some(*area)
    }

    /// Whether rows can be marked in the pane under the pointer.
    pub fn has_rows(&self, at: Position) -> bool {
        self.index(at)
            .is_some_and(|index| !self.rows(index).is_empty())
    }

    /// The rows that can be marked, and whether they are.
    #[cfg(test)]
    pub(crate) fn rows_drawn(&self) -> Vec<(Rect, bool)> {
        let rows = self.all.iter();
        rows.filter_map(|(area, spot)| match spot {
            Spot::Row(marked) => Some((*area, *marked == Marked::Here)),
            _ => None,
        })
        .collect()
    }

    /// The topmost place under the pointer.
    fn index(&self, at: Position) -> Option<usize> {
        self.all.iter().rposition(|(area, _)| area.contains(at))
    }

    /// The last pane that was told before that place.
    fn pane_before(&self, index: usize) -> Option<usize> {
        let before = self.all.get(..index)?;
        before
            .iter()
            .rposition(|(_, spot)| matches!(spot, Spot::Pane(_)))
    }

    /// The rows that are drawn together with that place.
    fn rows(&self, index: usize) -> Vec<usize> {
        let from = self.pane_before(index + 1).unwrap_or(0);
        let rest = self.all.iter().enumerate().skip(from);
        let rest =
            rest.take_while(|(place, (_, spot))| *place == from || !matches!(spot, Spot::Pane(_)));
        rest.filter(|(_, (_, spot))| matches!(spot, Spot::Row(_)))
            .map(|(place, _)| place)
            .collect()
    }

    fn marked(&self, rows: &[usize]) -> Option<usize> {
        let find = |wanted| {
            let row = Spot::Row(wanted);
            rows.iter()
                .position(|at| self.all.get(*at).is_some_and(|(_, spot)| *spot == row))
        };
        find(Marked::Here).or_else(|| find(Marked::Elsewhere))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(y: u16) -> Rect {
        Rect::new(1, y, 10, 1)
    }

    fn list() -> Spots {
        told(|| {
            tell(Rect::new(0, 0, 20, 9), || Spot::Pane(true));
            tell(line(1), || Spot::Row(Marked::No));
            tell(line(2), || Spot::Row(Marked::Here));
            tell(line(3), || Spot::More);
            tell(line(4), || Spot::Row(Marked::No));
            tell(line(5), || Spot::More);
            tell(line(7), || Spot::Keys("g l".to_owned()));
            tell(Rect::new(20, 0, 20, 9), || Spot::Pane(false));
            tell(Rect::new(21, 1, 10, 1), || Spot::Row(Marked::No));
            tell(line(30), || Spot::Keys("c".to_owned()));
        })
    }

    fn steps(y: u16) -> Option<isize> {
        list().steps(Position::new(3, y))
    }

    #[test]
    fn rows_are_counted_from_the_marked_one() {
        assert_eq!(steps(1), Some(-1));
        assert_eq!(steps(2), Some(0));
        assert_eq!(steps(3), Some(0));
        assert_eq!(steps(4), Some(1));
        assert_eq!(steps(5), Some(1));
        assert_eq!(steps(7), None);
        assert_eq!(steps(8), None);
        assert_eq!(list().steps(Position::new(22, 1)), None);
    }

    #[test]
    fn without_the_keyboard_rows_are_counted_from_the_one_that_stands_out() {
        let spots = |marked| {
            told(|| {
                tell(line(1), || Spot::Row(Marked::Elsewhere));
                tell(line(2), || Spot::Row(marked));
                tell(line(3), || Spot::Row(Marked::No));
            })
        };
        let steps = |marked| spots(marked).steps(Position::new(3, 3));
        assert_eq!(steps(Marked::No), Some(2));
        assert_eq!(steps(Marked::Here), Some(1));
    }

    #[test]
    fn a_row_is_found_again_by_its_distance() {
        let at = Position::new(3, 8);
        assert_eq!(list().row(at, 1), Some(line(4)));
        assert_eq!(list().row(at, -1), Some(line(1)));
        assert_eq!(list().row(at, 2), None);
    }

    #[test]
    fn each_place_belongs_to_the_pane_that_was_drawn_before_it() {
        let spots = list();
        let left = Rect::new(0, 0, 20, 9);
        assert_eq!(spots.pane(Position::new(3, 4)), Some(left));
        assert_eq!(spots.pane(Position::new(15, 8)), Some(left));
        let right = Rect::new(20, 0, 20, 9);
        assert_eq!(spots.pane(Position::new(22, 1)), Some(right));
        assert_eq!(spots.pane(Position::new(30, 8)), Some(right));
        assert_eq!(spots.pane(Position::new(50, 1)), None);
        assert_eq!(spots.pane(Position::new(3, 30)), None);
        assert!(spots.at(Position::new(3, 30)).is_some());
        assert_eq!(spots.focused(), Some(left));
    }

    #[test]
    fn what_lies_over_other_things_has_the_click_alone() {
        let spots = told(|| {
            tell(line(1), || Spot::Row(Marked::No));
            cover();
            tell(Rect::new(0, 0, 8, 3), || Spot::Pane(true));
            tell(line(2), || Spot::Field);
        });
        assert_eq!(spots.at(Position::new(3, 1)), Some(&Spot::Pane(true)));
        assert_eq!(spots.at(Position::new(9, 1)), None);
        assert_eq!(spots.at(Position::new(9, 2)), Some(&Spot::Field));
    }

    #[test]
    fn nothing_is_told_unless_somebody_asks() {
        tell(line(1), || unreachable!("nobody listens"));
        assert_eq!(told(|| {}), Spots::default());
        let broken = std::panic::catch_unwind(|| told(|| panic!("drawing failed")));
        assert!(broken.is_err());
        tell(line(1), || unreachable!("nobody listens any more"));
    }
}
