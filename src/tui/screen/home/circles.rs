//! The circles, when each meets next, and how it does; for whoever looks after several, a table of counts. Nothing that
//! anybody wrote is in it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::health::{Figures, Health};
use crate::domain::when;
use crate::engine::query::CircleFigures;
use crate::theme::Role;
use crate::theme::glyphs::Mark;
use crate::tui::screen::home::book;
use crate::tui::screen::home::model::{self, Model};
use crate::tui::screen::table;
use crate::tui::view::Paint;
use crate::tui::widget::frame::Pane;
use crate::tui::widget::hints;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// Cells of what a circle meets for, with two blanks behind it.
const KIND: u16 = 11;
/// Cells of the day of its next session, with two blanks behind it.
const NEXT: u16 = 12;
/// Fewest cells of how it does.
const HEALTH: u16 = 8;
/// Cells of a name in the table and of each count with the blanks before it, where there is room for all words.
const WIDE: (u16, u16) = (24, 8);
/// The same at 80 columns.
const NARROW: (u16, u16) = (20, 6);

/// What the list is drawn from.
pub(super) struct Shown<'a> {
    /// The circles.
    pub(super) model: &'a Model,
    /// What the store counts of them.
    pub(super) counted: &'a [CircleFigures],
}

/// Draws the pane; `marked` is the circle under the cursor.
pub(super) fn draw(
    (paint, shown): (&Paint<'_>, &Shown<'_>),
    area: Rect,
    (focused, marked): (bool, usize),
    buf: &mut Buffer,
) {
    let styles = paint.styles;
    let content = frame("Circles", (paint, shown), area, focused, buf);
    let keys = u16::from(content.height >= 6);
    let listed = table::above(content, content.height - keys);
    let rows = seen((paint, shown), listed, (focused, marked), buf);
    let health = |line: &model::Line| text::width(&health(paint, shown, line).content);
    let cells = rows.iter().map(|row| health(row.0)).max();
    let cells = cells.unwrap_or(0).max(HEALTH);
    for (line, look, at) in rows {
        draw_row((paint, shown), (line, cells), look, at, buf);
    }
    if keys > 0 {
        let last = text::row(content, content.height - 1);
        let keys = paint.view.keys.hints(&[(CommandId::Add, "new circle")]);
        hints::draw_quiet(&keys, last, buf, styles);
    }
}

fn frame(
    title: &str,
    (paint, shown): (&Paint<'_>, &Shown<'_>),
    area: Rect,
    focused: bool,
    buf: &mut Buffer,
) -> Rect {
    Pane::new(title)
        .meta(Line::from(shown.model.circles.len().to_string()))
        .focused(focused)
        .draw(area, buf, paint.styles)
}

/// The circles that there is room for, each with its look and its row, which is coloured already.
fn seen<'a>(
    (paint, shown): (&Paint<'_>, &Shown<'a>),
    content: Rect,
    (focused, marked): (bool, usize),
    buf: &mut Buffer,
) -> Vec<(&'a model::Line, Look, Rect)> {
    let rows = &shown.model.circles;
    let marked = marked.min(rows.len().saturating_sub(1));
    let window = list::window(rows.len(), marked, 0, content.height);
    let visible = rows.get(window.clone()).unwrap_or_default();
    let placed = (0u16..).zip(window).zip(visible);
    let placed = placed.map(|((place, index), line)| {
        let look = look(paint, line, index == marked && focused);
        let at = text::row(content, place);
        list::draw_row(&Line::default(), look, list::rows_of(at), buf, paint.styles);
        (line, look, at)
    });
    placed.collect()
}

fn look(paint: &Paint<'_>, line: &model::Line, marked: bool) -> Look {
    match (marked, paint.view.circle == Some(line.id)) {
        (true, _) => Look::Selected,
        (false, true) => Look::SelectedElsewhere,
        (false, false) => Look::Plain,
    }
}

/// How a circle does, shortly: what wants a look, else what it reads.
fn health(paint: &Paint<'_>, shown: &Shown<'_>, line: &model::Line) -> Span<'static> {
    let styles = paint.styles;
    let health = line.figures.health(paint.view.now);
    match (health, book::goal(shown.model, line.id)) {
        (Health::OnTrack, Some(goal)) => Span::styled(goal, styles.of(Role::Muted)),
        (Health::OnTrack, None) => Span::styled(health.short(), styles.of(Role::Good)),
        (Health::Late(_) | Health::Apart(_) | Health::NeverMet(_), _) => {
            Span::styled(health.short(), styles.bold(Role::Warn))
        }
    }
}

