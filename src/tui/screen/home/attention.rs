//! Open actions of all circles, soonest due first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::circle::Circle;
use crate::domain::id::{Key, Kind};
use crate::domain::item::{Action, Owner};
use crate::theme::Role;
use crate::theme::glyphs::Mark;
use crate::tui::say::{self, Urgency};
use crate::tui::view::{Paint, View};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// An open action and its circle.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// The circle.
    pub(super) circle: &'a Circle,
    /// The action.
    pub(super) action: &'a Action,
}

impl Row<'_> {
    /// Its key.
    pub(super) const fn key(&self) -> Key {
        Key::circle(self.circle.id, Kind::Action, self.action.id.0)
    }
}

/// All of them; while a session runs those of its circle alone.
pub(super) fn rows<'a>(view: &View<'a>) -> Vec<Row<'a>> {
    let state = view.state;
    let only = state.running().map(|(circle, ..)| circle);
    let circles = state
        .circles()
        .filter(|circle| circle.archived.is_none())
        .filter(|circle| only.is_none_or(|only| only == circle.id));
    let mut rows: Vec<Row<'a>> = circles
        .flat_map(|circle| {
            let actions = state.open_actions(circle.id);
            actions
                .into_iter()
                .map(move |action| Row { circle, action })
        })
        .collect();
    rows.sort_by_key(|row| {
        let due = state.due_at(row.circle.id, row.action.due);
        (due.is_none(), due, row.action.origin.at)
    });
    rows
}

/// Draws the pane; `marked` is the row that keys act on.
pub(super) fn draw(
    paint: &Paint<'_>,
    area: Rect,
    (focused, marked): (bool, usize),
    buf: &mut Buffer,
) {
    let styles = paint.styles;
    let rows = rows(&paint.view);
    let marked = marked.min(rows.len().saturating_sub(1));
    let heads = area.width >= 110 && area.height >= 8;
    let plain = Pane::new("Needs attention").content(area);
    let room = plain.height.saturating_sub(u16::from(heads));
    let window = list::window(rows.len(), marked, 0, room);
    let meta = match rows.len() {
        0 => String::new(),
        all if window.len() == all => format!("{all} open"),
        all => format!("{} of {all} open", window.len()),
    };
    let content = Pane::new("Needs attention")
        .meta(Line::from(meta))
        .focused(focused)
        .draw(area, buf, styles);
    if rows.is_empty() {
        let words = "No action is open.";
        text::put(words, styles.of(Role::Text), text::row(content, 0), buf);
        return;
    }
    if heads {
        let muted = styles.of(Role::Muted);
        let head = text::row(content, 0);
        let left = format!(
            "     {}  {}  action",
            text::pad("due", 13),
            text::pad("owner", 14)
        );
        text::put(&left, muted, head, buf);
        let right = format!("{}{}  age", text::pad("circle", 18), text::pad("tags", 14));
        text::put_right(&Line::from(Span::styled(right, muted)), head, buf);
    }
    for (place, index) in (u16::from(heads)..).zip(window) {
        let Some(row) = rows.get(index) else { continue };
        let look = match (index == marked, focused) {
            (true, true) => Look::Selected,
            (true, false) => Look::SelectedElsewhere,
            (false, _) => Look::Plain,
        };
        let at = text::row(content, place);
        list::draw_row(&Line::default(), look, list::rows_of(at), buf, styles);
        draw_row(paint, row, (index, look), at, buf);
    }
}

fn draw_row(
    paint: &Paint<'_>,
    row: &Row<'_>,
    (index, look): (usize, Look),
    area: Rect,
    buf: &mut Buffer,
) {
    let (view, styles) = (&paint.view, paint.styles);
    let wide = area.width >= 106;
    let marked = matches!(look, Look::Selected | Look::SelectedElsewhere);
    let mark = if marked { Mark::Cursor } else { Mark::None };
    let (due, urgency) = say::due(view, row.circle.id, row.action.due, false);
    let due_style = match urgency {
        Urgency::Late | Urgency::Today => styles.bold(Role::Warn),
        Urgency::Calm => look.main(styles),
    };
    let who = say::owner(view, row.circle.id, row.action.owner, !wide);
    let who_style = if row.action.owner == Owner::Nobody {
        styles.of(Role::Warn)
    } else {
        look.main(styles)
    };
    let digit = if index < 9 {
        (index + 1).to_string()
    } else {
        String::new()
    };
    let (due_cells, who_cells) = if wide { (13, 14) } else { (12, 9) };
    let left = Line::from(vec![
        list::cursor_mark(mark, styles),
        Span::styled(text::pad(&digit, if wide { 3 } else { 2 }), styles.key()),
        Span::styled(text::pad(&due, due_cells), due_style),
        Span::raw("  "),
        Span::styled(text::pad(&who, who_cells), who_style),
        Span::raw("  "),
    ]);
    let quiet = look.quiet(styles);
    let mut right = Vec::new();
    let narrow = area.width < 70;
    if !narrow {
        let cells = if wide { 16 } else { 11 };
        right.push(Span::styled(
            text::pad(row.circle.name.as_str(), cells),
            quiet,
        ));
    }
    if wide {
        let tags: Vec<String> = row
            .action
            .tags
            .iter()
            .map(|tag| format!("#{tag}"))
            .collect();
        let age = (view.now - row.action.origin.at).whole_secs() / 86_400;
        right.push(Span::styled(
            format!("  {}", text::pad(&tags.join(" "), 12)),
            quiet,
        ));
        right.push(Span::styled(text::right(&format!("{age} d"), 7), quiet));
    }
    let used = text::put_right(&Line::from(right), area, buf);
    let taken = text::put_line(&left, area, buf);
    let rest = text::after(area, taken);
    let middle = Rect {
        width: rest.width.saturating_sub(used + 1),
        ..rest
    };
    text::put(row.action.text.as_str(), look.main(styles), middle, buf);
}
