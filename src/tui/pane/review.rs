//! Last time's actions, shown where the prompt stands while an action review runs.

use std::collections::{BTreeMap, BTreeSet};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::id::{Key, SessionId};
use crate::domain::item::{Action, ActionState, Owner};
use crate::domain::session::Session;
use crate::theme::glyphs::Mark;
use crate::theme::{Role, Styles};
use crate::tui::pane::prompt;
use crate::tui::pane::stage::Stage;
use crate::tui::say::{self, Urgency};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::hints;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// Cells of the pane below which its title is short and dates stand below the marked row alone.
const NARROW: u16 = 60;
/// Cells of the pane from which each row says where it came from; below that the marked one does, on a row of its own.
const INLINE: u16 = 100;
/// Cells for where a row came from.
const ORIGIN: u16 = 40;
/// Rows of the pane from which it names its keys.
const KEYS_FROM: u16 = 9;

/// The keys that it names.
const KEYS: [(CommandId, &str); 5] = [
    (CommandId::Done, "done"),
    (CommandId::Partly, "partly"),
    (CommandId::Due, "date"),
    (CommandId::Remove, "let go"),
    (CommandId::NextPrompt, "next"),
];

/// What the screen knows of the rows beside their documents.
#[derive(Clone, Copy)]
pub struct Marks<'a> {
    /// Whether the pane has the focus.
    pub focused: bool,
    /// The row that keys act on.
    pub at: usize,
    /// Rows that were looked at.
    pub looked: Option<&'a BTreeSet<Key>>,
    /// Sessions from which rows come and that are not in memory.
    pub sessions: &'a BTreeMap<SessionId, Session>,
}

impl Marks<'_> {
    /// Whether a row was looked at: left as it is, or settled.
    pub fn has(&self, stage: &Stage<'_>, action: &Action) -> bool {
        let key = stage.action_key(action);
        !action.state.is_open() || self.looked.is_some_and(|looked| looked.contains(&key))
    }
}

/// Draws the pane.
pub fn draw(stage: &Stage<'_>, area: Rect, marks: Marks<'_>, buf: &mut Buffer, styles: &Styles) {
    let rows = stage.review();
    let looked = rows.iter().filter(|action| marks.has(stage, action));
    let meta = match rows.len() {
        0 => String::new(),
        all => format!("{} of {all} looked at", looked.count()),
    };
    let title = match (stage.prompt().is_some(), area.width < NARROW) {
        (true, true) => "Prompt, actions",
        (true, false) => "Prompt, then actions of last time",
        (false, true) => "Actions",
        (false, false) => "Actions of last time",
    };
    let content = Pane::new(title)
        .meta(Line::from(meta))
        .focused(marks.focused)
        .draw(area, buf, styles);
    let content = below_prompt(stage, content, buf, styles);
    if rows.is_empty() {
        return nothing(stage, content, buf, styles);
    }
    let keys = u16::from(area.height >= KEYS_FROM && content.height >= 5);
    let at = marks.at.min(rows.len() - 1);
    let height = content.height - keys.min(content.height);
    let inline = area.width >= INLINE;
    let under = u16::from(!inline && height >= 3);
    let mut place = 0;
    for index in list::window(rows.len(), at, 0, height - under) {
        let Some(action) = rows.get(index) else {
            continue;
        };
        let look = Look::of(index == at, marks.focused);
        let row = text::row(content, place);
        list::draw_row(&Line::default(), look, list::rows_of(row), buf, styles);
        action_row(stage, action, (look, marks), (row, buf), styles);
        place += 1;
        if index == at && under > 0 {
            let row = text::row(content, place);
            list::draw_more(&Line::default(), look, list::rows_of(row), buf, styles);
            let row = text::after(row, 4);
            text::put_line(
                &detail(stage, action, (look, marks), row.width, styles),
                row,
                buf,
            );
            place += 1;
        }
    }
    if keys > 0 {
        let keys = stage.view.keys.hints(&KEYS);
        let row = text::row(content, content.height.saturating_sub(1));
        hints::draw_quiet(&keys, text::after(row, 2), buf, styles);
    }
}

fn nothing(stage: &Stage<'_>, content: Rect, buf: &mut Buffer, styles: &Styles) {
    let next = format!(
        "A clear table: {} goes on.",
        stage.view.keys.of(CommandId::Next)
    );
    let lines = ["Nothing is open from earlier sessions.", &next];
    for (index, words) in (0u16..).zip(lines) {
        text::put(words, styles.of(Role::Text), text::row(content, index), buf);
    }
}

/// The row below the marked one: what its own has no room for.
fn detail(
    stage: &Stage<'_>,
    action: &Action,
    (look, marks): (Look, Marks<'_>),
    width: u16,
    styles: &Styles,
) -> Line<'static> {
    let mut spans = Vec::new();
    if width + 8 < NARROW {
        let (words, style) = due(stage, action, look, styles);
        spans.extend([Span::styled(words, style), Span::raw("  ")]);
    }
    let used: u16 = spans.iter().map(|span| text::width(&span.content)).sum();
    let words = origin(stage, action, marks.sessions, width.saturating_sub(used));
    spans.push(Span::styled(words, look.quiet(styles)));
    Line::from(spans)
}

