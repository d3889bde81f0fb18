//! The agenda: what was planned, what each block took, and what is to come.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::clock::Span as Time;
use crate::domain::rotation::Seat;
use crate::theme::glyphs::Mark;
use crate::theme::{Role, Styles};
use crate::tui::pane::stage::{Stage, Word};
use crate::tui::say;
use crate::tui::widget::frame::Pane;
use crate::tui::widget::hints::{self, Hint};
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// Cells of a pane from which its columns have their full names.
const WIDE: u16 = 40;

/// Draws the pane; `selected` is the block under the cursor while the pane has the focus.
pub fn draw(
    stage: &Stage<'_>,
    area: Rect,
    selected: Option<usize>,
    buf: &mut Buffer,
    styles: &Styles,
) {
    let wide = area.width >= WIDE;
    let heads = match (stage.live.is_some(), wide) {
        (true, true) => "planned    took",
        (true, false) => "plan    took",
        (false, _) => "planned",
    };
    let content = Pane::new("Agenda")
        .meta(Line::from(heads))
        .focused(selected.is_some())
        .draw(area, buf, styles);
    let blocks = stage.session.blocks.len();
    let foot = foot(stage, wide, styles);
    let room = usize::from(content.height);
    // Blocks come first; of the lines below them as many as there is room for, with a blank row before.
    let spare = room.saturating_sub(blocks);
    let kept = foot
        .len()
        .min(if spare > foot.len() { spare - 1 } else { spare });
    let blank = usize::from(spare > kept);
    let height = u16::try_from(room - kept - blank).unwrap_or(content.height);
    let at = selected.unwrap_or_else(|| stage.block_index());
    for (row, index) in (0u16..).zip(list::window(blocks, at, 0, height)) {
        let area = text::row(list::rows_of(content), row);
        let look = look(stage, index, selected);
        list::draw_row(&Line::default(), look, area, buf, styles);
        block_row(stage, (index, look), text::row(content, row), buf, styles);
    }
    let from = content.height - u16::try_from(kept).unwrap_or(0);
    for (row, line) in (from..).zip(foot.into_iter().take(kept)) {
        let area = text::after(text::row(content, row), styles.glyphs().state_cells() + 2);
        match line {
            Foot::Ends(left, right) => {
                let used = text::put_right(&right, text::row(content, row), buf);
                let left_area = Rect {
                    width: area.width.saturating_sub(used + 1),
                    ..area
                };
                text::put_line(&left, left_area, buf);
            }
            Foot::Line(line) => {
                text::put_line(&line, area, buf);
            }
            Foot::Keys(next) => {
                let keys = [
                    Hint::new(">", &next),
                    Hint::new("<", "back"),
                    Hint::new("+ -", "minutes"),
                ];
                hints::draw_quiet(&keys, area, buf, styles);
            }
        }
    }
}

fn look(stage: &Stage<'_>, index: usize, selected: Option<usize>) -> Look {
    if selected == Some(index) {
        Look::Selected
    } else if stage.live.is_some() && index == stage.block_index() {
        Look::Now
    } else {
        Look::Plain
    }
}

fn block_row(
    stage: &Stage<'_>,
    (index, look): (usize, Look),
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) {
    let Some(block) = stage.session.blocks.get(index) else {
        return;
    };
    let now = stage.view.now;
    let took = stage.live.and_then(|live| live.took(index, now));
    let current = stage.live.is_some() && index == stage.block_index();
    let mark = match took {
        _ if current => Mark::Cursor,
        Some(_) if stage.live.is_some_and(|live| live.is_behind_us(index)) => Mark::Done,
        Some(_) | None => Mark::None,
    };
    let length = stage
        .live
        .and_then(|live| live.progress.get(index))
        .map_or_else(|| block.planned(), |progress| progress.length);
    let planned = (length.millis() / 60_000).to_string();
    let took = took
        .filter(|took| current || *took > Time::ZERO)
        .map_or_else(String::new, |took| {
            // The clock tells the seconds of the running block; a second copy would tick for nothing.
            if current {
                format!("{} min", took.whole_secs() / 60)
            } else {
                say::passed(took)
            }
        });
    let took_style = match stage.word() {
        Word::Over if current => styles.bold(Role::Overtime),
        _ if current => look.main(styles),
        _ => look.quiet(styles),
    };
    let mut right = vec![Span::styled(planned, look.main(styles))];
    if stage.live.is_some() {
        right.push(Span::styled(text::right(&took, 8), took_style));
    }
    let used = text::put_right(&Line::from(right), area, buf);
    let number = format!("{} ", index + 1);
    let line = Line::from(vec![
        list::state_mark(mark, styles),
        Span::styled(number, look.quiet(styles)),
        Span::styled(block.title.to_string(), look.main(styles)),
    ]);
    let left = Rect {
        width: area.width.saturating_sub(used + 2),
        ..area
    };
    text::put_line(&line, left, buf);
}

