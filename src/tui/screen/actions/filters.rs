//! The pane of filters: three groups of quiet rows, each with its count and one chosen row.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::domain::id::CircleId;
use crate::domain::item::{Action, Owner};
use crate::theme::Role;
use crate::tui::screen::actions::Actions;
use crate::tui::screen::actions::pick::Show;
use crate::tui::screen::cursor::window;
use crate::tui::screen::table::{self, Cell};
use crate::tui::screen::words;
use crate::tui::view::{Paint, Reply, Request, View};
use crate::tui::widget::{list, text};

/// A row that can be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FilterRow {
    Show(Show),
    Whose(Option<Owner>),
    Circle(CircleId),
}

/// A row as it is drawn.
enum Entry {
    Blank,
    Head(&'static str),
    Row(FilterRow),
}

impl Actions {
    /// The rows that can be picked, in their order.
    pub(super) fn filter_rows(view: &View<'_>) -> Vec<FilterRow> {
        let mut rows: Vec<FilterRow> = Show::ALL.map(FilterRow::Show).to_vec();
        rows.push(FilterRow::Whose(None));
        if let Some(circle) = view.circle {
            let members = view.state.members(circle);
            let owner = |member: &&crate::domain::roster::Member| {
                FilterRow::Whose(Some(Owner::Member(member.id)))
            };
            rows.extend(members.iter().map(owner));
        }
        rows.push(FilterRow::Whose(Some(Owner::Nobody)));
        let circles: Vec<CircleId> = circles(view);
        if circles.len() > 1 {
            rows.extend(circles.into_iter().map(FilterRow::Circle));
        }
        rows
    }

    pub(super) fn pick_filter(&mut self, view: &View<'_>) -> Reply {
        let rows = Self::filter_rows(view);
        match self.filter_cursor.item(&rows) {
            Some(FilterRow::Show(show)) => self.show = show,
            Some(FilterRow::Whose(owner)) => self.whose = owner,
            Some(FilterRow::Circle(circle)) => {
                self.whose = None;
                self.marked.clear();
                return Reply::Do(vec![Request::Choose(circle)]);
            }
            None => return Reply::Ignored,
        }
        self.marked.clear();
        Reply::Handled
    }

    fn is_chosen(&self, row: FilterRow, view: &View<'_>) -> bool {
        match row {
            FilterRow::Show(show) => self.show == show,
            FilterRow::Whose(owner) => self.whose == owner,
            FilterRow::Circle(circle) => view.circle == Some(circle),
        }
    }

    fn label_and_count(&self, row: FilterRow, view: &View<'_>) -> (String, usize) {
        let Some(circle) = view.circle else {
            return (String::new(), 0);
        };
        let open = view.state.open_actions(circle);
        match row {
            FilterRow::Show(Show::Done) => (
                Show::Done.word().to_owned(),
                self.closed(view, circle).len(),
            ),
            FilterRow::Show(show) => {
                let has = |action: &&&Action| show.has(view, circle, action);
                (show.word().to_owned(), open.iter().filter(has).count())
            }
            FilterRow::Whose(None) => ("All".to_owned(), open.len()),
            FilterRow::Whose(Some(owner)) => {
                let count = open.iter().filter(|action| action.owner == owner).count();
                (words::owner(view, circle, owner, false), count)
            }
            FilterRow::Circle(id) => {
                let name = view.state.circle(id).map(|circle| circle.name.to_string());
                (name.unwrap_or_default(), view.state.open_actions(id).len())
            }
        }
    }

    pub(super) fn draw_filters(
        &self,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
        focused: bool,
    ) {
        let (view, styles) = (&paint.view, paint.styles);
        let content = table::pane("Filters", "", focused, area, (buf, styles));
        let content = self.draw_own(content, buf, paint);
        let rows = Self::filter_rows(view);
        let under = self.filter_cursor.item(&rows);
        let lines = lines(&rows);
        let is_under = |line: &Entry| matches!(line, Entry::Row(row) if Some(*row) == under);
        let selected = lines.iter().position(is_under).unwrap_or(0);
        for (place, index) in window(lines.len(), selected, content.height).zip(0..) {
            match lines.get(place) {
                Some(Entry::Head(word)) => {
                    let area = text::row(content, index);
                    text::put(word, styles.of(Role::Muted), area, buf);
                }
                Some(Entry::Row(row)) => {
                    let chosen = self.is_chosen(*row, view);
                    let here = focused && Some(*row) == under;
                    let look = match (here, chosen) {
                        (true, _) => list::Look::Selected,
                        (false, true) => list::Look::SelectedElsewhere,
                        (false, false) => list::Look::Plain,
                    };
                    let line = self.filter_line(*row, (look, chosen), content.width, paint);
                    table::put_row(&line, look, (content, index), (buf, styles));
                }
                Some(Entry::Blank) | None => {}
            }
        }
    }

    fn filter_line(
        &self,
        row: FilterRow,
        (look, chosen): (list::Look, bool),
        width: u16,
        paint: &Paint<'_>,
    ) -> Line<'static> {
        let styles = paint.styles;
        let (label, count) = self.label_and_count(row, &paint.view);
        let count = count.to_string();
        let counts = text::width(&count);
        let room = width.saturating_sub(2 + 2 + counts);
        let style = if chosen {
            styles.bold(Role::Text)
        } else {
            look.main(styles)
        };
        table::line(
            vec![table::cursor_mark(chosen, false, styles)],
            [
                Cell::new(label, room, style),
                Cell::new(count, counts, look.quiet(styles)).right(),
            ],
        )
    }
}

/// The circles that are not at rest; while a session runs, its circle alone.
fn circles(view: &View<'_>) -> Vec<CircleId> {
    if let Some((circle, ..)) = view.state.running() {
        return vec![circle];
    }
    let active = view
        .state
        .circles()
        .filter(|circle| circle.archived.is_none());
    active.map(|circle| circle.id).collect()
}

fn lines(rows: &[FilterRow]) -> Vec<Entry> {
    let mut lines = Vec::new();
    let mut group = "";
    for row in rows {
        let head = match row {
            FilterRow::Show(_) => "Show",
            FilterRow::Whose(_) => "Owner",
            FilterRow::Circle(_) => "Circle",
        };
        if head != group {
            lines.push(Entry::Blank);
            lines.push(Entry::Head(head));
            group = head;
        }
        lines.push(Entry::Row(*row));
    }
    lines
}
