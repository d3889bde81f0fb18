//! What wants attention in all circles: sessions that were not held, decisions that are due for a second look, and
//! actions that are late, due soon, waiting for something, or nobody's; soonest due first. Where nothing does, the
//! actions that come next.

use chrono::NaiveDate;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::circle::Circle;

use crate::domain::id::{ActionId, DecisionId, Key, Kind, SessionId, Space};
use crate::domain::item::{Action, Decision, Owner};
use crate::domain::session::Session;
use crate::domain::when;
use crate::theme::glyphs::Mark;
use crate::theme::{Role, Styles};
use crate::tui::say::{self, Urgency};
use crate::tui::screen::home::model::Model;
use crate::tui::view::{Paint, View};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// What a row is about.
#[derive(Clone, Copy)]
pub(super) enum What<'a> {
    /// A session that was planned and not held.
    Missed(&'a Session),
    /// A decision that is due for a second look.
    Look(&'a Decision),
    /// An open action.
    Action(&'a Action),
}

/// Something that wants attention, and its circle.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// The circle.
    pub(super) circle: &'a Circle,
    /// What it is.
    pub(super) what: What<'a>,
}

impl Row<'_> {
    /// Its key.
    pub(super) const fn key(&self) -> Key {
        let (kind, id) = match self.what {
            What::Missed(session) => (Kind::Session, session.id.0),
            What::Look(decision) => (Kind::Decision, decision.id.0),
            What::Action(action) => (Kind::Action, action.id.0),
        };
        Key::circle(self.circle.id, kind, id)
    }
}

/// The row of a document that is still there.
pub(super) fn of_key<'a>(key: Key, view: &View<'a>) -> Option<Row<'a>> {
    let (Space::Circle(circle), state) = (key.space, view.state) else {
        return None;
    };
    let what = match key.kind {
        Kind::Session => What::Missed(state.session(circle, SessionId(key.id))?),
        Kind::Decision => {
            let id = DecisionId(key.id);
            What::Look(state.decisions(circle).find(|row| row.id == id)?)
        }
        Kind::Action => What::Action(state.action(circle, ActionId(key.id))?),
        _ => return None,
    };
    Some(Row {
        circle: state.circle(circle)?,
        what,
    })
}

/// The row at a place of the list.
pub(super) fn row<'a>(model: &Model, view: &View<'a>, place: usize) -> Option<Row<'a>> {
    of_key(*model.attention.get(place)?, view)
}

