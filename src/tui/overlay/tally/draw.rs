//! How a count looks: while it goes on nothing but how many, then the whole group as bars.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::tally::{FEWEST_ANSWERS, HIGHEST, Rating};
use crate::domain::text::Clean;
use crate::theme::glyphs::Mark;
use crate::theme::{Role, Styles};
use crate::tui::overlay::tally::{Subject, Tally};
use crate::tui::widget::bar::{Bar, Share};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::list::{self, Look};
use crate::tui::widget::text;

/// What it means that one person types.
const SECRET: &str = "Secret from the room, not from whoever types: the room view never shows it.";
/// What is asked once the hands are down.
const ASK: &str = "Ask everyone: what would have added a point?";
/// Longest bar.
const BAR: u16 = 30;

impl Tally {
    /// Rows that it would like for `width` columns, frame included.
    pub fn height(&self, width: u16) -> u16 {
        let inner = width.saturating_sub(4);
        let lines = |words: &str| rows(text::wrap(words, inner).len());
        2 + match (&self.kept, &self.subject) {
            (Some(rating), _) => rows(rating.counts.len()) + lines(&whole(rating)) + lines(ASK),
            (None, Subject::Rating(of)) => lines(&hands(of, self.low)) + lines(SECRET) + 2,
            (None, Subject::Vote(_, options)) => rows(options.len()) + lines(SECRET) + 1,
        }
    }

    /// Draws it in `area`, which is cleared.
    pub fn draw(&self, area: Rect, buf: &mut Buffer, styles: &Styles) {
        let title = match &self.subject {
            Subject::Rating(_) => "Rating",
            Subject::Vote(..) => "Vote",
        };
        let content = Pane::new(title).focused(true).draw_over(area, buf, styles);
        let mut page = Page {
            area: content,
            row: 0,
            styles,
        };
        match (&self.kept, &self.subject) {
            (Some(rating), _) => page.bars(rating, buf),
            (None, Subject::Rating(of)) => {
                page.words(&hands(of, self.low), Role::Text, buf);
                page.line(&self.so_far(styles), buf);
                self.problem(&mut page, buf);
                page.words(SECRET, Role::Muted, buf);
            }
            (None, Subject::Vote(_, options)) => {
                self.topics(options, &mut page, buf);
                page.line(&self.so_far(styles), buf);
                if !self.problem(&mut page, buf) {
                    page.words(SECRET, Role::Muted, buf);
                }
            }
        }
    }

    /// How many were counted, and of a rating the last one, so that a slip shows.
    fn so_far(&self, styles: &Styles) -> Line<'static> {
        let (given, here) = (self.given.len(), self.here);
        let words = match &self.subject {
            Subject::Rating(_) => format!("{given} of {here} here"),
            Subject::Vote(..) if given == 1 => "1 vote".to_owned(),
            Subject::Vote(..) => format!("{given} votes"),
        };
        let mut spans = vec![Span::styled(words, styles.bold(Role::Text))];
        if let (Subject::Rating(_), Some(last)) = (&self.subject, self.given.last()) {
            let last = format!("   the last one was {last}");
            spans.push(Span::styled(last, styles.of(Role::Muted)));
        }
        Line::from(spans)
    }

    fn problem(&self, page: &mut Page<'_>, buf: &mut Buffer) -> bool {
        let Some(problem) = &self.problem else {
            return false;
        };
        page.words(problem, Role::Warn, buf);
        true
    }

    /// The topics with their numbers and votes; the marked one stays in sight.
    fn topics(&self, options: &[Clean], page: &mut Page<'_>, buf: &mut Buffer) {
        let styles = page.styles;
        let room = page.area.height.saturating_sub(2);
        for row in list::window(options.len(), self.selected, 0, room) {
            let Some(option) = options.get(row) else {
                continue;
            };
            let look = if row == self.selected {
                Look::Selected
            } else {
                Look::Plain
            };
            let mark = if row == self.selected {
                Mark::Cursor
            } else {
                Mark::None
            };
            let number = if row < 9 {
                format!("{} ", row + 1)
            } else {
                "  ".to_owned()
            };
            let votes = text::right(&self.votes(row).to_string(), 4);
            let line = Line::from(vec![
                list::cursor_mark(mark, styles),
                Span::styled(number, styles.bold(Role::Key)),
                Span::styled(votes, look.main(styles)),
                Span::raw("  "),
                Span::styled(option.to_string(), look.main(styles)),
            ]);
            page.line(&line, buf);
        }
    }
}

/// Lines from the top of a pane.
struct Page<'a> {
    area: Rect,
    row: u16,
    styles: &'a Styles,
}

impl Page<'_> {
    fn line(&mut self, line: &Line<'_>, buf: &mut Buffer) {
        if self.row < self.area.height {
            text::put_line(line, text::row(self.area, self.row), buf);
        }
        self.row = self.row.saturating_add(1);
    }

    fn words(&mut self, words: &str, role: Role, buf: &mut Buffer) {
        let style = self.styles.of(role);
        for part in text::wrap(words, self.area.width) {
            self.line(&Line::from(Span::styled(part.into_owned(), style)), buf);
        }
    }

    /// How often each value was shown, the highest first, and what may be said of the whole.
    fn bars(&mut self, rating: &Rating, buf: &mut Buffer) {
        let most = rating.counts.iter().copied().max().unwrap_or(0);
        let styles = self.styles;
        for (value, count) in rating.values().rev() {
            let share = Share::new(u64::from(count), u64::from(most));
            let cells = BAR.min(self.area.width.saturating_sub(10));
            let row = text::row(self.area, self.row);
            if self.row < self.area.height {
                let bar = Rect {
                    width: cells,
                    ..text::after(row, 3)
                };
                Bar::new(share).draw_row(bar, buf, styles);
                let count = count.to_string();
                text::put(
                    &count,
                    styles.of(Role::Text),
                    text::after(row, cells + 5),
                    buf,
                );
            }
            let value = Span::styled(value.to_string(), styles.bold(Role::Text));
            self.line(&Line::from(value), buf);
        }
        self.words(&whole(rating), Role::Text, buf);
        self.words(ASK, Role::Prompt, buf);
    }
}

/// What may be said of all answers together.
fn whole(rating: &Rating) -> String {
    let answers = match rating.answers() {
        1 => "1 answer".to_owned(),
        answers => format!("{answers} answers"),
    };
    rating.spread().map_or_else(
        || format!("{answers}; no average below {FEWEST_ANSWERS}"),
        |spread| format!("{answers}, {spread}"),
    )
}

fn hands(of: &Clean, low: u8) -> String {
    format!("Rate {of} {low} to {HIGHEST}: press one digit for each hand you see.")
}

fn rows(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
