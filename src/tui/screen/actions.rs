//! Actions: what circles have taken on, by date due, with what was done since the last session. Keeps cursors,
//! marks and the chosen filters; every change is a command.

mod asked;
mod clash;
mod detail;
mod filters;
mod lines;
mod list;
mod listed;
mod moving;
mod offers;
mod out;
mod paged;
mod past;
mod pick;
#[cfg(test)]
mod tests;
mod told;
mod verbs;
mod walk;

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::command::Command;
use crate::domain::filter::sought::{Is, Sought};
use crate::domain::id::Key;
use crate::domain::item::Action;
use crate::domain::search::Hit;
use crate::engine::query::{Answer, Query};
use crate::tui::screen::actions::clash::Clash;
use crate::tui::screen::actions::listed::{Listed, Print};
use crate::tui::screen::actions::pick::{FilterRow, Picks};
use crate::tui::screen::actions::told::Told;
use crate::tui::screen::actions::verbs::Asking;
use crate::tui::screen::cursor::Cursor;
use crate::tui::screen::memo::Memo;
use crate::tui::screen::own::Own;
use crate::tui::screen::table::TWO_COLUMNS;
use crate::tui::view::{Arg, CommandId, Paint, Reply, Request, Screen, Tag, View};

pub use asked::{Asked, Part};

/// Which pane has the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Focus {
    #[default]
    List,
    Filters,
}

/// The screen of actions.
#[derive(Clone, Debug, Default)]
pub struct Actions {
    focus: Focus,
    opened: bool,
    cursor: Cursor<Key>,
    filter_cursor: Cursor<FilterRow>,
    picks: Picks,
    marked: BTreeSet<Key>,
    asking: Asking,
    clash: Option<Clash>,
    own: Own,
    told: Told,
    /// Whether the rest of a row was asked for and did not come yet.
    waits: bool,
    /// Pages that were asked for and did not come yet.
    paging: usize,
    /// How many rows of the store are read before a movement asks for more.
    reach: usize,
    /// Counts what was picked and told.
    rev: u64,
    /// Whether one pane was drawn over the other.
    stacked: Cell<bool>,
    /// What was worked out last, so that neither drawing nor moving works it out again.
    listed: Memo<Print, Listed>,
}

impl Actions {
    /// The rows, worked out again only when something has changed.
    fn listed(&self, view: &View<'_>) -> Rc<Listed> {
        self.listed.of(Print::of(view, self.rev), || {
            Listed::of(&self.picks, &self.told, view)
        })
    }

    /// Something was picked: other rows are shown, so no marks are left.
    fn changed(&mut self) {
        self.rev += 1;
        self.reach = 0;
        self.marked.clear();
    }

    /// The marked rows that are shown.
    fn marked_rows(&self, listed: &Listed) -> Vec<Key> {
        if self.marked.is_empty() {
            return Vec::new();
        }
        let rows = listed.rows.iter();
        rows.filter(|key| self.marked.contains(key))
            .copied()
            .collect()
    }

    /// The marked rows that are shown, else the row under the cursor.
    fn targets(&self, view: &View<'_>) -> Vec<(Key, Action)> {
        let listed = self.listed(view);
        let mut keys = self.marked_rows(&listed);
        if keys.is_empty() {
            keys.extend(self.cursor.item(&listed.rows));
        }
        let keys = keys.into_iter();
        keys.filter_map(|key| Some((key, self.told.action(view, &key)?.clone())))
            .collect()
    }

    fn switch(&mut self) -> Reply {
        self.focus = match self.focus {
            Focus::List => Focus::Filters,
            Focus::Filters => Focus::List,
        };
        Reply::Handled
    }

    fn close(&mut self, view: &View<'_>) -> Reply {
        if self.opened {
            self.opened = false;
        } else if self.focus == Focus::Filters {
            self.focus = Focus::List;
        } else if !self.marked.is_empty() {
            self.marked.clear();
        } else if !self.picks.is_plain() {
            let more = self.in_trash() || self.picks.typed.names_circles();
            self.picks.take(Sought::default());
            self.changed();
            if more {
                return self.ask_all(view);
            }
        } else {
            return Reply::Ignored;
        }
        Reply::Handled
    }

