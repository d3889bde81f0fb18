//! The meetings that the book is laid over: until when, what is read, how it went, who leads.

use chrono::{Datelike, NaiveDate};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::book::schedule::{self, Load};
use crate::domain::book::usual::reading_minutes;
use crate::domain::roster::short_name;
use crate::domain::session::{Session, SessionState};
use crate::theme::Role;
use crate::theme::glyphs::Mark;
use crate::tui::screen::books::model::Desk;
use crate::tui::screen::books::{Books, Focus};
use crate::tui::screen::cursor::window;
use crate::tui::screen::table::{self, Cell};
use crate::tui::screen::words;
use crate::tui::view::{Paint, View};
use crate::tui::widget::{list, text};

/// From this width of the pane on days carry their weekday.
const WEEKDAYS_FROM: u16 = 38;

impl Books {
    pub(super) fn draw_schedule(
        &self,
        desk: &Desk<'_>,
        area: Rect,
        buf: &mut Buffer,
        paint: &Paint<'_>,
    ) {
        let styles = paint.styles;
        let focused = self.focus == Focus::Schedule && !paint.covered;
        let meta = format!("by {}", desk.reading.measure.one());
        let mut content = table::pane("Schedule", meta, focused, area, (buf, styles));
        if content.height >= 12 {
            content = table::below(content, 1);
        }
        let total = desk.reading.instalments.len();
        let foot = &self.seen(desk, &paint.view).facts;
        let fits = usize::from(content.height) > total + foot.len();
        let mut used = 0;
        for (at, index) in window(total, desk.at, content.height).zip(0..) {
            self.meeting(desk, (at, focused), (content, index), (buf, paint));
            used = index + 1;
        }
        if fits {
            for (line, index) in foot.iter().zip(used + 1..) {
                if index < content.height {
                    let area = text::after(text::row(content, index), 2);
                    text::put(
                        &text::cut(line, area.width),
                        styles.of(Role::Muted),
                        area,
                        buf,
                    );
                }
            }
        }
    }

    fn meeting(
        &self,
        desk: &Desk<'_>,
        (at, focused): (usize, bool),
        (content, index): (Rect, u16),
        (buf, paint): (&mut Buffer, &Paint<'_>),
    ) {
        let (view, styles) = (&paint.view, paint.styles);
        let Some(one) = desk.reading.instalments.get(at) else {
            return;
        };
        let over = desk.due.is_none_or(|due| at < due);
        let look = match at == desk.at {
            false if desk.due == Some(at) => list::Look::Now,
            selected => list::Look::of(selected, focused),
        };
        let (main, quiet) = (look.main(styles), look.quiet(styles));
        let main = if over { quiet } else { main };
        let sign = match (over, desk.due == Some(at)) {
            (true, _) => Mark::Done,
            (false, true) => Mark::Cursor,
            (false, false) => Mark::None,
        };
        let (day, day_cells) = day_words(one.day, desk, content.width >= WEEKDAYS_FROM);
        let number = text::width(&desk.reading.instalments.len().to_string());
        let spans = (0..desk.reading.instalments.len()).map(|at| text::width(&desk.span(at)));
        let span_cells = spans.max().unwrap_or(0).min(11);
        let state = list::state_mark(sign, styles);
        let taken = text::width(&state.content) + number + day_cells + span_cells + 4;
        let rest = content.width.saturating_sub(taken + 2);
        let (told, warm) = self.told(desk, (at, over, rest), view);
        let told_style = if warm { styles.of(Role::Warn) } else { quiet };
        let mut line = table::line(
            vec![state],
            [
                Cell::new((at + 1).to_string(), number, quiet).right(),
                Cell::new(day, day_cells, main),
                Cell::new(desk.span(at), span_cells, main),
                Cell::new(told, rest, told_style),
            ],
        );
        if rest < 4 {
            line.spans.truncate(line.spans.len().saturating_sub(2));
        }
        table::put_row(&line, look, (content, index), (buf, styles));
    }

    /// How a meeting went, or who leads it and when; whether somebody still has to be found.
    fn told(
        &self,
        desk: &Desk<'_>,
        (at, over, rest): (usize, bool, u16),
        view: &View<'_>,
    ) -> (String, bool) {
        let one = desk.reading.instalments.get(at);
        let id = one.and_then(|one| one.session);
        let held = |id| {
            view.state
                .session(desk.circle, id)
                .or_else(|| self.sessions.get(&id))
        };
        let Some(session) = id.and_then(held) else {
            return (if over { "done" } else { "" }.to_owned(), false);
        };
        match session.state {
            SessionState::Ended => (came(desk, session, view), false),
            SessionState::Cancelled => ("called off".to_owned(), false),
            SessionState::Running => ("now".to_owned(), false),
            SessionState::Planned => {
                let time = words::time(view, session.start);
                let lead = session
                    .facilitator
                    .and_then(|id| view.state.member(desk.circle, id));
                match lead {
                    Some(member) if view.masked => {
                        (format!("{time} {}", words::person(view, member)), false)
                    }
                    Some(member) => {
                        let name = short_name(member, view.state.everyone(desk.circle));
                        let both = format!("{time} {name}");
                        // Where there is no room for both, who leads says more than when.
                        (
                            if text::width(&both) > rest {
                                name
                            } else {
                                both
                            },
                            false,
                        )
                    }
                    None if desk.due == Some(at) => (format!("{time} nobody yet"), true),
                    None => (time, false),
                }
            }
        }
    }
}

/// A day, with its year where that is not this one, and the cells that all days of the plan need.
fn day_words(day: NaiveDate, desk: &Desk<'_>, weekdays: bool) -> (String, u16) {
    let form = if weekdays { "%a %e %b" } else { "%e %b" };
    let is_elsewhen = |day: NaiveDate| day.year() != desk.today.year();
    let mut words = day.format(form).to_string();
    if is_elsewhen(day) {
        words = format!("{words} {}", day.year() % 100);
    }
    let mut days = desk.reading.instalments.iter().map(|one| one.day);
    let years = if days.any(is_elsewhen) { 3 } else { 0 };
    (words, if weekdays { 10 } else { 6 } + years)
}

/// What the instalment asks of people, what is left out, and what `t` does.
pub(super) fn facts(desk: &Desk<'_>) -> Vec<String> {
    let mut facts = Vec::new();
    let loads: Vec<Load> = schedule::loads(desk.book, &desk.reading);
    if let Some(load) = loads.get(desk.at) {
        let week = load.a_week();
        facts.push(if load.pages {
            format!("{week} pages a week, about {} min", reading_minutes(week))
        } else {
            load.rate(desk.reading.measure)
        });
    }
    for skipped in &desk.reading.skipped {
        let day = skipped.day.format("%-d %b");
        let why = skipped.why.as_str();
        let gap = if why.is_empty() { "" } else { ": " };
        facts.push(format!("{day} left out{gap}{why}"));
    }
    facts.push("t moves a meeting; later ones follow".to_owned());
    facts
}

fn came(desk: &Desk<'_>, session: &Session, view: &View<'_>) -> String {
    let (came, _) = session.attendance(view.state.everyone(desk.circle));
    format!("{came} came")
}
