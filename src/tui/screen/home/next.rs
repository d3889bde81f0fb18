//! The next session with what it still needs, or the one that runs.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::id::Arg;
use crate::command::id::CommandId;
use crate::command::table::Place;
use crate::domain::when;
use crate::theme::Role;
use crate::theme::glyphs::Mark;
use crate::tui::keys::Keys;
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::screen::home::model::Model;
use crate::tui::screen::home::ready::{self, Ready};
use crate::tui::screen::home::start;
use crate::tui::view::Paint;
use crate::tui::widget::frame::Pane;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::spot::{self, Spot};
use crate::tui::widget::text;

/// Draws the pane.
pub(super) fn draw(
    (paint, model): (&Paint<'_>, &Model),
    area: Rect,
    focused: bool,
    buf: &mut Buffer,
) {
    if let Some(stage) = Stage::of(paint.view).filter(|stage| stage.live.is_some()) {
        return running(&stage, area, focused, buf, paint);
    }
    match Ready::of(model, &paint.view) {
        Some(ready) => planned(paint, &ready, area, focused, buf),
        None => nothing((paint, model), area, focused, buf),
    }
}

fn running(stage: &Stage<'_>, area: Rect, focused: bool, buf: &mut Buffer, paint: &Paint<'_>) {
    let styles = paint.styles;
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
    let at = text::row(content, row);
    menu(("Open Live", &OPEN), focused, at, buf, paint);
}

fn planned(paint: &Paint<'_>, ready: &Ready<'_>, area: Rect, focused: bool, buf: &mut Buffer) {
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
    // The row that opens or mends is never dropped, and what lacks goes before what is well.
    let most = usize::from(content.height.saturating_sub(row + 1));
    while lines.len() > most {
        let well = lines.iter().rposition(|(mark, _)| *mark != Mark::Blocked);
        lines.remove(well.unwrap_or(lines.len() - 1));
    }
    for (mark, line) in lines {
        let area = text::row(content, row);
        let used = text::put_line(&Line::from(list::state_mark(mark, styles)), area, buf);
        text::put_line(&line, text::after(area, used.max(3)), buf);
        row += 1;
    }
    let last = content.height.saturating_sub(1);
    let lacks = ready.open_things() > 0;
    // Air goes before the second way.
    if row + u16::from(lacks) < last {
        row += 1;
    }
    let row = row.min(last);
    let at = text::row(content, row);
    let offer = ready.offer(paint.view.keys);
    menu((&offer, &OPEN), focused, at, buf, paint);
    if lacks && row < last {
        let live = paint.view.keys.at(Place::Ready);
        let start = live.of(CommandId::StartPause);
        let words = format!("Open Live as it is; nothing starts until {start}");
        let at = text::row(content, row + 1);
        let live = (CommandId::GoLive, Arg::None);
        menu((&words, &live), false, at, buf, paint);
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
    let number = format!(" #{}{gap}", session.number);
    let day = format!("{day} {}{gap}", say::wall(session.start, view.zone));
    // A long name leaves room for the day.
    let name = area
        .width
        .saturating_sub(text::width(&number) + text::width(&day));
    let name = text::cut(&ready.circle.name, name);
    let mut left = Line::from(vec![
        Span::styled(format!("{name}{number}"), styles.bold(Role::Prompt)),
        Span::styled(day, styles.bold(Role::Text)),
        Span::styled(
            say::distance(session.start, view.now, view.zone),
            styles.bold(Role::Accent),
        ),
    ]);
    let right = Line::from(right);
    let room = text::line_width(&left) + 2 + text::line_width(&right);
    if room <= area.width {
        text::put_right(&right, area, buf);
    }
    // A day that is cut says nothing, and one without the distance is still the day.
    if text::line_width(&left) > area.width {
        left.spans.pop();
    }
    text::put_line(&left, area, buf);
}

/// What Enter does in a row.
const OPEN: (CommandId, Arg) = (CommandId::Open, Arg::None);

fn key_of(does: &(CommandId, Arg), keys: Keys<'_>) -> String {
    match does {
        (_, Arg::Number(number)) => number.to_string(),
        (id, _) => keys.of(*id).into_owned(),
    }
}

/// A row that the named key carries out.
fn menu(
    (words, does): (&str, &(CommandId, Arg)),
    selected: bool,
    area: Rect,
    buf: &mut Buffer,
    paint: &Paint<'_>,
) {
    let styles = paint.styles;
    let key = key_of(does, paint.view.keys);
    let look = if selected {
        Look::Selected
    } else {
        Look::Plain
    };
    list::paint_row(&Line::default(), look, list::rows_of(area), buf, styles);
    spot::tell(area, || Spot::Hint(does.0, does.1.clone()));
    let mark = if selected { Mark::Cursor } else { Mark::None };
    let key = Line::from(Span::styled(key, styles.key()));
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

/// What can be planned where nothing is: how it is called, and its key.
fn nothing((paint, model): (&Paint<'_>, &Model), area: Rect, focused: bool, buf: &mut Buffer) {
    let styles = paint.styles;
    let content = Pane::new("Next session")
        .focused(focused)
        .draw(area, buf, styles);
    let (sentence, offers) = start::offers(model, &paint.view);
    text::put(&sentence, styles.of(Role::Text), text::row(content, 0), buf);
    for (row, (words, key)) in (2u16..).zip(offers) {
        let at = text::row(content, row);
        menu((&words, &key), focused && row == 2, at, buf, paint);
    }
}

/// The next session in words, for the smallest screens.
pub(super) fn words((paint, model): (&Paint<'_>, &Model), area: Rect, buf: &mut Buffer) {
    let (view, styles) = (&paint.view, paint.styles);
    let mut lines = Vec::new();
    if let Some(stage) = Stage::of(*view).filter(|stage| stage.live.is_some()) {
        lines.push(format!("{} #{}", stage.circle.name, stage.session.number));
        lines.push(format!("{} {}", stage.block_title(), stage.word().text()));
        lines.push(format!("{} opens Live", view.keys.of(CommandId::Open)));
    } else if let Some(ready) = Ready::of(model, view) {
        let today = view.now.date(view.zone);
        let start = ready.session.start;
        lines.push(format!("{} #{}", ready.circle.name, ready.session.number));
        lines.push(format!(
            "{} {}",
            when::short(start.date(view.zone), today),
            say::wall(start, view.zone)
        ));
        lines.push(say::distance(start, view.now, view.zone));
        lines.push(match ready.open_things() {
            0 => "ready".to_owned(),
            n => format!("{} not ready", say::count(n, "thing", "things")),
        });
    } else {
        let (sentence, offers) = start::offers(model, view);
        lines.push(sentence);
        let offers = offers.into_iter();
        lines.extend(offers.map(|(words, does)| format!("{}: {words}", key_of(&does, view.keys))));
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
