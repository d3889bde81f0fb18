//! Keys about seats: who leads a block, who leads the session from now on.

use crate::command::Command;
use crate::domain::agenda::{Block, BlockKind};
use crate::domain::id::{BlockId, MemberId};
use crate::domain::roster::Member;
use crate::domain::rotation::{Seat, Turns};
use crate::tui::pane::stage::Stage;
use crate::tui::say;
use crate::tui::screen::live::handover::HandOver;
use crate::tui::screen::live::people::present;
use crate::tui::screen::live::seat_list::SeatList;
use crate::tui::screen::live::{Asked, LiveScreen, not_started};
use crate::tui::view::{Arg, CommandId, Reply};

/// Something that somebody is named for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A seat of the session.
    Seat(Seat),
    /// A block of its agenda.
    Block(BlockId),
}

impl Place {
    /// Whoever holds it.
    pub(super) fn holder(self, turns: &Turns<'_>) -> Option<MemberId> {
        match self {
            Self::Seat(seat) => turns.holder(seat),
            Self::Block(block) => turns.session.block(block)?.lead,
        }
    }

    /// People in the order in which it comes to them.
    pub(super) fn order<'a>(self, turns: &Turns<'a>) -> Vec<&'a Member> {
        match self {
            Self::Seat(seat) => turns.order(seat),
            Self::Block(block) => turns.order_for(block),
        }
    }

    /// Whom to take when its holder, or whoever is next, is passed over.
    pub(super) fn instead<'a>(self, turns: &Turns<'a>) -> Option<&'a Member> {
        match self {
            Self::Seat(seat) => turns.instead(seat),
            Self::Block(block) => turns.instead_in(turns.session.block(block)?),
        }
    }

    /// Which of the seats of the rotation it is.
    pub(super) const fn seat(self) -> Seat {
        match self {
            Self::Seat(seat) => seat,
            Self::Block(_) => Seat::Presenter,
        }
    }

    /// Names somebody for it.
    pub(super) fn set(self, member: Option<MemberId>, owed: bool, stage: &Stage<'_>) -> Command {
        let (circle, session) = (stage.circle.id, stage.session.id);
        match self {
            Self::Seat(seat) => Command::SetSeat {
                circle,
                session,
                seat,
                member,
                owed,
            },
            Self::Block(block) => Command::SetLead {
                circle,
                session,
                block,
                lead: member,
                owed,
            },
        }
    }
}

/// The seats of a session with the rotation of its circle.
pub(super) fn turns<'a>(stage: &Stage<'a>) -> Turns<'a> {
    Turns::of(stage.view.state, stage.circle.id, stage.session)
}

/// `Mei Lin: never yet`.
fn line(member: &Member, place: Place, turns: &Turns<'_>, stage: &Stage<'_>) -> String {
    let name = say::name(member, stage.view.masked);
    format!("{name}: {}", why(member.id, place.seat(), turns, stage))
}

/// Why somebody is where they are in the row.
pub(super) fn why(member: MemberId, seat: Seat, turns: &Turns<'_>, stage: &Stage<'_>) -> String {
    let today = stage.view.now.date(stage.view.zone);
    turns.held(seat, member).why(today, stage.view.zone)
}

/// A list of people for something, whoever is next first, and nobody at its end.
pub(super) fn choose(asked: Asked, title: String, place: Place, stage: &Stage<'_>) -> Reply {
    let turns = turns(stage);
    let mut rows: Vec<String> = place
        .order(&turns)
        .into_iter()
        .map(|member| line(member, place, &turns, stage))
        .collect();
    rows.push("nobody".to_owned());
    asked.list(title, rows)
}

/// Somebody was picked from a list for a seat.
pub(super) fn holder_picked(place: Option<Place>, row: usize, stage: &Stage<'_>) -> Reply {
    let Some(place) = place else {
        return Reply::Ignored;
    };
    let order = place.order(&turns(stage));
    let member = order.get(row).map(|member| member.id);
    Reply::submit(place.set(member, false, stage))
}