    /// Asks for what other picks need.
    fn ask_all(&self, view: &View<'_>) -> Reply {
        Reply::Do(self.wants(view).into_iter().map(Request::Ask).collect())
    }

    fn in_filters(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        let rows = self.filter_rows(view);
        match id {
            _ if self.filter_cursor.step(id, &rows) => Reply::Handled,
            CommandId::Open | CommandId::Mark => {
                // Where the panes stand on top of each other, what was picked is shown.
                if self.stacked.get() {
                    self.focus = Focus::List;
                }
                self.pick_filter(view)
            }
            CommandId::Remove => self.drop_filter(view),
            _ => Reply::Ignored,
        }
    }

    fn in_list(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        let listed = self.listed(view);
        if self.cursor.step(id, &listed.rows) {
            return self.ask_rest(view);
        }
        match id {
            CommandId::Mark => self.mark(&listed.rows),
            CommandId::MarkAll => self.mark_all(&listed.rows),
            CommandId::Open if listed.rows.is_empty() => Reply::Ignored,
            CommandId::Open => {
                self.opened = !self.opened;
                self.ask_rest(view)
            }
            _ => self.verb(id, arg, view),
        }
    }

    fn carry_out(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        match id {
            CommandId::MoveAction => self.move_away(arg, view),
            CommandId::NextPane | CommandId::PreviousPane => self.switch(),
            CommandId::Close => self.close(view),
            CommandId::Next | CommandId::Back => self.step_owner(id, view),
            CommandId::Sort => self.ask_order(),
            CommandId::SaveFilter => self.save_filter(arg, view),
            CommandId::Add => Reply::Do(vec![Request::Run(CommandId::AddAction, Arg::None)]),
            CommandId::CopyAll => self.copy_all(view),
            CommandId::WriteMarkdown
            | CommandId::WriteHtml
            | CommandId::WriteCsv
            | CommandId::WriteJson
            | CommandId::WriteTodo
            | CommandId::WriteCalendar => self.write(id, view),
            CommandId::Review => self.walk(arg, view),
            CommandId::Erase if self.focus == Focus::List => self.erase(view),
            _ => match self.focus {
                Focus::List => self.in_list(id, arg, view),
                Focus::Filters => self.in_filters(id, view),
            },
        }
    }

    /// What the row under the cursor lacks to be shown in full.
    fn rest(&self, view: &View<'_>) -> Vec<Query> {
        let key = self.cursor.item(&self.listed(view).rows);
        let row = key.and_then(|key| Some((key, self.told.action(view, &key)?)));
        row.map_or_else(Vec::new, |(key, action)| {
            self.told.missing(view, key, action)
        })
    }

    /// Asks for it, one row at a time: a cursor that runs on waits for the answer before.
    fn ask_rest(&mut self, view: &View<'_>) -> Reply {
        let rest = if self.waits {
            Vec::new()
        } else {
            self.rest(view)
        };
        if rest.is_empty() {
            return Reply::Handled;
        }
        self.waits = true;
        Reply::Do(rest.into_iter().map(Request::Ask).collect())
    }

    fn mark(&mut self, rows: &[Key]) -> Reply {
        let Some(key) = self.cursor.item(rows) else {
            return Reply::Ignored;
        };
        if !self.marked.remove(&key) {
            self.marked.insert(key);
        }
        self.cursor.step(CommandId::Down, rows);
        Reply::Handled
    }

    fn mark_all(&mut self, rows: &[Key]) -> Reply {
        if rows.iter().all(|key| self.marked.contains(key)) {
            self.marked.clear();
        } else {
            self.marked.extend(rows);
        }
        Reply::Handled
    }
}

