//! Documents as rows: JSON objects whose field names are a promise, and the cells of a table.
//!
//! Who had the floor when something was written down is never part of a row.

mod action;
mod book;
mod question;
mod session;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::cli::name::letter;
use crate::domain::circle::Circle;
use crate::domain::clock::{Moment, Zone};
use crate::domain::document::Document;
use crate::domain::filter::Filter;
use crate::domain::id::{CircleId, Key, Kind, MemberId, SessionId, Space};
use crate::domain::item::{Decision, Due, Note, Owner, Parked};
use crate::domain::person::Person;
use crate::domain::roster::Member;
use crate::domain::session::Session;
use crate::domain::state::State;
use crate::domain::text::{Clean, slug};

/// What rows are written against: the working set, what was fetched beside it, and the time.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) state: &'a State,
    pub(super) fetched: &'a State,
    pub(super) now: Moment,
    pub(super) zone: Zone,
    /// The date where people are.
    pub(super) today: NaiveDate,
}

/// A short id for people: `A14`.
pub(super) fn short(kind: Kind, number: u32) -> String {
    match kind {
        Kind::Session => number.to_string(),
        kind => format!("{}{number}", letter(kind)),
    }
}

/// A saved filter of the list of actions.
pub(super) fn filter(row: &Filter) -> Value {
    json!({
        "name": row.name.as_str(),
        "filter": row.text.as_str(),
        "uid": row.id.to_string(),
    })
}

fn texts(list: &[Clean]) -> Vec<&str> {
    list.iter().map(Clean::as_str).collect()
}

fn tags(list: &[Clean]) -> String {
    let tags: Vec<String> = list.iter().map(|tag| format!("#{tag}")).collect();
    tags.join(" ")
}

impl<'a> View<'a> {
    /// The date of today where people are.
    pub(super) const fn today(&self) -> NaiveDate {
        self.today
    }

