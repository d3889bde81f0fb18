//! What tests of whole screens share: keys as text, time that is moved by hand, the screen as text and styles.
//! Only in builds with the feature `testing`.

#[cfg(test)]
mod feasible;
mod keys;
#[cfg(test)]
mod laws;
mod picture;
#[cfg(test)]
mod pointer;
#[cfg(test)]
mod scenarios;
mod seat;
#[cfg(test)]
mod whole;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

use crate::command::key::Key;
use crate::domain::clock::{Moment, Span};
use crate::tui::input::Pointer;

pub use keys::parse as parse_keys;
pub use picture::{styles, text};
pub use seat::{Begin, Seat};

/// A front-end with everything behind it, as the [`Harness`] drives it.
pub trait Driven {
    /// A key is pressed.
    fn key(&mut self, key: Key);

    /// Text is pasted.
    fn paste(&mut self, text: &str);

    /// The mouse does something on a screen of this size.
    fn point(&mut self, pointed: (Pointer, Position), area: Rect);

    /// A deadline has come.
    fn woke(&mut self);

    /// Tells the front-end all that the engine has to say so far, until both rest.
    fn settle(&mut self);

    /// The instant.
    fn now(&self) -> Moment;

    /// Lets time pass.
    fn pass(&mut self, span: Span);

    /// When something shown changes by itself.
    fn next_wakeup(&self) -> Option<Moment>;

    /// Draws the whole screen; tells where the caret is.
    fn draw(&self, area: Rect, buf: &mut Buffer) -> Option<Position>;
}

/// Drives a front-end as a person would, without sleeping.
#[derive(Debug)]
pub struct Harness<D> {
    driven: D,
    area: Rect,
}

/// A deadline that does not move on is passed by this much.
const NUDGE: Span = Span::from_millis(1);

impl<D: Driven> Harness<D> {
    /// Drives `driven` on a screen of 120 by 36.
    pub fn new(mut driven: D) -> Self {
        driven.settle();
        Self {
            driven,
            area: Rect::new(0, 0, 120, 36),
        }
    }

    /// Goes on with a screen of this size.
    #[must_use]
    pub fn size(mut self, width: u16, height: u16) -> Self {
        self.resize(width, height);
        self
    }

    /// What is driven.
    pub fn driven(&mut self) -> &mut D {
        &mut self.driven
    }

    /// Presses keys: `g l`, `Space`, `a Send notes<enter>`; see [`parse_keys`].
    #[must_use]
    pub fn keys(mut self, script: &str) -> Self {
        for key in parse_keys(script) {
            self.driven.key(key);
            self.driven.settle();
        }
        self
    }

    /// Pastes text.
    #[must_use]
    pub fn paste(mut self, text: &str) -> Self {
        self.driven.paste(text);
        self.driven.settle();
        self
    }

    /// The mouse does something where this text stands first on the screen.
    ///
    /// # Panics
    /// When it does not stand there.
    #[must_use]
    pub fn point(self, what: Pointer, text: &str) -> Self {
        let at = self.place_of(text);
        self.point_at(&[what], at)
    }

    /// Clicks where this text stands first on the screen, so many times.
    ///
    /// # Panics
    /// When it does not stand there.
    #[must_use]
    pub fn click(mut self, text: &str, times: usize) -> Self {
        let at = self.place_of(text);
        for _ in 0..times {
            self = self.point_at(&[Pointer::Click, Pointer::Release], at);
        }
        self
    }

    fn place_of(&self, text: &str) -> Position {
        let found = find(&self.buffer(), text);
        found.unwrap_or_else(|| panic!("\"{text}\" is not there:\n{}", self.screen()))
    }

    fn point_at(mut self, all: &[Pointer], at: Position) -> Self {
        for what in all {
            self.driven.point((*what, at), self.area);
            self.driven.settle();
        }
        self
    }

