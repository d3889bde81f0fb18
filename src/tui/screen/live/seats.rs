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
fn in_order(place: Place, stage: &Stage<'_>) -> Vec<(MemberId, String)> {
    let turns = turns(stage);
    let order = place.order(&turns).into_iter();
    let row = |member: &Member| (member.id, line(member, place, &turns, stage));
    order.map(row).collect()
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
            _ if stage.live.is_none() => not_started(stage.view.keys),
            _ => self.lay(HandOver),
        }
    }

    /// Asks who takes a seat, or leads a block.
    pub(super) fn choose_for(
        &mut self,
        (asked, title): (Asked, String),
        place: Place,
        people: Vec<(MemberId, String)>,
    ) -> Reply {
        let (people, mut rows): (Vec<MemberId>, Vec<String>) = people.into_iter().unzip();
        rows.push("nobody".to_owned());
        (self.seat, self.people) = (Some(place), people);
        asked.list(title, rows)
    }

    /// Asks who takes a seat.
    pub(super) fn choose_holder(&mut self, place: Place, stage: &Stage<'_>) -> Reply {
        let people = in_order(place, stage);
        self.choose_for((Asked::Holder, "Who".to_owned()), place, people)
    }

    /// Somebody was picked from such a list.
    pub(super) fn holder_picked(&self, row: usize, stage: &Stage<'_>) -> Reply {
        match self.seat {
            Some(place) => {
                let member = self.people.get(row).copied();
                Reply::submit(place.set(member, false, stage))
            }
            None => Reply::Ignored,
        }
    }

    /// Somebody leads the block under the mark of the agenda, or sits in it.
    pub(super) fn lead_marked(&mut self, arg: &Arg, stage: &Stage<'_>) -> Reply {
        let Some(block) = stage.session.blocks.get(self.block) else {
            return Reply::Handled;
        };
        if *arg != Arg::None {
            return lead(block, arg, stage);
        }
        let place = Place::Block(block.id);
        let (title, people) = if block.kind == BlockKind::HotSeat {
            let title = format!("Who sits in {}", block.title);
            (title, in_order(place, stage))
        } else {
            let here = here(stage).into_iter();
            let row = |member: &Member| (member.id, say::name(member, stage.view.masked));
            let title = format!("Who leads {}", block.title);
            (title, here.map(row).collect())
        };
        self.choose_for((Asked::Lead, title), place, people)
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

/// The keys before the number of who leads.
fn lead_key(stage: &Stage<'_>) -> String {
    let key = stage.view.keys.of(CommandId::Lead);
    let before = key.rsplit_once(' ').map(|(before, _)| before);
    before.unwrap_or(&key).to_owned()
}

/// Takes whom the rotation proposes for the hot seat ahead.
fn accept(stage: &Stage<'_>) -> Reply {
    let turns = turns(stage);
    let Some(block) = turns.seat_block() else {
        let lead = lead_key(stage);
        return Reply::Refuse(format!(
            "no hot seat is still to come; {lead} and a number names who leads"
        ));
    };
    if let Some(sits) = block.lead.and_then(|id| stage.person(id)) {
        let name = say::name(sits, stage.view.masked);
        return Reply::Refuse(format!(
            "{name} sits in {}; {} and a number changes that",
            block.title,
            lead_key(stage)
        ));
    }
    match turns.proposed_for(block.id) {
        Some(member) => Reply::submit(Place::Block(block.id).set(Some(member.id), false, stage)),
        None => Reply::Refuse("nobody is free for that seat".to_owned()),
    }
}

#[cfg(test)]
mod tests;
