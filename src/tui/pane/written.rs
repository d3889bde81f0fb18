//! What was written down in this session, newest first.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::clock::{Moment, Span as Time};
use crate::domain::id::{CircleId, Key, Kind, SessionId};
use crate::domain::item::{Action, Audience, Decision, Note, Origin, Owner, Parked};
use crate::domain::text::Clean;
use crate::theme::glyphs::Mark;
use crate::theme::{Role, Styles};
use crate::tui::pane::stage::Stage;
use crate::tui::say::{self, Urgency};
use crate::tui::view::View;
use crate::tui::widget::frame::Pane;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// Cells from which tags are shown and names are in full.
const WIDE: u16 = 100;
/// A row counts as new for this long.
const NEW: Time = Time::from_minutes(2);

/// A row that was written down.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    /// Something somebody took on.
    Action(&'a Action),
    /// Something settled.
    Decision(&'a Decision),
    /// Something worth keeping.
    Note(&'a Note),
    /// A topic for another time.
    Parked(&'a Parked),
}

impl<'a> Item<'a> {
    /// Where it came from.
    pub const fn origin(&self) -> &'a Origin {
        match self {
            Self::Action(row) => &row.origin,
            Self::Decision(row) => &row.origin,
            Self::Note(row) => &row.origin,
            Self::Parked(row) => &row.origin,
        }
    }

    const fn trashed(&self) -> Option<Moment> {
        match self {
            Self::Action(row) => row.trashed,
            Self::Decision(row) => row.trashed,
            Self::Note(row) => row.trashed,
            Self::Parked(row) => row.trashed,
        }
    }

    /// Its key.
    pub const fn key(&self, circle: CircleId) -> Key {
        match self {
            Self::Action(row) => Key::circle(circle, Kind::Action, row.id.0),
            Self::Decision(row) => Key::circle(circle, Kind::Decision, row.id.0),
            Self::Note(row) => Key::circle(circle, Kind::Note, row.id.0),
            Self::Parked(row) => Key::circle(circle, Kind::Parked, row.id.0),
        }
    }

    /// Its short id: `A14`.
    pub fn short_id(&self) -> String {
        match self {
            Self::Action(row) => format!("A{}", row.number),
            Self::Decision(row) => format!("D{}", row.number),
            Self::Note(row) => format!("N{}", row.number),
            Self::Parked(row) => format!("P{}", row.number),
        }
    }

    /// Its kind in a word.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Action(_) => "action",
            Self::Decision(_) => "decision",
            Self::Note(_) => "note",
            Self::Parked(_) => "parked",
        }
    }

    /// Its words.
    pub const fn words(&self) -> &'a Clean {
        match self {
            Self::Action(row) => &row.text,
            Self::Decision(row) => &row.text,
            Self::Note(row) => &row.text,
            Self::Parked(row) => &row.text,
        }
    }

    fn tags(&self) -> &'a [Clean] {
        match self {
            Self::Action(row) => &row.tags,
            Self::Decision(row) => &row.tags,
            Self::Note(row) => &row.tags,
            Self::Parked(row) => &row.tags,
        }
    }
}

/// Everything written down in a session, newest first, without what lies in the trash.
pub fn items<'a>(view: &View<'a>, circle: CircleId, session: SessionId) -> Vec<Item<'a>> {
    let state = view.state;
    let mut rows: Vec<Item<'a>> = state.actions(circle).map(Item::Action).collect();
    rows.extend(state.decisions(circle).map(Item::Decision));
    rows.extend(state.notes(circle).map(Item::Note));
    rows.extend(state.parked(circle).map(Item::Parked));
    rows.retain(|row| row.origin().session == Some(session) && row.trashed().is_none());
    rows.sort_by_key(|row| std::cmp::Reverse((row.origin().at, row.key(circle).id)));
    rows
}