    /// Draws at this size from now on.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.area = Rect::new(0, 0, width, height);
    }

    /// Lets time pass: `5m`, `30s`, `1h30m`, `300ms`. Every deadline on the way is met.
    #[must_use]
    pub fn advance(mut self, span: &str) -> Self {
        let end = self.driven.now() + length(span);
        loop {
            let now = self.driven.now();
            if now >= end {
                return self;
            }
            let next = self.driven.next_wakeup().unwrap_or(end).max(now + NUDGE);
            self.driven.pass(next.min(end) - now);
            self.driven.woke();
            self.driven.settle();
        }
    }

    /// The screen as it would be drawn now.
    pub fn buffer(&self) -> Buffer {
        let mut buf = Buffer::empty(self.area);
        self.driven.draw(self.area, &mut buf);
        buf
    }

    /// The screen as text, a line for each row.
    pub fn screen(&self) -> String {
        text(&self.buffer()).join("\n")
    }

    /// Fails unless the screen shows this within one row.
    #[must_use]
    pub fn expect_text(self, wanted: &str) -> Self {
        let screen = self.screen();
        assert!(
            screen.contains(wanted),
            "\"{wanted}\" is not on the screen:\n{screen}"
        );
        self
    }

    /// Fails if the screen shows this within one row.
    #[must_use]
    pub fn expect_no_text(self, unwanted: &str) -> Self {
        let screen = self.screen();
        assert!(
            !screen.contains(unwanted),
            "\"{unwanted}\" is on the screen:\n{screen}"
        );
        self
    }
}

/// The cell in which a text begins that stands within one row.
fn find(buf: &Buffer, text: &str) -> Option<Position> {
    let cells = usize::from(buf.area.width.max(1));
    buf.content.chunks(cells).zip(0..).find_map(|(row, y)| {
        (0..row.len()).zip(0..).find_map(|(from, x)| {
            let words: String = row.iter().skip(from).map(Cell::symbol).collect();
            words.starts_with(text).then_some(Position { x, y })
        })
    })
}

/// A length of time as scripts write it.
pub(crate) fn length(text: &str) -> Span {
    let mut total = Span::ZERO;
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| !c.is_ascii_digit()) {
        let (number, tail) = rest.split_at(at);
        let unit_ends = tail
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(unit_ends);
        let number: i64 = number
            .parse()
            .unwrap_or_else(|_| panic!("no length of time: {text}"));
        total = total
            + match unit {
                "h" => Span::from_minutes(60 * number),
                "m" => Span::from_minutes(number),
                "s" => Span::from_secs(number),
                "ms" => Span::from_millis(number),
                _ => panic!("no length of time: {text}"),
            };
        rest = tail;
    }
    assert!(
        rest.is_empty() && !text.is_empty(),
        "no length of time: {text}"
    );
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows what was typed and how many whole seconds have passed.
    struct Page {
        now: Moment,
        typed: String,
        woken: u32,
    }

    impl Driven for Page {
        fn key(&mut self, key: Key) {
            self.typed.push_str(&key.to_string());
        }
        fn paste(&mut self, text: &str) {
            self.typed.push_str(text);
        }
        fn point(&mut self, (_, at): (Pointer, Position), _area: Rect) {
            self.typed = format!("{},{}", at.x, at.y);
        }
        fn woke(&mut self) {
            self.woken += 1;
        }
        fn settle(&mut self) {}
        fn now(&self) -> Moment {
            self.now
        }
        fn pass(&mut self, span: Span) {
            self.now = self.now + span;
        }
        fn next_wakeup(&self) -> Option<Moment> {
            Some(Moment::from_millis((self.now.millis() / 1000 + 1) * 1000))
        }
        fn draw(&self, area: Rect, buf: &mut Buffer) -> Option<Position> {
            let seconds = self.now.millis() / 1000;
            buf.set_string(
                0,
                0,
                format!("{} {seconds}s", self.typed),
                ratatui::style::Style::new(),
            );
            Some(area.as_position())
        }
    }

    fn page() -> Harness<Page> {
        Harness::new(Page {
            now: Moment::from_millis(0),
            typed: String::new(),
            woken: 0,
        })
    }

    #[test]
    fn keys_and_time_show_on_the_screen() {
        let mut harness = page()
            .keys("g l")
            .paste("李")
            .advance("1m30s")
            .expect_text("gl李 90s")
            .expect_no_text("91s")
            .size(4, 2);
        assert_eq!(harness.screen(), "gl李\n");
        assert_eq!(harness.driven().woken, 90);
    }

    #[test]
    #[should_panic(expected = "is not on the screen")]
    fn a_text_that_is_missing_fails() {
        let _page = page().expect_text("nothing like this");
    }

    #[test]
    fn a_length_of_time_adds_up() {
        assert_eq!(length("1h30m"), Span::from_minutes(90));
        assert_eq!(length("2s300ms"), Span::from_millis(2300));
    }
}
