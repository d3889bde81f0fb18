//! What stands below the blocks: when the session ends and what that costs, what each person gets of a round,
//! what the running step asks for, the keys that move.

use ratatui::text::{Line, Span};

use crate::command::id::CommandId;
use crate::domain::agenda::elastic::Elastic;
use crate::domain::rotation::Seat;
use crate::domain::share::Share;
use crate::theme::{Role, Styles};
use crate::tui::pane::agenda::WIDE;
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::widget::text;

/// A line below the blocks.
pub(super) enum Foot {
    /// Slack, and when the session ends.
    Ends(Line<'static>, Line<'static>),
    /// What each gets, or what the running step asks for.
    Line(Line<'static>),
    /// The keys that move, with what is next.
    Keys(String),
}

/// The lines, those that matter most first. Sentences are wrapped to `width` cells.
pub(super) fn lines(
    stage: &Stage<'_>,
    elastic: Option<&Elastic>,
    (selected, width): (Option<usize>, u16),
    styles: &Styles,
) -> Vec<Foot> {
    let muted = styles.of(Role::Muted);
    let mut lines = vec![ends(stage, elastic, width >= WIDE - 6, styles)];
    let share = share(stage, elastic, selected);
    let fits = share.is_none_or(Share::fits);
    let share = share.map_or_else(String::new, |share| share.to_string());
    let style = styles.of(if fits { Role::Text } else { Role::Warn });
    let told = text::wrap(&share, width).into_iter();
    let told = told.map(|line| Foot::Line(Line::from(Span::styled(line.into_owned(), style))));
    let told = told.filter(|_| !share.is_empty());
    if stage.live.is_none() {
        let seats = seats(stage, width >= WIDE - 6, styles);
        let seats = seats.into_iter().map(Foot::Line);
        // A round that does not fit wants a change before the start; one that fits can wait.
        if fits && selected.is_none() {
            lines.extend(seats.chain(told));
        } else {
            lines.extend(told.chain(seats));
        }
        return lines;
    }
    lines.extend(told);
    // Where there is room for it, what to say stands in the row of the step.
    let says = stage.step().and_then(|step| step.says.as_ref());
    if let Some(says) = says.filter(|_| width < WIDE - 6) {
        lines.push(Foot::Line(Line::from(vec![
            Span::styled("say ", muted),
            Span::styled(says.to_string(), styles.of(Role::Text)),
        ])));
    }
    let next = stage.next_title().unwrap_or("wrap up");
    lines.push(Foot::Keys(next.to_owned()));
    lines
}

/// Who leads, keeps time and writes, before the start; the last two in one line where they fit.
fn seats(stage: &Stage<'_>, wide: bool, styles: &Styles) -> Vec<Line<'static>> {
    let muted = styles.of(Role::Muted);
    let leads = stage.session.facilitator.and_then(|id| stage.person(id));
    let leads = if let Some(member) = leads {
        Line::from(vec![
            Span::styled("leads ", muted),
            Span::styled(stage.short(member), styles.bold(Role::Text)),
        ])
    } else {
        let seats = stage.view.keys.of(CommandId::Seats);
        Line::from(Span::styled(format!("nobody leads yet  {seats}"), muted))
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

/// When the session ends, and how that compares with the plan.
fn ends(stage: &Stage<'_>, elastic: Option<&Elastic>, wide: bool, styles: &Styles) -> Foot {
    let muted = styles.of(Role::Muted);
    let mut right = vec![
        Span::styled("ends ", muted),
        Span::styled(
            say::wall(stage.ends(), stage.view.zone),
            styles.bold(Role::Text),
        ),
    ];
    let late = elastic.map_or(0, Elastic::late_minutes);
    let shorter = elastic.map_or(0, |elastic| elastic.shorter);
    if late > 0 {
        right.push(Span::styled(
            format!(", {late} min late"),
            styles.of(Role::Warn),
        ));
        return Foot::Ends(Line::default(), Line::from(right));
    }
    if shorter > 0 {
        right.push(Span::styled(
            format!(", {shorter} min shorter"),
            styles.of(Role::Text),
        ));
        return Foot::Ends(Line::default(), Line::from(right));
    }
    Foot::Ends(slack(stage, wide, styles), Line::from(right))
}

/// The time that no block needs.
fn slack(stage: &Stage<'_>, wide: bool, styles: &Styles) -> Line<'static> {
    let muted = styles.of(Role::Muted);
    let slack = stage.slack();
    if slack.is_negative() && slack.abs().whole_secs() < 60 {
        // Less than a minute: nothing that anybody could read as overrun.
        return Line::from(Span::styled("no slack left", styles.of(Role::Text)));
    }
    if slack.is_negative() {
        let minutes = slack.abs().whole_secs() / 60;
        let words = format!("{minutes} min too long");
        return Line::from(Span::styled(words, styles.of(Role::Warn)));
    }
    let left = match (slack.whole_secs() / 60, slack.whole_secs() % 60) {
        (whole, 0) => format!("{whole} min"),
        _ => say::passed(slack),
    };
    let mut spans = vec![
        Span::styled("slack ", muted),
        Span::styled(left, styles.of(Role::Text)),
    ];
    let planned = stage.planned_slack();
    if wide && stage.live.is_some() && planned > slack {
        let was = planned.whole_secs() / 60;
        spans.push(Span::styled(format!(", was {was} min"), muted));
    }
    Line::from(spans)
}

/// The round that the foot tells about: the running one; before the start the marked one, else the first that
/// does not fit, else the first.
fn share(stage: &Stage<'_>, elastic: Option<&Elastic>, selected: Option<usize>) -> Option<Share> {
    let of = |index: usize| stage.share(index, elastic);
    if stage.live.is_some() {
        return of(stage.block_index());
    }
    if let Some(share) = selected.and_then(of) {
        return Some(share);
    }
    let all: Vec<Share> = (0..stage.session.blocks.len()).filter_map(of).collect();
    let tight = all.iter().find(|share| !share.fits());
    tight.or_else(|| all.first()).copied()
}
