//! The pane of filters: groups of quiet rows, each with its count and one chosen row.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::Command;
use crate::domain::filter::sought::{Is, Sought};
use crate::domain::item::Owner;
use crate::domain::text::fold;
use crate::tui::screen::actions::Actions;
use crate::tui::screen::actions::listed::Listed;
use crate::tui::screen::actions::pick::{FilterRow, SHOWS, circles};
use crate::tui::screen::choices::{Choice, Groups};
use crate::tui::screen::table;
use crate::tui::screen::words;
use crate::tui::view::{CommandId, Paint, Reply, Request, View};

/// Tags that are listed, the most used ones.
const MOST_TAGS: usize = 6;

impl Actions {
    /// The rows that can be picked, in their order.
    pub(super) fn filter_rows(&self, view: &View<'_>) -> Vec<FilterRow> {
        let mut rows: Vec<FilterRow> = SHOWS.map(FilterRow::Show).to_vec();
        rows.extend(self.owner_rows(view).into_iter().map(FilterRow::Whose));
        let circles = circles(view);
        if circles.len() > 1 {
            rows.push(FilterRow::AllCircles);
            rows.extend(circles.into_iter().map(FilterRow::Circle));
        }
        let tags = self.listed(view).counts.tags.len().min(MOST_TAGS);
        rows.extend((0..tags).map(FilterRow::Tag));
        let saved = view.state.filters();
        rows.extend(saved.iter().map(|filter| FilterRow::Saved(filter.id)));
        rows
    }

    /// Whose actions can be picked; people only while one circle is looked at.
    fn owner_rows(&self, view: &View<'_>) -> Vec<Option<Owner>> {
        let circle = view.circle.filter(|_| !self.picks.all);
        let members = circle.map(|circle| view.state.members(circle));
        let members = members.into_iter().flatten();
        let people = members.map(|member| Some(Owner::Member(member.id)));
        let rest = [None, Some(Owner::All), Some(Owner::Nobody)];
        let [all, everyone, nobody] = rest;
        let shared = everyone.filter(|owner| self.listed(view).counts.owners.contains_key(owner));
        let ends = shared.map(Some).into_iter().chain([nobody]);
        std::iter::once(all).chain(people).chain(ends).collect()
    }

    /// The next owner, or the one before, whichever pane has the keyboard.
    pub(super) fn step_owner(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        let rows = self.owner_rows(view);
        let here = rows.iter().position(|owner| *owner == self.picks.whose);
        let here = here.unwrap_or(0);
        let there = match id {
            CommandId::Next => (here + 1) % rows.len().max(1),
            _ => here.checked_sub(1).unwrap_or(rows.len().saturating_sub(1)),
        };
        self.picks.whose = rows.get(there).copied().flatten();
        self.changed();
        Reply::Handled
    }

    pub(super) fn pick_filter(&mut self, view: &View<'_>) -> Reply {
        let rows = self.filter_rows(view);
        match self.filter_cursor.item(&rows) {
            Some(FilterRow::Show(show)) => self.picks.show = show,
            Some(FilterRow::Whose(owner)) => self.picks.whose = owner,
            Some(FilterRow::AllCircles) => {
                self.picks.all = !self.picks.all;
                self.picks.whose = None;
                self.changed();
                return self.ask_all(view);
            }
            Some(FilterRow::Circle(circle)) => {
                (self.picks.all, self.picks.whose) = (false, None);
                self.changed();
                return Reply::Do(vec![Request::Choose(circle)]);
            }
            Some(FilterRow::Tag(place)) => {
                let listed = self.listed(view);
                let tag = listed.counts.tags.get(place).map(|(tag, _)| fold(tag));
                self.picks.tag = tag.filter(|tag| self.picks.tag.as_ref() != Some(tag));
            }
            Some(FilterRow::Saved(id)) => {
                let saved = view.state.filters().into_iter().find(|it| it.id == id);
                let Some(filter) = saved else {
                    return Reply::Ignored;
                };
                match Sought::read(&filter.text, view.seen()) {
                    Ok(sought) => self.picks.take(sought),
                    Err(why) => return Reply::Refuse(why),
                }
                self.changed();
                return self.ask_all(view);
            }
            None => return Reply::Ignored,
        }
        self.changed();
        Reply::Handled
    }

