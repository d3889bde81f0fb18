//! The list of actions and the pane it stands in.

mod columns;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::filter::sought::Is;
use crate::domain::id::{CircleId, Key, Space};
use crate::domain::item::{Action, ActionState, Owner};
use crate::theme::glyphs::Mark;
use crate::theme::{Role, Styles};
use crate::tui::screen::actions::Actions;
use crate::tui::screen::actions::list::columns::{Columns, heads};
use crate::tui::screen::actions::listed::{Entry, Listed};
use crate::tui::screen::actions::pick::my_name;
use crate::tui::screen::cursor::window;
use crate::tui::screen::table::{self, Cell};
use crate::tui::screen::words;
use crate::tui::view::{Paint, View};
use crate::tui::widget::hints::{self, Hint};
use crate::tui::widget::{list, text};

/// Rows of the detail pane, title and last row included, and on a large screen.
const DETAIL: u16 = 9;
const LARGE_DETAIL: u16 = 14;
/// From this height on the detail stands below the list, and is large.
const WITH_DETAIL: u16 = 19;
const WITH_LARGE: u16 = 32;
/// Below this width a title has no room for all that is picked.
const NARROW: u16 = 60;

/// The circle that a row belongs to.
pub(super) const fn circle_of(key: &Key) -> Option<CircleId> {
    match key.space {
        Space::Circle(circle) => Some(circle),
        Space::Org => None,
    }
}

impl Actions {
    pub(super) fn draw_main(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>, focused: bool) {
        let view = &paint.view;
        let listed = self.listed(view);
        let under = self.cursor.item(&listed.rows);
        let under = under.and_then(|key| Some((key, self.told.action(view, &key)?)));
        if let (true, Some(row)) = (self.opened, under) {
            return self.draw_detail(row, (area, focused), buf, paint);
        }
        let detail = match area.height {
            _ if under.is_none() => 0,
            WITH_LARGE.. => LARGE_DETAIL,
            WITH_DETAIL.. => DETAIL,
            _ => 0,
        };
        let top = table::above(area, area.height - detail);
        self.draw_list(&listed, (top, focused), buf, paint);
        if let Some(row) = under.filter(|_| detail > 0) {
            let area = table::below(area, top.height);
            self.draw_detail(row, (area, false), buf, paint);
        }
    }

    /// The title, and beside it what is shown, how many, and in which order. Where there is no room beside it, what is
    /// picked stands in the title.
    fn heading(&self, listed: &Listed, width: u16, view: &View<'_>) -> (String, String) {
        let picked = self.picked_words(view);
        let more = if self.has_more(view) { "+" } else { "" };
        if width < NARROW && !picked.is_empty() {
            return (
                format!("Actions {picked}"),
                format!("{}{more}", listed.main),
            );
        }
        let mut parts = Vec::new();
        if !picked.is_empty() {
            parts.push(picked);
        }
        parts.push(format!("{}{more} shown", listed.main));
        parts.push(format!("by {}", self.picks.order.word()));
        ("Actions".to_owned(), parts.join(", "))
    }

    /// What was typed and picked, in words.
    fn picked_words(&self, view: &View<'_>) -> String {
        let mut parts = Vec::new();
        if !self.picks.typed.is_empty() {
            parts.push(self.picks.typed.text().to_owned());
        }
        if self.picks.show != Is::Open {
            parts.push(self.picks.show.label().to_lowercase());
        }
        if let (Some(owner), Some(circle)) = (self.picks.whose, view.circle) {
            parts.push(words::owner(view, circle, owner, true));
        }
        parts.extend(self.picks.tag.as_ref().map(|tag| format!("#{tag}")));
        if self.picks.all {
            parts.push("all circles".to_owned());
        }
        parts.join(", ")
    }

    fn draw_list(
        &self,
        listed: &Listed,
        (area, focused): (Rect, bool),
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let styles = paint.styles;
        let (title, meta) = self.heading(listed, area.width, &paint.view);
        let mut content = table::pane(&title, meta.as_str(), focused, area, (buf, styles));
        if !paint.view.ready {
            return table::empty("loading", &[], content, (buf, styles));
        }
        if listed.rows.is_empty() {
            return self.draw_empty(listed, content, buf, paint);
        }
        let columns = Columns::of(&listed.widths, content.width, styles);
        if content.height >= 6 && columns.id > 0 {
            let line = heads(&columns, self.picks.place(), styles);
            table::put_plain(&line, (content, 0), (buf, styles));
            content = table::below(content, 1);
        }
        let marked = self.marked_rows(listed).len();
        if marked > 0 && content.height >= 4 {
            let foot = table::below(content, content.height - 1);
            draw_marked(marked, foot, buf, paint);
            content.height -= 2;
        }
        self.draw_entries(listed, (content, &columns, focused), buf, paint);
    }

