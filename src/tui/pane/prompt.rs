//! The question that is put to the room, what to ask next, and the keys that move it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::agenda::Prompt;
use crate::theme::{Role, Styles};
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::widget::frame::Pane;
use crate::tui::widget::hints::{self, Hint};
use crate::tui::widget::text;

/// Rows of the pane from which the block has a padding row above and below.
const ROOMY: u16 = 10;
/// Cells of the pane from which its title line says how often the question was asked.
const META_FROM: u16 = 50;

/// Draws the pane. `author` is the member who wrote the question, once that may be told.
pub fn draw(
    stage: &Stage<'_>,
    (area, buf): (Rect, &mut Buffer),
    (focused, author): (bool, Option<String>),
    styles: &Styles,
) {
    let prompts = stage.block().map_or(0, |block| block.prompts.len());
    let Some(prompt) = stage.prompt() else {
        return none(stage, area, focused, buf, styles);
    };
    let shown = stage.live.map_or(0, |live| live.prompt) + 1;
    let title = format!("Prompt {shown} of {prompts}");
    let meta = match author {
        Some(author) => format!("asked by {author}"),
        None if area.width >= META_FROM => history(prompt),
        None => String::new(),
    };
    let content = Pane::new(&title)
        .meta(Line::from(meta))
        .focused(focused)
        .draw(area, buf, styles);
    let pad = u16::from(area.height >= ROOMY);
    let used = question(&stage.prompt_words(prompt), pad, content, buf, styles);
    let rest = Rect {
        y: content.y + used,
        height: content.height - used,
        ..content
    };
    let keys = u16::from(rest.height >= 3 && pad > 0);
    let room = rest.height.saturating_sub(keys);
    follow_ups(
        prompt,
        Rect {
            height: room,
            ..rest
        },
        buf,
        styles,
    );
    if keys > 0 {
        let last = text::after(text::row(rest, rest.height - 1), 3);
        hints::draw_quiet(&keys_of(stage), last, buf, styles);
    }
}

fn history(prompt: &Prompt) -> String {
    match (prompt.asked, prompt.asked_before) {
        (Some(_), _) => "asked".to_owned(),
        (None, 0) => "new to this circle".to_owned(),
        (None, times) => format!("asked {times}x here"),
    }
}

fn keys_of<'a>(stage: &Stage<'a>) -> Vec<Hint<'a>> {
    let keys = [
        (CommandId::NextPrompt, "next"),
        (CommandId::PreviousPrompt, "previous"),
        (CommandId::PickQuestion, "pick"),
        (CommandId::Copy, "copy for the chat"),
    ];
    let from = if stage.live.is_none() { 3 } else { 0 };
    stage.view.keys.hints(keys.get(from..).unwrap_or_default())
}

/// Draws the question on its own ground behind its edge. Returns the rows used.
pub fn question(words: &str, pad: u16, area: Rect, buf: &mut Buffer, styles: &Styles) -> u16 {
    let indent = if pad > 0 { 3 } else { 2 };
    let lines = even(words, area.width.saturating_sub(indent));
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let height = rows.saturating_add(2 * pad).min(area.height);
    let block = Rect { height, ..area };
    buf.set_style(block.intersection(buf.area), styles.ground(Role::Surface));
    for index in 0..height {
        let row = text::row(block, index);
        text::put(styles.glyphs().edge(), styles.prompt(), row, buf);
    }
    let room = usize::from(height.saturating_sub(pad));
    for (index, line) in (pad..).zip(lines.iter().take(room)) {
        let last = usize::from(index - pad) + 1 == room && lines.len() > room;
        let row = text::after(text::row(block, index), indent);
        let line = if last {
            text::cut(
                &format!("{line} {}", " ".repeat(row.width.into())),
                row.width,
            )
            .into_owned()
        } else {
            line.to_string()
        };
        text::put(&line, styles.prompt(), row, buf);
    }
    height
}

/// As few lines as fit, of about the same length.
fn even(words: &str, most: u16) -> Vec<std::borrow::Cow<'_, str>> {
    let widest = text::wrap(words, most);
    let (mut low, mut high) = (most / 2, most);
    while low < high {
        let width = low.midpoint(high);
        if text::wrap(words, width).len() <= widest.len() {
            high = width;
        } else {
            low = width + 1;
        }
    }
    text::wrap(words, high)
}

fn follow_ups(prompt: &Prompt, area: Rect, buf: &mut Buffer, styles: &Styles) {
    if prompt.follow_ups.is_empty() || area.height < 2 {
        return;
    }
    let roomy = area.width >= META_FROM - 4;
    let label = if roomy { "then ask  " } else { "" };
    let area = text::after(area, if roomy { 3 } else { 2 });
    let mut row = 1;
    for (index, words) in prompt.follow_ups.iter().enumerate() {
        let inset = text::width(label);
        for line in text::wrap(words.as_str(), area.width.saturating_sub(inset)) {
            let at = text::row(area, row);
            if index == 0 && row == 1 {
                text::put(label, styles.of(Role::Muted), at, buf);
            }
            text::put(&line, styles.of(Role::Text), text::after(at, inset), buf);
            row += 1;
        }
    }
}

