//! The one row of the room view about talk: in a round who speaks now and who comes then, else that it is silent
//! on purpose.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::room::{RoomBlock, RoomRound};
use crate::theme::{Role, Styles};
use crate::tui::widget::text;

/// Draws the row at the foot of `area`, if there is anything to say and room for more than that. Returns what is
/// left of the area.
pub(super) fn draw(block: &RoomBlock, area: Rect, buf: &mut Buffer, styles: &Styles) -> Rect {
    let line = match (&block.round, block.silent) {
        (Some(round), _) => of(round, styles),
        (None, Some(_)) => Line::from(Span::styled("silence", styles.of(Role::Text))),
        (None, None) => return area,
    };
    if line.spans.is_empty() || area.height < 3 {
        return area;
    }
    let row = text::row(area, area.height - 1);
    text::put_centred(&line, row, buf);
    Rect {
        height: area.height - 1,
        ..area
    }
}

/// `now Mei, then Tom`.
fn of(round: &RoomRound, styles: &Styles) -> Line<'static> {
    let (plain, bold) = (styles.of(Role::Text), styles.bold(Role::Text));
    let mut spans = Vec::new();
    if let Some(now) = &round.now {
        spans.push(Span::styled("now ", plain));
        spans.push(Span::styled(now.to_string(), bold));
    }
    if let Some(then) = &round.then {
        let lead = if spans.is_empty() { "next " } else { ", then " };
        spans.push(Span::styled(lead, plain));
        spans.push(Span::styled(then.to_string(), bold));
    }
    Line::from(spans)
}
