//! Actions: what the circle has taken on, by date due, with what was done since the last session. Keeps cursors,
//! marks and the chosen filter; every change is a command.

mod detail;
mod filters;
mod list;
mod moving;
mod pick;
#[cfg(test)]
mod tests;
mod verbs;

use std::collections::{BTreeMap, BTreeSet};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::document::Document;
use crate::domain::id::{ActionId, CircleId, Key, Kind, SessionId};
use crate::domain::item::{Action, Owner};
use crate::domain::search::Hit;
use crate::domain::session::Session;
use crate::engine::query::{ActionFilter, Answer, MOST_ROWS, Query};
use crate::tui::screen::actions::filters::FilterRow;
use crate::tui::screen::actions::pick::{Show, Typed};
use crate::tui::screen::cursor::Cursor;
use crate::tui::screen::table::TWO_COLUMNS;
use crate::tui::screen::words;
use crate::tui::view::{Arg, CommandId, Paint, Reply, Request, Screen, View};

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
    cursor: Cursor<ActionId>,
    filter_cursor: Cursor<FilterRow>,
    show: Show,
    whose: Option<Owner>,
    typed: Typed,
    marked: BTreeSet<ActionId>,
    asking: Vec<ActionId>,
    closed: Vec<Action>,
    closed_of: Option<CircleId>,
    sessions: BTreeMap<SessionId, Session>,
}

/// The rows of the list.
#[derive(Default)]
struct Shown<'a> {
    circle: Option<CircleId>,
    /// What was picked, soonest due first; or, for Done, latest first.
    main: Vec<&'a Action>,
    /// Done since the last session, latest first.
    done: Vec<&'a Action>,
    /// How many were open when the last session ended.
    of: usize,
}

impl<'a> Shown<'a> {
    fn rows(&self) -> Vec<ActionId> {
        let all = self.main.iter().chain(&self.done);
        all.map(|action| action.id).collect()
    }

    fn get(&self, id: ActionId) -> Option<&'a Action> {
        let mut all = self.main.iter().chain(&self.done);
        all.find(|action| action.id == id).copied()
    }
}

impl Actions {
    /// Closed actions: those in the state as they are there, the others as the store told them.
    fn closed<'a>(&'a self, view: &View<'a>, circle: CircleId) -> Vec<&'a Action> {
        let loaded = view.state.actions(circle);
        let told: &[Action] = if self.closed_of == Some(circle) {
            &self.closed
        } else {
            &[]
        };
        let told = told
            .iter()
            .filter(|action| view.state.action(circle, action.id).is_none());
        let mut closed: Vec<&Action> = loaded
            .filter(|action| !action.state.is_open())
            .chain(told)
            .filter(|action| action.trashed.is_none())
            .collect();
        closed.sort_by_key(|action| (std::cmp::Reverse(action.closed), action.number));
        closed
    }

    fn shown<'a>(&'a self, view: &View<'a>) -> Shown<'a> {
        let Some(circle) = view.circle else {
            return Shown::default();
        };
        let fits = |action: &&Action| {
            self.whose.is_none_or(|owner| action.owner == owner)
                && self.typed.fits(view, circle, action)
        };
        let closed = self.closed(view, circle);
        let open = view.state.open_actions(circle);
        let mut shown = Shown {
            circle: Some(circle),
            ..Shown::default()
        };
        if self.show == Show::Done {
            shown.main = closed.into_iter().filter(fits).collect();
            return shown;
        }
        if let Some(last) = view.state.last_session(circle).and_then(|last| last.ended) {
            let done = closed
                .into_iter()
                .filter(|action| action.closed.is_some_and(|at| at >= last));
            shown.done = done.filter(fits).collect();
            let then = open.iter().filter(|action| action.origin.at <= last);
            shown.of = then.filter(|action| fits(action)).count() + shown.done.len();
        }
        let picked = |action: &&Action| self.show.has(view, circle, action);
        shown.main = open.into_iter().filter(picked).filter(fits).collect();
        shown
    }

    /// The marked rows that are shown, else the row under the cursor.
    fn targets<'a>(&'a self, view: &View<'a>) -> Vec<&'a Action> {
        let shown = self.shown(view);
        let rows = shown.rows();
        let marked: Vec<&Action> = rows
            .iter()
            .filter(|id| self.marked.contains(id))
            .filter_map(|id| shown.get(*id))
            .collect();
        if !marked.is_empty() {
            return marked;
        }
        let here = self.cursor.item(&rows).and_then(|id| shown.get(id));
        here.into_iter().collect()
    }

    fn switch(&mut self) -> Reply {
        self.focus = match self.focus {
            Focus::List => Focus::Filters,
            Focus::Filters => Focus::List,
        };
        Reply::Handled
    }

    fn close(&mut self) -> Reply {
        if self.opened {
            self.opened = false;
        } else if self.focus == Focus::Filters {
            self.focus = Focus::List;
        } else if !self.marked.is_empty() {
            self.marked.clear();
        } else if !self.typed.text().is_empty() {
            self.typed = Typed::default();
        } else {
            return Reply::Ignored;
        }
        Reply::Handled
    }

    fn in_filters(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        let rows = Self::filter_rows(view);
        match id {
            _ if self.filter_cursor.step(id, &rows) => Reply::Handled,
            CommandId::Open | CommandId::Mark => self.pick_filter(view),
            _ => Reply::Ignored,
        }
    }

