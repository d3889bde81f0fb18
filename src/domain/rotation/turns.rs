//! Whose turn it is in one session: who may take a seat, who holds it, whom the rotation proposes.

use crate::domain::agenda::{Block, BlockKind};
use crate::domain::clock::Span;
use crate::domain::id::{BlockId, CircleId, MemberId};
use crate::domain::live::Live;
use crate::domain::roster::{Member, Role};
use crate::domain::rotation::{Held, Rotation, Seat};
use crate::domain::session::Session;
use crate::domain::state::State;

/// The seats of one session, seen with the rotation of its circle.
#[derive(Clone, Debug)]
pub struct Turns<'a> {
    /// Who held what before.
    pub rotation: Rotation,
    /// The session.
    pub session: &'a Session,
    /// Where it stands, if it runs.
    live: Option<&'a Live>,
    members: Vec<&'a Member>,
}

impl<'a> Turns<'a> {
    /// Gathers them.
    pub fn of(state: &'a State, circle: CircleId, session: &'a Session) -> Self {
        Self {
            rotation: state.rotation(circle),
            session,
            live: state.live(circle, session.id),
            members: state.people_of(circle, session),
        }
    }

    /// Who may take a seat in this session, by label: not who left or is away, never a guest. Nobody who
    /// asked not to be called on is asked to speak first; whoever only leads neither presents nor speaks
    /// first.
    pub fn people(&self, seat: Seat) -> Vec<&'a Member> {
        self.members
            .iter()
            .copied()
            .filter(|member| member.role != Role::Guest)
            .filter(|member| !self.session.away.contains_key(&member.id))
            .filter(|member| seat != Seat::First || !member.no_calls)
            .filter(|member| {
                let only_leads =
                    !self.session.takes_part && self.session.facilitator == Some(member.id);
                match seat {
                    Seat::Presenter | Seat::First => !only_leads,
                    Seat::Facilitator | Seat::Timekeeper | Seat::Scribe => true,
                }
            })
            .collect()
    }

    /// The same people in the order in which the seat comes to them; last whoever has something else to do
    /// for the whole session, so that no two tasks fall to one person where others are free.
    pub fn order(&self, seat: Seat) -> Vec<&'a Member> {
        let mut row = self.rotation.order(seat, &self.people(seat));
        let keeps_time = self.session.seats.get(&Seat::Timekeeper).copied();
        let busy = match seat {
            Seat::Timekeeper => [self.session.facilitator, None],
            Seat::Scribe => [self.session.facilitator, keeps_time],
            Seat::Facilitator | Seat::Presenter | Seat::First => [None, None],
        };
        row.sort_by_key(|member| busy.contains(&Some(member.id)));
        row
    }

    /// What is known of a person in a seat.
    pub fn held(&self, seat: Seat, member: MemberId) -> Held {
        self.rotation.held(seat, member)
    }

    /// The hot seats that are running or still to come.
    pub fn seats_ahead(&self) -> Vec<&'a Block> {
        let blocks = self.session.blocks.iter().enumerate();
        blocks
            .filter(|(index, _)| !self.live.is_some_and(|live| live.is_behind_us(*index)))
            .map(|(_, block)| block)
            .filter(|block| block.kind == BlockKind::HotSeat && block.parked.is_none())
            .collect()
    }

    /// The hot seat that a presenter would take: the running one, else the first that nobody has, else
    /// the first still to come.
    pub fn seat_block(&self) -> Option<&'a Block> {
        let ahead = self.seats_ahead();
        let running = self
            .live
            .and_then(|live| self.session.blocks.get(live.block));
        let now = ahead
            .iter()
            .find(|block| running.is_some_and(|running| running.id == block.id));
        now.or_else(|| ahead.iter().find(|block| block.lead.is_none()))
            .or_else(|| ahead.first())
            .copied()
    }

    /// Who holds a seat in this session.
    pub fn holder(&self, seat: Seat) -> Option<MemberId> {
        match seat {
            Seat::Facilitator => self.session.facilitator,
            Seat::Presenter => self.seat_block()?.lead,
            Seat::Timekeeper | Seat::Scribe | Seat::First => self.session.seats.get(&seat).copied(),
        }
    }

    /// Whom the rotation proposes for a seat.
    pub fn proposed(&self, seat: Seat) -> Option<&'a Member> {
        match seat {
            Seat::Presenter => self.proposed_for(self.seat_block()?.id),
            Seat::Facilitator | Seat::Timekeeper | Seat::Scribe | Seat::First => {
                self.order(seat).first().copied()
            }
        }
    }

    /// Whom the rotation proposes for a hot seat: nobody who has another one in this session.
    pub fn proposed_for(&self, block: BlockId) -> Option<&'a Member> {
        self.order_for(block).first().copied()
    }

    /// Who may sit in a hot seat, in the order in which it comes to them.
    pub fn order_for(&self, block: BlockId) -> Vec<&'a Member> {
        let mut row = self.order(Seat::Presenter);
        row.retain(|member| {
            !self.session.blocks.iter().any(|other| {
                other.id != block
                    && other.kind == BlockKind::HotSeat
                    && other.lead == Some(member.id)
            })
        });
        row
    }

    /// Who takes a seat when its holder, or whom the rotation proposes, is passed over.
    pub fn instead(&self, seat: Seat) -> Option<&'a Member> {
        if seat == Seat::Presenter {
            return self.instead_in(self.seat_block()?);
        }
        let passed = self
            .holder(seat)
            .or_else(|| self.proposed(seat).map(|member| member.id))?;
        self.rotation.instead_of(seat, passed, &self.people(seat))
    }

    /// The same for a hot seat.
    pub fn instead_in(&self, block: &Block) -> Option<&'a Member> {
        let people = self.order_for(block.id);
        let passed = block
            .lead
            .or_else(|| people.first().map(|member| member.id))?;
        self.rotation.instead_of(Seat::Presenter, passed, &people)
    }

    /// Who may lead the session after this one, in the order in which that comes to them, with what is then
    /// known of them: who leads this one has had their turn.
    pub fn lead_next(&self) -> Vec<(&'a Member, Held)> {
        let mut rotation = self.rotation.clone();
        if let Some(leads) = self.session.facilitator {
            rotation.take(Seat::Facilitator, leads, self.session.begins());
        }
        let people: Vec<&Member> = self
            .members
            .iter()
            .copied()
            .filter(|member| member.role != Role::Guest)
            .collect();
        let row = rotation.order(Seat::Facilitator, &people);
        row.into_iter()
            .map(|member| (member, rotation.held(Seat::Facilitator, member.id)))
            .collect()
    }
}

impl Rotation {
    /// Notes who held which seat in a session that has ended: whoever led, kept time, wrote and spoke first,
    /// and whoever sat in a hot seat that was reached. `known` says who is still in the circle.
    pub fn count(&mut self, session: &Session, known: impl Fn(MemberId) -> bool) {
        let at = session.begins();
        let seats = session.seats.iter().map(|(seat, member)| (*seat, *member));
        let sat = session
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::HotSeat)
            .filter(|block| block.took.is_some_and(|took| took > Span::ZERO))
            .filter_map(|block| Some((Seat::Presenter, block.lead?)));
        let led = session
            .facilitator
            .map(|member| (Seat::Facilitator, member));
        let held: std::collections::BTreeSet<(Seat, MemberId)> =
            led.into_iter().chain(seats).chain(sat).collect();
        for (seat, member) in held {
            if known(member) {
                self.take(seat, member, at);
            }
        }
    }
}
