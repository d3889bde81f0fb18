//! The groups that are out, in the place of the prompt: who is with whom, on what, and for how long.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::pairing::Groups;
use crate::theme::{Role, Styles};
use crate::tui::pane::prompt;
use crate::tui::pane::stage::Stage;
use crate::tui::pane::stage::groups::time_left;
use crate::tui::widget::frame::Pane;
use crate::tui::widget::text;

/// Rows of the pane from which the groups have air above them.
const ROOMY: u16 = 10;

/// Draws the pane. Nothing is drawn where no groups are out.
pub fn draw(stage: &Stage<'_>, area: Rect, focused: bool, buf: &mut Buffer, styles: &Styles) {
    let Some((groups, left)) = stage.groups_out() else {
        return;
    };
    let role = if left.shown_secs() <= 60 {
        Role::Warn
    } else {
        Role::Text
    };
    let time = Span::styled(time_left(left), styles.bold(role));
    let content = Pane::new("Groups")
        .meta(Line::from(time))
        .focused(focused)
        .draw(area, buf, styles);
    let lines = lines(stage, groups, content);
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let spare = content.height.saturating_sub(rows);
    let air = u16::from(area.height >= ROOMY && spare > 2);
    let question = Rect {
        height: spare.saturating_sub(air),
        ..content
    };
    let used = match stage.prompt() {
        Some(shown) if question.height > 0 => {
            prompt::question(shown.text.as_str(), 0, question, buf, styles) + air
        }
        Some(_) | None => 0,
    };
    for (at, line) in (used..content.height).zip(&lines) {
        text::put_line(&styled(line, styles), text::row(content, at), buf);
    }
}

/// A line of the list: its number, if it is a group, and its words.
struct Row {
    number: Option<usize>,
    words: String,
}

fn styled(row: &Row, styles: &Styles) -> Line<'static> {
    let role = if row.number.is_some() {
        Role::Text
    } else {
        Role::Muted
    };
    let number = row.number.map(|n| format!("{n} ")).unwrap_or_default();
    Line::from(vec![
        Span::styled(number, styles.of(Role::Muted)),
        Span::styled(row.words.clone(), styles.of(role)),
    ])
}

/// A line for each group; where they are too many for the room, one group after the other in running text.
fn lines(stage: &Stage<'_>, groups: &Groups, area: Rect) -> Vec<Row> {
    let late = late(stage, groups);
    let room = usize::from(area.height) - usize::from(late.is_some() && area.height > 0);
    let named: Vec<String> = groups
        .groups
        .iter()
        .map(|group| stage.group_names(&group.members))
        .collect();
    let plain = |words: String| Row {
        number: None,
        words,
    };
    let mut rows: Vec<Row> = if named.len() <= room {
        let numbered = |(index, words)| Row {
            number: Some(index + 1),
            words,
        };
        named.into_iter().enumerate().map(numbered).collect()
    } else {
        let all: Vec<String> = (1..)
            .zip(&named)
            .map(|(number, words)| format!("{number} {words}"))
            .collect();
        let wrapped = text::wrap(&all.join("; "), area.width)
            .into_iter()
            .map(std::borrow::Cow::into_owned)
            .collect::<Vec<_>>();
        wrapped.into_iter().map(plain).collect()
    };
    rows.extend(late.into_iter().map(plain));
    rows
}

/// Who came when the groups were out, and how they get into one.
fn late(stage: &Stage<'_>, groups: &Groups) -> Option<String> {
    let late = stage.without_group(groups);
    let names: Vec<String> = late.iter().map(|member| stage.short(member)).collect();
    let key = stage.view.keys.of(CommandId::Groups);
    let row = stage.late_row(groups);
    Some(match names.as_slice() {
        [] => return None,
        [one] => format!("{one} is in no group; {key} {row} helps"),
        several => format!("{} are in no group; {key} {row} helps", several.join(", ")),
    })
}
