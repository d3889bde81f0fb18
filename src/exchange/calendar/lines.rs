//! The lines of a calendar file (RFC 5545): folding, escaping, and what every file and reminder has.

use crate::domain::clock::Moment;

/// Most octets of a line without its end (RFC 5545, 3.1).
const LINE: usize = 75;
/// The largest number that calendars read.
const MOST: i64 = 2_147_483_647;
/// Where numbers of versions begin to be counted, in seconds since 1970: the beginning of 2020.
const FROM: i64 = 1_577_836_800;

/// An instant in UTC, to the second.
pub(in crate::exchange) fn time(at: Moment) -> String {
    at.utc().format("%Y%m%dT%H%M%SZ").to_string()
}

/// The number by which calendars tell a newer version from an older one: when the file is written, in seconds.
///
/// No revision of a store would do. They begin again where a circle was taken in from a file, and what is due at the next
/// session changes with a session that is another document.
pub(in crate::exchange) fn sequence(written: Moment) -> String {
    (written.millis() / 1000 - FROM).clamp(0, MOST).to_string()
}

/// A file in the making.
pub(in crate::exchange) struct File(String);

impl File {
    /// A file that calendars show under this name.
    pub(in crate::exchange) fn new(name: &str) -> Self {
        let mut file = Self(String::new());
        file.put("BEGIN", "VCALENDAR");
        file.put("VERSION", "2.0");
        file.put("PRODID", "-//circlet//circlet//EN");
        file.put("CALSCALE", "GREGORIAN");
        file.put("METHOD", "PUBLISH");
        file.text("X-WR-CALNAME", name);
        file
    }

    /// The whole file.
    pub(in crate::exchange) fn end(mut self) -> String {
        self.put("END", "VCALENDAR");
        self.0
    }

    /// A reminder that shows these words.
    pub(in crate::exchange) fn alarm(&mut self, (name, value): (&str, &str), words: &str) {
        self.put("BEGIN", "VALARM");
        self.put("ACTION", "DISPLAY");
        self.text("DESCRIPTION", words);
        self.put(name, value);
        self.put("END", "VALARM");
    }

    /// A property whose value is made here and needs no escape.
    pub(in crate::exchange) fn put(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if octets + c.len_utf8() > LINE {
                // The blank that begins the next line counts as part of it.
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A property whose value somebody wrote.
    pub(in crate::exchange) fn text(&mut self, name: &str, value: &str) {
        self.put(name, &escaped(value));
    }
}

/// Text as a value: every kind of line end becomes `\n`, what could drive a terminal or break a line goes.
pub(in crate::exchange) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