/// Draws the pane; `marked` is the row that keys act on.
pub fn draw(
    stage: &Stage<'_>,
    area: Rect,
    (focused, marked): (bool, usize),
    buf: &mut Buffer,
    styles: &Styles,
) {
    let rows = items(&stage.view, stage.circle.id, stage.session.id);
    let meta = match rows.len() {
        0 => String::new(),
        n if area.width >= WIDE => format!("{n} this session"),
        n => n.to_string(),
    };
    let pane = Pane::new("Written down")
        .meta(Line::from(meta))
        .focused(focused);
    let pane = if focused { pane } else { pane.flush() };
    let content = pane.draw(area, buf, styles);
    if rows.is_empty() {
        let row = text::row(content, 0);
        text::put("Nothing yet.", styles.of(Role::Text), row, buf);
        return;
    }
    let marked = marked.min(rows.len() - 1);
    let window = list::window(rows.len(), marked, 0, content.height);
    for (place, index) in (0u16..).zip(window) {
        let Some(item) = rows.get(index) else {
            continue;
        };
        let look = Look::of(index == marked, focused);
        let row = text::row(content, place);
        list::draw_row(&Line::default(), look, list::rows_of(row), buf, styles);
        let is_new = index == 0 && stage.view.now - item.origin().at < NEW;
        item_row(stage, item, (look, is_new), (row, buf), styles);
    }
}

fn item_row(
    stage: &Stage<'_>,
    item: &Item<'_>,
    (look, is_new): (Look, bool),
    (area, buf): (Rect, &mut Buffer),
    styles: &Styles,
) {
    let wide = area.width >= WIDE - 4;
    let kind_style = match item {
        Item::Action(_) => styles.of(Role::Accent),
        Item::Decision(_) | Item::Note(_) | Item::Parked(_) => look.quiet(styles),
    };
    let marked = matches!(look, Look::Selected | Look::SelectedElsewhere);
    let mark = if marked { Mark::Cursor } else { Mark::None };
    let left = Line::from(vec![
        list::cursor_mark(mark, styles),
        Span::styled(
            format!("{}  ", say::wall(item.origin().at, stage.view.zone)),
            look.quiet(styles),
        ),
        Span::styled(text::pad(&item.short_id(), 5), look.quiet(styles)),
        Span::styled(text::pad(item.kind(), 10), kind_style),
    ]);
    let words = in_one_line(stage, *item);
    let columns = right(stage, item, (wide, is_new), styles);
    let room = area.width.saturating_sub(text::line_width(&left));
    let right = ending(columns, text::width(&words), room);
    let used = text::put_right(&right, area, buf);
    let taken = text::put_line(&left, area, buf);
    let rest = text::after(area, taken);
    let gap = u16::from(used > 0) * 2;
    let middle = Rect {
        width: rest.width.saturating_sub(used + gap),
        ..rest
    };
    let style = if is_new {
        styles.bold(Role::Text)
    } else {
        look.main(styles)
    };
    text::put(&words, style, middle, buf);
}

