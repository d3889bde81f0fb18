//! Who has spoken in the running session of the demo, and which block ran when.

use crate::domain::clock::Span;
use crate::domain::floor::{Floor, Hand, Turn};
use crate::domain::id::{BlockId, MemberId, SessionId};
use crate::domain::session::Session;
use crate::engine::demo::{Place, secs};
use crate::packs::demo::DemoLive;

/// The index of the block that ran at a session time.
fn index_at(data: &DemoLive, at: Span) -> usize {
    let mut end = Span::ZERO;
    data.done_secs
        .iter()
        .take_while(|done| {
            end = end + secs(**done);
            end <= at
        })
        .count()
}

pub(super) fn block_at(session: &Session, data: &DemoLive, at: Span) -> Option<BlockId> {
    session.blocks.get(index_at(data, at)).map(|block| block.id)
}

/// Turns of everybody in rotation, so that each has spoken as long as the data say.
pub(super) fn floor(
    place: &Place<'_>,
    data: &DemoLive,
    (session, elapsed): (SessionId, Span),
) -> Floor {
    let mut left: Vec<(MemberId, u32, u32)> = Vec::new();
    for turns in &data.turns {
        let speaks = turns.person == data.floor;
        let (count, secs) = if speaks {
            let secs = turns.secs.saturating_sub(data.floor_secs);
            (turns.turns.saturating_sub(1), secs)
        } else {
            (turns.turns, turns.secs)
        };
        if let (Some(member), 1..) = (place.member(turns.person), count) {
            left.push((member, count, secs));
        }
    }
    let spoken: Span = left.iter().map(|(_, _, all)| secs(*all)).sum();
    let since = elapsed - secs(data.floor_secs);
    let mut at = since - spoken;
    let mut floor = Floor::new(session);
    floor.turns.push(turn(None, (Span::ZERO, at), data));
    while left.iter().any(|(_, count, _)| *count > 0) {
        for (member, count, all) in &mut left {
            if let Some(part) = all.checked_div(*count) {
                let to = at + secs(part);
                floor.turns.push(turn(Some(*member), (at, to), data));
                (at, *count, *all) = (to, *count - 1, *all - part);
            }
        }
    }
    floor.speaker = place.member(data.floor);
    (floor.since, floor.called) = (since, since);
    floor.queue = data
        .hands
        .iter()
        .filter_map(|hand| place.member(*hand))
        .map(|member| Hand {
            member,
            direct: false,
            passed: false,
        })
        .collect();
    floor
}

fn turn(member: Option<MemberId>, (from, to): (Span, Span), data: &DemoLive) -> Turn {
    Turn {
        member,
        from,
        to,
        block: index_at(data, from),
        doubted: None,
    }
}
