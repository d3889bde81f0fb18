//! The time budget: the session to scale, what is left of it, and what the past of the group says about it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::agenda::schedule::minutes_each;
use crate::domain::share;
use crate::theme::glyphs::Glyphs;
use crate::theme::{Role, Styles};
use crate::tui::say;
use crate::tui::screen::plan::{Desk, Plan};
use crate::tui::view::Paint;
use crate::tui::widget::frame::Pane;
use crate::tui::widget::text;

/// Rows of the pane where it has the whole width, title included.
pub(super) const TALL: u16 = 7;
/// Rows where panes are stacked, title included.
pub(super) const LOW: u16 = 4;

/// What a part of the bar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A block, by its place in the agenda.
    Block(usize),
    /// Time in which nothing is planned.
    Free,
    /// Time that the session does not have.
    Over,
}

/// A part with its minutes and where it stands in the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    part: Part,
    minutes: i64,
    from: u16,
    cells: u16,
}

/// The session in minutes, in order; what is too much at its end counts as over.
fn parts(desk: &Desk<'_>) -> Vec<(Part, i64)> {
    let session = desk.session();
    let mut parts = Vec::new();
    let mut left = i64::from(session.minutes);
    for placed in &desk.schedule.rows {
        let gap = (placed.wait.millis() / 60_000).max(0).min(left.max(0));
        if gap > 0 {
            parts.push((Part::Free, gap));
            left -= gap;
        }
        let minutes = i64::from(placed.minutes());
        let inside = minutes.min(left.max(0));
        if inside > 0 {
            parts.push((Part::Block(placed.index), inside));
        }
        left -= minutes;
    }
    match left {
        0 => {}
        1.. => parts.push((Part::Free, left)),
        _ => parts.push((Part::Over, -left)),
    }
    parts
}

/// The parts to scale in so many cells, with a cell between two of them that belongs to the earlier.
fn pieces(desk: &Desk<'_>, cells: u16) -> Vec<Piece> {
    let parts = parts(desk);
    let all: i64 = parts.iter().map(|(_, minutes)| minutes).sum();
    let place = |minutes: i64| {
        let cell = (minutes * i64::from(cells)).checked_div(all).unwrap_or(0);
        u16::try_from(cell).unwrap_or(cells)
    };
    let mut gone = 0;
    let piece = |(part, minutes): (Part, i64)| {
        let from = place(gone);
        gone += minutes;
        Piece {
            part,
            minutes,
            from,
            cells: place(gone) - from,
        }
    };
    parts.into_iter().map(piece).collect()
}

impl Plan {
    pub(super) fn draw_budget(
        &self,
        desk: &Desk<'_>,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let styles = paint.styles;
        let meta = format!("{} min", desk.session().minutes);
        let pane = Pane::new("Time budget").meta(Line::from(meta)).flush();
        let content = pane.draw(area, buf, styles);
        let tall = content.height >= 5;
        let here = self.here(desk).map(|(place, _)| place);
        let pieces = pieces(desk, content.width);
        draw_bar(&pieces, here, text::row(content, 0), (buf, styles));
        if tall {
            draw_minutes(&pieces, here, text::row(content, 1), (buf, styles));
        }
        let row = if tall { 3 } else { 1 };
        text::put_line(&sum(desk, styles), text::row(content, row), buf);
        let past = self.past_line(desk, tall);
        text::put(
            &past,
            styles.of(Role::Muted),
            text::row(content, row + 1),
            buf,
        );
    }

    /// `This group runs 7% over on average (6 sessions). A realistic plan is 84 min or less.`
    fn past_line(&self, desk: &Desk<'_>, long: bool) -> String {
        let Some(overrun) = self.history(desk).overrun() else {
            let tries = if desk.runs() {
                String::new()
            } else {
                let rehearse = desk.stage.view.keys.of(CommandId::Rehearse);
                format!("; {rehearse} tries the plan out")
            };
            return format!("no history yet (needs 2 sessions){tries}");
        };
        let sessions = overrun.sessions;
        let group = match overrun.percent {
            0 => "This group keeps to its plans".to_owned(),
            over if over > 0 => format!("This group runs {over}% over on average"),
            less => format!("This group is done {}% sooner on average", -less),
        };
        let realistic = overrun.realistic(desk.session().minutes);
        match (overrun.percent > 0, long) {
            (false, _) => format!("{group} (from {sessions} past sessions)."),
            (true, true) => format!(
                "{group} (from {sessions} past sessions). A realistic plan is {realistic} min or less."
            ),
            (true, false) => format!("{group}: {realistic} min or less would be realistic."),
        }
    }
}