impl Screen for Actions {
    fn draw(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> Option<Position> {
        let focused = |focus| self.focus == focus && !paint.covered;
        let (list_focus, filter_focus) = (focused(Focus::List), focused(Focus::Filters));
        self.stacked.set(area.width < TWO_COLUMNS);
        if area.width >= TWO_COLUMNS {
            let left = Rect { width: 27, ..area };
            let right = Rect {
                x: area.x + 27,
                width: area.width - 27,
                ..area
            };
            self.draw_filters(left, buf, paint, filter_focus);
            self.draw_main(right, buf, paint, list_focus);
        } else if self.focus == Focus::Filters {
            self.draw_filters(area, buf, paint, filter_focus);
        } else {
            self.draw_main(area, buf, paint, list_focus);
        }
        None
    }

    fn run(&mut self, id: CommandId, arg: &Arg, view: &View<'_>) -> Reply {
        let reply = self.carry_out(id, arg, view);
        let down = matches!(id, CommandId::Down | CommandId::PageDown | CommandId::End);
        self.then_read_on(reply, view, down && self.focus == Focus::List)
    }

    fn offers(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        match self.focus {
            Focus::List => self.list_offers(view),
            Focus::Filters => self.filter_offers(view),
        }
    }

    fn wants(&self, view: &View<'_>) -> Vec<Query> {
        let circles = self.picks.circles(view);
        let mut wants = match circles.as_slice() {
            [] => return Vec::new(),
            [one] => vec![paged::closed(Some(*one), 0)],
            _ => vec![paged::closed(None, 0)],
        };
        if self.in_trash() {
            wants.extend(circles.into_iter().map(|circle| paged::trash(circle, 0)));
        }
        wants.extend(self.rest(view));
        if self.shows_own(view) {
            wants.extend(self.own.wants(view));
        }
        wants
    }

    fn answered(&mut self, query: &Query, answer: &Answer, view: &View<'_>) {
        if self.own.answered(query, answer, view) {
            return;
        }
        self.waits = false;
        if paged::is_behind(query) {
            self.paging = self.paging.saturating_sub(1);
        }
        if self.told.take(query, answer, view) {
            self.rev += 1;
        }
    }

    fn failed(&mut self, _query: &Query) {
        (self.waits, self.paging) = (false, 0);
    }

    fn after(&mut self, query: &Query, _answer: &Answer, view: &View<'_>) -> Vec<Request> {
        match query {
            Query::Actions { .. } | Query::Trash { .. } => self.read_on(view, false),
            _ => Vec::new(),
        }
    }

    fn entered(&mut self, tag: Tag, text: &str, view: &View<'_>) -> Reply {
        match tag {
            Tag::Actions(asked) => self.typed_answer(asked, text, view),
            _ => Reply::Ignored,
        }
    }

    fn completions(&self, tag: Tag, view: &View<'_>) -> Vec<String> {
        if tag == Tag::Actions(Asked::Goal) {
            self.goals(view)
        } else {
            Vec::new()
        }
    }

    fn overtaken(&mut self, command: &Command, view: &View<'_>) -> Reply {
        self.edit_overtaken(command, view)
    }

    fn chosen(&mut self, tag: Tag, row: usize, view: &View<'_>) -> Reply {
        match tag {
            Tag::Actions(asked) => self.picked_answer(asked, row, view),
            _ => Reply::Ignored,
        }
    }

    fn aim(&mut self, found: &Hit, _view: &View<'_>) {
        self.focus = Focus::List;
        let all = self.picks.all;
        self.picks = Picks {
            show: if found.is_open { Is::Open } else { Is::Done },
            all,
            ..Picks::default()
        };
        self.changed();
        self.cursor.aim(found.key);
    }

    fn filter_help(&self) -> &'static str {
        "words @person #tag due<fri +circle is:overdue is:blocked is:help is:nobody is:done is:trash"
    }

    fn filter(&mut self, text: &str, view: &View<'_>) -> Reply {
        match Sought::read(text, view.seen()) {
            Ok(typed) => {
                let more = typed.names_circles() != self.picks.typed.names_circles()
                    || typed.place() != self.picks.typed.place();
                self.picks.typed = typed;
                self.changed();
                let reply = if more {
                    self.ask_all(view)
                } else {
                    Reply::Handled
                };
                self.then_read_on(reply, view, false)
            }
            Err(why) => Reply::Refuse(why),
        }
    }
}
