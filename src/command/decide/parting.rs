//! Blocks that are kept for another time: one that is left out of a running or planned session, and those that
//! a session did not reach.

use crate::command::Refusal;
use crate::command::decide::running::{live_key, running};
use crate::command::decide::sessions::At;
use crate::command::decide::{Decision, sessions};
use crate::domain::agenda::Block;
use crate::domain::document::Document;
use crate::domain::id::{BlockId, CircleId, Key, Kind, ParkedId, Space};
use crate::domain::item::{Origin, Parked};
use crate::domain::live::Live;
use crate::domain::session::{Session, SessionState};
use crate::domain::text::Clean;

pub(super) fn park(d: &mut Decision<'_>, block: BlockId) -> Result<String, Refusal> {
    if let Some(at) = planned_with(d, block) {
        return take_out(d, at, block);
    }
    let (at, session, live) = running(d)?;
    let mut session = session.clone();
    let Some(index) = session.blocks.iter().position(|found| found.id == block) else {
        return Err(Refusal::new("that block is not in the agenda"));
    };
    let next = live.block_after(&session.blocks);
    let Some(found) = session.blocks.get_mut(index) else {
        return Err(Refusal::new("that block is not in the agenda"));
    };
    if found.parked.is_some() {
        return Err(Refusal::new("that block is kept for next time already"));
    }
    if index < live.block {
        return Err(Refusal::new("that block is over"));
    }
    let title = found.title.clone();
    keep(d, at, found);
    let title = if index == live.block {
        let Some(next) = next else {
            return Err(Refusal::new(
                "this is the last block; wrapping up comes next",
            ));
        };
        let now = session
            .blocks
            .get(next)
            .map_or_else(String::new, |block| block.title.to_string());
        d.put(live_key(at), live.enter(&session, next, d.cx.at));
        format!("{title} is kept for next time. Now {now}")
    } else {
        format!("{title} is kept for next time")
    };
    d.put(sessions::key(at), session);
    Ok(title)
}

/// The planned session that has this block in its agenda.
fn planned_with(d: &Decision<'_>, block: BlockId) -> Option<At> {
    d.state.circles().find_map(|circle| {
        let mut sessions = d.state.sessions(circle.id);
        let found = sessions.find(|session| {
            session.state == SessionState::Planned && session.block(block).is_some()
        })?;
        Some((circle.id, found.id))
    })
}

/// Takes a block out of the agenda of a session that has not begun, and keeps it.
fn take_out(d: &mut Decision<'_>, at: At, block: BlockId) -> Result<String, Refusal> {
    let mut session = sessions::session(d, at)?.clone();
    let place = session.blocks.iter().position(|found| found.id == block);
    let Some(mut found) = place.map(|place| session.blocks.remove(place)) else {
        return Err(Refusal::new("that block is not in the agenda"));
    };
    keep(d, at, &mut found);
    d.put(sessions::key(at), session);
    Ok(format!("{} is kept for another time", found.title))
}

/// Keeps every block that the running session did not reach. A break or a closing belongs to the session
/// that it is in.
pub(super) fn keep_unreached(
    d: &mut Decision<'_>,
    circle: CircleId,
    session: &mut Session,
    live: &Live,
) {
    for (index, block) in session.blocks.iter_mut().enumerate() {
        let reached = live.took(index, d.cx.at).is_some();
        if !block.kind.is_of_today() && !reached && block.parked.is_none() {
            keep(d, (circle, session.id), block);
        }
    }
}

/// Once the session is over, the parked items that its blocks took up are dealt with.
pub(super) fn settle_taken_up(d: &mut Decision<'_>, circle: CircleId, session: &Session) {
    for item in session.blocks.iter().filter_map(|block| block.from) {
        settle(d, circle, item);
    }
}

fn settle(d: &mut Decision<'_>, circle: CircleId, item: ParkedId) {
    let key = Key::circle(circle, Kind::Parked, item.0);
    if let Some(Document::Parked(parked)) = d.state.get(&key)
        && parked.settled.is_none()
    {
        let settled = Some(d.cx.at);
        let parked = Parked {
            settled,
            ..parked.clone()
        };
        d.put(key, parked);
    }
}

/// Makes the parked item that keeps a block, and marks the block with it. It takes the place of the item that
/// the block was taken up from.
fn keep(d: &mut Decision<'_>, (circle, session): At, block: &mut Block) {
    if let Some(before) = block.from {
        settle(d, circle, before);
    }
    let id = ParkedId(d.cx.ids.make());
    let parked = Parked {
        block: Some(Box::new(block.clone())),
        ..Parked::new(
            id,
            d.number(Space::Circle(circle), |counter| &mut counter.parked),
            Clean::line(&format!("{}, {} min", block.title, block.minutes)),
            Origin {
                at: d.cx.at,
                session: Some(session),
                block: Some(block.id),
                prompt: None,
                speaking: None,
            },
        )
    };
    block.parked = Some(id);
    d.add(Key::circle(circle, Kind::Parked, id.0), parked);
}
