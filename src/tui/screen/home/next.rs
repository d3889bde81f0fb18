//! The next session with what it still needs, or the one that runs.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::agenda::{Block, BlockKind, planned_minutes};
use crate::domain::circle::Circle;
use crate::domain::id::QuestionId;
use crate::domain::session::Session;
use crate::domain::when;
use crate::theme::{Role, Styles};
use crate::tui::glyphs::Mark;
use crate::tui::pane::stage::{self, Stage};
use crate::tui::say::{self, Urgency};
use crate::tui::view::{Paint, View};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// Rows above and below a line.
pub(super) const fn rows(area: Rect, top: u16) -> (Rect, Rect) {
    let top = if top < area.height { top } else { area.height };
    let below = Rect {
        y: area.y.saturating_add(top),
        height: area.height - top,
        ..area
    };
    (
        Rect {
            height: top,
            ..area
        },
        below,
    )
}

/// The next session, and what it lacks.
pub(super) struct Ready<'a> {
    /// Its circle.
    pub(super) circle: &'a Circle,
    /// The session.
    pub(super) session: &'a Session,
    /// Blocks that live from a prompt and have none.
    pub(super) lacking: Vec<&'a Block>,
}

impl<'a> Ready<'a> {
    /// Of the session that comes first.
    pub(super) fn of(view: &View<'a>) -> Option<Self> {
        let (circle, session) = stage::next_session(view)?;
        let lacking = session
            .blocks
            .iter()
            .filter(|block| needs_prompt(block.kind) && block.prompts.is_empty())
            .collect();
        Some(Self {
            circle,
            session,
            lacking,
        })
    }

    /// Questions that were chosen for it.
    pub(super) fn chosen(&self) -> Vec<QuestionId> {
        let prompts = self.session.blocks.iter().flat_map(|block| &block.prompts);
        prompts.filter_map(|prompt| prompt.question).collect()
    }

    fn slack(&self) -> i64 {
        i64::from(self.session.minutes) - i64::from(planned_minutes(&self.session.blocks))
    }

    /// How many things are not ready.
    fn open_things(&self) -> usize {
        usize::from(!self.lacking.is_empty()) + usize::from(!self.agenda_is_ready())
    }

    fn agenda_is_ready(&self) -> bool {
        !self.session.blocks.is_empty() && self.slack() >= 0
    }
}

const fn needs_prompt(kind: BlockKind) -> bool {
    match kind {
        BlockKind::CheckIn
        | BlockKind::HotSeat
        | BlockKind::Prompt
        | BlockKind::Pairs
        | BlockKind::Round => true,
        BlockKind::Review | BlockKind::Break | BlockKind::Closing | BlockKind::Open => false,
    }
}

/// Draws the pane.
pub(super) fn draw(paint: &Paint<'_>, area: Rect, focused: bool, buf: &mut Buffer) {
    if let Some(stage) = Stage::of(paint.view).filter(|stage| stage.live.is_some()) {
        return running(&stage, area, focused, buf, paint.styles);
    }
    match Ready::of(&paint.view) {
        Some(ready) => planned(paint, &ready, area, focused, buf),
        None => nothing(paint, area, focused, buf),
    }
}

fn running(stage: &Stage<'_>, area: Rect, focused: bool, buf: &mut Buffer, styles: &Styles) {
    let content = Pane::new("Running now")
        .focused(focused)
        .draw(area, buf, styles);
    let air = u16::from(content.height >= 8);
    let line = Line::from(vec![
        Span::styled(
            format!("{} #{}", stage.circle.name, stage.session.number),
            styles.bold(Role::Prompt),
        ),
        Span::styled(
            format!(
                "   block {} of {}   ",
                stage.block_index() + 1,
                stage.session.blocks.len().max(1)
            ),
            styles.of(Role::Muted),
        ),
        Span::styled(stage.block_title().to_owned(), styles.bold(Role::Text)),
        Span::styled(
            format!("   {}", stage.word().text()),
            styles.bold(Role::Speaking),
        ),
    ]);
    text::put_line(&line, text::row(content, air), buf);
    let open = stage.review().iter().filter(|a| a.state.is_open()).count();
    let actions = format!(
        "{} open from earlier sessions",
        say::count(open, "action", "actions")
    );
    text::put(
        &actions,
        styles.of(Role::Muted),
        text::row(content, 2 * air + 1),
        buf,
    );
    menu(
        ("Open Live", "Enter"),
        focused,
        text::row(content, 3 * air + 2),
        buf,
        styles,
    );
}

