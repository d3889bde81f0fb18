//! The row under the header: which session, which block and step, how far along, and how that compares
//! with the plan.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::clock::{Moment, Zone};
use crate::theme::{Role, Styles};
use crate::tui::pane::stage::{Pace, Stage};
use crate::tui::say;
use crate::tui::widget::bar::{Bar, Share};
use crate::tui::widget::text;

/// From this many columns on, words are written out.
const WIDE: u16 = 110;

/// Draws the row.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let wide = area.width >= WIDE;
    let inner = Rect {
        width: area.width.saturating_sub(4),
        ..text::after(area, 2.min(area.width))
    };
    let inner = text::row(inner, 0);
    let place = place(stage, wide, styles);
    let room = inner.width.saturating_sub(text::line_width(&place) + 2);
    let used = right(stage, (wide, room), inner, buf, styles);
    let left = Rect {
        width: inner.width.saturating_sub(used + 2),
        ..inner
    };
    text::put_line(&place, left, buf);
}

/// Circle, number and block, as far as they fit.
pub fn place(stage: &Stage<'_>, wide: bool, styles: &Styles) -> Line<'static> {
    let gap = if wide { "   " } else { "  " };
    let (now, all) = (stage.block_index() + 1, stage.session.blocks.len().max(1));
    let block = if wide {
        format!("block {now} of {all}")
    } else {
        format!("{now} of {all}")
    };
    let mut spans = vec![
        Span::styled(
            format!("{} #{}", stage.circle.name, stage.session.number),
            styles.bold(Role::Text),
        ),
        Span::raw(gap),
        Span::styled(block, styles.of(Role::Muted)),
        Span::raw(gap),
        Span::styled(stage.block_title().to_owned(), styles.bold(Role::Text)),
    ];
    let lead = stage
        .block()
        .and_then(|block| block.lead)
        .and_then(|lead| stage.person(lead));
    if let Some(lead) = lead {
        let lead = format!(", {}", stage.short(lead));
        spans.push(Span::styled(lead, styles.of(Role::Text)));
    }
    let steps = stage.block().map_or(0, |block| block.steps.len());
    if let Some(live) = stage.live.filter(|_| wide && steps > 0) {
        let step = format!("{gap}step {} of {steps}", live.step + 1);
        spans.push(Span::styled(step, styles.of(Role::Muted)));
    }
    Line::from(spans)
}

/// The words for how the session compares with its plan.
pub fn pace(stage: &Stage<'_>, wide: bool, styles: &Styles) -> Span<'static> {
    let unit = if wide { " min" } else { "" };
    match stage.pace() {
        _ if stage.live.is_none() => Span::raw(""),
        Pace::Behind(minutes) => {
            Span::styled(format!("{minutes}{unit} behind"), styles.bold(Role::Warn))
        }
        Pace::Ahead(minutes) => {
            Span::styled(format!("{minutes}{unit} ahead"), styles.of(Role::Good))
        }
        Pace::OnPlan => Span::styled("on plan", styles.of(Role::Good)),
    }
}

/// A planned day with its weekday: `Thu 12 Mar`.
pub fn say_day(at: Moment, zone: Zone) -> String {
    at.date(zone).format("%a %-d %b").to_string()
}

/// The bar has at least so many cells.
const LEAST_BAR: u16 = 4;

/// How far the session is, from the right edge. The bar gives way where the block needs more than `room` leaves.
/// Returns the cells used.
fn right(
    stage: &Stage<'_>,
    (wide, room): (bool, u16),
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) -> u16 {
    let muted = styles.of(Role::Muted);
    let length = say::passed_wide(stage.session.length());
    let times = if stage.live.is_some() {
        vec![
            Span::styled(if wide { "session " } else { "" }, muted),
            Span::styled(say::passed_wide(stage.elapsed()), styles.bold(Role::Text)),
            Span::styled(format!(" of {length} "), muted),
        ]
    } else {
        let (start, zone) = (stage.session.start, stage.view.zone);
        let time = say::wall(start, zone);
        vec![
            Span::styled(format!("starts {} ", say_day(start, zone)), muted),
            Span::styled(time, styles.bold(Role::Text)),
            Span::styled(" ends ", muted),
            Span::styled(say::wall(stage.ends(), zone), styles.bold(Role::Text)),
        ]
    };
    let times = Line::from(times);
    let words = Line::from(pace(stage, wide, styles));
    let (bar, pace_room) = match (stage.live.is_some(), wide) {
        (true, true) => (18, 15),
        (true, false) => (8, 12),
        (false, _) => (0, 0),
    };
    let rest = text::line_width(&times) + pace_room;
    let bar = bar.min(room.saturating_sub(rest).max(LEAST_BAR.min(bar)));
    let used = rest + bar;
    if used > area.width {
        return 0;
    }
    let from = text::after(area, area.width - used);
    let taken = text::put_line(&times, from, buf);
    if bar > 0 {
        let share = Share::new(
            stage.elapsed().millis().unsigned_abs(),
            stage.session.length().millis().unsigned_abs(),
        );
        let at = Rect {
            width: bar,
            ..text::after(from, taken)
        };
        Bar::new(share).draw_row(at, buf, styles);
    }
    text::put_right(&words, from, buf);
    used
}