fn next(paint: &Paint<'_>, line: &model::Line) -> String {
    let view = &paint.view;
    match line.figures.next {
        _ if line.runs => "running".to_owned(),
        Some(start) => when::short(start.date(view.zone), view.now.date(view.zone)),
        None => "no date".to_owned(),
    }
}

fn name(paint: &Paint<'_>, line: &model::Line, look: Look) -> Line<'static> {
    let mark = match look {
        Look::Selected => Mark::Cursor,
        // One cursor at a time: that of the pane that takes the keys.
        Look::SelectedElsewhere | Look::Plain | Look::Now => Mark::None,
    };
    Line::from(vec![
        list::cursor_mark(mark, paint.styles),
        Span::styled(line.name.to_string(), paint.styles.bold(Role::Text)),
    ])
}

fn draw_row(
    (paint, shown): (&Paint<'_>, &Shown<'_>),
    (line, cells): (&model::Line, u16),
    look: Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let styles = paint.styles;
    let next = next(paint, line);
    let health = health(paint, shown, line);
    let left = name(paint, line, look);
    let days = NEXT.max(text::width(&next) + 2);
    let mut right = Vec::new();
    // The kind says least: it gives way to a name that needs its room.
    if area.width >= text::line_width(&left).saturating_add(KIND + days + cells + 2) {
        let kind = text::pad(line.kind.word(), KIND);
        right.push(Span::styled(kind, look.quiet(styles)));
    }
    right.push(Span::styled(text::pad(&next, days), styles.of(Role::Text)));
    let blank = cells.saturating_sub(text::width(&health.content));
    right.push(health);
    right.push(Span::raw(" ".repeat(blank.into())));
    let used = text::put_right(&Line::from(right), area, buf);
    let room = Rect {
        width: area.width.saturating_sub(used + 2),
        ..area
    };
    text::put_line(&left, room, buf);
}

/// Draws all circles with their counts, where there is room beside the list.
pub(super) fn draw_table(
    (paint, shown): (&Paint<'_>, &Shown<'_>),
    area: Rect,
    (focused, marked): (bool, usize),
    buf: &mut Buffer,
) {
    let content = frame("All circles", (paint, shown), area, focused, buf);
    let cells = if content.width >= 100 { WIDE } else { NARROW };
    let heads = text::pad("", 2) + &text::pad("name", cells.0) + &text::pad("next", NEXT);
    let heads = heads + &counts(["came", "open", "late", "done"].map(str::to_owned), cells.1);
    let muted = paint.styles.of(Role::Muted);
    text::put(&heads, muted, text::row(content, 0), buf);
    let listed = table::below(content, 1);
    for (line, look, at) in seen((paint, shown), listed, (focused, marked), buf) {
        draw_counts((paint, shown), (line, cells), look, at, buf);
    }
}

/// Counts in their columns.
fn counts(counts: [String; 4], cells: u16) -> String {
    counts.map(|count| text::right(&count, cells)).concat()
}

fn draw_counts(
    (paint, shown): (&Paint<'_>, &Shown<'_>),
    (line, (named, counted)): (&model::Line, (u16, u16)),
    look: Look,
    area: Rect,
    buf: &mut Buffer,
) {
    let styles = paint.styles;
    let told = shown.counted.iter().find(|counted| counted.id == line.id);
    let figures: Figures = told.map_or(line.figures, |told| told.figures);
    let percent = |share: Option<u32>| share.map_or_else(String::new, |share| format!("{share}%"));
    let cells = [
        percent(figures.attendance.percent()),
        figures.open.to_string(),
        match figures.late {
            0 => String::new(),
            late => late.to_string(),
        },
        percent(figures.kept()),
    ];
    let cells = counts(cells, counted);
    let name_room = Rect {
        width: area.width.min(named),
        ..area
    };
    text::put_line(&name(paint, line, look), name_room, buf);
    let mut rest = vec![
        Span::styled(text::pad(&next(paint, line), NEXT), styles.of(Role::Text)),
        Span::styled(cells, look.main(styles)),
        Span::raw("   "),
    ];
    let health = figures.health(paint.view.now);
    match health {
        Health::Apart(_) | Health::NeverMet(_) => {
            let words = if named == WIDE.0 {
                health.words()
            } else {
                health.short()
            };
            rest.push(Span::styled(words, styles.bold(Role::Warn)));
        }
        // What is late stands in its column.
        Health::Late(_) | Health::OnTrack => {
            let goal = book::goal(shown.model, line.id).unwrap_or_default();
            rest.push(Span::styled(goal, look.quiet(styles)));
        }
    }
    text::put_line(&Line::from(rest), text::after(area, named + 2), buf);
}