    fn draw_entries(
        &self,
        listed: &Listed,
        (content, columns, focused): (Rect, &Columns, bool),
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let styles = paint.styles;
        let row = self.cursor.place(&listed.rows);
        let selected = listed.places.get(row).copied().unwrap_or(0);
        let shown = window(listed.entries.len(), selected, content.height);
        for (place, index) in shown.zip(0..) {
            match listed.entries.get(place) {
                Some(Entry::Row(key)) => {
                    let look = list::Look::of(place == selected, focused);
                    let under = place == selected;
                    if let Some(action) = self.told.action(&paint.view, key) {
                        let line = self.row((key, action), columns, (look, under), paint);
                        table::put_row(&line, look, (content, index), (buf, styles));
                    }
                }
                Some(Entry::Head(title)) => {
                    let area = text::after(text::row(content, index), 2);
                    text::put(title, styles.bold(Role::Text), area, buf);
                }
                Some(Entry::Done) => {
                    let area = text::after(text::row(content, index), 2);
                    draw_done_title(listed, area, (buf, styles));
                }
                Some(Entry::Blank) | None => {}
            }
        }
    }

    fn draw_empty(&self, listed: &Listed, content: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
        let styles = paint.styles;
        if self.picks.is_plain() {
            let done = listed.counts.shows.last().copied().unwrap_or(0);
            let done = format!("{done} done");
            let key = |id| paint.view.keys.of(id);
            let (add, filter) = (
                key(CommandId::Add),
                format!("{} is:done", key(CommandId::Filter)),
            );
            let keys = [
                Hint::new(&add, "add one").run(CommandId::Add),
                Hint::new(&filter, &done),
            ];
            return table::empty("No open actions.", &keys, content, (buf, styles));
        }
        let close = [(CommandId::Close, "clears the filter")];
        let clears = paint.view.keys.hints(&close);
        let picked = self.picked_words(&paint.view);
        let sentence = format!("Nothing matches {picked}.");
        if self.picks.typed.asks_for_me() && my_name(&paint.view).is_none() {
            let sentence = "circlet does not know who you are in this circle.";
            let me = paint.view.keys.of(CommandId::Me);
            let mut keys = vec![Hint::new(&me, "says it").run(CommandId::Me)];
            keys.extend(clears);
            return table::empty(sentence, &keys, content, (buf, styles));
        }
        let circles = self.picks.circles(&paint.view);
        if let Some(missed) = self.picks.typed.misses(&circles, paint.view.state) {
            return table::empty(&missed, &clears, content, (buf, styles));
        }
        if self.paging > 0 {
            return table::empty("loading", &[], content, (buf, styles));
        }
        if !self.has_more(&paint.view) && self.picks.asks_for_all_trash() {
            return table::empty("The trash is empty.", &clears, content, (buf, styles));
        }
        if !self.has_more(&paint.view) {
            return table::empty(&sentence, &clears, content, (buf, styles));
        }
        let through = self.looked_through();
        let sentence = format!("Nothing among the latest {through} matches {picked}.");
        let further = (CommandId::Down, "looks further");
        let keys = paint.view.keys.hints(&[further, close[0]]);
        table::empty(&sentence, &keys, content, (buf, styles));
    }

    fn row(
        &self,
        (key, action): (&Key, &Action),
        columns: &Columns,
        (look, under): (list::Look, bool),
        paint: &Paint<'_>,
    ) -> Line<'static> {
        let (view, styles) = (&paint.view, paint.styles);
        let open = action.state.is_open() && action.trashed.is_none();
        let quiet = look.quiet(styles);
        let main = if open { look.main(styles) } else { quiet };
        let mut due = due_words(action, view);
        if columns.brief && open && action.waits_for.is_none() {
            due.text = words::brief_due(view, action.due);
        }
        let due_style = match (due.warm, due.quiet) {
            (true, _) => styles.bold(Role::Warn),
            (false, true) => quiet,
            (false, false) => main,
        };
        let (owner, circle) = match circle_of(key) {
            Some(circle) => (
                words::owner(view, circle, action.owner, columns.short),
                view.state
                    .circle(circle)
                    .map(|circle| circle.name.to_string()),
            ),
            None => (String::new(), None),
        };
        let owner_style = match action.owner {
            Owner::Nobody if open => styles.of(Role::Warn),
            Owner::Nobody | Owner::All | Owner::Member(_) => main,
        };
        let marked = self.marked.contains(key);
        table::line(
            vec![
                table::cursor_mark(under, marked, styles),
                list::state_mark(state_mark(action), styles),
            ],
            [
                Cell::new(format!("A{}", action.number), columns.id, quiet),
                Cell::new(due.text, columns.due, due_style),
                Cell::new(circle.unwrap_or_default(), columns.circle, quiet),
                Cell::new(owner, columns.owner, owner_style),
                Cell::new(with_state(action), columns.words, main),
                Cell::new(tags(action), columns.tags, quiet),
                seen_cell(action, (view, key), columns.seen, styles),
            ],
        )
    }
}

