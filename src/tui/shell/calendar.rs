//! The calendar file of the circle: its meetings are asked for, then written into the export folder.

use crate::domain::document::Document;
use crate::domain::id::CircleId;
use crate::domain::session::Session;
use crate::engine::query::{Answer, MOST_ROWS, Query};
use crate::exchange::calendar::{ALARMS, Meeting, Wish as Asked, calendar};
use crate::exchange::out::file_name;
use crate::tui::messages::Note;
use crate::tui::port::{Port, Reads};
use crate::tui::shell::{Shell, Waiting, Wish};

impl Shell {
    /// Asks for the meetings of the circle that is chosen, called off ones too.
    pub(super) fn write_calendar(&mut self, port: &mut dyn Port) {
        let Some(circle) = self.view(port).circle else {
            self.messages.say(Note::error("There is no circle yet"));
            return;
        };
        let ticket = port.ask(Query::Sessions {
            circle,
            limit: MOST_ROWS,
        });
        self.waiting.insert(ticket, Waiting::Calendar(circle));
    }

    /// Puts the file together. No names of people: it is for everyone.
    pub(super) fn calendar_answered(
        &mut self,
        circle: CircleId,
        answer: &Answer,
        port: &dyn Reads,
    ) {
        let (Some(circle), Answer::Rows { rows, .. }) = (port.state().circle(circle), answer)
        else {
            return;
        };
        let mut sessions: Vec<(u64, Session)> = rows
            .iter()
            .filter_map(|row| match Document::from_body(&row.key, &row.body) {
                Ok(Document::Session(session)) => Some((row.rev, session)),
                _ => None,
            })
            .collect();
        sessions.sort_by_key(|(_, session)| (session.start, session.number));
        if sessions.is_empty() {
            let words = "No session is planned, so there is nothing for a calendar";
            self.messages.say(Note::error(words));
            return;
        }
        let meetings: Vec<Meeting<'_>> = sessions
            .iter()
            .map(|(rev, session)| Meeting { session, rev: *rev })
            .collect();
        let asked = Asked {
            circle: &circle.name,
            now: port.now(),
            names: None,
            alarms: &ALARMS,
        };
        self.wishes.push(Wish::File {
            name: file_name(&[circle.name.as_str(), "meetings"], "ics"),
            text: calendar(&meetings, &asked),
        });
    }
}
