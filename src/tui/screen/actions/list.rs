//! The list of actions and the pane it stands in.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::domain::id::ActionId;
use crate::domain::item::{Action, ActionState, Owner};
use crate::theme::glyphs::Mark;
use crate::theme::{Role, Styles};
use crate::tui::screen::actions::pick::Show;
use crate::tui::screen::actions::{Actions, Shown};
use crate::tui::screen::cursor::window;
use crate::tui::screen::table::{self, Cell};
use crate::tui::screen::words;
use crate::tui::view::{Paint, View};
use crate::tui::widget::hints::{self, Hint};
use crate::tui::widget::{list, text};

/// Rows of the detail pane, title and last row included.
const DETAIL: u16 = 9;
/// From this height on the detail stands below the list.
const WITH_DETAIL: u16 = 19;

/// Cells of each column; 0 leaves it out.
struct Columns {
    id: u16,
    due: u16,
    owner: u16,
    short: bool,
    words: u16,
    tags: u16,
    seen: u16,
}

/// A row as it is drawn.
enum Entry<'a> {
    Row(&'a Action),
    Blank,
    Done,
}

impl Actions {
    pub(super) fn draw_main(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>, focused: bool) {
        let shown = self.shown(&paint.view);
        let under = self.cursor.item(&shown.rows());
        let under = under.and_then(|id| shown.get(id));
        if let (true, Some(action)) = (self.opened, under) {
            return self.draw_detail(action, (area, focused), buf, paint);
        }
        let detail = if area.height >= WITH_DETAIL && under.is_some() {
            DETAIL
        } else {
            0
        };
        let top = table::above(area, area.height - detail);
        self.draw_list(&shown, (top, focused), buf, paint);
        if let Some(action) = under.filter(|_| detail > 0) {
            let area = table::below(area, top.height);
            self.draw_detail(action, (area, false), buf, paint);
        }
    }

    fn meta(&self, shown: &Shown<'_>) -> String {
        let count = format!("{} shown, by due", shown.main.len());
        let what = match self.show {
            Show::Open => String::new(),
            show => format!("{}, ", show.word().to_lowercase()),
        };
        match self.typed.text() {
            "" => format!("{what}{count}"),
            text => format!("{text}, {what}{count}"),
        }
    }

    fn draw_list(
        &self,
        shown: &Shown<'_>,
        (area, focused): (Rect, bool),
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let styles = paint.styles;
        let meta = self.meta(shown);
        let mut content = table::pane("Actions", meta.as_str(), focused, area, (buf, styles));
        if !paint.view.ready {
            return table::empty("loading", &[], content, (buf, styles));
        }
        let rows = shown.rows();
        if rows.is_empty() {
            return self.draw_empty(content, buf, paint);
        }
        let columns = Columns::of(&paint.view, shown, content.width, styles);
        if content.height >= 6 && columns.id > 0 {
            let line = heads(&columns, styles);
            table::put_row(&line, list::Look::Plain, (content, 0), (buf, styles));
            content = table::below(content, 1);
        }
        let marked = rows.iter().filter(|id| self.marked.contains(id)).count();
        if marked > 0 && content.height >= 4 {
            let foot = table::below(content, content.height - 1);
            draw_marked(marked, foot, (buf, styles));
            content.height -= 2;
        }
        self.draw_entries(shown, (content, &columns, focused), buf, paint);
    }

    fn draw_entries(
        &self,
        shown: &Shown<'_>,
        (content, columns, focused): (Rect, &Columns, bool),
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let styles = paint.styles;
        let entries = entries(shown);
        let under = self.cursor.item(&shown.rows());
        let is_under = |entry: &Entry<'_>| matches!(entry, Entry::Row(a) if Some(a.id) == under);
        let selected = entries.iter().position(is_under).unwrap_or(0);
        for (place, index) in window(entries.len(), selected, content.height).zip(0..) {
            match entries.get(place) {
                Some(Entry::Row(action)) => {
                    let look = table::look(place == selected, focused);
                    let line = self.row(action, columns, (look, under), paint);
                    table::put_row(&line, look, (content, index), (buf, styles));
                }
                Some(Entry::Done) => {
                    let area = text::after(text::row(content, index), 2);
                    draw_done_title(shown, area, (buf, styles));
                }
                Some(Entry::Blank) | None => {}
            }
        }
    }

    fn draw_empty(&self, content: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
        let styles = paint.styles;
        if self.typed.text().is_empty() && self.show == Show::Open && self.whose.is_none() {
            let keys = [Hint::new("a", "add one")];
            return table::empty("No open actions.", &keys, content, (buf, styles));
        }
        let sentence = match self.typed.text() {
            "" => "Nothing here with these filters.".to_owned(),
            text => format!("Nothing matches {text}."),
        };
        let keys = match self.typed.text() {
            "" => [Hint::new("Tab", "filters")],
            _ => [Hint::new("Esc", "clears the filter")],
        };
        table::empty(&sentence, &keys, content, (buf, styles));
    }

    fn row(
        &self,
        action: &Action,
        columns: &Columns,
        (look, under): (list::Look, Option<ActionId>),
        paint: &Paint<'_>,
    ) -> Line<'static> {
        let (view, styles) = (&paint.view, paint.styles);
        let open = action.state.is_open();
        let quiet = look.quiet(styles);
        let main = if open { look.main(styles) } else { quiet };
        let state = if open { Mark::Open } else { Mark::Done };
        let state = if action.state == ActionState::LetGo {
            Mark::None
        } else {
            state
        };
        let (due, due_style) = due_cell(action, view, (main, quiet), styles);
        let owner = match view.circle {
            Some(circle) => words::owner(view, circle, action.owner, columns.short),
            None => String::new(),
        };
        let owner_style = match action.owner {
            Owner::Nobody if open => styles.of(Role::Warn),
            Owner::Nobody | Owner::All | Owner::Member(_) => main,
        };
        let marked = self.marked.contains(&action.id);
        table::line(
            vec![
                table::cursor_mark(under == Some(action.id), marked, styles),
                list::state_mark(state, styles),
            ],
            [
                Cell::new(format!("A{}", action.number), columns.id, quiet),
                Cell::new(due, columns.due, due_style),
                Cell::new(owner, columns.owner, owner_style),
                Cell::new(with_state(action), columns.words, main),
                Cell::new(tags(action), columns.tags, quiet),
                seen_cell(action, view, columns.seen, styles),
            ],
        )
    }
}