/// Where an action came from, how old it is, and how often it was carried: `from #6, Hot seat, 14 days ago`. What
/// matters less is left out where it does not fit.
fn origin(
    stage: &Stage<'_>,
    action: &Action,
    sessions: &BTreeMap<SessionId, Session>,
    width: u16,
) -> String {
    let session = action.origin.session.and_then(|id| {
        let here = stage.view.state.session(stage.circle.id, id);
        here.or_else(|| sessions.get(&id))
    });
    let block = action.origin.block.zip(session);
    let block = block.and_then(|(id, session)| session.block(id));
    let zone = stage.view.zone;
    let days = stage.view.now.date(zone) - action.origin.at.date(zone);
    // Each part with how much it matters.
    let mut parts = vec![(
        2,
        match (session, action.origin.session) {
            (Some(session), _) => format!("from #{}", session.number),
            (None, Some(_)) => "from an earlier session".to_owned(),
            (None, None) => "between sessions".to_owned(),
        },
    )];
    parts.extend(block.map(|block| (0, block.title.to_string())));
    let age = match days.num_days() {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    };
    parts.push((4, age));
    match action.carried {
        0 => {}
        1 => parts.push((1, "carried once".to_owned())),
        2 => parts.push((3, "carried twice".to_owned())),
        times => parts.push((3, format!("carried {times} times"))),
    }
    if action.help {
        parts.push((1, "help is asked for".to_owned()));
    }
    let mut words = joined(&parts);
    for least in 0..4 {
        if text::width(&words) <= width {
            break;
        }
        parts.retain(|(weight, _)| *weight != least);
        words = joined(&parts);
    }
    words
}

fn joined(parts: &[(u8, String)]) -> String {
    let words: Vec<&str> = parts.iter().map(|(_, words)| words.as_str()).collect();
    words.join(", ")
}

/// Draws the question that was picked for the review, if one was. Returns the room below it, which keeps
/// at least half of the rows.
fn below_prompt(stage: &Stage<'_>, content: Rect, buf: &mut Buffer, styles: &Styles) -> Rect {
    let Some(prompt) = stage.prompt() else {
        return content;
    };
    let upper = Rect {
        height: content.height / 2,
        ..content
    };
    let used = prompt::question(prompt.text.as_str(), 0, upper, buf, styles);
    Rect {
        y: content.y + used,
        height: content.height - used,
        ..content
    }
}

/// When an action is due, or what became of it.
fn due(
    stage: &Stage<'_>,
    action: &Action,
    look: Look,
    styles: &Styles,
) -> (String, ratatui::style::Style) {
    if !action.state.is_open() {
        return (action.state.word().to_owned(), look.quiet(styles));
    }
    let (words, urgency) = say::due(&stage.view, stage.circle.id, action.due, false);
    let style = match urgency {
        Urgency::Late | Urgency::Today => styles.of(Role::Warn),
        Urgency::Calm => look.quiet(styles),
    };
    (words, style)
}

fn action_row(
    stage: &Stage<'_>,
    action: &Action,
    (look, marks): (Look, Marks<'_>),
    (area, buf): (Rect, &mut Buffer),
    styles: &Styles,
) {
    let wide = area.width + 4 >= NARROW;
    let marked = matches!(look, Look::Selected | Look::SelectedElsewhere);
    let who = say::owner(&stage.view, stage.circle.id, action.owner, true);
    let who_style = if action.owner == Owner::Nobody {
        styles.of(Role::Warn)
    } else {
        look.quiet(styles)
    };
    let mut right = vec![Span::styled(
        text::pad(&who, if wide { 10 } else { 7 }),
        who_style,
    )];
    if wide {
        let (due, style) = due(stage, action, look, styles);
        right.extend([Span::raw(" "), Span::styled(text::pad(&due, 13), style)]);
    }
    if area.width + 4 >= INLINE {
        let words = text::pad(&origin(stage, action, marks.sessions, ORIGIN), ORIGIN);
        right.extend([Span::raw(" "), Span::styled(words, look.quiet(styles))]);
    }
    let right = Line::from(right);
    let used = text::put_right(&right, area, buf);
    let standing = match action.state {
        ActionState::Done => Mark::Done,
        ActionState::Open | ActionState::Moved | ActionState::Partly => Mark::Open,
        ActionState::LetGo => Mark::None,
    };
    let looked = marks.has(stage, action);
    let mark = match (marked, looked) {
        (true, _) => Mark::Cursor,
        (false, true) => Mark::Marked,
        (false, false) => Mark::None,
    };
    let words = match (&action.progress, action.state) {
        (Some(left), ActionState::Partly) => format!("{} (left: {left})", action.text),
        _ => action.text.to_string(),
    };
    let words_style = if !looked || marked {
        look.main(styles)
    } else {
        look.quiet(styles)
    };
    let left = Line::from(vec![
        list::cursor_mark(mark, styles),
        list::state_mark(standing, styles),
        Span::styled(words, words_style),
    ]);
    let room = Rect {
        width: area.width.saturating_sub(used + 1),
        ..area
    };
    text::put_line(&left, room, buf);
}
