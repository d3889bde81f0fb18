//! How the capture bar looks: the line, what was understood, and what is asked.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use crate::domain::capture::{self, Opening, Reading, Scene};
use crate::theme::{Role, Styles};
use crate::tui::capture::{Capture, Surroundings};
use crate::tui::widget::field::{self, Meaning, Part};
use crate::tui::widget::frame::Pane;
use crate::tui::widget::text;

/// Columns of the labels before the values of the preview.
const LABELS: u16 = 10;

impl Capture {
    /// Rows that it takes of a body of this height. A question is never answered unseen, however little room there is.
    pub const fn height(&self, body: u16) -> u16 {
        match body {
            0..=9 if self.is_asking() => 8,
            0..=9 => 1,
            10..=18 => 8,
            _ => 13,
        }
    }

    /// Draws the bar in `area`; one row is the field alone.
    pub fn draw(
        &self,
        area: Rect,
        buf: &mut Buffer,
        around: &Surroundings<'_>,
        styles: &Styles,
    ) -> Option<Position> {
        let scene = around.scene();
        let reading = capture::parse(self.text(), self.opening, &scene);
        if area.height < 4 {
            Clear.render(area.intersection(buf.area), buf);
            buf.set_style(area.intersection(buf.area), styles.canvas());
            return self.draw_field(text::row(area, 0), buf, &reading, styles);
        }
        let title = if self.corrects.is_some() {
            "Correct"
        } else {
            "Write down"
        };
        let pane = Pane::new(title)
            .meta(if around.runs {
                "the clock keeps running"
            } else {
                ""
            })
            .focused(true);
        let content = pane.draw_over(area, buf, styles);
        let top = u16::from(content.height >= 10);
        let caret = self.draw_field(text::row(content, top), buf, &reading, styles);
        let below = Rect {
            x: content.x.saturating_add(3),
            y: content.y.saturating_add(top + 2),
            width: content.width.saturating_sub(3),
            height: content.height.saturating_sub(top + 2),
        };
        match &self.paste {
            Some(paste) => {
                let long = format!("{} were pasted. What shall they become?", paste.title());
                let short = format!("{} were pasted; they become", paste.title());
                let title = if text::width(&long) <= below.width {
                    long
                } else {
                    short
                };
                let title = [Span::styled(title, styles.of(Role::Text))];
                let asked = Asked::of(title, &paste.choices(), below.width, styles);
                asked.draw(below, buf);
            }
            None => self.draw_preview((&reading, &scene), below, buf, styles),
        }
        caret
    }

    fn draw_field(
        &self,
        row: Rect,
        buf: &mut Buffer,
        reading: &Reading,
        styles: &Styles,
    ) -> Option<Position> {
        buf.set_style(row, styles.ground(Role::Surface));
        let letter = match self.opening {
            Opening::Is(kind) => kind.letter(),
            Opening::Letter(_) => reading.kind.letter(),
        };
        let mark = format!(
            "{letter}{} ",
            styles
                .glyphs()
                .mark(crate::theme::glyphs::Mark::Cursor)
                .trim()
        );
        let used = text::put(&mark, styles.bold(Role::Accent), row, buf);
        let parts: Vec<Part> = reading
            .parts()
            .map(|part| Part {
                range: part.range.clone(),
                meaning: if part.clear {
                    Meaning::Recognised
                } else {
                    Meaning::Unclear
                },
            })
            .collect();
        field::draw(&self.field, &parts, text::after(row, used), buf, styles)
    }

    fn draw_preview(
        &self,
        (reading, scene): (&Reading, &Scene<'_>),
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
    ) {
        let rows = reading.rows(scene);
        let asked = reading.asks.get(self.answers.len()).map(|ask| {
            let title = [
                Span::styled("? ", styles.bold(Role::Warn)),
                Span::styled(ask.title(), styles.of(Role::Warn)),
            ];
            Asked::of(title, &ask.labels(scene), area.width, styles)
        });
        let warning = reading.warnings.first();
        let warning = warning.map(|warning| format!("? {warning}"));
        let lines = rows.len() + usize::from(warning.is_some());
        let lines = u16::try_from(lines).unwrap_or(u16::MAX);
        // What cannot be answered unseen goes first where there is no room for all.
        let first = asked
            .as_ref()
            .filter(|asked| lines.saturating_add(asked.height()) > area.height);
        let mut at = first.map_or(0, |asked| asked.draw(area, buf));
        let widest = rows.iter().map(|row| text::width(row.label) + 1).max();
        let labels = widest.unwrap_or_default().max(LABELS);
        for row in rows {
            let mut spans = vec![
                Span::styled(text::pad(row.label, labels), styles.of(Role::Muted)),
                Span::styled(row.value, styles.bold(Role::Text)),
            ];
            if let Some(note) = row.note {
                spans.push(Span::styled(format!("  {note}"), styles.of(Role::Muted)));
            }
            text::put_line(&Line::from(spans), text::row(area, at), buf);
            at += 1;
        }
        if let Some(words) = &warning {
            text::put(words, styles.of(Role::Warn), text::row(area, at), buf);
            at += 1;
        }
        if let (Some(asked), None) = (&asked, first) {
            let left = Rect {
                y: area.y.saturating_add(at),
                height: area.height.saturating_sub(at),
                ..area
            };
            asked.draw(left, buf);
        }
    }
}

/// Cells between two choices in one row.
const BETWEEN: u16 = 4;

/// A question with its choices, each with the number that picks it, in as many rows as they need.
struct Asked {
    title: Line<'static>,
    choices: Vec<Line<'static>>,
}

impl Asked {
    fn of(
        title: impl IntoIterator<Item = Span<'static>>,
        choices: &[String],
        width: u16,
        styles: &Styles,
    ) -> Self {
        let mut rows: Vec<Line<'static>> = Vec::new();
        for (number, choice) in (1..).zip(choices) {
            let spans = [
                Span::styled(format!("{number}"), styles.key()),
                Span::styled(format!(" {choice}"), styles.of(Role::Text)),
            ];
            let wide = text::line_width(&Line::from(spans.to_vec()));
            match rows.last_mut() {
                Some(last) if text::line_width(last) + BETWEEN + wide <= width => {
                    last.spans.push(Span::raw(" ".repeat(usize::from(BETWEEN))));
                    last.spans.extend(spans);
                }
                Some(_) | None => rows.push(Line::from(spans.to_vec())),
            }
        }
        Self {
            title: title.into_iter().collect::<Vec<_>>().into(),
            choices: rows,
        }
    }

    /// Rows with the blank one between.
    fn height(&self) -> u16 {
        u16::try_from(self.choices.len() + 2).unwrap_or(u16::MAX)
    }

    /// Draws it at the head of `area`, without the blank row where that has no room. How many rows that took.
    fn draw(&self, area: Rect, buf: &mut Buffer) -> u16 {
        text::put_line(&self.title, text::row(area, 0), buf);
        let blank = u16::from(self.height() <= area.height);
        let rows = (1 + blank..).zip(&self.choices);
        for (at, row) in rows {
            text::put_line(row, text::row(area, at), buf);
        }
        self.height() - 1 + blank
    }
}
