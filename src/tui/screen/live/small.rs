//! The smallest views of a session: digits with a few words beside them, single lines, words alone.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::id::{Arg, CommandId};
use crate::domain::live::Live;
use crate::theme::{Role, Styles};
use crate::tui::pane::stage::groups::time_left;
use crate::tui::pane::stage::{Stage, Word};
use crate::tui::pane::{clock, step_line, strip};
use crate::tui::say;
use crate::tui::view::View;
use crate::tui::widget::chip::Chip;
use crate::tui::widget::digits::{self, Size};
use crate::tui::widget::hints;
use crate::tui::widget::spot::{self, Spot};
use crate::tui::widget::text;

/// Cells beside the digits where there is one column.
const SMALL_WORDS: u16 = 10;

/// Digits with the words that matter beside them.
pub(super) fn small_clock(stage: &Stage<'_>, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let reading = digits::reading(stage.left().shown_secs());
    let room = area.width.saturating_sub(SMALL_WORDS);
    let size = Size::fitting(&reading, room, area.height);
    let wide = size.width(&reading).unwrap_or(0).min(area.width);
    let face = Rect {
        width: wide,
        ..area
    };
    let style = clock::digits_style(stage.word(), styles);
    spot::tell(area, || Spot::Command(CommandId::StartPause, Arg::None));
    digits::draw(&reading, style, styles.glyphs(), face, buf);
    let column = text::after(area, wide + 1);
    let zone = stage.view.zone;
    let chip = clock::state(stage.word(), styles);
    let lead = if stage.word() == Word::Running {
        " "
    } else {
        ""
    };
    let word = if text::width(&chip.content) <= column.width {
        Line::from(vec![Span::raw(lead), chip])
    } else {
        // A chip that is too wide for the column keeps its words, not its fill.
        Line::from(Span::styled(short_word(stage.word()), chip.style))
    };
    text::put_line(&word, text::row(column, 0), buf);
    let inner = text::after(column, 1);
    text::put_line(
        &Line::from(strip::pace(stage, false, styles)),
        text::row(inner, 1),
        buf,
    );
    let ends = match (stage.word(), stage.live.and_then(Live::ends_at)) {
        (Word::Ready, _) => Some(("starts", stage.session.start)),
        (Word::Over, Some(at)) => Some(("since", at)),
        (Word::Break, Some(at)) => Some(("until", at)),
        (Word::Running | Word::Warning(_), Some(at)) => Some(("ends", at)),
        _ => None,
    };
    if let Some((label, at)) = ends {
        if stage.word() == Word::Ready {
            let day = at.date(zone).format("%a %-d").to_string();
            text::put(&day, styles.of(Role::Text), text::row(inner, 2), buf);
        }
        text::put(label, styles.of(Role::Muted), text::row(inner, 3), buf);
        let at = say::wall(at, zone);
        text::put(&at, styles.bold(Role::Text), text::row(inner, 4), buf);
    }
}

/// The state in the fewest letters that say it.
fn short_word(word: Word) -> String {
    match word {
        Word::Warning(minutes) => format!(" {minutes} LEFT "),
        Word::Ready | Word::Running | Word::Over | Word::Paused | Word::Break => word.text(),
    }
}

