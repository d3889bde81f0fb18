//! Where the panes of the screen stand at each size, and the head line above them.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::when;
use crate::theme::Role;
use crate::tui::screen::books::model::Desk;
use crate::tui::screen::books::seen::Seen;
use crate::tui::screen::books::{Books, Focus};
use crate::tui::screen::table::{self, TWO_COLUMNS};
use crate::tui::screen::words;
use crate::tui::view::{Paint, View};
use crate::tui::widget::text;

/// From this width on two panes stand side by side.
const BESIDE: u16 = 76;
/// From this height on all three panes are shown.
const ALL: u16 = 16;

impl Books {
    pub(super) fn draw_all(&self, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
        if !paint.view.ready {
            return table::empty("loading", &[], area, (buf, paint.styles));
        }
        let desk = Desk::of(self.at, &paint.view);
        match desk.filter(|_| self.voting.is_none()) {
            Some(desk) => self.draw_reading(&desk, area, buf, paint),
            None => self.draw_choosing(area, buf, paint),
        }
    }

    fn draw_reading(&self, desk: &Desk<'_>, area: Rect, buf: &mut Buffer, paint: &Paint<'_>) {
        let roomy = area.height >= 26;
        let inset = if area.width > 43 { 2 } else { 1 };
        let head = Rect {
            x: area.x + inset.min(area.width),
            y: area.y + u16::from(roomy).min(area.height.saturating_sub(1)),
            width: area.width.saturating_sub(2 * inset),
            height: 1.min(area.height),
        };
        let seen = self.seen(desk, &paint.view);
        text::put_line(&head_line((desk, &seen), head.width, paint), head, buf);
        let body = table::below(area, if roomy { 3 } else { 1 });
        if body.width < BESIDE || body.height < ALL {
            return match self.focus {
                Focus::Schedule => self.draw_schedule(desk, body, buf, paint),
                Focus::Readers => self.draw_readers(desk, body, buf, paint),
                Focus::Questions => self.draw_questions(desk, body, buf, paint),
            };
        }
        let upper = (body.height / 2).max(10);
        let left = if body.width >= TWO_COLUMNS {
            body.width * 2 / 5
        } else {
            body.width * 38 / 100
        };
        let top = table::above(body, upper);
        let schedule = Rect { width: left, ..top };
        self.draw_schedule(desk, schedule, buf, paint);
        self.draw_readers(desk, text::after(top, left), buf, paint);
        self.draw_questions(desk, table::below(body, upper), buf, paint);
    }
}

/// Title, author, the instalment, the next meeting, and how many have come how far.
fn head_line((desk, seen): (&Desk<'_>, &Seen), width: u16, paint: &Paint<'_>) -> Line<'static> {
    let (view, styles) = (&paint.view, paint.styles);
    let (muted, plain) = (styles.of(Role::Muted), styles.of(Role::Text));
    let total = desk.reading.instalments.len();
    let wide = width >= TWO_COLUMNS;
    let gap = if wide { "     " } else { "  " };
    let parts = [
        (desk.book.author.to_string(), muted),
        (format!("meeting {} of {total}", desk.at + 1), muted),
        (next_words(desk, view), plain),
        (group_words(desk, seen), plain),
    ];
    let rest: u16 = parts
        .iter()
        .skip(1)
        .map(|(words, _)| text::width(words) + text::width(gap))
        .sum();
    let room = width.saturating_sub(rest).max(width * 3 / 5);
    let title = text::cut(&desk.book.title, room).into_owned();
    let mut left = width.saturating_sub(text::width(&title));
    let mut spans = vec![Span::styled(title, styles.bold(Role::Prompt))];
    for (place, (words, style)) in parts.into_iter().enumerate() {
        let cells = text::width(&words) + text::width(gap);
        let needed = if place == 0 { cells + rest } else { cells };
        if words.is_empty() || needed > left {
            continue;
        }
        left -= cells;
        spans.push(Span::raw(gap));
        spans.push(Span::styled(words, style));
    }
    Line::from(spans)
}

fn next_words(desk: &Desk<'_>, view: &View<'_>) -> String {
    let Some(due) = desk.due else {
        return "the last meeting is over".to_owned();
    };
    if let Some(session) = desk.session(due, view) {
        let day = words::day(view, session.start);
        return format!("next {day} {}", words::time(view, session.start));
    }
    let day = desk.reading.instalments.get(due).map(|one| one.day);
    day.map_or_else(String::new, |day| {
        format!("next {}", when::short(day, desk.today))
    })
}

/// `3 of 6 at ch. 5`: how many have reached what an even reader has.
fn group_words(desk: &Desk<'_>, seen: &Seen) -> String {
    let (goal, (count, of)) = (seen.goal, seen.reached);
    if goal == 0 {
        return String::new();
    }
    format!("{count} of {of} at {} {goal}", desk.reading.measure.short())
}
