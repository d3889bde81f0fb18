//! The next session with what it still needs, or the one that runs.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::when;
use crate::theme::glyphs::Mark;
use crate::theme::{Role, Styles};
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::screen::home::ready::{self, Ready};
use crate::tui::view::{Paint, View};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// Rows above and below a line.
pub(super) const fn rows(area: Rect, top: u16) -> (Rect, Rect) {
    let top = if top < area.height { top } else { area.height };
    let below = Rect {
        y: area.y.saturating_add(top),
        height: area.height - top,
        ..area
    };
    (
        Rect {
            height: top,
            ..area
        },
        below,
    )
}

/// Draws the pane.
/// `questions` says whether the bank can offer a prompt.
pub(super) fn draw(
    paint: &Paint<'_>,
    area: Rect,
    (focused, questions): (bool, bool),
    buf: &mut Buffer,
) {
    if let Some(stage) = Stage::of(paint.view).filter(|stage| stage.live.is_some()) {
        return running(&stage, area, focused, buf, paint.styles);
    }
    match Ready::of(&paint.view) {
        Some(ready) => planned(paint, &ready, area, (focused, questions), buf),
        None => nothing(paint, area, focused, buf),
    }
}

fn running(stage: &Stage<'_>, area: Rect, focused: bool, buf: &mut Buffer, styles: &Styles) {
    let content = Pane::new("Running now")
        .focused(focused)
        .draw(area, buf, styles);
    let air = u16::from(content.height >= 8);
    let line = Line::from(vec![
        Span::styled(
            format!("{} #{}", stage.circle.name, stage.session.number),
            styles.bold(Role::Prompt),
        ),
        Span::styled(
            format!(
                "   block {} of {}   ",
                stage.block_index() + 1,
                stage.session.blocks.len().max(1)
            ),
            styles.of(Role::Muted),
        ),
        Span::styled(stage.block_title().to_owned(), styles.bold(Role::Text)),
        Span::styled(
            format!("   {}", stage.word().text()),
            styles.bold(Role::Speaking),
        ),
    ]);
    text::put_line(&line, text::row(content, air), buf);
    let open = stage.review().iter().filter(|a| a.state.is_open()).count();
    let mut row = 2 * air + 1;
    if open > 0 {
        let actions = say::count(open, "action", "actions");
        let actions = format!("{actions} open from earlier sessions");
        text::put(
            &actions,
            styles.of(Role::Muted),
            text::row(content, row),
            buf,
        );
        row += 1 + air;
    }
    menu(
        ("Open Live", "Enter"),
        focused,
        text::row(content, row),
        buf,
        styles,
    );
}

fn planned(
    paint: &Paint<'_>,
    ready: &Ready<'_>,
    area: Rect,
    (focused, questions): (bool, bool),
    buf: &mut Buffer,
) {
    let styles = paint.styles;
    let meta = match ready.open_things() {
        0 => Span::styled("ready", styles.of(Role::Good)),
        n => Span::styled(
            format!("{} not ready", say::count(n, "thing", "things")),
            styles.bold(Role::Warn),
        ),
    };
    let content = Pane::new("Next session")
        .meta(Line::from(meta))
        .focused(focused)
        .draw(area, buf, styles);
    let roomy = content.height >= 9;
    let mut row = u16::from(roomy);
    headline(paint, ready, text::row(content, row), buf);
    row += 1 + u16::from(roomy);
    let mut lines = ready::lines(paint, ready, content.width);
    if !roomy {
        // The row that opens or mends is never dropped.
        let most = usize::from(content.height.saturating_sub(2));
        lines.truncate(most);
    }
    for (mark, line) in lines {
        let area = text::row(content, row);
        let used = text::put_line(&Line::from(list::state_mark(mark, styles)), area, buf);
        text::put_line(&line, text::after(area, used.max(3)), buf);
        row += 1;
    }
    row += u16::from(roomy);
    let last = content.height.saturating_sub(1);
    if let Some(block) = ready.lacking.first().filter(|_| questions) {
        let words = format!("Choose a prompt for {}", block.title);
        menu(
            (&words, "Enter"),
            focused,
            text::row(content, row.min(last)),
            buf,
            styles,
        );
        if row < last {
            let words = "Open Live as it is; nothing starts until Space";
            menu(
                (words, "g l"),
                false,
                text::row(content, row + 1),
                buf,
                styles,
            );
        }
    } else {
        let words = if ready.agenda_is_ready() {
            "Open Live; nothing starts until Space"
        } else if ready.session.blocks.is_empty() {
            "Plan the agenda"
        } else {
            "Make the agenda fit"
        };
        menu(
            (words, "Enter"),
            focused,
            text::row(content, row.min(last)),
            buf,
            styles,
        );
    }
}

