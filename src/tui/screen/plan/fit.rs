//! Ways to make an agenda fit that is too long. None is forced: a session may start as it is.

use crate::command::Command;
use crate::domain::agenda::schedule::{Schedule, trimmed};
use crate::domain::agenda::{Block, BlockKind};
use crate::tui::say;
use crate::tui::screen::plan::change::set_minutes;
use crate::tui::screen::plan::{Asked, Desk};
use crate::tui::view::{Choice, Reply};

/// One way.
enum Way<'a> {
    /// Every block gives a part.
    Trim(Vec<u16>),
    /// This one is kept for another time.
    Leave(&'a Block),
    /// The session has so many minutes.
    Longer(u16),
}

fn ways<'a>(desk: &Desk<'a>) -> Vec<Way<'a>> {
    let session = desk.session();
    let trimmed = trimmed(session, desk.stage.view.zone);
    let lengths = session.blocks.iter().map(|block| block.minutes);
    let gives = !lengths.eq(trimmed.iter().copied());
    let may_go = |block: &&Block| block.parked.is_none() && block.kind != BlockKind::Closing;
    let last = session.blocks.iter().rfind(may_go);
    let ends = (desk.schedule.ends - session.start).millis() / 60_000;
    let ends = u16::try_from(ends)
        .ok()
        .filter(|ends| *ends > session.minutes);
    let trim = gives.then_some(Way::Trim(trimmed));
    trim.into_iter()
        .chain(last.map(Way::Leave))
        .chain(ends.map(Way::Longer))
        .collect()
}

/// How much would still be too much with these minutes.
fn left_over(minutes: &[u16], desk: &Desk<'_>) -> i64 {
    let mut session = desk.session().clone();
    for (block, minutes) in session.blocks.iter_mut().zip(minutes) {
        block.minutes = *minutes;
    }
    Schedule::of(&session, desk.stage.view.zone).over()
}

fn line(way: &Way<'_>, desk: &Desk<'_>) -> String {
    match way {
        Way::Trim(minutes) => {
            let blocks = desk.session().blocks.iter().zip(minutes);
            let shorter = blocks.filter(|(block, minutes)| block.minutes != **minutes);
            let blocks = say::count(shorter.count(), "block gives", "blocks give");
            match left_over(minutes, desk) {
                0 => format!("Trim evenly: {blocks} a part, then it fits"),
                left => format!("Trim evenly: {blocks} all they can, {left} min stay too much"),
            }
        }
        Way::Leave(block) => format!(
            "Leave {} out ({} min) and keep it for another time",
            block.title, block.minutes
        ),
        Way::Longer(minutes) => {
            let ends = say::wall(desk.schedule.ends, desk.stage.view.zone);
            format!("Make the session {minutes} min long, until {ends}")
        }
    }
}

/// The list of ways that there are.
pub(super) fn choose(desk: &Desk<'_>) -> Reply {
    let ways = ways(desk);
    if ways.is_empty() {
        return Reply::Refuse(
            "nothing can give way; t changes a pinned time or a length".to_owned(),
        );
    }
    Reply::Choose(Choice {
        tag: Asked::Fit.into(),
        title: format!("{} min too much", desk.schedule.over()),
        rows: ways.iter().map(|way| line(way, desk)).collect(),
        selected: 0,
    })
}

/// One was picked.
pub(super) fn picked(row: usize, desk: &Desk<'_>) -> Reply {
    match ways(desk).into_iter().nth(row) {
        None => Reply::Handled,
        Some(Way::Trim(minutes)) => desk.edit(|blocks| {
            for (block, minutes) in blocks.iter_mut().zip(minutes) {
                set_minutes(block, minutes);
            }
        }),
        Some(Way::Leave(block)) => Reply::submit(Command::ParkBlock(block.id)),
        Some(Way::Longer(minutes)) => Reply::submit(Command::EditSession {
            circle: desk.stage.circle.id,
            session: desk.session().id,
            start: None,
            minutes: Some(minutes),
            blocks: None,
        }),
    }
}
