//! The meetings of a circle as a calendar file (RFC 5545): one event each, which a later file of the same
//! circle updates.
//!
//! Times are written in UTC, so that every calendar shows the hour that its own zone has then. Names of people
//! stay out unless whoever writes the file asks for them.

pub(super) mod lines;
pub mod reading;
#[cfg(test)]
mod tests;

use crate::domain::clock::Moment;
use crate::domain::id::MemberId;
use crate::domain::names::Names;
use crate::domain::session::{Session, SessionState};
use crate::exchange::calendar::lines::{File, sequence, time};

/// Reminders of a meeting where nothing else is said, in minutes before it: a day and a quarter of an hour.
pub const ALARMS: [u16; 2] = [24 * 60, 15];

/// What the file holds beside the meetings.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// What the circle is called.
    pub circle: &'a str,
    /// When the file is written.
    pub now: Moment,
    /// The names of people, if they are to be told.
    pub names: Option<&'a Names>,
    /// How many minutes before a meeting a reminder comes, for each that is wanted.
    pub alarms: &'a [u16],
}

/// The file, with the ends of lines that calendars want. Sessions that were planned once and taken back since stand in
/// `gone`: an earlier file may have put them into a calendar, which takes them away.
pub fn calendar(sessions: &[Session], gone: &[Session], wish: &Wish<'_>) -> String {
    let mut file = File::new(wish.circle);
    for session in sessions {
        event(
            &mut file,
            (session, session.state == SessionState::Cancelled),
            wish,
        );
    }
    for session in gone {
        event(&mut file, (session, true), wish);
    }
    file.end()
}

fn event(file: &mut File, (session, off): (&Session, bool), wish: &Wish<'_>) {
    file.put("BEGIN", "VEVENT");
    file.put("UID", &session.id.0.hyphenated().to_string());
    file.put("DTSTAMP", &time(wish.now));
    file.put("SEQUENCE", &sequence(wish.now));
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
    file.put("STATUS", if off { "CANCELLED" } else { "CONFIRMED" });
    let ahead = !off && session.state == SessionState::Planned && session.start > wish.now;
    for minutes in wish.alarms.iter().filter(|_| ahead) {
        file.alarm(("TRIGGER", &format!("-PT{minutes}M")), &title);
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