fn planned(paint: &Paint<'_>, ready: &Ready<'_>, area: Rect, focused: bool, buf: &mut Buffer) {
    let styles = paint.styles;
    let meta = match ready.open_things() {
        0 => Span::styled("ready", styles.of(Role::Good)),
        n => Span::styled(
            format!("{} not ready", say::count(n, "thing", "things")),
            styles.bold(Role::Warn),
        ),
    };
    let content = Pane::new("Next session")
        .meta(Line::from(meta))
        .focused(focused)
        .draw(area, buf, styles);
    let roomy = content.height >= 9;
    let mut row = u16::from(roomy);
    headline(paint, ready, text::row(content, row), buf);
    row += 1 + u16::from(roomy);
    let mut lines = readiness(paint, ready, content.width);
    if !roomy {
        // The row that opens or mends is never dropped.
        let most = usize::from(content.height.saturating_sub(2));
        lines.truncate(most);
    }
    for (mark, line) in lines {
        let area = text::row(content, row);
        let used = text::put_line(&Line::from(list::state_mark(mark, styles)), area, buf);
        text::put_line(&line, text::after(area, used.max(3)), buf);
        row += 1;
    }
    row += u16::from(roomy);
    let last = content.height.saturating_sub(1);
    if let Some(block) = ready.lacking.first() {
        let words = format!("Choose a prompt for {}", block.title);
        menu(
            (&words, "Enter"),
            focused,
            text::row(content, row.min(last)),
            buf,
            styles,
        );
        if row < last {
            let words = "Open Live as it is; nothing starts until Space";
            menu(
                (words, "g l"),
                false,
                text::row(content, row + 1),
                buf,
                styles,
            );
        }
    } else {
        let words = "Open Live; nothing starts until Space";
        menu(
            (words, "Enter"),
            focused,
            text::row(content, row.min(last)),
            buf,
            styles,
        );
    }
}

fn headline(paint: &Paint<'_>, ready: &Ready<'_>, area: Rect, buf: &mut Buffer) {
    let (view, styles) = (&paint.view, paint.styles);
    let session = ready.session;
    let today = view.now.date(view.zone);
    let day = when::short(session.start.date(view.zone), today);
    let people = view.state.members(ready.circle.id).len();
    let right = Span::styled(
        format!(
            "{} min   {}",
            session.minutes,
            say::count(people, "person", "people")
        ),
        styles.of(Role::Muted),
    );
    let left = Line::from(vec![
        Span::styled(
            format!("{} #{}   ", ready.circle.name, session.number),
            styles.bold(Role::Prompt),
        ),
        Span::styled(
            format!("{day} {}   ", say::wall(session.start, view.zone)),
            styles.bold(Role::Text),
        ),
        Span::styled(
            say::distance(session.start, view.now),
            styles.bold(Role::Accent),
        ),
    ]);
    let right = Line::from(right);
    let room = text::line_width(&left) + 2 + text::line_width(&right);
    if room <= area.width {
        text::put_right(&right, area, buf);
    }
    text::put_line(&left, area, buf);
}

fn readiness(paint: &Paint<'_>, ready: &Ready<'_>, width: u16) -> Vec<(Mark, Line<'static>)> {
    let (view, styles) = (&paint.view, paint.styles);
    let line = |label: &str, words: Span<'static>, more: String| {
        let gap = if more.is_empty() { "" } else { "   " };
        Line::from(vec![
            Span::styled(
                text::pad(label, if width >= 60 { 10 } else { 9 }),
                styles.of(Role::Muted),
            ),
            words,
            Span::styled(format!("{gap}{more}"), styles.of(Role::Muted)),
        ])
    };
    let plain = |words: String| Span::styled(words, styles.of(Role::Text));
    let warn = |words: String| Span::styled(words, styles.bold(Role::Warn));
    let blocks = ready.session.blocks.len();
    let planned = planned_minutes(&ready.session.blocks);
    let words = format!(
        "{}, {planned} of {} min",
        say::count(blocks, "block", "blocks"),
        ready.session.minutes
    );
    let mut lines = vec![match (blocks, ready.slack()) {
        (0, _) => (
            Mark::None,
            line("Agenda", plain("one open block".to_owned()), String::new()),
        ),
        (_, slack) if slack < 0 => {
            let over = format!("{} min too long", -slack);
            (Mark::Blocked, line("Agenda", warn(words), over))
        }
        (_, 0) => (Mark::Done, line("Agenda", plain(words), String::new())),
        (_, slack) => {
            let more = format!("{slack} min slack");
            (Mark::Done, line("Agenda", plain(words), more))
        }
    }];
    let chosen: usize = ready.session.blocks.iter().map(|b| b.prompts.len()).sum();
    lines.push(match ready.lacking.as_slice() {
        [] => (
            Mark::Done,
            line("Prompts", plain(format!("{chosen} chosen")), String::new()),
        ),
        [one] => {
            let words = format!("{} has no prompt", one.title);
            (
                Mark::Blocked,
                line("Prompts", warn(words), format!("{chosen} chosen")),
            )
        }
        many => {
            let words = format!("{} blocks have no prompt", many.len());
            (
                Mark::Blocked,
                line("Prompts", warn(words), format!("{chosen} chosen")),
            )
        }
    });
    let open = view.state.open_actions(ready.circle.id);
    let late = open
        .iter()
        .filter(|a| say::due(view, ready.circle.id, a.due, false).1 == Urgency::Late)
        .count();
    let late = if late == 0 {
        String::new()
    } else {
        format!("{late} late")
    };
    lines.push((
        Mark::Done,
        line("Actions", plain(format!("{} to review", open.len())), late),
    ));
    let away: Vec<String> = ready
        .session
        .away
        .keys()
        .filter_map(|id| view.state.member(ready.circle.id, *id))
        .map(|member| say::name(member, view.masked))
        .collect();
    if !away.is_empty() {
        lines.push((
            Mark::None,
            line("Absent", plain(away.join(", ")), String::new()),
        ));
    }
    lines
}

