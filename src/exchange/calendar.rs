//! The meetings of a circle as a calendar file (RFC 5545): one event each, which a later file of the same
//! circle updates.
//!
//! Times are written in UTC, so that every calendar shows the hour that its own zone has then. Names of people
//! stay out unless whoever writes the file asks for them.

#[cfg(test)]
mod tests;

use crate::domain::clock::Moment;
use crate::domain::id::MemberId;
use crate::domain::names::Names;
use crate::domain::session::{Session, SessionState};

/// Most octets of a line without its end (RFC 5545, 3.1).
const LINE: usize = 75;
/// The largest number that calendars read.
const MOST: u64 = 2_147_483_647;

/// A meeting, and the revision that wrote it last, which only ever rises: also when a change is taken back.
#[derive(Clone, Copy, Debug)]
pub struct Meeting<'a> {
    /// The session.
    pub session: &'a Session,
    /// Its revision.
    pub rev: u64,
}

/// What the file holds beside the meetings.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// What the circle is called.
    pub circle: &'a str,
    /// When the file is written.
    pub now: Moment,
    /// The names of people, if they are to be told.
    pub names: Option<&'a Names>,
    /// How many minutes before a meeting a reminder comes, if one is wanted.
    pub alarm: Option<u16>,
}

/// The file, with the ends of lines that calendars want.
pub fn calendar(meetings: &[Meeting<'_>], wish: &Wish<'_>) -> String {
    let mut file = File::default();
    file.put("BEGIN", "VCALENDAR");
    file.put("VERSION", "2.0");
    file.put("PRODID", "-//circlet//circlet//EN");
    file.put("CALSCALE", "GREGORIAN");
    file.put("METHOD", "PUBLISH");
    file.text("X-WR-CALNAME", wish.circle);
    for meeting in meetings {
        event(&mut file, meeting, wish);
    }
    file.put("END", "VCALENDAR");
    file.0
}

fn event(file: &mut File, meeting: &Meeting<'_>, wish: &Wish<'_>) {
    let session = meeting.session;
    file.put("BEGIN", "VEVENT");
    file.put("UID", &session.id.0.hyphenated().to_string());
    file.put("DTSTAMP", &time(wish.now));
    file.put("SEQUENCE", &meeting.rev.min(MOST).to_string());
    file.put("DTSTART", &time(session.start));
    file.put("DTEND", &time(session.start + session.length()));
    let goal = session.goal().map(|goal| format!(": {goal}"));
    let title = format!(
        "{} #{}{}",
        wish.circle,
        session.number,
        goal.unwrap_or_default()
    );
    file.text("SUMMARY", &title);
    let agenda = agenda(session, wish.names);
    if !agenda.is_empty() {
        file.text("DESCRIPTION", &agenda);
    }
    let off = session.state == SessionState::Cancelled;
    file.put("STATUS", if off { "CANCELLED" } else { "CONFIRMED" });
    let ahead = session.state == SessionState::Planned && session.start > wish.now;
    if let Some(minutes) = wish.alarm.filter(|_| ahead) {
        file.put("BEGIN", "VALARM");
        file.put("ACTION", "DISPLAY");
        file.text("DESCRIPTION", &title);
        file.put("TRIGGER", &format!("-PT{minutes}M"));
        file.put("END", "VALARM");
    }
    file.put("END", "VEVENT");
}

/// The blocks that take place, with their minutes; with names also who has which part.
fn agenda(session: &Session, names: Option<&Names>) -> String {
    let name = |id: Option<MemberId>| Some(names?.of(id?));
    let block = |block: &crate::domain::agenda::Block| {
        let lead = name(block.lead).map(|name| format!(" ({name})"));
        format!(
            "{} min  {}{}",
            block.minutes,
            block.title,
            lead.unwrap_or_default()
        )
    };
    let held = session.blocks.iter().filter(|one| one.parked.is_none());
    let mut lines: Vec<String> = held.map(block).collect();
    lines.extend(name(session.facilitator).map(|name| format!("Leads: {name}")));
    if let Some(names) = names.filter(|_| !session.guests.is_empty()) {
        let guests: Vec<&str> = session.guests.iter().map(|id| names.of(*id)).collect();
        lines.push(format!("Guests: {}", guests.join(", ")));
    }
    lines.join("\n")
}

/// An instant in UTC, to the second.
fn time(at: Moment) -> String {
    at.utc().format("%Y%m%dT%H%M%SZ").to_string()
}

/// A file in the making.
#[derive(Default)]
struct File(String);

impl File {
    /// A property whose value is made here and needs no escape.
    fn put(&mut self, name: &str, value: &str) {
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
    fn text(&mut self, name: &str, value: &str) {
        self.put(name, &escaped(value));
    }
}

/// Text as a value: every kind of line end becomes `\n`, what could drive a terminal or break a line goes.
fn escaped(text: &str) -> String {
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