/// A line below the blocks.
enum Foot {
    /// Slack, and when the session ends.
    Ends(Line<'static>, Line<'static>),
    /// What the running step asks for.
    Line(Line<'static>),
    /// The keys that move, with what is next.
    Keys(String),
}

/// Who leads, keeps time and writes, before the start; the last two in one line where they fit.
fn seats(stage: &Stage<'_>, wide: bool, styles: &Styles) -> Vec<Line<'static>> {
    let muted = styles.of(Role::Muted);
    let leads = stage.session.facilitator.and_then(|id| stage.person(id));
    let leads = match leads {
        Some(member) => Line::from(vec![
            Span::styled("leads ", muted),
            Span::styled(stage.short(member), styles.bold(Role::Text)),
        ]),
        None => Line::from(Span::styled("nobody leads yet  : seats", muted)),
    };
    let held: Vec<String> = [Seat::Timekeeper, Seat::Scribe]
        .into_iter()
        .filter_map(|seat| {
            let member = stage.person(*stage.session.seats.get(&seat)?)?;
            Some(format!("{} {}", stage.short(member), seat.does()))
        })
        .collect();
    let joined = held.join(", ");
    let held = if text::width(&joined) <= if wide { 34 } else { 24 } && !held.is_empty() {
        vec![joined]
    } else {
        held
    };
    let held = held
        .into_iter()
        .map(|words| Line::from(Span::styled(words, muted)));
    std::iter::once(leads).chain(held).collect()
}

fn foot(stage: &Stage<'_>, wide: bool, styles: &Styles) -> Vec<Foot> {
    let muted = styles.of(Role::Muted);
    let slack = stage.slack();
    let mut left = if slack.is_negative() && slack.abs().whole_secs() == 0 {
        // The seconds of a tick: nothing that anybody could read as overrun.
        vec![Span::styled("no slack left", styles.of(Role::Text))]
    } else if slack.is_negative() {
        vec![Span::styled(
            format!("{} longer than planned", say::passed(slack)),
            styles.of(Role::Warn),
        )]
    } else {
        vec![
            Span::styled("slack ", muted),
            Span::styled(say::passed(slack), styles.of(Role::Text)),
        ]
    };
    let planned = stage.planned_slack();
    if wide && stage.live.is_some() && !slack.is_negative() && !planned.is_negative() {
        let was = format!(" was {}", planned.millis() / 60_000);
        left.push(Span::styled(was, muted));
    }
    let ends = Line::from(vec![
        Span::styled("ends ", muted),
        Span::styled(
            say::wall(stage.ends(), stage.view.zone),
            styles.bold(Role::Text),
        ),
    ]);
    let mut lines = vec![Foot::Ends(Line::from(left), ends)];
    if stage.live.is_none() {
        lines.extend(seats(stage, wide, styles).into_iter().map(Foot::Line));
        return lines;
    }
    if let Some(says) = stage.step().and_then(|step| step.says.as_ref()) {
        lines.push(Foot::Line(Line::from(vec![
            Span::styled("now ", muted),
            Span::styled(says.to_string(), styles.of(Role::Text)),
        ])));
    }
    let next = stage.next_title().unwrap_or("wrap up");
    lines.push(Foot::Keys(next.to_owned()));
    lines
}
