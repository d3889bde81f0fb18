//! The agenda: what was planned, what each block took, and what is to come.

mod foot;
#[cfg(test)]
mod tests;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::agenda::Block;
use crate::domain::agenda::elastic::Elastic;
use crate::domain::clock::Span as Time;
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
    let elastic = stage.elastic();
    let room_for_words = content
        .width
        .saturating_sub(styles.glyphs().state_cells() + 2);
    let foot = foot::lines(stage, elastic.as_ref(), (selected, room_for_words), styles);
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
        let block = block_line(stage, (index, look), (elastic.as_ref(), wide), styles);
        block.draw(text::row(content, row), buf);
    }
    let from = content.height - u16::try_from(kept).unwrap_or(0);
    for (row, line) in (from..).zip(foot.into_iter().take(kept)) {
        draw_foot(line, stage, text::row(content, row), (buf, styles));
    }
}

/// One line below the blocks.
fn draw_foot(
    line: foot::Foot,
    stage: &Stage<'_>,
    row: Rect,
    (buf, styles): (&mut Buffer, &Styles),
) {
    let area = text::after(row, styles.glyphs().state_cells() + 2);
    match line {
        foot::Foot::Ends(left, right) => {
            let used = text::put_right(&right, row, buf);
            let left_area = Rect {
                width: area.width.saturating_sub(used + 1),
                ..area
            };
            text::put_line(&left, left_area, buf);
        }
        foot::Foot::Line(line) => {
            text::put_line(&line, area, buf);
        }
        foot::Foot::Keys(next) => {
            let keys = stage.view.keys;
            let minutes = [CommandId::Longer, CommandId::Shorter];
            let minutes: Vec<(CommandId, &str)> = minutes
                .into_iter()
                .filter_map(|id| Some((id, keys.own(id)?)))
                .collect();
            let together: Vec<&str> = minutes.iter().map(|(_, key)| *key).collect();
            let together = together.join(" ");
            let mut rows = keys.hints(&[(CommandId::Next, &next), (CommandId::Back, "back")]);
            rows.push(Hint::new(&together, "minutes").each(&minutes));
            hints::draw_quiet(&rows, area, buf, styles);
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

/// One row of the agenda, ready to be drawn.
struct BlockLine {
    left: Line<'static>,
    right: Line<'static>,
}

impl BlockLine {
    fn draw(&self, area: Rect, buf: &mut Buffer) {
        let used = text::put_right(&self.right, area, buf);
        let left = Rect {
            width: area.width.saturating_sub(used + 2),
            ..area
        };
        text::put_line(&self.left, left, buf);
    }
}

/// What each person has of a block, where that is wanted, and how long it is: planned, and now.
fn planned_cells(
    stage: &Stage<'_>,
    (index, block): (usize, &Block),
    (elastic, with_share): (Option<&Elastic>, bool),
    (look, styles): (Look, &Styles),
) -> Vec<Span<'static>> {
    let mut cells = Vec::new();
    if let Some(share) = stage.share(index, elastic).filter(|_| with_share) {
        let each = format!("{} each  ", say::passed(share.each_now()));
        let style = if share.fits() {
            look.quiet(styles)
        } else {
            styles.of(Role::Warn)
        };
        cells.push(Span::styled(each, style));
    }
    let length = stage.length_now(index, elastic);
    if length != block.planned() {
        let planned = format!("{} to ", block.minutes);
        cells.push(Span::styled(planned, look.quiet(styles)));
    }
    let minutes = (length.millis() / 60_000).to_string();
    cells.push(Span::styled(minutes, look.main(styles)));
    cells
}

/// How long a block took; nothing before the session.
fn took_cell(
    stage: &Stage<'_>,
    (index, current): (usize, bool),
    (look, styles): (Look, &Styles),
) -> Option<Span<'static>> {
    let took = stage.live?.took(index, stage.view.now);
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
    let style = match stage.word() {
        Word::Over if current => styles.bold(Role::Overtime),
        _ if current => look.main(styles),
        _ => look.quiet(styles),
    };
    Some(Span::styled(text::right(&took, 8), style))
}

fn block_line(
    stage: &Stage<'_>,
    (index, look): (usize, Look),
    (elastic, wide): (Option<&Elastic>, bool),
    styles: &Styles,
) -> BlockLine {
    let Some(block) = stage.session.blocks.get(index) else {
        return BlockLine {
            left: Line::default(),
            right: Line::default(),
        };
    };
    let current = stage.live.is_some() && index == stage.block_index();
    let parked = block.parked.is_some();
    let behind_us = stage.live.is_some_and(|live| live.is_behind_us(index));
    let mark = if current {
        Mark::Cursor
    } else if behind_us && !parked {
        Mark::Done
    } else {
        Mark::None
    };
    let mut right = Vec::new();
    if parked {
        right.push(Span::styled("next time", look.quiet(styles)));
    } else {
        let to_come = !current && !behind_us;
        let with_share = to_come && (wide || stage.live.is_none());
        let planned = planned_cells(stage, (index, block), (elastic, with_share), (look, styles));
        right.extend(planned);
        right.extend(took_cell(stage, (index, current), (look, styles)));
    }
    let number = if stage.session.blocks.len() > 9 {
        format!("{:>2} ", index + 1)
    } else {
        format!("{} ", index + 1)
    };
    let title = if parked {
        look.quiet(styles)
    } else {
        look.main(styles)
    };
    BlockLine {
        left: Line::from(vec![
            list::state_mark(mark, styles),
            Span::styled(number, look.quiet(styles)),
            Span::styled(block.title.to_string(), title),
        ]),
        right: Line::from(right),
    }
}