/// The columns behind the words. They stay in line with those of other rows; words that would be cut get
/// the room of the empty ones.
fn ending(columns: Vec<Span<'static>>, words: u16, room: u16) -> Line<'static> {
    let empty = |span: &Span<'_>| span.content.trim().is_empty();
    let in_line = columns.iter().skip_while(|span| empty(span)).cloned();
    let in_line = Line::from(in_line.collect::<Vec<_>>());
    if words.saturating_add(text::line_width(&in_line) + 2) <= room {
        return in_line;
    }
    let mut filled: Vec<Span<'static>> = columns.into_iter().filter(|span| !empty(span)).collect();
    if let Some(last) = filled.last_mut() {
        last.content = last.content.trim_end().to_owned().into();
    }
    Line::from(filled)
}

/// Whose a row is or whom it is for, and until when or what became of it.
fn who_and_when(
    stage: &Stage<'_>,
    item: &Item<'_>,
    wide: bool,
    styles: &Styles,
) -> (Span<'static>, Span<'static>) {
    let view = &stage.view;
    let muted = styles.of(Role::Muted);
    let plain = styles.of(Role::Text);
    let warn = styles.of(Role::Warn);
    match item {
        Item::Action(action) => {
            let who = say::owner(view, stage.circle.id, action.owner, !wide);
            let nobody = action.owner == Owner::Nobody;
            let who = Span::styled(who, if nobody { warn } else { plain });
            if !action.state.is_open() {
                return (
                    who,
                    Span::styled(action.state.word(), styles.of(Role::Good)),
                );
            }
            let (due, urgency) = say::due(view, stage.circle.id, action.due, false);
            let style = match urgency {
                Urgency::Late | Urgency::Today => warn,
                Urgency::Calm => plain,
            };
            (who, Span::styled(due, style))
        }
        Item::Note(note) => {
            let whom = match note.audience {
                Audience::Me => "for you",
                Audience::Presenter => "for presenter",
                Audience::Circle => "for circle",
                Audience::All => "for all",
            };
            (Span::styled(whom, muted), Span::styled("", muted))
        }
        Item::Parked(parked) => {
            let by = parked.raised_by.and_then(|id| stage.person(id));
            let by = by.map_or_else(String::new, |member| format!("({})", stage.short(member)));
            let settled = if parked.settled.is_some() {
                "settled"
            } else {
                ""
            };
            (Span::styled(by, muted), Span::styled(settled, muted))
        }
        Item::Decision(_) => (Span::styled("", muted), Span::styled("", muted)),
    }
}

/// Owner, date, tags and whether it is new.
fn right(
    stage: &Stage<'_>,
    item: &Item<'_>,
    (wide, is_new): (bool, bool),
    styles: &Styles,
) -> Vec<Span<'static>> {
    let (who_cells, due_cells, tag_cells) = if wide { (14, 14, 11) } else { (10, 12, 0) };
    let muted = styles.of(Role::Muted);
    let (who, when) = who_and_when(stage, item, wide, styles);
    let new = if is_new { "  new" } else { "" };
    let tags: String = item
        .tags()
        .iter()
        .map(|tag| format!("#{tag}"))
        .collect::<Vec<_>>()
        .join(" ");
    let tags = if wide { tags } else { String::new() };
    vec![
        Span::styled(text::pad(&who.content, who_cells + 2), who.style),
        Span::styled(text::pad(&when.content, due_cells), when.style),
        Span::styled(text::pad(&tags, tag_cells), muted),
        Span::styled(text::pad(new, 5), styles.bold(Role::Good)),
    ]
}

/// The words of a row in one line: a quote behind its place, a note only where nothing is masked.
fn in_one_line(stage: &Stage<'_>, item: Item<'_>) -> String {
    let place = match item {
        Item::Note(_) if stage.view.masked => return "(hidden)".to_owned(),
        Item::Note(note) => note.mark.and_then(|mark| mark.place()),
        Item::Action(_) | Item::Decision(_) | Item::Parked(_) => None,
    };
    let words = item.words().as_str().replace('\n', " ");
    place.map_or_else(|| words.clone(), |place| format!("{place}: {words}"))
}

/// The last row in one line, for screens that have room for nothing else.
pub fn last(stage: &Stage<'_>, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let rows = items(&stage.view, stage.circle.id, stage.session.id);
    let Some(item) = rows.first() else { return };
    let muted = styles.of(Role::Muted);
    let mut spans = vec![Span::styled(format!("{} ", item.short_id()), muted)];
    let words = in_one_line(stage, *item);
    let mut tail = Vec::new();
    if let Item::Action(action) = item {
        let who = say::owner(&stage.view, stage.circle.id, action.owner, true);
        let (due, _) = say::due(&stage.view, stage.circle.id, action.due, false);
        tail.push(Span::styled(format!("  {who}, {due}"), muted));
    }
    if stage.view.now - item.origin().at < NEW {
        tail.push(Span::styled("  new", styles.bold(Role::Good)));
    }
    let tail = Line::from(tail);
    let used = text::line_width(&tail).min(area.width / 2);
    let left = Rect {
        width: area.width - used,
        ..area
    };
    spans.push(Span::styled(words, styles.of(Role::Text)));
    text::put_line(&Line::from(spans), left, buf);
    text::put_right(&tail, text::after(area, area.width - used), buf);
}
