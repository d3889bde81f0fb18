//! Where the panes of the home screen stand at each size. What does not fit beside the others takes the lower half
//! when it is gone to.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::screen::home::circles::Shown;
use crate::tui::screen::home::model::Model;
use crate::tui::screen::home::{Focus, HomeScreen, attention, book, circles, last, next};
use crate::tui::view::Paint;
use crate::tui::widget::text;

/// Rows above and below a line.
fn split(area: Rect, top: u16) -> (Rect, Rect) {
    let top = top.min(area.height);
    let upper = Rect {
        height: top,
        ..area
    };
    let lower = Rect {
        y: area.y.saturating_add(top),
        height: area.height - top,
        ..area
    };
    (upper, lower)
}

/// The columns left and right of a line.
fn columns(area: Rect, left: u16) -> (Rect, Rect) {
    let first = Rect {
        width: left.min(area.width),
        ..area
    };
    (first, text::after(area, left))
}

impl HomeScreen {
    /// Draws the panes that have data and room.
    pub(super) fn draw_panes(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
        let model = &*self.memo.of(&paint.view);
        if area.width < 40 || area.height < 9 {
            next::words((paint, model), area, buf);
            return;
        }
        let wide = area.width >= 110;
        let roomy = wide && area.height >= 30;
        // What runs needs three lines; where there is little room the others are for what needs attention.
        let runs = paint.view.state.running().is_some();
        let high = match (roomy, runs && area.height < 15) {
            (true, _) => 13,
            (false, true) => 5,
            (false, false) => 7,
        };
        let (upper, rest) = split(area, high);
        let left = if wide {
            area.width * 72 / 120
        } else {
            area.width
        };
        let (first, second) = columns(upper, left);
        let focused = |focus: Focus| self.focus == focus && !paint.covered;
        next::draw((paint, model), first, focused(Focus::Next), buf);
        let mut visible = vec![Focus::Next, Focus::Attention];
        if wide {
            self.draw_pane(Focus::Circles, (paint, model), second, buf);
            visible.push(Focus::Circles);
        }
        let below = Self::below(model, (wide, area), paint);
        let wants = match (below.is_empty(), roomy) {
            (true, _) => 0,
            (false, true) => 8,
            (false, false) => 6,
        };
        let bottom = if rest.height >= wants + 5 { wants } else { 0 };
        let (middle, lower) = split(rest, rest.height - bottom);
        if bottom > 0 {
            let (one, other) = columns(lower, area.width / 2);
            match below.as_slice() {
                [only] => self.draw_pane(*only, (paint, model), lower, buf),
                [first, second, ..] => {
                    self.draw_pane(*first, (paint, model), one, buf);
                    self.draw_pane(*second, (paint, model), other, buf);
                }
                [] => {}
            }
            visible.extend(below);
        }
        let (_, rows) = split(middle, u16::from(roomy));
        self.draw_middle((paint, model), &visible, rows, buf);
    }

    /// The panes of the lowest rows.
    fn below(model: &Model, (wide, area): (bool, Rect), paint: &Paint<'_>) -> Vec<Focus> {
        let mut below = Vec::new();
        let last = last::of(model, &paint.view).is_some();
        let reads = book::shown(model).is_some();
        if !wide {
            if area.width < 80 || area.height < 19 {
                return below;
            }
            below.push(Focus::Circles);
            if reads {
                below.push(Focus::Book);
                return below;
            }
        }
        below.extend(last.then_some(Focus::Last));
        below.extend((wide && reads).then_some(Focus::Book));
        below
    }

    /// What stands between: what needs attention, unless a pane was gone to that is not in sight.
    fn draw_middle(
        &self,
        (paint, model): (&Paint<'_>, &Model),
        visible: &[Focus],
        area: Rect,
        buf: &mut Buffer,
    ) {
        let focused = !paint.covered;
        match self.focus {
            Focus::Circles if self.shows_table(model, area) => {
                let at = (focused, self.circle_place(model));
                circles::draw_table((paint, &self.listed(model)), area, at, buf);
            }
            other if !visible.contains(&other) => {
                self.draw_pane(other, (paint, model), area, buf);
            }
            Focus::Next | Focus::Attention | Focus::Circles | Focus::Last | Focus::Book => {
                self.draw_pane(Focus::Attention, (paint, model), area, buf);
            }
        }
    }

    fn draw_pane(
        &self,
        pane: Focus,
        (paint, model): (&Paint<'_>, &Model),
        area: Rect,
        buf: &mut Buffer,
    ) {
        let mut focused = self.focus == pane && !paint.covered;
        match pane {
            Focus::Next => next::draw((paint, model), area, focused, buf),
            Focus::Attention => {
                let marked = self.attention.place(&model.attention);
                let at = (focused, marked, !self.numbers_plan(model));
                attention::draw((paint, model), area, at, buf);
            }
            Focus::Circles => {
                // The cursor is in the table, where there is one.
                focused &= !self.shows_table(model, buf.area);
                let at = (focused, self.circle_place(model));
                circles::draw((paint, &self.listed(model)), area, at, buf);
            }
            Focus::Last => {
                if let Some(last) = last::of(model, &paint.view) {
                    last::draw(paint, area, (focused, last), buf);
                }
            }
            Focus::Book => book::draw((paint, model), area, focused, buf),
        }
    }

    /// Whether the counts of all circles stand in the middle of a screen so wide.
    fn shows_table(&self, model: &Model, area: Rect) -> bool {
        self.focus == Focus::Circles && model.has_table() && area.width >= 80
    }

    fn listed<'a>(&'a self, model: &'a Model) -> Shown<'a> {
        Shown {
            model,
            counted: &self.counted,
        }
    }
}
