//! One run of a rehearsal: made-up people who come late, speak longer or shorter, and a facilitator who gives a
//! minute more where not everyone has spoken.

use crate::domain::agenda::{Block, Step};
use crate::domain::clock::{Moment, Span};
use crate::domain::format::Mode;
use crate::domain::id::Ids;
use crate::domain::live::{Live, Move};
use crate::domain::rehearsal::mode_of;
use crate::domain::session::Session;
use crate::domain::share::Share;

/// Minutes that a facilitator gives at most to one block.
const MOST_MINUTES: usize = 30;

/// What came of one run.
pub(super) struct Run {
    /// When the last block was over.
    pub(super) ended: Moment,
    /// What each block took; `None` for those that were left out.
    pub(super) took: Vec<Option<Span>>,
}

/// Somebody who takes part.
struct Guest {
    /// How long they speak, in hundredths of what they are given.
    pace: i64,
    /// How much later than the start they come.
    late: Span,
}

/// A number between `from` and `to`, both included.
pub(super) fn between(ids: &mut Ids, from: i64, to: i64) -> i64 {
    let span = u64::try_from(to - from).unwrap_or(0) + 1;
    from + i64::try_from(ids.draw() % span).unwrap_or(0)
}

fn guest(ids: &mut Ids) -> Guest {
    // One in five speaks at length; one in six comes a few minutes late.
    let talks = between(ids, 1, 5) == 1;
    let late = between(ids, 1, 6) == 1;
    Guest {
        pace: if talks {
            between(ids, 120, 170)
        } else {
            between(ids, 75, 110)
        },
        late: if late {
            Span::from_secs(between(ids, 60, 480))
        } else {
            Span::ZERO
        },
    }
}

fn hundredths(span: Span, of: i64) -> Span {
    Span::from_millis(span.millis().saturating_mul(of) / 100)
}

/// One run of the session with so many people.
pub(super) fn run(session: &Session, people: usize, ids: &mut Ids) -> Run {
    let start = session.start;
    let guests: Vec<Guest> = (0..people).map(|_| guest(ids)).collect();
    let mut live = Live::start(session, start);
    let mut now = start;
    let first = session
        .blocks
        .first()
        .is_some_and(|block| block.parked.is_some());
    if first && let Some(to) = live.block_after(&session.blocks) {
        live = live.enter(session, to, now);
    }
    while let Some(block) = session.blocks.get(live.block) {
        let length = live.length();
        for part in parts(block, length) {
            now = now + part.takes(&guests, now - start, ids);
        }
        for _ in 0..MOST_MINUTES {
            let zero = start + live.ends();
            if zero >= now {
                break;
            }
            live = live.extend(Span::from_minutes(1), 1, zero);
        }
        live.step = block.steps.len().saturating_sub(1);
        match live.next(&session.blocks) {
            Move::Block(to) => live = live.enter(session, to, now),
            Move::Step(_) | Move::Edge => break,
        }
    }
    let took = session.blocks.iter().enumerate().map(|(index, block)| {
        let took = live.took(index, now);
        took.filter(|_| block.parked.is_none())
    });
    Run {
        ended: now,
        took: took.collect(),
    }
}

/// What happens for a while.
struct Part {
    mode: Mode,
    room: Span,
    each: Option<Span>,
    /// Whether people come back from groups, or change into others, when it ends.
    regroups: bool,
}

/// The parts of a block that has `length` now: its steps, which give way with it, else the whole.
fn parts(block: &Block, length: Span) -> Vec<Part> {
    let silent = block.steps.iter().all(|step| step.mode.is_default());
    let minutes: i64 = block.steps.iter().map(|step| i64::from(step.minutes)).sum();
    if silent || minutes == 0 {
        return vec![Part {
            mode: mode_of(block.kind),
            room: length,
            each: block.steps.first().and_then(each),
            regroups: true,
        }];
    }
    let planned = block.planned().millis().max(1);
    let part = |(at, step): (usize, &Step)| Part {
        regroups: block
            .steps
            .get(at + 1)
            .is_none_or(|next| next.mode != Mode::Groups || next.size != step.size),
        mode: step.mode,
        room: Span::from_millis(
            i64::from(step.minutes) * 60_000 * length.millis().min(planned) / planned,
        ),
        each: each(step),
    };
    block.steps.iter().enumerate().map(part).collect()
}

fn each(step: &Step) -> Option<Span> {
    step.each.map(|secs| Span::from_secs(i64::from(secs)))
}

impl Part {
    /// How long it takes these people, `since` the start.
    fn takes(&self, guests: &[Guest], since: Span, ids: &mut Ids) -> Span {
        match self.mode {
            Mode::Round => self.round(guests, since),
            // A hard end: the facilitator says when.
            Mode::Silent => self.room,
            // Groups and breaks end when everybody is back.
            Mode::Groups if !self.regroups => self.room,
            Mode::Groups => self.room + Span::from_secs(between(ids, 15, 60)),
            Mode::Rest => self.room + Span::from_secs(between(ids, 0, 70)),
            Mode::Open
            | Mode::Seat
            | Mode::Questions
            | Mode::Report
            | Mode::Vote
            | Mode::Rate
            | Mode::ReadBack => hundredths(self.room, between(ids, 88, 108)),
        }
    }

    /// Everyone who is there in turn, and at the end whoever came meanwhile.
    fn round(&self, guests: &[Guest], since: Span) -> Span {
        let people = u16::try_from(guests.len()).unwrap_or(u16::MAX);
        let share = Share::of(people, self.each, self.room);
        let given = share.each_likely();
        let mut order: Vec<&Guest> = guests.iter().collect();
        order.sort_by_key(|guest| guest.late > since);
        let mut passed = Span::ZERO;
        for guest in order {
            if guest.late <= since + passed {
                let first = passed == Span::ZERO;
                let pause = if first { Span::ZERO } else { share.pause() };
                passed = passed + pause + hundredths(given, guest.pace);
            }
        }
        passed
    }
}
