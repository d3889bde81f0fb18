//! The row of the running step: what it is, who may speak, what is left of it, and what comes next. A block
//! without steps has none.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::clock::Span as Time;
use crate::theme::{Role, Styles};
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::widget::text;

/// From this many columns on, what to say stands in it too.
pub const WIDE: u16 = 104;
/// Fewest cells in which words beside the names make sense.
const SOME: u16 = 12;

/// Whether there is anything to show.
pub fn has(stage: &Stage<'_>) -> bool {
    stage.running_step().is_some() || stage.too_few().is_some()
}

/// Draws the row, with the margins of the strip.
pub fn draw(stage: &Stage<'_>, area: Rect, buf: &mut Buffer, styles: &Styles) {
    if area.is_empty() {
        return;
    }
    let inner = Rect {
        width: area.width.saturating_sub(4),
        ..text::after(area, 2.min(area.width))
    };
    text::put_line(&line(stage, inner.width, styles), text::row(inner, 0), buf);
}

/// The row in so many cells.
pub fn line(stage: &Stage<'_>, width: u16, styles: &Styles) -> Line<'static> {
    let muted = styles.of(Role::Muted);
    let warn = stage.too_few();
    let Some(step) = stage.running_step() else {
        let words = warn.unwrap_or_default();
        return Line::from(Span::styled(words, styles.of(Role::Warn)));
    };
    let gap = if width >= 60 { "   " } else { "  " };
    let (left, style) = match stage.step_left() {
        Some(left) if left.shown_secs() > 0 => (left_words(left), styles.of(Role::Text)),
        Some(_) | None => ("time".to_owned(), styles.of(Role::Warn)),
    };
    let next = stage.next_title().unwrap_or("wrap up").to_owned();
    let mut spans = vec![
        Span::styled("now ", muted),
        Span::styled(step.title.to_string(), styles.bold(Role::Text)),
    ];
    let tail = vec![
        Span::raw(gap),
        Span::styled(left, style),
        Span::styled(format!("{gap}next "), muted),
        Span::styled(next, styles.of(Role::Text)),
    ];
    let used =
        text::line_width(&Line::from(spans.clone())) + text::line_width(&Line::from(tail.clone()));
    let room = width.saturating_sub(used + text::width(gap));
    let (words, style) = match warn {
        Some(words) => (words, styles.of(Role::Warn)),
        None => (words(stage, width), styles.of(Role::Text)),
    };
    if room >= SOME.min(text::width(&words)) && !words.is_empty() {
        spans.push(Span::raw(gap));
        spans.push(Span::styled(text::cut(&words, room).into_owned(), style));
    }
    spans.extend(tail);
    Line::from(spans)
}

/// Who may speak, and what to say where nothing else tells it.
fn words(stage: &Stage<'_>, width: u16) -> String {
    let mode = stage.mode_words();
    let says = stage.running_step().and_then(|step| step.says.as_ref());
    // Without a prompt or rows of its own, what to say stands in their place.
    let told = stage.prompt().is_none() && stage.step_rows().is_none();
    match says {
        Some(says) if mode.is_empty() => says.to_string(),
        Some(says) if width >= WIDE && !told => format!("{mode}. {says}"),
        Some(_) | None => mode,
    }
}

/// Minutes until the last one, which has seconds.
fn left_words(left: Time) -> String {
    match left.shown_secs() {
        secs if secs > 60 => format!("{} min", (secs + 59) / 60),
        _ => say::passed(left),
    }
}