fn headline(paint: &Paint<'_>, ready: &Ready<'_>, area: Rect, buf: &mut Buffer) {
    let (view, styles) = (&paint.view, paint.styles);
    let session = ready.session;
    let today = view.now.date(view.zone);
    let day = when::short(session.start.date(view.zone), today);
    let people = view.state.people_of(ready.circle.id, session).len();
    let right = Span::styled(
        format!(
            "{} min   {}",
            session.minutes,
            say::count(people, "person", "people")
        ),
        styles.of(Role::Muted),
    );
    let gap = if area.width < 50 { "  " } else { "   " };
    let left = Line::from(vec![
        Span::styled(
            format!("{} #{}{gap}", ready.circle.name, session.number),
            styles.bold(Role::Prompt),
        ),
        Span::styled(
            format!("{day} {}{gap}", say::wall(session.start, view.zone)),
            styles.bold(Role::Text),
        ),
        Span::styled(
            say::distance(session.start, view.now),
            styles.bold(Role::Accent),
        ),
    ]);
    let right = Line::from(right);
    let room = text::line_width(&left) + 2 + text::line_width(&right);
    if room <= area.width {
        text::put_right(&right, area, buf);
    }
    text::put_line(&left, area, buf);
}

/// A row that Enter or the named key carries out.
fn menu((words, key): (&str, &str), selected: bool, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let look = if selected {
        Look::Selected
    } else {
        Look::Plain
    };
    list::draw_row(&Line::default(), look, list::rows_of(area), buf, styles);
    let mark = if selected { Mark::Cursor } else { Mark::None };
    let key = Line::from(Span::styled(key.to_owned(), styles.key()));
    let used = text::put_right(&key, area, buf);
    let left = Rect {
        width: area.width.saturating_sub(used + 1),
        ..area
    };
    let line = Line::from(vec![
        list::cursor_mark(mark, styles),
        Span::raw(" "),
        Span::styled(words.to_owned(), look.main(styles)),
    ]);
    text::put_line(&line, left, buf);
}

fn nothing(paint: &Paint<'_>, area: Rect, focused: bool, buf: &mut Buffer) {
    let styles = paint.styles;
    let content = Pane::new("Next session")
        .focused(focused)
        .draw(area, buf, styles);
    let (sentence, words) = empty(&paint.view);
    text::put(&sentence, styles.of(Role::Text), text::row(content, 0), buf);
    menu(
        (words, "Enter"),
        focused,
        text::row(content, 2),
        buf,
        styles,
    );
}

fn empty(view: &View<'_>) -> (String, &'static str) {
    let circle = view.circle.and_then(|id| view.state.circle(id));
    let circle = circle.or_else(|| view.state.circles().next());
    match circle {
        Some(circle) => (
            format!("No session of {} is planned.", circle.name),
            "Plan a session",
        ),
        None => ("There is no circle yet.".to_owned(), "Make a circle"),
    }
}

/// The next session in words, for the smallest screens.
pub(super) fn words(paint: &Paint<'_>, area: Rect, buf: &mut Buffer) {
    let (view, styles) = (&paint.view, paint.styles);
    let mut lines = Vec::new();
    if let Some(stage) = Stage::of(*view).filter(|stage| stage.live.is_some()) {
        lines.push(format!("{} #{}", stage.circle.name, stage.session.number));
        lines.push(format!("{} {}", stage.block_title(), stage.word().text()));
        lines.push("Enter opens Live".to_owned());
    } else if let Some(ready) = Ready::of(view) {
        let today = view.now.date(view.zone);
        let start = ready.session.start;
        lines.push(format!("{} #{}", ready.circle.name, ready.session.number));
        lines.push(format!(
            "{} {}",
            when::short(start.date(view.zone), today),
            say::wall(start, view.zone)
        ));
        lines.push(say::distance(start, view.now));
        lines.push(match ready.open_things() {
            0 => "ready".to_owned(),
            n => format!("{} not ready", say::count(n, "thing", "things")),
        });
    } else {
        let (sentence, words) = empty(view);
        lines.extend([sentence, format!("Enter: {words}")]);
    }
    for (index, line) in (0u16..).zip(lines.iter().take(area.height.into())) {
        let style = if index == 0 {
            styles.bold(Role::Text)
        } else {
            styles.of(Role::Text)
        };
        text::put(line, style, text::row(area, index), buf);
    }
}
