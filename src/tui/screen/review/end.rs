//! The end of a walk: what came of it, how it went over time, what is asked next, and the reflection of the week.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::command::id::CommandId;
use crate::domain::clock::Moment;
use crate::domain::question::Question;
use crate::domain::review::ahead::Ahead;
use crate::domain::review::{reflect, summary};
use crate::theme::Role;
use crate::tui::screen::review::Review;
use crate::tui::screen::table;
use crate::tui::screen::words;
use crate::tui::view::{Paint, View};
use crate::tui::widget::hints;
use crate::tui::widget::text;

/// One paragraph of the end.
struct Part {
    words: String,
    role: Role,
}

impl Review {
    /// The reflection of the week, while it was not answered.
    pub(super) fn asks(&self, view: &View<'_>) -> Option<&Question> {
        let member = view
            .state
            .member(self.circle?, view.me.filter(|_| self.own)?)?;
        let due = reflect::is_due(member, words::today(view), view.zone);
        let row = self.question.as_ref().filter(|_| due)?;
        Some(&row.question)
    }

    pub(super) fn draw_end(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
        let styles = paint.styles;
        let meta = match self.rows.len() {
            0 => String::new(),
            all => format!("{} of {all} looked at", self.all_became(&paint.view).len()),
        };
        let content = table::pane("Looked at", meta, !paint.covered, area, (buf, styles));
        let asks = self.asks(&paint.view);
        let mut row = 0;
        for (index, part) in self.parts(&paint.view).into_iter().enumerate() {
            // Air between the paragraphs, where there is room for it.
            row += u16::from(index > 0 && content.height > 12);
            for line in text::wrap(&part.words, content.width) {
                if row < content.height {
                    let style = styles.of(part.role);
                    text::put(&line, style, text::row(content, row), buf);
                }
                row += 1;
            }
        }
        if asks.is_some() && row < content.height {
            let keys = [(CommandId::Open, "answer"), (CommandId::Quit, "leave it")];
            let keys = paint.view.keys.hints(&keys);
            hints::draw_quiet(&keys, text::row(content, row), buf, styles);
        }
    }

    fn parts(&self, view: &View<'_>) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut say = |words: String, role| parts.push(Part { words, role });
        let became = self.all_became(view);
        if self.rows.is_empty() {
            let words = if self.own {
                "Nothing of yours is open. A clear table."
            } else {
                "Nothing is open here. A clear table."
            };
            say(words.to_owned(), Role::Text);
        } else {
            let back = if became.is_empty() {
                ""
            } else {
                " u takes back the last."
            };
            say(format!("{}.{back}", summary(&became)), Role::Text);
        }
        if !self.elsewhere.is_empty() {
            let more = self.elsewhere.iter();
            let more: Vec<String> = more
                .map(|(name, count)| format!("{count} in {name}"))
                .collect();
            say(format!("Open elsewhere: {}.", more.join(", ")), Role::Text);
        }
        if !self.own {
            return parts;
        }
        let went = self.went.words(view);
        if !went.is_empty() {
            say(went.join(" "), Role::Muted);
        }
        if let Some(words) = self.ahead(view) {
            say(words, Role::Text);
        }
        if let Some(question) = self.asks(view) {
            say(format!("This week: {}", question.text), Role::Accent);
        }
        parts
    }

    /// `Next: Ladder Up #8, Thu 26, 15:00. Asked of you there: ...`
    fn ahead(&self, view: &View<'_>) -> Option<String> {
        let circle = self.circle?;
        let ahead = Ahead::of(view.state, circle, view.me?, (view.now, view.zone))?;
        let name = view.state.circle(circle).map(|circle| &circle.name)?;
        let when = |at: Moment| format!("{}, {}", words::day(view, at), words::time(view, at));
        Some(format!(
            "Next: {name} #{}, {}. {}",
            ahead.session,
            when(ahead.start),
            ahead.words()
        ))
    }
}
