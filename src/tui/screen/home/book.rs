//! The book that a circle reads: the way of the group and one's own, and how many have reached the next goal. Counts,
//! never who is where.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::book::{floor, meetings};
use crate::domain::id::CircleId;
use crate::domain::progress::Progress;
use crate::domain::text::Clean;
use crate::domain::when;
use crate::theme::Role;
use crate::tui::screen::home::model::Model;
use crate::tui::view::{Paint, View};
use crate::tui::widget::bar::{Bar, Share};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::text;

/// Cells of a label.
const LABEL: u16 = 9;

/// What a circle reads, and how it stands in it.
pub(super) fn read(circle: CircleId, view: &View<'_>) -> Option<(Clean, Progress)> {
    let book = view.state.reading(circle)?;
    let me = view.me.filter(|_| view.circle == Some(circle));
    let people = floor::along(view.state, circle);
    let reader = |member| view.state.reader(circle, book.id, member);
    let today = view.now.date(view.zone);
    let progress = Progress::of(book, (&people, me), reader, today, |one| {
        meetings::day(view.state, circle, one, view.zone)
    })?;
    Some((book.title.clone(), progress))
}

/// What a circle reads for its next meeting: `ch. 4-6`.
pub(super) fn goal(model: &Model, circle: CircleId) -> Option<String> {
    model
        .reads
        .get(&circle)
        .map(|(_, progress)| progress.goal())
}

/// The circle whose book is shown: the one that is shown, else the first that reads.
pub(super) fn shown(model: &Model) -> Option<CircleId> {
    let own = model.shown.filter(|id| model.reads.contains_key(id));
    let mut circles = model.circles.iter().map(|line| line.id);
    own.or_else(|| circles.find(|id| model.reads.contains_key(id)))
}

/// Draws the pane of the circle that [`shown`] names.
pub(super) fn draw(
    (paint, model): (&Paint<'_>, &Model),
    area: Rect,
    focused: bool,
    buf: &mut Buffer,
) {
    let Some(circle) = shown(model) else {
        return;
    };
    let Some((book, progress)) = model.reads.get(&circle) else {
        return;
    };
    let (view, styles) = (&paint.view, paint.styles);
    let meta = format!("meeting {} of {}", progress.meeting, progress.meetings);
    let content = Pane::new("Reading")
        .meta(Line::from(meta))
        .focused(focused)
        .draw(area, buf, styles);
    let mut row = u16::from(content.height >= 6);
    let title = text::row(content, row);
    let name = model.line(circle).map_or("", |line| line.name.as_str());
    let quiet = Line::from(Span::styled(name.to_owned(), styles.of(Role::Muted)));
    let used = text::put_right(&quiet, title, buf);
    let room = Rect {
        width: title.width.saturating_sub(used + 2),
        ..title
    };
    text::put(book.as_str(), styles.bold(Role::Text), room, buf);
    // The words say more than the bars, which are left out from the last one where rows are few.
    let bars = [("Group", progress.group), ("You", progress.mine)];
    let bars = bars
        .into_iter()
        .filter_map(|(label, share)| Some((label, share?)));
    for share in bars.take(usize::from(content.height.saturating_sub(row + 3))) {
        row += 1;
        bar(paint, share, text::row(content, row), buf);
    }
    let today = view.now.date(view.zone);
    let day = when::short(progress.day, today);
    for (label, words) in [
        ("Today", progress.told()),
        ("Next", format!("{day}, {}", progress.goal())),
    ] {
        row += 1;
        if row < content.height {
            labelled(paint, (label, &words), text::row(content, row), buf);
        }
    }
}

fn labelled(paint: &Paint<'_>, (label, words): (&str, &str), area: Rect, buf: &mut Buffer) {
    let styles = paint.styles;
    let label = text::pad(label, LABEL);
    let used = text::put(&label, styles.of(Role::Muted), area, buf);
    text::put(words, styles.of(Role::Text), text::after(area, used), buf);
}

fn bar(paint: &Paint<'_>, (label, share): (&str, u32), area: Rect, buf: &mut Buffer) {
    labelled(paint, (label, ""), area, buf);
    let right = Line::from(Span::styled(
        text::right(&format!("{share}%"), 6),
        paint.styles.of(Role::Text),
    ));
    let used = text::put_right(&right, area, buf);
    let room = text::after(area, LABEL);
    let room = Rect {
        width: room.width.saturating_sub(used),
        ..room
    };
    Bar::new(Share::new(share.into(), 100)).draw_row(room, buf, paint.styles);
}
