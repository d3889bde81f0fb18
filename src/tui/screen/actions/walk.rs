//! The review of what the list shows, and how one's own went, told below the filters while one's own are shown.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::id::{ActionId, Key};
use crate::domain::item::Owner;
use crate::theme::Role;
use crate::tui::say;
use crate::tui::screen::actions::Actions;
use crate::tui::screen::actions::list::circle_of;
use crate::tui::screen::table;
use crate::tui::view::{Arg, Paint, Reply, Request, View, Walk};
use crate::tui::widget::text;

/// Rows of the filters that stay above the words.
const FILTERS: u16 = 14;

impl Actions {
    /// Goes through the open rows that were picked out: marked, filtered, of one owner. Where nothing was picked out
    /// it is not this list that decides.
    pub(super) fn walk(&self, arg: &Arg, view: &View<'_>) -> Reply {
        let marked = !self.marked.is_empty();
        if *arg != Arg::None || !marked && self.picks.is_plain() {
            return Reply::Ignored;
        }
        let listed = self.listed(view);
        let shown = listed.rows.get(..listed.main).unwrap_or_default();
        let open = |key: &&Key| {
            let action = self.told.action(view, key);
            action.is_some_and(|action| action.state.is_open())
        };
        let picked = shown
            .iter()
            .filter(|key| !marked || self.marked.contains(key));
        let (here, elsewhere): (Vec<&Key>, Vec<&Key>) = picked
            .filter(open)
            .partition(|key| circle_of(key) == view.circle);
        let rows = here.into_iter().map(|key| ActionId(key.id)).collect();
        let own = self.shows_own(view);
        let mut requests = vec![Request::Walk(Walk {
            rows,
            own,
            elsewhere: Vec::new(),
        })];
        if marked && !elsewhere.is_empty() {
            let count = say::count(elsewhere.len(), "action", "actions");
            requests.push(Request::Say(format!("{count} of other circles left out")));
        }
        Reply::Do(requests)
    }

    /// Whether only actions of whoever sits here are shown.
    pub(super) fn shows_own(&self, view: &View<'_>) -> bool {
        view.me.is_some() && self.picks.whose == view.me.map(Owner::Member)
    }

    /// Draws how one's own went at the foot of the filters, and returns the room above it.
    pub(super) fn draw_own(&self, content: Rect, buf: &mut Buffer, paint: &Paint<'_>) -> Rect {
        if !self.shows_own(&paint.view) {
            return content;
        }
        let words = self.own.words(&paint.view).join(" ");
        let lines = text::wrap(&words, content.width);
        let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        if words.is_empty() || rows.saturating_add(FILTERS + 1) > content.height {
            return content;
        }
        let foot = table::below(content, content.height - rows);
        for (line, row) in lines.iter().zip(0..) {
            let style = paint.styles.of(Role::Muted);
            text::put(line, style, text::row(foot, row), buf);
        }
        table::above(content, content.height - rows - 1)
    }
}
