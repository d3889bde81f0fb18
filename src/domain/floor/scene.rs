//! What the running step asks of the floor: who may speak, for how long, and who is here.

use serde::{Deserialize, Serialize};

use crate::domain::agenda::{Block, BlockKind};
use crate::domain::clock::Span;
use crate::domain::document::Document;
use crate::domain::format::Mode;
use crate::domain::id::{CircleId, Kind, MemberId, Space};
use crate::domain::live::Live;
use crate::domain::roster::{Member, Role};
use crate::domain::rotation::Seat;
use crate::domain::session::Session;
use crate::domain::state::State;

/// A turn without a limit of its own is in doubt after this long without a key.
pub const LIMIT: Span = Span::from_minutes(2);

/// A step of a block, both counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The block.
    pub block: usize,
    /// The step.
    pub step: usize,
}

/// What a step lets people do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Which step; `None` until the floor was fitted to one.
    pub place: Option<Place>,
    /// How long a turn is beyond doubt; `None` for as long as it goes.
    pub limit: Option<Span>,
    /// Session time at which the step is over.
    pub ends: Span,
    /// Whether no turn is counted: a break, silent work, groups on their own.
    pub rests: bool,
    /// Whose step it is: whoever sits in a hot seat and is meant to speak. They have the floor from its start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<MemberId>,
}

/// The running session as far as it concerns the floor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    /// What the step lets people do.
    pub terms: Terms,
    /// Whether everyone has a turn in it.
    pub round: bool,
    /// Who takes part in rounds, in their order.
    pub order: Vec<MemberId>,
    /// Who is here at all.
    pub here: Vec<MemberId>,
}

impl Scene {
    /// The scene of the session that runs, if one does.
    pub fn of(state: &State) -> Option<Self> {
        let (circle, session, live) = state.running()?;
        let here: Vec<MemberId> = state
            .people_of(circle, session)
            .into_iter()
            .filter(|member| !session.away.contains_key(&member.id))
            .map(|member| member.id)
            .collect();
        let block = session.blocks.get(live.block);
        let mode = mode(block, live.step);
        let sits = sits(block).filter(|sits| here.contains(sits));
        Some(Self {
            terms: Terms {
                place: Some(Place {
                    block: live.block,
                    step: live.step,
                }),
                limit: limit(block, live.step),
                ends: ends(block, live),
                rests: matches!(mode, Mode::Silent | Mode::Groups | Mode::Rest),
                opens: sits.filter(|_| mode == Mode::Seat),
            },
            round: mode == Mode::Round,
            order: order(state, circle, session, block),
            here,
        })
    }
}

/// Who may speak in a step of a block; where no step of a block says that, its kind does.
pub fn mode(block: Option<&Block>, step: usize) -> Mode {
    let Some(block) = block else {
        return Mode::Open;
    };
    if block.steps.iter().any(|step| !step.mode.is_default()) {
        return block.steps.get(step).map_or(Mode::Open, |step| step.mode);
    }
    match block.kind {
        BlockKind::CheckIn | BlockKind::Round | BlockKind::Closing => Mode::Round,
        BlockKind::Break => Mode::Rest,
        BlockKind::Pairs => Mode::Groups,
        BlockKind::Review | BlockKind::HotSeat | BlockKind::Prompt | BlockKind::Open => Mode::Open,
    }
}

/// Whether one person is meant to speak more than all others, so that comparing says nothing.
pub fn is_seat(block: Option<&Block>, step: usize) -> bool {
    matches!(mode(block, step), Mode::Seat | Mode::Questions)
        || block.is_some_and(|block| block.kind == BlockKind::HotSeat)
}

/// Who sits in a hot seat.
pub fn sits(block: Option<&Block>) -> Option<MemberId> {
    block
        .filter(|block| block.kind == BlockKind::HotSeat)
        .and_then(|block| block.lead)
}

fn limit(block: Option<&Block>, step: usize) -> Option<Span> {
    let minutes = block
        .and_then(|block| block.steps.get(step))
        .map_or(0, |step| step.minutes);
    let without_steps =
        block.is_some_and(|block| block.kind == BlockKind::HotSeat && block.steps.is_empty());
    if without_steps {
        None
    } else if mode(block, step) == Mode::Seat && minutes > 0 {
        Some(Span::from_minutes(i64::from(minutes)))
    } else {
        Some(LIMIT)
    }
}

/// The last step takes what the block has left, and no step more than that.
fn ends(block: Option<&Block>, live: &Live) -> Span {
    let steps = block.map_or(&[][..], |block| &block.steps);
    match steps.get(live.step) {
        Some(step) if step.minutes > 0 && live.step + 1 < steps.len() => {
            let step = live.step_entered + Span::from_minutes(i64::from(step.minutes));
            step.min(live.ends())
        }
        _ => live.ends(),
    }
}

/// Who takes part in a round of a block, in the order of their labels, beginning with whoever speaks first this
/// time: whoever was given that seat, else the one after whoever had it last. Whoever sits in a hot seat listens.
pub fn order(
    state: &State,
    circle: CircleId,
    session: &Session,
    block: Option<&Block>,
) -> Vec<MemberId> {
    let members = state.people_of(circle, session);
    let sits = sits(block);
    let takes_part = |member: &&&Member| {
        let leads = session.facilitator == Some(member.id);
        let away = session.away.contains_key(&member.id);
        let listens = sits == Some(member.id);
        member.role != Role::Guest
            && !member.no_calls
            && !away
            && !listens
            && (!leads || session.takes_part)
    };
    let mut order: Vec<&Member> = members.iter().filter(takes_part).copied().collect();
    let given = session
        .seats
        .get(&Seat::First)
        .and_then(|first| order.iter().position(|member| member.id == *first));
    let begins = given.or_else(|| {
        let last = first_of_last_time(state, circle)?;
        let last = state.member(circle, last)?;
        let after = |member: &&Member| (member.label, member.id) > (last.label, last.id);
        order.iter().position(after)
    });
    order.rotate_left(begins.unwrap_or(0));
    order.into_iter().map(|member| member.id).collect()
}

