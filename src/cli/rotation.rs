//! `circlet rotation`: show, set, lead, skip, swap.

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use crate::cli::error::{CliError, Outcome};
use crate::cli::{Cx, Listed, session};
use crate::command::Command;
use crate::domain::id::{CircleId, MemberId};
use crate::domain::rotation::{Seat, Turns};
use crate::domain::session::Session;

/// The seats of the running session, else of the next one.
#[derive(Clone, Debug, Args)]
pub struct Rotation {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Clone, Debug, Subcommand)]
enum Verb {
    /// Who holds which seat, and who is next
    Show,
    /// Give a seat to somebody
    Set {
        /// Which seat
        #[arg(value_enum)]
        seat: SeatName,
        /// Whom: a name or the number
        #[arg(value_name = "PERSON")]
        who: String,
    },
    /// Say who leads a block of the agenda, or sits in it
    Lead {
        /// Its place in the agenda, counted from 1
        block: usize,
        /// Whom: a name or the number
        #[arg(value_name = "PERSON")]
        who: String,
    },
    /// Pass over whoever has the seat or is next; they are owed it
    Skip {
        /// Which seat
        #[arg(value_enum)]
        seat: SeatName,
    },
    /// Give the seat of one person to another; the first is owed it
    Swap {
        /// Which seat
        #[arg(value_enum)]
        seat: SeatName,
        /// One of them
        #[arg(value_name = "PERSON")]
        one: String,
        /// The other
        #[arg(value_name = "PERSON")]
        other: String,
    },
}

/// The seats by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SeatName {
    /// Runs the session
    Facilitator,
    /// Keeps the time
    Timekeeper,
    /// Writes down
    Scribe,
    /// Sits in the hot seat
    Presenter,
    /// Begins the first round
    First,
}

impl SeatName {
    const fn seat(self) -> Seat {
        match self {
            Self::Facilitator => Seat::Facilitator,
            Self::Timekeeper => Seat::Timekeeper,
            Self::Scribe => Seat::Scribe,
            Self::Presenter => Seat::Presenter,
            Self::First => Seat::First,
        }
    }
}

pub(super) fn run(cx: &mut Cx<'_, '_>, rotation: &Rotation) -> Outcome {
    let (circle, session) = session::one(cx, None)?;
    let set = |seat: SeatName, member, owed| Command::SetSeat {
        circle,
        session: session.id,
        seat: seat.seat(),
        member: Some(member),
        owed,
    };
    match &rotation.verb {
        None | Some(Verb::Show) => {
            show(cx, circle, &session);
            Ok(crate::cli::error::Exit::Done)
        }
        Some(Verb::Set { seat, who }) => {
            let member = cx.desk.person(circle, who)?.id;
            cx.commit(set(*seat, member, false))
        }
        Some(Verb::Lead { block, who }) => {
            let member = cx.desk.person(circle, who)?.id;
            let found = block.checked_sub(1).and_then(|at| session.blocks.get(at));
            let found = found.ok_or_else(|| {
                CliError::failed(format!(
                    "Session #{} has no block {block}; nothing was changed.",
                    session.number
                ))
            })?;
            cx.commit(Command::SetLead {
                circle,
                session: session.id,
                block: found.id,
                lead: Some(member),
                owed: false,
            })
        }
        Some(Verb::Skip { seat }) => {
            let turns = Turns::of(cx.desk.state(), circle, &session);
            let member = turns.instead(seat.seat()).ok_or_else(|| {
                CliError::failed("There is nobody else for that seat; nothing was changed.")
            })?;
            let member = member.id;
            cx.commit(set(*seat, member, true))
        }
        Some(Verb::Swap { seat, one, other }) => {
            let one = cx.desk.person(circle, one)?.id;
            let other = cx.desk.person(circle, other)?.id;
            let taker = taker(cx, (circle, &session), seat.seat(), (one, other))?;
            cx.commit(set(*seat, taker, true))
        }
    }
}

/// Of two people the one who does not have the seat yet, so that it changes hands.
fn taker(
    cx: &Cx<'_, '_>,
    (circle, session): (CircleId, &Session),
    seat: Seat,
    (one, other): (MemberId, MemberId),
) -> Result<MemberId, CliError> {
    let turns = Turns::of(cx.desk.state(), circle, session);
    let holder = turns
        .holder(seat)
        .or_else(|| turns.proposed(seat).map(|member| member.id));
    match holder {
        Some(holder) if holder == one => Ok(other),
        Some(holder) if holder == other => Ok(one),
        _ => Err(CliError::failed(format!(
            "Neither of them has that seat in session #{}. Name one first: circlet rotation set {} PERSON",
            session.number,
            seat.word()
        ))),
    }
}

fn show(cx: &mut Cx<'_, '_>, circle: CircleId, session: &Session) {
    let view = cx.desk.view();
    let turns = Turns::of(view.state, circle, session);
    let name = |id: MemberId| {
        let member = view.state.member(circle, id);
        member.map(|member| member.name.to_string())
    };
    let mut listed = Listed {
        items: Vec::new(),
        cells: Vec::new(),
        empty: "Nobody is in this circle yet. Add people: circlet member add NAME",
    };
    for seat in Seat::ALL {
        let holder = turns.holder(seat).and_then(name);
        let next = turns.proposed(seat);
        let order: Vec<Value> = turns
            .order(seat)
            .into_iter()
            .map(|member| {
                let held = turns.held(seat, member.id);
                json!({
                    "name": member.name.as_str(),
                    "last": held.last,
                    "times": held.times,
                    "owed": held.owed,
                })
            })
            .collect();
        let why = next.map_or_else(
            || "nobody is free".to_owned(),
            |member| {
                let why = turns.held(seat, member.id).why(view.today(), view.zone);
                format!("next {}: {why}", member.name)
            },
        );
        listed.cells.push(vec![
            seat.word().to_owned(),
            holder.clone().unwrap_or_else(|| "nobody yet".to_owned()),
            why,
        ]);
        listed.items.push(json!({
            "seat": seat.word(),
            "session": session.number,
            "holder": holder,
            "next": next.map(|member| member.name.as_str()),
            "order": order,
        }));
    }
    cx.list("rotation", &listed);
}
