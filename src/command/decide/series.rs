//! Series of sessions: laid out in one act, one skipped without touching the others, guests for one alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::command::decide::sessions::{self, At, key};
use crate::command::decide::{Decision, people};
use crate::command::plan::Plan;
use crate::command::series::Placed;
use crate::command::{NewMember, Refusal};
use crate::domain::id::{BlockId, CircleId, Key, Kind, MemberId, SessionId, Space};
use crate::domain::programme::MOST_MEETINGS;
use crate::domain::rhythm::Rhythm;
use crate::domain::roster::{Member, Role};
use crate::domain::series;
use crate::domain::session::{Session, SessionState};

/// Plans all of them. A rhythm that is given becomes the circle's.
pub(super) fn plan(
    d: &mut Decision<'_>,
    circle: CircleId,
    placed: &[Placed],
    rhythm: Option<Rhythm>,
) -> Result<String, Refusal> {
    let mut held = d.circle(circle)?.clone();
    if placed.is_empty() {
        return Err(Refusal::new("there is no meeting to plan"));
    }
    if placed.len() > MOST_MEETINGS {
        return Err(Refusal::new(format!(
            "a series has at most {MOST_MEETINGS} sessions"
        )));
    }
    let mut named = BTreeSet::new();
    if !placed
        .iter()
        .filter_map(|one| one.session)
        .all(|id| named.insert(id))
    {
        return Err(Refusal::new("one session cannot have two agendas"));
    }
    for one in placed {
        match one.session {
            Some(id) => {
                // A date that was settled stays, and whoever was to lead.
                let held = sessions::planned(d, (circle, id))?;
                let plan = Plan {
                    start: held.start,
                    facilitator: held.facilitator,
                    ..one.plan.clone()
                };
                sessions::replan(d, (circle, id), &plan)?;
            }
            None => {
                sessions::add(d, circle, &one.plan)?;
            }
        }
    }
    let sessions = if placed.len() == 1 {
        "session"
    } else {
        "sessions"
    };
    let title = format!("{}: {} {sessions}", held.name, placed.len());
    if rhythm.is_some() {
        held.rhythm = rhythm;
        d.put(Key::circle(circle, Kind::Circle, circle.0), held);
    }
    Ok(title)
}

/// Calls a planned session off and plans the same on the next free date of the circle's rule.
pub(super) fn skip(d: &mut Decision<'_>, at: At) -> Result<String, Refusal> {
    let session = sessions::planned(d, at)?.clone();
    let Some(rhythm) = d.circle(at.0)?.rhythm else {
        return Err(Refusal::new(
            "the circle meets by no rule, so no date comes next; move the session or call it off",
        ));
    };
    let when = (d.cx.at, d.cx.zone);
    let start = series::instead(&rhythm, &session, d.state.sessions(at.0), when);
    let number = d.number(Space::Circle(at.0), |counter| &mut counter.session);
    let mut next = Session {
        id: SessionId(d.cx.ids.make()),
        number,
        start,
        slot: None,
        // Who is away, or comes as a guest, was said of that day.
        away: BTreeMap::new(),
        guests: BTreeSet::new(),
        ..session.clone()
    };
    for block in &mut next.blocks {
        block.id = BlockId(d.cx.ids.make());
    }
    let title = format!(
        "session #{} skipped, #{number} planned instead",
        session.number
    );
    let off = Session {
        state: SessionState::Cancelled,
        ..session
    };
    d.put(key(at), off);
    d.add(key((at.0, next.id)), next);
    Ok(title)
}

/// Whom an invitation is about: guests that the circle knows, and new ones.
pub(super) type Whom<'a> = (&'a [MemberId], &'a [NewMember]);

/// Invites guests to one session, or takes them off it again.
pub(super) fn invite(
    d: &mut Decision<'_>,
    at: At,
    (known, new): Whom<'_>,
    coming: bool,
) -> Result<String, Refusal> {
    let mut session = sessions::session(d, at)?.clone();
    match session.state {
        SessionState::Planned | SessionState::Running => {}
        SessionState::Ended => return Err(Refusal::new("that session is over")),
        SessionState::Cancelled => return Err(Refusal::new("that session was called off")),
    }
    for id in known {
        guest(d, at.0, *id)?;
        if coming {
            session.guests.insert(*id);
            session.away.remove(id);
        } else {
            session.guests.remove(id);
        }
    }
    let new: Vec<NewMember> = new
        .iter()
        .map(|person| NewMember {
            role: Role::Guest,
            ..person.clone()
        })
        .collect();
    if coming && !new.is_empty() {
        let present: Vec<Member> = d.state.everyone(at.0).cloned().collect();
        for member in people::members(d, &present, &new)? {
            session.guests.insert(member.id);
            d.add(Key::circle(at.0, Kind::Member, member.id.0), member);
        }
    }
    // By number: the title stays in the history of the session when a person is erased.
    let count = known.len() + if coming { new.len() } else { 0 };
    let guests = if count == 1 { "guest" } else { "guests" };
    let verb = if coming { "comes to" } else { "not in" };
    let verb = match (coming, count) {
        (true, 1) | (false, _) => verb,
        (true, _) => "come to",
    };
    let title = format!("{count} {guests} {verb} session #{}", session.number);
    d.put(key(at), session);
    Ok(title)
}

fn guest<'a>(d: &Decision<'a>, circle: CircleId, id: MemberId) -> Result<&'a Member, Refusal> {
    let state = d.state;
    let member = state
        .member(circle, id)
        .filter(|member| member.left.is_none());
    let Some(member) = member else {
        return Err(Refusal::new("that person is not in this circle"));
    };
    if member.role != Role::Guest {
        return Err(Refusal::new(format!(
            "number {} is a member and belongs to every session; only guests are invited",
            member.label
        )));
    }
    Ok(member)
}
