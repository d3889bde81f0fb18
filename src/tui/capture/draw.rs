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
    /// Rows that it takes of a body of this height.
    pub const fn height(body: u16) -> u16 {
        match body {
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
                let title = format!("{} were pasted. What shall they become?", paste.title());
                text::put(&title, styles.of(Role::Text), text::row(below, 0), buf);
                numbered(&paste.choices(), text::row(below, 2), buf, styles);
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
        let mut at = 0;
        let rows = reading.rows(scene);
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
        let open = reading.asks.get(self.answers.len());
        if let Some(ask) = open {
            let line = Line::from(vec![
                Span::styled("? ", styles.bold(Role::Warn)),
                Span::styled(ask.title(), styles.of(Role::Warn)),
            ]);
            text::put_line(&line, text::row(area, at), buf);
            at += 2;
            numbered(&ask.labels(scene), text::row(area, at), buf, styles);
        } else if let Some(warning) = reading.warnings.first() {
            let words = format!("? {warning}");
            text::put(&words, styles.of(Role::Warn), text::row(area, at), buf);
        }
    }
}

/// Choices in one row, with the number that picks each.
fn numbered(choices: &[String], row: Rect, buf: &mut Buffer, styles: &Styles) {
    let mut spans = Vec::new();
    for (number, choice) in (1..).zip(choices) {
        spans.push(Span::styled(format!("{number}"), styles.key()));
        spans.push(Span::styled(
            format!(" {choice}    "),
            styles.of(Role::Text),
        ));
    }
    text::put_line(&Line::from(spans), row, buf);
}
