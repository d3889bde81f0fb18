//! One question in full: below the list, or alone where there is no room for both.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::id::CommandId;
use crate::domain::question::Asked;
use crate::engine::query::BankRow;
use crate::theme::Role;
use crate::tui::screen::questions::Questions;
use crate::tui::screen::{table, words};
use crate::tui::view::{Paint, View};
use crate::tui::widget::text;

/// Cells of the labels.
const LABEL: u16 = 13;

impl Questions {
    pub(super) fn draw_detail(
        &self,
        row: &BankRow,
        (area, focused): (Rect, bool),
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let (view, styles) = (&paint.view, paint.styles);
        let title = format!("Q{}", row.question.number);
        let content = table::pane(&title, "", focused, area, (buf, styles));
        let wide = content.width >= 90;
        let mut at = 0;
        for line in text::wrap(&row.question.text, content.width) {
            let style = styles.bold(Role::Prompt);
            text::put(&line, style, text::row(content, at), buf);
            at = at.saturating_add(1);
        }
        if wide && content.height > 8 {
            at = at.saturating_add(1);
        }
        let last = self.adds_to(view);
        let room = content.height.saturating_sub(u16::from(last.is_some()));
        for (label, value) in facts(row, view) {
            let lines = text::wrap(&value, content.width.saturating_sub(LABEL));
            for (index, line) in lines.iter().enumerate() {
                let label = if index == 0 { label } else { "" };
                if at < room {
                    let area = (text::row(content, at), LABEL);
                    table::fact(label, line, area, (buf, styles));
                }
                at = at.saturating_add(1);
            }
        }
        if let Some(last) = last.filter(|_| content.height > 1) {
            let row = text::row(content, content.height - 1);
            text::put(&last, styles.bold(Role::Accent), row, buf);
        }
    }

    /// Where Enter puts it.
    fn adds_to(&self, view: &View<'_>) -> Option<String> {
        let target = self.target(view)?;
        let what = match self.marked.len() {
            0 => "it".to_owned(),
            many => format!("{many} marked"),
        };
        Some(format!(
            "{} adds {what} to: {}  ({} chooses another)",
            view.keys.of(CommandId::Open),
            target.words(view),
            view.keys.of(CommandId::Owner)
        ))
    }
}

fn facts(row: &BankRow, view: &View<'_>) -> Vec<(&'static str, String)> {
    let question = &row.question;
    let mut facts = Vec::new();
    for (number, text) in (1..).zip(&question.follow_ups) {
        let label = if number == 1 { "Follow-ups" } else { "" };
        facts.push((label, format!("{number}  {text}")));
    }
    let mut works = vec![
        question.kind.title().to_owned(),
        format!("about {} min", question.minutes),
        question.depth.to_string(),
    ];
    if !question.theme.is_empty() {
        works.push(question.theme.to_string());
    }
    if let Some(competency) = &question.competency {
        works.push(format!("trains {competency}"));
    }
    facts.push(("Works for", works.join(", ")));
    facts.push(("Asked", asked(row, view)));
    let mut source = question.source.to_string();
    if let Some(language) = &question.language {
        source = format!("{source}, {language}");
    }
    if !source.is_empty() {
        facts.push(("Source", source));
    }
    if let Some(author) = words::author(&row.question, view) {
        facts.push(("Written by", author));
    }
    facts
}

/// What this circle and the others remember: `never here; 12 Nov in Peer Leads, 4 of 5`.
fn asked(row: &BankRow, view: &View<'_>) -> String {
    let here = view.circle.and_then(|circle| row.asked_in(circle));
    let mut parts = vec![match here {
        Some(asked) if asked.never => "not to be asked here".to_owned(),
        Some(asked) if asked.times > 0 => format!("here {}", times(asked, view)),
        Some(_) | None => "never here".to_owned(),
    }];
    for (circle, asked) in &row.asked {
        if Some(*circle) == view.circle || asked.times == 0 {
            continue;
        }
        if let Some(circle) = view.state.circle(*circle) {
            parts.push(format!("in {} {}", circle.name, times(asked, view)));
        }
    }
    parts.join("; ")
}

/// `12 Nov, 4 of 5`, `3 times, last 12 Nov`.
fn times(asked: &Asked, view: &View<'_>) -> String {
    let last = asked.last.map(|last| words::date(view, last));
    let mut told = match (asked.times, last) {
        (1, Some(last)) => last,
        (1, None) => "once".to_owned(),
        (times, Some(last)) => format!("{times} times, last {last}"),
        (times, None) => format!("{times} times"),
    };
    if let Some(rating) = asked.rating.and_then(|rating| rating.words()) {
        told = format!("{told}, {rating}");
    }
    told
}
