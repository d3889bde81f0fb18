//! The groups that are out, large enough to find one's own name from afar.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::room::{RoomBlock, RoomGroups};
use crate::theme::{Role, Styles};
use crate::tui::screen::room::RoomView;
use crate::tui::widget::letters::{self, Size};
use crate::tui::widget::text;

/// Rows of the prompt above the groups, at most.
const PROMPT_ROWS: u16 = 2;

impl RoomView {
    /// A line for each group, in large letters where they fit; the prompt above them where there is room.
    pub(super) fn groups(
        &self,
        (block, groups): (&RoomBlock, &RoomGroups),
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
    ) {
        let lines: Vec<String> = groups.groups.iter().map(|names| names_of(names)).collect();
        let count = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let used = prompt(block, count, area, buf, styles);
        let area = Rect {
            y: area.y + used,
            height: area.height.saturating_sub(used),
            ..area
        };
        let slot = area.height.checked_div(count).unwrap_or(0);
        let fitted: Vec<letters::Fitted> = lines
            .iter()
            .map(|line| letters::fit(&self.alphabet, line, area.width, slot.min(6)))
            .collect();
        let large = fitted
            .iter()
            .all(|line| line.size != Size::Plain && line.lines.len() == 1);
        if !large {
            return plain(&lines, area, buf, styles);
        }
        let look = (styles.bold(Role::Prompt), styles.glyphs());
        let spare = area.height - slot * count;
        for (index, line) in (0..count).zip(&fitted) {
            let at = Rect {
                y: area.y + spare / 2 + index * slot,
                height: slot,
                ..area
            };
            letters::draw(&self.alphabet, line, look, at, buf);
        }
    }
}

/// The prompt in plain letters, where the groups leave room. Returns the rows used.
fn prompt(block: &RoomBlock, groups: u16, area: Rect, buf: &mut Buffer, styles: &Styles) -> u16 {
    let Some(words) = &block.prompt else { return 0 };
    let rows = PROMPT_ROWS.min(area.height.saturating_sub(groups + 1));
    let lines = text::wrap_within(words.as_str(), area.width.saturating_sub(8), rows);
    for (index, line) in (0..rows).zip(&lines) {
        let line = Span::styled(line.to_string(), styles.of(Role::Text));
        text::put_centred(&Line::from(line), text::row(area, index), buf);
    }
    let used = u16::try_from(lines.len()).unwrap_or(rows);
    if used == 0 { 0 } else { used + 1 }
}

/// The groups in bold text, with a free row between them where there is room.
fn plain(lines: &[String], area: Rect, buf: &mut Buffer, styles: &Styles) {
    let count = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let pitch = if count.saturating_mul(2) <= area.height {
        2
    } else {
        1
    };
    let spare = area.height.saturating_sub(count.saturating_mul(pitch)) / 2;
    for (index, line) in (0..count).zip(lines) {
        let at = spare + index * pitch;
        if at >= area.height {
            return;
        }
        let line = Span::styled(format!("{}   {line}", index + 1), styles.bold(Role::Prompt));
        text::put_centred(&Line::from(line), text::row(area, at), buf);
    }
}

fn names_of(names: &[crate::domain::text::Clean]) -> String {
    names.join(", ")
}

/// All groups in one line of words, for the smallest screens.
pub(super) fn in_one_line(groups: &RoomGroups) -> String {
    let lines: Vec<String> = groups.groups.iter().map(|names| names_of(names)).collect();
    lines.join("; ")
}
