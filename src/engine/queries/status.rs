//! What is mine in each circle, and when it meets: counted in lists by owner and date, which hold keys alone. Nothing
//! is read but circles, people up to whoever asks, and the session that comes next.

use chrono::NaiveDate;

use crate::domain::clock::{Moment, Span};
use crate::domain::document::Document;
use crate::domain::id::{CircleId, Key, Kind, MemberId, SessionId, Space};
use crate::domain::index::{IndexName, date_value, moment_value, owner_member};
use crate::domain::session::SessionState;
use crate::domain::text::fold;
use crate::engine::queries::circles;
use crate::engine::query::{Answer, CircleStatus, MOST_ROWS, Mine, Row, StatusAsk};
use crate::engine::working_set;
use crate::store::{IndexQuery, Read, Result};

/// No session that was planned longer ago is still ahead: the longest and the time to begin late are shorter.
const PAST: Span = Span::from_minutes(2 * 24 * 60);
/// Sessions that are looked at for the next one.
const MOST_SESSIONS: usize = 60;

/// Answers for every circle.
pub(super) fn status(read: &dyn Read, ask: &StatusAsk, now: Moment) -> Result<Answer> {
    let mut left = ask.rows.min(MOST_ROWS);
    let mut found = Vec::new();
    for circle in circles(read)? {
        let id = circle.id;
        let mut status = CircleStatus {
            id,
            name: circle.name,
            created: circle.created,
            archived: circle.archived,
            running: None,
            next: None,
            mine: None,
        };
        if circle.archived.is_none() {
            status.running = running(read, id)?;
            status.next = next(read, id, now)?;
            if let Some(me) = me_in(read, id, ask.me.as_deref())? {
                let mine = mine(read, (id, me), ask.today, left)?;
                left -= mine.rows.len();
                status.mine = Some(mine);
            }
        }
        found.push(status);
    }
    Ok(Answer::Status(found))
}

fn running(read: &dyn Read, circle: CircleId) -> Result<Option<u32>> {
    let page = read.scan(Space::Circle(circle), Kind::Live, None, 1)?;
    let Some(live) = page.rows.first() else {
        return Ok(None);
    };
    let session = SessionId(live.key.id);
    let Some(stored) = read.get(&Key::circle(circle, Kind::Session, session.0))? else {
        return Ok(None);
    };
    Ok(match working_set::document(&stored)? {
        Document::Session(session) if session.state == SessionState::Running => {
            Some(session.number)
        }
        _ => None,
    })
}

fn next(read: &dyn Read, circle: CircleId, now: Moment) -> Result<Option<Moment>> {
    let from = IndexQuery {
        from: moment_value(now - PAST),
        ..IndexQuery::all(
            Space::Circle(circle),
            IndexName::SessionStart,
            MOST_SESSIONS,
        )
    };
    for row in read.index(&from)? {
        let Some(stored) = read.get(&row.key)? else {
            continue;
        };
        if let Document::Session(session) = working_set::document(&stored)?
            && session.state == SessionState::Planned
            && !session.was_missed(now)
        {
            return Ok(Some(session.start));
        }
    }
    Ok(None)
}

/// The member who is called `me` and has not left.
fn me_in(read: &dyn Read, circle: CircleId, me: Option<&str>) -> Result<Option<MemberId>> {
    let Some(wanted) = me.map(fold) else {
        return Ok(None);
    };
    let mut found = None;
    working_set::each(
        read,
        Space::Circle(circle),
        Kind::Member,
        None,
        &mut |row| {
            if let (None, Document::Member(member)) = (found, working_set::document(&row)?)
                && member.left.is_none()
                && fold(&member.name) == wanted
            {
                found = Some(member.id);
            }
            Ok(())
        },
    )?;
    Ok(found)
}

fn mine(
    read: &dyn Read,
    (circle, me): (CircleId, MemberId),
    today: NaiveDate,
    rows: usize,
) -> Result<Mine> {
    let owner = owner_member(me);
    let space = Space::Circle(circle);
    let list = IndexQuery::prefix(space, IndexName::ActionOwner, &owner, usize::MAX);
    let (now, mut mine) = (date_value(today), Mine::default());
    for row in read.index(&list)? {
        let due = row.value.get(owner.len()..).unwrap_or_default();
        mine.open += 1;
        match due.first() {
            Some(1) if due <= now.as_slice() => {
                if due < now.as_slice() {
                    mine.late += 1;
                } else {
                    mine.today += 1;
                }
                if mine.rows.len() < rows {
                    let stored = read.get(&row.key)?;
                    mine.rows.extend(stored.map(Row::from));
                }
            }
            Some(1) => {
                // The list is sorted by day: the first one is the soonest.
                let day = day_of(due, today);
                mine.soon = match (mine.soon, day) {
                    (None, day) => day.map(|day| (day, 1)),
                    (Some((soon, count)), Some(day)) if soon == day => Some((soon, count + 1)),
                    (soon, _) => soon,
                };
            }
            Some(2) => mine.at_next += 1,
            Some(_) | None => {}
        }
    }
    Ok(mine)
}

/// The day that a value of the list stands for.
fn day_of(value: &[u8], today: NaiveDate) -> Option<NaiveDate> {
    let bytes: [u8; 4] = value.get(1..)?.try_into().ok()?;
    let days = i32::try_from(u32::from_be_bytes(bytes)).ok()?;
    NaiveDate::from_num_days_from_ce_opt(days).filter(|day| *day > today)
}
