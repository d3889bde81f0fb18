//! The marked block in full: its times, what it took before, who leads it, its prompts and steps.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::command::id::CommandId;
use crate::domain::agenda::{Block, BlockKind};
use crate::domain::clock::Span;
use crate::domain::history::Lasted;
use crate::domain::live::WARN;
use crate::domain::share;
use crate::theme::Role;
use crate::tui::keys::Keys;
use crate::tui::say;
use crate::tui::screen::plan::{Desk, Plan};
use crate::tui::view::Paint;
use crate::tui::widget::frame::Pane;
use crate::tui::widget::text;

/// Rows of the pane where panes are stacked, title included.
pub(super) const LOW: u16 = 6;
/// Cells of the labels.
const LABEL: u16 = 10;
/// From this height on everything is told, below it the most useful first and shortly.
const ROOMY: u16 = 10;

type Fact = (&'static str, String, Role);

impl Plan {
    pub(super) fn draw_detail(
        &self,
        desk: &Desk<'_>,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let styles = paint.styles;
        let Some((place, block)) = self.here(desk) else {
            return;
        };
        let title = format!("{}  {}", place + 1, block.title);
        let meta = Line::from(block.kind.word());
        let pane = Pane::new(&title).meta(meta).flush();
        let content = pane.draw(area, buf, styles);
        let roomy = content.height >= ROOMY;
        let facts = self.facts((place, block), desk, roomy);
        let mut row = u16::from(roomy);
        for (label, value, role) in facts {
            let room = content.width.saturating_sub(LABEL);
            let lines = if roomy {
                text::wrap(&value, room)
            } else {
                vec![text::cut(&value, room)]
            };
            for (index, line) in lines.iter().enumerate() {
                let label = if index == 0 { label } else { "" };
                if row >= content.height {
                    return;
                }
                let area = text::row(content, row);
                text::put(label, styles.of(Role::Muted), area, buf);
                text::put(line, styles.of(role), text::after(area, LABEL), buf);
                row += 1;
            }
        }
    }

    fn facts(&self, (place, block): (usize, &Block), desk: &Desk<'_>, roomy: bool) -> Vec<Fact> {
        let mut facts = vec![("Minutes", minutes(block), Role::Text)];
        let lasted = self.history(desk).lasted(&block.title, block.kind);
        if let Some(lasted) = lasted {
            facts.push(("Before", before(lasted, block), Role::Text));
        }
        facts.push(("Lead", lead(block, desk), Role::Text));
        if let (Some(what), Some((book, ..))) = (desk.stage.read_for(block), desk.stage.reads()) {
            facts.push(("Reads", format!("{what} of {}", book.title), Role::Text));
        }
        let mut prompts = self.prompts(block, (roomy, desk.stage.view.keys));
        if roomy {
            facts.append(&mut prompts);
        } else {
            facts.extend(prompts.into_iter().next());
        }
        if let Some(words) = too_few(block, desk) {
            facts.push(("People", words, Role::Warn));
        }
        if let Some(share) = desk.stage.share(place, None) {
            facts.push(("Turns", share.to_string(), Role::Text));
        }
        facts.extend(steps(block, roomy));
        if roomy {
            let warn = if block.planned() > WARN {
                format!("{} min left", WARN.whole_secs() / 60)
            } else {
                "never, it is too short".to_owned()
            };
            facts.push(("Warn at", warn, Role::Text));
            if let Some(format) = &block.format {
                let known = self.shelf.format(format);
                let name = known.map_or(format.as_str(), |format| format.name.as_str());
                facts.push(("Format", name.to_owned(), Role::Text));
            }
        }
        facts
    }

    /// The prompts: the shown one in full, and how many there are.
    fn prompts(&self, block: &Block, (roomy, keys): (bool, Keys<'_>)) -> Vec<Fact> {
        let shown = self.shown_prompt(block);
        let Some(prompt) = block.prompts.get(shown) else {
            let (words, role) = if block.kind.needs_prompt() {
                let open = keys.of(CommandId::Open);
                (format!("none; {open} chooses one"), Role::Warn)
            } else {
                ("none".to_owned(), Role::Text)
            };
            return vec![("Prompts", words, role)];
        };
        let all = block.prompts.len();
        let words = if all > 1 {
            format!("{}/{all}  {}", shown + 1, prompt.text)
        } else {
            prompt.text.to_string()
        };
        let mut facts = vec![("Prompts", words, Role::Prompt)];
        if roomy {
            let more = prompt.follow_ups.iter();
            facts.extend(more.map(|line| ("", format!("- {line}"), Role::Text)));
        }
        facts
    }
}

/// `15, at least 10, locked, pinned to 15:30`.
fn minutes(block: &Block) -> String {
    let mut words = block.minutes.to_string();
    if block.min > 1 && block.min < block.minutes {
        words = format!("{words}, at least {}", block.min);
    }
    if block.locked {
        words += ", locked";
    }
    if let Some(at) = block.at {
        words = format!("{words}, pinned to {}", at.format("%H:%M"));
    }
    words
}

/// `24 last time`, and what would be taken from three of them.
fn before(lasted: Lasted, block: &Block) -> String {
    let Lasted {
        last,
        median,
        times,
    } = lasted;
    let several = match times {
        1 => return format!("{last} min last time"),
        2 => "two",
        _ => "three",
    };
    let words = format!("{last} min last time, {median} min in the last {several}");
    if median == block.minutes || median == 0 {
        return words;
    }
    format!("{words}; t {median} takes it")
}

fn lead(block: &Block, desk: &Desk<'_>) -> String {
    match block.lead {
        None if block.kind == BlockKind::HotSeat => {
            let owner = desk.stage.view.keys.of(CommandId::Owner);
            format!("nobody sits here yet; {owner} names somebody")
        }
        None => "whoever leads the session".to_owned(),
        Some(id) => desk.stage.person(id).map_or_else(
            || crate::domain::names::FORMER.to_owned(),
            |member| say::name(member, desk.stage.view.masked),
        ),
    }
}

fn too_few(block: &Block, desk: &Desk<'_>) -> Option<String> {
    let here = share::here(desk.session(), &desk.stage.members);
    block.too_few(usize::from(here))
}

/// The steps, one a row where there is room.
fn steps(block: &Block, roomy: bool) -> Vec<Fact> {
    let line = |step: &crate::domain::agenda::Step| {
        let minutes = Span::from_minutes(i64::from(step.minutes)).whole_secs() / 60;
        format!("{minutes:>2} {}", step.title)
    };
    let lines = block.steps.iter().map(line);
    if roomy {
        let labels = std::iter::once("Steps").chain(std::iter::repeat(""));
        return labels
            .zip(lines)
            .map(|(l, line)| (l, line, Role::Text))
            .collect();
    }
    let all: Vec<String> = lines.map(|line| line.trim_start().to_owned()).collect();
    if all.is_empty() {
        return Vec::new();
    }
    vec![("Steps", all.join(" / "), Role::Text)]
}
