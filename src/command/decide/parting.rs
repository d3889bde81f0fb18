//! Blocks that are kept for another time: one that is left out of the running session, and those that a
//! session did not reach.

use crate::command::Refusal;
use crate::command::decide::running::{live_key, running};
use crate::command::decide::{Decision, sessions};
use crate::domain::agenda::{Block, BlockKind};
use crate::domain::id::{BlockId, CircleId, Key, Kind, ParkedId, Space};
use crate::domain::item::{Origin, Parked};
use crate::domain::live::Live;
use crate::domain::session::Session;
use crate::domain::text::Clean;

pub(super) fn park(d: &mut Decision<'_>, block: BlockId) -> Result<String, Refusal> {
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
    keep(d, at.0, found);
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

/// Keeps every block that the running session did not reach. A break or a closing belongs to the session
/// that it is in.
pub(super) fn keep_unreached(
    d: &mut Decision<'_>,
    circle: CircleId,
    session: &mut Session,
    live: &Live,
) {
    for (index, block) in session.blocks.iter_mut().enumerate() {
        let of_today = match block.kind {
            BlockKind::Break | BlockKind::Closing => true,
            BlockKind::CheckIn
            | BlockKind::Review
            | BlockKind::HotSeat
            | BlockKind::Prompt
            | BlockKind::Pairs
            | BlockKind::Round
            | BlockKind::Open => false,
        };
        let reached = live.took(index, d.cx.at).is_some();
        if !of_today && !reached && block.parked.is_none() {
            keep(d, circle, block);
        }
    }
}

/// Makes the parked item that keeps a block, and marks the block with it.
fn keep(d: &mut Decision<'_>, circle: CircleId, block: &mut Block) {
    let id = ParkedId(d.cx.ids.make());
    let session = d.state.running().map(|(_, session, _)| session.id);
    let parked = Parked {
        block: Some(Box::new(block.clone())),
        ..Parked::new(
            id,
            d.number(Space::Circle(circle), |counter| &mut counter.parked),
            Clean::line(&format!("{}, {} min", block.title, block.minutes)),
            Origin {
                at: d.cx.at,
                session,
                block: Some(block.id),
                speaking: None,
            },
        )
    };
    block.parked = Some(id);
    d.add(Key::circle(circle, Kind::Parked, id.0), parked);
}
