//! Speaking time beside the names, while whoever runs the session has asked for it: minutes and a short bar.

use ratatui::text::{Line, Span};

use crate::domain::floor::time::{NoTalk, Talk};
use crate::domain::id::MemberId;
use crate::theme::{Role, Styles};

/// Cells of the longest bar.
const CELLS: i64 = 6;

/// `12 min` and a bar, which is full for whoever has spoken longest.
pub(super) fn line(talk: &Talk, member: MemberId, styles: &Styles) -> Line<'static> {
    let of = |member| talk.by.get(&member).copied().unwrap_or_default();
    let most = talk.by.keys().map(|m| of(*m).millis()).max().unwrap_or(0);
    let time = of(member).millis();
    // Whoever has spoken at all has a bar.
    let cells = match most {
        0 => 0,
        most => (time * CELLS + most - 1) / most,
    };
    let bar = styles.glyphs().pick("▄", "#");
    let cells = usize::try_from(cells).unwrap_or(0);
    Line::from(vec![
        Span::styled(format!("{:>2} min ", time / 60_000), styles.of(Role::Text)),
        Span::styled(bar.repeat(cells), styles.of(Role::Bar)),
    ])
}

/// Why speaking time is not shown, in words.
pub const fn reason(why: NoTalk) -> &'static str {
    match why {
        NoTalk::Seat => "In a hot seat one person is meant to speak more; it is not compared",
        NoTalk::Few => "With fewer than five people speaking time is not compared",
        NoTalk::Gaps => "Too much time was given to nobody to compare; digits say who speaks",
    }
}