/// Draws the pane; `marked` is the row that keys act on. `numbers` tells whether digits pick here.
pub(super) fn draw(
    (paint, model): (&Paint<'_>, &Model),
    area: Rect,
    (focused, marked, numbers): (bool, usize, bool),
    buf: &mut Buffer,
) {
    let styles = paint.styles;
    let total = model.attention.len();
    let marked = marked.min(total.saturating_sub(1));
    let heads = area.width >= 110 && area.height >= 8;
    let meta = match model.open {
        0 => String::new(),
        open if open == model.shown_open => format!("{open} open"),
        open => format!("{} of {open} open", model.shown_open),
    };
    let title = if model.calm && total > 0 {
        "Coming up, nothing late"
    } else {
        "Needs attention"
    };
    let content = Pane::new(title)
        .meta(Line::from(meta))
        .focused(focused)
        .draw(area, buf, styles);
    if total == 0 {
        let words = "No action is open.";
        text::put(words, styles.of(Role::Text), text::row(content, 0), buf);
        return;
    }
    if heads {
        draw_heads(paint, text::row(content, 0), buf);
    }
    let room = content.height.saturating_sub(u16::from(heads));
    let window = list::window(total, marked, 0, room);
    for (place, index) in (u16::from(heads)..).zip(window) {
        let Some(row) = row(model, &paint.view, index) else {
            continue;
        };
        let look = Look::of(index == marked, focused);
        let at = text::row(content, place);
        list::draw_row(&Line::default(), look, list::rows_of(at), buf, styles);
        let digit = (numbers && index < 9).then_some(index + 1);
        draw_row(paint, &row, (digit, look), at, buf);
    }
}

/// Cells of a date due where there is room for how long ago that was.
const WIDE_DUE: u16 = 17;

/// Cells below which the words of a row need the room of its owner.
const NO_OWNER: u16 = 50;

fn draw_heads(paint: &Paint<'_>, area: Rect, buf: &mut Buffer) {
    let muted = paint.styles.of(Role::Muted);
    let left = format!(
        "     {}  {}  action",
        text::pad("due", WIDE_DUE),
        text::pad("owner", 14)
    );
    text::put(&left, muted, area, buf);
    let right = format!("{}{}  age", text::pad("circle", 18), text::pad("tags", 14));
    text::put_right(&Line::from(Span::styled(right, muted)), area, buf);
}

fn draw_row(
    paint: &Paint<'_>,
    row: &Row<'_>,
    (digit, look): (Option<usize>, Look),
    area: Rect,
    buf: &mut Buffer,
) {
    let (view, styles) = (&paint.view, paint.styles);
    let wide = area.width >= 106;
    let marked = matches!(look, Look::Selected | Look::SelectedElsewhere);
    let mark = if marked { Mark::Cursor } else { Mark::None };
    let (due, urgency) = due(view, row, wide);
    let due_style = match urgency {
        Urgency::Late | Urgency::Today => styles.bold(Role::Warn),
        Urgency::Calm => look.main(styles),
    };
    let who = who(view, row, wide, (look, styles));
    let digit = digit.map_or_else(String::new, |digit| digit.to_string());
    let (due_cells, who_cells) = match area.width {
        106.. => (WIDE_DUE, 14),
        NO_OWNER.. => (12, 9),
        _ => (12, 0),
    };
    let mut left = vec![
        list::cursor_mark(mark, styles),
        Span::styled(text::pad(&digit, if wide { 3 } else { 2 }), styles.key()),
        Span::styled(text::pad(&due, due_cells), due_style),
        Span::raw("  "),
    ];
    if who_cells > 0 {
        left.push(Span::styled(text::pad(&who.content, who_cells), who.style));
        left.push(Span::raw("  "));
    }
    let left = Line::from(left);
    let right = Line::from(quiet_cells(
        view,
        row,
        look.quiet(styles),
        (area.width, wide),
    ));
    let used = text::put_right(&right, area, buf);
    let taken = text::put_line(&left, area, buf);
    let rest = text::after(area, taken);
    let middle = Rect {
        width: rest.width.saturating_sub(used + 1),
        ..rest
    };
    text::put_line(&words(row, look, styles), middle, buf);
}

/// Whose it is, or what it is where it is nobody's.
fn who(
    view: &View<'_>,
    row: &Row<'_>,
    wide: bool,
    (look, styles): (Look, &Styles),
) -> Span<'static> {
    match row.what {
        What::Action(action) => {
            let who = say::owner(view, row.circle.id, action.owner, !wide);
            let style = if action.owner == Owner::Nobody {
                styles.of(Role::Warn)
            } else {
                look.main(styles)
            };
            Span::styled(who, style)
        }
        What::Missed(_) => Span::styled("session", look.quiet(styles)),
        What::Look(_) => Span::styled("decision", look.quiet(styles)),
    }
}

fn words(row: &Row<'_>, look: Look, styles: &Styles) -> Line<'static> {
    let mut words = Vec::new();
    if matches!(row.what, What::Action(action) if action.waits_for.is_some()) {
        words.push(Span::styled("BLOCKED  ", styles.bold(Role::Warn)));
    }
    let text = match row.what {
        What::Action(action) => action.text.to_string(),
        What::Missed(session) => format!("#{} was not held", session.number),
        What::Look(decision) => format!("Look again: {}", decision.text),
    };
    words.push(Span::styled(text, look.main(styles)));
    Line::from(words)
}

/// When something was due, in words.
fn due(view: &View<'_>, row: &Row<'_>, wide: bool) -> (String, Urgency) {
    let today = view.now.date(view.zone);
    match row.what {
        What::Action(action) => say::due(view, row.circle.id, action.due, wide),
        What::Missed(session) => {
            let day: NaiveDate = session.start.date(view.zone);
            (when::short(day, today), Urgency::Late)
        }
        What::Look(decision) => {
            let day = decision.revisit.unwrap_or(today);
            let (long, urgency) = say::due_on(day, today, wide);
            let words = if wide { long } else { when::short(day, today) };
            (words, urgency)
        }
    }
}

/// The cells at the right: circle, tags and age, as far as there is room.
fn quiet_cells(
    view: &View<'_>,
    row: &Row<'_>,
    quiet: ratatui::style::Style,
    (width, wide): (u16, bool),
) -> Vec<Span<'static>> {
    let mut right = Vec::new();
    if width >= 70 {
        let cells = if wide { 16 } else { 11 };
        right.push(Span::styled(
            text::pad(row.circle.name.as_str(), cells),
            quiet,
        ));
    }
    if wide {
        let (tags, since) = match row.what {
            What::Action(action) => (action.tags.as_slice(), action.origin.at),
            What::Look(decision) => (decision.tags.as_slice(), decision.origin.at),
            What::Missed(session) => (&[][..], session.start),
        };
        let tags: Vec<String> = tags.iter().map(|tag| format!("#{tag}")).collect();
        let age = (view.now - since).whole_secs() / 86_400;
        right.push(Span::styled(
            format!("  {}", text::pad(&tags.join(" "), 12)),
            quiet,
        ));
        right.push(Span::styled(text::right(&format!("{age} d"), 7), quiet));
    }
    right
}
