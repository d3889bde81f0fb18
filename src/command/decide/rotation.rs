//! Seats: who leads a block, and who leads, keeps time and writes in a session.

use crate::command::Refusal;
use crate::command::decide::Decision;
use crate::command::decide::sessions::{self, At};
use crate::domain::agenda::BlockKind;
use crate::domain::id::{BlockId, MemberId};
use crate::domain::rotation::{Seat, Turns};
use crate::domain::session::{Session, SessionState};
use crate::domain::state::rotation_key;

/// Says who leads a block or sits in it. In hot seats two people change places; in a running session
/// whoever is replaced there without getting another seat is owed one, as with `owed`.
pub(super) fn set_lead(
    d: &mut Decision<'_>,
    at: At,
    (block, lead): (BlockId, Option<MemberId>),
    owed: bool,
) -> Result<String, Refusal> {
    let now = open(d, at)?;
    let who = person(d, at, now, lead)?;
    let Some(chosen) = now.block(block) else {
        return Err(Refusal::new("that block is not in the agenda"));
    };
    let mut session = now.clone();
    let mut given = None;
    if chosen.kind == BlockKind::HotSeat {
        let turns = Turns::of(d.state, at.0, now);
        let ahead = turns.seats_ahead();
        let mut others = ahead.iter().filter(|other| other.id != block);
        given = others
            .find(|other| lead.is_some() && other.lead == lead)
            .map(|other| other.id);
        let replaced = now.state == SessionState::Running && lead.is_some();
        let passed = match chosen.lead {
            Some(before) => (owed || replaced).then_some(before),
            None if owed => turns.proposed_for(block).map(|member| member.id),
            None => None,
        };
        let is_ahead = ahead.iter().any(|other| other.id == block);
        let passed = passed.filter(|passed| lead != Some(*passed));
        if let Some(passed) = passed.filter(|_| is_ahead && given.is_none()) {
            owe(d, at, Seat::Presenter, (passed, lead));
        }
    }
    for other in &mut session.blocks {
        if Some(other.id) == given {
            other.lead = chosen.lead;
        }
        if other.id == block {
            other.lead = lead;
        }
    }
    let does = if chosen.kind == BlockKind::HotSeat {
        "sits in"
    } else {
        "leads"
    };
    d.put(sessions::key(at), session);
    Ok(format!("{who} {does} {}", chosen.title))
}

/// Says who holds a seat. With `owed`, whoever was named before, or else proposed, is owed it.
pub(super) fn set_seat(
    d: &mut Decision<'_>,
    at: At,
    (seat, member): (Seat, Option<MemberId>),
    owed: bool,
) -> Result<String, Refusal> {
    let now = open(d, at)?;
    let turns = Turns::of(d.state, at.0, now);
    if seat == Seat::Presenter {
        let block = turns
            .seat_block()
            .ok_or_else(|| Refusal::new("no hot seat is still to come"))?;
        return set_lead(d, at, (block.id, member), owed);
    }
    let who = person(d, at, now, member)?;
    let passed = turns
        .holder(seat)
        .or_else(|| turns.proposed(seat).map(|member| member.id));
    let mut session = now.clone();
    if seat == Seat::Facilitator {
        session.facilitator = member;
    } else {
        match member {
            Some(member) => session.seats.insert(seat, member),
            None => session.seats.remove(&seat),
        };
    }
    if let Some(passed) = passed.filter(|passed| owed && member != Some(*passed)) {
        owe(d, at, seat, (passed, member));
    }
    d.put(sessions::key(at), session);
    let running = now.state == SessionState::Running;
    Ok(match seat {
        Seat::Facilitator if running => format!("{who} leads from now on"),
        _ => format!("{who} {}", seat.does()),
    })
}

/// Says whether whoever leads takes part too.
pub(super) fn takes_part(
    d: &mut Decision<'_>,
    at: At,
    takes_part: bool,
) -> Result<String, Refusal> {
    let mut session = open(d, at)?.clone();
    session.takes_part = takes_part;
    d.put(sessions::key(at), session);
    let words = if takes_part {
        "takes part too"
    } else {
        "only leads"
    };
    Ok(format!("whoever leads {words}"))
}

fn owe(d: &mut Decision<'_>, at: At, seat: Seat, (passed, taker): (MemberId, Option<MemberId>)) {
    let mut rotation = d.state.rotation(at.0);
    rotation.pass_over(seat, passed, taker);
    d.put(rotation_key(at.0), rotation);
}

/// A session whose seats may change: planned or running.
fn open<'a>(d: &Decision<'a>, at: At) -> Result<&'a Session, Refusal> {
    let session = sessions::session(d, at)?;
    match session.state {
        SessionState::Planned | SessionState::Running => Ok(session),
        SessionState::Ended => Err(Refusal::new("that session is over")),
        SessionState::Cancelled => Err(Refusal::new("that session was called off")),
    }
}

/// Somebody who can take a seat, by number: the title stays in the history of the session when the person
/// is erased.
fn person(
    d: &Decision<'_>,
    at: At,
    session: &Session,
    member: Option<MemberId>,
) -> Result<String, Refusal> {
    let Some(id) = member else {
        return Ok("nobody".to_owned());
    };
    let member = d
        .state
        .member(at.0, id)
        .filter(|member| member.left.is_none())
        .ok_or_else(|| Refusal::new("that person is not in this circle"))?;
    if session.away.contains_key(&id) {
        return Err(Refusal::new(format!(
            "number {} is away in session #{}; say first that they are here",
            member.label, session.number
        )));
    }
    Ok(format!("number {}", member.label))
}
