//! The circles, when each meets next, and how many of its actions are late.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::circle::Circle;
use crate::domain::when;
use crate::theme::Role;
use crate::theme::glyphs::Mark;
use crate::tui::say::{self, Urgency};
use crate::tui::view::{Paint, View};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::hints::{self, Hint};
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// Cells of what a circle meets for, with two blanks behind it.
const KIND: u16 = 11;
/// Cells of the day of its next session, with two blanks behind it.
const NEXT: u16 = 12;
/// Cells of how its actions stand.
const HEALTH: u16 = 8;

/// Circles that do not rest; while a session runs its own alone.
pub(super) fn rows<'a>(view: &View<'a>) -> Vec<&'a Circle> {
    let only = view.state.running().map(|(circle, ..)| circle);
    view.state
        .circles()
        .filter(|circle| circle.archived.is_none())
        .filter(|circle| only.is_none_or(|only| only == circle.id))
        .collect()
}

/// Draws the pane; `marked` is the circle under the cursor.
pub(super) fn draw(
    paint: &Paint<'_>,
    area: Rect,
    (focused, marked): (bool, usize),
    buf: &mut Buffer,
) {
    let styles = paint.styles;
    let rows = rows(&paint.view);
    let marked = marked.min(rows.len().saturating_sub(1));
    let content = Pane::new("Circles")
        .meta(Line::from(rows.len().to_string()))
        .focused(focused)
        .draw(area, buf, styles);
    let keys = u16::from(content.height >= 6);
    let room = content.height - keys;
    for (place, index) in (0u16..).zip(list::window(rows.len(), marked, 0, room)) {
        let Some(circle) = rows.get(index) else {
            continue;
        };
        let chosen = paint.view.circle == Some(circle.id);
        let look = match (index == marked && focused, chosen) {
            (true, _) => Look::Selected,
            (false, true) => Look::SelectedElsewhere,
            (false, false) => Look::Plain,
        };
        let at = text::row(content, place);
        list::draw_row(&Line::default(), look, list::rows_of(at), buf, styles);
        draw_row(paint, circle, look, at, buf);
    }
    if keys > 0 {
        let last = text::row(content, content.height - 1);
        hints::draw_quiet(&[Hint::new("a", "new circle")], last, buf, styles);
    }
}

fn draw_row(paint: &Paint<'_>, circle: &Circle, look: Look, area: Rect, buf: &mut Buffer) {
    let (view, styles) = (&paint.view, paint.styles);
    let quiet = look.quiet(styles);
    let today = view.now.date(view.zone);
    let runs = view
        .state
        .running()
        .is_some_and(|(running, ..)| running == circle.id);
    let next = match view.state.next_session(circle.id) {
        _ if runs => "running".to_owned(),
        Some(session) => when::short(session.start.date(view.zone), today),
        None => "no date".to_owned(),
    };
    let open = view.state.open_actions(circle.id);
    let late = open
        .iter()
        .filter(|a| say::due(view, circle.id, a.due, false).1 == Urgency::Late)
        .count();
    let health = match late {
        0 => Span::styled("on track", styles.of(Role::Good)),
        n => Span::styled(format!("{n} late"), styles.bold(Role::Warn)),
    };
    let mark = match look {
        Look::Selected | Look::SelectedElsewhere => Mark::Cursor,
        Look::Plain | Look::Now => Mark::None,
    };
    let marked = list::cursor_mark(mark, styles);
    let marks = text::width(&marked.content);
    let days = NEXT.max(text::width(&next) + 2);
    let name = text::width(circle.name.as_str());
    let mut right = Vec::new();
    // The kind says least: it gives way to a name that needs its room.
    if area.width >= name.saturating_add(marks + KIND + days + HEALTH + 2) {
        right.push(Span::styled(text::pad(circle.kind.word(), KIND), quiet));
    }
    right.push(Span::styled(text::pad(&next, days), styles.of(Role::Text)));
    let blank = HEALTH.saturating_sub(text::width(&health.content));
    right.push(health);
    right.push(Span::raw(" ".repeat(blank.into())));
    let right = Line::from(right);
    let used = text::put_right(&right, area, buf);
    let left = Rect {
        width: area.width.saturating_sub(used + 2),
        ..area
    };
    let line = Line::from(vec![
        marked,
        Span::styled(circle.name.to_string(), styles.bold(Role::Text)),
    ]);
    text::put_line(&line, left, buf);
}
