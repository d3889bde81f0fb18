//! Where the panes of the home screen stand at each size.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::tui::screen::home::{Focus, HomeScreen, attention, circles, last, next};
use crate::tui::view::Paint;
use crate::tui::widget::text;

impl HomeScreen {
    /// Draws the panes that have data and room.
    pub(super) fn draw_panes(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
        let has = |focus: Focus| self.focus == focus && !paint.covered;
        let last = self.last(&paint.view);
        if area.width < 40 || area.height < 9 {
            next::words(paint, area, buf);
            return;
        }
        let wide = area.width >= 110;
        let roomy = wide && area.height >= 30;
        let columns = area.width >= 80;
        let top = if roomy { 12 } else { 7 };
        let (upper, rest) = next::rows(area, top);
        let split = if wide {
            area.width * 72 / 120
        } else {
            area.width
        };
        let left = Rect {
            width: split,
            ..upper
        };
        let bottom = match (wide, columns && area.height >= 19) {
            (true, _) if last.is_some() => {
                if roomy {
                    8
                } else {
                    6
                }
            }
            (false, true) => 6,
            _ => 0,
        };
        let bottom = if rest.height >= bottom + 5 { bottom } else { 0 };
        let questions = !self.bank.is_empty();
        next::draw(paint, left, (has(Focus::Next), questions), buf);
        let middle = rest.height - bottom;
        let gap = u16::from(roomy);
        let (_, rows) = next::rows(
            Rect {
                height: middle,
                ..rest
            },
            gap,
        );
        attention::draw(paint, rows, (has(Focus::Attention), self.attention), buf);
        let (_, lower) = next::rows(rest, middle);
        let at = (has(Focus::Circles), self.circle);
        if wide {
            circles::draw(paint, text::after(upper, split), at, buf);
            if let Some(last) = last {
                last::draw(paint, lower, (has(Focus::Last), last), buf);
            }
        } else if bottom > 0 {
            let half = if last.is_some() {
                area.width / 2
            } else {
                area.width
            };
            circles::draw(
                paint,
                Rect {
                    width: half,
                    ..lower
                },
                at,
                buf,
            );
            if let Some(last) = last {
                last::draw(
                    paint,
                    text::after(lower, half),
                    (has(Focus::Last), last),
                    buf,
                );
            }
        }
    }
}