/// A row that Enter or the named key carries out.
fn menu((words, key): (&str, &str), selected: bool, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let look = if selected {
        Look::Selected
    } else {
        Look::Plain
    };
    list::draw_row(&Line::default(), look, list::rows_of(area), buf, styles);
    let mark = if selected { Mark::Cursor } else { Mark::None };
    let key = Line::from(Span::styled(key.to_owned(), styles.key()));
    let used = text::put_right(&key, area, buf);
    let left = Rect {
        width: area.width.saturating_sub(used + 1),
        ..area
    };
    let line = Line::from(vec![
        list::cursor_mark(mark, styles),
        Span::raw(" "),
        Span::styled(words.to_owned(), look.main(styles)),
    ]);
    text::put_line(&line, left, buf);
}

fn nothing(paint: &Paint<'_>, area: Rect, focused: bool, buf: &mut Buffer) {
    let styles = paint.styles;
    let content = Pane::new("Next session")
        .focused(focused)
        .draw(area, buf, styles);
    let (sentence, words) = empty(&paint.view);
    text::put(&sentence, styles.of(Role::Text), text::row(content, 0), buf);
    menu(
        (words, "Enter"),
        focused,
        text::row(content, 2),
        buf,
        styles,
    );
}

fn empty(view: &View<'_>) -> (String, &'static str) {
    let circle = view.circle.and_then(|id| view.state.circle(id));
    let circle = circle.or_else(|| view.state.circles().next());
    match circle {
        Some(circle) => (
            format!("No session of {} is planned.", circle.name),
            "Plan a session",
        ),
        None => ("There is no circle yet.".to_owned(), "Make a circle"),
    }
}

/// The next session in words, for the smallest screens.
pub(super) fn words(paint: &Paint<'_>, area: Rect, buf: &mut Buffer) {
    let (view, styles) = (&paint.view, paint.styles);
    let mut lines = Vec::new();
    if let Some(stage) = Stage::of(*view).filter(|stage| stage.live.is_some()) {
        lines.push(format!("{} #{}", stage.circle.name, stage.session.number));
        lines.push(format!("{} {}", stage.block_title(), stage.word().text()));
        lines.push("Enter opens Live".to_owned());
    } else if let Some(ready) = Ready::of(view) {
        let today = view.now.date(view.zone);
        let start = ready.session.start;
        lines.push(format!("{} #{}", ready.circle.name, ready.session.number));
        lines.push(format!(
            "{} {}",
            when::short(start.date(view.zone), today),
            say::wall(start, view.zone)
        ));
        lines.push(say::distance(start, view.now));
        lines.push(match ready.open_things() {
            0 => "ready".to_owned(),
            n => format!("{} not ready", say::count(n, "thing", "things")),
        });
    } else {
        let (sentence, words) = empty(view);
        lines.extend([sentence, format!("Enter: {words}")]);
    }
    for (index, line) in (0u16..).zip(lines.iter().take(area.height.into())) {
        let style = if index == 0 {
            styles.bold(Role::Text)
        } else {
            styles.of(Role::Text)
        };
        text::put(line, style, text::row(area, index), buf);
    }
}
