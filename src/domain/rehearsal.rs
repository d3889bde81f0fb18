//! A rehearsal: the plan of a session gone through with a made-up roster, so that what does not fit is seen before
//! anybody sits there. The same rules run as in a session: time is given by the minute, blocks ahead give way.

mod roster;
mod run;
mod words;

use crate::domain::agenda::{Block, BlockKind};
use crate::domain::clock::{Moment, Span};
use crate::domain::format::Mode;
use crate::domain::id::{Ids, MemberId};
use crate::domain::roster::Member;
use crate::domain::session::Session;
use crate::domain::share::Share;

pub use roster::Roster;

/// How often the session is gone through: enough that one odd run decides nothing.
const RUNS: usize = 21;
/// Which of the runs, by their end, is the one that nine in ten do not pass.
const LATE: usize = RUNS * 9 / 10;
/// A block that takes longer than this beyond its plan is worth a word.
const WORTH: Span = Span::from_minutes(1);

/// A turn for everyone that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tight {
    /// The block, by its place in the agenda.
    pub block: usize,
    /// The step of it, by its place; `None` where the block is one round.
    pub step: Option<usize>,
    /// How the time is shared.
    pub share: Share,
}

/// What a rehearsal found. Blocks are given by their place in the agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// When it starts.
    pub starts: Moment,
    /// When it is meant to end.
    pub planned: Moment,
    /// When half of the runs had ended.
    pub finish: Moment,
    /// When nine of ten runs had ended.
    pub late_finish: Moment,
    /// Whether the times are those of a session that is over.
    pub over: bool,
    /// How many people are expected.
    pub people: usize,
    /// Minutes that the blocks take by plan.
    pub blocks_minutes: u32,
    /// Minutes that the session has.
    pub minutes: u16,
    /// What each block usually took; `None` for blocks that are kept for another time.
    pub took: Vec<Option<Span>>,
    /// Blocks that usually took longer than planned, and by how much.
    pub overruns: Vec<(usize, Span)>,
    /// Turns for everyone that do not fit into their block or step.
    pub rounds: Vec<Tight>,
    /// Turns that get shorter than they were meant, so that everyone has one; nothing that has to be changed.
    pub shorter: Vec<Tight>,
    /// Blocks whose steps take longer than the block, and how many minutes the steps take.
    pub long_steps: Vec<(usize, u32)>,
    /// Blocks that live from a prompt and have none.
    pub no_prompt: Vec<usize>,
    /// Blocks with a seat and nobody in it.
    pub no_lead: Vec<usize>,
    /// Who has no planned turn in the whole session; whoever leads it is not counted.
    pub no_turn: Vec<MemberId>,
}

impl Report {
    /// The same findings with the times of a session that was gone through on screen.
    #[must_use]
    pub fn went(self, session: &Session) -> Self {
        let took: Vec<Option<Span>> = session.blocks.iter().map(|block| block.took).collect();
        let (Some(started), Some(ended)) = (session.started, session.ended) else {
            return self;
        };
        Self {
            starts: started,
            planned: started + session.length(),
            finish: ended,
            late_finish: ended,
            over: true,
            overruns: overruns(session, &took),
            took,
            ..self
        }
    }

    /// Whether there is nothing to change: all fits, everybody has a turn, and nine times in ten it ends in time.
    pub fn is_fine(&self) -> bool {
        self.people > 0
            && self.late_finish - self.planned <= WORTH
            && self.rounds.is_empty()
            && self.long_steps.is_empty()
            && self.no_prompt.is_empty()
            && self.no_lead.is_empty()
            && self.no_turn.is_empty()
    }
}

/// Goes through the plan with `people`, who are expected. The same seed finds the same.
pub fn rehearse(session: &Session, people: &[MemberId], seed: u64) -> Report {
    let mut ids = Ids::new(session.start, seed);
    let mut runs: Vec<run::Run> = (0..RUNS)
        .map(|_| run::run(session, people.len(), &mut ids))
        .collect();
    runs.sort_by_key(|run| run.ended);
    let ended = |at: usize| runs.get(at).map_or(session.start, |run| run.ended);
    let took: Vec<Option<Span>> = (0..session.blocks.len())
        .map(|block| {
            usual(
                runs.iter()
                    .filter_map(|run| *run.took.get(block)?)
                    .collect(),
            )
        })
        .collect();
    let (shorter, tight) = rounds(session, people.len())
        .into_iter()
        .partition(|tight| tight.share.is_enough());
    Report {
        starts: session.start,
        planned: session.start + session.length(),
        finish: ended(RUNS / 2),
        late_finish: ended(LATE),
        people: people.len(),
        blocks_minutes: held(session)
            .map(|(_, block)| u32::from(block.minutes))
            .sum(),
        minutes: session.minutes,
        over: false,
        overruns: overruns(session, &took),
        rounds: tight,
        shorter,
        long_steps: held(session).filter_map(long_steps).collect(),
        no_prompt: held(session)
            .filter(|(_, block)| block.kind.needs_prompt() && block.prompts.is_empty())
            .map(|(index, _)| index)
            .collect(),
        no_lead: held(session)
            .filter(|(_, block)| block.lead.is_none() && has_seat(block))
            .map(|(index, _)| index)
            .collect(),
        no_turn: no_turn(session, people),
        took,
    }
}

