//! What an edit of an agenda is called, and what a block keeps through it.

use std::collections::BTreeSet;

use crate::domain::agenda::Block;
use crate::domain::id::BlockId;
use crate::domain::session::Session;

/// What a draft does not carry stays with the block that it is about.
pub(super) fn keep_more(blocks: &mut [Block], before: &[Block]) {
    for block in blocks {
        let old = before.iter().find(|old| old.id == block.id);
        if let Some(old) = old {
            block.parked = old.parked;
            block.from = old.from;
            block.took = old.took;
            block.extra.clone_from(&old.extra);
        }
    }
}

/// What changed from the agenda `before`, in words: `Hot seat is now 15 min (was 10)`. Names no person.
pub(super) fn title(before: &[Block], session: &Session) -> String {
    let after = &session.blocks;
    let ids = |blocks: &[Block]| -> BTreeSet<BlockId> { blocks.iter().map(|b| b.id).collect() };
    let (old, new) = (ids(before), ids(after));
    let added: Vec<&Block> = after.iter().filter(|b| !old.contains(&b.id)).collect();
    let gone: Vec<&Block> = before.iter().filter(|b| !new.contains(&b.id)).collect();
    let whole = || format!("the agenda of session #{}", session.number);
    match (added.as_slice(), gone.as_slice()) {
        ([], []) => changed(before, after).unwrap_or_else(whole),
        ([one], []) => format!("{}, {} min, is on the agenda", one.title, one.minutes),
        (several, []) => format!("{} blocks are on the agenda", several.len()),
        ([], [one]) => format!("{} is off the agenda", one.title),
        ([], several) => format!("{} blocks are off the agenda", several.len()),
        _ => whole(),
    }
}

/// What changed between agendas of the same blocks, where that can be said in one line.
fn changed(before: &[Block], after: &[Block]) -> Option<String> {
    let pairs = || before.iter().zip(after);
    let moved: Vec<&Block> = pairs()
        .filter(|(old, new)| old.id != new.id)
        .map(|(_, new)| new)
        .collect();
    match moved.as_slice() {
        [] => {}
        [one, other] => return Some(format!("{} comes before {}", one.title, other.title)),
        _ => return carried(before, after),
    }
    let differ: Vec<(&Block, &Block)> = pairs().filter(|(old, new)| old != new).collect();
    match differ.as_slice() {
        [] => None,
        [(old, new)] => Some(of_one(old, new)),
        several => {
            let shorter = several.iter().all(|(old, new)| new.minutes < old.minutes);
            let by = several
                .iter()
                .map(|(old, new)| old.minutes.saturating_sub(new.minutes));
            let by: u32 = by.map(u32::from).sum();
            shorter.then(|| format!("{} blocks are {by} min shorter in all", several.len()))
        }
    }
}

/// One block that went over several others; those made room and stayed in order.
fn carried(before: &[Block], after: &[Block]) -> Option<String> {
    let first = before.iter().zip(after).position(|(old, new)| old != new)?;
    let last = before
        .iter()
        .zip(after)
        .rposition(|(old, new)| old != new)?;
    let (old, new) = (before.get(first..=last)?, after.get(first..=last)?);
    let [from, stay @ ..] = old else { return None };
    if let [made_room @ .., end] = new
        && end == from
        && made_room == stay
        && let Some(over) = made_room.last()
    {
        return Some(format!("{} comes after {}", from.title, over.title));
    }
    let ([stay @ .., from], [start, made_room @ ..]) = (old, new) else {
        return None;
    };
    let over = made_room.first()?;
    (start == from && made_room == stay)
        .then(|| format!("{} comes before {}", from.title, over.title))
}

/// What changed in one block.
fn of_one(old: &Block, new: &Block) -> String {
    let mut said = Vec::new();
    if old.minutes != new.minutes {
        said.push(format!("is now {} min (was {})", new.minutes, old.minutes));
    }
    if old.at != new.at {
        said.push(match new.at {
            Some(at) => format!("begins at {}", at.format("%H:%M")),
            None => "begins when the one before it ends".to_owned(),
        });
    }
    if old.min != new.min && old.minutes == new.minutes {
        said.push(format!("needs at least {} min", new.min));
    }
    if old.locked != new.locked {
        let locked = if new.locked { "locked" } else { "not locked" };
        said.push(format!("is {locked}"));
    }
    if old.title != new.title {
        return format!("{} (was {})", new.title, old.title);
    }
    if said.is_empty() {
        return new.title.to_string();
    }
    format!("{} {}", new.title, said.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture;
    use crate::domain::text::Clean;

    fn three() -> Session {
        let (mut session, _) = fixture::session(&[10, 20, 5]);
        for (block, title) in session
            .blocks
            .iter_mut()
            .zip(["Welcome", "Hot seat", "End"])
        {
            block.title = Clean::line(title);
        }
        session
    }

    fn told(edit: impl FnOnce(&mut Vec<Block>)) -> String {
        let mut session = three();
        let before = session.blocks.clone();
        edit(&mut session.blocks);
        title(&before, &session)
    }

    #[test]
    fn one_change_is_told_in_full() {
        let minutes = told(|blocks| blocks[1].minutes = 15);
        assert_eq!(minutes, "Hot seat is now 15 min (was 20)");
        let gone = told(|blocks| drop(blocks.remove(0)));
        assert_eq!(gone, "Welcome is off the agenda");
        let moved = told(|blocks| blocks.swap(0, 1));
        assert_eq!(moved, "Hot seat comes before Welcome");
        let down = told(|blocks| blocks.rotate_left(1));
        assert_eq!(down, "Welcome comes after End");
        let up = told(|blocks| blocks.rotate_right(1));
        assert_eq!(up, "End comes before Welcome");
        let turned = told(|blocks| blocks.reverse());
        assert_eq!(turned, "End comes before Welcome");
        let pinned = told(|blocks| blocks[2].at = chrono::NaiveTime::from_hms_opt(15, 30, 0));
        assert_eq!(pinned, "End begins at 15:30");
        let locked = told(|blocks| (blocks[2].locked, blocks[2].min) = (true, 4));
        assert_eq!(locked, "End needs at least 4 min, is locked");
        let named = told(|blocks| blocks[2].title = Clean::line("Close"));
        assert_eq!(named, "Close (was End)");
    }

    #[test]
    fn many_changes_are_told_together() {
        let shorter = told(|blocks| {
            blocks[0].minutes = 8;
            blocks[1].minutes = 16;
        });
        assert_eq!(shorter, "2 blocks are 6 min shorter in all");
        let turned = told(|blocks| {
            blocks.rotate_left(1);
            blocks[0].minutes += 5;
        });
        assert_eq!(turned, "the agenda of session #1");
        let off = told(Vec::clear);
        assert_eq!(off, "3 blocks are off the agenda");
    }

    #[test]
    fn what_a_draft_does_not_carry_stays_with_its_block() {
        let mut before = three().blocks;
        before[1].extra.insert("newer".to_owned(), 1.into());
        let mut after = three().blocks;
        keep_more(&mut after, &before);
        assert_eq!(after, before);
    }
}
