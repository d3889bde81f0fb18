//! One action in full: below the list, or alone once it was opened.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::id::CircleId;
use crate::domain::item::{Action, ActionState, Due};
use crate::tui::screen::actions::Actions;
use crate::tui::screen::table;
use crate::tui::screen::words;
use crate::tui::view::{Paint, View};
use crate::tui::widget::text;

/// Cells of the labels.
const LABEL: u16 = 10;

impl Actions {
    pub(super) fn draw_detail(
        &self,
        action: &Action,
        (area, focused): (Rect, bool),
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let title = format!("A{}  {}", action.number, action.text);
        let content = table::pane(&title, "", focused, area, (buf, paint.styles));
        let Some(circle) = paint.view.circle else {
            return;
        };
        let first = u16::from(content.height > 7);
        let mut row = first;
        for (label, value) in self.facts(action, circle, &paint.view) {
            let lines = text::wrap(&value, content.width.saturating_sub(LABEL));
            for (index, line) in lines.iter().enumerate() {
                let label = if index == 0 { label } else { "" };
                if row < content.height {
                    let area = (text::row(content, row), LABEL);
                    table::fact(label, line, area, (buf, paint.styles));
                }
                row = row.saturating_add(1);
            }
        }
    }

    fn facts(
        &self,
        action: &Action,
        circle: CircleId,
        view: &View<'_>,
    ) -> Vec<(&'static str, String)> {
        let mut facts = vec![
            ("Owner", words::owner(view, circle, action.owner, false)),
            ("Due", due(action, circle, view)),
            ("Made in", self.made_in(action, circle, view)),
        ];
        if let Some(progress) = &action.progress {
            facts.push(("Left", progress.to_string()));
        }
        if action.carried > 0 {
            let times = words::counted(usize::from(action.carried), "time", "times");
            facts.push(("Carried", times));
        }
        if let Some(closed) = action.closed {
            let word = match action.state {
                ActionState::LetGo => "Let go",
                ActionState::Open
                | ActionState::Partly
                | ActionState::Moved
                | ActionState::Done => "Done",
            };
            let why = action.reason.as_ref();
            let why = why.map_or_else(String::new, |why| format!(", {why}"));
            facts.push((word, format!("{}{why}", words::full_day(view, closed))));
        }
        if !action.tags.is_empty() {
            let tags: Vec<String> = action.tags.iter().map(|tag| format!("#{tag}")).collect();
            facts.push(("Tags", tags.join(" ")));
        }
        facts
    }

    /// Where it came from: `Ladder Up #7, Hot seat, 15:26`.
    fn made_in(&self, action: &Action, circle: CircleId, view: &View<'_>) -> String {
        let origin = &action.origin;
        let session = origin.session.and_then(|id| {
            view.state
                .session(circle, id)
                .or_else(|| self.sessions.get(&id))
        });
        let time = words::time(view, origin.at);
        let Some(session) = session else {
            return format!("{}, {time}", words::full_day(view, origin.at));
        };
        let name = view.state.circle(circle).map(|circle| &circle.name);
        let name = name.map(ToString::to_string).unwrap_or_default();
        let block = origin.block.and_then(|id| session.block(id));
        let block = block.map_or_else(String::new, |block| format!(", {}", block.title));
        format!(
            "{name} #{}{block}, {}, {time}",
            session.number,
            words::day(view, origin.at)
        )
    }
}

fn due(action: &Action, circle: CircleId, view: &View<'_>) -> String {
    let words = words::due(view, action.due).text;
    match (action.due, view.state.next_session(circle)) {
        (Due::NextSession, Some(next)) => {
            format!("{words}, {}", words::full_day(view, next.start))
        }
        (Due::On(day), _) => crate::domain::when::long(day, words::today(view)),
        (Due::None | Due::NextSession, _) => words,
    }
}
