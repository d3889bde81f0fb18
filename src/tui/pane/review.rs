//! Last time's actions, shown where the prompt stands while an action review runs.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::item::{Action, ActionState, Owner};
use crate::theme::glyphs::Mark;
use crate::theme::{Role, Styles};
use crate::tui::pane::prompt;
use crate::tui::pane::stage::Stage;
use crate::tui::say::{self, Urgency};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::hints::{self, Hint};
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// Cells of the pane from which names are written in full.
const WIDE: u16 = 60;
/// Rows of the pane from which it names its keys.
const KEYS_FROM: u16 = 9;

/// Draws the pane; `marked` is the row that keys act on.
pub fn draw(
    stage: &Stage<'_>,
    area: Rect,
    (focused, marked): (bool, usize),
    buf: &mut Buffer,
    styles: &Styles,
) {
    let rows = stage.review();
    let open = rows.iter().filter(|action| action.state.is_open()).count();
    let meta = format!("{open} open");
    let title = if stage.prompt().is_some() {
        "Prompt, then actions of last time"
    } else {
        "Actions of last time"
    };
    let content = Pane::new(title)
        .meta(Line::from(meta))
        .focused(focused)
        .draw(area, buf, styles);
    let content = below_prompt(stage, content, buf, styles);
    if rows.is_empty() {
        let row = text::row(content, 0);
        text::put(
            "No action is open from earlier sessions.",
            styles.of(Role::Text),
            row,
            buf,
        );
        return;
    }
    let keys = u16::from(area.height >= KEYS_FROM && content.height >= 5);
    let marked = marked.min(rows.len() - 1);
    let height = content.height - keys.min(content.height);
    for (place, index) in (0u16..).zip(list::window(rows.len(), marked, 0, height)) {
        let Some(action) = rows.get(index) else {
            continue;
        };
        let look = match (index == marked, focused) {
            (true, true) => Look::Selected,
            (true, false) => Look::SelectedElsewhere,
            (false, _) => Look::Plain,
        };
        let row = text::row(content, place);
        list::draw_row(&Line::default(), look, list::rows_of(row), buf, styles);
        action_row(stage, action, look, (row, buf), styles);
    }
    if keys > 0 {
        let keys = [
            Hint::new("c", "done"),
            Hint::new("C", "partly"),
            Hint::new("t", "date"),
            Hint::new("x", "let go"),
            Hint::new(".", "next"),
        ];
        let row = text::row(content, content.height.saturating_sub(1));
        hints::draw_quiet(&keys, text::after(row, 2), buf, styles);
    }
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

fn action_row(
    stage: &Stage<'_>,
    action: &Action,
    look: Look,
    (area, buf): (Rect, &mut Buffer),
    styles: &Styles,
) {
    let wide = area.width + 4 >= WIDE;
    let marked = matches!(look, Look::Selected | Look::SelectedElsewhere);
    let (due, urgency) = say::due(&stage.view, stage.circle.id, action.due, false);
    let late = action.state.is_open() && urgency != Urgency::Calm;
    let due = if action.state.is_open() {
        due
    } else {
        action.state.word().to_owned()
    };
    let due_style = if late {
        styles.of(Role::Warn)
    } else {
        look.quiet(styles)
    };
    let who = say::owner(&stage.view, stage.circle.id, action.owner, true);
    let who_style = if action.owner == Owner::Nobody {
        styles.of(Role::Warn)
    } else {
        look.quiet(styles)
    };
    let (who_cells, due_cells) = if wide { (10, 13) } else { (7, 10) };
    let right = Line::from(vec![
        Span::styled(text::pad(&who, who_cells), who_style),
        Span::raw(" "),
        Span::styled(text::pad(&due, due_cells), due_style),
    ]);
    let used = text::put_right(&right, area, buf);
    let standing = match action.state {
        ActionState::Done => Mark::Done,
        ActionState::Open | ActionState::Moved | ActionState::Partly => Mark::Open,
        ActionState::LetGo => Mark::None,
    };
    let mark = if marked { Mark::Cursor } else { Mark::None };
    let words = match (&action.progress, action.state) {
        (Some(left), ActionState::Partly) => format!("{} (left: {left})", action.text),
        _ => action.text.to_string(),
    };
    let words_style = if action.state.is_open() {
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