/// `85 planned + 5 slack = 90   fits   about 13 min each if shared equally`: the time to talk.
pub(super) fn sum(desk: &Desk<'_>, styles: &Styles) -> Line<'static> {
    let (session, schedule) = (desk.session(), &desk.schedule);
    let gaps = schedule.gaps();
    let between = match gaps {
        0 => String::new(),
        gaps => format!(" + {gaps} between"),
    };
    let slack = schedule.slack.millis() / 60_000;
    let mut spans = if desk.runs() {
        vec![going(desk, styles)]
    } else if schedule.fits() {
        let slack = match slack {
            0 => String::new(),
            slack => format!(" + {slack} slack"),
        };
        let words = format!(
            "{} planned{between}{slack} = {}",
            schedule.planned, session.minutes
        );
        vec![
            Span::styled(words, styles.of(Role::Text)),
            Span::styled("   fits", styles.of(Role::Good)),
        ]
    } else {
        let words = format!(
            "{} planned{between} in {}: {} too much",
            schedule.planned,
            session.minutes,
            schedule.over()
        );
        vec![Span::styled(words, styles.bold(Role::Warn))]
    };
    let here = share::here(session, &desk.stage.members);
    let each = minutes_each(&session.blocks, here).filter(|each| *each > 0);
    if let Some(each) = each {
        let words = format!("   about {each} min each if shared equally");
        spans.push(Span::styled(words, styles.of(Role::Muted)));
    }
    Line::from(spans)
}

/// When a running session is expected to end: `ends about 16:35, 5 min late`.
fn going(desk: &Desk<'_>, styles: &Styles) -> Span<'static> {
    let schedule = &desk.schedule;
    let ends = say::wall(schedule.ends, desk.stage.view.zone);
    match schedule.slack.millis() / 60_000 {
        0 => Span::styled(format!("ends about {ends}, on time"), styles.of(Role::Text)),
        late @ ..0 => Span::styled(
            format!("ends about {ends}, {} min late", -late),
            styles.of(Role::Warn),
        ),
        spare => Span::styled(
            format!("ends about {ends}, {spare} min to spare"),
            styles.of(Role::Text),
        ),
    }
}

fn draw_bar(
    pieces: &[Piece],
    here: Option<usize>,
    area: Rect,
    (buf, styles): (&mut Buffer, &Styles),
) {
    for (index, piece) in pieces.iter().enumerate() {
        let (symbol, style) = fill(piece.part, here, styles);
        let last = index + 1 == pieces.len();
        let gap = u16::from(!last && piece.cells > 1);
        let filled = symbol.repeat(usize::from(piece.cells - gap));
        let from = text::after(area, piece.from);
        let used = text::put(&filled, style, from, buf);
        if gap > 0 {
            text::put(
                styles.glyphs().upright(),
                styles.of(Role::Muted),
                text::after(from, used),
                buf,
            );
        }
    }
}

/// How a part is drawn: blocks half as high as the row, the marked one in the accent, free time as track.
fn fill(part: Part, here: Option<usize>, styles: &Styles) -> (&'static str, Style) {
    let ascii = styles.glyphs() == Glyphs::Ascii;
    let colour = styles.has_ground(Role::Track);
    match part {
        Part::Over => ("!", styles.bold(Role::Warn)),
        Part::Free if colour && !ascii => ("▄", styles.of(Role::Track)),
        Part::Free => (".", styles.of(Role::Track)),
        Part::Block(index) => {
            let marked = here == Some(index);
            let role = if marked { Role::Accent } else { Role::Bar };
            let style = styles.of(role);
            let style = if marked || !colour {
                style.add_modifier(Modifier::BOLD)
            } else {
                style
            };
            let symbol = match (ascii, marked) {
                (false, _) => "▄",
                (true, false) => "#",
                (true, true) => "=",
            };
            (symbol, style)
        }
    }
}

/// The minutes of each part below it, as far as there is room.
fn draw_minutes(
    pieces: &[Piece],
    here: Option<usize>,
    area: Rect,
    (buf, styles): (&mut Buffer, &Styles),
) {
    let mut free = 0;
    for piece in pieces {
        // A number ends before the next one begins.
        if piece.from < free {
            continue;
        }
        let room = piece.cells.saturating_sub(1).max(1);
        let words = match piece.part {
            Part::Block(_) => piece.minutes.to_string(),
            Part::Free => format!("{} free", piece.minutes),
            Part::Over => format!("{} too much", piece.minutes),
        };
        let number = piece.minutes.to_string();
        let shown = [words, number]
            .into_iter()
            .find(|words| text::width(words) <= room);
        let style = match piece.part {
            Part::Block(index) if here == Some(index) => styles.bold(Role::Accent),
            Part::Over => styles.of(Role::Warn),
            Part::Block(_) | Part::Free => styles.of(Role::Muted),
        };
        if let Some(words) = shown {
            let used = text::put(&words, style, text::after(area, piece.from), buf);
            free = piece.from + used + 1;
        }
    }
}
