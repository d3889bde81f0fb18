//! The form and, beside or below it, what it will make.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget};

use crate::domain::first;
use crate::domain::readiness::much_spare;
use crate::domain::rhythm::Meets;
use crate::domain::roster::Label;
use crate::theme::{Role, Styles};
use crate::tui::overlay::new_circle::read::{Here, Read, day};
use crate::tui::overlay::new_circle::{NewCircleForm, Row, WhoAmI};
use crate::tui::screen::table;
use crate::tui::widget::field::Field;
use crate::tui::widget::list::Look;
use crate::tui::widget::{field, text};

/// Cells of the labels.
const LABEL: u16 = 12;
/// From this width on the preview stands at the right.
const BESIDE: u16 = 100;
/// What is asked before the circle is made.
const WHO: &str = "? Which one is you? Press the number, or Enter for nobody";
/// Rows of the preview below the form.
const BELOW: u16 = 9;

/// Rows of a pane that are filled one after the other.
struct Rows<'a> {
    area: Rect,
    next: u16,
    buf: &'a mut Buffer,
    styles: &'a Styles,
}

impl Rows<'_> {
    fn take(&mut self) -> Rect {
        let row = if self.next < self.area.height {
            text::row(self.area, self.next)
        } else {
            Rect {
                height: 0,
                ..self.area
            }
        };
        self.next = self.next.saturating_add(1);
        row
    }

    fn words(&mut self, words: &str, style: Style) {
        for line in text::wrap(words, self.area.width) {
            let row = self.take();
            text::put(&line, style, row, self.buf);
        }
    }
}

impl NewCircleForm {
    /// Draws the form over `area`. Returns where the caret is.
    pub fn draw(
        &self,
        area: Rect,
        buf: &mut Buffer,
        styles: &Styles,
        here: Here,
    ) -> Option<Position> {
        let area = area.intersection(buf.area);
        Clear.render(area, buf);
        buf.set_style(area, styles.canvas());
        let read = Read::of(&self.draft(), here);
        let (form, preview) = split(area);
        if let Some(preview) = preview {
            self.draw_preview(&read, preview, (buf, styles), here);
        }
        let content = table::pane("New circle", "", true, form, (buf, styles));
        let mut rows = Rows {
            area: content,
            next: u16::from(content.height > 12),
            buf,
            styles,
        };
        let mut caret = None;
        let fields = [
            (Row::Name, "Name", &self.name),
            (Row::People, "People", &self.people),
            (Row::Meets, "Meets", &self.meets),
        ];
        for ((row, label, field), wrong) in fields.into_iter().zip(&read.wrong) {
            let at = self.draw_field((row, label, field), &mut rows);
            caret = caret.or(at);
            let told = self.is_told(row, preview.is_some());
            if let Some(wrong) = wrong.as_ref().filter(|_| told) {
                rows.words(&format!("! {wrong}"), styles.of(Role::Bad));
            } else if let (Row::Meets, None, Some((first, minutes))) =
                (row, preview, read.first(here))
            {
                // What was understood stands nowhere else.
                let words = format!("first: {}, {minutes} min", day((first, minutes), here));
                rows.words(&words, styles.of(Role::Muted));
            }
        }
        let asks = self.who != WhoAmI::NotAsked;
        if asks && preview.is_none() {
            // The numbers that are asked for stand nowhere else.
            rows.words(WHO, styles.bold(Role::Accent));
            names(&read, &mut rows);
            return None;
        }
        self.draw_start(&mut rows);
        if let Some(complaint) = &self.complaint {
            rows.words(&format!("! {complaint}"), styles.of(Role::Bad));
        }
        if asks {
            rows.words(WHO, styles.bold(Role::Accent));
            return None;
        }
        caret
    }

    /// Whether what is wrong with a row is told by now: not while it is typed.
    fn is_told(&self, row: Row, previewed: bool) -> bool {
        self.reached >= Some(row) && self.row != row
            || self.who != WhoAmI::NotAsked
            || self.reached == Some(Row::Start)
            || self.asks_name && row == Row::Name
            // Where there is no preview to say it, a date that cannot be read is told while it is typed.
            || !previewed && row == Row::Meets
    }

