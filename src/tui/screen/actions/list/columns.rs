//! The columns of the list: what there is room for, and what stands over them.

use ratatui::text::{Line, Span};

use crate::domain::filter::sought::Is;
use crate::theme::{Role, Styles};
use crate::tui::screen::actions::listed::Widths;
use crate::tui::screen::table::{self, Cell};
use crate::tui::widget::text;

/// Cells below which dates are written in the fewest letters.
const BRIEF: u16 = 44;

/// Cells of each column; 0 leaves it out.
pub(super) struct Columns {
    pub(super) id: u16,
    pub(super) due: u16,
    /// Dates in the fewest letters.
    pub(super) brief: bool,
    pub(super) circle: u16,
    pub(super) owner: u16,
    pub(super) short: bool,
    pub(super) words: u16,
    pub(super) tags: u16,
    pub(super) seen: u16,
}

impl Columns {
    /// What fits: the words of the action first, then date, owner, tags, how often it was seen.
    pub(super) fn of(widths: &Widths, width: u16, styles: &Styles) -> Self {
        let room = width.saturating_sub(2 + styles.glyphs().state_cells());
        let short = room < 84;
        let mut columns = Self {
            id: widths.id.min(6),
            due: widths.due.min(if room < BRIEF { 10 } else { 15 }),
            brief: room < BRIEF,
            circle: widths.circle.min(if short { 10 } else { 16 }),
            owner: if short {
                widths.short.min(10)
            } else {
                widths.owner.min(16)
            },
            short,
            words: 0,
            tags: if room < 62 { 0 } else { widths.tags.min(14) },
            seen: if short { 0 } else { 4 },
        };
        if room < 62 {
            columns.circle = 0;
        }
        if room < 44 {
            columns.owner = 0;
        }
        if room < 36 {
            columns.id = 0;
        }
        if room < 24 {
            columns.due = 0;
        }
        let taken: u16 = [
            columns.id,
            columns.due,
            columns.circle,
            columns.owner,
            columns.tags,
        ]
        .iter()
        .filter(|cells| **cells > 0)
        .map(|cells| cells + 2)
        .sum();
        let seen = if columns.seen > 0 {
            columns.seen + 3
        } else {
            0
        };
        columns.words = room.saturating_sub(taken + seen);
        columns
    }
}

/// What stands over the columns.
pub(super) fn heads(columns: &Columns, place: Is, styles: &Styles) -> Line<'static> {
    let style = styles.of(Role::Muted);
    let when = match place {
        Is::Done => "closed",
        Is::Trash => "since",
        Is::Open | Is::Overdue | Is::Week | Is::Blocked | Is::Nobody | Is::Help => "due",
    };
    let marks = text::pad("", 2 + styles.glyphs().state_cells());
    table::line(
        vec![Span::raw(marks)],
        [
            Cell::new("", columns.id, style),
            Cell::new(when, columns.due, style),
            Cell::new("circle", columns.circle, style),
            Cell::new("owner", columns.owner, style),
            Cell::new("action", columns.words, style),
            Cell::new("tags", columns.tags, style),
            Cell::new("seen", columns.seen, style).last().right(),
        ],
    )
}
