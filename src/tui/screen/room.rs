//! The view for the room: the prompt and the clock as large as they fit, on the same screen or on a second
//! terminal. It sees a [`RoomPicture`] and nothing else, so that it cannot show what is not for the room.

mod groups;
mod talk;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::clock::{Moment, Zone};
use crate::domain::room::{RoomBlock, RoomClock, RoomPicture};
use crate::theme::{Role, Styles};
use crate::tui::pane::strip;
use crate::tui::say;
use crate::tui::widget::banner;
use crate::tui::widget::chip::Chip;
use crate::tui::widget::digits::{self, Size};
use crate::tui::widget::letters::{self, Alphabet};
use crate::tui::widget::text;

/// The view for the room. Keeps the shapes of its letters.
#[derive(Debug, Default)]
pub struct RoomView {
    alphabet: Alphabet,
}

/// What stands in for the digits.
enum Face {
    /// Digits, and a line below them.
    Digits(String, Line<'static>),
    /// A line alone: the room is not to see how much time is left.
    Words(Line<'static>),
    /// The block is over: a word, without counting.
    Time,
}

impl RoomView {
    /// Draws the picture as it is at `now`, told in the time of `zone`.
    pub fn draw(
        &self,
        picture: &RoomPicture,
        (now, zone): (Moment, Zone),
        area: Rect,
        (buf, styles): (&mut Buffer, &Styles),
    ) {
        let area = area.intersection(buf.area);
        if picture.blanked || area.is_empty() {
            return;
        }
        let Some(block) = &picture.running else {
            return self.waiting(picture, (now, zone), area, (buf, styles));
        };
        let area = if block.off_record {
            banner::off_record(area, buf, styles)
        } else {
            area
        };
        if area.width < 40 || area.height < 10 {
            return small(block, (now, zone), area, buf, styles);
        }
        let margin = if area.width >= 100 { 4 } else { 2 };
        let (top, body, foot) = parts(area, margin);
        header(picture, block, top, buf, styles);
        footer(block, (now, zone), foot, buf, styles);
        let face = face(block, (now, zone), styles);
        let clock_rows = clock_rows(&face, body);
        let question = Rect {
            height: body.height - clock_rows.min(body.height),
            ..body
        };
        let clock = Rect {
            y: body.y + question.height,
            height: body.height - question.height,
            ..body
        };
        let question = talk::draw(block, question, buf, styles);
        self.question(block, question, buf, styles);
        self.clock(&face, clock, buf, styles);
    }

    /// The prompt; in a break and without a prompt what the block is.
    fn question(&self, block: &RoomBlock, area: Rect, buf: &mut Buffer, styles: &Styles) {
        if let Some(groups) = &block.groups {
            return self.groups((block, groups), area, buf, styles);
        }
        let words = match (&block.prompt, block.rest) {
            (Some(prompt), false) => prompt.as_str(),
            (None, _) | (Some(_), true) => block.title.as_str(),
        };
        let fitted = letters::fit(&self.alphabet, words, area.width, area.height);
        let spare = area.height.saturating_sub(fitted.rows());
        let at = Rect {
            y: area.y + spare / 2,
            height: area.height - spare / 2,
            ..area
        };
        let look = (styles.bold(Role::Prompt), styles.glyphs());
        letters::draw(&self.alphabet, &fitted, look, at, buf);
    }

    fn clock(&self, face: &Face, area: Rect, buf: &mut Buffer, styles: &Styles) {
        match face {
            Face::Digits(reading, below) => {
                let room = area.height.saturating_sub(1);
                let size = Size::fitting(reading, area.width, room);
                let wide = size.width(reading).unwrap_or(0).min(area.width);
                let at = Rect {
                    x: area.x + (area.width - wide) / 2,
                    width: wide,
                    height: room,
                    ..area
                };
                let style = styles.bold(Role::Clock);
                digits::draw(reading, style, styles.glyphs(), at, buf);
                let under = text::row(area, size.rows().min(area.height.saturating_sub(1)));
                text::put_centred(below, under, buf);
            }
            Face::Words(line) => {
                text::put_centred(line, text::row(area, 0), buf);
            }
            Face::Time => {
                let fitted = letters::fit(&self.alphabet, "time", area.width, area.height);
                let look = (styles.bold(Role::Clock), styles.glyphs());
                letters::draw(&self.alphabet, &fitted, look, area, buf);
            }
        }
    }

    /// Before the start: the circle and when it begins.
    fn waiting(
        &self,
        picture: &RoomPicture,
        (now, zone): (Moment, Zone),
        area: Rect,
        (buf, styles): (&mut Buffer, &Styles),
    ) {
        let Some(circle) = &picture.circle else {
            return;
        };
        let starts = picture.starts.map(|at| {
            let time = say::wall(at, zone);
            if at.date(zone) == now.date(zone) {
                format!("starts at {time}")
            } else {
                format!("starts {} at {time}", strip::say_day(at, zone))
            }
        });
        if area.width < 40 || area.height < 10 {
            text::put(
                circle.as_str(),
                styles.bold(Role::Prompt),
                text::row(area, 0),
                buf,
            );
            let starts = starts.unwrap_or_default();
            text::put(&starts, styles.of(Role::Text), text::row(area, 1), buf);
            return;
        }
        let half = area.height / 2;
        let look = (styles.bold(Role::Prompt), styles.glyphs());
        let upper = Rect {
            height: half,
            ..area
        };
        let fitted = letters::fit(&self.alphabet, circle.as_str(), area.width, half);
        let spare = half.saturating_sub(fitted.rows()) / 2;
        let upper = Rect {
            y: upper.y + spare,
            height: half - spare,
            ..upper
        };
        letters::draw(&self.alphabet, &fitted, look, upper, buf);
        if let Some(starts) = starts {
            let lower = Rect {
                y: area.y + half,
                height: area.height - half,
                ..area
            };
            let fitted = letters::fit(&self.alphabet, &starts, lower.width, lower.height);
            letters::draw(&self.alphabet, &fitted, look, lower, buf);
        }
    }
}

/// Top row, body and bottom row, within the margin.
fn parts(area: Rect, margin: u16) -> (Rect, Rect, Rect) {
    let inner = Rect {
        x: area.x + margin.min(area.width),
        width: area.width.saturating_sub(2 * margin),
        ..area
    };
    let air = u16::from(area.height >= 30);
    let top = text::row(inner, air);
    let foot = text::row(inner, area.height - 1 - air);
    let body = Rect {
        y: area.y + 2 * air + 1,
        height: area.height - 2 - 3 * air,
        x: area.x,
        width: area.width,
    };
    (top, body, foot)
}

fn header(picture: &RoomPicture, block: &RoomBlock, area: Rect, buf: &mut Buffer, styles: &Styles) {
    let bold = styles.bold(Role::Text);
    let place = Line::from(vec![
        Span::styled(block.title.to_string(), bold),
        Span::styled(
            format!("   {} of {}", block.number, block.of),
            styles.of(Role::Text),
        ),
    ]);
    let used = text::line_width(&place).min(area.width.saturating_sub(area.width / 4));
    let right = text::after(area, area.width - used);
    text::put_line(&place, right, buf);
    let name = picture.circle.as_ref().map_or("", |circle| circle.as_str());
    let left = Rect {
        width: area.width.saturating_sub(used + 2),
        ..area
    };
    text::put(name, bold, left, buf);
}

fn footer(
    block: &RoomBlock,
    (now, zone): (Moment, Zone),
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) {
    let wall = Span::styled(say::wall(now, zone), styles.bold(Role::Text));
    let used = text::put_right(&Line::from(wall), area, buf);
    let left = Rect {
        width: area.width.saturating_sub(used + 2),
        ..area
    };
    let mut spans = Vec::new();
    if let Some(step) = &block.step {
        spans.push(Span::styled("now ", styles.of(Role::Text)));
        spans.push(Span::styled(step.to_string(), styles.bold(Role::Text)));
        spans.push(Span::raw("    "));
    }
    if let Some(next) = &block.next {
        spans.push(Span::styled("next  ", styles.of(Role::Text)));
        spans.push(Span::styled(next.to_string(), styles.bold(Role::Text)));
    }
    text::put_line(&Line::from(spans), left, buf);
}

fn face(block: &RoomBlock, (now, zone): (Moment, Zone), styles: &Styles) -> Face {
    let secs = block.shown_left(now).shown_secs().max(0);
    let bold = styles.bold(Role::Text);
    if block.timer.is_paused() {
        let paused = Line::from(Chip::Paused.span(styles));
        return with_clock(block.clock, secs, paused);
    }
    if secs == 0 {
        return Face::Time;
    }
    if block.rest {
        let until = block.timer.wall(block.ends).map(|at| say::wall(at, zone));
        let line = Line::from(vec![
            Chip::Break.span(styles),
            Span::styled(format!("  until {}", until.unwrap_or_default()), bold),
        ]);
        return with_clock(block.clock, secs, line);
    }
    let one = block.clock == RoomClock::Minutes && minutes(secs) == 1;
    let unit = match (block.clock, block.groups.is_some()) {
        (RoomClock::Hidden, _) => "",
        (RoomClock::Full | RoomClock::Minutes, true) => "left for the groups",
        (RoomClock::Full, false) if secs >= 6000 => "hours left",
        (RoomClock::Full | RoomClock::Minutes, false) if one => "minute left",
        (RoomClock::Full | RoomClock::Minutes, false) => "minutes left",
    };
    with_clock(block.clock, secs, Line::from(Span::styled(unit, bold)))
}

/// As much of the clock as the room is to see, with a line below it.
fn with_clock(clock: RoomClock, secs: i64, below: Line<'static>) -> Face {
    match clock {
        RoomClock::Full => Face::Digits(digits::reading(secs), below),
        RoomClock::Minutes => Face::Digits(minutes(secs).to_string(), below),
        RoomClock::Hidden => Face::Words(below),
    }
}

/// Minutes that have begun: the last one is 1.
const fn minutes(secs: i64) -> i64 {
    (secs + 59) / 60
}

/// Rows of the clock: ten for its digits where the prompt keeps as many, else five, and one below.
fn clock_rows(face: &Face, body: Rect) -> u16 {
    let large = body.height >= 28;
    match face {
        Face::Digits(reading, _) => {
            let size = Size::fitting(reading, body.width, if large { 10 } else { 5 });
            size.rows() + 1
        }
        Face::Words(_) => 1,
        Face::Time => {
            if large {
                9
            } else {
                5
            }
        }
    }
}

/// Words only, the most important first.
fn small(
    block: &RoomBlock,
    (now, zone): (Moment, Zone),
    area: Rect,
    buf: &mut Buffer,
    styles: &Styles,
) {
    let clock = match face(block, (now, zone), styles) {
        Face::Digits(reading, below) => {
            let mut spans = vec![
                Span::styled(reading, styles.bold(Role::Clock)),
                Span::raw(" "),
            ];
            spans.extend(below.spans);
            Line::from(spans)
        }
        Face::Words(line) => line,
        Face::Time => Line::from(Span::styled("time", styles.bold(Role::Clock))),
    };
    text::put_line(&clock, text::row(area, 0), buf);
    let area = talk::draw(block, area, buf, styles);
    let words = match (&block.prompt, block.rest) {
        (Some(prompt), false) => prompt.as_str(),
        (None, _) | (Some(_), true) => block.title.as_str(),
    };
    let room = area.height.saturating_sub(1);
    let groups = block.groups.as_ref().map(groups::in_one_line);
    let words = groups.as_deref().unwrap_or(words);
    for (index, line) in (1..).zip(text::wrap(words, area.width).iter().take(room.into())) {
        text::put(line, styles.bold(Role::Prompt), text::row(area, index), buf);
    }
}

#[cfg(test)]
mod tests;
