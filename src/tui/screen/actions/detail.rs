//! One action in full: below the list, or alone once it was opened.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::id::CommandId;
use crate::domain::id::{CircleId, Key};
use crate::domain::item::{Action, ActionState, Due, Owner};
use crate::theme::Role;
use crate::tui::screen::actions::Actions;
use crate::tui::screen::actions::list::circle_of;
use crate::tui::screen::actions::past;
use crate::tui::screen::table;
use crate::tui::screen::words;
use crate::tui::view::{Paint, View};
use crate::tui::widget::text;

/// Cells of the labels.
const LABEL: u16 = 11;
/// Cells of a pane that its title cannot have.
const FRAME: u16 = 6;
/// From this width on owner and date stand side by side.
const SIDE_BY_SIDE: u16 = 60;

/// A label and its value; the value may have several lines.
type Fact = (&'static str, String);

impl Actions {
    pub(super) fn draw_detail(
        &self,
        (key, action): (Key, &Action),
        (area, focused): (Rect, bool),
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let (view, styles) = (&paint.view, paint.styles);
        let whole = format!("A{}  {}", action.number, action.text);
        // Words that the title cannot hold stand below it, all of them.
        let fits = text::width(&whole) + FRAME <= area.width;
        let title = if fits {
            whole
        } else {
            format!("A{}", action.number)
        };
        let content = table::pane(&title, "", focused, area, (buf, styles));
        let Some(circle) = circle_of(&key) else {
            return;
        };
        let owner = words::owner(view, circle, action.owner, false);
        let due = due(action, circle, view);
        let mut row = u16::from(content.height > 12);
        if !fits {
            for line in text::wrap(&action.text, content.width) {
                text::put(&line, styles.bold(Role::Text), text::row(content, row), buf);
                row += 1;
            }
        }
        let mut facts = Vec::new();
        if content.width >= SIDE_BY_SIDE {
            let half = content.width * 2 / 5;
            let left = Rect {
                width: half,
                ..text::row(content, row)
            };
            table::fact("Owner", &owner, (left, LABEL), (buf, styles));
            let right = text::after(text::row(content, row), half);
            table::fact("Due", &due, (right, 5), (buf, styles));
            row += 1;
        } else {
            facts.extend([("Owner", owner), ("Due", due)]);
        }
        facts.extend(self.facts(action, circle, view));
        for (label, value) in facts {
            row = put_fact(label, &value, (content, row), buf, paint);
        }
        self.draw_past((&key, action, circle), (content, row), buf, paint);
    }

    /// The history, as far as there is room; the newest where there is too little.
    fn draw_past(
        &self,
        (key, action, circle): (&Key, &Action, CircleId),
        (content, row): (Rect, u16),
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let room = usize::from(content.height.saturating_sub(row));
        let Some(past) = self.told.past(key, action).filter(|_| room > 0) else {
            return;
        };
        let lines = past::lines(past, (action, circle), &paint.view);
        let (head, room) = if room > 2 { (1, room - 1) } else { (0, room) };
        if head == 1 {
            let area = text::row(content, row);
            text::put("History", paint.styles.of(Role::Muted), area, buf);
        }
        let skip = lines.len().saturating_sub(room);
        if head == 1 && skip > 0 {
            let more = format!(
                "{skip} earlier; {} shows them",
                paint.view.keys.of(CommandId::Open)
            );
            let area = text::after(text::row(content, row), LABEL);
            let more = if self.opened {
                format!("{skip} earlier")
            } else {
                more
            };
            text::put(&more, paint.styles.of(Role::Muted), area, buf);
        }
        for (line, index) in lines.iter().skip(skip).zip(row + head..) {
            let area = text::after(text::row(content, index), 2);
            text::put(line, paint.styles.of(Role::Text), area, buf);
        }
    }

    fn facts(&self, action: &Action, circle: CircleId, view: &View<'_>) -> Vec<Fact> {
        let made = match action.origin.session {
            Some(_) => "Made in",
            None => "Made",
        };
        let mut facts = vec![(made, self.made_in(action, circle, view))];
        if let Some(prompt) = &action.origin.prompt {
            facts.push(("Asked then", format!("\"{prompt}\"")));
        }
        if let Some(helps) = &action.helps {
            facts.push(("Helps", helps.to_string()));
        }
        if let Some(partner) = action.partner {
            let name = words::owner(view, circle, Owner::Member(partner), false);
            facts.push(("Partner", format!("{name} asks after it")));
        }
        if let Some(what) = &action.waits_for {
            facts.push(("Waits for", what.to_string()));
        }
        if action.help && action.state.is_open() {
            facts.push(("Help", "the circle is asked, next session".to_owned()));
        }
        if let Some(progress) = &action.progress {
            facts.push(("Left", progress.to_string()));
        }
        if let Some(note) = &action.note {
            let note = if view.masked {
                "hidden while names are masked".to_owned()
            } else {
                note.to_string()
            };
            facts.push(("Note", note));
        }
        if action.carried > 0 {
            let times = words::counted(usize::from(action.carried), "time", "times");
            facts.push(("Carried", times));
        }
        if let Some(closed) = action.closed {
            facts.push(closing(action, &words::full_day(view, closed)));
        }
        if let Some(at) = action.trashed {
            let day = words::full_day(view, at);
            let out = view.keys.of(CommandId::ToTrash);
            facts.push(("Trash", format!("since {day}; {out} takes it out")));
        }
        if !action.tags.is_empty() {
            let tags: Vec<String> = action.tags.iter().map(|tag| format!("#{tag}")).collect();
            facts.push(("Tags", tags.join(" ")));
        }
        facts
    }

    /// Where it came from: `Ladder Up #7, block 3 Hot seat, Thu 26 Feb, 15:26, minute 26`.
    fn made_in(&self, action: &Action, circle: CircleId, view: &View<'_>) -> String {
        let origin = &action.origin;
        let session = origin
            .session
            .and_then(|id| self.told.session(view, circle, id));
        let time = words::time(view, origin.at);
        let Some(session) = session else {
            return format!("{}, {time}", words::full_day(view, origin.at));
        };
        let name = view.state.circle(circle).map(|circle| &circle.name);
        let name = name.map(ToString::to_string).unwrap_or_default();
        let mut blocks = (1..).zip(&session.blocks);
        let block = blocks.find(|(_, block)| Some(block.id) == origin.block);
        let block = block.map_or_else(String::new, |(place, block)| {
            format!(", block {place} {}", block.title)
        });
        let into = (origin.at - session.started.unwrap_or(session.start)).whole_secs() / 60;
        let minute = if into >= 0 {
            format!(", minute {into}")
        } else {
            String::new()
        };
        format!(
            "{name} #{}{block}, {}, {time}{minute}",
            session.number,
            words::day(view, origin.at)
        )
    }
}

/// Draws a fact over as many rows as it takes; returns the row after it.
fn put_fact(
    label: &str,
    value: &str,
    (content, mut row): (Rect, u16),
    buf: &mut Buffer,
    paint: &Paint<'_>,
) -> u16 {
    let width = content.width.saturating_sub(LABEL);
    let lines = value.lines().flat_map(|line| text::wrap(line, width));
    for (index, line) in lines.enumerate() {
        let label = if index == 0 { label } else { "" };
        if row < content.height {
            let area = (text::row(content, row), LABEL);
            table::fact(label, &line, area, (buf, paint.styles));
        }
        row = row.saturating_add(1);
    }
    row
}

fn closing(action: &Action, day: &str) -> Fact {
    let word = match action.state {
        ActionState::LetGo => "Let go",
        ActionState::Open | ActionState::Partly | ActionState::Moved | ActionState::Done => "Done",
    };
    let why = action.reason.as_ref();
    let why = why.map_or_else(String::new, |why| format!(", {why}"));
    (word, format!("{day}{why}"))
}

fn due(action: &Action, circle: CircleId, view: &View<'_>) -> String {
    let words = words::due(view, action.due).text;
    match (action.due, view.state.next_session(circle, view.now)) {
        (Due::NextSession, Some(next)) => {
            format!("{words}, {}", words::full_day(view, next.start))
        }
        (Due::On(day), _) => crate::domain::when::long(day, words::today(view)),
        (Due::None | Due::NextSession, _) => words,
    }
}
