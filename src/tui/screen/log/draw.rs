//! The two panes: acts, newest first, and the trash.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::command::id::CommandId;
use crate::command::item_name;
use crate::domain::change::{ActKind, Via};
use crate::domain::clock::Moment;
use crate::domain::document::Document;
use crate::domain::names;
use crate::engine::query::LogRow;
use crate::theme::Role;
use crate::tui::screen::cursor::window;
use crate::tui::screen::log::Log;
use crate::tui::screen::table::{self, Cell};
use crate::tui::screen::words;
use crate::tui::view::{Paint, View};
use crate::tui::widget::{list, text};

/// A day and a time, or the time alone for today.
fn when(view: &View<'_>, at: Moment) -> String {
    let time = words::time(view, at);
    if at.date(view.zone) == words::today(view) {
        return time;
    }
    format!("{} {time}", words::day(view, at))
}

/// Cells that the times need.
fn widest(view: &View<'_>, times: impl Iterator<Item = Moment>) -> u16 {
    let widths = times.map(|at| text::width(&when(view, at)));
    widths.max().unwrap_or(0)
}

/// A row of the trash in words. Notes show theirs here, unless names are masked: one must know what comes back.
fn words_of(view: &View<'_>, document: &Document) -> String {
    match document {
        Document::Note(note) if !view.masked => format!("N{} \"{}\"", note.number, note.text),
        other => item_name(other),
    }
}

impl Log {
    pub(super) fn draw_acts(
        &self,
        (area, focused): (Rect, bool),
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let (view, styles) = (&paint.view, paint.styles);
        let meta = if self.more {
            "newest first, more below"
        } else {
            "newest first"
        };
        let content = table::pane("What was done", meta, focused, area, (buf, styles));
        if !self.answered {
            return table::empty("loading", &[], content, (buf, styles));
        }
        if self.acts.is_empty() {
            let sentence = "Nothing was done here yet.";
            return table::empty(sentence, &[], content, (buf, styles));
        }
        let selected = self.cursor.place(&self.act_rows());
        let rows = window(self.acts.len(), selected, content.height);
        let times = widest(view, self.acts.iter().map(|act| act.at));
        for (place, index) in rows.zip(0..) {
            if let Some(act) = self.acts.get(place) {
                let look = list::Look::of(place == selected, focused);
                let cells = (content.width, times);
                let back = self.is_taken_back(act);
                let line = act_line((act, back), (look, place == selected), cells, paint);
                table::put_row(&line, look, (content, index), (buf, styles));
            }
        }
    }

    pub(super) fn draw_trash(
        &self,
        (area, focused): (Rect, bool),
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let (view, styles) = (&paint.view, paint.styles);
        let meta = match self.marked.len() {
            0 if !self.more_trash.is_empty() => format!("{}+ rows", self.trash.len()),
            0 => words::counted(self.trash.len(), "row", "rows"),
            marked => format!("{marked} marked"),
        };
        let content = table::pane("Trash", meta, focused, area, (buf, styles));
        if self.trash.is_empty() {
            let keys = view.keys.hints(&[(CommandId::NextPane, "what was done")]);
            let sentence = "The trash is empty.";
            return table::empty(sentence, &keys, content, (buf, styles));
        }
        let selected = self.trash_cursor.place(&self.trash_rows());
        let rows = window(self.trash.len(), selected, content.height);
        let times = self
            .trash
            .iter()
            .filter_map(|(_, document)| document.trashed());
        let times = widest(view, times);
        for (place, index) in rows.zip(0..) {
            let Some((key, document)) = self.trash.get(place) else {
                continue;
            };
            let here = place == selected;
            let look = list::Look::of(here && focused, focused);
            let at = document
                .trashed()
                .map(|at| when(view, at))
                .unwrap_or_default();
            let times = if content.width < 30 { 0 } else { times };
            let gap = if times > 0 { 2 } else { 0 };
            let room = content.width.saturating_sub(2 + times + gap);
            let line = table::line(
                vec![table::cursor_mark(here, self.marked.contains(key), styles)],
                [
                    Cell::new(words_of(view, document), room, look.main(styles)),
                    Cell::new(at, times, look.quiet(styles)).right(),
                ],
            );
            table::put_row(&line, look, (content, index), (buf, styles));
        }
    }
}

fn act_line(
    (act, taken_back): (&LogRow, bool),
    (look, selected): (list::Look, bool),
    (width, times): (u16, u16),
    paint: &Paint<'_>,
) -> Line<'static> {
    let (view, styles) = (&paint.view, paint.styles);
    let quiet = look.quiet(styles);
    let (main, state) = if taken_back {
        (quiet, "taken back")
    } else {
        (look.main(styles), "")
    };
    let title = match view.circle {
        Some(circle) if view.masked => names::mask(&act.title, view.state.everyone(circle)),
        _ => act.title.clone(),
    };
    let title = match act.kind {
        ActKind::Do => title,
        ActKind::Undo(_) => format!("took back {title}"),
        ActKind::Redo(_) => format!("brought back {title}"),
    };
    let door = match act.by.via {
        Via::App => "",
        Via::Cli => "command line",
    };
    let times = if width < 30 { 0 } else { times };
    let states = if width < 46 { 0 } else { 10 };
    let doors = if width < 80 { 0 } else { 12 };
    let taken: u16 = [times, states, doors]
        .iter()
        .filter(|cells| **cells > 0)
        .map(|cells| cells + 2)
        .sum();
    let room = width.saturating_sub(2 + taken);
    let title = if states == 0 && taken_back {
        format!("({state}) {title}")
    } else {
        title
    };
    table::line(
        vec![table::cursor_mark(selected, false, styles)],
        [
            Cell::new(when(view, act.at), times, styles.of(Role::Muted)),
            Cell::new(title, room, main),
            Cell::new(door, doors, quiet),
            Cell::new(state, states, quiet),
        ],
    )
}
