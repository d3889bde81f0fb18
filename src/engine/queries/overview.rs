//! How every circle does, for whoever looks after several: counts over the last sessions and actions.

use chrono::NaiveDate;

use crate::domain::clock::{Moment, Span};
use crate::domain::document::Document;
use crate::domain::health::{self, Attendance, Figures};
use crate::domain::id::{CircleId, Kind, Space};
use crate::domain::index::{IndexName, date_value, moment_value};
use crate::domain::item::{ActionState, Due};
use crate::domain::roster::Member;
use crate::domain::session::{Session, SessionState};
use crate::engine::queries::circles;
use crate::engine::query::{Answer, CircleFigures};
use crate::engine::working_set;
use crate::store::{IndexQuery, Read, Result};

/// How far back actions that were done count.
const LATELY: Span = Span::from_minutes(90 * 24 * 60);
/// Most of them that are looked at.
const MOST_CLOSED: usize = 100;
/// Most sessions that are looked at; those ahead are among them.
const MOST_SESSIONS: usize = 100;

/// Answers for every circle, those at rest too.
pub(super) fn overview(read: &dyn Read, today: NaiveDate, now: Moment) -> Result<Answer> {
    let mut found = Vec::new();
    for circle in circles(read)? {
        let id = circle.id;
        let mut figures = Figures::new(circle.created);
        sessions(read, id, now, &mut figures)?;
        actions(read, id, (today, now), &mut figures)?;
        found.push(CircleFigures { id, figures });
    }
    Ok(Answer::Overview(found))
}

fn sessions(read: &dyn Read, circle: CircleId, now: Moment, figures: &mut Figures) -> Result<()> {
    let space = Space::Circle(circle);
    let mut everyone: Vec<Member> = Vec::new();
    working_set::each(read, space, Kind::Member, None, &mut |row| {
        if let Document::Member(member) = working_set::document(&row)? {
            everyone.push(member);
        }
        Ok(())
    })?;
    let latest = IndexQuery {
        backwards: true,
        ..IndexQuery::all(space, IndexName::SessionStart, MOST_SESSIONS)
    };
    let mut held: Vec<Session> = Vec::new();
    for row in read.index(&latest)? {
        if held.len() == health::SESSIONS {
            break;
        }
        let Some(stored) = read.get(&row.key)? else {
            continue;
        };
        let Document::Session(session) = working_set::document(&stored)? else {
            continue;
        };
        match session.state {
            SessionState::Planned if session.was_missed(now) => {}
            SessionState::Planned => {
                let next = figures.next.unwrap_or(session.start);
                figures.next = Some(next.min(session.start));
            }
            SessionState::Running => figures.last = Some(session.begins()),
            SessionState::Ended => held.push(session),
            SessionState::Cancelled => {}
        }
    }
    figures.last = held.iter().map(Session::begins).max().max(figures.last);
    figures.attendance = Attendance::of(&held, &everyone);
    Ok(())
}

fn actions(
    read: &dyn Read,
    circle: CircleId,
    (today, now): (NaiveDate, Moment),
    figures: &mut Figures,
) -> Result<()> {
    let space = Space::Circle(circle);
    let today_value = date_value(today);
    for row in read.index(&IndexQuery::all(space, IndexName::ActionOpen, usize::MAX))? {
        figures.open += 1;
        // Days stand before all others, which begin with a larger byte.
        figures.late += u32::from(row.value < today_value);
    }
    figures.due = figures.late;
    let closed = IndexQuery {
        from: moment_value(now - LATELY),
        backwards: true,
        ..IndexQuery::all(space, IndexName::ActionClosed, MOST_CLOSED)
    };
    for row in read.index(&closed)? {
        let Some(stored) = read.get(&row.key)? else {
            continue;
        };
        let Document::Action(action) = working_set::document(&stored)? else {
            continue;
        };
        let was_due = match action.due {
            Due::On(day) => day <= today,
            Due::NextSession => true,
            Due::None => false,
        };
        // What was let go was not due any more.
        if was_due && action.state == ActionState::Done {
            figures.due += 1;
            figures.done += 1;
        }
    }
    Ok(())
}