    /// A session, whether it is in the working set or was fetched.
    pub(super) fn session_of(&self, circle: CircleId, id: SessionId) -> Option<&'a Session> {
        let held = self.state.session(circle, id);
        held.or_else(|| self.fetched.session(circle, id))
    }

    fn slug_of(&self, circle: CircleId) -> Option<String> {
        self.state.circle(circle).map(|circle| slug(&circle.name))
    }

    fn person(&self, circle: CircleId, member: MemberId) -> Option<&'a str> {
        self.state
            .member(circle, member)
            .map(|member| member.name.as_str())
    }

    /// An owner in words; empty for nobody.
    pub(super) fn owner(&self, circle: CircleId, owner: Owner) -> &'a str {
        match owner {
            Owner::Nobody => "",
            Owner::All => "all",
            Owner::Member(id) => self
                .person(circle, id)
                .unwrap_or(crate::domain::names::FORMER),
        }
    }

    /// The day on which something is due, if a day is known. A session that was not held when it was planned gives
    /// none: it makes nothing late.
    pub(super) fn day(&self, circle: CircleId, due: Due) -> Option<NaiveDate> {
        let day = self.session_day(circle, due);
        day.filter(|day| due != Due::NextSession || *day >= self.today())
    }

    /// The day on which something is due, if a day is known; for the next session the day that was planned.
    pub(super) fn session_day(&self, circle: CircleId, due: Due) -> Option<NaiveDate> {
        match due {
            Due::None => None,
            Due::On(day) => Some(day),
            Due::NextSession => {
                let next = self.state.next_session(circle, self.now)?;
                Some(next.start.date(self.zone))
            }
        }
    }

    /// A time as lists show it.
    pub(super) fn time(&self, at: Moment) -> String {
        let local = at.local(self.zone);
        format!("{} {}", local.format("%Y-%m-%d"), local.format("%H:%M"))
    }

    /// The row of any document that has one.
    pub(super) fn row(&self, key: &Key, document: &Document) -> Option<Value> {
        let circle = match key.space {
            Space::Circle(circle) => Some(circle),
            Space::Org => None,
        };
        Some(match document {
            Document::Question(row) => self.question(circle, row, None),
            Document::Action(row) => self.action(circle?, row),
            Document::Decision(row) => self.decision(circle?, row),
            Document::Note(row) => self.note(circle?, row),
            Document::Parked(row) => self.parked(circle?, row),
            Document::Member(row) => self.member(circle?, row),
            Document::Session(row) => self.session(circle?, row),
            Document::Circle(row) => self.circle(row),
            Document::Groups(row) => self.groups(circle?, row),
            Document::Asked(row) => self.asked(circle?, row),
            Document::Book(row) => self.book(circle?, row),
            Document::Poll(row) => self.poll(circle?, row),
            Document::Reader(row) => self.reader(circle?, row),
            Document::Filter(row) => filter(row),
            Document::Person(row) => self.known_person(row),
            Document::Rotation(row) => self.rotation(circle?, row),
            // Kept by the program: numbers that were given out, the clock.
            Document::Counter(_) | Document::Live(_) => return None,
        })
    }

    /// The members who are known to be one person.
    fn known_person(&self, row: &Person) -> Value {
        let member = |(circle, member): &(CircleId, MemberId)| {
            json!({
                "circle": self.slug_of(*circle),
                "name": self.person(*circle, *member),
                "uid": member.to_string(),
            })
        };
        json!({
            "members": row.members.iter().map(member).collect::<Vec<_>>(),
            "uid": row.id.to_string(),
        })
    }

    pub(super) fn decision(&self, circle: CircleId, row: &Decision) -> Value {
        json!({
            "id": short(Kind::Decision, row.number),
            "text": row.text.as_str(),
            "tags": texts(&row.tags),
            "revisit": row.revisit,
            "outcome": row.outcome,
            "holds": row.holds(),
            "looks": row.looks.iter().map(|looked| json!({
                "at": looked.at,
                "due": looked.due,
                "how": looked.how.word(),
                "was": looked.was.as_ref().map(Clean::as_str),
            })).collect::<Vec<_>>(),
            "circle": self.slug_of(circle),
            "origin": self.origin(circle, &row.origin),
            "created": row.origin.at,
            "uid": row.id.to_string(),
        })
    }

    pub(super) fn note(&self, circle: CircleId, row: &Note) -> Value {
        json!({
            "id": short(Kind::Note, row.number),
            "text": row.text.as_str(),
            "audience": row.audience.word(),
            "mark": row.mark.map(|mark| self.mark(circle, mark)),
            "raised_by": row.raised_by.and_then(|id| self.person(circle, id)),
            "tags": texts(&row.tags),
            "circle": self.slug_of(circle),
            "origin": self.origin(circle, &row.origin),
            "created": row.origin.at,
            "uid": row.id.to_string(),
        })
    }

    pub(super) fn parked(&self, circle: CircleId, row: &Parked) -> Value {
        json!({
            "id": short(Kind::Parked, row.number),
            "text": row.text.as_str(),
            "raised_by": row.raised_by.and_then(|id| self.person(circle, id)),
            "settled": row.settled,
            "tags": texts(&row.tags),
            "circle": self.slug_of(circle),
            "origin": self.origin(circle, &row.origin),
            "created": row.origin.at,
            "uid": row.id.to_string(),
        })
    }

    pub(super) fn member(&self, circle: CircleId, row: &Member) -> Value {
        let running = self.state.running().filter(|(at, ..)| *at == circle);
        let away = running.is_some_and(|(_, session, _)| session.away.contains_key(&row.id));
        json!({
            "id": row.label.to_string(),
            "name": row.name.as_str(),
            "role": row.role.word(),
            "present": row.left.is_none() && !away,
            "mail": row.mail,
            "phone": row.phone,
            "no_calls": row.no_calls,
            "joined": row.joined,
            "left": row.left,
            "circle": self.slug_of(circle),
            "uid": row.id.to_string(),
        })
    }

    pub(super) fn circle(&self, row: &Circle) -> Value {
        let next = self.state.next_session(row.id, self.now);
        json!({
            "id": slug(&row.name),
            "name": row.name.as_str(),
            "kind": row.kind.word(),
            "meets": row.rhythm.map(|rhythm| rhythm.words()),
            "template": row.template,
            "members": self.state.members(row.id).len(),
            "open_actions": self.state.open_actions(row.id, self.now).len(),
            "next_session": next.map(|session| session.start),
            "created": row.created,
            "archived": row.archived,
            "uid": row.id.to_string(),
        })
    }
}

/// A row that was written down, as one line of a list.
pub(super) fn written_cells(kind: Kind, number: u32, text: &Clean, marks: &[Clean]) -> Vec<String> {
    // A note may have several lines; a list has one line a row.
    let text = text
        .as_str()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    vec![short(kind, number), text, tags(marks)]
}