/// The words of an action with what has become of it.
fn with_state(action: &Action) -> String {
    match action.state {
        ActionState::Partly => format!("{}  half done", action.text),
        ActionState::LetGo => format!("{}  let go", action.text),
        ActionState::Open | ActionState::Moved | ActionState::Done => action.text.to_string(),
    }
}

fn tags(action: &Action) -> String {
    let tags: Vec<String> = action.tags.iter().map(|tag| format!("#{tag}")).collect();
    tags.join(" ")
}

/// `new` since the last session began, else how often it was carried over.
fn seen_cell(action: &Action, view: &View<'_>, cells: u16, styles: &Styles) -> Cell<'static> {
    let last = view
        .circle
        .and_then(|circle| view.state.last_session(circle));
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

fn due_cell(
    action: &Action,
    view: &View<'_>,
    (main, quiet): (Style, Style),
    styles: &Styles,
) -> (String, Style) {
    if let Some(closed) = action.closed {
        return (words::day(view, closed), quiet);
    }
    let due = words::due(view, action.due);
    let style = match (due.warm, due.quiet) {
        (true, _) => styles.bold(Role::Warn),
        (false, true) => quiet,
        (false, false) => main,
    };
    (due.text, style)
}

impl Columns {
    /// What fits: the words of the action first, then date, owner, tags, how often it was seen.
    fn of(view: &View<'_>, shown: &Shown<'_>, width: u16, styles: &Styles) -> Self {
        let room = width.saturating_sub(2 + styles.glyphs().state_cells());
        let short = room < 84;
        let all = || shown.main.iter().chain(&shown.done);
        let widest = |cell: &dyn Fn(&Action) -> String, most: u16| {
            let widths = all().map(|action| text::width(&cell(action)));
            widths.max().unwrap_or(0).min(most)
        };
        let due = |action: &Action| due_cell(action, view, Default::default(), styles).0;
        let owner = |action: &Action| match view.circle {
            Some(circle) => words::owner(view, circle, action.owner, short),
            None => String::new(),
        };
        let mut columns = Self {
            id: widest(&|action| format!("A{}", action.number), 6),
            due: widest(&due, 15),
            owner: widest(&owner, if short { 10 } else { 16 }),
            short,
            words: 0,
            tags: if room < 62 { 0 } else { widest(&tags, 14) },
            seen: if short { 0 } else { 4 },
        };
        if room < 44 {
            columns.owner = 0;
        }
        if room < 36 {
            columns.id = 0;
        }
        if room < 24 {
            columns.due = 0;
        }
        let taken: u16 = [columns.id, columns.due, columns.owner, columns.tags]
            .iter()
            .filter(|cells| **cells > 0)
            .map(|cells| cells + 2)
            .sum();
        let seen = if columns.seen > 0 {
            columns.seen + 3
        } else {
            0
        };
        columns.words = room.saturating_sub(taken + seen);
        columns
    }
}

fn heads(columns: &Columns, styles: &Styles) -> Line<'static> {
    let style = styles.of(Role::Muted);
    let marks = text::pad("", 2 + styles.glyphs().state_cells());
    table::line(
        vec![Span::raw(marks)],
        [
            Cell::new("", columns.id, style),
            Cell::new("due", columns.due, style),
            Cell::new("owner", columns.owner, style),
            Cell::new("action", columns.words, style),
            Cell::new("tags", columns.tags, style),
            Cell::new("seen", columns.seen, style).last().right(),
        ],
    )
}

fn entries<'a>(shown: &Shown<'a>) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = shown.main.iter().map(|action| Entry::Row(action)).collect();
    if !shown.done.is_empty() {
        if !entries.is_empty() {
            entries.push(Entry::Blank);
        }
        entries.push(Entry::Done);
        entries.extend(shown.done.iter().map(|action| Entry::Row(action)));
    }
    entries
}

/// A title with a rule inside the list, and how many of those that were open.
fn draw_done_title(shown: &Shown<'_>, area: Rect, (buf, styles): (&mut Buffer, &Styles)) {
    let title = "Done since last session";
    let used = text::put(title, styles.bold(Role::Text), area, buf);
    let count = format!(" {} of {}", shown.done.len(), shown.of);
    let rest = text::after(area, used + 1);
    let room = usize::from(rest.width.saturating_sub(text::width(&count)));
    let rule = styles.glyphs().rule().repeat(room);
    let line = Line::from(vec![
        Span::styled(rule, styles.of(Role::Border)),
        Span::styled(count, styles.of(Role::Muted)),
    ]);
    text::put_line(&line, rest, buf);
}

fn draw_marked(count: usize, area: Rect, (buf, styles): (&mut Buffer, &Styles)) {
    let words = format!("{count} marked");
    let area = text::after(area, 2);
    let used = text::put(&words, styles.bold(Role::Accent), area, buf);
    let keys = [
        Hint::new("c", "check off"),
        Hint::new("t", "new date"),
        Hint::new("o", "owner"),
        Hint::new("x", "let go"),
    ];
    hints::draw_quiet(&keys, text::after(area, used + 3), buf, styles);
}