/// Who speaks and who is next, or how to start.
pub(super) fn speaker(stage: &Stage<'_>, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let muted = styles.of(Role::Muted);
    let mut spans = Vec::new();
    if let Some((groups, left)) = stage.groups_out() {
        let count = say::count(groups.groups.len(), "group", "groups");
        let words = format!("{count}, {}", time_left(left));
        let line = Line::from(vec![
            Span::styled(words, styles.bold(Role::Text)),
            Span::styled(
                format!("  {}", stage.view.keys.of(CommandId::Groups)),
                muted,
            ),
        ]);
        text::put_line(&line, area, buf);
        return;
    }
    if stage.live.is_none() {
        let start = stage.view.keys.of(CommandId::StartPause);
        spans.push(Span::styled(start.into_owned(), styles.quiet_key()));
        spans.push(Span::styled(" starts the session", muted));
    }
    if let Some(name) = stage.speaker_words() {
        let turn = say::passed_wide(stage.turn());
        let bold = styles.bold(Role::Text);
        let turn = if stage.is_doubtful() {
            Span::styled(turn, muted)
        } else {
            Chip::Talking(&turn).span(styles)
        };
        // A long name leaves room for how long it has been.
        let room = area.width.saturating_sub(text::width(&turn.content) + 1);
        let name = text::cut(&name, room).into_owned();
        spans.push(Span::styled(format!("{name} "), bold));
        spans.push(turn);
        spans.push(Span::raw("  "));
    } else if let Some(silence) = stage.silence() {
        let words = format!("silence {}  ", say::passed(silence));
        spans.push(Span::styled(words, styles.of(Role::Text)));
    }
    if let Some(next) = stage.next_speaker() {
        spans.push(Span::styled("next ", muted));
        let name = format!("{} ({})", stage.short(next), next.label);
        spans.push(Span::styled(name, styles.of(Role::Text)));
    }
    text::put_line(&Line::from(spans), area, buf);
}

/// Clock, block and speaker in plain words, for the smallest screens.
pub(super) fn words(stage: &Stage<'_>, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let reading = digits::reading(stage.left().shown_secs());
    let style = clock::digits_style(stage.word(), styles);
    let mut lines = vec![
        Line::from(vec![
            Span::styled(reading, style),
            Span::raw(" "),
            Span::styled(stage.word().text(), styles.bold(Role::Text)),
        ]),
        Line::from(vec![
            Span::styled(stage.block_title().to_owned(), styles.of(Role::Text)),
            Span::styled(
                format!(
                    " {}/{}",
                    stage.block_index() + 1,
                    stage.session.blocks.len().max(1)
                ),
                styles.of(Role::Muted),
            ),
        ]),
    ];
    if stage.live.is_none() {
        let (start, zone) = (stage.session.start, stage.view.zone);
        let starts = format!("{} starts", stage.view.keys.of(CommandId::StartPause));
        lines.push(Line::from(Span::styled(starts, styles.of(Role::Muted))));
        let day = strip::say_day(start, zone);
        let when = format!("{day} {}", say::wall(start, zone));
        lines.push(Line::from(Span::styled(when, styles.of(Role::Text))));
    } else if let Some(name) = stage.speaker_words() {
        let talks = if stage.is_doubtful() { "" } else { " TALKING" };
        let words = format!("{name}{talks}");
        lines.push(Line::from(Span::styled(words, styles.bold(Role::Speaking))));
    }
    if let Some((_, left)) = stage.groups_out() {
        let words = format!("groups: {}", time_left(left));
        lines.push(Line::from(Span::styled(words, styles.bold(Role::Text))));
    }
    if stage.running_step().is_some() {
        lines.push(step_line::line(stage, area.width, styles));
    }
    if let Some(prompt) = stage.prompt() {
        let wrapped = text::wrap(prompt.text.as_str(), area.width);
        lines.extend(
            wrapped
                .into_iter()
                .map(|line| Line::from(Span::styled(line.into_owned(), styles.bold(Role::Prompt)))),
        );
    }
    for (index, line) in (0u16..).zip(lines.iter().take(area.height.into())) {
        text::put_line(line, text::row(area, index), buf);
    }
}

/// What stands here without a session.
pub(super) fn nothing(view: &View<'_>, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let circle = view.state.circles().next().is_some();
    let (sentence, id, verb) = if circle {
        ("No session is planned.", CommandId::Open, "plans one")
    } else {
        (
            "There is no circle yet.",
            CommandId::GoHome,
            "goes to Home, where one is made",
        )
    };
    let inner = if area.width > 40 {
        text::after(area, 2)
    } else {
        area
    };
    text::put(sentence, styles.of(Role::Text), text::row(inner, 0), buf);
    let key = view.keys.hints(&[(id, verb)]);
    hints::draw_quiet(&key, text::row(inner, 1), buf, styles);
}