    /// Takes the saved filter under the cursor off the list.
    pub(super) fn drop_filter(&self, view: &View<'_>) -> Reply {
        match self.filter_cursor.item(&self.filter_rows(view)) {
            Some(FilterRow::Saved(filter)) => Reply::submit(Command::DropFilter { filter }),
            _ => Reply::Ignored,
        }
    }

    /// Whether the cursor of the pane stands on a saved filter.
    pub(super) fn on_saved(&self, view: &View<'_>) -> bool {
        let row = self.filter_cursor.item(&self.filter_rows(view));
        matches!(row, Some(FilterRow::Saved(_)))
    }

    fn is_chosen(&self, row: FilterRow, listed: &Listed, view: &View<'_>) -> bool {
        match row {
            FilterRow::Show(show) => match self.picks.typed.place() {
                Some(_) => self.picks.typed.asks_only(show),
                None => self.picks.show == show,
            },
            FilterRow::Whose(owner) => self.picks.whose == owner,
            FilterRow::AllCircles => self.picks.all,
            FilterRow::Circle(circle) => !self.picks.all && view.circle == Some(circle),
            FilterRow::Tag(place) => {
                let tag = listed.counts.tags.get(place);
                self.picks.tag.is_some() && tag.map(|(tag, _)| fold(tag)) == self.picks.tag
            }
            FilterRow::Saved(id) => {
                let mut all = view.state.filters().into_iter();
                let text = self.picks.typed.text();
                all.any(|filter| {
                    filter.id == id && !text.is_empty() && filter.text.as_str() == text
                })
            }
        }
    }

    fn label_and_count(
        &self,
        row: FilterRow,
        listed: &Listed,
        view: &View<'_>,
    ) -> (String, String) {
        let counts = &listed.counts;
        let (label, count) = match row {
            FilterRow::Show(show) => {
                let at = SHOWS.iter().position(|other| *other == show);
                let count = at.and_then(|at| counts.shows.get(at)).copied().unwrap_or(0);
                if show == Is::Done && self.told.closed.more {
                    return (show.label().to_owned(), format!("{count}+"));
                }
                (show.label().to_owned(), count)
            }
            FilterRow::Whose(None) => ("All".to_owned(), counts.open),
            FilterRow::Whose(Some(owner)) => {
                let name = view
                    .circle
                    .map(|circle| words::owner(view, circle, owner, false));
                let count = counts.owners.get(&owner).copied().unwrap_or(0);
                (name.unwrap_or_default(), count)
            }
            FilterRow::AllCircles => ("All circles".to_owned(), counts.circles.values().sum()),
            FilterRow::Circle(id) => {
                let name = view.state.circle(id).map(|circle| circle.name.to_string());
                (
                    name.unwrap_or_default(),
                    counts.circles.get(&id).copied().unwrap_or(0),
                )
            }
            FilterRow::Tag(place) => {
                let tag = counts.tags.get(place).cloned().unwrap_or_default();
                (format!("#{}", tag.0), tag.1)
            }
            FilterRow::Saved(id) => {
                let mut all = view.state.filters().into_iter();
                let name = all
                    .find(|filter| filter.id == id)
                    .map(|it| it.name.to_string());
                let count = counts.saved.get(&id).copied().unwrap_or(0);
                (name.unwrap_or_default(), count)
            }
        };
        (label, count.to_string())
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
        let listed = self.listed(view);
        let rows = self.filter_rows(view);
        let under = self.filter_cursor.item(&rows);
        let under = under.and_then(|under| rows.iter().position(|row| *row == under));
        let groups = Groups::of(rows.iter().map(head)).below_a_blank();
        groups.draw(content, (under, focused), (buf, styles), |place| {
            let Some(row) = rows.get(place) else {
                return Choice::default();
            };
            let (label, count) = self.label_and_count(*row, &listed, view);
            let taken = self.is_chosen(*row, &listed, view);
            Choice {
                label,
                count,
                taken,
            }
        });
    }
}

const fn head(row: &FilterRow) -> &'static str {
    match row {
        FilterRow::Show(_) => "Show",
        FilterRow::Whose(_) => "Owner",
        FilterRow::AllCircles | FilterRow::Circle(_) => "Circle",
        FilterRow::Tag(_) => "Tags",
        FilterRow::Saved(_) => "Saved  (:save-filter)",
    }
}