/// What to say in the running step, where the block has no question.
fn say_step(
    stage: &Stage<'_>,
    says: &str,
    (area, focused): (Rect, bool),
    buf: &mut Buffer,
    styles: &Styles,
) {
    let steps = stage.block().map_or(0, |block| block.steps.len());
    let step = stage.live.map_or(0, |live| live.step) + 1;
    let title = format!("Say, step {step} of {steps}");
    let content = Pane::new(&title).focused(focused).draw(area, buf, styles);
    let pad = u16::from(area.height >= ROOMY);
    let used = question(says, pad, content, buf, styles);
    let rest = Rect {
        y: content.y + used,
        height: content.height - used,
        ..content
    };
    if rest.height >= 2 {
        let keys = stage.view.keys.hints(&[
            (CommandId::NextPrompt, "a question from the bank"),
            (CommandId::PickQuestion, "pick"),
        ]);
        hints::draw_quiet(
            &keys,
            text::after(text::row(rest, rest.height - 1), 2 + pad),
            buf,
            styles,
        );
    }
}

fn none(stage: &Stage<'_>, area: Rect, focused: bool, buf: &mut Buffer, styles: &Styles) {
    if let Some(says) = stage.running_step().and_then(|step| step.says.as_ref()) {
        return say_step(stage, says.as_str(), (area, focused), buf, styles);
    }
    let title = match stage.live {
        Some(_) => "Prompt",
        None => "Before the start",
    };
    let content = Pane::new(title).focused(focused).draw(area, buf, styles);
    let first = u16::from(area.height >= ROOMY);
    let key = |id| stage.view.keys.own(id).unwrap_or_default();
    if stage.live.is_some() && stage.rests() {
        let next = stage.next_title().unwrap_or("wrap up");
        let rows = [("", "No prompt in a break."), (key(CommandId::Next), next)];
        return lines(&rows, first, content, buf, styles);
    }
    if stage.live.is_some() && stage.chooses_seats() {
        if let Some(taken) = stage.seats_taken() {
            let mut keys = stage.view.keys.all(CommandId::Lead);
            let by_number = keys.next().unwrap_or_default();
            let rows = [("", taken.as_str()), (by_number, "somebody else")];
            return lines(&rows, first, content, buf, styles);
        }
        let next = stage.seat_line(None);
        let next = next.unwrap_or_else(|| "nobody is free for a seat".to_owned());
        let mut keys = stage.view.keys.all(CommandId::Lead);
        let (by_number, by_turn) = (
            keys.next().unwrap_or_default(),
            keys.next().unwrap_or_default(),
        );
        let rows = [
            ("", "Who sits in the hot seat?"),
            (by_turn, next.strip_prefix("next is ").unwrap_or(&next)),
            (by_number, "somebody else"),
        ];
        return lines(&rows, first, content, buf, styles);
    }
    if stage.live.is_none() {
        let ready = ready(stage);
        let rows: Vec<_> = ready.iter().map(|words| ("", words.as_str())).collect();
        return lines(&rows, first, content, buf, styles);
    }
    let rows = [
        ("", "No prompt in this block."),
        (key(CommandId::NextPrompt), "one from the bank"),
        (key(CommandId::PickQuestion), "pick one"),
    ];
    lines(&rows, first, content, buf, styles);
}

/// What to know before the start: how it fits, who leads, what is open, who sits.
fn ready(stage: &Stage<'_>) -> Vec<String> {
    let slack = stage.planned_slack().millis() / 60_000;
    let fits = match slack {
        0 => "The plan fills the time.".to_owned(),
        slack if slack > 0 => format!("The plan leaves {slack} min."),
        over => format!("The plan is {} min too long.", -over),
    };
    let leads = stage.session.facilitator.and_then(|id| stage.person(id));
    let leads = match leads {
        Some(member) => format!("{} leads.", stage.short(member)),
        None => format!(
            "Nobody leads yet.  {}",
            stage.view.keys.of(CommandId::Seats)
        ),
    };
    let open = stage.review().len();
    let open = (open > 0).then(|| format!("{} to review.", say::count(open, "action", "actions")));
    let taken = stage.seats_taken().map(|line| format!("{line}."));
    let next = || Some(format!("Hot seat: {}.", stage.seat_line(None)?));
    let sits = taken.or_else(next);
    [Some(fits), Some(leads), open, sits]
        .into_iter()
        .flatten()
        .collect()
}

/// Rows of a key and what it does; a row without a key is a sentence.
fn lines(rows: &[(&str, &str)], first: u16, area: Rect, buf: &mut Buffer, styles: &Styles) {
    for (at, (key, words)) in (first..).zip(rows) {
        let line = if key.is_empty() {
            Line::from(Span::styled((*words).to_owned(), styles.of(Role::Text)))
        } else {
            Line::from(vec![
                Span::styled((*key).to_owned(), styles.quiet_key()),
                Span::styled(format!("  {words}"), styles.of(Role::Muted)),
            ])
        };
        text::put_line(&line, text::row(area, at), buf);
    }
}