/// Who began the first round of a session last.
fn first_of_last_time(state: &State, circle: CircleId) -> Option<MemberId> {
    let mut rotations = state.scan(Space::Circle(circle), Kind::Rotation);
    let (_, Document::Rotation(rotation)) = rotations.next()? else {
        return None;
    };
    let held = rotation.seats.get(&Seat::First)?;
    held.iter()
        .filter_map(|(member, held)| Some((held.last?, *member)))
        .max()
        .map(|(_, member)| member)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::agenda::Step;
    use crate::domain::clock::Moment;
    use crate::domain::fixture;
    use crate::domain::id::Key;
    use crate::domain::roster::Label;
    use crate::domain::rotation::{Held, Rotation};
    use crate::domain::text::Clean;

    fn circle() -> CircleId {
        CircleId(uuid::Uuid::from_u128(7))
    }

    fn put(state: &mut State, kind: Kind, id: uuid::Uuid, document: impl Into<Document>) {
        state.load(Key::circle(circle(), kind, id), document.into());
    }

    fn circle_of_four() -> (State, [MemberId; 4], Session) {
        let (mut state, people) = (State::default(), fixture::members());
        for (label, id) in (1..).zip(people) {
            let member = Member::new(id, Clean::line("Ana"), Label(label), Moment::from_millis(0));
            put(&mut state, Kind::Member, id.0, member);
        }
        (state, people, fixture::session(&[10]).0)
    }

    fn change(state: &mut State, id: MemberId, edit: impl FnOnce(&mut Member)) {
        let mut member = state.member(circle(), id).unwrap().clone();
        edit(&mut member);
        put(state, Kind::Member, id.0, member);
    }

    #[test]
    fn a_round_goes_by_number_from_whoever_speaks_first() {
        let (mut state, [a, b, c, d], mut session) = circle_of_four();
        assert_eq!(order(&state, circle(), &session, None), [a, b, c, d]);
        let held = |at| Held {
            last: Some(Moment::from_millis(at)),
            ..Held::default()
        };
        let first = [(a, held(5)), (b, held(9))].into_iter().collect();
        let rotation = Rotation {
            seats: [(Seat::First, first)].into_iter().collect(),
            ..Rotation::default()
        };
        put(&mut state, Kind::Rotation, circle().0, rotation);
        assert_eq!(order(&state, circle(), &session, None), [c, d, a, b]);
        session.seats.insert(Seat::First, d);
        assert_eq!(order(&state, circle(), &session, None), [d, a, b, c]);
        session.away.insert(d, None);
        assert_eq!(order(&state, circle(), &session, None), [c, a, b]);
    }

    #[test]
    fn guests_and_whoever_asked_not_to_be_called_on_are_in_no_round() {
        let (mut state, [a, b, c, d], mut session) = circle_of_four();
        change(&mut state, a, |member| member.role = Role::Guest);
        change(&mut state, b, |member| member.no_calls = true);
        session.facilitator = Some(c);
        assert_eq!(order(&state, circle(), &session, None), [c, d]);
        session.takes_part = false;
        assert_eq!(order(&state, circle(), &session, None), [d]);
    }

    #[test]
    fn whoever_sits_in_the_hot_seat_listens_to_the_round() {
        let (state, [a, b, c, d], mut session) = circle_of_four();
        session.blocks[0].lead = Some(b);
        let of = |session: &Session| order(&state, circle(), session, session.blocks.first());
        assert_eq!(of(&session), [a, b, c, d]);
        session.blocks[0].kind = BlockKind::HotSeat;
        assert_eq!(of(&session), [a, c, d]);
    }

    #[test]
    fn a_step_says_who_may_speak_and_without_one_the_kind_of_the_block() {
        let mut block = fixture::session(&[10]).0.blocks.remove(0);
        assert_eq!(limit(Some(&block), 0), Some(LIMIT));
        block.kind = BlockKind::CheckIn;
        assert_eq!(mode(Some(&block), 0), Mode::Round);
        block.kind = BlockKind::HotSeat;
        assert_eq!(
            (mode(Some(&block), 0), limit(Some(&block), 0)),
            (Mode::Open, None)
        );
        block.steps = vec![
            Step {
                minutes: 5,
                mode: Mode::Seat,
                ..Step::default()
            },
            Step::default(),
        ];
        assert_eq!(mode(Some(&block), 0), Mode::Seat);
        assert_eq!(limit(Some(&block), 0), Some(Span::from_minutes(5)));
        assert_eq!(
            (mode(Some(&block), 1), is_seat(Some(&block), 1)),
            (Mode::Open, true)
        );
    }

    #[test]
    fn a_step_ends_with_its_minutes_and_the_last_one_with_the_block() {
        let (mut session, at) = fixture::session(&[10]);
        let step = Step {
            minutes: 4,
            ..Step::default()
        };
        session.blocks[0].steps = vec![step.clone(), step];
        let mut live = Live::start(&session, at);
        assert_eq!(ends(session.blocks.first(), &live), Span::from_minutes(4));
        (live.step, live.step_entered) = (1, Span::from_minutes(3));
        assert_eq!(ends(session.blocks.first(), &live), Span::from_minutes(10));
    }
}