    fn draw_field(
        &self,
        (row, label, value): (Row, &str, &Field),
        rows: &mut Rows<'_>,
    ) -> Option<Position> {
        let area = rows.take();
        let focused = self.row == row && self.who == WhoAmI::NotAsked;
        let styles = rows.styles;
        let label_style = if focused {
            styles.bold(Role::Accent)
        } else {
            styles.of(Role::Muted)
        };
        let cells = LABEL.min(area.width / 3);
        text::put(&text::pad(label, cells), label_style, area, rows.buf);
        let rest = text::after(area, cells);
        if focused {
            let caret = field::draw(value, &[], rest, rows.buf, styles);
            if value.is_empty() {
                let example = text::after(rest, 1);
                let style = styles.of(Role::Muted).patch(styles.ground(Role::Surface));
                text::put(&hint(row, example.width), style, example, rows.buf);
            }
            return caret;
        }
        if value.is_empty() {
            let style = styles.of(Role::Muted);
            let words = if row == Row::Name {
                ""
            } else {
                "may stay empty"
            };
            text::put(words, style, rest, rows.buf);
        } else {
            text::put(value.text(), styles.of(Role::Text), rest, rows.buf);
        }
        None
    }

    fn draw_start(&self, rows: &mut Rows<'_>) {
        let styles = rows.styles;
        let focused = self.row == Row::Start && self.who == WhoAmI::NotAsked;
        let names = self.templates.iter().map(|template| {
            let blocks = template.blocks.len();
            format!(
                "{}  {} min, {blocks} blocks",
                template.name, template.minutes
            )
        });
        let names: Vec<String> = names.chain(["empty agenda".to_owned()]).collect();
        // What is asked or complained about below the list keeps its row.
        let below = u16::from(self.who != WhoAmI::NotAsked) + u16::from(self.complaint.is_some());
        let room = rows.area.height.saturating_sub(rows.next + below).max(1);
        let shown = crate::tui::widget::list::window(names.len(), self.start, 0, room);
        let (last, more) = (shown.end, names.len().saturating_sub(shown.end));
        for (index, place) in shown.enumerate() {
            let area = rows.take();
            let cells = LABEL.min(area.width / 3);
            if index == 0 {
                let style = if focused {
                    styles.bold(Role::Accent)
                } else {
                    styles.of(Role::Muted)
                };
                text::put(&text::pad("Start from", cells), style, area, rows.buf);
            }
            if index > 0 && place + 1 == last && more > 0 {
                let words = format!("{more} more");
                text::put(&words, styles.of(Role::Muted), area, rows.buf);
            }
            let chosen = place == self.start;
            let look = if chosen && focused {
                Look::Selected
            } else {
                Look::Plain
            };
            let rest = text::after(area, cells);
            rows.buf.set_style(rest, look.ground(styles));
            let main = if chosen {
                styles.bold(Role::Text)
            } else {
                styles.of(Role::Text)
            };
            let number = if place < 9 {
                (place + 1).to_string()
            } else {
                " ".to_owned()
            };
            let words = names.get(place).map(String::as_str).unwrap_or_default();
            let line = Line::from(vec![
                table::cursor_mark(chosen, false, styles),
                Span::styled(format!("{number}  "), styles.key()),
                Span::styled(words, main),
            ]);
            text::put_line(&line, rest, rows.buf);
        }
    }

    fn draw_preview(
        &self,
        read: &Read,
        area: Rect,
        (buf, styles): (&mut Buffer, &Styles),
        here: Here,
    ) {
        let content = table::pane("What you will get", "", false, area, (buf, styles));
        let plain = styles.of(Role::Text);
        let mut rows = Rows {
            area: content,
            next: u16::from(content.height > 12),
            buf,
            styles,
        };
        let name = if read.name.is_empty() {
            "A circle"
        } else {
            read.name.as_str()
        };
        let people = match read.people.len() {
            0 => "nobody yet".to_owned(),
            1 => "1 person".to_owned(),
            many => format!("{many} people"),
        };
        rows.words(&format!("{name}, {people}"), styles.bold(Role::Text));
        let asks = self.who != WhoAmI::NotAsked;
        if asks {
            // The numbers that are asked for come before what there may be no room for.
            names(read, &mut rows);
        }
        match &read.wrong[2] {
            // What was typed so far makes no date: said here at once, under the line once it is left.
            Some(wrong) => rows.words(&format!("! {wrong}"), styles.of(Role::Bad)),
            None => {
                for line in self.session_lines(read, here) {
                    rows.words(&line, plain);
                }
            }
        }
        if !asks {
            rows.next = rows.next.saturating_add(1);
            names(read, &mut rows);
        }
        for note in &read.notes {
            rows.words(note, styles.of(Role::Warn));
        }
    }