impl LiveScreen {
    /// Carries out a command of this subject.
    pub(super) fn seats(&mut self, id: CommandId, arg: &Arg, stage: &Stage<'_>) -> Reply {
        match id {
            CommandId::Lead if *arg == Arg::None => accept(stage),
            CommandId::Lead => match lead_block(stage) {
                Some(block) => lead(block, arg, stage),
                None => Reply::Refuse("this session has no agenda yet".to_owned()),
            },
            CommandId::Seats => {
                // The facts of a session that is over make room for the one that comes next.
                self.ended = None;
                self.lay(SeatList::default())
            }
            _ if stage.live.is_none() => not_started(),
            _ => self.lay(HandOver),
        }
    }

    /// Somebody leads the block under the mark of the agenda, or sits in it.
    pub(super) fn lead_marked(&self, arg: &Arg, stage: &Stage<'_>) -> Reply {
        let Some(block) = stage.session.blocks.get(self.block) else {
            return Reply::Handled;
        };
        if *arg != Arg::None {
            return lead(block, arg, stage);
        }
        let title = match block.kind {
            BlockKind::HotSeat => format!("Who sits in {}", block.title),
            _ => format!("Who leads {}", block.title),
        };
        if block.kind == BlockKind::HotSeat {
            return choose(Asked::Lead, title, Place::Block(block.id), stage);
        }
        let mut rows: Vec<String> = here(stage)
            .into_iter()
            .map(|member| say::name(member, stage.view.masked))
            .collect();
        rows.push("nobody".to_owned());
        Asked::Lead.list(title, rows)
    }

    /// Somebody was picked for that block.
    pub(super) fn lead_picked(&self, row: usize, stage: &Stage<'_>) -> Reply {
        let Some(block) = stage.session.blocks.get(self.block) else {
            return Reply::Handled;
        };
        let people = match block.kind {
            BlockKind::HotSeat => turns(stage).order_for(block.id),
            _ => here(stage),
        };
        let member = people.get(row).map(|member| member.id);
        Reply::submit(Place::Block(block.id).set(member, false, stage))
    }
}

fn here<'a>(stage: &Stage<'a>) -> Vec<&'a Member> {
    let members = stage.members.iter().copied();
    members.filter(|member| stage.is_here(member.id)).collect()
}

/// The running block; before the start, and right before a hot seat, the hot seat ahead: that is when the seats
/// are chosen.
fn lead_block<'a>(stage: &Stage<'a>) -> Option<&'a Block> {
    let ahead = if stage.chooses_seats() {
        turns(stage).seat_block()
    } else {
        None
    };
    let ahead = ahead.map(|block| block.id);
    ahead
        .and_then(|id| stage.session.block(id))
        .or_else(|| stage.block())
}

/// Somebody leads a block; pressed again for the same person nothing happens.
fn lead(block: &Block, arg: &Arg, stage: &Stage<'_>) -> Reply {
    match present(arg, stage) {
        Err(refusal) => refusal,
        Ok(member) if block.lead == Some(member.id) => Reply::Handled,
        Ok(member) => Reply::submit(Place::Block(block.id).set(Some(member.id), false, stage)),
    }
}

/// Takes whom the rotation proposes for the hot seat ahead.
fn accept(stage: &Stage<'_>) -> Reply {
    let turns = turns(stage);
    let Some(block) = turns.seat_block() else {
        return Reply::Refuse(
            "no hot seat is still to come; s l and a number names who leads".to_owned(),
        );
    };
    if let Some(sits) = block.lead.and_then(|id| stage.person(id)) {
        let name = say::name(sits, stage.view.masked);
        return Reply::Refuse(format!(
            "{name} sits in {}; s l and a number changes that",
            block.title
        ));
    }
    match turns.proposed_for(block.id) {
        Some(member) => Reply::submit(Place::Block(block.id).set(Some(member.id), false, stage)),
        None => Reply::Refuse("nobody is free for that seat".to_owned()),
    }
}

#[cfg(test)]
mod tests;
