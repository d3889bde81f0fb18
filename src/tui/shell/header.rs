//! The header: tabs, states that differ from the ordinary, whether all is saved, date and time.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line as TextLine, Span};

use crate::command::id::CommandId;
use crate::domain::clock::mmss;
use crate::domain::live::Phase;
use crate::engine::news::Saving;
use crate::theme::Role;
use crate::tui::shell::Shell;
use crate::tui::shell::overlays::Overlay;
use crate::tui::shell::screens::TABS;
use crate::tui::view::{ScreenId, View};
use crate::tui::widget::chip::Tabs;
use crate::tui::widget::hints::Hint;
use crate::tui::widget::text;

impl Shell {
    pub(super) fn draw_header(&self, area: Rect, screen: u16, buf: &mut Buffer, view: &View<'_>) {
        let styles = &self.setup.styles;
        let names = TABS.map(|(_, name)| name);
        let tab = match self.at {
            ScreenId::Review => ScreenId::Actions,
            at => at,
        };
        let current = TABS.iter().position(|(id, _)| *id == tab).unwrap_or(0);
        // All ways to a screen begin with the same key, unless somebody has given them others.
        let home = view.keys.own(CommandId::GoHome).unwrap_or_default();
        let go = home.split(' ').next().unwrap_or_default();
        let tabs = Tabs {
            names: &names,
            current,
            go: Hint::new(go, "go to"),
        };
        let used = tabs.draw(screen, area, buf, styles);
        let rest = text::after(area, used + 2);
        text::put_right(&TextLine::from(self.marks(view, rest.width)), rest, buf);
    }

    /// States that differ from the ordinary, whether all is saved, circle, date and time: as much of it as
    /// fits, the less important left out first.
    fn marks(&self, view: &View<'_>, room: u16) -> Vec<Span<'static>> {
        let styles = &self.setup.styles;
        let local = view.now.local(view.zone);
        let mut marks = self.states(view);
        if self.at != ScreenId::Live
            && let Some(circle) = view.circle.and_then(|id| view.state.circle(id))
        {
            marks.push((1, circle.name.to_string(), styles.bold(Role::Text)));
        }
        marks.push((
            3,
            local.format("%a %-d %b").to_string(),
            styles.of(Role::Text),
        ));
        marks.push((9, local.format("%H:%M").to_string(), styles.of(Role::Text)));
        let wide = |marks: &[(u8, String, Style)]| -> u16 {
            marks
                .iter()
                .map(|(_, words, _)| text::width(words) + 3)
                .sum()
        };
        while wide(&marks) > room + 3
            && let Some(least) = (0..marks.len()).min_by_key(|index| marks.get(*index).map(|m| m.0))
            && marks.len() > 1
        {
            marks.remove(least);
        }
        let mut spans = Vec::new();
        for (_, words, style) in marks {
            if !spans.is_empty() {
                spans.push(Span::raw("   "));
            }
            spans.push(Span::styled(words, style));
        }
        spans
    }

    /// States with their weight.
    fn states(&self, view: &View<'_>) -> Vec<(u8, String, Style)> {
        let styles = &self.setup.styles;
        let mut states = Vec::new();
        // Whatever lies over Live must not hide the clock.
        let covered = matches!(
            self.overlay,
            Some(
                Overlay::Finder(_)
                    | Overlay::NewCircle(_)
                    | Overlay::Import(_)
                    | Overlay::Search(_)
            )
        );
        if let Some((_, session, live)) = view.state.running()
            && (self.at != ScreenId::Live || covered)
        {
            let left = live.left(view.now).shown_secs();
            let sign = if left < 0 { "+" } else { "" };
            let word = match live.phase(view.now) {
                Phase::Paused => "PAUSED",
                Phase::Over => "OVER",
                Phase::Running | Phase::Warning => "RUNNING",
            };
            let words = format!("#{} {sign}{} {word}", session.number, mmss(left));
            states.push((7, words, styles.bold(Role::Speaking)));
        }
        if view.off_record && (self.at != ScreenId::Live || covered) {
            let style = styles.chip(Role::Warn);
            states.push((10, " OFF THE RECORD ".to_owned(), style));
        }
        if view.demo {
            let word = if self.setup.rehearsal {
                "REHEARSAL"
            } else {
                "DEMO"
            };
            states.push((5, word.to_owned(), styles.bold(Role::Accent)));
        }
        if view.masked {
            states.push((6, "MASKED".to_owned(), styles.bold(Role::Warn)));
        }
        match view.saving {
            _ if !view.ready => states.push((8, "opening".to_owned(), styles.of(Role::Muted))),
            Saving::Clean | Saving::Waiting => {}
            Saving::Saved(at) => {
                let time = at.local(view.zone).format("%H:%M");
                states.push((2, format!("saved {time}"), styles.of(Role::Muted)));
            }
            Saving::Unsaved(count) => {
                states.push((8, format!("UNSAVED {count}"), styles.bold(Role::Bad)));
            }
            Saving::ReadOnly(_) => {
                states.push((8, "READ-ONLY".to_owned(), styles.bold(Role::Warn)));
            }
        }
        states
    }
}
