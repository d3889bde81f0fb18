//! The book that a circle reads: the way of the group and one's own, and how many have reached the next goal. Counts,
//! never who is where.

use std::collections::BTreeMap;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::book::reader::Reader;
use crate::domain::book::{Book, BookState};
use crate::domain::circle::CircleKind;
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, MemberId, Space};
use crate::domain::progress::Progress;
use crate::domain::when;
use crate::engine::query::{MOST_ROWS, Query, Row};
use crate::theme::Role;
use crate::tui::screen::home::model::Model;
use crate::tui::view::{Paint, View};
use crate::tui::widget::bar::{Bar, Share};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::text;

/// Most circles whose books are looked for.
const MOST_CIRCLES: usize = 12;
/// Cells of a label.
const LABEL: u16 = 9;

/// What circles read, as the store told.
#[derive(Debug, Default)]
pub(super) struct Books {
    read: BTreeMap<CircleId, Book>,
    readers: BTreeMap<CircleId, Vec<Reader>>,
    progress: BTreeMap<CircleId, Progress>,
}

/// Everybody of a circle who reads along: guests do not.
fn people(view: &View<'_>, circle: CircleId) -> Vec<MemberId> {
    let members = view.state.members(circle).into_iter();
    let members = members.filter(|member| member.role != crate::domain::roster::Role::Guest);
    members.map(|member| member.id).collect()
}

impl Books {
    /// What to ask for: the books of circles that may read one, then who is how far in them.
    pub(super) fn wants(&self, model: &Model, view: &View<'_>) -> Vec<Query> {
        let circles = model.circles.iter();
        let reads = circles
            .filter(|line| line.kind == CircleKind::BookClub || Some(line.id) == model.shown);
        let mut wants = Vec::new();
        for line in reads.take(MOST_CIRCLES) {
            wants.push(Query::Scan {
                space: Space::Circle(line.id),
                kind: Kind::Book,
                after: None,
                limit: MOST_ROWS,
            });
            if let Some(book) = self.read.get(&line.id) {
                let readers = people(view, line.id).into_iter();
                let readers = readers.map(|member| Reader::id_of(book.id, member));
                let keys = readers.map(|id| Key::circle(line.id, Kind::Reader, id.0));
                wants.push(Query::Get(keys.collect()));
            }
        }
        wants
    }

    /// Takes the books of a circle.
    pub(super) fn take_books(&mut self, circle: CircleId, rows: &[Row], view: &View<'_>) {
        let mut found = None;
        for row in rows {
            if let Ok(Document::Book(book)) = Document::from_body(&row.key, &row.body)
                && book.state == BookState::Reading
                && book.trashed.is_none()
            {
                found = Some(book);
            }
        }
        match found {
            Some(book) => self.read.insert(circle, book),
            None => self.read.remove(&circle),
        };
        self.count(circle, view);
    }

    /// Takes who is how far.
    pub(super) fn take_readers(&mut self, keys: &[Key], rows: &[Row], view: &View<'_>) {
        let Some(Space::Circle(circle)) = keys.first().map(|key| key.space) else {
            return;
        };
        let read = |row: &Row| match Document::from_body(&row.key, &row.body) {
            Ok(Document::Reader(reader)) => Some(reader),
            _ => None,
        };
        let readers = rows.iter().filter_map(read).collect();
        self.readers.insert(circle, readers);
        self.count(circle, view);
    }

    fn count(&mut self, circle: CircleId, view: &View<'_>) {
        let readers = self.readers.get(&circle).map_or(&[][..], Vec::as_slice);
        let me = view.me.filter(|_| view.circle == Some(circle));
        let people = people(view, circle);
        let progress = self.read.get(&circle).and_then(|book| {
            let today = view.now.date(view.zone);
            Progress::of(book, (&people, me), readers, today, |part| {
                let session = part.session.and_then(|id| view.state.session(circle, id));
                session.map_or(part.day, |session| session.start.date(view.zone))
            })
        });
        match progress {
            Some(progress) => self.progress.insert(circle, progress),
            None => self.progress.remove(&circle),
        };
    }

    /// What a circle reads for its next meeting: `ch. 4-6`.
    pub(super) fn goal(&self, circle: CircleId) -> Option<String> {
        self.progress.get(&circle).map(Progress::goal)
    }

    /// The circle whose book is shown: the one that is shown, else the first that reads.
    pub(super) fn shown(&self, model: &Model) -> Option<CircleId> {
        let own = model.shown.filter(|id| self.progress.contains_key(id));
        let mut circles = model.circles.iter().map(|line| line.id);
        own.or_else(|| circles.find(|id| self.progress.contains_key(id)))
    }

    /// Draws the pane of the circle that [`shown`](Self::shown) names.
    pub(super) fn draw(
        &self,
        (paint, model): (&Paint<'_>, &Model),
        area: Rect,
        focused: bool,
        buf: &mut Buffer,
    ) {
        let Some(circle) = self.shown(model) else {
            return;
        };
        let (Some(book), Some(progress)) = (self.read.get(&circle), self.progress.get(&circle))
        else {
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
        text::put(book.title.as_str(), styles.bold(Role::Text), room, buf);
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
