//! The calendar file of the circle: its meetings are asked for, then written into the export folder.

use uuid::Uuid;

use crate::domain::document::Document;
use crate::domain::id::{CircleId, Kind, Space};
use crate::domain::session::Session;
use crate::engine::query::{Answer, MOST_ROWS, Query};
use crate::exchange::calendar::{ALARMS, Wish as Asked, calendar};
use crate::exchange::out::file_name;
use crate::tui::messages::Note;
use crate::tui::port::{Port, Reads};
use crate::tui::shell::{Shell, Waiting, Wish};

/// The meetings of a circle as far as they are known.
#[derive(Clone, Debug)]
pub(super) struct Meetings {
    circle: CircleId,
    sessions: Vec<Session>,
    /// Those that were taken back, once they were asked for.
    gone: Option<Vec<Session>>,
}

impl Shell {
    /// Asks for the meetings of the circle that is chosen, called off ones too.
    pub(super) fn write_calendar(&mut self, port: &mut dyn Port) {
        let Some(circle) = self.view(port).circle else {
            self.messages.say(Note::error("There is no circle yet"));
            return;
        };
        let found = Box::new(Meetings {
            circle,
            sessions: Vec::new(),
            gone: None,
        });
        self.ask_meetings(found, None, port);
    }

    fn ask_meetings(&mut self, found: Box<Meetings>, after: Option<Uuid>, port: &mut dyn Port) {
        let ticket = port.ask(Query::Scan {
            space: Space::Circle(found.circle),
            kind: Kind::Session,
            after,
            limit: MOST_ROWS,
        });
        self.talk.waiting.insert(ticket, Waiting::Calendar(found));
    }

    /// A page of them has come.
    pub(super) fn calendar_answered(
        &mut self,
        mut found: Box<Meetings>,
        answer: &Answer,
        port: &mut dyn Port,
    ) {
        let Answer::Rows { rows, more } = answer else {
            return;
        };
        let sessions =
            rows.iter()
                .filter_map(|row| match Document::from_body(&row.key, &row.body) {
                    Ok(Document::Session(session)) => Some(session),
                    _ => None,
                });
        if let Some(gone) = &mut found.gone {
            gone.extend(sessions);
            return self.put_calendar(*found, port);
        }
        found.sessions.extend(sessions);
        if let Some(last) = rows.last().filter(|_| *more) {
            return self.ask_meetings(found, Some(last.key.id), port);
        }
        found.gone = Some(Vec::new());
        let ticket = port.ask(Query::Gone {
            space: Space::Circle(found.circle),
            kind: Kind::Session,
        });
        self.talk.waiting.insert(ticket, Waiting::Calendar(found));
    }

    /// Puts the file together. No names of people: it is for everyone.
    fn put_calendar(&mut self, found: Meetings, port: &dyn Reads) {
        let Some(circle) = port.state().circle(found.circle) else {
            return;
        };
        let mut sessions = found.sessions;
        sessions.sort_by_key(|session| (session.start, session.number));
        let gone = found.gone.unwrap_or_default();
        if sessions.is_empty() && gone.is_empty() {
            let words = "No session is planned, so there is nothing for a calendar";
            self.messages.say(Note::error(words));
            return;
        }
        let asked = Asked {
            circle: &circle.name,
            now: port.now(),
            names: None,
            alarms: &ALARMS,
        };
        self.wishes.push(Wish::File {
            name: file_name(&[circle.name.as_str(), "meetings"], "ics"),
            text: calendar(&sessions, &gone, &asked),
        });
    }
}