    /// When it meets, the first date, the agenda and its prompts.
    fn session_lines(&self, read: &Read, here: Here) -> Vec<String> {
        let Some((start, minutes)) = read.first(here) else {
            return vec!["no date yet; a session can be planned later".to_owned()];
        };
        let mut lines = Vec::new();
        if let Some(Meets::Every(rule)) = read.meets {
            lines.push(rule.words());
        }
        lines.push(format!("first: {}", day((start, minutes), here)));
        let Some(template) = self.templates.get(self.start) else {
            lines.push(format!("an empty agenda of {minutes} min"));
            return lines;
        };
        let planned = template.planned();
        lines.push(format!(
            "agenda: {}, {planned} of {minutes} min",
            template.name
        ));
        let minutes = u32::from(minutes);
        if planned > minutes {
            lines.push(format!(
                "{} min more than there is time for",
                planned - minutes
            ));
        } else if much_spare(planned, minutes) {
            let spare = minutes - planned;
            lines.push(format!("{spare} min stay free; the plan can stretch"));
        }
        if matches!(first::opening(template), Cow::Owned(_)) {
            lines.push(first::WHY.to_owned());
        }
        match crate::command::plan::wanted(template).len() {
            0 => {}
            1 => lines.push("1 prompt is picked".to_owned()),
            many => lines.push(format!("{many} prompts are picked")),
        }
        lines
    }
}

/// The people with their numbers.
fn names(read: &Read, rows: &mut Rows<'_>) {
    let numbered = read
        .people
        .iter()
        .zip(1u16..)
        .map(|(person, label)| format!("{} {}", Label(label), person.name));
    let numbered: Vec<String> = numbered.collect();
    let plain = rows.styles.of(Role::Text);
    for line in packed(&numbered, rows.area.width) {
        let row = rows.take();
        text::put(&line, plain, row, rows.buf);
    }
}

/// As many of the items on each line as fit, none of them broken.
fn packed(items: &[String], width: u16) -> Vec<String> {
    const GAP: &str = "   ";
    let mut lines: Vec<String> = Vec::new();
    for item in items {
        match lines.last_mut() {
            Some(line) if text::width(line) + text::width(GAP) + text::width(item) <= width => {
                line.push_str(GAP);
                line.push_str(item);
            }
            _ => lines.push(item.clone()),
        }
    }
    lines
}

/// What may be typed into a line, as much of it as there is room for.
fn hint(row: Row, width: u16) -> String {
    let (short, long) = match row {
        Row::Name => ("Ladder Up", "Ladder Up"),
        Row::People => (
            "Maria, Jun, Priya",
            "Maria, Jun, Priya; a pasted list will do",
        ),
        Row::Meets => ("every 2 weeks thu 15:00", "every 2 weeks thu 15:00 90m"),
        Row::Start => ("", ""),
    };
    let whole = format!("for example {long}");
    if text::width(&whole) <= width {
        whole
    } else {
        short.to_owned()
    }
}

/// Where the form goes, and where the preview if there is room for it.
fn split(area: Rect) -> (Rect, Option<Rect>) {
    if area.width >= BESIDE {
        let left = area.width * 3 / 5;
        let form = Rect {
            width: left,
            ..area
        };
        let preview = Rect {
            x: area.x + left,
            width: area.width - left,
            ..area
        };
        return (form, Some(preview));
    }
    if area.height >= 18 {
        let form = table::above(area, area.height - BELOW);
        return (form, Some(table::below(area, form.height)));
    }
    (area, None)
}
