//! What will be asked of somebody in the next session: what they took on, seats, blocks that they lead.

use crate::domain::agenda::BlockKind;
use crate::domain::clock::{Moment, Zone};
use crate::domain::id::{CircleId, MemberId};
use crate::domain::item::{Due, Owner};
use crate::domain::rotation::{Seat, Turns};
use crate::domain::state::State;

/// What is ahead of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// The number of the session.
    pub session: u32,
    /// When it is planned.
    pub start: Moment,
    /// Open actions of theirs that are due by then.
    pub actions: usize,
    /// What they will do there, as it is told to them: `you lead`, `perhaps the hot seat`.
    pub tasks: Vec<String>,
    /// Whether they are noted as away.
    pub away: bool,
}

impl Ahead {
    /// What is ahead of a member of a circle; `None` when no session is planned.
    pub fn of(
        state: &State,
        circle: CircleId,
        member: MemberId,
        (now, zone): (Moment, Zone),
    ) -> Option<Self> {
        let session = state.next_session(circle, now)?;
        let turns = Turns::of(state, circle, session);
        let mut tasks: Vec<String> = Seat::ALL
            .into_iter()
            .filter_map(|seat| task(&turns, seat, member))
            .collect();
        let led = session.blocks.iter().filter(|block| {
            block.lead == Some(member) && block.kind != BlockKind::HotSeat && block.parked.is_none()
        });
        tasks.extend(led.map(|block| format!("you lead \"{}\"", block.title)));
        let day = session.start.date(zone);
        let due = |due| match due {
            Due::None => false,
            Due::On(on) => on <= day,
            Due::NextSession => true,
        };
        let open = state.open_actions(circle, now).into_iter();
        let actions =
            open.filter(|action| action.owner == Owner::Member(member) && due(action.due));
        Some(Self {
            session: session.number,
            start: session.start,
            actions: actions.count(),
            away: session.away.contains_key(&member),
            tasks,
        })
    }

    /// What is asked, in one sentence: `Asked of you there: 2 actions, perhaps the hot seat.`
    pub fn words(&self) -> String {
        if self.away {
            return "You are noted as away there.".to_owned();
        }
        let actions = match self.actions {
            0 => None,
            1 => Some("how 1 action went".to_owned()),
            many => Some(format!("how {many} actions went")),
        };
        let parts: Vec<String> = actions
            .into_iter()
            .chain(self.tasks.iter().cloned())
            .collect();
        if parts.is_empty() {
            return "Nothing is asked of you there in particular.".to_owned();
        }
        format!("Asked of you there: {}.", parts.join(", "))
    }
}

/// What a seat asks of a member who holds it, or to whom it comes next.
fn task(turns: &Turns<'_>, seat: Seat, member: MemberId) -> Option<String> {
    let holds = match seat {
        Seat::Presenter => {
            let mut seats = turns.seats_ahead().into_iter();
            seats.any(|block| block.lead == Some(member))
        }
        Seat::Facilitator | Seat::Timekeeper | Seat::Scribe | Seat::First => {
            turns.holder(seat) == Some(member)
        }
    };
    if holds {
        return Some(match seat {
            Seat::Facilitator => "you lead".to_owned(),
            Seat::Timekeeper => "you keep time".to_owned(),
            Seat::Scribe => "you write".to_owned(),
            Seat::First => "you speak first".to_owned(),
            Seat::Presenter => "the hot seat is yours".to_owned(),
        });
    }
    let seat_free = seat == Seat::Presenter
        && turns
            .seats_ahead()
            .into_iter()
            .any(|block| block.lead.is_none());
    let next = turns.proposed(seat).is_some_and(|next| next.id == member);
    (seat_free && next).then(|| "perhaps the hot seat".to_owned())
}
