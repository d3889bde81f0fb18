//! Where the panes of the planner stand on screens of each size.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::id::CommandId;
use crate::tui::screen::plan::desk::Desk;
use crate::tui::screen::plan::{Focus, Plan, budget, carry, detail};
use crate::tui::screen::table;
use crate::tui::view::Paint;
use crate::tui::widget::text;

impl Plan {
    pub(super) fn draw_wide(
        &self,
        desk: &Desk<'_>,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let carried = carry::rows(desk).len();
        let carried = u16::try_from(carried).unwrap_or(u16::MAX);
        let carry_rows = if carried == 0 { 0 } else { carried.min(4) + 2 };
        let (upper, lower) = split(area, area.height.saturating_sub(budget::TALL + carry_rows));
        let (bars, items) = split(lower, budget::TALL);
        let left = Rect {
            width: 74.min(upper.width),
            ..upper
        };
        let right = Rect {
            x: upper.x + left.width,
            width: upper.width - left.width,
            ..upper
        };
        self.draw_agenda(desk, left, buf, paint);
        self.draw_detail(desk, right, buf, paint);
        self.draw_budget(desk, bars, buf, paint);
        if carry_rows > 0 {
            self.draw_carry(desk, items, buf, paint);
        }
    }

    /// One pane, and the sum in the last row.
    pub(super) fn draw_small(
        &self,
        desk: &Desk<'_>,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let with_sum = u16::from(area.height >= 8 && area.width >= 30);
        let (upper, last) = split(area, area.height - with_sum);
        match self.focus(desk) {
            Focus::Agenda => self.draw_agenda(desk, upper, buf, paint),
            Focus::Carry => self.draw_carry(desk, upper, buf, paint),
        }
        let (mut sum, last) = (budget::sum(desk, paint.styles), text::after(last, 1));
        // The sum comes first, and what follows from it is there in full or not at all.
        while sum.spans.len() > 1 && text::line_width(&sum) > last.width {
            sum.spans.pop();
        }
        text::put_line(&sum, last, buf);
    }

    pub(super) fn draw_stacked(
        &self,
        desk: &Desk<'_>,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let panes = detail::LOW + budget::LOW;
        let (upper, lower) = split(area, area.height.saturating_sub(panes));
        self.draw_agenda(desk, upper, buf, paint);
        if self.focus(desk) == Focus::Carry {
            return self.draw_carry(desk, lower, buf, paint);
        }
        let (middle, bars) = split(lower, detail::LOW);
        self.draw_detail(desk, middle, buf, paint);
        self.draw_budget(desk, bars, buf, paint);
    }
}

/// The first rows of an area, and the others.
fn split(area: Rect, rows: u16) -> (Rect, Rect) {
    (table::above(area, rows), table::below(area, rows))
}

/// What the screen says where nothing is planned.
pub(super) fn draw_nothing(area: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
    let styles = paint.styles;
    let content = table::pane("Plan", "", !paint.covered, area, (buf, styles));
    let circle = paint.view.circle.and_then(|id| paint.view.state.circle(id));
    let (sentence, verb) = match circle {
        _ if !paint.view.ready => return table::empty("loading", &[], content, (buf, styles)),
        Some(circle) => (
            format!("No session of {} is planned.", circle.name),
            "plan one",
        ),
        None => ("There is no circle yet.".to_owned(), "make one"),
    };
    let keys = paint.view.keys.hints(&[(CommandId::Open, verb)]);
    table::empty(&sentence, &keys, content, (buf, styles));
}