fn state_mark(action: &Action) -> Mark {
    match action.state {
        ActionState::LetGo => Mark::None,
        ActionState::Done => Mark::Done,
        ActionState::Open | ActionState::Partly | ActionState::Moved => {
            if action.waits_for.is_some() {
                Mark::Blocked
            } else {
                Mark::Open
            }
        }
    }
}

/// The words of an action with what keeps it, or what has become of it.
fn with_state(action: &Action) -> String {
    let words = &action.text;
    let tail = match (action.state, &action.waits_for, &action.progress) {
        (ActionState::LetGo, ..) => "let go".to_owned(),
        (ActionState::Done, ..) => return words.to_string(),
        (_, Some(what), _) => format!("waits: {what}"),
        (ActionState::Partly, None, Some(left)) => format!("left: {left}"),
        (ActionState::Partly, None, None) => "half done".to_owned(),
        (ActionState::Open | ActionState::Moved, None, _) if action.help => {
            "help wanted".to_owned()
        }
        (ActionState::Open | ActionState::Moved, None, _) => return words.to_string(),
    };
    format!("{words}  {tail}")
}

fn tags(action: &Action) -> String {
    let tags: Vec<String> = action.tags.iter().map(|tag| format!("#{tag}")).collect();
    tags.join(" ")
}

/// `new` since the last session began, else how often it was carried over.
fn seen_cell(
    action: &Action,
    (view, key): (&View<'_>, &Key),
    cells: u16,
    styles: &Styles,
) -> Cell<'static> {
    let last = circle_of(key).and_then(|circle| view.state.last_session(circle));
    let since = last.map(|last| last.started.unwrap_or(last.start));
    let new = action.carried == 0 && since.is_none_or(|since| action.origin.at >= since);
    let (text, style) = if !action.state.is_open() {
        (String::new(), Style::new())
    } else if new {
        ("new".to_owned(), styles.bold(Role::Good))
    } else {
        (
            format!("{} x", action.carried.max(1)),
            styles.of(Role::Muted),
        )
    };
    Cell::new(text, cells, style).last().right()
}

/// What stands in the column of dates.
pub(super) fn due_words(action: &Action, view: &View<'_>) -> words::DueWords {
    if let Some(at) = action.trashed.or(action.closed) {
        return words::DueWords {
            text: words::day(view, at),
            warm: false,
            quiet: true,
        };
    }
    if action.waits_for.is_some() {
        return words::DueWords {
            text: "BLOCKED".to_owned(),
            warm: true,
            quiet: false,
        };
    }
    words::due(view, action.due)
}

/// A title with a rule inside the list, and how many of those that were open.
fn draw_done_title(listed: &Listed, area: Rect, (buf, styles): (&mut Buffer, &Styles)) {
    let title = "Done since last session";
    let used = text::put(title, styles.bold(Role::Text), area, buf);
    let count = format!(" {} of {}", listed.rows.len() - listed.main, listed.of);
    let rest = text::after(area, used + 1);
    let room = usize::from(rest.width.saturating_sub(text::width(&count)));
    let rule = styles.glyphs().rule().repeat(room);
    let line = Line::from(vec![
        Span::styled(rule, styles.of(Role::Border)),
        Span::styled(count, styles.of(Role::Muted)),
    ]);
    text::put_line(&line, rest, buf);
}

fn draw_marked(count: usize, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
    let styles = paint.styles;
    let words = format!("{count} marked");
    let area = text::after(area, 2);
    let used = text::put(&words, styles.bold(Role::Accent), area, buf);
    let keys = paint.view.keys.hints(&[
        (CommandId::Done, "done"),
        (CommandId::Due, "new date"),
        (CommandId::Owner, "owner"),
        (CommandId::Remove, "let go"),
    ]);
    hints::draw_quiet(&keys, text::after(area, used + 3), buf, styles);
}