/// Who is expected: everybody of the circle who is not away.
pub fn expected(session: &Session, members: &[&Member]) -> Vec<MemberId> {
    let here = members.iter().map(|member| member.id);
    here.filter(|id| !session.away.contains_key(id)).collect()
}

/// The blocks that take place, with their place.
fn held(session: &Session) -> impl Iterator<Item = (usize, &Block)> {
    let blocks = session.blocks.iter().enumerate();
    blocks.filter(|(_, block)| block.parked.is_none())
}

/// The one in the middle.
fn usual(mut spans: Vec<Span>) -> Option<Span> {
    spans.sort();
    spans.get(spans.len() / 2).copied()
}

/// Blocks that took longer than planned by enough to say so.
fn overruns(session: &Session, took: &[Option<Span>]) -> Vec<(usize, Span)> {
    let blocks = session.blocks.iter().zip(took).enumerate();
    let over = blocks.filter_map(|(index, (block, took))| {
        let over = (*took)? - block.planned();
        (over > WORTH).then_some((index, over))
    });
    over.collect()
}

/// How a block runs that has no steps.
pub(crate) const fn mode_of(kind: BlockKind) -> Mode {
    match kind {
        BlockKind::CheckIn | BlockKind::Round | BlockKind::Closing => Mode::Round,
        BlockKind::HotSeat => Mode::Seat,
        BlockKind::Pairs => Mode::Groups,
        BlockKind::Break => Mode::Rest,
        BlockKind::Review | BlockKind::Prompt | BlockKind::Open => Mode::Open,
    }
}

/// The modes of a block, step by step.
fn modes(block: &Block) -> Vec<Mode> {
    if block.steps.iter().all(|step| step.mode.is_default()) {
        return vec![mode_of(block.kind)];
    }
    block.steps.iter().map(|step| step.mode).collect()
}

/// Whether somebody sits in the middle.
fn has_seat(block: &Block) -> bool {
    let modes = modes(block);
    modes.contains(&Mode::Seat) || modes.contains(&Mode::Questions)
}

/// Whether everybody has something to do that is theirs.
const fn is_for_all(mode: Mode) -> bool {
    match mode {
        Mode::Round | Mode::Silent | Mode::Groups | Mode::Report => true,
        Mode::Open
        | Mode::Seat
        | Mode::Questions
        | Mode::Vote
        | Mode::Rate
        | Mode::ReadBack
        | Mode::Rest => false,
    }
}

/// The turns for everyone that do not get what they were meant to have.
fn rounds(session: &Session, people: usize) -> Vec<Tight> {
    let people = u16::try_from(people).unwrap_or(u16::MAX);
    let mut found = Vec::new();
    for (block, planned) in held(session) {
        let shares: Vec<(Option<usize>, Share)> = if planned.steps.len() > 1 {
            let steps = planned.steps.iter().enumerate();
            let timed = steps.filter(|(_, step)| step.mode == Mode::Round && step.minutes > 0);
            timed
                .map(|(at, step)| (Some(at), Share::of_step(step, people)))
                .collect()
        } else {
            let share = Share::of_block(planned, people, planned.planned());
            share.map(|share| (None, share)).into_iter().collect()
        };
        let tight = shares
            .into_iter()
            .filter(|(_, share)| people > 0 && !(share.fits() && share.is_enough()));
        found.extend(tight.map(|(step, share)| Tight { block, step, share }));
    }
    found
}

fn long_steps((index, block): (usize, &Block)) -> Option<(usize, u32)> {
    let minutes: u32 = block.steps.iter().map(|step| u32::from(step.minutes)).sum();
    (minutes > u32::from(block.minutes)).then_some((index, minutes))
}

fn no_turn(session: &Session, people: &[MemberId]) -> Vec<MemberId> {
    let all = held(session).any(|(_, block)| modes(block).into_iter().any(is_for_all));
    let leads = |member: MemberId| held(session).any(|(_, block)| block.lead == Some(member));
    let without =
        |member: &&MemberId| !all && !leads(**member) && session.facilitator != Some(**member);
    people.iter().filter(without).copied().collect()
}

#[cfg(test)]
mod tests;