    fn in_list(&mut self, id: CommandId, view: &View<'_>) -> Reply {
        let rows = self.shown(view).rows();
        if self.cursor.step(id, &rows) {
            return Reply::Handled;
        }
        match id {
            CommandId::Mark => self.mark(&rows),
            CommandId::MarkAll => self.mark_all(&rows),
            CommandId::Open if rows.is_empty() => Reply::Ignored,
            CommandId::Open => {
                self.opened = !self.opened;
                Reply::Handled
            }
            _ => self.verb(id, view),
        }
    }

    fn mark(&mut self, rows: &[ActionId]) -> Reply {
        let Some(id) = self.cursor.item(rows) else {
            return Reply::Ignored;
        };
        if !self.marked.remove(&id) {
            self.marked.insert(id);
        }
        self.cursor.step(CommandId::Down, rows);
        Reply::Handled
    }

    fn mark_all(&mut self, rows: &[ActionId]) -> Reply {
        if rows.iter().all(|id| self.marked.contains(id)) {
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
        match id {
            CommandId::MoveAction => self.move_away(arg, view),
            CommandId::NextPane | CommandId::PreviousPane => self.switch(),
            CommandId::Close => self.close(),
            CommandId::Add => Reply::Do(vec![Request::Run(CommandId::AddAction, Arg::None)]),
            CommandId::CopyAll => self.copy_all(view),
            CommandId::WriteMarkdown
            | CommandId::WriteHtml
            | CommandId::WriteCsv
            | CommandId::WriteJson
            | CommandId::WriteTodo
            | CommandId::WriteCalendar => self.write(id, view),
            _ => match self.focus {
                Focus::List => self.in_list(id, view),
                Focus::Filters => self.in_filters(id, view),
            },
        }
    }

    fn offers(&self, view: &View<'_>) -> Vec<(CommandId, &'static str)> {
        if self.focus == Focus::Filters {
            return vec![
                (CommandId::Open, "show these"),
                (CommandId::NextPane, "list"),
            ];
        }
        let targets = self.targets(view);
        let Some(first) = targets.first() else {
            return vec![
                (CommandId::Add, "add"),
                (CommandId::Filter, "filter"),
                (CommandId::NextPane, "filters"),
            ];
        };
        if !first.state.is_open() && targets.len() == 1 {
            return vec![
                (CommandId::Done, "open again"),
                (CommandId::Open, "all of it"),
                (CommandId::Edit, "edit"),
                (CommandId::Add, "add"),
                (CommandId::Filter, "filter"),
                (CommandId::NextPane, "filters"),
            ];
        }
        vec![
            (CommandId::Mark, "mark"),
            (CommandId::Done, "done"),
            (CommandId::Partly, "partly"),
            (CommandId::Due, "new date"),
            (CommandId::Owner, "owner"),
            (CommandId::Edit, "edit"),
            (CommandId::Add, "add"),
            (CommandId::Filter, "filter"),
            (CommandId::Remove, "let go"),
            (CommandId::MarkAll, "mark all"),
            (CommandId::Open, "all of it"),
            (CommandId::NextPane, "filters"),
            (CommandId::Copy, "copy"),
            (CommandId::CopyAll, "copy all"),
            (CommandId::WriteMarkdown, "write out"),
        ]
    }

    fn wants(&self, view: &View<'_>) -> Vec<Query> {
        let Some(circle) = view.circle else {
            return Vec::new();
        };
        let made_in: BTreeSet<SessionId> = view
            .state
            .open_actions(circle)
            .iter()
            .filter_map(|action| action.origin.session)
            .filter(|id| view.state.session(circle, *id).is_none())
            .filter(|id| !self.sessions.contains_key(id))
            .collect();
        let closed = Query::Actions {
            filter: ActionFilter {
                circle: Some(circle),
                open: Some(false),
                ..ActionFilter::default()
            },
            skip: 0,
            after: None,
            limit: MOST_ROWS,
        };
        let key = |id: SessionId| Key::circle(circle, Kind::Session, id.0);
        let sessions: Vec<Key> = made_in.into_iter().take(MOST_ROWS).map(key).collect();
        if sessions.is_empty() {
            return vec![closed];
        }
        vec![closed, Query::Get(sessions)]
    }

    fn answered(&mut self, query: &Query, answer: &Answer, _view: &View<'_>) {
        let Answer::Rows { rows, .. } = answer else {
            return;
        };
        let documents = rows
            .iter()
            .filter_map(|row| Document::from_body(&row.key, &row.body).ok());
        if let Query::Actions { filter, .. } = query {
            self.closed_of = filter.circle;
            self.closed.clear();
        }
        for document in documents {
            if let Document::Action(action) = document {
                self.closed.push(action);
            } else if let Document::Session(session) = document {
                self.sessions.insert(session.id, session);
            }
        }
    }

    fn entered(&mut self, tag: u32, text: &str, view: &View<'_>) -> Reply {
        self.typed_answer(tag, text, view)
    }

    fn chosen(&mut self, tag: u32, row: usize, view: &View<'_>) -> Reply {
        self.picked_answer(tag, row, view)
    }

    fn aim(&mut self, found: &Hit, _view: &View<'_>) {
        let open = ["open", "partly", "moved"].contains(&found.state.as_str());
        self.focus = Focus::List;
        self.show = if open { Show::Open } else { Show::Done };
        self.whose = None;
        self.typed = Typed::default();
        self.cursor.aim(ActionId(found.key.id));
    }

    fn filter(&mut self, text: &str, view: &View<'_>) -> Reply {
        match Typed::read(text, words::today(view)) {
            Ok(typed) => {
                self.typed = typed;
                Reply::Handled
            }
            Err(why) => Reply::Refuse(why),
        }
    }
}
