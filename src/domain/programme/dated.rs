//! A programme on its dates: those that the rule of the circle gives, around what is planned already.

use chrono::NaiveDate;

use crate::domain::clock::{Moment, Zone};
use crate::domain::id::SessionId;
use crate::domain::programme::{Laid, Meeting};
use crate::domain::rhythm::Rhythm;
use crate::domain::series::{dates, taken};
use crate::domain::session::{Session, SessionState};

/// A session that is planned: which, and its number.
type Planned = (SessionId, u32);

/// What dates a programme is to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The rule that it follows.
    pub rhythm: Rhythm,
    /// The rule of the circle until now.
    pub own: Option<Rhythm>,
    /// The first day.
    pub from: NaiveDate,
    /// For how many months.
    pub months: u8,
    /// Whether sessions that are planned on its dates get its agenda.
    pub replace: bool,
}

/// The dates of a programme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// In order, each with the session that is planned on it and gets its agenda.
    pub free: Vec<(Moment, Option<Planned>)>,
    /// Sessions that it goes around: number and day.
    pub around: Vec<(u32, NaiveDate)>,
}

/// A meeting with its date, and the session that has that date already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated<'a> {
    /// When.
    pub at: Moment,
    /// What.
    pub meeting: Meeting<'a>,
    /// The planned session that gets its agenda.
    pub session: Option<Planned>,
}

impl Dates {
    /// The dates beside these sessions of the circle.
    pub fn of(sessions: &[&Session], asked: &Asked, zone: Zone) -> Self {
        let begin = Moment::from_local(asked.from.and_time(chrono::NaiveTime::MIN), zone);
        // A rule that is new begins anew; the circle's own goes on in step with what was.
        let last = sessions
            .iter()
            .map(|session| session.in_series())
            .filter(|at| asked.own == Some(asked.rhythm) && *at < begin)
            .max();
        let mut found = Self::default();
        for at in dates(&asked.rhythm, last, (asked.from, asked.months), zone) {
            match taken(at, sessions.iter().copied(), zone) {
                None => found.free.push((at, None)),
                Some(held) if asked.replace && held.state == SessionState::Planned => {
                    let own = (held.start, Some((held.id, held.number)));
                    // A session that was moved has two of the dates: its own and the one it stands on.
                    if !found.free.contains(&own) {
                        found.free.push(own);
                    }
                }
                Some(held) => {
                    let own = (held.number, held.start.date(zone));
                    if !found.around.contains(&own) {
                        found.around.push(own);
                    }
                }
            }
        }
        found.free.sort_by_key(|(at, _)| *at);
        found
    }

    /// `#1 on 2026-11-26`, for each session that it goes around.
    pub fn around(&self) -> String {
        let told = |(number, day): &(u32, NaiveDate)| format!("#{number} on {day}");
        let told: Vec<String> = self.around.iter().map(told).collect();
        told.join(", ")
    }
}

impl<'a> Laid<'a> {
    /// The meetings on their dates.
    pub fn on(&self, dates: Dates) -> Vec<Dated<'a>> {
        let meetings = self.meetings.iter().copied();
        dates
            .free
            .into_iter()
            .zip(meetings)
            .map(|((at, session), meeting)| Dated {
                at,
                meeting,
                session,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rhythm::Meets;

    fn asked(replace: bool) -> (Asked, Moment) {
        let now = Moment::parse("2026-11-22T19:00:00Z").unwrap();
        let rule = Meets::parse("every week thu 15:00 60m", now.local(Zone::UTC)).unwrap();
        let Meets::Every(rhythm) = rule else {
            panic!("a date")
        };
        let asked = Asked {
            rhythm,
            own: None,
            from: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
            months: 1,
            replace,
        };
        (asked, now)
    }

    fn planned() -> Session {
        let start = Moment::parse("2026-12-03T15:00:00Z").unwrap();
        Session::new(SessionId(uuid::Uuid::from_u128(1)), 4, start, 60)
    }

    #[test]
    fn a_session_that_was_moved_onto_another_date_is_there_once() {
        let session = Session {
            slot: Some(Moment::parse("2026-11-26T15:00:00Z").unwrap()),
            ..planned()
        };
        let (around, _) = asked(false);
        let dates = Dates::of(&[&session], &around, Zone::UTC);
        assert_eq!(dates.around(), "#4 on 2026-12-03");
        let (instead, _) = asked(true);
        let dates = Dates::of(&[&session], &instead, Zone::UTC);
        let held = dates.free.iter().filter(|(_, held)| held.is_some());
        assert_eq!(held.count(), 1);
    }

    #[test]
    fn it_goes_around_what_is_planned_or_gives_it_its_agenda() {
        let session = planned();
        let (around, _) = asked(false);
        let dates = Dates::of(&[&session], &around, Zone::UTC);
        assert_eq!(dates.around(), "#4 on 2026-12-03");
        assert!(dates.free.iter().all(|(_, held)| held.is_none()));
        let (instead, _) = asked(true);
        let same = Dates::of(&[&session], &instead, Zone::UTC);
        assert_eq!(same.free.len(), dates.free.len() + 1);
        assert!(same.free.contains(&(session.start, Some((session.id, 4)))));
    }
}
