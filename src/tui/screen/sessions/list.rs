//! The list of sessions: planned ones above, past ones with attendance and counts below.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::command::id::CommandId;
use crate::domain::document::Document;
use crate::domain::session::{Session, SessionState};
use crate::theme::Role;
use crate::tui::screen::cursor::window;
use crate::tui::screen::sessions::{Listed, Sessions, minutes};
use crate::tui::screen::table::{self, Cell};
use crate::tui::screen::words;
use crate::tui::view::{Paint, View};
use crate::tui::widget::{list, text};

/// A row as it is drawn.
enum Entry<'a> {
    Head(&'static str),
    Row(&'a Session),
    Blank,
}

impl Sessions {
    pub(super) fn draw_list(
        &self,
        (area, focused): (Rect, bool),
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let (view, styles) = (&paint.view, paint.styles);
        let listed = self.listed(view);
        let count = format!("{} past", listed.past.len());
        let content = table::pane("Sessions", count, focused, area, (buf, styles));
        if !view.ready {
            return table::empty("loading", &[], content, (buf, styles));
        }
        if listed.ahead.is_empty() && listed.past.is_empty() {
            let keys = view.keys.hints(&[(CommandId::Add, "plan the first one")]);
            return table::empty("No session yet.", &keys, content, (buf, styles));
        }
        let entries = entries(&listed);
        let under = self.cursor.item(&listed.rows());
        let is_under = |entry: &Entry<'_>| matches!(entry, Entry::Row(s) if Some(s.id) == under);
        let selected = entries.iter().position(is_under).unwrap_or(0);
        for (place, index) in window(entries.len(), selected, content.height).zip(0..) {
            match entries.get(place) {
                Some(Entry::Row(session)) => {
                    let look = list::Look::of(place == selected, focused);
                    let place = (place == selected, content.width);
                    let line = self.row(session, look, place, paint);
                    table::put_row(&line, look, (content, index), (buf, styles));
                }
                Some(Entry::Head(words)) => {
                    let area = text::row(content, index);
                    text::put(words, styles.of(Role::Muted), area, buf);
                }
                Some(Entry::Blank) | None => {}
            }
        }
    }

    fn row(
        &self,
        session: &Session,
        look: list::Look,
        (selected, width): (bool, u16),
        paint: &Paint<'_>,
    ) -> Line<'static> {
        let (view, styles) = (&paint.view, paint.styles);
        let number = format!("#{}", session.number);
        let numbers = text::width(&number).max(3);
        let day = day(session, view);
        let days = self.days(view).min(width.saturating_sub(2 + numbers + 2));
        let rest = width.saturating_sub(2 + numbers + 2 + days + 2);
        let about = if rest < 6 {
            String::new()
        } else {
            self.about(session, view)
        };
        table::line(
            vec![table::cursor_mark(selected, false, styles)],
            [
                Cell::new(number, numbers, look.quiet(styles)),
                Cell::new(day, days, look.main(styles)),
                Cell::new(about, rest, look.quiet(styles)),
            ],
        )
    }

    /// Cells that the dates need.
    fn days(&self, view: &View<'_>) -> u16 {
        let listed = self.listed(view);
        let all = listed.ahead.iter().chain(&listed.past);
        let widths = all.map(|session| text::width(&day(session, view)));
        widths.max().unwrap_or(0)
    }

    /// Who came and what was written down; of a planned one, how long it is.
    fn about(&self, session: &Session, view: &View<'_>) -> String {
        let minutes = session.minutes;
        match session.state {
            SessionState::Running => "running now".to_owned(),
            SessionState::Planned | SessionState::Cancelled => {
                let blocks = words::counted(session.blocks.len(), "block", "blocks");
                format!("{minutes} min  {blocks}")
            }
            SessionState::Ended => {
                let (came, all) = minutes::attendance(view, session);
                format!("{came} of {all} came{}", self.counts(session, view))
            }
        }
    }

    /// `  7 actions, 4 done  1 decision`, once it is known.
    fn counts(&self, session: &Session, view: &View<'_>) -> String {
        if !self.records.contains_key(&session.id) {
            return String::new();
        }
        let (mut actions, mut done, mut decisions) = (0, 0, 0);
        for document in self.rows_of(session.id, view).values() {
            if let Document::Action(row) = document {
                if row.trashed.is_none() {
                    actions += 1;
                    done += usize::from(!row.state.is_open());
                }
            } else if let Document::Decision(row) = document {
                // Those that were taken since stand with it, and are none of its own.
                let own = row.origin.session.is_some();
                decisions += usize::from(own && row.trashed.is_none());
            }
        }
        let mut words = String::new();
        if actions > 0 {
            let count = words::counted(actions, "action", "actions");
            words = format!("  {count}, {done} done");
        }
        if decisions > 0 {
            let count = words::counted(decisions, "decision", "decisions");
            words = format!("{words}  {count}");
        }
        words
    }
}

/// The date, and of what is to come the time.
fn day(session: &Session, view: &View<'_>) -> String {
    let day = words::day(view, session.begins());
    match session.state {
        SessionState::Planned | SessionState::Running => {
            format!("{day} {}", words::time(view, session.begins()))
        }
        SessionState::Ended | SessionState::Cancelled => day,
    }
}

fn entries<'a>(listed: &Listed<'a>) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    if !listed.ahead.is_empty() {
        entries.push(Entry::Head("Planned"));
        entries.extend(listed.ahead.iter().map(|session| Entry::Row(session)));
    }
    if !listed.past.is_empty() {
        if !entries.is_empty() {
            entries.push(Entry::Blank);
        }
        entries.push(Entry::Head("Past"));
        entries.extend(listed.past.iter().map(|session| Entry::Row(session)));
    }
    entries
}
