//! The lines below the people: whom the floor would go to, what is in doubt, who was not heard yet.

use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::floor::round::Round;
use crate::theme::{Role, Styles};
use crate::tui::pane::speaking::reason;
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::widget::text;

/// The lines, the most important first.
pub(super) fn lines(
    stage: &Stage<'_>,
    times: bool,
    (wide, width): (bool, u16),
    styles: &Styles,
) -> Vec<Line<'static>> {
    let muted = |words: &str| Line::from(Span::styled(words.to_owned(), styles.of(Role::Muted)));
    let mut lines = Vec::new();
    lines.extend(next(stage, wide, styles));
    lines.extend(doubt(stage, styles));
    if stage.is_long_silence() {
        lines.push(muted(if wide {
            "20 s of silence. Silence is fine; follow-ups are on the prompt"
        } else {
            "20 s. Silence is fine"
        }));
    }
    if let (true, Err(why)) = (times, stage.talk()) {
        lines.push(muted(reason(why)));
    }
    lines.extend(quiet(stage, (wide, width), styles));
    lines
}

/// Whom `f` calls, and in a round how many are still to speak and what each has.
fn next(stage: &Stage<'_>, wide: bool, styles: &Styles) -> Option<Line<'static>> {
    let muted = styles.of(Role::Muted);
    let round = stage.round();
    let Some(next) = stage.next_speaker() else {
        let last = round.filter(|round| round.is_last())?;
        let name = last.now.and_then(|now| stage.person(now))?;
        let words = format!("{} is the last of the round", stage.short(name));
        return Some(Line::from(Span::styled(words, muted)));
    };
    let keys = stage.view.keys;
    let mut spans = vec![
        Span::styled(
            keys.of(CommandId::FloorNext).into_owned(),
            styles.quiet_key(),
        ),
        Span::styled(
            if wide || round.is_none() {
                " floor to "
            } else {
                " "
            },
            muted,
        ),
        Span::styled(stage.short(next), styles.bold(Role::Text)),
        Span::styled(format!(" ({})", next.label), muted),
    ];
    match round {
        Some(round) if !round.waiting.is_empty() => {
            spans.push(Span::styled(rest(round, wide), muted));
            spans.push(Span::styled(
                keys.of(CommandId::PassTurn).into_owned(),
                styles.quiet_key(),
            ));
            spans.push(Span::styled(" passes", muted));
        }
        Some(_) | None => spans.push(Span::styled(", hand 1", muted)),
    }
    Some(Line::from(spans))
}

fn rest(round: &Round, wide: bool) -> String {
    let each = round.each().map(say::passed).unwrap_or_default();
    if wide {
        format!(", {} still to speak, {each} each   ", round.left())
    } else {
        format!(", {each} each  ")
    }
}

/// How to say that it is still the same person who speaks.
fn doubt(stage: &Stage<'_>, styles: &Styles) -> Option<Line<'static>> {
    let speaker = stage.speaker().filter(|_| stage.is_doubtful())?;
    let name = stage.short(speaker);
    Some(Line::from(vec![
        Span::styled(speaker.label.to_string(), styles.quiet_key()),
        Span::styled(format!(" if {name} still speaks"), styles.of(Role::Muted)),
    ]))
}

fn quiet(stage: &Stage<'_>, (wide, width): (bool, u16), styles: &Styles) -> Option<Line<'static>> {
    let quiet = stage.not_heard();
    if quiet.is_empty() {
        return None;
    }
    let label = if wide {
        "Not heard yet in this block  "
    } else {
        "Not heard yet  "
    };
    let names: Vec<String> = quiet
        .iter()
        .map(|member| format!("{} ({})", stage.short(member), member.label))
        .collect();
    let room = width.saturating_sub(text::width(label) + if wide { 3 } else { 2 });
    Some(Line::from(vec![
        Span::styled(label, styles.of(Role::Muted)),
        Span::styled(as_many(&names, room), styles.of(Role::Text)),
    ]))
}

/// As many names as fit, and how many more there are: `Jun (1), Sam (4), +2`.
fn as_many(names: &[String], room: u16) -> String {
    for shown in (1..=names.len()).rev() {
        let more = names.len() - shown;
        let mut words = names.iter().take(shown).cloned().collect::<Vec<_>>();
        if more > 0 {
            words.push(format!("+{more}"));
        }
        let words = words.join(", ");
        if text::width(&words) <= room || shown == 1 {
            return words;
        }
    }
    String::new()
}
