//! Ways to make an agenda fit that is too long or leaves much time free. None is forced: a session may start as it is.

use crate::command::Command;
use crate::command::id::CommandId;
use crate::domain::agenda::schedule::{Schedule, stretched, trimmed};
use crate::domain::agenda::{Block, BlockKind};
use crate::domain::readiness::much_spare;
use crate::tui::say;
use crate::tui::screen::plan::change::set_minutes;
use crate::tui::screen::plan::{Asked, Desk, Plan};
use crate::tui::view::{Choice, Reply};

/// One way.
enum Way<'a> {
    /// Every block gives a part.
    Trim(Vec<u16>),
    /// This one is kept for another time.
    Leave(&'a Block),
    /// The session has so many minutes.
    Longer(u16),
    /// Every block gets a part of what is free.
    Stretch(Vec<u16>),
    /// One block more.
    Add,
    /// The session ends when its last block does.
    Shorter(u16),
}

/// Whether there is enough to mend for a row of its own.
pub(super) fn is_offered(desk: &Desk<'_>) -> bool {
    let (schedule, session) = (&desk.schedule, desk.session());
    let spare =
        !session.blocks.is_empty() && much_spare(schedule.planned, u32::from(session.minutes));
    !desk.runs() && (spare || !schedule.fits())
}

/// Minutes of the session in which nothing is planned.
pub(super) fn free(desk: &Desk<'_>) -> i64 {
    desk.schedule.gaps() + desk.schedule.slack.millis().max(0) / 60_000
}

fn ways<'a>(desk: &Desk<'a>) -> Vec<Way<'a>> {
    if desk.schedule.fits() {
        fillings(desk)
    } else {
        cuts(desk)
    }
}

fn fillings<'a>(desk: &Desk<'a>) -> Vec<Way<'a>> {
    let session = desk.session();
    if free(desk) == 0 || session.blocks.is_empty() {
        return Vec::new();
    }
    let longer = stretched(session, desk.stage.view.zone);
    let lengths = session.blocks.iter().map(|block| block.minutes);
    let stretch = (!lengths.eq(longer.iter().copied())).then_some(Way::Stretch(longer));
    let ends = (desk.schedule.ends - session.start).millis() / 60_000;
    let ends = u16::try_from(ends)
        .ok()
        .filter(|ends| *ends < session.minutes);
    stretch
        .into_iter()
        .chain([Way::Add])
        .chain(ends.map(Way::Shorter))
        .collect()
}

fn cuts<'a>(desk: &Desk<'a>) -> Vec<Way<'a>> {
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

/// The session with these minutes, laid out.
fn with(minutes: &[u16], desk: &Desk<'_>) -> Schedule {
    let mut session = desk.session().clone();
    for (block, minutes) in session.blocks.iter_mut().zip(minutes) {
        block.minutes = *minutes;
    }
    Schedule::of(&session, desk.stage.view.zone)
}

/// How many blocks have other minutes then.
fn changed(minutes: &[u16], desk: &Desk<'_>) -> usize {
    let blocks = desk.session().blocks.iter().zip(minutes);
    blocks
        .filter(|(block, minutes)| block.minutes != **minutes)
        .count()
}

fn line(way: &Way<'_>, desk: &Desk<'_>) -> String {
    match way {
        Way::Trim(minutes) => {
            let blocks = say::count(changed(minutes, desk), "block gives", "blocks give");
            match with(minutes, desk).over() {
                0 => format!("Trim evenly: {blocks} a part, then it fits"),
                left => format!("Trim evenly: {blocks} all they can, {left} min stay too much"),
            }
        }
        Way::Leave(block) => format!(
            "Leave {} out ({} min) and keep it for another time",
            block.title, block.minutes
        ),
        Way::Longer(minutes) | Way::Shorter(minutes) => {
            let ends = say::wall(desk.schedule.ends, desk.stage.view.zone);
            format!("Make the session {minutes} min long, until {ends}")
        }
        Way::Stretch(minutes) => {
            let blocks = say::count(changed(minutes, desk), "block gets", "blocks get");
            let after = with(minutes, desk);
            match after.gaps() + after.slack.millis() / 60_000 {
                0 => format!("Stretch evenly: {blocks} a part, then it is full"),
                left => format!("Stretch evenly: {blocks} a part, {left} min stay free"),
            }
        }
        Way::Add => "Add a block".to_owned(),
    }
}

/// The list of ways that there are.
pub(super) fn choose(desk: &Desk<'_>) -> Reply {
    if desk.runs() {
        return desk.edit(|_| {});
    }
    let ways = ways(desk);
    let fits = desk.schedule.fits();
    if ways.is_empty() {
        let words = if fits {
            "it fits, with no minute left over".to_owned()
        } else {
            let due = desk.stage.view.keys.of(CommandId::Due);
            format!("nothing can give way; {due} changes a pinned time or a length")
        };
        return Reply::Refuse(words);
    }
    let title = if fits {
        format!("{} min without a block", free(desk))
    } else {
        format!("{} min too much", desk.schedule.over())
    };
    Reply::Choose(Choice {
        tag: Asked::Fit.into(),
        title,
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
        Some(Way::Stretch(minutes)) => desk.edit(|blocks| {
            for (block, minutes) in blocks.iter_mut().zip(minutes) {
                block.stretch(minutes);
            }
        }),
        Some(Way::Add) => Plan::ask_block(desk),
        Some(Way::Longer(minutes) | Way::Shorter(minutes)) => Reply::submit(Command::EditSession {
            circle: desk.stage.circle.id,
            session: desk.session().id,
            start: None,
            minutes: Some(minutes),
            blocks: None,
        }),
    }
}
